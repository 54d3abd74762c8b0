"""PDFs: the paragraphs on their pages, by pdfium.

A PDF knows letters and where they stand, no paragraphs: those follow from the lines, as eyes see
them.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from briefgen.capture.metadata import line, names_of
from briefgen.capture.model import MOST_LETTERS, Paragraph, SavedText, folded
from briefgen.capture.pdfium import PDFIUM
from briefgen.capture.plain_text import looks_like_title
from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern

MOST_PAGES = 3_000
_PASSWORD = 4
"""FPDF_ERR_PASSWORD: pdfium's number for a file that is locked."""
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


def read_pdf(data: bytes, origin: Origin) -> SavedText:
    """A PDF; one of pictures alone has pages and no paragraphs. Raises `InputError`."""
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error, origin) from None
    try:
        return _read(document, origin)
    finally:
        with PDFIUM:
            document.close()


def _refusal(error: Any, origin: Origin) -> InputError:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return InputError(
            "the PDF is locked with a password",
            hint="open it with the password and save it without",
            origin=origin,
        )
    return InputError(
        "the PDF is damaged", hint="open it in a reader and save it again", origin=origin
    )


def _read(document: Any, origin: Origin) -> SavedText:
    with PDFIUM:
        count = len(document)
        said = {key: line(value) for key, value in document.get_metadata_dict().items()}
    if not 0 < count <= MOST_PAGES:
        what = "has no pages" if not count else f"has more than {MOST_PAGES:,} pages"
        raise InputError(f"the PDF {what}", hint="save the pages that matter", origin=origin)
    paragraphs: list[Paragraph] = []
    letters = 0
    for number in range(count):
        with PDFIUM:  # for each page anew: whoever draws pages meanwhile need not wait for all
            lines = _lines(document, number)
        for text in joined(lines):
            letters += len(text)
            paragraphs.append(Paragraph(len(paragraphs) + 1, text, number + 1))
        if letters > MOST_LETTERS:
            raise InputError(
                "there is more text in it than in any document",
                hint="save only the part that matters",
                origin=origin,
            )
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


def _lines(document: Any, number: int) -> list[_Line]:
    """The lines of a page as pdfium tells them apart. A page that is damaged has none."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        text = page.get_textpage()
        try:
            return list(_lines_of(text))
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()


def _lines_of(text: Any) -> Any:
    count = text.count_chars()
    whole = text.get_text_range(0, count) if count else ""
    if len(whole) != count:  # letters beyond the BMP: places and letters do not match
        for said in whole.splitlines():
            yield _Line(said, 0, 0, 0, 0)
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
            yield _Line(said, one[0], other[2], loose[1], loose[3])
        start = end


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
    done: list[str] = []
    for at, this in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _parts(before, this, usual, lines[max(at - 12, 0) : at]):
            done.append(this.text)
        else:
            done[-1] = _glued(done[-1], this.text)
    texts = (folded(text.translate({ord(sign): "" for sign in _HYPHENS})) for text in done)
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


def _glued(text: str, more: str) -> str:
    """A line put behind the one before it."""
    bare = text.rstrip()
    if bare.endswith(_HYPHENS):
        return bare[:-1] + more.lstrip()
    if bare.endswith("-") and bare[-2:-1].isalpha() and more[:1].islower():
        return bare + more.lstrip()  # which hyphens are a word's own cannot be told
    return f"{bare} {more.lstrip()}"
