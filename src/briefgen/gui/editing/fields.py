"""The fields that forms are made of. Each has a value as a file has it; None stands for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefgen.dates import DateError
from briefgen.dates.typed import read_typed_date
from briefgen.editing.base import typed_date
from briefgen.facts.model import Topic
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.fields import LineField, TextField, is_undo, set_state
from briefgen.gui.widgets.tick_box import BOX, TickBox, paint_box

_Index = QModelIndex | QPersistentModelIndex


def say(label: QLabel, text: str, role: str) -> None:
    """Let a line say something, as a hint, a warning or an error; empty says nothing."""
    label.setText(text)
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)


def line(text: str = "", role: str = "hint") -> QLabel:
    """A line of text under or beside a field. What it says is never markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


class Named(QWidget):
    """A field under its name, and under it what is to be said of it."""

    def __init__(
        self, name: str, field: QWidget, hint: str = "", *, own_line: bool = False
    ) -> None:
        """`own_line` keeps room for what is said, so that nothing moves when it is."""
        super().__init__()
        self.field = field
        self._hint = hint
        self._own_line = own_line
        self.said: tuple[str, str] = ("", "")
        """What stands under the field about its fault, and its role."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if name:
            label = QLabel(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "hint")
            label.setBuddy(field)
            column.addWidget(label)
        column.addWidget(field)
        self.note = line(hint)
        self.note.setVisible(bool(hint) or own_line)
        column.addWidget(self.note)
        if hint and not field.accessibleDescription():
            field.setAccessibleDescription(hint)

    def hint(self, text: str) -> None:
        """Another hint, shown where there is no fault to tell."""
        self._hint = text
        self._show()

    def tell(self, text: str, role: str = "error") -> None:
        """Say what is wrong; nothing takes it back."""
        self.said = (text[:1].upper() + text[1:], role if text else "")
        self._show()

    def _show(self) -> None:
        text, role = self.said
        say(self.note, text or self._hint, role or "hint")
        self.note.setVisible(bool(text or self._hint) or self._own_line)
        set_state(self.field, "wrong" if role == "error" else "")


class FormText(TextField):
    """Some lines that undo by themselves. `single` makes one line of what was typed."""

    def __init__(self, label: str, placeholder: str = "", *, lines: int = 1, single: bool = True):
        super().__init__(label, placeholder, lines=lines)
        self.setUndoRedoEnabled(True)
        self._single = single

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            QPlainTextEdit.keyPressEvent(self, event)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self._single or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
            return
        super().keyPressEvent(event)

    def data(self) -> str | None:
        """The text; lines are joined where one is wanted."""
        text = self.value().strip()
        return (" ".join(text.split()) if self._single else text) or None

    def set_data(self, value: Any) -> None:
        """Show a text."""
        with QSignalBlocker(self):
            self.setPlainText(str(value or ""))


class FormLine(LineField):
    """One line."""

    changed = Signal()

    def __init__(self, label: str, placeholder: str = "") -> None:
        super().__init__(label, placeholder)
        self.typed.connect(lambda text: self.changed.emit())

    def data(self) -> str | None:
        """The text."""
        return self.value() or None

    def set_data(self, value: Any) -> None:
        """Show a text."""
        with QSignalBlocker(self):
            self.setText(str(value or ""))
            self.setCursorPosition(0)


class FormChoice(ChoiceBox):
    """One of a few, each with what it means. The first may be nothing."""

    changed = Signal()

    def __init__(
        self, label: str, choices: Sequence[tuple[str | None, str]], least: int = 6
    ) -> None:
        super().__init__(label, least)
        for value, text in choices:
            self.addItem(text, value)
        self.activated.connect(lambda place: self.changed.emit())

    def data(self) -> str | None:
        """The chosen value as a text."""
        value = self.currentData()
        return None if value is None else str(value)

    def set_data(self, value: Any) -> None:
        """Choose a value; one that is not among the choices becomes one of them."""
        wanted = None if value in (None, "") else str(value)
        place = next((n for n in range(self.count()) if self.itemData(n) == wanted), -1)
        with QSignalBlocker(self):
            if place < 0:
                self.addItem(str(wanted), wanted)
                place = self.count() - 1
            self.setCurrentIndex(place)


class FormTick(TickBox):
    """Yes or nothing."""

    changed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(lambda checked: self.changed.emit())

    def data(self) -> bool | None:
        """True, or None."""
        return True if self.isChecked() else None

    def set_data(self, value: Any) -> None:
        """Tick it or not."""
        with QSignalBlocker(self):
            self.setChecked(value is True or value == "true")


class DateLine(FormLine):
    """A date in a person's words. `data` is EDTF; `reading` says how it was read."""

    def __init__(self, label: str, placeholder: str = "11 June 2023, May 2011, since 2014") -> None:
        super().__init__(label, placeholder)
        self.setAccessibleDescription("A date in words, or EDTF.")

    def data(self) -> str | None:
        text = self.value()
        return typed_date(text) if text else None

    def reading(self) -> tuple[str, str]:
        """What to say of what was typed, and the role: how it reads, or what is wrong."""
        text = self.value()
        if not text:
            return "", "hint"
        try:
            read = read_typed_date(text)
        except DateError as error:
            return str(error), "error"
        if read.edtf.text == text:
            return read.words, "hint"
        same = read.words.casefold() == text.casefold()
        return f"→ {read.edtf.text}" if same else f"→ {read.edtf.text}, {read.words}", "hint"


class NamedDate(Named):
    """A date with a line under it that says how it is read, while it is typed."""

    def __init__(self, name: str, field: DateLine) -> None:
        super().__init__(name, field, own_line=True)
        self.date = field
        field.changed.connect(self.read)
        field.setAccessibleDescription("A date in words, or EDTF; how it is read stands below.")

    def read(self) -> None:
        """Say how it reads now."""
        text, role = self.date.reading()
        self.hint("" if role == "error" else text)
        self.tell("")

    def tell(self, text: str, role: str = "error") -> None:
        # What was typed is no EDTF, but why not is told in words about what was typed.
        reading, kind = self.date.reading()
        wrong = kind == "error" and (bool(text) or not self.date.hasFocus())
        super().tell(reading if wrong else text, "error" if wrong else role)


class _TickRows(QStyledItemDelegate):
    """Boxes with an edge that can be seen in the dark; a click anywhere in a row ticks it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        whole: QRect = option.rect
        narrowed = QStyleOptionViewItem(option)
        narrowed.rect = whole.adjusted(BOX + 6, 0, 0, 0)
        super().paint(painter, narrowed, index)
        box = QRect(whole.left() + 2, whole.center().y() - BOX // 2, BOX, BOX)
        paint_box(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + BOX + 8, 23)


class TopicTicks(QTreeWidget):
    """Topics as a tree of boxes. Each counts by itself: a fact may stand under the whole only."""

    changed = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setRootIsDecorated(False)
        self.setMinimumHeight(220)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "boxed")
        self.setItemDelegate(_TickRows(self))
        self._items: dict[str, QTreeWidgetItem] = {}
        self._order: list[str] = []
        self.itemChanged.connect(self._ticked)

    def set_topics(self, topics: Mapping[str, Topic]) -> None:
        """Show a base's topics, none ticked."""
        with QSignalBlocker(self):
            self.clear()
            self._items, self._order = {}, []
            for id_, topic in topics.items():
                self._add(id_, topic.label, topic.parent)
        self.expandAll()

    def _add(self, id_: str, label: str, parent: str | None) -> None:
        above = self._items.get(parent or "")
        item = QTreeWidgetItem([label])
        item.setData(0, Qt.ItemDataRole.UserRole, id_)
        item.setToolTip(0, id_)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                      | Qt.ItemFlag.ItemIsUserCheckable)  # fmt: skip
        item.setCheckState(0, Qt.CheckState.Unchecked)
        if above is None:
            self.addTopLevelItem(item)
        else:
            above.addChild(item)
        self._items[id_] = item

    def data(self) -> list[str] | None:
        """The ids that are ticked, in the order of ticking: the first is where it stands."""
        return list(self._order) or None

    def set_data(self, value: Any) -> None:
        """Tick these; one that the base does not know is shown as it is called."""
        self._order = [str(id_) for id_ in value or ()]
        with QSignalBlocker(self):
            for id_ in self._order:
                if id_ not in self._items:
                    self._add(id_, id_, None)
            for id_, item in self._items.items():
                state = Qt.CheckState.Checked if id_ in self._order else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
        self._show_first()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            on = item.checkState(0) == Qt.CheckState.Checked
            item.setCheckState(0, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_first()

    def _show_first(self) -> None:
        if self._order:
            self.scrollToItem(self._items[self._order[0]])

    def tick(self, id_: str, on: bool = True) -> None:
        """Tick one, as a click does."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self._items[id_].setCheckState(0, state)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        id_ = str(item.data(0, Qt.ItemDataRole.UserRole))
        if item.checkState(0) == Qt.CheckState.Checked:
            if id_ not in self._order:
                self._order.append(id_)
        elif id_ in self._order:
            self._order.remove(id_)
        self.changed.emit()


class Bound:
    """An entry on its way through a form: keys that no field changed keep what they said."""

    def __init__(self) -> None:
        self._fields: dict[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {}
        self._shown: dict[str, Any] = {}
        self._entry: dict[str, Any] = {}

    def bind(self, key: str, read: Callable[[], Any], write: Callable[[Any], None]) -> None:
        """`key` is what `read` gives and `write` shows."""
        self._fields[key] = (read, write)

    def fill(self, entry: Mapping[str, Any]) -> None:
        """Show an entry."""
        self._entry = dict(entry)
        for key, (read, write) in self._fields.items():
            write(entry.get(key))
            self._shown[key] = read()

    def entry(self) -> dict[str, Any]:
        """What it says now, without what says nothing."""
        entry = dict(self._entry)
        for key, (read, _) in self._fields.items():
            now = read()
            if now == self._shown.get(key):
                continue
            if now in (None, "", []):
                entry.pop(key, None)
            else:
                entry[key] = now
        return {key: value for key, value in entry.items() if value is not None}


def bind_field(bound: Bound, key: str, field: Any) -> None:
    """Bind a field of this module."""
    bound.bind(key, field.data, field.set_data)
