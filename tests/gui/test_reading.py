"""Saved copies in the app: kept, dropped, read, and made facts of, driven as a person would."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from briefgen.capture import page_pictures, reading_process
from briefgen.editing import base as core
from briefgen.facts.read import read_base
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.copy_dialog import CopyBaseDialog
from briefgen.gui.editing.entry_dialog import SimpleDialog
from briefgen.gui.editing.fact_dialog import FactDialog
from briefgen.gui.files import choosing
from briefgen.gui.library.sources_window import SourcesWindow
from briefgen.gui.pages.pdfium import PdfPages
from briefgen.gui.reading import reading_of
from briefgen.gui.reading.choose_copy import ChooseCopyDialog
from briefgen.gui.reading.reader import Reader
from briefgen.gui.reading.reading import Reading
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_base
from capture.copies import PAGE, pdf, pdf_that_ends_who_draws_it
from gui.driving import press

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MET = "Ministers of Russia and Pakistan met in the capital on Wednesday to open talks on a gas pipeline."
TRADE = "Trade stood at 542 million dollars last year"


@pytest.fixture
def reading(window: MainWindow) -> Reading:
    return reading_of(window)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "talks.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def reader(qtbot: Any, reading: Reading, page: Path) -> Reader:
    """The reader on a page that was just kept."""
    return opened(qtbot, reading, page)


def opened(qtbot: Any, reading: Reading, file: Path) -> Reader:
    reading.keep_files([file], then_read=True)
    qtbot.waitUntil(lambda: bool(reading.readers), timeout=20_000)
    (reader,) = reading.readers.values()
    qtbot.waitExposed(reader)
    return reader


def mark(reader: Reader, words: str) -> None:
    """Mark words of the text with the mouse."""
    text = reader.text
    start = text.shown.text.index(words)  # type: ignore[union-attr]
    places = []
    for at in (start, start + len(words)):
        cursor = QTextCursor(text.document())
        cursor.setPosition(at)
        places.append(text.cursorRect(cursor).center())
    QTest.mousePress(text.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(text.viewport(), places[0] + QPoint(12, 0))
    QTest.mouseMove(text.viewport(), places[1])
    QTest.mouseRelease(text.viewport(), Qt.MouseButton.LeftButton, pos=places[1])
    assert text.textCursor().selectedText() == words


def go_on(reader: Reader) -> None:
    """Ctrl+Enter where the keyboard is."""
    QTest.keyClick(reader.focusWidget() or reader, Qt.Key.Key_Return, CONTROL)


def proposals(reader: Reader) -> list[str]:
    return [one.text() for _, one in reader.form.proposed.buttons]


def take(qtbot: Any, reader: Reader, *shown: str) -> None:
    for text in shown:
        (made,) = (one for _, one in reader.form.proposed.buttons if one.text() == f"+ {text}")
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def take_way(qtbot: Any, window: MainWindow, text: str) -> None:
    """Click a way out that the line of messages offers."""

    def is_there() -> bool:
        buttons = window.messages.findChildren(QPushButton)
        return any(one.text() == text and one.isVisible() for one in buttons)

    qtbot.waitUntil(is_there)
    press(qtbot, window.messages, text)


def clipped(window: MainWindow) -> list[str]:
    """The ways out whose words have no room."""
    return [
        one.text()
        for one in window.messages.findChildren(QPushButton)
        if one.isVisible() and one.width() < one.sizeHint().width()
    ]


def menu_entry(window: MainWindow, text: str) -> None:
    (action,) = (one for one in window.menus["Base"].actions() if one.text() == text)
    action.trigger()


# --- from a passage to a fact ----------------------------------------------------------------


def test_a_marked_passage_becomes_a_fact(
    qtbot: Any, reader: Reader, window: MainWindow, base: Path
) -> None:
    mark(reader, MET)
    assert reader.where.text() == "Paragraph 2, 18 words"
    go_on(reader)

    form = reader.form
    assert reader.focusWidget() is form.statement
    assert form.date.value() == "2013-08-28"
    assert form.entry()["cites"] == [
        {"source": reader.source, "locator": {"paragraph": "2"}, "quote": MET}
    ]
    assert proposals(reader) == ["+ event", "+ Gas", "+ Russia", "+ Pakistan"]
    assert {key for key in form.entry() if key not in ("id", "cites")} == {"date", "date_note"}

    QTest.keyClicks(form.statement, "Ministers opened talks on a pipeline.")
    take(qtbot, reader, "event", "Gas", "Pakistan")
    assert proposals(reader) == ["✓ event", "✓ Gas", "+ Russia", "✓ Pakistan"]
    form.statement.setFocus()
    go_on(reader)

    fact = window.session.index.facts(["ministers-opened-talks-pipeline-2013"])[
        "ministers-opened-talks-pipeline-2013"
    ]
    assert (fact.kind, fact.topics, fact.actors) == ("event", ("energy.gas",), ("pakistan",))
    assert fact.date_note == "‘On Wednesday’ in an article of 28 August 2013."
    assert fact.cites[0].quote == MET
    assert reader.said.text().startswith("Saved as a fact. ")
    assert not reader.is_writing
    assert reader.focusWidget() is reader.text
    assert [one.fact for one in reader.text.lit] == [fact.id]
    assert reader.text.fact_at_caret() == fact.id
    assert read_base(base).problems == ()


def test_a_suggestion_says_what_its_field_has_by_hand_too(reader: Reader) -> None:
    mark(reader, "Trade stood at 542 million dollars last year")
    go_on(reader)
    assert proposals(reader)[:2] == ["+ figure", "+ Trade"]
    reader.form.topics.tick("trade")
    assert proposals(reader)[:2] == ["+ figure", "✓ Trade"]
    reader.form.proposed._take_all()
    assert proposals(reader)[:2] == ["✓ figure", "✓ Trade"]
    assert not reader.form.proposed._all.isEnabled()
    reader.form.topics.set_data([])
    reader.form.topics.changed.emit()
    assert proposals(reader)[:2] == ["✓ figure", "+ Trade"]


def test_the_next_passage_follows_by_the_keyboard_alone(qtbot: Any, reader: Reader) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "Ministers opened talks on a pipeline.")
    reader.form.proposed._all.setFocus()
    QTest.keyClick(reader.form.proposed._all, Qt.Key.Key_Space)
    go_on(reader)
    assert len(reader.text.lit) == 1

    text = reader.text
    reader.resize(1700, 800)
    assert reader.focusWidget() is text
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home):
        QTest.keyClick(text, key)
    QTest.keyClick(text, Qt.Key.Key_End, SHIFT)
    assert (
        text.textCursor().selectedText()
        == "Trade stood at 542 million dollars last year, the ministry said."
    )
    go_on(reader)
    assert reader.form.date.value() == "2012"
    assert proposals(reader)[:2] == ["+ figure", "+ Trade"]

    QTest.keyClicks(reader.form.statement, "Trade came to 542 million dollars.")
    reader.form.proposed._take_all()
    go_on(reader)
    assert len(reader.text.lit) == 2
    mark(reader, "Sergey Lavrov will visit Islamabad")
    gc.collect()
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "The minister is to visit Pakistan.")
    assert reader.form.id.text().startswith("minister-visit-pakistan")


def test_passages_that_facts_quote_are_lit_at_opening(
    qtbot: Any, reading: Reading, page: Path, base: Path, window: MainWindow
) -> None:
    reader = opened(qtbot, reading, page)
    source = reader.source
    assert reader.text.lit == ()
    (base / "facts" / "more.yaml").write_text(
        "- id: trade-542\n  date: 2012\n  topics: [trade]\n  kind: event\n"
        "  statement: Trade was counted.\n"
        f"  cites: [{{source: {source}, quote: '{TRADE}'}}]\n"
    )
    window.session.reload_base()
    (lit,) = reader.text.lit
    assert reader.shown.text[lit.start : lit.end] == TRADE
    reader.text.mark(lit.start + 3, lit.start + 3)
    assert reader.where.text() == "A fact already: Trade was counted."
    assert reader.open_fact.isVisible()


def test_a_fact_over_two_paragraphs_has_both_as_its_place(reader: Reader) -> None:
    text = reader.shown.text
    reader.text.mark(text.index("Sergey"), text.index("One line of two.") + 16)
    reader.take_passage()
    assert reader.form.entry()["cites"] == [
        {
            "source": reader.source,
            "locator": {"paragraph": "4-5"},
            "quote": "Sergey Lavrov will visit Islamabad on 3 October. One line of two.",
        }
    ]


def test_the_sources_own_words_are_told_of(reader: Reader) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, MET)
    reader.form.check()
    assert reader.form.named["statement"].said == (
        "These are the source’s words: say it in your own.",
        "warning",
    )


def test_what_is_missing_is_said_and_gone_to(reader: Reader) -> None:
    mark(reader, MET)
    go_on(reader)
    go_on(reader)
    assert reader.said.text() == "Choose at least one topic (3 more)"
    assert reader.is_writing
    assert reader.focusWidget() is reader.form.topics
    assert reader.form.named["statement"].said[0].startswith("Say what happened")


def test_tab_goes_through_the_form_as_it_stands(reader: Reader) -> None:
    mark(reader, MET)
    go_on(reader)
    inside = reader.form.inside
    at: list[int] = []
    field = reader.form.statement
    widget: QWidget | None = field
    while widget is not None and widget is not reader.form.more_button:
        at.append(widget.mapTo(inside, QPoint(0, 0)).y())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = reader.focusWidget()
        assert len(at) < 60
    assert len(at) > 10
    assert at == sorted(at)


# --- nothing is lost -------------------------------------------------------------------------


def test_a_fact_that_is_being_written_is_not_lost_to_the_next_passage(
    qtbot: Any, reader: Reader
) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "They met.")
    reader.text.setFocus()
    mark(reader, TRADE)
    go_on(reader)
    assert reader.said.text().startswith("Save or discard this fact first, or add")
    assert reader.form.statement.value() == "They met."
    reader.close()
    assert reader.isVisible()
    press(qtbot, reader, "Discard")
    assert reader.is_writing
    press(qtbot, reader, "Discard it")
    assert not reader.is_writing
    assert reader.focusWidget() is reader.text


def test_escape_leads_back_to_the_text_and_then_out(reader: Reader, reading: Reading) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClick(reader.form.statement, Qt.Key.Key_Escape)
    assert reader.focusWidget() is reader.text
    QTest.keyClick(reader.text, Qt.Key.Key_Escape)
    assert reading.readers == {}


def test_what_was_being_written_when_the_program_ended_is_offered_again(
    qtbot: Any, reader: Reader, window: MainWindow, open_window: Callable[..., MainWindow]
) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "They met.")
    window.session.about_to_close.emit()
    again = open_window()
    qtbot.waitUntil(lambda: "was being written" in again.messages.message, timeout=20_000)
    take_way(qtbot, again, "Continue the fact")
    from briefgen.gui.editing import base_menu_of

    dialog = base_menu_of(again).dialog
    assert isinstance(dialog, FactDialog)
    assert dialog.form.statement.value() == "They met."
    assert dialog.form.entry()["cites"][0]["quote"] == MET


def test_undo_takes_the_fact_back_and_its_light(
    qtbot: Any, reader: Reader, window: MainWindow
) -> None:
    mark(reader, MET)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "Ministers opened talks on a pipeline.")
    reader.form.proposed._take_all()
    reader.save()
    assert len(reader.text.lit) == 1
    take_way(qtbot, window, "Undo")
    assert reader.text.lit == ()


# --- PDFs ------------------------------------------------------------------------------------


def test_a_pdf_shows_its_text_and_its_pages(qtbot: Any, reading: Reading, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(["First words."], ["Second words stand here."]))
    reader = opened(qtbot, reading, file)
    assert [reader.shown.margin(line) for line in range(3)] == ["p. 1", "", "p. 2"]
    mark(reader, "Second words")
    press(qtbot, reader, "Show pages")
    assert reader.focusWidget() is reader.pages
    assert reader.make_fact.text() == "Make a fact of this page"
    press(qtbot, reader, "Show text")
    reader.take_passage()
    assert reader.form.entry()["cites"] == [
        {"source": reader.source, "locator": {"page": "2"}, "quote": "Second words"}
    ]


def test_of_a_scan_the_passage_is_typed_beside_its_pages(
    qtbot: Any, reading: Reading, tmp_path: Path, window: MainWindow
) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf([], [], []))
    reader = opened(qtbot, reading, file)
    assert reader.focusWidget() is reader.pages
    drawn(qtbot, reader, 1)
    assert reader.pages.grab().toImage().pixelColor(200, 300).lightness() < 30
    reader.pages.show_page(2)
    go_on(reader)
    (row,) = reader.form.cites.rows
    assert reader.focusWidget() is row.quote
    QTest.keyClicks(row.quote, "it was resolved to meet again")
    QTest.keyClicks(reader.form.statement, "They resolved to meet again.")
    assert reader.form.entry()["cites"] == [
        {
            "source": reader.source,
            "locator": {"page": "2"},
            "quote": "it was resolved to meet again",
        }
    ]


def drawn(qtbot: Any, reader: Reader, number: int) -> QImage:
    """The picture of a page, from 1, once it is there."""
    pages = reader.pages
    qtbot.waitUntil(lambda: len(pages.pages) >= number, timeout=20_000)
    pages.show_page(number)
    page = pages.pages[number - 1]
    qtbot.waitUntil(lambda: page.picture is not None and not page.needs_picture, timeout=20_000)
    return page.picture


def test_pages_are_drawn_elsewhere_and_look_as_they_would_here(
    qtbot: Any, reading: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(["First words."], ["Second words."], [], ["Last words."]))
    reader = opened(qtbot, reading, file)
    mark(reader, "Last words")
    press(qtbot, reader, "Show pages")
    for number in (4, 2):
        picture = drawn(qtbot, reader, number)
        with PdfPages(file.read_bytes()) as here:
            assert picture == here.draw(number - 1, reader.pages.pages[number - 1].width())
        assert reader.pages.page_in_sight() == number


def test_a_page_beyond_the_place_of_the_mark_is_shown_once_there_are_pages(
    qtbot: Any, reading: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(*([f"Words of {number}."] for number in range(1, 10))))
    reader = opened(qtbot, reading, file)
    mark(reader, "Words of 5")
    press(qtbot, reader, "Show pages")
    assert reader.pages.page_in_sight() == 5
    qtbot.waitUntil(lambda: bool(reader.pages.pages), timeout=20_000)
    qtbot.waitUntil(lambda: reader.pages.verticalScrollBar().value() > 0)
    assert reader.pages.page_in_sight() == 5


def test_a_page_that_ends_who_draws_it_costs_that_page(
    qtbot: Any,
    reading: Reading,
    tmp_path: Path,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_pictures, "_MOST_MEMORY", 200 * 2**20)
    file, other = tmp_path / "bomb.pdf", tmp_path / "report.pdf"
    file.write_bytes(pdf_that_ends_who_draws_it("Some words."))
    other.write_bytes(pdf([]))
    reader = opened(qtbot, reading, file)
    press(qtbot, reader, "Show pages")
    qtbot.waitUntil(lambda: len(reader.pages.pages) == 2, timeout=20_000)
    page = reader.pages.pages[0]
    qtbot.waitUntil(lambda: bool(page.told), timeout=20_000)
    assert (
        page.told
        == page.accessibleDescription()
        == (
            "Page 1 cannot be drawn: it is damaged, or takes more memory than any real one; "
            "open it in a reader and print it to a new PDF."
        )
    )
    assert drawn(qtbot, reader, 2).pixelColor(100, 100).lightness() == 0
    reader.reject()
    assert not reading.readers
    assert drawn(qtbot, opened(qtbot, reading, other), 1).pixelColor(100, 100).lightness() < 30


def test_a_process_that_is_killed_between_two_pages_is_not_missed(
    qtbot: Any, reading: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf(*([] for _ in range(9))))
    reader = opened(qtbot, reading, file)
    drawn(qtbot, reader, 1)
    qtbot.waitUntil(lambda: not reader.pages._is_drawing)
    process = reader.pages.document._process._process  # type: ignore[union-attr]
    process.kill()  # type: ignore[union-attr]
    process.wait()  # type: ignore[union-attr]
    assert drawn(qtbot, reader, 6).pixelColor(100, 100).lightness() < 30
    reader.reject()
    assert reader.pages.document is None


def test_pages_that_cannot_be_asked_for_are_told_in_their_place(
    qtbot: Any, reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf([]))

    def sizes(pages: page_pictures.PagePictures) -> None:
        with pages._asking("the pages cannot be shown: the PDF"):
            raise reading_process.ReaderDiedError(late=False)

    monkeypatch.setattr(page_pictures.PagePictures, "sizes", sizes)
    reader = opened(qtbot, reading, file)
    qtbot.waitUntil(lambda: bool(reader.pages.fault), timeout=20_000)
    assert reader.pages.fault.startswith("The pages cannot be shown: the PDF is damaged, or ")
    assert reader.passage().locator == {"page": "1"}  # type: ignore[union-attr]


# --- keeping copies --------------------------------------------------------------------------


def test_the_menu_keeps_a_copy_and_opens_it(
    qtbot: Any,
    window: MainWindow,
    reading: Reading,
    page: Path,
    base: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choosing, "ask_open", lambda *said: said[-1](page))
    menu_entry(window, "&Keep a saved copy…")
    qtbot.waitUntil(lambda: bool(reading.readers), timeout=20_000)
    assert (base / "archive" / "pipeline-talks-open.html").read_bytes() == page.read_bytes()
    (reader,) = reading.readers.values()
    assert reader.title.text() == "Pipeline talks open"
    assert reader.told.text() == "The Gazette · 28 August 2013 · pipeline-talks-open.html"
    QTest.keyClick(reader.text, Qt.Key.Key_Escape)

    menu_entry(window, "Rea&d a source…")
    dialog = window.findChild(ChooseCopyDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.words, "pipeline")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(reading.readers), timeout=20_000)


def test_a_base_without_copies_says_so(window: MainWindow) -> None:
    menu_entry(window, "Rea&d a source…")
    assert window.messages.message == "No source of this base has a saved copy yet."


def test_a_copy_that_is_gone_is_said(
    window: MainWindow, reader: Reader, reading: Reading, base: Path
) -> None:
    source = reader.source
    reader.reject()
    (base / "archive" / "pipeline-talks-open.html").unlink()
    window.attempt(lambda: reading.read_source(source))
    assert "the saved copy is not there" in window.messages.message.lower()


# --- drops -----------------------------------------------------------------------------------


def drop(window: QWidget, *urls: QUrl, text: str = "") -> bool:
    """Drop something on the window; whether it was taken."""
    data = QMimeData()
    if urls:
        data.setUrls(list(urls))
    if text:
        data.setText(text)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))
    return True


def local(path: Path) -> QUrl:
    return QUrl.fromLocalFile(str(path))


def test_a_dropped_page_is_kept_and_can_be_read(
    qtbot: Any, window: MainWindow, reading: Reading, page: Path, base: Path
) -> None:
    assert drop(window, local(page))
    qtbot.waitUntil(lambda: "kept" in window.messages.message, timeout=20_000)
    assert window.messages.message == "“Pipeline talks open” is kept, as a new source."
    assert clipped(window) == []
    take_way(qtbot, window, "Read it")
    qtbot.waitUntil(lambda: bool(reading.readers), timeout=20_000)
    (reader,) = reading.readers.values()
    reader.reject()

    assert drop(window, local(page))
    qtbot.waitUntil(lambda: "already" in window.messages.message, timeout=20_000)
    assert [path.name for path in (base / "archive").iterdir()] == ["pipeline-talks-open.html"]


def test_a_drop_can_be_undone(qtbot: Any, window: MainWindow, page: Path, base: Path) -> None:
    before = (base / "sources.yaml").read_bytes()
    drop(window, local(page))
    qtbot.waitUntil(lambda: "kept" in window.messages.message, timeout=20_000)
    take_way(qtbot, window, "Undo")
    assert (base / "sources.yaml").read_bytes() == before
    assert list((base / "archive").iterdir()) == []


def test_several_files_are_kept_and_what_cannot_be_is_named(
    qtbot: Any, window: MainWindow, page: Path, base: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "minutes.txt", tmp_path / "broken.pdf"
    good.write_text("Minutes of a meeting\n\nThey met.\n")
    bad.write_bytes(b"no PDF")
    assert drop(window, local(page), local(good), local(bad))
    qtbot.waitUntil(lambda: "kept" in window.messages.message, timeout=20_000)
    assert "“Minutes of a meeting” is kept" in window.messages.message
    assert "broken.pdf: this is no PDF, or a damaged one" in window.messages.message
    assert len(list((base / "archive").iterdir())) == 2
    assert read_base(base).problems == ()


def test_a_dropped_address_makes_a_source_and_no_copy(
    window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    assert drop(window, QUrl("https://www.example.org/news/oil-talks-open-again"))
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    assert dialog.form.entry()["URL"] == "https://www.example.org/news/oil-talks-open-again"
    assert dialog.form.entry()["title"] == "Oil talks open again"
    assert dialog.has_unsaved()
    assert not (base / "archive").exists()


@pytest.mark.parametrize("text", ["just words", "https://a.example with more words", ""])
def test_what_is_no_copy_and_no_address_is_left_alone(window: MainWindow, text: str) -> None:
    assert not drop(window, text=text)


def test_other_files_are_left_alone_and_a_brief_is_opened(
    qtbot: Any, window: MainWindow, tmp_path: Path
) -> None:
    sheet = tmp_path / "table.xlsx"
    sheet.write_bytes(b"x")
    assert not drop(window, local(sheet))
    brief = tmp_path / "a.brief.yaml"
    brief.write_text("format: 1\ntitle: Dropped\n")
    assert drop(window, local(brief))
    qtbot.waitUntil(lambda: window.session.spec.title == "Dropped", timeout=20_000)


def test_nothing_is_written_into_the_shipped_base(
    open_window: Callable[..., MainWindow], page: Path
) -> None:
    window = open_window(base=str(shipped_base()))
    assert drop(window, local(page))
    assert "Copy it" in window.messages.message or "copy" in window.messages.message
    assert not (shipped_base() / "archive").exists()


def test_the_library_leads_to_the_reader(
    qtbot: Any, window: MainWindow, reader: Reader, reading: Reading
) -> None:
    source = reader.source
    reader.reject()
    assert reading.readers == {}
    menu_entry(window, "&Sources…")
    (library,) = window.findChildren(SourcesWindow)
    library.show_source("s1")
    assert not library.read_button.isEnabled()
    library.show_source(source)
    press(qtbot, library, "Read")
    qtbot.waitUntil(lambda: source in reading.readers, timeout=20_000)
    library.close()


def test_a_source_without_a_date_of_issue_says_what_is_lost_by_it(
    qtbot: Any, reading: Reading, tmp_path: Path
) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text("Minutes\n\nThey met on Wednesday.\n")
    reader = opened(qtbot, reading, file)
    assert "no date of issue" in reader.told.text()
    mark(reader, "They met on Wednesday.")
    go_on(reader)
    assert reader.form.date.value() == ""


def test_the_reader_opens_as_large_as_it_was(qtbot: Any, reading: Reading, page: Path) -> None:
    reader = opened(qtbot, reading, page)
    source = reader.source
    reader.resize(790, 600)
    reader.reject()
    reading.read_source(source)
    qtbot.waitUntil(lambda: source in reading.readers, timeout=20_000)
    assert reading.readers[source].size() == QSize(790, 600)


def test_a_passage_of_a_base_that_may_not_be_written_into_goes_into_a_copy(
    qtbot: Any,
    reader: Reader,
    reading: Reading,
    window: MainWindow,
    base: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(core, "shipped_base", lambda: base)
    source = reader.source
    mark(reader, MET)
    reader.take_passage()
    assert not reader.is_writing
    assert reader.where.text().startswith("This base is not to be written into")
    take_way(qtbot, window, "Make a copy and edit that…")
    (dialog,) = (one for one in window.findChildren(CopyBaseDialog) if one.isVisible())
    dialog.folder.line.setText(str(tmp_path / "ours"))
    press(qtbot, dialog, "Make the copy")
    qtbot.waitUntil(lambda: window.session.folder == tmp_path / "ours", timeout=20_000)
    qtbot.waitUntil(lambda: source in reading.readers, timeout=20_000)
    again = reading.readers[source]
    assert again is not reader
    assert again.is_writing
    assert again.form.entry()["cites"][0]["quote"] == MET


def test_one_button_is_filled_and_a_topic_that_was_taken_is_in_sight(
    qtbot: Any, reader: Reader
) -> None:
    assert reader.make_fact.property("role") == "main"
    mark(reader, MET)
    go_on(reader)
    assert not reader.make_fact.property("role")
    take(qtbot, reader, "Gas")
    topics = reader.form.topics
    (gas,) = topics.findItems("Gas", Qt.MatchFlag.MatchRecursive)
    assert topics.viewport().rect().contains(topics.visualItemRect(gas).center())


def test_a_further_passage_can_be_added_to_the_fact_in_hand(
    qtbot: Any, reader: Reader, window: MainWindow
) -> None:
    mark(reader, TRADE)
    go_on(reader)
    QTest.keyClicks(reader.form.statement, "Ministers met, and trade was told of.")
    reader.text.setFocus()
    mark(reader, "Ministers of Russia and Pakistan met")
    go_on(reader)
    assert reader.focusWidget() is reader.add_passage
    press(qtbot, reader, "Add it to this fact")
    assert not reader.add_passage.isVisible()
    assert reader.form.entry()["cites"] == [
        {
            "source": reader.source,
            "locator": {"paragraph": "2, 3"},
            "quote": f"Ministers of Russia and Pakistan met … {TRADE}",
        }
    ]
    reader.form.proposed._take_all()
    reader.save()
    assert not reader.is_writing, reader.said.text()
    assert len(reader.text.lit) == 2


def test_a_window_opens_without_what_reads_copies() -> None:
    """It is imported when a copy is first kept or read."""
    asked = (
        "import sys, briefgen.gui.reading\n"
        "print(*[name for name in sys.modules if name.startswith(('briefgen.capture.read',"
        " 'briefgen.gui.reading.reader', 'briefgen.gui.reading.choose_copy'))])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
