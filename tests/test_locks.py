"""Whoever reads, compares and replaces is alone in it, and nothing of anybody's is lost."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from briefgen import locks
from briefgen.brief.spec.model import BriefSpec
from briefgen.editing.importing_sources import import_sources
from briefgen.errors import InputError, OutputError
from briefgen.facts.scaffold import init_base
from briefgen.gui.view_models.brief.saving import ChangedOnDiskError, open_brief, save_brief
from briefgen.locks import alone
from briefgen.writing.plan import LOCK_NAME, Plan

SPAWN = multiprocessing.get_context("spawn")  # as on Windows, wherever the tests run


def together(work: Any, *each: tuple[Any, ...]) -> list[str]:
    """What `work(*arguments)` came to in processes of their own that begin at one moment."""
    barrier, answers = SPAWN.Barrier(len(each)), SPAWN.Queue()
    running = [
        SPAWN.Process(target=_begin, args=(barrier, answers, work, arguments)) for arguments in each
    ]
    for process in running:
        process.start()
    said = [answers.get(timeout=60) for _ in running]
    for process in running:
        process.join(60)
    answers.close()
    answers.join_thread()
    return sorted(said)


def _begin(barrier: Any, answers: Any, work: Any, arguments: tuple[Any, ...]) -> None:
    barrier.wait(60)
    try:
        work(*arguments)
    except Exception as error:
        answers.put(type(error).__name__)
    else:
        answers.put("done")


def _import(file: Path, base: Path) -> None:
    import_sources(file, base, format_=None, dry_run=False)


def test_what_several_import_at_once_is_all_there(tmp_path: Path) -> None:
    base = tmp_path / "base"
    init_base(base)
    tasks = []
    for who in range(4):
        file = tmp_path / f"{who}.json"
        entries = (
            f'{{"id": "w{who}n{n}", "type": "book", "title": "T {who} {n}"}}' for n in range(9)
        )
        file.write_text(f"[{','.join(entries)}]")
        tasks.append((file, base))
    assert together(_import, *tasks) == ["done"] * 4
    text = (base / "sources.yaml").read_text()
    assert [f"- id: w{who}n{n}\n" in text for who in range(4) for n in range(9)] == [True] * 36
    assert not (base / LOCK_NAME).exists()


def _save(path: Path, seen: str, title: str) -> None:
    save_brief(BriefSpec(title=title), path, seen)


def test_of_two_who_save_one_brief_at_once_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.brief.yaml"
    seen = save_brief(BriefSpec(title="Old"), path)
    tasks = [(path, seen, f"New {number}") for number in range(3)]
    assert together(_save, *tasks) == ["ChangedOnDiskError", "ChangedOnDiskError", "done"]
    assert (open_brief(path).spec.title or "").startswith("New ")
    assert [each.name for each in tmp_path.iterdir()] == ["x.brief.yaml"]


def test_the_app_does_not_overwrite_what_the_command_line_added(tmp_path: Path) -> None:
    base = tmp_path / "base"
    init_base(base)
    plan = Plan()
    plan.add(base / "sources.yaml", [{"id": "mine", "type": "book", "title": "Mine"}])
    file = tmp_path / "theirs.json"
    file.write_text('[{"id": "theirs", "type": "book", "title": "Theirs"}]')
    subprocess.run(
        [sys.executable, "-m", "briefgen", "import", "sources", str(file), "--base", str(base)],
        check=True, capture_output=True,
    )  # fmt: skip
    with pytest.raises(InputError, match="has changed in the meantime, nothing was written"):
        plan.write()
    assert "- id: theirs" in (base / "sources.yaml").read_text()


HOLD = """\
import os, signal, sys
from pathlib import Path
from briefgen.locks import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_who_is_killed_while_holding_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / LOCK_NAME
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
        with pytest.raises(OutputError, match="another program keeps writing in"), alone(path):
            pass
        holder.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with alone(path) as why:
        assert why == ""
    assert not path.exists()


def test_threads_take_turns_and_who_has_it_may_ask_again(tmp_path: Path) -> None:
    inside, most = [], []

    def work() -> None:
        for _ in range(20):
            with alone(tmp_path / "x.lock"), alone(tmp_path / "x.lock"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def test_without_locks_it_is_said_and_still_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(path: Path) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(locks, "hold", none)
    base = tmp_path / "base"
    init_base(base)
    one, other = Plan(), Plan()
    for number, plan in enumerate((one, other)):
        plan.add(base / "sources.yaml", [{"id": f"n{number}", "type": "book", "title": "T"}])
    assert "others could not be kept from writing" in one.write().warning
    with pytest.raises(InputError, match="has changed in the meantime"):
        other.write()
    path = tmp_path / "x.brief.yaml"
    seen = save_brief(BriefSpec(title="Old"), path)
    save_brief(BriefSpec(title="New"), path, seen)
    with pytest.raises(ChangedOnDiskError):
        save_brief(BriefSpec(title="Other"), path, seen)
