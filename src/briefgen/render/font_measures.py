"""What a font measures: advances and the height of a line, read by fontTools (OpenType 1.9).

It is read once; then it lies in the cache.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from briefgen.render.font_cache import keep, kept
from briefgen.render.fonts import FontFile
from briefgen.values import valueclass

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_USE_TYPO_METRICS = 1 << 7

Wanted = TypeVar("Wanted")


@valueclass(frozen=True, slots=True)
class FontMeasures:
    """Lengths in ems."""

    advances: Mapping[int, float]
    """Code point to advance width."""
    ascent: float
    """Above the baseline, the gap between lines included."""
    descent: float
    """Below the baseline, positive."""
    ligatures: Mapping[str, float]
    """Letters that are set as one sign, unless somebody forbids it, to its advance width."""


@valueclass(frozen=True, slots=True)
class FontNames:
    """What a font calls itself."""

    families: tuple[str, ...]
    bold: bool
    italic: bool


@cache
def measures_of(file: FontFile) -> FontMeasures | None:
    """The measures of a font; None for a file that cannot be read as one."""
    known = kept(file, "measures")
    if known is not None:
        with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
            advances = {int(code): float(width) for code, width in known["advances"].items()}
            ligatures = {
                str(letters): float(width) for letters, width in known["ligatures"].items()
            }
            ascent, descent = float(known["ascent"]), float(known["descent"])
            return FontMeasures(advances, ascent, descent, ligatures)
    made = _read(file, _measured)
    if made is not None:
        said = {"advances": made.advances, "ascent": made.ascent, "descent": made.descent}
        keep(file, "measures", {**said, "ligatures": made.ligatures})
    return made


@cache
def names_of(file: FontFile) -> FontNames | None:
    """What a font calls itself; None for a file that cannot be read as one."""
    known = kept(file, "names")
    if known is not None:
        with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
            families = tuple(str(family) for family in known["families"])
            return FontNames(families, bool(known["bold"]), bool(known["italic"]))
    made = _read(file, _named)
    if made is not None:
        keep(file, "names", {"families": made.families, "bold": made.bold, "italic": made.italic})
    return made


def _read(file: FontFile, wanted: Callable[[TTFont], Wanted]) -> Wanted | None:
    import logging

    from fontTools.ttLib import TTFont  # a tenth of a second

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what it finds odd is nobody's here
    try:
        with (
            file.path.open("rb") as stream,
            TTFont(stream, fontNumber=file.index, lazy=True) as font,
        ):
            return wanted(font)
    except Exception:  # any file may lie in a folder of fonts, and fontTools stumbles in many ways
        return None


def _measured(font: TTFont) -> FontMeasures:
    """A line is as high as `hhea` says, or `OS/2` where that asks for it (`USE_TYPO_METRICS`)."""
    units = font["head"].unitsPerEm
    glyphs, widths = font.getBestCmap(), font["hmtx"].metrics
    tall = font["hhea"]
    ascent, descent, gap = tall.ascent, -tall.descent, tall.lineGap
    if "OS/2" in font:
        other = font["OS/2"]
        if ascent < 0 or descent < 0 or not (ascent or descent):
            ascent, descent, gap = other.usWinAscent, other.usWinDescent, 0
        asked = other.fsSelection & _USE_TYPO_METRICS
        if asked and other.sTypoAscender >= 0 and other.sTypoDescender <= 0:
            ascent, descent = other.sTypoAscender, -other.sTypoDescender
            gap = other.sTypoLineGap
    return FontMeasures(
        {code: widths[glyph][0] / units for code, glyph in glyphs.items() if glyph in widths},
        (ascent + max(gap, 0)) / units,
        descent / units,
        _ligatures(font, glyphs),
    )


def _ligatures(font: TTFont, glyphs: Mapping[int, str]) -> dict[str, float]:
    """What the feature `liga` joins of Latin letters."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    wanted: set[int] = set()
    for script in table.ScriptList.ScriptRecord if table.ScriptList else ():
        language = script.Script.DefaultLangSys
        if script.ScriptTag in ("latn", "DFLT") and language is not None:
            wanted.update(language.FeatureIndex)
    lookups = dict.fromkeys(
        lookup
        for index in sorted(wanted)
        if (feature := table.FeatureList.FeatureRecord[index]).FeatureTag == "liga"
        for lookup in feature.Feature.LookupListIndex
    )
    letters = {glyph: chr(code) for code, glyph in sorted(glyphs.items(), reverse=True)}
    widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
    found: dict[str, float] = {}
    for lookup in lookups:
        for part in table.LookupList.Lookup[lookup].SubTable:
            part = getattr(part, "ExtSubTable", part)
            for first, ligatures in getattr(part, "ligatures", {}).items():
                for ligature in ligatures:
                    joined = [letters.get(glyph, "") for glyph in (first, *ligature.Component)]
                    if all(joined) and ligature.LigGlyph in widths:
                        found.setdefault("".join(joined), widths[ligature.LigGlyph][0] / units)
    return found


def _named(font: TTFont) -> FontNames:
    names = font["name"]
    families = dict.fromkeys(
        str(record.toUnicode()) for record in names.names if record.nameID in (1, 16)
    )
    style = font["head"].macStyle
    return FontNames(tuple(families), bool(style & 1), bool(style & 2))
