"""Searching for words on the pages: where they stand, and which place is the current one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from briefgen.gui.pages.pdf_thread import PdfThread
from briefgen.gui.pages.pdfium import Hit
from briefgen.gui.pages.scrolling import Scrolling
from briefgen.gui.pages.sight import Sight

_FROM_THE_EDGE = 40
"""Pixels between the current place and the edge of what is seen."""


class WordSearch(QObject):
    """Looks for the same words on whatever pages are shown."""

    changed = Signal()
    """More was found, or another hit is the current one."""

    def __init__(
        self, thread: PdfThread, sight: Sight, scrolling: Scrolling, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._sight = sight
        self._scrolling = scrolling
        self._number = 0
        self._words = ""
        self.searching = False
        """Whether more may be found yet."""
        self.hits: list[Hit] = []
        """Where the words stand, in reading order."""
        self.current = -1
        """The number of the hit that is gone to; -1 before there is one."""
        thread.found.connect(self._found)

    @property
    def current_hit(self) -> Hit | None:
        """The hit that is gone to."""
        return self.hits[self.current] if 0 <= self.current < len(self.hits) else None

    def search(self, words: str) -> None:
        """Mark all places where `words` stand; nothing marks nothing."""
        self._words = words.strip()
        self.search_again()
        self.current = -1
        self.changed.emit()

    def search_again(self) -> None:
        """Look for the same words: other pages are shown, or none."""
        document = self._sight.document
        self._number += 1
        self.hits = []
        self.searching = bool(self._words and document)
        self._thread.find(self._number, document.number if document else 0, self._words)

    def go_to(self, number: int) -> None:
        """Bring a hit into sight; numbers go round."""
        if not self.hits:
            return
        self.current = number % len(self.hits)
        y = self._top_of(self.hits[self.current])
        sight = self._sight
        if not sight.top + _FROM_THE_EDGE <= y <= sight.bottom - _FROM_THE_EDGE:
            self._scrolling.to(y - sight.height / 3)
        self.changed.emit()

    def _found(self, search: int, hits: tuple[Hit, ...], last: bool) -> None:
        if search != self._number:
            return
        self.hits += hits
        if last:
            self.searching = False
            self.current = min(self.current, len(self.hits) - 1)
        if self.current < 0 and self.hits and (last or self._reached()):
            # Reading goes on from here: the first hit that is not above what is in sight.
            top = self._sight.top
            near = (n for n, hit in enumerate(self.hits) if self._top_of(hit) >= top)
            number = next(near, 0 if last else -1)
            if number >= 0:
                self.go_to(number)
        self.changed.emit()

    def _reached(self) -> bool:
        """Whether the search has come to the page that one looks at."""
        return self.hits[-1].page >= self._sight.main_page

    def on_page(self, page: int) -> Sequence[Hit]:
        """The hits on one page."""
        first = bisect_left(self.hits, page, key=_page_of)
        return self.hits[first : bisect_right(self.hits, page, key=_page_of)]

    def _top_of(self, hit: Hit) -> float:
        """The height of the desk at which a hit begins."""
        assert self._sight.document is not None
        return self._sight.document.desk.box(hit.page, hit.boxes[0]).top if hit.boxes else 0.0


def _page_of(hit: Hit) -> int:
    return hit.page
