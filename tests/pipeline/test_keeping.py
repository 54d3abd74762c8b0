"""What others wrote in the place of a file is kept, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from briefgen import keeping, last_written
from briefgen.errors import OutputError
from briefgen.folders import written_folder
from briefgen.keeping import kept_name, not_ours, write_kept

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions and links")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person who has written nothing yet; tests write in `tmp_path/here`."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "here").mkdir()
    return written_folder()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "here" / "a.txt"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones among them."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def kept_beside(file: Path) -> list[bytes]:
    """What the kept files hold, the first first."""
    kept = [path for path in file.parent.iterdir() if " (kept " in path.name]
    return [path.read_bytes() for path in sorted(kept, key=lambda path: (len(path.name), path))]


def test_a_file_that_briefgen_wrote_is_replaced_silently(file: Path) -> None:
    assert write_kept({file: b"one"}) == ((), "")
    assert write_kept({file: b"two"}) == ((), "")

    assert contents(file.parent) == {"a.txt": b"two"}


def test_one_that_was_edited_is_kept_and_told(file: Path) -> None:
    write_kept({file: b"one"})
    file.write_bytes(b"one, by hand")

    done = write_kept({file: b"two"})

    (kept,) = done.kept
    assert kept.path == file
    assert kept.copy.read_bytes() == b"one, by hand"
    assert contents(file.parent) == {"a.txt": b"two", kept.copy.name: b"one, by hand"}
    assert str(kept) == (
        f"{file} was edited since briefgen wrote it, or is not of this brief: what stood there is now {kept.copy.name}"
    )
    assert write_kept({file: b"three"}) == ((), "")


def test_one_that_briefgen_never_wrote_is_kept(file: Path) -> None:
    file.write_bytes(b"a letter")

    write_kept({file: b"brief"})

    assert kept_beside(file) == [b"a letter"]


def test_one_that_says_the_same_already_is_not(file: Path) -> None:
    file.write_bytes(b"brief")

    assert write_kept({file: b"brief"}).kept == ()


def test_with_force_nothing_is_kept(file: Path) -> None:
    file.write_bytes(b"a letter")

    assert write_kept({file: b"brief"}, force=True).kept == ()

    assert contents(file.parent) == {"a.txt": b"brief"}


def test_kept_files_never_take_one_anothers_place(file: Path) -> None:
    for number in range(4):
        file.write_bytes(b"by hand %d" % number)
        write_kept({file: b"brief %d" % number})

    assert kept_beside(file) == [b"by hand 0", b"by hand 1", b"by hand 2", b"by hand 3"]


def test_what_is_in_the_way_can_be_asked_before(file: Path) -> None:
    other = file.with_name("b.txt")
    write_kept({file: b"ours"})
    other.write_bytes(b"a letter")
    new = {file: b"new", other: b"new", file.with_name("c.txt"): b"new"}

    assert not_ours(new) == (other,)


@posix_only
def test_it_is_known_by_any_way_that_leads_to_it(file: Path, monkeypatch: Any) -> None:
    link = file.with_name("link.txt")
    link.symlink_to(file)
    write_kept({link: b"one"})
    monkeypatch.chdir(file.parent)

    assert write_kept({Path("a.txt"): b"two"}).kept == ()


@posix_only
def test_what_a_link_leads_to_is_kept_beside_it_and_the_link_stays(
    file: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "real.txt").write_bytes(b"a letter")
    file.symlink_to(shared / "real.txt")

    (kept,) = write_kept({file: b"brief"}).kept

    assert file.is_symlink()
    assert file.read_bytes() == b"brief"
    assert (kept.copy.parent, kept.copy.read_bytes()) == (shared, b"a letter")


@posix_only
def test_a_kept_file_is_the_old_one_itself(file: Path) -> None:
    file.write_bytes(b"a letter")
    file.chmod(0o604)
    before = file.stat()

    (kept,) = write_kept({file: b"brief"}).kept

    after = kept.copy.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert stat.S_IMODE(after.st_mode) == 0o604


def test_a_file_that_cannot_be_read_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_kept({file: b"one"})
    monkeypatch.setattr(keeping, "holds", lambda *said: False)

    assert len(write_kept({file: b"two"}).kept) == 1


def no_links(*said: Any, **more: Any) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_where_the_system_has_no_links_a_copy_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    for number in range(2):
        file.write_bytes(b"by hand %d" % number)
        write_kept({file: b"brief"})

    assert kept_beside(file) == [b"by hand 0", b"by hand 1"]
    assert len(contents(file.parent)) == 3


def test_the_longest_names_are_kept_too(tmp_path: Path) -> None:
    file = tmp_path / "here" / ("ж" * 125 + ".docx")  # 255 bytes
    for number in range(2):
        file.write_bytes(b"by hand %d" % number)
        write_kept({file: b"brief"})

    assert sorted(kept_beside(file)) == [b"by hand 0", b"by hand 1"]


def test_where_names_must_be_shorter_they_are(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file.with_name("a" * 130 + ".txt")
    file.write_bytes(b"by hand")
    real = os.link

    def short(source: Path, target: Path) -> None:
        if len(target.name) > 143:
            raise OSError(errno.ENAMETOOLONG, "File name too long")
        real(source, target)

    monkeypatch.setattr(os, "link", short)
    write_kept({file: b"brief"})

    assert kept_beside(file) == [b"by hand"]


def test_a_kept_name_says_when_and_keeps_the_suffix() -> None:
    now = datetime(2026, 11, 30, 10, 53)

    assert kept_name("energy.docx", now) == "energy (kept 2026-11-30 10.53).docx"
    assert kept_name("energy.docx", now, 2) == "energy (kept 2026-11-30 10.53, 2).docx"
    assert kept_name("README", now) == "README (kept 2026-11-30 10.53)"


# --- when it cannot be ---------------------------------------------------------------------------


def test_what_cannot_be_kept_is_not_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"a letter")
    monkeypatch.setattr(os, "link", no_links)

    def full(*said: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(OutputError) as caught:
        write_kept({file: b"brief"})

    assert str(caught.value) == (
        f"cannot write {file}: what stands there is not of this brief, or was edited since, and "
        "cannot be kept beside "
        "(no space left on device); move it away, or choose another place"
    )
    assert contents(file.parent) == {"a.txt": b"a letter"}


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("fails", ["a.txt", "b.txt"])
def test_where_one_file_cannot_be_written_all_is_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch, links: bool, fails: str
) -> None:
    other = file.with_name("b.txt")
    file.write_bytes(b"a letter")
    other.write_bytes(b"another")
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".tmp" and Path(target).name == fails:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=f"cannot write .*{fails}: permission denied"):
        write_kept({file: b"new", other: b"new"})

    assert contents(file.parent) == {"a.txt": b"a letter", "b.txt": b"another"}


KILLED = """\
import os, signal, sys
from pathlib import Path
from briefgen.keeping import write_kept

real = Path.replace
def die(self, target):
    if Path(target).name == "a.txt" and when == "after":
        real(self, target)
    if Path(target).name == "a.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = die
when = sys.argv[2]
write_kept({Path(sys.argv[1]): b"brief"})
"""


@posix_only
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_is_killed_leaves_what_stood_there(file: Path, when: str) -> None:
    file.write_bytes(b"a letter")

    ended = subprocess.run([sys.executable, "-c", KILLED, str(file), when], timeout=60)

    assert ended.returncode == -signal.SIGKILL
    assert b"a letter" in contents(file.parent).values()
    assert file.read_bytes() == (b"a letter" if when == "before" else b"brief")
    write_kept({file: b"brief"})
    assert b"a letter" in kept_beside(file)
    assert not [name for name in contents(file.parent) if name.endswith(".tmp")]


# --- what is remembered --------------------------------------------------------------------------


@posix_only
def test_what_is_remembered_is_private_and_holds_no_contents(file: Path, state: Path) -> None:
    write_kept({file: b"secret words"})

    (note,) = state.iterdir()
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert b"secret" not in note.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'{"path": 1}', b"\xff\xfe", b"[" * 100_000,
     b'{"path": "/elsewhere", "sha256": "00", "bytes": 3}'],
)  # fmt: skip
def test_where_it_is_damaged_nothing_is_known(file: Path, state: Path, damage: bytes) -> None:
    write_kept({file: b"one"})
    (note,) = state.iterdir()
    note.write_bytes(damage)

    assert len(write_kept({file: b"two"}).kept) == 1
    assert write_kept({file: b"three"}).kept == ()


def test_where_nothing_can_be_remembered_the_file_is_written_and_one_line_says_so(
    file: Path, state: Path
) -> None:
    state.parent.mkdir(parents=True)
    state.write_bytes(b"a file, not a folder")

    done = write_kept({file: b"one"})

    assert file.read_bytes() == b"one"
    assert done.warning.endswith("; so the next export keeps a copy of what it replaces")
    assert "\n" not in done.warning
    assert len(write_kept({file: b"two"}).kept) == 1


def test_not_more_is_remembered_than_need_be(
    file: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_written, "MOST", 20)
    for number in range(30):
        one = file.with_name(f"{number}.txt")
        write_kept({one: b"x"})
        (note,) = (path for path in state.iterdir() if str(one).encode() in path.read_bytes())
        os.utime(note, (number, number))

    assert len(list(state.iterdir())) <= 20
    assert write_kept({file.with_name("29.txt"): b"y"}).kept == ()


def test_two_runs_at_once_spoil_nothing(tmp_path: Path, state: Path) -> None:
    code = """\
import sys
from pathlib import Path
from briefgen.keeping import write_kept
for number in range(40):
    for name in ("shared", sys.argv[2]):
        write_kept({Path(sys.argv[1], f"{name}{number}.txt"): sys.argv[2].encode()})
"""
    here = tmp_path / "here"
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(here), name], stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for run in runs:
        assert run.communicate(timeout=120)[1] == b""
        assert run.returncode == 0

    assert [each.name for each in here.iterdir() if each.name.endswith(".tmp")] == []
    own = {here / f"one{number}.txt": b"new" for number in range(40)}
    assert write_kept(own).kept == ()
