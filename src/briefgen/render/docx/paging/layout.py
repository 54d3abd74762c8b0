"""A composed document's pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml
from lxml import etree

from briefgen.brief.model import Brief, Heading
from briefgen.render.docx.cascade import Cascade
from briefgen.render.docx.composing import Composed
from briefgen.render.docx.house import Stationery
from briefgen.render.docx.notes import NotesPart
from briefgen.render.docx.paging.faces import face
from briefgen.render.docx.paging.pages import Filled, NoteSetting, Slice, fill
from briefgen.render.docx.paging.reading import Paragraph, Reader, children_of_body
from briefgen.render.docx.paging.story import Habits, height_of, slices_of
from briefgen.render.docx.widths import twips
from briefgen.render.docx.xml import NAMESPACES, R, is_on, w
from briefgen.render.paged import Extents, PagedLayout
from briefgen.values import valueclass

_ABOVE_NOTES = 123
"""From the text to the first note in LibreOffice: a rule of half a point, a millimetre above it and
one below. Our own stationery has Word take as much."""
_POINT = 20
"""Twips."""


@valueclass(frozen=True, slots=True)
class DocxLayout(PagedLayout):
    """Where everything stands on the pages of a Word document.

    `heading_pages` holds the anchors of sections without a heading, too.
    """

    missing_fonts: tuple[str, ...]
    """Families that this machine has no font for, in order of their names: it set others in their
    place, and where the document is read with the real ones its lines may end elsewhere."""
    lines: tuple[SetLine, ...]
    """Every line and table row, in reading order."""

    @property
    def certain(self) -> bool:
        """Whether every font was there."""
        return not self.missing_fonts


class SetLine(NamedTuple):
    """A line of text, or a table row, on its page."""

    text: str
    """As far as it is text of a paragraph."""
    page: int
    top: int
    """Twips from the upper edge of the text."""


def laid_out(composed: Composed, pages: int = 1) -> DocxLayout:
    """The pages of a document; `pages` is how many it says that it has."""
    lent, body = composed.lent, composed.body
    parts = {kind: part.element for _, kind, part in lent.parts}
    cascade = Cascade(parts[RT.STYLES], parts.get(RT.NUMBERING), parts.get(RT.THEME))
    reader = Reader(cascade, parts[RT.STYLES], pages)
    habits = _habits(parts[RT.SETTINGS])
    sheet = _sheet(lent, reader, habits)
    blocks = reader.blocks_of(children_of_body(body.xml))
    slices = slices_of(blocks, sheet.width, habits)
    notes = _notes(body.notes, reader, sheet, habits)
    if lent.notes is not None and lent.notes.kind == "endnote":
        # Word has them go on right below the text, in the order of their marks.
        ends = [line for each in notes.values() for line in each]
        if ends:
            ends[0].space += _ABOVE_NOTES
        slices, notes = [*slices, *ends], {}
    setting = NoteSetting(notes, _ABOVE_NOTES)
    filled = fill(slices, lambda page: sheet.first if page == 1 else sheet.others, setting)
    return DocxLayout(
        pages=filled.pages,
        heading_pages=_heading_pages(composed, slices, filled),
        extents=Extents(sheet.others / _POINT, tuple(bottom / _POINT for bottom in filled.bottoms)),
        missing_fonts=tuple(
            sorted(
                {
                    look.family
                    for look in cascade.looks()
                    if not face(look.family, look.bold, look.italic).exact
                }
            )
        ),
        lines=tuple(
            SetLine(each.text, place.page, place.top)
            for each, place in zip(slices, filled.places, strict=True)
        ),
    )


def _notes(
    part: NotesPart | None, reader: Reader, sheet: _Sheet, habits: Habits
) -> Mapping[int, Sequence[Slice]]:
    """The lines of each note, by its id."""
    found: dict[int, Sequence[Slice]] = {}
    for note in () if part is None else part.element.iterchildren(etree.Element):
        if note.get(w("type")) is not None:
            continue
        blocks = list(reader.blocks(note))
        slices = slices_of(blocks, sheet.width, habits)
        looks = [block.look for block in blocks if isinstance(block, Paragraph)]
        if slices and looks:
            slices[0].space = max(looks[-1].after, looks[0].before)
            for line in slices[1:]:  # two lines at least stay, but a last one may go on alone
                line.glued = False
            found[int(note.get(w("id"), "0"))] = slices
    return found


def _heading_pages(
    composed: Composed, slices: Sequence[Slice], filled: Filled
) -> Mapping[str, int]:
    wanted = {composed.body.bookmarks.name(anchor): anchor for anchor in _anchors(composed.brief)}
    found: dict[str, int] = {}
    for each, place in zip(slices, filled.places, strict=True):
        for name in each.anchors:
            if name in wanted:
                found.setdefault(wanted[name], place.page)
    return found


def _anchors(brief: Brief) -> Iterator[str]:
    """Of sections and of the headings in them."""
    for section in brief.sections:
        if section.anchor:
            yield section.anchor
        for block in section.blocks:
            if isinstance(block, Heading) and block.anchor:
                yield block.anchor


def _habits(settings: etree._Element) -> Habits:
    tab = settings.find(w("defaultTabStop"))
    adds = settings.find(f"{w('compat')}/{w('doNotUseHTMLParagraphAutoSpacing')}")
    return Habits(
        twips("" if tab is None else tab.get(w("val"), ""), 720),
        adds is not None and is_on(adds.get(w("val"), "1")),
    )


# --- the sheet ---------------------------------------------------------------------------------


class _Sheet(NamedTuple):
    """Lengths in twips."""

    width: int
    """Between the margins."""
    first: int
    """Height of the text on the first page."""
    others: int


def _sheet(lent: Stationery, reader: Reader, habits: Habits) -> _Sheet:
    """What headers and footers, which push the text aside, leave of the page."""
    (section,) = parse_xml(f"<w:any {NAMESPACES}>{lent.section}</w:any>")
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    height = twips("" if size is None else size.get(w("h"), ""), 16_838)
    frames = {id_: part.element for id_, _, part in lent.parts}

    def margin(name: str, otherwise: int) -> int:
        return twips("" if margins is None else margins.get(w(name), "").lstrip("-"), otherwise)

    def left(pages: str) -> int:
        room = height
        for kind, side in (("header", "top"), ("footer", "bottom")):
            taken = margin(side, 1440)
            for reference in section.iterchildren(w(f"{kind}Reference")):
                if reference.get(w("type"), "default") == pages:
                    blocks = reader.blocks(frames[reference.get(f"{{{R}}}id", "")])
                    inside = height_of(blocks, lent.text_width, habits)
                    taken = max(taken, margin(kind, 708) + inside)
            room -= taken
        return room

    others = left("default")
    differs = section.find(w("titlePg")) is not None
    return _Sheet(lent.text_width, left("first") if differs else others, others)
