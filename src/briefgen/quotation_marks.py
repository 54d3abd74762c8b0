"""Straight quotation marks and apostrophes, and what they stand for.

Reference managers hand over `Awan's Blog` and `The "silk" road`, and people type the same. Which
marks a quotation inside a quotation takes is the style's and language's business, so quotations
are only found here; an apostrophe is the same everywhere.
"""

from __future__ import annotations

from typing import Any

from briefgen.patterns import lazy_pattern

_ANY = lazy_pattern("['\"“‘]")
_BEFORE = r"(?<![^\s(\[{“‘\"'«—–/-])"
QUOTATION = lazy_pattern(
    # A pair of straight marks opens after a blank or a bracket and closes before no letter.
    _BEFORE + r'"(?=\S)(?P<double>[^"]*?\S)"(?![\w"])'
    r"|“(?P<curly>[^“”]*)”"
    r"|‘(?P<single_curly>[^‘’]*(?:’(?=\w)[^‘’]*)*)’"
    r"|" + _BEFORE + r"'(?=\S)(?P<single>[^'\"]*?(?:(?:(?<=\w)'(?=\w)|\"[^'\"]*\")[^'\"]*?)*)"
    r"(?<=\S)'(?![\w'])"
)
"""A quotation. Its only named group is `double`, `single` (straight), `curly`, `single_curly`."""
APOSTROPHE = lazy_pattern(r"(?<=[^\W\d_])'|(?<=\d)'(?=[^\W\d_])|(?<!\w)'(?=\w)")
"""A straight mark that is an apostrophe, where it belongs to no quotation."""

Part = tuple[str, Any]
"""`("text", characters)`, or `("SingleQuote" | "DoubleQuote", parts)`."""


def quotations(text: str) -> list[Part]:
    """The text, cut where something in it is quoted; apostrophes as U+2019.

    Marks that belong to no pair stay as they are, among them those of feet and inches.
    """
    if not _ANY.search(text):
        return [("text", text)]
    parts: list[Part] = []
    end = 0
    for match in QUOTATION.finditer(text):
        kind = match.lastgroup or ""
        inside = match.group(kind)
        if not inside.strip():
            continue
        if match.start() > end:
            parts.append(("text", apostrophes(text[end : match.start()])))
        quote = "SingleQuote" if kind.startswith("single") else "DoubleQuote"
        parts.append((quote, quotations(inside)))
        end = match.end()
    if end < len(text):
        parts.append(("text", apostrophes(text[end:])))
    return parts


def apostrophes(text: str) -> str:
    """Straight apostrophes as U+2019: `Awan's`, `O'Neill`, `the '90s`; not in `5'10`."""
    return APOSTROPHE.sub("’", text)
