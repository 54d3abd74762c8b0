"""Files of a large base are known unchanged without being read, where that is safe."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.facts.files import list_base_files
from briefgen.index import files, open_index, stamps
from briefgen.index.stamps import Stamp, Stamps, stamp_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere files are always read")

MakeBase = Callable[..., Path]
MakeFact = Callable[..., dict[str, Any]]


@pytest.fixture
def base(make_base: MakeBase, fact: MakeFact, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It counts as large, and as having lain there for long."""
    monkeypatch.setattr(files, "LARGE", 1)
    _later(monkeypatch)
    return make_base({"a.yaml": [fact("x")], "b.yaml": [fact("y")]})


def _later(monkeypatch: pytest.MonkeyPatch, seconds: float = 10) -> None:
    monkeypatch.setattr(stamps.time, "time_ns", lambda: int((time.time() + seconds) * 1e9))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    inner = files.read_bytes

    def spy(file: Any) -> Any:
        names.append(file.name)
        return inner(file)

    monkeypatch.setattr(files, "read_bytes", spy)
    return names


def _statement(base: Path, cache: Path) -> str:
    with open_index(base, cache_folder=cache) as index:
        return index.facts(["x"])["x"].statement


def test_what_lay_there_is_not_read_again(base: Path, cache: Path, read: list[str]) -> None:
    _statement(base, cache)
    assert {"facts/a.yaml", "facts/b.yaml", "sources.yaml"} < set(read)
    read.clear()
    assert _statement(base, cache) == "Statement x."
    assert read == ["base.yaml"]  # it may name other files


def test_a_change_that_keeps_size_and_time_is_noticed(
    base: Path, cache: Path, read: list[str]
) -> None:
    path = base / "facts" / "a.yaml"
    for text in ("Stat3ment x.", "St4tement x.", "S5atement x."):
        _statement(base, cache)
        before = path.stat()
        changed = path.read_text().replace(_statement(base, cache), text)
        if text.startswith("St4"):  # another file in its place
            other = path.with_name("other")
            other.write_text(changed)
            other.replace(path)
        else:
            path.write_text(changed)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        after = path.stat()
        assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        read.clear()
        assert _statement(base, cache) == text
        assert "facts/b.yaml" not in read


def test_what_was_just_written_is_read_again(
    base: Path, cache: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the same tick of the clock it could change without any of its times changing."""
    path = base / "facts" / "a.yaml"
    _later(monkeypatch, 0)
    _statement(base, cache)
    frozen = path.stat()
    path.write_text(path.read_text().replace("Statement x", "St4tement x"))
    monkeypatch.setattr(
        stamps,
        "stamp_of",
        lambda found: _stamp(frozen) if found == path else stamp_of(found),
    )
    assert _statement(base, cache) == "St4tement x."
    _later(monkeypatch)
    assert _statement(base, cache) == "St4tement x."
    read.clear()
    _statement(base, cache)
    assert "facts/a.yaml" not in read


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
    )


@pytest.mark.parametrize("field", range(5))
def test_any_difference_has_the_file_read(
    base: Path, cache: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, field: int
) -> None:
    _statement(base, cache)
    path = base / "facts" / "a.yaml"
    other = list(_stamp(path.stat()))
    other[field] -= 1
    monkeypatch.setattr(
        stamps, "stamp_of", lambda found: Stamp(*other) if found == path else stamp_of(found)
    )
    read.clear()
    _statement(base, cache)
    assert "facts/a.yaml" in read
    assert "facts/b.yaml" not in read


def test_coarse_clocks_and_other_systems_prove_nothing(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = base / "facts" / "a.yaml"
    assert stamp_of(path) is not None
    assert stamp_of(base / "gone") is None
    with monkeypatch.context() as coarse:
        coarse.setattr(stamps, "_FINE", path.stat().st_ctime_ns)
        assert stamp_of(path) is None
    monkeypatch.setattr(stamps.os, "name", "nt")
    assert stamp_of(path) is None


def test_damaged_stamps_are_not_believed(base: Path, cache: Path, read: list[str]) -> None:
    _statement(base, cache)
    (kept,) = cache.glob("*.stamps")
    whole = kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    listed = list_base_files(base)[0]
    true = [held.digest for held in files.hold_all(listed, kept)]
    for place in range(0, len(whole), 7):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 2]) + whole[place + 1 :])
        assert [held.digest for held in files.hold_all(listed, kept)] == true
        kept.write_bytes(whole[:place])
        assert [held.digest for held in files.hold_all(listed, kept)] == true
    assert Stamps(kept).digest("facts/a.yaml", stamp_of(base / "facts" / "a.yaml"))


def test_a_file_that_cannot_be_read_is_looked_at_each_time(
    base: Path, cache: Path, read: list[str]
) -> None:
    path = base / "facts" / "a.yaml"
    path.unlink()
    path.mkdir()
    path = path / "c.yaml"
    path.symlink_to(base / "none")
    for _ in range(2):
        read.clear()
        with open_index(base, cache_folder=cache) as index:
            assert "cannot read the file" in index.fatal[0].message
        assert "facts/a.yaml/c.yaml" in read
