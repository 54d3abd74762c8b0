"""Rows of a list or a tree with a box to tick, and a count at the right where there is one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefgen.gui import look
from briefgen.gui.widgets.tick_box import BOX, paint_box

COUNT = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a row has its count, or None. A row whose count is 0 is muted."""
_MARGIN = 6

AnyIndex = QModelIndex | QPersistentModelIndex


class TickRows(QStyledItemDelegate):
    """Boxes with an edge that can be seen in the dark; a click anywhere in a row ticks it."""

    def __init__(self, parent: QWidget, height: int) -> None:
        """`height` of a row, in pixels."""
        super().__init__(parent)
        self._height = height

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        # Painted here: the style's box has no edge to be seen in the dark.
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        if index.data(COUNT) == 0:
            option.palette.setColor(QPalette.ColorRole.Text, look.colour("muted"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        whole: QRect = option.rect
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        style = ground.widget.style() if ground.widget else QApplication.style()
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        style.drawPrimitive(panel, ground, painter, ground.widget)
        count = index.data(COUNT)
        text = "" if count is None else f"{count:,}"
        font = look.text_font()
        room = QFontMetrics(font).horizontalAdvance(text) + 2 * _MARGIN if text else 0
        narrowed = QStyleOptionViewItem(option)
        narrowed.rect = whole.adjusted(BOX + _MARGIN, 0, -room, 0)
        super().paint(painter, narrowed, index)
        box = QRect(whole.left() + 2, whole.center().y() - BOX // 2, BOX, BOX)
        paint_box(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        painter.save()
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        place = whole.adjusted(0, 0, -_MARGIN, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 60, self._height)

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is None:
            return False
        if isinstance(event, QMouseEvent):
            clicked = (
                event.type() == QEvent.Type.MouseButtonRelease
                and event.button() == Qt.MouseButton.LeftButton
                and option.rect.contains(event.position().toPoint())
            )
        elif isinstance(event, QKeyEvent):
            clicked = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        else:
            return False
        if clicked:
            on = Qt.CheckState(ticked) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            owner = index.model()
            assert owner is not None
            row: QModelIndex = QModelIndex(index)  # type: ignore[arg-type]
            owner.setData(row, state, Qt.ItemDataRole.CheckStateRole)
        return clicked
