"""One entry of a base's file as the plain values that stand there, nothing added or left out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from briefgen.errors import InputError, Origin, Problem
from briefgen.facts.files import BaseFile, read_bytes
from briefgen.reading.yaml_tree import Mapping, Node, Sequence
from briefgen.suggestions import did_you_mean, shown
from briefgen.writing.entry_list import EntryList
from briefgen.writing.pieces import piece_at


def entry_in(
    data: bytes, id_: str, *, under: str = "", name: str = "the file", line: int | None = None
) -> dict[str, Any]:
    """The entry called `id_`: texts, lists and maps of texts, in the file's order.

    `line` is where it starts, counted from 1, if that is known: then a file of thousands need not
    be read whole. A line that is not right does no harm.

    `key` of a fact is a truth value, and a number that would be written as it stands a number, so
    that writing the entry again writes it the same way. `under` and `name` are as in `splice`.
    Raises `InputError` when the file cannot be parsed or has no such entry.
    """
    piece = piece_at(data, id_, line, name) if line else None
    if piece is not None:
        there = _plain(piece.node)
        assert isinstance(there, dict)
        return there
    existing = EntryList(data, under, name)
    for found, place in existing.ids():
        if found == id_:
            entry = _plain(existing.items[place])
            assert isinstance(entry, dict)
            return entry
    raise InputError(
        f"there is no entry {shown(id_)} in it any more",
        hint=did_you_mean(id_, dict(existing.ids())) or "it may have been renamed or removed",
        origin=Origin(name),
    )


def entries_in(
    data: bytes, ids: Iterable[str], *, under: str = "", name: str = "the file"
) -> dict[str, dict[str, Any]]:
    """Several entries by id, the file read once; otherwise as `entry_in`."""
    existing = EntryList(data, under, name)
    places = dict(reversed(existing.ids()))
    found: dict[str, dict[str, Any]] = {}
    for id_ in ids:
        if id_ not in places:
            raise InputError(
                f"there is no entry {shown(id_)} in it any more",
                hint=did_you_mean(id_, places) or "it may have been renamed or removed",
                origin=Origin(name),
            )
        found[id_] = _plain(existing.items[places[id_]])
    return found


def key_above(path: Path) -> str:
    """The key above the list of entries in a file of a base; empty where the list is all of it."""
    return "references" if path.name == "sources.yaml" else ""


def entry_of_file(path: Path, id_: str, *, line: int | None = None) -> dict[str, Any]:
    """The entry called `id_` in the file `path`; parameters and errors as in `entry_in`."""
    data = bytes_of(path) or b""
    return entry_in(data, id_, under=key_above(path), name=str(path), line=line)


def bytes_of(path: Path) -> bytes | None:
    """What a file holds, None when there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    data = read_bytes(BaseFile("facts", path.name, path, str(path)))
    if isinstance(data, Problem):
        raise InputError.from_problems([data])
    return data


def _plain(node: Node, key: str = "") -> Any:
    if isinstance(node, Sequence):
        return [_plain(item, key) for item in node.items]
    if isinstance(node, Mapping):
        return {name.text: _plain(value, name.text) for name, value in node.pairs}
    text = node.text
    if key == "key" and node.plain and text in ("true", "false"):
        return text == "true"
    if key in ("value", "value_to"):
        return number_as_written(text)
    return text


def number_as_written(text: str) -> int | float | str:
    """A number, if writing it gives `text` again; else the text."""
    kinds: tuple[type[int] | type[float], ...] = (int, float)
    for kind in kinds:
        try:
            value = kind(text)
        except ValueError:
            continue
        if repr(value) == text:
            return value
    return text
