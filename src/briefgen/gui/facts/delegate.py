"""How a row of the list looks: tick box, date, flags, statement, source."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefgen.direction import for_people, on_a_line_of_its_own
from briefgen.gui import look
from briefgen.gui.facts.model import FactModel
from briefgen.gui.facts.reword_editor import RewordEditor
from briefgen.gui.facts.row_layout import (
    GAP,
    HEADING,
    HEADING_FIRST,
    INDENT,
    LEFT,
    RIGHT,
    TOP,
    RowLayout,
    lay_out_row,
)
from briefgen.gui.view_models.facts.fact_cards import ListedFact
from briefgen.gui.view_models.facts.fact_list import Group
from briefgen.gui.widgets.tick_box import BOX, paint_box
from briefgen.select.highlight import found_places

_LAYOUTS = 300
"""Rows whose lines are kept."""
_HEIGHTS = 20_000

_PRINTED_SHARE = 0.6
"""The most of a row's width that is taken by where its fact is printed."""
_BEFORE_PRINTED = 12
"""Pixels that stay empty before that."""

_FLAG_COLOURS = {"key": "accent", "warning": "warning", "mark": "muted"}


class FactDelegate(QStyledItemDelegate):
    """Paints rows and opens the editor for a statement."""

    def __init__(self, model: FactModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered: int | None = None
        """The fact whose place on the pages the pointer is on: a click would show it."""
        self.short = False
        """Whether statements are cut after two lines, because there are very many."""
        self.forget()

    def forget(self) -> None:
        """Lay everything out anew: the fonts may be others."""
        # Of the instance, not of the class: layouts must not outlive the app.
        layout = self._layout = lru_cache(_LAYOUTS)(_lay_out)
        self._height = lru_cache(_HEIGHTS)(lambda *asked: layout(*asked).height)

    def height(self, row: int, width: int) -> int:
        """The height in pixels that a row needs in a list of this width."""
        if self._model.group_at(row) is not None:
            return HEADING if row else HEADING_FIRST
        shown = self._model.fact_row(row)
        assert shown is not None
        return self._height(shown, width, self.short)

    def layout_of(self, row: ListedFact, width: int) -> RowLayout:
        """A row laid out for a list of this width."""
        return self._layout(row, width, self.short)

    # --- painting --------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        painter.save()
        painter.setClipRect(area)
        group = self._model.group_at(index.row())
        if group is not None:
            _paint_heading(painter, area, group, self._model, first=index.row() == 0)
        else:
            row = self._model.fact_row(index.row())
            assert row is not None
            state: QStyle.StateFlag = option.state
            self._paint_row(painter, area, row, state)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, area: QRect, row: ListedFact, state: QStyle.StateFlag
    ) -> None:
        layout = self.layout_of(row, area.width())
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(area, look.colour("ground"))  # over the style's own, which has edges
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(area).adjusted(4, 1, -4, -1), 5, 5)
            painter.fillPath(ground, look.colour("chosen"))
        if state & QStyle.StateFlag.State_HasFocus:
            bar = QRectF(area.left() + 4, area.top() + 5, 3, area.height() - 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        ticked = Qt.CheckState.Unchecked if row.left_out else Qt.CheckState.Checked
        paint_box(painter, box_of(area), ticked)
        origin = QPointF(area.left() + INDENT, area.top() + TOP)
        self._paint_first_line(painter, origin, row, layout)
        ink = look.colour("muted" if row.left_out else "text")
        painter.setPen(ink)
        top = origin + QPointF(0, layout.statement_top)
        layout.statement.draw(painter, top, _formats(row, self._model, ink))
        if layout.original is not None:
            painter.setPen(look.colour("muted"))
            layout.original.draw(painter, origin + QPointF(0, layout.original_top))
        small = look.text_font(small=True)
        painter.setFont(small)
        painter.setPen(look.colour("muted"))
        metrics = QFontMetricsF(small)
        width = area.width() - INDENT - RIGHT
        line = QRectF(origin.x(), origin.y() + layout.source_top, width, metrics.lineSpacing())
        words = self._printed_words(row, metrics, width)
        taken = metrics.horizontalAdvance(words) + _BEFORE_PRINTED if words else 0.0
        grade = f" · {row.card.grade}" if row.card.grade and row.card.source else row.card.grade
        room = width - taken - metrics.horizontalAdvance(grade)
        source = metrics.elidedText(for_people(row.card.source), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, source + grade)
        if words:
            self._paint_printed(painter, line, row, words)

    def _paint_printed(self, painter: QPainter, line: QRectF, row: ListedFact, words: str) -> None:
        where = self._model.printed_of(row)
        missing = where is not None and not where.on_pages and not row.left_out
        asked_for = row.pinned or row.starred
        ink = "muted" if not missing else "warning" if asked_for else "text"
        painter.setPen(look.colour(ink))
        if row.place == self.hovered:
            font = look.text_font(small=True)
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(look.colour("accent"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, words)

    def _printed_words(self, row: ListedFact, metrics: QFontMetricsF, width: float) -> str:
        """Where a row's fact is printed, in what room there is; a page's number is never cut."""
        where = self._model.printed_of(row)
        if where is None:
            return ""
        room = width * _PRINTED_SHARE - metrics.horizontalAdvance(where.page_words)
        label = metrics.elidedText(for_people(where.label), Qt.TextElideMode.ElideRight, room)
        return f"{label}{where.page_words}"

    def printed_rect(self, row: ListedFact, area: QRect) -> QRect:
        """Where it stands in a row that fills `area` that its fact is printed; else empty."""
        metrics = QFontMetricsF(look.text_font(small=True))
        width = area.width() - INDENT - RIGHT
        words = self._printed_words(row, metrics, width)
        if not words or row.left_out:
            return QRect()
        wide = metrics.horizontalAdvance(words)
        top = area.top() + TOP + self.layout_of(row, area.width()).source_top
        left = area.left() + INDENT + width - wide
        return QRectF(left, top, wide, metrics.lineSpacing()).toAlignedRect()

    def _paint_first_line(
        self, painter: QPainter, origin: QPointF, row: ListedFact, layout: RowLayout
    ) -> None:
        bold = look.text_font(bold=True)
        ascent = QFontMetricsF(bold).ascent()
        painter.setFont(bold)
        painter.setPen(look.colour("muted"))
        painter.drawText(origin + QPointF(0, ascent), row.card.date)
        painter.setFont(look.text_font())
        for flag in layout.flags:
            painter.setPen(look.colour(_FLAG_COLOURS[flag.role]))
            painter.drawText(origin + QPointF(flag.x, flag.y + ascent), flag.words)

    # --- rewording -------------------------------------------------------------------------------

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        row = self._model.fact_row(index.row())
        assert row is not None
        editor = RewordEditor(row.wording, row.card.statement, parent)
        editor.kept.connect(lambda: self._end(editor, keep=True))
        editor.dropped.connect(lambda: self._end(editor, keep=False))
        return editor

    def _end(self, editor: RewordEditor, *, keep: bool) -> None:
        if keep:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """It has them from the start, and what is typed there must not be lost to a repaint."""

    def setModelData(
        self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, RewordEditor)
        model.setData(index, editor.wording)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.fact_row(index.row())
        assert row is not None
        area: QRect = option.rect
        top = TOP + round(self.layout_of(row, area.width()).statement_top)
        editor.setGeometry(area.adjusted(INDENT - GAP, top, -RIGHT, -4))


def box_of(area: QRect) -> QRect:
    """Where the tick box of a row stands that fills `area`."""
    return QRect(area.left() + LEFT, area.top() + TOP + 2, BOX, BOX)


def _paint_heading(
    painter: QPainter, area: QRect, group: Group, model: FactModel, *, first: bool
) -> None:
    font = look.text_font(bold=True)
    font.setPixelSize(look.TEXT_SIZE + 2)
    metrics = QFontMetricsF(font)
    baseline = area.bottom() - 9
    painter.setFont(font)
    painter.setPen(look.colour("accent"))
    left_out = model.listed.left_out
    count = len(group.places)
    if left_out:
        count -= len(left_out.intersection(group.places))
    said = f"{count:,}"
    counted = look.text_font(small=True)
    room = area.width() - LEFT - RIGHT - QFontMetricsF(counted).horizontalAdvance(said) - GAP
    label = metrics.elidedText(for_people(group.label), Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(area.left() + LEFT, baseline), label)
    painter.setFont(counted)
    painter.setPen(look.colour("muted"))
    right = area.right() - RIGHT - QFontMetricsF(counted).horizontalAdvance(said)
    painter.drawText(QPointF(right, baseline), said)


def _formats(row: ListedFact, model: FactModel, ink: QColor) -> list[QTextLayout.FormatRange]:
    """How parts of a statement are drawn: struck when left out, marked where searched for."""
    shown = on_a_line_of_its_own(row.wording)
    formats = []
    if row.left_out:
        struck = QTextCharFormat()
        struck.setFontStrikeOut(True)
        struck.setForeground(ink)
        formats.append(_range(0, len(shown), struck))
    for start, end in found_places(shown, model.phrases):
        found = QTextCharFormat()
        found.setBackground(look.colour("mark"))
        found.setForeground(look.colour("text"))
        found.setFontStrikeOut(row.left_out)
        formats.append(_range(start, end - start, found))
    return formats


def _lay_out(row: ListedFact, width: int, short: bool) -> RowLayout:
    return lay_out_row(row, max(60, width - INDENT - RIGHT), short=short)


def _range(start: int, length: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, how
    return made
