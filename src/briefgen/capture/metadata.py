"""What pages say of themselves, as names and dates of CSL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefgen.bibliography.dates import date_of_text
from briefgen.capture.model import folded
from briefgen.patterns import lazy_pattern

_LONGEST = 300
_MOST_NAMES = 20
_BY = lazy_pattern(r"(?i)^(?:by|from|posted by|written by)\b[:\s]+")
_BETWEEN = lazy_pattern(r"\s*(?:;|\||&|\band\b)\s*")
_AND_COMMAS = lazy_pattern(r"\s*(?:,|;|\||&|\band\b)\s*")
_PERSON = lazy_pattern(
    r"(?:[^\W\d_][^\W\d_.’'-]*\.?[’'-]?[^\W\d_]*\s+){1,3}[^\W\d_][^\W\d_.’'-]*[’'-]?[^\W\d_]*"
)
_NO_PERSON = lazy_pattern(
    r"(?i)\b(?:staff|desk|report(?:er)?s?|news|agency|ministry|office|editor(?:ial)?|team|press|"
    r"correspondent|department|embassy|bureau|monitoring|web|times|post|admin|committee|the|of)\b"
)


def line(text: object) -> str:
    """A text of a page's own on one line, cut where nobody would go on; empty for none."""
    return folded(text)[:_LONGEST] if isinstance(text, str) else ""


def names_of(texts: Iterable[str]) -> list[dict[str, str]]:
    """Names of authors as CSL has them: family and given for people, whole for others."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        said = _BY.sub("", line(text))
        if not said or "://" in said or "@" in said:
            continue
        if said.count(",") == 1 and not _BETWEEN.search(said):
            family, given = (part.strip() for part in said.split(","))
            if family and given and " " not in family:
                found.setdefault(said, {"family": family, "given": given})
                continue
        for name in _AND_COMMAS.split(said):
            if name and len(found) < _MOST_NAMES:
                found.setdefault(name, _name(name))
    return list(found.values())


def _name(name: str) -> dict[str, str]:
    is_person = (
        _PERSON.fullmatch(name)
        and not _NO_PERSON.search(name)
        and not name.isupper()
        and name.split()[-1][:1].isupper()
    )
    if not is_person:
        return {"literal": name}
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given}


def date(text: object) -> str:
    """A date as EDTF, or empty where none can be read for certain."""
    read: Any = date_of_text(line(text)) if line(text) else None
    return read if isinstance(read, str) else ""
