"""Merged cells of a sheet, as a person sees them: one value for all the rows that it spans.

A workbook keeps that value in the first cell and leaves the others empty. Down the rows it is
filled in. Across columns it stays in the first: what spreads over the next column for want of room
is not that column's value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence

from briefgen.facts.tables.fields import known_field
from briefgen.facts.tables.table import MOST_COLUMNS, CellFault
from briefgen.values import valueclass

Record = tuple[int, list[str], list[CellFault]]
"""A row's number as the sheet shows it, its texts, what in it cannot be read."""


@valueclass(frozen=True, slots=True)
class Merged:
    """A merged range. Rows count from 1, columns from 0; the last ones are inside."""

    top: int
    left: int
    bottom: int
    right: int


def unmerged(records: Sequence[Record], merged: Iterable[Merged]) -> list[Record]:
    """The rows of a sheet, in order, with what merged cells say in each row that they span.

    A heading merged over the whole table is left out, headers of several rows become one. Rows
    that have nothing of their own stay empty.
    """
    ranges = list(merged)
    found = [(number, list(texts), list(faults)) for number, texts, faults in records]
    if not ranges:
        return found
    filled = [record for record in found if _says_something(record)]
    if not filled:
        return found
    wide = {(each.top, each.left) for each in ranges if each.right > each.left}
    headings = 0
    while headings < len(filled) - 1 and _is_heading(filled[headings], wide):
        headings += 1
    filled = filled[headings:]
    top = filled[0][0]
    bottom = max((each.bottom for each in ranges if each.top == top), default=top)
    if bottom == top and len(filled) > 1 and _names_groups(filled[0], filled[1], ranges):
        bottom = filled[1][0]
    header = [record for record in filled if record[0] <= bottom]
    below = [record for record in filled if record[0] > bottom]
    _fill_down(below, [each for each in ranges if each.top > bottom])
    texts = _header(header)
    _name_covered(texts, [each for each in ranges if each.top == top], below)
    return [(top, texts, [fault for _, _, faults in header for fault in faults]), *below]


def shares_a_name(header: Sequence[str], row: int, merged: Iterable[Merged]) -> bool:
    """Whether a merged cell holds columns together that have no names of their own.

    `header` is what `unmerged` made of the header, `row` the first row that it stands in.
    """
    return any(
        column >= len(header) or header[column] in ("", _covered(header[each.left], column))
        for each in merged
        if each.top == row and each.left < len(header)
        for column in range(each.left + 1, min(each.right, MOST_COLUMNS) + 1)
    )


def _says_something(record: Record) -> bool:
    return bool(record[2]) or any(text.strip() for text in record[1])


def _is_heading(record: Record, wide: Container[tuple[int, int]]) -> bool:
    """Whether a row is one text over several columns."""
    number, texts, faults = record
    places = [column for column, text in enumerate(texts) if text.strip()]
    return not faults and len(places) == 1 and (number, places[0]) in wide


def _names_groups(upper: Record, lower: Record, ranges: Sequence[Merged]) -> bool:
    """Whether a header's second row names the columns that its first one holds together.

    It stands right below, names each of these columns and says nothing elsewhere; and it has names:
    a field's is among them, or columns beside have theirs in the first row.
    """
    covered = {
        column
        for each in ranges
        if each.top == upper[0] and each.right > each.left
        for column in range(each.left, each.right + 1)
    }
    said = {column: text for column, text in enumerate(lower[1]) if text.strip()}
    if not covered or lower[2] or lower[0] != upper[0] + 1 or set(said) != covered:
        return False
    beside = any(text.strip() for column, text in enumerate(upper[1]) if column not in covered)
    return beside or any(known_field(text) for text in said.values())


def _header(rows: Sequence[Record]) -> list[str]:
    """The lowest text of each column: what stands above it is the heading of a group."""
    width = max(len(texts) for _, texts, _ in rows)
    names = [""] * width
    for _, texts, _ in rows:
        for column, text in enumerate(texts):
            names[column] = text if text.strip() else names[column]
    return names


def _fill_down(rows: Sequence[Record], ranges: Iterable[Merged]) -> None:
    numbers = [number for number, _, _ in rows]
    done: dict[int, int] = {}
    """By column, the last row filled: ranges that overlap are nobody's, and might be endless."""
    for each in sorted(ranges, key=lambda each: each.top):
        first = bisect_left(numbers, each.top)
        if first == len(rows) or numbers[first] != each.top or each.bottom <= each.top:
            continue
        if done.get(each.left, 0) >= each.top:
            continue
        done[each.left] = each.bottom
        _, texts, faults = rows[first]
        text = texts[each.left] if each.left < len(texts) else ""
        wrong = [fault for fault in faults if fault.column == each.left]
        for _, below, more in rows[first + 1 : bisect_right(numbers, each.bottom)]:
            more += wrong
            if text and not (each.left < len(below) and below[each.left]):
                below += [""] * (each.left + 1 - len(below))
                below[each.left] = text


def _name_covered(texts: list[str], ranges: Iterable[Merged], rows: Sequence[Record]) -> None:
    """A column below a header cell that is merged with the one before has a name of its own if
    anything stands in it, so that it can be told of and mapped."""
    used = {column for _, below, _ in rows for column, text in enumerate(below) if text.strip()}
    for each in ranges:
        name = texts[each.left] if each.left < len(texts) else ""
        for column in sorted(used.intersection(range(each.left + 1, each.right + 1))):
            texts += [""] * (column + 1 - len(texts))
            if not texts[column].strip():
                texts[column] = _covered(name, column)


def _covered(name: str, column: int) -> str:
    return f"{name} ({column_letter(column + 1)})"


def column_letter(column: int) -> str:
    """`C` for 3: what a spreadsheet calls a column."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
