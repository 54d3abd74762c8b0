"""The pages that people read, as tests see them: fenced blocks, headings, tables, links.

A fenced block's info string says what becomes of it:

- `console`: commands after `$ `, what they print below; a line `...` stands for any lines, `…` for
  anything within a line
- `sh`: commands that are not run; those of ours must parse, `make` targets must exist
- `yaml KIND [FILE]`: a whole file of that kind, read by its reader, and saved as FILE if named
- `yaml faulty FILE`: saved, to be found fault with by a command below
- `json`: must be JSON
- anything else is to be looked at; with a FILE behind it, as `csv FILE`, it is saved for the
  commands below
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
)

_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEYS = re.compile(r"<!-- keys: ([\w. -]+) -->\n\n?((?:\|.*\n)+)")


@dataclass(frozen=True)
class Fence:
    """A fenced block."""

    page: Path
    line: int
    info: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def fences(page: Path) -> list[Fence]:
    """Every fenced block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Fence(page, text.count("\n", 0, match.start()) + 1, tuple(match[1].split()), match[2])
        for match in _FENCE.finditer(text)
    ]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def headings(page: Path) -> list[str]:
    """The page's headings, without their marks."""
    return re.findall(r"^#{1,6} +(.+?) *$", prose(page), re.MULTILINE)


def slug(heading: str) -> str:
    """The anchor that a heading gets where pages like these are shown."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower().replace("`", ""))
    return kept.replace(" ", "-")


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above; fences included."""
    text = page.read_text(encoding="utf-8")
    found = re.search(rf"^(#+) {re.escape(heading)} *$\n", text, re.MULTILINE)
    assert found, f"{page.name} has no heading {heading!r}"
    rest = text[found.end() :]
    # A comment in a fenced block looks like a heading.
    unfenced = _FENCE.sub(lambda fence: "." * len(fence[0]), rest)
    end = re.search(rf"^#{{1,{len(found[1])}}} ", unfenced, re.MULTILINE)
    return rest[: end.start()] if end else rest


def key_tables() -> dict[str, set[str]]:
    """What the tables marked `<!-- keys: NAME -->` list in their first column, by name."""
    tables: dict[str, set[str]] = {}
    for page in PAGES:
        for name, table in _KEYS.findall(page.read_text(encoding="utf-8")):
            assert name not in tables, f"two tables of the keys of {name}"
            cells = [line.split("|")[1] for line in table.splitlines()[2:]]
            tables[name] = {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}
    return tables
