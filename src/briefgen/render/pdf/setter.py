"""Words to parts that can be set: which face, how wide, where a line may break.

The first face of a cut that has a character sets it, character by character; what no face has
is drawn as a box, keeps its text for copying and searching, and is counted for a warning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

from briefgen.render.fonts import Cut, packaged_fonts, system_font_with
from briefgen.render.pdf.breaks import pieces
from briefgen.render.pdf.typeface import LOOK_ALIKES, Typeface, is_special, typeface

Caps: TypeAlias = Literal["", "caps"]
REPLACEMENT = "\ufffd"
_CACHE_LIMIT = 100_000
"""Words remembered for one cut; a long-running app must not grow without end."""

_MOST_NAMED = 3
"""Characters of one script that warnings name one by one."""

_UNSHAPED = (
    (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1AAF), (0x1B00, 0x1C4F),
    (0xA800, 0xA82F), (0xA840, 0xA8FF), (0xA980, 0xA9DF), (0xAA00, 0xAADF), (0xABC0, 0xABFF),
)  # fmt: skip
"""Blocks of scripts whose letters change with their neighbours: unshaped they would be wrong."""


@dataclass(slots=True, eq=False)
class Part:
    """A run of characters in one face. `text` is set text: it may hold stand-ins."""

    text: str
    face: Typeface
    width: float
    """In thousandths of the type size."""
    breakable: bool
    """Whether a line may break before it (a space apart, which the caller knows of)."""
    hyphen: bool = False
    """Ends in a soft hyphen: shows one if the line breaks after it."""


@dataclass(slots=True)
class Lack:
    """What could not be set: how often, and where first."""

    count: int = 0
    place: str = ""


@dataclass(slots=True)
class Lacks:
    """Everything that could not be set in one document, in order of appearance."""

    place: str = ""
    """Where the setter is now, in words."""
    characters: dict[str, Lack] = field(default_factory=dict)
    scripts: dict[str, Lack] = field(default_factory=dict)

    def count(self, character: str) -> None:
        """Note one character that was not set."""
        script = unset_script(character)
        kept = self.scripts if script else self.characters
        lack = kept.setdefault(script or character, Lack(0, self.place))
        lack.count += 1

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each character or script; many of one script are named together."""
        groups: dict[str, list[str]] = {}
        for character in self.characters:
            groups.setdefault(_name(character).split(" ")[0], []).append(character)
        said: list[str] = []
        for name, characters in groups.items():
            if len(characters) > _MOST_NAMED:
                said.append(self._together(name, characters))
                continue
            said += [
                f"no font has U+{ord(character):04X} {_name(character)} "
                f"({_times(self.characters[character])}); a box stands in for it"
                for character in characters
            ]
        said += [
            f"{script} script cannot be set in PDF yet ({lack.count} "
            f"{'character' if lack.count == 1 else 'characters'}, first in {lack.place}); "
            "boxes stand in for it"
            for script, lack in self.scripts.items()
        ]
        return tuple(said)

    def _together(self, name: str, characters: list[str]) -> str:
        count = sum(self.characters[character].count for character in characters)
        named = ", ".join(f"U+{ord(character):04X}" for character in characters[:_MOST_NAMED])
        place = self.characters[characters[0]].place
        return (
            f"no font has {named} and {len(characters) - _MOST_NAMED} more {name} characters "
            f"({count} times, first in {place}); boxes stand in for them"
        )


def _times(lack: Lack) -> str:
    return f"{lack.count} {'time, in' if lack.count == 1 else 'times, first in'} {lack.place}"


def _name(character: str) -> str:
    return unicodedata.name(character, "(unnamed character)")


def unset_script(character: str) -> str:
    """The script's name if it cannot be set yet (right to left, or in need of shaping)."""
    code = ord(character)
    if unicodedata.category(character) != "Cf" and (
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or any(first <= code <= last for first, last in _UNSHAPED)
    ):
        name = unicodedata.name(character, "right-to-left")
        return name.split(" ")[0].removesuffix("-INDIC").capitalize()
    return ""


class Setter:
    """Sets words in one cut. Remembers every word it has seen."""

    def __init__(self, cut: Cut, caps: Caps = "") -> None:
        self.cut = cut
        self.caps = caps
        self.faces: list[Typeface] = [typeface(packaged_fonts(cut)[0])]
        self._unopened = list(packaged_fonts(cut)[1:])
        self.primary = self.faces[0]
        self.space = self.primary.widths[" "]
        self._words: dict[str, tuple[Part, ...]] = {}
        self._lacking: dict[str, str] = {}

    def parts(self, word: str, lacks: Lacks) -> tuple[Part, ...]:
        """The parts of a word without spaces. The first part says nothing about breaking."""
        parts, lacking = self.set_word(word)
        for character in lacking:
            lacks.count(character)
        return parts

    def set_word(self, word: str) -> tuple[tuple[Part, ...], str]:
        """The parts of a word, and those of its characters that could not be set."""
        found = self._words.get(word)
        if found is None:
            if len(self._words) >= _CACHE_LIMIT:
                self._words.clear()
                self._lacking.clear()
            found = self._words[word] = self._make(word)
        return found, self._lacking.get(word, "")

    def _make(self, word: str) -> tuple[Part, ...]:
        made: list[Part] = []
        lacking: list[str] = []
        widths = self.primary.widths
        for piece in pieces(word):
            hyphen = piece.endswith("\u00ad")
            if not self.caps:
                try:
                    width = sum(map(widths.__getitem__, piece))
                except KeyError:
                    pass
                else:
                    made.append(Part(piece, self.primary, width, bool(made), hyphen))
                    continue
            breakable = bool(made)
            spans = list(self._spans(piece, lacking))
            for number, (face, text) in enumerate(spans):
                last = number == len(spans) - 1
                part = Part(text, face, face.width(text), breakable, hyphen and last)
                made.append(part)
                breakable = False
        if lacking:
            self._lacking[word] = "".join(lacking)
        return tuple(made)

    def _spans(self, piece: str, lacking: list[str]) -> Iterator[tuple[Typeface, str]]:
        """Neighbours in the same face, joined."""
        face: Typeface | None = None
        text = ""
        for cluster in clusters(piece):
            for next_face, next_text in self._set(cluster, lacking):
                if next_face is face:
                    text += next_text
                else:
                    if face is not None:
                        yield face, text
                    face, text = next_face, next_text
        if face is not None:
            yield face, text

    def _set(self, cluster: str, lacking: list[str]) -> Iterator[tuple[Typeface, str]]:
        if len(cluster) > 1:
            # A letter with its marks: one composed glyph if a face has it, else marks laid over.
            composed = unicodedata.normalize("NFC", cluster)
            if len(composed) == 1 and (face := self._face_with(composed)):
                yield face, face.stand_in(composed, cluster)
                return
        base: Typeface | None = None
        for character in cluster:
            yield self._set_one(character, base, lacking)
            base = base or self._face_with(character)

    def _set_one(
        self, character: str, base: Typeface | None, lacking: list[str]
    ) -> tuple[Typeface, str]:
        if self.caps and len(character.upper()) == 1:
            face = self._face_with(character.upper())
            if face is not None and character.upper() != character:
                return face, face.stand_in(character.upper(), character)
        if unset_script(character):
            return self._replace(character, lacking)
        if is_special(character):
            return self._set_special(character, base, lacking)
        face = self._face_with(character)
        if face is not None:
            if face.sets(character):
                return face, character
            return face, face.stand_in(character, character)
        alike = LOOK_ALIKES.get(character)
        if alike is not None and (face := self._face_with(alike)):
            return face, face.stand_in(alike, character)
        return self._replace(character, lacking)

    def _set_special(
        self, character: str, base: Typeface | None, lacking: list[str]
    ) -> tuple[Typeface, str]:
        category = unicodedata.category(character)
        if category == "Cc":
            return self._replace(character, lacking)
        if category in ("Cf", "Zl", "Zp") or 0xFE00 <= ord(character) <= 0xFE0F:
            # Nothing to see, but it must still be there when the text is copied.
            face = base or self.primary
            return face, face.stand_in("", character)
        own = base if base is not None and character in base else self._face_with(character)
        if own is None:
            return self._replace(character, lacking)
        return own, own.stand_in(character, character)

    def _replace(self, character: str, lacking: list[str]) -> tuple[Typeface, str]:
        lacking.append(character)
        face = self._face_with(REPLACEMENT) or self.primary
        drawn = REPLACEMENT if REPLACEMENT in face else "?"
        return face, face.stand_in(drawn, character)

    def _face_with(self, character: str) -> Typeface | None:
        # System faces are not kept among these: what one document opened must not change
        # which face the next one gets.
        for face in self.faces:
            if character in face:
                return face
        while self._unopened:
            face = typeface(self._unopened.pop(0))
            self.faces.append(face)
            if character in face:
                return face
        return self._system_face(character)

    def _system_face(self, character: str) -> Typeface | None:
        if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs"):
            return None
        if character in LOOK_ALIKES or 0xFE00 <= ord(character) <= 0xFE0F:
            return None
        file = system_font_with(character)
        if file is None:
            return None
        try:
            face = typeface(file)
        except (OSError, ValueError):  # FontError is one
            return None
        return face if character in face and face.can_be_embedded(character) else None


def clusters(text: str) -> Iterator[str]:
    """`text` in user-perceived characters, near enough (UAX 29): a base and what clings to it."""
    start = 0
    for index in range(1, len(text)):
        if not (_clings(text[index]) or text[index - 1] == "\u200d"):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _clings(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or character == "\u200d"


@cache
def setter(cut: Cut, caps: Caps = "") -> Setter:
    """The setter of a cut, one a process: its faces and words serve every document."""
    return Setter(cut, caps)


def soft_hyphen(face: Typeface) -> str:
    """A visible hyphen at a line's end, whose text is still the soft hyphen."""
    return face.stand_in("-", "\u00ad")
