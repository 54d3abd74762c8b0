"""Text in tinted boxes, so dark that it can be read on the tint (WCAG 2.2, 1.4.3).

A house's grey that is just dark enough on white is too pale on a tint; its headings may be white,
for a band of colour that a box does not have.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from briefgen.render.docx import look
from briefgen.render.docx.colours import LEAST_CONTRAST, contrast, text_colour, tint
from briefgen.render.docx.styles import Styles
from briefgen.render.docx.xml import elements, w

_BOXED = ("KeyBox", "KeyBoxBullet", "KeyBoxHeading")
_BEFORE_COLOUR = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
)  # fmt: skip
"""What stands before `w:color` in `w:rPr` (CT_RPr)."""


def darken_boxes(
    styles: Styles, added: Mapping[str, str], accent: str, theme: etree._Element | None
) -> str:
    """Give those of our styles of boxes that were `added` a colour of text that can be read.

    Gives back the colour that text in other styles needs in a box; nothing where its own will do,
    and where the box is the house's. `accent` is what the box is a tint of; empty: ours.
    """
    if "KeyBox" not in added:
        return ""
    fill = tint(accent or look.ACCENT)
    for name in _BOXED:
        style = styles.by_id(added.get(name, ""))
        if style is not None and not _read(styles, style, fill, theme):
            heading = accent or look.ACCENT
            _colour(style, heading if name == "KeyBoxHeading" else look.INK)
    ordinary = styles.find("paragraph", "Body Text")
    return "" if _read(styles, ordinary, fill, theme) else look.INK


def _read(
    styles: Styles, style: etree._Element | None, fill: str, theme: etree._Element | None
) -> bool:
    return contrast(text_colour(styles.run_properties(style), theme), fill) >= LEAST_CONTRAST


def _colour(style: etree._Element, colour: str) -> None:
    properties = style.find(w("rPr"))
    if properties is None:
        (properties,) = elements("<w:rPr/>")
        style.append(properties)
    for said in list(properties.iterchildren(w("color"))):
        properties.remove(said)
    place = sum(1 for _ in properties.iterchildren(*map(w, _BEFORE_COLOUR)))
    properties[place:place] = elements(f'<w:color w:val="{colour}"/>')
