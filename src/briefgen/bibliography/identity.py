"""Which sources are the same, and what a new one is to be called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from briefgen.facts.csl import csl_date
from briefgen.facts.csl_dates import csl_year
from briefgen.index.fold import fold_words
from briefgen.patterns import ID, lazy_pattern
from briefgen.small_words import SMALL_WORDS

Csl = Mapping[str, Any]

# --- the same source -----------------------------------------------------------------------------

_RESOLVER = lazy_pattern(r"(?i)\s*(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|\s*doi:\s*")
_TRACKING = lazy_pattern(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")


def same_doi(doi: str) -> str:
    """A DOI as it is compared: case and the resolver's address do not count."""
    return unquote(_RESOLVER.sub("", doi, count=1)).strip().rstrip(".").casefold()


def same_url(url: str) -> str:
    """A web address as it is compared.

    Scheme, `www.`, default port, a slash at the end, the fragment and what only tells where the
    reader came from (utm_...) do not count; the order of a query's parts does not either.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0].lower())
    ]
    asked = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{port}{unquote(parts.path).rstrip('/')}{asked}"


def year_of(csl: Csl) -> int | None:
    """The year of issue, the first of several; None if it is not known."""
    issued = csl.get("issued")
    if isinstance(issued, str):
        try:
            issued = csl_date(issued)
        except ValueError:
            return None
    return csl_year(issued)


def identities(csl: Csl) -> Iterator[tuple[str, str]]:
    """By what a source is known again: why, in words, and a key that equals another's."""
    doi, url, title = csl.get("DOI"), csl.get("URL"), csl.get("title")
    if doi:
        yield "same DOI", f"doi {same_doi(str(doi))}"
    if url:
        address = same_url(str(url))
        if address.removeprefix("dx.").startswith("doi.org/"):
            yield "same DOI", f"doi {same_doi(address)}"
        else:
            yield "same URL", f"url {address}"
    if title:
        words = " ".join(fold_words(str(title)))
        year = year_of(csl)
        if words and year is not None:
            yield "same title and year", f"title {year} {words}"


class Known:
    """Sources seen so far, found again by what makes them the same."""

    def __init__(self) -> None:
        self._by_key: dict[str, str] = {}
        self._dois: dict[str, str] = {}

    def add(self, id_: str, csl: Csl) -> None:
        """Remember a source."""
        for _, key in identities(csl):
            self._by_key.setdefault(key, id_)
        if csl.get("DOI"):
            self._dois[id_] = same_doi(str(csl["DOI"]))

    def find(self, csl: Csl) -> tuple[str, str] | None:
        """The id of the same source, and why it is the same; None for a new one.

        Two DOIs that differ are two sources, whatever they are called: every issue of a journal
        has its "Editorial".
        """
        own = same_doi(str(csl["DOI"])) if csl.get("DOI") else None
        for why, key in identities(csl):
            id_ = self._by_key.get(key)
            if id_ is None:
                continue
            other = self._dois.get(id_)
            if why == "same title and year" and own and other and own != other:
                continue
            return id_, why
        return None


# --- ids --------------------------------------------------------------------------------------

_NO_KEY = lazy_pattern(
    r"[Hh][Tt][Tt][Pp][Ss]?://.*|[0-9]+/.*|ITEM-[0-9]+|10\.[0-9]{4,}/\S+|"
    r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
"""Ids that only say where some program keeps the item: Zotero's, Mendeley's, a DOI."""
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ":
    "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ":
    "g", "ў": "u",
}  # fmt: skip
_SMALL_WORDS = SMALL_WORDS | {
    "der", "die", "das", "ein", "eine", "und", "von", "zu", "im", "le", "la", "les", "un", "une",
    "et", "du", "des", "de", "el", "los", "las", "y", "en", "o", "da", "do", "e", "i", "na", "po",
}  # fmt: skip
MAX_ID = 60
"""Longest id made."""


def latin(text: str) -> str:
    """`text` in small letters without accents, Cyrillic transliterated, words joined by `-`.

    Scripts that cannot be written in a to z word by word are left out.
    """
    words = []
    for word in fold_words(text):
        spelt = "".join(_CYRILLIC.get(letter, letter) for letter in word)
        kept = "".join(letter for letter in spelt if letter.isascii())
        if kept:
            words.append(kept)
    return "-".join(words)


def id_of_key(key: str) -> str:
    """A citation key as an id: `Müller2011` gives `muller2011`; empty where it gives none.

    A key that only says where a program keeps the item (a number, an address) gives none.
    """
    if _NO_KEY.fullmatch(key):
        return ""
    if ID.fullmatch(key):
        return key
    pieces = re.split(r"([._-]+)", key)
    spelt = "".join(piece if re.fullmatch(r"[._-]+", piece) else latin(piece) for piece in pieces)
    return spelt.strip("._-")[:200]


def id_of_source(csl: Csl) -> str:
    """An id of family name, year and first word of the title: `muller-2011-pipeline`."""
    names = csl.get("author") or csl.get("editor") or ()
    first = names[0] if names else {}
    who = latin(str(first.get("family") or first.get("literal") or ""))
    if not who:
        who = latin(str(csl.get("container-title") or csl.get("publisher") or ""))
    if "family" not in first:
        who = "-".join(word for word in who.split("-") if word not in _SMALL_WORDS)
    who = "-".join(who.split("-")[:2])
    year = year_of(csl)
    words = [word for word in latin(str(csl.get("title") or "")).split("-") if word]
    telling = [word for word in words if word not in _SMALL_WORDS and not word.isdigit()]
    parts = [who[:24], str(abs(year)) if year is not None else "", (telling or words or [""])[0]]
    id_ = "-".join(part for part in parts if part).strip("-")[:MAX_ID].strip("-")
    return f"source-{id_}" if id_.isdigit() else id_ or "source"


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number from 2 on that makes it one of its own."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
