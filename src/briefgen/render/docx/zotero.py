"""Live citations: a reference manager's own fields, as Zotero writes them into Word.

A citation is an `ADDIN ZOTERO_ITEM CSL_CITATION` field that holds its items as JSON
(csl-citation.json) and shows what our citeproc worded; the list of references is one
`ADDIN ZOTERO_BIBL` field; style and session are the document's properties `ZOTERO_PREF_1`, ...
Somebody with Zotero can then change the style, add citations or renumber them; without it the
document reads as any other.

The sources are in nobody's library. Zotero looks an item up by its `uris`; where none is found it
takes the `itemData` beside them without a question, and knows the item again by the same address.
So every item has one address of its own that is no library's: a `urn:uuid` made from what the
item says. An item without an address would be another one at each citation.

Zotero words everything anew when it refreshes. What stands inside its fields is therefore its
own: no remark of the brief's, no link; what the list of references held besides (sources listed
without being cited) Zotero drops. `plainCitation` is the text that the field shows, to the letter:
Zotero takes any difference for a person's edit and asks about it. Private notes on a source
(`note`, `annote`, `abstract`, `keyword`) stay out of the fields: nobody would see them there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from briefgen.brief.model import Brief, CiteItem, LiveCitations, References
from briefgen.render.docx.runs import field_begin, field_end
from briefgen.render.docx.xml import attribute

_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_DATA_VERSION = "3"
_ZOTERO_VERSION = "6.0"
"""The oldest Zotero that is sure to read these fields; it says so itself once it has written."""
_LONGEST_PROPERTY = 255
"""Word's limit for a text property; Zotero cuts its preferences there too."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NAMES = _words(
    """author chair collection-editor compiler composer container-author contributor curator
    director editor editor-translator editorial-director executive-producer guest host illustrator
    interviewer narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator translator"""
)
_DATES = _words("accessed available-date event-date issued original-date submitted")
_TEXTS = _words(
    """archive archive-place archive_collection archive_location authority call-number
    chapter-number citation-key citation-label citation-number collection-number collection-title
    container-title container-title-short dimensions division DOI edition event event-place
    event-title first-reference-note-number genre ISBN ISSN issue journalAbbreviation jurisdiction
    language locator medium number number-of-pages number-of-volumes original-publisher
    original-publisher-place original-title page page-first part-number part-title PMCID PMID
    printing-number publisher publisher-place references reviewed-genre reviewed-title scale section
    shortTitle source status supplement-number title title-short type URL version volume
    volume-title volume-title-short year-suffix"""
)
"""The variables of CSL 1.0.2 (csl-data.json), private ones left out."""


@dataclass(slots=True)
class LiveFields:
    """Makes a brief's fields. Ids repeat: they come from what they name."""

    live: LiveCitations
    _items: dict[str, str] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def citation(
        self, place: str, items: Sequence[CiteItem], note: int, shown: str, plain: str
    ) -> str:
        """The field around a citation: `shown` is its text as XML, `plain` as characters.

        `place` tells it from the document's other citations; `note` is its note's number, or 0.
        A citation of a source that nothing is known of stays text.
        """
        if not items or any(item.source not in self.live.sources for item in items):
            return shown
        cited = ",".join(self._cited(item) for item in items)
        text = _json(plain)
        code = (
            f'{{"citationID":{_json(self._id(place, items))},"properties":{{"formattedCitation":'
            f'{text},"plainCitation":{text},"noteIndex":{note}}},"citationItems":[{cited}],'
            f'"schema":"{_SCHEMA}"}}'
        )
        return f"{field_begin(f'ADDIN ZOTERO_ITEM CSL_CITATION {code}')}{shown}{field_end()}"

    def _cited(self, item: CiteItem) -> str:
        more = {"locator": item.locator, "label": item.label if item.locator else ""}
        more |= {"prefix": item.prefix, "suffix": item.suffix}
        said = "".join(f',"{key}":{_json(value)}' for key, value in more.items() if value)
        said += ',"suppress-author":true' if item.suppress_author else ""
        return f"{{{self._source(item.source)}{said}}}"

    def _source(self, source: str) -> str:
        """What is the same wherever a source is cited: made once."""
        made = self._items.get(source)
        if made is None:
            data = csl_item(source, self.live.sources[source])
            text = _json(data)
            address = _urn(text)
            made = f'"id":{_json(source)},"uris":["{address}"],"itemData":{text}'
            self._items[source] = made
        return made

    def _id(self, place: str, items: Sequence[CiteItem]) -> str:
        seed = "\0".join([place, *(f"{i.source}\0{i.locator}" for i in items)])
        made = _letters(seed, 10)
        while made in self._ids:
            made = _letters(f"{seed}\0{made}", 10)
        self._ids.add(made)
        return made


BIBLIOGRAPHY = 'ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY'
"""The field of the list of references: begins in its first paragraph and ends in its last."""


def lists_of_references(brief: Brief) -> list[References]:
    """The lists that have entries. Zotero fills each of its fields with all sources, so one list
    alone can be a field."""
    return [
        block
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, References) and block.entries
    ]


def live_warnings(brief: Brief) -> tuple[str, ...]:
    """What a reader of the fields should know."""
    lists = lists_of_references(brief)
    if len(lists) > 1:
        said = "the list of references is in groups, which Zotero cannot keep"
        return (f"{said}: it is text and will not follow changes",)
    if any(entry.remarks for block in lists for entry in block.entries):
        said = "grades and saved copies are left out of the list of references"
        return (f"{said}: Zotero would remove them",)
    return ()


def document_properties(brief: Brief, live: LiveCitations) -> list[tuple[str, str]]:
    """`ZOTERO_PREF_1`, ...: Zotero's preferences for the document, cut as Word needs it."""
    kind = (2 if brief.notes_at == "end" else 1) if live.in_notes else 0
    has_list = int(live.has_bibliography)
    data = (
        f'<data data-version="{_DATA_VERSION}" zotero-version="{_ZOTERO_VERSION}">'
        f'<session id="{_letters(f"{brief.title}{brief.created.isoformat()}", 8)}"/>'
        f'<style id="{attribute(live.style)}" locale="{attribute(live.locale or brief.language)}"'
        f' hasBibliography="{has_list}" bibliographyStyleHasBeenSet="{has_list}"/>'
        '<prefs><pref name="fieldType" value="Field"/>'
        f'<pref name="noteType" value="{kind}"/></prefs></data>'
    )
    return [
        (f"ZOTERO_PREF_{number}", data[start : start + _LONGEST_PROPERTY])
        for number, start in enumerate(range(0, len(data), _LONGEST_PROPERTY), start=1)
    ]


def csl_item(source: str, csl: Mapping[str, Any]) -> dict[str, Any]:
    """A source as CSL-JSON (csl-data.json) that Zotero reads; what is no CSL is left out."""
    item: dict[str, Any] = {"id": source, "type": str(csl.get("type") or "document")}
    for key in sorted(csl):
        value = csl[key]
        made: Any = None
        if key in _NAMES:
            made = _names(value)
        elif key in _DATES:
            made = _date(value)
        elif key in _TEXTS:
            made = _text(value)
        if made and key not in item:
            item[key] = made
    return item


def _text(value: Any) -> str | int | float:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return value
    return "; ".join(str(one) for one in value) if isinstance(value, list | tuple) else ""


def _names(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list | tuple) else [value]
    names = []
    for name in listed:
        if isinstance(name, Mapping):
            parts = {
                str(key): part
                for key, part in name.items()
                if isinstance(part, str | bool | int) and part != ""
            }
        else:
            parts = {"literal": str(name)} if name else {}
        if parts:
            names.append(parts)
    return names


def _date(value: Any) -> dict[str, Any]:
    """A date as an object, its parts numbers: Zotero takes no other form."""
    if isinstance(value, str | int):
        return {"raw": str(value)}
    if not isinstance(value, Mapping):
        return {}
    date: dict[str, Any] = {}
    ends = []
    for end in value.get("date-parts") or ():
        try:
            ends.append([int(part) for part in end])
        except (TypeError, ValueError):
            ends = []
            break
    if ends and all(ends):
        date["date-parts"] = ends
    for key in ("literal", "raw"):
        if value.get(key) and not ends:
            date[key] = str(value[key])
    if value.get("season"):
        date["season"] = value["season"]
    if date and value.get("circa") not in (None, False, 0, "", "false"):
        date["circa"] = True
    return date


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()


def _letters(seed: str, length: int) -> str:
    number = int.from_bytes(_digest(seed)[:8], "big")
    out = []
    for _ in range(length):
        number, place = divmod(number, len(_LETTERS))
        out.append(_LETTERS[place])
    return "".join(out)


def _urn(text: str) -> str:
    """A name-based UUID in the form that applications define (RFC 9562, version 8)."""
    digits = _digest(text).hex()
    parts = (digits[:8], digits[8:12], f"8{digits[13:16]}", f"8{digits[17:20]}", digits[20:32])
    return f"urn:uuid:{'-'.join(parts)}"
