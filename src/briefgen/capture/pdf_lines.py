"""The lines of a PDF's pages, as pdfium tells them: for the process that reads copies.

It knows nothing else of ours, so that this process is ready soon.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_PAGES = 3_000
_MOST_LINES = 200_000
_PASSWORD = 4
"""FPDF_ERR_PASSWORD: pdfium's number for a file that is locked."""
_LONGEST = 2_000
"""Letters of what a PDF says of itself."""

Line = tuple[str, float, float, float, float]
"""Its text, and in points its left, right, bottom and top; zeros where these are not known."""


def read_lines(data: bytes, most_letters: int) -> Iterator[dict[str, Any]]:
    """What `reading_helper` answers of a PDF, frame by frame.

    `{"pages": 3, "said": {"Title": …}}`, then for each page
    `{"lines": [[text, left, right, bottom, top], …]}` in points from its lower left corner, and
    `{"end": true}`; where it cannot be read, `{"fault": …}` at last.
    """
    import pypdfium2  # type: ignore[import-untyped]

    most_lines = _MOST_LINES

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()
        yield {"fault": "locked" if locked else "damaged"}
        return
    try:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            yield {"fault": "too many pages" if count else "no pages"}
            return
        said = {key: value[:_LONGEST] for key, value in document.get_metadata_dict().items()}
        yield {"pages": count, "said": said}
        for number in range(count):
            lines: list[Line] = []
            for line in _lines(document, number, most_letters):
                most_letters -= len(line[0])
                most_lines -= 1
                if most_letters < 0 or most_lines < 0:
                    yield {"fault": "too much text"}
                    return
                lines.append(line)
            yield {"lines": lines}
        yield {"end": True}
    finally:
        document.close()


def _lines(document: Any, number: int, most_letters: int) -> Iterator[Line]:
    """The lines of a page as pdfium tells them apart. A page that is damaged has none."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return
    try:
        text = page.get_textpage()
        try:
            yield from _lines_of(text, most_letters)
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return
    finally:
        page.close()


def _lines_of(text: Any, most_letters: int) -> Iterator[Line]:
    count = text.count_chars()
    # Two more letters for each line's end: a page that is longer still is told by its lines.
    whole = text.get_text_range(0, min(count, 3 * most_letters + 3)) if count else ""
    if len(whole) != count:  # letters beyond the BMP: places and letters do not match
        for said in whole.splitlines():
            yield said, 0, 0, 0, 0
        return
    start = 0
    while start < len(whole):
        end = whole.find("\n", start)
        end = len(whole) if end < 0 else end + 1
        said = whole[start:end].rstrip("\r\n")
        first = next((at for at, letter in enumerate(said) if not letter.isspace()), None)
        if first is not None:
            last = max(at for at, letter in enumerate(said) if not letter.isspace())
            one = text.get_charbox(start + first)
            other = text.get_charbox(start + last, loose=True)
            loose = text.get_charbox(start + first, loose=True)
            yield said, one[0], other[2], loose[1], loose[3]
        start = end
