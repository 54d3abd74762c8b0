"""Rows of a list or a tree with their count at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefgen.gui import look
from briefgen.gui.scope.asking import number
from briefgen.gui.widgets.tick_box import BOX, paint_box

COUNT = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a row has its count, or None."""
ROW_HEIGHT = 25
_MARGIN = 6

AnyIndex = QModelIndex | QPersistentModelIndex


class CountedRows(QStyledItemDelegate):
    """Paints the count beside the text; a click anywhere in a row with a box ticks it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        # Drawn here: the style's box has no edge to be seen in the dark.
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        count = index.data(COUNT)
        if count is None:
            super().paint(painter, option, index)
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        style = whole.widget.style() if whole.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, whole, painter, whole.widget
        )
        text = number(count)
        font = look.text_font()
        width = QFontMetrics(font).horizontalAdvance(text)
        box = QRect(option.rect.left() + 2, option.rect.center().y() - BOX // 2, BOX, BOX)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        paint_box(painter, box, state)
        narrowed = QStyleOptionViewItem(option)
        narrowed.rect = option.rect.adjusted(BOX + _MARGIN, 0, -width - 2 * _MARGIN, 0)
        super().paint(painter, narrowed, index)
        painter.save()
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        place = QRect(option.rect).adjusted(0, 0, -_MARGIN, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 60, ROW_HEIGHT)

    def editorEvent(
        self,
        event: QEvent,
        model: object,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
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
            on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            owner = index.model()
            assert owner is not None
            model_index = QModelIndex(index)  # type: ignore[arg-type]
            owner_set = getattr(owner, "setData")  # noqa: B009
            owner_set(model_index, state, Qt.ItemDataRole.CheckStateRole)
        return clicked
