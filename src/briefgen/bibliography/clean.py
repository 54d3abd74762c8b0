"""Items of any program as items that sources.yaml can hold.

What CSL does not know is left out and named; numbers become text, lists of one become the one,
markup becomes characters, dates become EDTF. What cannot be mended is a fault of the item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefgen.bibliography.dates import date_of_data, is_no_date
from briefgen.bibliography.model import Item
from briefgen.bibliography.plain import one_line_text, paragraphs, without_markup
from briefgen.bounds import MOST_IN_ONE
from briefgen.errors import BriefgenError
from briefgen.facts.csl import CSL_DATES, CSL_LONG_TEXTS, CSL_NAMES, CSL_TEXTS, CSL_TYPES
from briefgen.facts.formats import CUSTOM, is_in_archive
from briefgen.facts.model import RELIABILITIES
from briefgen.facts.paragraph_ranges import paragraph_ranges
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import did_you_mean, few_of, shown

Plain = Callable[[str], str]

MAX_TEXT = 1_000_000
"""Longest text kept of one field: no abstract has a hundredth of it."""

# Crossref's names, which its CSL-JSON carries.
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "book-series": "book",
    "reference-entry": "entry",
    "posted-content": "article",
    "dissertation": "thesis",
    "peer-review": "review",
    "journal": "periodical",
    "journal-issue": "periodical",
    "report-series": "report",
    "component": "document",
    "database": "dataset",
    "other": "document",
}

# What other programs call fields of CSL.
_SAME = {
    "container_title": "container-title",
    "short-container-title": "container-title-short",
    "short-title": "title-short",
    "url": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "keywords": "keyword",
    "event-title-short": "event-title",
    "edition-number": "edition",
}
_LINE_TEXTS = frozenset(CSL_TEXTS)
_JOINED = frozenset(("keyword", "ISBN", "ISSN", "language"))


class FaultyItemError(BriefgenError):
    """An item that cannot become a source; the message is why, in a few words."""


def clean_item(raw: Mapping[str, Any], *, markup: bool = True) -> tuple[Item, list[str]]:
    """A CSL item in the form of sources.yaml, without its id, and notes on what was left out.

    `markup`: texts may hold HTML, as CSL's data may; else what looks like HTML is text. Raises
    `FaultyItemError`.
    """
    plain = without_markup if markup else _as_it_is
    _refuse_beyond_bounds(raw)
    item: Item = {"type": _type(raw.get("type"))}
    notes: list[str] = []
    unknown: list[str] = []
    for given, value in raw.items():
        key = given if given in _KEYS else _SAME.get(given, given)
        if key in ("id", "type") or value is None or value in ("", [], {}):
            continue
        if key == "citation-key" and str(value) == str(raw.get("id")):
            continue  # Zotero writes the id twice
        if key == "custom":
            custom, left_out = _custom(value)
            if custom:
                item["custom"] = custom
            unknown += [f"custom.{name}" for name in left_out]
        elif key in CSL_NAMES:
            names = _names(value, plain)
            if names:
                item[key] = names
        elif key in CSL_DATES:
            date = date_of_data(value)
            if date is not None:
                item[key] = date
                if isinstance(date, dict) and is_no_date(str(date.get("literal", ""))):
                    said = shown(str(date["literal"]))
                    notes.append(f"{key} {said} is no date, and is kept as words: mend it there")
        elif key == "categories":
            words = [one_line_text(str(word)) for word in _listed(value)]
            if any(words):
                item[key] = [word for word in words if word]
        elif key in _LINE_TEXTS or key in CSL_LONG_TEXTS:
            if given == key or key not in raw:
                text = _text(key, value, plain)
                if text:
                    item[key] = text
        else:
            unknown.append(str(given)[:40])
    if unknown:
        notes.append(f"left out what CSL does not know: {few_of(sorted(set(unknown)), 12)}")
    _mend_url(item, notes)
    _mend_doi(item)
    if not any(item.get(key) for key in _TELLING):
        raise FaultyItemError("no title", hint="give it one and import it again")
    if "title" not in item:
        notes.append("it has no title")
    return item, notes


def note_of(raw: Mapping[str, Any]) -> str:
    """The remark of a CSL item, of which some programs make a list; markup in it stays.

    Raises `FaultyItemError`.
    """
    return _text("note", raw.get("note"), _as_it_is)


_KEYS = frozenset((*CSL_TEXTS, *CSL_LONG_TEXTS, *CSL_NAMES, *CSL_DATES, "categories", "custom"))
_TELLING = ("title", *CSL_NAMES, "container-title", "URL", "DOI", "genre", "number", "archive")
"""One of these a source must have, or nobody knows what it is."""


def _refuse_beyond_bounds(raw: Mapping[str, Any]) -> None:
    many = f"more than {MOST_IN_ONE:,}"
    if len(raw) > MOST_IN_ONE:
        raise FaultyItemError(f"it has {many} fields", hint="leave some out")
    for key, value in raw.items():
        if isinstance(value, (list, dict)) and len(value) > MOST_IN_ONE:
            raise FaultyItemError(f"{shown(str(key))} holds {many} values", hint="leave some out")


_MOST_LEVELS = 20
"""Lists within lists of one text: Crossref has one."""


def _type(value: Any) -> str:
    text = str(value).strip() if isinstance(value, str) else ""
    if not text:
        raise FaultyItemError("no type", hint="give it one of CSL's types")
    found = _TYPES.get(text, text)
    if found not in CSL_TYPES:
        raise FaultyItemError(
            f"unknown type {shown(text)}",
            hint=did_you_mean(text, CSL_TYPES) or "give it one of CSL's types, as document",
        )
    return found


def _as_it_is(text: str) -> str:
    return text


def _text(key: str, value: Any, plain: Plain, level: int = 0) -> str:
    if isinstance(value, (list, tuple)):
        if level > _MOST_LEVELS:
            raise FaultyItemError(f"{key} is nested too deep", hint="write one text")
        texts = [_text(key, part, plain, level + 1) for part in value]
        found = [text for text in texts if text]
        return ", ".join(found) if key in _JOINED else (found[0] if found else "")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value)[:MAX_TEXT]
    if key in CSL_LONG_TEXTS:
        return (
            _HEADED.sub("", paragraphs(plain(text)))
            if key == "abstract"
            else paragraphs(plain(text))
        )
    if key not in ("URL", "DOI"):
        text = plain(text)
    return one_line_text(text)


_HEADED = lazy_pattern(r"\A(?:Abstract|ABSTRACT|Summary)\n+")
"""The heading that publishers deliver with an abstract."""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


# --- names -----------------------------------------------------------------------------------

_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_FLAGS = ("comma-suffix", "static-ordering", "parse-names")


def _names(value: Any, plain: Plain) -> list[dict[str, Any]]:
    names = []
    for given in _listed(value):
        if isinstance(given, (str, int)) and not isinstance(given, bool):
            text = one_line_text(plain(str(given)))
            name: dict[str, Any] = {"literal": text} if text else {}
        elif isinstance(given, Mapping):
            name = _name(given, plain)
        else:
            continue
        if {"family", "given", "literal"} & name.keys() and name != {"literal": "others"}:
            names.append(name)
    return names


def _name(given: Mapping[str, Any], plain: Plain) -> dict[str, Any]:
    name: dict[str, Any] = {}
    for part in _PARTS:
        text = _text(part, given.get(part, ""), plain)
        if text:
            name[part] = text
    if not name:  # Crossref's name of a body
        body = _text("literal", given.get("name", ""), plain)
        if body:
            name["literal"] = body
    for flag in _FLAGS:
        if flag == "parse-names" and "" in given.values():
            continue  # Mendeley writes it to every name, with parts that are empty
        said = str(given.get(flag, "")).strip().lower()
        if said in ("true", "false", "1", "0"):
            name[flag] = said in ("true", "1")
    return name


# --- addresses -------------------------------------------------------------------------------

_ADDRESS = lazy_pattern(r"(?i)(https?|ftp)://\S+")
_BARE = lazy_pattern(r"(?i)(www\.|[a-z0-9-]+\.(org|com|net|gov|edu|int|info)/)\S*")
_DOI = lazy_pattern(
    r"(?i)(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/|https?://(?:dx\.)?doi\.org/)?(10\.\S+)"
)


_NEXT_ADDRESS = lazy_pattern(r"(?i)(?<![\s;,])[\s;,]+(?=(?:https?|ftp)://|www\.)")
_GOES_ON = lazy_pattern(r"(?=.*[^\d./-])\S*/\S*|\S+\.[A-Za-z][A-Za-z0-9]{1,4}")
"""A word behind a blank that is still part of the address: a folder, or a file's name."""


def first_address(text: str) -> str:
    """The first web address in a text that begins with one, its blanks as `%20` (RFC 3986).

    Addresses of files that somebody named with blanks are written as they are seen, and words may
    follow an address: what follows a blank is part of it where it looks like a path.
    """
    words = _NEXT_ADDRESS.split(text.lstrip(" \t\r\n;,").rstrip(), maxsplit=1)[0].split()
    if not words:
        return ""
    first, *rest = words
    parts = [place for place, word in enumerate(rest, 1) if _GOES_ON.fullmatch(word)]
    end = parts[-1] if parts else 0
    address = "%20".join((first, *rest[:end]))
    return address.rstrip(";,") if end < len(rest) else address


def _mend_url(item: Item, notes: list[str]) -> None:
    url = item.get("URL")
    if url is None or _ADDRESS.fullmatch(url):
        return
    first = first_address(url)
    if first.startswith("//"):
        first = f"https:{first}"
    if _ADDRESS.fullmatch(first):
        item["URL"] = first
        if _NEXT_ADDRESS.search(url):
            notes.append("of several web addresses the first was taken")
    elif _BARE.fullmatch(url):
        item["URL"] = f"https://{url}"
    else:
        notes.append(f"URL {shown(url)} is no web address and was left out")
        del item["URL"]


def _mend_doi(item: Item) -> None:
    """A DOI without the address of its resolver, as CSL wants it."""
    found = _DOI.fullmatch(item.get("DOI", ""))
    if found:
        item["DOI"] = found[1]


# --- custom ----------------------------------------------------------------------------------


def _are_paragraphs(text: str) -> bool:
    try:
        paragraph_ranges(text)
    except ValueError:
        return False
    return True


def _custom(value: Any) -> tuple[dict[str, Any], list[str]]:
    """Our own block, which other programs pass on as they found it; names of what was left out."""
    if not isinstance(value, Mapping):
        return {}, ["custom"]
    custom: dict[str, Any] = {}
    left_out: list[str] = []
    for key, said in value.items():
        if key == "derived_from":
            # As they are called there: the importer knows what became of them.
            ids = [str(id_).strip() for id_ in _listed(said) if isinstance(id_, (str, int))]
            good: Any = list(dict.fromkeys(id_ for id_ in ids if id_))
        elif key in CUSTOM.keys:
            good = one_line_text(said) if isinstance(said, str) else ""
            if (
                (key == "reliability" and good not in RELIABILITIES)
                or (key == "archive" and not is_in_archive(good))
                or (key == "archive_paragraphs" and not _are_paragraphs(good))
            ):
                good = ""
        else:
            good = ""
        if good:
            custom[key] = good
        else:
            left_out.append(str(key)[:40])
    return custom, left_out
