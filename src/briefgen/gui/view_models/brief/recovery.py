"""What was not saved when the app, or the machine, went down.

While it runs, each app keeps what is not saved in a file of its own in one folder, and holds a
lock beside it: the lock dies with the app, however it dies. So the next one can tell what was left
behind from what another window is working on at this moment.

The file is JSON and not a brief's: it holds a brief as it is being written, even where a brief's
file would be refused.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from briefgen.addresses import Address
from briefgen.brief.spec.model import (
    BriefSpec,
    Edits,
    EmailRequest,
    Judgement,
    OwnSection,
    Passages,
    ReferenceListing,
    SectionEdits,
    Sides,
)
from briefgen.dates import Edtf
from briefgen.facts.model import Passage
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, make_private
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.locks import Lock, hold
from briefgen.select.model import Selection


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A brief that was changed since it was saved, if it ever was."""

    spec: BriefSpec
    path: Path | None = None
    """Its file; None: it has none yet."""
    seen: str | None = None
    """What that file said, as `briefgen.gui.view_models.brief.saving.save_brief` takes it."""
    at: float = 0.0
    """When it was kept, in seconds since 1970."""
    aside: Aside = field(default_factory=Aside)
    """What was typed for templates other than the brief's own."""


class Keeper:
    """Keeps what is not saved, away from the caller's thread. One for each window."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written before `keep`."""
        self._folder = folder
        self._file: Path | None = None
        self._lock: Lock | None = None
        self._thread = ThreadPoolExecutor(1, "keeping what is not saved")
        self._last: Future[None] | None = None
        self._then: list[Callable[[], None]] = []

    def keep(self, unsaved: Unsaved) -> None:
        """Have it written soon. Raises what went wrong the time before (`OSError`...).

        It is tried again even then: there may be room on the disk by now.
        """
        before, self._last = self._last, self._thread.submit(self._write, unsaved)
        if before is not None and before.done():
            fault = before.exception()
            if fault is not None:
                raise fault

    @property
    def failed(self) -> bool | None:
        """Whether what was asked for last could not be done; None: it is not known yet."""
        last = self._last
        if last is None:
            return False
        return last.exception() is not None if last.done() else None

    def forget(self) -> None:
        """All is saved: nothing need be kept."""
        self._last = self._thread.submit(self._remove)

    def then(self, act: Callable[[], None]) -> None:
        """Do something once what was asked for so far is on the disk, or need not be.

        Where it cannot be written, after the next time that it can: what else holds the same
        brief may go only then.
        """
        asked = self._last
        self._thread.submit(self._after, asked, act)

    def close(self, *, leave: bool = False) -> None:
        """The app ends: nothing is left behind, unless it is to be found by whoever starts next.

        Waits for the last write.
        """
        self._thread.submit(self._let_go if leave else self._end)
        self._thread.shutdown()

    # --- in the keeper's own thread -------------------------------------------------------------

    def _write(self, unsaved: Unsaved) -> None:
        if self._file is None:
            make_private(self._folder)
            self._file, self._lock = _own_place(self._folder)
        write_whole(self._file, to_bytes(unsaved), mode=PRIVATE)
        self._catch_up()

    def _remove(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)
        self._catch_up()

    def _after(self, asked: Future[None] | None, act: Callable[[], None]) -> None:
        self._then.append(act)
        if asked is None or asked.exception() is None:
            self._catch_up()

    def _catch_up(self) -> None:
        acts, self._then = self._then, []
        for act in acts:
            act()

    def _end(self) -> None:
        self._catch_up()
        if self._file is not None and self._lock is not None:
            _clear(self._file, self._lock)
            self._file = None

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._file = self._lock = None


class Leftover:
    """What an app left behind that ended before its time. It is ours until it is let go."""

    def __init__(self, unsaved: Unsaved, file: Path, lock: Lock) -> None:
        self.unsaved = unsaved
        self._file = file
        self._lock: Lock | None = lock

    def discard(self) -> None:
        """Delete it: it is open in a window that keeps it, or nobody wants it."""
        if self._lock is not None:
            _clear(self._file, self._lock)
            self._lock = None

    def release(self) -> None:
        """Leave it to whoever starts next."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def leftovers(folder: Path) -> list[Leftover]:
    """What was left behind in `folder`, the newest first; what others hold is left out."""
    found = []
    try:
        names = sorted({path.stem for path in folder.iterdir() if path.suffix in _SUFFIXES})
    except OSError:
        return []
    for name in names:
        file = folder / f"{name}.json"
        lock = _held(file)
        if lock is None:
            continue
        try:
            unsaved = from_bytes(file.read_bytes())
        except FileNotFoundError:  # nothing was unsaved
            _clear(file, lock)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            lock.release()  # of another version, or cut off by a full disk: for people to look at
        else:
            found.append(Leftover(unsaved, file, lock))
    return sorted(found, key=lambda each: -each.unsaved.at)


# --- locks -------------------------------------------------------------------------------------

_SUFFIXES = (".json", ".lock")
"""Of a file that is kept, and of its lock."""


def _own_place(folder: Path) -> tuple[Path, Lock]:
    """A file that is not there yet, and the lock that says it is ours."""
    while True:
        file = folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
        lock = hold(file.with_suffix(".lock"))
        if lock is not None:
            return file, lock


def _held(file: Path) -> Lock | None:
    """The lock of a file that another app has left behind; None if an app still holds it."""
    try:
        lock = hold(file.with_suffix(".lock"))
    except OSError:
        return None
    if lock is not None and not lock.is_safe and _is_running(file):
        return None
    return lock


def _is_running(file: Path) -> bool:
    """Whether there is still the process that a file is named after."""
    if os.name == "nt":  # where signal 0 is Ctrl-C
        return True
    try:
        os.kill(int(file.name.split("-")[0]), 0)
    except (OSError, ValueError):
        return False
    return True


def _clear(file: Path, lock: Lock) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
    lock.remove()


# --- a brief as JSON, whatever it holds ----------------------------------------------------------

_RECORDS = {
    each.__name__: each
    for each in (
        BriefSpec, Selection, Edits, Passages, Passage, SectionEdits, OwnSection, Sides, Judgement,
        ReferenceListing, EmailRequest, Edtf, Address, Aside,
    )
}  # fmt: skip
_KIND = "="
"""The key that says which record a map is. No id can be called so."""


def to_bytes(unsaved: Unsaved) -> bytes:
    """An unsaved brief as a file's bytes."""
    return json.dumps(
        {
            "format": 1,
            "path": str(unsaved.path) if unsaved.path is not None else None,
            "seen": unsaved.seen,
            "at": unsaved.at,
            "spec": _plain(unsaved.spec),
            "aside": _plain(unsaved.aside),
        }
    ).encode()


def from_bytes(data: bytes) -> Unsaved:
    """Back from `to_bytes`. Raises `ValueError` and its like for what is something else."""
    said = json.loads(data)
    if said["format"] != 1:
        raise ValueError("of another version")
    spec = _record(said["spec"])
    if not isinstance(spec, BriefSpec):
        raise TypeError("no brief")
    aside = _record(said["aside"]) if "aside" in said else Aside()
    if not isinstance(aside, Aside):
        raise TypeError("nothing set aside")
    path = Path(said["path"]) if said["path"] is not None else None
    return Unsaved(spec, path, said["seen"], float(said["at"]), aside)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = {each.name: _plain(getattr(value, each.name)) for each in _kept(type(value))}
        return {_KIND: type(value).__name__, **said}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _record(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_record(inner) for inner in value)
    if not isinstance(value, dict):
        return value
    if _KIND not in value:
        return {key: _record(inner) for key, inner in value.items()}
    cls = _RECORDS[value[_KIND]]
    known = {each.name for each in _kept(cls)}
    if cls is BriefSpec and "leave_out" in value:  # as it was kept before sections had more keys
        value = {**value, "sections": {_KIND: "SectionEdits", "leave_out": value["leave_out"]}}
    return cls(**{key: _record(inner) for key, inner in value.items() if key in known})


def _kept(cls: Any) -> list[Any]:
    """All but where things stood in a file that may say something else by now."""
    return [each for each in fields(cls) if each.compare or cls is Address]
