"""The tab of sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from briefgen.brief.spec.model import BriefSpec, SectionEdits
from briefgen.gui.sections import SectionsTab
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts in which one writes, and no pages: a window opens in a moment."""
    parts = ("files", "header", "sections", "own_text", "judgements")
    monkeypatch.setattr("briefgen.gui.parts.PARTS", parts)


def tab_of(window: MainWindow) -> SectionsTab:
    found = window.findChild(SectionsTab)
    assert isinstance(found, SectionsTab)
    window.tabs.setCurrentWidget(found)
    return found


@pytest.fixture
def tab(window: MainWindow) -> SectionsTab:
    return tab_of(window)


def title(tab: SectionsTab) -> str:
    return tab.window_.tabs.tabText(tab.window_.tabs.indexOf(tab))


def test_the_sections_stand_in_the_templates_order(tab: SectionsTab) -> None:
    assert list(tab.rows)[:4] == ["bottom-line", "key-points", "judgements", "topics"]
    assert title(tab) == "Sections 12"
    assert tab.rows["key-points"].told.text() == (
        "Key facts as bullets, most important first, at most 5"
    )
    assert "order of Country brief" in tab.intro.text()


def test_a_section_is_left_out_and_taken_in_again(qtbot: Any, tab: SectionsTab) -> None:
    session = tab.session
    for id_ in ("figures", "key-points"):
        box = tab.rows[id_].box
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)

    assert session.spec.sections.leave_out == ("key-points", "figures"), "in the template's order"
    assert title(tab) == "Sections 10"
    assert session.undo_stack.undoText() == "Leave out “Key points”"

    session.undo_stack.undo()
    assert tab.rows["key-points"].box.isChecked()
    assert session.spec.sections.leave_out == ("figures",)


def test_another_template_has_other_sections(tab: SectionsTab) -> None:
    session = tab.session
    session.edit("Template", replace(session.spec, template="fact-sheet"))

    assert list(tab.rows) == ["at-a-glance", "figures", "agreements", "posts", "sources"]
    assert title(tab) == "Sections 5"


def test_what_came_out_empty_is_told(tab: SectionsTab) -> None:
    shown = tuple(id_ for id_ in tab.rows if id_ != "figures")
    made = Preview(b"", "T", 1, 1, None, (), (), (), (), "", "", sections=shown)
    tab.session.pages_made.emit(made)

    assert [id_ for id_, row in tab.rows.items() if row.empty.isVisible()] == ["figures"]

    tab.rows["figures"].box.click()
    assert not tab.rows["figures"].empty.isVisible()


def test_sections_that_the_template_does_not_have_can_be_set_aside(
    open_window: OpenWindow, qtbot: Any
) -> None:
    tab = tab_of(open_window(BriefSpec(sections=SectionEdits(leave_out=("unknown", "of-old")))))
    assert "of-old" in tab.stranger_words.text()

    qtbot.mouseClick(tab.strangers, Qt.MouseButton.LeftButton)

    assert tab.session.spec.sections.leave_out == ("unknown",)
    assert tab.session.aside.leave_out == ("of-old",)
    assert not tab.strangers.isVisible()


def test_a_template_that_cannot_be_read_is_told(open_window: OpenWindow) -> None:
    tab = tab_of(open_window(BriefSpec(template="nowhere")))

    assert tab.intro.text() == "The template cannot be read: choose another one above."
    assert title(tab) == "Sections"
    assert not any(button.isVisible() for button in tab.findChildren(QPushButton))
