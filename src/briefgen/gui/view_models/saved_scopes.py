"""Scopes that a person saved by name, for each base in a file of its own, as YAML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from briefgen.brief.spec.selection_shape import SELECTION_SHAPE
from briefgen.brief.spec.writer import selection_map
from briefgen.errors import InputError
from briefgen.files import write_whole
from briefgen.folders import config_folder
from briefgen.many_problems import Problems
from briefgen.reading.shapes import Key, ListShape, RecordShape, RecordValues, Report, TextShape
from briefgen.reading.yaml_tree import Document, parse_yaml, read_yaml_file
from briefgen.select.model import Selection
from briefgen.values import valueclass
from briefgen.writing.mapping import written_map
from briefgen.writing.plan import bases_alone

_LINE = TextShape(single_line=True)


@valueclass(frozen=True, slots=True)
class SavedScope:
    """A selection with a name."""

    name: str
    select: Selection


def _to_scope(record: RecordValues, report: Report) -> SavedScope:
    return SavedScope(record["name"], record.get("select", Selection()))


_FILE = RecordShape(
    {
        "format": Key(_LINE, True),
        "base": Key(_LINE, about="The base's folder, for whoever reads the file."),
        "scopes": Key(
            ListShape(
                RecordShape(
                    {"name": Key(_LINE, True), "select": Key(SELECTION_SHAPE)}, "scope", _to_scope
                )
            )
        ),
    },
    "file of scopes",
)


def scopes_file(base: Path) -> Path:
    """Where the scopes of a base are kept: in the person's folder, after where the base lies."""
    where = str(base.resolve())
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", base.resolve().name).strip(".-") or "base"
    digest = hashlib.sha256(where.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return config_folder() / "scopes" / f"{name}-{digest}.yaml"


def read_scopes(base: Path) -> tuple[SavedScope, ...]:
    """The scopes saved of a base, by name. Raises `InputError` for a file that is damaged."""
    path = scopes_file(base)
    return _scopes(read_yaml_file(path)) if path.exists() else ()


def save_scope(base: Path, name: str, select: Selection) -> None:
    """Keep a selection under a name; one of that name is replaced.

    Raises `InputError` where the file is damaged, which stays as it is then, and `OutputError`.
    """
    with bases_alone([scopes_file(base)]):
        others = [one for one in read_scopes(base) if one.name != name]
        _write(base, [*others, SavedScope(name, select)])


def rename_scope(base: Path, name: str, new: str) -> None:
    """Give a scope another name; one that has it is replaced. Raises as `save_scope`."""
    with bases_alone([scopes_file(base)]):
        kept = [one for one in read_scopes(base) if one.name != new or one.name == name]
        _write(base, [SavedScope(new, one.select) if one.name == name else one for one in kept])


def remove_scope(base: Path, name: str) -> None:
    """Forget a scope. Raises as `save_scope`."""
    with bases_alone([scopes_file(base)]):
        _write(base, [one for one in read_scopes(base) if one.name != name])


def _write(base: Path, scopes: Sequence[SavedScope]) -> None:
    path = scopes_file(base)
    said = []
    for scope in scopes:
        select = selection_map(scope.select)
        said.append({"name": scope.name} | ({"select": select} if select else {}))
    values = {"format": 1, "base": str(base.resolve()), "scopes": said or None}
    data = written_map(values).encode()
    _scopes(parse_yaml(data, str(path)))  # raises what could not be read again
    write_whole(path, data)


def _scopes(document: Document) -> tuple[SavedScope, ...]:
    report = Report(document.path, Problems(document.problems))
    record = None
    if document.root is not None and not report.problems:
        record = _FILE.read(document.root, report)
    if report.problems:
        raise InputError.from_problems(report.problems)
    scopes = record.get("scopes", ()) if isinstance(record, RecordValues) else ()
    return tuple(sorted(scopes, key=lambda scope: (scope.name.casefold(), scope.name)))
