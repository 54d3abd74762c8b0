"""Fonts in the file: character codes handed out as text is drawn, subsets made at the end.

Each face becomes one composite font (ISO 32000-1, 9.7): two-byte codes, its own glyph subset,
and a ToUnicode map that gives back the text as it was, also where one glyph stands for several
characters or for none that it looks like.
"""

from __future__ import annotations

from briefgen.render.pdf.objects import Objects, real
from briefgen.render.pdf.typeface import Typeface

_BLOCK = 100
"""Entries that one block of a CMap may hold at most (Adobe Technical Note 5411)."""
_SYMBOLIC = 4
_ITALIC = 64


class _Codes(dict[int, str]):
    """Character to its code's two bytes as a literal string has them, for `str.translate`.

    A new character gets the next code. The bytes are written as Latin-1 characters.
    """

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self._face = face
        self._known: dict[tuple[int, str], str] = {}
        self.entries: list[tuple[int, float, str]] = []

    def __missing__(self, ordinal: int) -> str:
        glyph, width, text = self._face.meaning(ordinal)
        code = self._known.get((glyph, text))
        if code is None:
            self.entries.append((glyph, width, text))
            number = len(self.entries)  # code 0 is .notdef
            if number >= 0xD800:
                raise OverflowError("more than 55,295 characters in one font")
            code = number.to_bytes(2, "big").decode("latin-1").translate(_ESCAPED)
            self._known[glyph, text] = code
        self[ordinal] = code
        return code


_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})
"""What may not stand in a literal string as it is (ISO 32000-1, 7.3.4.2)."""


class _Encoded(dict[str, str]):
    """Words as literal strings hold their codes: most words come again."""

    def __init__(self, codes: _Codes) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, word: str) -> str:
        codes = self[word] = word.translate(self._codes)
        return codes


class EmbeddedFont:
    """One face in one document."""

    def __init__(self, name: str, face: Typeface) -> None:
        self.name = name
        self.face = face
        self._codes = _Codes(face)
        self._encoded = _Encoded(self._codes)

    def encode(self, text: str) -> str:
        """Set text as a literal string: its codes, byte by character, in brackets."""
        if " " not in text:
            return f"({self._encoded[text]})"
        return f"({self._encoded[' '].join(map(self._encoded.__getitem__, text.split(' ')))})"

    def add_to(self, objects: Objects, number: int) -> str:
        """Add the font's objects to a file; returns the reference to the font."""
        font, scale = self.face.font, self.face.thousandths
        entries = self._codes.entries
        # One glyph may be several texts, and so have several codes.
        positions: dict[int, int] = {}
        for glyph, _, _ in entries:
            positions.setdefault(glyph, len(positions) + 1)
        program = font.subset(list(positions))
        embedded = objects.stream(program, f"/Length1 {len(program)}")
        name = f"/{_tag(number)}+{font.name or 'Font'}"
        box = " ".join(real(edge * scale) for edge in font.bbox)
        descriptor = objects.add(
            f"<< /Type /FontDescriptor /FontName {name} /FontBBox [{box}] "
            f"/Flags {_SYMBOLIC | (_ITALIC if font.italic_angle else 0)} "
            f"/ItalicAngle {real(font.italic_angle)} /Ascent {real(font.ascent * scale)} "
            f"/Descent {real(font.descent * scale)} /CapHeight {real(font.cap_height * scale)} "
            f"/StemV {_stem(font.weight)} /FontFile2 {embedded} >>"
        )
        if len(positions) == len(entries):
            to_glyph = "/Identity"
        else:
            numbers = [0, *(positions[glyph] for glyph, _, _ in entries)]
            to_glyph = objects.stream(b"".join(number.to_bytes(2, "big") for number in numbers))
        widths = " ".join([real(width) for _, width, _ in entries])
        descendant = objects.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} /CIDToGIDMap {to_glyph} "
            f"/DW {real(font.advance(0) * scale)} /W [1 [{widths}]] >>"
        )
        return objects.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant}] /ToUnicode {objects.stream(_to_unicode(entries))} >>"
        )


class FontBook:
    """The fonts of one document, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self.fonts: dict[Typeface, EmbeddedFont] = {}
        self._chosen: dict[tuple[Typeface, float], tuple[EmbeddedFont, str]] = {}

    def chosen(self, face: Typeface, size: float) -> tuple[EmbeddedFont, str]:
        """The font for a face, and the operator that chooses it: one string object for each."""
        found = self._chosen.get((face, size))
        if found is None:
            font = self.font(face)
            found = font, f"/{font.name} {round(size * face.scale, 2):g} Tf"
            self._chosen[face, size] = found
        return found

    def font(self, face: Typeface) -> EmbeddedFont:
        """The font for a face."""
        found = self.fonts.get(face)
        if found is None:
            found = self.fonts[face] = EmbeddedFont(f"F{len(self.fonts) + 1}", face)
        return found


def _stem(weight: int) -> int:
    """A stem's width, which no font file says, from its weight (100 to 900): a fair guess."""
    return round(50 + (weight / 65) ** 2)


def _tag(number: int) -> str:
    """The six capitals that mark a subset (ISO 32000-1, 9.6.4), the same in every run."""
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters = chr(65 + rest) + letters
    return letters


def _to_unicode(entries: list[tuple[int, float, str]]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
            for code, (_, _, text) in enumerate(block, start + 1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode("ascii")
