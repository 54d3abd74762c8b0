"""What is called wrong while it is typed, and what is given time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.dates import DateError, parse_edtf
from briefgen.dates.unfinished import may_go_on

DATES = [
    "2011", "2011-05", "2011-05-17", "2011-12-31", "2011-21", "201X", "20XX", "-0044-03-15",
    "Y17000", "Y-17000", "2012~", "2011/2013", "2011-05/2013-06-30", "2012~/2014", "2013/..",
    "../2014", "11 June 2023", "summer 2011", "since May 2011",
]  # fmt: skip


@given(st.sampled_from(DATES), st.data())
def test_what_is_on_its_way_to_a_date_is_given_time(date: str, data: st.DataObject) -> None:
    typed = date[: data.draw(st.integers(0, len(date)))]
    try:
        parse_edtf(typed)
    except DateError:
        assert may_go_on(typed)


@pytest.mark.parametrize(
    "text",
    ["2011-13", "2011-00", "2011-05-4", "2011-5-", "2011/2013/", "17.05.2011", "[2011", "20111"],
)
def test_what_no_more_letters_make_a_date_is_wrong_at_once(text: str) -> None:
    assert not may_go_on(text)
