"""The head of the window: title, template, style, marking, pages used, and everything else."""

from __future__ import annotations

from briefgen.gui.header.header import Header
from briefgen.gui.window import MainWindow

__all__ = ["Header", "install"]


def install(window: MainWindow) -> None:
    """Put the head into the window."""
    Header(window)
