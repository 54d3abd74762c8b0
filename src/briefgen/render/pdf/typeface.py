"""A TrueType face as the setter sees it: advance widths by character, and stand-in characters.

What a face has beyond its font are *stand-ins*: single characters from a private plane that mean
"this glyph, this width, this text when copied". With them a composed letter, a small capital, a
zero-width joiner or the box for a missing character is one character like any other to the line
breaker, and comes out of the page literally.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import RLock

from briefgen.render.fonts import FontFile
from briefgen.render.truetype import BLANK, TrueType

NO_BREAK_SPACES = "\u00a0\u202f"
LOOK_ALIKES = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u02bc": "’",
    "\u2007": " ", "\u202f": " ",
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " "),
}  # fmt: skip
"""What to draw for a character that the face lacks, where the eye would not tell."""
_FIRST_STAND_IN = 0xF0000
_LOCK = RLock()


class _Widths(dict[str, float]):
    """Of the characters that can be set just as they are, in thousandths of the size asked for."""

    def __init__(self, font: TrueType, scale: float) -> None:
        super().__init__()
        self._font = font
        self._scale = scale
        self._thousandths = 1000 / font.units_per_em

    def __missing__(self, character: str) -> float:
        code = ord(character)
        glyph = _glyph(self._font, code)
        if not glyph or code >= _FIRST_STAND_IN or is_special(character):
            raise KeyError(character)
        width = self._font.advance(glyph) * self._thousandths * self._scale
        self[character] = width
        return width


class Typeface:
    """One face of one font file. Widths are in thousandths of the type size.

    A fallback face is set at `scale` times the size asked for, to look as large as its neighbours.
    """

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.scale = file.scale
        self.font = TrueType(file.path.read_bytes(), file.index)
        self.widths: dict[str, float] = _Widths(self.font, file.scale)
        """Of the characters that can be set just as they are, scaled; `KeyError` for others."""
        self.thousandths = 1000 / self.font.units_per_em
        """What lengths in the font's units are multiplied by."""
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._stand_in_width: dict[str, float] = {}
        self._stand_in_meaning: dict[int, tuple[int, str]] = {}
        self._meanings: dict[int, tuple[int, float, str]] = {}

    def __contains__(self, character: str) -> bool:
        return self._glyph(ord(character)) > 0

    def sets(self, character: str) -> bool:
        """Whether it can set a character just as it is, with no stand-in."""
        try:
            self.widths[character]
        except KeyError:
            return False
        return True

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
                glyph = self._glyph(ord(drawn)) if drawn else BLANK
                self._stand_in_width[found] = self._advance(glyph) * self.scale
                self._stand_in_meaning[ord(found)] = (glyph, text)
                self._stand_ins[key] = found
        return found

    def meaning(self, code: int) -> tuple[int, float, str]:
        """Glyph number, width (as the font has it, unscaled) and text of one set character."""
        found = self._meanings.get(code)
        if found is None:
            found = self._meanings[code] = self._meaning(code)
        return found

    def _meaning(self, code: int) -> tuple[int, float, str]:
        if code in self._stand_in_meaning:
            glyph, text = self._stand_in_meaning[code]
        else:
            glyph, text = self._glyph(code), chr(code)
            if text in NO_BREAK_SPACES:
                # Searching for "600 MW" should find it, whatever holds the line together.
                text = " "
        return glyph, self._advance(glyph), text

    def _glyph(self, code: int) -> int:
        return _glyph(self.font, code)

    def _advance(self, glyph: int) -> float:
        return self.font.advance(glyph) * self.thousandths


def _glyph(font: TrueType, code: int) -> int:
    # A no-break space is as wide as a space, whatever the font says.
    return (code == 0xA0 and font.characters.glyph(0x20)) or font.characters.glyph(code)


def is_special(character: str) -> bool:
    """Whether a character needs more than its own glyph: marks, joiners, soft hyphens, controls."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc", "Mc", "Zl", "Zp")


@cache
def typeface(file: FontFile) -> Typeface:
    """The face in `file`, read once a process."""
    return Typeface(file)
