"""Seeing at a glance that a base has changed on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.editing.base_state import base_state, reread, watched_paths
from written_files import write_files

FILES = {
    "base.yaml": "format: 1\ntitle: T\nlanguage: en\ntopics: {a: A}\n",
    "actors.yaml": "[]\n",
    "sources.yaml": "references: [{id: s, type: book, title: S}]\n",
    "facts/deep/a.yaml": "- {id: a, topics: [a], kind: event, statement: It was., cites: [{source: s}]}\n",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", FILES)


def test_files_and_the_folders_of_new_ones_are_watched(base: Path) -> None:
    (base / "facts" / ".hidden").mkdir()
    names = [str(Path(path).relative_to(base)) for path in watched_paths(base)]

    assert names == [".", "facts", "facts/deep", "base.yaml", "actors.yaml", "sources.yaml", "facts/deep/a.yaml"]  # fmt: skip


def test_a_change_a_new_file_and_a_lost_one_are_seen(base: Path) -> None:
    state = base_state(base)
    assert base_state(base) == state

    (base / "facts" / "b.yaml").write_text("[]\n", encoding="utf-8")
    assert base_state(base) != state
    (base / "facts" / "b.yaml").unlink()
    assert base_state(base) == state
    (base / "notes.txt").write_text("mine\n", encoding="utf-8")
    assert base_state(base) == state


def test_a_base_that_is_gone_has_no_state(tmp_path: Path) -> None:
    assert base_state(tmp_path / "nowhere") == ()
    assert watched_paths(tmp_path / "nowhere") == []


def test_reading_again_says_what_is_there_and_what_is_wrong(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    before = reread(base)
    (base / "facts" / "b.yaml").write_text("- [", encoding="utf-8")
    after = reread(base)

    assert before.problems == ()
    assert after.content_key != before.content_key
    assert len(after.fatal) == 1
