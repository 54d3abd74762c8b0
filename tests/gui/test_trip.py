"""From an empty machine to a base of one's own, a saved page, three facts and a PDF.

Once with the mouse, once with the keyboard alone; every click, key and text is counted. With
BRIEFGEN_TRIP set to a folder, each step leaves a picture there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from briefgen.facts.read import read_base
from briefgen.gui import look
from briefgen.gui.files import choosing
from briefgen.gui.home.new_base_dialog import NewBaseDialog
from briefgen.gui.reading import reading_of
from briefgen.gui.reading.reader import Reader
from briefgen.gui.window import MainWindow
from capture.copies import PAGE

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
MOST = 40

PASSAGES = (
    ("met in the capital on Wednesday to open talks on a gas pipeline", "Energy",
     "The two countries opened talks on a gas pipeline."),
    ("Trade stood at 542 million dollars last year", "Trade",
     "Trade between the two came to 542 million dollars."),
    ("Lavrov will visit Islamabad on 3 October", "Energy",
     "The Russian foreign minister is to visit Pakistan."),
)  # fmt: skip
"""The words that are marked, the topic of the fact, and its statement."""


class Person:
    """Sits at the app; what they do is counted: a click, a key with its modifiers, a text."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.actions: list[str] = []
        self._shots = os.environ.get("BRIEFGEN_TRIP", "")

    def see(self, what: QWidget, name: str) -> None:
        """A picture of a step."""
        if self._shots:
            Path(self._shots).mkdir(parents=True, exist_ok=True)
            QTest.qWait(150)
            what.grab().save(str(Path(self._shots) / f"{len(self.actions):02d}-{name}.png"))

    def did(self, what: str) -> None:
        self.actions.append(what)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=60_000)

    def turn_to(self, window: QWidget) -> None:
        """What opened is in front, and has the keyboard."""
        self.qtbot.waitExposed(window)
        window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is window)

    # --- with the mouse -------------------------------------------------------------------------

    def click(self, within: QWidget, text: str) -> None:
        """Click the one button in sight that says so."""
        self.wait(lambda: len(_buttons(within, text)) == 1)
        (found,) = _buttons(within, text)
        assert found.isEnabled(), text
        assert found.visibleRegion().contains(found.rect().center()), f"{text} is out of sight"
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
        self.did(f"click {text}")

    def mark(self, reader: Reader, words: str) -> None:
        """Mark words by dragging over them."""
        text = reader.text
        start = reader.shown.text.index(words)
        ends = []
        for at in (start, start + len(words)):
            cursor = QTextCursor(text.document())
            cursor.setPosition(at)
            ends.append(text.cursorRect(cursor).center())
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(text.viewport(), left, pos=ends[0])
        QTest.mouseMove(text.viewport(), ends[0] + QPoint(12, 0))
        QTest.mouseMove(text.viewport(), ends[1])
        QTest.mouseRelease(text.viewport(), left, pos=ends[1])
        assert text.textCursor().selectedText() == words
        self.did(f"mark {words[:20]}…")

    def drop(self, window: QWidget, file: Path) -> None:
        """Drop a file on a window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        place, copy = window.rect().center(), Qt.DropAction.CopyAction
        left = Qt.MouseButton.LeftButton
        entering = QDragEnterEvent(place, copy, data, left, NONE)
        QApplication.sendEvent(window, entering)
        assert entering.isAccepted()
        QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, data, left, NONE))
        self.did(f"drop {file.name}")

    def tick(self, tree: QTreeWidget, text: str) -> None:
        """Click the box of an entry, unless it is ticked."""
        (item,) = tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        if item.checkState(0) == Qt.CheckState.Checked:
            return
        rect = tree.visualItemRect(item)
        place = QPoint(rect.left() + 12, rect.center().y())
        self.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert item.checkState(0) == Qt.CheckState.Checked
        self.did(f"tick {text}")

    # --- with the keyboard ----------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(_focus(), text)
        self.did(f"type {text[:20]}…")

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        """Press a key where the keyboard is; holding it down counts once."""
        for _ in range(times):
            QTest.keyClick(_focus(), key, modifiers)
        self.did(f"press {key.name}")

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> None:
        """Press Tab until the keyboard is there."""
        for _ in range(80):
            if wanted(_focus()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("Tab does not lead there")


def _buttons(within: QWidget, text: str) -> list[QPushButton | QToolButton]:
    found: list[QPushButton | QToolButton] = []
    for kind in (QPushButton, QToolButton):
        found += [one for one in within.findChildren(kind) if one.text().replace("&", "") == text]
    return [one for one in found if one.isVisible()]


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None, "the keyboard is nowhere"
    return focus


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "downloads" / "talks.html"
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where exports go: the system's own chooser is not ours to test."""
    folder = tmp_path / "briefings"
    folder.mkdir()
    monkeypatch.setattr(choosing, "ask_folder", lambda *said: said[-1](folder))
    monkeypatch.setattr(choosing, "documents_folder", lambda: tmp_path)
    return folder


@pytest.fixture
def window(
    open_window: Callable[..., MainWindow], tmp_path: Path, out: Path, page: Path
) -> MainWindow:
    """The very first start: no settings, nothing remembered, no base of one's own."""
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = open_window(base=None, memory=memory)
    window.resize(1280, 720)
    window.activateWindow()
    if os.environ.get("BRIEFGEN_TRIP"):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.dress(app)
    return window


def made(window: MainWindow, out: Path) -> None:
    """What has come of it."""
    folder = window.session.folder
    read = read_base(folder)
    assert read.problems == ()
    assert read.base is not None
    assert read.base.title == "Gas and trade"
    (source,) = read.base.sources.values()
    assert (folder / "archive" / source.archive).is_file()
    assert source.archive_sha256
    facts = {fact.statement: fact for fact in read.facts}
    assert set(facts) == {statement for _, _, statement in PASSAGES}
    for words, topic, statement in PASSAGES:
        fact = facts[statement]
        assert fact.cites[0].quote == words
        assert fact.cites[0].locators[0][0] == "paragraph"
        assert fact.topics == (topic.lower(),)
        assert fact.date is not None
    dates = [facts[statement].date.text for *_, statement in PASSAGES]  # type: ignore[union-attr]
    assert dates == ["2013-08-28", "2012", "2013-10-03"]
    (file,) = out.glob("*.pdf")
    with pypdfium2.PdfDocument(file) as pdf:
        text = " ".join(
            " ".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
            .split()
        )  # fmt: skip
    for _, _, statement in PASSAGES:
        assert statement.rstrip(".").partition(" ")[2] in text, statement
    assert "The Gazette" in text


def reader_of(person: Person, window: MainWindow) -> Reader:
    readers = reading_of(window).readers
    person.wait(lambda: bool(readers))
    (reader,) = readers.values()
    person.turn_to(reader)
    return reader


def test_with_the_mouse(qtbot: Any, window: MainWindow, page: Path, out: Path) -> None:
    person = Person(qtbot)
    person.see(window, "start")
    person.click(window, "New base…")
    dialog = window.findChild(NewBaseDialog)
    assert dialog is not None
    person.turn_to(dialog)
    person.type("Gas and trade")
    person.press(Qt.Key.Key_Tab)
    person.type("Energy, Trade")
    person.see(dialog, "new-base")
    person.click(dialog, "Create the base")
    person.wait(lambda: window.session.base.title == "Gas and trade")
    person.see(window, "own-base")

    person.drop(window, page)
    person.wait(lambda: "is kept" in window.messages.message)
    person.see(window, "dropped")
    person.click(window.messages, "Read it")
    reader = reader_of(person, window)
    person.see(reader, "reader")
    for words, topic, statement in PASSAGES:
        person.mark(reader, words)
        person.click(reader, "Make a fact")
        person.see(reader, "passage")
        person.type(statement)
        if _buttons(reader, "Take all"):
            person.click(reader, "Take all")
        else:
            person.click(reader, reader.form.proposed.buttons[0][1].text())
        person.tick(reader.form.topics, topic)
        person.see(reader, "filled")
        attribution = reader.form.named["attribution"].field
        if reader.form.fact_kind.data() in ("position", "assessment"):
            qtbot.mouseClick(attribution, Qt.MouseButton.LeftButton)
            person.did("click Who says so")
            person.type("The ministry")
        person.click(reader, "Save the fact")
        assert not reader.is_writing, reader.said.text()
        person.see(reader, "saved")
    reader.close()
    person.did("close the reader")
    person.wait(lambda: not reading_of(window).readers)
    person.wait(lambda: window.session.preview is not None)
    person.see(window, "facts")
    person.click(window, "Export")
    person.did("choose a folder")
    person.wait(lambda: window.messages.message.startswith("Written"))
    person.see(window, "exported")

    made(window, out)
    assert len(person.actions) < MOST, person.actions


def test_with_the_keyboard_alone(qtbot: Any, window: MainWindow, page: Path, out: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(choosing, "ask_open", lambda *said: said[-1](page))
    person = Person(qtbot)
    person.turn_to(window)
    person.tab_to(lambda at: isinstance(at, QPushButton) and at.text() == "New base…")
    person.press(Qt.Key.Key_Space)
    dialog = window.findChild(NewBaseDialog)
    assert dialog is not None
    person.turn_to(dialog)
    person.type("Gas and trade")
    person.press(Qt.Key.Key_Tab)
    person.type("Energy, Trade")
    person.press(Qt.Key.Key_Return)
    person.wait(lambda: window.session.base.title == "Gas and trade")

    person.turn_to(window)
    person.press(Qt.Key.Key_D, CONTROL | SHIFT)
    person.did("choose the file")
    reader = reader_of(person, window)
    assert _focus() is reader.text
    for words, topic, statement in PASSAGES:
        start = reader.shown.text.index(words)
        person.press(Qt.Key.Key_Home, CONTROL)
        person.press(Qt.Key.Key_Right, times=start)
        person.press(Qt.Key.Key_Right, SHIFT, times=len(words))
        assert reader.text.textCursor().selectedText() == words
        person.press(Qt.Key.Key_Return, CONTROL)
        person.type(statement)
        person.tab_to(lambda at: at.accessibleName().startswith("Take "))
        person.press(Qt.Key.Key_Space)
        person.tab_to(lambda at: at is reader.form.fact_kind)
        if reader.form.fact_kind.data() is None:
            person.press(Qt.Key.Key_Down)
        person.tab_to(lambda at: at is reader.form.topics)
        person.press(Qt.Key.Key_Home)
        if topic == "Trade":
            person.press(Qt.Key.Key_Down)
        if topic.lower() not in (reader.form.topics.data() or []):
            person.press(Qt.Key.Key_Space)
        person.press(Qt.Key.Key_Return, CONTROL)
        assert not reader.is_writing, reader.said.text()
        assert _focus() is reader.text
    person.press(Qt.Key.Key_Escape)
    person.turn_to(window)
    person.wait(lambda: window.session.preview is not None)
    person.press(Qt.Key.Key_E, CONTROL)
    person.wait(lambda: window.messages.message.startswith("Written"))
    made(window, out)
