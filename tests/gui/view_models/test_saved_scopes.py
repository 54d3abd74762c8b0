"""Scopes kept by name in a readable file for each base."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.dates import parse_edtf
from briefgen.errors import InputError, OutputError
from briefgen.gui.view_models.saved_scopes import (
    SavedScope,
    read_scopes,
    remove_scope,
    rename_scope,
    save_scope,
    scopes_file,
)
from briefgen.locks import hold
from briefgen.select.model import Selection
from briefgen.writing.plan import LOCK_NAME

ENERGY = Selection(topics=("energy",), start=parse_edtf("2011"), text='"gas pipeline" ship*')
EVERYTHING = Selection()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "Südasien & more"
    folder.mkdir()
    return folder


def test_a_scope_comes_back_as_it_was_and_the_file_can_be_read(base: Path) -> None:
    save_scope(base, "Energy: “since” 2011 #1", ENERGY)
    save_scope(base, "all", EVERYTHING)

    assert read_scopes(base) == (
        SavedScope("all", EVERYTHING),
        SavedScope("Energy: “since” 2011 #1", ENERGY),
    )
    text = scopes_file(base).read_text("utf-8")
    assert text.startswith("format: 1\n")
    assert "topics: [energy]" in text
    assert scopes_file(base).name.startswith("S-dasien-more-")


def test_each_base_has_its_own(base: Path, tmp_path: Path) -> None:
    save_scope(base, "mine", ENERGY)
    other = tmp_path / "deeper" / base.name
    other.mkdir(parents=True)
    assert read_scopes(other) == ()


def test_the_same_name_replaces_and_names_can_be_changed(base: Path) -> None:
    save_scope(base, "one", ENERGY)
    save_scope(base, "two", EVERYTHING)
    save_scope(base, "one", EVERYTHING)
    assert [one.select for one in read_scopes(base)] == [EVERYTHING, EVERYTHING]
    rename_scope(base, "one", "three")
    assert [one.name for one in read_scopes(base)] == ["three", "two"]
    rename_scope(base, "three", "two")
    assert [one.name for one in read_scopes(base)] == ["two"]
    remove_scope(base, "two")
    assert read_scopes(base) == ()


@pytest.mark.parametrize(
    "text", ["scopes: [", "- a list\n", "format: 1\nscopes: [{select: {topics: [x]}}]\n", "\x00"]
)
def test_a_damaged_file_is_told_and_stays(base: Path, text: str) -> None:
    path = scopes_file(base)
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    for act in (lambda: read_scopes(base), lambda: save_scope(base, "new", ENERGY)):
        with pytest.raises(InputError) as caught:
            act()
        assert "\n" not in str(caught.value)
    assert path.read_text("utf-8") == text


def test_a_file_of_the_first_format_is_read_as_it_was(base: Path) -> None:
    kept = Path(__file__).parents[2] / "fixtures" / "formats" / "1" / "scopes" / "scopes.yaml"
    path = scopes_file(base)
    path.parent.mkdir(parents=True)
    path.write_bytes(kept.read_bytes())
    assert read_scopes(base) == (
        SavedScope("All of it", EVERYTHING),
        SavedScope("Energy: since 2011", ENERGY),
    )


def test_whoever_saves_waits_for_who_is_writing_there(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_scope(base, "all", EVERYTHING)
    before = scopes_file(base).read_bytes()
    monkeypatch.setattr("briefgen.locks.WAIT_SECONDS", 0.0)
    held = hold(scopes_file(base).parent / LOCK_NAME)
    assert held is not None
    for change in (
        lambda: save_scope(base, "energy", ENERGY),
        lambda: rename_scope(base, "all", "every"),
        lambda: remove_scope(base, "all"),
    ):
        with pytest.raises(OutputError, match="keeps writing"):
            change()
    held.remove()
    assert scopes_file(base).read_bytes() == before
