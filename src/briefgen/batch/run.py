"""A run: jobs read, made in parallel, written as they finish, and told one by one."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.batch.inputs import Bases, InputKeys, read_bases
from briefgen.batch.jobs import Job, read_jobs
from briefgen.batch.lock import folder_lock
from briefgen.batch.manifest import Entry, MadeFile, Manifest
from briefgen.batch.pool import WorkerPool, WorkersGoneError
from briefgen.batch.program import maker_key
from briefgen.batch.worker import OUT_OF_MEMORY, Outcome, Task, make_job
from briefgen.errors import BriefgenError, OutputError, Problem, fault_in_words
from briefgen.files import remove_leftovers
from briefgen.folders import at_home
from briefgen.index.readers import processors
from briefgen.keeping import KeptFile, write_keeping
from briefgen.pipeline.clock import moment
from briefgen.pipeline.places import template_folders
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.batch.posting import Patience, Posted, PostWatcher
    from briefgen.index.build import ReadFiles
    from briefgen.pipeline.settings import Settings

TICK_SECONDS = 0.5
"""How often whoever watches is told that time goes by."""

_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


@valueclass(frozen=True, slots=True)
class BatchRequest:
    """Briefs to be made, and how."""

    jobs_file: Path
    out: Path = Path()
    """The folder for all files, made if missing."""
    workers: int | None = None
    """Processes on this machine; None: as many as it has processors to give."""
    timeout: float | None = None
    """Seconds that one job may take."""
    scheduler: str | None = None
    """A Dask scheduler's address, to make the briefs there."""
    force: bool = False
    """Make everything anew, and keep no copy of what others wrote in the place of a file."""
    memory: int | None = None
    """Bytes that one worker may take; None: its share of the machine's."""
    send: bool = False
    """Mail what is to be mailed (`email: {send: true}`), once `post_watch` agrees."""
    send_again: tuple[str, ...] = ()
    """Jobs whose message goes also to those who refused it, or of whom nobody knows."""


@valueclass(frozen=True, slots=True)
class Ran:
    """What became of a run's jobs."""

    entries: tuple[Entry, ...]
    """One for each job that is known, in the order of the jobs file."""
    manifest: dict[str, object]
    problems: tuple[Problem, ...]
    """Of the bases: their faulty facts were left out."""
    warnings: tuple[str, ...]
    stopped: str = ""
    """Why the run ended before all jobs were done; empty when it did not."""
    posted: Posted | None = None
    """What became of messages; None when none was to be sent, or the run was stopped before."""

    @property
    def failed(self) -> int:
        """How many jobs failed."""
        return sum(entry.status == "failed" for entry in self.entries)


class Watcher:
    """Told what happens, for lines or a bar. This one says nothing."""

    def begin(self, jobs: int) -> None:
        """So many jobs are to be done."""

    def done(self, entry: Entry, paths: tuple[Path, ...]) -> None:
        """One was done; `paths` are the files that were written for it."""

    def kept(self, kept: tuple[KeptFile, ...]) -> None:
        """What others wrote in the place of files of a job is kept. Told before it is `done`."""

    def tick(self) -> None:
        """Time goes by."""

    def fault(self, trace: str) -> None:
        """The program itself failed at a job: the traceback, for a log."""


Work = Callable[[Task], Outcome]


def run_batch(
    request: BatchRequest,
    watch: Watcher | None = None,
    *,
    work: Work = make_job,
    executor: Executor | None = None,
    post_watch: PostWatcher | None = None,
    patience: Patience | None = None,
) -> Ran:
    """Make every brief of a jobs file that is not there already as it should be.

    Raises `BriefgenError` (and nothing was written) for a jobs file or base that cannot be used,
    an output folder that cannot be written or that another run is writing into, and a scheduler
    that does not answer. A job that fails is an entry that says so. After `KeyboardInterrupt` the
    manifest knows what was done. `work` is what a worker does with a task; `executor`, if given,
    is what does it, instead of what the request says. `post_watch` is asked before mail is sent,
    and says no if it is not there; `patience` is how long servers are waited for.
    """
    watch = watch or Watcher()
    jobs = read_jobs(request.jobs_file)
    created, today = moment()
    templates = template_folders()
    settings = _settings(jobs)
    sender = settings.sender if settings is not None else None
    office = None
    if request.send:
        from briefgen.batch.posting import check_again, open_office

        check_again(jobs, request.send_again)
        office = open_office(jobs, settings) if settings is not None else None
    out = at_home(request.out)
    _check_not_overwritten(jobs, request.jobs_file, out)
    with _made_folder(out), folder_lock(out):
        remove_leftovers(out)
        manifest = Manifest(out, [job.name for job in jobs])
        new = request.force or not manifest.knows_all
        with _executor(request, len(jobs), new, executor) as (doing, abreast, check):
            bases = read_bases(jobs, _readers(doing) if new else None)
            check(bases, templates)
            maker = maker_key()

            def task(job: Job, known: str) -> Task:
                return Task(
                    job.name, job.spec, bases.of_job[job.name].resolve(), templates, created,
                    today, maker, sender, known,
                )  # fmt: skip

            keys = InputKeys(bases, templates, maker, repr(sender))
            run = _Run(out, manifest, keys, watch, request.force)
            watch.begin(len(jobs))

            def submit(job: Job, known: str) -> Future[Outcome]:
                return doing.submit(work, task(job, known))

            stopped = run.all(jobs, submit, abreast)
        posted = None
        if office is not None and not stopped:
            from briefgen.batch.posting import Patience, PostWatcher, plan_post, post

            plan = plan_post(office, jobs, manifest, request.send_again)
            try:
                posted = post(plan, manifest, post_watch or PostWatcher(), patience or Patience())
            finally:
                stopped = finish(manifest)
        return Ran(
            manifest.entries, manifest.as_json(), bases.problems, bases.warnings, stopped, posted
        )


class _Run:
    """One run, once everything is ready."""

    def __init__(
        self, out: Path, manifest: Manifest, keys: InputKeys, watch: Watcher, force: bool
    ) -> None:
        self.out = out
        self.manifest = manifest
        self.keys = keys
        self.watch = watch
        self.force = force

    def all(
        self, jobs: tuple[Job, ...], submit: Callable[[Job, str], Future[Outcome]], abreast: int
    ) -> str:
        """Do every job; why the run was stopped, or nothing. The manifest is written at the end."""
        waiting: dict[Future[Outcome], tuple[Job, str]] = {}
        stopped = ""
        try:
            for job, inputs, known in self._to_do(jobs):
                try:
                    future = submit(job, known)
                except WorkersGoneError as error:
                    raise _Stop(error) from None
                waiting[future] = (job, inputs)
                while len(waiting) >= abreast:
                    self._some(waiting)
            while waiting:
                self._some(waiting)
        except _Stop as stop:
            stopped = str(stop.reason)
        finally:
            # A full disk, or Ctrl-C: the journal knows what the manifest may not.
            fault = finish(self.manifest)
        return stopped or fault

    def _to_do(self, jobs: tuple[Job, ...]) -> Iterator[tuple[Job, str, str]]:
        """The jobs that a worker has to look at, each with its inputs' digest and what is known."""
        for job in jobs:
            inputs = self.keys.of(job)
            earlier = None if self.force else self.manifest.earlier(job.name)
            if earlier is not None and {file.path for file in earlier.files} != {
                *job.files.values()
            }:
                earlier = None
            same = earlier is not None and bool(inputs) and earlier.inputs == inputs
            if earlier is not None and same and (earlier.content or not job.is_mailed):
                self._unchanged(earlier, 0.0, inputs)
            else:
                yield job, inputs, earlier.digest if earlier is not None else ""

    def _some(self, waiting: dict[Future[Outcome], tuple[Job, str]]) -> None:
        """Wait for some job, and deal with those that are done."""
        done, _ = wait(waiting, timeout=TICK_SECONDS, return_when=FIRST_COMPLETED)
        if not done:
            self.watch.tick()
        for future in [each for each in waiting if each in done]:  # in the order of the jobs
            job, inputs = waiting.pop(future)
            self._one(job, inputs, _outcome(future))

    def _one(self, job: Job, inputs: str, outcome: Outcome) -> None:
        if outcome.trace:
            self.watch.fault(outcome.trace)
        if outcome.status == "unchanged":
            earlier = self.manifest.earlier(job.name)
            if earlier is not None:
                self._unchanged(replace(earlier, content=outcome.content), outcome.seconds, inputs)
                return
            error = "its files changed while the batch ran; run it again"
            outcome = replace(outcome, status="failed", error=error)
        if outcome.status == "failed":
            self._failed(job, outcome)
        else:
            self._write(job, inputs, outcome)
        with contextlib.suppress(OutputError):  # the journal knows; the end tells
            self.manifest.freshen()

    def _unchanged(self, earlier: Entry, seconds: float, inputs: str) -> None:
        entry = replace(earlier, status="unchanged", seconds=seconds, inputs=inputs)
        self.manifest.settle(entry)
        self.watch.done(entry, ())

    def _failed(self, job: Job, outcome: Outcome) -> None:
        entry = Entry(
            job.name, "failed", facts=outcome.facts, seconds=outcome.seconds, error=outcome.error
        )
        with contextlib.suppress(OutputError):  # it will only be tried again
            self.manifest.announce(entry)
        self.manifest.settle(entry)
        self.watch.done(entry, ())

    def _write(self, job: Job, inputs: str, outcome: Outcome) -> None:
        data = {job.files[kind]: bytes_ for kind, bytes_ in outcome.data.items()}
        entry = Entry(
            name=job.name,
            status="written",
            files=tuple(MadeFile.of(name, data[name]) for name in job.files.values()),
            facts=outcome.facts,
            seconds=outcome.seconds,
            digest=outcome.digest,
            inputs=inputs,
            content=outcome.content,
            warnings=outcome.warnings,
            over_budget=outcome.over_budget,
        )
        paths = {self.out / name: data[name] for name in job.files.values()}
        try:
            self.manifest.announce(entry)
            kept = write_keeping(paths, self.manifest.knows, force=self.force, tidy=False)
        except OutputError as error:
            self._failed(job, replace(outcome, status="failed", error=str(error)))
            if _disk_is_full(error):
                raise _Stop(error) from None
            return
        self.manifest.settle(entry)
        if kept:
            self.watch.kept(kept)
        self.watch.done(entry, tuple(paths))


def finish(manifest: Manifest) -> str:
    """Write the manifest and let go of its journal; why that cannot be, or nothing."""
    try:
        manifest.finish()
    except OutputError as error:
        return str(error)
    finally:
        manifest.close()
    return ""


class _Stop(Exception):
    """Nothing more can be written, or made."""

    def __init__(self, reason: BriefgenError) -> None:
        self.reason = reason


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except CancelledError:
        return Outcome("failed", error="it was cancelled; run the batch again")
    except WorkersGoneError as error:
        raise _Stop(error) from None
    except BriefgenError as error:
        return Outcome("failed", error=str(error))
    except MemoryError:
        return Outcome("failed", error=OUT_OF_MEMORY)
    except Exception as error:
        return Outcome("failed", error=f"its worker failed ({fault_in_words(error)[:300]})")


def _disk_is_full(error: BaseException) -> bool:
    """Whether what was behind the error will be behind every further one, too."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _DISK_IS_FULL:
            return True
        cause = cause.__context__
    return False


@contextlib.contextmanager
def _executor(
    request: BatchRequest, jobs: int, start: bool, given: Executor | None
) -> Iterator[tuple[Executor, int, Callable[[Bases, tuple[Path, ...]], None]]]:
    """What jobs are submitted to, how many to have under way, and what checks it beforehand.

    `start` has workers get ready while this process reads the base.
    """
    if given is not None:
        yield given, 2 * (request.workers or processors()), lambda bases, templates: None
        return
    if request.scheduler is not None:
        from briefgen.batch.cluster import open_cluster

        with open_cluster(request.scheduler, request.timeout) as cluster:
            yield cluster, cluster.abreast, cluster.check
        return
    from briefgen.batch.memory import memory_for_each

    workers = min(request.workers or processors(), max(1, jobs))
    memory = request.memory or memory_for_each(workers)
    pool = WorkerPool(workers, memory=memory, timeout=request.timeout)
    try:
        if start:
            pool.start()
        yield pool, 2 * workers, lambda bases, templates: None
    finally:
        pool.kill()  # all is done, or nobody wants the rest


def _readers(executor: Executor) -> ReadFiles | None:
    """What reads a base: workers of this machine, if there are several. They are up by now."""
    from briefgen.batch.workers_read import read_with

    if isinstance(executor, WorkerPool) and executor.workers > 1:
        return read_with(executor)
    return None


def _settings(jobs: tuple[Job, ...]) -> Settings | None:
    """The person's settings, if some job has a message. Raises `InputError` for faulty ones."""
    if all(job.spec.email is None for job in jobs):
        return None
    from briefgen.pipeline.settings import read_settings

    return read_settings()


@contextlib.contextmanager
def _made_folder(folder: Path) -> Iterator[None]:
    """Make a folder; what was made of it goes again if the run fails with nothing in it."""
    new = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"cannot make the folder {folder}: {reason}", hint="choose another with --out"
            ) from None
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # not empty: what is in it is to stay
            for each in new:
                each.rmdir()
        raise


def _check_not_overwritten(jobs: tuple[Job, ...], jobs_file: Path, out: Path) -> None:
    """Raise `OutputError` for a file that a brief is made from and another would replace."""
    read = {str(jobs_file)}
    for job in jobs:
        read |= {path for path in (job.spec.house, job.spec.style) if path is not None}
        read.add(job.spec.origin.path)
    known: set[tuple[int, int]] = set()
    for path in read:
        with contextlib.suppress(OSError, ValueError):
            status = at_home(path).stat()
            known.add((status.st_dev, status.st_ino))
    for job in jobs:
        for name in job.files.values():
            with contextlib.suppress(OSError, ValueError):  # not there: nothing to lose
                status = (out / name).stat()
                if (status.st_dev, status.st_ino) in known:
                    raise OutputError(
                        f"{out / name} would overwrite what briefs are made from",
                        hint="choose another folder with --out",
                    )
