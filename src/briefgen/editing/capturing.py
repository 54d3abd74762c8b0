"""Saved copies taken into a base: the file into `archive/`, its hash and its source into the
sources, all of it or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.bibliography.identity import Known, free_id, id_of_source, latin
from briefgen.capture.model import SavedText
from briefgen.capture.read import bytes_of_copy, read_saved
from briefgen.editing.base import plan_edited_source, source_entry_of
from briefgen.editing.copying_base import ARCHIVE
from briefgen.editing.entry_faults import taken_ids
from briefgen.editing.quick_add import guess_source
from briefgen.errors import InputError, Origin, UsageError
from briefgen.facts.model import Base, Source
from briefgen.index import Index
from briefgen.suggestions import did_you_mean, shown
from briefgen.values import valueclass
from briefgen.writing.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_NAME = 80
_RESERVED = frozenset((
    "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
))  # fmt: skip
"""Names that Windows keeps for devices, whatever their suffix."""


@valueclass(frozen=True, slots=True)
class Capture:
    """A copy that was read and is to be kept, and what that would change."""

    source: str
    """The id of its source."""
    entry: Mapping[str, Any]
    """The source as the base would have it."""
    is_new: bool
    """Whether the source is a new one."""
    archive: str
    """The name of the copy in the folder of copies."""
    sha256: str
    saved: SavedText
    plan: Plan
    """Writes it; without changes where the base has the copy already."""
    why: str = ""
    """Why the source is the one that it is."""

    @property
    def is_kept_already(self) -> bool:
        """Whether the base has this very copy: nothing is to be written."""
        return not self.plan.changes


def plan_capture(index: Index, file: Path, today: Day, *, source: str | None = None) -> Capture:
    """Read a saved copy and plan to keep it for `source`, else for the source that it is of.

    A source that the base has already is found by address, DOI, or title and year; else a new one
    is made of what the copy says of itself. Raises `InputError` for a file or base that cannot be
    used, `UsageError` for a source that is not there or has another copy.
    """
    data = bytes_of_copy(file)
    return plan_kept(index, file, data, read_saved(data, file.name), today, source=source)


def plan_kept(
    index: Index,
    file: Path,
    data: bytes,
    saved: SavedText,
    today: Day,
    *,
    source: str | None = None,
) -> Capture:
    """As `plan_capture`, of a file that was read already."""
    sha256 = hashlib.sha256(data).hexdigest()
    base = index.base
    if source is not None and source not in base.sources:
        raise UsageError(
            f"the base has no source {shown(source)}",
            hint=did_you_mean(source, base.sources)
            or "leave --source out to make one, or see: briefgen sources",
        )
    same = _same_copy(base, index.folder, data, sha256)
    if same is not None and source in (None, same.id):
        return _kept_already(index, same, data, sha256, saved)
    entry = new_source(base, file, saved, today)
    why = ""
    if source is None:
        source, why = _known(base, entry)
    if source is None:
        id_ = free_id(id_of_source(entry), taken_ids(index, "source"))
        name = _free_name(index, str(entry.get("title") or file.stem), file.suffix)
        return _planned(index, {"id": id_} | entry, name, data, sha256, saved)
    return _for_known(index, base.sources[source], file, data, sha256, saved, why)


def copy_path(folder: Path, name: str) -> Path:
    """Where a saved copy of the base in `folder` lies. Raises `InputError` for what is no file.

    A link is none: it would make the copy whatever lies at its end.
    """
    return usable_copy(folder / ARCHIVE, name)


def usable_copy(folder: Path, name: str) -> Path:
    """The file of that name in a folder of copies, if a plain one lies there. Raises `InputError`.

    Copies of old bases may lie in a folder within: that is no link either.
    """
    path = folder / name
    origin = Origin(str(path))
    if _is_linked(folder, name):
        raise InputError(
            "the saved copy is a link", hint="put the file itself there", origin=origin
        )
    if not path.is_file():
        raise InputError(
            "the saved copy is not there", hint="keep it again with briefgen capture", origin=origin
        )
    return path


def _is_linked(folder: Path, name: str) -> bool:
    """Whether the way from the folder of copies to one of them goes over a link."""
    path = folder / name
    return any(one.is_symlink() for one in (path, *path.parents) if folder in one.parents)


# --- which source ----------------------------------------------------------------------------


def new_source(base: Base, file: Path, saved: SavedText, today: Day) -> dict[str, Any]:
    """What a new source would say, without an id: what the copy tells, the rest guessed."""
    csl = dict(saved.csl)
    url = str(csl.get("URL") or "")
    if url:
        guessed, _ = guess_source(url, base, today)
        if csl.get("type") == "webpage":
            csl["type"] = guessed.get("type", "webpage")
        if guessed.get("container-title"):  # as the base calls it
            csl["container-title"] = guessed["container-title"]
        csl.setdefault("accessed", today.isoformat())
    csl.setdefault("title", _title_of(file))
    order = ("type", "title", "author", "container-title", "issued", "URL", "DOI", "accessed")
    return {key: csl[key] for key in (*order, *csl) if csl.get(key)}


def _title_of(file: Path) -> str:
    """The words of a file's name, for a document that does not say what it is called."""
    words = " ".join(file.stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or "Untitled"


def _known(base: Base, entry: Mapping[str, Any]) -> tuple[str | None, str]:
    known = Known()
    for id_, one in base.sources.items():
        known.add(id_, one.csl)
    return known.find(entry) or (None, "")


def _same_copy(base: Base, folder: Path, data: bytes, sha256: str) -> Source | None:
    """The source whose copy is the same, byte for byte; those without a hash are looked at."""
    for source in base.sources.values():
        if source.archive and source.archive_sha256 == sha256:
            return source
    for source in base.sources.values():
        if source.archive and not source.archive_sha256:
            path = folder / ARCHIVE / source.archive
            try:
                alike = path.stat().st_size == len(data) and path.read_bytes() == data
            except OSError:
                continue
            if alike and not path.is_symlink():
                return source
    return None


# --- what is written -------------------------------------------------------------------------


def _kept_already(
    index: Index, source: Source, data: bytes, sha256: str, saved: SavedText
) -> Capture:
    """The base has the copy: at most its hash, or the file itself, is missing."""
    folder = index.folder / ARCHIVE
    path = folder / source.archive
    plan = Plan()
    entry = source_entry_of(index, source.id)
    if not source.archive_sha256:
        custom = {**(entry.get("custom") or {}), "archive_sha256": sha256}
        plan = plan_edited_source(index, source.id, entry, {"custom": custom})
    if _is_linked(folder, source.archive):
        usable_copy(folder, source.archive)
    if not path.exists():
        plan.put(path, data)
    return Capture(source.id, entry, False, source.archive, sha256, saved, plan, "the same copy")


def _planned(
    index: Index,
    entry: Mapping[str, Any],
    name: str,
    data: bytes,
    sha256: str,
    saved: SavedText,
) -> Capture:
    whole = {**entry, "custom": {"archive": name, "archive_sha256": sha256}}
    plan = Plan()
    plan.put(index.folder / ARCHIVE / name, data)
    plan.add(index.folder / "sources.yaml", [whole])
    return Capture(str(entry["id"]), whole, True, name, sha256, saved, plan)


def _for_known(
    index: Index,
    source: Source,
    file: Path,
    data: bytes,
    sha256: str,
    saved: SavedText,
    why: str,
) -> Capture:
    """A copy for a source that the base has: it may have none, or one that went missing."""
    if source.archive:
        there = index.folder / ARCHIVE / source.archive
        if there.exists() or there.is_symlink():
            raise UsageError(
                f"{source.id} has another saved copy already, {source.archive}",
                hint="take `archive` and `archive_sha256` out of that source first, "
                "or name another one with --source",
            )
    seen = source_entry_of(index, source.id)
    name = _free_name(index, source.title, file.suffix)
    custom = {**(seen.get("custom") or {}), "archive": name, "archive_sha256": sha256}
    plan = plan_edited_source(index, source.id, seen, {"custom": custom})
    plan.put(index.folder / ARCHIVE / name, data)
    entry = {**seen, "custom": custom}
    return Capture(source.id, entry, False, name, sha256, saved, plan, why)


def _free_name(index: Index, title: str, suffix: str) -> str:
    """A free file name that every system takes: the title's words in a to z, the suffix behind."""
    folder = index.folder / ARCHIVE
    try:
        taken: set[str] = {entry.name.casefold() for entry in folder.iterdir()}
    except OSError:
        taken = set()
    taken |= {source.archive.casefold() for source in index.base.sources.values()}
    return safe_name(title, suffix, taken)


def safe_name(title: str, suffix: str, taken: Iterable[str]) -> str:
    """A file name made of a title that is not among `taken`, which are in small letters."""
    stem = latin(title)[:_LONGEST_NAME].strip("-") or "copy"
    if stem in _RESERVED:
        stem = f"{stem}-copy"
    end = suffix.lower() if suffix.isascii() and suffix[1:].isalnum() else ".bin"
    known = set(taken)
    number, name = 1, f"{stem}{end}"
    while name in known:
        number += 1
        name = f"{stem}-{number}{end}"
    return name
