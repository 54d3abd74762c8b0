"""Facts with their citations on the clipboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from briefgen.gui.window import MainWindow

if TYPE_CHECKING:
    from briefgen.gui.background import Task
    from briefgen.gui.view_models.facts.copying import Copied
    from briefgen.pipeline.resources import Resources


class FactClipboard:
    """Words citations in the background, with a Pandoc that stays, and copies them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._lock = threading.Lock()
        self._resources: Resources | None = None
        self._closed = False
        self._task: Task | None = None

    def copy(self, ids: Sequence[str], disputes: Mapping[str, tuple[str, ...]]) -> None:
        """Copy these facts as the brief says them; `disputes` tells which of them are flagged."""
        session = self._window.session
        facts = list(session.index.facts(ids).values())
        spec, base = session.spec, session.base
        self._cancel()

        def work(say: Callable[[str], None]) -> Copied | None:
            from briefgen.gui.view_models.facts.copying import copy_facts

            say("wording the citations")
            with self._lock:
                resources = self._opened()
                if resources is None:
                    return None
                return copy_facts(facts, spec, base, disputes, resources)

        def done(copied: Copied) -> None:
            data = QMimeData()
            data.setHtml(copied.html)
            data.setText(copied.plain)
            QGuiApplication.clipboard().setMimeData(data)
            count = "One fact" if len(facts) == 1 else f"{len(facts):,} facts"
            self._window.tell(f"{count} copied with citations.")

        task = self._task = self._window.run("Copying", work, done)

        def ended() -> None:
            if self._task is task:
                self._task = None

        task.ended.connect(ended)

    def close(self) -> None:
        """End Pandoc."""
        self._cancel()
        with self._lock:
            self._closed = True
            if self._resources is not None:
                self._resources.close()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _opened(self) -> Resources | None:
        """What words citations; None once it is closed. Called from other threads."""
        from briefgen.pipeline.resources import Resources

        if self._resources is None and not self._closed:
            self._resources = Resources()
        return None if self._closed else self._resources
