"""What `check` asks about dates, and about the notes of facts that are gone."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.dates import parse_edtf
from briefgen.facts.model import Citation, Fact
from briefgen.facts.timing_questions import timing_questions


def asked(**keys: Any) -> list[str]:
    """What is asked of a fact with these keys; `date` and `said` are EDTF."""
    for key in ("date", "said"):
        if key in keys:
            keys[key] = parse_edtf(keys[key])
    whole = {"id": "f", "topics": ("t",), "kind": "event", "statement": "s"} | keys
    return [
        f"{asks.key}: {asks.message}; {asks.hint}"
        for asks in timing_questions(Fact(cites=(Citation("s1"),), **whole))
    ]


WITHIN = "say so with date_is: within, or write occurrence if it went on all the time"
EXPECTED = "write date_is: expected if it was due then, else correct one of the two"


@pytest.mark.parametrize(
    ("keys", "question"),
    [
        (
            {"date": "2014/2023"},
            (
                "date: an event whose date spans more than a year is taken to have happened once, "
                f"some time in it; {WITHIN}"
            ),
        ),
        (
            {"date": "2014/..", "kind": "agreement", "status": "draft"},
            (
                "date: an agreement whose date has an open end is taken to have happened once, "
                f"some time in it; {WITHIN}"
            ),
        ),
        ({"date_is": "expected"}, "date_is: expected without a date; add date: when"),
        ({"date_is": "within"}, "date_is: within without a date; add date: when"),
        (
            {"date": "2013-11", "said": "2013-08"},
            f"said: its date is November 2013, yet it was said August 2013; {EXPECTED}",
        ),
        (
            {"date": "2030", "said": "2023-09~", "kind": "figure"},
            f"said: its date is 2030, yet it was said about September 2023; {EXPECTED}",
        ),
        (
            {"date": "2017-12", "said": "2018", "date_is": "statement"},
            (
                "said: a statement's date is when it was said: December 2017, not 2018; leave out said, or "
                "correct one of the two"
            ),
        ),
        (
            {"status_note": "it was wrong"},
            (
                "status_note: status_note says why a fact is gone, and this one is current; "
                "set its status, or say it in detail"
            ),
        ),
        ({"checked_by": "Jo"}, "checked_by: checked_by without checked; add checked: the day"),
    ],
)
def test_what_is_odd_is_asked_once(keys: dict[str, Any], question: str) -> None:
    assert asked(**keys) == [question]


@pytest.mark.parametrize(
    "keys",
    [
        {"date": "2014/2014-12"},
        {"date": "2014/2023", "date_is": "within"},
        {"date": "2014/2023", "date_is": "occurrence"},
        {"date": "2014/2023", "kind": "figure"},
        {"date": "2014/2023", "status": "superseded", "status_note": "told twice"},
        {"date": "2013-11", "said": "2013"},
        {"date": "2013-11", "said": "2013-11-04"},
        {"date": "../2014", "said": "2011", "date_is": "state"},
        {"date": "2013-11", "said": "2013-08", "date_is": "expected"},
        {"date": "2013-11", "said": "2013-08", "kind": "plan"},
        {"date": "2025", "said": "2013-08", "kind": "assessment"},
        {"date": "2017-12", "said": "2017", "date_is": "statement"},
        {"date_is": "occurrence"},
        {"said": "2013"},
        {"status": "draft", "status_note": "to be looked up"},
        {"checked": "2026-11-22", "checked_by": "Jo"},
    ],
)
def test_what_is_plain_is_not(keys: dict[str, Any]) -> None:
    assert asked(**keys) == []
