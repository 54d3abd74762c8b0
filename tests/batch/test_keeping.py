"""What others wrote in the place of a batch's files is kept; its manifest knows its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from batch.conftest import Here, run_here
from briefgen.batch import run as run_module
from briefgen.cli import main
from briefgen.folders import written_folder

OUT = Path("out")


def kept() -> dict[str, str]:
    return {path.name.partition(" (")[0]: path.read_text("utf-8") for path in OUT.glob("* (kept *")}


def change_facts() -> None:
    for path in Path("base/facts").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("statement: ", "statement: Now "), "utf-8")


def test_its_own_files_are_replaced_without_a_copy(jobs: Path) -> None:
    run_here(jobs)
    change_facts()
    run_here(jobs)

    assert "Now " in (OUT / "energy.txt").read_text("utf-8")
    assert kept() == {}
    assert not written_folder().exists()


def test_a_file_edited_by_hand_is_kept_and_told(
    jobs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import contextlib

    from briefgen.batch import worker

    @contextlib.contextmanager
    def executor(*_: object) -> object:
        yield Here(), 1, lambda bases, templates: None
        worker.close_process()

    monkeypatch.setattr(run_module, "_executor", executor)
    assert main(["batch", "jobs.yaml", "--out", "out"]) == 0
    (OUT / "energy.txt").write_text("by hand", "utf-8")
    capsys.readouterr()

    assert main(["batch", "jobs.yaml", "--out", "out"]) == 0

    assert kept() == {"energy": "by hand"}
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith(
        f"kept: {OUT / 'energy.txt'} was edited since briefgen wrote it, or is not of this brief: "
    )
    assert err[1].startswith("energy: written")
    (OUT / "energy.txt").write_text("by hand again", "utf-8")
    assert main(["batch", "jobs.yaml", "--out", "out", "--force"]) == 0
    assert kept() == {"energy": "by hand"}


def test_what_was_there_before_the_first_run_is_kept(jobs: Path) -> None:
    OUT.mkdir()
    (OUT / "trade.md").write_text("a memo", "utf-8")
    run_here(jobs)

    assert kept() == {"trade": "a memo"}


def test_a_job_that_failed_in_between_still_knows_its_files(jobs: Path) -> None:
    run_here(jobs)
    good = {path: path.read_bytes() for path in Path("base/facts").glob("*.yaml")}
    for path in good:
        path.write_text("[]\n", "utf-8")
    ran, _ = run_here(jobs)
    assert ran.failed == 2
    earlier = json.loads((OUT / "manifest.json").read_text("utf-8"))["earlier"]
    assert [file["path"] for file in earlier] == [
        "energy.md", "energy.txt", "trade.md", "trade.txt",
    ]  # fmt: skip
    for path, data in good.items():
        path.write_bytes(data)
    change_facts()
    run_here(jobs)

    assert kept() == {}
    assert "earlier" not in json.loads((OUT / "manifest.json").read_text("utf-8"))


def test_a_run_that_ended_while_writing_still_knows_the_old_file(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(jobs)
    change_facts()

    def killed(*said: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:  # its journal says what it was about to write
        patch.setattr(run_module, "write_keeping", killed)
        with pytest.raises(KeyboardInterrupt):
            run_here(jobs)
    run_here(jobs)

    assert kept() == {}


def test_what_cannot_be_kept_fails_its_job_and_stays(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OUT.mkdir()
    (OUT / "trade.md").write_text("a memo", "utf-8")

    def refuse(*said: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr("shutil.copyfileobj", refuse)
    ran, _ = run_here(jobs)

    assert (OUT / "trade.md").read_text("utf-8") == "a memo"
    assert [entry.status for entry in ran.entries] == ["written", "failed"]
    assert "cannot be kept beside (operation not permitted)" in ran.entries[1].error
