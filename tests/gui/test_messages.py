"""What is said over the foot of the window: nothing moves for it, nobody loses their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.gui.facts.tab import FactsTab
from briefgen.gui.faults import sentence
from briefgen.gui.window import MainWindow
from gui.driving import press

LONG = "The file changed meanwhile: it says something else than when it was opened. " * 4


def places(window: MainWindow) -> dict[QWidget, tuple[QPoint, QSize]]:
    """Where everything in the body stands that can be clicked."""
    body = window.splitter
    return {
        one: (one.mapTo(window, QPoint()), one.size())
        for one in (*body.findChildren(QAbstractButton), *body.findChildren(QWidget))
        if one.isVisible()
    }


@pytest.mark.parametrize("size", [(1280, 720), (860, 520)])
@pytest.mark.parametrize("text", ["Saved.", LONG])
def test_nothing_moves_when_a_message_comes_and_goes(
    qtbot: Any, window: MainWindow, size: tuple[int, int], text: str
) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: window.size() == QSize(*size))
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    before = places(window)

    window.tell(text, "warning", [("Show", lambda: None), ("Save as…", lambda: None)])
    QApplication.processEvents()
    assert places(window) == before
    message = window.messages
    there = message.geometry().translated(message.parentWidget().mapTo(window, QPoint()))
    assert window.rect().contains(there)
    assert not there.intersects(window.strip.geometry().translated(0, window.menuBar().height()))
    assert message.text.height() >= message.text.heightForWidth(message.text.width())
    for button in message.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.visibleRegion().boundingRect() == button.rect()

    press(qtbot, message, "Close")
    assert message.isHidden()
    assert places(window) == before


def test_who_closes_a_message_is_back_where_they_were(qtbot: Any, window: MainWindow) -> None:
    window.activateWindow()
    field = window.findChild(QWidget, "title")
    assert field is not None
    field.setFocus()
    window.tell("Saved.", "warning", [("Show", lambda: None)])
    assert QApplication.focusWidget() is field

    window.messages.close_button.setFocus()
    QTest.keyClick(window.messages.close_button, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is field

    window.tell("Saved.", "warning", [("Show", lambda: None)])
    window.messages.close_button.setFocus()
    QTest.keyClick(window.messages.close_button, Qt.Key.Key_Escape)
    assert window.messages.isHidden()
    assert QApplication.focusWidget() is field


def test_another_message_takes_nobody_elsewhere(window: MainWindow) -> None:
    window.activateWindow()
    field = window.findChild(QWidget, "title")
    assert field is not None
    field.setFocus()
    window.tell("One.", "warning", [("Show", lambda: None)])
    way = window.messages.ways.itemAt(0).widget()
    assert way is not None
    way.setFocus()

    window.tell("Two.", "warning", [("Save as…", lambda: None)])

    assert QApplication.focusWidget() is field


def test_what_went_well_stays_while_somebody_is_at_it(qtbot: Any, window: MainWindow) -> None:
    window.activateWindow()
    window.tell("Done.", ways=[("Open", lambda: None)])
    window.messages.close_button.setFocus()

    window.messages._timer.timeout.emit()
    assert window.messages.message == "Done."

    window.parts["facts"].setFocus()
    window.messages.close_button.clearFocus()
    window.messages._timer.timeout.emit()
    assert window.messages.message == ""


def test_rows_stay_when_the_brief_names_facts_that_are_gone(
    qtbot: Any, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(BriefSpec())
    tab = window.findChild(FactsTab)
    assert isinstance(tab, FactsTab)
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    first = tab.view.visualRect(tab.model.index(1))
    at = tab.view.viewport().mapTo(window, first.topLeft())

    session = window.session
    session.edit("Pin", replace(session.spec, edits=Edits(include=("gone",))))
    QApplication.processEvents()

    assert tab.unknown.isVisible()
    again = tab.view.visualRect(tab.model.index(1))
    assert tab.view.viewport().mapTo(window, again.topLeft()) == at
    tab.unknown.forget_button.setFocus()
    QTest.keyClick(tab.unknown.forget_button, Qt.Key.Key_Space)
    assert not tab.unknown.isVisible()


@pytest.mark.parametrize("statement", ["Russia and Pakistan opened talks on oil", "Trade is old"])
def test_fields_of_a_form_stay_when_it_tells_what_the_base_has(
    qtbot: Any, window: MainWindow, statement: str
) -> None:
    from briefgen.gui.editing import base_menu_of
    from briefgen.gui.editing.fact_dialog import FactDialog

    menu = base_menu_of(window)
    menu.new_fact()
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    form = dialog.form
    qtbot.waitUntil(lambda: form.fact_kind.isVisible())
    QApplication.processEvents()

    def at() -> QPoint:
        return form.fact_kind.mapTo(dialog, QPoint())

    before = at()
    QTest.keyClicks(form.statement, statement)
    form.look_for_near()
    QApplication.processEvents()
    assert form.near.isVisible() == statement.endswith("oil")
    assert at() == before
    form.near.clear()
    QApplication.processEvents()
    assert at() == before


def test_a_memory_that_is_full_is_told_as_such() -> None:
    said = sentence(MemoryError())

    assert said.startswith("there is not enough memory for this; split the file that is read")
    assert "itself failed" not in said
