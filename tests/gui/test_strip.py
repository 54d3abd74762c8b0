"""The line at the foot: what it says, where its parts lead, and what happens without room."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui import strip
from briefgen.gui.session import Session
from briefgen.gui.strip import RemarkRow, SavedLabel
from briefgen.gui.view_models.pages.remarks import Remark, Weight
from briefgen.gui.window import MainWindow

REMARKS = (
    Remark("41 facts", ("a", "b", "c")),
    Remark("2 disputes", ("b", "c"), caution=True),
    Remark("nothing on R&D", (), caution=True),
)


def row(qtbot: Any, width: int) -> tuple[RemarkRow, list[str]]:
    session = Session()
    widget = RemarkRow(session)
    session.setParent(widget)
    pointed: list[str] = []
    session.pointed_at.connect(lambda fact, by: pointed.append(fact))
    qtbot.addWidget(widget)
    widget.resize(width, 24)
    widget.show()
    widget.set_remarks(REMARKS)
    return widget, pointed


def shown(widget: RemarkRow) -> list[str]:
    return [
        button.text() for button in widget.findChildren(QToolButton)
        if button.isVisible() and button is not widget.more
    ]  # fmt: skip


def test_a_part_leads_to_its_facts_one_after_the_other(qtbot: Any) -> None:
    widget, pointed = row(qtbot, 900)
    disputes = next(b for b in widget.findChildren(QToolButton) if b.text() == "2 disputes")

    for _ in range(3):
        qtbot.mouseClick(disputes, Qt.MouseButton.LeftButton)

    assert pointed == ["b", "c", "b"]


def test_what_has_no_facts_is_said_and_leads_nowhere(qtbot: Any) -> None:
    widget, _ = row(qtbot, 900)

    assert shown(widget) == ["41 facts", "2 disputes"]
    assert not widget.more.isVisible()


def test_what_an_export_would_warn_of_is_said_beforehand(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    warned = replace(session.preview, remarks=REMARKS[:1], warnings=("boxes stand in for Arabic",))
    session.pages_made.emit(warned)

    (widget,) = window.findChildren(RemarkRow)
    assert [(one.text, one.caution) for one in widget.remarks] == [
        ("boxes stand in for Arabic", True), ("41 facts", False),
    ]  # fmt: skip


def test_what_has_no_room_stands_in_a_menu(qtbot: Any) -> None:
    widget, pointed = row(qtbot, 160)

    assert shown(widget) == ["41 facts"]
    assert widget.more.text() == "2 more ▾"
    entries = widget.more.menu().actions()
    assert [(a.text(), a.isEnabled()) for a in entries] == [
        ("2 disputes", True), ("nothing on R&&D", False),
    ]  # fmt: skip
    entries[0].trigger()
    assert pointed == ["b"]


def test_the_window_says_whether_the_brief_is_saved(window: MainWindow, tmp_path: Any) -> None:
    (label,) = window.findChildren(SavedLabel)
    assert label.text() == "New brief"

    window.session.edit("Title", replace(window.session.spec, title="Ties"))
    assert label.text() == "Not saved yet"

    window.session.set_path(tmp_path / "ties.brief.yaml")
    assert label.text() == f"Saved {datetime.now():%H:%M}"

    window.session.edit("Title", replace(window.session.spec, title="More ties"))
    assert label.text() == "Changed since it was saved"


def test_a_brief_was_saved_when_its_file_was_written_not_when_it_was_opened(
    window: MainWindow, tmp_path: Path
) -> None:
    (label,) = window.findChildren(SavedLabel)
    file = tmp_path / "ties.brief.yaml"
    file.write_text("format: 1\n")
    os.utime(file, (at := datetime(2020, 3, 4, 10, 53).timestamp(), at))

    window.session.set_brief(window.session.spec, file)
    assert label.text() == "Saved 4 March 2020 10:53"

    window.session.set_path(file)  # saved again under its name
    assert label.text() == f"Saved {datetime.now():%H:%M}"


BLOCKER = Remark("no sides named", (), True, Weight.BLOCKS)
LONG = Remark("over budget: twelve pages are two more than the ten allowed", ("a",), True,
              Weight.BLOCKS)  # fmt: skip


@pytest.mark.parametrize("width", [900, 300, 160])
def test_what_blocks_is_in_sight_however_little_room_there_is(qtbot: Any, width: int) -> None:
    widget, _ = row(qtbot, width)
    widget.set_remarks((BLOCKER, LONG, *REMARKS))

    seen = [one for one in widget._shown if one.isVisible()]
    assert [one.remark for one in seen][:2] == [BLOCKER, LONG]
    assert all(one.geometry().right() <= width for one in seen)
    assert all(one.width() > 30 for one in seen)
    if width < 900:
        assert "twelve pages are two more" in seen[1].toolTip()  # what is cut can be read whole
        assert widget.more.isVisible()
        assert widget.more.geometry().right() <= width
    assert [one.accessibleName() for one in seen[:2]] == [BLOCKER.text, LONG.text]


def test_a_long_remark_that_does_not_block_leaves_room_for_others(qtbot: Any) -> None:
    widget, _ = row(qtbot, 900)
    long = Remark("12 of 41 facts are printed nowhere: " + "trade, " * 80, (), True, Weight.AGAINST)
    widget.set_remarks((long, REMARKS[0]))

    assert shown(widget) == ["41 facts"]


def test_screen_readers_are_told_of_what_newly_blocks(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget, _ = row(qtbot, 900)
    said: list[str] = []
    monkeypatch.setattr(strip, "announce", lambda widget, text: said.append(text))

    widget.set_remarks((BLOCKER, *REMARKS))
    widget.set_remarks((BLOCKER, LONG, REMARKS[1]))
    widget.set_remarks((LONG,))

    assert said == ["no sides named", LONG.text, ""]


def test_the_line_takes_no_focus_that_it_had_once(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    (widget,) = window.findChildren(RemarkRow)
    title = window.findChild(QLineEdit, "title")
    assert title is not None
    pointed: list[str] = []
    session.pointed_at.connect(lambda fact, by: pointed.append(fact))
    window.activateWindow()
    widget.set_remarks(REMARKS)
    next(b for b in widget.findChildren(QToolButton) if b.text() == "41 facts").setFocus()
    title.setFocus()

    qtbot.keyClicks(title, "An")
    widget.set_remarks((replace(REMARKS[0], text="42 facts"), *REMARKS[1:]))
    widget.set_remarks(REMARKS)
    assert QApplication.focusWidget() is title
    qtbot.keyClicks(QApplication.focusWidget(), " oil deal")

    assert title.text() == session.spec.title == "An oil deal"
    assert pointed == []


@pytest.mark.parametrize(
    ("after", "then"),
    [
        ((replace(REMARKS[0], text="42 facts"), *REMARKS[1:]), "42 facts"),
        (REMARKS[1:], "2 disputes"),
        ((), None),
    ],
)
def test_who_is_in_the_line_stays_in_it(qtbot: Any, after: Any, then: str | None) -> None:
    widget, _ = row(qtbot, 900)
    qtbot.waitExposed(widget)
    widget.activateWindow()
    facts = next(b for b in widget.findChildren(QToolButton) if b.text() == "41 facts")
    facts.setFocus()
    qtbot.waitUntil(facts.hasFocus)

    widget.set_remarks(after)

    focused = QApplication.focusWidget()
    assert (focused.text() if isinstance(focused, QToolButton) else None) == then


def test_what_blocks_leads_to_where_it_can_be_mended(
    qtbot: Any, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(BriefSpec(template="talking-points", max_pages=1))
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    session.pages_made.emit(replace(session.preview, over_budget="2 pages are 1 more"))
    window.activateWindow()

    def follow(start: str) -> str:
        (button,) = (b for b in window.findChildren(strip.RemarkButton)
                     if b.remark.text.startswith(start) and b.isVisible())  # fmt: skip
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused.accessibleName()

    assert follow("not written: points to make").startswith("Points to make")
    assert follow("no sides named").startswith("Our side")
    assert follow("over budget") == "Most pages"


def test_that_there_are_no_pages_is_said_whichever_part_is_shown(
    qtbot: Any, window: MainWindow
) -> None:
    session = window.session
    qtbot.waitUntil(lambda: session.preview is not None, timeout=20_000)
    (widget,) = window.findChildren(RemarkRow)
    before = widget.remarks

    session.pages_failed.emit("error: the selection finds no fact")

    assert widget.remarks[0].text == "no pages: the selection finds no fact"
    assert widget.remarks[1:] == before
    session.pages_made.emit(session.preview)
    assert widget.remarks == before
