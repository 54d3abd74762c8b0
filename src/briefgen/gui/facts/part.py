"""The tab of facts: search, list and details, and what can be done to a fact."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.facts.details import DetailsPane
from briefgen.gui.facts.model import FactModel
from briefgen.gui.facts.view import FactView
from briefgen.gui.view_models.brief import edits
from briefgen.gui.view_models.facts.fact_details import fact_details
from briefgen.gui.view_models.facts.fact_list import Grouping, Lister, Listing, why_nothing
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.window import MainWindow
from briefgen.index.text import Phrase, parse_text_query
from briefgen.select.model import Selection

if TYPE_CHECKING:
    from briefgen.gui.background import Task
    from briefgen.pipeline.resources import Resources

_GROUPINGS: tuple[tuple[Grouping, str], ...] = (("topic", "By topic"), ("date", "By date"))
_TYPING = 150
"""Milliseconds without a letter after which a search is made."""
_SHORTCUTS_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_SHORTCUTS_IN_LIST = Qt.ShortcutContext.WidgetShortcut


class FactsPart(QWidget):
    """Facts in the brief's order, to tick, pin, star, reword and move. All of it can be undone."""

    fact_chosen = Signal(str)
    """The id of the fact that is now in hand, whoever chose it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.window_ = window
        self.session = window.session
        self._lister: Lister | None = None
        self._listed: tuple[Any, ...] = ()
        self._keep: tuple[str, ...] = ()
        self._before: BriefSpec | None = None
        self._choosing = False
        self._in_hand: str | None = None
        self._copier = _Copier()
        self._copying: Task | None = None
        self._show_something = Selection()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self._search)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the facts")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the facts")
        self.search.setAccessibleDescription(
            'Words and "quoted phrases", all of which must occur; ship* finds beginnings.'
        )
        self.search.textEdited.connect(lambda text: self._typing.start())
        self.search.returnPressed.connect(self._search)
        self.grouping = ChoiceBox("Group the facts")
        for by, label in _GROUPINGS:
            self.grouping.addItem(label, by)
        kept = self.grouping.findData(window.memory.value("facts/group", "topic"))
        self.grouping.setCurrentIndex(max(0, kept))
        self.grouping.currentIndexChanged.connect(lambda row: self._group())
        self.wrong = QLabel()
        self.wrong.setProperty("role", "error")
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.missing = QLabel()
        self.missing.setProperty("role", "warning")
        self.missing.setTextFormat(Qt.TextFormat.PlainText)
        self.missing.setWordWrap(True)
        self.forget_button = QPushButton("Forget them")
        self.forget_button.setProperty("role", "quiet")
        self.forget_button.clicked.connect(lambda: self._forget_missing())
        self.model = FactModel(self)
        self.view = FactView(self.model)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "hint")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way_out = QPushButton()
        self.way_out.clicked.connect(lambda: self._widen())
        self.details = DetailsPane()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._arrange()
        self.actions_: dict[str, QAction] = {}
        self._connect()

    # --- what others use -------------------------------------------------------------------------

    def current_fact(self) -> str | None:
        """The id of the fact in hand: the one that the details show."""
        return self._in_hand

    def selected_facts(self) -> list[str]:
        """The ids of the selected facts as they are listed; else of the one in hand, if any."""
        places = self.view.chosen_places()
        if places:
            return self._ids(places)
        return [self._in_hand] if self._in_hand is not None else []

    def add_details_button(self, text: str, slot: Callable[[], Any]) -> QPushButton:
        """A button above the details; what `slot` raises is said."""
        return self.details.add_button(text, lambda: self.window_.attempt(slot))

    def show_fact(self, id_: str) -> None:
        """Take a fact in hand: select it where it is listed, tell of it in any case."""
        self._choosing = True
        try:
            place = self._place(id_)
            if place is None or not self.view.show_place(place):
                self.view.clearSelection()
        finally:
            self._choosing = False
        self._take_in_hand(id_)

    # --- building --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.grouping)
        missing = QHBoxLayout()
        missing.addWidget(self.missing, 1)
        missing.addWidget(self.forget_button)
        self._missing_line = QWidget()
        self._missing_line.setLayout(missing)
        missing.setContentsMargins(0, 0, 0, 0)
        self._missing_line.hide()
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 14, 6)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self.wrong)
        head.addWidget(self._missing_line)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch(2)
        column.addWidget(self.nothing)
        column.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(empty)
        upper = QWidget()
        inside = QVBoxLayout(upper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(self.stack, 1)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([560, 210])
        upper.setMinimumHeight(120)
        self.details.setMinimumHeight(80)
        order = (self.search, self.grouping, self.forget_button, self.view, self.way_out)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        memory = self.window_.memory
        state = memory.value("facts/splitter")
        if state is not None:
            self.splitter.restoreState(state)
        self.details.setVisible(str(memory.value("facts/details", "true")) == "true")

    def _connect(self) -> None:
        session = self.session
        session.brief_changed.connect(self._brief_changed)
        session.base_opened.connect(self._refresh)
        session.pointed_at.connect(self._pointed_at)
        session.about_to_close.connect(self._closing)
        self.view.tick_asked.connect(self._tick)
        self.view.move_asked.connect(self._move)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.selectionModel().currentChanged.connect(lambda now, before: self._chosen())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._update_actions())
        self.model.tick_asked.connect(lambda place, on: self._tick([place]))
        self.model.wording_asked.connect(self._reword)
        self.details.fact_asked.connect(self._fact_asked)
        self.details.closed.connect(lambda: self._show_details(False))

    def add_actions(self) -> None:
        """The entries in the window's menus."""
        window = self.window_

        def add(name: str, text: str, slot: Callable[[], Any], keys: str = "", **more: Any) -> None:
            action = window.add_action("Facts", text, slot, keys=keys, **more)
            self.actions_[name] = action
            # The list has its keys to itself: Space is a letter elsewhere.
            here = keys in ("Space", "Return")
            action.setShortcutContext(_SHORTCUTS_IN_LIST if here else _SHORTCUTS_HERE)
            (self.view if here else self).addAction(action)

        add("tick", "&Leave out", lambda: self._tick(self._places()), "Space")
        add("pin", "&Pin", self._pin, "Ctrl+K", tip="Keep it whatever the scope says")
        add("star", "&Make a key point", self._star, "Ctrl+D")
        add("reword", "&Reword", self._open_editor, "Ctrl+R", apart=True)
        add("restore", "Restore the &base’s words", self._restore)
        add("up", "Move &up", lambda: self.view.move_chosen(-1), "Alt+Up", apart=True)
        add("down", "Move &down", lambda: self.view.move_chosen(1), "Alt+Down")
        add("unorder", "Back to the order of d&ates", self._unorder)
        copy = window.add_action(
            "Edit", "Copy facts with &citations", self.copy, keys="Ctrl+C", apart=True
        )
        copy.setShortcutContext(_SHORTCUTS_IN_LIST)
        self.view.addAction(copy)
        self.actions_["copy"] = copy
        self.actions_["search"] = window.add_action(
            "Edit", "&Search the facts", self._go_to_search, keys=QKeySequence.StandardKey.Find
        )
        show = window.add_action(
            "View", "&Details of the fact", self._toggle_details, keys="Ctrl+I",
            apart=True, checkable=True,
        )  # fmt: skip
        show.setChecked(not self.details.isHidden())
        self.actions_["details"] = show
        self._update_actions()

    # --- showing ---------------------------------------------------------------------------------

    @property
    def by(self) -> Grouping:
        """How the facts are grouped."""
        found: Grouping = self.grouping.currentData()
        return found

    def _brief_changed(self, changed: frozenset[str]) -> None:
        if changed & {"select", "edits", "base", "language"}:
            self._refresh()

    def _refresh(self) -> None:
        """Show what the brief says now."""
        session = self.session
        spec, index = session.spec, session.index
        if self._lister is None or self._lister.catalogue.index is not index:
            self._lister, self._keep, self._before = Lister(index), (), None
        if self._before is None or spec.select != self._before.select:
            self._keep = ()
        else:
            # What was just unpinned or left out stays in sight until the scope is another.
            self._keep = tuple(dict.fromkeys((*self._keep, *self._before.edits.include)))
        self._before = spec
        language = spec.language or index.base.language
        asked = (index, spec.select, spec.edits, self.by, language, self._keep)
        if self._listed and all(map(_same, self._listed, asked)):
            return
        self._listed = asked
        self._show_search(spec.select.text)
        try:
            listing = self._lister.list_facts(spec, self.by, self._keep)
        except BriefgenError as error:
            self._show_nothing(faults.sentence(error), "Show all facts", Selection())
            listing = Listing()
        else:
            if not listing.sequence:
                why = why_nothing(index, spec.select)
                self._show_nothing(why.reason, why.way, why.selection)
        self._save_editor(listing)
        self._choosing = True
        try:
            self.model.set_catalogue(self._lister.catalogue, language)
            self.view.show_listing(listing, spec.select.text if listing.sequence else "")
        finally:
            self._choosing = False
        if listing.sequence:
            self.stack.setCurrentIndex(0)
        self._show_missing(listing.missing)
        self.window_.title_tab(self, f"Facts {listing.count:,}")
        self._show_details_of(self._in_hand)
        self._update_actions()

    def _show_nothing(self, reason: str, way: str, selection: Selection | None) -> None:
        self.nothing.setText(reason)
        self.way_out.setText(way)
        self.way_out.setVisible(selection is not None)
        self._show_something = selection or Selection()
        self.stack.setCurrentIndex(1)

    def _show_missing(self, missing: Sequence[str]) -> None:
        if missing:
            named = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
            one = len(missing) == 1
            self.missing.setText(
                f"This brief names {'a fact' if one else f'{len(missing)} facts'} "
                f"that the base does not have: {named}."
            )
            self.forget_button.setText("Forget it" if one else "Forget them")
        self._missing_line.setVisible(bool(missing))

    def _show_search(self, text: str) -> None:
        """Show what was searched for, unless the person is typing, or it stands there already."""
        typing = self.search.hasFocus() and (self._typing.isActive() or self.wrong.isVisible())
        asked = _query(text)
        if typing or (asked is not None and _query(self.search.text()) == asked):
            return
        self.search.setText(text)
        self._say_wrong("")

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.search.setProperty("state", "wrong" if text else "")
        self.search.style().unpolish(self.search)
        self.search.style().polish(self.search)

    def _show_details_of(self, id_: str | None) -> None:
        if self.details.isHidden():
            return
        if id_ is None:
            self.details.show_fact(None, None, ())
            return
        assert self._lister is not None
        session, catalogue = self.session, self._lister.catalogue
        details = fact_details(session.index, id_, session.spec.language or "", catalogue)
        place = self._place(id_)
        listed = place is not None and self.model.row_of(place) is not None
        row = self.model.row_for(place) if place is not None and listed else None
        self.details.show_fact(details, row, self.model.phrases)

    def _toggle_details(self) -> None:
        self._show_details(self.details.isHidden())

    def _show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.window_.memory.setValue("facts/details", "true" if shown else "false")
        self.actions_["details"].setChecked(shown)
        self._show_details_of(self._in_hand)
        if not shown:
            self.view.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.view.measure_anew()

    # --- choosing --------------------------------------------------------------------------------

    def _chosen(self) -> None:
        if self._choosing:
            return
        place = self.view.current_place()
        if place is None:
            return
        id_ = self._ids([place])[0]
        self._take_in_hand(id_)
        self.session.point_at(id_, self)

    def _take_in_hand(self, id_: str) -> None:
        self._in_hand = id_
        self._show_details_of(id_)
        self._update_actions()
        self.fact_chosen.emit(id_)

    def _pointed_at(self, id_: str, by: object) -> None:
        if by is not self:
            self.show_fact(id_)

    def _fact_asked(self, id_: str) -> None:
        self.show_fact(id_)
        self.session.point_at(id_, self)

    def _place(self, id_: str) -> int | None:
        if self._lister is None:
            return None
        return self._lister.catalogue.places([id_]).get(id_)

    def _ids(self, places: Sequence[int]) -> list[str]:
        assert self._lister is not None
        catalogue = self._lister.catalogue
        if len(places) < 50:
            return [fact.id for fact in catalogue.facts(places).values()]
        return [catalogue.ids[place] for place in places]

    def _places(self) -> list[int]:
        """What a command is about: what is selected, else the fact in hand if it is listed."""
        places = self.view.chosen_places()
        if not places and self._in_hand is not None:
            place = self._place(self._in_hand)
            if place is not None and self.model.row_of(place) is not None:
                places = [place]
        return places

    # --- searching and grouping ------------------------------------------------------------------

    def _search(self) -> None:
        self._typing.stop()
        text = self.search.text().strip()
        try:
            asked = parse_text_query(text)
        except BriefgenError as error:
            said = faults.sentence(error)
            self._say_wrong(said[:1].upper() + said[1:])
            return
        self._say_wrong("")
        spec = self.session.spec
        if asked != _query(spec.select.text):
            select = replace(spec.select, text=text)
            self.session.edit("Search", replace(spec, select=select), merge="search")

    def _go_to_search(self) -> None:
        self.window_.show_part("facts")
        self.window_.tabs.setCurrentWidget(self)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _group(self) -> None:
        self.window_.memory.setValue("facts/group", self.by)
        self._refresh()

    def _widen(self) -> None:
        spec = self.session.spec
        self.search.clear()
        self._say_wrong("")
        select = self._show_something
        self.session.edit("Widen the scope", replace(spec, select=select))

    # --- editing the brief -----------------------------------------------------------------------

    def _edit(self, what: str, count: int, spec: BriefSpec) -> None:
        facts = "a fact" if count == 1 else f"{count} facts"
        self.session.edit(what.format(facts=facts), spec)

    def _tick(self, places: Sequence[int]) -> None:
        if not places:
            return
        ids, listing, spec = self._ids(places), self.model.listing, self.session.spec
        if any(place not in listing.left_out for place in places):
            self._edit("Leave out {facts}", len(ids), edits.leave_out(spec, ids))
            return
        picked = {
            id_ for id_, place in zip(ids, places, strict=True) if place not in listing.beyond
        }
        self._edit("Take back {facts}", len(ids), edits.take_back(spec, ids, picked))

    def _pin(self) -> None:
        places = self._places()
        ids, spec = self._ids(places), self.session.spec
        if not ids and self._in_hand is not None:  # not listed: this is how it comes in
            ids = [self._in_hand]
        if not ids:
            return
        if set(ids) <= set(spec.edits.include):
            self._edit("Unpin {facts}", len(ids), edits.unpin(spec, ids))
        else:
            self._edit("Pin {facts}", len(ids), edits.pin(spec, ids))

    def _star(self) -> None:
        places, spec = self._places(), self.session.spec
        rows = [self.model.row_for(place) for place in places]
        if not rows:
            return
        if not all(row.starred for row in rows):
            ids = [row.card.id for row in rows if not row.starred]
            self._edit("Star {facts}", len(ids), edits.star(spec, ids))
            return
        own = [row for row in rows if row.card.key]
        ids = [row.card.id for row in rows if not row.card.key]
        if ids:
            self._edit("Unstar {facts}", len(ids), edits.unstar(spec, ids))
        if own:
            said = "this a key fact: it is a" if len(own) == 1 else "these key facts: they are"
            points = "key point" if len(own) == 1 else "key points"
            self.window_.tell(
                f"The base itself calls {said} {points} in every brief. "
                "Leave it out, or change the fact.",
                "warning",
            )

    def _open_editor(self) -> None:
        place = self.view.current_place()
        if place is not None:
            self.window_.show_part("facts")
            self.window_.tabs.setCurrentWidget(self)
            self.view.reword(place)

    def _reword(self, place: int, wording: str) -> None:
        card = self.model.row_for(place).card
        spec = edits.reword(self.session.spec, card.id, wording, card.statement)
        self._edit("Reword {facts}", 1, spec)

    def _restore(self) -> None:
        ids = [id_ for id_ in self.selected_facts() if id_ in self.session.spec.edits.reword]
        if ids:
            spec = edits.restore(self.session.spec, ids)
            self._edit("Restore the words of {facts}", len(ids), spec)

    def _save_editor(self, listing: Listing) -> None:
        """Before rows go away, keep what is being typed into one of them."""
        if self.view.editor is None or self.model.is_shown_by(listing):
            return
        typed = self.view.take_wording()
        if typed is not None:
            # Not at once: this may be within an undoing, which must end first.
            row = self.model.row_for(typed[0])

            def keep(id_: str = row.card.id, original: str = row.card.statement) -> None:
                spec = edits.reword(self.session.spec, id_, typed[1], original)
                self._edit("Reword {facts}", 1, spec)

            QTimer.singleShot(0, self, keep)

    def _move(self, places: Sequence[int], beside: int, after: bool) -> None:
        assert self._lister is not None
        catalogue, listing = self._lister.catalogue, self.model.listing
        spec = self.session.spec
        ids = catalogue.ids
        everywhere = catalogue.places([*spec.edits.order])
        place_of = {ids[place]: place for place in listing.sequence} | everywhere
        moved = edits.move(
            spec,
            [ids[place] for place in places],
            [ids[place] for place in listing.sequence],
            lambda id_: place_of.get(id_, len(catalogue)),
            **{"after" if after else "before": ids[beside]},
        )
        self._edit("Move {facts}", len(places), moved)

    def _unorder(self) -> None:
        self.session.edit("Back to the order of dates", edits.unorder(self.session.spec))

    def _forget_missing(self) -> None:
        missing = self.model.listing.missing
        spec = edits.forget(self.session.spec, missing)
        self._edit("Forget {facts} that the base does not have", len(missing), spec)

    # --- menus -----------------------------------------------------------------------------------

    def _update_actions(self) -> None:
        if not self.actions_:
            return
        places = self._places()
        listing, spec = self.model.listing, self.session.spec
        acts = self.actions_
        any_in = any(place not in listing.left_out for place in places)
        acts["tick"].setText("&Leave out" if any_in or not places else "&Take back")
        pinned = bool(places) and all(place in listing.pinned for place in places)
        acts["pin"].setText("Un&pin" if pinned else "&Pin")
        few = places[:200]
        starred = bool(few) and all(self.model.row_for(place).starred for place in few)
        acts["star"].setText("&No key point" if starred else "&Make a key point")
        for name in ("tick", "star", "reword", "up", "down"):
            acts[name].setEnabled(bool(places))
        acts["pin"].setEnabled(bool(places) or self._in_hand is not None)
        acts["copy"].setEnabled(bool(places) or self._in_hand is not None)
        reworded = any(place in listing.reworded for place in places)
        acts["restore"].setEnabled(reworded)
        acts["unorder"].setEnabled(bool(spec.edits.order))

    def _menu(self, at: QPoint) -> None:
        if self.view.fact_at(at) is None:
            return
        menu = QMenu(self.view)
        for name in ("tick", "pin", "star", "", "reword", "restore", "", "up", "down", "", "copy"):
            if name:
                menu.addAction(self.actions_[name])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    # --- copying ---------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected facts with their citations on the clipboard."""
        ids = self.selected_facts()
        if not ids:
            return
        session, spec = self.session, self.session.spec
        facts = list(session.index.facts(ids).values())
        assert self._lister is not None
        disputes, base = self._lister.catalogue.open_disputes, session.base
        if self._copying is not None:
            self._copying.cancel()

        def work(say: Callable[[str], None]) -> Any:
            say("wording the citations")
            return self._copier.copy(facts, spec, base, disputes)

        def done(copied: Any) -> None:
            data = QMimeData()
            data.setHtml(copied.html)
            data.setText(copied.plain)
            QGuiApplication.clipboard().setMimeData(data)
            count = "One fact" if len(facts) == 1 else f"{len(facts):,} facts"
            self.window_.tell(f"{count} copied with citations.")

        task = self._copying = self.window_.run("Copying", work, done)

        def ended() -> None:
            if self._copying is task:
                self._copying = None

        task.ended.connect(ended)

    def _closing(self) -> None:
        self.window_.memory.setValue("facts/splitter", self.splitter.saveState())
        if self._copying is not None:
            self._copying.cancel()
        self._copier.close()


class _Copier:
    """Words citations for the clipboard, with a Pandoc that stays. Called from other threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._resources: Resources | None = None
        self._closed = False

    def copy(self, facts: Any, spec: BriefSpec, base: Any, disputes: Any) -> Any:
        """See `copy_facts`."""
        from briefgen.gui.view_models.facts.copying import copy_facts
        from briefgen.pipeline.resources import Resources

        with self._lock:
            if self._closed:
                return None
            if self._resources is None:
                self._resources = Resources()
            return copy_facts(facts, spec, base, disputes, self._resources)

    def close(self) -> None:
        """End Pandoc."""
        with self._lock:
            self._closed = True
            if self._resources is not None:
                self._resources.close()


def _query(text: str) -> tuple[Phrase, ...] | None:
    """What a text searches for; None if it cannot be searched for."""
    try:
        return parse_text_query(text)
    except BriefgenError:
        return None


def _same(one: object, other: object) -> bool:
    return one is other or one == other
