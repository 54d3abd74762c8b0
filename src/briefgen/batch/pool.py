"""Processes of this machine behind the interface of `concurrent.futures`.

The standard process pool gives up as a whole when one process dies. Here each worker has a thread
that looks after it: a worker that dies, or takes too long, costs the job that it was at, is
replaced, and the others never hear of it. Workers are made from a server process that has loaded
all modules (where the system has `fork`), so that a new one is there in a hundredth of a second.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from briefgen.errors import BriefgenError

Result = TypeVar("Result")

START_SECONDS = 60.0
"""Longest wait for a new process to be ready."""

_FAREWELL_SECONDS = 2.0


class WorkerDiedError(BriefgenError):
    """The process that did a job ended before it answered."""


class WorkersGoneError(BriefgenError):
    """Nobody is left who does jobs, nor will be: not this one, and no other."""


class TooSlowError(BriefgenError):
    """A job took longer than it was given."""


class WorkerPool(Executor):
    """`workers` processes, each doing one job at a time, in the order of `submit`.

    `memory` limits what each may take, in bytes; `timeout` a job's time, in seconds. A job whose
    process died or was too slow has a `WorkerDiedError` or `TooSlowError`. Processes start with
    `start`, or the first job, and stay. Use it in a `with`, or call `shutdown`; `kill` ends it at
    once.
    """

    def __init__(
        self, workers: int, *, memory: int | None = None, timeout: float | None = None
    ) -> None:
        self.workers = max(1, workers)
        self.timeout = timeout
        self.memory = memory
        self.context: Any = _context()
        self.over = threading.Event()
        self.killed = threading.Event()
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._keepers: list[_Keeper] = []

    def start(self) -> None:
        """Start the processes, and return at once: they get ready while others work."""
        if not self._keepers:
            self._keepers = [_Keeper(self) for _ in range(self.workers)]

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have a worker call `fn`, a function that a module has under its name."""
        if self.over.is_set():
            raise RuntimeError("cannot submit to a pool that was shut down")
        self.start()
        future: Future[Result] = Future()
        self.jobs.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers go when all jobs are done; with `cancel_futures`, the current ones."""
        self.over.set()
        if cancel_futures:
            self._cancel_waiting()
        for _ in self._keepers:
            self.jobs.put(None)
        if wait:
            for keeper in self._keepers:
                keeper.thread.join()

    def kill(self) -> None:
        """End every worker at once; what was not done is cancelled or has a `WorkerDiedError`."""
        self.over.set()
        self.killed.set()
        self._cancel_waiting()
        for keeper in self._keepers:
            self.jobs.put(None)
            keeper.kill()
        for keeper in self._keepers:
            keeper.thread.join(timeout=_FAREWELL_SECONDS)

    def replace_workers(self) -> None:
        """End every worker at once, whatever it is at; others do the jobs that come after."""
        for keeper in self._keepers:
            keeper.kill()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers that are running at this moment."""
        return tuple(pid for keeper in self._keepers if (pid := keeper.process_id) is not None)

    def _cancel_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                job = self.jobs.get_nowait()
                if job is not None:
                    job[0].cancel()


_Job = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class _Keeper:
    """Looks after one worker: starts it, hands it jobs, replaces it."""

    # Starting a process and asking how one ended touch a list that multiprocessing does not guard.
    _guard = threading.Lock()

    def __init__(self, pool: WorkerPool) -> None:
        self.pool = pool
        self.process: Any = None
        self.connection: Connection | None = None
        self.thread = threading.Thread(target=self._work, name="briefgen worker", daemon=True)
        self.thread.start()

    @property
    def process_id(self) -> int | None:
        process = self.process
        return None if process is None else process.pid

    def kill(self) -> None:
        """End the process and what it started. May be called from any thread."""
        process = self.process
        if process is not None and process.pid is not None:
            _kill_group(process.pid)
            with contextlib.suppress(OSError, ValueError):
                process.kill()

    def _work(self) -> None:
        with contextlib.suppress(BriefgenError, OSError):  # told with the first job, if it persists
            self._ensure_started()
        while True:
            job = self.pool.jobs.get()
            if job is None:
                break
            future, fn, args, kwargs = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = self._do(fn, args, kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
        self._let_go()

    def _do(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        message = pickle.dumps((fn, args, kwargs))
        self._ensure_started()
        assert self.connection is not None
        try:
            self.connection.send_bytes(message)
            answer = self._receive(self.pool.timeout)
        except TimeoutError:  # an OSError, too
            self.kill()
            self._let_go()
            raise TooSlowError(
                f"it took longer than {self.pool.timeout:g} s and was stopped",
                hint="select fewer facts, or allow more with --timeout",
            ) from None
        except (EOFError, OSError):
            raise self._died() from None
        well, value = pickle.loads(answer)
        if isinstance(value, MemoryError) or getattr(value, "worn_out", False):
            self._let_go()
            with contextlib.suppress(BriefgenError, OSError):
                self._ensure_started()
        if not well:
            raise value
        return value

    def _receive(self, timeout: float | None) -> bytes:
        """The next message. Raises `EOFError` when the process ended, `TimeoutError`."""
        connection, process = self.connection, self.process
        assert connection is not None
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = None if end is None else max(0.0, end - time.monotonic())
            ready = wait([connection, process.sentinel], left)
            if connection in ready:
                return connection.recv_bytes()
            if ready:
                if connection.poll():  # it answered and then ended
                    return connection.recv_bytes()
                raise EOFError
            raise TimeoutError

    def _ensure_started(self) -> None:
        if self.process is not None and self.connection is not None:
            return
        if self.pool.over.is_set() and self.pool.jobs.empty():
            return
        ours, theirs = self.pool.context.Pipe()
        process = self.pool.context.Process(
            target=serve, args=(theirs, self.pool.memory), name="briefgen worker", daemon=True
        )
        try:
            with self._guard:
                _start_server(self.pool.context)
                process.start()
        except EOFError:  # the server was ended while it was asked
            ours.close()
            raise WorkerDiedError("the worker did not start", hint="run it again") from None
        finally:
            theirs.close()
        self.process, self.connection = process, ours
        if self.pool.killed.is_set():  # while it was starting
            self.kill()
        try:
            self._receive(START_SECONDS)
        except (EOFError, OSError):  # TimeoutError is among them
            self.kill()
            raise self._died() from None

    def _died(self) -> WorkerDiedError:
        process = self.process
        process.join(_FAREWELL_SECONDS)
        with self._guard:
            code = process.exitcode
        self.kill()  # what it had started may have outlived it
        self._let_go()
        return WorkerDiedError(
            f"the worker that was at it ended: {_reason(code)}",
            hint="it was replaced; should it happen again, give the job fewer facts",
        )

    def _let_go(self) -> None:
        """Close the connection, upon which the process ends; if it does not, end it."""
        process, self.process = self.process, None
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(_FAREWELL_SECONDS)
            with self._guard:
                alive = process.is_alive()
            if alive:
                _kill_group(process.pid)
                process.kill()
                process.join(_FAREWELL_SECONDS)


def serve(connection: Connection, memory: int | None) -> None:
    """What a worker process does: call what it is sent, answer, until nobody asks any more."""
    with contextlib.suppress(AttributeError, OSError):
        os.setsid()  # a group of its own: Ctrl-C is for the one who asked, and Pandoc dies along
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="briefgen watchdog", daemon=True).start()
    from briefgen.batch.worker import close_process, start_process, tidy

    start_process(memory)
    done = 0
    with contextlib.suppress(EOFError, OSError):  # the one who asked has gone
        connection.send_bytes(b"")
        while True:
            fn, args, kwargs = pickle.loads(connection.recv_bytes())
            connection.send_bytes(_answer(fn, args, kwargs))
            done += 1
            tidy(done)
    close_process()


def _end_with_parent() -> None:
    """Wait until the one who asked has gone, then end this worker and its Pandoc at once.

    In the middle of a job, which may never end, nobody else would notice. What is waited for is a
    pipe whose other end only that process holds: the parent of a worker is the server process.
    """
    parent = multiprocessing.parent_process()
    if parent is None:  # called in the process itself
        return
    wait([parent.sentinel])
    if os.name == "posix" and os.getpgrp() == os.getpid():
        _kill_group(os.getpid())
    os._exit(1)


def _answer(fn: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    try:
        return pickle.dumps((True, fn(*args, **kwargs)))
    except Exception as error:
        try:
            return pickle.dumps((False, error))
        except Exception:  # an error that does not travel
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def _context() -> Any:
    """How processes are made: from a server that is warm, where there is `fork`; else anew.

    A fork of this process itself would copy its threads' locks in whatever state they are.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["briefgen.batch.warm"])
    return context


def _start_server(context: Any) -> None:
    """Start the process that others are made from, deaf to Ctrl-C from its first moment on.

    A terminal sends that to all. Python's own server ignores it as soon as it is ready; until then
    it would end with a traceback, and everything that is asked of it with an error.
    """
    if context.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # which lifts the block when it starts
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # of this thread, and its children
    forkserver.ensure_running()


def _kill_group(process_id: int) -> None:
    """End a worker and its Pandoc; nothing where there are no groups, or it leads none (yet)."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        os.killpg(process_id, signal.SIGKILL)


def _reason(code: int | None) -> str:
    if code is None:
        return "it did not start"
    if code < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-code).name
            likely = ", perhaps for want of memory" if name == "SIGKILL" else ""
            return f"killed by {name}{likely}"
    return f"exit status {code}"
