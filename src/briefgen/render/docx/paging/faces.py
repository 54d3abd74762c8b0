"""The typefaces that a document asks for, as this machine has them.

A document names families; which file sets them is for the machine to say. Where it lacks a family,
its own substitute is measured, which is what a word processor on it would show. Such a face is not
`exact`: elsewhere the same document may be set in the real one.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from briefgen.render.font_measures import FontMeasures, measures_of, names_of
from briefgen.render.fonts import FontFile, packaged_fonts, system_font_files, system_font_with
from briefgen.whole_numbers import whole_number

_SAME_WIDTHS: Mapping[str, tuple[str, ...]] = {
    "arial": ("liberation sans", "arimo"),
    "helvetica": ("liberation sans", "arimo", "arial", "nimbus sans"),
    "times new roman": ("liberation serif", "tinos"),
    "courier new": ("liberation mono", "cousine"),
    "calibri": ("carlito",),
    "cambria": ("caladea",),
    "georgia": ("gelasio",),
}
"""Families made to the measures of another: with them lines end where they do with the other."""
_SECONDS = 10


@dataclass(slots=True, eq=False)
class Face:
    """One cut of a family, measured."""

    family: str
    measures: FontMeasures
    exact: bool
    """Whether it is of the family that was asked for, or made to its measures."""
    joins: bool = False
    """Whether letters are joined where the font has a sign for them: LibreOffice does that, Word
    only where it is asked to."""
    _widths: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """The width of `text` in ems, its letters side by side."""
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) > 50_000:
                self._widths.clear()
            known = sum(map(self._advance, text))
            if self.joins:
                known -= self._saved(text)
            self._widths[text] = known
        return known

    def _saved(self, text: str) -> float:
        """By how much ligatures make `text` narrower."""
        ligatures = self.measures.ligatures
        longest = max(map(len, ligatures), default=0)
        saved, place = 0.0, 0
        while place < len(text) - 1:
            for length in range(min(longest, len(text) - place), 1, -1):
                letters = text[place : place + length]
                if letters in ligatures:
                    saved += sum(map(self._advance, letters)) - ligatures[letters]
                    place += length - 1
                    break
            place += 1
        return saved

    def _advance(self, character: str) -> float:
        known = self._widths.get(character)
        if known is None:
            known = 0.0
            if character not in _UNSEEN:
                advance = self.measures.advances.get(ord(character))
                known = self._elsewhere(character) if advance is None else advance
            self._widths[character] = known
        return known

    def _elsewhere(self, character: str) -> float:
        """The advance of a character that the face lacks, from a font that has it."""
        alike = _ALIKE.get(character)
        if alike is not None:
            return self.width(alike)
        file = system_font_with(character)
        found = measures_of(file) if file is not None else None
        return found.advances.get(ord(character), 0.5) if found is not None else 0.5


_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters without a width, whatever a font says of them."""
_ALIKE = {"\u2011": "-", "\u00a0": " ", "\u202f": "\u2009"}
"""What is set for a character that few fonts have."""


@cache
def face(family: str, bold: bool, italic: bool) -> Face:
    """The face that this machine sets `family` in."""
    for file, found in _matches(family, bold, italic):
        measures = measures_of(file)
        if measures is not None:
            return Face(family, measures, _is(found, family), joins=bool(_fontconfig()))
    cut = "semibold" if bold else "regular"
    measures = measures_of(packaged_fonts("semibold-italic" if bold and italic else
                                          "italic" if italic else cut)[0])  # fmt: skip
    assert measures is not None  # those come with us
    return Face(family, measures, False)


def _is(found: Sequence[str], family: str) -> bool:
    wanted = family.lower()
    return any(name == wanted or name in _SAME_WIDTHS.get(wanted, ()) for name in found)


def _matches(family: str, bold: bool, italic: bool) -> Iterator[tuple[FontFile, Sequence[str]]]:
    """Files that could set the family, best first, with the names of theirs, in small letters."""
    asked = _asked_of_fontconfig(family, bold, italic)
    if asked is not None:
        yield asked
        return
    wanted = family.lower()
    for name in (wanted, *_SAME_WIDTHS.get(wanted, ())):
        cuts = _installed().get(name)
        if cuts:
            cut = min(cuts, key=lambda c: ((c[0] != bold) + (c[1] != italic), c[0], c[1]))
            yield cuts[cut], (name,)


@cache
def _fontconfig() -> str:
    """The program that says which font Linux programs would take; empty where there is none."""
    return shutil.which("fc-match") or ""


def _asked_of_fontconfig(
    family: str, bold: bool, italic: bool
) -> tuple[FontFile, Sequence[str]] | None:
    program = _fontconfig()
    if not program:
        return None
    plain = "".join(f"\\{c}" if c in "\\-:,=" else c for c in family if c.isprintable())
    weight, slant = ("bold" if bold else "regular"), (100 if italic else 0)
    pattern = f"{plain}:lang=en:weight={200 if weight == 'bold' else 80}:slant={slant}"
    try:
        said = subprocess.run(
            [program, "--format=%{file}\n%{index}\n%{family}\n", "--", pattern],
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return None
    path, index, names = [*said.split("\n"), "", "", ""][:3]
    if not path:
        return None
    number = whole_number(index, 0) & 0xFFFF
    return FontFile(Path(path), number), tuple(name.lower() for name in names.split(","))


@cache
def _installed() -> Mapping[str, Mapping[tuple[bool, bool], FontFile]]:
    """Every family that is installed, in small letters: whether bold and italic, to the file."""
    found: dict[str, dict[tuple[bool, bool], FontFile]] = {}
    for file in system_font_files():
        named = names_of(file)
        if named is not None:
            for family in named.families:
                found.setdefault(family.lower(), {}).setdefault((named.bold, named.italic), file)
    return found
