"""Entries written into files: sound, whole, and only if nobody else wrote in between."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from briefgen.errors import InputError, OutputError
from briefgen.writing.plan import Plan

FACT: dict[str, Any] = {
    "id": "a",
    "topics": ["t"],
    "kind": "event",
    "statement": "It happened.",
    "cites": [{"source": "s1"}],
}
FACT_TEXT = """\
- id: a
  topics: [t]
  kind: event
  statement: It happened.
  cites:
    - source: s1
"""


def plan_to_add(path: Path, entries: list[dict[str, Any]]) -> Plan:
    plan = Plan()
    plan.add(path, entries)
    return plan


def add_to_file(path: Path, entries: list[dict[str, Any]]) -> None:
    plan_to_add(path, entries).write()


def test_a_missing_file_is_made_with_its_folder(tmp_path: Path) -> None:
    add_to_file(tmp_path / "facts" / "new.yaml", [FACT])
    assert (tmp_path / "facts" / "new.yaml").read_text() == FACT_TEXT


def test_a_file_keeps_its_bytes_and_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("# Mine.\n" + FACT_TEXT.replace("id: a", "id: b"))
    file.chmod(0o640)
    add_to_file(file, [FACT])
    assert file.read_text() == "# Mine.\n" + FACT_TEXT.replace("id: a", "id: b") + "\n" + FACT_TEXT
    assert file.stat().st_mode & 0o777 == 0o640


def test_an_entry_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(FACT_TEXT)
    plan = Plan()
    plan.amend(file, "a", {"kind": "plan"})
    plan.write()
    assert file.read_text() == FACT_TEXT.replace("event", "plan")


@pytest.mark.parametrize(
    ("name", "entry", "message"),
    [
        (
            "x.yaml",
            {**FACT, "kind": "fate"},
            "the entry 'a' would be faulty: 'fate' is not one of",
        ),
        ("x.yaml", {"id": "a"}, "the entry 'a' would be faulty: a fact needs the key 'topics'"),
        (
            "x.yaml",
            {**FACT, "id": "A b"},
            "the entry 'A b' would be faulty: 'A b' is not an id",
        ),
        ("actors.yaml", FACT, "unknown key 'topics' in an actor"),
        ("sources.yaml", {"id": "s1"}, "a source needs the key 'type'"),
    ],
)
def test_what_would_be_faulty_is_not_written(
    tmp_path: Path, name: str, entry: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        add_to_file(tmp_path / name, [entry])
    assert message in str(caught.value)
    assert not (tmp_path / name).exists()


def test_the_second_faulty_entry_is_called_by_its_own_id(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the entry 'b' would be faulty"):
        add_to_file(tmp_path / "x.yaml", [FACT, {**FACT, "id": "b", "date": "soon"}])


@pytest.mark.parametrize("then", [FACT_TEXT, None])
def test_a_file_that_changed_in_the_meantime_is_left_alone(
    tmp_path: Path, then: str | None
) -> None:
    file = tmp_path / "x.yaml"
    if then is None:  # it was there, and is no more
        file.write_text("[]\n")
    change = plan_to_add(file, [FACT])
    if then is None:
        file.unlink()
    else:
        file.write_text(then)
    with pytest.raises(
        InputError, match=r"has changed in the meantime, nothing was written; try again"
    ):
        change.write()
    assert file.exists() == (then is not None)
    assert then is None or file.read_text() == then


def test_a_broken_file_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("- id: [\n")
    with pytest.raises(InputError) as caught:
        add_to_file(file, [FACT])
    assert str(caught.value).startswith(f"{file}:1:8: not valid YAML")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        add_to_file(tmp_path, [FACT])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_read_only_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("[]\n")
    file.chmod(0o400)
    with pytest.raises(OutputError, match="read-only"):
        add_to_file(file, [FACT])
