"""Dates that a passage may be about, as EDTF, with the words that they were inferred from."""

from __future__ import annotations

import pytest

from briefgen.capture.passage_dates import passage_dates
from briefgen.dates import parse_edtf

ISSUED = parse_edtf("2013-08-28")  # a Wednesday

STATED = {
    "It was signed on 12 May 2011 and in force from May 14, 2011.": ["2011-05-12", "2011-05-14"],
    "They met in May 2011.": ["2011-05"],
    "From 12 to 14 May 2011.": ["2011-05-12/2011-05-14"],
    "In 2013 trade grew.": ["2013"],
    "The 2011-12 season": ["2011/2012"],
    "between 2014 and 2016": ["2014/2016"],
    "since 2014": ["2014/.."],
    "in the 1990s": ["199X"],
    "summer of 2011": ["2011-22"],
    "on 2011-05-12": ["2011-05-12"],
    "It cost 2000 million dollars.": [],
    "They may march on.": [],
    "31 February 2011": [],
}
COUNTED = {
    "today (Wednesday)": "2013-08-28",
    "on Wednesday": "2013-08-28",
    "on Thursday": "2013-08-22",
    "last Wednesday": "2013-08-21",
    "next Monday": "2013-09-02",
    "yesterday": "2013-08-27",
    "tomorrow": "2013-08-29",
    "last week": "2013-08-19/2013-08-25",
    "last month": "2013-07",
    "earlier this month": "2013-08",
    "last year": "2012",
    "two years ago": "2011~",
    "three days ago": "2013-08-25",
    "On September 21 they met.": "2012-09-21",
    "On 21 August they met.": "2013-08-21",
    "They will meet on October 3.": "2013-10-03",
    "The minister is to visit on 3 October.": "2013-10-03",
    "It was said to have happened on 3 October.": "2012-10-03",
    "In November last year": "2012-11",
}


@pytest.mark.parametrize("passage", STATED)
def test_dates_that_stand_there(passage: str) -> None:
    found = passage_dates(passage, None)
    assert [one.edtf for one in found] == STATED[passage]
    assert [one.note for one in found] == [""] * len(found)


@pytest.mark.parametrize("passage", COUNTED)
def test_dates_counted_from_the_day_of_issue(passage: str) -> None:
    first = passage_dates(passage, ISSUED)[0]
    assert first.edtf == COUNTED[passage]
    assert first.note.endswith("in an article of 28 August 2013.")
    assert passage_dates(passage, None) == []


def test_how_a_date_is_known_is_said() -> None:
    assert passage_dates("Met on Wednesday.", ISSUED)[0].note == (
        "‘On Wednesday’ in an article of 28 August 2013."
    )
    assert passage_dates("In fiscal year 2022-23 it fell.", None)[0].note == (
        "‘fiscal year 2022-23’; its months are not told."
    )


def test_of_an_issue_that_is_known_to_the_month_the_month_is_proposed() -> None:
    month = parse_edtf("2013-08")
    assert passage_dates("on Wednesday", month)[0].edtf == "2013-08"
    assert passage_dates("last month", month)[0].edtf == "2013-07"
    assert passage_dates("last week", month) == []
    assert passage_dates("on Wednesday", parse_edtf("2013")) == []


def test_a_day_comes_before_a_month_and_a_year() -> None:
    passage = "Talks on Tuesday followed the accord of 2011 and the visit of 4 May 2012."
    assert [one.edtf for one in passage_dates(passage, ISSUED)] == [
        "2012-05-04", "2013-08-27", "2011",
    ]  # fmt: skip


@pytest.mark.parametrize("issued", ["../2013", "201X", "-0100", "2013/2014", "Y20000", "2013-22"])
def test_any_date_of_issue_will_do(issued: str) -> None:
    for passage in COUNTED:
        for one in passage_dates(passage, parse_edtf(issued)):
            parse_edtf(one.edtf)
