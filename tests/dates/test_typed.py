"""Dates as people type them: what they become, and what is refused with what way out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.dates import date_in_words, parse_edtf
from briefgen.dates.edtf import DateError
from briefgen.dates.typed import edtf_from_words, read_typed_date

READ = [
    # what is EDTF already
    ("2011-05", "2011-05"),
    ("2012~", "2012~"),
    ("201X", "201X"),
    ("2022-07/2023-05", "2022-07/2023-05"),
    ("  2011 ", "2011"),
    # days
    ("11 June 2023", "2023-06-11"),
    ("11th of June, 2023", "2023-06-11"),
    ("June 11, 2023", "2023-06-11"),
    ("Sunday, 11 June 2023", "2023-06-11"),
    ("on 11 June 2023", "2023-06-11"),
    ("2023 June 11", "2023-06-11"),
    ("11-Jun-2023", "2023-06-11"),
    ("25/06/2023", "2023-06-25"),
    ("06/25/2023", "2023-06-25"),
    ("06/06/2023", "2023-06-06"),
    ("11.06.2023", "2023-06-11"),
    ("2023/06/11", "2023-06-11"),
    # months, seasons, years
    ("Sept. 2011", "2011-09"),
    ("June, 2023", "2023-06"),
    ("06/2023", "2023-06"),
    ("summer 2011", "2011-22"),
    ("Fall of 2011", "2011-23"),
    ("winter 2011/12", "2011-12/2012-02"),
    ("Q1 2023", "2023-01/2023-03"),
    ("first half of 2011", "2011-01/2011-06"),
    ("the 2010s", "201X"),
    ("AD 476", "0476"),
    ("15 March 44 BC", "-0043-03-15"),
    # about, perhaps
    ("about 2012", "2012~"),
    ("c. 2012", "2012~"),
    ("ca 2012", "2012~"),
    ("c.2012", "2012~"),
    ("perhaps 2016", "2016?"),
    ("2016 (?)", "2016?"),
    ("June 2016?", "2016-06?"),
    ("perhaps about 2016", "2016%"),
    # open ends
    ("since 2014", "2014/.."),
    ("from 2014 onwards", "2014/.."),
    ("2014 to present", "2014/.."),
    ("2014–", "2014/.."),
    ("until 2014", "../2014"),
    # intervals
    ("between May 2011 and 2013", "2011-05/2013"),
    ("from 2011 to 2013", "2011/2013"),
    ("July 2022–May 2023", "2022-07/2023-05"),
    ("July–September 2022", "2022-07/2022-09"),
    ("3–5 May 2011", "2011-05-03/2011-05-05"),
    ("3 to 5 May 2011", "2011-05-03/2011-05-05"),
    ("May 3–5, 2011", "2011-05-03/2011-05-05"),
    ("3 May - 5 June 2011", "2011-05-03/2011-06-05"),
    ("29 Dec 2011 to 3 Jan 2012", "2011-12-29/2012-01-03"),
    ("2011-2013", "2011/2013"),
    ("2011–13", "2011/2013"),
    ("about 2012 to perhaps 2013", "2012~/2013?"),
]

REFUSED = [
    ("11/06/2023", "it could be 11 June 2023 (2023-06-11) or 6 November 2023 (2023-11-06)"),
    ("2011–12", "write 2011/2012 for the years, or 2011-12 for December 2011"),
    ("2000s", "write 200X for ten years, or 20XX for a hundred"),
    ("20th century", "write 19XX for the years 1900 to 1999, or 1901/2000"),
    ("early 2011", "EDTF has no early, mid or late: write 2011, or months such as 2011-01/2011-04"),
    ("late May 2011", "EDTF has no early, mid or late: write May 2011 (2011-05)"),
    ("mid-2010s", "EDTF has no early, mid or late: write the 2010s (201X)"),
    ("0 BC", "there is no year 0: write 1 BC or AD 1"),
    ("11 June", "say the year as well"),
    ("June '23", "write the year with four digits"),
    ("11/06/23", "write the year with four digits"),
    ("before 2014", "say whether that time itself counts"),
    ("Monday 11 June 2023", "11 June 2023 was a Sunday"),
    ("31 February 2013", "2013-02 has 28 days"),
    ("2013 to 2011", "ends before it starts"),
    ("2013-5", "months and days have two digits: 2013-05"),
    ("since the 2010s", "write the year that it begins or ends with: 2010 or 2019"),
    ("1 2011", "write it as"),
    ("soon", "write it as 11 June 2023"),
    (" ", "leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "edtf"), READ)
def test_peoples_words_become_edtf(typed: str, edtf: str) -> None:
    assert edtf_from_words(typed) == edtf


@pytest.mark.parametrize(("typed", "way_out"), REFUSED)
def test_what_could_mean_two_things_or_none_is_refused_with_a_way_out(
    typed: str, way_out: str
) -> None:
    with pytest.raises(DateError) as refusal:
        edtf_from_words(typed)

    assert way_out in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_date_comes_with_how_it_reads() -> None:
    assert read_typed_date("summer of 2011").words == "summer 2011"
    assert read_typed_date("2022-07/2023-05").words == "July 2022 to May 2023"


def _months(years: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    return st.tuples(years, st.integers(1, 12)).map(lambda p: f"{p[0]:04d}-{p[1]:02d}")


_YEARS = st.integers(1, 2999)
_POINTS = st.one_of(
    _YEARS.map(lambda year: f"{year:04d}"),
    _months(_YEARS),
    st.tuples(_months(_YEARS), st.integers(1, 28)).map(lambda p: f"{p[0]}-{p[1]:02d}"),
    st.tuples(_YEARS, st.integers(21, 24)).map(lambda p: f"{p[0]:04d}-{p[1]}"),
    st.integers(1, 9998).map(lambda year: f"-{year:04d}"),
    st.integers(10_000, 99_999).map(lambda year: f"Y{year}"),
)
_MARKED = st.tuples(_POINTS, st.sampled_from(["", "", "~", "?", "%"])).map("".join)
_DATES = st.one_of(
    _MARKED,
    st.integers(0, 299).map(lambda decade: f"{decade:03d}X"),
    st.tuples(st.integers(0, 29), st.sampled_from(["", "~", "?", "%"])).map(
        lambda p: f"{p[0]:02d}XX{p[1]}"
    ),
    st.integers(1, 299).map(lambda decade: f"-{decade:03d}X"),
    _MARKED.map(lambda point: f"{point}/.."),
    _MARKED.map(lambda point: f"../{point}"),
    _MARKED.map(lambda point: f"{point}/"),
    _MARKED.map(lambda point: f"/{point}"),
    st.tuples(_MARKED, _MARKED).map("/".join),
)


@settings(deadline=None, max_examples=400)
@given(_DATES)
def test_words_of_a_date_read_back_as_the_same_days(text: str) -> None:
    try:
        date = parse_edtf(text)
    except DateError:
        return  # it ends before it starts
    again = read_typed_date(date_in_words(date))

    assert (again.edtf.first_day, again.edtf.last_day) == (date.first_day, date.last_day)
    assert read_typed_date(text).edtf.text == text


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40) | st.text("0123456789 /-–.?~XxstJune toc", max_size=25))
def test_any_text_is_a_date_or_one_sentence(text: str) -> None:
    try:
        found = edtf_from_words(text)
    except DateError as error:
        sentence = str(error)
    else:
        sentence = "read"
        assert parse_edtf(found).text == found
    assert sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "typed", ["31 June 2023", "since 31 June 2023", "Friday 31 June 2023", "May 2011 to May 2010"]
)
def test_what_cannot_be_is_quoted_as_it_was_typed(typed: str) -> None:
    with pytest.raises(DateError) as caught:
        edtf_from_words(typed)
    assert str(caught.value).startswith(repr(typed))
