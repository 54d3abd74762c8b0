"""What an author types, as printers set it: quotation marks, apostrophes, dashes, ellipses.

The conventions are those of the brief's language: ‘…’ and spaced en dashes in Britain (*New
Hart's Rules*, 4 and 9), “…” and closed em dashes in America (*Chicago Manual*, 6 and 13). Straight
marks are typed, not meant; whatever was typed as a printer has it stays. Nothing is changed in
code, in addresses, in what was escaped with a backslash, and behind digits, where marks are primes.

markdown-it's rules `smartquotes` and `replacements` do less: they turn primes into apostrophes,
tell single from double by what was typed instead of by what stands inside what, and know no
spaced dash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefgen.english import variety
from briefgen.patterns import lazy_pattern
from briefgen.quotation_marks import APOSTROPHE, QUOTATION

if TYPE_CHECKING:
    from markdown_it.token import Token


class Convention(NamedTuple):
    """How a language sets what has no key on a keyboard."""

    outer: tuple[str, str]
    """The marks of a quotation."""
    inner: tuple[str, str]
    """Those of a quotation inside another."""
    dash: str
    """A dash between parts of a sentence, with its spaces. It never begins a line."""


_SINGLE, _DOUBLE = ("‘", "’"), ("“", "”")
BRITISH = Convention(_SINGLE, _DOUBLE, "\u00a0– ")
AMERICAN = Convention(_DOUBLE, _SINGLE, "—")

_TYPED = lazy_pattern(r"['\"]|--| - |\A-\Z|\.\.\.")
_MASK = "\uffff"
"""Stands for what is no text: code, a citation, an escaped character. No text holds it."""
_AS_IT_STANDS = lazy_pattern(
    r"<!--(?:(?!<!--).)*?-->"  # HTML is printed as text, and addresses are exact
    r"|</?[A-Za-z][^<>\n]*>"
    # Only from where a run of letters begins: from each of them anew, long ones take seconds.
    r"|(?:(?<![^\s\"'<>()])[^\s\"'<>()]*(?:://|(?<=\w)@(?=\w))|\bwww\.)(?:[^\s\"'<>]|'(?=\w))*"
)
_DASHES = lazy_pattern(
    r"(?P<range>\A--?\Z|(?<=\d) +--? +(?=\d)|(?<=\w)--(?=\w))"
    r"|(?P<dash>(?<=[^\s-]) +-{1,3} +(?=\S)|(?<=[^\s-])--- *(?=[^\s-])|(?<=[^\s-]) ---(?=[^\s-])"
    r"|(?<=[^\s-])-- +(?=\S))"
    r"|(?P<dots>(?<!\.)\.{3}(?!\.\.))"
)


class Change(NamedTuple):
    """The characters from `start` to `end` become `new`."""

    start: int
    end: int
    new: str


def convention_of(language: str) -> Convention | None:
    """The conventions of a language (BCP 47); None where briefgen has none."""
    found = variety(language)
    return None if found is None else AMERICAN if found == "en-US" else BRITISH


def typeset(text: str, convention: Convention | None) -> str:
    """A text without markup as a printer sets it."""
    if convention is None or not _TYPED.search(text):
        return text
    return "".join(_pieces(text, changes(text, convention)))


def typeset_tokens(tokens: Sequence[Token], convention: Convention | None) -> None:
    """Set the texts of a paragraph's tokens, in place: quotations may begin in one, end in another.

    A line's end that goes into a dash is marked in its token's `meta` as `closed`.
    """
    if convention is None:
        return
    flat: list[str] = []
    starts: list[int] = []
    length = 0
    for token in tokens:
        said = _said(token)
        starts.append(length)
        flat.append(said)
        length += len(said)
    whole = "".join(flat)
    if not _TYPED.search(whole):
        return
    made = changes(whole, convention)
    for token, start, said in zip(tokens, starts, flat, strict=True):
        end = start + len(said)
        own = [change for change in made if change.start < end and change.end > start]
        if not own:
            continue
        if token.type == "softbreak":
            token.meta = {**token.meta, "closed": True}
        elif token.type == "text":
            # A change that reaches over the end is made where it starts.
            inside = [
                Change(
                    max(change.start - start, 0),
                    min(change.end, end) - start,
                    change.new if change.start >= start else "",
                )
                for change in own
            ]
            token.content = "".join(_pieces(token.content, inside))


def _said(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return "" if token.type.endswith(("_open", "_close")) else _MASK


def changes(text: str, convention: Convention) -> list[Change]:
    """What is to be changed, in order; no two overlap."""
    plain = _AS_IT_STANDS.sub(lambda match: _MASK * len(match.group()), text)
    found = [*_quotation_marks(plain, convention), *_dashes(plain, convention)]
    return sorted(found)


def _pieces(text: str, made: Sequence[Change]) -> Iterator[str]:
    end = 0
    for change in made:
        yield text[end : change.start]
        yield change.new
        end = change.end
    yield text[end:]


# --- dashes and ellipses -------------------------------------------------------------------------


def _dashes(text: str, convention: Convention) -> Iterator[Change]:
    for match in _DASHES.finditer(text):
        match match.lastgroup:
            case "range":
                new = "–"
            case "dots":
                new = "…"
            case _:
                new = convention.dash
        yield Change(*match.span(), new)


# --- quotation marks -----------------------------------------------------------------------------


def _quotation_marks(text: str, convention: Convention) -> list[Change]:
    if "'" not in text and '"' not in text:
        return []
    found = _quoted(text, 0, len(text), convention.outer, convention.inner)
    paired = {change.start for change in found}
    for match in APOSTROPHE.finditer(text):
        if match.start() not in paired:
            found.append(Change(*match.span(), "’"))
    for match in _LONE.finditer(text):
        # One whose partner stands in another paragraph, or was forgotten. Behind a digit: inches.
        if match.start() not in paired:
            found.append(Change(*match.span(), convention.outer[match.lastgroup == "closing"]))
    return found


_LONE = lazy_pattern(r'(?P<opening>(?<!\S)"(?=\w))|(?P<closing>(?<=[^\s\d(\[{"])"(?![\w"]))')


def _quoted(
    text: str, start: int, end: int, marks: tuple[str, str], others: tuple[str, str]
) -> list[Change]:
    """The marks of the quotations between `start` and `end`, and of those inside them."""
    found: list[Change] = []
    for match in QUOTATION.finditer(text, start, end):
        kind = match.lastgroup or ""
        opening, closing = match.span()
        inner_start, inner_end = match.span(kind)
        if not text[inner_start:inner_end].strip():
            continue
        around, inside = marks, others
        if kind.endswith("curly"):  # typed as meant: it decides what stands inside
            around = _SINGLE if kind.startswith("single") else _DOUBLE
            inside = _DOUBLE if around == _SINGLE else _SINGLE
        else:
            found += (
                Change(opening, inner_start, around[0]),
                Change(inner_end, closing, around[1]),
            )
        found += _quoted(text, inner_start, inner_end, inside, around)
    return found
