"""Opening a file in the person's own editor. Tests put their own opener in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from briefgen.errors import OutputError
from briefgen.gui.view_models.editors import editor_command


def open_in_editor(path: Path, line: int, column: int) -> None:
    """Open a file at a line, or a folder. Raises `OutputError` when nothing opens it."""
    command = editor_command(path, line, column) if path.is_file() else None
    if command is not None and QProcess.startDetached(command[0], command[1:])[0]:
        return
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute()))):
        raise OutputError(
            f"no program opens {path} (line {line})",
            hint="set VISUAL to your editor, or open the file yourself",
        )
