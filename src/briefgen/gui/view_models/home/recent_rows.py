"""What the start page and menus say of briefs and bases that were open before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefgen.gui.view_models.home.remembered import RecentBase, RecentBrief
from briefgen.gui.view_models.words import below_home, counted, moment_in_words


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A row of a list: what it leads to, and two lines about it."""

    path: Path
    title: str
    details: str
    is_there: bool = True

    @property
    def spoken(self) -> str:
        """All of it in one line, for screen readers."""
        return f"{self.title}, {self.details}"


def brief_row(brief: RecentBrief, now: datetime) -> RecentRow:
    """A brief: title; template, base, when."""
    title = brief.title or brief.path.name
    if not _is_file(brief.path):
        return RecentRow(brief.path, title, _gone(brief.path), is_there=False)
    said = (brief.template, brief.base, _when(brief.at, now))
    return RecentRow(brief.path, title, " · ".join(part for part in said if part))


def base_row(base: RecentBase, now: datetime) -> RecentRow:
    """A base: title; number of facts, folder, when."""
    title = base.title or base.folder.name
    if not _is_file(base.folder / "base.yaml"):
        return RecentRow(base.folder, title, _gone(base.folder), is_there=False)
    said = (counted(base.facts, "fact"), below_home(base.folder), _when(base.at, now))
    return RecentRow(base.folder, title, " · ".join(part for part in said if part))


_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def folder_name(title: str) -> str:
    """A title as the name of a folder: what no file system takes becomes a blank."""
    kept = "".join(
        " " if letter in _NOT_IN_NAMES or not letter.isprintable() else letter for letter in title
    )
    name = " ".join(kept.split()).strip(". ")
    while len(name.encode()) > 120:
        name = name[:-1].rstrip(". ")
    return name or "Fact base"


def free_folder(place: Path, title: str) -> Path:
    """A folder in `place` named after a title, that is not there yet or is empty."""
    name, number = folder_name(title), 2
    folder = place / name
    while not is_free(folder):
        folder, number = place / f"{name} {number}", number + 1
    return folder


def is_free(folder: Path) -> bool:
    """Whether a base could be made in `folder`: it is not there yet, or nothing lies in it."""
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError:
        return False


def _gone(path: Path) -> str:
    return f"not there any more · {below_home(path)}"


def _when(at: float, now: datetime) -> str:
    return moment_in_words(datetime.fromtimestamp(at), now) if at else ""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
