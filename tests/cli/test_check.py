"""`briefgen check`: every problem where it stands, and an exit status that says if there is one."""

from __future__ import annotations

import json
from pathlib import Path


def test_a_good_base_has_nothing_to_say(run, base: Path) -> None:
    result = run("check", "--base", base)

    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("no problems; 4 facts, 2 sources and ")


def test_each_problem_is_a_line_that_editors_can_jump_to(run, faulty: Path) -> None:
    result = run("check", "--base", faulty)

    assert result.status == 1
    assert result.lines[0].startswith(f"{faulty / 'facts' / 'trade.yaml'}:8:")
    assert ": error: " in result.lines[0]
    assert "; " in result.lines[0]
    assert result.err.startswith("1 error, ")


def test_json_says_the_same(run, faulty: Path) -> None:
    lines = run("check", "--base", faulty).lines

    problems = json.loads(run("check", "--base", faulty, "--json").out)

    assert [
        f"{p['path']}:{p['line']}:{p['column']}: {p['severity']}: {p['message']}" for p in problems
    ] == lines
    assert all(set(p) == {"path", "line", "column", "severity", "message"} for p in problems)


def test_a_broken_file_is_a_problem_not_a_failure(run, base: Path) -> None:
    (base / "facts" / "energy.yaml").write_text("- id: [x\n", "utf-8")

    result = run("check", "--base", base)

    assert result.status == 1
    assert "not valid YAML" in result.out


def test_templates_are_checked_too(run, base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "odd.yaml").write_text("format: 1\nlabel: Odd\n", "utf-8")

    result = run("check", "--base", base, "--templates", folder)

    assert result.status == 1
    assert all(line.startswith(f"{folder / 'odd.yaml'}:1:1: error: ") for line in result.lines)
    assert result.lines
