"""The form of a fact beside the text that it is taken from: one column, the rest on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from briefgen.editing.quick_add import still_quoted
from briefgen.gui.editing.fact_form import FactForm
from briefgen.gui.editing.row_list import quiet_button
from briefgen.gui.session import Session
from briefgen.gui.view_models.reading import Proposal
from briefgen.gui.widgets.building import STRETCH, button_text, column, heading, row, tool_button
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.flow import FlowLayout


class PassageForm(FactForm):
    """A new fact from a marked passage."""

    def __init__(self, session: Session, *, quote_first: bool = False) -> None:
        """`quote_first` where the passage has to be typed."""
        super().__init__(session)
        self.proposed = Proposed()
        self.proposed.chosen.connect(self.take)
        self.changed.connect(lambda: self.proposed.show_taken(self.has))
        self._arrange_top(quote_first)
        self.more.hide()
        self.more_button.toggled.connect(self._show_more)

    def arrange(self) -> None:
        self.top = column(spacing=10)
        self.more = QWidget()
        self.more_button = quiet_button("More fields", "Show all fields that a fact can have")
        self.more_button.setCheckable(True)
        self.column.setContentsMargins(16, 12, 16, 12)
        column(self.left, self.right, parent=self.more, spacing=10)
        self.column.addLayout(self.top)
        self.column.addLayout(row(self.more_button, STRETCH))
        self.column.addWidget(self.more)

    def _arrange_top(self, quote_first: bool) -> None:
        """What nearly every fact needs, in the order in which one thinks of it."""
        named, top = self.named, self.top
        self.topics.setFixedHeight(146)
        facts: list[QWidget] = [named["statement"], self.near, self.proposed]
        for key in ("kind", "attribution", "topics", "actors", "date", "date_note", "date_is"):
            facts.append(named[key])
        sources: list[QWidget] = [self.sources_heading, named["cites"]]
        for widget in sources + facts if quote_first else facts + sources:
            top.addWidget(widget)

    def _show_more(self, shown: bool) -> None:
        self.more.setVisible(shown)
        self.more_button.setText("Fewer fields" if shown else "More fields")

    # --- a passage ------------------------------------------------------------------------------

    def start_with(self, entry: Mapping[str, Any], proposals: Sequence[Proposal]) -> None:
        """Start a fact with what is known of it."""
        self.fill(entry)
        self.proposed.show_proposals(proposals)
        self.more_button.setChecked(False)
        self.verticalScrollBar().setValue(0)
        self.statement.setFocus()

    @property
    def is_written(self) -> bool:
        """Whether a person put something into it that would be lost."""
        return self.own_id is None and bool(self.start) and self.is_changed

    def has(self, proposal: Proposal) -> bool:
        """Whether its field says so already."""
        fields: dict[str, Any] = {
            "topics": self.topics, "kind": self.fact_kind, "date": self.date,
        }  # fmt: skip
        if proposal.field == "actors":
            return proposal.value in self.actors.ids
        said = fields[proposal.field].data()
        return proposal.value in (said if isinstance(said, list) else [said])

    def take(self, proposal: Proposal) -> None:
        """Take a proposal into its field, as if the person had chosen it there."""
        if proposal.field == "topics":
            self.topics.tick(proposal.value)
            self.topics.bring_into_sight(proposal.value)
        elif proposal.field == "actors":
            self.actors.show_ids(list(dict.fromkeys((*self.actors.ids, proposal.value))))
            self.actors.changed.emit(self.actors.ids)
        elif proposal.field == "kind":
            self.fact_kind.set_data(proposal.value)
            self.fact_kind.changed.emit()
        else:
            self.date.set_data(proposal.value)
            self.date.changed.emit()
            note: Any = self.named["date_note"].field
            note.set_data(proposal.told)
            note.changed.emit()

    def show_faults(self) -> None:
        super().show_faults()
        statement, named = self.statement.data() or "", self.named["statement"]
        quotes = " ".join(str(cite.get("quote") or "") for cite in self.cites.data() or ())
        if statement and not named.said[0] and still_quoted(statement, quotes):
            named.tell("These are the source’s words: say it in your own.", "warning")


class Proposed(QWidget):
    """What a passage proposes: a click takes one into its field."""

    chosen = Signal(object)
    """A `Proposal` that is to be taken."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[tuple[Proposal, QToolButton]] = []
        self._all = tool_button("Take all", self._take_all, name="Take all suggestions")
        self._row = QWidget()
        self._flow = FlowLayout(self._row, gap=6, asked=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        self._flow.addWidget(self._all)
        column(heading("SUGGESTED BY THE PASSAGE"), self._row, parent=self, spacing=4)
        self.hide()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show these. One that was taken stays in its place: nothing moves under the pointer."""
        for _, old in self.buttons:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        words = {"kind": "kind", "topics": "topic", "actors": "actor", "date": "date"}
        self.buttons = [
            (
                one,
                tool_button(
                    button_text(f"+ {one.shown}"),
                    partial(self._take, one),
                    role="",
                    name=f"Take the {words[one.field]} {one.shown}",
                    tip=plain_tip(one.told or f"Take it as {words[one.field]}"),
                ),
            )
            for one in proposals
        ]
        for number, (_, made) in enumerate(self.buttons):
            self._flow.insert(number, made)
            made.show()
        self._all.setEnabled(True)
        self._all.setVisible(len(proposals) > 1)
        self.setVisible(bool(proposals))
        self._row.updateGeometry()

    def show_taken(self, has: Callable[[Proposal], bool]) -> None:
        """Tick what its field has, by a click here or by the person's own hand."""
        for one, made in self.buttons:
            taken = has(one)
            made.setText(button_text(f"{'✓' if taken else '+'} {one.shown}"))
            made.setEnabled(not taken)
        self._all.setEnabled(
            any(made.isEnabled() for one, made in self.buttons if one.field != "date")
        )

    def _take(self, proposal: Proposal) -> None:
        for one, made in self.buttons:
            if one is proposal and made.isEnabled():
                self.chosen.emit(one)

    def _take_all(self) -> None:
        """All but further dates: there can be one only."""
        for one, _ in self.buttons:
            if one.field != "date":
                self._take(one)

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())
