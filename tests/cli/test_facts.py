"""`briefgen facts`: what it prints, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest


def ids(result) -> list[str]:
    return [fact["id"] for fact in json.loads(result.out)]


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ("", ["oil-talks", "trade-2013", "pipeline-idea"]),
        ("--topic energy", ["oil-talks", "pipeline-idea"]),
        ("--topic energy.oil", ["oil-talks"]),
        ("--topic energy.oil --topic trade", ["oil-talks", "trade-2013"]),
        ("--from 2012", ["trade-2013"]),
        ("--to 2011-05", ["oil-talks"]),
        ("--from 2011-05-18 --to 2012", []),
        ("--from 2012 --undated", ["trade-2013", "pipeline-idea"]),
        ("--kind event --kind background", ["oil-talks", "pipeline-idea"]),
        ("--actor pakistan", ["oil-talks"]),
        ("--text moscow", ["oil-talks", "trade-2013"]),
        ("--min-reliability B", ["oil-talks", "pipeline-idea"]),
        ("--min-credibility 2", ["oil-talks"]),
        ("--min-credibility 1 --ungraded", ["trade-2013", "pipeline-idea"]),
        ("--status draft", ["trade-rumour"]),
        ("--status draft --status current --topic trade", ["trade-2013", "trade-rumour"]),
    ],
)
def test_each_selection_flag_selects(run, base: Path, flags: str, found: list[str]) -> None:
    result = run("facts", "--base", base, "--json", *flags.split())

    assert (result.status, result.err) == (0, "")
    assert ids(result) == found


def test_json_has_what_the_contract_promises(run, base: Path) -> None:
    (fact,) = json.loads(run("facts", "--base", base, "--json", "--topic", "trade").out)

    promised = {
        "id": "trade-2013",
        "date": "2013",
        "earliest": "2013-01-01",
        "latest": "2013-12-31",
        "date_is": "state",
        "said": "2013",
        "topics": ["trade"],
        "kind": "figure",
        "actors": ["russia"],
        "statement": "Trade stood at 542 million dollars.",
        "credibility": None,
        "status": "current",
    }
    assert promised.items() <= fact.items()
    assert fact["cites"][0]["source"] == "s2"
    assert fact["figures"][0]["value"] == 542


def test_people_get_dates_in_words_and_sources(run, base: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    assert run("facts", "--base", base).lines == [
        "17 May 2011  Russia and Pakistan opened talks on oil.",
        "             oil-talks: Oil talks open",
        "2013         Trade stood at 542 million dollars.",
        "             trade-2013: Trade yearbook",
        "no date      A pipeline was an old idea.",
        "             pipeline-idea: Oil talks open",
    ]


def test_a_draft_says_so(run, base: Path) -> None:
    result = run("facts", "--base", base, "--status", "draft")

    assert "(draft) Trade is to double" in result.out


def test_csv_is_read_back_by_the_csv_module(run, base: Path) -> None:
    result = run("facts", "--base", base, "--csv", "--status", "draft")

    (row,) = csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff")))
    assert row["id"] == "trade-rumour"
    assert 'Trade is to double, =1+1 "soon", <b>.' in row["statement"]


def test_xlsx_is_written_and_its_path_printed(run, base: Path) -> None:
    import openpyxl

    result = run("facts", "--base", base, "--xlsx", "new/facts.xlsx")

    assert (result.status, result.out) == (0, str(Path("new/facts.xlsx")) + "\n")
    workbook = openpyxl.load_workbook("new/facts.xlsx", read_only=True)
    cells = [cell for row in workbook.worksheets[0].values for cell in row]
    workbook.close()
    assert "oil-talks" in cells


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("facts.csv", "--xlsx: 'facts.csv' is no Excel file's name; end it in .xlsx"),
        ("folder.xlsx", "cannot write folder.xlsx: it is a folder; move it away, or choose"),
    ],
)
def test_xlsx_that_cannot_be(run, base: Path, out: str, message: str) -> None:
    Path("folder.xlsx").mkdir()

    result = run("facts", "--base", base, "--xlsx", out)

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"error: {message}")


def test_nothing_found_is_an_empty_list(run, base: Path) -> None:
    nothing = ("facts", "--base", base, "--from", "2020")

    assert run(*nothing, "--json").out.strip() == "[]"
    result = run(*nothing)
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("no fact in Test relations matches; ")


def test_single_faulty_facts_are_named_and_left_out(run, faulty: Path) -> None:
    result = run("facts", "--base", faulty, "--json")

    assert result.status == 1
    assert ids(result) == ["oil-talks", "pipeline-idea"]
    (line,) = result.err.splitlines()
    assert line.startswith(f"error: {faulty / 'facts' / 'trade.yaml'}:8:")
    assert "'s9'" in line


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("facts/energy.yaml", "- id: [x", "facts/energy.yaml:1:8: not valid YAML"),
        ("base.yaml", "format: 1\n", "base.yaml:1:1: "),
        ("base.yaml", None, "base.yaml: "),
    ],
)
def test_a_base_that_cannot_be_used_stops(
    run, base: Path, name: str, text: str | None, message: str
) -> None:
    if text is None:
        (base / name).unlink()
    else:
        (base / name).write_text(text, "utf-8")

    result = run("facts", "--base", base)

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert message.split(":")[0] in result.err.splitlines()[0]


def test_a_base_in_a_language_that_no_brief_is_written_in_yet_can_be_listed(
    run, base: Path
) -> None:
    head = (base / "base.yaml").read_text("utf-8")
    (base / "base.yaml").write_text(head.replace("language: en", "language: ru"), "utf-8")

    result = run("facts", "--base", base, "--topic", "energy")

    assert (result.status, result.err) == (0, "")
    assert result.lines[0].startswith("17 May 2011  Russia and Pakistan")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ("--topic enregy", "the base has no topic 'enregy'; did you mean 'energy'?"),
        ("--actor xyz", "the base has no actor 'xyz'; 'briefgen actors' lists them"),
    ],
)
def test_what_the_base_does_not_know(run, base: Path, flags: str, message: str) -> None:
    result = run("facts", "--base", base, *flags.split())

    assert (result.status, result.out, result.err) == (2, "", f"error: {message}\n")


def test_the_base_of_the_environment(run, base: Path, monkeypatch) -> None:
    monkeypatch.setenv("BRIEFGEN_BASE", str(base))

    assert ids(run("facts", "--json", "--topic", "energy.oil")) == ["oil-talks"]


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_facts_never_imports_a_renderer(base: Path, tmp_path: Path, form: list[str]) -> None:
    script = (
        "import sys\n"
        "from briefgen.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "heavy = ('briefgen.render', 'briefgen.cite', 'briefgen.brief', 'reportlab', 'docx',\n"
        "         'lxml', 'jinja2', 'openpyxl', 'pypandoc', 'PySide6', 'markdown_it', 'PIL',\n"
        "         'filelock', 'tqdm', 'bibtexparser')\n"
        "print([m for m in sys.modules if m.startswith(heavy)], file=sys.stderr)\n"
        "raise SystemExit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "facts", "--base", str(base), *form],
        capture_output=True,
        text=True,
        env={"BRIEFGEN_CACHE": str(tmp_path / "cache"), "PATH": ""},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "[]\n")


def test_a_workbook_that_others_wrote_is_kept(run, base: Path) -> None:
    Path("facts.xlsx").write_bytes(b"mine")

    result = run("facts", "--base", base, "--xlsx", "facts.xlsx")

    (copy,) = Path().glob("facts (kept *).xlsx")
    assert copy.read_bytes() == b"mine"
    assert (result.status, result.out) == (0, "facts.xlsx\n")
    assert result.err.startswith(
        "kept: facts.xlsx was edited since briefgen wrote it, or is not of this brief: "
    )
    assert run("facts", "--base", base, "--topic", "trade", "--xlsx", "facts.xlsx").err == ""
    Path("facts.xlsx").write_bytes(b"mine again")
    assert run("facts", "--base", base, "--xlsx", "facts.xlsx", "--force").err == ""
    assert len(list(Path().glob("*.xlsx"))) == 2


def test_force_needs_a_workbook(run, base: Path) -> None:
    result = run("facts", "--base", base, "--force")

    assert result.status == 2
    assert "--force goes with --xlsx" in result.err
