"""Asking for a file or a folder. Tests put their own answers in the place of these functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

BRIEFS = "Briefs (*.brief.yaml);;YAML (*.yaml *.yml);;All files (*)"


def ask_open(
    parent: QWidget, title: str, start: Path | None, kinds: str, then: Callable[[Path], None]
) -> None:
    """Ask for a file that is there, from the folder `start` or the one used last.

    `then(path)` is called if one was chosen.
    """
    dialog = QFileDialog(parent, title, "" if start is None else str(start), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def ask_save(
    parent: QWidget,
    title: str,
    start: Path,
    kinds: str,
    then: Callable[[Path], None],
    *,
    confirms: bool = True,
) -> None:
    """Ask where to write a file, `start` being the suggestion; it may be there.

    `confirms`: the dialog asks whether a file that is there may go; else it is for `then` to ask.
    """
    dialog = QFileDialog(parent, title, str(start.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix("".join(start.suffixes[-2:]).lstrip("."))
    dialog.selectFile(start.name)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not confirms)
    _open(dialog, then)


def ask_folder(parent: QWidget, title: str, start: Path, then: Callable[[Path], None]) -> None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, title, str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def documents_folder() -> Path:
    """Where a person keeps what they write."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


def _open(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(lambda result: dialog.deleteLater())
    dialog.open()
