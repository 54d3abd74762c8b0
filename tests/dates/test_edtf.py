"""EDTF level 1 texts and the days that they allow."""

from datetime import date

import pytest

from briefgen.dates import DateError, date_order, iso_day, parse_edtf, reaches
from briefgen.dates.days import calendar_day, day_number


def days(text: str) -> tuple[str | None, str | None]:
    edtf = parse_edtf(text)
    return iso_day(edtf.first_day), iso_day(edtf.last_day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # level 0
        ("1948-05-01", "1948-05-01", "1948-05-01"),
        ("2011-05", "2011-05-01", "2011-05-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("2001-02-03T09:30:01", "2001-02-03", "2001-02-03"),
        ("2004-01-01T10:10:10Z", "2004-01-01", "2004-01-01"),
        ("2004-01-01T23:59:59-11:30", "2004-01-01", "2004-01-01"),
        ("2004-01-01T24:00:00", "2004-01-01", "2004-01-01"),
        ("1964/2008", "1964-01-01", "2008-12-31"),
        ("2022-07/2023-05", "2022-07-01", "2023-05-31"),
        ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
        ("2012/2012", "2012-01-01", "2012-12-31"),
        ("2012-05/2012", "2012-05-01", "2012-12-31"),
        # level 1: marks do not widen
        ("2012~", "2012-01-01", "2012-12-31"),
        ("2016?", "2016-01-01", "2016-12-31"),
        ("2004-06%", "2004-06-01", "2004-06-30"),
        ("2004-06-11?", "2004-06-11", "2004-06-11"),
        ("1984~/2004-06", "1984-01-01", "2004-06-30"),
        ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08"),
        # level 1: unspecified digits
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("201X~", "2010-01-01", "2019-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("1985-04-XX", "1985-04-01", "1985-04-30"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31"),
        # level 1: open and unknown ends reach without limit
        ("2013/..", "2013-01-01", None),
        ("../2014", None, "2014-12-31"),
        ("1985-04-12/", "1985-04-12", None),
        ("/1985-04-12", None, "1985-04-12"),
        ("../..", None, None),
        # level 1: seasons, as the fact base defines them
        ("2012-21", "2012-03-01", "2012-05-31"),
        ("2012-22", "2012-06-01", "2012-08-31"),
        ("2012-23", "2012-09-01", "2012-11-30"),
        ("2012-24", "2012-12-01", "2012-12-31"),
        ("2012-21?/2013-22", "2012-03-01", "2013-08-31"),
        # level 1: years before 0000 and after 9999
        ("-1985", "-1985-01-01", "-1985-12-31"),
        ("-0003-02", "-0003-02-01", "-0003-02-28"),
        ("-0004-02", "-0004-02-01", "-0004-02-29"),
        ("-019X", "-0199-01-01", "-0190-12-31"),
        ("Y170000002", "+170000002-01-01", "+170000002-12-31"),
        ("Y-170000002", "-170000002-01-01", "-170000002-12-31"),
        ("-0043-03-15/Y12345", "-0043-03-15", "+12345-12-31"),
    ],
)
def test_days_of_a_date(text: str, first: str | None, last: str | None) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2013-02-31", "2013-02 has 28 days"),
        ("2013-02-29", "2013-02 has 28 days"),
        ("2013-04-00", "2013-04 has 30 days"),
        ("2013-13", "no month 13"),
        ("2013-00", "no month 00"),
        ("2013-20", "no month 20"),
        ("2011-13-01", "no month 13"),
        ("2014/2012", "ends before it starts"),
        ("2014-05-02/2014-05-01", "ends before it starts"),
        ("2011-2013", "write an interval with a slash: 2011/2013"),
        ("2011–2013", "2011/2013"),
        ("1/5/1948", "1948-05-01"),
        ("2011-5-1", "2011-05-01"),
        ("20110501", "2011-05-01"),
        ("12345", "Y12345"),
        ("48", "0048"),
        ("Y1984", "five digits"),
        ("Y012345", "five digits"),
        ("Y" + "9" * 5_000, "at most 15 digits"),
        ("-0000", "0000"),
        ("circa 2012", "2012~"),
        ("201x", "201X"),
        ("2010s", "201X"),
        ("2013/open", ".."),
        ("..", "2013/.."),
        ("/", "leave the date out"),
        ("", "leave the date out"),
        ("2011/2012/2013", "one slash"),
        ("May 2011", "2011-05"),
        ("2011 ", "write it as"),
        (" 2011", "write it as"),
        ("2011\n", "write it as"),
        ("٢٠١١", "write it as"),
        ("2011-05~?", "level 2"),
        ("2001-21-01", "a season has no days"),
        ("2011-05-17T25:00:00", "hours are 00 to 23"),
        ("2011-05-17T10:00:00+99:00", "time zone"),
        ("2011-05-32T10:00:00", "2011-05 has 31 days"),
        ("2004-01-01T10:10:10/2005-01-01", "no time of day: write 2004-01-01"),
        ("2004-01-01/2004-01-02T10:00:00Z", "no time of day: write 2004-01-02"),
        ("NO", "write it as"),
        ("12:30", "write it as"),
    ],
)
def test_what_is_no_date_is_told_what_to_write(text: str, told: str) -> None:
    with pytest.raises(DateError) as error:
        parse_edtf(text)
    assert told in str(error.value)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize("start", ["1900-02-29/1", "1900-13/1", "2014/2012~"])
def test_a_fault_of_a_long_text_is_told_shortly(start: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(start + "?" * 10_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "[1667,1668,1670..1672]",
        "{1960,1961-12}",
        "156X-12-25",
        "15XX-12-25",
        "XXXX-12-XX",
        "1XXX-XX",
        "1XXX-12",
        "1XXX",
        "1984-1X",
        "1985-XX-01",
        "2004?-06-11",
        "?2004-06-~11",
        "2004-%06-11",
        "2004-06-~01/2004-06-~20",
        "2004-06-XX/2004-07-03",
        "201X/2020",
        "2001-25",
        "2001-34",
        "2001-41",
        "Y-17E7",
        "Y17E8",
        "1950S2",
        "Y171010000S3",
    ],
)
def test_level_2_is_refused_by_name(text: str) -> None:
    with pytest.raises(DateError, match=r"EDTF level 2 \(.+\).*; write "):
        parse_edtf(text)


def test_day_numbers_are_those_of_datetime() -> None:
    for day in (date.min, date(1900, 2, 28), date(2000, 2, 29), date(2023, 12, 31), date.max):
        assert day_number(day.year, day.month, day.day) == day.toordinal()
        assert calendar_day(day.toordinal()) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "first", "last", "inside"),
    [
        ("2012", "2012-12-31", "2013-01-05", True),
        ("2012", "2013-01-01", "2013-01-05", False),
        ("2012", None, "2011-12-31", False),
        ("2012", None, None, True),
        ("2013/..", "2099-01-01", "2099-01-01", True),
        ("2013/", "2012-01-01", "2012-12-31", False),
        ("../2014", "2014-12-31", None, True),
        ("../2014", "2015-01-01", None, False),
    ],
)
def test_overlap_is_inclusive(text: str, first: str | None, last: str | None, inside: bool) -> None:
    start = parse_edtf(first).first_day if first else None
    end = parse_edtf(last).last_day if last else None
    assert reaches(parse_edtf(text), start, end) is inside


def test_order_is_first_day_then_last_day_then_undated() -> None:
    expected = ["../2014", "../..", "2010-05", "2010-05/2011", "2010-05/..", "2011", None]
    dates = [parse_edtf(text) if text else None for text in expected]
    dates.reverse()
    assert [date and date.text for date in sorted(dates, key=date_order)] == expected
