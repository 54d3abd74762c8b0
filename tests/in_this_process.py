"""Commands run in the process of the tests, where hundreds of them take little time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefgen.batch import run, worker


class Here(Executor):
    """Does each job in this thread, as it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextlib.contextmanager
def without_workers() -> Iterator[None]:
    """Have `briefgen batch` make its briefs in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "run_batch", partial(run.run_batch, executor=Here()))
        yield
        worker.close_process()


def settled_in(folder: Path, cache: Path, patch: pytest.MonkeyPatch) -> None:
    """A person of the test's own: nothing of whoever runs it counts, and the moment is fixed."""
    patch.setenv("BRIEFGEN_CACHE", str(cache))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    patch.setenv("XDG_STATE_HOME", str(folder / "state"))
    patch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026
    patch.delenv("BRIEFGEN_BASE", raising=False)
