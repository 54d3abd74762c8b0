"""When: presets, facts over time with the range to drag, its two dates to type, undated facts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from briefgen.dates import DateError, Edtf
from briefgen.dates.typed import read_typed_date
from briefgen.dates.unfinished import may_go_on
from briefgen.gui.scope.asking import Asking, of_facts
from briefgen.gui.scope.parts import heading, quiet_button
from briefgen.gui.scope.range_picker import RangePicker
from briefgen.gui.widgets.fields import LineField, set_state
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.pipeline.clock import moment
from briefgen.select.periods import last_months, whole_year

_Range = tuple[Edtf | None, Edtf | None]
_LABEL = "Change the dates"


class DateField(LineField):
    """One end of the range, as EDTF or in words. What cannot be read stays as it was typed."""

    def __init__(self, label: str, placeholder: str) -> None:
        super().__init__(label, placeholder)
        self.setAccessibleDescription(
            "An EDTF date such as 2011, 2011-05 or 2011-05-17, or words; empty: no limit."
        )
        self._text_of_brief = ""

    def show_date(self, date: Edtf | None) -> None:
        """The brief's date. What is typed stays if the brief has not got another one meanwhile."""
        text = date.text if date is not None else ""
        if text != self._text_of_brief:
            self._text_of_brief = text
            if self.date_or_fault() != date:
                self.show_text(text)

    def start_afresh(self, date: Edtf | None) -> None:
        """The brief's date, whatever was typed."""
        self._text_of_brief = date.text if date is not None else ""
        self.show_text(self._text_of_brief)

    def date_or_fault(self) -> Edtf | DateError | None:
        """What is typed, read; None when the field is empty."""
        text = self.value()
        if not text:
            return None
        try:
            return read_typed_date(text).edtf
        except DateError as error:
            return error

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class WhenGroup(QWidget):
    """All about dates."""

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self._before_drag: tuple[str, _Range] = ("", (None, None))
        self._newest: int | None = None
        self.presets = {
            "last 12 months": quiet_button("Last 12 months", edge="start"),
            "this year": quiet_button("This year"),
            "all": quiet_button("All", "All dates"),
        }
        for name, button in self.presets.items():
            button.setCheckable(True)
            button.clicked.connect(lambda checked=False, name=name: self._choose_preset(name))
        self.picker = RangePicker()
        self.picker.picked.connect(self._choose_boundaries)
        self.picker.given_up.connect(self._give_up)
        self.start = DateField("From", "earliest")
        self.end = DateField("To", "latest")
        self.fault = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.fault.setProperty("role", "error")
        self.fault.hide()
        self.swap = quiet_button("Swap them", "Swap the two dates", edge="start")
        self.swap.clicked.connect(self._swap)
        self.swap.hide()
        self.undated = TickBox()
        self.undated.clicked.connect(self._choose_undated)
        for field in (self.start, self.end):
            field.textEdited.connect(lambda text: self._typed(finished=False))
            field.editingFinished.connect(lambda: self._typed(finished=True))
        self._lay()

    def _lay(self) -> None:
        presets = QHBoxLayout()
        presets.setContentsMargins(0, 0, 0, 0)
        presets.setSpacing(2)
        for button in self.presets.values():
            presets.addWidget(button)
        presets.addStretch()
        to = QLabel("to", textFormat=Qt.TextFormat.PlainText)
        to.setBuddy(self.end)
        dates = QHBoxLayout()
        dates.setSpacing(8)
        dates.addWidget(self.start, 1)
        dates.addWidget(to)
        dates.addWidget(self.end, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading("WHEN"))
        column.addLayout(presets)
        column.addWidget(self.picker)
        column.addLayout(dates)
        column.addWidget(self.fault)
        column.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(2)
        column.addWidget(self.undated)

    # --- showing --------------------------------------------------------------------------------

    def base_opened(self) -> None:
        """Another base: other columns, other presets."""
        facets = self._asking.facets
        self._newest = facets.newest(moment()[1].toordinal())
        self.picker.set_scale(facets.scale)

    def brief_opened(self) -> None:
        """Another brief: what was typed for the one before is gone."""
        self.start.start_afresh(self._asking.selection.start)
        self.end.start_afresh(self._asking.selection.end)

    def refresh(self) -> None:
        """Everything as the brief has it now."""
        asked, facets = self._asking.counted, self._asking.facets
        low, high = 0, 0
        if facets.scale is not None:
            low, high = facets.scale.boundaries(asked.start, asked.end)
        self.picker.show_facts(facets.histogram(asked), low, high)
        self.start.show_date(asked.start)
        self.end.show_date(asked.end)
        self._say_faults(finished=not (self.start.hasFocus() or self.end.hasFocus()))
        self._show_undated(facets.undated(asked))
        for name, button in self.presets.items():
            range_ = self._preset(name)
            button.setChecked(range_ == (asked.start, asked.end))
            taken = (
                of_facts(facets.count(replace(asked, start=range_[0], end=range_[1])))
                if range_ is not None
                else "no dated facts"
            )
            button.setToolTip(f"{_in_edtf(range_)}{taken}")
            button.setAccessibleDescription(button.toolTip())

    def _show_undated(self, count: int) -> None:
        selection = self._asking.selection
        whole = selection.start is None and selection.end is None
        said = f"and {of_facts(count, 'undated fact')}" if count else "and undated facts (none)"
        self.undated.setText(said)
        self.undated.setChecked(whole or selection.undated)
        self.undated.setEnabled(not whole)
        why = "Without dates to keep to, undated facts are taken in any case." if whole else ""
        self.undated.setToolTip(why)
        self.undated.setAccessibleDescription(why)

    # --- presets --------------------------------------------------------------------------------

    def _preset(self, name: str) -> _Range | None:
        """A preset's range; None if the base has nothing to count from."""
        match name:
            case "last 12 months":
                return last_months(self._newest) if self._newest is not None else None
            case "this year":
                return whole_year(moment()[1].year)
        return None, None

    def _choose_preset(self, name: str) -> None:
        range_ = self._preset(name)
        if range_ is not None:
            self._choose(range_)
        self.brief_opened()  # what was half typed gives way
        self.refresh()  # the button stays as the brief is, however often it is clicked

    # --- dragging -------------------------------------------------------------------------------

    def _choose_boundaries(self, low: int, high: int, drag: str) -> None:
        scale, selection = self._asking.facets.scale, self._asking.selection
        if scale is None:
            return
        start, end = selection.start, selection.end
        if drag and self._before_drag[0] != drag:
            self._before_drag = (drag, (start, end))
        # An end that was not moved keeps what was written, to the day.
        if low != self.picker.low:
            start = scale.start_at(low)
        if high != self.picker.high:
            end = scale.end_at(high)
        self._choose((start, end), merge=drag or "dates by keys", however_long=bool(drag))

    def _give_up(self, drag: str) -> None:
        if self._before_drag[0] == drag:
            self._choose(self._before_drag[1], merge=drag, however_long=True)

    # --- typing ---------------------------------------------------------------------------------

    def _typed(self, *, finished: bool) -> None:
        start, end = self.start.date_or_fault(), self.end.date_or_fault()
        if not isinstance(start, DateError) and not isinstance(end, DateError):
            if not _ends_before_it_starts(start, end):
                self._choose((start, end), merge="dates typed")
        elif not isinstance(start, DateError):
            self._choose_one(start, self._asking.selection.end)
        elif not isinstance(end, DateError):
            self._choose_one(self._asking.selection.start, end)
        self._say_faults(finished=finished)
        if finished:
            for field, date in ((self.start, start), (self.end, end)):
                if not isinstance(date, DateError):  # words become what is stored
                    field.show_text(date.text if date is not None else "")

    def _choose_one(self, start: Edtf | None, end: Edtf | None) -> None:
        if not _ends_before_it_starts(start, end):
            self._choose((start, end), merge="dates typed")

    def _say_faults(self, *, finished: bool) -> None:
        """Mark what cannot be read, unless it is only not finished, and say what to write."""
        said = ""
        read = []
        for field in (self.start, self.end):
            date = field.date_or_fault()
            read.append(date)
            going_on = not finished and field.hasFocus() and may_go_on(field.value())
            wrong = isinstance(date, DateError) and not going_on
            set_state(field, "wrong" if wrong else "")
            if wrong and not said:
                said = str(date)
        start, end = read
        swapped = (
            not isinstance(start, DateError)
            and not isinstance(end, DateError)
            and _ends_before_it_starts(start, end)
        )
        if swapped:
            said = "The range ends before it starts."
            for field in (self.start, self.end):
                set_state(field, "wrong")
        self.swap.setVisible(swapped)
        self.fault.setText(said)
        self.fault.setVisible(bool(said))

    def _swap(self) -> None:
        start, end = self.start.value(), self.end.value()
        self.start.show_text(end)
        self.end.show_text(start)
        self.start.setFocus()  # the button goes
        self._typed(finished=True)

    # --- asking ---------------------------------------------------------------------------------

    def _choose_undated(self, on: bool) -> None:
        label = "Take undated facts" if on else "Leave out undated facts"
        self._asking.choose(label, undated=on)

    def _choose(self, range_: _Range, *, merge: str = "", however_long: bool = False) -> None:
        start, end = range_
        self._asking.choose(_LABEL, start=start, end=end, merge=merge, however_long=however_long)


def _ends_before_it_starts(start: Edtf | None, end: Edtf | None) -> bool:
    first = start.first_day if start is not None else None
    last = end.last_day if end is not None else None
    return first is not None and last is not None and first > last


def _in_edtf(range_: _Range | None) -> str:
    if range_ is None or range_ == (None, None):
        return ""
    start, end = (date.text if date is not None else ".." for date in range_)
    return f"{start}: " if start == end else f"{start} to {end}: "
