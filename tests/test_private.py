"""What is kept for one person is closed to others, whatever the umask says."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.files import write_all_whole, write_whole
from briefgen.folders import PRIVATE, cache_folder, make_private, untrusted_cache
from briefgen.index import open_index
from briefgen.shipped import shipped_base

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows closes the profile's folder")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_nothing_that_is_kept_can_be_read_by_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    gone = ("XDG_", "BRIEFGEN_")
    environment = {name: said for name, said in os.environ.items() if not name.startswith(gone)}
    program = (
        "import os, sys; os.umask(0); from briefgen.folders import write_to_log; "
        "from briefgen.cli import main; write_to_log('x'); sys.exit(main(sys.argv[1:]))"
    )
    asked = ["export", "--topic", "defence", "--format", "docx,pdf", "--out", f"{tmp_path}/out/"]
    command = [sys.executable, "-c", program, *asked]
    subprocess.run(command, env={**environment, "HOME": str(home)}, check=True, capture_output=True)
    kept = [path for path in home.rglob("*") if not path.is_symlink()]
    assert {"faults.log", "asked", "templates", "written", "fonts"} <= {path.name for path in kept}
    assert any(path.suffix == ".sqlite" for path in kept)
    assert [str(path) for path in kept if mode(path) & 0o077] == []


def test_a_folder_of_ours_that_was_open_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFGEN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "briefgen").mkdir(mode=0o755)
    make_private(cache_folder() / "fonts")
    assert mode(tmp_path / "briefgen") == mode(tmp_path / "briefgen" / "fonts") == 0o700


def test_a_folder_that_somebody_named_is_theirs_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path))
    make_private(cache_folder())
    assert mode(tmp_path) == 0o755


def test_a_cache_that_others_can_write_is_not_believed_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path))
    tmp_path.chmod(0o777)
    assert untrusted_cache() == f"others can write into the cache folder {tmp_path}"
    with open_index(shipped_base()) as index:
        (warning,) = index.warnings
    assert f"others can write into the cache folder {tmp_path}" in warning
    assert "chmod 700" in warning
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("private", [PRIVATE, 0o640])
def test_a_temporary_is_at_least_as_closed_as_what_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: int
) -> None:
    place = tmp_path / "brief.docx"
    place.touch()
    place.chmod(private)
    seen = []
    write = os.write

    def watching(descriptor: int, data: bytes) -> int:
        seen.extend(mode(path) for path in tmp_path.iterdir() if path != place)
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", watching)
    old = os.umask(0)
    try:
        write_whole(place, b"new")
    finally:
        os.umask(old)
    assert seen
    assert {bits & ~private for bits in seen} == {0}
    assert mode(place) == private


def test_a_copy_on_the_way_is_closed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError("no links here")

    places = [tmp_path / "a", tmp_path / "b"]
    for place in places:
        place.write_text("old")
        place.chmod(PRIVATE)
    seen = []
    replace = Path.replace

    def watching(path: Path, target: Path) -> Path:
        seen.extend(mode(each) for each in tmp_path.iterdir())
        return replace(path, target)

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", watching)
    write_all_whole(dict.fromkeys(places, b"new"))
    assert set(seen) == {PRIVATE}
