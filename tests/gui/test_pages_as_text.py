"""The pages as text: what stands in the PDF, with a caret that goes along with the fact in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefgen.gui.pages import panel as panel_module
from briefgen.gui.pages.as_text import PagesAsText
from briefgen.gui.pages.panel import PagesPanel
from briefgen.gui.window import MainWindow


@pytest.fixture
def text(qtbot: Any, window: MainWindow) -> PagesAsText:
    """The text, shown by its key."""
    window.activateWindow()
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F7)
    shown = window.findChild(PagesAsText)
    assert isinstance(shown, PagesAsText)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is shown)
    return shown


def test_a_screen_reader_is_told_all_that_stands_on_the_pages(text: PagesAsText) -> None:
    interface = QAccessible.queryAccessibleInterface(text).textInterface()
    said = interface.text(0, interface.characterCount())
    assert said.startswith("Page 1 of ")
    one_line = " ".join(said.split())
    assert "Russia and Pakistan opened talks on oil." in one_line
    assert "A joint exercise was held." in one_line
    assert "\x02" not in said


def test_the_caret_and_the_fact_in_hand_go_together(window: MainWindow, text: PagesAsText) -> None:
    window.session.point_at("exercise")
    line = text.textCursor().block().text()
    assert "A joint exercise" in line

    at = text.toPlainText().index("opened talks on oil")
    cursor = text.textCursor()
    cursor.setPosition(at)
    text.setTextCursor(cursor)
    assert window.facts_part is not None
    assert window.facts_part.current_fact() == "oil-talks"
    assert text.textCursor().position() == at
    assert QApplication.focusWidget() is text


def test_new_pages_leave_the_caret_at_its_fact(
    qtbot: Any, window: MainWindow, text: PagesAsText
) -> None:
    window.session.point_at("exercise")
    spec = window.session.spec
    window.session.edit("Title", replace(spec, title="Quite another title\N{EM DASH}longer"))
    qtbot.waitUntil(lambda: "Quite another title" in text.toPlainText(), timeout=20_000)
    assert "A joint exercise" in text.textCursor().block().text()


def test_the_key_brings_the_drawn_pages_back(window: MainWindow, text: PagesAsText) -> None:
    panel = window.findChild(PagesPanel)
    assert isinstance(panel, PagesPanel)
    QTest.keyClick(text, Qt.Key.Key_F7)
    assert QApplication.focusWidget() is panel.view
    assert text.isHidden()


def test_other_pages_are_announced_when_their_number_changes(
    qtbot: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(panel_module, "announce", lambda widget, text: said.append(text))
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    preview = session.preview
    said.clear()
    session.pages_made.emit(preview)
    assert said == []
    session.pages_made.emit(replace(preview, pages=7))
    session.pages_made.emit(replace(preview, pages=7, over_budget="0.2 pages over the budget"))
    session.pages_made.emit(replace(preview, pages=7, over_budget="0.2 pages over the budget"))
    assert said == ["Pages made: 7 pages", "Pages made: 7 pages, 0.2 pages over the budget"]
