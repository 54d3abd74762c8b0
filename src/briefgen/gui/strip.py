"""The line at the foot: what a careful reader would want to know; each part leads to its facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from briefgen.gui.view_models.pages.preview import Preview, told_of
from briefgen.gui.view_models.words import moment_in_words
from briefgen.gui.widgets.announcing import announce
from briefgen.gui.widgets.building import PlainLabel, button_text, label, row, tool_button
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.holding_focus import focus_within
from briefgen.gui.window import MainWindow

if TYPE_CHECKING:
    from briefgen.gui.session import Session
    from briefgen.gui.view_models.pages.remarks import Remark

_GAP = 3
_LEADS = {"facts.off": "Shows them in the list, each with the reason"}
"""Where remarks lead, unless that is the field in which a thing is said."""
_MOST = 340
"""Pixels that a remark takes at most which does not block: the others are to be seen, too."""


def install(window: MainWindow) -> None:
    """Put the line under the three parts."""
    session = window.session
    remarks = RemarkRow(session)
    row((remarks, 1), SavedLabel(session), parent=window.strip, margins=(12, 3, 14, 3))

    def show(preview: Preview) -> None:
        remarks.set_remarks(told_of(preview))

    def failed(why: str) -> None:
        from briefgen.gui.view_models.pages.remarks import Remark, Weight

        # Without pages, what stands there was said of another brief.
        told = told_of(session.preview) if session.preview is not None else ()
        why = why.removeprefix("error: ")
        remarks.set_remarks((Remark(f"no pages: {why}", (), True, Weight.BLOCKS), *told))

    session.pages_made.connect(show)
    session.pages_failed.connect(failed)


class RemarkRow(QWidget):
    """Remarks side by side; those for which there is no room stand in a menu at the end.

    What blocks never stands there: it is cut where the room is too small.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName("What to know about this brief")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remarks: tuple[Remark, ...] = ()
        self._shown: list[RemarkButton | RemarkLabel] = []
        self._dots: list[QLabel] = []
        self._next: dict[str, int] = {}
        self.more = tool_button("", role="remark")
        self.more.setParent(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.hide()

    def sizeHint(self) -> QSize:
        return QSize(200, self.more.sizeHint().height())

    def set_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these; nothing is made anew when they are the same.

        Who is in the line stays there, at the remark that says the same, if there is one.
        """
        if tuple(remarks) == self.remarks:
            return
        before, self.remarks = self.remarks, tuple(remarks)
        old, dots = self._shown, self._dots
        self._shown = [self._widget(remark) for remark in self.remarks]
        self._dots = [label("·", "hint") for _ in self._shown[1:]]
        for widget in (*self._shown, *self._dots):
            widget.setParent(self)
        buttons = [one for one in self._shown if isinstance(one, RemarkButton)]
        self._lay_out()
        focused = focus_within(*old)
        if isinstance(focused, RemarkButton):
            self._go_on_from(focused, buttons)
        for widget in (*old, *dots):
            widget.hide()
            widget.deleteLater()
        self._announce(before)

    def _go_on_from(self, left: RemarkButton, buttons: Sequence[RemarkButton]) -> None:
        """Give the focus that a remark had to the one that says the same, or nearly."""
        seen = [one for one in buttons if one.isVisibleTo(self)]
        alike = [one for one in seen if _words(one.remark.text) == _words(left.remark.text)]
        others = [*alike, *seen] if not self.more.isVisibleTo(self) else [*alike, self.more]
        if others:
            others[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            left.clearFocus()

    def _announce(self, before: Sequence[Remark]) -> None:
        """Have the screen reader say what blocks now and did not before."""
        known = {_words(remark.text) for remark in before if _blocks(remark)}
        new = [remark.text for remark in self.remarks
               if _blocks(remark) and _words(remark.text) not in known]  # fmt: skip
        announce(self, ". ".join(new))

    def _widget(self, remark: Remark) -> RemarkButton | RemarkLabel:
        if _leads(remark):
            return RemarkButton(remark, partial(self.go, remark))
        return RemarkLabel(remark)

    def go(self, remark: Remark) -> None:
        """Show the first of the remark's facts, the next one when asked again; or its field."""
        if not remark.facts:
            self.session.field_asked.emit(remark.field)
            return
        place = self._next.get(remark.text, 0) % len(remark.facts)
        self._next = {remark.text: place + 1}
        self.session.point_at(remark.facts[place], self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Place what there is room for; `more` takes the rest."""
        blocking = sum(_blocks(remark) for remark in self.remarks)
        widths = [
            widget.whole_width() if number < blocking else min(_MOST, widget.whole_width())
            for number, widget in enumerate(self._shown)
        ]
        dot = self._dots[0].sizeHint().width() + 2 * _GAP if self._dots else 0
        self.more.setText("88 more ▾")
        more = dot + self.more.sizeHint().width()
        fitting = len(widths)
        while fitting > blocking:
            room = self.width() - (more if fitting < len(widths) else 0)
            if sum(widths[:fitting]) + dot * (fitting - 1) <= room:
                break
            fitting -= 1
        if fitting == blocking:
            room = self.width() - dot * max(0, blocking - 1)
            room -= more if fitting < len(widths) else 0
            widths[:blocking] = _shared(widths[:blocking], room)
        x = 0
        for number, widget in enumerate(self._shown):
            visible = number < fitting
            if number:
                mark = self._dots[number - 1]
                mark.setVisible(visible)
                if visible:
                    mark.setGeometry(x + _GAP, 0, dot - 2 * _GAP, self.height())
                    x += dot
            widget.setVisible(visible)
            if visible:
                widget.cut_to(widths[number])
                widget.setGeometry(x, 0, widths[number], self.height())
                x += widths[number]
        self._fill_menu(self.remarks[fitting:])
        self.more.setVisible(fitting < len(widths))
        self.more.setGeometry(x + dot, 0, self.more.sizeHint().width(), self.height())

    def _fill_menu(self, rest: Sequence[Remark]) -> None:
        menu = self.more.menu()
        menu.clear()
        self.more.setText(f"{len(rest)} more ▾")
        self.more.setAccessibleName(f"{len(rest)} more remarks")
        for remark in rest:
            action = menu.addAction(button_text(remark.text))
            action.setEnabled(_leads(remark))
            action.triggered.connect(lambda checked=False, remark=remark: self.go(remark))


def _blocks(remark: Remark) -> bool:
    return remark.weight == 0  # `Weight.BLOCKS`: its module comes with the first pages


def _leads(remark: Remark) -> bool:
    return bool(remark.facts or remark.field)


def _words(text: str) -> str:
    """What a remark says, numbers aside: `41 facts` and `42 facts` are the same remark."""
    return re.sub(r"\d[\d,]*", "#", text)


def _shared(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the longest of them cut alike so that all fit into `room`."""
    most = max(widths, default=0)
    while most and sum(min(width, most) for width in widths) > room:
        most -= 1
    return [min(width, most) for width in widths]


class RemarkLabel(PlainLabel):
    """A remark that leads nowhere."""

    def __init__(self, remark: Remark) -> None:
        super().__init__()
        self.remark = remark
        self._whole = _said(remark)
        self.setProperty("role", "warning" if remark.caution else "hint")
        self.setAccessibleName(remark.text)
        self.setProperty("blocks", _blocks(remark))
        self.setText(self._whole)

    def whole_width(self) -> int:
        """How wide it is with all its words."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._whole) + 2

    def cut_to(self, width: int) -> None:
        """Show as much as fits; what is cut stands in the tip."""
        room = width - 2 if width < self.whole_width() else 0
        _cut(self, self._whole, room, "")


class RemarkButton(QToolButton):
    """A remark that leads to its facts, or to the field where it can be mended."""

    def __init__(self, remark: Remark, slot: partial[None]) -> None:
        super().__init__()
        self.remark = remark
        count = len(remark.facts)
        shows = "Shows the fact" if count == 1 else f"Shows the {count:,} facts one by one"
        self._told = (
            shows if remark.facts else _LEADS.get(remark.field, "Leads to where it is said")
        )
        self._whole = _said(remark)
        self.setProperty("role", "remark")
        self.setProperty("caution", remark.caution)
        self.setProperty("blocks", _blocks(remark))
        self.setText(button_text(self._whole))
        self.setAccessibleName(remark.text)
        self.setAccessibleDescription(self._told)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda checked=False: slot())

    def whole_width(self) -> int:
        """How wide it is with all its words."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._whole) + 6

    def cut_to(self, width: int) -> None:
        """Show as much as fits; what is cut stands in the tip."""
        room = width - 6 if width < self.whole_width() else 0
        _cut(self, self._whole, room, self._told)


def _said(remark: Remark) -> str:
    return f"▲ {remark.text}" if _blocks(remark) else remark.text


def _cut(widget: PlainLabel | QToolButton, whole: str, room: int, told: str) -> None:
    """Show what there is room for; 0: all of it."""
    cut = widget.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
    shown = cut if room else whole
    # A label of ours sets what turns the direction apart itself.
    text = button_text(shown) if isinstance(widget, QToolButton) else shown
    if text != widget.text():
        widget.setText(text)
    tip = " – ".join(filter(None, (whole if shown != whole else "", told)))
    widget.setToolTip(plain_tip(tip))


class SavedLabel(PlainLabel):
    """Whether the brief is saved, and when it was."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("role", "hint")
        session.path_changed.connect(self._tell)
        session.undo_stack.cleanChanged.connect(lambda clean: self._tell())
        self._tell()

    def _tell(self) -> None:
        clean, at = self.session.undo_stack.isClean(), self.session.saved_at
        if self.session.path is None:
            self.setText("Not saved yet" if not clean else "New brief")
        elif clean and at is not None:
            self.setText(f"Saved {moment_in_words(datetime.fromtimestamp(at), datetime.now())}")
        else:
            self.setText("Changed since it was saved")
