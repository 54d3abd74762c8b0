"""Every command by name, with its keys: made of the menus, so that nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.view_models.commands import Command, fitting
from briefgen.gui.widgets.building import column, label
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.window import MainWindow

_SIZE = QSize(620, 460)
_COMMAND = Qt.ItemDataRole.UserRole
_NUMBER, _ENABLED = _COMMAND + 1, _COMMAND + 2
_KEYS = "Ctrl+K"


def add_to(window: MainWindow) -> None:
    """Add the command that opens it."""
    window.add_action(
        "Help", "Commands and &keys…", partial(open_palette, window), keys=_KEYS,
        tip="Every command by name: type a few letters, Enter runs it",
    )  # fmt: skip
    _KeyFromFields(window)


def commands_of(window: MainWindow) -> list[tuple[Command, QAction]]:
    """All entries of all menus, as they are now."""
    return [
        (command, action)
        for name, menu in window.menus.items()
        for command, action in _entries(menu, name)
    ]


def _entries(menu: QMenu, path: str) -> Iterator[tuple[Command, QAction]]:
    menu.aboutToShow.emit()  # some fill themselves when they are shown
    for action in menu.actions():
        text = _plain(action.text())
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _entries(inner, f"{path} › {text}")
        elif not action.isSeparator() and action.isVisible() and not _is_placeholder(action, path):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield Command(text, path, keys, action.statusTip()), action


def _is_placeholder(action: QAction, path: str) -> bool:
    """Whether it says only that there is nothing in a submenu: `No briefs yet`."""
    return "›" in path and not action.isEnabled() and action.shortcut().isEmpty()


def _plain(text: str) -> str:
    """Without the mark of the letter that opens it."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def open_palette(window: MainWindow) -> Palette:
    """Show the commands; the keyboard is in the line above them."""
    palette = Palette(window)
    palette.open()
    return palette


class Palette(QDialog):
    """A line to type into, and the commands that fit below it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle("Commands and keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands_of(window)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type a few letters of a command, or of its keys")
        self.line.setAccessibleName("Command")
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName("Commands")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_CommandRow(self.list))
        self.list.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self.list.setModel(self.model)
        self.nothing = label("No command is called that.", "hint")
        self.nothing.hide()
        column(self.line, self.nothing, (self.list, 1), parent=self, margins=(14, 14, 14, 14))
        self.resize(_SIZE)
        self.line.textChanged.connect(self._show)
        self.list.clicked.connect(self._run)
        self.list.selectionModel().currentChanged.connect(self._tell)
        self._show("")

    @property
    def shown(self) -> list[Command]:
        """The commands that are listed now."""
        rows = range(self.model.rowCount())
        return [self.model.index(row, 0).data(_COMMAND) for row in rows]

    def _show(self, typed: str) -> None:
        self.model.clear()
        for number in fitting([command for command, _ in self._commands], typed):
            command, action = self._commands[number]
            item = QStandardItem(for_people(command.text))
            item.setData(command, _COMMAND)
            item.setData(number, _NUMBER)
            item.setAccessibleText(_told(command, action.isEnabled()))
            item.setToolTip(plain_tip(command.tip))
            item.setData(action.isEnabled(), _ENABLED)
            self.model.appendRow(item)
        self.nothing.setVisible(not self.model.rowCount())
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        if self.model.rowCount():
            row = max(0, min(row, self.model.rowCount() - 1))
            self.list.setCurrentIndex(self.model.index(row, 0))

    def _tell(self, now: QModelIndex) -> None:
        """The line has the keyboard: it says what Enter would run."""
        said = now.data(Qt.ItemDataRole.AccessibleTextRole) if now.isValid() else ""
        self.line.setAccessibleDescription(said or "")

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        _, action = self._commands[index.data(_NUMBER)]
        if action.isEnabled():
            self.accept()  # first: the keyboard is back where it was
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key, row = event.key(), self.list.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
            return True
        page = max(1, self.list.viewport().height() // max(1, self.list.sizeHintForRow(0)))
        steps = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }  # fmt: skip
        if watched is self.line and key in steps:
            self._go_to(row + steps[Qt.Key(key)])
            return True
        return False


def _told(command: Command, enabled: bool) -> str:
    parts = (command.text, command.menu, command.keys, "" if enabled else "not possible now")
    return ", ".join(filter(None, parts))


class _CommandRow(QStyledItemDelegate):
    """A command, below it smaller where it stands and what it does, at the right its keys."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        lines = (look.text_font(), look.text_font(small=True))
        return QSize(320, sum(QFontMetrics(font).height() for font in lines) + 11)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        command: Command = index.data(_COMMAND)
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        enabled: bool = index.data(_ENABLED)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, look.colour("chosen"))
        inside = whole.adjusted(10, 5, -10, -5)
        font, small = look.text_font(), look.text_font(small=True)
        upper = QRect(inside.left(), inside.top(), inside.width(), QFontMetrics(font).height())
        keys = QFontMetrics(font).horizontalAdvance(command.keys)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight, command.keys)
        painter.setPen(look.colour("text" if enabled else "muted"))
        _cut(painter, upper.adjusted(0, 0, -keys - 16, 0), command.text)
        painter.setFont(small)
        painter.setPen(look.colour("muted"))
        lower = QRect(
            inside.left(), upper.bottom() + 1, inside.width(), QFontMetrics(small).height()
        )
        now = "" if enabled else "Not possible now"
        _cut(painter, lower, " · ".join(filter(None, (command.menu, now or command.tip))))
        painter.restore()


def _cut(painter: QPainter, room: QRect, text: str) -> None:
    metrics = painter.fontMetrics()
    painter.drawText(
        room,
        Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine,
        metrics.elidedText(for_people(text), Qt.TextElideMode.ElideRight, room.width()),
    )


class _KeyFromFields(QObject):
    """Fields on some systems take the palette's keys for themselves: from the one that has the
    keyboard they go on to the window.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._keys = QKeySequence(_KEYS)
        self._field: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QLineEdit | QPlainTextEdit):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if self._keys != QKeySequence(event.keyCombination()):
            return False
        event.ignore()
        return True
