"""The library of sources, driven as a person would."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from briefgen.brief.spec.model import BriefSpec
from briefgen.editing.base_state import reread
from briefgen.facts.csl import CSL_TYPES
from briefgen.gui.editing.entry_dialog import SimpleDialog
from briefgen.gui.library import library_of
from briefgen.gui.library.merge_dialog import MergeDialog
from briefgen.gui.library.source_model import FACTS, GRADE
from briefgen.gui.library.sources_window import SourcesWindow
from briefgen.gui.view_models.document_kinds import DOCUMENT_KINDS, document_kind
from briefgen.gui.view_models.sources.table import source_rows
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.window import MainWindow
from gui.driving import press

SOURCES = """\
references:
- id: s1
  type: article-newspaper
  title: Oil talks open
  author: [{family: Świątek, given: Ewa}]
  container-title: Daily Post
  issued: 2011-05-18
  URL: https://post.example/oil
  custom: {reliability: B, reliability_note: a paper of record}
- id: s2
  type: report
  title: Trade yearbook
  issued: 2013
  custom: {reliability: D}
- id: s3
  type: webpage
  title: Oil talks open
  URL: https://www.post.example/oil/
  issued: 2011-05-18
  custom: {archive: oil.html}
"""


@pytest.fixture
def base(base: Path) -> Path:
    (base / "sources.yaml").write_text(SOURCES, "utf-8")
    text = (base / "facts/trade.yaml").read_text("utf-8")
    (base / "facts/trade.yaml").write_text(
        text.replace("statement: A trade fair was held.\n  cites: [{source: s2}]",
                     "statement: A trade fair was held.\n  cites: [{source: s3}]"), "utf-8"
    )  # fmt: skip
    return base


@pytest.fixture
def brief(base: Path) -> Path:
    """A brief beside the base that cites one of its sources."""
    path = base.parent / "fair.brief.yaml"
    path.write_text(
        f"format: 1\nbase: {base}\nselect: {{topics: [defence]}}\n"
        "# My own words:\ntext:\n  bottom_line: It was held [@s3].\n",
        "utf-8",
    )
    return path


@pytest.fixture
def sources(qtbot: Any, brief: Path, window: MainWindow) -> SourcesWindow:
    """The window of sources, the briefs looked through."""
    trigger(window, "&Sources…")
    shown = library_of(window).sources
    assert shown is not None
    qtbot.waitUntil(lambda: shown._briefs is not None and shown._task is None)
    return shown


def trigger(window: MainWindow, text: str) -> None:
    (action,) = (one for one in window.menus["Base"].actions() if one.text() == text)
    action.trigger()


def titles(sources: SourcesWindow) -> list[str]:
    return [row.id for row in sources.model.rows]


def choose(sources: SourcesWindow, *ids: str) -> None:
    """Click one source, and others with Ctrl."""
    for number, id_ in enumerate(ids):
        at = sources.table.visualRect(sources.model.index(sources.model.row_of(id_), 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(sources.table.viewport(), Qt.MouseButton.LeftButton, keys, at)


def cells(sources: SourcesWindow, id_: str) -> list[str]:
    row = sources.model.row_of(id_)
    return [
        str(sources.model.index(row, column).data())
        for column in range(sources.model.columnCount())
    ]


def test_every_source_stands_in_the_table(sources: SourcesWindow) -> None:
    assert cells(sources, "s1") == [
        "Oil talks open", "Świątek", "Newspaper article", "18 May 2011", "Daily Post", "B", "4", "",
        "no",
    ]  # fmt: skip
    assert cells(sources, "s3")[5:] == ["–", "1", "", "yes"]
    assert sources.said.text() == "3 sources"
    said = sources.model.index(0, GRADE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Grade: B, usually reliable"


def test_a_search_folds_letters_and_keeps_to_all_words(qtbot: Any, sources: SourcesWindow) -> None:
    QTest.keyClicks(sources.search, "swiatek OIL")
    qtbot.waitUntil(lambda: titles(sources) == ["s1"])
    assert sources.said.text() == "1 of 3 sources"
    sources.search.clear()
    QTest.keyClicks(sources.search, "2013 report")
    qtbot.waitUntil(lambda: titles(sources) == ["s2"])


def test_a_click_on_a_head_sorts_and_what_says_nothing_comes_last(sources: SourcesWindow) -> None:
    head = sources.table.header()

    def click(column: int) -> None:
        x = head.sectionViewportPosition(column) + head.sectionSize(column) // 2
        at = QPoint(x, head.height() // 2)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click(FACTS)
    assert titles(sources) == ["s3", "s2", "s1"]
    click(FACTS)
    assert titles(sources) == ["s1", "s2", "s3"]
    click(GRADE)
    assert titles(sources)[-1] == "s3"
    click(GRADE)
    assert titles(sources)[-1] == "s3"


def test_a_source_leads_to_its_facts_and_briefs(
    qtbot: Any, window: MainWindow, sources: SourcesWindow, brief: Path
) -> None:
    choose(sources, "s3")
    details = sources.details
    assert details.words.text() == (
        "“Oil talks open”, 18\u00a0May\u00a02011. https://www.post.example/oil/"
    )
    assert details.about.text() == "Web page · Not graded · Saved copy · Cited in texts as [@s3]"
    assert details.facts_head.text() == "1 fact cites it"
    assert details.briefs_head.text() == "1 brief uses it"
    assert details.briefs.item(0).text() == "fair"
    with qtbot.waitSignal(window.session.pointed_at) as pointed:
        at = details.facts.visualItemRect(details.facts.item(0)).center()
        QTest.mouseClick(details.facts.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert pointed.args[0] == "trade-draft"
    choose(sources, "s2")
    assert details.briefs_head.text() == "No brief uses it"


def test_the_list_shows_only_the_facts_of_a_source(
    qtbot: Any, window: MainWindow, sources: SourcesWindow
) -> None:
    choose(sources, "s2")
    press(qtbot, sources.details, "Show only these in the list")
    assert window.session.spec.select.sources == ("s2",)
    part: Any = window.facts_part
    assert part.model.listed.count == 3
    assert sources.said.text().startswith("The brief is limited to facts that cite this source")
    window.session.undo_stack.undo()
    assert window.session.spec.select.sources == ()


def test_a_citation_leads_to_its_source(qtbot: Any, window: MainWindow) -> None:
    part: Any = window.facts_part
    part.show_fact("gas-agreed")
    part.details.text.anchorClicked.emit(QUrl("source:s2"))
    shown = library_of(window).sources
    assert shown is not None
    assert shown.isVisible()
    assert [one.id for one in shown.chosen()] == ["s2"]
    assert 'href="source:s2"' in part.details.text.toHtml()
    qtbot.waitUntil(lambda: shown._task is None)


def test_a_grade_is_chosen_in_its_cell(
    qtbot: Any, window: MainWindow, sources: SourcesWindow, base: Path
) -> None:
    choose(sources, "s2")
    QTest.keyClick(sources.table, Qt.Key.Key_F2)
    (choice,) = sources.table.viewport().findChildren(ChoiceBox)
    qtbot.waitUntil(choice.view().isVisible)
    choice.setCurrentIndex(choice.findData("A"))
    choice.activated.emit(choice.currentIndex())
    assert window.session.base.sources["s2"].reliability == "A"
    assert changed(base, SOURCES) == ["-  custom: {reliability: D}", "+  custom: {reliability: A}"]
    assert sources.said.text() == "s2 is graded A now."
    press(qtbot, sources, "Undo")
    assert changed(base, SOURCES) == []
    assert window.session.base.sources["s2"].reliability == "D"


def changed(base: Path, before: str) -> list[str]:
    after = (base / "sources.yaml").read_text("utf-8")
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_source_is_edited_and_taken_out_only_when_nothing_names_it(
    qtbot: Any, window: MainWindow, sources: SourcesWindow, base: Path
) -> None:
    choose(sources, "s3")
    press(qtbot, sources, "Remove")
    assert sources.said.text().startswith("'s3' is named by 'trade-draft'")
    choose(sources, "s3")
    QTest.keyClick(sources.table, Qt.Key.Key_Return)
    dialog = sources.menu.dialog
    assert isinstance(dialog, SimpleDialog)
    assert dialog.form.own_id == "s3"
    dialog._leave()
    text = (base / "facts/trade.yaml").read_text("utf-8")
    (base / "facts/trade.yaml").write_text(text.replace("s3", "s2"), "utf-8")
    reread(base)
    window.session.reload_base()
    choose(sources, "s3")
    QTest.keyClick(sources.table, Qt.Key.Key_Delete)
    assert titles(sources) == ["s1", "s2"]
    assert "s3" not in window.session.base.sources


def test_duplicates_are_merged_with_the_briefs_that_name_them(
    qtbot: Any, window: MainWindow, sources: SourcesWindow, base: Path, brief: Path
) -> None:
    press(qtbot, sources, "Duplicates (1)…")
    dialog = sources.menu.dialog
    assert isinstance(dialog, MergeDialog)
    assert dialog.intro.text().startswith("They have the same URL.")
    assert (dialog.keep, dialog.gone) == ("s1", "s3")
    assert "1 fact cites s1 from now on" in dialog.changes.text()
    assert "facts/trade.yaml, sources.yaml" in dialog.changes.text()
    assert [path.name for path in dialog.naming.ticked] == ["fair.brief.yaml"]
    names = {one.accessibleName(): one for one in dialog.findChildren(QRadioButton)}
    assert names["Kind: Newspaper article"].isChecked()
    assert names["Saved copy: oil.html"].isChecked()  # what only one of them says is kept
    QTest.mouseClick(names["Kind: Web page"], Qt.MouseButton.LeftButton)
    before = brief.read_text("utf-8")
    files = dialog.naming.files
    at = files.visualItemRect(files.item(0)).center()
    QTest.mouseClick(files.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dialog.naming.ticked == []
    QTest.mouseClick(files.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dialog.naming.ticked == [brief]
    press(qtbot, dialog, "Merge")

    source = window.session.base.sources["s1"]
    assert "s3" not in window.session.base.sources
    assert (source.csl["type"], source.archive, source.reliability) == ("webpage", "oil.html", "B")
    assert window.session.index.facts(["trade-draft"])["trade-draft"].cites[0].source == "s1"
    assert brief.read_text("utf-8") == before.replace("@s3", "@s1")
    assert not window.session.index.problems
    press(qtbot, window.messages, "Undo")
    assert "s3" in window.session.base.sources
    assert brief.read_text("utf-8") == before
    assert changed(base, SOURCES) == []


def test_the_brief_in_hand_follows_a_merge_and_can_be_undone(
    qtbot: Any, open_window: Callable[..., MainWindow], brief: Path
) -> None:
    from briefgen.brief.spec.reader import read_spec

    window = open_window(read_spec(brief), brief)
    sources = library_of(window).show_sources()
    choose(sources, "s1", "s3")
    press(qtbot, sources, "Merge…")
    before = brief.read_text("utf-8")
    press(qtbot, sources.menu.dialog, "Merge")
    assert window.session.spec.text["bottom_line"] == "It was held [@s1]."
    assert brief.read_text("utf-8") == before  # it is saved by the person
    window.session.undo_stack.undo()
    assert window.session.spec.text["bottom_line"] == "It was held [@s3]."


def test_the_shipped_base_is_not_written_into(open_window: Callable[..., MainWindow]) -> None:
    window = open_window(BriefSpec(), base=None)
    sources = library_of(window).show_sources()
    for do in (sources.edit, sources.remove):
        window.messages.clear()
        sources.attempt(do)
        assert sources.menu.dialog is None
        assert "comes with briefgen" in window.messages.message
    sources.grade(sources.model.rows[0].id, "A")
    assert sources.said.text().endswith("sources")
    assert "comes with briefgen" in window.messages.message


def test_every_kind_of_document_has_words() -> None:
    assert sorted(type_ for type_, _ in DOCUMENT_KINDS) == sorted(CSL_TYPES)
    assert len({words for _, words in DOCUMENT_KINDS}) == len(CSL_TYPES)
    assert DOCUMENT_KINDS[0] == ("webpage", "Web page")
    assert document_kind("article-newspaper") == "Newspaper article"


def test_tab_goes_in_the_order_of_sight(qtbot: Any, sources: SourcesWindow) -> None:
    choose(sources, "s1", "s3")
    sources.search.setFocus()
    went = [one.accessibleName() or one.text() for one in tabbed(sources)]  # type: ignore[attr-defined]
    assert went == [
        "Search the sources", "New…", "Duplicates (1)…", "Import…", "Export…", "Sources",
        "Show only these in the list", "Facts that cite it", "Briefs that use it",
        "Merge…", "Close",
    ]  # fmt: skip
    sources.merge_chosen()
    dialog = sources.menu.dialog
    assert isinstance(dialog, MergeDialog)
    dialog.keeps[0].setFocus()
    through = tabbed(dialog)
    places = [one.mapTo(dialog, QPoint()).y() for one in through if isinstance(one, QRadioButton)]
    assert len(places) > len(dialog._choices)
    assert places == sorted(places)
    assert through[-1] is dialog.main_button
    dialog._leave()


def tabbed(dialog: QWidget) -> list[QWidget]:
    """Where Tab leads, once round, from where the keyboard is."""
    found: list[QWidget] = []
    while (now := dialog.focusWidget()) is not None and now not in found:
        found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return found


def test_twenty_thousand_sources_make_no_widget_each(
    qtbot: Any, base: Path, open_window: Callable[..., MainWindow]
) -> None:
    lines = [f"- {{id: x{n}, type: book, title: Book {n}, issued: {1800 + n % 200}}}"
             for n in range(20_000)]  # fmt: skip
    (base / "sources.yaml").write_text(SOURCES + "\n".join(lines) + "\n", "utf-8")
    window = open_window()
    qtbot.waitUntil(
        lambda: window.session.folder == base, timeout=60_000
    )  # read for the first time
    assert len(source_rows(window.session.index)) == 20_003
    sources = library_of(window).show_sources()
    assert sources.model.rowCount() == 20_003
    assert len(sources.table.findChildren(QLineEdit)) == 0
    sources.search.setText("book 19999")
    sources._search()
    assert titles(sources) == ["x19999"]
