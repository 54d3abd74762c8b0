"""The line at the foot: what a careful reader would want to know; each part leads to its facts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTime
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from briefgen.gui.widgets.building import label, row, tool_button
from briefgen.gui.window import MainWindow

if TYPE_CHECKING:
    from briefgen.gui.session import Session
    from briefgen.gui.view_models.pages.preview import Preview
    from briefgen.gui.view_models.pages.remarks import Remark

_GAP = 3


def install(window: MainWindow) -> None:
    """Put the line under the three parts."""
    session = window.session
    remarks = RemarkRow(session)
    row((remarks, 1), SavedLabel(session), parent=window.strip, margins=(12, 3, 14, 3))

    def show(preview: Preview) -> None:
        from briefgen.gui.view_models.pages.remarks import (
            Remark,  # the preview has brought it along
        )

        told = (Remark(warning, (), caution=True) for warning in preview.warnings)
        remarks.set_remarks((*preview.remarks, *told))

    def failed(why: str) -> None:
        if session.preview is None:  # what stands there was said of another brief
            remarks.set_remarks(())

    session.pages_made.connect(show)
    session.pages_failed.connect(failed)


class RemarkRow(QWidget):
    """Remarks side by side; those for which there is no room stand in a menu at the end."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName("What to know about this brief")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remarks: tuple[Remark, ...] = ()
        self._shown: list[QWidget] = []
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
        """Show these; nothing is made anew, and no focus lost, when they are the same."""
        if tuple(remarks) == self.remarks:
            return
        focused = self.focusWidget()
        had = focused.text() if isinstance(focused, QToolButton) else ""
        self.remarks = tuple(remarks)
        for widget in (*self._shown, *self._dots):
            widget.deleteLater()
        self._shown = [self._widget(remark) for remark in self.remarks]
        self._dots = [label("·", "hint") for _ in self._shown[1:]]
        for widget in (*self._shown, *self._dots):
            widget.setParent(self)
        for before, after in pairwise((*self._shown, self.more)):
            QWidget.setTabOrder(before, after)
        self._lay_out()
        for widget in self._shown:
            if had and isinstance(widget, QToolButton) and widget.text() == had:
                widget.setFocus()

    def _widget(self, remark: Remark) -> QWidget:
        if not remark.facts:
            return label(remark.text, "warning" if remark.caution else "hint")
        one = len(remark.facts) == 1
        told = "Shows the fact" if one else f"Shows the {len(remark.facts):,} facts one by one"
        button = tool_button(
            remark.text.replace("&", "&&"),
            partial(self.go, remark),
            role="remark",
            name=remark.text,
            tip=told,
        )
        button.setProperty("caution", remark.caution)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleDescription(told)
        return button

    def go(self, remark: Remark) -> None:
        """Show the first of the remark's facts; the next one when asked again."""
        place = self._next.get(remark.text, 0) % len(remark.facts)
        self._next = {remark.text: place + 1}
        self.session.point_at(remark.facts[place], self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Place what there is room for; `more` takes the rest."""
        widths = [widget.sizeHint().width() for widget in self._shown]
        dot = self._dots[0].sizeHint().width() + 2 * _GAP if self._dots else 0
        fitting = len(widths)
        while fitting and self._wide(widths[:fitting], dot, fitting < len(widths)) > self.width():
            fitting -= 1
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
                widget.setGeometry(x, 0, widths[number], self.height())
                x += widths[number]
        self._fill_menu(self.remarks[fitting:])
        self.more.setVisible(fitting < len(widths))
        self.more.setGeometry(x + dot, 0, self.more.sizeHint().width(), self.height())

    def _wide(self, widths: Sequence[int], dot: int, more: bool) -> int:
        self.more.setText("88 more ▾")
        extra = dot + self.more.sizeHint().width() if more else 0
        return sum(widths) + dot * max(0, len(widths) - 1) + extra

    def _fill_menu(self, rest: Sequence[Remark]) -> None:
        menu = self.more.menu()
        menu.clear()
        self.more.setText(f"{len(rest)} more ▾")
        self.more.setAccessibleName(f"{len(rest)} more remarks")
        for remark in rest:
            action = menu.addAction(remark.text.replace("&", "&&"))
            action.setEnabled(bool(remark.facts))
            action.triggered.connect(lambda checked=False, remark=remark: self.go(remark))


class SavedLabel(QLabel):
    """Whether the brief is saved, and when it was."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "hint")
        self.setAccessibleName("Saved")
        self._at: QTime | None = None
        session.path_changed.connect(self._saved)
        session.undo_stack.cleanChanged.connect(lambda clean: self._tell())
        self._tell()

    def _saved(self) -> None:
        self._at = QTime.currentTime() if self.session.path is not None else None
        self._tell()

    def _tell(self) -> None:
        clean = self.session.undo_stack.isClean()
        if self.session.path is None:
            self.setText("Not saved yet" if not clean else "New brief")
        elif clean and self._at is not None:
            self.setText(f"Saved {self._at.toString('HH:mm')}")
        else:
            self.setText("Changed since it was saved")
