"""A TrueType face as the setter and the page see it: advance widths, and *stand-ins*.

Stand-ins are single characters from a private plane that mean "this glyph, this width, this text
when copied". With them a composed letter, a small capital or the box for a missing character is
one character like any other to the line breaker, and is copied from the page as it was written.
A stand-in may also draw nothing (a zero-width joiner): see `Typeface.blanks`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property
from threading import RLock
from typing import TYPE_CHECKING

from briefgen.render.advances import keep_advances, kept_advances
from briefgen.render.fonts import FontFile

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

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
        width = self[character] = self._typeface.width_of(character)
        return width


class Typeface:
    """One face of one font file. Widths are in thousandths of the type size.

    A fallback face is set at `scale` times the size asked for, to look as large as its neighbours.
    """

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.scale = file.scale
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._meant: dict[str, tuple[str, str]] = {}
        """What each stand-in draws, and says."""
        self.blanks: set[str] = set()
        """Stand-ins that draw nothing: the page must say what they mean (ActualText)."""
        advances = kept_advances(file.path) if file.ours else None
        if advances is None:
            face = self.font.face
            advances = {c: face.charWidths[c] for c, glyph in face.charToGlyph.items() if glyph}
            if file.ours:
                keep_advances(file.path, advances)
        self._advances = advances
        """Of the font's characters, unscaled."""
        self.widths: dict[str, float] = _Widths(self)
        """Of the characters that can be set just as they are, scaled; `KeyError` for others."""

    @cached_property
    def font(self) -> TTFont:
        """ReportLab's font, which knows the stand-ins, too."""
        from briefgen.render.truetype import read_font  # ReportLab: only to draw

        file = self.file
        name = f"{file.path}#{file.index}"
        font = read_font(file.path.read_bytes(), file.index, name, ours=file.ours)
        with _LOCK:
            for stand_in in self._meant:
                self._tell(font, stand_in)
        return font

    def _tell(self, font: TTFont, stand_in: str) -> None:
        drawn, _ = self._meant[stand_in]
        if drawn:
            font.face.charToGlyph[ord(stand_in)] = font.face.charToGlyph[ord(drawn)]
            font.face.charWidths[ord(stand_in)] = font.face.charWidths[ord(drawn)]

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._advances

    def sets(self, character: str) -> bool:
        """Whether it can set a character just as it is, with no stand-in."""
        try:
            self.widths[character]
        except KeyError:
            return False
        return True

    def width_of(self, character: str) -> float:
        """The advance width of one character or stand-in."""
        drawn, _ = self._meant.get(character, (character, ""))
        return self._advances.get(ord(drawn), 0.0) * self.scale if drawn else 0.0

    def width(self, text: str) -> float:
        """The advance width of set text, stand-ins included."""
        try:
            return sum(map(self.widths.__getitem__, text))
        except KeyError:
            return sum(map(self.width_of, text))

    def stand_in(self, drawn: str, text: str) -> str:
        """A character that is drawn as `drawn` (empty: nothing, no width) and copied as `text`."""
        with _LOCK:
            found = self._stand_ins.get((drawn, text))
            if found is None:
                found = chr(_FIRST_STAND_IN + len(self._stand_ins))
                self._stand_ins[drawn, text] = found
                self._meant[found] = (drawn, text)
                if not drawn:
                    self.blanks.add(found)
                if "font" in self.__dict__:  # it was read before
                    self._tell(self.font, found)
        return found

    def text(self, set_text: str) -> str:
        """What set text says when it is copied.

        Searching for "600 MW" should find it, whatever holds the line together.
        """
        return "".join(
            " " if character in NO_BREAK_SPACES else self._meant.get(character, ("", character))[1]
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
