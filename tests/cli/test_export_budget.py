"""`briefgen export` and a budget of pages: what is said, and what --fit leaves out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

TEMPLATE = """\
format: 1
label: Long brief
description: Everything twice.
title: Long brief
inputs: [{id: line, label: Bottom line, hint: What matters.}]
sections:
- {id: line, heading: Bottom line, show: input, input: line}
- {id: events, heading: What happened, show: chronology}
- {id: again, heading: What happened again, show: chronology, again: true}
- {id: sources, heading: Sources, show: sources}
"""


@pytest.fixture(autouse=True)
def _long_brief(run, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base of many facts, a template that prints them twice, and a brief that asks for both."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    many = "".join(
        f"- id: more-{number}\n  date: 2012-03-{number % 28 + 1:02}\n  topics: [trade]\n"
        f"  kind: event\n  statement: Event number {number} took place.\n"
        "  cites: [{source: s2}]\n"
        for number in range(120)
    )
    (base / "facts" / "more.yaml").write_text(many, "utf-8")
    Path("templates").mkdir()
    Path("templates/long.yaml").write_text(TEMPLATE, "utf-8")
    Path("long.brief.yaml").write_text(
        "format: 1\nbase: ../base\ntemplate: long\nselect: {topics: [trade]}\nstyle: ieee\n"
        "text: {line: 'In short [@more-1].'}\n",
        "utf-8",
    )


ASKED = ("export", "long.brief.yaml", "--templates", "templates")


def test_over_budget_is_told_and_written_all_the_same(run) -> None:
    result = run(*ASKED, "--max-pages", "4", "--format", "docx,pdf")

    assert (result.status, result.lines) == (1, ["long.docx", "long.pdf"])
    (line,) = [line for line in result.err.splitlines() if not line.startswith("warning: ")]
    assert line.startswith("error: ")
    assert " more than the 4 allowed; set sections: {" in line
    assert " in the brief (export --fit does it), or allow " in line

    assert run(*ASKED, "--max-pages", "50", "--format", "docx").status == 0


def test_fit_does_what_is_advised_and_says_what_went(run) -> None:
    kept = Path("long.brief.yaml").read_bytes()

    result = run(*ASKED, "--max-pages", "4", "--format", "pdf,txt", "--fit")

    assert (result.status, result.lines) == (0, ["long.pdf", "long.txt"])
    fitted = [line for line in result.err.splitlines() if line.startswith("fitted: ")]
    (limit,) = re.findall(
        r"fitted: at most (\d+) instead of 121 in “What happened again” "
        r"\(sections: {limits: {again: \1}}\)",
        "\n".join(fitted),
    )
    text = Path("long.txt").read_text("utf-8")
    again = text[text.index("What happened again") :]
    assert again.count("took place") + again.count("stood at") == int(limit)
    assert Path("long.brief.yaml").read_bytes() == kept

    by_hand = run(
        *ASKED,
        "--max-pages",
        "4",
        "--format",
        "txt",
        "--out",
        "by-hand.txt",
    )
    assert f"limits: {{again: {limit}}}" in by_hand.err
    path = Path("long.brief.yaml")
    path.write_text(f"{path.read_text('utf-8')}sections: {{limits: {{again: {limit}}}}}\n", "utf-8")
    by_hand = run(*ASKED, "--max-pages", "4", "--format", "txt", "--out", "by-hand.txt")
    assert by_hand.status == 0
    assert Path("by-hand.txt").read_text("utf-8") == text


def test_what_the_author_wrote_stays_when_sections_go(run) -> None:
    result = run(*ASKED, "--max-pages", "2", "--format", "pdf,txt", "--fit")

    assert result.status == 0
    assert "fitted: left out “What happened again” (sections: {leave_out: [again]})" in result.err
    text = Path("long.txt").read_text("utf-8")
    assert "What happened again" not in text
    assert "In short" in text
    assert "Sources" in text


def test_what_fits_is_left_as_it_is(run) -> None:
    result = run(*ASKED, "--max-pages", "50", "--format", "txt", "--fit")

    assert (result.status, result.err) == (0, "")
    assert "What happened again" in Path("long.txt").read_text("utf-8")


def test_where_nothing_is_enough_the_brief_is_written_as_asked(run) -> None:
    path = Path("long.brief.yaml")
    text = path.read_text("utf-8").replace("In short", "In short, and at length. " * 600)
    path.write_text(text, "utf-8")

    result = run(*ASKED, "--max-pages", "1", "--format", "txt", "--fit")

    assert result.status == 1
    told = [line for line in result.err.splitlines() if line.startswith("error: ")]
    assert len(told) == 1
    assert " are the fewest it can have with all that you wrote and chose; write less " in told[0]
    assert "What happened again" in Path("long.txt").read_text("utf-8")


def test_fit_needs_a_budget(run) -> None:
    result = run(*ASKED, "--fit")

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "error: --fit: the brief has no budget of pages; give one with --max-pages, or as "
        "max_pages in the brief\n"
    )
    assert not Path("long.pdf").exists()


def test_json_says_what_was_made(run) -> None:
    result = run(*ASKED, "--max-pages", "4", "--format", "pdf,txt", "--fit", "--json")

    made = json.loads(result.out)
    pdf, text = made["files"]
    assert [pdf["path"], text["path"]] == ["long.pdf", "long.txt"]
    assert [pdf["format"], text["format"]] == ["pdf", "txt"]
    assert text["pages"] is None
    assert 1 < pdf["pages"] <= 4
    assert made["pages"] == {"docx": None, "pdf": {"body": pdf["pages"], "all": pdf["pages"]}}
    assert pdf["bytes"] == len(Path("long.pdf").read_bytes())
    said = result.err.splitlines()
    assert [f"fitted: {line}" for line in made["fitted"]] == [s for s in said if s[:3] == "fit"]
