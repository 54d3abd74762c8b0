"""`make fuzz`: inputs for as long as one likes, what was tried as a table, findings into a folder.

python tests/fuzz/run.py --seconds 3600 --seed 7          all targets
python tests/fuzz/run.py --target bib --seed 7 --number 532      one input once more
python tests/fuzz/run.py --target bib --input FILE               a file
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.campaign import Campaign, Finding
from fuzz.mutators import Case, made_case
from fuzz.room import Room
from fuzz.targets import all_targets, seeds_of
from fuzz.worker import Worker


def main() -> int:
    """0: nothing was found; 1: something was."""
    asked = _asked()
    if asked.input or asked.number is not None:
        return _once(asked)
    campaign = Campaign(asked.seed, asked.seconds, workers=asked.workers, targets=asked.target, first=asked.first, said=_say)  # fmt: skip
    result = campaign.run()
    for finding in result.findings:
        _keep(finding, asked.out)
    print(f"seed {asked.seed}\n{result.table()}", flush=True)
    return 1 if result.findings else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument(
        "--target", action="append", default=[], choices=sorted(all_targets()), metavar="NAME"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--first", type=int, default=0, help="the first input's number")
    parser.add_argument("--number", type=int, help="this input alone, without a limit")
    parser.add_argument("--input", type=Path, help="a file in place of an input")
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"))
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _keep(finding: Finding, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(finding.case.data).hexdigest()[:12]
    suffix = all_targets()[finding.target].file.rsplit(".", 1)[-1]
    file = folder / f"{finding.target.replace(' ', '-')}-{digest}.{suffix}"
    file.write_bytes(finding.case.data)
    file.with_name(f"{file.name}.found").write_text(
        f"{finding.kind}: {finding.said}\nlies: {finding.case.lies}\n\n{finding.trace}\n"
    )
    where = f"--seed {finding.seed} --number {finding.number}"
    if finding.case.lies == "file":
        where = f"--input {file}"
    print(f"{finding.target} {finding.kind}: {finding.said[:160]!r}\n  {sys.executable} tests/fuzz/run.py --target {finding.target!r} {where}")  # fmt: skip


def _once(asked: argparse.Namespace) -> int:
    """One input, in this process: with a debugger or a profiler, and with its traceback."""
    import tempfile

    (name,) = asked.target
    target = all_targets()[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as root:
        room = Room(Path(root))
        if asked.input:
            case = Case(asked.input.read_bytes())
        else:
            case = made_case(
                seeds_of(name), target.grammar, target.by_path, asked.seed, asked.number
            )
        os.environ.update(room.environment)
        tempfile.tempdir = None
        told = _Told()
        taken = Worker(room, told, 3600).one(target, case, asked.number or 0)
        os.chdir("/")
    print(
        f"{len(case.data)} bytes, lies as {case.lies}, {taken:.2f} s of work; {told.found or 'nothing found'}"
    )
    return 1 if told.found else 0


class _Told:
    """Takes a worker's answers and shows what was found."""

    found = ""

    def write(self, line: bytes) -> None:
        import json

        words = json.loads(line)
        if "fault" in words:
            self.found = f"{words['kind']}: {words['said']}"
            print(words["trace"])

    def flush(self) -> None:
        """Nothing is held back."""


if __name__ == "__main__":
    sys.exit(main())
