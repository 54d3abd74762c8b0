"""From a request, a template and facts to a brief: sections, blocks, inlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Day
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from briefgen.brief.assemble.authored import authored_blocks
from briefgen.brief.assemble.filters import asked_topics
from briefgen.brief.assemble.gather import choose_facts, gather_material
from briefgen.brief.assemble.judgements import brief_scale
from briefgen.brief.assemble.markings import brief_marking
from briefgen.brief.assemble.masthead import masthead
from briefgen.brief.assemble.material import FactLookup, Material
from briefgen.brief.assemble.own_passages import tell_unprinted_passages
from briefgen.brief.assemble.placements import (
    Placement,
    SectionCount,
    placements,
    section_counts,
    tell_unprinted,
)
from briefgen.brief.assemble.pointers import with_pointers
from briefgen.brief.assemble.requirements import Missing
from briefgen.brief.assemble.sections import made_sections
from briefgen.brief.assemble.typed_words import with_typed_words_set
from briefgen.brief.flag_key import with_flag_key
from briefgen.brief.model import Brief, Section, Text
from briefgen.brief.own_text.captions import with_captions
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.jinja_text import render_text
from briefgen.brief.template.model import Template
from briefgen.brief.template.spelling import spelled_for
from briefgen.brief.traversal import blocks_inlines, sources_cited
from briefgen.dates import date_in_words, parse_edtf
from briefgen.errors import NothingSelectedError
from briefgen.facts.model import Base, Fact


class Assembled(NamedTuple):
    """A brief, what the person should know about it, and the facts that it draws on."""

    brief: Brief
    warnings: tuple[str, ...]
    fact_ids: tuple[str, ...]
    placements: tuple[Placement, ...] = ()
    """Where each fact is printed, or why it is not."""
    warned_facts: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """By warning: the facts that it is about, where it is about some."""
    missing: tuple[Missing, ...] = ()
    """What the template requires and the brief does not say."""
    section_counts: Mapping[str, SectionCount] = MappingProxyType({})
    """By part of the template: how many facts it prints, of how many."""
    led: Mapping[str, int] = MappingProxyType({})
    """By section: how many blocks at its start are the author's lead into its topic."""


def assemble_brief(
    spec: BriefSpec,
    template: Template,
    base: Base,
    selected: Iterable[Fact],
    lookup: FactLookup,
    *,
    today: Day,
    created: datetime,
    undated_left_out: int = 0,
    as_draft: bool = False,
) -> Assembled:
    """Draft the brief that `spec` asks for from the facts that its selection picked.

    `today` is printed unless the spec says a date; `created` goes into document properties.
    `undated_left_out` is how many undated facts the date range alone kept out. Each page says that
    it is a draft where that is asked, and where the brief lacks what the template requires.

    Raises `NothingSelectedError` when no fact is left, `UsageError` for ids that do not exist
    and a marking too low, `InputError` for faults in the author's own text or in a template.
    """
    language = spec.language or base.language
    template, spec = spelled_for(template, language), with_typed_words_set(spec, language)
    facts = choose_facts(spec, selected, lookup)
    if not facts:
        raise NothingSelectedError(
            "the selection finds no fact",
            hint="widen the dates or topics; 'briefgen topics' lists what there is",
        )
    if spec.scale:
        brief_scale(spec, base)  # one that is not there is refused, though no judgement asks for it
    material = gather_material(spec, template, base, facts, lookup, undated_left_out)
    printed = spec.date or today.isoformat()
    material.day = parse_edtf(printed).first_day
    sections = with_pointers(made_sections(material), material)
    placed = placements(sections, material)
    material.printed = frozenset(one.id for one in placed if one.printed)
    tell_unprinted(placed, material)
    tell_unprinted_passages(placed, material)
    sections = _with_changes(_without_empty_annex(sections, material), material)
    # Only now is it known what the author's text and the people's offices cite besides the facts.
    cited = sources_cited(one for section in sections for one in blocks_inlines(section.blocks))
    brief = Brief(
        title=spec.title or render_text(template.title, material.context) or template.label,
        kind=template.label,
        subtitle=render_text(template.subtitle, material.context) if template.subtitle else "",
        language=language,
        paper=spec.paper,
        marking="",
        masthead=masthead(material, printed, cited),
        sections=tuple(sections),
        printed_date=date_in_words(parse_edtf(printed), language),
        created=created,
        lists_contents=template.contents,
        notes_at=spec.notes,
        handling=spec.handling,
        reference=spec.reference,
        version=spec.version,
        contact=spec.contact,
        author=spec.prepared_by,
        keywords=tuple(base.topics[name].label for name in asked_topics(material)),
        words=material.words,
    )
    bearers = cited if base.markings.levels else ()
    marking = brief_marking(spec, base, (*facts, *material.related.values()), bearers)
    if as_draft or material.missing:
        marking = " – ".join(filter(None, (marking, material.words["draft_mark"])))
    return Assembled(
        with_flag_key(with_captions(replace(brief, marking=marking))),
        tuple(material.warnings),
        tuple(fact.id for fact in facts),
        placed,
        material.warned_facts,
        material.missing,
        section_counts(sections, placed, material),
        material.led,
    )


def _without_empty_annex(sections: list[Section], material: Material) -> list[Section]:
    """Without an annex heading that nothing follows."""
    divider = next((s.id for s in material.template_sections if s.show == "annex"), None)
    if sections and sections[-1].id == divider and not sections[-1].blocks:
        return sections[:-1]
    return sections


def _with_changes(sections: list[Section], material: Material) -> list[Section]:
    """`changes` of the request as a section of its own, after a first section set in a tint."""
    if not material.spec.changes.strip():
        return sections
    blocks = authored_blocks(
        "changes", material.spec.changes, material, section="changes", tells=False
    )
    heading = (Text(material.words["changes"]),)
    changes = Section("changes", "section-changes", heading, blocks, part="changes")
    place = 1 if sections and sections[0].tone == "accent" else 0
    return [*sections[:place], changes, *sections[place:]]
