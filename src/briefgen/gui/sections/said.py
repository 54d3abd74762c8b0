"""Below the sections: which facts are key points, and the sentences that say several facts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLabel, QWidget

from briefgen.brief.template.model import Template
from briefgen.facts.model import Fact
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief import edits
from briefgen.gui.view_models.brief.passages import (
    KnownPassage,
    join_passages,
    known_passages,
    remove_passages,
    split_passages,
)
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.building import button, button_text, column, heading, label, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.removing import remove
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.patterns import lazy_pattern

_MOST = 40
"""Rows of either list: more are found in the list of facts."""
_CITED = lazy_pattern(r"\s*\[@[^\]]*\]")


def tell_of_more(where: QLabel, known: int) -> None:
    """Say how many of how many are shown, where not all are."""
    where.setText(f"{_MOST} of {known} shown; the list of facts has them all.")
    where.setVisible(known > _MOST)


class KeyPoints(QWidget):
    """A tick for each fact that is a key point now, or was and could be one again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.boxes: dict[str, TickBox] = {}
        """By fact."""
        self._list = column(spacing=4)
        self.more = label(role="hint", wrap=True)
        column(
            heading("KEY POINTS"), self._list, self.more,
            parent=self, margins=(0, 10, 0, 0), spacing=6,
        )  # fmt: skip
        self.hide()

    def show_facts(self, ids: Iterable[str]) -> None:
        """Show these, in order."""
        spec, index = self._session.spec, self._session.index
        known = list(dict.fromkeys(ids))
        wanted = known[:_MOST]
        tell_of_more(self.more, len(known))
        facts = index.facts(wanted)
        wanted = [id_ for id_ in wanted if id_ in facts]
        for id_ in [one for one in self.boxes if one not in facts]:
            remove(self._list, self.boxes.pop(id_))
        for place, id_ in enumerate(wanted):
            if id_ not in self.boxes:
                self.boxes[id_] = self._box(facts[id_])
            if self._list.indexOf(self.boxes[id_]) != place:
                self._list.insertWidget(place, self.boxes[id_])
            with QSignalBlocker(self.boxes[id_]):
                self.boxes[id_].setChecked(is_key(facts[id_], spec.edits.key, spec.edits.unkey))
        self.setVisible(bool(self.boxes))

    def _box(self, fact: Fact) -> TickBox:
        box = TickBox(button_text(fact.statement))
        whose = "A key point of the base." if fact.key else "A key point of this brief."
        box.setToolTip(plain_tip(f"{fact.statement} {whose}"))
        box.setAccessibleDescription(whose)
        box.clicked.connect(lambda on=False, id_=fact.id: self._tick(id_, on))
        return box

    def _tick(self, id_: str, on: bool) -> None:
        session = self._session
        fact = session.index.facts([id_])[id_]
        change = {
            (True, True): edits.rekey, (True, False): edits.unkey,
            (False, True): edits.star, (False, False): edits.unstar,
        }[fact.key, on]  # fmt: skip
        label = "Make a fact a key point" if on else "Make a fact no key point"
        session.edit(label, change(session.spec, [id_]))


def is_key(fact: Fact, starred: Iterable[str], unkeyed: Iterable[str]) -> bool:
    """Whether a fact is a key point of a brief."""
    return (fact.key and fact.id not in set(unkeyed)) or fact.id in set(starred)


class SentenceRow(QWidget):
    """One sentence: its words, and what can be done with it."""

    def __init__(self, known: KnownPassage, session: Session) -> None:
        super().__init__()
        self._session = session
        id_ = known.passage.id
        self.text = label(wrap=True)
        self.split = button("", partial(self._split, id_), role="quiet")
        self.edit = button("Edit…", partial(session.passage_asked.emit, id_), role="quiet")
        self.away = button("Remove", partial(self._remove, id_), role="quiet")
        self.split.setProperty("edge", "start")
        column(
            self.text, row(self.split, self.edit, self.away, "stretch", spacing=8),
            parent=self, spacing=0,
        )  # fmt: skip
        self.show_passage(known)

    def show_passage(self, known: KnownPassage) -> None:
        """Show it as the brief has it now."""
        self.known = known
        said = " ".join(_CITED.sub("", known.passage.text).split())
        self.text.setText(said)
        split = known.is_split
        self.split.setText("Print as one sentence again" if split else "Print fact by fact")
        for made in (self.split, self.edit, self.away):
            made.setAccessibleName(f"{made.text()}: {said[:60]}")
        self.away.setVisible(known.owner == "brief")

    def _split(self, id_: str) -> None:
        spec = self._session.spec
        if self.known.is_split:
            self._session.edit("Print as one sentence", join_passages(spec, [id_]))
        else:
            self._session.edit("Print fact by fact", split_passages(spec, [id_]))

    def _remove(self, id_: str) -> None:
        self._session.edit("Remove a sentence", remove_passages(self._session.spec, [id_]))


class Sentences(QWidget):
    """The sentences that are in force, those that are split, and all of the brief's own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: dict[str, SentenceRow] = {}
        self._list = column(spacing=8)
        self.more = label(role="hint", wrap=True)
        column(
            heading("SENTENCES FOR SEVERAL FACTS"), self._list, self.more,
            parent=self, margins=(0, 10, 0, 0), spacing=6,
        )  # fmt: skip
        self.hide()

    def show_brief(self, preview: Preview | None) -> None:
        """Show those that the brief has to do with; `preview` are its pages, if any."""
        session = self._session
        places = preview.places if preview is not None else ()
        in_force = {place.passage for place in places}
        known = [
            one for one in known_passages(session.spec.passages, session.base)
            if one.owner == "brief" or one.is_split or one.passage.id in in_force
        ]  # fmt: skip
        tell_of_more(self.more, len(known))
        wanted = {one.passage.id: one for one in known[:_MOST]}
        for id_ in [id_ for id_ in self.rows if id_ not in wanted]:
            remove(self._list, self.rows.pop(id_))
        for place, (id_, one) in enumerate(wanted.items()):
            if id_ not in self.rows:
                self.rows[id_] = SentenceRow(one, session)
            self.rows[id_].show_passage(one)
            if self._list.indexOf(self.rows[id_]) != place:
                self._list.insertWidget(place, self.rows[id_])
        self.setVisible(bool(self.rows))


def key_point_ids(template: Template, session: Session) -> list[str]:
    """What is, or could be again, a key point: as printed, then what the brief takes out."""
    preview: Preview | None = session.preview
    points = {one.id for one in template.sections if one.where is not None and one.where.key}
    printed = preview.printed if preview is not None else {}
    found = [id_ for id_, where in printed.items() if where.section in points and where.on_pages]
    return [*found, *session.spec.edits.key, *session.spec.edits.unkey]
