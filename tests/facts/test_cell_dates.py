"""Dates as programs and people put them into tables: what they become, and what is refused."""

from __future__ import annotations

import gc

import pytest

from briefgen.dates.typed import DayOrder
from briefgen.facts.tables.cell_dates import date_in_cell
from briefgen.facts.tables.cell_words import CellError


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("11 June 2023", "2023-06-11"),
        ("June 2023", "2023-06"),
        ("Sept. 3rd, 1950", "1950-09-03"),
        ("c. 1950", "1950~"),
        ("1950s", "195X"),
        ("between 1950 and 1953", "1950/1953"),
        ("3.9.1950", "1950-09-03"),
        ("13/06/2023", "2023-06-13"),
        # what programs write
        ("41411", "2013-05-17"),
        ("41411.75", "2013-05-17"),
        ("19990301", "1999-03-01"),
        ("1816-3-1", "1816-03-01"),
        ("1816-3", "1816-03"),
        ("1950.0", "1950"),
        ("1950-01-01..1950-12-31", "1950-01-01/1950-12-31"),
        ("2013-05-01 00:00:00", "2013-05-01"),
        ("2013-05-01T00:00:00.000Z", "2013-05-01"),
        ("2013-05-01T00:00:00+02:00", "2013-05-01"),
        ("2013-05-01 10:30", "2013-05-01"),
        ("2013-05-01T10:30:00Z", "2013-05-01T10:30:00Z"),
        ("5/13/1950 12:00:00 AM", "1950-05-13"),
        ("  11\xa0June 2023 ", "2023-06-11"),
    ],
)
def test_a_date_of_a_cell(cell: str, edtf: str) -> None:
    assert date_in_cell(cell) == edtf


def test_numbers_of_days_from_1904() -> None:
    assert date_in_cell("39949", from_1904=True) == "2013-05-17"


@pytest.mark.parametrize(
    ("cell", "order", "edtf"),
    [
        ("11/06/2023", "day-first", "2023-06-11"),
        ("11/06/2023", "month-first", "2023-11-06"),
        ("11-06-2023 00:00", "month-first", "2023-11-06"),
        ("11.06.2023", "month-first", "2023-06-11"),
        ("between 1/2/1950 and 3/4/1950", "day-first", "1950-02-01/1950-04-03"),
    ],
)
def test_an_order_that_is_said_holds(cell: str, order: DayOrder, edtf: str) -> None:
    assert date_in_cell(cell, order) == edtf


@pytest.mark.parametrize(
    ("cell", "order", "message", "hint"),
    [
        (
            "11/06/2023", None,
            "'11/06/2023' is not clear as a date; it could be 11 June 2023 (2023-06-11) or 6 November 2023 (2023-11-06)",
            "say for the whole table which stands first: --dates day-first, or month-first",
        ),
        ("06/13/2023", "day-first", "'06/13/2023' is not clear as a date",
         "the day is said to stand first, and there is no month 13"),
        ("13/06/2023", "month-first", "'13/06/2023' is not clear as a date",
         "the month is said to stand first, and there is no month 13"),
        ("11-Jun-23", None, "'11-Jun-23' is not clear as a date", "write the year with four digits"),
        ("NA", None, "'NA' is not clear as a date",
         "if that stands for nothing, say so for the whole table: --empty 'NA'"),
        ("0000-00-00", None, "'0000-00-00' has no month 00",
         "if that stands for nothing, say so for the whole table: --empty '0000-00-00'"),
        ("20230231", None, "'20230231' does not exist: 2023-02 has 28 days",
         "correct the day, or leave it out"),
        ("32.06.2023", None, "'32.06.2023' does not exist: 2023-06 has 30 days",
         "correct the day, or leave it out"),
        ("31/06/2023 00:00", None, "'31/06/2023 00:00' does not exist: 2023-06 has 30 days",
         "correct the day, or leave it out"),
        ("99999999999999999999", None, "'99999999999999999999' is not a date",
         "years have at most 15 digits"),
        ("30121999", None, "'30121999' is not a date", "write it with hyphens: 3012-19-99"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_refused_with_a_way_out(
    cell: str, order: DayOrder | None, message: str, hint: str
) -> None:
    with pytest.raises(CellError) as caught:
        date_in_cell(cell, order)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_refused_dates_leave_nothing_for_the_collector() -> None:
    """It is paused while a table is read: two hundred thousand bad cells would fill the memory."""
    cells = [text for number in range(60) for text in (str(number), f"the {number}. day")]
    gc.collect()
    gc.disable()
    try:
        for cell in cells:
            with pytest.raises(CellError):
                date_in_cell(cell)
        assert gc.collect() < len(cells)
    finally:
        gc.enable()
