"""The pages as a person sees, scrolls, zooms, points at and reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from briefgen.brief.spec.model import BriefSpec, Edits, Judgement, OwnSection, SectionEdits, Sides
from briefgen.brief.spec.reader import read_spec
from briefgen.gui import look
from briefgen.gui.app import make_window
from briefgen.gui.facts.tab import FactsTab
from briefgen.gui.header.header import Header
from briefgen.gui.pages import page_maker_of
from briefgen.gui.pages.panel import PagesPanel
from briefgen.gui.pages.view import PagesView
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection
from briefgen.select.pick import select_facts
from gui.conftest import BASE, put_away
from left_running import held
from written_files import write_files

SETTLES = 20_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def only_window(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all tests in here: Pandoc and the process that makes pages start once."""
    folder = tmp_path_factory.mktemp("pages")
    write_files(folder / "base", BASE)
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.setenv(variable, str(folder / "home"))
        look.dress(qapp)
        memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = make_window(base=str(folder / "base"), memory=memory)
        window.show()
        with held("keeping what is not saved"):
            yield window
        put_away(window)


@pytest.fixture
def window(only_window: MainWindow) -> MainWindow:
    """The window as a first start shows it."""
    only_window.messages.clear()
    only_window.resize(1440, 900)
    only_window.session.set_brief(BriefSpec())
    return only_window


@pytest.fixture
def panel(qtbot: Any, window: MainWindow) -> PagesPanel:
    """The pages of the small base, drawn, and nothing done with them yet."""
    panel = window.findChild(PagesPanel)
    assert isinstance(panel, PagesPanel)
    panel.view.set_fit("width")
    settle(qtbot, window)
    panel.view.pointer.clear()
    panel.view.choice.clear()
    panel.view.verticalScrollBar().setValue(0)
    panel.view.horizontalScrollBar().setValue(0)
    return panel


@pytest.fixture
def view(panel: PagesPanel) -> PagesView:
    return panel.view


def settle(qtbot: Any, window: MainWindow) -> None:
    """Wait until the brief as it is now is drawn."""
    panel = window.findChild(PagesPanel)
    assert isinstance(panel, PagesPanel)
    qtbot.waitUntil(
        lambda: (
            not page_maker_of(window).busy
            and panel.view.preview is window.session.preview
            and panel.view.is_settled()
        ),
        timeout=SETTLES,
    )


def edit(qtbot: Any, window: MainWindow, **changes: Any) -> None:
    window.session.edit("An edit", replace(window.session.spec, **changes))
    settle(qtbot, window)


def still(qtbot: Any, view: PagesView) -> int:
    """Where the pages are scrolled to when they have come to rest."""
    qtbot.waitUntil(lambda: not view.scrolling.moves)
    return view.verticalScrollBar().value()


def ink(view: PagesView) -> int:
    """How many pixels of what is seen are dark."""
    picture = view.viewport().grab().toImage()
    return sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def long_brief(qtbot: Any, window: MainWindow) -> None:
    """The same brief, on several pages."""
    long = dict.fromkeys(("oil-talks", "trade-2013", "exercise"), "And so it went on. " * 150)
    edit(qtbot, window, edits=Edits(reword=long), select=window.session.spec.select)


def test_the_pages_are_seen_and_told(window: MainWindow, panel: PagesPanel) -> None:
    pages = window.session.preview.pages
    assert ink(panel.view) > 200
    assert panel.bar.place.text == f"Page 1 of {pages}"
    assert panel.view.accessibleName() == "Pages"
    assert panel.view.accessibleDescription() == f"Page 1 of {pages}"


def test_the_budget_is_told_above_the_pages(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    preview = window.session.preview
    allowed = preview.counted
    edit(qtbot, window, max_pages=allowed)
    assert panel.bar.place.text.startswith(f"Page 1 of {preview.pages} · ")
    assert "room" in panel.bar.place.text

    long_brief(qtbot, window)
    preview = window.session.preview
    more = preview.counted - allowed
    said = f"{more} page{'' if more == 1 else 's'} over the {allowed} allowed"
    assert panel.bar.place.text == f"▲ Page 1 of {preview.pages} · {said}"


def test_one_click_fits_the_brief_into_its_budget_and_one_takes_it_back(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    assert not panel.bar.to_budget.isVisible()
    facts = select_facts(window.session.index, window.session.spec.select)
    lengthy = {fact.id: "And so it went on. " * 60 for fact in facts if not fact.key}
    edit(qtbot, window, edits=Edits(reword=lengthy), max_pages=1)
    asked = window.session.spec
    assert panel.bar.to_budget.isVisible()

    qtbot.mouseClick(panel.bar.to_budget, LEFT)
    qtbot.mouseClick(panel.fitting.all, LEFT)
    assert not panel.fitting.isVisible()
    qtbot.waitUntil(lambda: window.session.spec != asked, timeout=SETTLES)
    settle(qtbot, window)

    spec = window.session.spec
    assert spec.sections != asked.sections
    assert replace(spec, sections=asked.sections) == asked
    assert window.session.preview.counted == 1
    assert not panel.bar.to_budget.isVisible()
    assert re.match("(At most \\d+ instead of \\d+ in|Left out) “", window.messages.message)
    assert window.session.undo_stack.undoText() == "Fit into 1 page"

    window.session.undo_stack.undo()
    assert window.session.spec == asked


def test_where_no_page_can_be_saved_the_brief_stays_as_it_is(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    edit(qtbot, window, text={"bottom_line": "And so it went on. " * 400}, max_pages=1)
    asked = window.session.spec

    qtbot.mouseClick(panel.bar.to_budget, LEFT)
    qtbot.mouseClick(panel.fitting.all, LEFT)
    qtbot.waitUntil(lambda: "more than the 1 allowed" in window.messages.message, timeout=SETTLES)

    assert "are the fewest it can have with all that you wrote" in window.messages.message
    assert window.session.spec == asked


def test_each_choice_says_what_it_brings_and_does_it(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    facts = select_facts(window.session.index, window.session.spec.select)
    lengthy = {fact.id: "And so it went on. " * 60 for fact in facts if not fact.key}
    edit(qtbot, window, edits=Edits(reword=lengthy), max_pages=1)
    asked, sheet = window.session.spec, panel.fitting
    qtbot.mouseClick(panel.bar.to_budget, LEFT)
    qtbot.waitUntil(lambda: bool(sheet.choices), timeout=SETTLES)
    assert "1 page allowed" in sheet.said.text()
    for choice in sheet.choices:
        assert re.fullmatch(
            r"(Leave out|Limit) “.+: (fits, with \d+\.\d pages|−\d+\.\d pages?|a line or two)",
            choice.text(),
        )
    while sheet.isVisible():
        before = window.session.spec
        qtbot.mouseClick(sheet.choices[0], LEFT)
        assert window.session.spec != before
        assert window.session.undo_stack.undoText() in sheet.choices[0].text()
        qtbot.waitUntil(
            lambda: not sheet.isVisible() or (sheet.choices and sheet.choices[0].isEnabled()),
            timeout=SETTLES,
        )
    settle(qtbot, window)
    assert window.session.preview.over_budget == ""
    assert replace(window.session.spec, sections=asked.sections) == asked
    window.session.undo_stack.setIndex(0)


def test_the_choices_are_closed_with_escape(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    edit(qtbot, window, text={"bottom_line": "And so it went on. " * 400}, max_pages=1)
    qtbot.mouseClick(panel.bar.to_budget, LEFT)
    assert window.focusWidget() is panel.fitting.all
    qtbot.keyClick(panel.fitting.all, Qt.Key.Key_Escape)
    assert not panel.fitting.isVisible()


# --- facts ----------------------------------------------------------------------------------------


def test_a_click_on_a_sentence_points_at_its_fact(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    with qtbot.waitSignal(window.session.pointed_at) as pointed:
        qtbot.mouseClick(view.viewport(), LEFT, pos=view.point_of("exercise"))

    assert pointed.args == ["exercise", view]
    assert view.pointer.fact == "exercise"


def test_a_hand_points_over_sentences(qtbot: Any, view: PagesView) -> None:
    qtbot.mouseMove(view.viewport(), view.point_of("exercise"))
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(view.viewport(), QPoint(3, 3))
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor)


def test_a_fact_pointed_at_elsewhere_is_brought_into_sight(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    window.session.point_at("trade-old", None)
    still(qtbot, view)

    assert view.viewport().rect().contains(view.point_of("trade-old"))
    where = still(qtbot, view)
    assert where > 0
    # What is in sight already stays where it is.
    window.session.point_at("exercise", None)
    if view.viewport().rect().contains(view.point_of("exercise")):
        assert still(qtbot, view) == where


def test_pointing_again_leads_to_the_next_place(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    assert len(view.sight.sentences_of("oil-talks")) > 1  # among the key points, and in its section
    window.session.point_at("oil-talks", None)
    first = still(qtbot, view)

    window.session.point_at("oil-talks", None)
    assert still(qtbot, view) > first

    # And round again, by the menu.
    for _ in view.sight.sentences_of("oil-talks")[1:]:
        view.pointer.next_place()
    still(qtbot, view)
    assert view.viewport().rect().contains(view.point_of("oil-talks"))


def test_the_keyboard_goes_from_sentence_to_sentence(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    pointed: list[str] = []
    window.session.pointed_at.connect(lambda fact, by: pointed.append(fact))
    everything = [sentence.fact for sentence in view.sight.document.sentences.all]  # type: ignore[union-attr]
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert pointed == [*everything[:3], everything[1]]


def test_what_is_pointed_at_is_marked_by_more_than_colour(
    window: MainWindow, view: PagesView
) -> None:
    before = view.viewport().grab().toImage()
    window.session.point_at("exercise", None)
    after = view.viewport().grab().toImage()
    place = view.sight.rect_of(view.sight.lines(view.sight.sentences_of("exercise")[0])[0])
    bar = QPoint(round(place.left()) - 3, place.center().toPoint().y())

    # A bar stands before its lines, dark enough for a printer without colour.
    assert before.pixelColor(bar).lightness() > 240
    assert after.pixelColor(bar).lightness() < 110


# --- new pages ------------------------------------------------------------------------------------


def test_what_is_read_stays_in_its_place_when_pages_change(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    window.session.point_at("trade-old", None)
    still(qtbot, view)
    before = view.point_of("trade-old").y()

    edits = window.session.spec.edits
    edit(qtbot, window, edits=replace(edits, exclude=("gas-agreed", "gas-not-agreed")))

    # It may have come to stand somewhere else as well; where it was read, it is still.
    stands = [
        view.point_of("trade-old", n).y() for n in range(len(view.sight.sentences_of("trade-old")))
    ]
    assert min(abs(y - before) for y in stands) <= 2


def test_old_pages_stay_until_new_ones_are_drawn(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    least = [ink(view)]
    view.moved.connect(lambda: least.append(ink(view)))
    window.session.edit("An edit", replace(window.session.spec, title="Another title"))
    while view.preview is None or view.preview.title != "Another title":
        QApplication.processEvents()
        least.append(ink(view))

    assert min(least) > 200


def test_why_there_are_no_pages_is_said_over_the_old_ones(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    select = window.session.spec.select
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.edit(
            "An edit", replace(window.session.spec, select=replace(select, text="zebrafish"))
        )

    assert panel.notice.isVisible()
    assert panel.notice.text() == (
        "The selection finds no fact; widen the dates or choose more topics."
    )
    assert panel.bar.place.text == "The pages are those of before"
    assert panel.view.preview is not None

    edit(qtbot, window, select=select)
    assert not panel.notice.isVisible()
    assert panel.bar.place.text.startswith("Page 1 of ")


def test_pages_of_another_brief_do_not_stay_when_this_one_has_none(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    assert panel.view.pages > 0
    spec = window.session.spec
    other = replace(spec, title="Other", select=replace(spec.select, topics=("enrgy",)))
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.set_brief(other)

    assert panel.view.pages == 0
    assert panel.bar.place.text == "No pages"
    assert panel.notice.text() == "The base has no topic 'enrgy'; did you mean 'energy'?"

    with qtbot.waitSignal(window.session.pages_made, timeout=SETTLES):
        window.session.edit("An edit", replace(other, select=spec.select))
    qtbot.waitUntil(lambda: panel.view.pages > 0, timeout=SETTLES)
    assert not panel.notice.isVisible()


def test_why_there_are_no_pages_names_what_is_on_the_screen(
    qtbot: Any, window: MainWindow, panel: PagesPanel, tmp_path: Path
) -> None:
    path = tmp_path / "mine.brief.yaml"
    path.write_text("format: 1\ntext: {bottom_line: Oil came.}\n", encoding="utf-8")
    spec = window.session.spec
    with qtbot.waitSignal(window.session.pages_made, timeout=SETTLES):
        window.session.set_brief(replace(read_spec(path), base=spec.base), path)
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.edit(
            "An edit", replace(window.session.spec, text={"bottom_line": "Oil [@nobody]."})
        )

    assert panel.notice.text() == (
        "[@nobody] names no fact and no source of the base; correct the id."
    )


def test_pages_that_take_a_moment_are_announced_in_a_corner(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    before = panel.view.geometry()
    window.session.pages_awaited.emit()
    qtbot.waitUntil(lambda: panel.notice.isVisible())

    assert panel.notice.text() == "updating …"
    assert panel.view.geometry() == before


# --- zoom and travel ------------------------------------------------------------------------------


def test_zoom_keeps_what_is_under_the_pointer(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    point = QPointF(view.point_of("exercise"))
    spot = view.sight.spot(point)
    zoom = view.zoom
    turn = QWheelEvent(
        point, view.viewport().mapToGlobal(point), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    for _ in range(4):
        QApplication.sendEvent(view.viewport(), turn)

    assert view.zoom > zoom * 1.3
    assert view.fit == ""
    page, x, y = view.sight.spot(point)
    assert page == spot[0]
    assert (x, y) == pytest.approx(spot[1:], abs=2.0)


def test_fit_width_and_fit_page(qtbot: Any, window: MainWindow, panel: PagesPanel) -> None:
    view = panel.view
    view.set_zoom(2.0)
    assert panel.bar.zoom.text() == "200 %"
    assert view.horizontalScrollBar().maximum() > 0

    qtbot.mouseClick(panel.bar.fit, LEFT)
    assert view.horizontalScrollBar().maximum() == 0
    assert panel.bar.fit.isChecked()

    view.set_fit("page")
    sheet = view.sight.document.desk.sheets[0]  # type: ignore[union-attr]
    assert sheet.height <= view.viewport().height()


def test_keys_page_through(qtbot: Any, window: MainWindow, panel: PagesPanel) -> None:
    view = panel.view
    long_brief(qtbot, window)
    assert view.pages > 2

    qtbot.keyClick(view, Qt.Key.Key_End)
    still(qtbot, view)
    assert panel.bar.place.text == f"Page {view.pages} of {view.pages}"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert still(qtbot, view) == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert still(qtbot, view) > view.viewport().height() // 2
    qtbot.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    still(qtbot, view)
    assert view.page > 0


def test_a_window_of_another_size_shows_the_same_place(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    view.go_to_page(1)
    still(qtbot, view)
    page, _, up = view.sight.spot(QPointF(0, 0))

    window.resize(1100, 700)
    settle(qtbot, window)

    assert view.sight.spot(QPointF(0, 0))[0] == page
    assert view.sight.spot(QPointF(0, 0))[2] == pytest.approx(up, abs=4)


def test_a_note_s_mark_leads_to_the_note_and_back(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    edit(qtbot, window, notes="end")
    long_brief(qtbot, window)
    links = view.sight.document.links[0]  # type: ignore[union-attr]
    mark = next(link for link in links if not link.address and link.page > 0)
    sheet = view.sight.document.desk.box(0, mark.box)  # type: ignore[union-attr]
    view.verticalScrollBar().setValue(max(0, round(sheet.top) - 200))
    before = view.verticalScrollBar().value()
    point = view.sight.rect_of(sheet).center().toPoint()

    qtbot.mouseClick(view.viewport(), LEFT, pos=point)
    assert still(qtbot, view) > before

    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert still(qtbot, view) == before


# --- words ----------------------------------------------------------------------------------------


def test_words_are_found_marked_and_gone_through(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    qtbot.keyClick(
        window, Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )  # fmt: skip
    bar, view = panel.find_bar, panel.view
    assert bar.isVisible()
    qtbot.keyClicks(bar.words, "gas PIPELINE")
    qtbot.waitUntil(lambda: bool(view.words.hits) and not view.words.searching)

    assert len(view.words.hits) >= 2
    assert bar.count.text() == f"1 of {len(view.words.hits)}"
    qtbot.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {len(view.words.hits)}"
    qtbot.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"{len(view.words.hits)} of {len(view.words.hits)}"

    window.activateWindow()
    bar.words.setFocus()
    for button, place in ((bar.next, 1), (bar.previous, len(view.words.hits))):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bar.count.text() == f"{place} of {len(view.words.hits)}"
        assert QApplication.focusWidget() is bar.words  # and not on the pages

    # The marks follow the brief.
    edit(qtbot, window, edits=Edits(exclude=("gas-agreed", "gas-not-agreed")))
    qtbot.waitUntil(lambda: not view.words.searching)
    assert bar.count.text() == "not found"

    qtbot.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert view.words.hits == []


def test_text_is_chosen_by_dragging_and_copied(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    place = view.sight.rect_of(view.sight.lines(view.sight.sentences_of("exercise")[0])[0])
    start, end = place.center().toPoint(), place.center().toPoint()
    start.setX(round(place.left()) + 1)
    end.setX(round(place.right()) - 2)
    room = view.viewport()
    qtbot.mousePress(room, LEFT, pos=start)
    qtbot.mouseMove(room, (start + end) / 2)
    qtbot.mouseMove(room, end)
    qtbot.mouseRelease(room, LEFT, pos=end)
    qtbot.waitUntil(lambda: view.choice.text.startswith("A joint exercise was held"))

    assert view.pointer.fact == ""  # a drag is no click
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.choice.text


def test_a_double_click_chooses_a_word_where_no_fact_is(qtbot: Any, view: PagesView) -> None:
    document = view.sight.document
    assert document is not None
    # The title, which is no fact's and not the author's.
    title = view.sight.rect_of(document.desk.box(0, (78.0, 733.0, 88.0, 741.0)))
    qtbot.mouseDClick(view.viewport(), LEFT, pos=title.center().toPoint())
    qtbot.waitUntil(lambda: view.choice.text == "Test")


# --- to the editor of what stands there --------------------------------------------------------


def own_point(view: PagesView, field: str) -> QPoint:
    """Where in the viewport the words of a field are seen."""
    document = view.sight.document
    assert document is not None
    own = next(one for one in document.preview.own_places if one.field == field)
    sheet = document.desk.box(own.page, (own.left, own.bottom, own.right, own.top))
    view.scrolling.to(max(0.0, sheet.top - 100))
    view.scrolling.arrive()
    return view.sight.rect_of(sheet).center().toPoint()


def test_a_double_click_on_a_fact_rewords_it(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    window.tabs.setCurrentIndex(1)
    facts = window.findChild(FactsTab)
    point = view.point_of("exercise")
    qtbot.mouseClick(view.viewport(), LEFT, pos=point)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point)

    assert window.tabs.currentWidget() is facts
    qtbot.waitUntil(lambda: facts.view.editor is not None)
    assert facts.view.editor.wording == "A joint exercise was held."
    assert window.focusWidget() is facts.view.editor.text
    qtbot.keyClick(facts.view.editor.text, Qt.Key.Key_Escape)
    assert view.choice.text == ""


OWN = BriefSpec(
    text={"bottom_line": "Talks go on.", "unknown": "Nobody knows the price."},
    judgements=(
        Judgement("Talks will go on.", "likely", "low", ("oil-talks",)),
        Judgement("No price will be named.", "unlikely", "low", ("oil-talks",)),
    ),
    sections=SectionEdits(
        add=(OwnSection("outlook", "Outlook", "Winter comes."),), leads={"energy": "Energy first."}
    ),
    changes="All of it.",
)


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("text.bottom_line", "Bottom line"),
        ("judgements.1", "Judgement 2"),
        ("sections.add.outlook", "Text of your section"),
        ("sections.leads.energy", "First words on Energy"),
        ("changes", "What changed since the last issue"),
    ],
)
def test_a_click_on_ones_own_words_opens_their_field(
    qtbot: Any, window: MainWindow, view: PagesView, field: str, label: str
) -> None:
    window.session.set_brief(OWN)
    settle(qtbot, window)
    qtbot.mouseClick(view.viewport(), LEFT, pos=own_point(view, field))

    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == label
    window.findChild(Header).sheet.close_sheet()


# --- the last time --------------------------------------------------------------------------------


def test_zoom_is_remembered(open_window: Callable[..., MainWindow]) -> None:
    window = open_window()
    panel = window.findChild(PagesPanel)
    assert isinstance(panel, PagesPanel)
    panel.view.set_zoom(1.25)
    window.session.undo_stack.setClean()
    window.close()
    assert window.memory.value("pages/zoom") == "125"


def test_text_from_data_is_never_markup(qtbot: Any, window: MainWindow, panel: PagesPanel) -> None:
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.edit("x", replace(window.session.spec, style="<b>no such</b>"))

    assert "<b>no such</b>" in panel.notice.text()
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in panel.findChildren(QLabel)
    )
    assert "&lt;b&gt;" in panel.bar.place.toolTip()


def test_the_first_place_of_a_fact_is_shown_on_asking(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    window.session.place_asked.emit("exercise")
    (first, *_) = view.sight.sentences_of("exercise")
    still(qtbot, view)
    assert view.pointer.fact == "exercise"
    assert view.sight.shows(first)
    view.verticalScrollBar().setValue(0)
    window.session.place_asked.emit("exercise")
    still(qtbot, view)
    assert view.sight.shows(first), "the same again, and not the next place"

    window.show_alone("facts")
    window.session.place_asked.emit("exercise")
    assert window.parts["pages"].isVisible()
    window.show_alone(None)


# --- what is still to be said ------------------------------------------------------------------


def test_what_is_still_to_be_said_is_said_in_words_with_the_way_there(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    assert not panel.asking.isVisible()
    window.session.set_brief(BriefSpec(template="talking-points"))
    settle(qtbot, window)
    assert (
        panel.asking.said.text() == "▲ Talking points still needs both sides and “Points to make”."
    )
    sides, lines = panel.asking.buttons
    assert (sides.text(), lines.text()) == ("Name the sides", "Write “Points to make”")

    qtbot.mouseClick(lines, LEFT)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Points to make"
    qtbot.keyClicks(focused, "We want gas.")
    assert [one.text() for one in panel.asking.buttons] == ["Name the sides"]
    assert window.focusWidget() is focused

    edit(qtbot, window, sides=Sides(("pakistan",), ("russia",)))
    assert not panel.asking.isVisible()


def test_a_brief_on_nothing_leads_to_the_scope(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.set_brief(BriefSpec(select=Selection(text="zebra")))
    assert panel.notice.way.text() == "Change the scope"
    qtbot.mouseClick(panel.notice.way, LEFT)

    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "From"
    window.session.set_brief(BriefSpec())
    settle(qtbot, window)
    assert not panel.notice.way.isVisible()


def test_a_judgement_that_cannot_be_printed_is_led_to(
    qtbot: Any, window: MainWindow, panel: PagesPanel
) -> None:
    wrong = Judgement("Talks will very likely go on.", "unlikely", "low", ("oil-talks",))
    with qtbot.waitSignal(window.session.pages_failed, timeout=SETTLES):
        window.session.set_brief(BriefSpec(judgements=(wrong,)))
    assert panel.notice.way.text() == "Go to the judgement"
    qtbot.mouseClick(panel.notice.way, LEFT)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Judgement 1"


def test_a_click_on_a_row_s_words_leads_to_the_place_on_the_pages(
    qtbot: Any, window: MainWindow, view: PagesView
) -> None:
    long_brief(qtbot, window)
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.tabs.setCurrentWidget(part)
    printed = window.session.preview.printed
    id_ = max(printed, key=lambda one: printed[one].page)
    (sentence, *_) = view.sight.sentences_of(id_)
    place = part.model.place_of(id_)
    assert place is not None
    first = next(one for one in window.session.preview.places if one.fact == id_)
    assert printed[id_].page == first.page + 1 > 1, "it is not on the page that is seen first"
    assert part.view.show_place(place)
    view.verticalScrollBar().setValue(0)
    still(qtbot, view)

    qtbot.mouseClick(part.view.viewport(), LEFT, pos=part.view.printed_rect(place).center())
    still(qtbot, view)
    assert view.pointer.fact == id_
    assert view.sight.shows(sentence)
