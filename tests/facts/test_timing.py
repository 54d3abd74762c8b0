"""What a fact's date means, and when it was said, where the fact does not tell."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.dates import parse_edtf
from briefgen.facts.csl import csl_date
from briefgen.facts.model import DATE_MEANINGS, FACT_KINDS, Citation, Fact, FactKind, Source
from briefgen.facts.timing import effective_date_is, effective_said, spans_more_than_a_year

SOURCES = {
    "aug-2013": Source("aug-2013", {"issued": csl_date("2013-08")}),
    "undated": Source("undated", {}),
}


def a_fact(kind: FactKind, date: str | None = None, source: str = "aug-2013", **more: Any) -> Fact:
    return Fact(
        "f", ("t",), kind, "s", (Citation(source),), parse_edtf(date) if date else None, **more
    )


@pytest.mark.parametrize(
    ("kind", "date", "means"),
    [
        ("event", "2011-05", "occurrence"),
        ("event", None, "occurrence"),
        ("event", "2022-07/2023-06", "occurrence"),
        ("event", "2022-07/2023-07-01", "within"),
        ("event", "2014/..", "within"),
        ("event", "../2014", "within"),
        ("event", "201X", "within"),
        ("agreement", "2011/2012-01", "within"),
        ("agreement", "2011~", "occurrence"),
        ("figure", "2001/2023", "state"),
        ("background", None, "state"),
        ("position", "2011/2023", "statement"),
        ("assessment", "2013", "statement"),
        ("plan", "2013-11", "expected"),
        ("plan", "2013-09/..", "expected"),
        ("plan", "2013-08", "statement"),
        ("plan", "2013", "statement"),
        ("plan", "../2014", "statement"),
        ("plan", None, "statement"),
    ],
)
def test_the_kind_says_what_a_date_means(kind: FactKind, date: str | None, means: str) -> None:
    assert effective_date_is(a_fact(kind, date), SOURCES) == means


@pytest.mark.parametrize("kind", FACT_KINDS)
@pytest.mark.parametrize("written", DATE_MEANINGS)
def test_what_is_written_holds(kind: FactKind, written: Any) -> None:
    assert effective_date_is(a_fact(kind, "2011/..", date_is=written), SOURCES) == written


def test_a_plan_is_held_against_when_it_was_said() -> None:
    plan = a_fact("plan", "2013-11", said=parse_edtf("2013-11-04"))
    assert effective_date_is(plan, SOURCES) == "statement"
    assert effective_date_is(a_fact("plan", "2013-11", "undated"), SOURCES) == "statement"


def test_when_a_fact_was_said() -> None:
    assert effective_said(a_fact("event"), SOURCES) == parse_edtf("2013-08")
    assert effective_said(a_fact("event", said=parse_edtf("2011")), SOURCES) == parse_edtf("2011")
    assert effective_said(a_fact("event", source="undated"), SOURCES) is None
    assert effective_said(a_fact("event", source="not there"), SOURCES) is None
    assert effective_said(Fact("f", ("t",), "event", "s", ()), SOURCES) is None


@pytest.mark.parametrize(
    ("date", "longer"),
    [
        ("2012", False),
        ("2012-02-29/2013-02-28", False),
        ("2012-02-29/2013-03-01", True),
        ("2011-03-01/2012-02-29", False),
        ("2011-03-01/2012-03-01", True),
        ("2011/2012-01-01", True),
        ("-0043/-0042", True),
        ("../..", True),
    ],
)
def test_more_than_a_year(date: str, longer: bool) -> None:
    assert spans_more_than_a_year(parse_edtf(date)) == longer
