"""A fact's SHA-256 changes with what it says, and with nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from briefgen.dates import parse_edtf
from briefgen.errors import Origin
from briefgen.facts.fingerprint import NOT_HASHED, canonical_json, fact_fingerprint
from briefgen.facts.model import Citation, Fact, Figure

FACT = Fact(
    "crude",
    ("energy",),
    "event",
    "The first crude arrived.",
    (Citation("s1", (("page", "3"),), "It came."), Citation("s2")),
    date=parse_edtf("2023-06"),
    figures=(Figure("oil", 45000, "tonnes", "reported", period=parse_edtf("2023-06")),),
    credibility=2,
)


def test_it_is_the_sha_256_of_canonical_json() -> None:
    said = (
        '{"cites":[{"locator":{"page":"3"},"quote":"It came.","source":"s1"},{"source":"s2"}],'
        '"credibility":2,"date":"2023-06","figures":[{"basis":"reported","measure":"oil",'
        '"period":"2023-06","unit":"tonnes","value":45000}],"id":"crude","kind":"event",'
        '"statement":"The first crude arrived."}'
    )
    assert canonical_json(FACT) == said
    assert fact_fingerprint(FACT) == hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"statement": "The first crude arrived"},
        {"detail": "By ship."},
        {"attribution": "the minister"},
        {"kind": "plan"},
        {"date": None},
        {"date": parse_edtf("2023-06~")},
        {"date_note": "guessed"},
        {"date_is": "within"},
        {"said": parse_edtf("2023-09")},
        {"credibility": 3},
        {"cites": FACT.cites[:1]},
        {"cites": FACT.cites[::-1]},
        {"cites": (replace(FACT.cites[0], locators=(("page", "4"),)), FACT.cites[1])},
        {"figures": ()},
        {"figures": (replace(FACT.figures[0], value=45000.5),)},
        {"figures": (replace(FACT.figures[0], qualifier="about"),)},
    ],
    ids=str,
)
def test_it_changes_with_what_the_fact_says(change: dict[str, Any]) -> None:
    assert fact_fingerprint(replace(FACT, **change)) != fact_fingerprint(FACT)


@pytest.mark.parametrize(
    "change",
    [
        {"topics": ("trade",), "actors": ("russia",), "key": True},
        {"status": "superseded", "supersedes": ("old",), "disputes": ("other",)},
        {"marking": "OFFICIAL", "recorded": "2026-11-21", "checked": "2026-11-22"},
        {
            "recorded_by": "Jo",
            "checked_by": "Sam",
            "status_note": "why",
            "origin": Origin("x.yaml", 3, 1),
        },
        {"statement": " The first\n crude  arrived. "},
        {"figures": (replace(FACT.figures[0], value=45000.0),)},
    ],
    ids=str,
)
def test_it_stays_with_everything_else(change: dict[str, Any]) -> None:
    assert fact_fingerprint(replace(FACT, **change)) == fact_fingerprint(FACT)


def test_letters_count_however_they_are_composed() -> None:
    one, other = (replace(FACT, statement=f"Caf{e}.") for e in ("é", "e\u0301"))
    assert fact_fingerprint(one) == fact_fingerprint(other)
    assert json.loads(canonical_json(one))["statement"] == "Café."


def test_every_field_of_a_fact_is_hashed_or_named_as_not() -> None:
    """A new field fails here until somebody has decided, and `docs/formats.md` tells it."""
    hashed = {
        "id", "kind", "statement", "detail", "attribution", "date", "date_note", "date_is",
        "said", "credibility", "figures", "cites",
    }  # fmt: skip
    assert {*Fact.__match_args__} == hashed | NOT_HASHED
