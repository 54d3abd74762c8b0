"""Dates of bibliographies as EDTF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.bibliography.dates import date_of_data, date_of_text, edtf_of_csl
from briefgen.bibliography.read import read_bibliography
from briefgen.facts.csl import csl_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2013", "2013"),
        ("2013-08-28", "2013-08-28"),
        ("1948~", "1948~"),
        ("199X", "199X"),
        ("2011/2013", "2011/2013"),
        ("2011/..", "2011/.."),
        ("/2013", "/2013"),
        ("2013-08-28T10:22:31Z", "2013-08-28"),
        ("2015-01-30 10:22:31", "2015-01-30"),
        ("c. 1948", "1948~"),
        ("ca 1948", "1948~"),
        ("[circa 1948]", "1948~"),
        ("1990--1995", "1990/1995"),
        ("1990–1995", "1990/1995"),
        ("2013/8/5", "2013-08-05"),
        ("2013-8", "2013-08"),
        ("28 August 2013", "2013-08-28"),
        ("Aug 28, 2013", "2013-08-28"),
        ("Sept. 2013", "2013-09"),
        ("Spring 1987", "1987-21"),
        ("n.d.", None),
        ("[n. d.]", None),
        ("0000", None),
        ("", None),
        ("03/04/2013", {"literal": "03/04/2013"}),  # the third of April, or the fourth of March
        ("2013-02-31", {"literal": "2013-02-31"}),
        ("forthcoming", {"literal": "forthcoming"}),
    ],
)
def test_a_date_in_words_or_numbers(text: str, date: Any) -> None:
    assert date_of_text(text) == date


@pytest.mark.parametrize(
    ("data", "date"),
    [
        ({"date-parts": [["2013", "8", 28]]}, "2013-08-28"),
        ({"date-parts": [[2013, 8], [2014]]}, "2013-08/2014"),
        ({"date-parts": [[2013], [0]]}, "2013/.."),
        ({"date-parts": [[2013]], "circa": 1}, "2013~"),
        ({"date-parts": [[1987]], "season": "Spring"}, "1987-21"),
        ({"date-parts": [[-44]]}, "-0043"),
        ({"date-parts": [[-1]]}, {"date-parts": [[-1]]}),  # 1 BC, as EDTF 0000, which means none
        ({"date-parts": [[2013, 0, 0]]}, "2013"),
        ({"date-parts": [[2013, None]]}, "2013"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2013, 13]]}, {"literal": "2013-13"}),
        (
            {"date-parts": [[2013]], "literal": "MMXIII"},
            {"date-parts": [[2013]], "literal": "MMXIII"},
        ),
        ({"raw": "28 August 2013"}, "2013-08-28"),
        ({"literal": "c. 1948"}, {"literal": "c. 1948"}),  # printed as it stands, says CSL
        ([{"year": "2013", "month": "8"}], "2013-08"),  # Pandoc's older YAML
        ([{"year": 2013}, {"year": 2014}], "2013/2014"),
        ("2013-08", "2013-08"),
        (2013, "2013"),
        ({}, None),
        ([], None),
        (True, None),
        ({"date-parts": "2013"}, None),
    ],
)
def test_a_date_of_csl_data(data: Any, date: Any) -> None:
    assert date_of_data(data) == date


@settings(deadline=None)
@given(
    st.one_of(
        st.dates().map(str),
        st.sampled_from(["2013", "2013~", "2013-08", "2013-23", "190X", "19XX", "-0043", "Y17000"]),
        st.tuples(st.integers(1000, 1500), st.integers(1501, 2100)).map("{0[0]}/{0[1]}".format),
        st.integers(1000, 2100).map("{}/..".format),
    )
)
def test_edtf_says_the_same_date_as_csl(text: str) -> None:
    said = edtf_of_csl(csl_date(text))
    assert said is not None
    assert csl_date(said) == csl_date(text)


def test_what_edtf_cannot_say_is_left_to_csl() -> None:
    assert edtf_of_csl({"literal": "forthcoming"}) is None
    assert edtf_of_csl({"date-parts": [[2013]], "literal": "MMXIII"}) is None
    assert edtf_of_csl({"date-parts": [[2013], [2014], [2015]]}) is None


def test_a_page_of_marks_is_no_date_and_takes_no_time() -> None:
    for text in ("?" * 100_000 + "x", "- " * 50_000 + "x", "[" * 100_000):
        assert date_of_text(text) == {"literal": text.strip()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("d.bib", "@book{a, title={T},\n date={2013-02-30}}\n"),
        ("d13.bib", "@book{a, title={T},\n year={2013}, month={13}}\n"),
        ("d13-5.bib", "@book{a, title={T},\n year={2013}, month={13}, day={5}}\n"),
        ("d31.bib", "@book{a, title={T},\n year={2013}, month=apr, day={31}}\n"),
        ("d-april.bib", "@book{a, title={T},\n date={31 April 2013}}\n"),
        ("e0.bib", "@book{a, title={T}, year={2013}, month={0}}\n"),
        ("e-may.bib", "@book{a, title={T}, year={2013}, month={May}, day={0}}\n"),
        ("d.ris", "TY  - BOOK\nTI  - T\nPY  - 2013/13/45\nER  - \n"),
        ("d.json", '[{"type": "book", "title": "T", "issued": {"date-parts": [[2013, 13, 45]]}}]'),
        ("e.bib", "@book{a, title={T}, date={forthcoming}}\n"),
        ("f.bib", "@book{a, title={T}, date={2013-02-28}}\n"),
    ],
)
def test_numbers_that_are_no_date_are_told(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    (entry,) = read_bibliography(file).entries
    told = [note for note in entry.notes if "is no date" in note]
    assert len(told) == int(name.startswith("d"))
    assert entry.place.line == (None if name.endswith(".json") else 1)
