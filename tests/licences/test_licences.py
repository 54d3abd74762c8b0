"""The list of licences against what is installed: nothing is missing, nothing is called otherwise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

from briefgen.cli import main
from briefgen.licences import installed
from briefgen.licences.components import components
from briefgen.licences.installed import Licence, installed_licences, normal_name, text_of

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OPTIONAL = [need for extra in PROJECT["optional-dependencies"].values() for need in extra]
ROWS = {normal_name(one.name): one for one in components() if one.kind == "package"}


def needed() -> dict[str, str]:
    """Every distribution that a run needs here, by who asks for it."""
    found: dict[str, str] = {}

    def need(said: str, by: str) -> None:
        wanted = Requirement(said)
        name = normal_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            return
        found[name] = by
        for inner in distribution(name).requires or ():
            need(inner, name)

    for said in PROJECT["dependencies"]:
        need(said, "briefgen")
    return found


NEEDED = needed()
NORMAL_CLASSIFIERS = {
    "OSI Approved :: MIT License": {"MIT"},
    "OSI Approved :: BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "OSI Approved :: Apache Software License": {"Apache-2.0"},
}
IN_OTHER_WORDS = {
    "pypdfium2": "BSD-3-Clause, Apache-2.0, dependency licenses",
}
"""What a package says where its row has an SPDX expression; the row was made by reading its texts."""


@pytest.fixture(scope="module")
def here() -> dict[str, Licence]:
    return {one.component.name: one for one in installed_licences()}


@pytest.mark.parametrize(
    "name", sorted({*NEEDED, *(normal_name(Requirement(x).name) for x in OPTIONAL)})
)
def test_each_dependency_has_its_row(name: str) -> None:
    assert name in ROWS, f"{name}, asked for by {NEEDED.get(name)}, has no row in components.toml"


def test_each_row_is_a_dependency_or_says_when() -> None:
    assert {name for name in ROWS if name not in NEEDED and not ROWS[name].when} == {"briefgen"}


def said_of(name: str) -> Iterator[set[str]]:
    """Licences that a package's metadata allow, the surest word first (PEP 639)."""
    told = distribution(name).metadata
    expressions = [str(x) for x in told.get_all("License-Expression") or ()]
    yield set(expressions)
    with_words = [str(x) for x in told.get_all("License") or ()]
    yield {word for word in with_words if word in SPDX}
    for classifier in told.get_all("Classifier") or ():
        yield NORMAL_CLASSIFIERS.get(str(classifier).removeprefix("License :: "), set())


SPDX = {one.licence for one in components()}


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_row_has_the_licence_that_its_package_names(name: str) -> None:
    if name in IN_OTHER_WORDS:
        assert distribution(name).metadata.get_all("License") == [IN_OTHER_WORDS[name]]
        return
    said = next((words for words in said_of(name) if words), set())
    assert ROWS[name].licence in said


def test_ours_is_what_the_project_says() -> None:
    assert ROWS["briefgen"].licence == PROJECT["license"]


@pytest.mark.parametrize("licence", sorted(SPDX))
def test_licences_are_spdx_expressions(licence: str) -> None:
    assert canonicalize_license_expression(licence) == licence


def test_what_is_carried_lies_in_a_package_of_the_list() -> None:
    for one in components():
        assert (one.kind == "package") is not bool(one.inside or one.kind == "font")
        assert not one.inside or normal_name(one.inside) in ROWS


def test_everything_that_is_here_tells_its_version_and_where_to_read_on(
    here: dict[str, Licence],
) -> None:
    for name, one in here.items():
        if one.component.kind == "package" and normal_name(name) in NEEDED:
            assert one.version == distribution(name).version
        if normal_name(name) in NEEDED or one.component.inside:
            assert one.texts or one.home or one.component.note, name
    assert re.fullmatch(r"3(\.\d+)+", here["Pandoc"].version)
    assert here["Qt"].version == here["PySide6_Essentials"].version
    assert re.fullmatch(r"\d+(\.\d+){3}", here["PDFium"].version)


def test_ranges_say_who_asks(here: dict[str, Licence]) -> None:
    assert ("Jinja2", ">=2.0") in here["MarkupSafe"].asked
    assert ("briefgen", ">=3.1.6") in here["Jinja2"].asked


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Pandoc", ["program of its own", "John MacFarlane", "GNU GENERAL PUBLIC LICENSE", "Version 2, June 1991"]),
        ("Qt", ["linked dynamically", "GNU LESSER GENERAL PUBLIC LICENSE", "Version 3, 29 June 2007"]),
        ("PySide6_Essentials", ["another version in its place", "GNU LESSER GENERAL PUBLIC LICENSE"]),
        ("Source Sans Pro", ["SIL OPEN FONT LICENSE"]),
        ("Roboto", ["Apache License", "Version 2.0"]),
        ("Citation styles", ["https://creativecommons.org/licenses/by-sa/3.0/"]),
        ("PDFium", ["The PDFium Authors", "freetype.txt"]),
        ("reportlab", ["ReportLab"]),
        ("Jinja2", ["Pallets"]),
    ],
)  # fmt: skip
def test_texts_that_are_to_be_handed_on(
    name: str, words: list[str], here: dict[str, Licence]
) -> None:
    text = text_of(here[name])
    for word in words:
        assert word in text


def test_carried_texts_are_there(here: dict[str, Licence]) -> None:
    for one in here.values():
        for path in one.texts:
            assert path.is_file()
        assert len(one.texts) >= len(one.component.texts)


# --- the command -----------------------------------------------------------------------------------


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(components())
    assert any(re.fullmatch(r"Pandoc [\d.]+ GPL-2\.0-or-later", x) for x in lines)
    assert any(x.startswith("Qt ") for x in lines)


def test_one_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences", "source", "sans", "pro"]) == 0
    assert "SIL OPEN FONT LICENSE" in capsys.readouterr().out
    assert main(["licences", "pandok"]) == 2
    assert capsys.readouterr().err.startswith("error: briefgen stands on nothing called 'pandok'; ")


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences", "--json"]) == 0
    records = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert records["Jinja2"]["asked"]["briefgen"] == ">=3.1.6"
    assert records["Jinja2"]["licence"] == "BSD-3-Clause"
    assert all(Path(text).is_file() for one in records.values() for text in one["texts"])


def test_what_is_not_installed_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installed, "distribution", none)
    found = {one.component.name: one for one in installed_licences()}
    assert {found[name].version for name in ("Jinja2", "Qt", "Pandoc", "PDFium")} == {""}
    assert "Qt (not installed here)" in text_of(found["Qt"])
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text_of(found["Qt"])


def test_qt_is_not_imported_for_it() -> None:
    code = (
        "import sys; from briefgen.licences.installed import installed_licences;"
        "installed_licences(); print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_a_package_carries_is_here_where_that_is() -> None:
    found = {one.component.name: one for one in installed_licences()}
    said = text_of(found["SQLite"])
    assert "not installed" not in said
    assert "Part of apsw" in said
