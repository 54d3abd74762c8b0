"""The cells of a row with what is set for fields that it leaves empty, and whose source it has."""

from __future__ import annotations

from typing import Any

from briefgen.facts.tables.columns import ColumnPlan
from briefgen.facts.tables.export import text_of_csv_cell
from briefgen.facts.tables.fields import SOURCE_PREFIX, TELLING, is_of_source
from briefgen.facts.tables.table import CellFault, Table, TableRow
from briefgen.patterns import UNPRINTABLE

Cells = dict[str, tuple[int, Any]]
"""What the fields of a row hold, each with its place: see `ColumnPlan.column`."""


def fill(cells: Cells, row: TableRow, table: Table, plan: ColumnPlan) -> list[CellFault]:
    """Put into `cells` what is set for fields that the row leaves empty; what cannot be."""
    spoilt = {fault.column for fault in row.faults}
    faults = []

    def text(column: int) -> str:
        value = row.cells[column] if column < len(row.cells) else None
        if is_empty(value, plan) or isinstance(value, dict):
            return ""
        if isinstance(value, list):
            return "; ".join(value) if all(isinstance(one, str) for one in value) else ""
        said = cell_word(value)
        return text_of_csv_cell(said) if table.from_csv else said

    for filling in plan.fillings:
        field = filling.field
        if field in cells or spoilt.intersection((plan.column(field), *filling.columns)):
            continue
        said = filling.of(text)
        bad = UNPRINTABLE.search(said)
        if bad:
            faults.append(CellFault(plan.place_of(filling), *control_fault(bad.group())))
        elif said:
            cells[field] = (plan.place_of(filling), said)
    return faults


def brings_source(cells: Cells, plan: ColumnPlan) -> bool:
    """Whether a row rests on the source that it describes, not on one that it names.

    A column of citations goes first; then what the row itself says of a source; then the citation
    that is set for all; then the source that is described for all.
    """
    cites = cells.get("cites")
    if cites is not None and plan.filling_at(cites[0]) is None:
        return False
    if not any(f"{SOURCE_PREFIX}{key}" in cells for key in TELLING):
        return False
    varies = (plan.varies(place) for name, (place, _) in cells.items() if is_of_source(name))
    return any(varies) or (cites is None and not plan.sources_vary)


def is_empty(value: Any, plan: ColumnPlan) -> bool:
    """Whether a cell stands for nothing."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    text = value.strip()
    return not text or (bool(plan.empty) and text.casefold() in plan.empty)


def cell_word(value: Any) -> str:
    """A text, number or truth of a cell as text."""
    if isinstance(value, str):
        return str(value)
    return "true" if value is True else "false" if value is False else str(value)


def control_fault(character: str) -> tuple[str, str]:
    """What is wrong with a text that has a control character, and what to do."""
    return f"control character U+{ord(character):04X}", "delete it: documents cannot hold it"
