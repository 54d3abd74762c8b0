"""The same jobs on other machines: an existing Dask cluster behind the same interface.

What a worker there must have is checked before the first job: the same version of briefgen, and
the same fact bases and templates at the same paths. Bytes come back; nothing is written there.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from briefgen.batch.inputs import Bases, templates_key
from briefgen.batch.pool import TooSlowError, WorkerDiedError, WorkersGoneError
from briefgen.batch.program import program_key
from briefgen.errors import BriefgenError, UsageError, one_line
from briefgen.values import valueclass

Result = TypeVar("Result")

CONNECT_SECONDS = 10.0
"""Longest wait for the scheduler to answer."""

CHECK_SECONDS = 60.0
"""Longest wait for the workers to say what they have; reading a large base anew takes some."""

_PROTOCOLS = ("tcp", "tls", "ws", "wss", "ucx", "ucxx")


class ClusterError(BriefgenError):
    """A cluster that does not answer, or lacks what a job needs."""


@valueclass(frozen=True, slots=True)
class Means:
    """What a worker has of what jobs need."""

    program: str
    """Its `program_key`."""
    version: str
    bases: tuple[str, ...]
    """A digest of each base's contents; empty for one that it does not have."""
    templates: str


class Cluster(Executor):
    """A Dask cluster, as its client's `get_executor()` gives it, with a limit of time."""

    def __init__(self, client: Any, timeout: float | None) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False, retries=0)
        self._timeout = timeout

    @property
    def abreast(self) -> int:
        """How many jobs to have under way: with a limit of time, no more than run at once."""
        try:
            threads = max(1, sum(int(number) for number in self._client.nthreads().values()))
        except Exception as error:
            raise self._gone(error) from None
        return threads if self._timeout is not None else 2 * threads

    def check(self, bases: Bases, templates: tuple[Path, ...]) -> None:
        """Raise `ClusterError` unless every worker has what the jobs need."""
        folders = tuple(str(folder.resolve()) for folder in bases.contents)
        ours = Means(program_key(), "", tuple(bases.contents.values()), templates_key(templates))
        try:
            workers = self._client.run(
                means, folders, tuple(map(str, templates)), on_error="return"
            )
        except Exception as error:
            raise ClusterError(
                f"the cluster's workers do not answer ({_said(error)})",
                hint="see the scheduler's log",
            ) from None
        if not workers:
            raise ClusterError("the cluster has no workers", hint="start some: dask worker ADDRESS")
        for address, theirs in sorted(workers.items()):
            _check_worker(address, theirs, ours, folders)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have some worker call `fn`. Raises `WorkersGoneError` where no scheduler takes it."""
        try:
            inner = self._executor.submit(fn, *args, **kwargs)
        except Exception as error:
            raise self._gone(error) from None
        outer: Future[Result] = Future()
        outer.set_running_or_notify_cancel()
        settled = threading.Lock()

        def settle(result: Any, error: BaseException | None) -> None:
            with settled:
                if not outer.done():
                    if error is None:
                        outer.set_result(result)
                    else:
                        outer.set_exception(error)

        def give_up() -> None:
            settle(
                None,
                TooSlowError(
                    f"it took longer than {self._timeout:g} s and was given up",
                    hint="select fewer facts, or allow more with --timeout",
                ),
            )
            inner.cancel()

        timer = threading.Timer(self._timeout or 0, give_up)
        timer.daemon = True

        def came_back(done: Any) -> None:
            timer.cancel()
            try:
                settle(done.result(), None)
            except CancelledError:
                # Of a scheduler that is no longer there, all futures are cancelled.
                gone = getattr(self._client, "status", "running") != "running"
                died = WorkerDiedError("the cluster cancelled it", hint="is it still up?")
                settle(None, self._gone() if gone else died)
            except BriefgenError as error:
                settle(None, error)
            except Exception as error:
                settle(None, _as_ours(error))

        inner.add_done_callback(came_back)
        if self._timeout is not None:
            timer.start()
        return outer

    def _gone(self, error: Exception | None = None) -> WorkersGoneError:
        said = f" ({_said(error)})" if error is not None else ""
        return WorkersGoneError(
            f"the Dask scheduler does not answer any more{said}",
            hint="see its log, and start it again",
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; it runs on."""
        with contextlib.suppress(Exception):  # it may have gone before us
            self._executor.shutdown(wait=wait)


@contextlib.contextmanager
def open_cluster(address: str, timeout: float | None) -> Iterator[Cluster]:
    """The cluster whose scheduler listens at `address` (`tcp://host:8786`).

    Raises `UsageError` for what is no address or when `distributed` is not installed,
    `ClusterError` for a scheduler that does not answer.
    """
    check_address(address)
    with _without_its_log():
        try:
            from distributed import Client
        except ImportError:
            raise UsageError(
                "--scheduler needs Dask, which is not installed",
                hint="install it with: pip install 'briefgen[cluster]'",
            ) from None
        try:
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise ClusterError(
                f"no Dask scheduler answers at {address} ({_said(error)})",
                hint="check the address, and that 'dask scheduler' runs there",
            ) from None
        try:
            yield Cluster(client, timeout)
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=CONNECT_SECONDS)


@contextlib.contextmanager
def _without_its_log() -> Iterator[None]:
    """What Dask has to say of a scheduler that goes is told in a line of ours."""
    import logging

    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


def check_address(address: str) -> None:
    """Raise `UsageError` for what is no scheduler's address."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in _PROTOCOLS and bool(parts.hostname) and parts.port is not None
    except ValueError:
        good = False
    if not good:
        raise UsageError(
            f"--scheduler: {address!r} is not a scheduler's address",
            hint="write it as tcp://host:8786",
        )


def means(bases: tuple[str, ...], templates: tuple[str, ...]) -> Means:
    """What the worker that calls this has. Never raises for what is missing."""
    from briefgen import __version__
    from briefgen.pipeline.bases import open_base

    contents = []
    for folder in bases:
        content = ""
        with contextlib.suppress(BriefgenError, OSError), open_base(Path(folder)) as index:
            content = index.content_key
        contents.append(content)
    return Means(
        program_key(), __version__, tuple(contents), templates_key(tuple(map(Path, templates)))
    )


def _check_worker(address: str, theirs: Any, ours: Means, folders: tuple[str, ...]) -> None:
    from briefgen import __version__

    if not isinstance(theirs, Means):
        raise ClusterError(
            f"the worker {address} cannot run briefgen ({_said(theirs)})",
            hint=f"install briefgen {__version__} there",
        )
    if theirs.program != ours.program:
        raise ClusterError(
            f"the worker {address} runs another briefgen ({theirs.version}) than this one "
            f"({__version__})",
            hint="install the same one on both sides",
        )
    for folder, own, its in zip(folders, ours.bases, theirs.bases, strict=True):
        if own != its:
            what = "has another content of" if its else "does not have"
            raise ClusterError(
                f"the worker {address} {what} the fact base {folder}",
                hint="workers need the same folders at the same paths, as on a shared disk",
            )
    if theirs.templates != ours.templates:
        raise ClusterError(
            f"the worker {address} has other templates than this machine",
            hint="workers need the same template folders at the same paths",
        )


def _as_ours(error: Exception) -> BriefgenError:
    if type(error).__name__ == "KilledWorker":
        return WorkerDiedError(
            "every worker that was at it ended", hint="it may need more memory than they have"
        )
    return WorkerDiedError(f"its worker failed ({_said(error)})", hint="see the worker's log")


def _said(error: object) -> str:
    text = str(error) or type(error).__name__
    return one_line(text)[:200]
