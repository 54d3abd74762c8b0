"""Fonts in the file: character codes handed out as text is drawn, subsets made at the end.

Each face becomes one composite font (ISO 32000-1, 9.7): two-byte codes, its own glyph subset,
and a ToUnicode map that gives back the text as it was, also where one glyph stands for several
characters or for none that it looks like.
"""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc as _pdfdoc

from briefgen.render.pdf.typeface import Typeface

pdfdoc: Any = _pdfdoc

_BLOCK = 100
"""Entries that one block of a CMap may hold at most (Adobe Technical Note 5411)."""
_SYMBOLIC = 4
_ITALIC = 64


class _Codes(dict[int, int]):
    """Character to code, for `str.translate`; a new character gets the next code."""

    def __init__(self, face: Typeface) -> None:
        super().__init__()
        self._face = face
        self._known: dict[tuple[int, str], int] = {}
        self.entries: list[tuple[int, float, str]] = []

    def __missing__(self, ordinal: int) -> int:
        glyph, width, text = self._face.meaning(ordinal)
        code = self._known.get((glyph, text))
        if code is None:
            self.entries.append((glyph, width, text))
            # Code 0 is .notdef; surrogates cannot be written as one UTF-16 unit, so skip them.
            code = len(self.entries)
            if code >= 0xD800:
                raise OverflowError("more than 55,295 characters in one font")
            self._known[glyph, text] = code
        self[ordinal] = code
        return code


class EmbeddedFont:
    """One face in one document."""

    def __init__(self, name: str, face: Typeface) -> None:
        self.name = name
        self.face = face
        self._codes = _Codes(face)

    def encode(self, text: str) -> str:
        """Set text as the hexadecimal digits of its codes."""
        return text.translate(self._codes).encode("utf-16-be").hex()

    def add_to(self, document: Any, number: int) -> Any:
        """Add the font's objects to a ReportLab document; returns the reference to the font."""
        source = self.face.source
        entries = self._codes.entries
        glyphs: list[int] = []
        positions: dict[int, int] = {}
        for glyph, _, _ in entries:
            if glyph not in positions:
                positions[glyph] = len(positions) + 1
                glyphs.append(glyph)
        base_name = f"{_tag(number)}+{source.name.decode('ascii', 'replace')}"
        subset = self.face.subset(glyphs)
        program = _stream(subset)
        program.dictionary["Length1"] = len(subset)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{base_name}",
                "Flags": _SYMBOLIC | (_ITALIC if source.italicAngle else 0),
                "FontBBox": pdfdoc.PDFArray([_number(edge) for edge in source.bbox]),
                "ItalicAngle": _number(source.italicAngle),
                "Ascent": _number(source.ascent),
                "Descent": _number(source.descent),
                "CapHeight": _number(source.capHeight),
                "StemV": source.stemV,
                "FontFile2": document.Reference(program),
            }
        )
        if all(positions[glyph] == code for code, (glyph, _, _) in enumerate(entries, 1)):
            to_glyph: Any = "/Identity"
        else:
            numbers = [0, *(positions[glyph] for glyph, _, _ in entries)]
            to_glyph = document.Reference(
                _stream(b"".join(number.to_bytes(2, "big") for number in numbers))
            )
        widths = [_number(width) for _, width, _ in entries]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{base_name}",
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(descriptor),
                "CIDToGIDMap": to_glyph,
                "DW": _number(source.defaultWidth),
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArrayCompact(widths)]),
            }
        )
        return document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/Type0",
                    "BaseFont": f"/{base_name}",
                    "Encoding": "/Identity-H",
                    "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                    "ToUnicode": document.Reference(_stream(_to_unicode(entries))),
                }
            )
        )


class FontBook:
    """The fonts of one document, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self.fonts: dict[Typeface, EmbeddedFont] = {}

    def font(self, face: Typeface) -> EmbeddedFont:
        """The font for a face."""
        found = self.fonts.get(face)
        if found is None:
            found = self.fonts[face] = EmbeddedFont(f"F{len(self.fonts) + 1}", face)
        return found


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=zlib.compress(content, 6))
    stream.dictionary["Filter"] = "/FlateDecode"
    return stream


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 3)


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
