"""Which facts the text of a passage cites: `… in May 2011 [@fact-id; @other-id] and …`.

A passage cites facts alone, which bring their own places in sources. So its citations are simpler
than those of an author's text, of which they are a part: what is read here, `brief.own_text`
reads as the same.
"""

from __future__ import annotations

from briefgen.patterns import ID, lazy_pattern
from briefgen.suggestions import shown

_BRACKET = lazy_pattern(r"(?<!\\)(?:\\\\)*(\[[^\[\]]*?(?<![\w@\\])@[^\[\]]*\])")
"""Square brackets in which an `@` could begin an id. Two backslashes before them are plain text."""
_ONE = rf"@(?:\{{{ID.pattern}\}}|{ID.pattern})"
_FACTS_ALONE = lazy_pattern(rf"\[\s*{_ONE}(?:\s*;\s*{_ONE})*\s*\]")
_NAME = lazy_pattern(rf"@(?:\{{({ID.pattern})\}}|({ID.pattern}))")
_WORD = lazy_pattern(r"\w")
_PARAGRAPHS = lazy_pattern(r"\S[ \t]*\n[ \t]*\n\s*\S")


class CitedFactsError(ValueError):
    """A text that cannot be a passage: what is wrong with it, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def cited_facts(text: str) -> tuple[str, ...]:
    """The ids that a passage cites, each once, in its order.

    Raises `CitedFactsError` for a citation of anything but facts, for words at the end that no
    fact follows, for fewer than two facts and for more than one paragraph.
    """
    if _PARAGRAPHS.search(text):
        raise CitedFactsError(
            "a passage is one paragraph", "remove the empty line, or make two passages of it"
        )
    if "`" in text:
        raise CitedFactsError("a passage holds no code", "remove the signs `")
    found: dict[str, None] = {}
    end = 0
    for bracket in _BRACKET.finditer(text):
        end = bracket.end()
        cited = bracket[1]
        starts = not text[: bracket.start(1)].strip()
        if text[end : end + 1] in (("(", ":") if starts else ("(",)):
            raise CitedFactsError(
                f"{shown(cited + text[end])} would be a link", "put a space before the last sign"
            )
        if not _FACTS_ALONE.fullmatch(cited):
            raise CitedFactsError(
                f"{shown(cited)} does not cite facts alone",
                "write the facts that a clause rests on as [@fact-id; @other-id]",
            )
        for name in _NAME.finditer(cited):
            # As in own text, where what ends a bare id may be the end of a sentence.
            found[name[1] or name[2].rstrip(".-_")] = None
    if len(found) < 2:
        have = f"cites {next(iter(found))!r} alone" if found else "cites no fact"
        raise CitedFactsError(
            f"a passage says what several facts say, and this one {have}",
            "put [@fact-id] behind each clause, for the facts it rests on: two or more",
        )
    rest = text[end:].strip()
    if _WORD.search(rest):
        raise CitedFactsError(
            f"no fact follows {shown(rest)}",
            "put [@fact-id] behind these words, or take them away",
        )
    return tuple(found)
