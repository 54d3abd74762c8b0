"""A process that tries inputs on readers under a limit of memory, and says what it is at.

It is told on its standard input, a JSON object a line: `{"target", "seed", "first", "seconds",
"most"}`, or `{"target", "data", "lies"}` for one input. It answers, a JSON object a line: `at`
before each input, `fault` for a finding, `done` at the end. One that takes too long or too much
ends the process: then whoever reads knows from the last `at` which it was.
"""

from __future__ import annotations

import base64
import faulthandler
import io
import json
import logging
import os
import resource
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.mutators import Case, made_case
from fuzz.oracle import Fault, Target
from fuzz.room import Room, laid, lying_in
from fuzz.targets import all_targets, seeds_of

MEMORY = 1_000_000_000
"""Bytes that a reader may have, with all of Python."""
PEAK = 850_000_000
"""Bytes in memory from which on it has met that limit, whatever it says of it."""
FULL = 400_000_000
"""Bytes that a worker may still hold after an input; with more it makes room for a new one."""
SECONDS = 10.0
"""Of work, for one input."""
SPENT = 3
"""The status of one that ends itself: after a finding that it told, or grown too large."""
PATIENCE = 20.0
"""Seconds after which an input is given up: the machine may be at other things, too."""


class Worker:
    """Tries inputs, one after the other, each in an empty room."""

    def __init__(self, room: Room, out: Any, seconds: float = PATIENCE, families: str = "") -> None:
        self.room = room
        self._out = out
        self._seconds = seconds
        self._families = families
        self._prepared = ""

    def say(self, **words: Any) -> None:
        self._out.write((json.dumps(words) + "\n").encode())
        self._out.flush()

    def many(self, name: str, seed: int, first: int, seconds: float, most: int) -> None:
        """The inputs from number `first` on, for so long."""
        target, seeds = all_targets(self._families)[name], seeds_of(name, self._families)
        self._prepare(target)
        until, number, slowest = time.monotonic() + seconds, first, (0.0, first)
        while number < first + most and (number < len(seeds) or time.monotonic() < until):
            self.say(at=number)
            try:
                case = made_case(seeds, target.grammar, target.by_path, seed, number)
            except MemoryError:  # changes of changes that grew: nothing to try
                number += 1
                continue
            taken = self.one(target, case, number)
            slowest = max(slowest, (taken, number))
            if _memory("VmRSS") > FULL:
                os._exit(SPENT)  # or what it still holds would be laid at the next input's door
            number += 1
        self.say(done=number, slowest=slowest)

    def one(self, target: Target, case: Case, number: int) -> float:
        """Try one input; what comes back is how many seconds of work it took."""
        self._prepare(target)
        before, open_before = lying_in(self.room.work), _open_files()
        _forget_peak()
        faulthandler.dump_traceback_later(self._seconds, exit=True)
        given = laid(case, target.file, number, self.room)
        start = _seconds_of_work()
        try:
            target.read(given)
        except Fault as fault:
            self._found(number, case, "Fault", str(fault), fault)
        except MemoryError as error:
            self._found(number, case, "memory", "more than a gigabyte", error)
            os._exit(SPENT)  # what is left of it is not to be trusted
        except BaseException as error:
            self._found(number, case, type(error).__name__, str(error), error)
        finally:
            faulthandler.cancel_dump_traceback_later()
        taken = _seconds_of_work() - start
        _remove(given.path if given.path.is_absolute() else self.room.work / given.path)
        if taken > SECONDS:
            self._found(number, case, "time", f"{taken:.1f} s of work", None)
        if _memory("VmHWM") > PEAK:
            self._found(number, case, "memory", f"{_memory('VmHWM') // 10**6} MB", None)
        left = (lying_in(self.room.work) - before) | lying_in(self.room.tmp)
        if left:
            self._found(number, case, "left behind", ", ".join(sorted(left))[:300], None)
            self._prepared = ""
        if _open_files() > open_before + 3:
            self._found(number, case, "left open", f"{_open_files() - open_before} files", None)
        if lying_in(self.room.work) != before:
            self._prepared = ""
        return taken

    def _prepare(self, target: Target) -> None:
        if self._prepared != target.name:
            self.room.empty()
            if target.beside is not None:
                target.beside(self.room.work)
                (self.room.work / target.file).unlink(missing_ok=True)
            os.chdir(self.room.work)
            self._prepared = target.name

    def _found(
        self, number: int, case: Case, kind: str, said: str, error: BaseException | None
    ) -> None:
        where = traceback.extract_tb(error.__traceback__)[-40:] if error is not None else []
        ours = [frame for frame in where if "/briefgen/" in frame.filename] or where[-1:]
        place = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else ""
        trace = "".join(traceback.format_exception(error))[-6_000:] if error is not None else ""
        data = base64.b64encode(case.data).decode()
        self.say(
            fault=number,
            kind=kind,
            said=said[:500],
            place=place,
            trace=trace,
            data=data,
            lies=case.lies,
        )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _seconds_of_work() -> float:
    """Of this process and those that it started: others may keep the machine busy meanwhile."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _memory(figure: str) -> int:
    """Bytes in memory: `VmRSS` now, `VmHWM` at most (proc_pid_status(5))."""
    for line in io.StringIO(Path("/proc/self/status").read_text()):
        if line.startswith(f"{figure}:"):
            return int(line.split()[1]) * 1024
    return 0


def main(root: str, seconds: str, families: str = "") -> None:
    """Listen until there is nothing more to do."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what readers print is no answer
    faulthandler.enable()
    logging.disable()
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    room = Room(Path(root))
    os.environ.update(room.environment)
    tempfile.tempdir = None
    worker = Worker(room, answers, float(seconds), families)
    for line in sys.stdin:
        asked = json.loads(line)
        if "data" in asked:
            case = Case(base64.b64decode(asked["data"]), asked["lies"])
            worker.say(at=0)
            taken = worker.one(all_targets(families)[asked["target"]], case, asked.get("number", 0))
            worker.say(done=1, slowest=(taken, 0))
        else:
            worker.many(
                asked["target"], asked["seed"], asked["first"], asked["seconds"], asked["most"]
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
