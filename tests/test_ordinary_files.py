"""Files are read; folders, pipes and devices are told, and never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefgen.ordinary_files import read_ordinary

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")


def test_a_file_up_to_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"1234")
    assert read_ordinary(file, 4) == b"1234"
    with pytest.raises(OSError, match="it is larger than 0 kB"):
        read_ordinary(file, 3)
    with pytest.raises(FileNotFoundError):
        read_ordinary(tmp_path / "none", 3)


@needs_pipes
def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link"):
        with pytest.raises(OSError, match="it is no ordinary file"):
            read_ordinary(tmp_path / name, 3)
    with pytest.raises(OSError, match=r"it is a folder|Is a directory|directory"):
        read_ordinary(tmp_path, 3)
