"""A TrueType face as the setter and the page see it: advance widths, and *stand-ins*.

Stand-ins are single characters from a private plane that mean "this glyph, this width, this text
when copied". With them a composed letter, a small capital or the box for a missing character is
one character like any other to the line breaker, and is copied from the page as it was written.
A stand-in may also draw nothing (a zero-width joiner): see `Typeface.blanks`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import RLock

from briefgen.render.fonts import FontFile
from briefgen.render.truetype import read_font

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

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> float:
        if character not in self._typeface or is_special(character):
            raise KeyError(character)
        width = self[character] = self._typeface.width_of(ord(character))
        return width


class Typeface:
    """One face of one font file. Widths are in thousandths of the type size.

    A fallback face is set at `scale` times the size asked for, to look as large as its neighbours.
    """

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.scale = file.scale
        self.font = read_font(file.path.read_bytes(), file.index, f"{file.path}#{file.index}")
        """ReportLab's font: it knows the stand-ins, too."""
        self.widths: dict[str, float] = _Widths(self)
        """Of the characters that can be set just as they are, scaled; `KeyError` for others."""
        self.blanks: set[str] = set()
        """Stand-ins that draw nothing: the page must say what they mean (ActualText)."""
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._texts: dict[str, str] = {}

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        return code < _FIRST_STAND_IN and bool(self.font.face.charToGlyph.get(code))

    def sets(self, character: str) -> bool:
        """Whether it can set a character just as it is, with no stand-in."""
        try:
            self.widths[character]
        except KeyError:
            return False
        return True

    def width_of(self, code: int) -> float:
        """The advance width of one character or stand-in."""
        return float(self.font.face.charWidths.get(code, 0.0)) * self.scale

    def width(self, text: str) -> float:
        """The advance width of set text, stand-ins included."""
        try:
            return sum(map(self.widths.__getitem__, text))
        except KeyError:
            return sum(map(self.width_of, map(ord, text)))

    def stand_in(self, drawn: str, text: str) -> str:
        """A character that is drawn as `drawn` (empty: nothing, no width) and copied as `text`."""
        with _LOCK:
            found = self._stand_ins.get((drawn, text))
            if found is None:
                code = _FIRST_STAND_IN + len(self._stand_ins)
                found = self._stand_ins[drawn, text] = chr(code)
                self._texts[found] = text
                if drawn:
                    face = self.font.face
                    face.charToGlyph[code] = face.charToGlyph[ord(drawn)]
                    face.charWidths[code] = face.charWidths[ord(drawn)]
                else:
                    self.blanks.add(found)
        return found

    def text(self, set_text: str) -> str:
        """What set text says when it is copied.

        Searching for "600 MW" should find it, whatever holds the line together.
        """
        return "".join(
            " " if character in NO_BREAK_SPACES else self._texts.get(character, character)
            for character in set_text
        )

    def can_be_embedded(self, character: str) -> bool:
        """Whether the font's outlines are sound as far as `character` needs them."""
        try:
            self.font.face.makeSubset([0, ord(character)])
        except Exception:  # whatever a damaged file makes ReportLab stumble over
            return False
        return True


def is_special(character: str) -> bool:
    """Whether a character needs more than its own glyph: marks, joiners, soft hyphens, controls."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc", "Mc", "Zl", "Zp")


@cache
def typeface(file: FontFile) -> Typeface:
    """The face in `file`, read once a process. Raises `FontError` and `OSError`."""
    return Typeface(file)
