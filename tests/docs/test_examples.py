"""Every example on the pages is run, in order, in a folder of its page's own."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from briefgen.batch.jobs import read_jobs
from briefgen.brief.spec.reader import read_spec
from briefgen.brief.template.reader import read_template
from briefgen.cli import main
from briefgen.cli.parser import COMMANDS, command_parser, load
from briefgen.errors import InputError
from briefgen.facts.files import BaseFile
from briefgen.facts.read import read_base_file
from briefgen.pipeline.settings import read_settings
from briefgen.standards.files import load_scale, read_markings
from docs.pages import PAGES, ROOT, Fence, fences

MOMENT = "1795219200"  # 21 November 2026


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "here" / "docs" / "examples")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("BRIEFGEN_CACHE", str(cache))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("BRIEFGEN_BASE", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_do_what_the_page_says(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for fence in fences(page):
        kind, *rest = fence.info or ("text",)
        if kind == "yaml":
            assert rest, f"{fence.place}: say what kind of file it is: yaml brief, yaml facts…"
            save_and_read(fence, *rest)
        elif kind == "console":
            run_session(fence, monkeypatch)
        elif kind == "json":
            json.loads(fence.text)
        elif rest:  # a table, a bibliography
            Path(rest[0]).write_text(fence.text, encoding="utf-8")


# --- files -------------------------------------------------------------------------------------


def save_and_read(fence: Fence, kind: str, name: str = "") -> None:
    """Save the block under its name, and have it read by whoever reads such files."""
    path = Path(name or f"example.{kind}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fence.text, encoding="utf-8")
    if kind == "faulty":
        return
    if kind == "brief":
        try:
            read_spec(path)
        except InputError as error:
            pytest.fail(f"{fence.place}: {error}")
        return
    if kind == "settings":
        read_settings({"BRIEFGEN_SETTINGS": str(path)})
        return
    if kind == "jobs":
        try:
            read_jobs(path)
        except InputError as error:
            pytest.fail(f"{fence.place}: {error}")
        return
    if kind == "scale":
        load_scale(path.name, path.parent)
        return
    if kind == "markings":
        scheme, problems = read_markings(path.read_bytes(), path.name)
        assert scheme is not None, problems
        return
    if kind == "template":
        problems = tuple(read_template(path)[1])
    else:
        assert kind in ("base", "actors", "sources", "facts", "passages"), f"{fence.place}: {kind}"
        problems = read_base_file(BaseFile(kind, path.name, path, str(path))).problems
    assert not problems, f"{fence.place}: {problems[0]}"


# --- commands ----------------------------------------------------------------------------------


def run_session(fence: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands of a block and hold what they print against what the page says."""
    status = 0
    told = True
    for command, said in steps(fence):
        if command == "echo $?":
            assert said.strip() == str(status), f"{fence.place}: exit status {status}"
            told = True
            continue
        assert told, f"{fence.place}: a command exits {status}; show it with echo $?"
        program, *paths = shlex.split(command)
        if program == "cat":
            (path,) = Path().glob(*paths)
            status, printed = 0, path.read_text(encoding="utf-8")
        elif program == "cmp":
            one, other = (Path(path).read_bytes() for path in paths)
            status, printed = int(one != other), ""
        else:
            status, printed = run(command, monkeypatch)
        assert fits(printed, said), f"{fence.place}: {command} prints\n{printed}\nnot\n{said}"
        told = status == 0
    assert told, f"{fence.place}: the last command exits {status}; show it with echo $?"


def steps(fence: Fence) -> list[tuple[str, str]]:
    """The commands of a block, each with what is said to be printed."""
    found = re.split(r"^\$ (.+)\n", fence.text, flags=re.MULTILINE)
    assert not found[0], f"{fence.place}: start with a command after '$ '"
    return list(zip(found[1::2], found[2::2], strict=True))


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Exit status, and what a terminal would show: both streams as they come."""
    words = shlex.split(command)
    settings = [word for word in words if re.fullmatch(r"[A-Z_]+=\S*", word)]
    words = words[len(settings) :]
    assert words[0] == "briefgen", f"only briefgen is run here, not {words[0]}"
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True, newline="")
    with monkeypatch.context() as patched:
        for setting in settings:
            name, _, value = setting.partition("=")
            patched.setenv(name, value)
        to_file = words[words.index(">") + 1] if ">" in words else ""
        patched.setattr(sys, "stderr", screen)
        patched.setattr(sys, "stdout", screen)
        status = main(words[1 : words.index(">")] if to_file else words[1:])
    buffer = screen.buffer
    assert isinstance(buffer, io.BytesIO)
    printed = buffer.getvalue().decode("utf-8").replace("\r\n", "\n")
    if to_file:
        Path(to_file).write_text(printed, encoding="utf-8")
        return status, ""
    return status, printed.replace(os.sep, "/") if os.name == "nt" else printed


def fits(printed: str, said: str) -> bool:
    """Whether what was printed is what is said.

    A line `...` stands for any lines, a sign `…` for anything within its line.
    """
    pattern = "".join(
        "(?:.*\n)*?" if line == "..." else re.escape(line).replace("…", ".*") + "\n"
        for line in said.splitlines()
    )
    ends = printed if printed.endswith("\n") or not printed else printed + "\n"
    return re.fullmatch(pattern, ends) is not None


@pytest.mark.parametrize(
    ("printed", "said", "fit"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", True),
        ("a\nb\nc\n", "a\n...\n", True),
        ("a\nb\nc\n", "...\nc\n", True),
        ("a\nb\nc\n", "a\nb\n", False),
        ("a\nb\nc\n", "...\nb\n", False),
        ("a.c\n", "abc\n", False),
        ("3 facts in all\n", "… facts in all\n", True),
        ("3 facts\nin all\n", "… in all\n", False),
        ("", "", True),
        ("a\n", "", False),
    ],
)
def test_how_output_is_compared(printed: str, said: str, fit: bool) -> None:
    assert fits(printed, said) is fit


# --- commands that are not run -------------------------------------------------------------------


@pytest.mark.parametrize(
    "fence",
    [fence for page in PAGES for fence in fences(page) if fence.info[:1] == ("sh",)],
    ids=lambda fence: fence.place,
)
def test_commands_that_are_not_run_could_be(fence: Fence) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for line in fence.text.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["make"]:
            assert set(words[1:]) <= targets, f"{fence.place}: {line}"
        elif words[:1] == ["briefgen"]:
            end = next((n for n, word in enumerate(words) if word in (">", "|")), len(words))
            assert words[1] in COMMANDS, f"{fence.place}: {line}"
            command = load(COMMANDS[words[1]])
            command_parser(words[1], command).parse_all(words[2:end])
