"""Sources and facts brought into a base through the window, and sources taken out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from briefgen.bibliography.read import read_bibliography
from briefgen.gui.library import library_of
from briefgen.gui.library.import_dialog import ImportDialog
from briefgen.gui.view_models.sources.importing import what_is_in
from briefgen.gui.window import MainWindow
from gui.driving import press

RIS = """\
TY  - RPRT
TI  - Gas yearbook
PY  - 2020
ID  - gas2020
ER  - 

TY  - NEWS
TI  - Oil talks open
DA  - 2011/05/18/
ER  - 

TY  - BOOK
TI  - Pipelines
PY  - 2001
ID  - pipes
ER  - 
"""  # noqa: W291
CSV = """\
statement,date,topics,kind,source
Talks on gas were held.,2011-03-02,energy.gas,event,s1
Nothing of it is known.,2012-99,energy.gas,event,s1
A gas pipeline was agreed on.,2012~,energy.gas,event,s1
Something else was said.,2013,unheard,event,s1
"""


@pytest.fixture
def importing(qtbot: Any, window: MainWindow, tmp_path: Path) -> Callable[..., ImportDialog]:
    """Import a file of this name with this text, through the menu, and wait till it is read."""

    def import_(name: str, text: str) -> ImportDialog:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        library = library_of(window)
        library.import_file(path)
        dialog = library.menu.dialog
        assert isinstance(dialog, ImportDialog)
        qtbot.waitUntil(lambda: dialog._task is None)
        return dialog

    return import_


def rows(dialog: ImportDialog) -> list[tuple[str, str, str]]:
    return [(row.place, row.state, row.words) for row in dialog.model.rows]


def test_every_entry_says_what_becomes_of_it(importing: Callable[..., ImportDialog]) -> None:
    dialog = importing("x.ris", RIS)
    assert dialog.intro.text() == "x.ris: 2 new, 1 there already. It goes into sources.yaml."
    assert rows(dialog) == [
        ("line 1", "new", "gas2020"),
        ("line 7", "same", "same title and year as s1"),
        ("line 12", "new", "pipes"),
    ]
    assert dialog.main_button.text() == "Import 2 sources"
    dialog._leave()


def test_only_what_is_ticked_is_imported_and_can_be_undone(
    qtbot: Any, window: MainWindow, base: Path, importing: Callable[..., ImportDialog]
) -> None:
    before = (base / "sources.yaml").read_text("utf-8")
    dialog = importing("x.ris", RIS)
    at = dialog.table.visualRect(dialog.model.index(0, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dialog.main_button.text() == "Import 1 source"
    press(qtbot, dialog, "Import 1 source")
    qtbot.waitUntil(lambda: library_of(window).menu.dialog is None)
    assert list(window.session.base.sources) == ["s1", "s2", "pipes"]
    assert window.messages.message == "1 source is in the base, in sources.yaml."
    press(qtbot, window.messages, "Undo")
    assert (base / "sources.yaml").read_text("utf-8") == before


def test_faulty_rows_of_facts_are_named_and_the_others_go_in(
    qtbot: Any, window: MainWindow, base: Path, importing: Callable[..., ImportDialog]
) -> None:
    dialog = importing("facts.csv", CSV)
    assert [row[:2] for row in rows(dialog)] == [
        ("row 2", "new"), ("row 3", "fault"), ("row 4", "same"), ("row 5", "fault"),
    ]  # fmt: skip
    assert "no month 99" in rows(dialog)[1][2]
    assert "unknown topic 'unheard'" in rows(dialog)[3][2]
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.row_words.text().startswith("Row 3: 'date'")
    dialog.shown.setCurrentIndex(3)
    dialog.shown.changed.emit()
    assert [row[0] for row in rows(dialog)] == ["row 3", "row 5"]
    dialog.target.setCurrentText("facts/energy.yaml")
    dialog.target.changed.emit()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog.intro.text().endswith("It goes into facts/energy.yaml.")
    press(qtbot, dialog, "Import 1 fact")
    qtbot.waitUntil(lambda: library_of(window).menu.dialog is None)
    assert "Talks on gas were held." in (base / "facts/energy.yaml").read_text("utf-8")
    assert not window.session.index.problems


def test_space_ticks_and_nothing_ticked_cannot_be_imported(
    importing: Callable[..., ImportDialog],
) -> None:
    dialog = importing("x.ris", RIS)
    dialog.table.setFocus()
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.ticked == set()
    assert not dialog.main_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.main_button.text() == "Import 2 sources"
    dialog._leave()


def test_what_is_no_bibliography_is_said_in_one_line(
    importing: Callable[..., ImportDialog],
) -> None:
    dialog = importing("x.json", "{")
    assert dialog.intro.text() == "x.json cannot be imported."
    assert dialog.said.text()
    assert "\n" not in dialog.said.text()
    assert not dialog.main_button.isEnabled()
    dialog._leave()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.csv", "", "facts"),
        ("a.xlsx", "", "facts"),
        ("a.bib", "", "sources"),
        ("a.json", '[{"statement": "x"}]', "facts"),
        ("a.json", '[{"type": "book"}]', "sources"),
        ("a.yaml", "", "sources"),
    ],
)
def test_a_file_tells_what_is_in_it(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert what_is_in(tmp_path / name) == what


@pytest.mark.parametrize("ending", [".bib", ".bibtex", ".ris", ".json", ".yaml"])
def test_sources_are_exported_in_every_format(
    qtbot: Any, window: MainWindow, tmp_path: Path, ending: str
) -> None:
    sources = library_of(window).show_sources()
    sources.export(tmp_path / f"out{ending}")
    qtbot.waitUntil(lambda: sources._exporting is None and sources._task is None, timeout=20_000)
    assert sources.said.text() == f"out{ending} is written."
    found = read_bibliography(tmp_path / f"out{ending}")
    assert [entry.item["title"] for entry in found.entries] == ["Oil talks open", "Trade yearbook"]


def test_several_chosen_sources_are_exported_alone(
    qtbot: Any, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = library_of(window).show_sources()
    press(qtbot, sources, "Export…")
    (menu,) = (one for one in sources.findChildren(QMenu) if one.isVisible())
    assert menu.actions()[0].text() == "All sources as BibLaTeX…"
    menu.close()
    asked: list[str] = []

    def answer(parent: Any, title: str, start: Path, kinds: str, then: Any) -> None:
        asked.append(f"{title} {start.name} {kinds}")
        then(tmp_path / "two.ris")

    monkeypatch.setattr("briefgen.gui.library.sources_window.ask_save", answer)
    sources.table.selectAll()
    press(qtbot, sources, "Export…")
    (menu,) = (one for one in sources.findChildren(QMenu) if one.isVisible())
    assert menu.actions()[2].text() == "The 2 chosen sources as RIS…"
    menu.actions()[2].trigger()
    menu.close()
    assert asked == ["Export as RIS sources.ris RIS (*.ris)"]
    qtbot.waitUntil(lambda: sources._exporting is None and sources._task is None)
    assert (tmp_path / "two.ris").read_text("utf-8").count("TY  -") == 2


def test_the_shipped_base_takes_nothing_in(open_window: Callable[..., MainWindow]) -> None:
    window = open_window(base=None)
    library_of(window).ask_import()
    assert library_of(window).menu.dialog is None
    assert "comes with briefgen" in window.messages.message


# --- tables that were not made for a fact base ---------------------------------------------------

TREATIES = """\
Title,Signed,Link,Status
Gas Transit Agreement,11 June 2011,https://t.example/1,in force
Visa Agreement,03/04/2012,https://t.example/2,in force
Oil Protocol,2013-99,https://t.example/3,in force
"""


def choose(dialog: ImportDialog, field: str, column: str | None = None, text: str = "") -> None:
    """Say what a field is, as a person does."""
    page = dialog.columns
    if column is not None:
        shown = [page.columns[field].itemText(n) for n in range(page.columns[field].count())]
        place = next(n for n, text in enumerate(shown) if text.partition("  ·  ")[0] == column)
        page.columns[field].setCurrentIndex(place)
        page.columns[field].changed.emit()
    if text:
        page.fillings[field].set_data(text)
        page.fillings[field].changed.emit()


def explained(qtbot: Any, dialog: ImportDialog) -> None:
    """Fill in the form for the treaties."""
    choose(dialog, "date", "Signed")
    choose(dialog, "source.URL", "Link")
    choose(dialog, "statement", text="{Title} was signed.")
    choose(dialog, "kind", text="agreement")
    choose(dialog, "topics", text="energy.gas")
    choose(dialog, "source.title", "Title")
    choose(dialog, "status", "no column")
    page = dialog.columns
    qtbot.waitUntil(lambda: bool(page.facts.text()) and dialog._task is None, timeout=20_000)


def test_a_form_asks_what_columns_do_not_say(
    qtbot: Any, window: MainWindow, base: Path, importing: Callable[..., ImportDialog]
) -> None:
    dialog = importing("treaties.csv", TREATIES)
    page = dialog.columns
    assert dialog.stack.currentWidget() is page
    assert page.intro.text().startswith(
        "Its columns do not say topics, kind, statement and a source."
    )
    assert page.fault.text() == "Still to be said: topics, kind, statement, a source."
    texts = [page.columns["date"].itemText(n) for n in range(page.columns["date"].count())]
    assert texts[:3] == ["no column", "Title  ·  Gas Transit Agreement", "Signed  ·  11 June 2011"]
    assert page.columns["status"].data() == "Status"
    explained(qtbot, dialog)
    assert page.facts.text() == (
        "11 June 2011: Gas Transit Agreement was signed.\n"
        "    ‘Gas Transit Agreement’, n.d., https://t.example/1."
    )
    assert page.counts.text() == "Of all rows: 1 new, 0 there already, 2 refused."
    assert page.fault.text().startswith("Row 3: '03/04/2012' is not clear as a date; ")
    assert "--" not in page.fault.text()
    page.dates.set_data("day-first")
    page.dates.changed.emit()
    qtbot.waitUntil(lambda: "2 new" in page.counts.text(), timeout=20_000)
    press(qtbot, dialog, "Show every row")
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=20_000)
    assert [row[:2] for row in rows(dialog)] == [
        ("row 2", "new"), ("row 3", "new"), ("row 4", "fault"),
    ]  # fmt: skip
    press(qtbot, dialog, "Import 2 facts")
    qtbot.waitUntil(lambda: library_of(window).menu.dialog is None)
    assert "statement: Visa Agreement was signed." in (base / "facts/imported.yaml").read_text()
    assert "URL: https://t.example/2" in (base / "sources.yaml").read_text("utf-8")
    assert not window.session.index.problems
    press(qtbot, window.messages, "Undo")
    assert "https://t.example/2" not in (base / "sources.yaml").read_text("utf-8")
    assert not (base / "facts/imported.yaml").exists()


def test_faulty_rows_are_saved_mended_and_imported_with_what_was_said_before(
    qtbot: Any, base: Path, tmp_path: Path, importing: Callable[..., ImportDialog]
) -> None:
    dialog = importing("treaties.csv", TREATIES)
    explained(qtbot, dialog)
    press(qtbot, dialog, "Show every row")
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=20_000)
    assert dialog.rejects_button.isVisible()
    dialog.save_rejects(tmp_path / "treaties.csv")
    assert dialog.said.text().endswith("is the table itself; give the rows another name")
    dialog.save_rejects(tmp_path / "faulty.csv")
    assert dialog.said.text() == "2 rows in faulty.csv: mend them there and import that."
    text = (tmp_path / "faulty.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "Title,Signed,Link,Status,why"
    press(qtbot, dialog, "Columns…")
    assert dialog.stack.currentWidget() is dialog.columns
    assert dialog.columns.fillings["statement"].data() == "{Title} was signed."
    dialog._leave()
    mended = importing("mended.csv", text.replace("03/04/2012", "3 April 2012"))
    assert mended.columns.columns["date"].data() == "Signed"
    assert mended.columns.fillings["kind"].data() == "agreement"
    mended._leave()


def test_a_table_that_explains_itself_needs_no_form(
    qtbot: Any, importing: Callable[..., ImportDialog]
) -> None:
    dialog = importing("facts.csv", CSV)
    assert dialog.stack.currentWidget() is dialog.rows_page
    press(qtbot, dialog, "Columns…")
    page = dialog.columns
    assert page.columns["cites"].data() == "source"
    qtbot.waitUntil(lambda: bool(page.counts.text()), timeout=20_000)
    assert page.counts.text() == "Of all rows: 1 new, 1 there already, 2 refused."
    dialog._leave()


def test_what_is_set_wrongly_is_said_without_flags(
    qtbot: Any, importing: Callable[..., ImportDialog]
) -> None:
    dialog = importing("treaties.csv", TREATIES)
    explained(qtbot, dialog)
    choose(dialog, "topics", text="unheard")
    qtbot.waitUntil(lambda: "unheard" in dialog.columns.fault.text(), timeout=20_000)
    assert dialog.columns.fault.text().startswith("Topics=unheard: unknown topic 'unheard'")
    assert dialog.columns.facts.text() == ""
    dialog._leave()
