"""The tab of the author's own text: a field for each thing that the template asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefgen.brief.template.model import Input, Template
from briefgen.gui.view_models.brief.own_text_check import Note, check_own_text, count_words
from briefgen.gui.view_models.brief.switching import homeless
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.gui.widgets.template_at_hand import take_template, template_of
from briefgen.gui.window import MainWindow


class OwnTextTab(Scrolled):
    """The template's inputs, and at the end what is kept for other templates."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Own text")
        self.window_ = window
        self.session = window.session
        self.completions = Completions.of(self.session)
        self.answers: dict[str, Answer] = {}
        self._template: Template | None = None
        self.intro = QLabel()
        self.intro.setTextFormat(Qt.TextFormat.PlainText)
        self.intro.setProperty("role", "hint")
        self.intro.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self._aside = QVBoxLayout()
        self._aside.setSpacing(4)
        self.column.addWidget(self.intro)
        self.column.addLayout(self._list)
        self.column.addLayout(self._aside)
        self.column.addStretch(1)
        self._aside_shown: dict[str, str] = {}
        self._aside_box: QWidget | None = None
        self.session.brief_changed.connect(self._refresh)
        self.session.base_opened.connect(self._rebuild)

    def _refresh(self, changed: frozenset[str]) -> None:
        if "template" in changed:
            self._rebuild()
        elif changed & {"text", "leave_out"}:
            self._show()

    def _rebuild(self) -> None:
        """Fields for the template, if it is another one than before."""
        template = template_of(self.session)
        if template is None or template != self._template:
            for answer in self.answers.values():
                self._list.removeWidget(answer)
                answer.hide()
                answer.deleteLater()
            self.answers = {}
            self._template = template
            for asked in template.inputs if template is not None else ():
                answer = Answer(asked, self)
                answer.field.typed.connect(partial(self._edit, asked))
                self.answers[asked.id] = answer
                self._list.addWidget(answer)
        self._show(again=True)

    def _show(self, *, again: bool = False) -> None:
        spec, template = self.session.spec, self._template
        for id_, answer in self.answers.items():
            answer.show_answer(spec.text.get(id_, ""), again=again)
            answer.show_left_out(_left_out(template, id_, spec.leave_out))
        if template is None:
            self.intro.setText("The template cannot be read: choose another one above.")
        elif not template.inputs:
            self.intro.setText(f"{template.label} asks for no text of yours.")
        else:
            self.intro.setText("Plain words, or CommonMark. Type [@ to cite a fact or a source.")
        written = sum(1 for id_ in self.answers if spec.text.get(id_))
        self.window_.title_tab(self, f"Own text {written}" if written else "Own text")
        self._show_aside()

    def _edit(self, asked: Input, text: str) -> None:
        session = self.session
        texts = dict(session.spec.text)
        if text:
            texts[asked.id] = text
        else:
            texts.pop(asked.id, None)
        session.edit(asked.label, replace(session.spec, text=texts), merge=f"text:{asked.id}")

    # --- what the template does not ask for ------------------------------------------------------

    def _show_aside(self) -> None:
        template, spec = self._template, self.session.spec
        asked = {one.id for one in template.inputs} if template is not None else set()
        unknown = homeless(spec, template)[0] if template is not None else ()
        strangers = {id_: spec.text[id_] for id_ in unknown}
        kept = {id_: text for id_, text in self.session.aside.text.items() if id_ not in asked}
        shown = {f"!{id_}": text for id_, text in strangers.items()} | kept
        if shown == self._aside_shown:
            return
        self._aside_shown = shown
        if self._aside_box is not None:
            self._aside.removeWidget(self._aside_box)
            self._aside_box.hide()
            self._aside_box.deleteLater()
            self._aside_box = None
        if strangers or kept:
            self._aside_box = self._make_aside(strangers, kept)
            self._aside.addWidget(self._aside_box)

    def _make_aside(self, strangers: Mapping[str, str], kept: Mapping[str, str]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        if strangers:
            names = ", ".join(strangers)
            row = QHBoxLayout()
            row.addWidget(
                _words(f"The brief answers what this template does not ask: {names}.", "warning"), 1
            )
            away = QPushButton("Set aside")
            away.clicked.connect(self._set_aside)
            row.addWidget(away)
            column.addLayout(row)
        if kept:
            column.addWidget(_words("KEPT ASIDE", "heading"))
            column.addWidget(
                _words(
                    "Written for another template. It comes back when a template asks for it; "
                    "the brief’s file does not hold it.", "hint",
                )
            )  # fmt: skip
        for id_, text in kept.items():
            row = QHBoxLayout()
            start = " ".join(text.split())
            short = start if len(start) <= 80 else f"{start[:79]}…"
            row.addWidget(_words(f"{id_.replace('_', ' ').replace('-', ' ')}: {short}", ""), 1)
            copy = QPushButton("Copy")
            copy.setProperty("role", "quiet")
            copy.setAccessibleName(f"Copy {id_}")
            copy.clicked.connect(partial(QGuiApplication.clipboard().setText, text))
            row.addWidget(copy)
            column.addLayout(row)
        return box

    def _set_aside(self) -> None:
        if self._template is not None:
            take_template(self.session, self._template)


class Answer(QWidget):
    """One input: what is asked, the field, how many words it has, what is wrong with it."""

    def __init__(self, asked: Input, tab: OwnTextTab) -> None:
        super().__init__()
        self.asked = asked
        self._tab = tab
        self.field = CitingText(tab.completions.citable, asked.label, lines=3)
        if asked.hint:
            self.field.setAccessibleDescription(f"{asked.hint} Type [@ to cite.")
        name = QLabel(asked.label)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "name")
        name.setBuddy(self.field)
        self.count = QLabel()
        self.count.setProperty("role", "count")
        self.left_out = _words("left out: its section is off", "warning")
        self.left_out.setWordWrap(False)
        self.left_out.hide()
        self.notes = Notes(self.field, self._check)
        tab.session.about_to_close.connect(self.notes.stop)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(name)
        head.addWidget(self.left_out)
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        if asked.hint:
            column.addWidget(_words(" ".join(asked.hint.split()), "hint"))
        column.addWidget(self.field)
        column.addWidget(self.notes)
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
        said = f"{words} of {most} words" if most else f"{words} word{'' if words == 1 else 's'}"
        self.count.setText(f"▲ {said}" if over else said)
        role = "warning" if over else "count"
        if self.count.property("role") != role:
            self.count.setProperty("role", role)
            self.count.style().unpolish(self.count)
            self.count.style().polish(self.count)

    def _check(self) -> tuple[Note, ...]:
        session = self._tab.session
        return check_own_text(self.field.value(), session.base, session.index)


def _left_out(template: Template | None, id_: str, left_out: tuple[str, ...]) -> bool:
    """Whether no section that prints the input is in the brief."""
    printing = [one.id for one in template.sections if one.input == id_] if template else []
    return bool(printing) and all(one in left_out for one in printing)


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def install(window: MainWindow) -> None:
    """Add the tab."""
    window.add_tab(OwnTextTab(window), "Own text")
