"""The tab of judgements: what the author concludes, how likely, how sure, and from which facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton

from briefgen.brief.spec.model import Judgement
from briefgen.gui.template_tab import come_forward
from briefgen.gui.view_models.brief.judgement_drafts import (
    begun,
    faults_of_terms,
    finished,
    scale_for,
    why_unfinished,
    with_unfinished,
)
from briefgen.gui.view_models.brief.own_text_check import Note, check_own_text
from briefgen.gui.widgets.building import button, column, label, restyle, row, tool_button
from briefgen.gui.widgets.chips import Chips
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.citing import CitingText, as_suggestion
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.removing import remove
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.gui.widgets.suggesting import first_few
from briefgen.gui.widgets.template_at_hand import template_of
from briefgen.gui.window import MainWindow
from briefgen.standards.files import load_scale
from briefgen.standards.scale import USUAL_SCALE, Scale


class JudgementsTab(Scrolled):
    """A card for each judgement, the unfinished ones too: those wait here, outside the brief."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Judgements")
        self.window_ = window
        self.session = window.session
        self.completions = Completions.of(self.session)
        self.scale, self._scale_fault = load_scale(USUAL_SCALE), ""
        self.cards: list[Card] = []
        self.intro = label(role="hint", wrap=True)
        self._list = column(spacing=12)
        self.add_button = button("Add a judgement", self.add)
        self.column.addWidget(self.intro)
        self.column.addLayout(self._list)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.session.brief_opened.connect(self._forget)
        self.session.brief_changed.connect(self._refresh)
        self.session.base_opened.connect(self._base_opened)
        self.session.field_asked.connect(self._field_asked)

    @property
    def drafts(self) -> tuple[Judgement, ...]:
        """What the cards say, in order."""
        return tuple(card.judgement for card in self.cards)

    # --- from the brief -----------------------------------------------------------------------

    def _refresh(self, changed: frozenset[str]) -> None:
        if "scale" in changed:
            self._take_scale()
        if "judgements" in changed:
            self._show(with_unfinished(self.session.spec.judgements, self.drafts))
        if changed & {"template", "sections", "judgements"}:
            self._say()

    def _base_opened(self) -> None:
        self._take_scale()
        for card in self.cards:
            card.show_judgement(card.judgement, again=True)
        self._say()

    def _take_scale(self) -> None:
        """Offer the terms of the scale that the brief has now."""
        self.scale, self._scale_fault = scale_for(self.session.spec, self.session.base)
        for card in self.cards:
            card.offer_terms(self.scale)
        self._say()

    def _forget(self) -> None:
        """Another brief, with what was unfinished in it when the app was cut off."""
        self._take_scale()
        self._show(self.session.aside.judgements)

    def _show(self, drafts: Sequence[Judgement]) -> None:
        while len(self.cards) > len(drafts):
            remove(self._list, self.cards.pop())
        while len(self.cards) < len(drafts):
            card = Card(self)
            self.cards.append(card)
            self._list.addWidget(card)
        for number, (card, draft) in enumerate(zip(self.cards, drafts, strict=True)):
            card.show_judgement(draft)
            card.show_place(number, len(drafts))

    def _say(self) -> None:
        template, spec = template_of(self.session), self.session.spec
        printing = [one.id for one in template.sections if one.show == "judgements"] if (
            template is not None) else []  # fmt: skip
        said = (
            f"What you conclude, in the terms of {self.scale.label}: how likely it is, and apart "
            "from that how sure you are and why."
        )
        warn = False
        if self._scale_fault:
            said, warn = f"{_sentence(self._scale_fault)}", True
        elif template is not None and not printing:
            said, warn = f"{template.label} has no section for judgements: none is printed.", True
        elif printing and all(one in spec.sections.leave_out for one in printing):
            said, warn = "Left out: the section of judgements is off.", True
        warn = warn and bool(self.cards)
        self.intro.setText(said)
        restyle(self.intro, "role", "warning" if warn else "hint")
        count = len(spec.judgements)
        self.window_.title_tab(self, f"Judgements {count}" if count else "Judgements")

    # --- from the person ----------------------------------------------------------------------

    def add(self) -> None:
        """A new card, ready to be typed into."""
        self._show((*self.drafts, Judgement("")))
        self._say()
        card = self.cards[-1]
        card.text.setFocus(Qt.FocusReason.OtherFocusReason)
        # The card has no place yet: scroll to it when it has.
        self.inside.adjustSize()
        self.ensureWidgetVisible(card)

    def _field_asked(self, field: str) -> None:
        kind, _, number = field.partition(".")
        if kind != "judgements":
            return
        if not number:
            come_forward(self.window_, self, self.add_button)
            return
        # The brief counts those that are finished alone.
        in_brief = [card for card in self.cards if not why_unfinished(card.judgement)]
        if int(number) < len(in_brief):
            come_forward(self.window_, self, in_brief[int(number)].text)

    def take(self, label: str, merge: str = "") -> None:
        """What the cards say becomes the brief's judgements."""
        session = self.session
        drafts = self.drafts
        spec = replace(session.spec, judgements=finished(drafts))
        session.put_aside(replace(session.aside, judgements=begun(drafts)))
        session.edit(label, spec, merge=merge)

    def remove(self, card: Card) -> None:
        """Take a judgement out. Undo brings it back."""
        place = self.cards.index(card)
        drafts = self.drafts
        self._show((*drafts[:place], *drafts[place + 1 :]))
        self.take("Remove a judgement")
        self._say()
        nearest = self.cards[min(place, len(self.cards) - 1)].text if self.cards else None
        (nearest or self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def shift(self, card: Card, by: int) -> None:
        """Change places with the one above (-1) or below (1)."""
        place = self.cards.index(card)
        other = place + by
        if not 0 <= other < len(self.cards):
            return
        drafts = list(self.drafts)
        drafts[place], drafts[other] = drafts[other], drafts[place]
        self._show(drafts)
        self.take("Move a judgement")
        moved = self.cards[other]
        arrow = moved.up if by < 0 else moved.down
        (arrow if arrow.isVisible() else moved.text).setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(moved)


class Card(QFrame):
    """One judgement."""

    def __init__(self, tab: JudgementsTab) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tab = tab
        self.judgement = Judgement("")
        session = tab.session
        self.name = label(role="hint")
        self.up = self._button("↑", "Move up", lambda: tab.shift(self, -1))
        self.down = self._button("↓", "Move down", lambda: tab.shift(self, 1))
        self.away = self._button("Remove", "Remove", lambda: tab.remove(self))
        self.text = CitingText(
            tab.completions.citable, "Judgement", "What you judge, in a sentence", lines=2
        )
        self.text.typed.connect(self._typed)
        self.notes = Notes(self.text, self._check)
        session.about_to_close.connect(self.notes.stop)
        self.likelihood = self._choice("Likelihood")
        self.confidence = self._choice("Confidence")
        self.basis = Chips(
            tab.completions.chip,
            lambda typed: first_few(list(map(as_suggestion, tab.completions.facts(typed)))),
            "Basis",
            "Add a fact it rests on",
        )
        self.basis.changed.connect(lambda ids: self._edit("Basis of a judgement", basis=ids))
        self.basis.pointed.connect(lambda id_: session.point_at(id_, self))
        self.reasons = {key: self._reason(key, *said) for key, said in _REASONS.items()}
        self.offer_terms(tab.scale)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for line, place, text, field, span in (
            (0, 0, "Likelihood", self.likelihood, 1), (0, 2, "Confidence", self.confidence, 1),
            (1, 0, "Basis", self.basis, 3),
            *((2 + number, 0, _REASONS[key][0], field, 3)
              for number, (key, field) in enumerate(self.reasons.items())),
        ):  # fmt: skip
            name = QLabel(text)
            name.setBuddy(field)
            tall = span > 1
            top = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
            if tall:
                name.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(name, line, place, top)
            grid.addWidget(field, line, place + 1, 1, span)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(3, 3)
        head = row((self.name, 1), self.up, self.down, self.away, spacing=0)
        column(head, self.text, self.notes, grid, parent=self, margins=(12, 6, 12, 12), spacing=6)

    def _choice(self, name: str) -> ChoiceBox:
        """A list for the part of a judgement that is called so in small letters."""
        box = ChoiceBox(name)
        box.activated.connect(lambda place: self._edit(name, **{name.lower(): box.itemData(place)}))
        return box

    def _reason(self, key: str, label: str, placeholder: str) -> CitingText:
        field = CitingText(self._tab.completions.citable, label, placeholder, lines=1)
        field.typed.connect(lambda text: self._write(f"{label} of a judgement", key, text))
        return field

    def offer_terms(self, scale: Scale) -> None:
        """Offer the terms of a scale; what the judgement says stays, of the scale or not."""
        likelihoods = [(f"{term.term} · {band.low}–{band.high} %", term.term)
                       for band, term in scale.terms()]  # fmt: skip
        confidences = [(grade, grade) for grade in scale.confidences]
        for box, entries in ((self.likelihood, likelihoods), (self.confidence, confidences)):
            with QSignalBlocker(box):
                box.clear()
                for text, value in (("Not said", ""), *entries):
                    box.addItem(text, value)
        self._show_terms(self.judgement)
        self.notes.check()

    def _show_terms(self, judgement: Judgement) -> None:
        for box, value in (
            (self.likelihood, judgement.likelihood), (self.confidence, judgement.confidence),
        ):  # fmt: skip
            with QSignalBlocker(box):
                if box.findData(value) < 0:
                    box.addItem(f"{value} (not of this scale)", value)
                box.setCurrentIndex(box.findData(value))

    def _button(self, text: str, name: str, slot: Callable[[], object]) -> QToolButton:
        made = tool_button(text, slot, name=name, tip="" if text == name else name)
        policy = made.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        made.setSizePolicy(policy)
        return made

    def show_judgement(self, judgement: Judgement, *, again: bool = False) -> None:
        """Show it; `again`: the base may know other facts now."""
        before, self.judgement = self.judgement, judgement
        self.text.show_text(judgement.text)
        self._show_terms(judgement)
        for key, field in self.reasons.items():
            field.show_text(getattr(judgement, key))
        self.basis.show_ids(judgement.basis, again=again)
        if again or before != judgement:
            self.notes.check()

    def show_place(self, number: int, of: int) -> None:
        """Its place among the others."""
        self.name.setText(f"{number + 1} of {of}" if of > 1 else "")
        self.setAccessibleName(f"Judgement {number + 1} of {of}")
        self.text.setAccessibleName(f"Judgement {number + 1}")
        self.up.setVisible(number > 0)
        self.down.setVisible(number < of - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self._tab.shift(self, -1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._write("Judgement", "text", text)

    def _write(self, label: str, key: str, text: str) -> None:
        changes: dict[str, Any] = {key: text}
        self.judgement = replace(self.judgement, **changes)
        place = self._tab.cards.index(self)
        self._tab.take(label, merge=f"judgement:{place}:{key}")
        self.notes.check_soon()

    def _edit(self, label: str, **changes: Any) -> None:
        self.judgement = replace(self.judgement, **changes)
        self._tab.take(label)
        self.notes.check()

    def _check(self) -> tuple[Note, ...]:
        session = self._tab.session
        judgement = self.judgement
        why = why_unfinished(judgement)
        if why:
            started = judgement != Judgement("")
            return (Note("warning" if judgement.text else "hint", _sentence(why)),) * started
        notes = [
            note
            for note in check_own_text(judgement.text, session.base, session.index)
            if not (note.severity == "hint" and judgement.basis)
        ]
        notes += faults_of_terms(judgement, self._tab.scale)
        notes.sort(key=lambda note: ("error", "warning", "hint").index(note.severity))
        if len(notes) == 1 and notes[0].severity == "hint":
            notes = [Note("hint", "Rests on no fact yet: add some under Basis, or cite with [@")]
        return tuple(notes)


_REASONS = {
    "because": ("Because", "we have one cargo and no price"),
    "assumes": ("Assumes", "sanctions stay as they are"),
    "would_change": ("Would change it", "A published contract"),
}
"""What stands behind a judgement, by key: the field's name, and an example."""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def install(window: MainWindow) -> None:
    """Add the tab."""
    window.add_tab(JudgementsTab(window), "Judgements")
