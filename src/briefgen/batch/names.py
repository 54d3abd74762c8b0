"""Names of jobs, which become names of files: safe on every system, and none twice."""

from __future__ import annotations

import re
import unicodedata

from briefgen.patterns import lazy_pattern

MAX_NAME_BYTES = 200
"""Longest name: with a suffix under the 255 bytes or UTF-16 units that file systems take."""

_RESERVED = lazy_pattern(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, whatever suffix follows (Microsoft, "Naming Files")."""

_FORBIDDEN = '/\\:*?"<>|'
"""What separates folders or cannot stand in a file's name somewhere."""


def fault_of_name(name: str) -> tuple[str, str] | None:
    """What keeps `name` from naming files, and what to do; None for a good one.

    A good name stays in its folder, means a file and not a device, and reads the same on Linux,
    macOS and Windows.
    """
    if not name.strip():
        return "the name is empty", "name the job: its files are called after it"
    bad = next((c for c in name if c in _FORBIDDEN), None)
    if bad is not None:
        return (
            f"the name {_shown(name)} has a {bad!r}",
            "a name is one file's, in the output folder: use letters, digits and . _ -",
        )
    if any(not c.isprintable() for c in name):
        return f"the name {_shown(name)} has a character that cannot be seen", "remove it"
    if name != name.strip():
        return f"the name {_shown(name)} begins or ends with a blank", "remove it"
    if name.startswith("."):
        return f"the name {_shown(name)} begins with a dot", "begin it with a letter or digit"
    if name.startswith("~"):
        return f"the name {_shown(name)} begins with a tilde", "begin it with a letter or digit"
    if _RESERVED.fullmatch(name):
        return f"the name {_shown(name)} is reserved on Windows", "choose another"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return f"the name {_shown(name)} is too long", f"at most {MAX_NAME_BYTES} bytes"
    return None


def same_file(name: str) -> str:
    """What two file names have in common that some file system takes for one.

    macOS and Windows ignore case, macOS also how letters and accents are put together: the
    canonical caseless match of Unicode (chapter 3, D145).
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return unicodedata.normalize("NFD", folded)


def as_name(text: str) -> str:
    """`text` as a name: letters and their accents in the form in which people type them (NFC)."""
    return unicodedata.normalize("NFC", text)


def _shown(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:57] + "...")
