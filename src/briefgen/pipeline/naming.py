"""What the files of a brief are called, and which files an `--out` means."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from briefgen.brief.spec.model import OutputFormat
from briefgen.errors import UsageError
from briefgen.folders import at_home
from briefgen.patterns import lazy_pattern
from briefgen.render import FORMATS, format_of_suffix

BRIEF_SUFFIX = ".brief.yaml"

MAX_SLUG_BYTES = 80
"""Longest slug: short enough to read, and under every file system's limit with a suffix."""

# Names that Windows keeps for devices, whatever their suffix.
_RESERVED = lazy_pattern(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)

_LIKE_A_FILE = lazy_pattern(r"\.[a-z][a-z0-9]{0,5}")
"""`.doc` or `.rtf` would be a strange folder; `reports-2026.11` is none."""


def slug(title: str) -> str:
    """`title` as a file name without suffix: lower-case letters and digits of any script, with
    hyphens between. Never empty, never a name that Windows reserves.
    """
    text = unicodedata.normalize("NFC", title).lower()
    kept = "".join(
        c if c.isalnum() or unicodedata.category(c).startswith("M") else "-" for c in text
    )
    words = [word for word in kept.split("-") if word]
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer.encode()) > MAX_SLUG_BYTES:
            break
        name = longer
    if not name and words:  # one endless word, or a script without spaces
        name = words[0].encode()[:MAX_SLUG_BYTES].decode("utf-8", "ignore")
    if not name:
        return "brief"
    return f"{name}-brief" if _RESERVED.fullmatch(name) else name


def stem_of(brief_file: Path) -> str:
    """`energy` for `energy.brief.yaml`; any other name without its last suffix."""
    name = brief_file.name
    if name.lower().endswith(BRIEF_SUFFIX) and len(name) > len(BRIEF_SUFFIX):
        return name[: -len(BRIEF_SUFFIX)]
    return brief_file.stem


def plan_files(
    out: str | None,
    formats: Sequence[OutputFormat] | None,
    default: Sequence[OutputFormat],
    name: str,
) -> dict[OutputFormat, Path]:
    """Which file each format goes to.

    `out` is a file (its suffix is the format), a folder, or None for here; `formats` what was
    asked for by flag, else `default`; `name` the files' name without suffix. Raises `UsageError`
    when `out` and `formats` do not agree.
    """
    if out is None:
        return _in_folder(Path(), formats or default, name)
    if not out:
        raise UsageError("--out: the path is empty", hint="name a file or a folder")
    if out == "-":
        raise UsageError(
            "--out: writing to standard output is not built yet",
            hint="name a file or a folder; ./- is a folder called -",
        )
    path = at_home(out)
    if out.endswith((os.sep, os.altsep or os.sep)) or path.is_dir():
        return _in_folder(path, formats or default, name)
    meant = format_of_suffix(path.suffix)
    if meant is not None:
        return _as_file(path, cast(OutputFormat, meant.name), formats)
    if path.exists() or _LIKE_A_FILE.fullmatch(path.suffix.lower()):
        raise UsageError(
            f"--out: {path} names a file, but its suffix is not a format",
            hint=f"end it in {', '.join(known.suffix for known in FORMATS.values())}, "
            "or name a folder (a new one with / at its end)",
        )
    return _in_folder(path, formats or default, name)


def _as_file(
    path: Path, found: OutputFormat, formats: Sequence[OutputFormat] | None
) -> dict[OutputFormat, Path]:
    if formats is not None and tuple(formats) != (found,):
        asked = ",".join(formats)
        raise UsageError(
            f"--out: {path} is a {found} file, but --format asks for {asked}",
            hint="leave one of the two out, or name a folder",
        )
    return {found: path}


def _in_folder(
    folder: Path, formats: Sequence[OutputFormat], name: str
) -> dict[OutputFormat, Path]:
    return {each: folder / f"{name}.{each}" for each in dict.fromkeys(formats)}
