"""RIS as CSL items. What its tags mean: see `ris_tags`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from briefgen.bibliography.bounds import bounded, refuse_many_lines
from briefgen.bibliography.clean import MAX_TEXT, FaultyItemError, clean_item, first_address
from briefgen.bibliography.dates import Date, date_of_text
from briefgen.bibliography.extra import ExtraLine, lift_extra, without_extra
from briefgen.bibliography.model import Bibliography, Entry, Item
from briefgen.bibliography.ris_tags import (
    ALSO,
    ALSO_NAMES,
    NAMES,
    SERIAL,
    TEXTS,
    TYPE_OF,
    WHOLE,
)
from briefgen.bounds import MOST_IN_ONE
from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown

Tags = Mapping[str, Sequence[str]]
_ONE_MORE = MOST_IN_ONE + 1


def read_ris(text: str, name: str) -> Bibliography:
    """A RIS file. Raises `InputError` when there is no reference in it, or too many."""
    refuse_many_lines(text, name)
    records = _records(text)
    found = bounded((_entry(tags, Origin(name, line)) for line, tags in records), name)
    if not found.entries:
        raise InputError(
            "there is no RIS reference in it",
            hint="a reference starts with a line 'TY  - JOUR'",
            origin=Origin(name),
        )
    return found


_TAG = lazy_pattern(r"\s{0,3}([A-Z][A-Z0-9])[ \t]{0,2}-(?: (.*)|\s*$)")
"""Programs do not agree on the blanks around a tag."""
_END = lazy_pattern(r"\s{0,3}(ER)[ \t]{0,2}(?:-(\S*))?\s*")
"""The end of a reference, damaged though it may be: else it would be one more author."""


def _records(text: str) -> Iterator[tuple[int, Tags]]:
    """The references, one by one: the line on which each starts, and its texts by tag.

    A line without a tag continues the text above; one that is set off was wrapped there. What
    stands between references is a remark. An end may be missing before the next start.
    """
    tags: dict[str, list[list[str]]] | None = None
    tag = ""
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line) or _END.fullmatch(line)
        if found is not None:
            tag = found[1]
            if tag in ("TY", "ER") and tags is not None:
                yield start, _joined_tags(tags)
            if tag == "TY":
                tags, start = {}, number
            elif tag == "ER":
                tags = None
        if tags is None:
            continue
        if found is not None:
            tags.setdefault(tag, []).append([(found[2] or "").strip()])
        elif tag != "TY":
            wrapped = line.startswith("  ") and line.strip()
            tags[tag][-1].append((" " if wrapped else "\n") + line.strip())
    if tags is not None:
        yield start, _joined_tags(tags)


def _joined_tags(tags: Mapping[str, Sequence[Sequence[str]]]) -> Tags:
    return {tag: _joined(texts) for tag, texts in tags.items()}


def _joined(texts: Sequence[Sequence[str]]) -> list[str]:
    whole = ("".join(pieces)[:MAX_TEXT].strip() for pieces in texts)
    return [text for text in whole if text]


# --- one reference -------------------------------------------------------------------------------


def _entry(given: Tags, place: Origin) -> Entry:
    if sum(map(len, given.values())) > MOST_IN_ONE:
        return Entry("", {}, place, f"it has more than {MOST_IN_ONE:,} fields; leave some out")
    tags: dict[str, list[str]] = {}
    for tag, texts in given.items():
        tags.setdefault(ALSO.get(tag) or ALSO_NAMES.get(tag) or tag, []).extend(texts)

    def first(*names: str) -> str:
        return next((tags[name][0] for name in names if tags.get(name)), "")

    key = first("ID", "LB")
    if key.isdigit() and key != first("LB"):
        key = ""  # the number of a record in EndNote's library; we write it as a label, too
    kind = first("TY").upper()
    item: Item = {"type": TYPE_OF.get(kind, "document")}
    notes = [] if kind in TYPE_OF else [f"RIS has no type {shown(kind)}: taken for a document"]
    for tag, variable in TEXTS.items():
        said = first(tag)
        if said:
            item[variable] = said
    for tag, variable in NAMES.items():
        # What is more than `MOST_IN_ONE` is refused with the item.
        people = islice((text for said in tags.get(tag, ()) for text in _people(said)), _ONE_MORE)
        names = [_name(text) for text in people]
        if names:
            item[variable] = [name for name in names if name]
    _put_container(item, tags, first)
    _put_pages(item, first)
    _put_numbers(item, tags, first)
    keywords = re.split(r"[\n;]", "\n".join(tags.get("KW", ()))[:MAX_TEXT])
    words = ", ".join(word.strip() for word in keywords if word.strip())
    if words:
        item["keyword"] = words
    _put_dates(item, first)
    address = first("UR", "LK")
    if address:
        item["URL"] = first_address(address)
    people = item.pop("editor", None)
    _put_notes(item, tags)
    if people:  # A2 is whom a letter went to; which type it is may stand in a note
        second = "recipient" if item["type"] == "personal_communication" else "editor"
        item.setdefault(second, people)
    try:
        clean, more = clean_item(item)
    except FaultyItemError as error:
        return Entry(key or item.get("title", ""), {}, place, str(error))
    return Entry(key, clean, place, notes=(*notes, *more))


def _put_container(item: Item, tags: Mapping[str, Sequence[str]], first: Any) -> None:
    kind = item["type"]
    if "title" not in item and (kind in WHOLE or kind == "periodical"):
        title = first("BT", "T2", "JF", "JO")
        if title:
            item["title"] = title
    whole = kind in WHOLE
    said = first("T2", "JF", "BT", "JO") if not whole else first("T2", "JF")
    if said and said != item.get("title"):
        item["collection-title" if whole else "container-title"] = said
    series = first("T3")
    if series:
        item.setdefault("collection-title", series)
    short = first("JO")
    if short and short not in (said, item.get("title")) and not whole:
        item.setdefault("container-title-short", short)


def _put_pages(item: Item, first: Any) -> None:
    start, end = first("SP"), first("EP")
    if item["type"] in WHOLE and start and not end and re.fullmatch(r"[0-9]+", start):
        item["number-of-pages"] = start
    elif start and end and not re.search(r"[-–]", start):
        item["page"] = f"{start}-{end}" if start != end else start
    elif start or end:
        item["page"] = re.sub(r"\s*[-–]+\s*", "-", start or end)


_DOI = lazy_pattern(r"(?i)(https?://(dx\.)?doi\.org/|doi:\s*)?10\.[0-9]{4,}\S*")
_ISSN = lazy_pattern(r"[0-9]{4}-?[0-9]{3}[0-9Xx](?:[\s(].*)?")


def _put_numbers(item: Item, tags: Mapping[str, Sequence[str]], first: Any) -> None:
    for said in tags.get("SN", ()):
        serial = _ISSN.fullmatch(said) is not None
        item.setdefault("ISSN" if serial or item["type"] in SERIAL else "ISBN", said)
    genre = item.get("genre", "")
    if _DOI.fullmatch(genre):  # where old exporters put it
        item.setdefault("DOI", genre)
        del item["genre"]
    if item["type"] == "report" and "number" not in item and "issue" in item:
        item["number"] = item.pop("issue")


# --- names ---------------------------------------------------------------------------------------

_SEVERAL = lazy_pattern(r"(?<!\s)\s*(?:;|\n|\s&\s)\s*")
_PARTICLE = lazy_pattern(r"((?:[a-z\u00df-\u00ff’'][\w’']*\s+)+)(\S.*)")


def _people(text: str) -> list[str]:
    return [part for part in _SEVERAL.split(text) if part] if re.search("[;\n]", text) else [text]


def _name(text: str) -> dict[str, str]:
    """`Family, Given, Suffix`; without a comma, or with nothing behind it, the name of a body."""
    if text.startswith("{") and text.endswith("}"):
        return {"literal": text.strip("{} ")} if text.strip("{} ") else {}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or not any(parts[1:]):
        return {"literal": parts[0]} if parts[0] else {}
    name: dict[str, str] = {}
    particle = _PARTICLE.fullmatch(parts[0])
    if particle:
        name["non-dropping-particle"] = particle[1].strip()
        name["family"] = particle[2]
    elif parts[0]:
        name["family"] = parts[0]
    if parts[1]:
        name["given"] = parts[1]
    if len(parts) > 2 and any(parts[2:]):
        name["suffix"] = ", ".join(part for part in parts[2:] if part)
    return name


# --- dates -----------------------------------------------------------------------------------

_SLASHED = lazy_pattern(r"([0-9]{4})/([0-9]{0,2})(?:/([0-9]{0,2})(?:/(.*))?)?", re.DOTALL)


def _date(text: str) -> Date | None:
    """`YYYY/MM/DD/other`, any of them empty; else what is there."""
    found = _SLASHED.fullmatch(text.strip())
    if found is None:
        return date_of_text(text.strip().rstrip("/"))
    year, month, day, other = (part or "" for part in found.groups())
    if not month:
        season = date_of_text(f"{other.strip()} {year}") if other.strip() else None
        return season if isinstance(season, str) else date_of_text(year)
    return date_of_text("/".join(part for part in (year, month, day) if part))


def _put_dates(item: Item, first: Any) -> None:
    # PY is often the year alone where DA has the day.
    found = [date for date in (_date(first(tag)) for tag in ("DA", "PY", "Y1")) if date]
    texts = [date for date in found if isinstance(date, str)]
    if texts:
        item["issued"] = max(texts, key=len)
    elif found:
        item["issued"] = found[0]
    accessed = _date(first("Y2"))
    if accessed:
        item["accessed"] = accessed


# --- notes -----------------------------------------------------------------------------------


def _put_notes(item: Item, tags: Mapping[str, Sequence[str]]) -> None:
    """Notes, and lines in them that give variables: see `extra`. Zotero reads those in M2."""
    remain: list[str] = []
    lines: list[ExtraLine] = []
    for said in (said for tag in ("N1", "RN", "M2") for said in tags.get(tag, ())):
        kept, found = without_extra(said)
        lines += found
        if kept:
            remain.append(kept)
    if remain:
        item["note"] = "\n\n".join(remain)
    lift_extra(item, lines)
