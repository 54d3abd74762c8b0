"""The fast path against the general one, and both against an independent implementation."""

import calendar
from time import struct_time

import edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.dates import DateError, iso_day, parse_edtf
from briefgen.dates.days import calendar_day, day_number
from briefgen.dates.edtf import _parse_general, _parse_plain

years = st.integers(0, 9999).map("{:04d}".format)
months = st.integers(0, 13).map("{:02d}".format)
days = st.integers(0, 32).map("{:02d}".format)
marks = st.sampled_from(["", "~", "?"])
points = st.one_of(
    st.tuples(years, marks).map("".join),
    st.tuples(years, st.just("-"), months, marks).map("".join),
    st.tuples(years, st.just("-"), months, st.just("-"), days, marks).map("".join),
)
close_points = st.tuples(
    st.sampled_from(["1999", "2000"]), st.just("-"), months, st.just("-"), days, marks
).map("".join)
plain = st.one_of(
    points,
    st.tuples(points, points).map("/".join),
    st.tuples(close_points, close_points).map("/".join),
)


@settings(deadline=None, max_examples=500)
@given(plain)
def test_fast_path_says_what_the_general_path_says(text: str) -> None:
    try:
        general = _parse_general(text)
    except DateError:
        assert _parse_plain(text) is None  # left to the general path to explain
    else:
        assert _parse_plain(text) == general


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="0123456789X-/.~?%YTZ:", max_size=14) | st.text(max_size=8))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        read = parse_edtf(text)
    except DateError:
        return
    assert read.text == text
    if read.first_day is not None and read.last_day is not None:
        assert read.first_day <= read.last_day


@given(st.integers(-(10**17), 10**17))
def test_day_numbers_go_both_ways(number: int) -> None:
    year, month, day = calendar_day(number)
    assert 1 <= month <= 12
    assert day_number(year, month, day) == number


# --- the edtf package -------------------------------------------------------------------------
# Left out of the comparison, because that package reads them otherwise or not at all:
# - intervals with an open end (it raises TypeError on their bounds) or an unknown one
#   ("2014/" is ten years there);
# - seasons: its summer starts on 21 June or so; ours are whole months (own test above);
# - years before 1 and after 9999: its bounds are struct_time;
# - date-times, whose time of day it keeps;
# - day 00 and the like, which both refuse, and 29 February, which it takes in any year.
# `lower_strict` and `upper_strict` are its bounds without widening for ~ and ?.

real_years = st.integers(1, 9999)


@st.composite
def level_1_points(draw: st.DrawFn, unspecified: bool = True) -> str:
    year = draw(real_years)
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    forms = [f"{year:04d}", f"{year:04d}-{month:02d}", f"{year:04d}-{month:02d}-{day:02d}"]
    if unspecified:
        forms += [
            f"{year:04d}"[:3] + "X",
            f"{year:04d}"[:2] + "XX",
            f"{year:04d}-XX",
            f"{year:04d}-{month:02d}-XX",
            f"{year:04d}-XX-XX",
        ]
    text = draw(st.sampled_from(forms))
    if text[:3] == "000":  # decade and century without a year 1 to 9999 throughout
        text = f"2{text[1:]}"
    if text[:2] == "00" and "XX" in text[:4]:
        text = f"2{text[1:]}"
    return text + draw(st.sampled_from(["", "~", "?", "%"]))


def their_bounds(text: str) -> tuple[str, str]:
    read = edtf.parse_edtf(text)
    return _iso(read.lower_strict()), _iso(read.upper_strict())


def _iso(time: struct_time) -> str:
    return f"{time.tm_year:04d}-{time.tm_mon:02d}-{time.tm_mday:02d}"


def our_bounds(text: str) -> tuple[str | None, str | None]:
    read = parse_edtf(text)
    return iso_day(read.first_day), iso_day(read.last_day)


@settings(deadline=None, max_examples=100)
@given(level_1_points())
def test_dates_agree_with_the_edtf_package(text: str) -> None:
    assert our_bounds(text) == their_bounds(text)


@settings(deadline=None, max_examples=60)
@given(level_1_points(unspecified=False), level_1_points(unspecified=False))
def test_intervals_agree_with_the_edtf_package(one: str, other: str) -> None:
    start, end = sorted((one, other), key=lambda text: parse_edtf(text).first_day or 0)
    assert our_bounds(f"{start}/{end}") == their_bounds(f"{start}/{end}")
