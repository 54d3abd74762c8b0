"""The Tab key in the order of sight: from top to bottom and from left to right, as things are laid
out at that moment.

Qt goes in the order in which widgets were made, and rows come and go. A window that has this stand
behind its `focusNextPrevChild` needs no list of its stops.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QWidget
from shiboken6 import createdByPython


def go_on(window: QWidget, forward: bool) -> bool:
    """Take the keyboard to the next stop, or to the one before. Whether there is another."""
    focus = window.focusWidget()
    stops = list(tab_stops(window, also=focus))
    others = [one for one in stops if one is not focus]
    if not others:
        return False
    if focus in stops:
        at = stops.index(focus) + (1 if forward else -1)
    else:
        at = 0 if forward else -1
    take_keyboard(stops[at % len(stops)], forward)
    return True


def take_keyboard(stop: QWidget, forward: bool = True) -> None:
    """Give a stop the keyboard, as the Tab key does, and scroll it into sight."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop.setFocus(reason)
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop)
        above = above.parentWidget()


def tab_stops(widget: QWidget, also: QWidget | None = None) -> Iterator[QWidget]:
    """Where the Tab key stops in a widget, in order; `also` counts as one whatever it is: it may
    be about to go.
    """
    if widget is also or _is_stop(widget):
        yield widget
    for child in _in_sight_order(widget, also):
        yield from tab_stops(child, also)


def _is_stop(widget: QWidget) -> bool:
    return bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not widget.isWindow()
    )


def _in_sight_order(widget: QWidget, also: QWidget | None) -> list[QWidget]:
    """The children that can be seen: as the layout has them, and what lies over them before the
    first that it covers.
    """
    shown = [
        one
        for one in widget.children()
        if isinstance(one, QWidget)
        and not one.isWindow()
        and (one.isVisible() or one is also or (also is not None and one.isAncestorOf(also)))
    ]
    if isinstance(widget, QSplitter):
        return sorted(shown, key=widget.indexOf)
    layout = widget.layout()
    if layout is not None and not createdByPython(layout):
        layout = None  # with a layout of Qt's own PySide would let go of what lies in it
    placed = [one for one in _laid_out(layout) if one in shown] if layout is not None else []
    for one in sorted(set(shown) - set(placed), key=lambda one: (one.y(), one.x())):
        covered = (at for at, other in enumerate(placed) if _covers(one, other))
        placed.insert(next(covered, len(placed)) if layout is not None else len(placed), one)
    return placed


def _covers(one: QWidget, other: QWidget) -> bool:
    return one.geometry().intersects(other.geometry())


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places = layout.getItemPosition
        numbers.sort(key=lambda number: tuple(places(number))[:2])  # type: ignore[arg-type]
    for number in numbers:
        item = layout.itemAt(number)
        inner = item.layout() if item is not None else None
        if inner is not None:
            yield from _laid_out(inner)
        elif item is not None and (placed := item.widget()) is not None:
            yield placed
