"""The window: scope, facts and pages from left to right; menus; a line that says what happened.

It knows no part by name. A part is a module with `install(window)`, which places its widget, adds
its actions to the menus and listens to the session: see `parts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, Protocol

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from briefgen.gui import background, faults, window_place
from briefgen.gui.messages import Kind, MessageLine
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.saving import brief_name
from briefgen.gui.widgets.building import column
from briefgen.gui.widgets.tab_order import go_on

Part = Literal["scope", "facts", "pages"]
MENUS = ("&File", "&Edit", "&View", "F&acts", "&Base", "&Help")
"""In their order. `add_action` names them without the ampersand."""

NARROW = 1400
"""Pixels below which one key shows scope, facts or pages alone."""


class FactsInHand(Protocol):
    """What the list of facts and the details beside it offer to other parts."""

    def current_fact(self) -> str | None:
        """The id of the fact in hand."""

    def selected_facts(self) -> list[str]:
        """The ids of the selected facts as they are listed; else of the one in hand, if any."""

    def add_details_button(self, text: str, slot: Callable[[], Any]) -> QPushButton:
        """A button above the details; what `slot` raises is said."""


class MainWindow(QMainWindow):
    """The app's one window. Parts are installed into it."""

    facts_part: FactsInHand | None = None
    """The list of facts and the details beside it, which set it; None in a window without them."""

    def __init__(self, session: Session, memory: QSettings) -> None:
        super().__init__()
        self.session = session
        self.memory = memory
        """What is remembered from one start to the next: layout, recent files, last folders."""
        self.may_close: list[Callable[[], bool]] = []
        """Asked before the window closes; one that says no keeps it open."""
        self.menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = self.menuBar().addMenu(title)
            self.menus[title.replace("&", "")] = menu
        self.header = QWidget()
        self.header.setObjectName("header")
        self.header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header_buttons = QHBoxLayout()
        """The right end of the header, for what is done with the brief."""
        self.header_base = QHBoxLayout()
        """Above the title in the header, for the name of the base."""
        self.covered_by: QWidget | None = None
        """What stands in the place of the brief, such as the page to start from."""
        self.strip = QWidget()
        self.strip.setObjectName("strip")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.parts: dict[Part, QWidget] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("What the brief says")
        name: Part
        for name in ("scope", "facts", "pages"):
            room = QWidget()
            room.setObjectName(name)
            room.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            column(parent=room)
            self.parts[name] = room
            self.splitter.addWidget(room)
        _inside(self.parts["facts"]).addWidget(self.tabs)
        for number, stretch in enumerate((0, 3, 4)):
            self.splitter.setStretchFactor(number, stretch)
        self.splitter.setSizes([280, 490, 620])
        whole = QWidget()
        self._whole = column(self.header, (self.splitter, 1), self.strip, parent=whole, spacing=0)
        self.messages = MessageLine(whole, self.strip, self.parts["scope"])
        self.setCentralWidget(whole)
        self.setMinimumSize(*window_place.LEAST)
        self.resize(*window_place.USUAL)
        self._alone: Part | None = None
        self._add_part_actions()
        session.path_changed.connect(self._title)
        session.brief_changed.connect(lambda changed: self._title())
        session.undo_stack.cleanChanged.connect(lambda clean: self._title())

    # --- what parts call ------------------------------------------------------------------------

    def place(self, part: Part, widget: QWidget) -> None:
        """Put a part's widget into its room."""
        _inside(self.parts[part]).addWidget(widget)

    def add_tab(self, widget: QWidget, title: str) -> None:
        """A tab of the middle part."""
        self.tabs.addTab(widget, title)

    def title_tab(self, widget: QWidget, title: str) -> None:
        """Give a tab another title, such as one with a count."""
        self.tabs.setTabText(self.tabs.indexOf(widget), title)

    def add_action(
        self,
        menu: str,
        text: str,
        slot: Callable[[], Any],
        *,
        keys: str | QKeySequence.StandardKey = "",
        tip: str = "",
        apart: bool = False,
        checkable: bool = False,
    ) -> QAction:
        """An entry at the end of a menu, with its keys. `apart` draws a line before it.

        What `slot` raises is said to the person; a checkable action hands it nothing either: ask
        the action.
        """
        action = QAction(text, self)
        action.setCheckable(checkable)
        if keys:
            action.setShortcut(QKeySequence(keys))
        if tip:
            action.setStatusTip(tip)
            action.setToolTip(tip)
        action.triggered.connect(lambda checked=False: self.attempt(slot))
        if apart:
            self.menus[menu].addSeparator()
        self.menus[menu].addAction(action)
        return action

    def attempt(self, work: Callable[[], Any]) -> bool:
        """Do something that a person asked for; say why if it cannot be done. Whether it was."""
        try:
            work()
        except Exception as error:
            self.tell(faults.sentence(error), "error")
            return False
        return True

    def tell(
        self,
        text: str,
        kind: Kind = "done",
        ways: Sequence[tuple[str, Callable[[], Any]]] = (),
    ) -> None:
        """Say something in the card above the foot, with buttons for the ways out.

        What was `done` goes by itself; warnings and errors stay until they are read.
        """
        self.messages.show_message(text, kind, [(name, self._way(way)) for name, way in ways])

    def run(
        self,
        label: str,
        work: Callable[[Callable[[str], None]], Any],
        done: Callable[[Any], None],
        ways: Sequence[tuple[str, Callable[[], Any]]] = (),
    ) -> background.Task:
        """Do slow work in the background, its progress and a way to cancel it in sight.

        `work(say)` runs in another thread and may only touch what it was given; `done(result)`
        runs here. Errors are said, with `ways` out.
        """
        task = background.start(
            self, work, done, lambda error: self.tell(faults.sentence(error), "error", ways)
        )
        self.messages.show_task(label, task)
        return task

    def _way(self, way: Callable[[], Any]) -> Callable[[], None]:
        def take() -> None:
            self.messages.clear()
            self.attempt(way)

        return take

    # --- something else in the place of the brief -----------------------------------------------

    def cover(self, page: QWidget | None) -> None:
        """Show one page in the place of the header, the parts and the strip; None: show those.

        Meanwhile the menus of what cannot be seen have no effect, nor have their keys.
        """
        before, self.covered_by = self.covered_by, page
        for part in (self.header, self.splitter, self.strip):
            part.setVisible(page is None)
        if before is not None and before is not page:
            before.hide()
        if page is not None:
            if self._whole.indexOf(page) < 0:
                self._whole.insertWidget(self._whole.indexOf(self.splitter), page, 1)
            page.show()
            self.messages.raise_()
        for name in ("Edit", "View", "Facts", "Base"):
            self.menus[name].menuAction().setEnabled(page is None)

    # --- one part alone, for small screens ------------------------------------------------------

    def _add_part_actions(self) -> None:
        entries: tuple[tuple[str, Part | None, str], ...] = (
            ("Scope &alone", "scope", "F2"), ("&Facts alone", "facts", "F3"),
            ("&Pages alone", "pages", "F4"), ("&Everything side by side", None, "F5"),
        )  # fmt: skip
        for text, part, keys in entries:
            self.add_action("View", text, partial(self.show_alone, part), keys=keys)

    def show_alone(self, part: Part | None) -> None:
        """Show one part and hide the others; the same again, or None, shows all."""
        self._alone = None if part == self._alone else part
        for name, room in self.parts.items():
            room.setVisible(self._alone in (None, name))
        if self._alone is not None:
            self.parts[self._alone].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_part(self, part: Part) -> None:
        """Make sure that a part can be seen: another one may be shown alone."""
        if self._alone not in (None, part):
            self.show_alone(part)

    # --- the window itself ----------------------------------------------------------------------

    def restore(self) -> None:
        """Take the size and layout that it had last time, within the screen that there is now."""
        geometry, parts = self.memory.value("window/geometry"), self.memory.value("window/parts")
        if geometry is not None:
            self.restoreGeometry(geometry)
        window_place.keep_on_screen(self, new=geometry is None)
        if parts is not None:
            self.splitter.restoreState(parts)

    def _title(self) -> None:
        session = self.session
        self.setWindowTitle(f"{brief_name(session.spec, session.path)}[*] – briefgen")
        self.setWindowModified(not session.undo_stack.isClean())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():  # what is inside has its size only then
            self._share_room()

    def _share_room(self) -> None:
        """Where there is little room, the scope takes no more of it than it needs."""
        wide = self.splitter.sizes()
        if self.width() < NARROW and wide and wide[0] > 260 and self._alone is None:
            rest = sum(wide) - 240
            self.splitter.setSizes([240, rest * 45 // 100, rest - rest * 45 // 100])

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(asked() for asked in self.may_close):
            event.ignore()
            return
        self.memory.setValue("window/geometry", self.saveGeometry())
        self.memory.setValue("window/parts", self.splitter.saveState())
        self.memory.sync()
        for task in self.findChildren(background.Task):
            task.cancel()
        self.session.close()
        super().closeEvent(event)


def _inside(room: QWidget) -> QVBoxLayout:
    layout = room.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout
