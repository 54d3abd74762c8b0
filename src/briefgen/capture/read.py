"""Any saved copy read as text: which kind it is, and who reads that kind.

All of it comes from elsewhere: sizes are bounded, nothing is fetched, nothing is run. What cannot
be read is an `InputError` that says what to do.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.capture.model import (
    MOST_BYTES,
    MOST_LETTERS,
    MOST_PARAGRAPHS,
    CopyKind,
    Paragraph,
    SavedText,
)
from briefgen.errors import InputError, Origin, not_read_in_words

if TYPE_CHECKING:
    from briefgen.capture.reading_process import ReadingProcess

KINDS: dict[str, CopyKind] = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "mhtml",
    ".mht": "mhtml", ".eml": "eml", ".docx": "docx", ".txt": "txt", ".text": "txt", ".md": "txt",
}  # fmt: skip
"""The kinds of copies, by the end of a file's name in small letters."""

_TABLES = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"))
_HOW = "save it as PDF, HTML, MHTML, text, .eml or .docx"


def read_saved_file(path: Path) -> tuple[bytes, SavedText]:
    """The bytes of a saved copy and what is read of it. Raises `InputError`."""
    data = bytes_of_copy(path)
    return data, read_saved(data, path.name)


def bytes_of_copy(path: Path) -> bytes:
    """The bytes of a file that is to be read as a copy. Raises `InputError`."""
    origin = Origin(str(path))
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there"
            if path.exists() and not path.is_dir():
                what = "is no ordinary file"
            raise InputError(f"the file {what}", hint="name a file that was saved", origin=origin)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        said, hint = not_read_in_words("file", error, "check that you may read it")
        raise InputError(said, hint=hint, origin=origin) from None
    if len(data) > MOST_BYTES:
        raise InputError(
            f"the file is larger than {MOST_BYTES // 2**20} MB",
            hint="save it without pictures, or only the pages that matter",
            origin=origin,
        )
    return data


def read_saved(data: bytes, name: str, process: ReadingProcess | None = None) -> SavedText:
    """What a copy called `name` says. Raises `InputError`.

    All but plain text is read by `process`, so that many copies need one; without it, by one for
    this copy. Raises `BriefgenError` where it does not start.
    """
    kind, origin = kind_of(data, name), Origin(name)
    if kind == "txt":
        return read_here(data, kind, origin)
    from briefgen.capture.reading_process import ReadingProcess

    with contextlib.nullcontext(process) if process is not None else ReadingProcess() as reading:
        if kind == "pdf":
            from briefgen.capture.pdf_text import read_pdf

            return _bounded(read_pdf(data, origin, reading), origin)
        return _read_elsewhere(data, kind, origin, reading)


def _read_elsewhere(
    data: bytes, kind: CopyKind, origin: Origin, process: ReadingProcess
) -> SavedText:
    from briefgen.capture.reading_process import MOST_SECONDS, ReaderDiedError

    try:
        (frame,) = process.read(data, origin.path, kind)
    except ReaderDiedError as error:
        what = "cannot be read: it is damaged, or takes more memory than any real one"
        if error.late:
            what = f"takes longer to read than {MOST_SECONDS} seconds, as no real one does"
        raise InputError(f"the file {what}", hint="save it as text", origin=origin) from None
    if "refused" in frame:
        message, hint = frame["refused"]
        raise InputError(message, hint=hint, origin=origin)
    texts = enumerate(frame["paragraphs"], 1)
    return SavedText(
        frame["kind"], tuple(Paragraph(number, text) for number, text in texts), frame["csl"]
    )


def read_here(data: bytes, kind: CopyKind, origin: Origin) -> SavedText:
    """What a copy that is no PDF says, read in this process. Raises `InputError`."""
    if kind == "html":
        from briefgen.capture.html_text import read_html

        saved = read_html(data, origin)
    elif kind in ("mhtml", "eml"):
        from briefgen.capture.mail_text import read_mail

        saved = read_mail(data, origin)
    elif kind == "docx":
        from briefgen.capture.word_text import read_docx

        saved = read_docx(data, origin)
    else:
        from briefgen.capture.plain_text import read_plain

        saved = read_plain(data, origin)
    return _bounded(saved, origin)


def _bounded(saved: SavedText, origin: Origin) -> SavedText:
    letters = sum(len(paragraph.text) for paragraph in saved.paragraphs)
    if letters > MOST_LETTERS or len(saved.paragraphs) > MOST_PARAGRAPHS:
        raise InputError(
            "there is more text in it than in any document",
            hint="save only the part that matters",
            origin=origin,
        )
    if not saved.paragraphs and not saved.pages:
        raise InputError("there is no text in it", hint="open it and save it again", origin=origin)
    return saved


def kind_of(data: bytes, name: str) -> CopyKind:
    """Of which kind a copy is: its first bytes say so, else the end of its name.

    Raises `InputError` for a kind that is not read, and for an empty file.
    """
    origin = Origin(name)
    if not data.strip():
        raise InputError("the file is empty", hint="save it again", origin=origin)
    kind = KINDS.get(Path(name).suffix.lower())
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if kind == "pdf":
        raise InputError("this is no PDF, or a damaged one", hint=_HOW, origin=origin)
    if Path(name).suffix.lower() in _TABLES:
        raise InputError(
            "a table is not kept as a saved copy, but PDF, HTML, MHTML, text, .eml and .docx are",
            hint="import its rows with briefgen import facts, or save it as PDF to keep it",
            origin=origin,
        )
    if data[:4] == b"PK\x03\x04" and kind in (None, "docx", "txt"):
        return "docx"
    if kind is not None:
        return kind
    low = head[:512].lower()
    if low.startswith((b"<!doctype html", b"<html")) or b"<html" in low:
        return "html"
    raise InputError("this kind of file is not read", hint=_HOW, origin=origin)
