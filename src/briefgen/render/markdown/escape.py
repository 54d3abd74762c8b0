"""Plain text as Pandoc's Markdown that reads back as the same text.

Pandoc's default extensions are taken as switched on, `smart` among them: straight quotes, runs
of hyphens and dots, and the blank after an abbreviation would otherwise come back as other
characters. What needs no escape gets none, so that the file stays pleasant to read.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from briefgen.patterns import lazy_pattern

# The list is pandoc's own (`--print-default-data-file abbreviations`); a test compares the two.
ABBREVIATIONS = frozenset({
    "aet.", "aetat.", "al.", "Apr.", "Aug.", "bk.", "Bros.", "c.", "Capt.", "cf.", "ch.",
    "chap.", "chs.", "Co.", "col.", "Corp.", "cp.", "d.", "Dec.", "Dr.", "e.g.", "ed.", "eds.",
    "esp.", "f.", "fasc.", "Feb.", "ff.", "fig.", "fl.", "fol.", "fols.", "Fr.", "Gen.", "Gov.",
    "Hon.", "i.e.", "ill.", "Inc.", "incl.", "Jan.", "Jr.", "Jul.", "Jun.", "Ltd.", "M.A.",
    "M.D.", "Mar.", "Mr.", "Mrs.", "Ms.", "n.", "n.b.", "nn.", "No.", "Nov.", "Oct.", "p.",
    "Ph.D.", "pp.", "Pres.", "Prof.", "pt.", "q.v.", "Rep.", "Rev.", "s.v.", "s.vv.", "saec.",
    "sec.", "Sen.", "Sep.", "Sept.", "Sgt.", "Sr.", "St.", "univ.", "viz.", "vol.", "vs.",
})  # fmt: skip
"""After these `smart` turns the blank into a no-break space; an escaped full stop prevents it."""

_SPECIAL = lazy_pattern(
    r"""[\\`*_{}\[\]<>$~^|\#@"'!]"""  # may open markup anywhere
    r"|&(?=\#?\w|$)"  # an entity
    r"|-(?=-)|(?<=-)-"  # smart dashes
    r"|\.(?=\.\.)|(?<=\.)\.(?=\.)|(?<=\.\.)\."  # a smart ellipsis
    r"|:(?=[\w+-]+:)"  # emoji names, for readers that know them
)
_RAISABLE = lazy_pattern(r"(?! )(?:[^\W_]|[,+()=/–−]|-(?!-)|\.(?![. ])|(?<!-) (?! |$))+")
_PLAIN_URL = lazy_pattern(r"[A-Za-z0-9/?=._~%#+:@,;-]+")
_ABBREVIATED = lazy_pattern(r"(?<![^\W_])[A-Za-z][A-Za-z.]{0,6}\.(?=[ \n])")
_START = lazy_pattern(
    r"(?P<bullet>[-+](?=\s|$|&|-))"
    r"|(?P<before>\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+))(?P<delimiter>[.)])(?=\s|$|&)"
    r"|(?P<caption>(?:[Tt]able|[Ff]igure)?)(?P<colon>:)"
    r"|(?P<other>[=%](?=\s|$|=|%))"
)
# White space that Markdown would collapse or trim, or that ends a line or a word for Pandoc.
_LOOSE_SPACE = lazy_pattern(r"(?<= ) |[^\S \u00a0\u202f]|[\u2028\u2029\x1c-\x1f\x85]")


def escape(text: str, *, at_start: bool = False) -> str:
    """`text` as inline Markdown. `at_start`: it opens a paragraph, so block marks are escaped."""
    escaped = _SPECIAL.sub(r"\\\g<0>", _ABBREVIATED.sub(_guarded, text))
    escaped = escaped.replace(_GUARD, "\\")
    block_mark = _START.match(escaped) if at_start else None
    if block_mark:
        escaped = _unblocked(block_mark) + escaped[block_mark.end() :]
    escaped = _LOOSE_SPACE.sub(_entity, escaped)
    if at_start and escaped[:1] in (" ", "\u00a0", "\u202f"):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def tight(markdown: str) -> str:
    """Markdown for between two marks: spaces at its edges as entities, or the marks would not
    count as such.
    """
    if markdown[:1] in (" ", "\u00a0", "\u202f"):
        markdown = f"&#{ord(markdown[0])};{markdown[1:]}"
    if markdown[-1:] in (" ", "\u00a0", "\u202f"):
        markdown = f"{markdown[:-1]}&#{ord(markdown[-1])};"
    return markdown


def raised(text: str) -> str:
    """Plain text for between the marks of a super- or subscript, or nothing if it may not stand
    there: they hold no spaces, and some versions of Pandoc resolve escapes in them twice.
    """
    return text.replace(" ", "&#32;") if _RAISABLE.fullmatch(text) else ""


def url(address: str) -> str:
    """A URL as the target of a link, in angle brackets unless it is plain."""
    if _PLAIN_URL.fullmatch(address):
        return address
    bare = re.sub(r"[\s|]", lambda m: quote(m.group(), safe=""), address)
    escaped = re.sub(r"[<>&\[\]\\]", r"\\\g<0>", bare)
    return f"<{escaped}>"


_GUARD = "\0"  # the reader refuses it in texts, so it can stand for a backslash in between


def _guarded(match: re.Match[str]) -> str:
    word = match.group()
    return f"{word[:-1]}{_GUARD}." if word in ABBREVIATIONS else word


def _unblocked(match: re.Match[str]) -> str:
    if match["delimiter"]:
        return f"{match['before']}\\{match['delimiter']}"
    if match["colon"]:
        return f"{match['caption']}\\:"
    return f"\\{match.group()}"


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"
