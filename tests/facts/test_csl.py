"""CSL-YAML: names and dates normalised to CSL-JSON, and the vocabulary complete."""

from typing import Any

import pytest

from briefgen.facts.csl import CSL_DATES, CSL_NAMES, CSL_TYPES, csl_date, csl_keys
from briefgen.facts.formats import SOURCE
from briefgen.reading.shapes import FAULT, Report
from briefgen.reading.yaml_tree import parse_yaml


def source(text: str) -> tuple[Any, list[str]]:
    """A source read from YAML keys beside id and type, and the problems."""
    root = parse_yaml(f"id: s1\ntype: book\n{text}\n".encode(), "x.yaml").root
    assert root is not None
    report = Report("x.yaml")
    value = SOURCE.read(root, report)
    return (value if value is FAULT else value.csl), [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("edtf", "csl"),
    [
        ("2013", {"date-parts": [[2013]]}),
        ("2013-08", {"date-parts": [[2013, 8]]}),
        ("2013-08-28", {"date-parts": [[2013, 8, 28]]}),
        ("2013-08-28T10:00:00Z", {"date-parts": [[2013, 8, 28]]}),
        ("2013~", {"date-parts": [[2013]], "circa": True}),
        ("2013-08?", {"date-parts": [[2013, 8]], "circa": True}),
        ("2013-21", {"date-parts": [[2013, 21]]}),
        ("2013/2014-02", {"date-parts": [[2013], [2014, 2]]}),
        ("2013/2014~", {"date-parts": [[2013], [2014]], "circa": True}),
        ("2013/..", {"date-parts": [[2013], [0]]}),
        ("201X", {"date-parts": [[2010], [2019]], "circa": True}),
        ("../2014", {"literal": "until 2014"}),
        ("-0043-03-15", {"date-parts": [[-44, 3, 15]]}),  # 44 BC: CSL has no year 0
    ],
)
def test_edtf_dates_become_csl_dates(edtf: str, csl: dict[str, Any]) -> None:
    assert csl_date(edtf) == csl
    assert source(f"issued: {edtf}")[0]["issued"] == csl


@pytest.mark.parametrize(
    ("written", "csl"),
    [
        ("{date-parts: [[2013, 8, 28]]}", {"date-parts": [[2013, 8, 28]]}),
        ("{date-parts: [['2013', '08']]}", {"date-parts": [[2013, 8]]}),
        ("{date-parts: [[2013], [2014]]}", {"date-parts": [[2013], [2014]]}),
        ("{date-parts: [[2013]], season: 1}", {"date-parts": [[2013, 21]]}),
        ("{date-parts: [[2013]], circa: true}", {"date-parts": [[2013]], "circa": True}),
        ("{date-parts: [[2013]], circa: 0}", {"date-parts": [[2013]]}),
        ("{date-parts: [[-44, 3]]}", {"date-parts": [[-44, 3]]}),
        ("{literal: in his youth}", {"literal": "in his youth"}),
        ("{raw: 2013-08}", {"date-parts": [[2013, 8]]}),
        ("{raw: May 2013}", {"literal": "May 2013"}),
    ],
)
def test_date_objects(written: str, csl: dict[str, Any]) -> None:
    item, problems = source(f"issued: {written}")
    assert problems == []
    assert item["issued"] == csl


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{}", "the date has no date-parts"),
        ("{date-parts: [[2013, 13]]}", "date-parts [2013, 13] are not a date"),
        ("{date-parts: [[2013, 2, 30]]}", "date-parts [2013, 2, 30] are not a date"),
        ("{date-parts: [[2013, 1, 1, 1]]}", "date-parts are one or two dates of one to three"),
        ("{date-parts: [2013]}", "expected a list, found '2013'"),
        ("{date-parts: [[MMXIII]]}", "'MMXIII' is not a number; write year, month, day as numbers"),
        ("{year: 2013}", "unknown key 'year' in a date"),
        ("[2013]", "expected an EDTF date, found a list"),
        ("2013-02-31", "'2013-02-31' does not exist"),
    ],
)
def test_faulty_dates(written: str, problem: str) -> None:
    problems = source(f"issued: {written}")[1]
    assert f": error: {problem}" in problems[0]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (
            "[{family: Gogh, given: Vincent, non-dropping-particle: van, suffix: Jr.}]",
            [
                {
                    "family": "Gogh",
                    "given": "Vincent",
                    "non-dropping-particle": "van",
                    "suffix": "Jr.",
                }
            ],
        ),
        ("[{literal: World Bank}]", [{"literal": "World Bank"}]),
        ("World Bank", [{"literal": "World Bank"}]),
        ("{family: Kamran}", [{"family": "Kamran"}]),
        (
            "[A B, {family: C, comma-suffix: true}]",
            [{"literal": "A B"}, {"family": "C", "comma-suffix": True}],
        ),
    ],
)
def test_names(written: str, names: list[Any]) -> None:
    item, problems = source(f"author: {written}")
    assert problems == []
    assert item["author"] == names


def test_numbers_stay_text_and_several_paragraphs_are_fine_in_notes() -> None:
    item, problems = source("volume: 007\npage: 3-4\nnote: |\n  one\n\n  two\n")
    assert problems == []
    assert (item["volume"], item["page"], item["note"]) == ("007", "3-4", "one\n\ntwo\n")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("' Pipelines '", "Pipelines"),
        ("Two  blanks", "Two blanks"),
        (r'"A tab\tbetween"', "A tab between"),
        (r'"no\_break \_\_ here\_"', "no\u00a0break \u00a0\u00a0 here"),
    ],
)
def test_blanks_that_nobody_means_are_tidied(written: str, title: str) -> None:
    item, problems = source(f"title: {written}\nauthor: [{{family: {written}}}, {written}]")
    assert problems == []
    assert item["title"] == title
    assert item["author"] == [{"family": title}, {"literal": title}]


def test_an_address_that_is_none_is_warned_of() -> None:
    item, problems = source("URL: javascript:alert(1)")
    assert item["URL"] == "javascript:alert(1)"
    assert problems == ["x.yaml:3:6: warning: URL is no web address; write it in full: https://…"]


def test_the_vocabulary_is_that_of_csl_1_0_2() -> None:
    # Counts of CSL's own data schema, csl-data.json for 1.0.2.
    assert len(CSL_TYPES) == len(set(CSL_TYPES)) == 45
    assert len(CSL_NAMES) == 26
    assert len(CSL_DATES) == 6
    assert len(csl_keys()) == 100
    assert {"citation-key", "note", "keyword", "categories", "DOI", "ISBN"} <= csl_keys().keys()
