"""Where one was, and the briefs and bases that were open last: a file beside the window's own.

It is read before there is a window, so that the first pages can be begun.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from briefgen.errors import BriefgenError
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, config_folder, make_private
from briefgen.gui.view_models.words import kept_moment

MOST = 10
"""Briefs, and bases, that are remembered."""


class RecentBrief(NamedTuple):
    """A brief that was opened or saved, as it was then."""

    path: Path
    title: str = ""
    template: str = ""
    """Its template's label."""
    base: str = ""
    """Its base's title."""
    at: float = 0.0
    """When, in seconds since 1970."""


class RecentBase(NamedTuple):
    """A base that was open, as it was then."""

    folder: Path
    title: str = ""
    facts: int = 0
    at: float = 0.0


class Last(NamedTuple):
    """What was open when the app was last used."""

    brief: Path | None = None
    """None: a brief that had no file."""
    base: str | None = None
    """The folder of a base that the brief's file does not name; None: it names it, or it was the
    one that is used where none is named."""


_Made = TypeVar("_Made")


class Remembered:
    """Reads the file when it is made, and writes it with every change, to what other windows have
    put there by then.

    What cannot be read counts as nothing, what cannot be written is forgotten: nobody is kept
    from working by it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.briefs: list[RecentBrief] = []
        """The latest first, as are the bases."""
        self.bases: list[RecentBase] = []
        found = _list([self._read_again().get("last")], _last)
        self.last: Last = found[0] if found else Last()

    def add_brief(self, brief: RecentBrief) -> None:
        """This brief is the latest."""
        self._read_again()
        self.briefs = [brief, *(one for one in self.briefs if one.path != brief.path)][:MOST]
        self._write()

    def add_base(self, base: RecentBase) -> None:
        """This base is the latest."""
        self._read_again()
        self.bases = [base, *(one for one in self.bases if one.folder != base.folder)][:MOST]
        self._write()

    def remove_brief(self, path: Path) -> None:
        """Forget this brief."""
        self._read_again()
        self.briefs = [one for one in self.briefs if one.path != path]
        self._write()

    def remove_base(self, folder: Path) -> None:
        """Forget this base."""
        self._read_again()
        self.bases = [one for one in self.bases if one.folder != folder]
        self._write()

    def clear_briefs(self) -> None:
        """Forget all briefs."""
        self._read_again()
        self.briefs = []
        self._write()

    def set_last(self, last: Last) -> None:
        """This is open now."""
        if last != self.last:
            self._read_again()
            self.last = last
            self._write()

    def _read_again(self) -> dict[str, Any]:
        said = _read(self._path)
        if said:
            self.briefs = _list(said.get("briefs"), _brief)
            self.bases = _list(said.get("bases"), _base)
        return said

    def _write(self) -> None:
        said = {
            "format": 1,
            "last": _plain(self.last),
            "briefs": [_plain(one) for one in self.briefs],
            "bases": [_plain(one) for one in self.bases],
        }
        data = json.dumps(said, indent=1).encode()  # names of files may hold halves of characters
        with contextlib.suppress(BriefgenError, OSError):
            make_private(self._path.parent)
            write_whole(self._path, data, mode=PRIVATE)


def remembered_path(window: Path | None = None) -> Path:
    """The file beside that of the window's layout; without one, that of the person's own app."""
    return (window or config_folder() / "window.ini").with_suffix(".recent.json")


def _plain(record: RecentBrief | RecentBase | Last) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, Path) else value
        for key, value in record._asdict().items()
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _list(said: Any, make: Callable[[dict[str, Any]], _Made]) -> list[_Made]:
    found = []
    for one in said if isinstance(said, list) else []:
        with contextlib.suppress(TypeError, ValueError, KeyError, OverflowError):
            found.append(make(one))
    return found[:MOST]


def _brief(said: dict[str, Any]) -> RecentBrief:
    title, template, base = (str(said[key]) for key in ("title", "template", "base"))
    return RecentBrief(_place(said["path"]), title, template, base, kept_moment(said["at"]))


def _base(said: dict[str, Any]) -> RecentBase:
    return RecentBase(
        _place(said["folder"]), str(said["title"]), int(said["facts"]), kept_moment(said["at"])
    )


def _last(said: dict[str, Any]) -> Last:
    brief, base = said["brief"], said["base"]
    return Last(None if brief is None else _place(brief), None if base is None else str(base))


def _place(said: Any) -> Path:
    if not isinstance(said, str) or not said or "\0" in said:
        raise ValueError("no path")
    return Path(said)
