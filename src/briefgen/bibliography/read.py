"""Any bibliography as entries in the form of sources.yaml."""

from __future__ import annotations

import stat
from pathlib import Path

from briefgen.bibliography.bounds import MAX_BYTES
from briefgen.bibliography.model import Bibliography, Format, format_of
from briefgen.bounds import enough_memory_for
from briefgen.errors import InputError, Origin, not_read_in_words
from briefgen.ordinary_files import read_ordinary
from briefgen.patterns import lazy_pattern


def read_bibliography(file: Path, format_: Format | None = None) -> Bibliography:
    """The entries of a file, faulty ones among them with the reason.

    The format is `format_`, else the suffix's, else what the file looks like. Raises `InputError`
    for a file that cannot be read, is no bibliography or holds more than any does (`bounds`).
    """
    name = str(file)
    with enough_memory_for(name):
        return _read(file, name, format_)


def _read(file: Path, name: str, format_: Format | None) -> Bibliography:
    text, notes = _text_of(_bytes_of(file), name)
    if not text.strip():
        raise InputError("the file is empty", hint="export it again", origin=Origin(name))
    found = read_text(text, name, format_ or format_of(file, text))
    return Bibliography(found.entries, (*notes, *found.notes))


def read_text(text: str, name: str, format_: Format) -> Bibliography:
    """The entries of a bibliography's text; `name` is for messages. Raises `InputError`."""
    if format_ in ("biblatex", "bibtex"):
        from briefgen.bibliography.bib_read import read_bib

        return read_bib(text, name)
    if format_ == "ris":
        from briefgen.bibliography.ris_read import read_ris

        return read_ris(text, name)
    from briefgen.bibliography.csl_data import read_csl_json, read_csl_yaml

    return read_csl_json(text, name) if format_ == "csl.json" else read_csl_yaml(text, name)


def _bytes_of(file: Path) -> bytes:
    origin = Origin(str(file))
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
            raise InputError(f"this is {what}", hint="name a bibliography", origin=origin)
        if status.st_size > MAX_BYTES:
            raise InputError(
                f"the file has {status.st_size / 2**20:.0f} MB, and more than "
                f"{MAX_BYTES // 2**20} MB are not read",
                hint="split it, or export it without abstracts",
                origin=origin,
            )
        return read_ordinary(file, MAX_BYTES)
    except OSError as error:
        said, hint = not_read_in_words("file", error)
        raise InputError(said, hint=hint, origin=origin) from None
    except ValueError:  # a NUL in the name
        raise InputError(f"{str(file)!r} is no file's name", hint="name a file") from None


_BINARY = lazy_pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_STRAY_PER = 1000
"""Characters for each control character that a text may have: they come along in copying."""


def _text_of(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The file's text, with `\\n` line ends; and a note if its encoding had to be guessed."""
    notes: tuple[str, ...] = ()
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _BINARY.search(data.decode("latin-1")):
            raise _no_text(name) from None
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("cp1252", "replace")
        notes = (
            f"line {line} is not UTF-8, so the file was read as Windows-1252: look at its accents",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stray = [found.start() for found in _BINARY.finditer(text)]
    if stray:
        if "\0" in text or len(stray) * _STRAY_PER > len(text):
            raise _no_text(name)
        line = text.count("\n", 0, stray[0]) + 1
        which = "a control character" if len(stray) == 1 else f"{len(stray)} control characters"
        notes = (*notes, f"{which} left out, from line {line} on: look at the words around")
        text = _BINARY.sub("", text)
    return text, notes


def _no_text(name: str) -> InputError:
    return InputError(
        "this is no text, so no bibliography",
        hint="export it again as BibLaTeX, RIS or CSL JSON",
        origin=Origin(name),
    )
