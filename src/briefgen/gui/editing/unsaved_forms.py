"""What was being written in a form when the program ended: kept as one types, offered again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSettings

_GROUP = "keeping/unsaved"
"""The group of what is being written, each under a name that starts with its process."""

State = Mapping[str, Any]
"""What a form holds, as JSON can say it: `what` it is, its `base`, and the rest."""


class UnsavedForms:
    """The forms that are open, in all windows, in the app's memory. One for each window."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory
        self._own = f"{_GROUP}/{os.getpid()}-{os.urandom(4).hex()}"

    def keep(self, state: State) -> None:
        """Keep what this window's form holds."""
        self._memory.setValue(self._own, json.dumps(state, ensure_ascii=False))
        self._memory.sync()

    def forget(self) -> None:
        """This window's form was saved, or nobody wants it."""
        self._memory.remove(self._own)

    def discard(self, key: str) -> None:
        """Forget what `left_behind` gave."""
        self._memory.remove(key)

    def left_behind(self, base: str) -> tuple[str, State] | None:
        """The key and state of one form on this base whose program is not there any more."""
        self._memory.beginGroup(_GROUP)
        names = self._memory.childKeys()
        self._memory.endGroup()
        for name in names:
            key = f"{_GROUP}/{name}"
            if key == self._own or _is_elsewhere(name):
                continue
            try:
                state = json.loads(str(self._memory.value(key)))
                here = state["base"] == base
            except (ValueError, KeyError, TypeError):
                self.discard(key)
                continue
            if here:
                return key, state
        return None


def _is_elsewhere(name: str) -> bool:
    """Whether what is kept under this name is being written in another window at this moment."""
    process = name.partition("-")[0]
    if os.name != "posix" or not process.isdecimal() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
