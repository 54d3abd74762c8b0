"""What is read from a bibliography, and which formats there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from briefgen.errors import InputError, Origin, UsageError, line_cut
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import did_you_mean
from briefgen.values import valueclass

Format = Literal["biblatex", "bibtex", "ris", "csl.json", "yaml"]

FORMAT_NAMES: Mapping[str, Format] = {
    "bib": "biblatex",
    "biblatex": "biblatex",
    "bibtex": "bibtex",
    "ris": "ris",
    "csl.json": "csl.json",
    "yaml": "yaml",
}
"""What people call the formats. `bib` is BibLaTeX, which has places for most of CSL."""

_SUFFIXES: Mapping[str, Format] = {
    ".bib": "biblatex",
    ".biblatex": "biblatex",
    ".bibtex": "bibtex",
    ".ris": "ris",
    ".json": "csl.json",
    ".yaml": "yaml",
    ".yml": "yaml",
}

Item = dict[str, Any]
"""A CSL item as in sources.yaml, without `id`: texts, names, dates as EDTF text or an object."""


@valueclass(frozen=True, slots=True)
class Leftovers:
    """The variables of a source that a format does not bring back as they are."""

    lines: tuple[str, ...] = ()
    """They go into lines of the note."""
    hidden: frozenset[str] = frozenset()
    """Those of them that get no field besides, because it would be read as something else."""


NOTHING_LEFT = Leftovers()


@valueclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography."""

    key: str
    """What the entry is called there; empty where it has no name."""
    item: Mapping[str, Any]
    place: Origin
    fault: str = ""
    """Why the entry cannot be used; `item` is then empty."""
    notes: tuple[str, ...] = ()
    """What was left out or changed in reading it."""

    def __post_init__(self) -> None:
        # They quote what was met, which may be a word of a million letters.
        object.__setattr__(self, "fault", line_cut(self.fault))
        object.__setattr__(self, "notes", tuple(map(line_cut, self.notes)))

    @property
    def name(self) -> str:
        """How messages call it: its key, else its title, else nothing."""
        return self.key or str(self.item.get("title") or "")


@valueclass(frozen=True, slots=True)
class Bibliography:
    """A bibliography as read, in its order."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    """What is to be told about the whole file."""


def format_named(name: str) -> Format:
    """The format that `name` means. Raises `UsageError` for any other."""
    found = FORMAT_NAMES.get(name.strip().lower().lstrip("."))
    if found is None:
        raise UsageError(
            f"{name!r} is no format of bibliographies",
            hint=did_you_mean(name, tuple(FORMAT_NAMES)) or f"choose {', '.join(FORMAT_NAMES)}",
        )
    return found


_LOOKS: tuple[tuple[Format, Any], ...] = (
    ("csl.json", lazy_pattern(r"\s*(\[\s*(\{|\])|\{\s*\")")),
    ("ris", lazy_pattern(r"(?m)^\s*TY {1,2}- ?\w")),
    ("biblatex", lazy_pattern(r"(?m)^\s*@\s*[A-Za-z]+\s*[{(]")),
    ("yaml", lazy_pattern(r"(?m)^(references:|\s*- (id|type|title): )")),
)


def format_of(file: Path, text: str) -> Format:
    """A file's format by its suffix, else by what stands in it. Raises `InputError`."""
    by_suffix = _SUFFIXES.get(file.suffix.lower())
    if by_suffix is not None:
        return by_suffix
    for name, looks in _LOOKS:
        if looks.search(text, 0, 100_000) if name != "csl.json" else looks.match(text):
            return name
    raise InputError(
        "this is no bibliography that briefgen knows",
        hint="it reads BibTeX and BibLaTeX (.bib), RIS, CSL-JSON and CSL-YAML; "
        "say which with --format if it is one of these",
        origin=Origin(str(file)),
    )
