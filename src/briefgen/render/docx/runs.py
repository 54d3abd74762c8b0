"""Text as runs: one character format each (ECMA-376 Part 1, 17.3.2)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefgen.direction import RIGHT_TO_LEFT_STRETCH, SOME_RIGHT_TO_LEFT
from briefgen.patterns import lazy_pattern
from briefgen.render.docx.xml import USUAL, attribute, escape

_SPECIAL = lazy_pattern("([\t\n\r\u00ad\u2011])")
_UNUSUAL = lazy_pattern(
    "[\x00-\x1f&<>\x7f-\x9f\u00ad\u0590-\u08ff\u2011\ud800-\uffff\U00010000-\U0010ffff]"
)
"""Anything that needs a closer look; most texts have nothing of the kind, and take one search."""
_USUAL = set(USUAL - set("&<>"))
"""Characters seen to be usual: for them, which is nearly always, no pattern is compiled."""
_ELEMENTS = {
    "\t": "<w:tab/>",
    "\n": " ",
    "\r": " ",
    "\u00ad": "<w:softHyphen/>",  # as a character Word would print it as a hyphen
    "\u2011": "<w:noBreakHyphen/>",  # as a character Word would take it from another font
}


_KEEP = ' xml:space="preserve"'
"""Without this Word drops blanks at the ends (XML 1.0, 2.10); inside it keeps them anyway."""


class Format(NamedTuple):
    """How a run looks: a character style, and what the text itself asks for on top of it."""

    style: str = ""
    """The style's id in this document."""
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    position: str = ""
    """`superscript`, `subscript` or nothing."""
    language: str = ""
    colour: str = ""
    """`RRGGBB`."""


PLAIN = Format()


@lru_cache(maxsize=512)
def run_properties(format_: Format, right_to_left: bool = False) -> str:
    """`w:rPr`, its children in schema order; empty when there is nothing to say."""
    parts = []
    if format_.style:
        parts.append(f'<w:rStyle w:val="{attribute(format_.style)}"/>')
    if format_.bold:
        parts.append("<w:b/><w:bCs/>")
    if format_.italic:
        parts.append("<w:i/><w:iCs/>")
    if format_.small_caps:
        parts.append("<w:smallCaps/>")
    if format_.colour:
        parts.append(f'<w:color w:val="{format_.colour}"/>')
    if format_.position:
        parts.append(f'<w:vertAlign w:val="{format_.position}"/>')
    if right_to_left:
        parts.append("<w:rtl/>")
    if format_.language:
        code = attribute(format_.language)
        more = f' w:bidi="{code}"' if right_to_left else ""
        parts.append(f'<w:lang w:val="{code}"{more}/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def run(text: str, format_: Format = PLAIN) -> str:
    """`text` as runs. Stretches in a right-to-left script are marked so, each a run of its own."""
    if _USUAL.issuperset(text) or _is_usual(text):
        if not text:
            return ""
        keep = _KEEP if text[0] == " " or text[-1] == " " else ""
        return f"<w:r>{run_properties(format_)}<w:t{keep}>{text}</w:t></w:r>"
    if not SOME_RIGHT_TO_LEFT.search(text):
        return _one_run(text, run_properties(format_))
    pieces = RIGHT_TO_LEFT_STRETCH.split(text)
    return "".join(
        _one_run(piece, run_properties(format_, right_to_left=place % 2 == 1))
        for place, piece in enumerate(pieces)
        if piece
    )


def _is_usual(text: str) -> bool:
    """Whether `text` needs no closer look; its characters are remembered if so."""
    if _UNUSUAL.search(text):
        return False
    _USUAL.update(text)
    return True


def _one_run(text: str, properties: str) -> str:
    if not _SPECIAL.search(text):
        return f"<w:r>{properties}{_text(text)}</w:r>" if text else ""
    inside = "".join(
        _ELEMENTS[piece] if piece in _ELEMENTS and _ELEMENTS[piece] != " " else _text(piece)
        for piece in _SPECIAL.split(text.replace("\r\n", "\n"))
        if piece
    )
    return f"<w:r>{properties}{inside}</w:r>"


def _text(text: str) -> str:
    shown = escape(text.replace("\n", " ").replace("\r", " "))
    keep = _KEEP if shown[:1] == " " or shown[-1:] == " " else ""
    return f"<w:t{keep}>{shown}</w:t>"


def tab_run(properties: str = "") -> str:
    """A tab."""
    return f"<w:r>{properties}<w:tab/></w:r>"


def break_run() -> str:
    """A line break within a paragraph."""
    return "<w:r><w:br/></w:r>"


def field_runs(instruction: str, result: str, format_: Format = PLAIN) -> str:
    """A field (ECMA-376 Part 1, 17.16) with its instruction and the result that is shown."""
    return f"{field_begin(instruction, format_)}{run(result, format_)}{field_end(format_)}"


def field_begin(instruction: str, format_: Format = PLAIN) -> str:
    """A field up to its result, which follows."""
    properties = run_properties(format_)
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>'
        f'</w:r><w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end(format_: Format = PLAIN) -> str:
    """What ends a field, after its result."""
    return f'<w:r>{run_properties(format_)}<w:fldChar w:fldCharType="end"/></w:r>'
