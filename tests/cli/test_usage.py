"""Wrong usage: one line that says what is wrong and what to do, exit status 2, nothing done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefgen
from briefgen.cli import main_gui
from briefgen.cli.flags import text_argument
from briefgen.cli.parser import COMMANDS

WRONG = [
    ("", "no command was given; 'briefgen --help' shows what there is"),
    ("exprot", "no command 'exprot'; did you mean 'export'?"),
    ("frobnicate", "no command 'frobnicate'; 'briefgen --help' shows what there is"),
    ("--verbose", "unknown option --verbose; did you mean '--version'?"),
    ("email", "the following arguments are required: NAME.brief.yaml|FILE; see 'briefgen email --help'"),
    ("import", "the following arguments are required: sources|facts, FILE; see 'briefgen import"),
    ("import fact a.csv", "sources|facts: 'fact' is not one of sources, facts; did you mean 'facts'?"),
    ("import facts a.csv", "no fact base is named to add to; give its folder with --base DIR, or"),
    ("import facts a.csv --format ris", "--format is for sources; leave --format out"),
    ("import sources a.bib --map a=b", "--map is for facts; leave --map out"),
    ("import facts a.csv --map date --base .", "--map: 'date' is no COLUMN=FIELD; write it as --map"),
    ("gui no.brief.yaml", "no.brief.yaml: cannot read the file (No such file or directory); check that"),
    ("gui --templates nowhere", "--templates: nowhere does not exist; name a folder that holds"),
    ("gui --bas data", "unknown option --bas; did you mean '--base'?"),
    ("sources --export endnote", "'endnote' is no format of bibliographies; choose bib, biblatex, bibtex,"),
    ("facts --tpoic energy", "unknown option --tpoic; did you mean '--topic'?"),
    ("facts --tpoic=energy", "unknown option --tpoic; did you mean '--topic'?"),
    ("facts --top energy", "unknown option --top; did you mean '--topic'?"),
    ("facts --xyzzy", "unknown option --xyzzy; see 'briefgen facts --help'"),
    ("facts energy", "unexpected argument 'energy'; see 'briefgen facts --help'"),
    ("facts --kind evnt", "--kind: 'evnt' is not one of event, agreement, figure, position,"),
    ("facts --min-reliability F", "--min-reliability: 'F' is not one of A, B, C, D, E; choose one"),
    ("facts --min-credibility 6", "--min-credibility: '6' is not a grade; give 1 (best) to 5"),
    ("facts --from 2013-02-31", "--from: '2013-02-31' does not exist: 2013-02 has 28 days; "),
    ("facts --to yesterday", "--to: 'yesterday' is not a date; write it as 2011"),
    ("facts --from 2015 --to 2013", "the range ends (2013) before it starts (2015); swap from and to"),
    ("facts --topic", "--topic: expected one argument; see 'briefgen facts --help'"),
    ("facts --json --csv", "--csv: not allowed with argument --json; see 'briefgen facts --help'"),
    ("facts --base nowhere", "the fact base nowhere (--base) does not exist; name the folder"),
    ("check --base nowhere", "the fact base nowhere (--base) does not exist; name the folder"),
    ("check --templates nowhere", "--templates: nowhere does not exist; name a folder that holds"),
    ("export none.brief.yaml", "none.brief.yaml: cannot read the file (No such file or directory)"),
    ("export a.brief.yaml b.brief.yaml", "unexpected argument 'b.brief.yaml'; see 'briefgen exp"),
    ("export --format docx,pfd", "--format: 'pfd' is not one of docx, pdf, html, md, txt, json;"),
    ("export --format=", "--format: '' is not one of docx, pdf, html, md, txt, json; choose from"),
    ("export --paper a5", "--paper: 'a5' is not one of a4, letter; choose one of these"),
    ("export --max-pages 0", "--max-pages: '0' is not a number of pages; give 1 or more"),
    ("export --max-pages two", "--max-pages: 'two' is not a number of pages; give 1 or more"),
    ("export --language english_", "--language: 'english_' is not a BCP 47 language tag"),
    ("export --language fr", "--language: language 'fr' is not built yet; briefgen writes en"),
    ("export --title=", "--title: nothing is given; give a value, or leave --title out"),
    ("export --out a.pdf --format docx", "--out: a.pdf is a pdf file, but --format asks for docx"),
    ("export --out a.doc", "--out: a.doc names a file, but its suffix is not a format; end it in"),
    ("facts -- energy", "unexpected argument 'energy'; see 'briefgen facts --help'"),
    ("facts --text \a", "--text: control character U+0007; leave it out: documents cannot hold it"),
    ("facts --text \udcff", "--text: the text is not UTF-8; give it as UTF-8"),
    ("facts --text ?!", "text: nothing to look for in '?!'; write words, or a phrase"),
    ("export --title a\x00b", "--title: control character U+0000; leave it out"),
    ("export --marking a\udc80", "--marking: the text is not UTF-8; give it as UTF-8"),
    ("export --out -", "--out: writing to standard output is not built yet; name a file or a folder"),
    ("export --template nowhere", "no template 'nowhere'; there are: "),
    ("schema fact", "NAME: 'fact' is not one of base, actors, sources, facts, passages, "),
    ("schema", "the following arguments are required: NAME; see 'briefgen schema --help'"),
    ("completion tcsh", "SHELL: 'tcsh' is not one of bash, zsh, fish; choose one of these"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), WRONG, ids=[line or "-" for line, _ in WRONG])
def test_wrong_usage(run, tmp_path: Path, line: str, message: str) -> None:
    result = run(*line.split())

    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith(f"error: {message}")
    assert result.err.count("\n") == 1
    assert list((tmp_path / "here").iterdir()) == []


def test_a_title_stands_on_one_line(run) -> None:
    assert run("export", "--title", "a\nb").err == (
        "error: --title: it must stand on one line; remove the line break\n"
    )


def test_text_in_a_locale_that_cannot_hold_it_is_read_as_utf8(monkeypatch) -> None:
    # what Python makes of "Søren" under LC_ALL=C without its UTF-8 mode
    given = "Søren".encode().decode("ascii", "surrogateescape")

    assert text_argument("--text", given) == "Søren"


def test_version(run) -> None:
    assert run("--version") == type(run("--version"))(0, f"briefgen {briefgen.__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_teaches(run, command: str) -> None:
    result = run(command, "--help")

    assert result.status == 0
    assert result.err == ""
    assert f"usage: briefgen {command}" in result.out
    assert "\nexamples:\n  " in result.out
    assert run("help", command) == result


def test_the_overview_names_every_command_that_is_there(run) -> None:
    overview = run("--help").out

    for command in COMMANDS:
        assert f"\n  {command} " in overview
    assert run("help").out == overview


def test_the_apps_own_command_is_the_gui_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["briefgen-gui", "no.brief.yaml"])

    assert main_gui() == 2
    assert capsys.readouterr().err.startswith("error: no.brief.yaml: ")


def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "exprot"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: no command 'exprot'; did you mean 'export'?\n"
