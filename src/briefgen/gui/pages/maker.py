"""Having the pages made: one process, one request at a time, the newest one next."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from briefgen.batch.pool import WorkerDiedError
from briefgen.errors import BriefgenError, NothingSelectedError
from briefgen.folders import make_private
from briefgen.gui import faults
from briefgen.gui.pages.page_process import (
    NotWantedError,
    Request,
    flag_path,
    make_pages,
    request_for,
    take_begun,
)
from briefgen.gui.session import Session
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.pipeline.naming import BRIEF_SUFFIX

WELCOME = 0.5
"""Seconds within which pages are good to see even when newer ones are wanted."""

PATIENCE = 12.0
"""Seconds, or as many times as long as pages took last, after which a process that is at pages
nobody wants is replaced: all that it has opened is lost with it."""
_TIMES = 3

TYPING = 60
"""Milliseconds that pages wait for more letters. A tick does not wait."""

TYPED = frozenset(
    {"title", "text", "judgements", "reference", "version", "contact", "prepared_for"}
    | {"prepared_by", "review_on", "changes"}
)
"""What is typed letter by letter."""

NOT_ON_PAGES = frozenset({"outputs", "email", "citations"})
"""What says nothing about the pages."""


class PageMaker(QObject):
    """Has the session's brief made into pages whenever it changes, and tells the session.

    The brief's newest value wins: while the process is at one, only the newest other waits, and
    one that takes long is given up for it: between two of its steps, where the process keeps what
    it has opened, and in the end by ending the process. Of pages that come when there is a newer
    request already, `passing` tells: they are better than older ones.
    """

    passing = Signal(object)
    """A `Preview` of the brief as it was a moment ago."""
    troubled = Signal(str)
    """The process ended unexpectedly, and was replaced: a sentence."""
    _answered = Signal(int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        begun = take_begun()
        self._pool = begun.pool
        self._running: Request | None = None
        self._waiting: Request | None = None
        self._number = 0
        self._since = 0.0
        self._took = 0.0
        self._flag: Path | None = None
        self._died = False
        self._closed = False
        self._fresh = False
        self._ask_soon = QTimer(self, singleShot=True)
        self._ask_soon.timeout.connect(self.ask)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        session.brief_changed.connect(self._brief_changed)
        session.base_opened.connect(lambda: self._soon(0))
        session.about_to_close.connect(self.close)
        if begun.request is not None and begun.future is not None:
            self._follow(begun.request, begun.future)

    # --- asking ---------------------------------------------------------------------------------

    def forget(self) -> None:
        """Have bases, templates and styles read again for the next pages, and ask for those."""
        self._fresh = True
        self._soon(0)

    @property
    def busy(self) -> bool:
        """Whether pages are on their way."""
        return self._ask_soon.isActive() or self._running is not None

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The process that is running at this moment, if there is one."""
        return self._pool.process_ids

    def ask(self) -> None:
        """Ask for the pages of the brief as it is now."""
        self._ask_soon.stop()
        session = self.session
        try:
            request = request_for(
                session.spec,
                session.base_flag,
                session.templates_flag,
                content_key=session.index.content_key,
                fresh=self._fresh,
            )
        except Exception as error:
            self._waiting = None
            session.pages_failed.emit(_sentence(error))
            return
        self._died = False
        session.pages_awaited.emit()
        if self._running is None:
            self._start(request)
        elif self._running.asks_the_same(request):
            self._waiting = None
            self._patience.stop()
        else:
            self._waiting = request
            if not self._patience.isActive():
                self._wait_until(WELCOME)

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._ask_soon.stop()
        self._patience.stop()
        self._lower_flag()
        self._pool.kill()

    def _brief_changed(self, changed: frozenset[str]) -> None:
        if changed and changed <= NOT_ON_PAGES:
            return
        if changed <= TYPED and self.session.preview is not None:
            self._soon(TYPING)
        elif self._running is None and not self._closed:
            self.ask()  # at once: the process is at it while other parts of the window are busy
        else:
            self._soon(0)

    def _soon(self, delay: int) -> None:
        """Ask when this turn of the event loop is over, so that one edit is one request."""
        timer = self._ask_soon
        if self._closed or (timer.isActive() and timer.remainingTime() <= delay):
            return
        timer.start(delay)

    def _start(self, request: Request) -> None:
        self._waiting = None
        self._fresh = False
        self._lower_flag()
        request = replace(request, flag=flag_path())
        self._follow(request, self._pool.submit(make_pages, request))

    def _follow(self, request: Request, future: Future[Preview]) -> None:
        self._running, self._since, self._flag = request, time.monotonic(), request.flag
        self._number += 1
        number = self._number

        def answered(future: Future[Preview]) -> None:
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._answered.emit(number, future)

        future.add_done_callback(answered)

    def _lower_flag(self) -> None:
        if self._flag is not None:
            with contextlib.suppress(OSError):
                self._flag.unlink()
            self._flag = None

    def _wait_until(self, seconds: float) -> None:
        """Lose patience when the pages under way have taken so long."""
        left = seconds - (time.monotonic() - self._since)
        self._patience.start(max(0, round(left * 1000)))

    def _give_up(self) -> None:
        """What is under way takes long and is not wanted any more: have it stop, or stop it."""
        if self._running is None or self._waiting is None:
            return
        patience = max(PATIENCE, self._took * _TIMES)
        if time.monotonic() - self._since < patience:
            if self._flag is not None:
                with contextlib.suppress(OSError):
                    make_private(self._flag.parent)
                    self._flag.touch()
            self._wait_until(patience)
            return
        self._number += 1  # whatever comes of it is an answer to nothing
        self._pool.replace_workers()
        self._start(self._waiting)

    # --- answers --------------------------------------------------------------------------------

    def _take(self, number: int, future: Future[Preview]) -> None:
        if number != self._number or self._closed:
            return
        if self._ask_soon.isActive():
            self.ask()  # for the same, perhaps: then these are its pages
        request, self._running = self._running, None
        self._patience.stop()
        newer = self._waiting
        again = newer or request
        assert again is not None
        self._lower_flag()
        try:
            preview = future.result()
        except NotWantedError:
            self._start(again)
            return
        except (WorkerDiedError, CancelledError) as error:
            if not self._died:
                # Another gets one more try, in case it had nothing to do with the brief.
                self._died = True
                self.troubled.emit(faults.sentence(error))
                self._start(again)
                return
            failure = faults.sentence(error)
        except Exception as error:
            failure = _sentence(error)
        else:
            failure = ""
            self._took = time.monotonic() - self._since
        if newer is not None:
            if not failure:
                self.passing.emit(preview)
            self._start(newer)
        elif failure:
            from briefgen.gui.view_models.brief.wanted import why_no_pages

            self.session.pages_failed.emit(why_no_pages(failure, self.session.index))
        else:
            self.session.preview = preview
            self.session.pages_made.emit(preview)


def _sentence(error: BaseException) -> str:
    """Why there are no pages. The way out lies in the window, not in other commands."""
    if isinstance(error, NothingSelectedError):
        return f"{error.message}; widen the dates or choose more topics"
    if isinstance(error, BriefgenError):
        hint = "; ".join(part for part in error.hint.split("; ") if "'briefgen " not in part)
        # A brief's file says something else by now: what is on the screen is at fault.
        own = error.origin is not None and error.origin.path.endswith(BRIEF_SUFFIX)
        origin = None if own else error.origin
        error = BriefgenError(error.message, hint=hint, origin=origin)
    return faults.sentence(error)
