"""Ways through the window by keyboard: from tab to tab, and from part to part."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QTabBar

from briefgen.gui.widgets.tab_order import tab_stops, take_keyboard
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    add = window.add_action
    add("View", "Next ta&b", partial(next_tab, window, 1), keys="Ctrl+Tab", apart=True)
    add("View", "Previous tab", partial(next_tab, window, -1), keys="Ctrl+Shift+Tab")
    add("View", "Ne&xt part of the window", partial(next_part, window, 1), keys="F6")
    add("View", "Previous part of the window", partial(next_part, window, -1), keys="Shift+F6")


def next_tab(window: MainWindow, step: int) -> None:
    """Show the next tab of the middle part, or the one before; the keyboard goes along."""
    window.show_part("facts")
    tabs = window.tabs
    tabs.setCurrentIndex((tabs.currentIndex() + step) % tabs.count())


def next_part(window: MainWindow, step: int) -> None:
    """Take the keyboard to the next part that can be seen, where it was last, or to its start."""
    rooms = [window.header, *window.parts.values(), window.strip]
    ways = [(room, stops) for room in rooms if (stops := list(tab_stops(room)))]
    focus = QApplication.focusWidget()
    here = next(
        (at for at, (room, _) in enumerate(ways) if focus is not None and room.isAncestorOf(focus)),
        -1 if step > 0 else 0,
    )
    room, stops = ways[(here + step) % len(ways)]
    last = room.focusWidget()
    way = last if last is not None and last in stops else stops[0]
    if isinstance(stops[0], QTabBar) and last not in stops and len(stops) > 1:
        way = stops[1]  # what is in the tab, not the row of tabs
    take_keyboard(way)
