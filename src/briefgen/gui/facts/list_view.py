"""The list itself: ticking, choosing, dragging into another order, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from briefgen.gui import look
from briefgen.gui.facts.delegate import FactDelegate, box_of
from briefgen.gui.facts.dragging import RowDrag
from briefgen.gui.facts.model import FactModel
from briefgen.gui.facts.reword_editor import RewordEditor
from briefgen.gui.facts.row_layout import HEADING, HEADING_FIRST, TOP, short_height
from briefgen.gui.view_models.facts.fact_list import ListedFacts
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import wait
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.holding_focus import focus_within

MOST_MEASURED = 1_000
"""Rows up to which each is as high as what it says; beyond, statements are cut."""
_AT_ONCE = 400
"""Rows up to which they are measured anew with every pixel of another width."""


class Standing(NamedTuple):
    """What is chosen and looked at, by ids: it outlasts a base that is read anew."""

    chosen: list[str]
    current: str | None
    anchor: tuple[str, int] | None
    """A fact that can be seen, and how far down it stands."""


class Typing(NamedTuple):
    """A wording that is being typed, by the id of its fact, and where in it the caret is."""

    fact: str
    original: str
    text: str
    caret: int
    anchor: int
    """Where what is selected begins or ends that the caret does not."""


class FactView(QTableView):
    """Facts under headings, one below the other."""

    tick_asked = Signal(object)
    """Places whose tick is to be turned round."""
    printed_asked = Signal(int)
    """A place: the person clicked where its row says that it is printed."""
    move_asked = Signal(object, int, bool)
    """Places, the place beside which they go, and whether after it."""

    def __init__(self, model: FactModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = model
        self.rows = FactDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.rows)
        self.setAccessibleName("Facts of the brief")
        self.setAccessibleDescription(
            "Space leaves a fact out or takes it back, Enter rewords it, "
            "Alt with the arrow keys moves it."
        )
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().setSingleStep(24)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setStretchLastSection(True)
        across.setMinimumSectionSize(1)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        self._measured_width = -1
        self._measured_rows: set[int] = set()
        """Rows that are not as high as the header's default."""
        self._later = wait(self, 60, self._measure)
        self._pressed: QPoint | None = None
        self._pressed_row = -1
        self._pressed_box = False
        self._pressed_printed = False
        self.setMouseTracking(True)
        self._drag = RowDrag(self, model)
        self._drag.dropped.connect(self.move_asked)

    # --- rows ------------------------------------------------------------------------------------

    def show_facts(self, listed: ListedFacts, text: str) -> None:
        """Show other facts, or the same after an edit, without moving what is looked at."""
        model = self.facts
        entries = model.entries_of(listed)
        chosen, current = self.chosen_places(), self.current_place()
        anchor = self._anchor(current)
        changed = _told_otherwise(model.listed, listed)
        if not model.set_listed(listed, entries, text):
            for row in model.rows_of(changed):
                self._measure_row(row)
            return
        self._measure()
        self._choose_again(chosen, current)
        if anchor is not None:
            self._put_back(*anchor)

    def chosen_places(self) -> list[int]:
        """The facts that are selected, from top to bottom."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        rows = sorted(row for part in parts for row in range(part.top(), part.bottom() + 1))
        return [place for row in rows if (place := self.facts.place_at(row)) is not None]

    def current_place(self) -> int | None:
        """The fact that the keyboard stands on."""
        index = self.currentIndex()
        return self.facts.place_at(index.row()) if index.isValid() else None

    def show_place(self, place: int) -> bool:
        """Select one fact and scroll to it. Whether it is listed."""
        row = self.facts.row_of(place)
        if row is None:
            return False
        index = self.facts.index(row)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        seen = self.visualRect(index)
        if seen.top() < 0 or seen.bottom() > self.viewport().height():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def measure_anew(self) -> None:
        """The fonts may be others."""
        self.rows.forget()
        self._measure()

    def _measure(self) -> None:
        """Give each row its height."""
        if not self.isVisible():  # its width is none yet: `showEvent` asks again
            self._measured_width = -1
            return
        model, header = self.facts, self.verticalHeader()
        count = model.rowCount()
        width = self._measured_width = self.viewport().width()
        short = self.rows.short = count > MOST_MEASURED
        anchor = self._anchor(self.current_place())
        self.setUpdatesEnabled(False)
        try:
            if short:
                usual = short_height()
                header.setDefaultSectionSize(usual)
                # Rows keep the heights that others had in their places.
                heights = {row: usual for row in self._measured_rows if row < count}
                heights |= {row: HEADING if row else HEADING_FIRST for row in model.heading_rows()}
                for row in model.rows_of(model.listed.reworded):
                    heights[row] = self.rows.height(row, width)
            else:
                model.load(model.shown_places())
                heights = {row: self.rows.height(row, width) for row in range(count)}
            self._measured_rows = set(heights)
            for row, height in heights.items():
                if header.sectionSize(row) != height:
                    header.resizeSection(row, height)
            self.updateGeometries()
        finally:
            self.setUpdatesEnabled(True)
        if anchor is not None:
            self._put_back(*anchor)

    def _measure_row(self, row: int) -> None:
        shown = self.facts.fact_row(row)
        usual = self.rows.short and shown is not None and not shown.reworded
        height = short_height() if usual else self.rows.height(row, self._measured_width)
        self._measured_rows.add(row)
        self.verticalHeader().resizeSection(row, height)

    def standing(self) -> Standing:
        """What is chosen and looked at now."""
        facts, current = self.facts, self.current_place()
        anchor = self._anchor(current)
        return Standing(
            [id_ for place in self.chosen_places() if (id_ := facts.id_at_hand(place))],
            facts.id_at_hand(current) if current is not None else None,
            (facts.id_at_hand(anchor[0]), anchor[1]) if anchor is not None else None,
        )

    def stand_again(self, stood: Standing) -> None:
        """Choose and look at what was, as far as it is still listed."""
        place_of = self.facts.place_of
        chosen = [place for id_ in stood.chosen if (place := place_of(id_)) is not None]
        self._choose_again(chosen, place_of(stood.current) if stood.current else None)
        if stood.anchor is not None and (place := place_of(stood.anchor[0])) is not None:
            self._put_back(place, stood.anchor[1])

    def _anchor(self, current: int | None) -> tuple[int, int] | None:
        """A fact that can be seen, the current one if possible, and how far down it stands."""
        height = self.viewport().height()
        if current is not None:
            row = self.facts.row_of(current)
            if row is not None:
                top = self.rowViewportPosition(row)
                if 0 <= top < height:
                    return current, top
        row = self.rowAt(0)
        while 0 <= row < self.facts.rowCount():
            place = self.facts.place_at(row)
            if place is not None:
                return place, self.rowViewportPosition(row)
            row += 1
        return None

    def _put_back(self, place: int, top: int) -> None:
        row = self.facts.row_of(place)
        if row is not None:
            bar = self.verticalScrollBar()
            bar.setValue(self.verticalHeader().sectionPosition(row) - top)

    def _choose_again(self, chosen: Sequence[int], current: int | None) -> None:
        selection = QItemSelection()
        for row in self.facts.rows_of(chosen[:1000]):
            index = self.facts.index(row)
            selection.select(index, index)
        model = self.selectionModel()
        stood = None if current is None else self.facts.row_of(current)
        if stood is not None:
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            model.setCurrentIndex(self.facts.index(stood), keep)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.viewport().width() != self._measured_width:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isVisible() or self.viewport().width() == self._measured_width:
            return
        count = self.facts.rowCount()
        if count <= _AT_ONCE or count > MOST_MEASURED:
            self._measure()
        else:
            self._later.start()

    # --- rewording -------------------------------------------------------------------------------

    @property
    def editor(self) -> RewordEditor | None:
        """The editor that is open on a statement."""
        return self.viewport().findChild(RewordEditor)

    def reword(self, place: int) -> None:
        """Open the editor on a fact's statement."""
        row = self.facts.row_of(place)
        if row is None:
            return
        index = self.facts.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        editor = self.editor
        if editor is None:
            return
        shown = self.facts.fact_row(row)
        assert shown is not None
        top = TOP + round(self.rows.layout_of(shown, self.viewport().width()).statement_top)

        def give_room(height: int) -> None:
            header = self.verticalHeader()
            header.resizeSection(row, max(header.sectionSize(row), top + height + 6))

        editor.height_changed.connect(give_room)
        editor.fit()
        self.updateEditorGeometries()
        self.scrollTo(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        editor.setParent(None)  # it is deleted later; `editor` must not find it till then
        if self.currentIndex().isValid():
            self._measure_row(self.currentIndex().row())
        self.setFocus()

    def take_wording(self) -> tuple[int, str] | None:
        """Close the editor without a word to anyone; what stood in it, and of which fact."""
        editor, place = self.editor, self.current_place()
        if editor is None or place is None:
            return None
        wording = editor.wording
        editor.blockSignals(True)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return place, wording

    def typing(self) -> Typing | None:
        """What the person is typing into a row, to go on after the rows are others."""
        editor, place = self.editor, self.current_place()
        if editor is None or place is None or focus_within(editor) is None:
            return None
        card, cursor = self.facts.row_for(place).card, editor.text.textCursor()
        text = editor.text.toPlainText()
        return Typing(card.id, card.statement, text, cursor.position(), cursor.anchor())

    def go_on_typing(self, typing: Typing) -> bool:
        """Open the editor again as it was. Whether its fact is still listed."""
        place = self.facts.place_of(typing.fact)
        if place is None or self.facts.row_of(place) is None:
            return False
        self.reword(place)
        editor = self.editor
        if editor is not None:
            editor.text.setPlainText(typing.text)
            cursor = editor.text.textCursor()
            cursor.setPosition(typing.anchor)
            cursor.setPosition(typing.caret, QTextCursor.MoveMode.KeepAnchor)
            editor.text.setTextCursor(cursor)
        return editor is not None

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index, place = self.indexAt(at), self.fact_at(at)
        self._pressed, self._pressed_box, self._pressed_printed = None, False, False
        if event.button() != Qt.MouseButton.LeftButton or place is None:
            super().mousePressEvent(event)
            return
        if self._in_box(at, index):
            self._pressed_box, self._pressed_row = True, index.row()
            return
        if self._in_printed(at, index):
            self._pressed_printed, self._pressed_row = True, index.row()
            return
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().mousePressEvent(event)
            return
        self._pressed, self._pressed_row = at, index.row()
        if not self.selectionModel().isSelected(index):
            super().mousePressEvent(event)
        # Else several may be about to be dragged: whether one is meant shows on release.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            self._hover(at)
            return
        if self._pressed_box or self._pressed_printed:
            return
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not self._drag.goes_on and far:
            self._drag.begin(self._rows_to_drag())
        if self._drag.goes_on:
            self._drag.to(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        if self._pressed_box:
            self._pressed_box = False
            index = self.indexAt(at)
            if index.isValid() and index.row() == self._pressed_row and self._in_box(at, index):
                self._tick(index)
            return
        if self._pressed_printed:
            self._pressed_printed = False
            index = self.indexAt(at)
            if index.row() == self._pressed_row and self._in_printed(at, index):
                self._ask_printed(index)
            return
        if self._drag.goes_on:
            self._pressed = None
            self._drag.let_go()
            return
        if self._pressed is not None:
            index = self.facts.index(self._pressed_row)
            if len(self.selectionModel().selectedRows()) > 1:
                self.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
            elif index != self.currentIndex():
                self.setCurrentIndex(index)
            self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index, place = self.indexAt(at), self.fact_at(at)
        if event.button() != Qt.MouseButton.LeftButton or place is None:
            return
        if self._in_box(at, index) or self._in_printed(at, index):  # two clicks, but quick ones
            self.mousePressEvent(event)
            return
        self._pressed = None
        self.reword(place)

    def _in_box(self, at: QPoint, index: QModelIndex) -> bool:
        return box_of(self.visualRect(index)).adjusted(-7, -7, 7, 7).contains(at)

    # --- where a fact is printed -----------------------------------------------------------------

    def printed_rect(self, place: int) -> QRect:
        """Where in the viewport a row says that its fact is printed; else empty."""
        row = self.facts.row_of(place)
        return QRect() if row is None else self._printed_rect(self.facts.index(row))

    def _printed_rect(self, index: QModelIndex) -> QRect:
        row = self.facts.fact_row(index.row()) if index.isValid() else None
        return QRect() if row is None else self.rows.printed_rect(row, self.visualRect(index))

    def _in_printed(self, at: QPoint, index: QModelIndex) -> bool:
        rect = self._printed_rect(index)
        return not rect.isEmpty() and rect.adjusted(-6, -4, 6, 4).contains(at)

    def _ask_printed(self, index: QModelIndex) -> None:
        if index != self.currentIndex() or len(self.chosen_places()) != 1:
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        place = self.facts.place_at(index.row())
        if place is not None:
            self.printed_asked.emit(place)

    def _hover(self, at: QPoint | None) -> None:
        """The pointer is there, or has left: a link that it is on says so."""
        index = self.indexAt(at) if at is not None else QModelIndex()
        on = at is not None and self._in_printed(at, index)
        place = self.facts.place_at(index.row()) if on else None
        if place == self.rows.hovered:
            return
        before, self.rows.hovered = self.rows.hovered, place
        if on:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()
        for one in (before, place):
            if one is not None:
                self.viewport().update(self.rect_of(one))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        """Say what a click on the link under the pointer does, and all that it says."""
        index = self.indexAt(event.pos())
        row = self.facts.fact_row(index.row()) if index.isValid() else None
        where = self.facts.printed_of(row) if row is not None else None
        if where is None or not self._in_printed(event.pos(), index):
            QToolTip.hideText()
            return
        way = "Show it on the pages" if where.on_pages else "Show its section"
        said = plain_tip(f"{capital(where.words)}. {way}.")
        QToolTip.showText(event.globalPos(), said, self, self._printed_rect(index))

    def _tick(self, index: QModelIndex) -> None:
        chosen = self.chosen_places()
        place = self.facts.place_at(index.row())
        if place not in chosen:
            self.setCurrentIndex(index)
            chosen = [place] if place is not None else []
        self.tick_asked.emit(chosen)

    # --- another order ---------------------------------------------------------------------------

    def _rows_to_drag(self) -> list[int]:
        """The selected rows, if the mouse is on one of them."""
        rows = self.facts.rows_of(self.chosen_places())
        return rows if self._pressed_row in rows else [self._pressed_row]

    def move_chosen(self, step: int) -> None:
        """Move the selected facts one up (-1) or down (1), within their group."""
        rows = self.facts.rows_of(self.chosen_places())
        if not rows:
            return
        first, last = self.facts.group_rows(rows[0])
        target = rows[0] - 1 if step < 0 else rows[-1] + 1
        if all(first <= row <= last for row in [*rows, target]):
            place = self.facts.place_at(target)
            places = [self.facts.place_at(row) for row in rows]
            self.move_asked.emit(places, place, step > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._drag.paint()
        if self.hasFocus() and self.current_place() is None:  # no row shows where the keyboard is
            with QPainter(self.viewport()) as painter:
                painter.setPen(look.colour("accent"))
                painter.drawRoundedRect(self.viewport().rect().adjusted(4, 1, -5, -2), 5, 5)

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._drag.goes_on:
            self._pressed = None
            self._drag.cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            place = self.current_place()
            if place is not None and not event.modifiers():
                self.reword(place)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """As tables do it, but Home and End lead to the first and last fact."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: self.facts.first_fact,
            QAbstractItemView.CursorAction.MoveEnd: self.facts.last_fact,
        }
        row = ends[action]() if action in ends else None
        if row is not None:
            if row <= 1:
                self.scrollToTop()  # with its heading
            return self.facts.index(row)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters typed in the list go nowhere: there is a field to search with."""

    def fact_at(self, at: QPoint) -> int | None:
        """The place of the fact at a point of the viewport."""
        index = self.indexAt(at)
        return self.facts.place_at(index.row()) if index.isValid() else None

    def rect_of(self, place: int) -> QRect:
        """Where a fact's row stands in the viewport; empty if it is not listed."""
        row = self.facts.row_of(place)
        return QRect() if row is None else self.visualRect(self.facts.index(row))

    def box_rect(self, place: int) -> QRect:
        """Where a fact's tick box stands in the viewport."""
        return box_of(self.rect_of(place))


def _told_otherwise(before: ListedFacts, now: ListedFacts) -> set[int]:
    """The facts whose rows say something else now, and may need another height for it."""
    return {
        *before.reworded, *now.reworded, *(before.left_out ^ now.left_out),
        *(before.pinned ^ now.pinned), *(before.starred ^ now.starred),
        *(before.unkeyed ^ now.unkeyed), *(before.in_sentence ^ now.in_sentence),
    }  # fmt: skip
