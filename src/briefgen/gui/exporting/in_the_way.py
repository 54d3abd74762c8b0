"""The question before a file is written where something else stands; and where that is then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from briefgen.gui.files.question import Question
from briefgen.keeping import KeptFile


def ask_what_becomes_of(
    parent: QWidget, there: Sequence[Path], write: Callable[[bool], object]
) -> None:
    """Ask what becomes of files that the brief did not write, or that were edited since.

    `write(force)` is called unless the person thinks better of it; `force`: they may go.
    """
    one = len(there) == 1
    names = there[0].name if one else f"{', '.join(map(_name, there[:-1]))} and {there[-1].name}"
    Question(
        parent,
        f"{names} {'is' if one else 'are'} there already, and not as this brief last wrote "
        f"{'it' if one else 'them'}.",
        "Edited since it was exported, or of another brief. “Keep both” gives what is there "
        "another name beside.",
        [
            ("Keep both", partial(write, False)),
            ("Replace", partial(write, True)),
            ("Cancel", lambda: None),
        ],
    ).open()


def told_of_kept(kept: Sequence[KeptFile]) -> str:
    """Where files are that others have taken the place of, to be added to a sentence."""
    if not kept:
        return ""
    return f"; what stood there is now {' and '.join(f'“{each.copy.name}”' for each in kept)}"


def _name(path: Path) -> str:
    return path.name
