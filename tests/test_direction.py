"""Characters that turn the direction of text: told where they reach beyond what they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.direction import stray_direction
from briefgen.facts.scaffold import init_base
from briefgen.index import open_index


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("plain", ""),
        ("Grüße, اردو, Россия", ""),
        ("a mark \u200e of its own", ""),
        ("\u2068اردو\u2069 and \u202aleft\u202c", ""),
        ("\u2067one \u202ainside\u202c the other\u2069", ""),
        ("turned \u202e round", "U+202E"),
        ("\u202e over\nlines \u202c", "U+202E"),
        ("closed \u202c only", "U+202C"),
        ("crossed \u2067 \u202a \u2069 \u202c", "U+2069"),
        ("tag \U000e0041", "U+E0041"),
    ],
)
def test_what_reaches_beyond_its_text(text: str, stray: str) -> None:
    assert stray_direction(text) == stray


def test_it_costs_the_fact_that_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    base = tmp_path / "base"
    init_base(base)
    (base / "facts/more.yaml").write_text(
        "".join(
            f"- {{id: {id_}, topics: [energy], kind: event, statement: {text}, "
            "cites: [{source: gazette}]}\n"
            for id_, text in (("good", "Fine."), ("bad", "Turned \u202e round."))
        ),
        "utf-8",
    )
    with open_index(base) as index:
        told = [str(each) for each in index.problems if "more.yaml" in str(each)]
    assert len(told) == 1
    assert "the unseen character U+202E" in told[0]
