"""What Pandoc is asked: references, citations and style as one Pandoc document in JSON.

Texts go in as `Str` and `Space`, so that nothing in them is read as markup. Citations go in
under our own ids. A locator's label is marked by a word that no language has, which the style
is made to know, for Pandoc would otherwise guess the label from the text in the document's
language, and knows only seventeen of CSL's thirty.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from briefgen.brief.model import CiteItem
from briefgen.cite.pruning import pruned_style
from briefgen.cite.quotation import Part, apostrophes, quotations
from briefgen.patterns import lazy_pattern

Json = dict[str, Any]

API_VERSION = [1, 23, 1]
"""pandoc-types' version of the JSON that is written here (Pandoc 3)."""

KNOWN_LABELS = (
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page",
    "paragraph", "part", "section", "sub-verbo", "verse", "volume",
)  # fmt: skip
"""CSL's locator labels that Pandoc recognises in a citation."""

CARRIERS = ("opus", "sub-verbo", "folio", "verse", "column", "figure", "line", "book", "note")
"""Labels that can stand in for those that Pandoc does not know; no variable is called like them."""

NAME_VARIABLES = frozenset(
    (
        "author", "chair", "collection-editor", "compiler", "composer", "container-author",
        "contributor", "curator", "director", "editor", "editor-translator", "editorial-director",
        "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator",
        "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author",
        "script-writer", "series-creator", "translator",
    )
)  # fmt: skip
"""CSL 1.0.2, appendix IV."""

_EXACT = frozenset(
    ("URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "call-number", "archive_location", "language")
)
"""Variables in which a straight mark is part of an address or number."""

_MOST_STYLES = 8
"""Styles kept ready: up to a quarter of a megabyte each."""

_SPACES = lazy_pattern(r"[ \t\r\n\f\v]+")
_LETTER = lazy_pattern(r"[^\W\d_]")
_NO_LETTER_CASE = lazy_pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def one_line_document(
    references: Iterable[Mapping[str, Any]],
    citations: Iterable[Json],
    style: str,
    locale: str,
    *,
    all_ids: Sequence[str] = (),
    link: bool = False,
) -> bytes:
    """The document: one paragraph for each citation, then an empty place for the references.

    `all_ids` are listed whether cited or not; `link` asks for links from citations to references.
    """
    return joined_document(
        [_json(reference(csl)) for csl in references],
        citations,
        style,
        locale,
        all_ids=all_ids,
        link=link,
    )


def joined_document(
    references: Iterable[str],
    citations: Iterable[Json],
    style: str,
    locale: str,
    *,
    all_ids: Sequence[str] = (),
    link: bool = False,
) -> bytes:
    """As `one_line_document`, of references that are JSON already."""
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


def citation(items: Iterable[tuple[str, list[Json], list[Json]]], note: int = 0) -> Json:
    """Pandoc's Cite of (id, prefix, suffix) items; `note` is its note's number or 0."""
    return {
        "t": "Cite",
        "c": [
            [
                {
                    "citationId": item,
                    "citationPrefix": prefix,
                    "citationSuffix": suffix,
                    "citationMode": {"t": "NormalCitation"},
                    "citationNoteNum": note,
                    "citationHash": 0,
                }
                for item, prefix, suffix in items
            ],
            [],
        ],
    }


def reference(csl: Mapping[str, Any]) -> Json:
    """A CSL-JSON item as a Pandoc metadata map in which every text is literal."""
    fields: Json = {}
    for key, value in csl.items():
        if key in ("id", "type"):
            fields[key] = _string(str(value))
        elif key not in ("custom", "other-ids"):
            turned = _value(key, value)
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
    inlines = literal(text) if exact else _typeset(quotations(text))
    letters = len(_LETTER.findall(text))
    if letters > 2 * len(_NO_LETTER_CASE.findall(text)):
        # English title case is not for Russian, Urdu or Chinese titles, whatever the style says.
        inlines = [{"t": "Span", "c": [["", ["nocase"], []], inlines]}]
    return {"t": "MetaInlines", "c": inlines}


def _typeset(parts: list[Part]) -> list[Json]:
    inlines: list[Json] = []
    for kind, inside in parts:
        if kind == "text":
            inlines += literal(inside)
        else:
            inlines.append({"t": "Quoted", "c": [{"t": kind}, _typeset(inside)]})
    return inlines


def literal(text: str) -> list[Json]:
    """Characters as Pandoc inlines that say just that; white space becomes single spaces."""
    inlines: list[Json] = []
    for index, word in enumerate(_SPACES.split(text)):
        if index:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


# --- locators ----------------------------------------------------------------------------------


def marker(label: str) -> str:
    """The word that marks a locator's label: of letters only, so that Pandoc keeps it whole."""
    return "zqlocator" + re.sub(r"[^a-z]", "q", label)


def item_affixes(
    item: CiteItem, carried: Mapping[str, str], guard: Callable[[str], str]
) -> tuple[list[Json], list[Json]]:
    """Prefix and suffix of an item as Pandoc takes them, its locator in front of the suffix.

    `carried` names the label to use for one that Pandoc does not know; `guard` hides the
    characters that Pandoc would read as its own syntax.
    """
    place = ""
    if item.locator.strip():
        label = item.label or "page"
        value = guard(item.locator.strip())
        known = carried.get(label, label)
        place = "{" + marker(known if known in KNOWN_LABELS else "page") + " " + value + "}"
    suffix = guard(item.suffix)
    if suffix and (suffix[0].isalnum() or not place):
        # Pandoc's own comma, and empty braces to say that no locator is in what follows.
        suffix = (place or "{}") + (", " if suffix[0].isalnum() else "") + suffix
    else:
        suffix = place + suffix
    return literal(guard(item.prefix.strip())), literal(suffix)


# --- the style ---------------------------------------------------------------------------------

_COMMENT = lazy_pattern(rb"<!--.*?-->", re.DOTALL)
_INFO = lazy_pattern(rb"<info\b.*?</info\s*>", re.DOTALL)
_BETWEEN = lazy_pattern(rb">\s+<(?!/(?:single|multiple|term)\b)")


@lru_cache(maxsize=_MOST_STYLES)
def address_for_pandoc(
    data: bytes,
    carried: tuple[tuple[str, str], ...],
    terms: bytes,
    reach: Reach | None = None,
    listing: bool = True,
) -> str:
    """The address of a style as Pandoc is given it (see `style_for_pandoc`).

    `reach` is what its references have at most; without `listing` it lists nothing.
    """
    style = style_for_pandoc(data, dict(carried), terms)
    if not listing:
        from briefgen.cite.apart import without_bibliography

        style = without_bibliography(style)
    return style_address(style if reach is None else pruned_style(style, *reach))


def reach_of(data: bytes, sources: Iterable[Mapping[str, Any]], locale: str) -> Reach:
    """The kinds of documents and variables that sources have, and the locale, for a style.

    Those that it was used with before are in it, so that it is pruned anew only for new ones.
    """
    types, variables = _seen(data, locale)
    for csl in sources:
        types.add(str(csl.get("type", "")))
        variables.update(csl)
    return frozenset(types), frozenset(variables), locale


Reach = tuple[frozenset[str], frozenset[str], str]
"""Types of documents, variables, and the locale."""


@lru_cache(maxsize=_MOST_STYLES)
def _seen(data: bytes, locale: str) -> tuple[set[str], set[str]]:
    return set(), set()


def style_for_pandoc(data: bytes, carried: Mapping[str, str], terms: bytes = b"") -> bytes:
    """The style as Pandoc is given it: a tenth to a third faster to read, and knowing markers.

    Comments, white space and what the style says about itself go, links to other styles with
    it. `carried` maps labels that Pandoc does not know to those that carry them; `terms` are the
    carriers' words.
    """
    if b"<![CDATA[" not in data:
        data = _COMMENT.sub(b"", data)
        data = _INFO.sub(b"<info><title>s</title></info>", data, count=1)
        data = _BETWEEN.sub(b"><", data)
    for label, carrier in carried.items():
        data = _in_conditions(data, label, carrier)
    marked = b"".join(
        f'<term name="{label}" form="verb-short">{marker(label)}</term>'.encode()
        for label in KNOWN_LABELS
    )
    end = data.rindex(b"</")
    inserted = (
        b'<locale xmlns="http://purl.org/net/xbiblio/csl"><terms>' + marked + terms
        + b"</terms></locale>"
    )  # fmt: skip
    return data[:end] + inserted + data[end:]


def _in_conditions(data: bytes, label: str, carrier: str) -> bytes:
    def renamed(match: re.Match[bytes]) -> bytes:
        names = [name for name in match.group(2).decode().split() if name != carrier]
        # An empty condition would always hold, so one that nothing meets takes its place.
        kept = [carrier if name == label else name for name in names] or ["zqnone"]
        return match.group(1) + " ".join(kept).encode()

    return re.sub(rb"""(\blocator\s*=\s*["'])([^"']*)""", renamed, data)


def style_address(data: bytes) -> str:
    """The style inline, as a `data:` address: nothing has to be looked up."""
    return "data:application/xml;base64," + base64.b64encode(data).decode()


def choose_carriers(used: Iterable[str], style: bytes) -> dict[str, str]:
    """For each used label that Pandoc does not know, an unused one that it does.

    Labels beyond the free carriers are left out: they are worded as pages then.
    """
    labels = dict.fromkeys(used)
    unknown = [label for label in labels if label not in KNOWN_LABELS]
    if not unknown:
        return {}
    free = [
        name for name in CARRIERS
        if name not in labels and f'term="{name}"'.encode() not in style
    ]  # fmt: skip
    return dict(zip(unknown, free, strict=False))


def term_of(label: str) -> str:
    """The locale's term for a locator label: two have another name (CSL 1.0.2, appendix III)."""
    return f"{label}-locator" if label in ("article", "title") else label


TERM_FORMS = ("long", "short", "symbol")
_SEPARATOR = "\u241e"


def probe_style(data: bytes, labels: Iterable[str]) -> bytes:
    """A style that prints the terms of `labels` as the given style has them, and nothing else."""
    locales = b"".join(re.findall(rb"<locale\b.*?</locale\s*>", _COMMENT.sub(b"", data), re.DOTALL))
    texts = "".join(
        f'<text term="{term_of(label)}" form="{form}" plural="{plural}" suffix="{_SEPARATOR}"/>'
        f'<text value="{_SEPARATOR}"/>'
        for label in labels
        for form in TERM_FORMS
        for plural in ("false", "true")
    )
    return (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b"<info><title>terms</title></info>" + locales
        + f"<citation><layout>{texts}</layout></citation></style>".encode()
    )  # fmt: skip


def probed_terms(printed: str, labels: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What `probe_style` printed, by label: long, short and symbol, each single and plural."""
    # An empty term prints no suffix, so each term is followed by one separator or by two.
    words: list[str] = []
    rest = printed
    wanted = len(labels) * len(TERM_FORMS) * 2
    while rest and len(words) < wanted:
        word, _, rest = rest.partition(_SEPARATOR)
        rest = rest.removeprefix(_SEPARATOR) if word else rest
        words.append(word.strip())
    words += [""] * (wanted - len(words))
    size = len(TERM_FORMS) * 2
    return {label: tuple(words[i * size : (i + 1) * size]) for i, label in enumerate(labels)}


def carrier_terms(carried: Mapping[str, str], terms: Mapping[str, Sequence[str]]) -> bytes:
    """XML that gives each carrier the words of the label that it carries."""
    from xml.sax.saxutils import escape

    parts: list[str] = []
    for label, carrier in carried.items():
        words = terms.get(label, ("",) * 6)
        for index, form in enumerate(TERM_FORMS):
            single, plural = (escape(word) for word in words[2 * index : 2 * index + 2])
            parts.append(
                f'<term name="{carrier}" form="{form}"><single>{single}</single>'
                f"<multiple>{plural}</multiple></term>"
            )
    return "".join(parts).encode()
