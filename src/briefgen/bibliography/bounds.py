"""How much a bibliography may hold: far more than real ones do, far less than fills a memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from briefgen.bibliography.model import Bibliography, Entry
from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern

MAX_BYTES = 32 * 2**20
"""Largest file read: some 20,000 entries with abstracts."""

MOST_ENTRIES = 30_000

MOST_NAMES = 150_000
"""People in all entries together: fifty papers of the largest collaborations."""

MOST_LINES = 2_000_000
"""Of RIS, where each field begins a line: the largest file has as many of sixteen characters."""

MOST_MARKS = 2_000_000
"""Braces, quotation marks, commas and signs of equality of BibTeX: a field has four of them."""

MOST_BLOCKS = 200_000
"""Signs `@` of BibTeX, which begin entries, macros and remarks, and stand in addresses."""


def bounded(entries: Iterable[Entry], name: str) -> Bibliography:
    """The entries, which may be made one by one, as a bibliography.

    Raises `InputError` as soon as there are more than any bibliography has.
    """
    kept: list[Entry] = []
    names = 0
    for entry in entries:
        kept.append(entry)
        names += sum(len(said) for said in entry.item.values() if isinstance(said, list))
        if len(kept) > MOST_ENTRIES:
            raise too_large(f"more than {MOST_ENTRIES:,} entries", name)
        if names > MOST_NAMES:
            raise too_large(f"more than {MOST_NAMES:,} names", name)
    return Bibliography(tuple(kept))


_RIS_START = lazy_pattern(r"(?m)^[ \t]{0,3}TY[ \t]{0,2}-")


def refuse_many_lines(text: str, name: str) -> None:
    """Raise `InputError` for RIS of more lines or entries than any file has."""
    if text.count("\n") > MOST_LINES:
        raise too_large(f"more than {MOST_LINES:,} lines", name)
    starts = islice(_RIS_START.finditer(text), MOST_ENTRIES + 1)
    if sum(1 for _ in starts) > MOST_ENTRIES:
        raise too_large(f"more than {MOST_ENTRIES:,} entries", name)


def refuse_many_marks(text: str, name: str) -> None:
    """Raise `InputError` for BibTeX of more fields or blocks than any file has."""
    if sum(map(text.count, '{}",=')) > MOST_MARKS:
        raise too_large(f"more than {MOST_MARKS:,} braces, quotation marks, commas and =", name)
    if text.count("@") > MOST_BLOCKS:
        raise too_large(f"more than {MOST_BLOCKS:,} signs @", name)


def too_large(what: str, name: str) -> InputError:
    """The error of a file that has `what`, to be raised."""
    return InputError(
        f"{what}: no bibliography has as many", hint="split the file", origin=Origin(name)
    )
