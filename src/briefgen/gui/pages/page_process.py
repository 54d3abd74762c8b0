"""What is done in the process that makes pages. Qt is never imported here: it must not be forked.

The process is a worker as a batch has them: it keeps Pandoc, the opened base and templates from
one request to the next, and ends by itself, its Pandoc with it, when the app is no more.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path

from briefgen.batch.pool import WorkerPool
from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import BriefgenError
from briefgen.folders import cache_folder
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.index import takes_long, was_kept


@dataclass(frozen=True, slots=True)
class Request:
    """One brief whose pages are wanted: plain values that travel to another process."""

    spec: BriefSpec
    base: Path
    templates: tuple[Path, ...]
    created: datetime
    today: date
    content_key: str = ""
    """What the base's files say, as its index knows it; empty takes the base as it is found."""
    fresh: bool = False
    """Whether what is kept of bases, templates and styles may be out of date."""
    flag: Path | None = None
    """A file that comes to be when these pages are not wanted any more."""

    def asks_the_same(self, other: Request) -> bool:
        """Whether both ask for the same pages, whatever the time of day."""
        ours, theirs = self.content_key, other.content_key
        return (
            (self.spec, self.base, self.templates, self.today)
            == (other.spec, other.base, other.templates, other.today)
            and not other.fresh
            and (not ours or not theirs or ours == theirs)
        )


class NotWantedError(BriefgenError):
    """Others were asked for meanwhile, and these given up between two steps."""


class PagesError(BriefgenError):
    """The program failed at making pages; the fault is in its log."""


def make_pages(request: Request) -> Preview:
    """The pages of one brief. Raises `BriefgenError`, and nothing else: that travels back."""
    from briefgen.batch.worker import kept_resources
    from briefgen.gui.view_models.pages.preview import make_preview

    resources = kept_resources()

    def step(text: str) -> None:
        if request.flag is not None and request.flag.exists():
            raise NotWantedError("other pages are wanted by now")

    try:
        if request.fresh:
            resources.forget()
        if request.content_key:
            index = resources.base(request.base)
            if index.content_key != request.content_key:
                resources.forget()
        return make_preview(
            request.spec,
            request.base,
            request.templates,
            resources,
            request.created,
            request.today,
            step,
        )
    except (BriefgenError, MemoryError):
        raise
    except Exception as error:
        from briefgen.gui.faults import sentence

        raise PagesError(sentence(error)) from None


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A process that is running, and what it is at."""

    pool: WorkerPool
    request: Request | None = None
    future: Future[Preview] | None = None


_begun: list[Begun] = []


def begin(
    spec: BriefSpec | None = None, base: str | None = None, templates: str | None = None
) -> None:
    """Start the process, at the pages of `spec` already: before Qt is loaded, so as not to wait.

    Without a spec they are those of what was open last, or of a new brief. The first maker of pages
    takes the process over. What is wrong is told when that one asks. A base that is to be read for
    the first time, and takes long, is left to the window, which tells how far it is.
    """
    pool = WorkerPool(1)
    pool.start()
    request = future = None
    try:
        make, request = _first_request(spec, base, templates)
        if takes_long(request.base) and not was_kept(request.base):
            request = None
        else:
            request = replace(request, flag=flag_path())
            future = pool.submit(make, request)
    except BriefgenError:
        request = None
    _begun.append(Begun(pool, request, future))


def _first_request(
    spec: BriefSpec | None, base: str | None, templates: str | None
) -> tuple[Callable[[Request], Preview], Request]:
    if spec is not None:
        return make_pages, request_for(spec, base, templates)
    from briefgen.gui.view_models.home.first_brief import new_brief_on, to_reopen
    from briefgen.gui.view_models.home.remembered import Remembered, remembered_path

    last = None
    with contextlib.suppress(BriefgenError):  # the window says so
        last = to_reopen(Remembered(remembered_path()).last, base)
    if last is not None and last.brief is not None:
        return make_pages, request_for(last.brief.spec, last.base, templates)
    new = new_brief_on(last.base if last is not None else None)
    return make_first_pages, request_for(new, base, templates)


def make_first_pages(request: Request) -> Preview:
    """The pages of a new brief, as `make_pages`; where there are very many facts, none.

    The app will ask for fewer then. Raises `NotWantedError`, the base opened.
    """
    from briefgen.batch.worker import kept_resources
    from briefgen.gui.view_models.brief.new_brief import fitted

    if fitted(request.spec, kept_resources().base(request.base)) != request.spec:
        raise NotWantedError("a brief on fewer facts will be wanted")
    return make_pages(request)


def flag_path() -> Path:
    """Where a request's flag will be, if it comes to be: no two have the same."""
    return cache_folder() / f".not-wanted-{os.getpid()}-{next(_numbers)}.tmp"


_numbers = count()


def take_begun() -> Begun:
    """The process that `begin` started, or else a new one."""
    if _begun:
        return _begun.pop()
    pool = WorkerPool(1)
    pool.start()
    return Begun(pool)


def request_for(
    spec: BriefSpec,
    base: str | None,
    templates: str | None,
    *,
    content_key: str = "",
    fresh: bool = False,
) -> Request:
    """A request as of now; `base` and `templates` come before what briefs and settings say.

    Raises `BriefgenError` for folders that are not there.
    """
    from briefgen.pipeline.clock import moment
    from briefgen.pipeline.places import base_of, template_folders

    created, today = moment()
    return Request(
        spec, base_of(spec, base), template_folders(templates), created, today, content_key, fresh
    )
