"""`briefgen batch` as a person runs it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from batch.conftest import JOBS, Here
from briefgen.batch import run as run_module
from briefgen.cli import main
from briefgen.cli.bar import Bar, in_minutes


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are done in this process."""
    import contextlib

    from briefgen.batch import worker

    @contextlib.contextmanager
    def executor(*_: object) -> object:
        yield Here(), 1, lambda bases, templates: None
        worker.close_process()

    monkeypatch.setattr(run_module, "_executor", executor)


def test_paths_on_stdout_a_line_a_job_on_stderr(
    jobs: Path, here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", "jobs.yaml", "--out", "out"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        str(Path("out", name)) for name in ("energy.txt", "energy.md", "trade.txt", "trade.md")
    ]
    lines = [re.sub(r"\d+\.\d+ s", "N s", line) for line in said.err.splitlines()]
    assert lines == [
        "energy: written, 1 fact, N s", "trade: written, 1 fact, N s", "2 briefs: 2 written; N s",
    ]  # fmt: skip
    assert main(["batch", "jobs.yaml", "--out", "out"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 briefs: 2 unchanged" in said.err


def test_json_is_the_manifest(jobs: Path, here: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "jobs.yaml", "--out", "out", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(Path("out/manifest.json").read_text("utf-8"))
    assert [job["status"] for job in printed["jobs"]] == ["written", "written"]


def test_a_failed_job_is_an_error_line_and_exit_status_1(
    jobs: Path, here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs.write_text(JOBS.replace("[energy]", "[enrgy]"), "utf-8")
    assert main(["batch", "jobs.yaml", "--out", "out"]) == 1
    said = capsys.readouterr()
    assert "error: energy: jobs.yaml:4:36: the base has no topic 'enrgy'" in said.err
    assert "2 briefs: 1 written, 1 failed" in said.err
    assert len(said.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.yaml"], "gone.yaml: cannot read the file"),
        (["jobs.yaml", "--jobs", "0"], "--jobs: '0' is not a number of processes"),
        (["jobs.yaml", "--jobs", "two"], "--jobs: 'two' is not"),
        (["jobs.yaml", "--timeout", "-1"], "--timeout: '-1' is not a number of seconds"),
        (["jobs.yaml", "--timeout", "nan"], "--timeout: 'nan' is not"),
        (["jobs.yaml", "--scheduler", "http://x"], "--scheduler: 'http://x' is not a scheduler's"),
        (["jobs.yaml", "--scheduler", "tcp://x"], "write it as tcp://host:8786"),
        (["jobs.yaml", "--scheduler", "tcp://x:1", "--jobs", "2"], "leave one of the two out"),
        (["jobs.yaml", "--out", "jobs.yaml"], "cannot make the folder jobs.yaml"),
        (["jobs.yaml", "--out", ""], "--out: the path is empty"),
    ],
)
def test_wrong_usage_is_one_line_and_nothing_is_written(
    jobs: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["batch", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith("error: ")
    assert told.count("\n") == 1
    assert not Path("manifest.json").exists()


def test_a_full_disk_is_told_with_what_to_do(
    jobs: Path, here: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen import files

    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write_through", full)
    assert main(["batch", "jobs.yaml", "--out", "out"]) == 1
    told = capsys.readouterr().err
    assert (
        "error: cannot write out/energy.txt: no space left on device; make room, or choose " in told
    )
    assert "run again: what is done is not done again" in told
    assert "1 failed, 1 not begun" in told


# --- the bar ------------------------------------------------------------------------------------


def test_the_bar_shows_what_is_done_failed_and_left() -> None:
    now = [0.0]
    bar = Bar(io.StringIO(), 10, clock=lambda: now[0])
    assert bar.text(60) == "0 of 10 [" + " " * 40 + "]"
    now[0] = 20.0
    for number in range(4):
        bar.step(failed=number == 0)
    assert bar.text(60) == "4 of 10 [" + "=" * 11 + " " * 18 + "]  1 failed  0:30 left"
    assert bar.text(20) == "4 of 10  1 failed  0"


def test_what_took_no_work_does_not_shorten_the_guess() -> None:
    now = [0.0]
    bar = Bar(io.StringIO(), 10, clock=lambda: now[0])
    for _ in range(8):
        bar.step(worked=False)
    now[0] = 10.0
    bar.step()
    assert "0:10 left" in bar.text(79)


@pytest.mark.parametrize(("columns", "done"), [(10, 0), (24, 5), (40, 10), (79, 3), (200, 7)])
def test_the_bar_fits(columns: int, done: int) -> None:
    bar = Bar(io.StringIO(), 10)
    for _ in range(done):
        bar.step()
    assert len(bar.text(columns)) <= columns


def test_the_bar_is_wiped_before_a_line() -> None:
    screen = io.StringIO()
    bar = Bar(screen, 2)
    bar.step()
    shown = len(bar.text(79))
    assert screen.getvalue() == "\r" + bar.text(79)
    bar.wipe()
    screen.write("error: x\n")
    assert screen.getvalue().endswith("\r" + " " * shown + "\rerror: x\n")


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59.6, "1:00"), (750, "12:30"), (3723, "1:02:03")]
)
def test_minutes(seconds: float, told: str) -> None:
    assert in_minutes(seconds) == told


# --- real processes -----------------------------------------------------------------------------


def start(*arguments: str) -> subprocess.Popen[str]:
    """`briefgen batch` in a process of its own, the leader of its group as under a shell."""
    return subprocess.Popen(
        [sys.executable, "-m", "briefgen", "batch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def matrix(count: int) -> str:
    numbers = ", ".join(str(number) for number in range(count))
    return f"""\
format: 1
defaults: {{base: base, template: chronology, style: ieee, outputs: [docx, pdf]}}
matrix:
  values: {{n: [{numbers}]}}
  job: {{name: "job-{{n}}", title: "Number {{n}}", select: {{topics: [energy]}}}}
"""


@pytest.mark.slow
def test_with_real_processes(jobs: Path) -> None:
    with start("jobs.yaml", "--out", "out", "--jobs", "2") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert sorted(out.split()) == sorted(
        str(Path("out", name)) for name in ("energy.txt", "energy.md", "trade.txt", "trade.md")
    )
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "energy.md", "energy.txt", "manifest.json", "trade.md", "trade.txt",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_cleanly_with_130_and_the_next_run_does_the_rest(jobs: Path) -> None:
    jobs.write_text(matrix(60), "utf-8")
    with start("jobs.yaml", "--out", "out", "--jobs", "2") as process:
        assert process.stdout is not None
        first = process.stdout.readline().strip()  # something is done
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "interrupted; what was done is kept" in err
    manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
    done = [job["name"] for job in manifest["jobs"]]
    assert 1 <= len(done) < 60
    names = {path.name for path in Path("out").iterdir()}
    assert names == {"manifest.json", *(f"{n}.{s}" for n in done for s in ("docx", "pdf"))}
    before = Path(first).stat().st_mtime_ns
    with start("jobs.yaml", "--out", "out") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert len(out.splitlines()) == 2 * (60 - len(done))
    assert Path(first).stat().st_mtime_ns == before


LOOP = (
    "format: 1\nlabel: Endless\ndescription: It loops.\ntitle: Endless\n"
    "sections:\n- id: endless\n  heading: Endless\n  show: text\n  text: >-\n    "
    + "".join(f"{{% for v{n} in 'abcdefghijklmnopqrstuvwxyz' %}}" for n in range(9))
    + "{% endfor %}" * 9
    + "\n"
)


def family(mark: str) -> set[int]:
    """The processes that have `mark` in their environment: the batch and all that it started."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("whole_group", [False, True])
def test_nobody_stays_when_it_is_ended_in_the_middle_of_a_job_without_end(
    jobs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    whole_group: bool,
) -> None:
    (tmp_path / "config/briefgen/templates").mkdir(parents=True)
    (tmp_path / "config/briefgen/templates/loop.yaml").write_text(LOOP, "utf-8")
    jobs.write_text(JOBS + "- {name: endless, template: loop}\n", "utf-8")
    # The sandbox would end it soon: for once, every process that is started lets it go on.
    (tmp_path / "sitecustomize.py").write_text(
        "from briefgen.brief.template import jinja_sandbox\njinja_sandbox.MOST_STEPS = 10**18\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    mark = f"BRIEFGEN_TEST_FAMILY={tmp_path}"
    monkeypatch.setenv(*mark.split("=", 1))
    with start("jobs.yaml", "--out", "out", "--jobs", "2") as process:
        assert process.stdout is not None
        for _ in range(4):
            assert process.stdout.readline()  # the two others are done
        time.sleep(1.0)
        assert process.poll() is None
        assert len(family(mark)) > 3
        (os.killpg if whole_group else os.kill)(process.pid, number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == (-9 if number == signal.SIGKILL else 128 + number), err
    end = time.monotonic() + 5
    while family(mark) and time.monotonic() < end:
        time.sleep(0.05)
    left = family(mark)
    for each in left:
        os.kill(each, signal.SIGKILL)
    assert not left
    if number != signal.SIGKILL:
        lines = err.splitlines()
        assert lines[-1] == "interrupted; what was done is kept, and the next run does the rest"
        assert "Traceback" not in err
        manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
        assert [job["name"] for job in manifest["jobs"]] == ["energy", "trade"]
        assert {path.name for path in Path("out").iterdir()} == {
            "manifest.json", "energy.txt", "energy.md", "trade.txt", "trade.md",
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_three_times_and_finished_every_file_is_whole_and_none_made_twice(
    jobs: Path, tmp_path: Path
) -> None:
    import random

    import judges

    jobs.write_text(matrix(40), "utf-8")
    chance = random.Random(7)
    made: dict[str, int] = {}
    for _ in range(3):
        with start("jobs.yaml", "--out", "out", "--jobs", "2") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.5))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
        for path in Path("out").glob("job-*"):
            made.setdefault(path.name, path.stat().st_mtime_ns)
    with start("jobs.yaml", "--out", "out") as process:
        _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
    assert len(manifest["jobs"]) == 40
    from hashlib import sha256

    for job in manifest["jobs"]:
        for file in job["files"]:
            data = (Path("out") / file["path"]).read_bytes()
            assert (sha256(data).hexdigest(), len(data)) == (file["sha256"], file["bytes"])
    assert {path.name for path in Path("out").iterdir()} == {
        "manifest.json", *(f"job-{n}.{s}" for n in range(40) for s in ("docx", "pdf")),
    }  # fmt: skip
    both = {
        name for name in made if {f"{name.split('.')[0]}.{s}" for s in ("docx", "pdf")} <= set(made)
    }
    assert both
    assert {name: (Path("out") / name).stat().st_mtime_ns for name in both} == {
        name: made[name] for name in both
    }
    some = chance.sample(range(40), 4)
    for number in some:
        assert judges.qpdf_errors(Path(f"out/job-{number}.pdf").read_bytes(), tmp_path) == []
        assert (
            judges.open_xml_sdk_errors(Path(f"out/job-{number}.docx").read_bytes(), tmp_path) == []
        )


@pytest.mark.slow
def test_poisoned_workers_cost_their_own_jobs_alone(jobs: Path) -> None:
    from batch import poison
    from briefgen.batch.pool import WorkerPool

    text = matrix(20) + (
        "jobs:\n- {name: killed, select: {topics: [energy]}}\n"
        "- {name: memory, select: {topics: [energy]}}\n- {name: slow, select: {topics: [energy]}}\n"
    )
    jobs.write_text(text, "utf-8")
    pool = WorkerPool(2, memory=600 * 2**20, timeout=5)
    try:
        ran = run_module.run_batch(
            run_module.BatchRequest(jobs, Path("out")), work=poison.work, executor=pool
        )
    finally:
        pool.kill()
    failed = {entry.name: entry.error for entry in ran.entries if entry.status == "failed"}
    assert set(failed) == {"killed", "memory", "slow"}
    assert "killed by SIGKILL" in failed["killed"]
    assert "memory" in failed["memory"]
    assert "longer than 5 s" in failed["slow"]
    assert sum(entry.status == "written" for entry in ran.entries) == 20


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_no_half_file(jobs: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(small)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small disk is not allowed here")
    try:
        jobs.write_text(matrix(60), "utf-8")
        with start("jobs.yaml", "--out", str(small / "out")) as process:
            _, err = process.communicate(timeout=120)
        assert process.returncode == 1, err
        assert "no space left on device; make room" in err
        assert "Traceback" not in err
        manifest = json.loads((small / "out/manifest.json").read_text("utf-8"))
        whole = {f["path"]: f["bytes"] for job in manifest["jobs"] for f in job["files"]}
        for path in (small / "out").glob("*.[dp]*"):
            assert path.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
            assert path.name in whole or (small / "out/.manifest.json.journal.tmp").exists()
        assert not list((small / "out").glob(".job*"))
    finally:
        subprocess.run(["umount", str(small)], check=False)
