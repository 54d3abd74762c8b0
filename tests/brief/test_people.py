"""Offices with the date that the base knows them for, those who attend, and holders of posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from brief.conftest import BASE, Draft, fact
from brief.printed import section
from briefgen.brief.spec.model import Sides
from briefgen.dates import parse_edtf
from briefgen.facts.model import Actor, Citation, Role


def role(title: str, of: str = "", since: str = "", until: str = "", *cites: str) -> Role:
    return Role(
        title,
        of,
        parse_edtf(since) if since else None,
        parse_edtf(until) if until else None,
        tuple(Citation(cite) for cite in cites),
    )


def base_with(*actors: Actor) -> Any:
    return replace(BASE, actors={**BASE.actors, **{actor.id: actor for actor in actors}})


def person(name: str, *roles: Role) -> Actor:
    return Actor(name, name.title(), "person", roles=roles)


WHO = "sections: [{id: s, heading: S, show: actors}]"
COMING = "sections: [{id: s, heading: S, show: attendees}, {id: f, heading: F, show: bullets}]"
POSTS = "sections: [{id: s, heading: S, show: posts}, {id: f, heading: F, show: bullets}]"


@pytest.mark.parametrize(
    ("roles", "date", "reads"),
    [
        # Known for the brief's own day: no date is needed.
        ([role("Envoy", "arcadia", "2012", "2013")], "2012-07-01", "Envoy, Arcadia"),
        # Not known since: as of when; after two years, when it was last recorded.
        ([role("Envoy", "arcadia", "2012", "2013")], "2015-01-01", "Envoy, Arcadia (as of 2013)"),
        ([role("Envoy", "arcadia", "2012", "2013-09")], "2015-09-30",
         "Envoy, Arcadia (as of September 2013)"),
        ([role("Envoy", "arcadia", "2012", "2013-09")], "2015-10-01",
         "Envoy, Arcadia (last recorded September 2013)"),
        # Without an end, the newest source that shows it tells.
        ([role("Envoy", "arcadia", "2012", "", "s1", "s2")], "2014-01-01",
         "Envoy, Arcadia (as of 2013)[s1:; s2:]"),
        ([role("Envoy", "arcadia")], "2014-01-01", "Envoy, Arcadia (undated)"),
        # What came later than the brief is not known to it.
        ([role("Envoy", "arcadia", "2012", "2013"), role("Minister", "arcadia", "2020", "2023")],
         "2014-01-01", "Envoy, Arcadia (as of 2013)"),
        # An earlier office where a fact of its time is in the brief; two of one time together.
        ([role("Clerk", "", "2012", "2012"), role("Envoy", "arcadia", "2013", "2014")],
         "2015-01-01", "Envoy, Arcadia (as of 2014); Clerk (in 2012)"),
        ([role("Clerk", "", "2010", "2011"), role("Envoy", "arcadia", "2013", "2014")],
         "2015-01-01", "Envoy, Arcadia (as of 2014)"),
        ([role("Clerk", "", "2013", "2014-02"), role("Envoy", "arcadia", "2013", "2014")],
         "2015-01-01", "Envoy, Arcadia (as of 2014); Clerk (as of February 2014)"),
    ],
)  # fmt: skip
def test_an_office_says_how_new_its_knowledge_is(
    draft: Draft, roles: Sequence[Role], date: str, reads: str
) -> None:
    base = base_with(person("doe", *roles))
    brief = draft([fact("a", date="2012", actors=("doe",))], WHO, base=base, date=date).brief
    assert section(brief, "s") == [f"Doe | {reads}"]


def test_attendees_alone_with_offices_and_the_last_meeting(draft: Draft) -> None:
    ours = person("roe", role("Minister", "arcadia", "2012", "2013"))
    theirs = person(
        "doe", role("Envoy", "borduria", "2010", "2011"), role("Minister", "borduria", "2013", "2013")
    )  # fmt: skip
    facts = [
        fact("met", "Ministers Doe and Roe met.", actors=("doe", "roe"), date="2013-02", source="s3"),
        fact("older", "Doe visited Arcadia.", actors=("doe", "arcadia"), date="2011-05"),
        # None of these is a meeting of his with Arcadia that took place.
        fact("due", "Doe and Roe were to meet.", kind="plan", actors=("doe", "roe"), date="2013-11"),
        fact("away", "Doe met others to talk of Arcadia.", actors=("doe", "arcadia"), date="2013-03"),
        fact("alone", "Doe spoke.", actors=("doe", "roe"), date="2013-04"),
    ]  # fmt: skip
    made = draft(
        [fact("a")],
        COMING,
        others=facts,
        base=base_with(ours, theirs, Actor("union", "The Union", "organisation")),
        sides=Sides(("arcadia",), ("borduria",)),
        attendees=("doe", "ROE", "Deputy Minister", "union", "dooe"),
        date="2014-01-01",
    )
    assert section(made.brief, "s") == [
        (
            "Doe | Minister, Borduria (as of 2013); Envoy, Borduria (2010 to 2011). "
            "Last recorded meeting with Arcadia: February 2013.[s3:3]"
        ),
        "Roe | Minister, Arcadia (as of 2013).",
        "The Union | Nothing recorded.",
        "Also | Deputy Minister; dooe",
    ]
    assert made.warnings == ("attendees: the base has no actor 'dooe'; did you mean 'doe'?",)
    # What is printed lends its marking, from wherever in the base it comes.
    assert made.brief.marking == "OFFICIAL-SENSITIVE"


def test_posts_name_the_last_known_holder_and_leave_out_the_unknown(draft: Draft) -> None:
    base = base_with(
        person("old", role("President", "arcadia", "2001", "2004", "s1")),
        person("new", role("President", "arcadia", "2005", "2008-02", "s1")),
        person("vice", role("Vice President", "arcadia", "2009", "2012")),
        person("first", role("Acting Prime Minister", "arcadia", "2013", "2013")),
        person("affairs", role("Minister for Foreign Affairs", "borduria", "2012", "2012")),
        person("secretary", role("Foreign Secretary", "borduria", "2013", "2013")),
    )
    made = draft(
        [fact("a")],
        POSTS,
        base=base,
        sides=Sides(("arcadia",), ("borduria",)),
        posts=("head-of-state", "head-of-government", "foreign-minister"),
        date="2014-01-01",
    )
    assert section(made.brief, "s") == [
        "President, Arcadia | New (last recorded February 2008)[s1:]",
        "Acting Prime Minister, Arcadia | First (as of 2013)",
        "Minister for Foreign Affairs, Borduria | Affairs (as of 2012)",
    ]
    add = "left out; add the office under roles in actors.yaml"
    assert made.warnings == (
        (
            "posts: the last head of state of Arcadia that the base knows is New, "
            "last recorded February 2008"
        ),
        f"posts: the base knows no foreign minister of Arcadia: {add}",
        f"posts: the base knows no head of state of Borduria: {add}",
        f"posts: the base knows no head of government of Borduria: {add}",
    )
