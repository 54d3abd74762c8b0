"""Tries inputs on readers with so many workers for so long, and gathers what they find."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fuzz.mutators import Case, made_case
from fuzz.targets import all_targets, seeds_of
from fuzz.worker import PATIENCE, SECONDS, SPENT

_WORKER = Path(__file__).with_name("worker.py")
_TURN = 3.0
"""Seconds that a target of weight one is tried before the next has its turn."""
_AGAIN = 40.0
"""Seconds for an input that took too long, when it is tried once more alone."""


@dataclass
class Finding:
    """An input, and what a reader did with it."""

    target: str
    seed: int
    number: int
    kind: str
    said: str
    place: str
    trace: str
    case: Case

    @property
    def same(self) -> tuple[str, str, str]:
        """What findings of one cause have in common."""
        return self.target, self.kind, self.place


@dataclass
class Tally:
    """What was tried on a target."""

    tried: int = 0
    failures: int = 0
    slowest: float = 0.0
    """Seconds of work."""
    slowest_number: int = 0


@dataclass
class Result:
    """What a campaign found."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    restarts: int = 0
    seconds: float = 0.0

    def table(self) -> str:
        """Targets with what was tried, for people."""
        lines = [f"{'target':22} {'inputs':>9} {'failures':>8} {'slowest':>8}"]
        for name, tally in self.tallies.items():
            lines.append(f"{name:22} {tally.tried:9,} {tally.failures:8} {tally.slowest:7.2f}s")
        tried, failed = (sum(getattr(each, key) for each in self.tallies.values()) for key in ("tried", "failures"))  # fmt: skip
        lines.append(f"{'all':22} {tried:9,} {failed:8} {self.seconds:7.0f}s in all")
        return "\n".join(lines)


class _Seat:
    """A worker and who talks to it; a dead one is replaced."""

    def __init__(self, room: Path, families: str, seconds: float = PATIENCE) -> None:
        self._room, self._families, self._seconds = room, families, seconds
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, order: dict[str, Any], heard: Callable[[dict[str, Any]], None]) -> str:
        """Give an order and hear the answers; why the worker died, or nothing."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write((json.dumps(order) + "\n").encode())
        process.stdin.flush()
        for line in process.stdout:
            words = json.loads(line)
            heard(words)
            if "done" in words:
                return ""
        status = process.wait()
        self._forget()
        if status == SPENT:
            return "spent"
        told = (self._room / "stderr").read_text(errors="replace")[-5_000:]
        return told if "Timeout (" in told else f"died with status {status}\n{told}"

    def _start(self) -> subprocess.Popen[bytes]:
        shutil.rmtree(self._room, ignore_errors=True)
        self._room.mkdir(parents=True)
        with (self._room / "stderr").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(_WORKER), str(self._room), str(self._seconds), self._families],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
            )  # fmt: skip
        return self._process

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)  # what readers have started
        process.wait()

    close = _forget


class Campaign:
    """Inputs of one seed for so many seconds, shared among the targets by their weights."""

    def __init__(self, seed: int, seconds: float, *, workers: int = 2, targets: Sequence[str] = (), families: str = "", first: int = 0, said: Callable[[str], None] = lambda text: None) -> None:  # fmt: skip
        self.seed, self._families, self._said = seed, families, said
        known = all_targets(families)
        self._targets = {name: known[name] for name in targets or known}
        self._workers, self._seconds = workers, seconds
        self._next = dict.fromkeys(self._targets, first)
        self._lock = threading.Lock()
        self.result = Result({name: Tally() for name in self._targets})

    def run(self) -> Result:
        """All of it; what comes back is what was found."""
        start = time.monotonic()
        orders = self._orders()
        with tempfile.TemporaryDirectory(prefix="fuzz-") as rooms:
            seats = [
                _Seat(Path(rooms) / str(number), self._families) for number in range(self._workers)
            ]
            threads = [threading.Thread(target=self._serve, args=(seat, orders, Path(rooms) / f"again-{number}")) for number, seat in enumerate(seats)]  # fmt: skip
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.result.seconds = time.monotonic() - start
        return self.result

    def _orders(self) -> Iterator[tuple[str, float]]:
        """Each target in its turn, for a short while, as long as there is time.

        A campaign that has no time for all of them tries the seeds of all, and some more.
        """
        until = time.monotonic() + self._seconds
        whole = sum(target.weight for target in self._targets.values())
        share = self._seconds * self._workers / whole
        rounds = max(1, int(share / _TURN))
        names = list(self._targets)
        begin = self.seed % len(names)
        for number in itertools.count():
            for name in (*names[begin:], *names[:begin]):
                if number >= rounds or (rounds > 1 and time.monotonic() >= until):
                    return
                yield name, share / rounds * self._targets[name].weight

    def _next_order(self, orders: Iterator[tuple[str, float]]) -> tuple[str, float] | None:
        with self._lock:
            return next(orders, None)

    def _serve(self, seat: _Seat, orders: Iterator[tuple[str, float]], again: Path) -> None:
        try:
            while order := self._next_order(orders):
                self._slice(seat, *order, again)
        finally:
            seat.close()

    def _slice(self, seat: _Seat, name: str, seconds: float, again: Path) -> None:
        until = time.monotonic() + seconds
        with self._lock:
            first = self._next[name]
            self._next[name] += 1_000_000  # the other worker may come by meanwhile
        at = first
        large: list[dict[str, Any]] = []

        def heard(words: dict[str, Any]) -> None:
            nonlocal at
            if "at" in words:
                at = words["at"]
            elif words.get("kind") == "memory":
                large.append(words)
            elif "fault" in words:
                case = Case(base64.b64decode(words["data"]), words["lies"])
                self._found(Finding(name, self.seed, words["fault"], words["kind"], words["said"], words["place"], words["trace"], case))  # fmt: skip
            else:
                at = words["done"]
                tally = self.result.tallies[name]
                with self._lock:
                    if words["slowest"][0] > tally.slowest:
                        tally.slowest, tally.slowest_number = words["slowest"]

        while True:
            begun = at
            order = {"target": name, "seed": self.seed, "first": at, "most": 999_000, "seconds": max(0.0, until - time.monotonic())}  # fmt: skip
            died = seat.ask(order, heard)
            for words in large:
                self._large(name, words, again)
            large.clear()
            with self._lock:
                self.result.tallies[name].tried += at - begun + bool(died)
            if died:
                self.result.restarts += 1
                if died != "spent":
                    self._ended(name, at, died, again)
                at += 1
            if time.monotonic() >= until or at - first > 990_000:
                break
        with self._lock:
            self._next[name] = min(self._next[name], at) if self._workers == 1 else self._next[name]

    def _large(self, name: str, words: dict[str, Any], again: Path) -> None:
        """An input at which a worker had too much in memory: it may have held that before."""
        case = Case(base64.b64decode(words["data"]), words["lies"])
        if self._alone(name, case, words["fault"], again)[0]:
            self._found(Finding(name, self.seed, words["fault"], words["kind"], words["said"], words["place"], words["trace"], case))  # fmt: skip

    def _ended(self, name: str, number: int, died: str, again: Path) -> None:
        """An input that ended its worker: too slow, unless that was the machine, or worse."""
        target = self._targets[name]
        case = made_case(
            seeds_of(name, self._families), target.grammar, target.by_path, self.seed, number
        )
        kind = "time" if "Timeout (" in died else "death"
        if kind == "time":
            is_one, taken = self._alone(name, case, number, again)
            if not is_one:
                self._said(f"{name} {number}: {taken:.1f} s of work; the machine was busy")
                return
        ours = [line for line in died.splitlines() if "/briefgen/" in line]
        place = ours[0].split("/briefgen/")[-1] if ours else ""
        self._found(Finding(name, self.seed, number, kind, died[-300:], place, died, case))

    def _alone(self, name: str, case: Case, number: int, again: Path) -> tuple[bool, float]:
        """An input tried by a worker that did nothing before: is it a finding, and its seconds."""
        order = {
            "target": name,
            "data": base64.b64encode(case.data).decode(),
            "lies": case.lies,
            "number": number,
        }
        taken = [0.0]
        faults: list[str] = []

        def heard(words: dict[str, Any]) -> None:
            if "done" in words:
                taken.append(words["slowest"][0])
            elif "fault" in words:
                faults.append(words["said"])

        seat = _Seat(again, self._families, _AGAIN)
        died = seat.ask(order, heard)
        seat.close()
        return bool(died or faults) or max(taken) >= SECONDS, max(taken)

    def _found(self, finding: Finding) -> None:
        with self._lock:
            self.result.tallies[finding.target].failures += 1
            known = {each.same for each in self.result.findings}
            if finding.same not in known:
                self.result.findings.append(finding)
                self._said(
                    f"{finding.target} {finding.number}: {finding.kind} in {finding.place}: {finding.said[:200]}"
                )
