"""Over budget: what could be given up, as choices with their effect, one click each, undoable."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QToolButton, QWidget

from briefgen.gui import background, faults
from briefgen.gui.background import Task
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button, button_text, column, label, row
from briefgen.gui.widgets.removing import remove
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment
from briefgen.pipeline.fit import Fitted, choices_to_fit, fit_to_budget
from briefgen.pipeline.places import base_of

if TYPE_CHECKING:
    from briefgen.pipeline.budget.choices import Choice, Choices

_MOST = 8
"""Choices that are offered at once: those that bring most."""


def _of_many(shown: int, total: int) -> str:
    tried = "Each was tried." if shown == total else f"The best {shown} of {total} that were tried."
    return f"{tried} What you choose is done at once, and can be undone."


class Fitting(QObject):
    """Looks for what may go, in the background, and writes it into the brief."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.task: Task | None = None
        """The search that is under way."""

    def fit(self) -> None:
        """Have the brief as it is now fit into the pages that it may have."""
        if self.task is not None:
            return
        session = self._session
        asked = session.spec
        base, templates = base_of(asked, session.base_flag), session.templates
        created, today = moment()

        def work(say: Callable[[str], None]) -> Fitted:
            return fit_to_budget(asked, base, templates, created=created, today=today, step=say)

        def ended() -> None:
            self.task = None

        self.task = self._window.run(f"Fitting into {_budget(asked.max_pages)}", work, self._take)
        self.task.ended.connect(ended)
        self._asked = asked

    def _take(self, fitted: Fitted) -> None:
        session = self._session
        if session.spec != self._asked:
            self._window.tell("The brief was changed meanwhile: ask again", "warning")
        elif fitted.over_budget:
            self._window.tell(f"Nothing was left out: {fitted.over_budget}", "warning")
        elif fitted.told:
            session.edit(f"Fit into {_budget(fitted.spec.max_pages)}", fitted.spec)
            undo = ("Undo", session.undo_stack.undo)
            self._window.tell("; ".join(fitted.told), "done", [undo])
        else:
            self._window.tell(f"It fits into {_budget(fitted.spec.max_pages)}")


class FittingSheet(QFrame):
    """A card over the pages: how long the brief is, and each thing that could be given up.

    It is opened and closed by the button that says how far over the budget one is. What is chosen
    is done at once, and what is left is tried anew; it closes by itself when the brief fits.
    """

    def __init__(
        self,
        window: MainWindow,
        fitting: Fitting,
        panel: QWidget,
        over: QWidget,
        opener: QToolButton,
    ) -> None:
        """It lies on `panel`, where `over` is, which stands in it."""
        super().__init__(panel)
        self._over = over
        self.setObjectName("sheet")
        self.setAccessibleName("Ways into the budget of pages")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window, self._session, self._opener = window, window.session, opener
        self._task: Task | None = None
        self._goes_back = False
        """Whether the focus was on a choice when those gave way to others."""
        self.said = label(role="name", wrap=True)
        self.hint = label(role="hint", wrap=True)
        self._list = column(spacing=4)
        self.choices: list[QPushButton] = []
        self.all = button("Do all that is needed", self._do_all)
        self._fitting = fitting
        self.close_button = button("Close", self.close_sheet, role="quiet", name="Close this sheet")
        head = row((self.said, 1), self.close_button)
        column(head, self.hint, self._list, row(self.all, "stretch"),
               parent=self, margins=(16, 12, 16, 14), spacing=8)  # fmt: skip
        panel.installEventFilter(self)
        self._session.brief_changed.connect(lambda changed: self._stale())
        self._session.pages_made.connect(self._made)
        self._session.brief_opened.connect(self.hide)
        self._session.about_to_close.connect(self._stop)
        self.hide()

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self.close_sheet()
            return
        self._look()
        self._place()
        self.show()
        self.raise_()
        self.all.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Close it and go back to the button."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self._stop()
        self.hide()
        if had_focus and self._opener.isVisible():
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    # --- looking ------------------------------------------------------------------------------

    def _look(self) -> None:
        self._stop()
        session = self._session
        asked = session.spec
        if asked.max_pages is None:
            return
        base, templates = base_of(asked, session.base_flag), session.templates
        created, today = moment()

        def work(say: Callable[[str], None]) -> Choices:
            return choices_to_fit(asked, base, templates, created=created, today=today, step=say)

        def failed(error: BaseException) -> None:
            self.hint.setText(faults.sentence(error))

        self.hint.setText("Trying what could go …")
        self._stale()
        self._task = background.start(self, work, self._show, failed)
        self._task.step.connect(lambda said: self.hint.setText(f"Trying what could go: {said} …"))

    def _stale(self) -> None:
        """What the choices say was true of another brief: none can be taken until it is known."""
        if QApplication.focusWidget() in self.choices:
            self.all.setFocus(Qt.FocusReason.OtherFocusReason)
            self._goes_back = True
        for each in self.choices:
            each.setEnabled(False)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, found: Choices) -> None:
        self._task = None
        goes_back = self._goes_back and self.all.hasFocus()
        self._goes_back = False
        remove(self._list, *self.choices)
        allowed = counted(found.budget, "page")
        self.said.setText(f"{found.length:.1f} pages, {allowed} allowed")
        offered = found.offered[:_MOST]
        self.hint.setText(
            _of_many(len(offered), len(found.offered)) if offered else
            "Nothing can be left out but what you wrote and chose: write less, or allow more pages."
        )  # fmt: skip
        self.choices = [self._choice(one, found) for one in offered]
        for made in self.choices:
            self._list.addWidget(made)
            made.show()
        if goes_back:
            (self.choices or [self.all])[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()

    def _choice(self, choice: Choice, found: Choices) -> QPushButton:
        effect = effect_in_words(choice, found.length)
        text = f"{choice.told}: {effect}"
        made = button(button_text(text), partial(self._do, choice), role="choice", name=text)
        return made

    # --- doing --------------------------------------------------------------------------------

    def _do(self, choice: Choice) -> None:
        self._session.edit(choice.told, choice.spec)

    def _do_all(self) -> None:
        self.close_sheet()
        self._window.attempt(self._fitting.fit)

    def _made(self, preview: Preview) -> None:
        if not self.isVisible():
            return
        if preview.over_budget:
            self._look()
        else:
            self.close_sheet()
            self._window.tell(f"It fits into {_budget(preview.max_pages)}")

    # --- where it lies ------------------------------------------------------------------------

    def _place(self) -> None:
        room = self._over.geometry()
        width = max(200, min(460, room.width() - 24))
        self.ensurePolished()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else (
            self.sizeHint().height())  # fmt: skip
        self.setGeometry(room.right() - width - 12, room.top() + 6, width,
                         min(height, room.height() - 12))  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)


def effect_in_words(choice: Choice, length: float) -> str:
    """`fits, with 2.0 pages`, or what it brings: `−0.4 page`."""
    if choice.fits:
        return f"fits, with {choice.length:.1f} pages"
    less = length - choice.length
    return f"−{less:.1f} page{'s' if less >= 1.05 else ''}" if less >= 0.05 else "a line or two"


def _budget(pages: int | None) -> str:
    return counted(pages or 0, "page")
