"""Taking widgets out of a layout for good."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget


def remove(layout: QLayout, *widgets: QWidget) -> None:
    """Take widgets out and let Qt delete them: they may be the ones whose click is handled."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def widgets_in(layout: QLayout) -> list[QWidget]:
    """The widgets of a layout, in order."""
    items = (layout.itemAt(place) for place in range(layout.count()))
    found: Iterable[QWidget | None] = (item.widget() for item in items if item is not None)
    return [widget for widget in found if widget is not None]
