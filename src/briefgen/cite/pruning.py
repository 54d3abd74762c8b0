"""A style without what a brief's references cannot reach: Pandoc reads it for every document.

Chicago's style is 140 kB, most of it for kinds of documents that a brief does not cite. A branch
goes only if its condition asks for a kind or a variable that no reference has; all other bytes
stay as they are, in their order, so that groups, substitutes and delimiters see what they saw.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefgen.patterns import lazy_pattern

ASKS_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")
"""Conditions that hold for no reference without the variable that they name."""

MADE_VARIABLES = frozenset(
    (
        "citation-key", "citation-label", "citation-number", "first-reference-note-number",
        "locator", "page-first", "year-suffix",
        # Pandoc fills these from others, or reads them under several names.
        "container-title-short", "event", "event-title", "journalabbreviation", "number", "page",
        "short-title", "shorttitle", "title-short",
    )
)  # fmt: skip
"""Variables that a citation may have though its reference does not name them, in lower case."""

_ALWAYS = b'if match="none" variable="zqnone"'
"""What begins a branch that is always taken: there is no such variable."""

_BRANCHES = ("if", "else-if", "else")
_SUFFIX = lazy_pattern(rb"""<text\b[^>]*\bvariable\s*=\s*["']year-suffix""")
_TAG = lazy_pattern(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


def pruned_style(
    data: bytes, types: Collection[str], variables: Collection[str], locale: str
) -> bytes:
    """The style for references of these types, with these variables, in a locale (BCP 47).

    Whatever references have of these alone is worded the same. A style that is not written as
    styles are comes back as it is.
    """
    there = MADE_VARIABLES.union(variable.lower() for variable in variables)
    try:
        left = _Pruning(data, frozenset(types), there, locale).done()
    except _Unusual:
        return data
    # Whether a style prints the letters of "2013a" itself decides whether dates get them.
    return data if _SUFFIX.search(data) and not _SUFFIX.search(left) else left


class _Unusual(Exception):
    """The style is none that can be told apart byte by byte."""


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    start: int
    branches: int = 0
    """Of a `choose`: how many were kept."""
    settled: bool = False
    """Of a `choose`: whether one that was kept is always taken."""
    renamed: bytes = b""
    """Of a branch: what stands in its tags instead of its name and conditions."""


@dataclass(slots=True)
class _Macro:
    start: int
    end: int = 0
    calls: set[str] = field(default_factory=set)


class _Pruning:
    """One walk through a style's XML, which notes what to cut and what to write instead."""

    def __init__(
        self, data: bytes, types: frozenset[str], variables: frozenset[str], locale: str
    ) -> None:
        self.data = data
        self.types = types
        self.variables = variables
        self.languages = {_primary(locale)}
        self.edits: list[tuple[int, int, bytes]] = []
        self.open: list[_Open] = []
        self.dead = 0
        """How many elements are open, the outermost of which is being cut; 0: none is."""
        self.macros: dict[str, _Macro] = {}
        self.calls: set[str] = set()
        """What is called by whatever stands at this place: a macro, or the style as such."""
        self.called: set[str] = set()

    def done(self) -> bytes:
        """The style without what was cut."""
        from xml.parsers import expat

        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError:
            raise _Unusual from None
        self.drop_macros()
        # What is cut may hold other edits: the outer one stands.
        whole: list[bytes] = []
        at = 0
        for start, end, instead in sorted(self.edits, key=lambda edit: (edit[0], -edit[1])):
            if start >= at:
                whole += (self.data[at:start], instead)
                at = end
        whole.append(self.data[at:])
        return b"".join(whole)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.dead:
            self.dead += 1
            return
        depth = len(self.open)
        opened = _Open(name, self.parser.CurrentByteIndex)
        if depth == 0:
            if name != "style":
                raise _Unusual
            self.languages.add(_primary(attributes.get("default-locale", "")))
        elif depth == 1:
            self.calls = self.called
            if name == "macro":
                macro = _Macro(opened.start)
                self.macros[attributes.get("name", "")] = macro
                self.calls = macro.calls
            elif name == "info" or (name == "locale" and not self.is_spoken(attributes)):
                self.dead = 1
        elif ":" in name:
            raise _Unusual
        elif name in _BRANCHES and self.open[-1].name == "choose":
            self.branch(opened, attributes)
        self.open.append(opened)
        if not self.dead and "macro" in attributes:
            self.calls.add(attributes["macro"])

    def end(self, name: str) -> None:
        if self.dead > 1:
            self.dead -= 1
            return
        opened = self.open.pop()
        if self.dead:  # the element that is being cut ends
            self.dead = 0
            if opened.name != "info":
                self.edits.append((opened.start, self.end_of(opened), b""))
        elif name == "choose" and not opened.branches:
            self.edits.append((opened.start, self.end_of(opened), b""))
        elif opened.renamed:
            self.rename(opened)
        elif name == "macro" and len(self.open) == 1:
            next(reversed(self.macros.values())).end = self.end_of(opened)

    def branch(self, opened: _Open, attributes: Mapping[str, str]) -> None:
        """Settle what becomes of a branch of a `choose`."""
        choose = self.open[-1]
        holds = True if opened.name == "else" else self.holds(attributes)
        if choose.settled or holds is False:
            self.dead = 1
            return
        choose.branches += 1
        choose.settled = bool(holds)
        if holds:
            # Behind others it is the `else`; alone it stays a condition, for there must be one.
            opened.renamed = b"else" if choose.branches > 1 else _ALWAYS
        elif choose.branches == 1 and opened.name == "else-if":
            opened.renamed = b"if"

    def holds(self, attributes: Mapping[str, str]) -> bool | None:
        """Whether a condition holds for every reference, for none, or it depends (None)."""
        never = []
        for attribute, value in attributes.items():
            # Of several types or variables in one attribute Pandoc may be content with one.
            if attribute == "type":
                never.append(self.types.isdisjoint(value.split()))
            elif attribute in ASKS_VARIABLES:
                never.append(self.variables.isdisjoint(value.lower().split()))
            elif attribute != "match":
                never.append(False)
        match attributes.get("match", "all"):
            case "all":
                return False if any(never) else None
            case "any":
                return False if never and all(never) else None
            case "none":
                return True if never and all(never) else None
            case _:
                return None

    def rename(self, opened: _Open) -> None:
        tag = self.tag_at(opened.start)
        end = self.end_of(opened)
        name = opened.renamed.split()[0]
        if name == b"if" and opened.renamed is not _ALWAYS:
            begun = tag.replace(b"<else-if", b"<if", 1)
        else:
            begun = b"<" + opened.renamed + (b"/>" if tag.endswith(b"/>") else b">")
        self.edits.append((opened.start, opened.start + len(tag), begun))
        if not tag.endswith(b"/>"):
            self.edits.append((self.parser.CurrentByteIndex, end, b"</" + name + b">"))

    def drop_macros(self) -> None:
        waiting, used = list(self.called), set()
        while waiting:
            name = waiting.pop()
            if name not in used and name in self.macros:
                used.add(name)
                waiting += self.macros[name].calls
        for name, macro in self.macros.items():
            if name not in used:
                self.edits.append((macro.start, macro.end, b""))

    def is_spoken(self, attributes: Mapping[str, Any]) -> bool:
        language = attributes.get("xml:lang")
        return not language or _primary(language) in self.languages

    def tag_at(self, place: int) -> bytes:
        match = _TAG.match(self.data, place)
        if match is None:
            raise _Unusual
        return match.group()

    def end_of(self, opened: _Open) -> int:
        """Where the element ends whose end the parser is at."""
        tag = self.tag_at(opened.start)
        if tag.endswith(b"/>"):  # the parser is behind it
            return opened.start + len(tag)
        place: int = self.parser.CurrentByteIndex
        return place + len(self.tag_at(place))


def _primary(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()
