"""A million problems are told in some lines, and take no memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen import many_problems
from briefgen.cli import main
from briefgen.errors import Origin, Problem
from briefgen.facts.scaffold import init_base
from briefgen.many_problems import Problems, first_lines, first_of_each_kind


def problem(line: int, message: str = "unknown key 'k'", path: str = "a.yaml") -> Problem:
    return Problem(Origin(path, line, 1), "error", message, "correct it")


def test_of_each_kind_in_each_file_the_first_are_told_and_the_others_counted() -> None:
    found = [problem(line, f"unknown key 'k{line}'") for line in range(1, 101)]
    other = [problem(7, "no source"), problem(7, "unknown key 'x'", "b.yaml")]
    told = first_of_each_kind([*found, *other])
    assert told[:20] == found[:20]
    assert str(told[20]) == "a.yaml:21:1: error: and 80 more of this kind"
    assert told[21:] == other


def test_one_more_is_told_and_not_counted() -> None:
    found = [problem(line) for line in range(1, 22)]
    assert first_of_each_kind(found) == found
    assert first_lines(f"{n} is odd" for n in range(1_000_000))[20:] == [
        "and 999,980 more of this kind"
    ]


def test_what_is_found_twice_at_one_place_is_one_problem() -> None:
    found = Problems([problem(1), problem(1), problem(2)])
    found.append(problem(2))
    assert found == [problem(1), problem(2)]


def test_beyond_a_bound_they_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_problems, "MOST", 3)
    found = Problems(problem(line) for line in range(1, 4))
    assert [one.sentence for one in found][-1] == (
        "another problem from here on; mend the first ones first"
    )
    for line in range(4, 1_003):
        found.append(problem(line))
    assert len(found) == 3
    assert str(found[-1]) == (
        "a.yaml:3:1: error: 1,000 more problems from here on; mend the first ones first"
    )


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    init_base(Path("base"))
    (Path("base") / "facts" / "bad.yaml").write_text("- odd\n" * 300)
    return Path("base")


def test_check(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--base", "base"]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 21
    assert told.out.endswith("bad.yaml:21:3: error: and 280 more of this kind\n")
    assert told.err.startswith("300 errors")
    assert main(["check", "--base", "base", "--all"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 300
    assert main(["check", "--base", "base", "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 300


@pytest.mark.parametrize("asked", [["facts"], ["export", "--out", "o.txt"], ["topics"]])
def test_commands_that_go_on(
    asked: list[str], base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asked, "--base", "base"]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(told) == 21
    assert told[-1].endswith("bad.yaml:21:3: and 280 more of this kind")


def test_a_brief_a_list_of_jobs_and_a_bibliography(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = "\n".join(f"k{n}: x" for n in range(300))
    Path("b.brief.yaml").write_text(f"format: 1\n{keys}\n")
    Path("jobs.yaml").write_text(f"format: 1\njobs: []\n{keys}\n")
    Path("s.json").write_text(f"[{','.join(['{}'] * 300)}]")
    Path("d.bib").write_text("@book{same, title={T}, year=2001}\n" * 300)
    for asked in (
        ["export", "b.brief.yaml"], ["batch", "jobs.yaml"],
        ["import", "sources", "s.json", "--base", "base"],
        ["import", "sources", "d.bib", "--base", "base", "--dry-run"],
    ):  # fmt: skip
        assert main(asked) in (1, 2)
        told = capsys.readouterr().err.splitlines()
        assert len(told) < 60, told
        assert any("more of this kind" in line for line in told), told
