"""A thread that turns pages into pictures, finds words in them and reads what was chosen.

What is seen now comes first: each new wish list takes the place of the one before, and a search
goes on page by page while there is nothing else to do.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from briefgen.gui.pages.pdfium import Chosen, Hit, PdfPages, Spot


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted: `document` and `page` by number, `width` in device pixels."""

    document: int
    page: int
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    number: int
    document: int
    words: str
    page: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    number: int
    document: int
    start: Spot
    end: Spot
    words: bool


class PdfThread(QObject):
    """Works in a thread of its own; its signals arrive in the window's."""

    opened = Signal(int, object)
    """A document's number, and the width and height of each of its pages in points."""
    drawn = Signal(object, object, object)
    """A `Wish`, its picture (QImage), and the page's links (tuple of `PageLink`)."""
    found = Signal(int, object, bool)
    """A search's number, the hits on one page, and whether that was the last page."""
    chosen = Signal(int, object)
    """A choice's number and `Chosen`."""
    failed = Signal(object)
    """An exception: our own bug, or a fault in pdfium."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._news = threading.Condition()
        self._over = False
        self._to_open: list[tuple[int, bytes]] = []
        self._to_drop: set[int] = set()
        self._wishes: list[Wish] = []
        self._sent: set[Wish] = set()
        """Pictures under way: being drawn, or drawn and not yet received."""
        self._search: _Search | None = None
        self._choice: _Choice | None = None
        self._thread = threading.Thread(target=self._work, name="briefgen pages", daemon=True)
        self._thread.start()

    def open(self, number: int, data: bytes) -> None:
        """Open a PDF under a number of the caller's."""
        with self._news:
            self._to_open.append((number, data))
            self._news.notify()

    def drop(self, number: int) -> None:
        """Let go of a document: nobody looks at it any more."""
        with self._news:
            self._to_drop.add(number)
            self._wishes = [wish for wish in self._wishes if wish.document != number]
            if self._search is not None and self._search.document == number:
                self._search = None
            self._news.notify()

    def draw(self, wishes: Sequence[Wish]) -> None:
        """Draw these, in this order, and nothing that was wished for before."""
        with self._news:
            self._wishes = [wish for wish in wishes if wish not in self._sent]
            self._news.notify()

    def received(self, wish: Wish) -> None:
        """A picture has arrived: should it be wished for again, it was thrown away."""
        with self._news:
            self._sent.discard(wish)

    def find(self, number: int, document: int, words: str) -> None:
        """Look for words on all pages of a document; an earlier search ends. No words: none."""
        with self._news:
            self._search = _Search(number, document, words) if words else None
            self._news.notify()

    def choose(
        self, number: int, document: int, start: Spot, end: Spot, *, words: bool = False
    ) -> None:
        """Read the text between two spots; only the newest such wish counts."""
        with self._news:
            self._choice = _Choice(number, document, start, end, words)
            self._news.notify()

    def close(self) -> None:
        """End the thread."""
        with self._news:
            self._over = True
            self._news.notify()
        self._thread.join(timeout=10)

    # --- in the thread --------------------------------------------------------------------------

    def _work(self) -> None:
        documents: dict[int, PdfPages] = {}
        while True:
            with self._news:
                while not self._has_work():
                    self._news.wait()
                if self._over:
                    break
            try:
                self._step(documents)
            except Exception as error:
                with contextlib.suppress(RuntimeError):  # the window is gone
                    self.failed.emit(error)
        for document in documents.values():
            document.close()

    def _has_work(self) -> bool:
        waiting = self._to_open or self._to_drop or self._wishes or self._search or self._choice
        return bool(self._over or waiting)

    def _step(self, documents: dict[int, PdfPages]) -> None:
        """Do the most urgent thing."""
        with self._news:
            opening, self._to_open = self._to_open, []
            dropping, self._to_drop = self._to_drop, set()
            choice, self._choice = self._choice, None
            wish = search = None
            if not opening and choice is None:
                if self._wishes:
                    wish = self._wishes.pop(0)
                    self._sent.add(wish)
                else:
                    search = self._search
                    if search is not None:
                        self._search = _Search(
                            search.number, search.document, search.words, search.page + 1
                        )
        for number, data in opening:
            if number not in dropping:
                documents[number] = PdfPages(data)
                self._tell(self.opened, number, documents[number].sizes)
        for number in dropping:
            if number in documents:
                documents.pop(number).close()
        if choice is not None and choice.document in documents:
            chosen = Chosen()
            with contextlib.suppress(IndexError):
                chosen = documents[choice.document].choose(
                    choice.start, choice.end, words=choice.words
                )
            self._tell(self.chosen, choice.number, chosen)
        if wish is not None:
            pages = documents.get(wish.document)
            if pages is None or wish.page >= len(pages.sizes):
                self.received(wish)
            else:
                try:
                    self._tell(
                        self.drawn, wish, pages.draw(wish.page, wish.width), pages.links(wish.page)
                    )
                except Exception:
                    self.received(wish)
                    raise
        if search is not None:
            self._find(search, documents.get(search.document))

    def _find(self, search: _Search, pages: PdfPages | None) -> None:
        hits: tuple[Hit, ...] = ()
        last = True
        if pages is not None and search.page < len(pages.sizes):
            hits = tuple(pages.find(search.page, search.words))
            last = search.page + 1 == len(pages.sizes)
        if last:
            with self._news:
                if self._search is not None and self._search.number == search.number:
                    self._search = None
        self._tell(self.found, search.number, hits, last)

    def _tell(self, signal: object, *values: object) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone
            signal.emit(*values)  # type: ignore[attr-defined]
