"""Fonts read: what another reader says, subsets, and files that are no good."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile

from briefgen.render.fonts import Cut, FontFile, packaged_fonts
from briefgen.render.truetype import BLANK, CharacterMap, FontError, TrueType

CUTS: tuple[Cut, ...] = ("regular", "semibold", "italic", "semibold-italic")
FILES = [file for cut in CUTS for file in packaged_fonts(cut)]
DATA = packaged_fonts("regular")[0].path.read_bytes()


def _glyph(font: TrueType, character: str) -> int:
    return font.characters.glyph(ord(character))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_reportlab_reads_the_same(file: FontFile) -> None:
    font, other = TrueType(file.path.read_bytes()), TTFontFile(str(file.path))
    scale = 1000 / font.units_per_em
    assert font.name == other.name.decode()
    assert [edge * scale for edge in font.bbox] == other.bbox
    assert (font.ascent * scale, font.descent * scale) == (other.ascent, other.descent)
    assert (font.cap_height * scale, font.italic_angle) == (other.capHeight, other.italicAngle)
    mapped = {code: glyph for code, glyph in other.charToGlyph.items() if glyph}
    for code in range(0x10000):
        glyph = font.characters.glyph(code)
        if code == 0xA0:
            continue  # there ReportLab looks at the space
        assert glyph == mapped.get(code, 0)
        if glyph:
            assert font.advance(glyph) * scale == pytest.approx(other.charWidths[code])


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    found = {}
    for number in range(count):
        tag, _, place, length = struct.unpack_from(">4s3L", program, 12 + 16 * number)
        found[tag] = program[place : place + length]
    return found


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF


def test_a_subset_has_the_glyphs_asked_for_and_their_parts() -> None:
    font = TrueType(DATA)
    asked = [_glyph(font, "A"), _glyph(font, "é"), BLANK, _glyph(font, "Ё")]
    tables = _tables(font.subset(asked))
    (count,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    places = struct.unpack(f">{count + 1}L", tables[b"loca"])
    outlines = [tables[b"glyf"][a:b] for a, b in pairwise(places)]
    assert count > 5  # .notdef, the four, and parts of the letters with marks
    assert outlines[3] == b""
    assert outlines[1].rstrip(b"\0") == font._outline(asked[0]).rstrip(b"\0")
    advances = struct.unpack(f">{2 * count}H", tables[b"hmtx"])[::2]
    assert list(advances[:5]) == [font.advance(glyph) for glyph in [0, *asked]]
    for outline in outlines:
        if outline[:1] >= b"\x80":
            (part,) = struct.unpack_from(">H", outline, 12)
            assert 5 <= part < count


def test_checksums_are_right() -> None:
    program = TrueType(DATA).subset([5, 6, 7])
    for number in range(struct.unpack_from(">H", program, 4)[0]):
        tag, checksum, place, length = struct.unpack_from(">4s3L", program, 12 + 16 * number)
        body = bytearray(program[place : place + length])
        if tag == b"head":
            body[8:12] = bytes(4)
        assert _sum(bytes(body)) == checksum
    assert _sum(program) == 0xB1B0AFBA


def test_a_font_of_a_collection() -> None:
    head, shift = b"ttcf" + struct.pack(">HHLL", 1, 0, 1, 16), 16
    directory = bytearray(DATA)
    for number in range(struct.unpack_from(">H", DATA, 4)[0]):
        at = 12 + 16 * number + 8
        struct.pack_into(">L", directory, at, struct.unpack_from(">L", DATA, at)[0] + shift)
    collected, alone = TrueType(head + bytes(directory)), TrueType(DATA)
    assert collected.name == alone.name
    assert collected.subset([5, 6]) == alone.subset([5, 6])


def test_a_font_that_may_not_be_embedded_is_refused() -> None:
    data = bytearray(DATA)
    for number in range(struct.unpack_from(">H", DATA, 4)[0]):
        tag, _, place, _ = struct.unpack_from(">4s3L", DATA, 12 + 16 * number)
        if tag == b"OS/2":
            struct.pack_into(">H", data, place + 8, 2)
    with pytest.raises(FontError, match="may not be embedded"):
        TrueType(bytes(data))


def test_what_is_no_font_is_refused() -> None:
    for data in (b"", b"OTTO" + bytes(200), b"ttcf", b"plain text, and more of it", bytes(100)):
        with pytest.raises(FontError):
            TrueType(data)
        with pytest.raises(FontError):
            CharacterMap(data)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8), st.integers(300, len(DATA)))
def test_a_damaged_font_is_refused_or_serves(at: int, junk: bytes, length: int) -> None:
    data = bytearray(DATA[:length])
    data[at : at + len(junk)] = junk
    try:
        font = TrueType(bytes(data))
    except FontError:
        return
    font.subset([glyph for glyph in map(font.characters.glyph, range(300)) if glyph][:20])
