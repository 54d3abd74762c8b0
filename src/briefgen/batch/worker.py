"""What a worker does with one job: from the request to the bytes of its files.

A process keeps resources for each of its threads, so that bases, templates, styles and Pandoc
are there when the next job comes.
"""

from __future__ import annotations

import gc
import os
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefgen.batch.jobs import DRAFT
from briefgen.brief.spec.model import BriefSpec, EmailRequest
from briefgen.errors import BriefgenError, fault_in_words
from briefgen.pipeline.resources import Resources
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.addresses import Address
    from briefgen.pipeline.draft import MadeBrief

COLLECT_EVERY = 20
"""Jobs between two walks of the cycle collector: a brief leaves little behind."""


@valueclass(frozen=True, slots=True)
class Task:
    """All that a worker is told of a job: plain values that travel to another process."""

    name: str
    spec: BriefSpec
    base: Path
    templates: tuple[Path, ...]
    created: datetime
    today: date
    program: str
    """What tells this version of the program from others."""
    sender: Address | None = None
    """Whom drafts of messages are from."""
    known: str = ""
    """The digest of what was made before and is still there; empty to make it anew."""


@valueclass(frozen=True, slots=True)
class Outcome:
    """What became of a job."""

    status: Literal["made", "unchanged", "failed"]
    digest: str = ""
    content: str = ""
    """The digest of what its message says (see `content_of`); empty if it is not to be mailed."""
    data: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The bytes of each kind of file (see `Job.files`)."""
    facts: int = 0
    warnings: tuple[str, ...] = ()
    over_budget: str = ""
    seconds: float = 0.0
    error: str = ""
    """Why it failed, in one line."""
    trace: str = ""
    """The traceback, where the fault is the program's own."""
    worn_out: bool = False
    """Whether the process should be replaced before it does another job."""


def make_job(task: Task) -> Outcome:
    """Do one job. Never raises for what the job says: a job that fails is an outcome, too."""
    started = time.perf_counter()
    try:
        outcome = _make(task)
    except BriefgenError as error:
        outcome = Outcome("failed", error=str(error))
    except MemoryError:
        # What the interpreter and its libraries left half done is not worth knowing.
        outcome = Outcome("failed", error=OUT_OF_MEMORY, worn_out=True)
    except Exception as error:
        outcome = Outcome(
            "failed",
            error=f"briefgen itself failed ({fault_in_words(error)[:200]}); please report it",
            trace="".join(traceback.format_exception(error)),
        )
    return _timed(outcome, time.perf_counter() - started)


OUT_OF_MEMORY = "it needs more memory than a worker may take; select fewer facts"


def _make(task: Task) -> Outcome:
    from briefgen.batch.digest import content_of, digest_of
    from briefgen.pipeline.draft import Desk
    from briefgen.pipeline.render import read_house, render_brief

    resources = kept_resources()
    spec = task.spec
    house = read_house(spec)
    desk = Desk(task.base, task.templates, resources, task.created, task.today)
    drafted = desk.draft(spec)
    digest = digest_of(drafted, house, task.program, task.sender)
    content = content_of(drafted, house) if spec.email is not None and spec.email.send else ""
    facts = len(drafted.fact_ids)
    if digest == task.known:
        return Outcome("unchanged", digest=digest, content=content, facts=facts)
    drafted = desk.cite(drafted)
    made = render_brief(drafted, tuple(dict.fromkeys(spec.outputs)), house, desk=desk)
    data: dict[str, bytes] = {str(kind): bytes_ for kind, bytes_ in made.data.items()}
    if spec.email is not None:
        data[DRAFT] = _draft(task, spec.email, drafted, data, resources)
    return Outcome(
        "made",
        digest=digest,
        content=content,
        data=data,
        facts=facts,
        warnings=made.warnings,
        over_budget=made.over_budget,
    )


def _draft(
    task: Task,
    request: EmailRequest,
    drafted: MadeBrief,
    data: Mapping[str, bytes],
    resources: Resources,
) -> bytes:
    """The message that carries the brief, as a draft."""
    from briefgen.mail.attachments import attachment
    from briefgen.mail.compose import compose
    from briefgen.mail.message import draft_bytes
    from briefgen.pipeline.mailing import brief_digest

    message = compose(
        request,
        [attachment(f"{task.name}.{kind}", bytes_) for kind, bytes_ in data.items()],
        brief=brief_digest(drafted, resources.base(task.base)),
        sender=task.sender,
    )
    return draft_bytes(message)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    from dataclasses import replace

    return replace(outcome, seconds=round(seconds, 3))


# --- what a process keeps -----------------------------------------------------------------------

_KEPT = threading.local()


def kept_resources() -> Resources:
    """This thread's resources, Pandoc on its way."""
    kept: Resources | None = getattr(_KEPT, "resources", None)
    if kept is None:
        kept = _KEPT.resources = Resources()
        kept.citeproc.start()
    return kept


def start_process(memory: int | None) -> None:
    """Make this process a worker: its limit of memory, its collector, Pandoc on its way."""
    from briefgen.batch.memory import limit_memory

    limit_memory(memory)
    # Haskell's collector is called less often, which saves Pandoc a fifth to a third of its time
    # for 20 MB. (GHC User's Guide, "RTS options"; a Pandoc that may not be told so ignores it.)
    os.environ.setdefault("GHCRTS", "-A64m")
    gc.disable()
    gc.freeze()
    kept_resources()


def close_process() -> None:
    """Let go of what this thread of the process kept."""
    kept: Resources | None = getattr(_KEPT, "resources", None)
    if kept is not None:
        _KEPT.resources = None
        kept.close()


def tidy(jobs_done: int) -> None:
    """Collect what jobs left behind, now and then."""
    if jobs_done % COLLECT_EVERY == 0:
        gc.collect()
        gc.freeze()  # what is still there is kept for good: it need not be walked again
