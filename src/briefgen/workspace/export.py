"""One brief from request to files: every stage in turn, and every file or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from briefgen.brief.spec import BriefSpec, OutputFormat
from briefgen.errors import InputError, Origin, OutputError, Problem, told_at
from briefgen.files import writable_target, write_all_whole
from briefgen.records import dataclass
from briefgen.workspace.drafting import Step, draft_brief
from briefgen.workspace.moment import moment
from briefgen.workspace.naming import plan_files, slug, stem_of
from briefgen.workspace.places import find_base, template_folders


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
    house = _read_house(spec.house) if spec.house is not None else None
    formats = tuple(planned)
    with told_at(None if request.base or spec.base is None else spec.place("base", spec.base)):
        base = find_base(request.base, spec.base)
    drafted = draft_brief(
        spec,
        base,
        template_folders(request.templates),
        created=created,
        today=today,
        step=step,
        while_citing=lambda: load_renderers(formats),
    )
    if name is None:
        planned = plan_files(request.out, request.formats, spec.outputs, slug(drafted.brief.title))
        _check_targets(planned.values(), request)
    from briefgen.workspace.rendering import Budget, render_all

    budget = None
    if spec.max_pages is not None:
        budget = Budget(spec.max_pages, drafted.template_sections, len(drafted.fact_ids))
    with told_at(Origin(spec.house) if spec.house is not None else None):  # all else is ours
        rendered = render_all(drafted.brief, formats, house, budget, step)
    step("saving")
    write_all_whole({path: rendered.data[format_] for format_, path in planned.items()})
    return Exported(
        tuple(planned.values()),
        tuple(dict.fromkeys((*drafted.warnings, *rendered.warnings))),
        drafted.problems,
        rendered.over_budget,
    )


def load_renderers(formats: tuple[OutputFormat, ...]) -> None:
    """Import what will render `formats`, so that it is there when it is wanted."""
    from briefgen.render import load

    with contextlib.suppress(Exception):  # what is wrong shows when it is used
        for format_ in formats:
            load(format_)


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


def _read_house(path: str) -> bytes:
    try:
        return Path(path).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot read the house document ({reason})",
            hint="name a .docx or .dotx file that you may read",
            origin=Origin(path),
        ) from None
