"""Telling screen readers of what a seeing person's eye is drawn to."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text`, when it has said what it is at; without one, nothing is."""
    made = getattr(QtGui, "QAccessibleAnnouncementEvent", None)  # Qt has it from 6.8 on
    if text and made is not None and QAccessible.isActive():
        QAccessible.updateAccessibility(made(widget, text))
