"""Opening a brief's file, and saving it so that nobody's changes are lost.

What a file said when it was opened or saved is remembered as a hash of its contents: contents
decide, never dates.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.reader import parse_spec
from briefgen.brief.spec.writer import amend_spec, write_spec
from briefgen.errors import BriefgenError, InputError, Origin, not_read_in_words
from briefgen.files import write_whole
from briefgen.folders import at_home
from briefgen.locks import alone
from briefgen.ordinary_files import read_ordinary
from briefgen.pipeline.naming import BRIEF_SUFFIX
from briefgen.reading.yaml_tree import MAX_BYTES


class ChangedOnDiskError(BriefgenError):
    """The brief's file says something else than when it was opened or saved last."""


@dataclass(frozen=True, slots=True)
class OpenedBrief:
    """A brief from its file."""

    spec: BriefSpec
    path: Path
    """Absolute."""
    seen: str
    """A hash of what the file said, for `save_brief`."""


def open_brief(path: Path) -> OpenedBrief:
    """Read a brief's file. Raises `InputError` with every problem in it."""
    path = absolute(path)
    data = _contents(path)
    if data is None:
        raise InputError("no such file", hint="check the path", origin=Origin(str(path)))
    return OpenedBrief(parse_spec(data, str(path), path.parent), path, _hash(data))


def save_brief(
    spec: BriefSpec,
    path: Path,
    seen: str | None = None,
    *,
    anyway: bool = False,
    like: Path | None = None,
) -> str:
    """Write the brief to its file, whole or not at all; what comes back is the new `seen`.

    Where the file says what it did when `seen` was taken, only what has changed is written anew:
    comments, order and spelling stay. With `anyway` it may have been changed by others, and what
    they wrote goes where the brief says something else. Without `seen` the file is written anew;
    comments, order and spelling are then those of the file `like`, the brief's own until now.

    Raises `ChangedOnDiskError` for a file that was changed, `InputError` for a brief that could
    not be read again, `OutputError` for a file that cannot be written. It is as before then.
    """
    path = absolute(path)
    with alone(path.with_name(f".{path.name}.lock")):  # where there are none, what is there counts
        return _save(spec, path, seen, anyway, like)


def _save(spec: BriefSpec, path: Path, seen: str | None, anyway: bool, like: Path | None) -> str:
    there = _contents(path) if seen is not None else None
    if there is not None and not anyway and _hash(there) != seen:
        raise ChangedOnDiskError(
            f"{path.name} was changed by another program since it was opened",
            hint="save it anyway, open it anew, or save under another name",
        )
    data = None
    model = there if seen is not None or like is None else _contents_if_any(absolute(like))
    if model is not None:
        try:
            data = amend_spec(model, spec, path.parent, str(path))
        except InputError:  # no brief any more; a fault of ours is told below
            data = None
    if data is None:
        data = write_spec(spec, path.parent, path.name)
    if data != there:
        write_whole(path, data)
    return _hash(data)


def seen_of(path: Path) -> str | None:
    """What `open_brief` would give as `seen`; None for a file that is not there."""
    data = _contents(absolute(path))
    return None if data is None else _hash(data)


def brief_path(path: Path) -> Path:
    """`path` with the suffix of a brief's file: `energy` and `energy.yaml` become
    `energy.brief.yaml`.
    """
    name = path.name
    if name.lower().endswith(BRIEF_SUFFIX):
        return path
    for ending in (".brief", ".yaml", ".yml"):
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    return path.with_name(name + BRIEF_SUFFIX)


def brief_name(spec: BriefSpec, path: Path | None) -> str:
    """What a brief is called where its title would stand."""
    return spec.title or (path.name if path is not None else "Untitled brief")


def absolute(path: Path) -> Path:
    """The path from the root on, whatever folder the program works in later."""
    return Path.cwd() / at_home(path)


def _contents(path: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        data = read_ordinary(path, MAX_BYTES)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        said, hint = not_read_in_words("file", error)
        raise InputError(said, hint=hint, origin=Origin(str(path))) from None
    return data


def _contents_if_any(path: Path) -> bytes | None:
    try:
        return _contents(path)
    except InputError:
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
