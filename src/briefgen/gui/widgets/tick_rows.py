"""Rows of a list or a tree with a box to tick, and a count at the right where there is one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from briefgen.gui import look
from briefgen.gui.widgets.tick_box import BOX, paint_box

COUNT = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a row has its count, or None. A row whose count is 0 is muted."""
_MARGIN = 6

_BESIDE = 4
"""Pixels that styles leave free at either side of a row's words."""

AnyIndex = QModelIndex | QPersistentModelIndex


class TickRows(QStyledItemDelegate):
    """Boxes with an edge that can be seen in the dark; a click anywhere in a row ticks it."""

    def __init__(self, parent: QWidget, height: int, *, tree: QTreeView | None = None) -> None:
        """`height` of a row, in pixels. In a `tree` rows are higher where words need more lines."""
        super().__init__(parent)
        self._height = height
        self._tree = tree

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
        text, room = _counted(index)
        font = look.text_font()
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
        height = self._height if self._tree is None else self._wrapped(self._tree, index)
        return QSize(super().sizeHint(option, index).width() + 60, height)

    def _wrapped(self, tree: QTreeView, index: AnyIndex) -> int:
        """The height with the words broken into lines, if one has no room for them."""
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        taken = depth * tree.indentation() + BOX + _MARGIN + _counted(index)[1] + 2 * _BESIDE
        width = max(40, tree.viewport().width() - taken)
        metrics = QFontMetrics(look.text_font())
        flags = int(Qt.TextFlag.TextWordWrap)
        lines = metrics.boundingRect(QRect(0, 0, width, 10_000), flags, str(index.data()))
        return self._height + max(0, lines.height() - metrics.lineSpacing())

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


def _counted(index: AnyIndex) -> tuple[str, int]:
    """A row's count in words, and the room that it takes at the right."""
    count = index.data(COUNT)
    if count is None:
        return "", 0
    text = f"{count:,}"
    return text, QFontMetrics(look.text_font()).horizontalAdvance(text) + 2 * _MARGIN
