"""Plain text: its encoding, and its paragraphs."""

from __future__ import annotations

import codecs
from itertools import pairwise

from briefgen.capture.model import SavedText, folded, numbered
from briefgen.dates import DateError
from briefgen.dates.typed import edtf_from_words
from briefgen.errors import InputError, Origin

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_WRAPPED_AT = 100
"""No line longer than this, in a text whose lines were broken by a program."""
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where `str.splitlines` splits."""
_MOST_LINES = 1_500_000
_LONGEST_TITLE = 160


def read_plain(data: bytes, origin: Origin) -> SavedText:
    """A file of plain text. Raises `InputError` for what is none."""
    text = decoded(data)
    if "\0" in text:
        raise InputError(
            "this is no text", hint="save it as PDF, HTML, MHTML, text or .docx", origin=origin
        )
    paragraphs = numbered(paragraphs_of(text, origin))
    csl: dict[str, str] = {"type": "document"}
    if paragraphs and looks_like_title(paragraphs[0].text) and len(paragraphs) > 1:
        csl["title"] = paragraphs[0].text
    return SavedText("txt", paragraphs, csl)


def decoded(data: bytes, said: str = "") -> str:
    """Bytes as text: by their mark, as they say they are (`said`), as UTF-8, else as Windows-1252.

    Never fails: a letter that cannot be read becomes a replacement sign.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in (said, "utf-8"):
        try:
            # The web's latin-1 is Windows-1252 (WHATWG Encoding, 4.2).
            known = codecs.lookup(encoding).name if encoding else ""
            if known and known not in ("iso8859-1", "ascii"):
                return data.decode(known)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def paragraphs_of(text: str, origin: Origin) -> list[str]:
    """Each line that says something is a paragraph; where lines were broken, each block of them.

    Raises `InputError` for more lines than any document has: each takes far more room than its
    letters.
    """
    if sum(map(text.count, _LINE_ENDS)) > _MOST_LINES:
        raise InputError(
            "there are more lines in it than in any document",
            hint="save only the part that matters",
            origin=origin,
        )
    lines = text.splitlines()
    if not _is_wrapped(lines):
        return lines
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [" ".join(block) for block in blocks]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a program broke the lines: none is long, and many follow right upon another."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 4 or max(map(len, filled)) > _WRAPPED_AT:
        return False
    runs_on = sum(
        1 for one, other in pairwise(lines) if len(one) > 35 and one.strip() and other.strip()
    )
    return runs_on * 2 > len(filled)


def looks_like_title(text: str) -> bool:
    """Whether a first line may be what the document is called."""
    line = folded(text)
    if not 3 < len(line) <= _LONGEST_TITLE or line[-1] in ".:;,":
        return False
    try:
        edtf_from_words(line)
    except DateError:
        return True
    return False
