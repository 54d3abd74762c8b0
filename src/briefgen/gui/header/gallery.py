"""Choosing a template: a button with its name, and a gallery of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefgen.brief.template.model import Template
from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.header.page_picture import SIZE, page_picture
from briefgen.gui.widgets.building import column
from briefgen.gui.widgets.fields import plain_tip
from briefgen.pipeline.listings.choices import TemplateChoice

_CELL = QSize(300, 300)
_COLUMNS = 3
_CHOICE = Qt.ItemDataRole.UserRole


class Gallery(QFrame):
    """All templates as small pages. Arrow keys, Enter, Escape; `take` gets the one chosen."""

    def __init__(self, parent: QWidget, take: Callable[[Template], None]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("sheet")
        self._take = take
        self.model = QStandardItemModel(self)
        self.view = _View()
        self.view.setAccessibleName("Templates")
        self.view.setModel(self.model)
        self.view.setViewMode(QListView.ViewMode.IconMode)
        self.view.setMovement(QListView.Movement.Static)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setGridSize(_CELL)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setItemDelegate(_Cell(self.view))
        self.view.clicked.connect(self._chosen)
        self.view.entered_on.connect(self._chosen)
        column(self.view, parent=self, margins=(8, 8, 8, 8))

    def open(self, choices: list[TemplateChoice], current: str, under: QWidget) -> None:
        """Show them under a widget, the current one selected."""
        self.model.clear()
        for choice in choices:
            item = QStandardItem(for_people(choice.label))
            item.setEditable(False)
            item.setData(choice, _CHOICE)
            description = choice.description or choice.fault
            item.setToolTip(plain_tip(description))
            item.setData(description, Qt.ItemDataRole.AccessibleDescriptionRole)
            item.setEnabled(choice.template is not None)
            self.model.appendRow(item)
            if choice.id == current:
                self.view.setCurrentIndex(item.index())
        if not self.view.currentIndex().isValid() and choices:
            self.view.setCurrentIndex(self.model.index(0, 0))
        columns = min(_COLUMNS, max(1, len(choices)))
        rows = -(-len(choices) // columns)
        screen = under.screen().availableGeometry()
        height = min(rows * _CELL.height() + 22, screen.height() - 120)
        if under.window().height() > 400:
            height = min(height, under.window().height() - 80)
        width = columns * _CELL.width() + 34
        corner = under.mapToGlobal(QPoint(0, under.height() + 4))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - width)))
        self.setGeometry(QRect(corner, QSize(width, height)))
        self.show()
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)
        self.view.scrollTo(self.view.currentIndex())

    def _chosen(self, index: QModelIndex) -> None:
        choice = index.data(_CHOICE)
        if choice is not None and choice.template is not None and self.isVisible():
            self.hide()
            self._take(choice.template)


class _View(QListView):
    """A list whose Enter chooses on every platform."""

    entered_on = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered_on.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _Cell(QStyledItemDelegate):
    """A page, its template's name, and what it is for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures: dict[tuple[str, float], tuple[Template, QPixmap]] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return _CELL

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: TemplateChoice = index.data(_CHOICE)
        rect: QRect = option.rect.adjusted(4, 4, -4, -4)
        state: Any = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.colour("accent"))
            painter.setBrush(look.colour("chosen"))
            painter.drawRoundedRect(rect, 4, 4)
        page = QRect(QPoint(0, 0), SIZE)
        page.moveTop(rect.top() + 10)
        page.moveLeft(rect.left() + (rect.width() - SIZE.width()) // 2)
        if choice.template is not None:
            painter.drawPixmap(page, self._picture(choice.template, painter))
        painter.setPen(look.colour("faint"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        font = look.text_font(bold=True)
        painter.setFont(font)
        painter.setPen(look.colour("text" if choice.template is not None else "muted"))
        name = QRect(rect.left() + 8, page.bottom() + 8, rect.width() - 16, 20)
        metrics = QFontMetrics(font)
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine,
            metrics.elidedText(for_people(choice.label), Qt.TextElideMode.ElideRight, name.width()),
        )
        painter.setPen(look.colour("muted" if choice.template is not None else "error"))
        below = QRect(name.left(), name.bottom() + 2, name.width(), rect.bottom() - name.bottom())
        _paragraph(painter, below, for_people(choice.description or choice.fault))
        painter.restore()

    def _picture(self, template: Template, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        kept = self._pictures.get((template.id, ratio))
        if kept is None or kept[0] != template:
            kept = template, page_picture(template, ratio)
            self._pictures[template.id, ratio] = kept
        return kept[1]


def _paragraph(painter: QPainter, rect: QRect, text: str) -> None:
    """Small centred lines, the last one elided where there is no room for more."""
    font = look.text_font(small=True)
    metrics = QFontMetrics(font)
    most = max(1, rect.height() // metrics.lineSpacing())
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
    painter.setFont(font)
    layout.beginLayout()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        start = line.textStart()
        rest = text[start:] if number == most - 1 else text[start : start + line.textLength()]
        painter.drawText(
            QRect(
                rect.left(), rect.top() + number * metrics.lineSpacing(), rect.width(),
                metrics.lineSpacing(),
            ),
            Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine,
            metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, rect.width()),
        )  # fmt: skip
    layout.endLayout()
