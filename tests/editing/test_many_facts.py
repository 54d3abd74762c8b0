"""Many facts changed at once: what each would say, what cannot be, and what changes in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.editing.base import Keeper
from briefgen.editing.many_facts import ManyChanges, ManyPlanned, plan_many
from briefgen.index import Index, open_index
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: T
language: en
topics: {energy: Energy, energy.oil: Oil, trade: Trade}
markings: [OFFICIAL, SECRET]
""",
    "actors.yaml": "- {id: russia, name: Russia, kind: state}\n",
    "sources.yaml": "references:\n- {id: s1, type: book, title: One, issued: 2010}\n",
    "facts/energy.yaml": """\
# Oldest first.
- id: talks
  topics: [energy.oil]   # as agreed
  kind: event
  statement: Talks were held.
  cites: [{source: s1}]

- id: deal
  topics: [energy.oil, trade]
  kind: event
  statement: A deal was made.
  cites: [{source: s1}]
  credibility: 3
  status: draft
""",
    "facts/trade.yaml": """\
- {id: fair, topics: [trade], kind: event, statement: A fair was held., cites: [{source: s1}]}
""",
}
BY = Keeper(date(2026, 11, 30), "Jo")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(write_files(tmp_path / "base", BASE)) as opened:
        yield opened


def plan(index: Index, wanted: ManyChanges) -> ManyPlanned:
    return plan_many(index, list(index.facts(["talks", "deal", "fair"]).values()), wanted, BY)


def diff(planned: ManyPlanned) -> list[str]:
    lines = []
    for change in planned.plan.changes:
        old, new = (change.before or b"").decode(), change.after.decode()
        for line in unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
            if line[:1] in "+-" and line[:3] not in ("+++", "---"):
                lines.append(line)
    return lines


def test_topics_are_added_and_taken_away(index: Index) -> None:
    planned = plan(index, ManyChanges(add_topics=("energy",), remove_topics=("trade",)))
    assert [(fact.id, dict(fact.changes), fact.fault) for fact in planned.facts] == [
        ("talks", {"topics": (["energy.oil"], ["energy.oil", "energy"])}, ""),
        ("deal", {"topics": (["energy.oil", "trade"], ["energy.oil", "energy"])}, ""),
        ("fair", {"topics": (["trade"], ["energy"])}, ""),
    ]
    assert diff(planned) == [
        "-  topics: [energy.oil]   # as agreed",
        "+  topics: [energy.oil, energy]   # as agreed",
        "-  topics: [energy.oil, trade]",
        "+  topics: [energy.oil, energy]",
        (
            "-- {id: fair, topics: [trade], kind: event, statement: A fair was held., "
            "cites: [{source: s1}]}"
        ),
        (
            "+- {id: fair, topics: [energy], kind: event, statement: A fair was held., "
            "cites: [{source: s1}]}"
        ),
    ]


def test_a_fact_that_would_be_faulty_stays_and_says_why(index: Index) -> None:
    planned = plan(index, ManyChanges(remove_topics=("trade",)))
    assert [fact.fault for fact in planned.facts] == ["", "", "choose at least one topic"]
    assert planned.changed == 1
    planned = plan(index, ManyChanges(values={"kind": "position"}))
    assert {fact.fault for fact in planned.facts} == {"say whose position it is"}
    assert planned.changed == 0
    assert planned.plan.changes == ()
    planned = plan(index, ManyChanges(values={"marking": "NONE"}))
    assert planned.changed == 0
    assert "no marking 'NONE'" in planned.facts[0].fault


def test_checked_is_today_by_me_and_drafts_become_current(index: Index) -> None:
    planned = plan(index, ManyChanges(checked=True, values={"credibility": "3"}))
    deal = dict(planned.facts[1].changes)
    assert deal == {
        "checked": (None, "2026-11-30"),
        "checked_by": (None, "Jo"),
        "status": ("draft", None),
    }
    planned.plan.write()
    with open_index(index.folder) as again:
        assert not again.problems
        facts = again.facts(["talks", "deal", "fair"]).values()
        assert {(f.checked, f.checked_by, f.status, f.credibility) for f in facts} == {
            ("2026-11-30", "Jo", "current", 3)
        }


def test_what_they_say_already_changes_nothing(index: Index) -> None:
    planned = plan(index, ManyChanges(values={"status": "current", "kind": "event"}))
    assert [bool(fact.changes) for fact in planned.facts] == [False, True, False]
    assert diff(planned) == ["-  status: draft"]


def test_one_thousand_facts_of_a_file_are_read_once(tmp_path: Path) -> None:
    many = "".join(
        f"- id: f{n}\n  topics: [trade]\n  kind: event\n  statement: Event {n} was held.\n"
        f"  cites: [{{source: s1}}]\n\n"
        for n in range(1_000)
    )
    folder = write_files(tmp_path / "many", {**BASE, "facts/many.yaml": many})
    with open_index(folder) as index:
        facts = list(index.facts([f"f{n}" for n in range(1_000)]).values())
        planned = plan_many(index, facts, ManyChanges(values={"marking": "SECRET"}), BY)
        assert planned.changed == 1_000
        (change,) = planned.plan.changes
        assert change.after.decode() == many.replace("s1}]\n", "s1}]\n  marking: SECRET\n")
