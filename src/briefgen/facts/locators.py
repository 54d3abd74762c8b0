"""Words for places in a source, the CSL locator labels that they stand for, and their reading."""

from __future__ import annotations

from briefgen.patterns import lazy_pattern

LOCATOR_TERMS: dict[str, str] = {
    "p": "page", "pp": "page", "page": "page", "pages": "page",
    "para": "paragraph", "paras": "paragraph", "paragraph": "paragraph",
    "paragraphs": "paragraph", "¶": "paragraph", "¶¶": "paragraph",
    "ch": "chapter", "chap": "chapter", "chaps": "chapter", "chapter": "chapter",
    "chapters": "chapter",
    "sec": "section", "secs": "section", "section": "section", "§": "section", "§§": "section",
    "vol": "volume", "vols": "volume", "volume": "volume",
    "no": "issue", "nos": "issue", "art": "article", "article": "article",
    "col": "column", "fig": "figure", "figure": "figure", "fol": "folio", "l": "line",
    "line": "line", "lines": "line", "n": "note", "nn": "note", "note": "note", "pt": "part",
    "part": "part", "table": "table", "v": "verse", "verse": "verse", "at": "timestamp",
    "timestamp": "timestamp", "app": "appendix", "appendix": "appendix", "r": "rule",
    "rule": "rule", "rules": "rule", "act": "act", "acts": "act", "book": "book", "bk": "book",
    "canon": "canon", "eq": "equation", "equation": "equation", "folio": "folio",
    "issue": "issue", "column": "column", "opus": "opus", "op": "opus", "scene": "scene",
    "sc": "scene", "supplement": "supplement", "suppl": "supplement", "title": "title",
    "verses": "verse", "version": "version", "volumes": "volume", "sections": "section",
    "articles": "article", "figures": "figure", "tables": "table", "parts": "part",
    "notes": "note", "columns": "column", "cols": "column", "figs": "figure", "arts": "article",
    "fols": "folio", "folios": "folio", "ll": "line", "vv": "verse", "pts": "part",
    "eqs": "equation", "equations": "equation", "bks": "book", "books": "book",
    "apps": "appendix", "appendices": "appendix", "issues": "issue",
}  # fmt: skip
"""Words before a locator, without their full stop, and the CSL label that each stands for."""

_BRACED = lazy_pattern(r"\s*+,?\s*+\{(?P<place>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_LEAD = lazy_pattern(r"\s*,?\s*")
_TERM = lazy_pattern(r"(?P<term>¶¶?|§§?|[A-Za-z]+)\.?\s*")
# One place: 3, 3-5, A3, 12:30, 4.2.1, 3/4, 5(2)(a), (iv), xiv. Punctuation stands within it only.
_PLACE = lazy_pattern(
    r"(?:\w|[.:/](?=\w)|[-–](?=[\w(])|—(?=\d)|\([^()\s]+\))+(?:[-–](?=[\s,)]|$))?"
)
_NEXT = lazy_pattern(r",?\s+(?:and|&)\s+|\s*,\s*|\s+(?=\()|\s*(?:--?|[–—])\s*(?=\d)")
_ROMAN = lazy_pattern(
    r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
    r"|(?=[IVXLCDM])M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_CLOCK = lazy_pattern(r"\d+(?::\d\d)+(?:[.,]\d+)?")
_ORDINAL = lazy_pattern(r"\d+(?:st|nd|rd|th)")
_LETTERED = lazy_pattern(r"[^\W\d]{1,3}[-–]?\d")
_A_WORD_FOLLOWS = lazy_pattern(r"\s+[^\W\d]")


def read_locator(rest: str) -> tuple[str, str, str]:
    """What follows an id: locator, CSL label, suffix. `, p. 3, my emphasis` gives all three.

    As Pandoc reads it: a number alone is a page, a Roman numeral is a place after a label only,
    `{...}` holds a locator of any shape, and `{}` says that there is none. What is no locator is
    suffix, with the comma before it.
    """
    braced = _BRACED.match(rest)
    if braced is not None:
        locator, label = _braced_place(braced["place"])
        return locator, label if locator else "", rest[braced.end() :].rstrip()
    lead = _LEAD.match(rest)
    start = lead.end() if lead is not None else 0
    term = _TERM.match(rest, start)
    if term is not None and term["term"].lower() in LOCATOR_TERMS:
        label = LOCATOR_TERMS[term["term"].lower()]
        end = _places_end(rest, term.end())
        # "at" is a word like any other unless a time follows it.
        if end > term.end() and (label != "timestamp" or _CLOCK.match(rest, term.end())):
            return rest[term.end() : end], label, rest[end:].rstrip()
    end = _places_end(rest, start) if _is_page_alone(rest, start) else start
    if end > start:
        return rest[start:end], "page", rest[end:].rstrip()
    return "", "", rest.rstrip()


def _braced_place(place: str) -> tuple[str, str]:
    term = _TERM.match(place.lstrip())
    if term is not None and term["term"].lower() in LOCATOR_TERMS:
        value = place.lstrip()[term.end() :].strip()
        if value:
            return value, LOCATOR_TERMS[term["term"].lower()]
    return place.strip(), "page"


def _is_page_alone(text: str, start: int) -> bool:
    """Is what stands here, without any label, a page? `3`, `A3`; not `xiv`, `3rd`, `G20 summit`."""
    place = _PLACE.match(text, start)
    if place is None or _ORDINAL.fullmatch(place.group()):
        return False
    if place.group()[0].isalpha():
        return bool(_LETTERED.match(place.group())) and not _A_WORD_FOLLOWS.match(text, place.end())
    return any(map(str.isdecimal, place.group()))


def _places_end(text: str, start: int) -> int:
    """Where the places that start here end: `3-5, 7 and 9`. `start` if there is none."""
    end = _place_end(text, start, first=True)
    if end == start:
        return start
    while (following := _NEXT.match(text, end)) is not None:
        after = _place_end(text, following.end(), first=False)
        if after == following.end():
            break
        end = after
    return end


def _place_end(text: str, start: int, *, first: bool) -> int:
    place = _PLACE.match(text, start)
    if place is None:
        return start
    written = place.group()
    numbered = any(map(str.isdecimal, written))
    parts = written.replace("–", "-").replace("—", "-").split("-")
    roman = all(_ROMAN.fullmatch(part.strip("()")) for part in parts)
    if not numbered and not roman:
        return start
    # "I think so", and after a comma any word that happens to look like a place.
    doubtful = written == "I" if first else not written[0].isdecimal() and written[0] != "("
    if doubtful and _A_WORD_FOLLOWS.match(text, place.end()):
        return start
    if not first and _ORDINAL.fullmatch(written):
        return start
    return place.end()
