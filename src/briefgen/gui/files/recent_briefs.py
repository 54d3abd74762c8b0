"""The briefs that were opened or saved last, and the folder of the last one."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

_RECENT = "files/recent"
_FOLDER = "files/folder"
_MOST = 10


class RecentBriefs:
    """Remembered from one start of the app to the next."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory

    @property
    def paths(self) -> list[Path]:
        """The briefs, the latest first."""
        try:
            said = json.loads(str(self._memory.value(_RECENT, "[]")))
        except ValueError:
            said = []
        return [Path(path) for path in said if isinstance(path, str)]

    @property
    def folder(self) -> Path:
        """The folder of the last one, if it is there still; else that of a person's documents."""
        said = self._memory.value(_FOLDER)
        if isinstance(said, str) and Path(said).is_dir():
            return Path(said)
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(place) if place and Path(place).is_dir() else Path.home()

    def add(self, path: Path) -> None:
        """This one is the latest."""
        self._keep([path, *(one for one in self.paths if one != path)])
        self._memory.setValue(_FOLDER, str(path.parent))

    def remove(self, path: Path) -> None:
        """This one is not there any more."""
        self._keep([one for one in self.paths if one != path])

    def clear(self) -> None:
        """Forget them all."""
        self._keep([])

    def _keep(self, paths: list[Path]) -> None:
        said = json.dumps([str(one) for one in paths[:_MOST]])
        self._memory.setValue(_RECENT, said)
