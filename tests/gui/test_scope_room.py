"""What the scope and the details make of the room that they have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from briefgen.gui import look
from briefgen.gui.facts import FactsTab
from briefgen.gui.scope.topics import TopicView
from briefgen.gui.window import MainWindow

LONG = "Dialogues and the intergovernmental commission on trade, economy and science"


def test_long_names_of_topics_are_shown_whole(
    qtbot: Any, open_window: Callable[..., MainWindow], base: Path
) -> None:
    file = base / "base.yaml"
    file.write_text(file.read_text().replace("energy.gas: Gas", f"energy.gas: '{LONG}'"))
    window = open_window()
    view = window.findChild(TopicView)
    assert isinstance(view, TopicView)
    index, usual = view.topics.index_of("energy.gas"), view.topics.index_of("trade")
    one = view.visualRect(usual).height()

    def lines() -> int:
        metrics = QFontMetrics(look.text_font())
        # The box before the name; the count, "3" or so, and air behind it.
        room = view.visualRect(index).width() - 16 - 6 - metrics.horizontalAdvance("3") - 12 - 8
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(QRect(0, 0, room, 9999), flags, LONG).height()
        return round(needed / metrics.lineSpacing())

    def is_whole() -> bool:
        spare = QFontMetrics(look.text_font()).lineSpacing() * (lines() - 1)
        return view.visualRect(index).height() >= one + spare - 2

    assert lines() > 1
    assert is_whole()
    window.resize(1600, 900)
    window.splitter.setSizes([700, 400, 500])
    qtbot.waitUntil(lambda: lines() == 1 and view.visualRect(index).height() == one)
    window.splitter.setSizes([200, 700, 500])
    qtbot.waitUntil(lambda: lines() > 2 and is_whole())


def test_the_details_begin_right_below_their_heading(window: MainWindow) -> None:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    part.view.show_place(part.model.shown_places()[0])

    text = part.details.text
    document = text.document()
    first = document.documentLayout().blockBoundingRect(document.firstBlock())
    assert first.top() <= 4
    assert text.document().textWidth() >= text.viewport().width() - 1
