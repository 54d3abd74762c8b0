"""The header: title, template, style, marking, pages used, and the sheet of everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester

from briefgen.brief.spec.model import BriefSpec, SectionEdits, Sides
from briefgen.brief.template.finding import find_template
from briefgen.gui.header import Header
from briefgen.gui.header.page_picture import page_picture
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.suggesting import Suggestion, SuggestionModel
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_templates

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts in which one writes, and no pages: a window opens in a moment."""
    parts = ("files", "header", "sections", "own_text", "judgements")
    monkeypatch.setattr("briefgen.gui.parts.PARTS", parts)


@pytest.fixture
def header(window: MainWindow) -> Header:
    return header_of(window)


def header_of(window: MainWindow) -> Header:
    found = window.findChild(Header)
    assert isinstance(found, Header)
    return found


def preview(**values: Any) -> Preview:
    """Pages as the brief's author would have got them."""
    asked: dict[str, Any] = {
        "data": b"", "title": "Test relations", "pages": 9, "counted": 2, "max_pages": None, "places": (),
        "fact_ids": (), "warnings": (), "problems": (), "over_budget": "", "room": "",
    }  # fmt: skip
    return Preview(**(asked | values))


# --- the title ------------------------------------------------------------------------------


def test_typing_a_title_makes_it_the_briefs_and_is_undone_as_one(
    qtbot: Any, header: Header
) -> None:
    session = header.session
    qtbot.keyClicks(header.title, "Energy ties ")

    assert session.spec.title == "Energy ties"
    assert header.title.text() == "Energy ties ", "what is being typed is left alone"

    session.undo_stack.undo()
    assert session.spec.title is None
    assert header.title.text() == ""


def test_an_empty_title_shows_the_one_that_the_template_gives(qtbot: Any, header: Header) -> None:
    header.session.pages_made.emit(preview(title="Test relations: Energy"))
    assert header.title.placeholderText() == "Test relations: Energy"

    qtbot.keyClicks(header.title, "Mine")
    header.session.pages_made.emit(preview(title="Mine"))
    for _ in "Mine":
        qtbot.keyClick(header.title, Qt.Key.Key_Backspace)

    assert header.session.spec.title is None
    assert header.title.placeholderText() == "Test relations: Energy"


def test_the_caret_stays_where_one_types(qtbot: Any, header: Header) -> None:
    qtbot.keyClicks(header.title, "Oil ties")
    header.title.setCursorPosition(3)
    qtbot.keyClicks(header.title, " and gas")

    assert header.session.spec.title == "Oil and gas ties"
    assert header.title.cursorPosition() == 11


def test_undo_in_a_field_is_the_windows(qtbot: Any, header: Header, window: MainWindow) -> None:
    session = header.session
    session.edit("Version", replace(session.spec, version="2"))
    undo = window.session.undo_stack.createUndoAction(window)
    undo.setShortcut("Ctrl+Z")
    if not any(action.shortcut() == undo.shortcut() for action in window.menus["Edit"].actions()):
        window.addAction(undo)
    window.activateWindow()
    header.title.setFocus()
    qtbot.waitUntil(header.title.hasFocus)
    qtbot.keyClicks(header.title, "T")
    qtbot.keyClick(header.title, "z", Qt.KeyboardModifier.ControlModifier)

    assert session.spec.title is None
    qtbot.keyClick(header.title, "z", Qt.KeyboardModifier.ControlModifier)
    assert session.spec.version == ""


def test_characters_that_no_document_holds_do_not_get_into_the_brief(header: Header) -> None:
    header.title.insert("a\x00b\u200dc\x0b")
    header.title.textEdited.emit(header.title.text())

    assert header.session.spec.title == "ab\u200dc"


# --- the template ---------------------------------------------------------------------------


def test_a_template_is_chosen_with_the_keyboard(qtbot: Any, header: Header) -> None:
    header.choose_template()
    view = header.gallery.view
    assert view.currentIndex().data() == "Country brief"

    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().data() == "Chronology"
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert not header.gallery.isVisible()
    assert header.session.spec.template == "chronology"
    assert header.session.undo_stack.undoText() == "Take the template “Chronology”"
    assert "Chronology" in header.template.text()

    header.session.undo_stack.undo()
    assert "Country brief" in header.template.text()


def test_a_template_is_chosen_with_the_mouse(qtbot: Any, header: Header) -> None:
    qtbot.mouseClick(header.template, Qt.MouseButton.LeftButton)
    view, model = header.gallery.view, header.gallery.model
    row = next(r for r in range(model.rowCount()) if model.item(r).text() == "Fact sheet")
    place = view.visualRect(model.index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert header.session.spec.template == "fact-sheet"


def test_the_gallery_tells_of_templates_with_faults(
    qtbot: Any, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "own-templates"
    folder.mkdir()
    (folder / "broken.yaml").write_text("format: 1\nlabel: Broken\n", encoding="utf-8")
    header = header_of(open_window(templates=str(folder)))

    header.choose_template()
    model = header.gallery.model
    row = next(r for r in range(model.rowCount()) if model.item(r).text() == "broken")

    assert not model.item(row).isEnabled()
    assert "description" in model.item(row).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    qtbot.keyClick(header.gallery.view, Qt.Key.Key_Escape)
    assert not header.gallery.isVisible()


def test_text_for_another_template_is_kept_and_comes_back(
    open_window: OpenWindow,
) -> None:
    spec = BriefSpec(
        text={"bottom_line": "Talks go on."},
        sections=SectionEdits(leave_out=("unknown", "figures")),
    )
    window = open_window(spec)
    header = header_of(window)
    folders = window.session.templates

    header._take_template(find_template("fact-sheet", folders))
    assert window.session.spec.text == {}
    assert window.session.spec.sections.leave_out == ("figures",)
    assert "“Bottom line”" in window.messages.message

    header._take_template(find_template("country-brief", folders))
    assert window.session.spec.text == spec.text
    assert window.session.spec.sections.leave_out == ("figures", "unknown")


@pytest.mark.parametrize(
    "name", ["chronology", "country-brief", "fact-sheet", "talking-points", "visit-brief"]
)
def test_each_template_has_a_picture_of_its_own(window: MainWindow, name: str) -> None:
    template = find_template(name, (shipped_templates(),))
    picture = page_picture(template, 2.0)

    assert picture.devicePixelRatio() == 2.0
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    ink = sum(
        image.pixelColor(x, y).name() != "#ffffff"
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )
    assert ink > 200
    assert page_picture(template, 2.0).toImage() == picture.toImage()


# --- the style ------------------------------------------------------------------------------


def test_a_style_is_found_by_words_of_its_title(qtbot: Any, header: Header) -> None:
    field = header.style
    field.setFocus()
    qtbot.waitUntil(lambda: field._finder is not None, timeout=60_000)
    field.selectAll()
    qtbot.keyClicks(field, "ieee")
    assert field.suggesting.is_open
    assert field.suggesting.model.entries[0].value == "ieee"
    qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Return)

    assert header.session.spec.style == "ieee"
    assert field.text().startswith("IEEE")
    assert header.session.undo_stack.undoText() == "Citation style"


def test_leaving_a_search_changes_nothing(qtbot: Any, header: Header) -> None:
    field, before = header.style, header.style.text()
    field.setFocus()
    qtbot.keyClicks(field, "zz")
    qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Escape)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    header.title.setFocus()

    assert header.session.spec.style == "chicago-notes-bibliography"
    assert field.text() == before


def test_a_style_that_is_not_there_is_marked(open_window: OpenWindow) -> None:
    header = header_of(open_window(BriefSpec(style="no-such-style")))

    assert header.style.property("state") == "wrong"
    assert header.style.text() == "no-such-style"


def test_the_list_of_suggestions_is_a_sound_model() -> None:
    model = SuggestionModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_entries([Suggestion("a", "One", "first"), Suggestion(None, "None", enabled=False)])
    model.show_entries([])
    model.show_entries([Suggestion("b", "Two")])

    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Two"
    assert model.data(QModelIndex()) is None


# --- the marking ----------------------------------------------------------------------------


def test_a_base_without_markings_takes_words(qtbot: Any, header: Header) -> None:
    marking = header.marking
    assert marking.currentWidget() is marking.line
    qtbot.keyClicks(marking.line, "INTERNAL")
    assert header.session.spec.marking == "INTERNAL"
    marking.line.selectAll()
    qtbot.keyClick(marking.line, Qt.Key.Key_Delete)
    assert header.session.spec.marking is None


def test_a_base_with_markings_offers_them_and_tells_what_was_found(
    qtbot: Any, open_window: OpenWindow, base: Path
) -> None:
    with (base / "base.yaml").open("a", encoding="utf-8") as file:
        file.write("markings: [OPEN, CLOSED]\n")
    header = header_of(open_window())
    chosen = header.marking.list
    assert [chosen.itemText(row) for row in range(chosen.count())] == [
        "Automatic",
        "OPEN",
        "CLOSED",
    ]

    header.session.pages_made.emit(preview(marking="OPEN"))
    assert chosen.currentText() == "Automatic: OPEN"

    chosen.setFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_End)
    assert header.session.spec.marking == "CLOSED"
    header.session.undo_stack.undo()
    assert header.session.spec.marking is None
    assert chosen.currentIndex() == 0


def test_a_prefix_changes_no_rank_and_an_unknown_marking_is_named_as_such(
    open_window: OpenWindow, base: Path
) -> None:
    with (base / "base.yaml").open("a", encoding="utf-8") as file:
        file.write("markings: uk-gscp\n")
    chosen = header_of(open_window(BriefSpec(marking="UK OFFICIAL"))).marking.list
    assert chosen.currentText() == "UK OFFICIAL"
    assert [chosen.itemText(row) for row in range(1, 5)] == [
        "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET",
    ]  # fmt: skip
    chosen = header_of(open_window(BriefSpec(marking="RESTRICTED"))).marking.list
    assert chosen.currentText() == "RESTRICTED (not of this base)"


def test_what_stands_behind_the_marking_and_who_gets_it(
    qtbot: Any, open_window: OpenWindow, base: Path
) -> None:
    with (base / "base.yaml").open("a", encoding="utf-8") as file:
        file.write("markings: uk-gscp\n")
    header = header_of(open_window())
    more, session = header.sheet, header.session
    qtbot.keyClicks(more.handling, "COMMERCIAL; UK EYES ONLY;")
    qtbot.keyClicks(more.distribution, "Director ;Moscow post")
    qtbot.keyClicks(more.cleared_by, "Head of desk")
    assert session.spec.handling == ("COMMERCIAL", "UK EYES ONLY")
    assert session.spec.distribution == ("Director", "Moscow post")
    assert session.spec.cleared_by == "Head of desk"
    assert more.handling.text() == "COMMERCIAL; UK EYES ONLY;", "the next one may be begun"
    assert "RECIPIENTS ONLY" in more.handling.toolTip()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert more.distribution.text() == ""


def test_the_scale_of_judgements(open_window: OpenWindow) -> None:
    header = header_of(open_window())
    scale, session = header.sheet.scale, header.session
    assert [scale.itemText(row) for row in range(scale.count())] == [
        "The base’s scale", "ICD 203", "PHIA Probability Yardstick",
    ]  # fmt: skip
    scale.activated.emit(2)
    assert session.spec.scale == "phia"


# --- the pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "budget", "said", "state"),
    [
        (1, None, "1 page", ""),
        (3, None, "3 pages", ""),
        (2, 2, "2 of 2 pages", ""),
        (3, 2, "▲ 3 of 2 pages", "over"),
        (1, 1, "1 of 1 page", ""),
    ],
)
def test_pages_used_are_in_sight(
    header: Header, pages: int, budget: int | None, said: str, state: str
) -> None:
    header.session.pages_made.emit(
        preview(pages=pages if budget is None else pages + 2, counted=pages, max_pages=budget)
    )

    assert header.pages.text() == said
    assert (header.pages.property("state") or "") == state


# --- the sheet ------------------------------------------------------------------------------


def test_the_sheet_opens_and_closes_with_the_keyboard(qtbot: Any, header: Header) -> None:
    more = header.sheet
    qtbot.mouseClick(header.sheet_button, Qt.MouseButton.LeftButton)
    assert more.isVisible()
    qtbot.keyClicks(more.prepared_for, "The Director")
    qtbot.keyClick(more.prepared_for, Qt.Key.Key_Escape)

    assert not more.isVisible()
    assert not header.sheet_button.isChecked()
    assert header.session.spec.prepared_for == "The Director"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prepared_for", "Director"), ("prepared_by", "Desk"), ("contact", "a@example.org"),
        ("reference", "SA/1"), ("version", "2"),
    ],
)  # fmt: skip
def test_lines_of_the_masthead(qtbot: Any, header: Header, name: str, value: str) -> None:
    header.sheet.open_at(None)
    field = getattr(header.sheet, name)
    qtbot.keyClicks(field, value)
    assert getattr(header.session.spec, name) == value

    header.session.undo_stack.undo()
    assert field.text() == ""


def test_days_are_typed_as_people_write_them(qtbot: Any, header: Header) -> None:
    header.sheet.open_at(header.sheet.date)
    field = header.sheet.date
    qtbot.keyClicks(field, "21 Novem")
    assert field.property("state") == "wrong"
    assert header.session.spec.date is None

    qtbot.keyClicks(field, "ber 2026")
    assert field.property("state") == ""
    assert field.text() == "21 November 2026", "the person is still at it"
    assert header.session.spec.date == "2026-11-21"

    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "2026-11-21"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert header.session.spec.date is None


def test_a_month_is_no_day_to_review_on(qtbot: Any, header: Header) -> None:
    header.sheet.open_at(header.sheet.review_on)
    qtbot.keyClicks(header.sheet.review_on, "May 2027")

    assert header.sheet.review_on.property("state") == "wrong"
    assert header.session.spec.review_on == ""


def test_the_budget_of_pages(qtbot: Any, header: Header) -> None:
    qtbot.mouseClick(header.pages, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(header.sheet.max_pages, "12")
    assert header.session.spec.max_pages == 12
    header.sheet.max_pages.selectAll()
    qtbot.keyClick(header.sheet.max_pages, Qt.Key.Key_Backspace)
    assert header.session.spec.max_pages is None


def test_a_brief_is_written_as_something(qtbot: Any, header: Header) -> None:
    header.sheet.open_at(None)
    for name in ("docx", "html", "pdf", "html"):
        header.sheet.outputs[name].click()

    assert header.session.spec.outputs == ("html",)
    assert header.sheet.outputs["html"].isChecked()
    assert header.sheet.outputs_hint.text() == "A brief is written as one of these at least."


def test_references_and_sides(qtbot: Any, header: Header) -> None:
    more, session = header.sheet, header.session
    more.open_at(None)
    more.by_kind.click()
    more.backlinks.click()
    assert session.spec.references.group == "kind"
    assert not session.spec.references.backlinks

    qtbot.keyClicks(more.ours.field, "mosc")
    qtbot.keyClick(more.ours.field.suggesting.popup, Qt.Key.Key_Return)
    assert session.spec.sides == Sides(ours=("russia",))
    qtbot.keyClick(more.ours.field, Qt.Key.Key_Backspace)
    assert session.spec.sides == Sides()


def test_the_sheet_shows_what_an_opened_brief_says(open_window: OpenWindow) -> None:
    spec = BriefSpec(
        prepared_for="Director", date="2026-11-21", paper="letter", notes="end", max_pages=3,
        citations="zotero", grades=True, language="en-ZZ", house="/x/ministry & co.dotx",
        outputs=("json",), changes="Nothing.", sides=Sides(("pakistan",), ("nobody",)),
    )  # fmt: skip
    header = header_of(open_window(spec))
    more = header.sheet

    assert more.prepared_for.text() == "Director"
    assert more.date.text() == "2026-11-21"
    assert more.paper.currentText() == "US letter"
    assert more.notes.currentText() == "At the end"
    assert more.citations.currentText() == "Live Zotero fields"
    assert more.grades.currentText() == "Grades and cautions"
    assert more.language.currentText() == "en-ZZ"
    assert more.house.text() == "ministry && co.dotx"
    assert more.changes.value() == "Nothing."
    assert more.max_pages.text() == "3"
    assert [name for name, tick in more.outputs.items() if tick.isChecked()] == ["json"]
    assert more.ours.ids == ("pakistan",)
    assert more.theirs.ids == ("nobody",)
    more.no_house.click()
    assert header.session.spec.house is None


def test_every_control_says_what_it_is(header: Header) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit):
        for room in (header.window.header, header.sheet):
            for widget in room.findChildren(kind):
                named = widget.accessibleName() or getattr(widget, "text", str)()
                assert named, widget
