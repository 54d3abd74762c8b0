"""The columns of a histogram: which there are, and how ranges snap to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.dates import Edtf, parse_edtf
from briefgen.select.periods import last_months, whole_year
from briefgen.select.timescale import MOST_COLUMNS, Timescale, timescale


def scale_of(*dates: str) -> Timescale:
    counts: dict[tuple[int | None, int | None], int] = {}
    for text in dates:
        date = parse_edtf(text)
        counts[date.first_day, date.last_day] = counts.get((date.first_day, date.last_day), 0) + 1
    found = timescale(counts)
    assert found is not None
    return found


def column(scale: Timescale, day: str) -> str:
    """The column of a day, as the dates that it runs from and to."""
    first = parse_edtf(day).first_day
    assert first is not None
    start, end = scale.period(scale.column_of(first))
    return f"{start.text if start else '..'}/{end.text if end else '..'}"


def texts(*dates: Edtf | None) -> tuple[str | None, ...]:
    return tuple(date.text if date else None for date in dates)


def test_few_years_are_shown_by_month() -> None:
    scale = scale_of("2011-05", "2012-09-01")

    assert (scale.unit, scale.columns) == ("month", 24)
    assert column(scale, "2011-05-17") == "2011-05/2011-05"
    assert texts(scale.start_at(4), scale.end_at(6)) == ("2011-05", "2011-06")
    assert scale.years(1) == ((0, 2011), (12, 2012))


def test_more_years_are_shown_by_year() -> None:
    scale = scale_of("1998", "2011-05", "2021")

    assert (scale.unit, scale.columns) == ("year", 24)
    assert texts(scale.start_at(5), scale.end_at(20)) == ("2003", "2017")
    assert scale.years(10) == ((2, 2000), (12, 2010), (22, 2020))


def test_what_lies_far_from_nearly_all_others_is_gathered() -> None:
    scale = scale_of("1948-05", *["2011"] * 20, *["2023"] * 20, "Y17000")

    assert scale.columns == 15
    assert column(scale, "1948-05-01") == "../2010"
    assert column(scale, "2011-01-01") == "2011/2011"
    assert column(scale, "Y17000") == "2024/.."
    assert texts(scale.end_at(1), scale.start_at(14)) == ("2010", "2024")


def test_thousands_of_years_have_round_columns() -> None:
    scale = scale_of("-2500", "-0044-03-15", "0476", "1453", "2011")

    assert scale.columns <= MOST_COLUMNS
    assert column(scale, "-0044-03-15") == "-0100/-0001"
    assert column(scale, "1453-05-29") == "1400/1499"


def test_what_has_always_been_lies_before_the_others() -> None:
    scale = scale_of("1948", *["../1991"] * 5, *["2003", "2023"] * 10)

    assert column(scale, "1991-12-31") == "../2002"
    assert scale.columns == 22


def test_open_ends_do_not_make_it_longer() -> None:
    scale = scale_of("../2011", "2011-06", "2012/..", "../..")

    assert (scale.unit, scale.columns) == ("month", 24)


def test_nothing_dated_has_no_scale() -> None:
    assert timescale({}) is None
    assert timescale({(None, None): 3}) is None


@pytest.mark.parametrize(
    ("start", "end", "boundaries"),
    [
        (None, None, (0, 24)),
        ("2003-07-15", "2017-01-01", (5, 20)),  # a day of a column is all of it
        ("1900", "2100", (0, 24)),
        ("2030", None, (24, 24)),  # beyond the last fact: nothing inside
        (None, "1900", (0, 0)),
        ("../2010", "2017/..", (0, 24)),  # what they say has no limit there
    ],
)
def test_ranges_take_every_column_that_they_touch(
    start: str | None, end: str | None, boundaries: tuple[int, int]
) -> None:
    scale = scale_of("1998", "2021")
    found = scale.boundaries(start and parse_edtf(start), end and parse_edtf(end))  # type: ignore[arg-type]
    assert found == boundaries


POINTS = st.one_of(
    st.integers(0, 9999).map("{:04d}".format),
    st.integers(1, 9999).map("-{:04d}".format),
    st.integers(10_000, 10**15 - 1).map("Y{}".format),
    st.integers(10_000, 10**15 - 1).map("Y-{}".format),
    st.tuples(st.integers(1990, 2030), st.integers(1, 12)).map(lambda m: f"{m[0]}-{m[1]:02d}"),
)


@given(st.lists(POINTS, min_size=1, max_size=6), st.data())
def test_whatever_the_years_columns_join_and_ranges_come_back(
    dates: list[str], data: st.DataObject
) -> None:
    scale = scale_of(*dates)
    assert 1 <= scale.columns <= MOST_COLUMNS + 2
    assert list(scale.edges) == sorted(set(scale.edges))
    for text in dates:
        date = parse_edtf(text)
        assert date.first_day is not None
        start, end = scale.period(scale.column_of(date.first_day))
        assert start is None or start.first_day <= date.first_day  # type: ignore[operator]
        assert end is None or date.first_day <= end.last_day  # type: ignore[operator]
    low = data.draw(st.integers(0, scale.columns - 1))
    high = data.draw(st.integers(low + 1, scale.columns))
    assert scale.boundaries(scale.start_at(low), scale.end_at(high)) == (low, high)


def test_the_last_twelve_months_are_whole_ones() -> None:
    day = parse_edtf("2023-09-15").first_day
    assert day is not None
    assert texts(*last_months(day)) == ("2022-10", "2023-09")
    assert texts(*whole_year(2026)) == ("2026", "2026")
