"""Exporting: files in the folder that was used last, what is told of them, paper."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import OutputError
from briefgen.gui.exporting import export as exporting_module
from briefgen.gui.exporting.export import Exporting
from briefgen.gui.exporting.printing import ask_print, print_pages, set_up
from briefgen.gui.files import choosing, files_of
from briefgen.gui.files.question import Question
from briefgen.gui.pages.pdfium import PdfPages
from briefgen.gui.window import MainWindow
from gui.driving import press


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person chooses, each time that they are asked."""
    place = tmp_path / "briefings"
    place.mkdir()

    def ask(parent: Any, title: str, start: Path, then: Callable[[Path], None]) -> None:
        then(place)

    monkeypatch.setattr(choosing, "ask_folder", ask)
    return place


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What other programs were asked to open."""
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def exporting(window: MainWindow) -> Exporting:
    found = window.findChild(Exporting)
    assert isinstance(found, Exporting)
    return found


def entry(window: MainWindow, text: str) -> Any:
    for action in exporting(window).menu.actions():
        if action.text().replace("&", "").startswith(text):
            return action
    raise LookupError(text)


def take_way(qtbot: Any, window: MainWindow, name: str) -> None:
    for button in window.messages.findChildren(QPushButton):
        if button.text() == name:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise LookupError(name)


def told(qtbot: Any, window: MainWindow, start: str) -> str:
    """What is said once it starts so."""
    qtbot.waitUntil(lambda: window.messages.message.startswith(start), timeout=20_000)
    return window.messages.message


def test_the_one_filled_button_offers_what_the_menu_offers(window: MainWindow) -> None:
    filled = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.property("role") == "main"
    ]
    assert [button.accessibleName() for button in filled] == ["Export"]
    assert filled[0].menu() is exporting(window).menu
    shown = [action.text().replace("&", "") for action in window.menus["File"].actions()]
    assert "Export all (DOCX, PDF)…" in shown
    assert shown.index("Print…") < shown.index("Quit")


def test_the_folder_is_asked_for_once(
    qtbot: Any, window: MainWindow, folder: Path, opened: list[str], monkeypatch: Any
) -> None:
    entry(window, "Export all").trigger()
    assert told(qtbot, window, "Written: ").startswith(
        "Written: test-relations.docx, test-relations.pdf"
    )
    assert (folder / "test-relations.pdf").read_bytes().startswith(b"%PDF")
    take_way(qtbot, window, "Open PDF")
    assert opened == [str(folder / "test-relations.pdf")]

    monkeypatch.setattr(choosing, "ask_folder", None)  # asking again would fail
    assert entry(window, "Export all").text() == "Export &all (DOCX, PDF) to briefings"
    entry(window, "Export PDF").trigger()
    assert "(an older file was replaced)" in told(qtbot, window, "Written: test-relations.pdf")
    take_way(qtbot, window, "Show in folder")
    assert opened[1:] == [str(folder)]


def test_where_nothing_can_be_written_another_folder_is_offered(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    def export(request: Any, say: Callable[[str], None]) -> Any:
        raise OutputError("cannot write it", hint="choose another place")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting_module, "prepare_export", export)
        entry(window, "Export PDF").trigger()
        told(qtbot, window, "Cannot write it; choose another place")

    take_way(qtbot, window, "Export to…")
    told(qtbot, window, "Written: test-relations.pdf")


def test_what_is_on_the_screen_is_written_under_its_files_name(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    session = window.session
    session.set_brief(BriefSpec(outputs=("txt",)), folder / "energy.brief.yaml")
    session.edit("Title", replace(session.spec, title="As on the screen"))
    entry(window, "Export all").trigger()
    told(qtbot, window, "Written: energy.docx, energy.pdf, energy.txt")

    assert "As on the screen" in (folder / "energy.txt").read_text()
    assert not (folder / "energy.brief.yaml").exists()  # exporting saves nothing


def test_what_a_person_should_know_is_told(
    qtbot: Any, window: MainWindow, folder: Path, base: Path
) -> None:
    with (base / "facts/trade.yaml").open("a") as file:
        file.write("- id: faulty\n  topics: [trade]\n")
    session = window.session
    session.reload_base()
    session.edit("Pages", replace(session.spec, max_pages=1, template="chronology"))
    entry(window, "Export PDF").trigger()

    said = told(qtbot, window, "Written: ")
    assert "the fact base has " in said
    assert window.messages.property("kind") == "warning"


def test_nothing_to_export_is_said_and_nothing_written(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    session = window.session
    everything = (
        "oil-talks",
        "gas-agreed",
        "gas-not-agreed",
        "trade-2013",
        "trade-old",
        "exercise",
    )
    session.edit("x", replace(session.spec, edits=replace(session.spec.edits, exclude=everything)))
    entry(window, "Export PDF").trigger()

    qtbot.waitUntil(lambda: "nothing" in window.messages.message or "no fact" in
                    window.messages.message, timeout=20_000)  # fmt: skip
    assert list(folder.iterdir()) == []


def test_cancelling_before_files_are_written_leaves_none(
    qtbot: Any, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    whole = exporting_module.prepare_export

    def waiting(request: Any, say: Callable[[str], None]) -> Any:
        ready = whole(request, say)
        reached.set()
        go_on.wait(10)
        return ready

    monkeypatch.setattr(exporting_module, "prepare_export", waiting)
    entry(window, "Export PDF").trigger()
    qtbot.waitUntil(reached.is_set, timeout=20_000)
    task = exporting(window).task
    assert task is not None
    take_way(qtbot, window, "Cancel")
    with qtbot.waitSignal(task.ended, timeout=20_000):
        go_on.set()

    assert list(folder.iterdir()) == []
    assert window.messages.message == ""


def test_files_that_were_written_before_a_cancel_are_told(
    qtbot: Any, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    whole = exporting_module.write_export

    def slow_to_end(ready: Any) -> Any:
        done = whole(ready)
        reached.set()
        go_on.wait(10)
        return done

    monkeypatch.setattr(exporting_module, "write_export", slow_to_end)
    entry(window, "Export PDF").trigger()
    qtbot.waitUntil(reached.is_set, timeout=20_000)
    take_way(qtbot, window, "Cancel")
    go_on.set()

    told(qtbot, window, "Written before it could be cancelled: test-relations.pdf")


def test_the_folders_of_the_command_line_reach_the_export(
    qtbot: Any, open_window: Callable[..., MainWindow], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/own.yaml").write_text(
        "format: 1\nlabel: Own\ndescription: d\ntitle: Own\n"
        "sections: [{id: all, heading: All of it, show: bullets}]\n"
    )
    window = open_window(BriefSpec(template="own"), templates=str(tmp_path / "templates"))
    others = entry(window, "Other formats").menu()
    next(each for each in others.actions() if each.text() == "Export text").trigger()
    told(qtbot, window, "Written: own.txt")

    assert "All of it" in (folder / "own.txt").read_text()


# --- what others wrote there ------------------------------------------------------------------


def question(qtbot: Any, window: MainWindow) -> Question:
    """The question, once it is asked."""
    qtbot.waitUntil(lambda: bool(asked_in(window)), timeout=20_000)
    return asked_in(window)[0]


def asked_in(window: QWidget) -> list[Question]:
    return [each for each in window.findChildren(Question) if each.isVisible()]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_edited_by_hand_is_asked_about_and_enter_keeps_both(
    qtbot: Any, window: MainWindow, folder: Path, opened: list[str]
) -> None:
    entry(window, "Export all").trigger()
    told(qtbot, window, "Written: ")
    (folder / "test-relations.docx").write_bytes(b"edited in Word")
    window.messages.clear()
    entry(window, "Export all").trigger()
    asked = question(qtbot, window)

    assert asked.accessibleName() == (
        "test-relations.docx is there already, and not as this brief last wrote it."
    )
    assert files_in(folder)["test-relations.docx"] == b"edited in Word"
    qtbot.keyClick(asked, Qt.Key.Key_Return)

    said = told(qtbot, window, "Written: ")
    (copy,) = [name for name in files_in(folder) if " (kept " in name]
    assert files_in(folder)[copy] == b"edited in Word"
    assert files_in(folder)["test-relations.docx"].startswith(b"PK")
    assert f"what stood there is now “{copy}”" in said
    take_way(qtbot, window, "Show in folder")
    assert opened == [str(folder)]
    entry(window, "Export all").trigger()
    assert "(older files were replaced)" in told(qtbot, window, "Written: ")


def test_another_new_briefs_file_of_the_same_name_is_asked_about(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    entry(window, "Export PDF").trigger()
    told(qtbot, window, "Written: ")
    first = files_in(folder)["test-relations.pdf"]
    files_of(window)._write(folder / "test-relations.brief.yaml", None)
    entry(window, "Export PDF").trigger()  # the same brief, which has a file by now
    assert "kept" not in told(qtbot, window, "Written: ")

    files_of(window).new()
    window.session.edit("Template", replace(window.session.spec, template="chronology"))
    entry(window, "Export PDF").trigger()
    named = files_in(folder)
    qtbot.keyClick(question(qtbot, window), Qt.Key.Key_Return)
    told(qtbot, window, "Written: ")
    assert named["test-relations.pdf"][:5] == first[:5]
    (copy,) = [name for name in files_in(folder) if " (kept " in name]
    assert files_in(folder)[copy] == named["test-relations.pdf"]


def test_it_is_replaced_where_the_person_says_so(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    (folder / "test-relations.pdf").write_bytes(b"another brief's")
    entry(window, "Export PDF").trigger()
    press(qtbot, question(qtbot, window), "Replace")
    told(qtbot, window, "Written: test-relations.pdf")

    assert list(files_in(folder)) == ["test-relations.pdf"]
    assert files_in(folder)["test-relations.pdf"].startswith(b"%PDF")


def test_escape_writes_nothing_and_remembers_no_folder(
    qtbot: Any, window: MainWindow, folder: Path
) -> None:
    (folder / "test-relations.pdf").write_bytes(b"another brief's")
    entry(window, "Export PDF").trigger()
    qtbot.keyClick(question(qtbot, window), Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not asked_in(window))
    assert files_in(folder) == {"test-relations.pdf": b"another brief's"}
    assert exporting(window).task is None
    assert exporting(window).folder is None


def test_a_folder_that_cannot_be_written_to_is_not_remembered(
    qtbot: Any, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    for place in (good, bad):
        place.mkdir()
    (bad / "test-relations.pdf").mkdir()  # a folder stands in the way
    answers = [good, bad]
    starts: list[Path] = []

    def ask(parent: Any, title: str, start: Path, then: Callable[[Path], None]) -> None:
        starts.append(start)
        then(answers.pop(0))

    monkeypatch.setattr(choosing, "ask_folder", ask)
    entry(window, "Export PDF").trigger()
    told(qtbot, window, "Written: ")
    exporting(window).ask_folder(("pdf",))
    told(qtbot, window, "Cannot write ")

    assert exporting(window).folder == good
    assert entry(window, "Export all").text().endswith(" to good")
    answers.append(good)
    take_way(qtbot, window, "Export to…")
    told(qtbot, window, "Written: ")
    assert starts[1:] == [good, good]


# --- paper -------------------------------------------------------------------------------------


def a_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def test_printing_prints_the_very_pages(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    ask_print(window, lambda: a_printer(out))
    qtbot.waitUntil(lambda: bool(window.findChildren(QPrintDialog)), timeout=20_000)
    window.findChildren(QPrintDialog)[0].accept()
    told(qtbot, window, "Printed ")

    with PdfPages(out.read_bytes()) as printed:
        assert window.messages.message.startswith(f"Printed {len(printed.sizes)} page")
        across, up = printed.sizes[0]
        assert (round(across), round(up)) == (595, 842)
        picture = printed.draw(0, 200)
    dark = sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(200)
        for y in range(picture.height())
    )
    assert dark > 20  # there is something on it


@pytest.mark.parametrize(
    ("first", "last", "reverse", "count"), [(0, 0, False, 3), (2, 3, False, 2), (2, 0, True, 2)]
)
def test_the_pages_that_were_asked_for_are_printed(
    qtbot: Any, tmp_path: Path, first: int, last: int, reverse: bool, count: int
) -> None:
    three = tmp_path / "three.pdf"
    writer = QPdfWriter(str(three))
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(QSizeF(300, 200), QPageSize.Unit.Point, "", exact))
    painter = QPainter(writer)
    for number in range(3):
        if number:
            writer.newPage()
        painter.drawText(500, 500, str(number))
    painter.end()
    printer = a_printer(tmp_path / "out.pdf")
    set_up(printer, (300, 200))
    if first:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(first, last or 3)
    if reverse:
        printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)

    assert print_pages(three.read_bytes(), printer) == count
    with PdfPages((tmp_path / "out.pdf").read_bytes()) as printed:
        assert len(printed.sizes) == count
        assert [round(side) for side in printed.sizes[0]] == [300, 200]


def test_no_such_page_is_said(tmp_path: Path, qtbot: Any, window: MainWindow) -> None:
    printer = a_printer(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(7, 9)
    writer = QPdfWriter(str(tmp_path / "one.pdf"))
    QPainter(writer).end()

    with pytest.raises(OSError, match="there are no such pages"):
        print_pages((tmp_path / "one.pdf").read_bytes(), printer)


def test_what_the_template_requires_is_asked_for_in_words(
    open_window: Callable[..., MainWindow], folder: Path, qtbot: Any
) -> None:
    window = open_window(BriefSpec(template="talking-points", outputs=("txt",)))
    part = exporting(window)
    part.export(("txt",), folder)
    said = window.messages.findChildren(QPushButton)
    assert window.messages.text.text() == (
        "Not exported: Talking points still needs “Points to make”."
    )
    assert {one.text() for one in said if one.isVisible()} == {
        "Write “Points to make”", "Export as a draft", "Close",
    }  # fmt: skip
    assert list(folder.iterdir()) == []

    press(qtbot, window, "Export as a draft")
    qtbot.waitUntil(lambda: list(folder.iterdir()) != [], timeout=20_000)
    (written,) = folder.iterdir()
    assert "DRAFT" in written.read_text(encoding="utf-8")
