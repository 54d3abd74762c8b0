"""Characters that turn the direction of text: told where they reach beyond what they stand in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from briefgen.cli import main
from briefgen.cli.edge import say
from briefgen.direction import (
    apart,
    for_people,
    isolated,
    isolated_in_lines,
    on_a_line_of_its_own,
    stray_direction,
    visible,
)
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


ARABIC = "اتفاق"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain – text", ["plain – text"]),
        (f"the {ARABIC}, 2013", ["the ", ARABIC, ", 2013"]),
        (f"{ARABIC} 12 {ARABIC} x", ["", f"{ARABIC} 12 {ARABIC}", " x"]),
        ("\u202aleft\u202c and on", ["", "\u202aleft\u202c and on", ""]),
    ],
)
def test_what_runs_against_the_line_is_a_piece_of_its_own(text: str, pieces: list[str]) -> None:
    assert apart(text) == pieces


def test_a_line_in_which_nothing_pulls_what_stands_beside_it() -> None:
    assert isolated("plain – text") == "plain – text"
    assert isolated(f"the {ARABIC}, 2013") == f"the \u2068{ARABIC}\u2069, 2013"
    assert isolated_in_lines(f"a \u2068{ARABIC}\n12 {ARABIC}\u2069 x\ny") == (
        f"a \u2068{ARABIC}\u2069\n\u206812 {ARABIC}\u2069 x\ny"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fine – \t Ж", "fine – \t Ж"),
        ("\x1b[2Jred\x9b31m\x07", "\\x1b[2Jred\\x9b31m\\x07"),
        ("turned \u202e round", "turned \\u202e round"),
        ("\u2067closed\u2069", "\u2067closed\u2069"),
        ("tag\U000e0041\u2028", "tag\\U000e0041\\u2028"),
        ("over\rwritten", "over\\rwritten"),
    ],
)
def test_what_a_terminal_may_show(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown", "alone"),
    [
        ("plain", "plain", "plain"),
        (f"the {ARABIC}, 12", f"the \u2068{ARABIC}\u2069, 12", f"the \u2068{ARABIC}\u2069, 12"),
        (f"{ARABIC} 12 on", f"\u2068{ARABIC}\u2069 12 on", f"{ARABIC} 12 on"),
        (f"{ARABIC}\n12 {ARABIC}", f"\u2068{ARABIC}\u2069\n\u206812 {ARABIC}\u2069", f"{ARABIC}\n12 {ARABIC}"),
        ("turned \u202e round", "turned \\u202e round", "turned \\u202e round"),
    ],
)  # fmt: skip
def test_what_people_see_beside_other_words_and_alone(text: str, shown: str, alone: str) -> None:
    assert for_people(text) == shown
    assert on_a_line_of_its_own(text) == alone


def with_arabic(folder: Path) -> Path:
    base = folder / "base"
    init_base(base)
    statement = f"The two signed ({ARABIC}) 12 on the day."
    (base / "facts/more.yaml").write_text(
        "- {id: arabic, date: 2014, topics: [energy], kind: event, "
        f"statement: '{statement}', cites: [{{source: gazette}}]}}\n",
        "utf-8",
    )
    return base


def test_documents_set_it_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    base = with_arabic(tmp_path)
    asked = ["export", "--base", str(base), "--title", "B", "--format", "html,txt,md,docx"]
    assert main([*asked, "--out", f"{tmp_path}/out"]) == 0
    html = (tmp_path / "out" / "b.html").read_text("utf-8")
    assert f"signed (<bdi>{ARABIC}</bdi>) 12 on" in html
    text = (tmp_path / "out" / "b.txt").read_text("utf-8")
    assert f"(\u2068{ARABIC}\u2069)" in text
    assert all(line.count("\u2068") == line.count("\u2069") for line in text.splitlines())
    markdown = (tmp_path / "out" / "b.md").read_text("utf-8")
    assert f'signed ([{ARABIC}]{{dir="rtl"}}) 12' in markdown.replace("\n", " ")
    with zipfile.ZipFile(tmp_path / "out" / "b.docx") as word:
        body = word.read("word/document.xml").decode()
    assert f"<w:rtl/></w:rPr><w:t>{ARABIC}</w:t>" in body


def test_a_list_sets_it_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    assert main(["facts", "--base", str(with_arabic(tmp_path)), "--text", ARABIC]) == 0
    assert f"(\u2068{ARABIC}\u2069) 12" in capsys.readouterr().out


def test_what_is_said_cannot_write_over_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "\x1b[2J\u202e.brief.yaml"]) == 2
    say("\x1b[2Jcleared")
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert told.endswith("\\x1b[2Jcleared\n")
