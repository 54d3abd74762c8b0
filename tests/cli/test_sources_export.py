"""`briefgen sources --export`, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.facts.read import read_frame
from cli.conftest import Run


@pytest.mark.parametrize(
    ("format_", "beginning"),
    [
        ("bib", "@article{s1,\n  author = {Khan, Aisha},\n  title = {{Oil talks open}},\n"),
        ("bibtex", "@article{s1,\n  author = {Khan, Aisha},\n  title = {{Oil talks open}},\n"),
        ("ris", "TY  - NEWS\r\nID  - s1\r\nAU  - Khan, Aisha\r\n"),
        ("csl.json", '[\n  {\n    "id": "s1",\n    "type": "article-newspaper",\n'),
        ("yaml", "references:\n- id: s1\n  type: article-newspaper\n"),
    ],
)
def test_a_bibliography_is_printed(run: Run, base: Path, format_: str, beginning: str) -> None:
    done = run("sources", "--base", base, "--export", format_)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(beginning)


@pytest.mark.parametrize("format_", ["bib", "biblatex", "ris", "csl.json", "yaml"])
def test_what_is_exported_is_imported(run: Run, base: Path, format_: str) -> None:
    out = Path(f"out.{format_}")
    out.write_text(run("sources", "--base", base, "--export", format_).out, "utf-8", newline="")
    assert run("init", "other").status == 0
    done = run("import", "sources", out, "--base", "other", "--format", format_)
    assert (done.status, done.lines) == (0, ["s1", "s2"])
    ours, theirs = read_frame(base)[0], read_frame(Path("other"))[0]
    assert ours is not None
    assert theirs is not None
    for id_, source in ours.sources.items():
        assert theirs.sources[id_].csl == source.csl


def test_csl_json_is_the_same_as_json(run: Run, base: Path) -> None:
    exported = run("sources", "--base", base, "--export", "csl.json").out
    assert json.loads(exported) == json.loads(run("sources", "--base", base, "--json").out)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("--export bbi", "error: 'bbi' is no format of bibliographies; did you mean 'bib'?"),
        ("--export ris --json", "error: --json and --export cannot go together; use --export csl"),
    ],
)
def test_what_cannot_be_exported_is_told(run: Run, base: Path, arguments: str, error: str) -> None:
    done = run("sources", "--base", base, *arguments.split())
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(error)
