"""The tab of facts: finding, list and details."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QWidget

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.facts.chosen import ChosenFacts
from briefgen.gui.facts.clipboard import FactClipboard
from briefgen.gui.facts.commands import FactCommands
from briefgen.gui.facts.details import DetailsPane
from briefgen.gui.facts.find_line import FindLine
from briefgen.gui.facts.finding import Finding
from briefgen.gui.facts.list_view import FactView
from briefgen.gui.facts.menu import FactMenu
from briefgen.gui.facts.model import FactModel
from briefgen.gui.facts.notices import NothingListed, UnknownFacts
from briefgen.gui.facts.printed_choice import PrintedChoice
from briefgen.gui.view_models.facts.fact_details import fact_details
from briefgen.gui.view_models.facts.fact_list import (
    FactLister,
    Grouping,
    ListedFacts,
    NoFacts,
    why_nothing,
)
from briefgen.gui.view_models.facts.on_pages import OnPages, Shown
from briefgen.gui.widgets.building import column, row
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.holding_focus import hand_on_focus
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection

_GROUPINGS: tuple[tuple[Grouping, str], ...] = (("topic", "By topic"), ("date", "By date"))


class FactsTab(QWidget):
    """Facts in the brief's order, to tick, pin, star, reword and move. All of it can be undone."""

    fact_chosen = Signal(str)
    """The id of the fact that is now in hand, whoever chose it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.window_ = window
        self.session = window.session
        self._lister: FactLister | None = None
        self._listed = ListedFacts()
        """All facts of the list, be they shown or not."""
        self._asked: tuple[Any, ...] = ()
        """What the facts that are listed were an answer to."""
        self._keep: tuple[str, ...] = ()
        self._before: BriefSpec | None = None
        self._choosing = False
        """Whether the selection is being changed by the program, not by the person."""
        self.search = FindLine()
        self.grouping = ChoiceBox("Group the facts")
        for by, text in _GROUPINGS:
            self.grouping.addItem(text, by)
        kept = self.grouping.findData(window.memory.value("facts/group", "topic"))
        self.grouping.setCurrentIndex(max(0, kept))
        self.printed = PrintedChoice()
        self._on_pages = OnPages()
        self.unknown = UnknownFacts()
        self.model = FactModel(self)
        self.view = FactView(self.model)
        self.nothing = NothingListed()
        self.details = DetailsPane()
        self.finding = Finding(self.search, self.view, self.model)
        self.finding.changed.connect(self._find)
        self.finding.shown.connect(self._go_to_found)
        self.chosen = ChosenFacts(self.view, self.model)
        self.commands = FactCommands(window, self.view, self.model, self.chosen)
        self.menu = FactMenu(window, self.view, self.model, self.chosen)
        self._clipboard = FactClipboard(window)
        self._arrange()
        self._connect()

    # --- what others use -------------------------------------------------------------------------

    def current_fact(self) -> str | None:
        """The id of the fact in hand: the one that the details show."""
        return self.chosen.in_hand

    def selected_facts(self) -> list[str]:
        """The ids of the selected facts as they are listed; else of the one in hand, if any."""
        return self.chosen.ids()

    def add_details_button(self, text: str, slot: Callable[[], Any]) -> QPushButton:
        """A button above the details; what `slot` raises is said."""
        return self.details.add_button(text, lambda: self.window_.attempt(slot))

    def add_action_of_others(self, name: str, action: QAction, look: Callable[[], None]) -> None:
        """Another part's entry for the menu on a fact; `look` says what it would do now."""
        self.menu.add_action_of_others(name, action, look)

    def show_fact(self, id_: str) -> None:
        """Take a fact in hand: select it where it is listed, tell of it in any case."""
        self._choosing = True
        try:
            place = self.model.place_of(id_)
            if place is None or not self.view.show_place(place):
                self.view.clearSelection()
        finally:
            self._choosing = False
        self._take_in_hand(id_)

    def copy(self) -> None:
        """Put the selected facts with their citations on the clipboard."""
        ids = self.chosen.ids()
        if ids:
            assert self._lister is not None
            self._clipboard.copy(ids, self._lister.catalogue.open_disputes(ids))

    # --- building --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        head = column(
            row((self.search, 1), self.grouping, self.printed),
            margins=(14, 8, 14, 6), spacing=4,
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.nothing)
        upper = QWidget()
        # Below the list, whose rows stay where they are when it comes and goes.
        below = column(self.unknown, margins=(14, 0, 8, 0))
        column(head, (self.stack, 1), below, parent=upper, spacing=0)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        for part, stretch, least in ((upper, 3, 120), (self.details, 1, 80)):
            part.setMinimumHeight(least)
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([560, 210])
        column(self.splitter, parent=self)
        memory = self.window_.memory
        state = memory.value("facts/splitter")
        if state is not None:
            self.splitter.restoreState(state)
        self.details.setVisible(str(memory.value("facts/details", "true")) == "true")

    def _connect(self) -> None:
        session, selection = self.session, self.view.selectionModel()
        session.brief_changed.connect(self._brief_changed)
        session.base_opened.connect(self._refresh)
        session.pointed_at.connect(self._pointed_at)
        session.reword_asked.connect(self._reword)
        session.field_asked.connect(self._field_asked)
        session.about_to_close.connect(self._closing)
        self.search.left.connect(self.view.setFocus)
        self.grouping.currentIndexChanged.connect(lambda number: self._group())
        self.unknown.forgotten.connect(self.commands.forget_unknown)
        self.printed.activated.connect(lambda number: self._choose_printed())
        self.view.printed_asked.connect(self._show_printed_place)
        session.pages_made.connect(lambda preview: self._pages_made())
        session.brief_opened.connect(self._pages_made)
        selection.currentChanged.connect(lambda now, before: self._chosen())
        selection.selectionChanged.connect(lambda *_: self.menu.update())
        self.details.fact_asked.connect(self._fact_asked)
        self.details.source_asked.connect(session.source_asked)
        self.details.closed.connect(lambda: self._show_details(False))

    def add_actions(self) -> None:
        """The entries in the window's menus."""
        window, actions = self.window_, self.menu.actions
        self.menu.add_actions(self, self.commands, self._open_editor, self.copy, self.show_printed)
        actions["search"] = window.add_action(
            "Edit", "&Find in the facts", self._go_to_search, keys=QKeySequence.StandardKey.Find
        )
        for name, text, keys, step in (
            ("found", "Next fact fou&nd", "Ctrl+G", 1),
            ("found before", "Fact found &before", "Ctrl+Shift+G", -1),
        ):
            actions[name] = window.add_action(
                "Edit", text, partial(self.search.step, step), keys=keys
            )
            actions[name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(actions[name])
        show = window.add_action(
            "View", "&Details of the fact", self._toggle_details, keys="Ctrl+I",
            apart=True, checkable=True,
        )  # fmt: skip
        show.setChecked(not self.details.isHidden())
        actions["details"] = show

    # --- showing ---------------------------------------------------------------------------------

    @property
    def by(self) -> Grouping:
        """How the facts are grouped."""
        found: Grouping = self.grouping.currentData()
        return found

    def _brief_changed(self, changed: frozenset[str]) -> None:
        if changed & {"select", "edits", "passages", "base", "language"}:
            self._refresh()

    def _refresh(self) -> None:
        """Show what the brief says now."""
        spec, index = self.session.spec, self.session.index
        if self._lister is None or self._lister.catalogue.index is not index:
            self._lister, self._keep, self._before = FactLister(index), (), None
            self._take_pages()
        if self._before is None or spec.select != self._before.select:
            self._keep = ()
            self._on_pages.begin_anew()
        else:
            # What was just unpinned or left out stays in sight until the scope is another.
            self._keep = tuple(dict.fromkeys((*self._keep, *self._before.edits.include)))
        self._before = spec
        language = spec.language or index.base.language
        asked = (index, spec.select, spec.edits, spec.passages, self.by, language, self._keep)
        if self._asked and all(map(_same, self._asked, asked)):
            return
        self._asked = asked
        try:
            listed = self._lister.list_facts(spec, self.by, self._keep)
        except BriefgenError as error:
            listed = ListedFacts()
            self._say_nothing(NoFacts(faults.sentence(error), "Show all facts", Selection()))
        else:
            if not listed.sequence:
                self._say_nothing(why_nothing(index, spec.select))
        self._show(listed)

    def _show(self, listed: ListedFacts) -> None:
        """Show of these facts those that are to be shown."""
        assert self._lister is not None
        self._listed, spec = listed, self.session.spec
        self.printed.show_counts(self._on_pages.counts(listed))
        language = spec.language or self.session.base.language
        listed = self._on_pages.only(listed)
        if listed.sequence and not listed.groups:
            on = self._on_pages.shown == "on"
            self.nothing.show_why(
                f"{'No' if on else 'Every'} fact of the list is on the pages.",
                "Show all of them",
                lambda: self._choose_printed("all"),
            )
        read_anew = self.model.catalogue is not self._lister.catalogue
        stood, typing = (self.view.standing(), self.view.typing()) if read_anew else (None, None)
        if typing is None:
            self.commands.keep_what_is_typed(listed)
        else:
            self.view.take_wording()
        self._choosing = True
        try:
            self.model.set_catalogue(self._lister.catalogue, language)
            self.view.show_facts(listed, self._lit(listed))
            if stood is not None:
                self.view.stand_again(stood)
            if typing is not None and not self.view.go_on_typing(typing):
                self.commands.reword_soon(typing.fact, typing.text, typing.original)
        finally:
            self._choosing = False
        self.stack.setCurrentWidget(self.view if listed.groups else self.nothing)
        self.finding.refresh()
        if not listed.missing:
            hand_on_focus((self.unknown,), self.view)
        self.unknown.show_ids(listed.missing)
        self.window_.title_tab(self, f"Facts {listed.count:,}")
        self._show_details_of(self.chosen.in_hand)
        self.menu.update()

    def _say_nothing(self, why: NoFacts) -> None:
        take = partial(self.session.field_asked.emit, "facts.new")
        if why.selection is not None:
            take = partial(self._widen, why.selection)
        self.nothing.show_why(why.reason, why.way, take)

    def _take_pages(self) -> None:
        """Know where the last pages of this brief print facts; nowhere while it has none."""
        assert self._lister is not None
        preview = self.session.preview
        printed = preview.printed if preview is not None else {}
        self._on_pages.take_pages(self._lister.catalogue, printed)
        self.model.set_printed(printed)

    def _pages_made(self) -> None:
        if self._lister is None:
            return
        self._take_pages()
        if self._on_pages.shown == "all":
            self.printed.show_counts(self._on_pages.counts(self._listed))
            self.menu.update()
        else:
            self._show(self._listed)

    def _choose_printed(self, shown: Shown | None = None) -> None:
        """Show the facts on the pages, those that are not, or all."""
        if shown is not None:
            self.printed.setCurrentIndex(self.printed.findData(shown))
        self._on_pages.choose(self.printed.shown)
        self._show(self._listed)

    def show_printed(self) -> None:
        """Show where the fact in hand is printed; or what keeps it from the pages."""
        id_ = self.chosen.in_hand
        where = self.model.printed.get(id_) if id_ is not None else None
        if id_ is None or where is None:
            return
        if where.on_pages:
            self.session.place_asked.emit(id_)
        else:
            self.session.section_asked.emit(where.section)

    def _show_printed_place(self, place: int) -> None:
        (id_,) = self.model.ids([place])
        if id_ == self.chosen.in_hand:
            self.show_printed()

    def _show_details_of(self, id_: str | None) -> None:
        if self.details.isHidden():
            return
        if id_ is None:
            self.details.show_fact(None, None, ())
            return
        session = self.session
        details = fact_details(
            session.index,
            id_,
            session.spec.language or "",
            session.spec.passages,
        )
        place = self.model.place_of(id_)
        # One that the choice above the list hides is in the brief's scope all the same.
        listed = place is not None and place in self._listed.sequence
        shown = self.model.row_for(place) if place is not None and listed else None
        self.details.show_fact(details, shown, self.model.phrases)

    def _toggle_details(self) -> None:
        self._show_details(self.details.isHidden())

    def _show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.window_.memory.setValue("facts/details", "true" if shown else "false")
        self.menu.actions["details"].setChecked(shown)
        self._show_details_of(self.chosen.in_hand)
        if not shown:
            self.view.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.view.measure_anew()

    # --- choosing --------------------------------------------------------------------------------

    def _chosen(self) -> None:
        place = None if self._choosing else self.view.current_place()
        if place is not None:
            (id_,) = self.model.ids([place])
            self._take_in_hand(id_)
            self.session.point_at(id_, self)

    def _take_in_hand(self, id_: str) -> None:
        self.chosen.in_hand = id_
        self._show_details_of(id_)
        self.menu.update()
        self.fact_chosen.emit(id_)

    def _pointed_at(self, id_: str, by: object) -> None:
        if by is not self:
            self.show_fact(id_)

    def _fact_asked(self, id_: str) -> None:
        self.show_fact(id_)
        self.session.point_at(id_, self)

    # --- finding, grouping, rewording ------------------------------------------------------------

    def _lit(self, listed: ListedFacts) -> str:
        """The words that are lit up: those to be found, else those that the scope limits to."""
        return self.finding.text or (self.session.spec.select.text if listed.sequence else "")

    def _find(self) -> None:
        """Other words are to be found: light them up, and go to where they stand."""
        self.model.light(self._lit(self._listed))
        self.finding.go_on(0)

    def _go_to_found(self, place: int) -> None:
        (id_,) = self.model.ids([place])
        if id_ == self.chosen.in_hand:
            self.view.show_place(place)  # pointed at again, it would be shown elsewhere
        else:
            self._fact_asked(id_)

    def _come_forward(self) -> None:
        self.window_.show_part("facts")
        self.window_.tabs.setCurrentWidget(self)

    def _field_asked(self, field: str) -> None:
        if field == "facts.off":
            self._come_forward()
            self._choose_printed("off")
            seen = self.view if self.stack.currentWidget() is self.view else self.nothing.way_out
            seen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_search(self) -> None:
        self._come_forward()
        self.search.take_focus()

    def _group(self) -> None:
        self.window_.memory.setValue("facts/group", self.by)
        self._refresh()

    def _widen(self, selection: Selection) -> None:
        self.session.edit("Widen the scope", replace(self.session.spec, select=selection))

    def _open_editor(self) -> None:
        place = self.view.current_place()
        if place is not None:
            self._come_forward()
            self.view.reword(place)

    def _reword(self, id_: str) -> None:
        """Open the small editor on a fact that may not be in hand."""
        self._come_forward()
        self.show_fact(id_)
        place = self.model.place_of(id_)
        if place is None or self.model.row_of(place) is None:
            self.window_.tell(
                "The list does not show this fact now: look at its filters", "warning"
            )
        else:
            self.view.reword(place)

    def _closing(self) -> None:
        self.window_.memory.setValue("facts/splitter", self.splitter.saveState())
        self._clipboard.close()


def _same(one: object, other: object) -> bool:
    return one is other or one == other
