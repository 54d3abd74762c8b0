"""Nobody who types loses the keyboard to something that happens meanwhile.

In every field of the window and of its forms, letter by letter, while pages come and fail, remarks
change, messages come and go, and the base is read anew with something else in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from briefgen.brief.spec.model import BriefSpec, Sides
from briefgen.gui.editing import base_menu_of
from briefgen.gui.facts import FactsTab
from briefgen.gui.header import Header
from briefgen.gui.judgements import JudgementsTab
from briefgen.gui.strip import RemarkRow
from briefgen.gui.view_models.pages.remarks import Remark, Weight
from briefgen.gui.window import MainWindow

WORDS = "ol"
OpenWindow = Callable[..., MainWindow]


def disturb(window: MainWindow, base: Path, number: int) -> None:
    """All that may happen while somebody types."""
    session = window.session
    warned = (f"{number} doubts",)
    remarks = (
        Remark(f"{number} sides lacking", (), True, Weight.BLOCKS),
        Remark(f"{number} disputes", ("oil-talks",), True, Weight.AGAINST),
        Remark("nothing new", ("oil-talks",) * number),
    )
    pages = replace(session.preview, remarks=remarks, warnings=warned, over_budget="1 more")
    session.pages_made.emit(pages)
    session.pages_failed.emit(f"it failed {number} times")
    session.pages_made.emit(replace(pages, over_budget=""))
    window.tell(f"Done {number}.", "done", [("Show", lambda: None)])
    file = base / "facts" / "trade.yaml"
    file.write_text(
        file.read_text()
        + f"""
- id: more-{number}
  date: 20{number + 10}
  topics: [trade]
  kind: event
  statement: Something else happened, number {number}.
  cites: [{{source: s1}}]
"""
    )
    named = base / "base.yaml"
    named.write_text(named.read_text().replace("trade: Trade", f"t{number}: New, trade: Trade", 1))
    session.reload_base()
    window.messages.clear()
    QApplication.processEvents()


def be_in_the_line(remarks: RemarkRow) -> None:
    """Go there for a moment: Qt remembers who had the focus last."""
    for button in remarks.findChildren(QToolButton):
        button.setFocus()


def fields_in(room: QWidget) -> list[QWidget]:
    """What can be typed into there."""
    found: list[QWidget] = [
        one
        for one in room.findChildren(QLineEdit)
        if one.isVisible() and one.isEnabled() and not one.isReadOnly()
    ]
    found += [
        one for one in room.findChildren(QPlainTextEdit) if one.isVisible() and not one.isReadOnly()
    ]
    return found


def text_of(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore[attr-defined]


def opened_part(name: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        return window.parts[name]  # type: ignore[index]

    return open_


def own_text(window: MainWindow) -> QWidget:
    window.tabs.setCurrentIndex(2)
    return window.tabs.currentWidget()


def judgement(window: MainWindow) -> QWidget:
    tab = window.findChild(JudgementsTab)
    assert isinstance(tab, JudgementsTab)
    window.tabs.setCurrentWidget(tab)
    tab.add()
    return tab


def rewording(window: MainWindow) -> QWidget:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.tabs.setCurrentWidget(part)
    part.view.reword(part.model.shown_places()[1])
    assert part.view.editor is not None
    return part.view.editor


def sheet(window: MainWindow) -> QWidget:
    header = window.findChild(Header)
    assert isinstance(header, Header)
    header.sheet.open_at(None)
    return header.sheet


def finding(window: MainWindow) -> QWidget:
    (action,) = (a for a in window.menus["View"].actions() if a.text() == "Find on the pages")
    action.trigger()
    return window.parts["pages"]


def form(which: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        menu = base_menu_of(window)
        getattr(menu, which)()
        assert menu.dialog is not None
        return menu.dialog

    return open_


PLACES: dict[str, Callable[[MainWindow], QWidget]] = {
    "header": lambda window: window.header,
    "scope": opened_part("scope"),
    "search": opened_part("facts"),
    "rewording": rewording,
    "own text": own_text,
    "judgement": judgement,
    "document": sheet,
    "finding": finding,
    "fact": form("new_fact"),
    "source": form("new_source"),
    "actor": form("new_actor"),
    "quick add": form("quick_add"),
}


@pytest.mark.parametrize("place", PLACES)
def test_who_types_goes_on_typing_whatever_happens(
    qtbot: Any, open_window: OpenWindow, base: Path, place: str
) -> None:
    window = open_window(BriefSpec(template="talking-points"))
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    session.pages_made.disconnect(window.findChild(Header)._pages_made)  # its tip is not typed into
    window.activateWindow()
    disturb(window, base, 1)
    (remarks,) = window.findChildren(RemarkRow)
    be_in_the_line(remarks)
    room = PLACES[place](window)
    QApplication.processEvents()
    fields = fields_in(room)
    assert fields
    number = 1
    for each in fields:
        field = each
        if room.window() is window and place != "rewording":  # which ends when one leaves it
            be_in_the_line(remarks)
        field.setFocus()
        assert QApplication.focusWidget() in (field, field.focusProxy())
        if isinstance(field, QLineEdit):
            field.selectAll()
        else:
            field.selectAll()  # type: ignore[attr-defined]
        for typed in range(1, len(WORDS) + 1):
            QTest.keyClick(QApplication.focusWidget(), WORDS[typed - 1])
            if field.isVisible() and text_of(field) != WORDS[:typed]:
                break  # only some letters may be typed here, such as figures
            number += 1
            disturb(window, base, number)
            now, name = QApplication.focusWidget(), field.accessibleName()
            if place == "rewording" and now is not None and now.accessibleName() == name:
                field = now  # opened again in rows that are others
            assert now in (field, field.focusProxy()), name
            assert text_of(field) == WORDS[:typed], name
    assert number > len(WORDS)


def test_a_template_that_is_read_anew_leaves_the_caret_where_it_is(
    qtbot: Any, open_window: OpenWindow, base: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    file = folder / "own.yaml"
    file.write_text(OWN_TEMPLATE)
    spec = BriefSpec(template="own", text={"second": "We agree."})
    window = open_window(spec, templates=str(folder))
    window.activateWindow()
    room = own_text(window)
    QApplication.processEvents()
    (field,) = (one for one in fields_in(room) if one.accessibleName() == "Second")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Left)

    file.write_text(OWN_TEMPLATE.replace("label: First", "label: Foremost"))
    (base / "base.yaml").write_text((base / "base.yaml").read_text() + "# read anew\n")
    window.session.reload_base()
    window.session.base_opened.emit()
    assert "Foremost" in [one.accessibleName() for one in fields_in(room)]
    now = QApplication.focusWidget()
    assert now is not field
    assert now is not None
    QTest.keyClicks(now, " now")

    assert window.session.spec.text["second"] == "We agree now."


def test_a_chip_that_stays_keeps_the_keyboard_when_others_go(
    qtbot: Any, open_window: OpenWindow
) -> None:
    window = open_window(BriefSpec(sides=Sides(ours=("russia", "pakistan"))))
    window.activateWindow()
    session = window.session
    sheet(window)
    header = window.findChild(Header)
    chips = header.sheet.ours
    name = next(b for b in chips.findChildren(QToolButton) if b.text() == "Pakistan")
    QApplication.processEvents()
    name.setFocus()
    assert name.hasFocus()

    session.edit("Sides", replace(session.spec, sides=Sides(ours=("pakistan",))))
    now = QApplication.focusWidget()
    assert isinstance(now, QToolButton)
    assert now.text() == "Pakistan"
    session.edit("Sides", replace(session.spec, sides=Sides()))
    assert QApplication.focusWidget() is chips.field


OWN_TEMPLATE = """\
format: 1
label: Own
description: One of one’s own.
title: "{{ subject }}"
inputs:
- {id: first, label: First}
- {id: second, label: Second}
sections:
- {id: one, heading: One, show: input, input: first}
- {id: two, heading: Two, show: input, input: second}
- {id: facts, heading: Facts, show: chronology}
"""


def test_a_marking_is_typed_to_its_end_though_the_base_lists_some_by_now(
    qtbot: Any, open_window: OpenWindow, base: Path
) -> None:
    window = open_window(BriefSpec())
    window.activateWindow()
    header = window.findChild(Header)
    line = header.marking.line
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "SEC")

    file = base / "base.yaml"
    file.write_text(file.read_text() + "markings: [OFFICIAL, SECRET]\n")
    window.session.reload_base()
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, "RET")
    header.title.setFocus()

    assert window.session.spec.marking == "SECRET"
    assert header.marking.currentWidget() is header.marking.list
    assert header.marking.list.currentText() == "SECRET"
