"""`briefgen export --json`: every fact of the brief is accounted for, once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

TEMPLATE = """\
format: 1
label: Small brief
description: Two sections.
title: Small brief
inputs: [{id: line, label: Line, hint: Your own., cites: false}]
sections:
- {id: line, heading: Line, show: input, input: line}
- {id: energy, heading: Energy, show: bullets, where: {topics: [energy]}, limit: 1}
- {id: trade, heading: Trade, show: bullets, where: {topics: [trade], kinds: [plan]}}
"""

BRIEF = """\
format: 1
base: ../base
template: small
select: {undated: true, status: [current, draft]}
facts: {exclude: [oil-talks], key: [trade-2013]}
text: {line: "Trade grew [@trade-2013]."}
outputs: [txt]
"""


@pytest.fixture
def asked(run, base: Path) -> tuple[str, ...]:
    """The arguments of an export of a small brief."""
    more = (
        "- {id: gas-talks, date: 2012, topics: [energy], kind: event, key: true,"
        " statement: They spoke of gas., cites: [{source: s1}]}\n"
    )
    (base / "facts" / "more.yaml").write_text(more, "utf-8")
    Path("templates").mkdir()
    Path("templates/small.yaml").write_text(TEMPLATE, "utf-8")
    Path("small.brief.yaml").write_text(BRIEF, "utf-8")
    return ("export", "small.brief.yaml", "--templates", "templates", "--json")


def test_every_fact_is_told_once_with_its_places_or_the_reason(run, asked) -> None:
    made = json.loads(run(*asked).out)

    told = {fact.pop("id"): fact for fact in made["facts"]}

    def printed(*sections: str) -> dict[str, object]:
        return {"printed": True, "sections": list(sections), "passage": None, "reason": None,
                "kept_out_by": None}  # fmt: skip

    def nowhere(reason: str, by: str | None = None) -> dict[str, object]:
        return {**printed(), "printed": False, "reason": reason, "kept_out_by": by}

    assert told == {
        "gas-talks": printed("energy"),
        "pipeline-idea": nowhere("limit", "energy"),
        "trade-2013": printed("line"),
        "trade-rumour": printed("trade"),
        "oil-talks": nowhere("excluded"),
    }
    assert len(made["facts"]) == len(told)


def test_a_section_that_is_left_out_is_a_reason_of_its_own(run, asked) -> None:
    path = Path("small.brief.yaml")
    path.write_text(path.read_text("utf-8") + "sections: {leave_out: [trade]}\n", "utf-8")

    made = json.loads(run(*asked).out)

    assert [f["reason"] for f in made["facts"] if f["id"] == "trade-rumour"] == ["section-off"]


def test_warnings_name_their_facts_and_go_to_stderr_all_the_same(run, asked) -> None:
    result = run(*asked)

    (warning,) = json.loads(result.out)["warnings"]
    assert warning["facts"] == ["pipeline-idea"]
    assert result.err == f"warning: {warning['message']}\n"


def test_files_are_told_with_their_digest(run, asked) -> None:
    made = json.loads(run(*asked).out)

    data = Path("small.txt").read_bytes()
    assert made["files"] == [
        {
            "path": "small.txt",
            "format": "txt",
            "pages": None,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]
    assert made["pages"] == {"docx": None, "pdf": None}
    assert made["fitted"] == []


def test_what_is_refused_prints_no_json(run, asked) -> None:
    result = run(*asked, "--topic", "enregy")

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: ")
