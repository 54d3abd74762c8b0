"""Changing many facts at once: what all of them are to say, what becomes of each, one writing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from briefgen.direction import for_people
from briefgen.editing.many_facts import ManyChanges, ManyPlanned, plan_many
from briefgen.facts.model import FACT_KINDS, Fact
from briefgen.gui import faults, look
from briefgen.gui.background import Task, start
from briefgen.gui.editing.base_writer import MANY, BaseWriter
from briefgen.gui.editing.fields import FormChoice, FormLine, FormTick, note
from briefgen.gui.editing.form import FieldPage
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.editing.topic_ticks import TopicTicks
from briefgen.gui.view_models.facts.many_words import in_words, summed_up
from briefgen.gui.view_models.meanings import CREDIBILITY_WORDS, KIND_WORDS, STATUS_WORDS
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import column
from briefgen.gui.widgets.fields import plain_tip

_STAYS = "as it is"
_TAKEN_AWAY = "-"
"""The value of the choice that takes a grade or a marking away."""
_MOST_LINES = 1_000
_STATUSES = ("current", "draft", "retracted")
"""Of the statuses: a fact is superseded by writing the one that takes its place."""


class ManyFields(FieldPage):
    """What all of them are to say; whatever is left as it is stays."""

    def __init__(self, writer: BaseWriter, name: str) -> None:
        super().__init__()
        base = writer.window.session.base
        left, right, add = self.left, self.right, self.add
        kinds = [(kind, f"{kind} – {KIND_WORDS[kind]}") for kind in FACT_KINDS]
        self.kind = add(left, "kind", FormChoice("Kind", kinds, 12, none=_STAYS))
        grades: list[tuple[str | int, str]] = [(_TAKEN_AWAY, "not graded")]
        grades += [(grade, f"{grade} – {words}") for grade, words in CREDIBILITY_WORDS.items()]
        self.credibility = add(
            left, "credibility", FormChoice("Credibility", grades, none=_STAYS),
            "How credible the information is",
        )  # fmt: skip
        statuses = [(one, f"{one} – {STATUS_WORDS[one]}") for one in _STATUSES]
        self.status = add(left, "status", FormChoice("Status", statuses, none=_STAYS))
        self.why = add(
            left, "status_note", FormLine("Why", "the newspaper withdrew the report"),
            "Why they no longer hold",
        )  # fmt: skip
        markings = [(_TAKEN_AWAY, "none"), *((one, one) for one in base.markings.levels)]
        self.marking = add(left, "marking", FormChoice("Marking", markings, none=_STAYS))
        self.named["marking"].setVisible(bool(base.markings.levels))
        by = f" by {name}" if name else ""
        self.checked = add(left, "checked", FormTick(f"Checked today{by}"), "")
        left.addStretch(1)
        self.more = add(right, "more", TopicTicks(base.topics), "Topics to add")
        self.more.setAccessibleName("Topics to add")
        self.less = add(right, "less", TopicTicks(base.topics), "Topics to take away")
        self.less.setAccessibleName("Topics to take away")
        for ticks in (self.more, self.less):
            ticks.setMinimumHeight(150)
        self.check()

    def check(self) -> None:
        self._soon.stop()
        self.named["status_note"].setVisible(self.status.data() == "retracted")

    def touch(self, key: str) -> None:
        super().touch(key)
        self.check()

    def changes(self) -> ManyChanges:
        """What was chosen."""
        values: dict[str, Any] = {}
        for key in ("kind", "credibility", "status", "marking"):
            value = getattr(self, key).data()
            if value is not None:
                values[key] = None if value == _TAKEN_AWAY else value
        if values.get("status") == "retracted":
            values["status_note"] = self.why.data()
        return ManyChanges(
            tuple(self.more.data() or ()),
            tuple(self.less.data() or ()),
            values,
            bool(self.checked.data()),
        )


class ManyDialog(PagedDialog):
    """First the fields, then what becomes of each fact; nothing is written before that."""

    def __init__(self, writer: BaseWriter, facts: Sequence[Fact]) -> None:
        self.title = f"Change {len(facts):,} facts"
        super().__init__(writer.window, self.title, QSize(860, 600))
        self.writer = writer
        self.facts = tuple(facts)
        self.planned: ManyPlanned | None = None
        self._task: Task | None = None
        self.fields = ManyFields(writer, writer.keeper_name())
        self.fields.changed.connect(self.touched)
        self.summary = note("", "")
        self.lines = QTreeWidget()
        self.lines.setHeaderLabels(["What changes", "Fact"])
        self.lines.setColumnWidth(0, 380)
        self.lines.setRootIsDecorated(False)
        self.lines.setUniformRowHeights(True)
        self.lines.setAllColumnsShowFocus(True)
        self.lines.setProperty("role", "table")
        self.lines.setAccessibleName("What becomes of each fact")
        page = QWidget()
        column(self.summary, (self.lines, 1), parent=page, margins=(22, 16, 22, 8), spacing=8)
        self.outcome = page
        self.add_page(
            self.fields, self.title, (("Cancel", self.reject), ("See what changes", self.look))
        )
        self.add_page(page, self.title, (("Back", self.back), ("Change them", self.save)))
        writer.window.session.about_to_close.connect(self._leave)
        self.fields.kind.setFocus()

    def has_unsaved(self) -> bool:
        return not self.fields.changes().is_nothing

    def look(self) -> None:
        """Work out what becomes of each, and show it."""
        wanted = self.fields.changes()
        if wanted.is_nothing:
            self.tell("Choose what is to change.")
            self.fields.kind.setFocus()
            return
        if wanted.values.get("status") == "retracted" and not wanted.values["status_note"]:
            self.tell("Say in a few words why they no longer hold.")
            self.fields.why.setFocus()
            return
        plan = partial(plan_many, self.writer.index, self.facts, wanted, self.writer.keeper())
        if len(self.facts) <= MANY:
            self._show(plan())
        elif self._task is None:
            self.tell("Working out what becomes of each fact…", "hint")
            self._task = start(
                self, lambda say: plan(), partial(self._worked_out, wanted), self._not_worked_out
            )

    def _worked_out(self, wanted: ManyChanges, planned: ManyPlanned) -> None:
        self._task = None
        self.tell("")
        if wanted == self.fields.changes():
            self._show(planned)
        else:  # something else was chosen meanwhile
            self.look()

    def _not_worked_out(self, error: BaseException) -> None:
        self._task = None
        self.tell(capital(faults.sentence(error)))

    def _show(self, planned: ManyPlanned) -> None:
        self.planned = planned
        self.summary.setText(summed_up(planned.facts))
        self.lines.clear()
        topics = self.writer.index.base.topics
        # Faults first: they are what one has to know.
        for fact in sorted(planned.facts, key=lambda fact: not fact.fault)[:_MOST_LINES]:
            words = in_words(fact, topics)
            item = QTreeWidgetItem([for_people(capital(words)), for_people(fact.statement)])
            for number, text in enumerate((words, f"{fact.statement} ({fact.id})")):
                item.setToolTip(number, plain_tip(text))
                if fact.fault or not fact.changes:
                    colour = look.colour("error" if fact.fault else "muted")
                    item.setForeground(number, QBrush(colour))
            self.lines.addTopLevelItem(item)
        if len(planned.facts) > _MOST_LINES:
            more = f"{_MOST_LINES:,} of {len(planned.facts):,} shown"
            self.lines.addTopLevelItem(QTreeWidgetItem([more, "The sum above counts all."]))
        self.show_page(self.outcome)
        self.main_button.setEnabled(bool(planned.changed))
        self.lines.setFocus()

    def back(self) -> None:
        """To the fields again."""
        self.show_page(self.fields)
        self.fields.kind.setFocus()

    def save(self) -> None:
        """Write them all."""
        planned = self.planned
        if planned is None or not planned.changed:
            return
        count = planned.changed
        are = "fact was" if count == 1 else "facts were"
        show = partial(self.writer.window.session.point_at, self.facts[0].id)
        self.writer.write(planned.plan, f"{count:,} {are} changed in the base.", then=show)
        self.accept()
