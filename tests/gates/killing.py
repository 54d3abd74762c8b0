"""A process that has everything loaded, and children of it that are killed at random instants.

Called as `python killing.py SEED KILLS FOLDER`; prints what went wrong, a line each, and at the end
how many were killed while they ran.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from briefgen.brief.spec.model import BriefSpec
from briefgen.cli import main
from briefgen.facts.scaffold import init_base
from briefgen.gui.view_models.brief.saving import open_brief, save_brief
from in_this_process import Here

FORMATS = "txt,md,html,json"
LEFT = re.compile(r"\..*\.(tmp|lock)|\.briefgen\.lock")
"""What may lie about after a kill: the next run clears it away, or does not mind it."""


class Deed(NamedTuple):
    """Something that is done to a folder."""

    name: str
    prepare: Callable[[Path], None]
    do: Callable[[Path], object]
    results: tuple[str, ...]
    """The files that it makes new, each of which is the old or the new one at any moment."""


def _prepare(folder: Path) -> None:
    init_base(folder / "base")
    (folder / "out").mkdir()
    old = b"What stood there before.\n"
    for kind in FORMATS.split(","):
        (folder / "out" / f"b.{kind}").write_bytes(old)
    brief = {"format": 1, "title": "Old", "base": "base"}
    (folder / "b.brief.yaml").write_text(json.dumps(brief))
    entries = [
        {"id": f"w{n}", "type": "book", "title": f"The oil of {n} years", "DOI": f"10.1000/{n}"}
        for n in range(20)
    ]
    (folder / "s.json").write_text(json.dumps(entries))
    jobs = [{"name": f"j{n}", "title": f"J {n}", "base": "base"} for n in range(3)]
    plan = {"format": 1, "defaults": {"outputs": ["txt", "md"]}, "jobs": jobs}
    (folder / "jobs.yaml").write_text(json.dumps(plan))


def _export(folder: Path) -> None:
    asked = ["export", "--base", f"{folder}/base", "--title", "B", "--format", FORMATS]
    main([*asked, "--force", "--out", f"{folder}/out"])


def _batch(folder: Path) -> None:
    main(["batch", f"{folder}/jobs.yaml", "--out", f"{folder}/out"])


def _save(folder: Path) -> None:
    opened = open_brief(folder / "b.brief.yaml")
    save_brief(BriefSpec(title="New"), folder / "b.brief.yaml", opened.seen)


def _import(folder: Path) -> None:
    main(["import", "sources", f"{folder}/s.json", "--base", f"{folder}/base"])


DEEDS = (
    Deed("export", _prepare, _export, tuple(f"out/b.{kind}" for kind in FORMATS.split(","))),
    Deed(
        "batch", _prepare, _batch, tuple(f"out/j{n}.{k}" for n in range(3) for k in ("txt", "md"))
    ),
    Deed("save", _prepare, _save, ("b.brief.yaml",)),
    Deed("import", _prepare, _import, ("base/sources.yaml",)),
)


def _in_child(do: Callable[[Path], object], folder: Path, kill_after: float | None) -> bool:
    """Whether it was killed before its end."""
    child = os.fork()
    if not child:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            do(folder)
        finally:
            os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.killpg(child, signal.SIGKILL) if _leads(child) else os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _leads(child: int) -> bool:
    try:
        return os.getpgid(child) == child
    except OSError:
        return False


def _bytes(folder: Path, deed: Deed) -> list[bytes | None]:
    files = [folder / name for name in deed.results]
    return [file.read_bytes() if file.exists() else None for file in files]


def _strays(folder: Path, known: set[str]) -> list[str]:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")} - known
    return [name for name in sorted(names) if not LEFT.fullmatch(Path(name).name)]


def campaign(seed: int, kills: int, root: Path) -> None:
    """Kill each deed at random instants of its time; print whatever is wrong then."""
    chance = random.Random(seed)
    killed = 0
    for deed in DEEDS:
        model = root / f"{deed.name}-model"
        deed.prepare(model)
        old = _bytes(model, deed)
        _in_child(deed.do, model, None)  # fills the caches
        shutil.rmtree(model)
        deed.prepare(model)
        began = time.monotonic()
        _in_child(deed.do, model, None)
        span = (time.monotonic() - began) * 1.1
        new = _bytes(model, deed)
        known = {path.relative_to(model).as_posix() for path in model.rglob("*")}
        assert old != new, deed.name
        for number in range(kills):
            folder = root / f"{deed.name}-{number}"
            deed.prepare(folder)
            after = chance.random() * span
            killed += _in_child(deed.do, folder, after)
            where = f"{deed.name} {number} (seed {seed}), killed after {after:.4f} s"
            wrong = [
                name
                for name, was, now, is_ in zip(
                    deed.results, old, new, _bytes(folder, deed), strict=True
                )
                if is_ not in (was, now)
            ]
            if wrong:
                print(f"{where}: neither old nor new: {wrong}")
            strays = _strays(folder, known)
            if strays:
                print(f"{where}: lies about: {strays}")
            _in_child(deed.do, folder, None)
            if _bytes(folder, deed) != new:
                print(f"{where}: the next run did not put it right")
            left = {path.relative_to(folder).as_posix() for path in folder.rglob("*")} - known
            if left:
                print(f"{where}: still there after the next run: {sorted(left)}")
            shutil.rmtree(folder)
    print(f"killed {killed}")


if __name__ == "__main__":
    from functools import partial

    from briefgen.batch import run

    run.run_batch = partial(run.run_batch, executor=Here())
    campaign(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
