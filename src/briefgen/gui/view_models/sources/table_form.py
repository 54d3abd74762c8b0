"""Which column of a table is what, as a form asks it: a line for each field, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefgen.dates.typed import DayOrder
from briefgen.facts.tables.columns import REQUIRED, TableMapping
from briefgen.facts.tables.fields import SOURCE_PREFIX, TELLING, folded, known_field
from briefgen.facts.tables.filled_cells import cell_word
from briefgen.facts.tables.table import Table

_LONGEST_SAMPLE = 36
_ROWS_LOOKED_AT = 50

LABELS: Mapping[str, str] = {
    "statement": "Statement",
    "date": "Date",
    "kind": "Kind",
    "topics": "Topics",
    "actors": "Actors",
    "detail": "Detail",
    "id": "Id",
    "cites": "Source in the base",
    "source.title": "Own source: title",
    "source.URL": "Own source: address",
    "source.issued": "Own source: date",
    "source.author": "Own source: authors",
    "source.publisher": "Own source: publisher",
    "source.type": "Own source: type",
}
"""The fields that every form asks for, in its order."""
EXAMPLES: Mapping[str, str] = {
    "statement": "{Title} was signed.",
    "date": "{year}-{month}-{day}",
    "topics": "ids, parted by ;",
    "source.title": "{Title}",
    "source.type": "treaty, dataset, report…",
}


class ColumnChoice(NamedTuple):
    """A column that a field may be."""

    name: str
    text: str
    """With the first thing that stands in it."""


class FormValues(NamedTuple):
    """What a form says."""

    columns: Mapping[str, str]
    """By field, the name of its column; fields without one are left out."""
    fillings: Mapping[str, str]
    """By field, what it says where rows leave it empty."""
    dates: DayOrder | None = None
    empty: str = ""
    """Cells that say nothing, parted by `;`."""


def column_choices(table: Table) -> list[ColumnChoice]:
    """The columns that have a name, each once."""
    found: dict[str, str] = {}
    for place, name in enumerate(table.columns):
        if name and name not in found:
            first = table.rows[:_ROWS_LOOKED_AT]
            sample = next(filter(None, (_word(row.cells, place) for row in first)), "")
            cut = sample[: _LONGEST_SAMPLE - 1] + "…" if len(sample) > _LONGEST_SAMPLE else sample
            found[name] = f"{name}  ·  {cut}" if cut else name
    return [ColumnChoice(name, text) for name, text in found.items()]


def _word(cells: Sequence[object], place: int) -> str:
    value = cells[place] if place < len(cells) else None
    return (
        ""
        if value is None or isinstance(value, (list, dict))
        else " ".join(cell_word(value).split())
    )


def automatic(table: Table) -> dict[str, str]:
    """By field, the column that is called so."""
    found: dict[str, str] = {}
    for name in table.columns:
        field = known_field(name) if name else None
        if field is not None:
            found.setdefault(field, name)
    return found


def fields_of(table: Table) -> dict[str, str]:
    """The fields to ask for, with their labels: the usual ones, and what columns are called."""
    others = {field: field.replace("_", " ").capitalize() for field in automatic(table)}
    return {**LABELS, **{field: text for field, text in others.items() if field not in LABELS}}


def mapping_of(values: FormValues, table: Table) -> TableMapping:
    """What the form says, as the import takes it.

    A column that is called like a field and was not chosen for it is left out; one that is chosen
    for two is the first, and what the others are made of.
    """
    columns: dict[str, str] = {}
    fillings = {field: text for field, text in values.fillings.items() if text.strip()}
    for field, name in values.columns.items():
        if name not in columns:
            columns[name] = field
        elif field not in fillings:
            fillings[field] = f"{{{name}}}"
    for name in automatic(table).values():
        columns.setdefault(name, "")
    empty = frozenset(part.strip() for part in values.empty.split(";") if part.strip())
    return TableMapping(columns, fillings, values.dates, empty)


def still_missing(values: FormValues) -> list[str]:
    """The labels of what every fact needs and nothing says yet."""
    said = {*values.columns, *(field for field, text in values.fillings.items() if text.strip())}
    missing = [field for field in REQUIRED if field not in said]
    if "cites" in missing and any(f"{SOURCE_PREFIX}{key}" in said for key in TELLING):
        missing.remove("cites")
    return ["a source" if field == "cites" else LABELS[field].lower() for field in missing]


_FLAGS = re.compile(r": --dates day-first, or month-first|: --empty '[^']*'| \(--[a-z].*?\)")


def in_the_window(text: str) -> str:
    """A sentence of the command line without its flags: the form stands for them."""
    told = _FLAGS.sub("", text)
    return re.sub(r"--(?:set|map|rejects)[ :]*", "", told)


def table_key(table: Table) -> tuple[str, ...]:
    """What tells tables of one make: their columns, without the one for reasons."""
    return tuple(name for name in table.columns if folded(name) != "why")
