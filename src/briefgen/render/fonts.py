"""Where fonts lie: those that come with us, and, for what they lack, the system's own.

A system font is asked for its character map, and only when a character is found in none of ours.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from briefgen.errors import OutputError
from briefgen.render.font_cache import keep, kept
from briefgen.shipped import shipped_fonts
from briefgen.values import valueclass

Cut: TypeAlias = Literal["regular", "semibold", "italic", "semibold-italic"]

_CARRIED: dict[Cut, tuple[str, str]] = {
    "regular": ("source-sans-pro/SourceSansPro-Regular.ttf", "roboto/Roboto-Regular.ttf"),
    "semibold": ("source-sans-pro/SourceSansPro-Semibold.ttf", "roboto/Roboto-Bold.ttf"),
    "italic": ("source-sans-pro/SourceSansPro-It.ttf", "roboto/Roboto-Italic.ttf"),
    "semibold-italic": (
        "source-sans-pro/SourceSansPro-SemiboldIt.ttf",
        "roboto/Roboto-BoldItalic.ttf",
    ),
}

_SCALES = {"roboto": 0.93}
"""Roboto's small letters are taller: x-heights of 0.528 and 0.486 of the size."""


@valueclass(frozen=True, slots=True)
class FontFile:
    """A TrueType font: a file, and which one of a collection (.ttc), counted from 0."""

    path: Path
    index: int = 0
    scale: float = 1.0
    """What its type size is multiplied by to look as large as our first choice."""
    ours: bool = False
    """Whether it comes with us."""


@cache
def packaged_fonts(cut: Cut) -> tuple[FontFile, ...]:
    """Our own fonts for one cut, the first choice first.

    Raises `OutputError` where one of them is missing.
    """
    found = []
    for name in _CARRIED[cut]:
        path = shipped_fonts() / name
        if not path.is_file():
            raise OutputError(f"the font {path.name} is missing", hint="install briefgen again")
        family = name.partition("/")[0]
        found.append(FontFile(path, scale=_SCALES.get(family, 1.0), ours=True))
    return tuple(found)


@cache
def system_font_with(character: str) -> FontFile | None:
    """A system font that has `character`, or None. The search is in a fixed order.

    Only fonts with TrueType outlines count: bitmap and CFF fonts cannot be embedded here.
    """
    ordinal = ord(character)
    for file in _system_fonts():
        if ordinal in _characters(file):
            return file
    return None


def _font_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        if local := os.environ.get("LOCALAPPDATA"):
            yield Path(local) / "Microsoft" / "Windows" / "Fonts"
    elif sys.platform == "darwin":
        yield Path("/System/Library/Fonts")
        yield Path("/Library/Fonts")
        yield home / "Library" / "Fonts"
    else:
        yield Path("/usr/share/fonts")
        yield Path("/usr/local/share/fonts")
        yield Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "fonts"
        yield home / ".fonts"


_WELL_MADE = ("notosans-", "notosans", "segoeui", "arialuni", "arial", "dejavusans.", "dejavusans")
"""Beginnings of file names to try first: upright sans serifs with many scripts."""


@cache
def _system_fonts() -> tuple[FontFile, ...]:
    return tuple(sorted(_font_files((".ttf", ".ttc")), key=_preference))


def _font_files(suffixes: tuple[str, ...]) -> tuple[FontFile, ...]:
    """Font files with these endings, in the order of their paths."""
    found: list[FontFile] = []
    for folder in _font_folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith(suffixes):
                    path = Path(parent) / name
                    found.extend(FontFile(path, index) for index in range(_fonts_in(path)))
    return tuple(sorted(found, key=lambda file: (str(file.path), file.index)))


def _preference(file: FontFile) -> tuple[int, int, str, str, int]:
    name = file.path.name.lower()
    rank = next((i for i, start in enumerate(_WELL_MADE) if name.startswith(start)), 99)
    plain = not any(word in name for word in ("bold", "italic", "oblique", "mono", "light", "thin"))
    return (0 if plain else 1, rank, name, str(file.path), file.index)


def _fonts_in(path: Path) -> int:
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 1
    try:
        with path.open("rb") as stream:
            head = stream.read(12)
        return min(int(struct.unpack(">L", head[8:12])[0]), 32) if head[:4] == b"ttcf" else 0
    except (OSError, struct.error):
        return 0


@cache
def _characters(file: FontFile) -> frozenset[int]:
    """The code points that the font has; none if it is unusable. They are read once and kept."""
    known = kept(file, "characters")
    if known is not None:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            return frozenset(map(int, known["characters"]))
    from briefgen.render.truetype import FontError, characters_of  # it loads ReportLab

    try:
        made = characters_of(file.path.read_bytes(), file.index)
    except OSError:
        return frozenset()
    except FontError:
        made = frozenset()
    keep(file, "characters", {"characters": sorted(made)})
    return made


@cache
def system_font_files() -> tuple[FontFile, ...]:
    """Every font file of the system, OpenType's with PostScript outlines too, in a fixed order."""
    return _font_files((".ttf", ".ttc", ".otf", ".otc"))
