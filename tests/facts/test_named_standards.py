"""A base that names a marking scheme and a scale: shipped ones, and files of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.facts.files import named_in
from briefgen.facts.read import read_base
from briefgen.index import open_index

HEAD = "format: 1\ntitle: T\nlanguage: en\ntopics: {a: A}\n"
SOURCES = "references:\n- {id: s, type: book, title: S}\n"
FACTS = """- id: f
  topics: [a]
  kind: event
  statement: It rained.
  cites: [{source: s}]
  marking: %s
"""
OWN = "format: 1\nlabel: Ours\ndocument: Rules\ndate: 2026\nmarkings: [LOW, HIGH]\n"
SCALE = """format: 1
label: Ours
document: Rules
date: 2026
likelihood: [{from: 0, to: 100, terms: [maybe]}]
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "actors.yaml").write_text("")
    (tmp_path / "sources.yaml").write_text(SOURCES)
    (tmp_path / "facts" / "f.yaml").write_text(FACTS % "HIGH")
    return tmp_path


def said(base: Path, head: str) -> list[str]:
    (base / "base.yaml").write_text(HEAD + head)
    return [str(problem).removeprefix(f"{base}/") for problem in read_base(base).problems]


@pytest.mark.parametrize(
    ("head", "marking"),
    [
        ("markings: uk-gscp", "OFFICIAL-SENSITIVE"),
        ("markings: uk-gscp", "UK SECRET"),
        ("markings: tlp", "AMBER+STRICT"),
        ("markings: nato", "COSMIC TOP SECRET"),
        ("markings: [LOW, HIGH]", "UK HIGH"),
        ("markings: 'own.yaml'", "HIGH"),
        ("scale: phia", ""),
        ("scale: scale.yaml\nmarkings: own.yaml", "LOW"),
    ],
)
def test_facts_may_carry_what_the_scheme_has(base: Path, head: str, marking: str) -> None:
    (base / "own.yaml").write_text(OWN)
    (base / "scale.yaml").write_text(SCALE)
    fact = FACTS % marking if marking else FACTS.replace("  marking: %s\n", "")
    (base / "facts" / "f.yaml").write_text(fact)
    assert said(base, head) == []
    with open_index(base) as index:
        read = read_base(base).base
        assert index.base.markings == (read and read.markings)
        assert index.base.scale == (read and read.scale)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (
            "markings: uk-gsp",
            "base.yaml:5:11: error: there is no marking scheme 'uk-gsp'; did you mean 'uk-gscp'?",
        ),
        (
            "scale: ics",
            "base.yaml:5:8: error: there is no scale 'ics'; there are icd203, phia; a file of your own ends in .yaml",
        ),
        (
            "markings: gone.yaml",
            "base.yaml:5:11: error: gone.yaml: cannot read the file (No such file or directory)",
        ),
        ("scale: wrong.yaml", "wrong.yaml:1:1: error: a scale needs the key 'label'; add label: …"),
        (
            "markings: wrong.yaml",
            "wrong.yaml:1:1: error: a marking scheme needs the key 'label'; add label: …",
        ),
        ('markings: "wr\\x6fng.yaml"', "base.yaml:5:11: error: 'wrong.yaml' is no plain file name"),
        ("markings: {a: b}", "base.yaml:5:11: error: expected a list"),
        (
            "markings: tlp",
            "facts/f.yaml:6:12: error: unknown marking 'HIGH'; add it to markings of base.yaml",
        ),
    ],
)
def test_faults_stand_where_they_are(base: Path, head: str, says: str) -> None:
    (base / "wrong.yaml").write_text("format: 1\n")
    found = said(base, head)
    assert any(each.startswith(says) for each in found), found
    with open_index(base) as index:
        assert [str(each).removeprefix(f"{base}/") for each in index.problems] == found


def test_an_index_knows_when_a_file_that_the_base_names_has_changed(base: Path) -> None:
    own = base / "own.yaml"
    own.write_text(OWN)
    (base / "base.yaml").write_text(HEAD + "markings: own.yaml\n")
    with open_index(base) as index:
        first = index.content_key
        assert index.base.markings.levels == ("LOW", "HIGH")
        assert index.problems == ()

    own.write_text(OWN.replace("HIGH", "HIGHEST"))
    with open_index(base) as index:
        assert index.content_key != first
        assert index.base.markings.levels == ("LOW", "HIGHEST")
        assert [each.message for each in index.problems] == ["unknown marking 'HIGH'"]

    own.unlink()
    with open_index(base) as index:
        assert [str(each) for each in index.fatal] == [
            (
                f"{base}/base.yaml:5:11: error: own.yaml: cannot read the file (No such file or "
                "directory); check that it is there and that you may read it"
            )
        ]


def test_files_that_a_base_may_name_are_found_without_yaml() -> None:
    text = b"# see sources.yaml and notes.yaml\nmarkings: 'own.yaml'\nscale: ../scales/ours.yml\n"
    assert named_in(text) == ("../scales/ours.yml", "notes.yaml", "own.yaml")
