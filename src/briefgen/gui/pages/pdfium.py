"""PDF pages as pictures, text and links, through pdfium.

pdfium is not for several threads at a time, its README says, so there is one lock around it.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

_PDFIUM = threading.RLock()

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""

Spot = tuple[int, float, float]
"""A page, from 0, and a point on it, in points from its lower left corner."""

_NEAR = 6.0
"""Points around which a letter is looked for where somebody points."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link on a page: to an address, or to a place in the document."""

    box: Box
    address: str = ""
    page: int = -1
    """From 0; -1 for an address."""
    top: float = 0.0
    """Points above that page's lower edge."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where words that were searched for stand. One box for each line."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Text that was chosen with the mouse, and where it stands on each page."""

    text: str = ""
    boxes: tuple[tuple[int, Box], ...] = ()


class PdfPages:
    """A PDF, opened. Close it, or use it in a `with`; from any thread."""

    def __init__(self, data: bytes) -> None:
        with _PDFIUM:
            import pypdfium2  # type: ignore[import-untyped]
            import pypdfium2.raw  # type: ignore[import-untyped]

            self._raw: Any = pypdfium2.raw
            self._document: Any = pypdfium2.PdfDocument(data)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )
            """Width and height of each page, in points."""
            self._kept: tuple[int, Any] | None = None
            """The page whose text was read last: searching, pointing and dragging stay on one."""

    def close(self) -> None:
        """Let go of it."""
        with _PDFIUM:
            self._forget_text()
            self._document.close()

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def draw(self, number: int, width: int) -> QImage:
        """A page as a picture, `width` pixels wide."""
        raw = self._raw
        across, up = self.sizes[number]
        height = max(1, round(width * up / across))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        bits: Any = image.bits()
        memory = (ctypes.c_char * image.sizeInBytes()).from_buffer(bits)
        with _PDFIUM:
            page = self._document[number]
            bitmap = raw.FPDFBitmap_CreateEx(
                width, height, raw.FPDFBitmap_BGRx, memory, image.bytesPerLine()
            )
            try:
                raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
            finally:
                raw.FPDFBitmap_Destroy(bitmap)
                page.close()
        return image

    def links(self, number: int) -> tuple[PageLink, ...]:
        """The links of a page."""
        raw = self._raw
        found: list[PageLink] = []
        with _PDFIUM:
            page = self._document[number]
            position, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page, position, link):
                made = self._link(link)
                if made is not None:
                    found.append(made)
            page.close()
        return tuple(found)

    def _link(self, link: Any) -> PageLink | None:
        raw = self._raw
        where = raw.FS_RECTF()
        if not raw.FPDFLink_GetAnnotRect(link, where):
            return None
        box = (where.left, where.bottom, where.right, where.top)
        target = raw.FPDFLink_GetDest(self._document, link)
        action = raw.FPDFLink_GetAction(link)
        if not target and action and raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO:
            target = raw.FPDFAction_GetDest(self._document, action)
        if target:
            page = raw.FPDFDest_GetDestPageIndex(self._document, target)
            has_x, has_y, has_zoom = (ctypes.c_int(0) for _ in range(3))
            x, y, zoom = (ctypes.c_float(0) for _ in range(3))
            raw.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom)
            if not 0 <= page < len(self.sizes):
                return None
            return PageLink(box, "", page, y.value if has_y.value else self.sizes[page][1])
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            length = raw.FPDFAction_GetURIPath(self._document, action, None, 0)
            held = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(self._document, action, held, length)
            return PageLink(box, held.value.decode("ascii", "replace"))
        return None

    def find(self, number: int, words: str) -> Iterator[Hit]:
        """Where `words` stand on a page, whatever their case."""
        with _PDFIUM:
            text = self._text(number)
            searcher = text.search(words)
            found = []
            while (place := searcher.get_next()) is not None:
                found.append(Hit(number, tuple(self._boxes(text, *place))))
            searcher.close()
        yield from found

    def choose(self, start: Spot, end: Spot, *, words: bool = False) -> Chosen:
        """The text between two spots, or with `words` the word at them."""
        first, last = _in_order(start, end)
        said: list[str] = []
        boxes: list[tuple[int, Box]] = []
        with _PDFIUM:
            for number in range(first[0], last[0] + 1):
                text = self._text(number)
                count = text.count_chars()
                begin = self._letter(text, first) if number == first[0] else 0
                until = self._letter(text, last) if number == last[0] else count - 1
                if begin < 0 or until < 0 or not count:
                    continue
                begin, until = min(begin, until), max(begin, until)
                if words:
                    begin, until = _word(text.get_text_range(0, count), begin)
                said.append(text.get_text_range(begin, until - begin + 1))
                boxes += ((number, box) for box in self._boxes(text, begin, until - begin + 1))
        return Chosen(_readable("\n".join(said)), tuple(boxes))

    def read(self, number: int) -> str:
        """The text of a page, letter by letter as pdfium counts them."""
        with _PDFIUM:
            text = self._text(number)
            read: str = text.get_text_range(0, text.count_chars())
        return read

    def spot_of(self, number: int, letter: int) -> Spot:
        """The middle of a letter of a page."""
        with _PDFIUM:
            left, bottom, right, top = self._text(number).get_charbox(letter)
        return number, (left + right) / 2, (bottom + top) / 2

    def boxes(self, number: int) -> tuple[Box, ...]:
        """Where each letter of a page stands, as high as its line."""
        with _PDFIUM:
            text = self._text(number)
            return tuple(text.get_charbox(at, loose=True) for at in range(text.count_chars()))

    def letter_at(self, spot: Spot) -> int:
        """The letter at or near a spot; -1 where there is none."""
        with _PDFIUM:
            return self._letter(self._text(spot[0]), spot)

    def _letter(self, text: Any, spot: Spot) -> int:
        """The letter at or near a spot; -1 where there is none."""
        _, x, y = spot
        for near in (_NEAR, 4 * _NEAR, 400.0):
            found: int = self._raw.FPDFText_GetCharIndexAtPos(text, x, y, near, near)
            if found >= 0:
                return found
        return -1

    def _boxes(self, text: Any, index: int, count: int) -> Iterator[Box]:
        for number in range(text.count_rects(index, count)):
            yield text.get_rect(number)

    def _text(self, number: int) -> Any:
        if self._kept is None or self._kept[0] != number:
            self._forget_text()
            self._kept = number, self._document[number].get_textpage()
        return self._kept[1]

    def _forget_text(self) -> None:
        if self._kept is not None:
            page = self._kept[1].page
            self._kept[1].close()
            page.close()
            self._kept = None


def _in_order(start: Spot, end: Spot) -> tuple[Spot, Spot]:
    """Two spots in reading order."""
    if (start[0], -start[2], start[1]) <= (end[0], -end[2], end[1]):
        return start, end
    return end, start


def _word(text: str, at: int) -> tuple[int, int]:
    """First and last place of the word around a place in `text`."""
    begin = until = min(at, len(text) - 1)
    if not text[begin].isalnum():
        return begin, until
    while begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    while until + 1 < len(text) and text[until + 1].isalnum():
        until += 1
    return begin, until


def _readable(text: str) -> str:
    """Text as it goes to the clipboard: hyphens that only a line's end made are taken out."""
    for hyphen in ("\ufffe", "\x02"):
        text = text.replace(f"{hyphen}\r\n", "").replace(f"{hyphen}\n", "").replace(hyphen, "")
    return text.replace("\r\n", "\n")
