"""Citations in the author's own text: `[see @a, pp. 3-5, my emphasis; -@b]`, as in Pandoc.

`find_bracket` tells markdown-it's parser which square brackets cite; `read_bracket` reads one.
What Pandoc would print as it stands, because it cannot be read, is a `CitationFault` here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.brief.model import CiteItem
from briefgen.facts.locators import read_locator
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown

if TYPE_CHECKING:
    from re import Match

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Resolver = Callable[[str], tuple[CiteItem, ...] | None]
"""From an id to what it cites: a fact's citations, or one bare item for a source."""

_ID = lazy_pattern(r"(?<![\w@])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>[A-Za-z0-9][\w.-]*))")
_IN_ADDRESS = lazy_pattern(r"://[^\s;]*$")
_WITHOUT_AUTHOR = lazy_pattern(r"(?:^|\W)-$")
_INSIDE = "briefgen: inside a citation"
_LITERAL = "\uffff"
"""Stands for a character that is no syntax: escaped, or in code. No text holds it."""


class CitationFault(ValueError):
    """A citation that cannot be read: what is wrong, what to do, and its line, from 1."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


# --- finding ---------------------------------------------------------------------------------


def find_bracket(state: StateInline, silent: bool) -> bool:
    """An inline rule for markdown-it: brackets with an `@id` of their own as one `citation` token.

    The token's `content` is its source, its `children` are what the brackets hold, and its `meta`
    has `start` and `end` in the paragraph's text, and the `line` in it, from 0.
    """
    start = state.pos
    # While a link's label is looked for (`silent`), a bracket is only a bracket.
    if silent or state.src[start] != "[" or _INSIDE in state.env:
        return False
    if state.src.find("@", start, state.posMax) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    inside = state.src[start + 1 : end]
    if end < 0 or "@" not in inside:
        return False
    children: list[Token] = []
    state.env[_INSIDE] = True
    state.md.inline.parse(inside, state.md, state.env, children)
    del state.env[_INSIDE]
    if next(_ids(_outside_brackets(_words_and_syntax(children)[1])), None) is None:
        return False
    token = state.push("citation", "", 0)
    token.content = state.src[start : end + 1]
    token.children = children
    token.meta = {"start": start, "end": end + 1, "line": state.src.count("\n", 0, start)}
    state.pos = end + 1
    return True


def _words_and_syntax(tokens: Iterable[Token]) -> tuple[str, str]:
    """The tokens' words without markup; and the same with what is no syntax masked."""
    words: list[str] = []
    syntax: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
            syntax.append(" ")
        elif token.type in ("text_special", "code_inline"):
            words.append(token.content)
            syntax.append(_LITERAL * len(token.content))
        elif token.content:
            words.append(token.content)
            syntax.append(token.content)
    return "".join(words), "".join(syntax)


def _outside_brackets(syntax: str) -> str:
    """The same with what stands in square brackets masked."""
    depth = 0
    found: list[str] = []
    for character in syntax:
        depth -= character == "]" and depth > 0
        found.append(_LITERAL if depth else character)
        depth += character == "["
    return "".join(found)


def _ids(syntax: str) -> Iterator[Match[str]]:
    """The ids cited. The `@` of an e-mail or a web address is none."""
    for match in _ID.finditer(syntax):
        if not _IN_ADDRESS.search(syntax, 0, match.start()):
            yield match


def name_of(match: Match[str]) -> str:
    """The id, without the punctuation that ends a sentence or a clause."""
    return match["braced"] or match["bare"].rstrip(".-_")


def cited_names(text: str) -> frozenset[str]:
    """Every id that a text may cite, without reading it: what is quoted as code is among them."""
    return frozenset(name_of(match) for match in _ids(text))


# --- reading ---------------------------------------------------------------------------------


def read_bracket(token: Token, resolve: Resolver) -> tuple[CiteItem, ...]:
    """What a `citation` token cites. Raises `CitationFault`, without its line."""
    words, full_syntax = _words_and_syntax(token.children or ())
    syntax = _outside_brackets(full_syntax)
    if sum(1 for _ in _ids(full_syntax)) > sum(1 for _ in _ids(syntax)):
        raise CitationFault(
            f"{shown(token.content)} holds a citation within another's brackets",
            r"part them with ; within one pair of brackets, or write \@ for the sign alone",
        )
    items: list[CiteItem] = []
    for start, end in _parts(syntax):
        items.extend(_read_part(token, words[start:end], syntax[start:end], resolve))
    return tuple(items)


def _parts(syntax: str) -> list[tuple[int, int]]:
    """Where the parts between semicolons start and end.

    A semicolon within parentheses or quotation marks parts nothing if no id follows it there.
    """
    parts: list[tuple[int, int]] = []
    start = 0
    for piece in syntax.split(";"):
        end = start + len(piece)
        if parts and next(_ids(piece), None) is None and _is_open(syntax[slice(*parts[-1])]):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
        start = end + 1
    return parts


def _is_open(part: str) -> bool:
    return (
        any(part.count(left) > part.count(right) for left, right in ("()", "{}", "“”"))
        or part.count('"') % 2 == 1
    )


def _read_part(token: Token, words: str, syntax: str, resolve: Resolver) -> tuple[CiteItem, ...]:
    found = list(_ids(syntax))
    if not found:
        part = words.strip()
        raise CitationFault(
            f"{shown(token.content)} has "
            + (f"a part {shown(part)} that names no source" if part else "an empty part"),
            r"write an @id in each part between semicolons, and \; for a semicolon in the words",
        )
    if len(found) > 1:
        raise CitationFault(
            f"{shown(token.content)} has {len(found)} ids in one part",
            r"put ; between citations, and write \@ for the sign alone",
        )
    (match,) = found
    name = name_of(match)
    before = words[: match.start()]
    without_author = _WITHOUT_AUTHOR.search(syntax, 0, match.start()) is not None
    if without_author:
        before = before[:-1]
    cited = resolve(name)
    if cited is None:
        raise CitationFault(
            f"[@{name}] names no fact and no source of the base",
            "correct the id; 'briefgen facts' and 'briefgen sources' list them",
        )
    after = match.end() if match["braced"] else match.start("bare") + len(name)
    cited = _with_affixes(cited, before.strip(), words[after:])
    if without_author:
        cited = tuple(replace(item, suppress_author=True) for item in cited)
    return cited


def _with_affixes(cited: tuple[CiteItem, ...], prefix: str, rest: str) -> tuple[CiteItem, ...]:
    if len(cited) == 1 and not cited[0].locator:
        locator, label, suffix = read_locator(rest)
        cited = (CiteItem(cited[0].source, locator, label, suffix=suffix),)
    elif rest.strip(" ,"):  # a fact brings its own places: what the author adds follows the last
        last = cited[-1]
        added = last.suffix + rest.rstrip()
        cited = (*cited[:-1], CiteItem(last.source, last.locator, last.label, suffix=added))
    if prefix:
        first = cited[0]
        cited = (
            CiteItem(first.source, first.locator, first.label, prefix, first.suffix),
            *cited[1:],
        )
    return cited


# --- what looks like a citation and is none ------------------------------------------------------

_UNCLOSED = lazy_pattern(r"\[[^\[\]]*?(?=(?<![\w@])@)")


def check_unclosed(text: str, resolve: Resolver) -> None:
    """Raise `CitationFault` if a known id stands behind a bracket that no other closes."""
    for bracket in _UNCLOSED.finditer(text):
        match = _ID.match(text, bracket.end())
        if match is not None and resolve(name_of(match)) is not None:
            raise CitationFault(
                f"{shown(text[bracket.start() :].strip())} is not closed by a ]",
                r"close the citation, or write \[ for the bracket alone",
            )


def check_link(text: str, resolve: Resolver) -> None:
    """Raise `CitationFault` if a link's text names a known id, which it cannot cite."""
    for match in _ids(text):
        if resolve(name_of(match)) is not None:
            raise CitationFault(
                f"[{text}] is a link, not a citation",
                r"put a space before the address's bracket, or write \@ for the sign alone",
            )
