"""A document's body as blocks: paragraphs of text, tabs, breaks and marks, and tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from lxml import etree

from briefgen.render.docx.cascade import Cascade, ParagraphLook, RunLook
from briefgen.render.docx.styles import chain_of
from briefgen.render.docx.widths import twips
from briefgen.render.docx.xml import w
from briefgen.whole_numbers import whole_number

_WORD_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMUS = 635
"""English metric units in a twip."""
_WRAPPERS = tuple(map(w, ("hyperlink", "ins", "smartTag", "fldSimple", "sdt", "sdtContent")))
_BODY, _P, _R, _T, _TBL = w("body"), w("p"), w("r"), w("t"), w("tbl")
_PPR, _RPR, _NAME = w("pPr"), w("rPr"), w("name")
_BOOKMARK, _FLD_CHAR, _INSTRUCTION = w("bookmarkStart"), w("fldChar"), w("instrText")
_TABS = (w("tab"), w("ptab"))
_BREAKS = (w("br"), w("cr"))
_REFERENCES = (w("footnoteReference"), w("endnoteReference"))
_NUMBERS = (w("footnoteRef"), w("endnoteRef"))
_CHARACTERS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}


class Words(NamedTuple):
    """Characters in one look."""

    text: str
    look: RunLook


class Mark(NamedTuple):
    """The mark of a note; `id` is that of the note in its part."""

    id: int
    look: RunLook
    counted: bool
    """Whether the document numbers it; else its sign stands beside it."""


class TabCharacter(NamedTuple):
    """A tab."""

    look: RunLook


class LineEnd(NamedTuple):
    """A line ends here; or the page does."""

    page: bool


class Anchor(NamedTuple):
    """A bookmark begins here."""

    name: str


class Picture(NamedTuple):
    """A picture that stands in the line, in twips."""

    width: int
    height: int


Item: TypeAlias = Words | Mark | TabCharacter | LineEnd | Anchor | Picture


class Paragraph(NamedTuple):
    """A paragraph."""

    look: ParagraphLook
    mark: RunLook
    """How its end is set: what a paragraph without text is as high as."""
    items: tuple[Item, ...]
    before: tuple[str, ...] = ()
    """Bookmarks that stand between it and what is before it."""


class Cell(NamedTuple):
    """A table cell; `width` is that of its text, in twips."""

    width: int
    paragraphs: tuple[Paragraph, ...]
    above: int
    below: int


class Row(NamedTuple):
    """A table row."""

    cells: tuple[Cell, ...]
    header: bool
    keep_next: bool


class Table(NamedTuple):
    """A table. `top` and `bottom` are its outer rules in twips, `rule` is below its header."""

    rows: tuple[Row, ...]
    top: int
    bottom: int
    rule: int


Block: TypeAlias = Paragraph | Table


class Reader:
    """Reads the parts of one document. `pages` is what its fields show as numbers of pages."""

    def __init__(self, cascade: Cascade, styles: etree._Element, pages: int) -> None:
        self._cascade = cascade
        self._pages = str(pages)
        self._table_styles = {
            style.get(w("styleId"), ""): style
            for style in styles.iterchildren(w("style"))
            if style.get(w("type")) == "table"
        }

    def blocks(self, parent: etree._Element, table_style: str = "") -> Iterator[Block]:
        """The blocks in `parent` (a cell, a note, a header)."""
        return self.blocks_of(parent.iterchildren(etree.Element), table_style)

    def blocks_of(
        self, children: Iterable[etree._Element], table_style: str = ""
    ) -> Iterator[Block]:
        """The blocks that these elements, neighbours in reading order, are or hold."""
        anchors: list[str] = []
        for child in children:
            if child.tag == _P:
                yield self._paragraph(child, table_style, tuple(anchors))
                anchors.clear()
            elif child.tag == _TBL:
                yield self._table(child)
            elif child.tag == _BOOKMARK:
                anchors.append(child.get(_NAME, ""))
            elif child.tag in _WRAPPERS:
                inner = child.find(w("sdtContent"))
                yield from self.blocks(child if inner is None else inner, table_style)

    # --- paragraphs --------------------------------------------------------------------------

    def _paragraph(
        self, element: etree._Element, table_style: str, before: tuple[str, ...]
    ) -> Paragraph:
        properties = element.find(_PPR)
        look = self._cascade.paragraph(properties, table_style)
        of_mark = None if properties is None else properties.find(_RPR)
        mark = self._cascade.run(of_mark, look)
        items: list[Item] = []
        self._inside(element, look, items, _Fields())
        return Paragraph(look, mark, tuple(items), before)

    def _inside(
        self, element: etree._Element, look: ParagraphLook, items: list[Item], fields: _Fields
    ) -> None:
        for child in element.iterchildren(etree.Element):
            if child.tag == _R:
                self._run(child, look, items, fields)
            elif child.tag == _BOOKMARK:
                items.append(Anchor(child.get(_NAME, "")))
            elif child.tag in _WRAPPERS:
                inner = fields
                if child.tag == w("fldSimple"):
                    inner = _Fields(1, 0, child.get(w("instr"), ""))
                self._inside(child, look, items, inner)

    def _run(
        self, element: etree._Element, look: ParagraphLook, items: list[Item], fields: _Fields
    ) -> None:
        run = self._cascade.run(element.find(_RPR), look)
        for child in element.iterchildren(etree.Element):
            tag = child.tag
            if tag == _FLD_CHAR:
                fields.meet(child.get(w("fldCharType"), ""))
            elif tag == _INSTRUCTION:
                fields.said += child.text or ""
            elif fields.telling or run.hidden:
                continue
            elif tag == _T:
                counts = fields.open and _counts_pages(fields.said)
                items.append(Words(self._pages if counts else child.text or "", run))
            elif tag in _TABS:
                items.append(TabCharacter(run))
            elif tag in _BREAKS:
                items.append(LineEnd(child.get(w("type")) == "page"))
            elif tag in _CHARACTERS:
                items.append(Words(_CHARACTERS[tag], run))
            elif tag in _REFERENCES:
                counted = child.get(w("customMarkFollows"), "0") not in ("1", "true", "on")
                items.append(Mark(int(child.get(w("id"), "0")), run, counted))
            elif tag in _NUMBERS:
                items.append(Words("0", run))
            elif tag == w("sym"):
                items.append(Words(chr(int(child.get(w("char"), "20"), 16)), run))
            elif tag == w("drawing"):
                items.extend(_pictures(child))

    # --- tables ------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> Table:
        properties = element.find(w("tblPr"))
        named = None if properties is None else properties.find(w("tblStyle"))
        style = "" if named is None else named.get(w("val"), "")
        margins = self._margins(style, properties)
        grid = [
            twips(column.get(w("w"), ""), 0)
            for column in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
        ]
        rows = [self._row(row, grid, margins, style) for row in element.iterchildren(w("tr"))]
        top, bottom = (self._rule(style, f"{w('tblPr')}/{w('tblBorders')}/{w(side)}")
                       for side in ("top", "bottom"))  # fmt: skip
        below = self._rule(style, f"{w('tblStylePr')}/{w('tcPr')}/{w('tcBorders')}/{w('bottom')}")
        return Table(tuple(rows), top, bottom, below)

    def _row(
        self,
        element: etree._Element,
        grid: list[int],
        margins: dict[str, int],
        style: str,
    ) -> Row:
        cells = []
        column = 0
        keep = False
        for cell in element.iterchildren(w("tc")):
            properties = cell.find(w("tcPr"))
            spanned = None if properties is None else properties.find(w("gridSpan"))
            span = 1 if spanned is None else whole_number(spanned.get(w("val"), "1"), 1)
            width = sum(grid[column : column + span]) - margins["left"] - margins["right"]
            column += span
            inside = self.blocks(cell, style)
            paragraphs = tuple(block for block in inside if isinstance(block, Paragraph))
            keep = keep or any(p.look.keep_next for p in paragraphs)
            cells.append(Cell(width, paragraphs, margins["top"], margins["bottom"]))
        header = element.find(f"{w('trPr')}/{w('tblHeader')}") is not None
        return Row(tuple(cells), header, keep)

    def _margins(self, style: str, properties: etree._Element | None) -> dict[str, int]:
        """Distances of a cell's text from its edges; Word's own where nothing says others."""
        found = {"top": 0, "left": 108, "bottom": 0, "right": 108}
        said = [each.find(f"{w('tblPr')}/{w('tblCellMar')}") for each in self._chain(style)]
        said.append(None if properties is None else properties.find(w("tblCellMar")))
        for margins in said:
            for side in found if margins is not None else ():
                one = margins.find(w(side))  # type: ignore[union-attr]
                if one is not None:
                    found[side] = twips(one.get(w("w"), ""), found[side])
        return found

    def _rule(self, style: str, path: str) -> int:
        width = 0
        for each in self._chain(style):
            found = each.find(path)
            if found is not None:
                size = found.get(w("sz"), "0")
                width = round(whole_number(size, 0) * 2.5)
        return width

    def _chain(self, style_id: str) -> list[etree._Element]:
        return chain_of(self._table_styles.get(style_id), self._table_styles)


_AT_ONCE = 1 << 18
"""Characters of a body that are parsed at a time."""


def children_of_body(document: str) -> Iterator[etree._Element]:
    """What stands in the body of a `w:document`, one element after the other, each for its moment.

    The tree as a whole would take six times as much memory as its text.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=(_P, _TBL, _BOOKMARK, *_WRAPPERS), resolve_entities=False
    )
    for start in range(0, len(document), _AT_ONCE):
        parser.feed(document[start : start + _AT_ONCE])
        for _, element in parser.read_events():
            if not isinstance(element, etree._Element):
                continue
            body = element.getparent()
            if body is None or body.tag != _BODY:
                continue
            yield element
            element.clear()
            while element.getprevious() is not None:
                del body[0]
    parser.close()


@dataclass(slots=True)
class _Fields:
    """Where in fields (17.16) a paragraph is."""

    open: int = 0
    telling: int = 0
    """How many of the open ones still say what they are."""
    said: str = ""
    """What the last one says."""

    def meet(self, kind: str) -> None:
        """Go past the beginning, middle or end of one."""
        if kind == "begin":
            self.open, self.telling, self.said = self.open + 1, self.telling + 1, ""
        elif kind == "separate":
            self.telling = max(self.telling - 1, 0)
        elif kind == "end":
            self.open = max(self.open - 1, 0)
            self.telling = min(self.telling, self.open)


def _counts_pages(instruction: str) -> bool:
    """Whether a field shows the number of a page, or of all."""
    return instruction.split()[:1] in (["PAGE"], ["NUMPAGES"])


def _pictures(drawing: etree._Element) -> Iterator[Picture]:
    """What of a drawing stands in the line; what floats takes no room there."""
    for inline in drawing.iterchildren(f"{_WORD_DRAWING}inline"):
        extent = inline.find(f"{_WORD_DRAWING}extent")
        if extent is not None:
            yield Picture(
                round(whole_number(extent.get("cx", "0"), 0) / _EMUS),
                round(whole_number(extent.get("cy", "0"), 0) / _EMUS),
            )
