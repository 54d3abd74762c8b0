"""The line at the foot: what it says, where its parts lead, and what happens without room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from briefgen.gui.session import Session
from briefgen.gui.strip import RemarkRow, SavedLabel
from briefgen.gui.view_models.pages.remarks import Remark
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
        ("41 facts", False), ("boxes stand in for Arabic", True),
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
    assert label.text().startswith("Saved ")

    window.session.edit("Title", replace(window.session.spec, title="More ties"))
    assert label.text() == "Changed since it was saved"
