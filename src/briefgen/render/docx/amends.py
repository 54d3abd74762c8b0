"""What a paragraph has to say itself where a house's style would not do in a brief.

A house's styles stand as they are. But a heading stays with what it is about, only headings begin
pages, and text that is no list has no numbers; the indents of a house's ordinary text, which its
other styles inherit, are not taken (see `sealing`), and none leaves less than half of the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from briefgen.render.docx.cascade import Cascade, ParagraphLook
from briefgen.render.docx.numbering import BULLETED, ORDERED
from briefgen.render.docx.sealing import CELLS, HEADINGS
from briefgen.render.docx.styles import Styles
from briefgen.render.docx.xml import is_on, w

_BEGIN_PAGES = frozenset(("Heading1", "Heading2", "Heading3"))
_NUMBERED = _BEGIN_PAGES | {*BULLETED, *ORDERED, "BodyText"}
_LEAST_SHARE = 0.5
_MARGIN = 850
"""What may hang out into the margin, such as the number of a heading."""
_CELL_INDENT = 120
"""More than that, in twips, and a cell's text may find no room."""


class Amend(NamedTuple):
    """Children of `w:pPr`, as XML: nothing where the style's own word stands."""

    keep_next: str = ""
    page_break: str = ""
    number: str = ""
    indent: str = ""


_NO_NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
_NO_BREAK = '<w:pageBreakBefore w:val="0"/>'
IN_BOX = " in a box"
"""What is added to the name of a style for its paragraphs in boxes and beside bars."""


def amends_for(
    styles: Styles,
    ids: Mapping[str, str],
    added: Collection[str],
    cascade: Cascade,
    text_width: int,
) -> dict[str, Amend]:
    """By our name of each style that the house has, what its paragraphs say; those with nothing
    to say left out. `text_width` is twips.
    """
    found = {}
    for name, style_id in ids.items():
        style = styles.by_id(style_id)
        if name in added or style is None or style.get(w("type"), "paragraph") != "paragraph":
            continue
        own = [each.find(w("pPr")) for each in styles.chain(style) if not _is_default(each)]
        look = cascade.style(style_id)
        amend = _amend(name, look, [e for e in own if e is not None], text_width)
        if name in _BEGIN_PAGES:
            found[name + IN_BOX] = amend._replace(
                page_break=_NO_BREAK if look.page_break else "",
                number=_NO_NUMBER if look.listed else "",
            )
        else:
            found[name + IN_BOX] = amend
        found[name] = amend
    return {name: amend for name, amend in found.items() if amend != Amend()}


def _amend(name: str, look: ParagraphLook, own: list[etree._Element], text_width: int) -> Amend:
    heads = name in HEADINGS or name in _BEGIN_PAGES
    keep = ""
    if heads != look.keep_next and name not in ("Title", "Subtitle", "Kind", "Caption"):
        keep = "<w:keepNext/>" if heads else '<w:keepNext w:val="0"/>'
    page_break = look.page_break and name not in _BEGIN_PAGES
    numbers = _says(own, "numPr")
    number = look.listed and (name not in _NUMBERED or not numbers)
    return Amend(
        keep,
        _NO_BREAK if page_break else "",
        _NO_NUMBER if number else "",
        _indent(name, look, own, text_width, numbered=numbers and not number),
    )


def _indent(
    name: str,
    look: ParagraphLook,
    own: list[etree._Element],
    text_width: int,
    *,
    numbered: bool,
) -> str:
    if name in CELLS:
        indented = max(look.left, look.left + look.first, look.right) > _CELL_INDENT
        return _NO_INDENT if indented or min(look.left, look.first) < 0 else ""
    begin = look.left + look.first
    room = text_width - look.right - max(look.left, begin)
    if room < _LEAST_SHARE * text_width or min(look.left, begin) < -_MARGIN:
        return _NO_INDENT
    sides = ""
    for side, alias, twips in (("left", "start", look.left), ("right", "end", look.right)):
        of_default = not numbered and not any(_says(own, "ind", each) for each in (side, alias))
        if (twips and of_default) or (side == "right" and twips < 0):
            sides += f' w:{side}="0"'
    return f"<w:ind{sides}/>" if sides else ""


_NO_INDENT = (
    '<w:ind w:left="0" w:leftChars="0" w:right="0" w:rightChars="0" w:firstLine="0"'
    ' w:firstLineChars="0"/>'
)


def _says(over: Iterable[etree._Element], name: str, of: str = "") -> bool:
    said = (found for each in over for found in each.iterchildren(w(name)))
    return any(not of or found.get(w(of)) is not None for found in said)


def _is_default(style: etree._Element) -> bool:
    return is_on(style.get(w("default"), "0"))
