"""Dates of sources: as EDTF, in a table, in a sentence."""

from __future__ import annotations

import pytest

from briefgen.dates import parse_edtf
from briefgen.facts.csl import csl_date
from briefgen.facts.csl_dates import (
    csl_date_in_words,
    csl_date_text,
    csl_year,
    csl_year_in_words,
    date_of_csl,
)


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ({"date-parts": [[2013, 8, 28]]}, "2013-08-28"),
        ({"date-parts": [[2013]], "circa": True}, "2013~"),
        ({"date-parts": [[2013, 22]]}, "2013-22"),
        ({"date-parts": [[2011], [2013, 5]]}, "2011/2013-05"),
        ({"date-parts": [[2011], [2013]], "circa": True}, "2011~/2013~"),
        ({"date-parts": [[2011], [0]]}, "2011/.."),
        ({"date-parts": [[0], [2011]]}, "../2011"),
        ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15"),
        ({"date-parts": [[-1]]}, "0000"),
        ({"date-parts": [[17000]]}, "Y17000"),
        ({"date-parts": [["2013", "8"]]}, "2013-08"),
        ({"literal": "until 2014"}, "../2014"),
        ({"literal": "Spring 2013"}, "2013-21"),
        ({"literal": "in press"}, None),
        ({"literal": "03/04/2013"}, None),
        ({"date-parts": [[2013, 2, 31]]}, None),
        ({"date-parts": [[2013], [2011]]}, None),
        ({"date-parts": [[0]]}, None),
        ({"date-parts": [[]]}, None),
        ({}, None),
        (None, None),
        ("2013", None),
    ],
)
def test_a_date_of_csl(date: object, edtf: str | None) -> None:
    assert date_of_csl(date) == (parse_edtf(edtf) if edtf else None)


@pytest.mark.parametrize(
    ("date", "text", "words", "year", "year_in_words"),
    [
        ({"date-parts": [[2013, 8, 28]]}, "2013-08-28", "28 August 2013", 2013, "2013"),
        ({"date-parts": [[2013]], "circa": True}, "2013~", "about 2013", 2013, "2013"),
        ({"date-parts": [[2011], [0]]}, "2011/..", "since 2011", 2011, "2011"),
        ({"date-parts": [[0], [2011]]}, "../2011", "until 2011", 2011, "2011"),
        ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15", "15 March 44 BC", -44, "44 BC"),
        ({"date-parts": [[2013, 22]]}, "2013-22", "summer 2013", 2013, "2013"),
        ({"literal": "Spring 2013"}, "Spring 2013", "spring 2013", 2013, "2013"),
        ({"literal": "in press"}, "in press", "in press", None, ""),
        (None, "", "", None, ""),
    ],
)
def test_a_date_of_csl_in_tables_and_in_sentences(
    date: object, text: str, words: str, year: int | None, year_in_words: str
) -> None:
    assert csl_date_text(date) == text
    assert csl_date_in_words(date, "en-GB").replace("\u00a0", " ") == words
    assert (csl_year(date), csl_year_in_words(date)) == (year, year_in_words)


@pytest.mark.parametrize("edtf", ["2013-08", "2013~", "2013-24", "2011/..", "../2014", "-0043"])
def test_a_date_comes_back_from_csl(edtf: str) -> None:
    assert date_of_csl(csl_date(edtf)) == parse_edtf(edtf)
