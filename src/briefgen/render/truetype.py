"""TrueType fonts, read by ReportLab after a look at what they claim (OpenType 1.9).

Any file may lie in a folder of fonts. One that is damaged, that is no TrueType font, or whose maker
does not let it be embedded raises `FontError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise

from briefgen.deferred import defer

defer("PIL.Image")  # a quarter of ReportLab's import, for pictures: our pages have none

from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFile  # noqa: E402

_MOST_CHARACTERS = 0x110000
_RESTRICTED = 2
"""`fsType` of a font that may not be embedded without its maker's permission."""


class FontError(ValueError):
    """A font that cannot be used."""


def read_font(data: bytes, index: int, name: str, *, ours: bool = False) -> TTFont:
    """A font file's font number `index` (in a collection), as ReportLab knows it.

    A font that comes with us (`ours`) is known to be sound.
    """
    with _as_font_error():
        if not ours:
            _check(data, index)
        font = TTFont(name, BytesIO(data), subfontIndex=index, asciiReadable=False, shapable=False)
    return font


def characters_of(data: bytes, index: int) -> frozenset[int]:
    """The code points for which a font has glyphs."""
    with _as_font_error():
        _check(data, index)
        mapped = TTFontFile(BytesIO(data), subfontIndex=index).charToGlyph
    return frozenset(code for code, glyph in mapped.items() if glyph)


@contextmanager
def _as_font_error() -> Iterator[None]:
    """What ReportLab says, one way or another, of a font that is not as it should be."""
    try:
        yield
    except (TTFError, struct.error, ArithmeticError, AssertionError, AttributeError, LookupError,
            TypeError, ValueError) as error:  # fmt: skip
        raise FontError(f"this font cannot be used: {error}") from None


def _check(data: bytes, index: int) -> None:
    """What ReportLab believes: the ranges of character maps, and that it may embed every font."""
    font = TTFontFile(BytesIO(data), charInfo=False, subfontIndex=index)
    if "glyf" not in font.table:
        raise TTFError("it has no TrueType outlines")
    if "OS/2" in font.table:
        font.seek_table("OS/2", 8)
        if font.read_ushort() & 0xF == _RESTRICTED:
            raise TTFError("it may not be embedded")
    cmap = font.seek_table("cmap")
    font.skip(2)
    places = []
    for _ in range(font.read_ushort()):
        font.skip(4)
        places.append(cmap + font.read_ulong())
    for place in places:
        ranges = _ranges(font, place)
        size = sum(max(end - start + 1, 0) for start, end in ranges)
        if size > _MOST_CHARACTERS or any(b <= a for (_, a), (b, _) in pairwise(ranges)):
            raise TTFError("its characters are out of order")


def _ranges(font: TTFontFile, place: int) -> list[tuple[int, int]]:
    """First and last character of each range; formats that are small by nature have none."""
    font.seek(place)
    kind = font.read_ushort()
    if kind == 4:
        font.skip(4)
        count = font.read_ushort() // 2
        font.skip(6)
        ends = [font.read_ushort() for _ in range(count)]
        font.skip(2)
        return [(font.read_ushort(), end) for end in ends]
    if kind in (12, 13):
        font.skip(10)
        ranges = []
        for _ in range(min(font.read_ulong(), _MOST_CHARACTERS)):
            ranges.append((font.read_ulong(), font.read_ulong()))
            font.skip(4)
        return ranges
    return [(0, font.read_ulong())] if kind in (8, 10) else []
