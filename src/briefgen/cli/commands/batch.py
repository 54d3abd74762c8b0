"""`briefgen batch`: many briefs in one run."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from briefgen.cli.asking import check_somebody_answers
from briefgen.cli.bar import Bar
from briefgen.cli.edge import DONE, FOUND, say, say_error, tell_done
from briefgen.cli.faults import name_faults, name_kept, name_warnings
from briefgen.cli.flags import add_flag
from briefgen.cli.interrupts import raising
from briefgen.cli.terminal import is_terminal
from briefgen.errors import OutputError, UsageError, one_line
from briefgen.folders import at_home

if TYPE_CHECKING:
    from briefgen.batch.manifest import Entry
    from briefgen.batch.posting import PostWatcher
    from briefgen.batch.run import Ran
    from briefgen.keeping import KeptFile

DESCRIPTION = """\
Write many briefs: those that a jobs file lists, and one for each combination of a matrix. They are
made on all processors, and only those whose facts, sources, template, style or request changed
since the last run. Prints the path of every file written; manifest.json in the output folder says
what became of each job.

A file that is not as a batch last wrote it, such as one that you edited, is first kept beside under
another name, and you are told. A job that fails is told with its reason, and the others go on; the
exit status is 1 then. A run that was interrupted picks up where it stopped.

With --send, messages of jobs that say 'email: {to: ..., send: true}' are mailed once all briefs are
made: only those that say something new, and to each recipient once. Nothing is ever sent without
--send, nor, unless you say --yes, without a question."""

EXAMPLES = """\
  briefgen batch monday.yaml --out briefs/
  briefgen batch monday.yaml --out briefs/ --jobs 2 --timeout 60
  briefgen batch monday.yaml --out briefs/ --scheduler tcp://cluster.example.org:8786
  briefgen batch monday.yaml --out briefs/ --send           mails them, after a question

a jobs file, monday.yaml:
  format: 1
  defaults: {template: country-brief, style: ieee, outputs: [docx, pdf]}
  jobs:
  - name: energy                  # names the files: energy.docx, energy.pdf
    select: {topics: [energy], from: 2011}
  - brief: defence.brief.yaml
  matrix:                         # one job for each combination
    values: {topic: [energy, trade], year: [2011, 2012]}
    job: {name: "{topic}-{year}", select: {topics: ["{topic}"], from: "{year}", to: "{year}"}}"""

MOST_WORKERS = 512


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_flag(parser, "file", "jobs_file", metavar="JOBS.yaml", help="the jobs")
    add_flag(
        parser,
        "directory",
        "--out",
        metavar="DIR",
        help="the folder for all files, made if missing (default: here)",
    )
    parser.add_argument(
        "--jobs", metavar="N", help="how many to make at a time (default: one on each processor)"
    )
    parser.add_argument("--timeout", metavar="S", help="seconds that one job may take")
    parser.add_argument(
        "--scheduler",
        metavar="URL",
        help="make them on the Dask cluster whose scheduler is at tcp://host:8786",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="make all of them anew, and keep no copy of files that are not as a batch wrote them",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the manifest as JSON, and no paths"
    )
    mail = parser.add_argument_group("mail")
    mail.add_argument(
        "--send", action="store_true", help="mail jobs that say send: true, after a question"
    )
    mail.add_argument("--yes", action="store_true", help="with --send: without a question")
    mail.add_argument(
        "--send-again",
        metavar="NAME",
        action="append",
        help="with --send: mail this job also to those who refused it or may have it (repeatable)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the briefs; print the path of every file written."""
    from briefgen.batch.run import BatchRequest, Watcher, run_batch

    _check_mail(arguments)
    if arguments.scheduler is not None and arguments.jobs is not None:
        raise UsageError(
            "--jobs counts processes of this machine, --scheduler uses those of others",
            hint="leave one of the two out",
        )
    request = BatchRequest(
        jobs_file=_path("JOBS.yaml", arguments.jobs_file),
        out=_path("--out", arguments.out) if arguments.out is not None else Path(),
        workers=_workers(arguments.jobs),
        timeout=_seconds(arguments.timeout),
        scheduler=arguments.scheduler,
        force=arguments.force,
        send=arguments.send,
        send_again=tuple(arguments.send_again or ()),
    )
    teller = _Teller(paths=not arguments.json)

    class Telling(Watcher):
        begin = staticmethod(teller.begin)
        kept = staticmethod(teller.kept)
        done = staticmethod(teller.done)
        tick = staticmethod(teller.tick)
        fault = staticmethod(_log)

    ran: Ran | None = None
    try:
        with _signals_interrupt():
            ran = run_batch(request, Telling(), post_watch=_post_watch(arguments, teller))
    except _SignalledError as signalled:
        with _perhaps_no_terminal():
            _interrupted(teller)
        return 128 + signalled.number
    except KeyboardInterrupt:
        _interrupted(teller)
        raise
    except BaseException:
        teller.end()
        raise
    else:
        teller.end()
    if ran.stopped and not ran.entries:
        raise OutputError(ran.stopped)
    if arguments.json:
        from briefgen.cli.json_text import json_text

        tell_done(json_text(ran.manifest), as_is=True)
    name_warnings(ran.warnings)
    faulty = name_faults(ran.problems)
    if ran.stopped:
        say_error(f"{ran.stopped}; then run again: what is done is not done again")
    teller.made()
    mailed = _told_mail(ran) if arguments.send else True
    over = any(entry.over_budget for entry in ran.entries)
    return FOUND if ran.failed or ran.stopped or faulty or over or not mailed else DONE


class _SignalledError(KeyboardInterrupt):
    """The system, or whoever supervises this process, asked it to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


_SAME_WISH_SECONDS = 10.0
"""A signal so soon after another says nothing new, and is not to disturb the tidying up."""


@contextlib.contextmanager
def _signals_interrupt() -> Iterator[None]:
    """SIGTERM and SIGHUP end what is done here as Ctrl-C does, unless they are ignored."""
    last = -_SAME_WISH_SECONDS

    def wish(number: int) -> _SignalledError:
        nonlocal last
        last = time.monotonic()
        return _SignalledError(number)

    ask = raising(wish)

    def interrupt(number: int, frame: FrameType | None) -> None:
        if time.monotonic() - last >= _SAME_WISH_SECONDS:
            ask(number, frame)

    before: list[int] = []
    if threading.current_thread() is threading.main_thread():  # no other may have handlers
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                before.append(number)
    try:
        for number in before:
            signal.signal(number, interrupt)
        yield
    finally:
        for number in before:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def _perhaps_no_terminal() -> Iterator[None]:
    """What is said here goes nowhere if the terminal was closed, which is what SIGHUP tells."""
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stderr.fileno())
            os.close(nowhere)


def _interrupted(teller: _Teller) -> None:
    teller.end()
    if teller.started:
        say("interrupted; what was done is kept, and the next run does the rest")


def _check_mail(arguments: argparse.Namespace) -> None:
    """Raise `UsageError` for flags that need --send, and where a question has nobody to answer."""
    if not arguments.send:
        for said, flag in ((arguments.yes, "--yes"), (arguments.send_again, "--send-again")):
            if said:
                raise UsageError(f"{flag} goes with --send", hint="add --send, or leave it out")
    elif not arguments.yes:
        check_somebody_answers()


def _post_watch(arguments: argparse.Namespace, teller: _Teller) -> PostWatcher | None:
    """Who asks and tells when mail is sent: only a run with --send loads what that needs."""
    if not arguments.send:
        return None
    from briefgen.cli.mail_teller import PostTeller

    return PostTeller(arguments.yes, teller.made)


def _told_mail(ran: Ran) -> bool:
    """Say what became of all messages; whether everyone has his."""
    from briefgen.cli.mail_teller import told

    if ran.posted is None:
        if ran.stopped:
            say("nothing was sent")
        else:
            say("nothing is sent: no job says send: true under email")
        return not ran.stopped
    if ran.posted.stopped:
        say_error(f"mail: {ran.posted.stopped}")
    say(told(ran.posted))
    return ran.posted.whole


class _Teller:
    """Says what becomes of each job: paths on stdout, the rest on stderr."""

    def __init__(self, *, paths: bool) -> None:
        self._paths = paths
        self._bar: Bar | None = None
        self._start = time.monotonic()
        self._counts = {"written": 0, "unchanged": 0, "failed": 0}
        self._total = 0
        self.started = False
        self._summed_up = False

    def begin(self, jobs: int) -> None:
        self.started = True
        self._total = jobs
        if is_terminal(sys.stderr):
            self._bar = Bar(sys.stderr, jobs)
            self._bar.draw()

    def kept(self, kept: tuple[KeptFile, ...]) -> None:
        if self._bar is not None:
            self._bar.wipe()
        name_kept(kept)

    def done(self, entry: Entry, paths: tuple[Path, ...]) -> None:
        self._counts[entry.status] += 1
        if self._bar is not None:
            self._bar.wipe()
        if self._paths:
            for path in paths:
                tell_done(path)
        for warning in entry.warnings if entry.status == "written" else ():
            say(one_line(f"warning: {entry.name}: {warning}"))
        if entry.status == "failed":
            say_error(f"{entry.name}: {entry.error}")
        elif entry.over_budget:
            say_error(f"{entry.name}: {entry.over_budget}")
        elif self._bar is None:
            say(_line(entry))
        if self._bar is not None:
            self._bar.step(failed=entry.status == "failed", worked=entry.seconds > 0)

    def tick(self) -> None:
        if self._bar is not None:
            self._bar.draw()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()

    def made(self) -> None:
        """All jobs are done: say how many became what, once."""
        self.end()
        if not self._summed_up:
            self._summed_up = True
            say(self.summary())

    def summary(self) -> str:
        """How many became what, and how long it took."""
        left = self._total - sum(self._counts.values())
        parts = [f"{number} {status}" for status, number in self._counts.items() if number]
        if left:
            parts.append(f"{left} not begun")
        briefs = "1 brief" if self._total == 1 else f"{self._total} briefs"
        return f"{briefs}: {', '.join(parts)}; {time.monotonic() - self._start:.1f} s"


def _line(entry: Entry) -> str:
    facts = "1 fact" if entry.facts == 1 else f"{entry.facts} facts"
    return f"{entry.name}: {entry.status}, {facts}, {entry.seconds:.2f} s"


def _log(trace: str) -> None:
    """Keep a traceback of our own where faults are logged."""
    from briefgen.folders import write_to_log

    with contextlib.suppress(OSError):
        write_to_log(f"{sys.argv!r}\n{trace}\n")


def _path(what: str, said: str) -> Path:
    if not said:
        raise UsageError(f"{what}: the path is empty", hint="name a file or a folder")
    return at_home(said)


def _workers(said: str | None) -> int | None:
    return None if said is None else int(_number("--jobs", said, MOST_WORKERS, whole=True))


def _seconds(said: str | None) -> float | None:
    return None if said is None else _number("--timeout", said, 1_000_000, whole=False)


def _number(flag: str, said: str, most: float, *, whole: bool) -> float:
    value: Any = None
    if said.isascii() and len(said) <= 12:
        try:
            value = int(said) if whole else float(said)
        except ValueError:
            value = None
    if value is None or not 0 < value <= most:
        what = "a number of processes" if whole else "a number of seconds"
        raise UsageError(f"{flag}: {said!r} is not {what}", hint=f"give one up to {most:,}")
    return float(value)
