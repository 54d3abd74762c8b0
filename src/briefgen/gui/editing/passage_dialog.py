"""One sentence for several facts: written in a brief or into the base, held against its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from briefgen.dates import date_in_words
from briefgen.editing import passages as core
from briefgen.errors import UsageError
from briefgen.facts.model import Fact, Passage
from briefgen.facts.staleness import checked_against
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import DialogText, FormLine, FormTick, Labelled, note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.view_models.brief.passages import (
    KnownPassage,
    PassageCheck,
    draft_text,
    keep_passage,
    remove_passages,
    stale_passages,
)
from briefgen.gui.widgets.building import column, heading, row
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.patterns import ID

_HINT = (
    "Behind each clause stand the facts it rests on. The sentence is printed in their place where "
    "a section would show all of them."
)


class SentenceField(DialogText, CitingText):
    """A text that cites facts alone and undoes by itself."""

    def __init__(self, completions: Completions) -> None:
        super().__init__(completions.facts, "Sentence", lines=5)
        self.setAccessibleDescription("Type [@ to cite a fact.")
        self.setUndoRedoEnabled(True)


class PassageDialog(PagedDialog):
    """A sentence that is new, or one that there is; it asks where to keep it."""

    def __init__(self, writer: BaseWriter, title: str) -> None:
        super().__init__(writer.window, title, QSize(860, 560))
        self.writer = writer
        self.session = writer.window.session
        self.known: KnownPassage | None = None
        """The passage that is edited; None for a new one."""
        self.seen: Mapping[str, Any] = {}
        """What passages.yaml said of it when it was opened."""
        self._start = ("", "", False)
        self.check = PassageCheck(self.session.index)
        self.text = SentenceField(Completions.of(self.session))
        self.name = FormLine("Name", "small letters, digits and hyphens")
        self.named = Labelled("Name in the file", self.name)
        self.key = FormTick("A key point")
        self.notes = Notes(self.text, self._said)
        self.facts = note(role="hint")
        # Seven facts in their own words are higher than a small screen.
        said = Scrolled("What the facts say")
        said.setObjectName("said")
        said.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrow keys scroll it
        said.column.setContentsMargins(0, 0, 0, 0)
        said.column.addWidget(self.facts)
        said.column.addStretch(1)
        page = QWidget()
        column(
            note(_HINT), self.text, self.notes, row((self.named, 1), self.key),
            heading("WHAT THE FACTS SAY"), (said, 1),
            parent=page, margins=(22, 18, 22, 12), spacing=10,
        )  # fmt: skip
        self.add_page(
            page,
            title,
            (
                ("Cancel", self.reject),
                ("Save in the base", self.save_in_base),
                ("Use in this brief", self.save_in_brief),
            ),
        )
        self.text.typed.connect(self._typed)
        self.name.changed.connect(self._renamed)
        self.key.changed.connect(self.touched)
        self.session.base_opened.connect(self._base_opened)
        self.session.about_to_close.connect(self._closing)
        self.text.setFocus()

    @classmethod
    def new(cls, writer: BaseWriter, ids: Sequence[str]) -> PassageDialog:
        """For these facts, whose statements it starts from."""
        dialog = cls(writer, "One sentence for several facts")
        facts = list(dialog.session.index.facts(ids).values())
        taken = [passage.id for passage in dialog.session.spec.passages.add]
        id_ = core.suggest_passage_id(dialog.session.index, facts, taken)
        dialog._show(draft_text(facts), id_, key=False)
        return dialog

    @classmethod
    def edit(cls, writer: BaseWriter, known: KnownPassage) -> PassageDialog:
        """For a passage of the brief or of the base."""
        dialog = cls(writer, "Edit the sentence")
        dialog.known = known
        if known.owner == "base":
            dialog.seen = core.passage_entry_of(writer.index, known.passage.id)
        passage = known.passage
        dialog._show(" ".join(passage.text.split()), passage.id, key=passage.key)
        dialog.name.setEnabled(False)
        changes = stale_passages([passage], dialog.session.index)[passage.id]
        if changes:
            dialog.tell(f"Stale: {changes[0]}. Read it against its facts and save it.", "warning")
        return dialog

    def _show(self, text: str, id_: str, *, key: bool) -> None:
        self.text.show_text(text)
        self.name.set_data(id_)
        self.key.set_data(key)
        self._start = self._written()
        self._look()

    def _written(self) -> tuple[str, str, bool]:
        return self.text.value().strip(), self.name.value(), bool(self.key.data())

    # --- what is said ---------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self.touched()
        self.notes.check_soon()

    def _renamed(self) -> None:
        self.touched()
        self.named.tell("")

    def _said(self) -> Sequence[Any]:
        self._show_facts()
        return self.check.notes(self.text.value())

    def _look(self) -> None:
        self.notes.check()

    def _show_facts(self) -> None:
        """What the facts that are cited say, to compare the sentence with."""
        try:
            facts = self.check.facts(self.text.value())
        except ValueError:
            return
        self.facts.setText("\n".join(map(_told, facts.values())))

    def _base_opened(self) -> None:
        self.check = PassageCheck(self.session.index)
        self._look()

    def _closing(self) -> None:
        self.notes.stop()
        self._leave()

    def done(self, result: int) -> None:
        self.notes.stop()
        super().done(result)

    # --- keeping it -----------------------------------------------------------------------------

    def _sound(self) -> tuple[str, str, dict[str, Fact]]:
        """Id, text and facts of what can be kept. Raises `UsageError` for what cannot."""
        text, id_, _ = self._written()
        self.notes.check()
        if not text:
            raise UsageError("there is no sentence yet", hint="say what the facts say")
        for said in self.notes.said:
            if said.severity == "error":
                raise UsageError(said.text)
        if not ID.fullmatch(id_):
            self.named.tell("use small letters, digits and . _ -, and begin with a letter or digit")
            self.name.setFocus()
            raise UsageError("the name cannot be used")
        return id_, " ".join(text.split()), self.check.facts(text)

    def save_in_brief(self) -> None:
        """Make it a sentence of the brief: its author signs it."""
        id_, text, facts = self._sound()
        spec = self.session.spec
        mine = {passage.id for passage in spec.passages.add}
        if self.known is None and (id_ in mine or id_ in self.session.base.passages):
            self._refuse_name(id_)
        passage = Passage(
            id_, text, tuple(facts), checked_against(facts, facts), bool(self.key.data())
        )
        self.session.edit("Write a sentence for several facts", keep_passage(spec, passage))
        self.accept()

    def save_in_base(self) -> None:
        """Write it into the base, for everybody who uses it."""
        id_, text, facts = self._sound()
        if not self.writer.may_write():
            raise UsageError("this base cannot be written into", hint="use it in this brief")
        why = self.check.belongs_in_base(text)
        if why:
            raise UsageError(why.rstrip("."), hint="use it in this brief")
        index, key = self.writer.index, bool(self.key.data())
        if id_ not in index.base.passages:
            plan = core.plan_new_passage(index, id_, text, facts, key=key)
        elif self.known is None:
            self._refuse_name(id_)
        else:
            seen = self.seen or core.passage_entry_of(index, id_)
            plan = core.plan_edited_passage(index, id_, seen, text, facts, key=key)
        self.writer.write(plan, "The sentence is in the base.")
        # One of the brief's own would go on standing in its place.
        self.session.edit(
            "Move a sentence into the base", remove_passages(self.session.spec, [id_])
        )
        self.accept()

    def _refuse_name(self, id_: str) -> NoReturn:
        self.named.tell(f"{id_} is taken: choose another name")
        self.name.setFocus()
        raise UsageError(f"the name {id_!r} is taken", hint="choose another")

    # --- nothing lost ---------------------------------------------------------------------------

    def has_unsaved(self) -> bool:
        return self._written() != self._start

    def state(self) -> dict[str, Any]:
        text, id_, key = self._written()
        known = self.known
        return {
            "what": "passage",
            "text": text,
            "name": id_,
            "key": key,
            "owner": known.owner if known is not None else None,
            "seen": dict(self.seen),
        }

    def take_up(self, state: Mapping[str, Any]) -> None:
        self.seen = state["seen"]
        self.text.show_text(state["text"])
        self.name.set_data(state["name"])
        self.key.set_data(state["key"])
        if state["owner"] is not None:
            passage = Passage(state["name"], state["text"], ())
            self.known = KnownPassage(passage, state["owner"], False)
            self.name.setEnabled(False)
        self._look()


def _told(fact: Fact) -> str:
    when = f" ({date_in_words(fact.date)})" if fact.date is not None else ""
    who = f" According to {fact.attribution}." if fact.attribution else ""
    detail = f" {fact.detail}" if fact.detail else ""
    return f"{fact.id}{when}: {fact.statement}{who}{detail}"
