"""Colours of a document: what its styles and theme say, and whether they can be read (WCAG 2.2)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from briefgen.render.docx.xml import w

LEAST_CONTRAST = 4.5
"""Of text with what it stands on (WCAG 2.2, 1.4.3)."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TINT_SHARE = 0x12 / 255
"""How much of the accent is in a tint made from it; Word counts in 255ths, hexadecimal."""
_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2",
    "background1": "lt1", "light1": "lt1", "background2": "lt2", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
"""Names of theme colours in WordprocessingML (17.18.97), and in the theme where those differ."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`RRGGBB`), from 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in bytes.fromhex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tint(colour: str) -> str:
    """A colour thinned to seven per cent, as Word's tint 12 (hexadecimal) does."""
    return _mixed(colour, _TINT_SHARE, 255)


def theme_colour(theme: etree._Element | None, name: str) -> str:
    """The colour (`RRGGBB`) that a theme has under a name of WordprocessingML; empty for none."""
    scheme = None if theme is None else theme.find(f".//{_DRAWING}clrScheme")
    wanted = f"{_DRAWING}{_SLOTS.get(name, name)}"
    for slot in () if scheme is None else scheme.iterchildren(etree.Element):
        said = next(slot.iterchildren(etree.Element), None) if slot.tag == wanted else None
        if said is not None:
            return _hexadecimal(said.get("val", "")) or _hexadecimal(said.get("lastClr", ""))
    return ""


def text_colour(properties: Iterable[etree._Element | None], theme: etree._Element | None) -> str:
    """The colour (`RRGGBB`) of text with these `w:rPr`, the last word last; black where none says
    one that is known.
    """
    found = "000000"
    for each in properties:
        colour = None if each is None else each.find(w("color"))
        if colour is None:
            continue
        themed = theme_colour(theme, colour.get(w("themeColor"), ""))
        if themed:
            for name, towards in (("themeTint", 255), ("themeShade", 0)):
                share = colour.get(w(name), "")
                if len(share) == 2 and _hexadecimal(share * 3):
                    themed = _mixed(themed, int(share, 16) / 255, towards)
            found = themed
        else:
            found = _hexadecimal(colour.get(w("val"), "")) or "000000"
    return found


def _mixed(colour: str, share: float, towards: int) -> str:
    """`colour` by `share`, black (0) or white (255) for the rest."""
    return "".join(
        f"{round(towards + (channel - towards) * share):02X}" for channel in bytes.fromhex(colour)
    )


def _hexadecimal(said: str) -> str:
    said = said.upper()
    return said if len(said) == 6 and all(c in "0123456789ABCDEF" for c in said) else ""
