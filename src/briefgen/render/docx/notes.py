"""Footnotes and endnotes as Word's own: the part that holds them, and what goes with it.

Footnotes need no place in the text. Endnotes stand where the document ends (Word knows no other
place for them but a section's end), so their heading is printed last.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Literal, NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package

from briefgen.brief.model import Brief, Note, Notes, Section, Text
from briefgen.brief.traversal import plain_text
from briefgen.render._reading import WARNING_SIGN
from briefgen.render.docx.cleaning import cleaned
from briefgen.render.docx.inlines import InlineWriter, not_cited_yet
from briefgen.render.docx.marks import KEY, NoteKind, NoteMarks, key_is_note, note_kind
from briefgen.render.docx.opening import WordFile
from briefgen.render.docx.runs import run, run_properties
from briefgen.render.docx.xml import NAMESPACES, as_text, attribute, w

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

_KEY_SIGN = f'<w:sym w:font="Arial" w:char="{ord(WARNING_SIGN):04X}"/>'
"""The sign of the key's note, as Word writes a mark that was chosen by hand. LibreOffice repeats
the mark before the note by itself and leaves a symbol out there, where it would print a letter."""
_POSITIONS = ("pageBottom", "beneathText")
"""Where footnotes may stand (ST_FtnPos)."""
_PICTURES = (w("drawing"), w("pict"), w("object"))


class NotesPart(XmlPart):
    """The part that holds a document's footnotes or its endnotes: after python-docx's part for
    comments; it has none for these.
    """

    @classmethod
    def of_kind(cls, kind: NoteKind, notes: str, package: Package) -> NotesPart:
        """A part that holds `notes`, given as XML."""
        content_type = CT.WML_FOOTNOTES if kind == "footnote" else CT.WML_ENDNOTES
        root = parse_xml(f"<w:{kind}s {NAMESPACES}>{notes}</w:{kind}s>")
        return cls(PackURI(f"/word/{kind}s.xml"), content_type, root, package)


def notes_relationship(kind: NoteKind) -> str:
    """The type of a document's tie to its notes."""
    return RT.FOOTNOTES if kind == "footnote" else RT.ENDNOTES


class NoteSetting(NamedTuple):
    """How the document sets its notes apart: the separators, by kind, as paragraphs."""

    kind: NoteKind
    separators: Mapping[SeparatorKind, str]
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


def note_setting(brief: Brief, file: WordFile, reference: WordFile) -> NoteSetting | None:
    """How `file` sets notes apart, or else the reference document; None where there are none.

    Its styles for notes are found by name, as all are; its own notes stay behind.
    """
    if not (brief.notes or key_is_note(brief)):
        return None
    kind = note_kind(brief)
    found = _separators(reference, kind) | _separators(file, kind)
    position = ""
    settings = file.related(RT.SETTINGS)
    if settings and kind == "footnote":
        said = file.root(settings).find(f"{w('footnotePr')}/{w('pos')}")
        if said is not None and said.get(w("val")) in _POSITIONS:
            position = f'<w:pos w:val="{said.get(w("val"))}"/>'
    return NoteSetting(kind, {name: found[name] for name in SEPARATORS if name in found}, position)


def _separators(file: WordFile, kind: NoteKind) -> dict[SeparatorKind, str]:
    """What stands between text and notes in a file, as paragraphs; pictures are left out."""
    found: dict[SeparatorKind, str] = {}
    source = file.related(notes_relationship(kind))
    for note in file.root(source).iterchildren(w(kind)) if source else ():
        for name in SEPARATORS:
            if note.get(w("type")) != name:
                continue
            if any(True for _ in note.iter(*_PICTURES)):
                file.left_out.add("picture above the notes")
                continue
            kept = deepcopy(note)
            file.left_out |= cleaned(kept, ())
            paragraphs = "".join(as_text(p) for p in kept.iterchildren(w("p")))
            if paragraphs:
                found[name] = paragraphs
    return found


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
    """The notes by number, those left out that say nothing; the key to flags is `KEY`."""
    found: dict[int, Note] = {}
    if key_is_note(brief):
        found[KEY] = Note(KEY, "", (Text(brief.key_line),))
    for note in brief.notes:
        if plain_text(note.content).strip() or note.items:
            found.setdefault(note.number, note)
    return found


def notes_part(
    setting: NoteSetting,
    marks: NoteMarks,
    inlines: InlineWriter,
    package: Package,
) -> NotesPart:
    """The part of the notes that were referred to.

    `inlines` writes into the notes and keeps their links out of the document. A note is a
    reference manager's field where citations are.
    """
    text_style = inlines.ids[STYLES[setting.kind][0]]
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{attribute(text_style)}"/></w:pPr>'
    head = f"{paragraph}<w:r>{run_properties(marks.format)}"
    kind, out = setting.kind, []
    for place, (name, paragraphs) in enumerate(setting.separators.items()):
        out.append(f'<w:{kind} w:type="{name}" w:id="{place - 1}">{paragraphs}</w:{kind}>')
    counted = f"<w:{kind}Ref/></w:r>"
    for number, id_ in marks.ids.items():
        note = marks.notes[number]
        if number == KEY:
            sign = f"<w:r>{run_properties(inlines.style('Flag'))}{_KEY_SIGN}</w:r>" + run("\u00a0")
            shown = f"{paragraph}{sign}{inlines.write(note.content)}</w:p>"
            out.append(f'<w:{kind} w:id="{id_}">{shown}</w:{kind}>')
            continue
        content = note.content or not_cited_yet(note.items)
        mark = f"<w:t>{number}</w:t></w:r>" if number in marks.by_hand else counted
        if inlines.live is not None and note.items:
            shown = inlines.live.citation(
                f"note {number}", note.items, number, *inlines.for_field(content)
            )
        else:
            shown = inlines.write(content)
        out.append(f'<w:{kind} w:id="{id_}">{head}{mark}{run(" ")}{shown}</w:p></w:{kind}>')
    part = NotesPart.of_kind(kind, "".join(out), package)
    for address, tie in inlines.outward.targets.items():
        part.load_rel(RT.HYPERLINK, address, tie, is_external=True)
    return part
