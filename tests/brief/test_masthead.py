"""The masthead: what it says, what it leaves out, and how old its information is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from brief.conftest import BASE, Draft, fact
from brief.printed import inline
from briefgen.brief.assemble.information_age import full_years, newest_information
from briefgen.brief.assemble.material import Material
from briefgen.brief.model import Strong
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template, TextTemplate
from briefgen.dates import parse_edtf
from briefgen.dates.days import day_number
from briefgen.facts.model import Fact, Source

TEMPLATE = "sections: [{id: s, heading: S, show: bullets}]"


def dated(name: str, **values: Any) -> Fact:
    """A fact that may say when it was said."""
    if "said" in values:
        values["said"] = parse_edtf(values["said"])
    return fact(name, **values)


def lines(draft: Draft, *facts: Fact, **spec: Any) -> dict[str, str]:
    made = draft(facts or [fact("a")], TEMPLATE, **spec).brief
    return {line.label: inline(line.content) for line in made.masthead}


def test_lines_that_would_say_nothing_are_left_out(draft: Draft) -> None:
    assert list(lines(draft)) == ["Prepared", "Newest information", "Sources"]


def test_who_cleared_it_and_who_gets_it(draft: Draft) -> None:
    said = lines(
        draft,
        prepared_by="Desk",
        cleared_by="Head of desk",
        distribution=("Director", "Moscow post"),
    )
    assert list(said)[:3] == ["From", "Cleared by", "Distribution"]
    assert (said["Cleared by"], said["Distribution"]) == ("Head of desk", "Director; Moscow post")


@pytest.mark.parametrize(("grades", "sources"), [
    (None, "1"), (False, "1"), (True, "1, graded A–F for reliability, 1–6 for credibility"),
])  # fmt: skip
def test_grades_are_explained_where_they_are_printed(
    draft: Draft, grades: bool | None, sources: str
) -> None:
    assert lines(draft, grades=grades)["Sources"] == sources


@pytest.mark.parametrize(
    ("values", "newest"),
    [
        # s1 was issued in 2013, s2 says no date of its own
        ({"date": "2012"}, "2013"),
        ({"date": "2012", "said": "2015-03~"}, "about March 2015"),
        ({"date": "2013-05"}, "May 2013"),  # surely newer than "2013", which may be January
        ({"date": "2011/2014-06", "kind": "figure", "source": "s2"}, "June 2014"),
        ({"date": "2011/..", "kind": "background", "source": "s2"}, "2011"),
        ({"date": "2014", "source": "s2"}, "2014"),
        ({"date": "2020", "kind": "plan"}, "2013"),
        ({"date": "2020", "kind": "event", "date_is": "expected"}, "2013"),
        ({"date": "2020", "kind": "position", "attribution": "Doe", "date_is": "statement",
          "said": "2014-01-05"}, "5 January 2014"),
    ],
)  # fmt: skip
def test_newest_is_what_was_said_or_happened(
    draft: Draft, values: dict[str, Any], newest: str
) -> None:
    said = lines(
        draft, fact("old", date="1990", source="s2"), dated("a", **values), date="2020-12-31"
    )
    assert said["Newest information"].partition(" – ")[0] == newest


def test_nothing_dated_has_no_newest(draft: Draft) -> None:
    assert "Newest information" not in lines(draft, fact("a", date="", source="s2"))


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2014-06-30", ""),
        ("2015-06-30", ""),  # a year to the day
        ("2015-07-01", " – more than a year old"),
        ("2016-06-30", " – more than a year old"),
        ("2017-08-01", " – more than three years old"),
        ("2024-07-01", " – more than ten years old"),
        ("2026-07-01", " – more than 12 years old"),
        ("2013-01-01", ""),
    ],
)
def test_how_old_it_is_on_the_day_of_the_brief(draft: Draft, day: str, age: str) -> None:
    said = lines(draft, fact("a", date="2014-06"), date=day)
    assert said["Newest information"] == f"June 2014{age}"


def test_the_age_stands_out(draft: Draft) -> None:
    brief = draft([fact("a", date="2014-06")], TEMPLATE).brief
    (content,) = [line.content for line in brief.masthead if line.label == "Newest information"]
    assert isinstance(content[1], Strong)


def test_of_dates_equally_new_one_stands_whatever_the_order_of_sources() -> None:
    issued = {"date-parts": [[2013, 10]]}
    sources = {
        "a": Source("a", {"issued": issued}),
        "b": Source("b", {"issued": issued | {"circa": True}}),
    }
    base = replace(BASE, sources=sources)
    material = Material(
        BriefSpec(),
        Template("t", "T", "", TextTemplate("T"), None, (), ()),
        base,
        {},
        (),
        {},
        {},
        {},
        (),
    )
    assert newest_information(material, ("a", "b")) == newest_information(material, ("b", "a"))


def test_years_are_full_years() -> None:
    leap = parse_edtf("2020-02-29")
    assert full_years(leap, day_number(2021, 2, 28)) == 0
    assert full_years(leap, day_number(2021, 3, 1)) == 1
    assert full_years(parse_edtf("2013/.."), day_number(2026, 1, 1)) == 0
