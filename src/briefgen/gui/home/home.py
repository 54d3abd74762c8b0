"""Which base is open and how to come to another one; the start page, where there is none yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu

from briefgen.gui.files import choosing, files_of
from briefgen.gui.home.base_button import BaseButton
from briefgen.gui.view_models.home.first_brief import is_shipped
from briefgen.gui.view_models.home.recent_rows import is_free
from briefgen.gui.view_models.words import below_home, counted
from briefgen.gui.widgets.building import button_text
from briefgen.gui.widgets.holding_focus import focus_within
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_base

if TYPE_CHECKING:
    from briefgen.gui.home.start_page import StartPage


class Home(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.session = window.session
        self.files = files_of(window)
        self._page: StartPage | None = None
        self._put_off: list[QAction] = []
        """What has no effect while there is no brief to be seen."""
        self.button = BaseButton()
        window.header_base.addWidget(self.button)
        window.header_base.addStretch(1)  # what else stands in its column has all the room
        add = partial(window.add_action, "Base")
        self.new_action = add("Ne&w base…", self.ask_new, tip="A fact base of your own")
        self.open_action = add("Open &base…", self.ask_open, tip="A folder with a base.yaml")
        self._recent = QMenu("Recent bases", window)
        self._recent.aboutToShow.connect(lambda: self._fill(self._recent, []))
        window.menus["Base"].addMenu(self._recent)
        self.show_action = add("Show the base’s &folder", self.show_folder)
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self._menu)
        self.start_action = QAction("S&tart page", self)
        self.start_action.triggered.connect(lambda checked=False: self.show_start_page())
        window.menus["File"].insertAction(self.files.recent.menuAction(), self.start_action)
        self.session.base_opened.connect(self._base_opened)
        self.session.brief_opened.connect(self.leave_start_page)
        self.files.start_page_wanted.connect(lambda: self.show_start_page(first=True))

    # --- the base that is open ------------------------------------------------------------------

    def _base_opened(self) -> None:
        self.button.show_base(self.session.base.title, self._where())

    def _where(self) -> str:
        """The base that is open, in few words."""
        count = len(self.session.index.order)
        folder = self.session.folder
        where = "comes with briefgen" if is_shipped(folder) else below_home(folder.resolve())
        return f"{counted(count, 'fact')} · {where}"

    def show_folder(self) -> None:
        """Show the base's files as the system shows folders."""
        folder = str(self.session.folder.resolve())
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            raise OSError(None, "no program shows it", folder)

    def _fill_menu(self) -> None:
        """The menu of the base's name."""
        said = QAction(button_text(self._where()), self._menu)
        said.setEnabled(False)
        folder = QAction("Show in folder", self._menu)
        folder.triggered.connect(self.show_action.trigger)
        self._fill(self._menu, [said, folder, None, self.new_action, self.open_action, None])

    def _fill(self, menu: QMenu, first: list[QAction | None]) -> None:
        """Entries, and behind them the bases that were open before."""
        menu.clear()
        for action in first:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        here = self.session.folder.resolve()
        for base in self.files.remembered.bases:
            if base.folder != here:
                name = base.title or base.folder.name
                text = f"{name}   {below_home(base.folder)}"
                self._add(menu, text, partial(self.open_base, base.folder))
        if not is_shipped(self.session.folder):
            self._add(menu, "The example base", self.try_example)
        elif menu.isEmpty():
            menu.addAction("No bases of your own yet").setEnabled(False)

    def _add(self, menu: QMenu, text: str, act: Callable[[], object]) -> None:
        action = menu.addAction(button_text(text))
        action.triggered.connect(lambda checked=False: self.window.attempt(act))

    # --- another base ---------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Ask for a base's folder, and start a new brief on it."""
        start = self.session.folder.resolve().parent
        if is_shipped(self.session.folder):
            start = choosing.documents_folder()

        def take(folder: Path) -> None:
            self.window.attempt(partial(self.open_base, folder))

        choosing.ask_folder(self.window, "Open the folder of a fact base", start, take)

    def open_base(self, folder: Path) -> None:
        """Start a new brief on the base in a folder; where there is none, offer to make one."""
        if (folder / "base.yaml").is_file():
            self.files.new_on(folder)
            return
        if not folder.is_dir():
            self.window.tell(
                f"There is no folder {below_home(folder)} any more.",
                "warning",
                [("Remove it from the list", partial(self.forget_base, folder))],
            )
            return
        inside = folder if is_free(folder) else None
        self.window.tell(
            f"{below_home(folder)} is no fact base: there is no base.yaml in it.",
            "warning",
            [
                ("Make one there…", partial(self.ask_new, inside, folder)),
                ("Choose another…", self.ask_open),
            ],
        )

    def forget_base(self, folder: Path) -> None:
        """Take a base out of the list; its files stay."""
        self.files.remembered.remove_base(folder)
        if self._page is not None:
            self._page.fill()

    def ask_new(self, folder: Path | None = None, place: Path | None = None) -> None:
        """Ask for name, topics and folder of a new base: this folder, or one in this place."""
        from briefgen.gui.home.new_base_dialog import NewBaseDialog

        place = place or choosing.documents_folder()
        NewBaseDialog(self.window, place, folder, self._made).open()

    def _made(self, folder: Path) -> None:
        self.files.new_on(folder, self._say_what_is_first)

    def _say_what_is_first(self) -> None:
        from briefgen.gui.editing import base_menu_of
        from briefgen.gui.reading import reading_of

        menu = base_menu_of(self.window)
        self.window.tell(
            f"“{self.session.base.title}” is yours, and has no facts yet. Drop a page that you "
            "saved on the window, paste a passage with its address, or write a fact.",
            "warning",
            [
                ("Keep a saved copy…", reading_of(self.window).ask_file),
                ("Quick add…", menu.quick_add),
                ("New fact…", menu.new_fact),
            ],
        )

    def try_example(self) -> None:
        """A new brief on the base that comes with briefgen."""
        if self._is_untouched_example():
            self.leave_start_page()
        else:
            self.files.new_on(shipped_base())

    def _is_untouched_example(self) -> bool:
        session = self.session
        return (
            is_shipped(session.folder)
            and session.path is None
            and not session.is_unsaved
            and not session.undo_stack.count()
        )

    # --- the start page -------------------------------------------------------------------------

    def show_start_page(self, *, first: bool = False) -> None:
        """Show it in the place of the brief; `first`: the person has not seen a brief yet."""
        from briefgen.gui.home.start_page import StartPage

        if self._page is None:
            self._page = StartPage(self)
        self._page.fill(back=not first)
        self.window.cover(self._page)
        for action in self._of_the_brief():
            action.setEnabled(False)
            self._put_off.append(action)
        self._page.take_focus()

    def leave_start_page(self) -> None:
        """Show the brief again."""
        if self._page is not None and self.window.covered_by is self._page:
            was_there = focus_within(self._page) is not None
            self.window.cover(None)
            if was_there:
                self.window.parts["facts"].setFocus(Qt.FocusReason.OtherFocusReason)
        while self._put_off:
            self._put_off.pop().setEnabled(True)

    def _of_the_brief(self) -> list[QAction]:
        """What the menu File does with the brief that is open, and can do now."""
        others = (self.start_action, *self.files.without_brief)
        return [
            action
            for action in self.window.menus["File"].actions()
            if action not in others and action.isEnabled() and not action.isSeparator()
        ]
