"""Which column of a table is which field of a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefgen.errors import InputError, Origin, UsageError
from briefgen.facts.formats import FACT
from briefgen.suggestions import did_you_mean, shown
from briefgen.values import valueclass

FIELDS = (*FACT.keys, "quote", "locator")
"""What a column can be: a key of a fact, the quotes of its citations, the place in its source."""
_DAYS = ("earliest", "latest")
ASSUMED = "assumed"
"""The column that names those fields whose values a fact leaves to be assumed."""
DERIVED = (*_DAYS, ASSUMED)
"""What `briefgen facts` writes besides: the days of the date, and what is assumed."""
REQUIRED = ("topics", "kind", "statement", "cites")

_ALSO = {
    "topic": "topics", "actor": "actors", "figure": "figures", "quotes": "quote",
    "cite": "cites", "citation": "cites", "citations": "cites", "source": "cites",
    "sources": "cites",
}  # fmt: skip


@valueclass(frozen=True, slots=True)
class ColumnPlan:
    """What becomes of each column: its field, or None."""

    fields: tuple[str | None, ...]
    untold: tuple[tuple[str, str], ...]
    """Columns that are not imported though nobody said so, each with what to do."""

    def column(self, field: str) -> int | None:
        """The column of a field, counted from 0."""
        return self.fields.index(field) if field in self.fields else None


def plan_columns(
    columns: Sequence[str], mapping: Mapping[str, str], name: str, word: str = "column"
) -> ColumnPlan:
    """Match columns with fields by name; `mapping` comes first, an empty field leaves a column out.

    Case, spaces, `_` and `-` make no difference. Raises `UsageError` for a mapping that names no
    column or no field, `InputError` when two columns are one field or a required one is missing.
    """
    said = _said(columns, mapping, name, word)
    fields: list[str | None] = []
    untold: list[tuple[str, str]] = []
    known = {_folded(field): field for field in (*FIELDS, *DERIVED)} | _ALSO
    has_date = "date" in said.values() or any(_folded(column) == "date" for column in columns)
    for index, column in enumerate(columns):
        if index in said:
            fields.append(said[index])
            continue
        field = known.get(_folded(column))
        if field in _DAYS:
            fields.append(None)
            if not has_date:
                untold.append((column, f"for dates: --map {column}=date"))
            continue
        fields.append(field)
        if field is None:
            near = did_you_mean(_folded(column), known)
            untold.append((column, f"{near} --map '{column}=FIELD' says what it is".strip()))
    for index, field in enumerate(fields):
        if field is not None and field in fields[:index]:
            first = columns[fields.index(field)]
            raise InputError(
                f"two {word}s are {field}: {shown(first)} and {shown(columns[index])}",
                hint=f"leave one out with --map '{columns[index]}='",
                origin=Origin(name),
            )
    missing = [field for field in REQUIRED if field not in fields]
    if missing:
        rest = ", ".join(shown(column) for column, _ in untold[:10])
        raise InputError(
            f"there is no {word} for {', '.join(missing)}",
            hint=f"say which it is with --map 'COLUMN={missing[0]}' (not used: {rest})"
            if untold
            else f"every fact needs {', '.join(REQUIRED)}",
            origin=Origin(name),
        )
    return ColumnPlan(tuple(fields), tuple(untold))


def _said(
    columns: Sequence[str], mapping: Mapping[str, str], name: str, word: str
) -> dict[int, str | None]:
    said: dict[int, str | None] = {}
    for column, field in mapping.items():
        places = [i for i, known in enumerate(columns) if known == column] or [
            i for i, known in enumerate(columns) if _folded(known) == _folded(column)
        ]
        if not places or not column:
            raise UsageError(
                f"--map: {name} has no {word} {shown(column)}",
                hint=did_you_mean(column, columns) or f"it has {', '.join(columns[:30])}",
            )
        known_field = {_folded(known): known for known in FIELDS} | _ALSO
        found = known_field.get(_folded(field)) if field.strip() else None
        if field.strip() and found is None:
            raise UsageError(
                f"--map: facts have no field {shown(field)}",
                hint=did_you_mean(field, FIELDS) or f"choose from {', '.join(FIELDS)}",
            )
        for place in places:
            said[place] = found
    return said


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
