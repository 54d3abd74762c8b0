"""What Pandoc is asked: references, citations and style as one Pandoc document in JSON.

Texts go in as `Str`, so that nothing in them is read as markup. Citations go in
under our own ids.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from briefgen.facts.csl import CSL_NAMES
from briefgen.patterns import NO_CASE, lazy_pattern
from briefgen.quotation_marks import Part, apostrophes, quotations

Json = dict[str, Any]

API_VERSION = [1, 23, 1]
"""pandoc-types' version of the JSON that is written here (Pandoc 3)."""

NAME_VARIABLES = frozenset((*CSL_NAMES, "editor-translator"))
"""CSL 1.0.2, appendix IV, and one more that Pandoc knows."""

_EXACT = frozenset(
    ("URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "call-number", "archive_location", "language")
)
"""Variables in which a straight mark is part of an address or number."""

MOST_SOURCES = 4000
"""Sources whose JSON is kept: about 5 kB each."""

_SPACES = lazy_pattern(r"[ \t\r\n\f\v]+")
_CODE = lazy_pattern(
    r"(</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)"
)
"""Tags and entities that a title speaks of: no words, which a style would capitalise: `<Em>`."""
_LETTER = lazy_pattern(r"[^\W\d_]")
_LATIN_LETTER = lazy_pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def one_line_document(
    references: Iterable[str],
    citations: Iterable[Json],
    style: str,
    locale: str,
    *,
    all_ids: Sequence[str] = (),
    link: bool = False,
) -> bytes:
    """The document: one paragraph for each citation, then an empty place for the references.

    `references` are JSON already (see `reference_as_json`), `style` is an address. `all_ids` are
    listed whether cited or not; `link` asks for links from citations to references.
    """
    # An address needs no escapes, and a style is most of the document.
    meta = [
        f'"references":{{"t":"MetaList","c":[{",".join(references)}]}}',
        f'"csl":{{"t":"MetaString","c":"{style}"}}',
        f'"lang":{_json(_string(locale))}',
        f'"link-citations":{_json({"t": "MetaBool", "c": link})}',
    ]
    if all_ids:
        every = citation([(item, [], []) for item in all_ids])
        meta.append(f'"nocite":{_json({"t": "MetaInlines", "c": [every]})}')
    blocks: list[Json] = [{"t": "Para", "c": [cited]} for cited in citations]
    blocks.append({"t": "Div", "c": [["refs", [], []], []]})
    return (
        f'{{"pandoc-api-version":{_json(API_VERSION)},"meta":{{{",".join(meta)}}},'
        f'"blocks":{_json(blocks)}}}'
    ).encode()


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def citation(
    items: Iterable[tuple[str, list[Json], list[Json]]],
    note: int = 0,
    without_author: Container[int] = (),
) -> Json:
    """Pandoc's Cite of (id, prefix, suffix) items; `note` is its note's number or 0.

    `without_author` are the places, from 0, of items whose authors the text names.
    """
    return {
        "t": "Cite",
        "c": [
            [
                {
                    "citationId": item,
                    "citationPrefix": prefix,
                    "citationSuffix": suffix,
                    "citationMode": {
                        "t": "SuppressAuthor" if place in without_author else "NormalCitation"
                    },
                    "citationNoteNum": note,
                    "citationHash": 0,
                }
                for place, (item, prefix, suffix) in enumerate(items)
            ],
            [],
        ],
    }


def reference_as_json(record: str, id_: str) -> str:
    """A CSL-JSON item's metadata map as JSON, under an id of the document's own."""
    return f'{{"t":"MetaMap","c":{{"id":{_json(_string(id_))}{_fields_as_json(record)}}}}}'


@lru_cache(maxsize=MOST_SOURCES)
def _fields_as_json(record: str) -> str:
    """All of an item but its id: kept, for the app and a batch cite it in many briefs."""
    fields = reference(json.loads(record))["c"]
    fields.pop("id", None)
    return "".join(f",{_json(key)}:{_json(value)}" for key, value in fields.items())


def reference(csl: Mapping[str, Any]) -> Json:
    """A CSL-JSON item as a Pandoc metadata map in which every text is literal."""
    fields: Json = {}
    for key, value in csl.items():
        if key in ("id", "type") and value is not None:
            fields[key] = _string(str(value))
        elif key not in ("custom", "other-ids"):
            turned = _value(key, value)
            if key == "journalAbbreviation":  # an older name (CSL 1.0.2, appendix IV)
                key = "container-title-short"
                if csl.get(key):
                    continue
            if turned is not None:
                fields[key] = turned
    return {"t": "MetaMap", "c": fields}


def _value(key: str, value: Any) -> Json | None:
    if isinstance(value, bool):
        return _string("true" if value else "false")
    if isinstance(value, str | int | float):
        if key in NAME_VARIABLES:
            return {"t": "MetaList", "c": [_name({"literal": value})]}
        return _text(str(value), exact=key in _EXACT)
    if isinstance(value, Mapping):
        if key in NAME_VARIABLES:
            return {"t": "MetaList", "c": [_name(value)]}
        return _date(value)
    if isinstance(value, Iterable):
        items = list(value)
        if key in NAME_VARIABLES:
            names = [n if isinstance(n, Mapping) else {"literal": n} for n in items]
            return {"t": "MetaList", "c": [_name(name) for name in names]}
        return _text("; ".join(str(item) for item in items))
    return None


def _name(name: Mapping[str, Any]) -> Json:
    fields: Json = {}
    for key, part in name.items():
        if isinstance(part, bool):
            fields[key] = {"t": "MetaBool", "c": part}
        elif isinstance(part, str | int) and str(part):
            fields[key] = _string(apostrophes(_SPACES.sub(" ", str(part)).strip()))
    return {"t": "MetaMap", "c": fields}


def _date(date: Mapping[str, Any]) -> Json:
    fields: Json = {}
    parts = date.get("date-parts")
    if parts:
        ends = [{"t": "MetaList", "c": [_string(str(part)) for part in end]} for end in parts]
        fields["date-parts"] = {"t": "MetaList", "c": ends}
    elif date.get("literal"):
        fields["literal"] = _string(str(date["literal"]))
    elif date.get("raw"):
        fields["raw"] = _string(str(date["raw"]))
    if date.get("circa") not in (None, False, 0, "", "false"):
        fields["circa"] = {"t": "MetaBool", "c": True}
    return {"t": "MetaMap", "c": fields}


def _string(text: str) -> Json:
    return {"t": "MetaString", "c": text}


def _text(text: str, *, exact: bool = False) -> Json:
    inlines = literal(text) if exact else _with_names_kept(text)
    letters = len(_LETTER.findall(text))
    if letters > 2 * len(_LATIN_LETTER.findall(text)):
        # English title case is not for Russian, Urdu or Chinese titles, whatever the style says.
        inlines = [_no_case(inlines)]
    return {"t": "MetaInlines", "c": inlines}


def _with_names_kept(text: str) -> list[Json]:
    """Text in which CSL's `<span class="nocase">` keeps a name from title case.

    It is the one piece of CSL's markup that says nothing about looks.
    """
    inlines: list[Json] = []
    for number, part in enumerate(NO_CASE.split(text)):
        found = _typeset(quotations(part)) if part else []
        inlines += [_no_case(found)] if number % 2 else found
    return inlines


def _no_case(inlines: list[Json]) -> Json:
    return {"t": "Span", "c": [["", ["nocase"], []], inlines]}


def _typeset(parts: list[Part]) -> list[Json]:
    inlines: list[Json] = []
    for kind, inside in parts:
        if kind == "text":
            for number, piece in enumerate(_CODE.split(inside)):
                found = literal(piece)
                inlines += [_no_case(found)] if number % 2 else found
        else:
            inlines.append({"t": "Quoted", "c": [{"t": kind}, _typeset(inside)]})
    return inlines


def literal(text: str) -> list[Json]:
    """Characters as Pandoc inlines that say just that; white space becomes single spaces.

    All of it is one `Str`, though Pandoc itself has words and spaces apart: of many references
    the question is half as long then, and the answer too. A space at an end stands alone: in a
    `Str` before another inline Pandoc would leave it out where a style capitalises the first word.
    """
    said = _SPACES.sub(" ", text)
    inlines: list[Json] = [{"t": "Space"}] if said[:1] == " " else []
    if said.strip(" "):
        inlines.append({"t": "Str", "c": said.strip(" ")})
        inlines += [{"t": "Space"}] if said[-1] == " " else []
    return inlines


def literal_words(text: str) -> list[Json]:
    """As `literal`, words and spaces apart: affixes of citations are searched for places."""
    inlines: list[Json] = []
    for index, word in enumerate(_SPACES.split(text)):
        if index:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines
