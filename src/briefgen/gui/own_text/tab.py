"""The tab of the author's own text: a field for each thing that the template asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from briefgen.brief.own_text.reader import count_words
from briefgen.brief.template.model import Input, Template
from briefgen.gui.own_text.people import People, required_mark, show_required
from briefgen.gui.template_tab import CANNOT_BE_READ, TemplateTab, come_forward
from briefgen.gui.view_models.brief.own_text_check import Note, check_own_text
from briefgen.gui.view_models.brief.switching import answer_to, homeless, with_answer
from briefgen.gui.view_models.brief.wanted import (
    inputs_in_order,
    people_wanted,
    required_of,
    still_wanted,
)
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import STRETCH, button, column, label, restyle, row
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.removing import remove
from briefgen.gui.window import MainWindow


class OwnTextTab(TemplateTab["Answer"]):
    """The template's inputs, and at the end what is kept for other templates."""

    shown_fields = frozenset({"text", "sections", "sides", "attendees", "posts"})

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Own text", spacing=16)
        self.completions = Completions.of(self.session)
        self.people = People(self.session)
        self.column.insertWidget(1, self.people)
        self._aside = column(spacing=4)
        self.column.insertLayout(3, self._aside)
        self._aside_shown: dict[str, str] = {}
        self._aside_box: QWidget | None = None
        self.session.field_asked.connect(self._field_asked)

    def make_rows(self, template: Template) -> Iterable[tuple[str, Answer]]:
        for asked in inputs_in_order(template):
            answer = Answer(asked, self)
            answer.field.typed.connect(partial(self._edit, asked))
            yield asked.id, answer

    def show_brief(self, *, again: bool) -> None:
        spec, template = self.session.spec, self.template
        required = required_of(template, spec) if template is not None else ()
        missing = [
            one.field.removeprefix("text.")
            for one in (still_wanted(template, spec) if template is not None else ())
        ]
        people = people_wanted(template) if template is not None else ()
        self.people.show_brief(people, required, missing, again=again)
        for id_, answer in self.rows.items():
            show_required(answer.required, id_ in required, id_ in missing)
            answer.show_answer(answer_to(answer.asked, spec), again=again)
            answer.show_left_out(_left_out(template, id_, spec.sections.leave_out))
        if template is None:
            self.intro.setText(CANNOT_BE_READ)
        elif not template.inputs:
            self.intro.setText(f"{template.label} asks for no text of yours.")
        else:
            self.intro.setText(
                "Plain words, - before what is listed. Type [@ to cite facts and sources."
            )
        self.show_count(sum(1 for id_ in self.rows if spec.text.get(id_)))
        self._show_aside()

    def _edit(self, asked: Input, text: str) -> None:
        session = self.session
        changed = with_answer(session.spec, asked, text)
        session.edit(asked.label, changed, merge=f"text:{asked.id}")

    def _field_asked(self, field: str) -> None:
        if field in people_wanted(self.template) if self.template is not None else ():
            wanted = self.people.field(field)
        else:
            answer = self.rows.get(field.removeprefix("text."))
            wanted = answer.field if field.startswith("text.") and answer is not None else None
        if wanted is not None:
            come_forward(self.window_, self, wanted)

    # --- what the template does not ask for ------------------------------------------------------

    def _show_aside(self) -> None:
        template, spec = self.template, self.session.spec
        asked = {one.id for one in template.inputs} if template is not None else set()
        unknown = homeless(spec, template)[0] if template is not None else ()
        strangers = {id_: spec.text[id_] for id_ in unknown}
        kept = {id_: text for id_, text in self.session.aside.text.items() if id_ not in asked}
        shown = {f"!{id_}": text for id_, text in strangers.items()} | kept
        if shown == self._aside_shown:
            return
        self._aside_shown = shown
        if self._aside_box is not None:
            remove(self._aside, self._aside_box)
            self._aside_box = None
        if strangers or kept:
            self._aside_box = self._make_aside(strangers, kept)
            self._aside.addWidget(self._aside_box)

    def _make_aside(self, strangers: Mapping[str, str], kept: Mapping[str, str]) -> QWidget:
        box = QWidget()
        whole = column(parent=box, margins=(0, 8, 0, 0), spacing=6)
        if strangers:
            names = ", ".join(strangers)
            told = label(
                f"The brief answers what this template does not ask: {names}.", "warning", wrap=True
            )
            whole.addLayout(row((told, 1), button("Set aside", self.set_aside)))
        if kept:
            whole.addWidget(label("KEPT ASIDE", "heading", wrap=True))
            why = (
                "Written for another template. It comes back when a template asks for it; "
                "the brief’s file does not hold it."
            )
            whole.addWidget(label(why, "hint", wrap=True))
        for id_, text in kept.items():
            start = " ".join(text.split())
            short = start if len(start) <= 80 else f"{start[:79]}…"
            told = label(f"{id_.replace('_', ' ').replace('-', ' ')}: {short}", wrap=True)
            copy = partial(QGuiApplication.clipboard().setText, text)
            whole.addLayout(row((told, 1), button("Copy", copy, role="quiet", name=f"Copy {id_}")))
        return box


class Answer(QWidget):
    """One input: what is asked, the field, how many words it has, what is wrong with it."""

    def __init__(self, asked: Input, tab: OwnTextTab) -> None:
        super().__init__()
        self.asked = asked
        self._tab = tab
        self.field = CitingText(tab.completions.citable, asked.label, lines=3)
        if asked.hint:
            self.field.setAccessibleDescription(f"{asked.hint} Type [@ to cite.")
        name = label(asked.label, "name")
        name.setBuddy(self.field)
        self.count = label(role="count")
        self.required = required_mark()
        self.left_out = label("left out: its section is off", "warning")
        self.left_out.hide()
        self.notes = Notes(self.field, self._check)
        tab.session.about_to_close.connect(self.notes.stop)
        whole = column(
            row(name, self.required, self.left_out, STRETCH, self.count, spacing=8),
            parent=self,
            spacing=4,
        )
        if asked.hint:
            whole.addWidget(label(" ".join(asked.hint.split()), "hint", wrap=True))
        whole.addWidget(self.field)
        whole.addWidget(self.notes)
        self.field.typed.connect(self._typed)
        self._count("")

    def show_answer(self, text: str, *, again: bool) -> None:
        """Show the brief's answer; `again`: the base may judge it differently now."""
        changed = self.field.value() != text
        self.field.show_text(text)
        if changed or again:
            self._count(text)
            self.notes.check()

    def show_left_out(self, left_out: bool) -> None:
        """Tell that no section prints it."""
        self.left_out.setVisible(left_out)

    def _typed(self, text: str) -> None:
        self._count(text)
        self.notes.check_soon()

    def _count(self, text: str) -> None:
        words, most = count_words(text), self.asked.max_words
        over = most is not None and words > most
        said = f"{words} of {most} words" if most else counted(words, "word")
        self.count.setText(f"▲ {said}" if over else said)
        restyle(self.count, "role", "warning" if over else "count")

    def _check(self) -> tuple[Note, ...]:
        session = self._tab.session
        return check_own_text(
            self.field.value(), session.base, session.index, cites=self.asked.cites
        )


def _left_out(template: Template | None, id_: str, left_out: tuple[str, ...]) -> bool:
    """Whether no section that prints the input is in the brief."""
    printing = [one.id for one in template.sections if one.input == id_] if template else []
    return bool(printing) and all(one in left_out for one in printing)
