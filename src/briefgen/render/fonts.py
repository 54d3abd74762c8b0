"""Where fonts lie: those that come with us, and, for what they lack, the system's own.

Nothing here parses outlines. A system font is asked for its character map alone (OpenType 1.9,
`cmap` formats 4 and 12), and only when a character is found in none of our own.
"""

from __future__ import annotations

import importlib.util
import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from briefgen.errors import OutputError

Cut: TypeAlias = Literal["regular", "semibold", "italic", "semibold-italic"]

_PACKAGED: dict[Cut, tuple[tuple[str, str], ...]] = {
    "regular": (
        ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
        ("font_roboto", "Roboto-Regular.ttf"),
    ),
    "semibold": (
        ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
        ("font_roboto", "Roboto-Bold.ttf"),
    ),
    "italic": (
        ("font_source_sans_pro", "SourceSansPro-It.ttf"),
        ("font_roboto", "Roboto-Italic.ttf"),
    ),
    "semibold-italic": (
        ("font_source_sans_pro", "SourceSansPro-SemiboldIt.ttf"),
        ("font_roboto", "Roboto-BoldItalic.ttf"),
    ),
}

_SCALES = {"font_roboto": 0.93}
"""Roboto's small letters are taller: x-heights of 0.528 and 0.486 of the size."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A TrueType font: a file, and which one of a collection (.ttc), counted from 0."""

    path: Path
    index: int = 0
    scale: float = 1.0
    """What its type size is multiplied by to look as large as our first choice."""


@cache
def packaged_fonts(cut: Cut) -> tuple[FontFile, ...]:
    """Our own fonts for one cut, the first choice first."""
    return tuple(
        FontFile(_package_file(package, name), scale=_SCALES.get(package, 1.0))
        for package, name in _PACKAGED[cut]
    )


def _package_file(package: str, name: str) -> Path:
    # The packages are not imported: finding them is enough, and faster.
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "files" / name
        if path.is_file():
            return path
    raise OutputError(
        f"the font {name} is missing",
        hint=f"reinstall the package {package.replace('_', '-')}",
    )


@cache
def system_font_with(character: str) -> FontFile | None:
    """A system font that has `character`, or None. The search is in a fixed order.

    Only fonts with TrueType outlines count: bitmap and CFF fonts cannot be embedded here.
    """
    ordinal = ord(character)
    for file in _system_fonts():
        if any(first <= ordinal <= last for first, last in _ranges(file)):
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
    found: list[FontFile] = []
    for folder in _font_folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith((".ttf", ".ttc")):
                    path = Path(parent) / name
                    found.extend(FontFile(path, index) for index in range(_fonts_in(path)))
    return tuple(sorted(found, key=_preference))


def _preference(file: FontFile) -> tuple[int, int, str, str, int]:
    name = file.path.name.lower()
    rank = next((i for i, start in enumerate(_WELL_MADE) if name.startswith(start)), 99)
    plain = not any(word in name for word in ("bold", "italic", "oblique", "mono", "light", "thin"))
    return (0 if plain else 1, rank, name, str(file.path), file.index)


def _fonts_in(path: Path) -> int:
    if path.suffix.lower() != ".ttc":
        return 1
    try:
        with path.open("rb") as stream:
            head = stream.read(12)
        return min(int(struct.unpack(">L", head[8:12])[0]), 32) if head[:4] == b"ttcf" else 0
    except (OSError, struct.error):
        return 0


@cache
def _ranges(file: FontFile) -> tuple[tuple[int, int], ...]:
    """First and last of each run of characters that the font maps; none if it is unusable."""
    try:
        with file.path.open("rb") as stream:
            return tuple(_read_ranges(stream, file.index))
    except (OSError, struct.error, ValueError):
        return ()


def _read_ranges(stream: BinaryIO, index: int) -> Iterator[tuple[int, int]]:
    def read(offset: int, layout: str) -> tuple[int, ...]:
        stream.seek(offset)
        return struct.unpack(layout, stream.read(struct.calcsize(layout)))

    start = 0
    if stream.read(4) == b"ttcf":
        (start,) = read(12 + 4 * index, ">L")
    version, table_count = read(start, ">LH")
    if version not in (0x00010000, 0x74727565):
        return
    tables: dict[bytes, int] = {}
    for number in range(table_count):
        stream.seek(start + 12 + 16 * number)
        tag, _, offset, _ = struct.unpack(">4sLLL", stream.read(16))
        tables[tag] = offset
    if b"glyf" not in tables or b"cmap" not in tables:
        return
    cmap = tables[b"cmap"]
    _, subtables = read(cmap, ">HH")
    offsets: dict[tuple[int, int], int] = {}
    for number in range(subtables):
        platform, encoding, offset = read(cmap + 4 + 8 * number, ">HHL")
        offsets[platform, encoding] = cmap + offset
    # The embedding reader takes the last Windows table: ask the same one.
    chosen = [offset for (platform, _), offset in offsets.items() if platform == 3]
    if not chosen:
        return
    table = chosen[-1]
    (kind,) = read(table, ">H")
    if kind == 12:
        (groups,) = read(table + 12, ">L")
        flat = read(table + 16, f">{3 * groups}L")
        yield from zip(flat[0::3], flat[1::3], strict=True)
    elif kind == 4:
        segments = read(table + 6, ">H")[0] // 2
        ends = read(table + 14, f">{segments}H")
        starts = read(table + 16 + 2 * segments, f">{segments}H")
        yield from zip(starts, ends, strict=True)
