"""Dates: presets, facts over time with the range to drag, its two dates to type, undated facts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from briefgen.dates import DateError, Edtf
from briefgen.dates.unfinished import may_go_on
from briefgen.gui.scope.counted_selection import CountedSelection, of_facts
from briefgen.gui.scope.date_field import DateField
from briefgen.gui.scope.range_picker import RangePicker
from briefgen.gui.scope.word_button import Edge, word_button
from briefgen.gui.widgets.building import STRETCH, column, heading, label, row
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.pipeline.clock import moment
from briefgen.select.periods import last_months, whole_year

_Range = tuple[Edtf | None, Edtf | None]
_LABEL = "Change the dates"


class DatesGroup(QWidget):
    """The range of dates, and whether facts without a date belong to it."""

    def __init__(self, selection: CountedSelection) -> None:
        super().__init__()
        self._selection = selection
        self._before_drag: tuple[str, _Range] = ("", (None, None))
        self._newest: int | None = None
        self.presets = {
            "last 12 months": self._preset_button("last 12 months", "Last 12 months", edge="start"),
            "this year": self._preset_button("this year", "This year"),
            "all": self._preset_button("all", "All", "All dates"),
        }
        self.picker = RangePicker()
        self.picker.picked.connect(self._choose_boundaries)
        self.picker.given_up.connect(self._give_up)
        self.start = DateField("From", "earliest")
        self.end = DateField("To", "latest")
        self.fault = label(role="error", wrap=True)
        self.fault.hide()
        self.swap = word_button("Swap them", self._swap, "Swap the two dates", edge="start")
        self.swap.hide()
        self.undated = TickBox()
        self.undated.clicked.connect(self._choose_undated)
        for field in (self.start, self.end):
            field.textEdited.connect(lambda text: self._typed(finished=False))
            field.editingFinished.connect(lambda: self._typed(finished=True))
        to = label("to")
        to.setBuddy(self.end)
        whole = column(
            heading("WHEN"), row(*self.presets.values(), STRETCH, spacing=2), self.picker,
            row((self.start, 1), to, (self.end, 1), spacing=8), self.fault,
            parent=self, spacing=4,
        )  # fmt: skip
        whole.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addSpacing(2)
        whole.addWidget(self.undated)

    # --- showing --------------------------------------------------------------------------------

    def base_opened(self) -> None:
        """Another base: other columns, other presets."""
        facets = self._selection.facets
        self._newest = facets.newest(moment()[1].toordinal())
        self.picker.set_scale(facets.scale)

    def brief_opened(self) -> None:
        """Another brief: what was typed for the one before is gone."""
        self.start.start_afresh(self._selection.asked.start)
        self.end.start_afresh(self._selection.asked.end)

    def refresh(self) -> None:
        """Everything as the brief has it now."""
        asked, facets = self._selection.counted, self._selection.facets
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
        selection = self._selection.asked
        whole = selection.start is None and selection.end is None
        said = f"and {of_facts(count, 'undated fact')}" if count else "and undated facts (none)"
        self.undated.setText(said)
        self.undated.setChecked(whole or selection.undated)
        self.undated.setEnabled(not whole)
        why = "Without dates to keep to, undated facts are taken in any case." if whole else ""
        self.undated.setToolTip(why)
        self.undated.setAccessibleDescription(why)

    # --- presets --------------------------------------------------------------------------------

    def _preset_button(
        self, preset: str, text: str, name: str = "", *, edge: Edge = ""
    ) -> QPushButton:
        made = word_button(text, partial(self._choose_preset, preset), name, edge=edge)
        made.setCheckable(True)
        return made

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
        scale, selection = self._selection.facets.scale, self._selection.asked
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
        """Take what can be read; an end that cannot be is as the brief has it."""
        start, end = self.start.date_or_fault(), self.end.date_or_fault()
        asked = self._selection.asked
        range_ = (
            asked.start if isinstance(start, DateError) else start,
            asked.end if isinstance(end, DateError) else end,
        )
        if not _ends_before_it_starts(*range_):
            self._choose(range_, merge="dates typed")
        self._say_faults(finished=finished)
        if finished:
            for field, date in ((self.start, start), (self.end, end)):
                if not isinstance(date, DateError):  # words become what is stored
                    field.show_text(date.text if date is not None else "")

    def _say_faults(self, *, finished: bool) -> None:
        """Mark what cannot be read, unless it is only not finished, and say what to write."""
        said = ""
        for field in (self.start, self.end):
            date = field.date_or_fault()
            going_on = not finished and field.hasFocus() and may_go_on(field.value())
            wrong = isinstance(date, DateError) and not going_on
            set_state(field, "wrong" if wrong else "")
            if wrong and not said:
                said = str(date)
        start, end = self.start.date_or_fault(), self.end.date_or_fault()
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
        self._selection.choose(label, undated=on)

    def _choose(self, range_: _Range, *, merge: str = "", however_long: bool = False) -> None:
        start, end = range_
        self._selection.choose(_LABEL, start=start, end=end, merge=merge, however_long=however_long)


def _ends_before_it_starts(start: Edtf | None, end: Edtf | None) -> bool:
    first = start.first_day if start is not None else None
    last = end.last_day if end is not None else None
    return first is not None and last is not None and first > last


def _in_edtf(range_: _Range | None) -> str:
    if range_ is None or range_ == (None, None):
        return ""
    start, end = (date.text if date is not None else ".." for date in range_)
    return f"{start}: " if start == end else f"{start} to {end}: "
