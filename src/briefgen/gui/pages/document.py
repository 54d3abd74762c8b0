"""The pages of one PDF as the window holds them: their sizes, where they stand, their pictures."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QImage

from briefgen.gui.pages.layout import Desk, OwnWords, Sentences
from briefgen.gui.pages.pdf_thread import Wish
from briefgen.gui.pages.pdfium import PageLink
from briefgen.gui.view_models.pages.preview import Preview

_WIDEST_PICTURE = 4000
"""Device pixels: a wider page is drawn so wide and stretched."""
_MOST_BYTES = 128 * 2**20
"""What pictures may take. Those in sight stay in any case."""


class Document:
    """Pages that are shown, or about to be. `number` is what the thread that draws knows it by."""

    def __init__(self, number: int, preview: Preview) -> None:
        self.number = number
        self.preview = preview
        self.sentences = Sentences(preview.places)
        self.own_words = OwnWords(preview.own_places)
        self.sizes: tuple[tuple[float, float], ...] = ()
        """Of each page, in points; empty until the PDF is opened."""
        self.desk = Desk((), 1.0, 0.0)
        self.pictures: dict[int, QImage] = {}
        self.links: dict[int, tuple[PageLink, ...]] = {}

    def lay_out(self, scale: float, room: float, ratio: float) -> None:
        """Put the pages on a desk at least `room` pixels wide: see `Desk`."""
        self.desk = Desk(self.sizes, scale, room, ratio)

    def missing(self, pages: range) -> Iterator[Wish]:
        """The pictures of these pages that there are not, or not in the right size."""
        for page in pages:
            width = round(self.desk.sheets[page].width * self.desk.ratio)
            width = min(_WIDEST_PICTURE, max(1, width))
            picture = self.pictures.get(page)
            if picture is None or picture.width() != width:
                yield Wish(self.number, page, width)

    def throw_pictures_away(self, seen: range) -> None:
        """Let go of the pictures that are farthest from `seen`, when there are too many."""
        total = sum(picture.sizeInBytes() for picture in self.pictures.values())
        for page in sorted(self.pictures, key=lambda page: -abs(page - seen.start)):
            if total <= _MOST_BYTES:
                return
            if page not in seen:
                total -= self.pictures.pop(page).sizeInBytes()
