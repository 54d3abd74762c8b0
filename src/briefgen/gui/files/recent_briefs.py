"""The briefs that were opened or saved last, and the folder of the last one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from briefgen.gui.files.choosing import documents_folder
from briefgen.gui.view_models.home.remembered import RecentBrief, Remembered

_FOLDER = "files/folder"


class RecentBriefs:
    """Remembered from one start of the app to the next."""

    def __init__(self, memory: QSettings, remembered: Remembered) -> None:
        self._memory = memory
        self._remembered = remembered

    @property
    def paths(self) -> list[Path]:
        """The briefs, the latest first."""
        return [brief.path for brief in self._remembered.briefs]

    @property
    def folder(self) -> Path:
        """The folder of the last one, if it is there still; else that of a person's documents."""
        said = self._memory.value(_FOLDER)
        if isinstance(said, str) and Path(said).is_dir():
            return Path(said)
        return documents_folder()

    def add(self, brief: RecentBrief) -> None:
        """This one is the latest."""
        self._remembered.add_brief(brief)
        self._memory.setValue(_FOLDER, str(brief.path.parent))

    def remove(self, path: Path) -> None:
        """This one is not there any more."""
        self._remembered.remove_brief(path)

    def clear(self) -> None:
        """Forget them all."""
        self._remembered.clear_briefs()
