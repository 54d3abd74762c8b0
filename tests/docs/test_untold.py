"""Nothing that a person can set, write or meet is untold: the lists come out of the code.

What `test_reference` holds against named parts of the code, these tests look for by themselves:
a shape, a variable, a status or a place that somebody adds fails here until a page tells it.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import platformdirs.macos
import platformdirs.unix
import pytest

import briefgen
from briefgen import folders
from briefgen.batch import mail_record, manifest
from briefgen.brief.spec.reader import SPEC_KEYS
from briefgen.cli import edge
from briefgen.cli.commands.schema import NAMES
from briefgen.cli.parser import COMMANDS, command_parser, load, overview_parser
from briefgen.facts.csl import DATE_OBJECT, NAME_OBJECT
from briefgen.facts.formats import CSL_LOCATOR_LABELS, SOURCE, SOURCES_FILE
from briefgen.pipeline.settings import DEFAULT_KEYS
from briefgen.reading.shapes import ChoiceShape, Key, RecordShape, Shape
from docs.pages import ROOT, headings, section, slug
from docs.test_reference import COMMAND_LINE, DOCS, TABLES

SOURCE_FILES = sorted((ROOT / "src" / "briefgen").rglob("*.py"))

# --- shapes: what stands in files ----------------------------------------------------------------


def modules() -> Iterator[Any]:
    """Every module that reads files; the command line and the app have no formats of their own."""
    for found in pkgutil.walk_packages(briefgen.__path__, "briefgen."):
        if not found.name.startswith(("briefgen.gui", "briefgen.cli", "briefgen.__main__")):
            yield importlib.import_module(found.name)


def records() -> dict[int, RecordShape]:
    """Every record shape of the code, by identity."""
    found: dict[int, RecordShape] = {}
    seen: set[int] = set()

    def look(value: Any) -> None:
        if isinstance(value, Mapping):
            if all(isinstance(item, Key | Shape) for item in value.values()):
                for item in value.values():
                    look(item)
        elif isinstance(value, Key | Shape) and id(value) not in seen:
            seen.add(id(value))
            if isinstance(value, RecordShape):
                found[id(value)] = value
            assert is_dataclass(value) or not vars(value), value
            for part in fields(value) if is_dataclass(value) else ():
                look(getattr(value, part.name))

    for module in modules():
        for value in list(vars(module).values()):
            look(value)
    return found


RECORDS = records()
_FORMATS = DOCS / "formats.md"

IN_SENTENCES = {
    "passages entry": (_FORMATS, "Brief files"),
    "sections entry": (_FORMATS, "Brief files"),
    "sides entry": (_FORMATS, "Brief files"),
    "matrix": (DOCS / "batch.md", "A jobs file"),
}
"""Records of so few keys that a sentence tells them, and where it does."""

BY_CSL = {
    id(SOURCE): "every variable that CSL knows is taken",
    id(SOURCES_FILE): "`references`",
    id(NAME_OBJECT): "lists of `family` and `given`, or `literal`",
    id(DATE_OBJECT): "objects with `date-parts`",
}
"""Whose keys are CSL's own, and the words that say so."""


def test_every_record_that_files_hold_has_its_table() -> None:
    untold = []
    for record in RECORDS.values():
        keys = set(record.keys)
        if tables_of(record) or keys == set(CSL_LOCATOR_LABELS):
            continue
        if id(record) in BY_CSL:
            assert BY_CSL[id(record)] in section(_FORMATS, "sources.yaml")
            continue
        told = section(*IN_SENTENCES[record.what]) if record.what in IN_SENTENCES else ""
        untold += [(record.what, key) for key in keys if f"`{key}`" not in told]
    assert not untold
    assert len(RECORDS) > 20


def test_every_word_that_a_key_takes_stands_in_its_row() -> None:
    untold = []
    for record in RECORDS.values():
        if id(record) in BY_CSL:
            continue
        names = tables_of(record)
        for key, about in record.keys.items():
            for shape in choices(about.shape):
                told = row(names, key) if names else section(*IN_SENTENCES[record.what])
                missing = [word for word in shape.words if not says(told, word)]
                if missing:
                    untold.append((record.what, key, missing))
    assert not untold


def choices(shape: Any) -> Iterator[ChoiceShape]:
    """The choices that a key leaves, in lists too, but not those of records below it."""
    if isinstance(shape, ChoiceShape):
        yield shape
    elif is_dataclass(shape) and not isinstance(shape, RecordShape):
        for part in fields(shape):
            if isinstance(getattr(shape, part.name), Shape):
                yield from choices(getattr(shape, part.name))


def tables_of(record: RecordShape) -> list[str]:
    """The tables that have a record's keys: one, or that of its own and those of a selection."""
    keys = set(record.keys)
    if keys == TABLES["where"] | TABLES["a selection"]:
        return ["where", "a selection"]
    return [name for name, listed in TABLES.items() if listed == keys][:1]


def row(tables: list[str], key: str) -> str:
    """The row of a key in one of these tables, and what stands in the sections that it links."""
    for page in sorted(DOCS.glob("*.md")):
        for table in tables:
            mark = f"<!-- keys: {table} -->\n\n"
            rows = page.read_text(encoding="utf-8").partition(mark)[2].partition("\n\n")[0]
            for line in rows.splitlines():
                if f"`{key}`" in line.split("|")[1]:
                    return "\n".join([line, *linked(page, line)])
    raise AssertionError(f"{tables} have no {key}")


def linked(page: Path, line: str) -> Iterator[str]:
    """The sections that a line links."""
    for name, anchor in re.findall(r"\]\(([\w.-]*)#([\w-]+)\)", line):
        other = page.parent / name if name else page
        yield from (section(other, title) for title in headings(other) if slug(title) == anchor)


def says(told: str, word: str) -> bool:
    """Whether a word stands there as code, by itself or in a range as `A` to `E`."""
    if f"`{word}`" in told or f"`{word}," in told or f" {word}`" in told:
        return True
    ranges = re.findall(r"`(\w)`(?: \([^)]*\))? to `(\w)`", told)
    return any(len(word) == 1 and first <= word <= last for first, last in ranges)


def test_keys_of_a_brief_are_told_as_they_count() -> None:
    for key in DEFAULT_KEYS:
        assert f"`{key}`" in row(["the settings"], "defaults")
    for name, key in SPEC_KEYS.items():
        told = row(["a brief"], name).partition("\n")[0]
        assert bool(key.not_built) == ("not built" in told), name


def test_no_row_is_there_twice() -> None:
    for page in DOCS.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"<!-- keys: ([\w. -]+) -->", text):
            rows = text.partition(f"<!-- keys: {name} -->\n\n")[2].partition("\n\n")[0]
            first = [line.split("|")[1].strip() for line in rows.splitlines()]
            assert len(first) == len(set(first)), f"{page.name}: {name}"


def test_every_file_that_has_a_schema_is_told() -> None:
    for name in NAMES:
        for page, heading in ((COMMAND_LINE, "briefgen schema"), (_FORMATS, "The formats")):
            assert f"`{name}`" in section(page, heading).partition("\n## ")[0], (page.name, name)


# --- files that briefgen writes ------------------------------------------------------------------


def test_every_key_of_a_manifest_is_told() -> None:
    whole = manifest.Entry(
        "a", "failed", (manifest.MadeFile("a.md", "0", 1),), 1, 1.0, "no", "d", "i",
        ("w",), "3 pages", "c",
    )  # fmt: skip
    told = section(DOCS / "batch.md", "The manifest") + section(DOCS / "batch.md", "Sending")
    for key in keys_of(whole.as_json()):
        assert f"`{key}`" in told or f'"{key}":' in told, key
    for status in typing.get_args(manifest.Status):
        assert f"`{status}`" in told, status


def test_every_word_about_a_message_is_told() -> None:
    told = section(DOCS / "batch.md", "Sending")
    for state in typing.get_args(mail_record.State):
        assert f"`{state}`" in told, state


def keys_of(plain: Any) -> Iterator[str]:
    if isinstance(plain, dict):
        yield from plain
        plain = list(plain.values())
    for item in plain if isinstance(plain, list) else ():
        yield from keys_of(item)


# --- the command line ----------------------------------------------------------------------------


def actions(name: str) -> list[argparse.Action]:
    parser = command_parser(name, load(COMMANDS[name]))
    return [action for action in parser._actions if action.dest != "help"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_word_that_a_flag_takes_is_told(name: str) -> None:
    told = section(COMMAND_LINE, f"briefgen {name}")
    if "(#which-facts)" in told:
        told += section(COMMAND_LINE, "Which facts")
    for action in actions(name):
        for word in action.choices or ():
            words = re.findall(r"[\w.-]+", " ".join(re.findall(r"`([^`]+)`|    (.+)", told)[0]))
            assert says(told, str(word)) or str(word) in words, f"{name}: {word}"


def test_what_stands_before_any_command_is_told() -> None:
    told = COMMAND_LINE.read_text(encoding="utf-8").partition("\n- [")[0]
    for action in overview_parser()._actions:
        assert any(string in told for string in action.option_strings), action.dest


def test_every_command_is_linked_at_the_top_of_its_page() -> None:
    top = COMMAND_LINE.read_text(encoding="utf-8").partition("\n## ")[0]
    for name in COMMANDS:
        assert f"(#briefgen-{name})" in top, name


def test_every_exit_status_is_told() -> None:
    told = section(COMMAND_LINE, "Rules that hold everywhere")
    statuses = {name: value for name, value in vars(edge).items() if type(value) is int}
    assert set(statuses.values()) >= {0, 1, 2}
    for name, value in statuses.items():
        assert name.isupper()
        assert re.search(rf"\| {value} \||\b{value}\b", told), name


# --- the environment, and where things lie -------------------------------------------------------


def variables() -> dict[str, str]:
    """Every variable of the environment that the code names, and where it does so first.

    That is: what `environ` or a mapping called `environment` is asked for, and the constants in
    whose names `VARIABLE` is.
    """
    found: dict[str, str] = {}
    for path in SOURCE_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            asked: list[ast.expr] = []
            match node:
                case ast.Call(func=ast.Attribute(value=of, attr="get" | "setdefault"), args=args):
                    asked = args[:1] if is_environment(of) else []
                case ast.Call(func=ast.Attribute(attr="getenv"), args=args):
                    asked = args[:1]
                case ast.Subscript(value=of, slice=name) if is_environment(of):
                    asked = [name]
                case ast.Compare(left=name, comparators=[of]) if is_environment(of):
                    asked = [name]
            for name in asked:
                for value in texts(name, path):
                    found.setdefault(value, f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    return found


def is_environment(node: ast.expr) -> bool:
    return ast.unparse(node) in ("os.environ", "environ", "environment")


def texts(node: ast.expr, path: Path) -> list[str]:
    """What an expression may be: itself, or what a name stands for in its module."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    assert isinstance(node, ast.Name), f"{path}: {ast.unparse(node)}"
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    value = getattr(importlib.import_module(name.removesuffix(".__init__")), node.id, None)
    return [value] if isinstance(value, str) else LOOPED[(name, node.id)]


LOOPED = {
    ("briefgen.folders", "variable"): ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"],
    ("briefgen.gui.view_models.editors", "variable"): ["VISUAL", "EDITOR"],
}
"""Names that stand for several variables, one after the other."""


def test_every_variable_of_the_environment_is_told() -> None:
    told = section(COMMAND_LINE, "The environment")
    found = variables()
    assert {"BRIEFGEN_BASE", "NO_COLOR", "SOURCE_DATE_EPOCH"} <= set(found)
    for name, place in found.items():
        own = name.startswith("BRIEFGEN_")
        assert (f"| `{name}` |" if own else f"`{name}`") in told, f"{name}, read at {place}"


PLACES = {
    "config_folder": ("config", "user_config_dir", ""),
    "cache_folder": ("caches", "user_cache_dir", ""),
    "recovery_folder": ("briefs not saved", "user_state_dir", "/recovery"),
    "written_folder": ("what was written where", "user_state_dir", "/written"),
    "log_folder": ("log of faults", "user_log_dir", ""),
}
"""Each of the person's folders: the row that tells it, its name in platformdirs, what is below."""


def test_every_folder_of_the_person_is_told() -> None:
    assert {name for name in vars(folders) if name.endswith("_folder")} == set(PLACES)


@pytest.mark.parametrize("name", PLACES)
def test_folders_lie_where_the_page_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/jo")
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    begins, function, below = PLACES[name]
    table = section(COMMAND_LINE, "Where things lie")
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {begins}")]
    linux, macos, windows = re.findall(r"`([^`]+)`", line.partition(" | ")[2])
    for system, said in ((platformdirs.unix.Unix, linux), (platformdirs.macos.MacOS, macos)):
        lies = getattr(system("briefgen", appauthor=False), function) + below
        assert lies.replace("/home/jo", "~") == said
    assert windows.startswith(r"%LOCALAPPDATA%\briefgen")


def test_the_file_that_keeps_faults_is_told() -> None:
    (name,) = set(re.findall(r'log_folder\(\) / "([^"]+)"', inspect.getsource(folders)))
    assert f"`{name}`" in section(COMMAND_LINE, "Where things lie")


def test_every_file_of_the_manifest_is_told() -> None:
    told = section(DOCS / "batch.md", "The manifest")
    assert f"`{manifest.MANIFEST_NAME}`" in told
    assert json.loads(re.findall(r"```json\n(.*?)```", told, re.DOTALL)[0])["format"] == 1
