"""JSON as rows of values; read strictly (RFC 8259), numbers kept as the text that was written."""

from __future__ import annotations

import json
from typing import Any

from briefgen.bounds import refuse_large_json
from briefgen.errors import InputError, Origin
from briefgen.facts.tables.table import MOST_COLUMNS, MOST_ROWS, CellFault, Table, TableRow
from briefgen.suggestions import shown


class JsonError(ValueError):
    """Text that is no JSON, or JSON with a key twice."""


class Number(str):
    """A number as written: `540`, `760.50`."""

    __slots__ = ()


def read_json(text: str) -> Any:
    """Lists, dicts, texts, `Number`s, True, False and None. Raises `JsonError`."""
    try:
        return json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_pairs,
        )
    except RecursionError:
        raise JsonError("it is nested too deep") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise JsonError(f"{error.msg[:1].lower()}{error.msg[1:]} ({where})") from None


def _refuse_constant(word: str) -> Any:
    raise JsonError(f"{word} is no number of JSON")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(name == key for name, _ in pairs) > 1)
        raise JsonError(f"the key {twice[:60]!r} stands twice in one object")
    return found


# --- as a table ----------------------------------------------------------------------------------


def read_json_table(text: str, name: str) -> Table:
    """The table in `text`: an array of objects, their keys its columns.

    An object within an object gives a column for each of its keys: `place.city`. Raises
    `InputError`.
    """
    refuse_large_json(text, name)
    try:
        found = read_json(text)
    except JsonError as error:
        raise InputError(
            f"not valid JSON: {error}", hint="correct it there", origin=Origin(name)
        ) from None
    if not isinstance(found, list):
        raise InputError(
            "expected a JSON array of facts",
            hint="write [{…}, {…}], as 'briefgen facts --json' does",
            origin=Origin(name),
        )
    if not found:
        raise InputError("the table is empty", hint=_AN_OBJECT, origin=Origin(name))
    columns: dict[str, int] = {}
    rows = []
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, dict):
            fault = CellFault(-1, f"expected a JSON object, found {_kind(entry)}", _AN_OBJECT)
            rows.append(TableRow(number, (), (fault,)))
            continue
        flat = _flat(entry)
        for key in flat:
            columns.setdefault(key, len(columns))
        if len(columns) > MOST_COLUMNS:
            break  # before a row is made that holds them all
        cells: list[Any] = [None] * len(columns)
        for key, value in flat.items():
            cells[columns[key]] = value
        rows.append(TableRow(number, tuple(cells)))
    if rows and not columns:
        faults = rows[0].faults
        raise InputError(
            f"entry 1: {faults[0].message if faults else 'the object is empty'}",
            hint=_AN_OBJECT,
            origin=Origin(name),
        )
    if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise InputError("too many facts or keys", hint="split the file", origin=Origin(name))
    return Table(tuple(columns), tuple(rows), "entry", "key")


def _flat(entry: dict[str, Any], above: str = "") -> dict[str, Any]:
    """An object's keys and those of the objects in it; lists stay as they are."""
    found: dict[str, Any] = {}
    for key, value in entry.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and name.count(".") < _MOST_LEVELS:
            found |= _flat(value, f"{name}.")
        else:
            found[name] = value
    return found


_MOST_LEVELS = 8
"""Objects within objects that become columns."""
_AN_OBJECT = 'write each fact as {"id": …, "date": …}'


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else "true or false"
    return shown(value)
