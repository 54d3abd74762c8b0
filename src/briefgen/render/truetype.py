"""TrueType fonts: which glyph a character has, how wide it is, and fonts of fewer glyphs.

Reads what setting and embedding need and no more, so that opening a font takes a millisecond
(OpenType 1.9; the tables are those that ISO 32000-1, 9.9 asks for, and what describes the font).
Outlines are never interpreted, only copied. Any file may lie in a folder of fonts: one that is
damaged, or that is no TrueType font, raises `FontError`.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from mmap import mmap

    Data: TypeAlias = bytes | mmap

Places: TypeAlias = dict[bytes, tuple[int, int]]
"""Of tables: tag to offset in the file and length."""

BLANK = -1
"""Stands for a glyph that no font has: nothing to see, no width."""

_UNICODE_MAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the character maps that can be read, the fullest first."""

_COPIED = (b"cvt ", b"fpgm", b"prep")
"""Tables that the glyphs' hints need; they hold no glyph numbers."""

_RESTRICTED = 2
"""`fsType` of a font that may not be embedded without its maker's permission."""


class FontError(ValueError):
    """A font that cannot be used."""


class TrueType:
    """One font, read. Lengths are in font units, `units_per_em` to the type size."""

    units_per_em: int
    glyph_count: int
    bbox: tuple[int, ...]
    """Left, bottom, right and top of all glyphs laid over each other."""
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    """In degrees, counter-clockwise."""
    weight: int
    """From 100 to 900."""
    name: str
    """The PostScript name, in letters, digits and `-_.`; may be empty."""
    characters: CharacterMap
    _metrics: array[int]
    _metric_count: int
    _glyph_places: array[int]

    def __init__(self, data: bytes, index: int = 0) -> None:
        """`index` counts the fonts of a collection (.ttc). Raises `FontError`."""
        self._data = data
        self._ready_outlines: dict[int, tuple[bytes, list[int]]] = {}
        try:
            self._tables = table_places(data, index)
            self._read(index)
        except (struct.error, LookupError) as error:
            raise FontError(f"damaged font: {error}") from None

    def _read(self, index: int) -> None:
        data = self._data
        head = self._place(b"head")
        (self.units_per_em,) = struct.unpack_from(">H", data, head + 18)
        if not 16 <= self.units_per_em <= 16384:
            raise FontError(f"{self.units_per_em} units per em")
        self.bbox = struct.unpack_from(">4h", data, head + 36)
        (long_places,) = struct.unpack_from(">h", data, head + 50)
        (self.glyph_count,) = struct.unpack_from(">H", data, self._place(b"maxp") + 4)
        (angle,) = struct.unpack_from(">l", data, self._place(b"post") + 4)
        self.italic_angle = angle / 65536
        self._describe()
        (metrics,) = struct.unpack_from(">H", data, self._place(b"hhea") + 34)
        if not 0 < metrics <= self.glyph_count:
            raise FontError(f"{metrics} widths for {self.glyph_count} glyphs")
        self._metrics = self._numbers("h", self._place(b"hmtx"), self.glyph_count + metrics)
        self._metric_count = metrics
        places = self._place(b"loca")
        if long_places:
            self._glyph_places = self._numbers("I", places, self.glyph_count + 1)
        else:
            self._glyph_places = array(
                "I", [2 * place for place in self._numbers("H", places, self.glyph_count + 1)]
            )
        self.characters = CharacterMap(data, index)

    def _describe(self) -> None:
        data = self._data
        self.ascent, self.descent = self.bbox[3], self.bbox[1]
        self.cap_height, self.weight = self.ascent, 500
        if b"OS/2" in self._tables:
            place = self._place(b"OS/2")
            version, self.weight, use = struct.unpack_from(">H2xH2xH", data, place)
            if use & 0xF == _RESTRICTED:
                raise FontError("this font may not be embedded")
            self.ascent, self.descent = struct.unpack_from(">2h", data, place + 68)
            self.cap_height = self.ascent
            if version > 1:
                (self.cap_height,) = struct.unpack_from(">h", data, place + 88)
        self.name = "".join(c for c in self._postscript_name() if c.isalnum() or c in "-_.")

    def _postscript_name(self) -> str:
        place, length = self._tables.get(b"name", (0, 0))
        if not length:
            return ""
        count, strings = struct.unpack_from(">2xHH", self._data, place)
        for number in range(count):
            platform, encoding, _, kind, size, offset = struct.unpack_from(
                ">6H", self._data, place + 6 + 12 * number
            )
            if kind == 6 and (platform == 3 or (platform, encoding) == (1, 0)):
                start = place + strings + offset
                text = self._data[start : start + size]
                # PostScript names are ASCII: without the upper bytes UTF-16 is that, too.
                return text.replace(b"\0", b"").decode("ascii", "ignore")
        return ""

    def _place(self, tag: bytes) -> int:
        try:
            return self._tables[tag][0]
        except KeyError:
            raise FontError(f"no table {tag.decode('latin-1')!r}") from None

    def _numbers(self, kind: str, place: int, count: int) -> array[int]:
        return numbers(self._data, kind, place, count)

    def advance(self, glyph: int) -> int:
        """The advance width of a glyph."""
        if glyph == BLANK:
            return 0
        # Glyphs beyond the pairs of width and bearing are as wide as the last of these.
        return self._metrics[2 * min(glyph, self._metric_count - 1)] & 0xFFFF

    def _bearing(self, glyph: int) -> int:
        if glyph == BLANK:
            return 0
        if glyph < self._metric_count:
            return self._metrics[2 * glyph + 1]
        return self._metrics[self._metric_count + glyph]

    def _ready_outline(self, glyph: int) -> tuple[bytes, list[int]]:
        """A glyph's outline, filled up to four bytes, and where its parts' numbers stand in it."""
        found = self._ready_outlines.get(glyph)
        if found is None:
            outline = bytearray(self._outline(glyph))
            components = _components(outline)
            found = bytes(outline) + bytes(-len(outline) % 4), components
            self._ready_outlines[glyph] = found
        return found

    def _outline(self, glyph: int) -> bytes:
        if not 0 <= glyph < self.glyph_count:
            return b""
        place, length = self._tables[b"glyf"]
        start, end = self._glyph_places[glyph], self._glyph_places[glyph + 1]
        return self._data[place + start : place + end] if start < end <= length else b""

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font file whose glyph 0 is .notdef and glyph n + 1 is `glyphs[n]`; no repeats.

        Parts of composed glyphs follow. The file has no character map: what embeds it says by
        glyph number what is meant.
        """
        order = [0, *glyphs]
        positions = {glyph: position for position, glyph in enumerate(order)}
        outlines: list[bytes] = []
        for glyph in order:  # which grows meanwhile
            outline, components = self._ready_outline(glyph)
            if components:
                composed = bytearray(outline)
                for at in components:
                    part = int.from_bytes(composed[at : at + 2], "big")
                    if part not in positions:
                        positions[part] = len(order)
                        order.append(part)
                    composed[at : at + 2] = positions[part].to_bytes(2, "big")
                outline = bytes(composed)
            outlines.append(outline)
        places = [0]
        for done in outlines:
            places.append(places[-1] + len(done))
        head = bytearray(self._table(b"head"))
        head[8:12] = bytes(4)
        head[50:52] = b"\0\1"
        hhea = bytearray(self._table(b"hhea"))
        maxp = bytearray(self._table(b"maxp"))
        hhea[34:36] = maxp[4:6] = len(order).to_bytes(2, "big")
        metrics: list[int] = []
        for glyph in order:
            metrics += (self.advance(glyph), self._bearing(glyph) & 0xFFFF)
        tables = {tag: self._table(tag) for tag in _COPIED if tag in self._tables}
        tables |= {
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": struct.pack(f">{len(metrics)}H", *metrics),
            b"loca": struct.pack(f">{len(places)}L", *places),
            b"maxp": bytes(maxp),
        }
        return _font_file(tables)

    def _table(self, tag: bytes) -> bytes:
        place, length = self._tables[tag]
        return self._data[place : place + length]


def _components(outline: bytearray) -> list[int]:
    """Where the numbers of a composed glyph's parts stand in it. A damaged glyph is emptied."""
    found: list[int] = []
    if len(outline) < 10 or outline[0] < 0x80:
        return found
    at, more = 10, True
    while more:
        if at + 6 > len(outline):
            outline.clear()
            return []
        flags = int.from_bytes(outline[at : at + 2], "big")
        found.append(at + 2)
        at += 8 if flags & 0x1 else 6  # offsets of two bytes, or of one
        # one scale, two, or a matrix
        at += 2 if flags & 0x8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        more = bool(flags & 0x20)
    return found


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """A TrueType file of these tables, its checksums right."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    start = struct.pack(">L4H", 0x00010000, count, 16 * power, power.bit_length() - 1,
                        16 * (count - power))  # fmt: skip
    place = 12 + 16 * count
    directory, bodies = [start], []
    head = 0
    for tag in sorted(tables):
        body = tables[tag]
        if tag == b"head":
            head = place
        padded = body + bytes(-len(body) % 4)
        directory.append(struct.pack(">4s3L", tag, _checksum(padded), place, len(body)))
        bodies.append(padded)
        place += len(padded)
    file = bytearray(b"".join([*directory, *bodies]))
    struct.pack_into(">L", file, head + 8, (0xB1B0AFBA - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(padded: bytes) -> int:
    return sum(numbers(padded, "I", 0, len(padded) // 4)) & 0xFFFFFFFF


def numbers(data: Data, kind: str, place: int, count: int) -> array[int]:
    """`count` big-endian numbers: `H` and `h` of two bytes, `I` of four."""
    found = array(kind)
    size = count * found.itemsize
    if place + size > len(data):
        raise FontError("a table ends too early")
    found.frombytes(data[place : place + size])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def table_places(data: Data, index: int = 0) -> Places:
    """Tag to offset and length of each table. Raises `FontError` for what is not TrueType."""
    start = 0
    if data[:4] == b"ttcf":
        (start,) = struct.unpack_from(">L", data, 12 + 4 * index)
    version, count = struct.unpack_from(">LH", data, start)
    if version not in (0x00010000, 0x74727565):
        raise FontError("not a TrueType font")
    tables: Places = {}
    for number in range(count):
        tag, place, length = struct.unpack_from(">4s4xLL", data, start + 12 + 16 * number)
        if place + length <= len(data):
            tables[tag] = (place, length)
    if b"glyf" not in tables or b"cmap" not in tables:
        raise FontError("not a TrueType font")
    return tables


def _character_table(data: Data, tables: Places) -> tuple[int, int]:
    """Place and format of the fullest Unicode map that can be read."""
    cmap = tables[b"cmap"][0]
    (count,) = struct.unpack_from(">2xH", data, cmap)
    places: dict[tuple[int, int], int] = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * number)
        places[platform, encoding] = cmap + offset
    for key in _UNICODE_MAPS:
        if key in places:
            (kind,) = struct.unpack_from(">H", data, places[key])
            if kind in (4, 12):
                return places[key], kind
    raise FontError("no Unicode character map")


class CharacterMap:
    """Which glyph stands for which character, found by halving (formats 4 and 12 of `cmap`)."""

    def __init__(self, data: Data, index: int = 0) -> None:
        """The fullest map of one font. Raises `FontError` where there is none."""
        try:
            self._read(data, table_places(data, index))
        except (struct.error, LookupError) as error:
            raise FontError(f"damaged font: {error}") from None

    def _read(self, data: Data, tables: Places) -> None:
        (self._limit,) = struct.unpack_from(">H", data, tables[b"maxp"][0] + 4)
        place, self._format = _character_table(data, tables)
        if self._format == 12:
            (count,) = struct.unpack_from(">L", data, place + 12)
            flat = numbers(data, "I", place + 16, 3 * count)
            self._firsts, self._lasts, self._glyphs = flat[0::3], flat[1::3], flat[2::3]
            return
        (count,) = struct.unpack_from(">H", data, place + 6)
        count //= 2
        # Long maps cannot say their own length, but end where all maps end.
        flat = numbers(data, "H", place + 14, (sum(tables[b"cmap"]) - place - 14) // 2)
        self._lasts = flat[:count]
        self._firsts = flat[count + 1 : 2 * count + 1]
        self._deltas = flat[2 * count + 1 : 3 * count + 1]
        self._glyphs = flat[3 * count + 1 :]
        """Of each segment an offset into these very numbers, or 0; then glyph numbers."""
        if len(self._glyphs) < count:
            raise FontError("a table ends too early")

    def glyph(self, code: int) -> int:
        """The glyph number of a character, 0 where it has none."""
        number = bisect_left(self._lasts, code)
        if number == len(self._lasts) or code < self._firsts[number]:
            return 0
        beyond = code - self._firsts[number]
        glyph: int
        if self._format == 12:
            glyph = self._glyphs[number] + beyond
        else:
            glyph, offset = code, self._glyphs[number]
            if offset:
                at = number + offset // 2 + beyond
                glyph = self._glyphs[at] if at < len(self._glyphs) else 0
                if not glyph:
                    return 0
            glyph = (glyph + self._deltas[number]) & 0xFFFF
        return glyph if glyph < self._limit else 0
