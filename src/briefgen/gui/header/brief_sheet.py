"""Everything about a brief that is set once and seldom looked at: a sheet under the header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from briefgen.brief.spec.model import BriefSpec, ReferenceListing
from briefgen.brief.spec.reader import OUTPUT_FORMATS
from briefgen.gui.files.choosing import ask_open
from briefgen.gui.header.day_field import DayField
from briefgen.gui.header.labelled_grid import LabelledGrid
from briefgen.gui.header.sheet import Sheet
from briefgen.gui.widgets.actor_chips import ActorChips
from briefgen.gui.widgets.building import button, button_text, restyle, row
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.fields import LineField, plain_tip
from briefgen.gui.widgets.holding_focus import hand_on_focus
from briefgen.gui.widgets.template_at_hand import template_of
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.gui.window import MainWindow
from briefgen.pipeline.listings.choices import languages
from briefgen.standards.files import load_scale, shipped_names

_FORMATS = {
    "docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown", "txt": "Text", "json": "JSON",
}  # fmt: skip
_GRADES: tuple[tuple[str, bool | None], ...] = (
    ("Cautions in words", None),
    ("Grades and cautions", True),
    ("Only what must be told", False),
)


class BriefSheet(Sheet):
    """Masthead, pages, citations and the rest, each shown as the brief has it."""

    def __init__(self, window: MainWindow, opener: QPushButton) -> None:
        super().__init__(window, opener, "Document")
        self.session = window.session
        self._completions = Completions.of(self.session)
        self._refreshers: list[tuple[str, Callable[[BriefSpec], None]]] = []
        self._left, self._right = LabelledGrid(), LabelledGrid()
        self._build_left()
        self._build_right()
        self.fill(row((self._left, 1), (self._right, 1), margins=(18, 10, 18, 16), spacing=28))
        self.session.brief_changed.connect(self._refresh)
        self.session.base_opened.connect(self._refresh_all)
        self._refresh_all()

    # --- what there is to set -------------------------------------------------------------------

    def _build_left(self) -> None:
        column = self._left
        column.heading("Masthead")
        self.prepared_for = self._line("Prepared for", "prepared_for", "Director, South Asia")
        self.prepared_by = self._line("Prepared by", "prepared_by", "Research desk")
        self.cleared_by = self._line("Cleared by", "cleared_by", "Head of department")
        self.distribution = self._several(
            "Distribution", "distribution", "Director South Asia; Moscow post"
        )
        self.handling = self._several("Handling", "handling", "COMMERCIAL; UK EYES ONLY")
        self.contact = self._line("Contact", "contact", "An address or a number")
        self.reference = self._line("Reference", "reference", "SA/2026/114")
        self.version = self._line("Version", "version", "1")
        self.date = self._day("Date printed", "date", "Today", None)
        self.review_on = self._day("Review on", "review_on", "No date", "")
        column.heading("Since the last issue")
        self.changes = CitingText(
            self._completions.citable, "What changed since the last issue",
            "What changed. It stands after the first section.",
        )  # fmt: skip
        self.changes.typed.connect(partial(self._edit, "What changed", "changes"))
        self._shown("changes", lambda spec: self.changes.show_text(spec.changes))
        column.whole(self.changes)
        column.heading("Sides")
        self.sides_hint = column.hint()
        self.ours = self._side("Our side", "ours")
        self.theirs = self._side("Their side", "theirs")
        column.finish()

    def _build_right(self) -> None:
        column = self._right
        column.heading("Pages")
        self.max_pages = LineField("Most pages", "No limit")
        self.max_pages.setValidator(QIntValidator(1, 10_000, self.max_pages))
        self.max_pages.setAccessibleDescription("A budget: type is never shrunk to meet it.")
        self.max_pages.typed.connect(
            # An intermediate text such as 0 is no number of pages.
            lambda text: self._edit("Most pages", "max_pages", int(text or 0) or None)
        )
        self._shown(
            "max_pages",
            lambda spec: self.max_pages.show_text(str(spec.max_pages) if spec.max_pages else ""),
        )
        column.row("Most pages", self.max_pages)
        self.paper = self._list("Paper", "paper", (("A4", "a4"), ("US letter", "letter")))
        self.notes = self._list(
            "Notes", "notes", (("At the foot of each page", "foot"), ("At the end", "end"))
        )
        self._house()
        self.language = self._list(
            "Language", "language",
            (("As the base", None), *((name, tag) for tag, name in languages())),
        )  # fmt: skip
        column.hint("Briefs can be written in English so far.")
        scales = [(load_scale(name).label, name) for name in shipped_names("scale")]
        self.scale = self._list("Judgements in", "scale", (("The base’s scale", None), *scales))
        column.heading("Citations")
        self.citations = self._list(
            "In Word", "citations", (("As text", "plain"), ("Live Zotero fields", "zotero"))
        )
        self.backlinks = self._tick("References tell where they are cited", "backlinks")
        self.reference_grades = self._tick("References tell reliability and saved copy", "grades")
        self.by_kind = self._tick("References by kind of document", "group")
        self.grades = self._list("Beside facts", "grades", _GRADES)
        column.heading("Files that an export writes")
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        self.outputs: dict[str, TickBox] = {}
        for number, name in enumerate(OUTPUT_FORMATS):
            tick = TickBox(_FORMATS[name])
            tick.setAccessibleName(f"Write {_FORMATS[name]}")
            tick.clicked.connect(lambda checked=False, name=name: self._edit_outputs(name))
            self.outputs[name] = tick
            grid.addWidget(tick, number // 3, number % 3)
        self._shown("outputs", self._show_outputs)
        column.whole(box)
        self.outputs_hint = column.hint()
        column.finish()

    def _line(self, label: str, name: str, placeholder: str) -> LineField:
        field = LineField(label, placeholder)
        field.typed.connect(partial(self._edit, label, name))
        self._shown(name, lambda spec: field.show_text(getattr(spec, name) or ""))
        self._left.row(label, field)
        return field

    def _several(self, label: str, name: str, placeholder: str) -> LineField:
        """A line of entries with semicolons between them."""
        field = LineField(label, placeholder)
        field.typed.connect(lambda text: self._edit(label, name, _entries(text)))

        def show(spec: BriefSpec) -> None:
            said = getattr(spec, name)
            if _entries(field.value()) != said:  # not while the next one is begun with a semicolon
                field.show_text("; ".join(said))

        self._shown(name, show)
        self._left.row(label, field)
        return field

    def _day(self, label: str, name: str, placeholder: str, none: str | None) -> DayField:
        """`none` is what the brief has there for no day."""
        field = DayField(label, placeholder)
        field.taken.connect(lambda day: self._edit(label, name, day or none))
        self._shown(name, lambda spec: field.show_day(getattr(spec, name) or ""))
        self._left.row(label, field)
        self._left.whole(field.said)
        return field

    def _list(self, label: str, name: str, entries: Sequence[tuple[str, Any]]) -> ChoiceBox:
        box = ChoiceBox(label)
        values = [value for _, value in entries]
        box.addItems([text for text, _ in entries])
        box.activated.connect(lambda row: self._edit(label, name, values[row]))

        def show(spec: BriefSpec) -> None:
            value = getattr(spec, name)
            with QSignalBlocker(box):
                if value in values:
                    box.setCurrentIndex(values.index(value))
                else:  # a language tag that is not among those offered
                    values.append(value)
                    box.addItem(str(value))
                    box.setCurrentIndex(len(values) - 1)

        self._shown(name, show)
        self._right.row(label, box)
        return box

    def _tick(self, text: str, name: str) -> TickBox:
        box = TickBox(text)
        on: Any = "kind" if name == "group" else True
        off: Any = "" if name == "group" else False

        def edit(checked: bool) -> None:
            listing: ReferenceListing = self.session.spec.references
            changed = replace(listing, **{name: on if checked else off})
            self._edit(text, "references", changed)

        box.clicked.connect(edit)
        self._shown(
            "references",
            lambda spec: _quietly(box, "setChecked", getattr(spec.references, name) == on),
        )
        self._right.whole(box)
        return box

    def _house(self) -> None:
        self.house = button("Choose…", self._choose_house, role="choice", name="House document")
        self.house.setAccessibleDescription("A Word file that lends styles, headers and footers.")
        self.house.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        clear = partial(self._edit, "No house document", "house", None)
        self.no_house = button("Clear", clear, role="quiet", name="No house document")
        box = QWidget()
        row((self.house, 1), self.no_house, parent=box, spacing=4)
        self._right.row("House document", box)

        def show(spec: BriefSpec) -> None:
            name = Path(spec.house).name if spec.house else "Choose…"
            self.house.setText(button_text(name))
            self.house.setToolTip(plain_tip(spec.house or ""))
            if spec.house is None:
                hand_on_focus((self.no_house,), self.house)
            self.no_house.setVisible(spec.house is not None)

        self._shown("house", show)

    def _side(self, label: str, side: str) -> ActorChips:
        chips = ActorChips(self.session, label)

        def edit(ids: tuple[str, ...]) -> None:
            sides = replace(self.session.spec.sides, **{side: ids})
            self._edit(label, "sides", sides)

        chips.changed.connect(edit)
        self._shown("sides", lambda spec: chips.show_ids(getattr(spec.sides, side)))
        self._left.row(label, chips)
        return chips

    # --- to the brief, and from it --------------------------------------------------------------

    def _edit(self, label: str, name: str, value: Any) -> None:
        session = self.session
        session.edit(label, replace(session.spec, **{name: value}), merge=f"more:{name}")

    def _edit_outputs(self, name: str) -> None:
        ticked = tuple(one for one in OUTPUT_FORMATS if self.outputs[one].isChecked())
        if not ticked:
            _quietly(self.outputs[name], "setChecked", True)
            self.outputs_hint.setText("A brief is written as one of these at least.")
            return
        self.outputs_hint.setText("")
        self._edit("Files to write", "outputs", ticked)

    def _show_outputs(self, spec: BriefSpec) -> None:
        for name, tick in self.outputs.items():
            _quietly(tick, "setChecked", name in spec.outputs)

    def _choose_house(self) -> None:
        ask_open(
            self,
            "Choose a house document",
            None,
            "Word documents and templates (*.docx *.dotx)",
            lambda path: self._edit("House document", "house", str(path)),
        )

    def _shown(self, name: str, show: Callable[[BriefSpec], None]) -> None:
        """`show` is called when the brief's field called `name` changes."""
        self._refreshers.append((name, show))

    def _refresh(self, changed: frozenset[str]) -> None:
        spec = self.session.spec
        for name, show in self._refreshers:
            if name in changed:
                show(spec)
        if changed & {"template", "sides"}:
            self._say_sides()

    def _name_handling(self) -> None:
        """Tell what the base's scheme calls its instructions, descriptors and caveats."""
        named = self.session.base.markings.handling
        told = f"Behind the marking. The base’s scheme has {', '.join(named)}." if named else (
            "Behind the marking, with semicolons between them.")  # fmt: skip
        self.handling.setToolTip(plain_tip(told))
        self.handling.setAccessibleDescription(told)

    def _refresh_all(self) -> None:
        self._name_handling()
        for side in (self.ours, self.theirs):
            side.show_ids(side.ids, again=True)
        for _, show in self._refreshers:
            show(self.session.spec)
        self._say_sides()

    def _say_sides(self) -> None:
        template = template_of(self.session)
        uses = template is not None and any(
            one.where is not None and one.where.side is not None for one in template.sections
        )
        sides = self.session.spec.sides
        needed = uses and not (sides.ours or sides.theirs)
        self.sides_hint.setText(
            f"{template.label} speaks for two sides: name them."
            if needed and template is not None
            else "Who speaks and who is spoken to."
            if uses
            else "This template has no sections for one side; its texts may name them."
        )
        restyle(self.sides_hint, "role", "warning" if needed else "hint")

    @property
    def first_field(self) -> QWidget:
        return self.prepared_for


def _entries(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _quietly(widget: QWidget, setter: str, value: object) -> None:
    """Set a value without the widget taking it for the person's doing."""
    with QSignalBlocker(widget):
        getattr(widget, setter)(value)
