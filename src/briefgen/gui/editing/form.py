"""A form: fields side by side, the entry that they make, and what is wrong with it as one types."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from briefgen.editing.entry_faults import EntryKind, Fault, entry_faults
from briefgen.gui.editing.fields import Bound, FormLine, Named
from briefgen.gui.session import Session
from briefgen.gui.widgets.scrolled import Scrolled

_PAUSE = 250
"""Milliseconds: a word half typed is no fault."""


def heading(text: str) -> QLabel:
    """What stands above a group of fields."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


class Form(QWidget):
    """The fields of one kind of entry. A fault is shown once its field was touched, or on saving.

    What `fill` shows comes out of `entry` again, whatever the fields do not know.
    """

    changed = Signal()
    kind: EntryKind = "fact"
    id: FormLine
    """Every kind of entry has one: the form of that kind makes the field."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.bound = Bound()
        self.own_id: str | None = None
        """The id that the entry has in the base; None for a new one."""
        self.seen: dict[str, Any] = {}
        """The entry as its file had it."""
        self.start: dict[str, Any] = {}
        """The entry as the form first showed it."""
        self._named: dict[str, Named] = {}
        self._touched: set[str] = set()
        self._all_shown = False
        self.faults: tuple[Fault, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.check)
        self.scrolled = Scrolled("Fields")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scrolled)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column in (self.left, self.right):
            column.setSpacing(10)
        columns.addLayout(self.left, 3)
        columns.addLayout(self.right, 2)
        self.scrolled.column.setContentsMargins(22, 16, 22, 16)
        self.scrolled.column.addLayout(columns)
        self.scrolled.column.addStretch(1)

    # --- what a form of one kind calls ----------------------------------------------------------

    def put(self, column: Any, key: str, named: Named, *, bind: bool = True) -> None:
        """A field under its name, for one key of the entry."""
        self._named[key] = named
        if isinstance(column, QHBoxLayout):
            column.addWidget(named, 1, Qt.AlignmentFlag.AlignTop)
        else:
            column.addWidget(named)
        field: Any = named.field
        if bind:
            self.bound.bind(key, field.data, field.set_data)
        signal = field.typed if hasattr(field, "typed") else field.changed
        signal.connect(lambda *said: self.touch(key))

    def touch(self, key: str) -> None:
        """The person changed a field."""
        self._touched.add(key)
        self._timer.start()
        self.changed.emit()

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
        self.bound.fill(entry)
        self.start = self.entry()
        self.filled()
        self.check()

    def filled(self) -> None:
        """Called when an entry has been shown."""

    def entry(self) -> dict[str, Any]:
        """The entry as it is now."""
        entry = self.bound.entry()
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
        self._timer.stop()
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
        for key, named in self._named.items():
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
        return within if within in self._named else fault.field

    def errors(self) -> tuple[Fault, ...]:
        """What keeps it from being saved, all of it shown from now on."""
        self._all_shown = True
        self.check()
        errors = [fault for fault in self.faults if fault.severity == "error"]
        # The id comes of itself once the rest is there.
        return tuple(sorted(errors, key=lambda fault: fault.field == "id"))

    def told(self, fault: Fault) -> str:
        """A fault as its field tells it."""
        named = self._named.get(self._key_of(fault))
        return (named.said[0] if named is not None else "") or fault.sentence

    def go_to(self, fault: Fault) -> None:
        """Put the caret where something is wrong."""
        named = self._named.get(self._key_of(fault))
        if named is None:
            return
        field: Any = named.field
        rows: Sequence[Any] = getattr(field, "rows", ())
        target: QWidget | None = None
        if rows:
            number = fault.place[1] if len(fault.place) > 1 else 0
            row = rows[number] if isinstance(number, int) and number < len(rows) else rows[0]
            target = row.field_at(fault.place[2:]) or row.first_field()
        elif hasattr(field, "field"):  # chips: the line behind them
            target = field.field
        target = target or named.field
        target.setFocus()
        self.scrolled.ensureWidgetVisible(named, 0, 24)
