"""The drawn pages as a screen reader finds them: through Qt's text interface, as it asks."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QAccessible, QAccessibleTextInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from briefgen.gui.pages import spoken
from briefgen.gui.pages.panel import PagesPanel
from briefgen.gui.pages.pdfium import PdfPages
from briefgen.gui.pages.view import PagesView
from briefgen.gui.window import MainWindow

pytestmark = pytest.mark.skipif(not spoken.TRIED, reason="the pages as text stand in for it here")


@pytest.fixture
def view(qtbot: Any, window: MainWindow) -> PagesView:
    """The pages, all drawn."""
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    shown = window.findChild(PagesPanel)
    assert isinstance(shown, PagesPanel)
    qtbot.waitUntil(shown.view.is_settled, timeout=20_000)
    return shown.view


def asked(view: PagesView) -> QAccessibleTextInterface:
    """What a screen reader asks for its text."""
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == QAccessible.Role.Document
    assert found.text(QAccessible.Text.Name) == "Pages"
    text = found.textInterface()
    assert text is not None
    return text


def said(text: QAccessibleTextInterface) -> str:
    return text.text(0, text.characterCount())


def data_of(view: PagesView) -> bytes:
    assert view.preview is not None
    return view.preview.data


def test_the_text_is_that_of_the_pdf(view: PagesView, tmp_path: Path) -> None:
    everything = said(asked(view))
    with PdfPages(data_of(view)) as pages:
        for number in range(len(pages.sizes)):
            letters = pages.read(number)
            assert len(letters) > 20
            for hyphen in ("\x02", "\ufffe", "\r"):
                letters = letters.replace(hyphen, "")
            assert f"Page {number + 1} of {len(pages.sizes)}\n{letters.rstrip()}" in everything


def test_poppler_finds_the_same_words(view: PagesView, tmp_path: Path) -> None:
    (tmp_path / "pages.pdf").write_bytes(data_of(view))
    try:
        made = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", str(tmp_path / "pages.pdf"), "-"],
            capture_output=True, check=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no pdftotext")
    words = set(made.stdout.decode().replace("\f", " ").split())
    assert len(words) > 50
    ours = set(said(asked(view)).split())
    assert len(words & ours) / len(words) > 0.95


def test_a_letter_is_told_where_it_is_seen_and_found_there_again(view: PagesView) -> None:
    text = asked(view)
    everything = said(text)
    begin = everything.index("Russia and Pakistan opened talks on oil")
    rects = [text.characterRect(at) for at in range(begin, begin + 6)]
    corner = view.viewport().mapToGlobal(view.viewport().rect().topLeft())
    assert all(QRect(corner, view.viewport().size()).contains(rect) for rect in rects)
    assert all(one.center().x() < other.center().x() for one, other in pairwise(rects))
    assert len({rect.center().y() for rect in rects}) == 1
    assert [text.offsetAtPoint(rect.center()) for rect in rects] == list(range(begin, begin + 6))
    here = view.viewport().mapFromGlobal(rects[0].center())
    sentence = view.sight.sentence_at(here.toPointF())
    assert sentence is not None
    assert sentence.fact == "oil-talks"
    assert text.characterRect(0).isNull()  # "Page 1 of 2" is ours
    assert all(text.characterRect(at).height() < 60 for at in range(text.characterCount()))


def test_the_caret_goes_to_the_sentence_in_hand(
    window: MainWindow, view: PagesView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken.QAccessible, "isActive", lambda: True)
    window.session.point_at("exercise")
    text = asked(view)
    assert said(text)[text.cursorPosition() :].startswith("A joint exercise")


def test_a_caret_that_is_put_somewhere_brings_it_into_sight(qtbot: Any, view: PagesView) -> None:
    view.set_zoom(3.0)
    view.scrolling.to(0)
    text = asked(view)
    last = len(said(text).rstrip()) - 1
    assert (
        not view.viewport()
        .rect()
        .contains(view.viewport().mapFromGlobal(text.characterRect(last).center()))
    )
    text.setCursorPosition(last)
    assert text.cursorPosition() == last
    qtbot.waitUntil(
        lambda: (
            view.viewport().rect().top()
            <= view.viewport().mapFromGlobal(text.characterRect(last).center()).y()
            <= view.viewport().rect().bottom()
        )
    )


def test_other_pages_are_told_and_offsets_beyond_them_do_no_harm(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    text = asked(view)
    window.session.edit("Title", replace(window.session.spec, title="Quite another title"))
    qtbot.waitUntil(lambda: "Quite another title" in said(text), timeout=20_000)
    beyond = text.characterCount() + 100
    for offset in (-5, beyond, 2**31 - 1):
        text.setCursorPosition(offset)
        text.scrollToSubstring(offset, offset + 5)
        assert text.characterRect(offset).isNull()
        assert 0 <= text.cursorPosition() <= text.characterCount()
    assert text.text(beyond, beyond + 5) == ""
    view.show_nothing()
    assert said(text) == ""


def test_what_is_not_there_is_told_as_nothing(view: PagesView) -> None:
    found = QAccessible.queryAccessibleInterface(view)
    assert found.selectionInterface() is None
    assert found.valueInterface() is None
    assert found.tableCellInterface() is None
    assert found.actionInterface() is not None
    assert found.childCount() > 0


def test_interfaces_go_with_their_views_however_these_go(qtbot: Any) -> None:
    ways: list[Callable[[QWidget, PagesView], object]] = [
        lambda around, view: around.deleteLater(),
        lambda around, view: view.deleteLater(),
        lambda around, view: around.close(),
        lambda around, view: None,
    ]
    views = []
    for number in range(60):
        around = QWidget()
        view = PagesView()
        QVBoxLayout(around).addWidget(view)
        around.show()
        found = QAccessible.queryAccessibleInterface(view)
        assert found.parent() is not None
        assert found.textInterface().characterCount() == 0
        view.close_thread()
        ways[number % len(ways)](around, view)
        del found, around
        views.append(view if number % 3 else None)
        del view
        if number % 7 == 0:
            gc.collect()
        QTest.qWait(0)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del views
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [each for each in spoken._held if isValid(each)]
    assert len(left) < 3, left
