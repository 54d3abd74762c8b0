"""A base copied whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.editing.copying_base import copy_base
from briefgen.errors import OutputError
from briefgen.facts.read import read_base
from briefgen.facts.scaffold import init_base
from briefgen.files import folder_made_whole
from briefgen.shipped import shipped_base


def test_the_copy_reads_as_the_original_and_can_be_written(tmp_path: Path) -> None:
    folder = copy_base(shipped_base(), tmp_path / "mine" / "base")

    assert read_base(folder).facts == read_base(shipped_base()).facts
    assert (folder / "base.yaml").stat().st_mode & 0o200
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["base"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert (copy_base(shipped_base(), tmp_path / "empty") / "sources.yaml").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear …", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="is not empty: it holds letter.txt; choose a new"):
        copy_base(shipped_base(), tmp_path / "full")
    with pytest.raises(OutputError, match="is a file; choose a new or empty folder"):
        copy_base(shipped_base(), tmp_path / "file")
    with pytest.raises(OutputError, match="lies in the base itself"):
        copy_base(tmp_path, tmp_path / "inside")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A base with saved copies, a register of issues, and a fact file called like neither."""
    folder = copy_base(shipped_base(), tmp_path / "kept")
    for name in ("archive/page.txt", "issued/energy@1.yaml", "facts/issued/more.yaml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# kept\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("archive", [True, False])
def test_saved_copies_come_along_if_wanted_and_the_register_never(
    kept: Path, tmp_path: Path, archive: bool
) -> None:
    folder = copy_base(kept, tmp_path / "copy", archive=archive)

    assert (folder / "archive" / "page.txt").exists() == archive
    assert not (folder / "issued").exists()
    assert (folder / "facts/issued/more.yaml").exists()


def test_a_copy_that_is_stopped_leaves_nothing(kept: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def step(name: str) -> None:
        if name == "sources.yaml":
            raise Stopped

    with pytest.raises(Stopped):
        copy_base(kept, tmp_path / "copy", step=step)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_the_copy_of_a_read_only_folder_can_be_written(kept: Path, tmp_path: Path) -> None:
    (kept / "facts").chmod(0o555)
    try:
        folder = copy_base(kept, tmp_path / "copy")
    finally:
        (kept / "facts").chmod(0o755)

    assert (folder / "facts").stat().st_mode & 0o200


@pytest.mark.skipif(os.name != "posix", reason="Windows locks no folders")
def test_what_a_killed_copy_left_goes_with_the_next(tmp_path: Path) -> None:
    init_base(tmp_path / "old")
    killed = (
        "import os, sys; from pathlib import Path; from briefgen.editing.copying_base import copy_base\n"
        "copy_base(Path(sys.argv[1]), Path(sys.argv[2]), step=lambda name: os.kill(os.getpid(), 9))"
    )
    subprocess.run([sys.executable, "-c", killed, tmp_path / "old", tmp_path / "new"], check=False)
    (left,) = tmp_path.glob(".new.*.tmp")
    keep = tmp_path / "keep"
    keep.mkdir()
    (keep / "a").write_text("mine")
    (left / "link").symlink_to(keep)
    linked = tmp_path / f".x.briefgen-{'0' * 16}.tmp"
    linked.symlink_to(keep)
    own = tmp_path / ".own.tmp"
    own.mkdir()
    with folder_made_whole(tmp_path / "another") as filling:
        copy_base(tmp_path / "old", tmp_path / "new")
        assert not left.exists()
        assert filling.is_dir()
    assert (keep / "a").read_text() == "mine"
    assert linked.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [linked.name, own.name, "keep", "new", "old"]
    )
