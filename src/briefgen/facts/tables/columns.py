"""Which column of a table is which field of a fact, and what fills the fields that have none."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from briefgen.dates.typed import DayOrder
from briefgen.errors import InputError, Origin
from briefgen.facts.tables.fields import (
    ALSO,
    FACT_FIELDS,
    SOURCE_PREFIX,
    TELLING,
    field_named,
    folded,
    is_of_source,
    known_field,
)
from briefgen.facts.tables.filling import Filling, column_named, read_filling
from briefgen.facts.tables.table import Table
from briefgen.suggestions import did_you_mean, few_of, shown
from briefgen.values import valueclass

_DAYS = ("earliest", "latest")
ASSUMED = "assumed"
"""The column that names those fields whose values a fact leaves to be assumed."""
DERIVED = (*_DAYS, ASSUMED)
"""What `briefgen facts` writes besides: the days of the date, and what is assumed."""
WHY = "why"
"""The column of rejected rows that says what is wrong with them."""
REQUIRED = ("topics", "kind", "statement", "cites")
_SET = 1_000_000
"""The place of the first field that something is set for: no table has so many columns."""
_MOST_UNTOLD = 5
_MOST_NAMES = 12


@valueclass(frozen=True, slots=True)
class TableMapping:
    """What a table means where its own words do not say it."""

    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By column, the field that it is; an empty one leaves the column out."""
    fillings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By field, what it says in rows that leave it empty."""
    dates: DayOrder | None = None
    """What stands first in `11/06/2023`."""
    empty: frozenset[str] = frozenset()
    """Cells that stand for nothing, such as `NA`, in any case."""


@valueclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of each column: its field, or None."""

    fields: tuple[str | None, ...]
    fillings: tuple[Filling, ...]
    untold: tuple[tuple[str, str], ...]
    """Columns that are not imported though nobody said so, each with what to do."""
    dates: DayOrder | None = None
    empty: frozenset[str] = frozenset()

    def column(self, field: str) -> int | None:
        """The place of a field: its column, counted from 0; beyond them, what is set for it."""
        if field in self.fields:
            return self.fields.index(field)
        return next((self.place_of(each) for each in self.fillings if each.field == field), None)

    def place_of(self, filling: Filling) -> int:
        """Where what is set for a field stands: beyond all columns."""
        return _SET + self.fillings.index(filling)

    def filling_at(self, place: int) -> Filling | None:
        """What is set for the field at a place beyond the columns, if that is one."""
        return self.fillings[place - _SET] if 0 <= place - _SET < len(self.fillings) else None

    def varies(self, place: int) -> bool:
        """Whether what stands at a place is a row's own."""
        filling = self.filling_at(place)
        return filling is None or bool(filling.columns)

    @property
    def sources_vary(self) -> bool:
        """Whether rows say something of their sources themselves."""
        return any(map(is_of_source, self.fields)) or any(
            each.columns for each in self.fillings if is_of_source(each.field)
        )

    def field_at(self, place: int) -> str | None:
        """The field of a column or of what is set."""
        if 0 <= place < len(self.fields):
            return self.fields[place]
        filling = self.filling_at(place)
        return filling.field if filling is not None else None

    def uses(self, column: int) -> bool:
        """Whether a column is a field, or what is set for one takes from it."""
        return self.field_at(column) is not None or any(
            column in filling.columns for filling in self.fillings
        )

    @property
    def makes_sources(self) -> bool:
        """Whether rows bring sources of their own."""
        return any(self.column(f"{SOURCE_PREFIX}{key}") is not None for key in TELLING)


def plan_columns(
    columns: Sequence[str],
    mapping: TableMapping,
    name: str,
    word: str = "column",
    *,
    shared_header: int | None = None,
) -> ColumnPlan:
    """Match columns with fields by name; `mapping` comes first.

    Case, spaces, `_` and `-` make no difference. `shared_header` as in `Table`. Raises
    `UsageError` for a mapping that names no column or no field, `InputError` when two columns are
    one field or a required one is missing.
    """
    fillings = tuple(
        read_filling(field_named(field, "--set"), text, columns, name, word)
        for field, text in mapping.fillings.items()
    )
    used = {column for filling in fillings for column in filling.columns}
    said = _said(columns, mapping.columns, name, word)
    fields: list[str | None] = []
    untold: list[tuple[str, str]] = []
    has_date = "date" in said.values() or any(folded(column) == "date" for column in columns)
    has_date = has_date or any(filling.field == "date" for filling in fillings)
    for index, column in enumerate(columns):
        if index in said:
            fields.append(said[index])
            continue
        known = _KNOWN.get(folded(column)) or known_field(column)
        if known in _DAYS:
            fields.append(None)
            if not has_date:
                untold.append((column, f"for dates: --map {_in_flag(column)}=date"))
            continue
        if known == WHY:
            known = None
        elif known is None and index not in used:
            near = did_you_mean(folded(column), _NAMES)
            untold.append(
                (column, f"{near} --map '{_in_flag(column)}=FIELD' says what it is".strip())
            )
        fields.append(known)
    empty = frozenset(text.strip().casefold() for text in mapping.empty)
    plan = ColumnPlan(tuple(fields), fillings, tuple(untold), mapping.dates, empty)
    _refuse_twice(columns, plan, name, word)
    _refuse_missing(plan, untold, name, word, shared_header)
    return plan


_KNOWN = {folded(name): name for name in (*DERIVED, WHY)}
_NAMES = tuple(folded(name) for name in (*FACT_FIELDS, *DERIVED)) + tuple(ALSO)


def _refuse_twice(columns: Sequence[str], plan: ColumnPlan, name: str, word: str) -> None:
    for index, field in enumerate(plan.fields):
        if field is not None and field in plan.fields[:index]:
            first = columns[plan.fields.index(field)]
            raise InputError(
                f"two {word}s are {field}: {shown(first)} and {shown(columns[index])}",
                hint=f"leave one out with --map '{_in_flag(columns[index])}='",
                origin=Origin(name),
            )


def _refuse_missing(
    plan: ColumnPlan,
    untold: Sequence[tuple[str, str]],
    name: str,
    word: str,
    shared_header: int | None,
) -> None:
    missing = [field for field in REQUIRED if plan.column(field) is None]
    if plan.makes_sources and "cites" in missing:
        missing.remove("cites")
    if not missing:
        return
    if shared_header is not None and "statement" in missing:
        raise InputError(
            f"the header has merged cells, which give several {word}s one name, and there is no "
            f"{word} for {', '.join(missing)}",
            hint=f"unmerge the cells of row {shared_header}, give each {word} a name of its own in "
            "one row, and import it again",
            origin=Origin(name),
        )
    first = missing[0]
    ways = [f"what it is for all with --set '{first}=…'"]
    if first == "cites":
        ways = [
            "which source all rest on with --set cites=ID",
            "what a source of its own is made of with --map COLUMN=source.title",
        ]
    if untold:
        ways.insert(0, f"which it is with --map 'COLUMN={first}'")
    rest = few_of([shown(column) for column, _ in untold], 10)
    raise InputError(
        f"there is no {word} for {', '.join(missing)}",
        hint=f"say {' or '.join(ways)}" + (f" (not used: {rest})" if untold else ""),
        origin=Origin(name),
    )


def untold_in_words(plan: ColumnPlan, table: Table) -> list[str]:
    """The columns that are not imported though nobody said so, each in a line; many in one."""
    untold = [each for each in plan.untold if each[0] or _has_text_without_header(table)]
    word = table.column_word
    few = untold
    if len(untold) > _MOST_UNTOLD:
        few = [each for each in untold if each[1].startswith("for dates")]
    told = [f"{word} {shown(column)} is not imported; {hint}" for column, hint in few]
    if len(untold) > len(few):
        rest = [
            shown(column) if column else "one without a name"
            for column, hint in untold
            if (column, hint) not in few
        ]
        told.append(
            f"{len(rest)} {word}s are not imported ({few_of(rest, _MOST_NAMES)}); "
            "--map 'COLUMN=FIELD' says what one is"
        )
    return told


def _has_text_without_header(table: Table) -> bool:
    unnamed = [place for place, column in enumerate(table.columns) if not column]
    return any(
        str(row.cells[place]).strip()
        for row in table.rows
        for place in unnamed
        if place < len(row.cells)
    )


def _in_flag(column: str) -> str:
    """A column's name in a flag to be typed; a whole text in a header's place is named apart."""
    return column if len(column) <= 60 else "COLUMN"


def _said(
    columns: Sequence[str], mapping: Mapping[str, str], name: str, word: str
) -> dict[int, str | None]:
    said: dict[int, str | None] = {}
    for column, field in mapping.items():
        places = column_named(column, columns, "--map", name, word)
        found = field_named(field, "--map") if field.strip() else None
        for place in places:
            said[place] = found
    return said
