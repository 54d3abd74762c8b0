"""A section's `where` means what a selection means, on random facts and random filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.assemble.filters import section_facts
from briefgen.brief.assemble.material import Material
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template, TextTemplate, Where
from briefgen.dates import parse_edtf
from briefgen.facts.model import FACT_STATUSES, Actor, Base, Citation, Fact, Source, Topic
from briefgen.select.model import Selection
from briefgen.standards.markings import MarkingScheme
from selection_oracle import (
    ACTORS,
    GRADES,
    LEVELS,
    MARKED,
    TOPICS,
    fact_lists,
    is_picked,
    said,
    selections,
)

BASE = Base(
    folder="base",
    title="Base",
    language="en",
    topics={name: Topic(name, name) for name in TOPICS},
    measures={},
    markings=MarkingScheme(tuple(LEVELS)),
    actors={
        id_: Actor(id_, name, "state", tuple(aliases)) for id_, (name, *aliases) in ACTORS.items()
    },
    sources={
        id_: Source(
            id_,
            {"type": "report"},
            reliability=grade,
            marking=MARKED.get(id_, ""),  # type: ignore[arg-type]
        )
        for id_, grade in GRADES.items()
    },
)
TEMPLATE = Template("t", "T", "", TextTemplate("T"), None, (), ())


def made(record: dict[str, Any]) -> Fact:
    values = {key: tuple(value) for key, value in record.items() if isinstance(value, list)}
    date = parse_edtf(record["date"]) if "date" in record else None
    cites = tuple(Citation(cite["source"]) for cite in record["cites"])
    return Fact(**(record | values | {"date": date, "cites": cites}))


def through(asked: Selection, facts: list[Fact]) -> list[str]:
    draft = Material(BriefSpec(), TEMPLATE, BASE, {}, tuple(facts), {}, {}, {}, ())
    return [fact.id for fact in section_facts(Where(said(asked)), draft)]


@given(fact_lists(), st.lists(selections, min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_section_filters_as_a_selection_picks(
    records: list[dict[str, Any]], filters: list[Selection]
) -> None:
    facts = [made(record) for record in records]
    for asked in filters:
        # A section that says no status takes what the brief has: drafts may be among it.
        any_status = asked.status == ("current",)
        meant = replace(asked, status=FACT_STATUSES) if any_status else asked
        assert through(asked, facts) == [fact.id for fact in facts if is_picked(fact, meant)]


@pytest.mark.parametrize(
    ("sources", "ungraded", "taken"),
    [
        (("sa", "se"), False, True),  # one that is good enough is enough
        (("se", "sf"), False, False),
        (("se", "sf"), True, True),  # one that cannot be judged is enough, if these are taken
        (("se", "s-"), True, True),
        (("se",), True, False),
    ],
)
def test_sources_of_several_grades(sources: tuple[str, ...], ungraded: bool, taken: bool) -> None:
    fact = made({"id": "f", "topics": ["trade"], "kind": "event", "statement": "S.",
                 "cites": [{"source": source} for source in sources]})  # fmt: skip
    asked = Selection(min_reliability="C", ungraded=ungraded)
    assert through(asked, [fact]) == (["f"] if taken else [])
