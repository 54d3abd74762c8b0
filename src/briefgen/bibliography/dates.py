"""Dates of bibliographies as sources.yaml has them: EDTF text where it can say the date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.facts.csl import csl_date
from briefgen.facts.csl_dates import edtf_of_end
from briefgen.patterns import lazy_pattern

Date = str | dict[str, Any]
"""EDTF level 1, else an object: `date-parts`, or `literal` for a date in words."""

_CIRCA = lazy_pattern(
    r"\[?(?:c|ca|circa|about|approx|approximately)\b\.?\s*(?P<date>[^\[\]]+?)\]?", re.IGNORECASE
)
_NONE = lazy_pattern(
    r"\W*+(?:n\.?\s?d\.?|no date|undated|s\.?\s?a\.?|o\.?\s?J\.?|\?+|0+)?\W*", re.IGNORECASE
)
_TIME = lazy_pattern(r"(?<=[0-9])[T ][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_YEARS = lazy_pattern(r"([0-9]{4})\s*(?:-{1,3}|–|—|/)\s*([0-9]{4})")
_SLASHES = lazy_pattern(r"([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2})?)?")
_LOOSE = lazy_pattern(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How words for months begin; in BibTeX they are macros."""
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_WORDED = lazy_pattern(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?[\s-]+)?(?P<month>[A-Za-z]{3,9})\.?"
    r"(?:[\s-]+(?P<late>[0-9]{1,2})(?:st|nd|rd|th)?,)?,?[\s-]+(?P<year>[0-9]{4})"
)


_NUMBERS_ALONE = lazy_pattern(r"[0-9]{1,4}(?:[-/.][0-9]{1,4}){1,2}")

_LONGEST = 100
"""Letters of a date; what is longer is not looked at more closely."""


def date_of_text(text: str) -> Date | None:
    """The date that a text gives, None if it gives none (`n.d.`), in words if it is not clear.

    Read are EDTF level 1, times of day (left out), `c. 1948`, `1990-1995`, `2013/08/28`,
    `28 August 2013` and `Aug 28, 2013`. `03/04/2013` is not clear.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return {"literal": text}
    text = _TIME.sub("", text).strip()
    if _NONE.fullmatch(text):
        return None
    said = _edtf(text)
    if said is not None:
        return said
    circa = _CIRCA.fullmatch(text)
    if circa:
        inner = date_of_text(circa["date"])
        if isinstance(inner, str) and "/" not in inner and inner[-1] not in "~?%":
            return _edtf(f"{inner}~") or {"literal": text}
        return {"literal": text}
    years = _YEARS.fullmatch(text)
    if years:
        return _edtf(f"{years[1]}/{years[2]}") or {"literal": text}
    numbers = _SLASHES.fullmatch(text) or _LOOSE.fullmatch(text)
    if numbers:
        parts = [int(part) for part in numbers.groups() if part]
        return edtf_of_parts([parts]) or {"literal": text}
    worded = _WORDED.fullmatch(text)
    if worded:
        word = worded["month"].lower()
        month = _SEASONS.get(word) or (MONTHS.index(word[:3]) + 1 if word[:3] in MONTHS else None)
        day = worded["day"] or worded["late"]
        if month and not (worded["day"] and worded["late"]):
            parts = [int(worded["year"]), month, *([int(day)] if day else [])]
            return edtf_of_parts([parts]) or {"literal": text}
    return {"literal": text}


def is_no_date(words: str) -> bool:
    """Whether what is kept in words was meant for a date: `2013-02-30`, `31 April 2013`."""
    worded = _WORDED.fullmatch(words) if len(words) <= _LONGEST else None
    in_words = worded is not None and worded["month"].lower()[:3] in MONTHS
    return in_words or bool(_NUMBERS_ALONE.fullmatch(words))


def _edtf(text: str) -> str | None:
    try:
        csl_date(text)
    except ValueError:
        return None
    return text


def edtf_of_parts(ends: Sequence[Sequence[int]], *, circa: bool = False) -> str | None:
    """CSL's date-parts as EDTF level 1, or None where it cannot say them.

    The text reads back as the same date-parts; `0000`, 1 BC, does not: it says that there is none.
    """
    wanted = {"date-parts": [list(end) for end in ends]} | ({"circa": True} if circa else {})
    mark = "~" if circa else ""
    try:
        texts = [edtf_of_end(end) for end in ends]
    except ValueError:
        return None
    if not 1 <= len(texts) <= 2:
        return None
    if len(texts) == 1:
        text = f"{texts[0]}{mark}"
    else:
        text = "/".join(end if end == ".." else f"{end}{mark}" for end in texts if end)
    try:
        return text if csl_date(text) == wanted and not _NONE.fullmatch(text) else None
    except ValueError:
        return None


def edtf_of_csl(date: Mapping[str, Any]) -> str | None:
    """A date of a `Source` as EDTF, or None where that would not read back as the same."""
    if set(date) - {"date-parts", "circa"} or not date.get("date-parts"):
        return None
    return edtf_of_parts(date["date-parts"], circa=bool(date.get("circa")))


def date_of_data(value: Any) -> Date | None:
    """The date that CSL-JSON or CSL-YAML gives: EDTF text, an object, Pandoc's list of years.

    None if it gives none.
    """
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return date_of_text(str(value))
    if isinstance(value, list):
        ends = [_pandoc_parts(end) for end in value if isinstance(end, Mapping)]
        value = {"date-parts": ends} if ends else {}
    if not isinstance(value, Mapping):
        return None
    if "year" in value:
        value = {"date-parts": [_pandoc_parts(value)], "circa": value.get("circa", False)}
    literal = _text(value.get("literal"))
    ends = _numbers(value.get("date-parts"))
    if not ends:
        raw = _text(value.get("raw"))
        return {"literal": literal} if literal else date_of_text(raw) if raw else None
    circa = _truth(value.get("circa"))
    season = _season(value.get("season"))
    if season and len(ends) == 1 and len(ends[0]) == 1:
        ends[0].append(season)
    text = edtf_of_parts(ends, circa=circa)
    if text is not None and not literal:
        return text
    if text is None and not all(len(end) == 1 or edtf_of_parts([end]) for end in ends):
        return {"literal": literal or "/".join(_shown(end) for end in ends)}
    date: dict[str, Any] = {"date-parts": ends}
    return date | ({"circa": True} if circa else {}) | ({"literal": literal} if literal else {})


def _pandoc_parts(end: Mapping[str, Any]) -> list[Any]:
    parts = [end.get("year"), end.get("month") or end.get("season"), end.get("day")]
    return parts[: parts.index(None)] if None in parts else parts


def _numbers(ends: Any) -> list[list[int]]:
    """Date-parts as numbers; what is none ends its date."""
    if not isinstance(ends, list):
        return []
    if ends and not isinstance(ends[0], list):
        ends = [ends]
    found: list[list[int]] = []
    for place, end in enumerate(ends[:2]):
        numbers: list[int] = []
        for part in end if isinstance(end, list) else []:
            text = str(part).strip()
            if isinstance(part, bool) or not re.fullmatch(r"-?[0-9]{1,6}", text):
                break
            number = int(text)
            if number == 0 and (numbers or (not place and len(ends) == 1)):
                break
            numbers.append(number)
        if numbers:
            found.append(numbers[:3])
    return found


def _season(value: Any) -> int | None:
    text = str(value).strip().lower()
    if text in ("1", "2", "3", "4"):
        return 20 + int(text)
    return _SEASONS.get(text)


def _truth(value: Any) -> bool:
    return str(value).strip().lower() in ("true", "1", "yes")


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else ""


def _shown(end: Sequence[int]) -> str:
    return "-".join(f"{part:02d}" for part in end)
