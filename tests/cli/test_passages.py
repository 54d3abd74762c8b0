"""`briefgen passages`: how they stand to their facts, and that somebody has read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXT = """\
- id: talks-2011
  text: Russia and Pakistan opened talks in 2011 [@oil-talks]; a pipeline was an old idea [@pipeline-idea].
"""


@pytest.fixture
def told(base: Path) -> Path:
    """The base with a passage in it."""
    (base / "passages.yaml").write_text(TEXT, "utf-8")
    return base


def change(base: Path, before: str, after: str) -> None:
    path = base / "facts" / "energy.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_from_not_checked_to_checked_to_stale_and_back(run, told: Path) -> None:
    listed = run("passages", "--base", told)
    assert (listed.status, listed.lines[0][:23]) == (0, "talks-2011  not checked")
    checked = run("check", "--base", told)
    assert checked.status == 1
    assert checked.lines == [
        f"{told}/passages.yaml:1:3: warning: passage 'talks-2011' is not yet checked; read it against its facts, then: briefgen passages --checked talks-2011"
    ]

    noted = run("passages", "--base", told, "--checked")
    assert (noted.status, noted.lines) == (0, ["talks-2011"])
    assert run("check", "--base", told).lines == []
    assert run("passages", "--base", told).lines[0][:19] == "talks-2011  checked"
    again = run("passages", "--base", told, "--checked")
    assert (again.status, again.out) == (0, "")
    assert again.err == "nothing to note: all of them are checked already\n"

    change(told, "opened talks on oil", "talked of oil")
    assert run("check", "--base", told).lines == [
        f"{told}/passages.yaml:1:3: warning: passage 'talks-2011' is stale, its facts are printed one by one: fact 'oil-talks' says something else by now; read it against its facts, then: briefgen passages --checked talks-2011"
    ]
    assert run("passages", "--base", told).lines[0][:17] == "talks-2011  stale"
    unnamed = run("passages", "--base", told, "--checked")
    assert unnamed.out == ""
    assert unnamed.err == (
        "nothing to note: these are stale, read them again and name them: talks-2011\n"
    )
    assert run("passages", "--base", told, "--checked", "talks-2011").lines == ["talks-2011"]
    assert run("check", "--base", told).lines == []


def test_json_has_whole_records(run, told: Path) -> None:
    change(told, "statement: A pipeline", "status: retracted\n  statement: A pipeline")
    (record,) = json.loads(run("passages", "--base", told, "--json").out)
    assert record == {
        "id": "talks-2011",
        "text": TEXT.partition("text: ")[2].strip(),
        "facts": ["oil-talks", "pipeline-idea"],
        "key": False,
        "checked": {},
        "state": "stale",
        "changes": ["fact 'pipeline-idea' is retracted"],
        "warnings": [],
    }


def test_check_asks_what_a_careful_reader_would(run, told: Path) -> None:
    path = told / "passages.yaml"
    path.write_text(TEXT.replace("opened talks in 2011", "signed 3 deals in 2011"), "utf-8")
    run("passages", "--base", told, "--checked")
    lines = run("check", "--base", told).lines
    assert [line.partition("warning: ")[2] for line in lines] == [
        "passage 'talks-2011': “Russia and Pakistan signed 3 deals in 2011;” has the number 3, which no fact of this clause states; correct it, or cite the fact that says so",
        "passage 'talks-2011': “Russia and Pakistan signed 3 deals in 2011;” says “signed”, and the strongest act of its facts is “talks”; use the word of the fact",
    ]


def test_what_cannot_be_noted_is_refused(run, told: Path) -> None:
    unknown = run("passages", "--base", told, "--checked", "talk-2011")
    assert (unknown.status, unknown.err) == (
        2, "error: the base has no passage 'talk-2011'; did you mean 'talks-2011'?\n"
    )  # fmt: skip
    change(told, "statement: A pipeline", "status: retracted\n  statement: A pipeline")
    gone = run("passages", "--base", told, "--checked", "talks-2011")
    assert gone.status == 2
    assert gone.err.endswith(
        "passage 'talks-2011' cannot be checked: fact 'pipeline-idea' is retracted; take the fact out of the passage\n"
    )
    assert (told / "passages.yaml").read_text("utf-8") == TEXT
    both = run("passages", "--base", told, "--checked", "--json")
    assert both.status == 2


def test_a_faulty_one_is_named_and_left_out(run, told: Path) -> None:
    (told / "passages.yaml").write_text(TEXT.replace("[@oil-talks]", "[@oil-walks]"), "utf-8")
    listed = run("passages", "--base", told)
    assert (listed.status, listed.out) == (1, "")
    assert "unknown fact 'oil-walks'; did you mean 'oil-talks'?" in listed.err
    noted = run("passages", "--base", told, "--checked")
    assert (noted.status, noted.out, noted.err) == (1, "", listed.err)


def test_an_export_prints_it_in_the_place_of_its_facts(run, told: Path, tmp_path: Path) -> None:
    def exported(*more: str) -> str:
        run(
            "export",
            "--base",
            told,
            "--topic",
            "energy",
            "--format",
            "txt",
            "--out",
            tmp_path / "x.txt",
            *more,
        )
        return " ".join((tmp_path / "x.txt").read_text("utf-8").split())

    with_it = exported().partition("Annex")[0]
    assert "Russia and Pakistan opened talks in 2011;[1] a pipeline was an old idea.[2]" in with_it
    assert "opened talks on oil" not in with_it
    change(told, "statement: A pipeline", "status: retracted\n  statement: A pipeline")
    assert "opened talks in 2011" not in exported()
