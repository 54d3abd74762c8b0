"""What is being written in a form, kept as one types; what a crash left of it, offered again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from briefgen.errors import BriefgenError
from briefgen.folders import recovery_folder
from briefgen.gui import faults
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.files import files_of
from briefgen.gui.standing_offer import StandingOffer
from briefgen.gui.view_models.keeper import Keeper, Leftover, leftovers
from briefgen.gui.view_models.unsaved_form import KINDS, UnsavedForm, from_bytes, to_bytes
from briefgen.gui.widgets.building import wait
from briefgen.gui.window import MainWindow

_LOOK_AFTER = 1500
"""Milliseconds after which it is looked whether what was to be kept got to the disk."""


class NotAFormError(BriefgenError):
    """What was kept is not what its form holds."""


class UnsavedForms(QObject):
    """The form that is open in a window, and those that were open when an app ended.

    `open_form` opens one filled in: what comes back is its dialog, or None where another is open.
    """

    _base_is_there = Signal()

    def __init__(
        self, window: MainWindow, open_form: Callable[[UnsavedForm], PagedDialog | None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._open_form = open_form
        self._keeper = Keeper(recovery_folder() / "forms", to_bytes)
        self._dialog: PagedDialog | None = None
        self._kept = False
        self._told = False
        self._over = False
        self._wanted: Leftover[UnsavedForm] | None = None
        self.left: list[Leftover[UnsavedForm]] | None = None
        """What others left behind, the newest first; None before it was looked for."""
        self._discarded: list[Leftover[UnsavedForm]] = []
        self._damaged: list[Path] = []
        self._offer = StandingOffer(window)
        self._look = wait(self, _LOOK_AFTER, self._tell_if_failed)
        self.action = QAction(window)
        self.action.triggered.connect(lambda checked=False: window.attempt(self.take_up_first))
        self._name_action()
        # The window still has to show the base and the brief that were opened.
        self._base_is_there.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        # Before the form that is open hears of it and closes.
        window.session.about_to_close.connect(self.close)

    # --- the form that is open ------------------------------------------------------------------

    def watch(self, dialog: PagedDialog) -> None:
        """Keep what is written in a form until it closes."""
        self._dialog = dialog
        dialog.written.connect(lambda: self.keep(dialog))
        dialog.finished.connect(lambda result: self._closed(dialog))

    def keep(self, dialog: PagedDialog) -> None:
        """Have what stands in the form written now."""
        state = dialog.state()
        if state is None or state["what"] not in KINDS or dialog is not self._dialog or self._over:
            return
        self._kept = True
        self._look.start()
        form = UnsavedForm(state["what"], self._base, state, time.time())
        try:
            self._keeper.keep(form)
        except Exception as error:
            self._tell_failure(error)

    def _closed(self, dialog: PagedDialog) -> None:
        if dialog is not self._dialog or self._over:
            return
        self._dialog = None
        self._look.stop()
        if self._kept:
            self._kept = False
            self._keeper.forget()

    def _tell_if_failed(self) -> None:
        if self._keeper.failed is None:
            self._look.start()
        elif self._keeper.failed and self._dialog is not None:
            self.keep(self._dialog)  # says why, and tries again

    def _tell_failure(self, error: BaseException) -> None:
        if not self._told and self._dialog is not None:  # the disk stays full: once is enough
            self._told = True
            self._dialog.tell(
                "What you write is not kept against a crash, so save it soon: "
                f"{faults.sentence(error)}",
                "warning",
            )

    def close(self) -> None:
        """The window goes. What is in a form stays: nobody could be asked about it."""
        if self._over:
            return
        self._look.stop()
        leave = self._dialog is not None and self._dialog.has_unsaved()
        if leave and self._dialog is not None:
            self.keep(self._dialog)
            self._look.stop()
        self._over = True
        self._keeper.close(leave=leave)
        for left in self.left or ():
            left.release()
        for left in self._discarded:
            left.discard()

    # --- those that were left -------------------------------------------------------------------

    @property
    def _base(self) -> str:
        return str(self._session.folder.resolve())

    def base_opened(self) -> None:
        """A base was opened: the first time, look for what was left; else go on with it."""
        if self.left is None:
            self.left = leftovers(recovery_folder() / "forms", from_bytes, self._damaged.append)
            self._offer_first()
        if self._wanted is not None:
            self._base_is_there.emit()

    def _go_on(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted.unsaved.base == self._base:
            self._window.attempt(partial(self._take_up, wanted))

    def _at_hand(self) -> list[Leftover[UnsavedForm]]:
        """Those whose base is there; those of the open one come first."""
        here, elsewhere = [], []
        for left in self.left or ():
            if left.unsaved.base == self._base:
                here.append(left)
            elif Path(left.unsaved.base, "base.yaml").is_file():
                elsewhere.append(left)
        return [*here, *elsewhere]

    def _name_action(self) -> None:
        found = self._at_hand()
        name = found[0].unsaved.name if found else "form"
        self.action.setText(f"Continue the {name} that was being written")
        self.action.setVisible(bool(found))

    def _offer_first(self) -> None:
        """Offer one form that an app left which is not there any more."""
        self._name_action()
        if self._damaged:
            path = self._damaged.pop()
            self._window.tell(
                f"A form that was being written cannot be read any more; it lies in {path}",
                "warning",
            )
        found = self._at_hand()
        if not found:
            self._offer.take_back()
            return
        left = found[0]
        form = left.unsaved
        words = f": “{form.words}”" if form.words else ""
        where = "" if form.base == self._base else f", for the base in {form.base}"
        article = "An" if form.name == "actor" else "A"
        self._offer.make(
            f"{article} {form.name} was being written when the program ended{where}{words}",
            [
                (f"Continue the {form.name}", partial(self.take_up, left)),
                ("Discard", partial(self.discard, left)),
            ],
        )

    def take_up_first(self) -> None:
        """Go on with the one that is offered."""
        found = self._at_hand()
        if found:
            self.take_up(found[0])

    def take_up(self, left: Leftover[UnsavedForm]) -> None:
        """Go on with what was left, on its base."""
        if left.unsaved.base == self._base:
            self._take_up(left)
            return
        self._wanted = left
        files_of(self._window).new_on(Path(left.unsaved.base))

    def _take_up(self, left: Leftover[UnsavedForm]) -> None:
        try:
            dialog = self._open_form(left.unsaved)
        except NotAFormError as error:
            path = left.set_aside()
            self._let_go(left)
            raise NotAFormError(f"{error}; it lies in {path}") from None
        if dialog is None:
            return
        # It is let go of only once this window keeps it.
        self.keep(dialog)
        self._keeper.then(left.discard)
        self._let_go(left)

    def discard(self, left: Leftover[UnsavedForm]) -> None:
        """Nobody wants it. It goes when the window does: until then that can be taken back."""
        self._discarded.append(left)
        self._let_go(left)
        self._window.tell(
            f"What was left of the {left.unsaved.name} was discarded",
            ways=[("Undo", partial(self._undo, left))],
        )

    def _undo(self, left: Leftover[UnsavedForm]) -> None:
        self._discarded.remove(left)
        assert self.left is not None
        self.left.insert(0, left)
        self._offer_first()

    def _let_go(self, left: Leftover[UnsavedForm]) -> None:
        if self.left is not None and left in self.left:
            self.left.remove(left)
        self._offer_first()
