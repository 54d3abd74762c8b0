"""A form: fields side by side, the entry that they make, and what is wrong with it as one types."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from briefgen.editing.entry_faults import EntryKind, Fault, entry_faults
from briefgen.gui.editing.date_fields import DateLine, LabelledDate
from briefgen.gui.editing.entry_values import EntryValues
from briefgen.gui.editing.fields import FormLine, Labelled
from briefgen.gui.session import Session
from briefgen.gui.widgets.building import column, row, wait
from briefgen.gui.widgets.scrolled import Scrolled

_PAUSE = 250
"""Milliseconds: a word half typed is no fault."""
_Field = TypeVar("_Field", bound=QWidget)


class FieldPage(Scrolled):
    """Two columns of fields that scroll together, the left one wider."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("Fields")
        self.left, self.right = column(spacing=10), column(spacing=10)
        self.column.setContentsMargins(22, 16, 22, 16)
        self.arrange()
        self.column.addStretch(1)
        self.named: dict[str, Labelled] = {}
        """The fields under their labels, by the key of the entry that each makes."""
        self._soon = wait(self, _PAUSE, self.check)

    def arrange(self) -> None:
        """Put the columns side by side; a page may stand in a narrower place."""
        self.column.addLayout(row((self.left, 3), (self.right, 2), spacing=28))

    def add(
        self,
        into: QBoxLayout,
        key: str,
        field: _Field,
        text: str | None = None,
    ) -> _Field:
        """Put a field under its label, which is its accessible name unless `text` is another."""
        text = field.accessibleName() if text is None else text
        named = LabelledDate(text, field) if isinstance(field, DateLine) else Labelled(text, field)
        self.named[key] = named
        if isinstance(into, QHBoxLayout):
            into.addWidget(named, 1, Qt.AlignmentFlag.AlignTop)
        else:
            into.addWidget(named)
        any_field: Any = field
        any_field.changed.connect(lambda *said: self.touch(key))
        return field

    def beside(self, into: QBoxLayout) -> QHBoxLayout:
        """A row in a column, for fields beside one another."""
        made = row(spacing=14)
        into.addLayout(made)
        return made

    def touch(self, key: str) -> None:
        """The person changed a field."""
        self._soon.start()
        self.changed.emit()

    def check(self) -> None:
        """Look at what was typed, now."""
        raise NotImplementedError


class Form(FieldPage):
    """The fields of one kind of entry. A fault is shown once its field was touched, or on saving.

    What `fill` shows comes out of `entry` again, whatever the fields do not know.
    """

    kind: EntryKind = "fact"
    id: FormLine
    """Every kind of entry has one: the form of that kind makes the field."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.values = EntryValues()
        self.own_id: str | None = None
        """The id that the entry has in the base; None for a new one."""
        self.seen: dict[str, Any] = {}
        """The entry as its file had it."""
        self.start: dict[str, Any] = {}
        """The entry as the form first showed it."""
        self.id_is_typed = False
        """Whether the person wrote the id: no other one is made for it any more."""
        self._touched: set[str] = set()
        self._all_shown = False
        self.faults: tuple[Fault, ...] = ()

    # --- what a form of one kind calls ----------------------------------------------------------

    def put(
        self,
        into: QBoxLayout,
        key: str,
        field: _Field,
        text: str | None = None,
    ) -> _Field:
        """A field under its label, for one key of the entry."""
        self.values.bind_field(key, field)
        return self.add(into, key, field, text)

    def put_id(self, into: QBoxLayout, placeholder: str) -> None:
        """The field of the id, which is made of other fields until the person writes one."""
        self.id = self.put(into, "id", FormLine("Id", placeholder))
        self.id.typed.connect(lambda text: self._take_id())

    def _take_id(self) -> None:
        self.id_is_typed = bool(self.id.data())
        self.follow()

    def follow(self) -> None:
        """Called when fields changed that others are made of."""

    def touch(self, key: str) -> None:
        self._touched.add(key)
        super().touch(key)

    def base_opened(self) -> None:
        """Called when the base was read anew while the form is open."""
        self.check()

    def new_sources(self) -> Collection[str]:
        """Ids of sources that will be written along with the entry."""
        return ()

    # --- what dialogs call ----------------------------------------------------------------------

    def fill(
        self,
        entry: Mapping[str, Any],
        *,
        own_id: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> None:
        """Show an entry: one of the base (`own_id`, and `seen` as its file has it) or a new one."""
        self.own_id = own_id
        self.seen = dict(seen or {})
        self._touched.clear()
        self._all_shown = False
        self.values.fill(entry)
        self.start = self.entry()
        for named in self.named.values():
            if isinstance(named, LabelledDate):
                named.read()
        self.id.setReadOnly(own_id is not None)
        self.id_is_typed = bool(self.start.get("id"))
        self.filled()
        self.check()

    def filled(self) -> None:
        """Called when an entry has been shown."""

    def entry(self) -> dict[str, Any]:
        """The entry as it is now."""
        entry = self.values.entry()
        if self.id.data():
            entry.setdefault("id", self.id.data())
        return entry

    @property
    def is_changed(self) -> bool:
        """Whether the person wrote anything; an id that was made for a new entry is not theirs."""
        made = {"id"} if self.own_id is None else set()
        now, start = (
            {key: value for key, value in entry.items() if key not in made}
            for entry in (self.entry(), self.start)
        )
        return now != start

    def check(self) -> None:
        """Look what is wrong, now, and show what may be shown."""
        self._soon.stop()
        self.faults = entry_faults(
            self.kind,
            self.entry(),
            self.session.index,
            own_id=self.own_id,
            new_sources=self.new_sources(),
        )
        self.show_faults()

    def show_faults(self) -> None:
        """Each fault at its field."""
        for key, named in self.named.items():
            own = [fault for fault in self.faults if self._key_of(fault) == key]
            shown = own if self._all_shown or key in self._touched else []
            field: Any = named.field
            if hasattr(field, "show_faults"):
                field.show_faults([one for one in shown if len(one.place) > 1])
                shown = [one for one in shown if len(one.place) == 1]
            worst = next((one for one in shown if one.severity == "error"), None)
            told = worst or (shown[0] if shown else None)
            named.tell(told.sentence if told else "", told.severity if told else "")

    def _key_of(self, fault: Fault) -> str:
        """The field of a fault; parts of `custom` have fields of their own."""
        within = ".".join(str(step) for step in fault.place[:2])
        return within if within in self.named else fault.field

    def errors(self) -> tuple[Fault, ...]:
        """What keeps it from being saved, all of it shown from now on."""
        self._all_shown = True
        self.check()
        errors = [fault for fault in self.faults if fault.severity == "error"]
        # The id comes of itself once the rest is there.
        return tuple(sorted(errors, key=lambda fault: fault.field == "id"))

    def told(self, fault: Fault) -> str:
        """A fault as its field tells it."""
        named = self.named.get(self._key_of(fault))
        return (named.said[0] if named is not None else "") or fault.sentence

    def go_to(self, fault: Fault) -> None:
        """Put the caret where something is wrong."""
        named = self.named.get(self._key_of(fault))
        if named is None:
            return
        field: Any = named.field
        rows: Sequence[Any] = getattr(field, "rows", ())
        target: QWidget | None = None
        if rows:
            number = fault.place[1] if len(fault.place) > 1 else 0
            at = rows[number] if isinstance(number, int) and number < len(rows) else rows[0]
            target = at.field_at(fault.place[2:]) or at.first_field()
        elif hasattr(field, "field"):  # chips: the line behind them
            target = field.field
        target = target or named.field
        target.setFocus()
        self.ensureWidgetVisible(named, 0, 24)
