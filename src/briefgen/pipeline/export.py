"""One brief from request to files: every stage in turn, and every file or none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.errors import OutputError
from briefgen.files import writable_target
from briefgen.folders import at_home
from briefgen.keeping import not_ours, write_kept
from briefgen.pipeline.clock import moment
from briefgen.pipeline.draft import Desk, MadeBrief, Step, draft_brief
from briefgen.pipeline.naming import plan_files, slug, stem_of
from briefgen.pipeline.places import base_of, template_folders
from briefgen.pipeline.render import load_renderers, read_house, render_brief
from briefgen.pipeline.resources import Resources
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
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
    fit: bool = False
    """Whether what matters least is left out where that brings the brief into its budget."""
    count: bool = False
    """Whether pages are counted although there is no budget."""
    as_draft: bool = False
    """Whether it is marked as a draft, and may lack what its template requires."""
    force: bool = False
    """Whether files go that others wrote where the brief is to be; else they are kept beside."""
    name: str = ""
    """What tells the brief from others while it has no file: see `last_written.UNNAMED`."""


@valueclass(frozen=True, slots=True)
class ReadyExport:
    """A brief that is made and not written yet."""

    made: MadeBrief
    files: Mapping[Path, bytes]
    briefs: tuple[str, ...] = ()
    """Its names, where its files are named after it and not by the person."""

    @property
    def in_the_way(self) -> tuple[Path, ...]:
        """Those of its files whose place holds something that briefgen did not write."""
        return not_ours(self.files, self.briefs)


def make_brief(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    formats: Sequence[OutputFormat],
    *,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
    fit: bool = False,
    count: bool = False,
    as_draft: bool = False,
) -> MadeBrief:
    """The brief that `spec` asks for in every one of `formats`; `fit`, `count`: see `render_brief`,
    `as_draft`: see `assemble_draft`.

    Raises `BriefgenError` for input that cannot be used and a selection that finds nothing.
    """
    house = read_house(spec)
    with Resources() as resources:
        desk = Desk(base, templates, resources, created, today, as_draft)
        drafted = draft_brief(spec, desk, step=step, while_citing=lambda: load_renderers(formats))
        return render_brief(drafted, formats, house, step, desk=desk, fit=fit, count=count)


def export_brief(request: ExportRequest, step: Step = lambda text: None) -> MadeBrief:
    """Write the files of the brief that `request` asks for.

    Raises `BriefgenError` (and nothing was written) for input that cannot be used, a selection
    that finds nothing, and files that cannot be written.
    """
    ready = prepare_export(request, step)
    step("saving")
    return write_export(ready, force=request.force)


def prepare_export(request: ExportRequest, step: Step = lambda text: None) -> ReadyExport:
    """`export_brief` up to its last step, which is `write_export`."""
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
        fit=request.fit,
        count=request.count,
        as_draft=request.as_draft,
    )
    if name is None:
        planned = plan_files(request.out, request.formats, spec.outputs, slug(made.brief.title))
        _check_targets(planned.values(), request)
    files = {path: made.data[format_] for format_, path in planned.items()}
    return ReadyExport(made, files, () if _is_file(request.out, files) else _names(request))


def _is_file(out: str | None, files: Mapping[Path, bytes]) -> bool:
    """Whether `--out` names the very file."""
    return out is not None and at_home(out) in files


def _names(request: ExportRequest) -> tuple[str, ...]:
    file = os.path.realpath(request.brief_file) if request.brief_file is not None else ""
    return tuple(name for name in (file, request.name) if name)


def write_export(ready: ReadyExport, *, force: bool = False) -> MadeBrief:
    """Write the files, all or none. Without `force`, what others wrote there is kept beside.

    Raises `OutputError`.
    """
    files = ready.files
    there = [path for path in files if path.exists()]
    done = write_kept(files, ready.briefs, force=force)
    kept = {each.path for each in done.kept}
    warnings = (*ready.made.warnings, done.warning) if done.warning else ready.made.warnings
    return replace(
        ready.made,
        paths=tuple(files),
        replaced=tuple(path for path in there if path not in kept),
        kept=done.kept,
        warnings=warnings,
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
