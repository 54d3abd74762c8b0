"""What the command line does when things go wrong around it: one line, an exit status, no trace."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefgen.cli import edge, main, parser
from briefgen.errors import BriefgenError, InputError, Origin, OutputError, Problem, UsageError
from briefgen.facts.scaffold import init_base

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX streams and signals")


def raising(error: BaseException):  # type: ignore[no-untyped-def]
    """A command that fails."""

    def run(arguments: object) -> int:
        raise error

    return lambda argv: (SimpleNamespace(run=run), None)


ONE = Problem(Origin("b.yaml", 3, 7), "error", "no source", "add one under cites")
TWO = Problem(Origin("b.yaml", 9, 1), "warning", "odd\nname", "")


@pytest.mark.parametrize(
    ("error", "status", "lines"),
    [
        (UsageError("no topic 'x'", hint="did you mean 'y'?"), 2, ["no topic 'x'; did you mean 'y'?"]),
        (OutputError("cannot write a:\nfull"), 2, ["cannot write a: full"]),
        (BriefgenError("x", origin=Origin("a.yaml", 1, 2)), 2, ["a.yaml:1:2: x"]),
        (InputError("two things", problems=[ONE]), 2, ["two things", "b.yaml:3:7: no source; add one"]),
        (OSError(28, "No space left on device", "/x"), 2, ["/x: No space left on device; check"]),
    ],
)  # fmt: skip
def test_errors_are_one_line_each(
    run, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, lines: list[str]
) -> None:
    monkeypatch.setattr(parser, "parse", raising(error))

    result = run("x")

    assert (result.status, result.out) == (status, "")
    told = result.err.splitlines()
    assert len(told) == len(lines)
    for line, start in zip(told, lines, strict=True):
        assert line.startswith(f"error: {start}")


def test_every_problem_of_an_input_is_told_once(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "parse", raising(InputError.from_problems([ONE, TWO])))

    assert run("x").err == (
        "error: b.yaml:3:7: no source; add one under cites\nwarning: b.yaml:9:1: odd name\n"
    )


def test_ctrl_c_is_quiet(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "parse", raising(KeyboardInterrupt()))

    assert run("x") == type(run("x"))(130, "", "")


def test_a_fault_of_ours_is_one_line_and_its_traceback_is_in_the_log(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parser, "parse", raising(ZeroDivisionError("of\nours")))

    result = run("x")

    assert result.status == 2
    (line,) = result.err.splitlines()
    assert line.startswith("error: briefgen itself failed (ZeroDivisionError: of ours); please")
    (log,) = (tmp_path / "state").rglob("faults.log")
    assert "Traceback (most recent call last)" in log.read_text("utf-8")
    assert line.endswith(str(log))


def test_a_memory_that_is_full_is_no_fault_of_ours(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parser, "parse", raising(MemoryError()))

    result = run("x")

    assert result.status == 2
    (line,) = result.err.splitlines()
    assert line.startswith("error: there is not enough memory for this; split the file that is ")
    assert not [*(tmp_path / "state").rglob("faults.log")]


def test_a_log_that_cannot_be_kept_is_no_second_fault(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parser, "parse", raising(ZeroDivisionError()))
    (tmp_path / "state").write_text("a file where a folder should be")

    result = run("x")

    assert result.err == (
        "error: briefgen itself failed (ZeroDivisionError); "
        "set BRIEFGEN_DEBUG=1 to see where, and please report it\n"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("settings", "start"),
    [
        ({"TERM": "xterm"}, "\033[1;31merror:\033[0m "),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "error: "),
        ({"TERM": "dumb"}, "error: "),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], start: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(parser, "parse", raising(UsageError("wrong")))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    assert edge.run(["x"]) == 2
    assert terminal.getvalue() == f"{start}wrong\n"


def briefgen(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, for what concerns streams."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "briefgen", *arguments],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "check": False} | settings,
    )


@posix_only
def test_utf8_whatever_the_locale_says() -> None:
    done = briefgen(
        "facts", "--xyzzy–ж", env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    )

    assert done.stderr == "error: unknown option --xyzzy–ж; see 'briefgen facts --help'\n".encode()


@posix_only
def test_a_reader_that_has_left_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = briefgen("schema", "brief", stdout=writing)
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_does_not_fit_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = briefgen("schema", "brief", stdout=full)

    assert done.returncode == 2
    said = b"error: standard output: No space left on device; check the disk and try again\n"
    assert done.stderr == said


@pytest.mark.parametrize(
    "line",
    [
        "export --topic energy.gas --out {long}.txt",
        "export --topic energy.gas --format txt --out {long}/",
        "facts --xlsx {long}.xlsx",
        "export {long}.brief.yaml",
        "import facts table.csv --base . --to {long}.yaml --set topics=energy",
        "import facts {long}.csv --base .",
        "import sources {long}.bib --base .",
        "batch {long}.yaml",
        "facts --base {long}",
        "export --base . --template fact-sheet --templates {long}",
        "export --base . --style {long}.csl",
        "export --base . --style ./{long}.csl",
        "export --base . --house {long}.docx",
        "init {long}",
        "init {long}/base",
        "email {long}.pdf --draft draft.eml",
        "capture {long}.html --base .",
    ],
)
def test_a_name_that_is_too_long_is_told_as_that(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init_base(tmp_path)
    (tmp_path / "table.csv").write_text("statement,kind,cites\nOne.,event,gazette\n")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    assert main(line.format(long="x" * 300).split()) == 2

    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "name" in told
    assert "too long" in told
    assert "shorter" in told
    assert "disk" not in told
    assert sorted(tmp_path.rglob("*")) == before


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("export --topic energy.gas --format txt,json --out made/", "*"),
        ("email x.brief.yaml --draft made/x.eml", "x.eml"),
        ("facts --topic energy.gas --xlsx made/x.xlsx", "x.xlsx"),
        ("init made", "base.yaml"),
        ("batch x.yaml --out made", "*.txt"),
        ("batch x.yaml --out made --json", "*.txt"),
    ],
)
def test_what_was_written_counts_as_done_where_that_cannot_be_told(
    tmp_path: Path, line: str, made: str
) -> None:
    (tmp_path / "x.brief.yaml").write_text("format: 1\nselect: {topics: [energy.gas]}\n")
    (tmp_path / "x.yaml").write_text(
        "format: 1\ndefaults: {outputs: [txt]}\njobs:\n"
        "- {name: a, select: {topics: [energy.gas]}}\n- {name: b, select: {topics: [energy.oil]}}\n"
    )
    if not line.startswith("init"):
        (tmp_path / "made").mkdir()
    with Path("/dev/full").open("wb") as full:
        done = briefgen(*line.split(), stdout=full, cwd=tmp_path)

    told = done.stderr.decode().splitlines()
    assert done.returncode == 1, told
    said = "No space left on device; what follows is done all the same, and cannot be told there"
    assert [line for line in told if line.startswith("error:")] == [
        f"error: standard output: {said}"
    ]
    assert len(list((tmp_path / "made").glob(made))) == (2 if "*" in made else 1)


@posix_only
@pytest.mark.parametrize(
    "line",
    ["--version", "facts --csv --topic energy", "facts --topic energy", "export --format txt"],
)
def test_a_closed_stdout_is_no_fault(tmp_path: Path, line: str) -> None:
    done = briefgen(*line.split(), stdout=None, preexec_fn=lambda: os.close(1), cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, b"")
