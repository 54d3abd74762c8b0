"""PDFs: the paragraphs on their pages, by pdfium.

A PDF knows letters and where they stand, no paragraphs: those follow from the lines, as eyes see
them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from briefgen.capture.metadata import line, names_of
from briefgen.capture.model import Paragraph, SavedText, folded
from briefgen.capture.pdf_lines import MOST_PAGES
from briefgen.capture.plain_text import looks_like_title
from briefgen.capture.reading_process import MOST_SECONDS, ReaderDiedError, ReadingProcess
from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern

_HYPHENS = ("\ufffe", "\x02")
"""What pdfium makes of a hyphen that only the end of a line made."""
_PROGRAMS = lazy_pattern(r"(?i)microsoft|word|untitled|\.docx?|\.pdf|\.indd|^\W*$|powerpoint")
_WIDE, _SHORT = 1.45, 0.8
_INDENT = 8.0


class _Line(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float


_NEW_PDF = "open it in a reader and print it to a new PDF"
_PARTS = "save the pages that matter"
_FAULTS = {
    "locked": ("is locked with a password", "open it with the password and save it without"),
    "damaged": ("is damaged", "open it in a reader and save it again"),
    "no pages": ("has no pages", _PARTS),
    "too many pages": (f"has more than {MOST_PAGES:,} pages", _PARTS),
    "too much text": ("has more text in it than any document", _PARTS),
    "died": ("cannot be read: it is damaged, or takes more memory than any real one", _NEW_PDF),
    "late": (f"takes longer to read than {MOST_SECONDS} seconds, as no real one does", _NEW_PDF),
}
"""What is wrong with a PDF, and what to do; by the words of the process that reads it."""


def read_pdf(data: bytes, origin: Origin, process: ReadingProcess) -> SavedText:
    """A PDF, read by `process`; one of pictures alone has pages and no paragraphs.

    Raises `InputError`, and `BriefgenError` where the process does not start.
    """
    try:
        with contextlib.closing(process.read(data, origin.path, "pdf")) as frames:
            return _read(frames, origin)
    except ReaderDiedError as error:
        raise _refusal("late" if error.late else "died", origin) from None


def _refusal(fault: str, origin: Origin) -> InputError:
    what, hint = _FAULTS[fault]
    return InputError(f"the PDF {what}", hint=hint, origin=origin)


def _read(frames: Iterator[dict[str, Any]], origin: Origin) -> SavedText:
    paragraphs: list[Paragraph] = []
    count, page = 0, 0
    said: dict[str, str] = {}
    for frame in frames:
        if "fault" in frame:
            raise _refusal(frame["fault"], origin)
        if "pages" in frame:
            count = frame["pages"]
            said = {key: line(value) for key, value in frame["said"].items()}
            continue
        page += 1
        for text in joined([_Line(*one) for one in frame["lines"]]):
            paragraphs.append(Paragraph(len(paragraphs) + 1, text, page))
    first = paragraphs[0].text if paragraphs else ""
    return SavedText("pdf", tuple(paragraphs), _csl(said, first), count)


def _csl(said: dict[str, str], first: str) -> dict[str, Any]:
    """What it says of itself. When it was made is no date of issue: browsers print old pages."""
    csl: dict[str, Any] = {"type": "document"}
    title = said.get("Title", "")
    if title and not _PROGRAMS.search(title):
        csl["title"] = title
    elif looks_like_title(first):
        csl["title"] = first
    author = said.get("Author", "")
    if author and not _PROGRAMS.search(author) and " " in author:
        csl["author"] = names_of([author])
    return csl


# --- lines -----------------------------------------------------------------------------------


def joined(lines: list[_Line]) -> list[str]:
    """Lines put together to paragraphs, each on one line.

    A paragraph ends where the next line stands further off than lines do, is set in, or follows
    a short line that ends a sentence. One that goes on in the next column is one.
    """
    if not lines:
        return []
    gaps = [
        one.bottom - other.bottom for one, other in pairwise(lines) if one.bottom > other.bottom
    ]
    usual = _usual(gaps, median(line.top - line.bottom for line in lines))
    done: list[list[str]] = []
    for at, this in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _parts(before, this, usual, lines[max(at - 12, 0) : at]):
            done.append([this.text])
        elif this.text.strip():
            _glue(done[-1], this.text)
    signs = {ord(sign): "" for sign in _HYPHENS}
    texts = (folded("".join(pieces).translate(signs)) for pieces in done)
    return [text for text in texts if text]


def _usual(gaps: list[float], height: float) -> float:
    """How far apart lines of one paragraph stand: the smaller gaps, but for notes set high."""
    real = sorted(gap for gap in gaps if gap > 0.6 * height)
    if not real:
        return 0.0
    # Of a few lines one cannot tell how wide they are set: then as wide as most are.
    return real[len(real) // 4] if len(real) > 4 else min(real[0], 1.6 * height)


def _parts(before: _Line, this: _Line, usual: float, near: list[_Line]) -> bool:
    ended = before.text.rstrip().endswith((".", "!", "?", ":", ".”", ".’", '."', ".)"))
    if not usual or this.top == this.bottom:
        return ended
    gap = before.bottom - this.bottom
    if gap < -2 * usual:  # up again: another column
        return ended
    if gap > _WIDE * usual:
        return True
    height, other = this.top - this.bottom, before.top - before.bottom
    if height > 1.15 * other or other > 1.15 * height:  # a headline beside text
        return abs(gap) > 0.3 * usual
    right = max(one.right for one in near)
    width = right - min(one.left for one in near)
    if this.left - before.left > _INDENT and gap > 0.5 * usual and ended:
        return True
    return ended and before.right < right - (1 - _SHORT) * width and gap > 0.5 * usual


def _glue(pieces: list[str], more: str) -> None:
    """Put a line behind those of a paragraph."""
    bare = pieces[-1].rstrip()
    if bare.endswith(_HYPHENS):
        pieces[-1:] = [bare[:-1], more.lstrip()]
    elif bare.endswith("-") and bare[-2:-1].isalpha() and more[:1].islower():
        pieces[-1:] = [bare, more.lstrip()]  # which hyphens are a word's own cannot be told
    else:
        pieces[-1:] = [bare, " ", more.lstrip()]
