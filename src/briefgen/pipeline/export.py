"""One brief from request to files: every stage in turn, and every file or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.errors import OutputError, Problem
from briefgen.files import writable_target, write_all_whole
from briefgen.pipeline.drafting import Step
from briefgen.pipeline.making import make_brief
from briefgen.pipeline.moment import moment
from briefgen.pipeline.naming import plan_files, slug, stem_of
from briefgen.pipeline.places import base_of, template_folders


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A brief to be written, and where."""

    spec: BriefSpec
    brief_file: Path | None = None
    """The file that the spec was read from: it names the output."""
    base: str | None = None
    """`--base`, which comes before the spec's."""
    templates: str | None = None
    """`--templates`: a folder to look in first."""
    formats: tuple[OutputFormat, ...] | None = None
    """`--format`; None: what `out` says, else the spec."""
    out: str | None = None
    """`--out`: a file, a folder, or None for the current folder."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what the person should know."""

    paths: tuple[Path, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    """Of the base: its faulty facts were left out."""
    over_budget: str
    """Over `max_pages`: by how much and what would bring it back. Empty when it fits."""
    replaced: tuple[Path, ...] = ()
    """Those of `paths` where an older file stood."""


def export_brief(request: ExportRequest, step: Step = lambda text: None) -> Exported:
    """Write the brief that `request` asks for.

    Raises `BriefgenError` (and nothing was written) for input that cannot be used, a selection
    that finds nothing, and files that cannot be written.
    """
    spec = request.spec
    name = stem_of(request.brief_file) if request.brief_file is not None else None
    # Whether the files can be written is asked before the work, and again with the real name.
    planned = plan_files(request.out, request.formats, spec.outputs, name or "brief")
    _check_targets(planned.values(), request)
    created, today = moment()
    base = base_of(spec, request.base)
    made = make_brief(
        spec,
        base,
        template_folders(request.templates),
        tuple(planned),
        created=created,
        today=today,
        step=step,
    )
    if name is None:
        planned = plan_files(request.out, request.formats, spec.outputs, slug(made.brief.title))
        _check_targets(planned.values(), request)
    step("saving")
    replaced = tuple(path for path in planned.values() if path.exists())
    write_all_whole({path: made.data[format_] for format_, path in planned.items()})
    return Exported(
        tuple(planned.values()), made.warnings, made.problems, made.over_budget, replaced
    )


def _check_targets(paths: Iterable[Path], request: ExportRequest) -> None:
    """Raise `OutputError` for what cannot be written, and for what the brief is made from."""
    made_from = [request.brief_file, request.spec.house, request.spec.style]
    for path in paths:
        writable_target(path)
        for source in made_from:
            with contextlib.suppress(OSError, ValueError):  # not there: nothing to lose
                if source is not None and path.samefile(source):
                    raise OutputError(
                        f"{path} would overwrite what the brief is made from",
                        hint="name another place with --out",
                    )
