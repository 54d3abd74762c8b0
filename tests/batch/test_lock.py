"""One run at a time in a folder; a run that was killed holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.batch.lock import HOLDER_NAME, LOCK_NAME, folder_lock
from briefgen.errors import OutputError

HOLD = """\
import sys, time
from pathlib import Path
from briefgen.batch.lock import folder_lock
with folder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with folder_lock(tmp_path):
        assert {path.name for path in tmp_path.iterdir()} == {LOCK_NAME, HOLDER_NAME}
    assert not list(tmp_path.iterdir())
    with folder_lock(tmp_path):
        pass


def test_a_second_run_is_told_who_holds_it_until_the_first_is_dead(tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with (
            pytest.raises(OutputError, match=rf"another batch \(process {first.pid}\)"),
            folder_lock(tmp_path),
        ):
            pass
        os.kill(first.pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with folder_lock(tmp_path):  # what the dead one left is in nobody's way
        pass


def test_folders_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write in"), folder_lock(tmp_path / "missing"):
        pass
