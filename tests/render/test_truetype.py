"""Fonts read: what another reader says, and files that are no good."""

from __future__ import annotations

import io
import struct

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.fonts import Cut, FontFile, packaged_fonts
from briefgen.render.truetype import FontError, characters_of, read_font

CUTS: tuple[Cut, ...] = ("regular", "semibold", "italic", "semibold-italic")
FILES = [file for cut in CUTS for file in packaged_fonts(cut)]
DATA = packaged_fonts("regular")[0].path.read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_fonttools_reads_the_same(file: FontFile) -> None:
    data = file.path.read_bytes()
    other = TTFont(io.BytesIO(data))
    glyphs, advances = other.getBestCmap(), other["hmtx"]
    face = read_font(data, 0, "x").face
    assert face.name.decode() == other["name"].getDebugName(6)
    space = {0x20, 0xA0} & set(glyphs)
    assert characters_of(data, 0) == set(glyphs) | space
    for code, name in glyphs.items():
        if code != 0xA0:  # there ReportLab looks at the space
            advance = advances[name][0] * 1000 / other["head"].unitsPerEm
            assert face.charWidths[code] == pytest.approx(advance)


def _places(data: bytes) -> dict[bytes, tuple[int, int]]:
    """Of each table: where its entry in the directory is, and where it lies itself."""
    count = struct.unpack_from(">H", data, 4)[0]
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, place = struct.unpack_from(">4s4xL", data, at)
        found[tag] = (at, place)
    return found


def test_a_font_of_a_collection() -> None:
    head, shift = b"ttcf" + struct.pack(">HHLL", 1, 0, 1, 16), 16
    directory = bytearray(DATA)
    for at, place in _places(DATA).values():
        struct.pack_into(">L", directory, at + 8, place + shift)
    collected = head + bytes(directory)
    assert characters_of(collected, 0) == characters_of(DATA, 0)
    one, other = read_font(collected, 0, "x").face, read_font(DATA, 0, "x").face
    assert one.makeSubset([0, 65, 233]) == other.makeSubset([0, 65, 233])
    with pytest.raises(FontError):
        read_font(collected, 1, "x")


def test_a_font_that_may_not_be_embedded_is_refused() -> None:
    data = bytearray(DATA)
    struct.pack_into(">H", data, _places(DATA)[b"OS/2"][1] + 8, 2)
    with pytest.raises(FontError, match="embed"):
        read_font(bytes(data), 0, "x")


def test_what_is_no_font_is_refused() -> None:
    for data in (b"", b"OTTO" + bytes(200), b"ttcf", b"plain text, and more of it", bytes(100)):
        with pytest.raises(FontError):
            read_font(data, 0, "x")
        with pytest.raises(FontError):
            characters_of(data, 0)


def test_a_character_map_that_claims_the_world_is_refused_at_once() -> None:
    data = bytearray(DATA)
    cmap = _places(DATA)[b"cmap"][1]
    for number in range(struct.unpack_from(">H", DATA, cmap + 2)[0]):
        (offset,) = struct.unpack_from(">L", DATA, cmap + 8 + 8 * number)
        (kind,) = struct.unpack_from(">H", DATA, cmap + offset)
        if kind == 12:
            struct.pack_into(">LL", data, cmap + offset + 16, 0, 0xFFFFFFFF)
        elif kind == 4:
            (twice,) = struct.unpack_from(">H", DATA, cmap + offset + 6)
            struct.pack_into(f">{twice // 2}H", data, cmap + offset + 14, *[0xFFFF] * (twice // 2))
            struct.pack_into(f">{twice // 2}H", data, cmap + offset + 16 + twice,
                             *[0] * (twice // 2))  # fmt: skip
    with pytest.raises(FontError, match="out of order"):
        characters_of(bytes(data), 0)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8), st.integers(300, len(DATA)))
def test_a_damaged_font_is_refused_or_serves(at: int, junk: bytes, length: int) -> None:
    data = bytearray(DATA[:length])
    data[at : at + len(junk)] = junk
    try:
        font = read_font(bytes(data), 0, "x")
    except FontError:
        return
    assert all(isinstance(width, float | int) for width in font.face.charWidths.values())
