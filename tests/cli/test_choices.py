"""The commands that list what there is to choose from, and those that help to start."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml

from briefgen.cli.commands.schema import NAMES


def test_topics_have_counts(run, base: Path) -> None:
    assert run("topics", "--base", base).lines == [
        "energy      2 facts  Energy",
        "energy.oil  1 fact   Oil",
        "trade       1 fact   Trade",
    ]
    assert json.loads(run("topics", "--base", base, "--json").out)[1] == {
        "id": "energy.oil", "label": "Oil", "parent": "energy", "facts": 1,
    }  # fmt: skip


def test_actors(run, base: Path) -> None:
    assert run("actors", "--base", base).lines == [
        "russia    state  Russia (also Moscow)",
        "pakistan  state  Pakistan",
    ]
    (russia, _) = json.loads(run("actors", "--base", base, "--json").out)
    assert russia["id"] == "russia"
    assert russia["aliases"] == ["Moscow"]


def test_sources_are_csl_json(run, base: Path) -> None:
    assert run("sources", "--base", base).lines == [
        "s1  2011-05-18  B  Oil talks open",
        "s2  2013        -  Trade yearbook",
    ]
    (first, _) = json.loads(run("sources", "--base", base, "--json").out)
    assert first == {
        "id": "s1",
        "type": "article-newspaper",
        "title": "Oil talks open",
        "container-title": "Daily Post",
        "author": [{"family": "Khan", "given": "Aisha"}],
        "issued": {"date-parts": [[2011, 5, 18]]},
        "custom": {"reliability": "B"},
    }


def test_templates(run) -> None:
    shipped = ["chronology", "country-brief", "fact-sheet", "talking-points", "visit-brief"]

    assert [record["id"] for record in json.loads(run("templates", "--json").out)] == shipped
    assert [line.split()[0] for line in run("templates").lines if line[0] != " "] == shipped


def test_styles_are_found_by_words(run) -> None:
    found = json.loads(run("styles", "chicago", "notes", "--json").out)

    assert {"id", "title", "kind"} <= set(found[0])
    assert any(record["id"].startswith("chicago-notes") for record in found)
    result = run("styles", "no", "such", "style", "anywhere")
    assert (result.status, result.out) == (0, "")
    assert "try fewer" in result.err


@pytest.mark.parametrize("command", ["topics", "actors", "sources"])
def test_faults_are_named_here_too(run, faulty: Path, command: str) -> None:
    result = run(command, "--base", faulty, "--json")

    assert result.status == 1
    assert json.loads(result.out)
    assert result.err.startswith(f"error: {faulty / 'facts' / 'trade.yaml'}:8:")


def test_a_new_base_passes_its_check_and_makes_a_brief(run) -> None:
    made = run("init", "ours")

    assert made.status == 0
    assert made.lines
    assert all(Path(line).is_file() for line in made.lines)
    assert run("check", "--base", "ours").out == ""
    assert run("export", "--base", "ours", "--format", "txt", "--out", "a.txt").status == 0


def test_a_folder_with_something_in_it_is_left_alone(run) -> None:
    Path("ours").mkdir()
    Path("ours/letter.txt").write_text("dear", "utf-8")

    result = run("init", "ours")

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert [path.name for path in Path("ours").iterdir()] == ["letter.txt"]


class AsEditorsRead(yaml.SafeLoader):
    """YAML as language servers read it: numbers and booleans, but dates stay texts (YAML 1.2)."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_valid_and_accept_what_we_ship(run, base: Path, name: str) -> None:
    from briefgen.shipped import (
        shipped_base,
        shipped_markings,
        shipped_scales,
        shipped_templates,
    )

    schema = json.loads(run("schema", name).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    example = {
        "facts": base / "facts" / "energy.yaml",
        "passages": shipped_base() / "passages.yaml",
        "scale": shipped_scales() / "icd203.yaml",
        "markings": shipped_markings() / "uk-gscp.yaml",
        "template": shipped_templates() / "country-brief.yaml",
        "brief": None,
        "jobs": None,
        "settings": None,
    }.get(name, base / f"{name}.yaml")
    small = {
        "brief": "format: 1\ntitle: T\nemail: {to: a@b.org, send: true}\n",
        "jobs": """\
format: 1
defaults: {style: ieee, select: {from: 2011}}
jobs: [{name: a, outputs: [pdf]}, {brief: b.brief.yaml, max_pages: 2}]
matrix:
  values: {topic: [energy, trade], pages: [1, 2]}
  job:
    name: "{topic}-{pages}"
    max_pages: "{pages}"
    select: {topics: ["{topic}"], kinds: "{topic}"}
    text: {"{topic}_line": Hello}
    facts: {reword: {"{topic}-1": "{topic}"}}
""",
        "settings": "mail: {host: a.org, port: 587, security: tls, user: jo, from: jo@a.org}\n",
    }
    text = small[name] if example is None else example.read_text("utf-8")
    value = yaml.load(text, Loader=AsEditorsRead)

    errors = jsonschema.Draft202012Validator(schema).iter_errors(value)

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_know_commands_and_flags(run, shell: str) -> None:
    script = run("completion", shell).out

    for word in ("export", "min-reliability", "briefgen complete topics"):
        assert word in script
    program = shutil.which(shell)
    if program is not None:
        checked = subprocess.run([program, "-n"], input=script, text=True, capture_output=True)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["briefgen", "ex"], ["export"]),
        (["briefgen", "facts", "--min-r"], ["--min-reliability"]),
        (["briefgen", "facts", "--kind", "ev"], ["event"]),
        (["briefgen", "facts", "--topic", "energy."], ["energy.oil"]),
    ],
)
def test_bash_completes(
    run, base: Path, tmp_path: Path, typed: list[str], offered: list[str]
) -> None:
    import sys

    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "briefgen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefgen "$@"\n', "utf-8")
    program.chmod(0o755)
    words = " ".join(f"'{word}'" for word in typed)
    script = (
        f"{run('completion', 'bash').out}\n"
        f"COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; COMP_LINE='{' '.join(typed)}'\n"
        f"_shtab_briefgen briefgen '{typed[-1]}' '{typed[-2]}'\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash"],
        input=script,
        text=True,
        capture_output=True,
        env={
            "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
            "BRIEFGEN_BASE": str(base),
            "BRIEFGEN_CACHE": str(tmp_path / "cache"),
        },
    )

    assert [line.strip() for line in done.stdout.splitlines() if line.strip()] == offered
