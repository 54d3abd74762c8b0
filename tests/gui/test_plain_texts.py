"""No text of a base, a source or a brief is taken for markup or for a key to press, in any window."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtGui import Qt as QtOfGui
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from briefgen.brief.spec.reader import read_spec
from briefgen.gui.files import choosing
from briefgen.gui.widgets.building import label
from briefgen.gui.window import MainWindow
from gui.every_window import each_window, settle
from written_files import write_files

NASTY = "<b>Qz</b><img src=x> &amp; &Qz \u2067R\u2069 \u0627\u062a\u0641 12"
SIGN = "Qz"
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
ISOLATE = re.compile("[\u2066-\u2068][^\u2066-\u2069\n]*\u2069")
TURNS = re.compile("[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
UNSEEN = "\u202e\U000e0041"
"""Steers more than it closes, and is never seen: names of files may hold it."""
MOST_ROWS = 60
"""Rows and columns of a model that are looked at."""


def says(words: str) -> str:
    return f"{words} {NASTY}"


def fact(id_: str, topic: str, kind: str, day: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "date": day, "said": "2016-12", "topics": [topic], "kind": kind, "actors": ["russia", "lavrov"],
        "statement": says(f"Of {id_}"), "detail": says("Detail"), "attribution": says("speaker"),
        "cites": [{"source": "s1", "locator": {"page": "3"}}, {"source": "s2"}], **more,
    }  # fmt: skip


FILES = {
    "base.yaml": {
        "format": 1, "title": says("Base"), "language": "en",
        "topics": {"energy": says("Energy"), "energy.oil": says("Oil"), "trade": says("Trade")},
        "measures": {"trade": {"label": says("Volume"), "unit": "<u>Qz"}},
        "markings": [says("MARK")],
    },
    "actors.yaml": [
        {"id": "russia", "name": says("Russia"), "kind": "state", "aliases": [says("Moscow")]},
        {"id": "lavrov", "name": says("Lavrov"), "kind": "person", "roles": [
            {"title": says("Minister"), "of": "russia", "from": "2010", "cites": [{"source": "s1"}]}]},
    ],
    "sources.yaml": {"references": [
        {"id": "s1", "type": "report", "title": says("Talks"), "issued": "2013", "publisher": says("House"),
         "author": [{"literal": says("Bureau")}], "custom": {"reliability": "B", "reliability_note": says("why")}},
        {"id": "s2", "type": "report", "title": says("Yearbook"), "issued": "2014"},
    ]},
    "facts/facts.yaml": [
        fact("oil-talks", "energy.oil", "event", "2011-05-17", key=True, marking=says("MARK")),
        fact("gas", "energy", "position", "2012", disputes=["no-gas"]),
        fact("no-gas", "energy", "position", "2012"),
        fact("volume", "trade", "figure", "2013", figures=[
            {"measure": "trade", "value": 5, "unit": "<u>Qz", "period": "2013", "basis": "reported"}]),
        {**fact("old", "trade", "background", "2014"), "kind": says("odd")},
    ],
    "passages.yaml": [{"id": "both", "text": "Both were said \\<b\\>Qz [@gas; @volume].", "checked": {}}],
}  # fmt: skip
BRIEF = f"""\
format: 1
title: {json.dumps(says("Brief"), ensure_ascii=False)}
marking: {json.dumps(says("MARK"), ensure_ascii=False)}
prepared_for: {json.dumps(says("Post"), ensure_ascii=False)}
sections: {{add: [{{id: own, heading: {json.dumps(says("Own"), ensure_ascii=False)}, text: Text.}}]}}
"""

VISIT = f"""\
template: visit-brief
attendees: [{json.dumps(says("Guest"), ensure_ascii=False)}]
distribution: [{json.dumps(says("Desk"), ensure_ascii=False)}]
select: {{markings: [{json.dumps(says("MARK"), ensure_ascii=False)}]}}
"""


TEMPLATES = {
    "house.yaml": {
        "format": 1, "label": says("House"), "description": says("All in a line"), "title": "T",
        "sections": [{"id": "all", "heading": "All", "show": "bullets"}],
    },
    "broken.yaml": {"format": 1, "label": "Broken", says("description"): "x"},
}  # fmt: skip


@pytest.fixture(params=["", VISIT], ids=["country brief", "visit brief"])
def nasty_window(
    request: pytest.FixtureRequest,
    qtbot: Any,
    open_window: Callable[..., MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> MainWindow:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    for name in ("ask_open", "ask_save", "ask_folder"):
        monkeypatch.setattr(choosing, name, lambda *arguments: None)
    folder = tmp_path / f"a <b>Qz & &Qz {UNSEEN}"
    write_files(
        folder, {name: json.dumps(value, ensure_ascii=False) for name, value in FILES.items()}
    )
    templates = tmp_path / f"templates {UNSEEN}"
    write_files(templates, {name: json.dumps(value) for name, value in TEMPLATES.items()})
    brief = tmp_path / f"briefs <b>Qz &Qz {UNSEEN}" / f"brief <b>Qz & &Qz {UNSEEN}.brief.yaml"
    brief.parent.mkdir()
    brief.write_text(BRIEF + request.param, encoding="utf-8")
    window = open_window(read_spec(brief), brief, base=str(folder), templates=str(templates))
    window.activateWindow()
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    window.session.point_at("oil-talks")
    settle()
    return window


# --- what is looked at ---------------------------------------------------------------------------


def seen(tip: str) -> str:
    """A tooltip as Qt shows it."""
    if not QtOfGui.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def is_eaten(text: str) -> bool:
    """Whether a mark that is part of the words would be read as markup."""
    return SIGN in text and re.search(rf"<[bu]>{SIGN}", text) is None


def turn_fault(text: str) -> str:
    """Right-to-left letters, and characters that steer, pull what stands beside them unless isolated."""
    left, isolates = text, 1
    while isolates:
        left, isolates = ISOLATE.subn("", left)
    return f"{text!r} turns what stands beside it" if TURNS.search(left) else ""


def tip_fault(tip: str) -> str:
    if SIGN in tip and is_eaten(seen(tip)):
        return f"the tip {tip!r} is taken for markup"
    return turn_fault(tip)


def key_fault(text: str) -> str:
    """A single & in a button, a menu or a tab stands for a key and is not shown."""
    left = text.replace("&&", "")
    if SIGN in text and "&" in left:
        return f"{text!r} has a key that is none"
    return turn_fault(text)


def rows_of(model: QAbstractItemModel, under: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(model.rowCount(under), MOST_ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(under)
        for at in range(min(columns, MOST_ROWS)):
            yield model.index(row, at, under)
        yield from rows_of(model, model.index(row, 0, under))


def faults_of(widget: QWidget) -> Iterator[str]:
    """What a widget takes for something else than words."""
    for tip in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
        yield tip_fault(tip)
    if isinstance(widget, QLabel) and SIGN in widget.text():
        if widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"the label {widget.text()!r} may be read as markup"
        if widget.buddy() is not None:
            yield key_fault(widget.text())
    if isinstance(widget, QLabel):
        yield turn_fault(widget.text())
    if isinstance(widget, QAbstractButton):
        yield key_fault(widget.text())
    if isinstance(widget, QGroupBox):
        yield key_fault(widget.title())
    if isinstance(widget, QTabBar):
        for at in range(widget.count()):
            yield key_fault(widget.tabText(at))
            yield tip_fault(widget.tabToolTip(at))
    if isinstance(widget, QTextEdit) and is_eaten(widget.toPlainText()):
        yield f"{widget.toPlainText()[:200]!r} was taken for markup"
    if isinstance(widget, QTextEdit) and widget.isReadOnly():
        yield turn_fault(widget.toPlainText())
    if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
        for index in rows_of(widget.model(), QModelIndex()):
            for role in ROLES:
                yield tip_fault(str(index.data(role) or ""))
            yield turn_fault(str(index.data() or ""))
    menus = [widget] if isinstance(widget, QMenu) else []
    if isinstance(widget, QToolButton | QPushButton) and widget.menu() is not None:
        menus.append(widget.menu())
    for menu in menus:
        menu.aboutToShow.emit()
        yield key_fault(menu.title())
        for action in menu.actions():
            yield key_fault(action.text().partition("\t")[0])
            yield tip_fault(action.statusTip())
            if menu.toolTipsVisible():
                yield tip_fault(action.toolTip())


def faults_in(shown: QWidget) -> Iterator[str]:
    if isinstance(shown, QFileDialog):  # the system's own
        return
    for widget in [shown, *shown.findChildren(QWidget)]:
        for fault in faults_of(widget):
            if fault:
                yield f"{type(widget).__name__}: {fault}"


def words_in(shown: QWidget) -> int:
    """How many labels, buttons and rows there are that say something of the base."""
    labels = [one for one in shown.findChildren(QLabel) if SIGN in one.text()]
    buttons = [one for one in shown.findChildren(QAbstractButton) if SIGN in one.text()]
    rows = [
        index
        for view in shown.findChildren(QAbstractItemView)
        if view.model() is not None
        for index in rows_of(view.model(), QModelIndex())
        if SIGN in str(index.data() or "")
    ]
    return len(labels) + len(buttons) + len(rows)


# --- the tests -------------------------------------------------------------------------------------


def test_no_window_takes_words_for_anything_else(nasty_window: MainWindow) -> None:
    faults, windows, words = [], set(), 0
    for what, shown in each_window(nasty_window):
        windows.add(type(shown).__name__)
        words += words_in(shown)
        faults += [f"{what}: {fault}" for fault in faults_in(shown)]
    assert len(windows) >= 12, windows
    assert words > 60
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_what_is_taken_for_markup_is_found(qtbot: Any) -> None:
    """Faults of each kind, put in on purpose."""
    around = QWidget()
    qtbot.addWidget(around)
    label(says("plain")).setParent(around)
    assert list(faults_in(around)) == []
    turned = QLabel(says("turned"), around)
    turned.setTextFormat(Qt.TextFormat.PlainText)
    assert list(faults_in(around)) == [f"QLabel: {turned.text()!r} turns what stands beside it"]
    turned.setText("closed \u2067only\u2069")
    assert list(faults_in(around)) == []
    turned.setText("unseen \U000e0041")
    assert len(list(faults_in(around))) == 1
    QLabel(says("rich")).setParent(around)
    around.setToolTip(says("tip"))
    combo = QComboBox(around)
    combo.addItem("one")
    combo.setItemData(0, says("<i>tip</i>"), Qt.ItemDataRole.ToolTipRole)
    button = QToolButton(around)
    button.setText(says("button"))
    menu = QMenu(button)
    menu.addAction(says("entry"))
    button.setMenu(menu)
    text = QTextEdit(around)
    text.setHtml(says("html"))
    tabs = QTabBar(around)
    tabs.addTab(says("tab"))
    found = {fault.partition(":")[0] for fault in faults_in(around)}
    assert found >= {
        "QWidget",
        "QLabel",
        "QComboBox",
        "QToolButton",
        "QMenu",
        "QTextEdit",
        "QTabBar",
    }
