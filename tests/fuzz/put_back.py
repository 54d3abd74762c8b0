"""Puts mended faults back, one at a time, and sees whether the hostile inputs find them.

python tests/fuzz/put_back.py --seed 7                      all of them, 30 s each
python tests/fuzz/put_back.py --fault 'steps of a template' --seconds 60

A fault counts as found when an input is one on a copy of the code that has it, and none on the code
as it is. `faults_put_back.py` has the faults.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.campaign import _Seat
from fuzz.faults_put_back import FAULTS, PutBack
from fuzz.mutators import Case, made_case
from fuzz.targets import all_targets, seeds_of

ROOT = Path(__file__).resolve().parents[2]
_BESIDE = ("templates", "scales", "markings", "fonts", "data")


_AGAIN = 40.0
"""Seconds for an input on sound code."""


class Hit(NamedTuple):
    """An input that found a fault, and by what."""

    target: str
    number: int
    kind: str
    said: str


class Outcome(NamedTuple):
    """What became of a fault."""

    tried: int
    seconds: float
    found: Hit | None


def copy_with(fault: PutBack | None, folder: Path) -> Path:
    """A copy of the code with the fault in it: the folder to import it from.

    Raises `ValueError` where what it changes is not there any more.
    """
    code = folder / "src"
    shutil.copytree(ROOT / "src" / "briefgen", code / "briefgen")
    for name in _BESIDE:
        (folder / name).symlink_to(ROOT / name)
    for change in fault.changes if fault else ():
        file = code / "briefgen" / change.file
        file.write_text(change.made(file.read_text(encoding="utf-8")), encoding="utf-8")
    return code


class _Found(Exception):
    """An input is a finding on faulty code, and none on sound code."""


def tried_on(fault: PutBack, seed: int, seconds: float) -> Outcome:
    """Inputs of this seed, the targets in turns, until one finds the fault or the time is over."""
    start = time.monotonic()
    tried = 0
    with tempfile.TemporaryDirectory(prefix="put-back-") as name:
        folder = Path(name)
        code, sound = copy_with(fault, folder / "faulty"), _Seat(folder / "sound-room", "", _AGAIN)
        seat = _Seat(folder / "room", "")
        try:
            for turn in range(2):
                for target in fault.targets:
                    share = seconds / 2 / len(fault.targets)
                    many = _Turn(target, seed, seat, sound, code)
                    until = time.monotonic() + share
                    number = turn * 1_000_000
                    while True:
                        found = many.run(number, max(0.0, until - time.monotonic()))
                        tried += many.at - number
                        if found:
                            return Outcome(tried, time.monotonic() - start, found)
                        number = many.at
                        if time.monotonic() >= until:
                            break
        finally:
            seat.close()
            sound.close()
    return Outcome(tried, time.monotonic() - start, None)


class _Turn:
    """Inputs of a target for a while."""

    def __init__(self, target: str, seed: int, seat: _Seat, sound: _Seat, code: Path) -> None:
        self._target, self._seed, self._seat, self._sound, self._code = (
            target,
            seed,
            seat,
            sound,
            code,
        )
        self.at = 0
        """The number behind the last that was tried."""
        self._known: set[tuple[str, str]] = set()

    def run(self, first: int, seconds: float) -> Hit | None:
        """From number `first` on: what was found; None when the time is over or the worker died of
        something that sound code dies of as well."""
        order = {"target": self._target, "seed": self._seed, "first": first, "most": 999_000, "seconds": seconds}  # fmt: skip
        self.at = first
        os.environ["PYTHONPATH"] = str(self._code)
        try:
            died = self._seat.ask(order, self._heard)
        except _Found as found:
            self._seat.close()
            self.at += 1
            return found.args[0]
        finally:
            os.environ.pop("PYTHONPATH", None)
        if died:
            number, self.at = self.at, self.at + 1
            target = all_targets()[self._target]
            case = made_case(seeds_of(self._target), target.grammar, target.by_path, self._seed, number)  # fmt: skip
            hit = Hit(self._target, number, "time" if "Timeout (" in died else "death", died)
            # With a traceback it ended between two inputs: no reader's doing.
            ended = died == "spent" or "Traceback (most" in died
            if not ended and not self._on_sound_code(case, number):
                return hit
        return None

    def _heard(self, words: dict[str, Any]) -> None:
        if "at" in words or "done" in words:
            self.at = words.get("at", words.get("done"))
        if "fault" not in words or (words["kind"], words["place"]) in self._known:
            return
        self._known.add((words["kind"], words["place"]))
        case = Case(base64.b64decode(words["data"]), words["lies"])
        if not self._on_sound_code(case, words["fault"]):
            raise _Found(Hit(self._target, words["fault"], words["kind"], words["said"]))

    def _on_sound_code(self, case: Case, number: int) -> bool:
        """Whether the same input is a finding there, too."""
        faulty, faults = os.environ.pop("PYTHONPATH", None), []
        order = {"target": self._target, "number": number, "lies": case.lies, "data": base64.b64encode(case.data).decode()}  # fmt: skip

        def heard(words: dict[str, Any]) -> None:
            if "fault" in words:
                faults.append(words["said"])

        died = self._sound.ask(order, heard)
        if faulty:
            os.environ["PYTHONPATH"] = faulty
        return bool(died or faults)


def main() -> int:
    """0: all were found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30, help="for each fault")
    parser.add_argument(
        "--seed",
        type=int,
        default=int(time.time()) % 100_000,
        help="of the first; each other has the next one",
    )
    parser.add_argument(
        "--fault", action="append", default=[], choices=[one.name for one in FAULTS], metavar="NAME"
    )
    asked = parser.parse_args()
    found = 0
    chosen = [one for one in FAULTS if not asked.fault or one.name in asked.fault]
    print(f"{'fault':44} {'seed':>6} {'inputs':>7} {'seconds':>8}  found by")
    for fault in chosen:
        seed = asked.seed + FAULTS.index(fault)
        outcome = tried_on(fault, seed, asked.seconds)
        found += outcome.found is not None
        said = "-"
        if outcome.found:
            one = outcome.found
            kept = " (a seed)" if one.number < len(seeds_of(one.target)) else ""
            said = f"{one.target} {one.number}{kept}: {one.kind} {' '.join(one.said.split())[:90]}"
        print(
            f"{fault.name:44} {seed:6} {outcome.tried:7,} {outcome.seconds:7.1f}s  {said}",
            flush=True,
        )
    print(f"{found} of {len(chosen)} are found")
    return 0 if found == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
