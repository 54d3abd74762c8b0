"""What is selected is shown: the country brief and the chronology lose no fact, unless limited."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.cli import main
from briefgen.facts.read import read_base
from briefgen.select.model import Selection
from selection_oracle import base_parts, days, expected, fact_lists, said, selections
from whole.asking import facts_json, flags, write_base
from whole.reading import facts_shown, model_of


@given(records=fact_lists().filter(bool), asked=selections)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_selected_fact_is_shown(
    settled: Path,
    capsys: pytest.CaptureFixture[str],
    records: list[dict[str, Any]],
    asked: Selection,
) -> None:
    base = write_base(settled / "base", records, **base_parts())
    wanted = expected(read_base(base).facts, asked)
    arguments = ["--base", str(base), *flags(said(asked))]
    for template in ("country-brief", "chronology"):
        out = settled / f"{template}.json"
        status = main(["export", *arguments, "--template", template, "--out", str(out)])
        told = capsys.readouterr().err
        if not wanted:
            assert status == 2, told
        else:
            assert status == 0, told
            # a dispute shows its other side too; these bases hold none
            assert facts_shown(model_of(out.read_bytes())) == set(wanted)


@given(records=fact_lists(), asked=st.lists(selections, min_size=2, max_size=4))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_command_line_picks_what_the_oracle_picks(
    settled: Path,
    capsys: pytest.CaptureFixture[str],
    records: list[dict[str, Any]],
    asked: list[Selection],
) -> None:
    base = write_base(settled / "base", records, **base_parts())
    facts = read_base(base).facts
    for selection in asked:
        listed = facts_json(capsys, "--base", str(base), *flags(said(selection)))
        assert [fact["id"] for fact in listed] == expected(facts, selection)
        for fact in listed:
            first, last = days(fact["date"]) if fact["date"] else (-math.inf, math.inf)
            assert fact["earliest"] == iso(first)
            assert fact["latest"] == iso(last)


def iso(day: float) -> str | None:
    """The ISO day of an ordinal; None where an interval is open."""
    return None if math.isinf(day) else date.fromordinal(int(day)).isoformat()
