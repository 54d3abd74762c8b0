"""A TrueType face as the setter sees it: advance widths by character, and stand-in characters.

ReportLab reads the file and makes the subset. What a face has of its own is *stand-ins*: single
characters from a private plane that mean "this glyph, this width, this text when copied". With
them a composed letter, a small capital, a zero-width joiner or the box for a missing character
is one character like any other to the line breaker, and comes out of the page literally.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import RLock
from typing import Any

from reportlab.pdfbase import ttfonts as _ttfonts

from briefgen.render.fonts import FontFile

_ttfont: Any = _ttfonts

NO_BREAK_SPACES = "\u00a0\u202f"
LOOK_ALIKES = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u02bc": "’",
    "\u2007": " ", "\u202f": " ",
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " "),
}  # fmt: skip
"""What to draw for a character that the face lacks, where the eye would not tell."""
_FIRST_STAND_IN = 0xF0000
_LOCK = RLock()


class Typeface:
    """One face of one font file. Widths are in thousandths of the type size.

    A fallback face is set at `scale` times the size asked for, to look as large as its neighbours.
    """

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.scale = file.scale
        # ReportLab opens plain file names alone.
        self.source: Any = _ttfont.TTFontFace(str(file.path), subfontIndex=file.index)
        self._glyphs: dict[int, int] = self.source.charToGlyph
        self.widths: dict[str, float] = {
            chr(code): width * file.scale
            for code, width in self.source.charWidths.items()
            if not (0xD800 <= code <= 0xDFFF or code >= _FIRST_STAND_IN) and self._glyphs[code]
        }
        """Of the characters that can be set just as they are, scaled."""
        for character in [c for c in self.widths if is_special(c)]:
            del self.widths[character]
        self._to_thousandths = 1000 / self.source.unitsPerEm
        self._blank: int | None = None
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._stand_in_width: dict[str, float] = {}
        self._stand_in_meaning: dict[int, tuple[int, str]] = {}

    def __contains__(self, character: str) -> bool:
        return bool(self._glyphs.get(ord(character)))

    def width(self, text: str) -> float:
        """The advance width of set text, stand-ins included."""
        own = self.widths
        try:
            return sum(map(own.__getitem__, text))
        except KeyError:
            extra = self._stand_in_width
            return sum(extra[c] if c in extra else own[c] for c in text)

    def stand_in(self, drawn: str, text: str) -> str:
        """A character that is drawn as `drawn` (empty: nothing, no width) and copied as `text`."""
        key = (drawn, text)
        with _LOCK:
            found = self._stand_ins.get(key)
            if found is None:
                found = chr(_FIRST_STAND_IN + len(self._stand_ins))
                if drawn:
                    glyph = self._glyphs[ord(drawn)]
                    width = float(self.source.charWidths[ord(drawn)]) * self.scale
                else:
                    glyph, width = self._blank_glyph(), 0.0
                self._stand_in_width[found] = width
                self._stand_in_meaning[ord(found)] = (glyph, text)
                self._stand_ins[key] = found
        return found

    def meaning(self, code: int) -> tuple[int, float, str]:
        """Glyph number, width (as the font has it, unscaled) and text of one set character."""
        if code in self._stand_in_meaning:
            glyph, text = self._stand_in_meaning[code]
            return glyph, self.source.hmetrics[glyph][0] * self._to_thousandths, text
        character = chr(code)
        # Searching for "600 MW" should find it, whatever holds the line together.
        text = " " if character in NO_BREAK_SPACES else character
        return self._glyphs[code], float(self.source.charWidths[code]), text

    def subset(self, glyphs: list[int]) -> bytes:
        """A TrueType file whose glyph 0 is .notdef and glyph n+1 is `glyphs[n]`, no repeats."""
        with _LOCK:  # The reader seeks in one shared buffer, and takes characters alone.
            original = self.source.charToGlyph
            self.source.charToGlyph = dict(enumerate(glyphs))
            try:
                return bytes(self.source.makeSubset(range(len(glyphs))))
            finally:
                self.source.charToGlyph = original

    def _blank_glyph(self) -> int:
        if self._blank is None:
            self._blank = len(self.source.hmetrics)
            self.source.hmetrics.append((0, 0))
            self.source.glyphPos.append(self.source.glyphPos[-1])
        return self._blank


def is_special(character: str) -> bool:
    """Whether a character needs more than its own glyph: marks, joiners, soft hyphens, controls."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc", "Mc", "Zl", "Zp")


@cache
def typeface(file: FontFile) -> Typeface:
    """The face in `file`, read once a process."""
    return Typeface(file)
