"""Changes of texts and bytes whose form is not known: slices, lines, words, numbers, encodings."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from fuzz.mutating.words import CHARACTERS, NUMBERS, nested, odd_word

MOST = 400_000
"""Characters of a text after a change: large files are tried elsewhere, and slow."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORD = re.compile(r"[^\W_]+(?:[-._][^\W_]+)*")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\{[^{}\n]*\}|>[^<>\n]+<")
_PAIRS = (("[", "]"), ("{", "}"), ("(", ")"), ("<b>", "</b>"), ("<div>", "</div>"), ("{a: ", "}"), ("- ", ""), ("> ", ""), ("**", "**"), ('{"a":', "}"))  # fmt: skip

Change = Callable[[str, str, tuple[str, ...], Random], str]
"""Of a text, with another one beside it and the tokens of its format."""


def changed_text(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    """The text with one change."""
    return rng.choice(_CHANGES)(text, other, tokens, rng)[:MOST]


def changed_bytes(data: bytes, rng: Random) -> bytes:
    """The bytes with one change that no text can make."""
    kind = rng.randrange(7)
    at = rng.randrange(len(data) + 1)
    if kind == 0 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
    if kind == 1:
        return (
            data[:at] + bytes(rng.randrange(256) for _ in range(rng.choice((1, 2, 8)))) + data[at:]
        )
    if kind == 2:
        return data[:at]
    if kind == 3:
        return data[:at] + data[at + rng.choice((1, 2, 16, 200)) :]
    if kind == 4:
        return (
            data[:at]
            + data[at : at + rng.choice((1, 16, 500))] * rng.choice((2, 3, 20))
            + data[at:]
        )
    if kind == 5:
        return (
            rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"%PDF-", b"\0"))
            + data
        )
    text = data.decode("utf-8", "replace")
    encoding = rng.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp037"))
    return text.encode(encoding, "replace")


def _slices(text: str, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.choice((1, 1, 2, 5, 20, 100, 1000)))


def _without(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    start, end = _slices(text, rng)
    return text[:start] + text[end:]


def _repeated(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    start, end = _slices(text, rng)
    times = min(rng.choice((2, 3, 20, 500, 20_000)), MOST // max(1, end - start))
    return text[:start] + text[start:end] * times + text[end:]


def _moved(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    start, end = _slices(text, rng)
    rest = text[:start] + text[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _inserted(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + odd_word(rng, tokens) + text[at:]


def _character(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(CHARACTERS) + text[at + rng.randrange(2) :]


def _replaced(
    pattern: re.Pattern[str], what: Callable[[str, Random, tuple[str, ...]], str]
) -> Change:
    def change(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        one = rng.choice(found)
        said = what(one.group(), rng, tokens)
        if rng.random() < 0.1:
            return text.replace(one.group(), said)
        return text[: one.start()] + said + text[one.end() :]

    return change


def _within_marks(found: str, rng: Random, tokens: tuple[str, ...]) -> str:
    return found[0] + odd_word(rng, tokens) + found[-1]


def _other_digits(found: str, rng: Random, tokens: tuple[str, ...]) -> str:
    """The same digits in another script, or raised: what `isdigit` takes and `int` may not."""
    digits = rng.choice(("⁰¹²³⁴⁵⁶⁷⁸⁹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "①②③④⑤⑥⑦⑧⑨⑩"))
    return "".join(digits[int(c)] if "0" <= c <= "9" else c for c in found)


def _lines(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    kind = rng.randrange(8)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines[at:at] = [lines[at]] * min(
            rng.choice((1, 2, 50, 5_000)), MOST // (len(lines[at]) + 1)
        )
    elif kind == 2:
        to = rng.randrange(len(lines))
        lines[at], lines[to] = lines[to], lines[at]
    elif kind == 3:
        lines[at] = " " * rng.choice((1, 2, 4)) + lines[at]
    elif kind == 4:
        lines[at] = lines[at].lstrip()
    elif kind == 5:
        lines.insert(at, rng.choice(other.split("\n")))
    elif kind == 6:
        lines.insert(at, odd_word(rng, tokens))
    else:
        end = min(len(lines), at + rng.choice((2, 5, 10)))
        lines[at:end] = lines[at:end] * min(
            rng.choice((2, 5, 100)), 1 + MOST // (1 + sum(map(len, lines[at:end])))
        )
    return "\n".join(lines)


def _spliced(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    return text[: rng.randrange(len(text) + 1)] + other[rng.randrange(len(other) + 1) :]


def _deep(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    start, end = _slices(text, rng)
    opened, closed = rng.choice(_PAIRS)
    return text[:start] + nested(rng, opened, closed, text[start:end]) + text[end:]


def _line_ends(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    return text.replace("\n", rng.choice(("\r\n", "\r", "\n\n", "\u2028", " ", "")))


def _cased(text: str, other: str, tokens: tuple[str, ...], rng: Random) -> str:
    start, end = _slices(text, rng)
    return text[:start] + text[start:end].swapcase() + text[end:]


_CHANGES: tuple[Change, ...] = (
    _without, _repeated, _moved, _inserted, _inserted, _character, _character, _lines, _lines, _lines, _spliced,
    _deep, _line_ends, _cased,
    _replaced(_NUMBER, lambda found, rng, tokens: rng.choice(NUMBERS)),
    _replaced(_NUMBER, _other_digits),
    _replaced(_WORD, lambda found, rng, tokens: odd_word(rng, tokens)),
    _replaced(_WORD, lambda found, rng, tokens: rng.choice(tokens) if tokens else found[::-1]),
    _replaced(_QUOTED, _within_marks),
)  # fmt: skip
