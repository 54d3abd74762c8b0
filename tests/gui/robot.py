"""A person without a plan: does what a person could do at a window, at random, and looks at it.

Every action is one that hands could do: a key, a word, a click on what can be seen, a command of a
menu that can be chosen. Nothing of it is known by name to the robot, so that a new part of the
window is tried as soon as it is there. One seed gives one series of actions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from briefgen.gui.window import MainWindow

NOT_CHOSEN = ("Quit", "Print…", "E-mail…", "Open the log folder", "Send", "Open draft")
"""What leads out of the app, or ends it."""
WORDS = (
    "oil", "Gas pipeline", "2012", "May 2013", "11 June 2023", "a < b & c", "[@oil-talks]", "(", '"',
    "Россия", "likely", "e\u0301te\u0301", "**bold**", "b1", "12",
)  # fmt: skip
KEYS = (
    "Tab", "Tab", "Tab", "Backtab", "Space", "Return", "Escape", "Up", "Down", "Left", "Right",
    "Home", "End", "PageUp", "PageDown", "Backspace", "Delete",
)  # fmt: skip
SIZES = ((1280, 720), (1600, 1000), (1000, 640), (1920, 1080))
Touched = list[QWidget] | None
"""What an action touched: there the focus may go. None: a command, which may lead anywhere."""


class Robot:
    """Acts on a window. `done` tells what it did, in words that a person could follow."""

    def __init__(self, qtbot: Any, window: MainWindow, random: Random) -> None:
        self.qtbot = qtbot
        self.window = window
        self.session = session = window.session
        self.random = random
        self.done: list[str] = []
        self.first = self.session.spec
        """What undoing everything comes back to."""
        self._awaited = False
        session.brief_opened.connect(self._opened)
        session.pages_awaited.connect(lambda: self._wait_for_pages(True))
        session.pages_made.connect(lambda preview: self._wait_for_pages(False))
        session.pages_failed.connect(lambda why: self._wait_for_pages(False))
        self._actions: tuple[tuple[int, Callable[[], Touched]], ...] = (
            (30, self.click), (22, self.press), (18, self.type), (14, self.command),
            (4, self.undo), (3, self.redo), (3, self.drag), (3, self.resize), (2, self.wait),
        )  # fmt: skip

    def _opened(self) -> None:
        self.first = self.session.spec

    def _wait_for_pages(self, awaited: bool) -> None:
        self._awaited = awaited

    # --- one action ------------------------------------------------------------------------------

    def act(self) -> None:
        """Do something, and see that it did no more than it should."""
        before = QApplication.focusWidget()
        seen = {one for one in self.window.findChildren(QWidget) if one.isVisible()}
        weights = [weight for weight, _ in self._actions]
        ((_, action),) = self.random.choices(self._actions, weights)
        if QApplication.activePopupWidget() is not None:
            action = self.choose_in_popup
        elif QApplication.activeModalWidget() is not None and self.random.random() < 0.15:
            action = self.leave_dialog
        touched = action()
        self.settle()
        assert not self.window.messages.message.startswith("Briefgen itself failed"), (
            self.window.messages.message
        )
        self._look_at_focus(before, seen, touched)

    def settle(self) -> None:
        """Let everything happen that was set going, timers aside."""
        for _ in range(2):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if QApplication.activeWindow() is None:  # a window manager would have seen to that
            self._root().activateWindow()
            QCoreApplication.processEvents()

    def _look_at_focus(self, before: QWidget | None, seen: set[QWidget], touched: Touched) -> None:
        now = QApplication.focusWidget()
        assert now is not None, "no part has the keyboard"
        if now is before or touched is None:
            return
        if before is None or not can_take_keys(before):
            return  # what had it went away
        if any(not can_take_keys(one) or holds(one, now) for one in touched):
            return  # a button that goes hands it on
        if now.window() is not before.window():
            return  # a dialog or a popup opened, or closed
        if touched and now not in seen:
            return  # a sheet or a row of fields opened
        raise AssertionError(f"the focus went from {named(before)} to {named(now)} by itself")

    def _said(self, text: str) -> None:
        self.done.append(text)

    # --- what a person does ----------------------------------------------------------------------

    def click(self) -> Touched:
        """Click something that can be seen."""
        targets = list(self._targets())
        if not targets:
            return self.press()
        target, at = self.random.choice(targets)
        if isinstance(target, QAbstractItemView):
            return self._click_row(target)
        if isinstance(target, QTabBar):
            number = self.random.randrange(target.count())
            at = target.tabRect(number).center()
        if isinstance(target, QToolButton | QPushButton) and target.menu() is not None:
            return self._choose(target.menu(), named(target))  # its popup would wait
        self._said(f"click {named(target)}")
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)
        if isinstance(target, QAbstractButton) and not target.isCheckable():
            return None  # a command
        return [target]

    def _click_row(self, view: QAbstractItemView) -> Touched:
        rows = list(rows_in_sight(view))
        if not rows:
            return []
        rect = self.random.choice(rows)
        at = self.random.choice(
            [rect.center(), QPoint(rect.left() + 14, rect.center().y()), rect.center()]
        )
        twice = self.random.random() < 0.1
        self._said(f"{'double-' if twice else ''}click {at.toTuple()} in {named(view)}")
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        if twice:
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        return [view]

    def press(self) -> Touched:
        """Press a key."""
        focus = self._focus()
        name = self.random.choice(KEYS)
        if isinstance(focus, QPushButton | QToolButton) and focus.menu() is not None:
            name = "Tab"  # its popup would wait
        if isinstance(focus, QAbstractButton) and _leads_out(focus.text()):
            name = "Tab"
        self._said(f"press {name} in {named(focus)}")
        QTest.keyClick(focus, getattr(Qt.Key, f"Key_{name}"))
        return [focus] if name in ("Backspace", "Delete", "Home", "End") else None

    def type(self) -> Touched:
        """Type words where the caret is, or in a field that can be seen."""
        fields = [one for one, _ in self._targets() if _takes_words(one)]
        focus = self._focus()
        if fields and not (_takes_words(focus) and self.random.random() < 0.6):
            focus = self.random.choice(fields)
            QTest.mouseClick(
                _body(focus), Qt.MouseButton.LeftButton, pos=_body(focus).rect().center()
            )
            focus = self._focus()
        if not _takes_words(focus):
            return self.press()
        words = self.random.choice(WORDS)
        self._said(f"type {words!r} in {named(focus)}")
        for letter in words:
            enter(focus, letter)
            self.settle()
            if not shiboken6.isValid(focus) or QApplication.focusWidget() is not focus:
                break
        else:
            assert words[-1] in _words_in(focus), f"{words!r} was lost in {named(focus)}"
        return [focus]

    def command(self) -> Touched:
        """Choose a command of a menu."""
        menu = self.random.choice(list(self.window.menus.values()))
        return self._choose(menu, menu.title().replace("&", ""))

    def choose_in_popup(self) -> Touched:
        """Choose something of the menu or list that popped up, or close it."""
        popup = QApplication.activePopupWidget()
        assert popup is not None
        if isinstance(popup, QMenu) and self.random.random() < 0.5:
            popup.close()
            return self._choose(popup, "the menu")
        for name in self.random.choice((("Escape",), ("Down", "Return"), ("Up", "Up", "Return"))):
            self._said(f"press {name} in {named(popup)}")
            at = QApplication.focusWidget() if popup.focusWidget() is None else popup
            QTest.keyClick(at or popup, getattr(Qt.Key, f"Key_{name}"))
        self.settle()
        if (left := QApplication.activePopupWidget()) is not None:
            left.close()
        return None

    def leave_dialog(self) -> Touched:
        """Press Escape in a dialog, so that one comes out again."""
        dialog = QApplication.activeModalWidget()
        self._said(f"press Escape in {named(dialog)}")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return None

    def leave_everything(self) -> None:
        """Close every popup and dialog."""
        for _ in range(20):
            over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if over is None:
                return
            over.close()
            self.settle()
            for button in over.findChildren(QPushButton) if shiboken6.isValid(over) else ():
                if button.isVisible() and button.text() in ("Discard it", "Go on without it"):
                    button.click()
                    break
            self.settle()
        raise AssertionError(f"{named(over)} does not close")

    def undo(self) -> Touched:
        """Undo some."""
        return self._go_in_time("undo", self.random.randrange(1, 6))

    def redo(self) -> Touched:
        """Redo some."""
        return self._go_in_time("redo", self.random.randrange(1, 6))

    def _go_in_time(self, way: str, steps: int) -> Touched:
        if QApplication.activeModalWidget() is not None:
            return []
        self._said(f"{way} {steps}")
        for _ in range(steps):
            getattr(self.session.undo_stack, way)()
        return []

    def drag(self) -> Touched:
        """Drag a row of a list, or an end of the range of dates, somewhere else."""
        targets = [one for one, _ in self._targets() if not isinstance(one, QAbstractButton)]
        if not targets:
            return []
        target = self.random.choice(targets)
        body = _body(target)
        start, end = self._somewhere(body), self._somewhere(body)
        self._said(f"drag from {start.toTuple()} to {end.toTuple()} in {named(target)}")
        QTest.mousePress(body, Qt.MouseButton.LeftButton, pos=start)
        for part in (1, 2, 3):
            QTest.mouseMove(body, start + (end - start) * part / 3)
            self.settle()
        QTest.mouseRelease(body, Qt.MouseButton.LeftButton, pos=end)
        return [target]

    def resize(self) -> Touched:
        """Give the window another size."""
        size = self.random.choice(SIZES)
        self._said(f"resize to {size}")
        self.window.resize(*size)
        return []

    def wait(self) -> Touched:
        """Lean back until the pages are there."""
        self._said("wait for the pages")
        self.qtbot.waitUntil(lambda: not self._awaited, timeout=20_000)
        return []

    # --- where -----------------------------------------------------------------------------------

    def _root(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        root = self._root()
        return focus if focus is not None and focus.window() is root else root

    def _targets(self) -> Iterator[tuple[QWidget, QPoint]]:
        """What takes clicks or words and is in sight, and a point where nothing covers it."""
        root = self._root()
        for one in root.findChildren(QWidget):
            if one.window() is not root or not can_take_keys(one):
                continue
            if one.focusPolicy() == Qt.FocusPolicy.NoFocus and not isinstance(one, QAbstractButton):
                continue
            if isinstance(one, QAbstractButton) and _leads_out(one.text() or one.accessibleName()):
                continue
            region = one.visibleRegion()
            if region.isEmpty():
                continue
            at = region.boundingRect().center()
            hit = root.childAt(one.mapTo(root, at))
            if hit is not None and (hit is one or one.isAncestorOf(hit)):
                yield one, at

    def _somewhere(self, body: QWidget) -> QPoint:
        seen = body.visibleRegion().boundingRect()
        return QPoint(
            self.random.randint(seen.left(), max(seen.left(), seen.right())),
            self.random.randint(seen.top(), max(seen.top(), seen.bottom())),
        )

    def _choose(self, menu: QMenu, where: str) -> Touched:
        if QApplication.activeModalWidget() is not None and where in self.window.menus:
            return None  # a dialog is in the way of the menu bar
        menu.aboutToShow.emit()  # menus that fill themselves when they are shown
        entries = [one for one in _leaves(menu) if one.isEnabled() and one.isVisible()]
        entries = [one for one in entries if not _leads_out(one.text())]
        if not entries:
            return []
        entry = self.random.choice(entries)
        self._said(f"choose {entry.text()!r} of {where}")
        entry.trigger()
        return None


# --- widgets -------------------------------------------------------------------------------------


def named(widget: QWidget | None) -> str:
    """What a person would call it."""
    if widget is None:
        return "nothing"
    text = widget.accessibleName()
    if not text and isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        text = widget.text()
    text = text or widget.objectName()
    return f"{type(widget).__name__} “{' '.join(text.split())[:60]}”"


def enter(field: QWidget, letter: str) -> None:
    """One letter, by its key; those that no key has come from an input method."""
    if letter.isascii():
        QTest.keyClick(field, letter)
        return
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QCoreApplication.sendEvent(field, event)


def can_take_keys(widget: QWidget) -> bool:
    """Whether it is there, in sight and enabled."""
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()


def holds(one: QWidget, inner: QWidget) -> bool:
    """Whether the focus in `inner` came with a touch of `one`: a click goes through to what
    lies behind, if it takes clicks.
    """
    if one.isAncestorOf(inner) or one.focusProxy() is inner:
        return True
    above: QWidget | None = one
    while above is not None and above is not inner:
        above = above.parentWidget()
    return above is inner


def rows_in_sight(view: QAbstractItemView) -> Iterator[QRect]:
    """Where the rows of a list can be seen."""
    model, seen = view.model(), view.viewport().rect()
    height = 0
    while height < seen.height():
        index = view.indexAt(QPoint(seen.center().x(), height))
        rect = view.visualRect(index) if index.isValid() else QRect()
        if rect.isValid() and seen.contains(rect.center()) and model.flags(index):
            yield rect
        height = max(height + 8, rect.bottom() + 1)


def _leads_out(text: str) -> bool:
    return text.replace("&", "") in NOT_CHOSEN


def _leaves(menu: QMenu) -> Iterator[QAction]:
    for entry in menu.actions():
        inner = entry.menu()
        if isinstance(inner, QMenu):
            inner.aboutToShow.emit()
            yield from _leaves(inner)
        elif not entry.isSeparator():
            yield entry


def _takes_words(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        plain = not isinstance(widget, QLineEdit) or widget.validator() is None
        return plain and not widget.isReadOnly()
    return False


def _words_in(field: Any) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _body(widget: QWidget) -> QWidget:
    """Where the mouse goes: what scrolls has it inside."""
    inside = getattr(widget, "viewport", None)
    found = inside() if inside is not None else widget
    assert isinstance(found, QWidget)
    return found
