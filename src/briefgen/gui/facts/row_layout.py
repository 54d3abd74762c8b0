"""Where the parts of a row stand: date and flags, the statement's lines, sources."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from briefgen.direction import begins_right_to_left, for_people, on_a_line_of_its_own
from briefgen.gui import look
from briefgen.gui.view_models.facts.fact_cards import ListedFact
from briefgen.gui.widgets.tick_box import BOX

LEFT, RIGHT, GAP = 14, 14, 9
"""Pixels at the left and right of a row, and between its tick box and its text."""
TOP, BOTTOM = 9, 10
SHORT_LINES = 2
"""Lines of a statement where there are too many facts to measure each."""

HEADING_FIRST, HEADING = 38, 46
"""Heights of headings; all but the first have air above them."""

INDENT = LEFT + BOX + GAP
"""Where a row's text begins."""

_BETWEEN_FLAGS, _UNDER_DATE = 10, 2


@dataclass(frozen=True, slots=True)
class PlacedFlag:
    """Words of a flag and where they stand, from the upper left of the row's text."""

    role: str
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RowLayout:
    """One row, laid out for one width. Tops are measured from the upper edge of its text."""

    flags: tuple[PlacedFlag, ...]
    statement: QTextLayout
    statement_top: float
    original: QTextLayout | None
    """The base's words, where the brief has others."""
    original_top: float
    source_top: float
    height: int
    """Of the whole row, in pixels."""


def lay_out_row(row: ListedFact, width: float, *, short: bool) -> RowLayout:
    """Lay out a row's text in `width` pixels.

    `short` gives the flags one line and the statement two, whatever they say, so that rows
    need not be measured to know their height; a reworded row is always whole.
    """
    metrics = QFontMetricsF(look.text_font(bold=True))
    line = metrics.lineSpacing()
    plain = QFontMetricsF(look.text_font())
    x, y = metrics.horizontalAdvance(row.card.date) + _BETWEEN_FLAGS, 0.0
    flags = []
    short = short and not row.reworded
    for role, words in row.flags:
        size = plain.horizontalAdvance(words)
        if x + size > width and x > 0:
            if short:
                words = plain.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, width - x))
            else:
                x, y = 0.0, y + line
        flags.append(PlacedFlag(role, words, x, y))
        x += size + _BETWEEN_FLAGS
    statement_top = y + line + _UNDER_DATE
    statement = laid_out(
        on_a_line_of_its_own(row.wording), look.text_font(), width, SHORT_LINES if short else 0
    )
    y = statement_top + statement.boundingRect().height() + 2
    original, original_top = None, y
    if row.reworded:
        original = laid_out(original_words(row.card.statement), look.text_font(small=True), width)
        y += original.boundingRect().height() + 2
    if short:
        y = statement_top + SHORT_LINES * plain.height() + 2
    small = QFontMetricsF(look.text_font(small=True))
    height = round(TOP + y + small.lineSpacing() + BOTTOM)
    return RowLayout(tuple(flags), statement, statement_top, original, original_top, y, height)


def original_words(statement: str) -> str:
    """How the base's own words are told below those of the brief."""
    return f"In the base: {for_people(statement)}"


def short_height() -> int:
    """The height in pixels of a row that is laid out short."""
    bold = QFontMetricsF(look.text_font(bold=True))
    plain = QFontMetricsF(look.text_font())
    small = QFontMetricsF(look.text_font(small=True))
    inside = (
        bold.lineSpacing() + _UNDER_DATE + SHORT_LINES * plain.height() + 2 + small.lineSpacing()
    )
    return round(TOP + inside + BOTTOM)


def laid_out(text: str, font: QFont, width: float, most: int = 0) -> QTextLayout:
    """A text broken into lines, in the direction of its script; beyond `most` lines it is cut.

    0 takes all lines.
    """
    layout = _broken(text, font, width)
    if most and layout.lineCount() > most:
        start = layout.lineAt(most - 1).textStart()
        metrics = QFontMetricsF(font)
        last = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width - 1)
        layout = _broken(text[:start] + last, font, width)
    return layout


def _broken(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption(
        Qt.AlignmentFlag.AlignRight if begins_right_to_left(text) else Qt.AlignmentFlag.AlignLeft
    )
    # Made from an alignment, it has the direction of the app, not of the text.
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout
