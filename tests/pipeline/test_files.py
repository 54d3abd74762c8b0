"""Files are written whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.errors import OutputError
from briefgen.files import remove_leftovers, temporary_beside, write_all_whole, write_whole

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions and locks")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", b"new")

    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert names(tmp_path) == ["a.txt"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "one" / "two" / "a.txt", b"x")

    assert (tmp_path / "one" / "two" / "a.txt").read_bytes() == b"x"


@posix_only
def test_a_new_file_has_ordinary_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    old_mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.txt", b"x")
        (tmp_path / "old.txt").write_bytes(b"old")
        (tmp_path / "old.txt").chmod(0o604)
        write_whole(tmp_path / "old.txt", b"x")
    finally:
        os.umask(old_mask)

    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old.txt").stat().st_mode) == 0o604


@posix_only
def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "shared" / "real.txt")

    write_whole(tmp_path / "link.txt", b"new")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "shared" / "real.txt").read_bytes() == b"new"


@posix_only
def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "target.txt")

    write_whole(tmp_path / "link.txt", b"new")

    assert (tmp_path / "target.txt").read_bytes() == b"new"


def test_the_longest_names_work(tmp_path: Path) -> None:
    name = "ж" * 120 + ".docx"  # 245 bytes

    write_whole(tmp_path / name, b"x")

    assert names(tmp_path) == [name]


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        ("folder", "a.txt", "cannot write {path}: it is a folder; move it away, or choose"),
        ("file", "a.txt/b.txt", "cannot write {path}: {root}/a.txt is a file, not a folder; "),
        ("file", "a.txt/b/c.txt", "cannot write {path}: {root}/a.txt is a file, not a folder; "),
        ("nothing", "x" * 300, "cannot write {path}: file name too long; give a shorter one"),
        pytest.param(
            "pipe", "a.txt", "cannot write {path}: it is not an ordinary file", marks=posix_only
        ),
        pytest.param(
            "loop", "a.txt", "cannot write {path}: too many levels of symbolic", marks=posix_only
        ),
    ],
)
def test_what_can_be_no_file_is_refused(tmp_path: Path, make: str, path: str, message: str) -> None:
    place = tmp_path / "a.txt"
    if make == "folder":
        place.mkdir()
    elif make == "file":
        place.write_bytes(b"old")
    elif make == "pipe":
        os.mkfifo(place)
    elif make == "loop":
        place.symlink_to(place)
    before = names(tmp_path)

    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / path, b"x")

    assert str(caught.value).startswith(message.format(path=tmp_path / path, root=tmp_path))
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == before


def test_a_full_disk_leaves_the_old_files_and_no_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "a.txt"
    old.write_bytes(b"old")
    real_write, written = os.write, 0

    def full(descriptor: int, data: bytes) -> int:
        nonlocal written
        written += 1
        if written == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real_write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutputError) as caught:
        write_all_whole({old: b"new", tmp_path / "sub" / "b.txt": b"new"})

    assert str(caught.value) == (
        f"cannot write {tmp_path / 'sub' / 'b.txt'}: no space left on device; "
        "make room, or choose another place"
    )
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
def test_when_the_second_cannot_be_swapped_in_the_first_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    first, new, second = tmp_path / "1.docx", tmp_path / "2.html", tmp_path / "3.pdf"
    first.write_bytes(b"old 1")
    second.write_bytes(b"old 3")
    real_replace = os.replace

    def held_open(source: Path, target: Path) -> None:
        if target == second:
            raise PermissionError(errno.EACCES, "Permission denied")
        real_replace(source, target)

    def no_links(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "replace", held_open)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(OutputError) as caught:
        write_all_whole({first: b"new 1", new: b"new 2", second: b"new 3"})

    assert str(caught.value) == (
        f"cannot write {second}: permission denied; "
        "close it if a program has it open, or choose another place"
    )
    assert first.read_bytes() == b"old 1"
    assert second.read_bytes() == b"old 3"
    assert names(tmp_path) == ["1.docx", "3.pdf"]


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "1.docx", tmp_path / "2.pdf"
    first.write_bytes(b"old")
    real_replace, calls = os.replace, 0

    def failing(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(errno.EIO, "Input/output error")
        real_replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OutputError, match=r"already written: .*1\.docx"):
        write_all_whole({first: b"new", second: b"new"})


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file_or_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").chmod(0o444)
    with pytest.raises(OutputError, match="it is read-only"):
        write_whole(tmp_path / "a.txt", b"new")
    (tmp_path / "closed").mkdir(mode=0o555)
    with pytest.raises(OutputError, match="you may not write in"):
        write_whole(tmp_path / "closed" / "b.txt", b"new")


@posix_only
def test_leftovers_of_a_killed_run_go_and_those_of_a_running_one_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    # A run that is stopped between writing its temporary and swapping it in.
    script = (
        "import os, sys, time, pathlib\n"
        "from briefgen import files\n"
        "def wait(*_):\n"
        "    print('written', flush=True); time.sleep(60)\n"
        "files._swap_in = wait\n"
        "files.write_whole(pathlib.Path(sys.argv[1]), b'new')\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "a.txt")], stdout=subprocess.PIPE
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == b"written\n"
        (temporary,) = [name for name in names(tmp_path) if name != "a.txt"]
        assert temporary.startswith(".a.txt.")
        assert temporary.endswith(".tmp")

        remove_leftovers(tmp_path)
        assert names(tmp_path) == [temporary, "a.txt"]  # still held by the other run

        running.send_signal(signal.SIGKILL)
        running.wait()
        assert (tmp_path / "a.txt").read_bytes() == b"old"
        assert names(tmp_path) == [temporary, "a.txt"]

        write_whole(tmp_path / "b.txt", b"new")
        assert names(tmp_path) == ["a.txt", "b.txt"]
    finally:
        running.kill()
        running.wait()
        if running.stdout is not None:
            running.stdout.close()


def test_other_programs_temporaries_are_not_ours_to_remove(tmp_path: Path) -> None:
    for name in (".a.tmp", ".~lock.a.docx#", "a.tmp", ".a.txt.briefgen-12.tmp"):
        (tmp_path / name).touch()
    ours = temporary_beside(tmp_path / "a.txt")
    ours.touch()

    remove_leftovers(tmp_path)

    assert names(tmp_path) == [".a.tmp", ".a.txt.briefgen-12.tmp", ".~lock.a.docx#", "a.tmp"]


@posix_only
def test_ctrl_c_while_writing_leaves_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.txt", b"new")

    assert names(tmp_path) == []


def test_many_runs_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    contents = [bytes([65 + n]) * 50_000 for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: write_whole(tmp_path / "a.txt", data), contents))

    assert (tmp_path / "a.txt").read_bytes() in contents
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_that_goes_meanwhile_is_no_file_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(os, "open", gone)
    with pytest.raises(OutputError) as caught:
        write_all_whole({tmp_path / "1.docx": b"x"})
    assert str(caught.value).endswith("make its folder, or choose another place")
