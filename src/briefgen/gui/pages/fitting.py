"""One click that brings the brief into its budget of pages, and can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from briefgen.gui.background import Task
from briefgen.gui.view_models.words import counted
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment
from briefgen.pipeline.fit import Fitted, fit_to_budget
from briefgen.pipeline.places import base_of


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


def _budget(pages: int | None) -> str:
    return counted(pages or 0, "page")
