"""Pages drawn in characters, for tests of the layout: one character a cell, one row a line.

The type is square: every character is as wide as a line is high, whatever its look, and all sizes
are the same. So a page of 24 by 10 cells holds ten lines of 24 characters, and a test shows the
pages that it expects beside what it lays out. Nothing of the writer of PDF files is asked.

Drawn are text, the rule above notes (`---`), and at the left what frames a group: `:` where there
is a box or a bar. Room of less than a line is not seen. Pages stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from textwrap import dedent

from briefgen.brief.model import Brief, Note, Section
from briefgen.render.pdf import closing, pages, sections
from briefgen.render.pdf.blocks import BlockSetter
from briefgen.render.pdf.looks import Look, Page, Style
from briefgen.render.pdf.pages import PageContent
from briefgen.render.pdf.slices import Slice
from briefgen.render.pdf.typesetter import Typesetter
from render.pdf.samples import brief

EM = 6.0
"""Width and height of a cell in points: distances of the layout come to about whole cells."""
_BASELINE = 0.76 * EM
"""How far down its row the baseline of a line lies."""


class _SquareStyle(Style):
    """All sizes of type are one em, lines follow each other without room between them."""

    title = heading = small = leading = small_leading = note_leading = gap = EM  # type: ignore[assignment]

    def leading_of(self, size: float) -> float:
        return EM


class _SquareTypesetter(Typesetter):
    """Every look has a fixed advance of one em."""

    def __init__(self, brief: Brief, style: Style) -> None:
        super().__init__(brief, style)
        self.body = replace(self.body, pitch=EM)
        self.small = replace(self.small, pitch=EM)

    def heading_look(self, level: int, colour: str) -> Look:
        return replace(self.body, cut="semibold")


class _SquareStorySetter(sections.StorySetter):
    def __init__(self, brief: Brief, page: Page) -> None:
        super().__init__(brief, page, _SquareStyle(EM))
        self.setter = _SquareTypesetter(brief, self.style)
        self.blocks = BlockSetter(brief, self.setter, page.body_height)


@dataclass
class Laid:
    """Sections on pages of some columns and rows, `closed` where white space was taken in."""

    columns: int
    rows: int
    pages: list[PageContent]
    slices: list[Slice]
    closed: bool = False

    def __str__(self) -> str:
        return beside(draw(page, self.columns, self.rows) for page in self.pages)


def lay_out(
    columns: int, rows: int, *content: Section, notes: Sequence[Note] = (), close: bool = True
) -> Laid:
    """Sections, without a masthead, on pages of `columns` by `rows` cells, notes at the foot."""
    page = Page(columns * EM, rows * EM, margin=0.0)
    setter = _SquareStorySetter(brief(*content, notes=tuple(notes), notes_at="foot"), page)
    story = setter.story()
    story.masthead.clear()
    slices = story.slices(())
    filled = pages.fill_pages(slices, page.body_height, story.notes)
    laid = Laid(columns, rows, filled, slices)
    if close and closing.close_up(slices, filled, EM, page.body_height, story.notes):
        laid.pages = pages.fill_pages(slices, page.body_height, story.notes)
        laid.closed = True
    return laid


@dataclass
class _Sheet:
    """Cells of a page. What is put on a cell that is taken, or beyond the edge, is a fault."""

    columns: int
    rows: int
    cells: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, x: float, baseline: float, text: str) -> None:
        """Text that begins `x` points from the left; `baseline` is from the top of the page."""
        row = int((baseline - _BASELINE) / EM + 0.01)
        for column, character in enumerate(text.rstrip(), start=round(x / EM)):
            assert 0 <= row < self.rows, f"row {row}: {text}"
            assert 0 <= column < self.columns, f"column {column}: {text}"
            assert (row, column) not in self.cells, f"{text} stands on {self.cells[row, column]}"
            if character != " ":
                self.cells[row, column] = character

    def lines(self) -> list[str]:
        """Its rows, each as long as the page is wide."""
        return [
            "".join(self.cells.get((row, column), " ") for column in range(self.columns))
            for row in range(self.rows)
        ]


def draw(page: PageContent, columns: int, rows: int) -> list[str]:
    """The rows of a page."""
    sheet = _Sheet(columns, rows)
    for standing in page.standing:
        _put_slice(sheet, standing.slice, standing.top)
    if page.notes is not None and page.notes.slices:
        sheet.put(0.0, page.notes.rule + _BASELINE, "---")
        for each, top in page.notes.slices:
            _put_slice(sheet, each, top)
    for framed in page.framed:
        if framed.group.kind in ("box", "bar", "quote"):
            for row in range(round(framed.top / EM), round(framed.bottom / EM)):
                sheet.cells.setdefault((row, round(framed.group.x / EM)), ":")
    return sheet.lines()


def _put_slice(sheet: _Sheet, each: Slice, top: float) -> None:
    for placed in each.lines:
        for span in placed.line.spans:
            sheet.put(placed.x + span.x, top + placed.drop, span.text)


def expected(drawn: str) -> str:
    """Pages as a test shows them, indented as its lines are."""
    return dedent(drawn).strip("\n")


def beside(drawn: Iterable[Sequence[str]]) -> str:
    """Pages side by side, an edge around each."""
    framed = [
        [f"+{'-' * len(rows[0])}+", *(f"|{row}|" for row in rows), f"+{'-' * len(rows[0])}+"]
        for rows in drawn
    ]
    return "\n".join(" ".join(rows) for rows in zip(*framed, strict=True))
