"""Entries of a fact base as YAML text, in the style of the shipped files.

A text stands plain where every YAML reader takes it for that text, and in double quotes where one
of them could read something else: `NO`, `2013`, `- x`, `a: b`. Dates, grades and locators stand
plain, as people write them. Lists of names and small maps are in flow style (`[a, b]`,
`{page: 3}`), long remarks on sources are folded, texts of several lines are literal blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from briefgen.errors import InputError
from briefgen.facts.csl import CSL_DATES, CSL_NAMES, DATE_OBJECT, NAME_OBJECT
from briefgen.facts.formats import ACTOR, CITATION, CUSTOM, FACT, FIGURE, ROLE
from briefgen.patterns import UNPRINTABLE, lazy_pattern
from briefgen.values import valueclass

WIDTH = 100
"""Columns that a line in flow style or a folded line may fill."""


@valueclass(frozen=True, slots=True)
class Layout:
    """How a file indents."""

    dash: int = 0
    """The column of the `-` that starts an entry."""
    content: int = 2
    """From that `-` to the entry's keys."""
    nested: int = 2
    """From a key to the `-` of a list below it."""


HOUSE = Layout()
HOUSE_UNDER_KEY = Layout(dash=2)


class Prose(str):
    """A text of sentences or paragraphs: where it is long, it stands below its key as lines."""

    __slots__ = ()


# --- the order of keys -----------------------------------------------------------------------

_SOURCE_ORDER = (
    "id", "type", "title", "title-short", *CSL_NAMES, "container-title", "container-title-short",
    "collection-title", "collection-number", "genre", "medium", "number", "edition", "volume",
    "issue", "number-of-volumes", "page", "number-of-pages", "chapter-number", "section",
    "publisher", "publisher-place", "authority", "jurisdiction", "event-title", "event",
    "event-place", "archive", "archive_collection", "archive_location", "archive-place",
    "call-number", *(name for name in CSL_DATES if name != "accessed"), "accessed", "URL", "DOI",
    "ISBN", "ISSN", "PMID", "PMCID", "language", "abstract", "keyword", "annote", "note",
)  # fmt: skip
# Facts, actors and passages share few keys, and one order serves all.
_ENTRY_ORDER = ("id", "name", "text", *(key for key in FACT.keys if key != "id"))
_ACTOR_ONLY = tuple(key for key in ACTOR.keys if key not in ("id", "name", "kind"))


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(keys)}


_ORDERS: dict[str, dict[str, int]] = {
    "": _ranks((*_ENTRY_ORDER, *_ACTOR_ONLY)),
    "references": _ranks(_SOURCE_ORDER),
    "cites": _ranks(CITATION.keys),
    "figures": _ranks(FIGURE.keys),
    "roles": _ranks(ROLE.keys),
    "custom": _ranks(CUSTOM.keys),
    **dict.fromkeys(CSL_NAMES, _ranks(NAME_OBJECT.keys)),
    **dict.fromkeys(CSL_DATES, _ranks(DATE_OBJECT.keys)),
}


def in_order(keys: Iterable[str], under: str) -> list[str]:
    """Keys in the contract's order; those that it does not know follow as they come.

    `under` is the key whose value holds them: `references` for a source, `cites`, `figures`,
    `custom`... and empty for a fact, an actor or a passage. `custom` always comes last.
    """
    ranks = _ORDERS.get(under, {})
    last = len(ranks)
    given = list(keys)
    return sorted(given, key=lambda key: last + 1 if key == "custom" else ranks.get(key, last))


# --- entries ---------------------------------------------------------------------------------


def entry_lines(entry: Mapping[str, Any], *, under: str = "", layout: Layout = HOUSE) -> list[str]:
    """One entry of a list as lines without line ends, the first starting with its `-`.

    Values are texts, numbers, true and false, lists and maps of these; None leaves a key out.
    Raises `InputError` for a value that no file of a base can hold.
    """
    lines = map_lines(entry, under, layout.dash + layout.content, layout)
    if not lines:
        return [" " * layout.dash + "- {}"]
    lead = " " * layout.dash + "-" + " " * (layout.content - 1)
    return [lead + lines[0][len(lead) :], *lines[1:]]


def map_lines(values: Mapping[str, Any], under: str, indent: int, layout: Layout) -> list[str]:
    """The keys of a map, each from column `indent` on."""
    lines: list[str] = []
    for key in in_order(values, under):
        if values[key] is not None:
            lines += key_lines(key, values[key], indent, layout)
    return lines


def key_lines(key: str, value: Any, indent: int, layout: Layout) -> list[str]:
    """One key with its value, from column `indent` on."""
    lead = " " * indent + _key(key) + ":"
    inline = inline_value(key, value, room=WIDTH - len(lead) - 1)
    if inline is not None:
        return [f"{lead} {inline}"]
    if isinstance(value, str):
        return _block_scalar(key, value, lead, indent + 2)
    if isinstance(value, Mapping):
        return [lead, *map_lines(value, key, indent + 2, layout)]
    return [lead, *_list_lines(key, value, indent + layout.nested, layout)]


def _list_lines(key: str, values: Sequence[Any], dash: int, layout: Layout) -> list[str]:
    lines: list[str] = []
    deeper = Layout(dash, 2, layout.nested)
    for value in values:
        if isinstance(value, Mapping):
            lines += entry_lines(value, under=key, layout=deeper)
        else:
            lines.append(" " * dash + "- " + flow_value(key, value))
    return lines


def inline_value(key: str, value: Any, *, room: int) -> str | None:
    """A value as it stands behind its key on one line, or None if it belongs below the key.

    `room` is how many characters fit there; texts may be longer.
    """
    if isinstance(value, str):
        return None if _as_block(key, value, room) else scalar(value, key)
    if isinstance(value, Mapping):
        if value and key not in _FLOW_MAPS:
            return None
        return flow_value(key, value)
    if isinstance(value, (list, tuple)):
        if any(isinstance(item, Mapping) for item in value):
            return None
        text = flow_value(key, value)
        return text if len(text) <= room or not value else None
    return scalar(value, key)


_FLOW_MAPS = frozenset(("locator", *CSL_DATES))


def flow_value(key: str, value: Any, under: str | None = None) -> str:
    """A value in flow style, on one line; `under` gives the order of a map's keys if not `key`."""
    if isinstance(value, Mapping):
        pairs = [
            f"{_key(name)}: {flow_value(_inner(key, name), value[name])}"
            for name in in_order(value, key if under is None else under)
            if value[name] is not None
        ]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow_value(key, item) for item in value) + "]"
    return scalar(value, key, flow=True)


def _inner(key: str, name: str) -> str:
    return "locator" if key == "locator" else name


# --- texts -----------------------------------------------------------------------------------

_FOLDED = frozenset(("note", "reliability_note", "abstract", "annote"))
_DATES = frozenset(("date", "said", "period", "from", "to", "recorded", "checked", *CSL_DATES))
_NUMBERS = frozenset(
    (
        "locator", "credibility", "value", "value_to", "volume", "issue", "page", "number",
        "edition", "number-of-pages", "number-of-volumes", "chapter-number", "collection-number",
        "date-parts", "season",
    )
)  # fmt: skip

_DATE_TEXT = lazy_pattern(r"[0-9.][0-9X./~?%-]*")
_WHOLE = lazy_pattern(r"-?(0|[1-9][0-9]{0,15})")
_START = lazy_pattern(r"[-?:,\[\]{}#&*!|>'\"%@`=<]|\.\.\.")
"""What a plain text may not start with, or what would make a reader think."""
_WITHIN = lazy_pattern(r": | #|:\Z|[\t\n\r\x85\u2028\u2029\ufeff]")
_WITHIN_FLOW = lazy_pattern(r"[,\[\]{}:?]")
"""What ends a plain text between brackets, for YAML 1.1's readers at least."""
_NUMBERLIKE = lazy_pattern(
    r"[-+]?(0[bB][01_]*|0[xX][0-9A-Fa-f_]*|0[oO][0-7_]*"
    r"|[0-9][0-9_,]*(:[0-9_]*)*(\.[0-9_]*)?([eE][-+]?[0-9]*)?|\.[0-9_]+([eE][-+]?[0-9]*)?)"
    r"|[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2}([Tt \t].*)?)?"
    r"|[-+]?\.[iI][nN][fF]|\.[nN][aA][nN]"
)
"""Numbers and times of YAML 1.1 and 1.2, widely."""
_WORDS = frozenset(["y", "yes", "n", "no", "on", "off", "true", "false", "null", "~", "none"])
_ESCAPE = lazy_pattern(r'["\\\t\n\r\x85\u2028\u2029\ufeff]')
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x85": "\\N",
    "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\uFEFF",
}  # fmt: skip


def scalar(value: Any, key: str = "", *, flow: bool = False) -> str:
    """A text, number or truth value on one line, quoted where it must be.

    `key` is whose value it is: dates stand plain where dates belong. `flow`: it will stand
    between brackets. Raises `InputError` for what no file of a base can hold.
    """
    text = plain_text(value, key)
    if not isinstance(value, str):
        return text
    if text and _is_plain(text, key, flow):
        return text
    return '"' + _ESCAPE.sub(lambda found: _ESCAPES[found.group()], text) + '"'


def plain_text(value: Any, key: str = "") -> str:
    """A text, number or truth value as the text that a strict reader finds in the file."""
    if isinstance(value, str):
        bad = UNPRINTABLE.search(value)
        if bad:
            raise InputError(
                f"control character U+{ord(bad.group()):04X} in {key or 'a text'}",
                hint="delete it: documents cannot hold it",
            )
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    raise InputError(
        f"{key or 'a value'}: {value!r} cannot be written to a file of a fact base",
        hint="write text, a number, true or false",
    )


def _is_plain(text: str, key: str, flow: bool) -> bool:
    if flow and _WITHIN_FLOW.search(text):
        return False
    if key in _DATES and _DATE_TEXT.fullmatch(text) and not text.startswith("..."):
        return True
    if key in _NUMBERS and _WHOLE.fullmatch(text):
        return True
    return not (
        text[0].isspace()
        or text[-1].isspace()
        or _START.match(text)
        or _WITHIN.search(text)
        or text.lower() in _WORDS
        or _NUMBERLIKE.fullmatch(text)
    )


@lru_cache(maxsize=512)
def _key(name: str) -> str:
    return scalar(name, flow=True)


def _as_block(key: str, text: str, room: int) -> bool:
    """Whether a text stands below its key, as lines."""
    prose = isinstance(text, Prose)
    if "\n" in text:
        return _literal(text, any_indent=prose)
    return (prose or key in _FOLDED) and len(text) > room and _foldable(text)


def _literal(text: str, *, any_indent: bool = False) -> bool:
    """Whether a text of several lines can stand as it is. `any_indent`: white space at the ends
    of lines has a meaning in it, as in CommonMark.
    """
    lines = text.removesuffix("\n").split("\n")
    if not lines[0] or lines[0][0].isspace() or not lines[-1].strip():
        return False
    return not any(
        _ODD.search(line) or (not any_indent and (line[:1].isspace() or line.endswith(" ")))
        for line in lines
    ) and not UNPRINTABLE.search(text)


def _foldable(text: str) -> bool:
    return not (text[0].isspace() or text[-1].isspace() or _ODD.search(text)) and not (
        UNPRINTABLE.search(text)
    )


_ODD = lazy_pattern("[\t\n\r\x85\u2028\u2029\ufeff]")
_FOLD = lazy_pattern("(?<=[^ ]) (?=[^ ])")


def _block_scalar(key: str, text: str, lead: str, indent: int) -> list[str]:
    space = " " * indent
    if "\n" in text:
        keep = "|" if text.endswith("\n") else "|-"
        lines = text.removesuffix("\n").split("\n")
        return [f"{lead} {keep}", *(space + line if line else "" for line in lines)]
    folded: list[str] = []
    line = ""
    for word in _FOLD.split(text):  # only where a single space stands: others would be lost
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            folded.append(space + line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [f"{lead} >-", *folded, space + line]
