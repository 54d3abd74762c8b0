"""Footnotes and endnotes as Word's own: the part that holds them, and what goes with it.

Footnotes need no place in the text. Endnotes stand where the document ends (Word knows no other
place for them but a section's end), so their heading is printed last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefgen.brief.model import Brief, Note, Notes, Section, Text
from briefgen.render.docx.inlines import InlineWriter, not_cited_yet, plain_text
from briefgen.render.docx.marks import NoteKind, NoteMarks, note_kind
from briefgen.render.docx.package import WORD, Part, Relationship, office
from briefgen.render.docx.runs import run, run_properties
from briefgen.render.docx.xml import DECLARATION, NAMESPACES, attribute

SeparatorKind = Literal["separator", "continuationSeparator", "continuationNotice"]
SEPARATORS: tuple[SeparatorKind, ...] = (
    "separator", "continuationSeparator", "continuationNotice",
)  # fmt: skip
"""What can stand between text and notes (ST_FtnEdn), in the order of their ids."""

STYLES: dict[NoteKind, tuple[str, str]] = {
    "footnote": ("FootnoteText", "FootnoteReference"),
    "endnote": ("EndnoteText", "EndnoteReference"),
}
"""The styles of a note's paragraph and of its mark."""

_PLAIN = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_FLAT = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'


@dataclass(frozen=True, slots=True)
class NoteSetting:
    """How the document sets its notes apart: the separators, by kind, as paragraphs."""

    kind: NoteKind
    separators: tuple[tuple[SeparatorKind, str], ...]
    position: str = ""
    """`w:pos` of a house document, as XML."""

    @property
    def first_id(self) -> int:
        """The id of the first note."""
        return max(len(self.separators) - 1, 1)

    @property
    def settings(self) -> tuple[str, str]:
        """The document setting's name and XML: decimal numbers, which separators there are.

        How notes are numbered is ours to say even in a house: the text names their numbers.
        """
        listed = "".join(
            f'<w:{self.kind} w:id="{place - 1}"/>' for place in range(len(self.separators))
        )
        name = f"{self.kind}Pr"
        return name, f'<w:{name}>{self.position}<w:numFmt w:val="decimal"/>{listed}</w:{name}>'

    @property
    def section(self) -> str:
        """What the section's own properties say: endnotes would be numbered i, ii, iii."""
        if self.kind == "footnote":
            return ""
        return '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'


def note_setting(brief: Brief) -> NoteSetting | None:
    """Our own setting of a brief's notes; None where it has none.

    Footnotes have Word's short rule above them. Endnotes have their heading, and no rule.
    """
    if not brief.notes:
        return None
    kind = note_kind(brief)
    return NoteSetting(kind, own_separators(kind))


def own_separators(kind: NoteKind) -> tuple[tuple[SeparatorKind, str], ...]:
    """Our separators."""
    rule = f"<w:p>{_PLAIN}<w:r><w:separator/></w:r></w:p>"
    return (
        ("separator", rule if kind == "footnote" else f"<w:p>{_FLAT}</w:p>"),
        (
            "continuationSeparator",
            f"<w:p>{_PLAIN}<w:r><w:continuationSeparator/></w:r></w:p>"
            if kind == "footnote"
            else f"<w:p>{_FLAT}</w:p>",
        ),
    )


def with_notes_placed(brief: Brief, heading: str) -> Brief:
    """The brief with its sections as Word prints them: the heading of endnotes last, none else.

    A section that holds only the place of the notes goes with it, or to the end. `heading` is
    what stands above endnotes that have no such section.
    """
    kept: list[Section] = []
    own = Section("notes", "", (Text(heading),), ())
    for section in brief.sections:
        if not any(isinstance(block, Notes) for block in section.blocks):
            kept.append(section)
            continue
        rest = tuple(block for block in section.blocks if not isinstance(block, Notes))
        if rest:
            kept.append(replace(section, blocks=rest))
        else:
            own = replace(section, blocks=(), heading=section.heading or own.heading)
    if brief.notes and brief.notes_at == "end":
        kept.append(own)
    return replace(brief, sections=tuple(kept))


def printable_notes(brief: Brief) -> dict[int, Note]:
    """The notes by number, those left out that say nothing."""
    found: dict[int, Note] = {}
    for note in brief.notes:
        if plain_text(note.content, cited=True).strip() or note.items:
            found.setdefault(note.number, note)
    return found


def notes_part(
    setting: NoteSetting,
    marks: NoteMarks,
    inlines: InlineWriter,
) -> Part:
    """`word/footnotes.xml` or `word/endnotes.xml`: the notes that were referred to.

    `inlines` writes into the notes and keeps their links out of the document. A note is a
    reference manager's field where citations are.
    """
    text_style = inlines.ids[STYLES[setting.kind][0]]
    head = f'<w:p><w:pPr><w:pStyle w:val="{attribute(text_style)}"/></w:pPr><w:r>'
    head += run_properties(marks.format)
    kind, out = setting.kind, []
    for place, (name, paragraphs) in enumerate(setting.separators):
        out.append(f'<w:{kind} w:type="{name}" w:id="{place - 1}">{paragraphs}</w:{kind}>')
    counted = f"<w:{kind}Ref/></w:r>"
    for number, id_ in marks.ids.items():
        note = marks.notes[number]
        content = note.content or not_cited_yet(note.items)
        mark = f"<w:t>{number}</w:t></w:r>" if number in marks.by_hand else counted
        if inlines.live is not None and note.items:
            shown = inlines.live.citation(
                f"note {number}", note.items, number, *inlines.for_field(content)
            )
        else:
            shown = inlines.write(content)
        out.append(f'<w:{kind} w:id="{id_}">{head}{mark}{run(" ")}{shown}</w:p></w:{kind}>')
    xml = f"{DECLARATION}<w:{kind}s {NAMESPACES}>{''.join(out)}</w:{kind}s>"
    ties = [
        Relationship(id_, office("hyperlink"), address, external=True)
        for address, id_ in inlines.outward.targets.items()
    ]
    return Part(f"word/{kind}s.xml", f"{WORD}.{kind}s+xml", xml.encode(), ties)
