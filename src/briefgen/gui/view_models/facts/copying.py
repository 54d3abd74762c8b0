"""Facts with their citations for the clipboard: what one pastes into a mail or another document.

The words are the brief's own, the citations in its style; notes and references follow below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefgen.brief import model
from briefgen.brief.assemble.markings import brief_marking
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.assemble.single_facts import material_for
from briefgen.brief.spec.model import BriefSpec
from briefgen.cite import cite_brief
from briefgen.cite.wording import without_cross_references
from briefgen.facts.model import Base, Fact
from briefgen.folders import cache_folder
from briefgen.pipeline.resources import Resources
from briefgen.render._reading import is_right_to_left, with_cautions
from briefgen.render.html.body import Body, attribute, escaped


@dataclass(frozen=True, slots=True)
class Copied:
    """The same text twice, for programs that take rich text and for those that do not."""

    html: str
    """A fragment in HTML: whole elements, no document around them."""
    plain: str


def copy_facts(
    facts: Sequence[Fact],
    spec: BriefSpec,
    base: Base,
    disputes: Mapping[str, tuple[str, ...]],
    resources: Resources,
) -> Copied:
    """These facts as the brief `spec` says and cites them, its rewordings included.

    `disputes` tells which of them are flagged. A handling marking stands above. Raises
    `BriefgenError` for a style that is not there, a marking that is too low, or a failing Pandoc.
    """
    starred, unkeyed = set(spec.edits.key), set(spec.edits.unkey)
    facts = [
        replace(
            fact,
            statement=spec.edits.reword.get(fact.id, fact.statement),
            key=(fact.key and fact.id not in unkeyed) or fact.id in starred,
        )
        for fact in facts
    ]
    draft = material_for(facts, base, disputes, spec.language or "")
    draft.spec = spec
    sentences = [fact_sentence(fact, draft, dated=True) for fact in facts]
    listed = model.ListBlock(tuple((model.Paragraph((sentence,)),) for sentence in sentences))
    # Facts without a marking may come from a brief that others give one, and its handling.
    marking = brief_marking(replace(spec, handling=()), base, facts, ())
    brief = model.Brief(
        title="",
        kind="",
        subtitle="",
        language=draft.language,
        paper=spec.paper,
        marking=marking,
        handling=spec.handling if marking else (),
        masthead=(),
        sections=(
            model.Section("facts", "facts", (), (listed,)),
            model.Section(
                "sources", "sources", (), (model.References(backlinks=False, with_notes=False),)
            ),
        ),
        printed_date="",
        created=datetime(1970, 1, 1, tzinfo=UTC),  # no part of what comes back
        words=draft.words,
    )
    cited = cite_brief(
        brief,
        base.sources,
        resources.style(spec.style),
        citeproc=resources.citeproc,
        cache_folder=cache_folder(),
    )
    return Copied(_rich(cited), _plain(cited))


def _statements(brief: model.Brief) -> list[model.Inlines]:
    block = brief.sections[0].blocks[0]
    assert isinstance(block, model.ListBlock)
    return [
        paragraph.content
        for item in block.items
        for paragraph in item
        if isinstance(paragraph, model.Paragraph)
    ]


def _references(brief: model.Brief) -> tuple[model.ReferenceEntry, ...]:
    return tuple(
        entry
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, model.References)
        for entry in block.entries
    )


def _plain(brief: model.Brief) -> str:
    parts = [brief.marking_line] if brief.marking_line else []
    said = [with_cautions(_pasted(run, raised=False)) for run in _statements(brief)]
    parts.append(said[0] if len(said) == 1 else "\n".join(f"• {text}" for text in said))
    notes = [f"[{note.number}] {with_cautions(note.content)}" for note in brief.notes]
    if notes:
        parts.append("\n".join(notes))
    entries = [
        " ".join(part for part in (entry.label, with_cautions(entry.content)) if part)
        for entry in _references(brief)
    ]
    if entries:
        parts.append("\n".join(entries))
    return "\n\n".join(parts) + "\n"


def _rich(brief: model.Brief) -> str:
    body = Body(brief)

    def said(run: model.Inlines) -> str:
        return body.inlines(_pasted(run, raised=True))

    direction = "rtl" if is_right_to_left(brief.language) else "ltr"
    parts = [f"<div lang={attribute(brief.language)} dir={attribute(direction)}>\n"]
    if brief.marking_line:
        parts.append(f"<p><strong>{escaped(brief.marking_line)}</strong></p>\n")
    statements = [said(run) for run in _statements(brief)]
    if len(statements) == 1:
        parts.append(f"<p>{statements[0]}</p>\n")
    else:
        items = "".join(f"<li>{text}</li>\n" for text in statements)
        parts.append(f"<ul>\n{items}</ul>\n")
    parts += [
        f"<p><sup>{note.number}</sup> {said(note.content)}</p>\n" for note in brief.notes
    ]  # fmt: skip
    for entry in _references(brief):
        label = f"{escaped(entry.label)} " if entry.label else ""
        parts.append(f"<p>{label}{said(entry.content)}</p>\n")
    return "".join([*parts, "</div>\n"])


def _pasted(run: Iterable[model.Inline], *, raised: bool) -> model.Inlines:
    """A run without what points into a document that it does not come from."""
    found: list[model.Inline] = []
    for inline in run:
        if isinstance(inline, model.Sentence):
            found += _pasted(inline.content, raised=raised)
        elif not isinstance(inline, model.Cite):
            found.append(inline)
        elif inline.note is None:
            found += inline.content
        elif raised:
            found.append(model.Superscript((model.Text(str(inline.note)),)))
        else:
            found.append(model.Text(f"[{inline.note}]"))
    return without_cross_references(tuple(found))
