"""What a run makes, leaves alone, and tells; the jobs done in this process, one after another."""

from __future__ import annotations

import errno
import json
import os
from datetime import date
from pathlib import Path

import pytest

from batch.conftest import JOBS, Here, run_here
from briefgen import files
from briefgen.batch import run as run_module
from briefgen.batch.manifest import JOURNAL_NAME
from briefgen.batch.worker import Outcome, Task, make_job
from briefgen.errors import InputError, OutputError
from written_files import write_files

OUT = Path("out")


def statuses() -> dict[str, str]:
    manifest = json.loads((OUT / "manifest.json").read_text("utf-8"))
    return {job["name"]: job["status"] for job in manifest["jobs"]}


def times() -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in OUT.iterdir() if path.suffix != ".json"}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_every_file_is_written_and_nothing_else(jobs: Path) -> None:
    ran, seen = run_here(jobs)
    assert sorted(path.name for path in OUT.iterdir()) == [
        "energy.md", "energy.txt", "manifest.json", "trade.md", "trade.txt",
    ]  # fmt: skip
    assert seen.written == ["energy.txt", "energy.md", "trade.txt", "trade.md"]
    assert "Talks on oil were opened" in (OUT / "energy.txt").read_text("utf-8")
    assert (ran.failed, ran.stopped) == (0, "")
    assert [(entry.name, entry.facts) for entry in ran.entries] == [("energy", 1), ("trade", 1)]


def test_it_writes_what_export_writes(jobs: Path, tmp_path: Path) -> None:
    from briefgen.cli import main

    run_here(jobs)
    flags = ["--base", "base", "--topic", "energy", "--template", "chronology", "--style", "ieee"]
    assert main(["export", *flags, "--out", "one.txt"]) == 0
    assert (OUT / "energy.txt").read_bytes() == Path("one.txt").read_bytes()


def test_a_second_run_does_nothing_and_files_keep_their_times(jobs: Path) -> None:
    run_here(jobs)
    before = times()

    def never(task: Task) -> Outcome:
        raise AssertionError(task.name)

    ran, seen = run_here(jobs, work=never)
    assert statuses() == {"energy": "unchanged", "trade": "unchanged"}
    assert times() == before
    assert seen.written == []
    assert [entry.facts for entry in ran.entries] == [1, 1]


@pytest.mark.parametrize(
    ("file", "old", "new", "status"),
    [
        ("base/facts/energy.yaml", "were opened", "began", "written"),
        ("base/sources.yaml", "Oil talks open", "Oil talks begin", "written"),
        ("base/facts/trade.yaml", "542", "543", "unchanged"),
        ("base/facts/energy.yaml", "- id: oil-talks\n", "# said twice\n- id: oil-talks\n", "unchanged"),
        ("jobs.yaml", "{name: energy,", "{name: energy, title: Oil,", "written"),
        ("jobs.yaml", "style: ieee", "style: apa", "written"),
        ("jobs.yaml", "format: 1\n", "format: 1\n# moved\n", "unchanged"),
        ("jobs.yaml", "topics: [energy]", "topics: [energy, empty]", "written"),
    ],
)  # fmt: skip
def test_what_changed_is_done_again_and_only_that(
    jobs: Path, file: str, old: str, new: str, status: str
) -> None:
    run_here(jobs)
    before = times()
    change(Path(file), old, new)
    run_here(jobs)
    assert statuses()["energy"] == status
    assert (times()["energy.txt"] == before["energy.txt"]) is (status == "unchanged")


def test_a_changed_template_counts_for_the_jobs_that_have_it(jobs: Path, tmp_path: Path) -> None:
    own = tmp_path / "config/briefgen/templates"
    template = "format: 1\nlabel: Own\ndescription: Own.\ntitle: Own\nsections: [{id: all, heading: All, show: bullets}]\n"
    write_files(own, {"own.yaml": template})
    change(jobs, "{name: energy,", "{name: energy, template: own,")
    ran, _ = run_here(jobs)
    assert not ran.failed, ran.entries[0].error
    change(own / "own.yaml", "heading: All", "heading: Everything")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "unchanged"}


def test_another_day_alone_changes_nothing_but_a_date_that_is_asked_for_does(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(jobs)
    assert "21 November 2026" in (OUT / "energy.txt").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1895219200")
    change(Path("base/facts/trade.yaml"), "542", "543")  # so that there is something to look at
    run_here(jobs)
    assert statuses() == {"energy": "unchanged", "trade": "written"}
    change(jobs, "{name: energy,", "{name: energy, date: 2026-11-21,")
    run_here(jobs)
    assert statuses()["energy"] == "written"


def test_another_version_of_the_program_does_all_again(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_here(jobs)
    monkeypatch.setattr(run_module, "maker_key", lambda: "another")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "written"}


def test_a_changed_house_document_counts(jobs: Path) -> None:
    import docx

    house = docx.Document()
    house.save("house.docx")
    change(jobs, "outputs: [txt, md]", "outputs: docx, house: house.docx")
    run_here(jobs)
    house.styles["Normal"].font.name = "Arial"
    house.save("house.docx")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "written"}


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_file_that_is_not_as_it_was_is_written_again(jobs: Path, harm: str) -> None:
    run_here(jobs)
    good = (OUT / "energy.md").read_bytes()
    if harm == "change":
        (OUT / "energy.md").write_bytes(good + b" ")
    else:
        (OUT / "energy.md").unlink()
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "unchanged"}
    assert (OUT / "energy.md").read_bytes() == good


def test_other_outputs_are_another_job(jobs: Path) -> None:
    run_here(jobs)
    change(jobs, "outputs: [txt, md]", "outputs: [txt]")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "written"}
    assert (OUT / "energy.md").exists()  # what nobody asks for any more is not ours to remove


def test_force_does_all_again(jobs: Path) -> None:
    run_here(jobs)
    run_here(jobs, force=True)
    assert statuses() == {"energy": "written", "trade": "written"}


POISONED = """\
- {name: bad-topic, select: {topics: [enrgy]}}
- {name: no-template, template: none-such}
- {name: broken-template, template: broken}
- {name: no-style, style: none-such}
- {name: nothing, select: {topics: [empty]}}
- {name: no-house, house: none.docx, outputs: [docx]}
- {name: folder}
"""


def test_a_job_that_fails_is_told_with_its_reason_and_the_others_go_on(
    jobs: Path, tmp_path: Path
) -> None:
    write_files(tmp_path / "config/briefgen/templates", {"broken.yaml": "format: 1\nlabel: [\n"})
    jobs.write_text(JOBS + POISONED, "utf-8")
    (OUT / "folder.txt").mkdir(parents=True)
    ran, seen = run_here(jobs)
    failed = {entry.name: entry.error for entry in ran.entries if entry.status == "failed"}
    assert [entry.status for entry in ran.entries[:2]] == ["written", "written"]
    assert failed == {
        "bad-topic": "jobs.yaml:6:39: the base has no topic 'enrgy'; did you mean 'energy'?",
        "no-template": failed["no-template"],
        "broken-template": failed["broken-template"],
        "no-style": failed["no-style"],
        "nothing": "jobs.yaml:10:19: the selection finds no fact; widen the dates or topics; "
        "'briefgen topics' lists what there is",
        "no-house": "jobs.yaml:11:27: cannot read the house document none.docx (No such file or directory); "
        "name a .docx or .dotx file that you may read",
        "folder": f"cannot write {OUT / 'folder.txt'}: it is a folder; move it away, or choose "
        "another name",
    }
    assert "no template 'none-such'" in failed["no-template"]
    assert "broken.yaml:2:9: not valid YAML" in failed["broken-template"]
    assert "none-such" in failed["no-style"]
    assert seen.traces == []
    assert not (OUT / "folder.md").exists()  # all files of a job, or none
    assert statuses()["bad-topic"] == "failed"


def test_a_fault_of_our_own_is_a_failed_job_with_a_traceback(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.batch import worker

    def broken(task: Task) -> Outcome:
        if task.name == "energy":
            raise KeyError("oh")
        return real(task)

    real = worker._make
    monkeypatch.setattr(worker, "_make", broken)
    ran, seen = run_here(jobs)
    assert [entry.status for entry in ran.entries] == ["failed", "written"]
    assert ran.entries[0].error == "briefgen itself failed (KeyError: 'oh'); please report it"
    assert "KeyError" in seen.traces[0]


def test_a_job_that_failed_is_tried_again(jobs: Path) -> None:
    run_here(jobs)
    change(jobs, "topics: [energy]", "topics: [enrgy]")
    run_here(jobs)
    assert statuses() == {"energy": "failed", "trade": "unchanged"}
    change(jobs, "topics: [enrgy]", "topics: [energy]")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "unchanged"}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("base/base.yaml", "format: 1\n", "base.yaml"),
        ("base/facts/energy.yaml", "- [", "energy.yaml"),
        ("jobs.yaml", "format: 1\njobs: [{name: a, base: gone}]\n", "jobs.yaml:2:24"),
        ("jobs.yaml", "format: 1\njobs: [{name: a}, {name: a}]\n", "jobs.yaml:2:26"),
    ],
)  # fmt: skip
def test_what_nothing_can_be_made_of_stops_the_run(
    jobs: Path, file: str, text: str, said: str
) -> None:
    Path(file).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said.replace(".", r"\.")):
        run_here(jobs)
    assert not OUT.exists() or not list(OUT.iterdir())


def test_single_faulty_facts_are_left_out_and_told(jobs: Path) -> None:
    change(Path("base/facts/trade.yaml"), "source: s2", "source: s9")
    change(jobs, "topics: [trade]", "topics: [trade, energy]")
    ran, _ = run_here(jobs)
    assert [str(problem.origin) for problem in ran.problems] == ["base/facts/trade.yaml:6:20"]
    assert statuses() == {"energy": "written", "trade": "written"}


def test_a_brief_over_its_budget_is_written_and_told_next_time_too(jobs: Path) -> None:
    facts = "".join(
        f"- {{id: f{n}, date: 2011, topics: [energy], kind: event, "
        f'statement: "{"Talks were held again and again. " * 8}", cites: [{{source: s1}}]}}\n'
        for n in range(60)
    )
    Path("base/facts/more.yaml").write_text(facts, "utf-8")
    change(jobs, "{name: energy,", "{name: energy, max_pages: 1,")
    ran, _ = run_here(jobs)
    over = ran.entries[0].over_budget
    assert "more than the 1 allowed" in over
    ran, _ = run_here(jobs)
    assert (ran.entries[0].status, ran.entries[0].over_budget) == ("unchanged", over)


def test_what_briefs_are_made_from_is_not_overwritten(jobs: Path) -> None:
    import docx

    docx.Document().save("energy.docx")
    change(jobs, "outputs: [txt, md]", "outputs: docx, house: energy.docx")
    with pytest.raises(OutputError, match="would overwrite what briefs are made from"):
        run_here(jobs, out=Path())


def test_a_job_with_email_gets_a_draft_with_its_files(jobs: Path) -> None:
    import email
    import email.policy

    change(jobs, "defaults: {", "defaults: {email: {to: [desk@example.org], subject: Monday}, ")
    change(jobs, "{name: trade,", "{name: trade, email: {subject: Trade}, ")
    ran, seen = run_here(jobs)
    assert ran.failed == 0, ran.entries
    assert "energy.eml" in seen.written
    message = email.message_from_bytes(
        (OUT / "trade.eml").read_bytes(), policy=email.policy.default
    )
    assert (message["To"], message["Subject"], message["X-Unsent"]) == (
        "desk@example.org", "Trade", "1",
    )  # fmt: skip
    names = [part.get_filename() for part in message.iter_attachments()]  # type: ignore[attr-defined]
    assert names == ["trade.txt", "trade.md"]
    run_here(jobs)
    assert statuses() == {"energy": "unchanged", "trade": "unchanged"}
    change(jobs, "subject: Monday", "subject: Tuesday")
    run_here(jobs)
    assert statuses() == {"energy": "written", "trade": "unchanged"}


# --- interrupted ---------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ended here."""


def test_a_run_that_ends_anywhere_leaves_whole_files_and_the_next_does_the_rest(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is ended before each single step by which it changes what is on disk."""
    steps = ["write", "rename", "replace", "link", "unlink"]
    jobs.write_text(JOBS, "utf-8")
    run_here(jobs)
    good = {path.name: path.read_bytes() for path in OUT.iterdir() if path.suffix != ".json"}
    ends = 0
    for end_at in range(1, 60):
        for path in list(OUT.iterdir()):
            path.unlink()
        count = 0

        def counted(name: str, real: object, end: int = end_at) -> object:
            def step(*arguments: object, **named: object) -> object:
                nonlocal count
                count += 1
                if count == end:
                    raise Killed
                return real(*arguments, **named)  # type: ignore[operator]

            return step

        with monkeypatch.context() as patched:
            for name in steps:
                patched.setattr(os, name, counted(name, getattr(os, name)))
            # A killed process does not tidy up after itself.
            patched.setattr(run_module, "finish", lambda manifest: manifest.close() or "")
            patched.setattr(files._Staged, "discard", files._Staged.release)
            try:
                run_here(jobs)
            except Killed:
                ends += 1
            else:
                break
        done = {path.name for path in OUT.iterdir()} & set(good)
        for name in done:
            assert (OUT / name).read_bytes() == good[name]
        before = {name: (OUT / name).stat().st_mtime_ns for name in done}
        ran, _ = run_here(jobs)
        assert {
            path.name: path.read_bytes() for path in OUT.iterdir() if path.suffix != ".json"
        } == good
        assert sorted(path.name for path in OUT.iterdir()) == sorted([*good, "manifest.json"])
        for entry in ran.entries:
            # A job whose files all were there is not made twice.
            whole = {file.path for file in entry.files} <= done
            assert (entry.status == "unchanged") is whole, (end_at, entry)
            if whole:
                assert all((OUT / f.path).stat().st_mtime_ns == before[f.path] for f in entry.files)
    assert ends > 10


def test_ctrl_c_keeps_what_was_done(jobs: Path) -> None:
    def interrupted(task: Task) -> Outcome:
        if task.name == "trade":
            raise KeyboardInterrupt
        return make_job(task)

    with pytest.raises(KeyboardInterrupt):
        run_here(jobs, work=interrupted, workers=1)
    run_here(jobs)
    assert statuses()["trade"] == "written"
    assert not (OUT / JOURNAL_NAME).exists()


def test_a_full_disk_stops_the_run_with_one_clear_reason(
    jobs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.write_text(JOBS + "- {name: third}\n", "utf-8")
    real = files._write_through

    def full(descriptor: int, data: bytes) -> None:
        if b"Trade stood" in data and b"format" not in data[:20]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor, data)

    monkeypatch.setattr(files, "_write_through", full)
    ran, _seen = run_here(jobs, workers=1)
    assert "no space left on device; make room" in ran.stopped
    assert [entry.status for entry in ran.entries][:2] == ["written", "failed"]
    assert not list(OUT.glob("trade*"))
    assert not list(OUT.glob(".trade*"))
    monkeypatch.setattr(files, "_write_through", real)
    run_here(jobs)
    assert statuses() == {"energy": "unchanged", "trade": "written", "third": "written"}


def test_two_runs_into_one_folder(jobs: Path) -> None:
    def again(task: Task) -> Outcome:
        with pytest.raises(OutputError, match="another batch"):
            run_module.run_batch(run_module.BatchRequest(jobs, OUT), executor=Here())
        return make_job(task)

    ran, _ = run_here(jobs, work=again)
    assert ran.failed == 0


def test_the_day_is_that_of_the_run(jobs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[date] = []

    def note(task: Task) -> Outcome:
        seen.append(task.today)
        return make_job(task)

    run_here(jobs, work=note)
    assert seen == [date(2026, 11, 21)] * 2


def test_a_base_that_cannot_be_read_leaves_no_folder(jobs: Path, base: Path) -> None:
    (base / "base.yaml").write_text("format: [", "utf-8")
    with pytest.raises(InputError):
        run_here(jobs, out=Path("new/out"))
    assert not Path("new").exists()
    OUT.mkdir()
    with pytest.raises(InputError):
        run_here(jobs)
    assert OUT.exists()
    assert not list(OUT.iterdir())
