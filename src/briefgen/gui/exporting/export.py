"""Writing the brief's files, in the background, into the folder that was used last."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu

from briefgen.brief.assemble.requirements import missing_of
from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.gui.background import Task
from briefgen.gui.exporting.in_the_way import ask_what_becomes_of, told_of_kept
from briefgen.gui.files import choosing, files_of
from briefgen.gui.view_models.brief.wanted import still_wanted, wanted_in_words
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button_text
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.template_at_hand import template_of
from briefgen.gui.window import MainWindow
from briefgen.last_written import UNNAMED
from briefgen.pipeline.draft import MadeBrief
from briefgen.pipeline.export import (
    ExportRequest,
    ReadyExport,
    prepare_export,
    write_export,
)

_FOLDER = "export/folder"
_NAMES: dict[OutputFormat, str] = {
    "docx": "DOCX", "pdf": "PDF", "html": "HTML", "md": "Markdown", "txt": "text", "json": "JSON",
}  # fmt: skip
_USUAL: tuple[OutputFormat, ...] = ("docx", "pdf")
_MOST_TOLD = 3
"""Warnings that are told in full beside what was written."""


class Exporting(QObject):
    """The actions that export, and where to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._all = self.action("Export &all", lambda: self.export(self._every()), "Ctrl+E")
        docx = self.action("Export &DOCX", lambda: self.export(("docx",)))
        pdf = self.action("Export &PDF", lambda: self.export(("pdf",)))
        self._elsewhere = self.action(
            "Export &to…", lambda: self.ask_folder(self._every()), "Ctrl+Shift+E"
        )
        others = QMenu("&Other formats", window)
        for format_ in get_args(OutputFormat):
            if format_ not in _USUAL:
                text = f"Export {_NAMES[format_]}"
                others.addAction(self.action(text, partial(self.export, (format_,))))
        self.actions = (self._all, docx, pdf, others.menuAction(), self._elsewhere)
        self.menu = QMenu("Export", window)
        self.menu.addActions([self._all, docx, pdf])
        self.menu.addMenu(others)
        self.menu.addSeparator()
        self.menu.addAction(self._elsewhere)
        self.task: Task | None = None
        """What is being written, until it is."""
        self._name = ""
        """What tells the brief from others while it has no file."""
        self._name_brief()
        window.session.brief_opened.connect(self._name_brief)
        self._refresh()
        window.session.brief_changed.connect(lambda changed: self._refresh())

    def action(self, text: str, act: Callable[[], object], keys: str = "") -> QAction:
        """An entry for menus. What `act` raises is said to the person."""
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(keys)
        action.triggered.connect(lambda checked=False: self._window.attempt(act))
        return action

    def _name_brief(self) -> None:
        self._name = f"{UNNAMED}{os.urandom(8).hex()}"

    # --- where to -------------------------------------------------------------------------------

    @property
    def folder(self) -> Path | None:
        """Where the last export went; None before the first, and if that is gone."""
        said = self._window.memory.value(_FOLDER)
        return Path(said) if isinstance(said, str) and Path(said).is_dir() else None

    def _every(self) -> tuple[OutputFormat, ...]:
        """What "all" is: Word, PDF, and what else the brief asks for."""
        return tuple(dict.fromkeys((*_USUAL, *self._session.spec.outputs)))

    def _refresh(self) -> None:
        names = ", ".join(_NAMES[format_] for format_ in self._every())
        folder = self.folder
        where = button_text(f" to {folder.name or folder}") if folder is not None else "…"
        self._all.setText(f"Export &all ({names}){where}")
        self._all.setToolTip(plain_tip(str(folder)) if folder is not None else "")

    def ask_folder(self, formats: tuple[OutputFormat, ...], *, as_draft: bool = False) -> None:
        """Ask for a folder, and export there."""

        def chosen(folder: Path) -> None:
            self._window.attempt(partial(self.export, formats, folder, as_draft=as_draft))

        start = self.folder or files_of(self._window).folder
        choosing.ask_folder(self._window, "Export into a folder", start, chosen)

    # --- exporting ------------------------------------------------------------------------------

    def export(
        self,
        formats: tuple[OutputFormat, ...],
        folder: Path | None = None,
        *,
        as_draft: bool = False,
    ) -> None:
        """Write the brief as it is now into a folder, else the last one; the first time, ask."""
        draft = ("Export as a draft", partial(self.export, formats, folder, as_draft=True))
        if not as_draft and lacks_something(self._window, "Not exported", draft):
            return
        where = folder or self.folder
        if where is None:
            self.ask_folder(formats, as_draft=as_draft)
            return
        request = replace(
            request_of(self._window, formats, where), as_draft=as_draft, name=self._name
        )

        def make(say: Callable[[str], None]) -> ReadyExport | MadeBrief:
            ready = prepare_export(request, say)
            say("saving")
            return ready if ready.in_the_way else write_export(ready)

        names = " and ".join(_NAMES[format_] for format_ in formats[:2])
        label = f"Exporting {names if len(formats) < 3 else f'{len(formats)} files'}"
        self._run(label, make, formats, where)

    def _run(
        self,
        label: str,
        work: Callable[[Callable[[str], None]], ReadyExport | MadeBrief],
        formats: tuple[OutputFormat, ...],
        folder: Path,
    ) -> None:
        """Write in the background, or ask first what is to become of what stands there."""
        come_of_it: list[ReadyExport | MadeBrief] = []

        def kept_in_mind(say: Callable[[str], None]) -> ReadyExport | MadeBrief:
            come_of_it.append(work(say))
            return come_of_it[0]

        def done(made: ReadyExport | MadeBrief, what: str = "Written") -> None:
            if isinstance(made, ReadyExport):
                self._ask(made, formats, folder)
                return
            # Only now: a folder that nothing can be written to is none to come back to.
            self._window.memory.setValue(_FOLDER, str(folder))
            self._refresh()
            self._tell(made, what)

        def ended() -> None:
            self.task = None
            if task.cancelled and come_of_it and isinstance(come_of_it[0], MadeBrief):
                # Too late: say so, rather than let files stand unsaid.
                done(come_of_it[0], "Written before it could be cancelled")

        # The folder of the last export may not be what it was: it would fail again and again.
        ways = [("Export to…", partial(self.ask_folder, formats))]
        task = self._window.run(label, kept_in_mind, done, ways)
        task.ended.connect(ended)
        self.task = task

    def _ask(self, ready: ReadyExport, formats: tuple[OutputFormat, ...], folder: Path) -> None:
        def write(force: bool) -> None:
            self._run("Saving", lambda say: write_export(ready, force=force), formats, folder)

        ask_what_becomes_of(self._window, ready.in_the_way, write)

    def _tell(self, exported: MadeBrief, what: str = "Written") -> None:
        names = ", ".join(path.name for path in exported.paths)
        said = f"{what}: {names}"
        if exported.replaced:
            one = len(exported.replaced) == 1
            said += " (an older file was replaced)" if one else " (older files were replaced)"
        said += told_of_kept(exported.kept)
        ways = [
            (f"Open {_NAMES[_format_of(path)]}" if len(exported.paths) > 1 else "Open",
             partial(open_file, path))
            for path in exported.paths[:3]
        ]  # fmt: skip
        ways.append(("Show in folder", partial(open_file, exported.paths[0].parent)))
        told = remarks(exported.over_budget, exported.warnings, len(exported.problems))
        if told:
            said += f". {'; '.join(told)}"
        self._window.tell(said, "warning" if told else "done", ways)


def remarks(over_budget: str, warnings: Sequence[str], faulty: int) -> list[str]:
    """What a person should know of a brief that was made, in a few sentences."""
    told = [over_budget] if over_budget else []
    told += warnings[:_MOST_TOLD]
    if len(warnings) > _MOST_TOLD:
        told.append(f"and {len(warnings) - _MOST_TOLD} more remarks")
    if faulty:
        told.append(
            f"the fact base has {counted(faulty, 'problem')}, and faulty facts are left out"
        )
    return told


def lacks_something(window: MainWindow, what: str, *more: tuple[str, Callable[[], object]]) -> bool:
    """Whether the brief does not say what its template requires; if so that is said.

    `what` is what is not done for that reason; `more` are ways besides those to the fields.
    """
    session = window.session
    template, spec = template_of(session), session.spec
    names = {one.name for one in missing_of(template, spec)} if template is not None else set()
    if template is None or not names:
        return False
    wanted = [one for one in still_wanted(template, spec)
              if one.field.removeprefix("text.") in names]  # fmt: skip
    ways = [(one.do, partial(session.field_asked.emit, one.field)) for one in wanted[:2]]
    window.tell(f"{what}: {wanted_in_words(template, wanted)}", "warning", [*ways, *more])
    return True


def request_of(
    window: MainWindow, formats: tuple[OutputFormat, ...] | None, folder: Path
) -> ExportRequest:
    """The window's brief as it is now, to be written into a folder."""
    session = window.session
    spec: BriefSpec = session.spec
    return ExportRequest(
        spec=spec,
        brief_file=session.path,
        base=session.base_flag,
        templates=session.templates_flag,
        formats=formats,
        out=f"{folder}{os.sep}",
    )


def open_file(path: Path) -> None:
    """Open a file or a folder with the program that is meant for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise OSError(None, "no program opens it", str(path))


def _format_of(path: Path) -> OutputFormat:
    return next(each for each in _NAMES if path.suffix == f".{each}")
