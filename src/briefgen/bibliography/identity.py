"""Which sources are the same, and what a new one is to be called."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from briefgen.facts.csl import csl_date
from briefgen.facts.csl_dates import csl_year
from briefgen.index.fold import fold_words
from briefgen.patterns import ID, lazy_pattern
from briefgen.small_words import SMALL_WORDS

Csl = Mapping[str, Any]

# --- the same source -----------------------------------------------------------------------------

_RESOLVER = lazy_pattern(r"(?i)\A(?:(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|doi:\s*)")
_TRACKING = lazy_pattern(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")


def same_doi(doi: str) -> str:
    """A DOI as it is compared: case and the resolver's address do not count."""
    return unquote(_RESOLVER.sub("", doi.strip(), count=1)).strip().rstrip(".").casefold()


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


def folded_title(csl: Csl) -> str:
    """A title as it is compared; empty where there is none."""
    return " ".join(fold_words(str(csl.get("title") or "")))


def identities(csl: Csl) -> Iterator[tuple[str, str]]:
    """By what a source is known again: why, in words, and a key that equals another's."""
    doi, url, words = csl.get("DOI"), csl.get("URL"), folded_title(csl)
    if doi:
        yield "same DOI", f"doi {same_doi(str(doi))}"
    if url:
        address = same_url(str(url))
        if address.removeprefix("dx.").startswith("doi.org/"):
            yield "same DOI", f"doi {same_doi(address)}"
        else:
            yield "same URL", f"url {address}"
    if words:
        year = year_of(csl)
        if year is not None:
            yield "same title and year", f"title {year} {words}"
        elif not doi and not url:
            said = {key: csl[key] for key in csl if key not in ("id", "custom")}
            yield "the same in all that it says", json.dumps(said, sort_keys=True, default=str)


_Telling: TypeAlias = tuple[Any, ...]
"""What a source says of the things that tell works of one title and year apart; see `_TELLING`."""


def differences(csl: Csl, other: Csl) -> tuple[str, ...]:
    """What tells two works of one title and year apart, in words; nothing where nothing does.

    Only what both say counts: two ministries' statements have other authors, volumes of a set other
    numbers, one article in two collections other pages.
    """
    return _apart(_telling(csl), _telling(other))


def _telling(csl: Csl) -> _Telling:
    return tuple(of(csl) for _, of in _TELLING)


def _apart(one: _Telling, other: _Telling) -> tuple[str, ...]:
    if one == other:
        return ()
    return tuple(
        words
        for (words, _), its, others in zip(_TELLING, one, other, strict=True)
        if its and others and its != others and not (isinstance(its, frozenset) and its & others)
    )


def _people(csl: Csl) -> frozenset[str]:
    names = csl.get("author") or csl.get("editor") or ()
    said = (name.get("family") or name.get("literal") or "" for name in names)
    return frozenset(" ".join(fold_words(str(name))) for name in said if name)


def _day(csl: Csl) -> str:
    """The day or month of issue, where it is known more closely than by its year."""
    issued = csl.get("issued")
    if isinstance(issued, str):
        try:
            issued = csl_date(issued)
        except ValueError:
            return ""
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if parts else ()
    return "-".join(map(str, first)) if len(first) == 3 else ""


def _number(key: str) -> Callable[[Csl], str]:
    return lambda csl: " ".join(fold_words(str(csl.get(key) or "")))


def _first_page(csl: Csl) -> str:
    return " ".join(fold_words(re.split("[-\u2013\u2014,]", str(csl.get("page") or ""))[0]))


_TELLING: tuple[tuple[str, Callable[[Csl], Any]], ...] = (
    ("other authors", _people),
    ("another day", _day),
    ("another volume", _number("volume")),
    ("another number", _number("number")),
    ("another issue", _number("issue")),
    ("another edition", _number("edition")),
    ("other pages", _first_page),
    ("another collection", _number("container-title")),
    ("another DOI", lambda csl: same_doi(str(csl["DOI"])) if csl.get("DOI") else ""),
    ("another address", lambda csl: same_url(str(csl["URL"])) if csl.get("URL") else ""),
)


class Known:
    """Sources seen so far, found again by what makes them the same."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._telling: dict[str, _Telling] = {}
        self._called: dict[str, _Called] = {}

    def add(self, id_: str, csl: Csl) -> None:
        """Remember a source."""
        self._telling[id_] = _telling(csl)
        self._called[id_] = _called(csl)
        for _, key in identities(csl):
            alike = self._by_key.setdefault(key, [])
            if len(alike) < _MOST_ALIKE:
                alike.append(id_)

    def find(self, csl: Csl) -> tuple[str, str] | None:
        """The id of the same source, and why it is the same; None for a new one."""
        return next(((id_, why) for id_, why, apart in self._alike(csl) if not apart), None)

    def likely(self, csl: Csl) -> tuple[str, str] | None:
        """The id of a source that may be the same although something tells them apart, and what.

        Two DOIs are two works, whatever they are called: every issue has its "Editorial".
        """
        for id_, why, apart in self._alike(csl):
            if apart and "another DOI" not in apart:
                return id_, f"{why}, but {' and '.join(apart[:2])}"
        return None

    def _alike(self, csl: Csl) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        said: tuple[_Telling, _Called] | None = None
        for why, key in identities(csl):
            for id_ in self._by_key.get(key, ()):
                if why == "same DOI":
                    yield id_, why, ()
                    continue
                said = said or (_telling(csl), _called(csl))
                apart = _apart(said[0], self._telling[id_])
                if why == "same URL":
                    apart = _apart_at_one_address(said[1], self._called[id_], apart)
                yield id_, why, apart


_Called: TypeAlias = tuple[str, int | None]
"""A source's title, as it is compared, and year."""


def _called(csl: Csl) -> _Called:
    return folded_title(csl), year_of(csl)


def _apart_at_one_address(one: _Called, other: _Called, apart: tuple[str, ...]) -> tuple[str, ...]:
    """What tells works at one address apart: whole issues have one, and so have libraries.

    Another headline alone does not: newspapers change them.
    """
    (title, year), (others_title, others_year) = one, other
    if not title or not others_title or title == others_title:
        return ()
    years = ("another year",) if year and others_year and year != others_year else ()
    return ("another title", *years, *apart) if years or apart else ()


_MOST_ALIKE = 20
"""Sources alike that are compared: a journal may have thousands of editorials."""


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
_LONGEST_KEY = 200
"""Letters of a citation key that become an id."""


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
    if ID.fullmatch(key) and len(key) <= _LONGEST_KEY:
        return key
    pieces = re.split(r"([._-]+)", key)
    spelt = "".join(piece if re.fullmatch(r"[._-]+", piece) else latin(piece) for piece in pieces)
    return spelt.strip("._-")[:_LONGEST_KEY]


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


def free_id(
    wanted: str, taken: Collection[str], tried: MutableMapping[str, int] | None = None
) -> str:
    """`wanted`, or with the first number from 2 on that makes it one of its own.

    `tried` remembers between calls, while ids are only added, which numbers are gone.
    """
    if wanted not in taken:
        return wanted
    number = 2 if tried is None else tried.get(wanted, 2)
    while f"{wanted}-{number}" in taken:
        number += 1
    if tried is not None:
        tried[wanted] = number
    return f"{wanted}-{number}"
