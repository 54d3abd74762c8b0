"""What the parts of the window share: the brief being written, its base, its pages.

The brief is a value. Every change goes through `Session.edit` and makes a new one, so undoing is
putting an older value back, whatever it was that changed.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.index import Index, open_index
from briefgen.pipeline.places import base_of, template_folders

if TYPE_CHECKING:
    from briefgen.facts.model import Base

_ONE_GO = 2.0
"""Seconds within which changes of one kind are undone as one: a word, a drag."""


class Session(QObject):
    """One brief at a time, and what the window knows of it. Lives in the window's thread."""

    brief_changed = Signal(object)
    """Another brief, or another value of this one: a frozenset of the fields that changed."""
    brief_opened = Signal()
    """Another brief altogether, right before its `brief_changed`: what was half typed is over."""
    base_opened = Signal()
    """`index` is another one: another base, or the same after its files changed."""
    path_changed = Signal()
    """The brief's file is another one, or was written again, or there is none."""
    pages_made = Signal(object)
    """A `briefgen.gui.view_models.pages.preview.Preview` of the brief as it is now."""
    pages_failed = Signal(str)
    """Why the brief as it is now has no pages, in a sentence."""
    pages_awaited = Signal()
    """Pages have been asked for and will come, or fail."""
    pointed_at = Signal(str, object)
    """A fact that the person pointed at, by id, and the widget in which they did (or None)."""
    place_asked = Signal(str)
    """A fact, by id, whose first place on the pages the person wants to see."""
    section_asked = Signal(str)
    """A section, by id, that the person wants to set; empty for the tab of sections as a whole."""
    field_asked = Signal(str)
    """What the author writes, by its field in the brief's file, whose editor the person wants:
    see `view_models/pages/own_places.py`."""
    reword_asked = Signal(str)
    """A fact, by id, that the person wants to say in other words."""
    passage_asked = Signal(str)
    """A passage, by id, that the person wants to edit."""
    aside_changed = Signal()
    """What belongs to the brief and has no place in its file is something else."""
    copy_asked = Signal(str)
    """A source, by id, whose saved copy the person wants to read."""
    source_asked = Signal(str)
    """A source, by id, that the person wants to see in the library."""
    about_to_close = Signal()
    """The window goes away: whoever has threads or processes ends them."""

    def __init__(
        self,
        *,
        base: str | None = None,
        templates: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`base` and `templates` are folders that come before what briefs and settings say."""
        super().__init__(parent)
        self.base_flag = base
        self.templates_flag = templates
        self.spec = BriefSpec()
        self.path: Path | None = None
        """The brief's file; None until it is saved."""
        self.saved_at: float | None = None
        """When its file was written, in seconds since 1970."""
        self.aside = Aside()
        """What was typed for templates other than the brief's own."""
        self.undo_stack = QUndoStack(self)
        self.preview: Any = None
        """The last `Preview`, possibly of an earlier value of the brief; None at first."""
        self._index: Index | None = None

    # --- the brief ------------------------------------------------------------------------------

    def edit(
        self, label: str, spec: BriefSpec, *, merge: str = "", however_long: bool = False
    ) -> None:
        """Make `spec` the brief. `label` says in the menu what undoing it undoes.

        Edits in a row with the same `merge`, soon after one another, are undone as one; with
        `however_long` also when time has passed: a drag may rest.
        """
        if spec != self.spec:
            within = math.inf if however_long else _ONE_GO
            self.undo_stack.push(_Edit(self, label, self.spec, spec, merge, within))

    def set_brief(
        self,
        spec: BriefSpec,
        path: Path | None = None,
        *,
        fit: Callable[[BriefSpec, Index], BriefSpec] = lambda spec, index: spec,
        aside: Aside | None = None,
        index: Index | None = None,
    ) -> None:
        """Start with another brief, and its base. Raises `BriefgenError` if that cannot be opened.

        Then everything is as it was before. `fit` makes the brief fit the base that was opened;
        `index` is that base where it has been opened already.
        """
        if index is None:
            index = open_index(base_of(spec, self.base_flag))
        index = _sound(index)
        spec = fit(spec, index)
        self.undo_stack.clear()
        before, self.spec = self.spec, spec
        self.path = path
        self.saved_at = _written_at(path)
        self.preview = None
        self.aside = aside if aside is not None else Aside()
        self._take(index)
        self.brief_opened.emit()
        self.path_changed.emit()
        self.brief_changed.emit(_changed(before, spec) | {"title"})

    def put_aside(self, aside: Aside) -> None:
        """Keep this beside the brief: it has no place in its file."""
        if aside != self.aside:
            self.aside = aside
            self.aside_changed.emit()

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be lost if the brief were let go of now."""
        return not self.undo_stack.isClean() or bool(self.aside.judgements)

    def set_path(self, path: Path) -> None:
        """The brief has been saved to `path` as it is."""
        self.path, self.saved_at = path, time.time()
        self.undo_stack.setClean()
        self.path_changed.emit()

    def _replace(self, spec: BriefSpec) -> None:
        changed = _changed(self.spec, spec)
        # Opened first: a base that cannot be leaves everything as it was.
        index = self._opened(base_of(spec, self.base_flag)) if "base" in changed else None
        self.spec = spec
        if index is not None:
            self._take(index)
        self.brief_changed.emit(changed)

    # --- its base -------------------------------------------------------------------------------

    @property
    def index(self) -> Index:
        """The fact base, opened. Not for other threads: they open their own."""
        assert self._index is not None, "set_brief comes first"
        return self._index

    @property
    def has_base(self) -> bool:
        """Whether a base is open: before the first brief there is none."""
        return self._index is not None

    @property
    def base(self) -> Base:
        """The base without its facts."""
        return self.index.base

    @property
    def folder(self) -> Path:
        """The base's folder."""
        return self.index.folder

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates are looked for."""
        return template_folders(self.templates_flag)

    def reload_base(self) -> None:
        """Read the base anew, if its files say something else than before.

        Raises `InputError` for a base that cannot be used any more; the old one stays then.
        """
        index = self._opened(self.folder)
        if index.content_key == self.index.content_key:
            index.close()
            return
        self._take(index)

    def reopen_base(self) -> None:
        """Open the base that the brief has now: the settings may name another one.

        Raises `BriefgenError` if it cannot be opened; the old one stays then.
        """
        self._take(self._opened(base_of(self.spec, self.base_flag)))

    def _opened(self, folder: Path) -> Index:
        return _sound(open_index(folder))

    def _take(self, index: Index) -> None:
        old, self._index = self._index, index
        if old is not None:
            old.close()
        self.base_opened.emit()

    # --- pointing -------------------------------------------------------------------------------

    def point_at(self, fact: str, by: object = None) -> None:
        """Show this fact wherever it stands: in the list, in the details, on the pages."""
        self.pointed_at.emit(fact, by)

    def close(self) -> None:
        """Let go of everything."""
        self.about_to_close.emit()
        if self._index is not None:
            self._index.close()
            self._index = None


def _sound(index: Index) -> Index:
    """An index of which the base can be used; else it is closed, and its `InputError` raised."""
    try:
        _ = index.base  # a base.yaml with faults is no base; faults in facts are `problems`
    except BaseException:
        index.close()
        raise
    return index


class _Edit(QUndoCommand):
    """One change of the brief, or several that count as one."""

    def __init__(
        self,
        session: Session,
        label: str,
        before: BriefSpec,
        after: BriefSpec,
        merge: str,
        within: float,
    ) -> None:
        super().__init__(label)
        self._session = session
        self._before = before
        self._after = after
        self._merge = merge
        self._within = within
        self._at = time.monotonic()

    def id(self) -> int:
        # Qt asks commands to merge that have the same id; -1 never does.
        return hash(self._merge) % 2**31 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._merge != self._merge:
            return False
        if other._at - self._at > other._within:
            return False
        self._after, self._at = other._after, other._at
        self.setObsolete(self._after == self._before)
        return True

    def undo(self) -> None:
        self._session._replace(self._before)

    def redo(self) -> None:
        self._session._replace(self._after)


def _changed(before: BriefSpec, after: BriefSpec) -> frozenset[str]:
    names = (each.name for each in fields(BriefSpec) if each.compare)
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def _written_at(path: Path | None) -> float | None:
    try:
        return path.stat().st_mtime if path is not None else None
    except OSError:
        return None
