"""A half-written form as JSON, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.gui.view_models.keeper import Keeper, OtherVersionError, leftovers
from briefgen.gui.view_models.unsaved_form import MAX_BYTES, UnsavedForm, from_bytes, to_bytes

FACT = UnsavedForm(
    "new",
    "/home/jo/base",
    {"entry": {"statement": "Half a\n sentence \ud800"}, "seen": {}, "id": None},
    12.5,
)


def test_any_form_comes_back() -> None:
    assert from_bytes(to_bytes(FACT)) == FACT


@pytest.mark.parametrize(
    ("what", "state", "name", "words"),
    [
        ("new", {"entry": {"statement": " Half a\n sentence"}}, "fact", "Half a sentence"),
        ("edit", {"entry": {"statement": "word " * 20}}, "fact", "word " * 12 + "…"),
        ("source", {"entry": {"title": "Yearbook"}}, "source", "Yearbook"),
        ("actor", {"entry": {"name": "Jo"}}, "actor", "Jo"),
        ("draft", {"written": {"passage": "They met."}}, "quick add", "They met."),
        ("draft", {"written": {}}, "quick add", ""),
        ("passage", {"text": "They met."}, "sentence", "They met."),
        ("retract", {"ids": ["a"], "reason": "It fell."}, "retraction", "It fell."),
        ("new", {"entry": {"statement": 3}}, "fact", ""),
        ("new", {"entry": []}, "fact", ""),
    ],
)
def test_it_is_called_what_it_is_and_says_how_it_begins(
    what: str, state: dict[str, object], name: str, words: str
) -> None:
    form = UnsavedForm(what, "/b", state)

    assert (form.name, form.words) == (name, words)


def test_more_than_anybody_reads_is_not_kept() -> None:
    long = UnsavedForm("draft", "/b", {"written": {"passage": "x" * MAX_BYTES}})

    with pytest.raises(ValueError, match="too long to be kept"):
        to_bytes(long)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format": 1}',
     b'{"format": 1, "what": "x", "base": "/b", "state": {}, "at": 1}',
     b'{"format": 1, "what": "new", "base": 1, "state": {}, "at": 1}',
     b'{"format": 1, "what": ["new"], "base": "/b", "state": {}, "at": 1}',
     b'{"format": 1, "what": "new", "base": "/b", "state": [], "at": 1}',
     b'{"format": 1, "what": "new", "base": "/b", "state": {}, "at": "x"}',
     b" " * (MAX_BYTES + 1)],
)  # fmt: skip
def test_what_is_damaged_is_set_aside_and_told(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "1-a.json").write_bytes(damage)
    (tmp_path / "1-a.lock").touch()
    (tmp_path / "1-b.json").write_bytes(to_bytes(FACT))
    told: list[Path] = []

    (left,) = leftovers(tmp_path, from_bytes, told.append)

    assert left.unsaved == FACT
    assert told == [tmp_path / "1-a.damaged"]
    assert told[0].read_bytes() == damage
    left.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["1-a.damaged"]
    assert leftovers(tmp_path, from_bytes, told.append) == []
    assert len(told) == 1


def test_what_a_newer_briefgen_kept_is_left_to_it(tmp_path: Path) -> None:
    said = json.loads(to_bytes(FACT)) | {"format": 2}
    (tmp_path / "1-a.json").write_text(json.dumps(said))
    told: list[Path] = []

    with pytest.raises(OtherVersionError):
        from_bytes(json.dumps(said).encode())
    assert leftovers(tmp_path, from_bytes, told.append) == []
    assert told == []
    assert (tmp_path / "1-a.json").exists()


def test_what_is_kept_is_private(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "forms", to_bytes)
    keeper.keep(FACT)
    keeper.close(leave=True)

    assert (tmp_path / "forms").stat().st_mode & 0o777 == 0o700
    (file,) = (tmp_path / "forms").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
