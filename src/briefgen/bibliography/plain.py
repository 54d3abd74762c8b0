"""Marked-up text as plain characters.

A base's text is data that is printed as it stands, so markup that other programs put into titles
and abstracts is taken out, or turned into characters where Unicode has them.
"""

from __future__ import annotations

import html
import re

from briefgen.facts.csl import tidy_line
from briefgen.patterns import UNPRINTABLE, lazy_pattern

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE = lazy_pattern(r"[0-9+\-−=()n]+")
_LOWERABLE = lazy_pattern(r"[0-9+\-−=()]+")


def raised(text: str) -> str:
    """`text` as superscript characters where there are such, else as it is."""
    return text.translate(_RAISED) if _RAISABLE.fullmatch(text) else text


def lowered(text: str) -> str:
    """`text` as subscript characters where there are such, else as it is."""
    return text.translate(_LOWERED) if _LOWERABLE.fullmatch(text) else text


_ENTITY = lazy_pattern(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAGGED = lazy_pattern(
    r"<(?P<name>i|b|em|strong|u|sc|sup|sub|inf|scp|p|span|(?:jats|mml):[a-zA-Z-]+)"
    r"(?:\s[^<>]{0,200})?>(?P<text>[^<>]*)</(?P=name)>",
    re.IGNORECASE,
)
_BREAK = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)
_NOCASE = lazy_pattern(r"\[([^\[\]]*)\]\{\.nocase\}|\[([^\[\]]*)\]\{\.smallcaps\}")
_BLANK_LINES = lazy_pattern(r"\n[ \t]*\n\s*\n")
_PARAGRAPHS = ("p", "jats:p", "jats:title")
MAX_ROUNDS = 12
"""Deepest nesting of tags taken out."""


def without_markup(text: str) -> str:
    """`text` without the markup that CSL data may hold: pairs of HTML tags, HTML entities.

    `<i>x</i>` gives `x`, `x<sup>2</sup>` gives `x²`, `&amp;` gives `&`. A `<` that is part of no
    pair of known tags stays.
    """
    if "<" in text:
        text = _BREAK.sub("\n", text)
        for _ in range(MAX_ROUNDS):
            text, found = _TAGGED.subn(_inner, text)
            if not found:
                break
            text = _BLANK_LINES.sub("\n\n", text)
    if "]{." in text:
        text = _NOCASE.sub(lambda found: found[1] or found[2] or "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: _character(found.group()), text)
    return text


def _inner(found: re.Match[str]) -> str:
    name, text = found["name"].lower(), found["text"]
    if name == "sup":
        return raised(text)
    if name in ("sub", "inf"):
        return lowered(text)
    if name in _PARAGRAPHS:
        return f"\n\n{text.strip()}\n\n"
    return text


def _character(entity: str) -> str:
    return html.unescape(entity)


_WHITE = lazy_pattern("[ \t\n\v\f\r\x85\u2028\u2029]+")


def spaced(text: str) -> str:
    """`text` with every run of blanks and line ends made one blank; spaces that do not break
    stay, for they were put there.
    """
    return _WHITE.sub(" ", text).strip(" ")


def one_line_text(text: str) -> str:
    """`text` on one line, without what no document can hold, as a base's reader has it."""
    if not text.isprintable():
        text = UNPRINTABLE.sub("", text)
        if _LINE_END.search(text):
            text = spaced(text)
    return tidy_line(text.strip(" \ufeff"))


_LINE_END = lazy_pattern("[\t\n\v\f\r\x85\u2028\u2029]")


def gist(text: str) -> str:
    """The letters and digits of `text`, markup and case apart: what formats do not change.

    Texts with the same gist say the same, if not in the same characters.
    """
    for _ in range(3):  # markup may stand as entities, as in what we write for RIS
        bare = without_markup(text)
        if bare == text:
            break
        text = bare
    return "".join([character for character in text.casefold() if character.isalnum()])


def escaped_markup(text: str) -> str:
    """`text` as `without_markup` gives it back, whatever it holds."""
    if without_markup(text) == text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;")


def paragraphs(text: str) -> str:
    """`text` with `\\n` line ends, without what no document can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = UNPRINTABLE.sub("", text)
    return "\n".join([line.rstrip(" ") for line in text.split("\n")]).strip("\n ")
