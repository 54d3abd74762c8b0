"""From a request to a cited brief, ready to be rendered: read, select, assemble, cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.errors import NothingSelectedError, Origin, Problem, UsageError, told_at
from briefgen.folders import cache_folder
from briefgen.pipeline.pages import PageCount, annex_of
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.brief.assemble.brief import Assembled
    from briefgen.brief.assemble.placements import Placement, SectionCount
    from briefgen.brief.assemble.requirements import Missing
    from briefgen.brief.model import Brief
    from briefgen.brief.template.model import Template
    from briefgen.cite.styles import CslStyle
    from briefgen.cite.words_at_hand import WordsAtHand
    from briefgen.facts.model import Source
    from briefgen.index import Index
    from briefgen.keeping import KeptFile
    from briefgen.pipeline.resources import Resources
    from briefgen.select.model import Selection

Step = Callable[[str], None]
"""Told what is going on, for a line of progress."""


@valueclass(frozen=True, slots=True)
class MadeBrief:
    """A brief on its way to files, and what there is to say about it; each step adds its own."""

    spec: BriefSpec
    brief: Brief
    """Its citations are worded once `cite_draft` has been there."""
    uncited: Brief
    """As it was before that."""
    style: CslStyle
    sources: Mapping[str, Source]
    """All of the base's."""
    template: Template
    fact_ids: tuple[str, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    """The errors of the base: what has one was left out."""
    placements: tuple[Placement, ...] = ()
    """Where each fact is printed, or why it is not."""
    missing: tuple[Missing, ...] = ()
    """What the template requires and the brief does not say."""
    section_counts: Mapping[str, SectionCount] = field(default_factory=dict)
    """By part of the template: how many facts it prints, of how many."""
    led: Mapping[str, int] = field(default_factory=dict)
    """By section: how many blocks at its start are the author's lead into its topic."""
    warned_facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By warning: the facts that it is about, where it is about some."""
    data: Mapping[OutputFormat, bytes] = field(default_factory=dict)
    """The bytes of each file, once it is rendered."""
    pages: Mapping[OutputFormat, PageCount] = field(default_factory=dict)
    """Of each rendered file that has any."""
    over_budget: str = ""
    """Over `max_pages`: by how much and what would bring it back. Empty when it fits."""
    fitted: tuple[str, ...] = ()
    """What was left out so that it fits, where that was asked: a line for each section."""
    paths: tuple[Path, ...] = ()
    """What was written, once it is exported."""
    replaced: tuple[Path, ...] = ()
    """Those of `paths` where an older file stood that was not kept."""
    kept: tuple[KeptFile, ...] = ()
    """What others wrote where `paths` are now, and where it is."""

    @property
    def template_sections(self) -> tuple[str, ...]:
        """The ids that `sections: leave_out` may name."""
        return tuple(self.template.sections_by_id)

    @property
    def annex(self) -> str:
        """The anchor of the section that opens the annex; empty where there is none."""
        return annex_of(self.template, self.brief)


@valueclass(frozen=True, slots=True)
class Desk:
    """Where one brief is drafted, and where others like it can be: what they are made from."""

    base: Path
    templates: tuple[Path, ...]
    resources: Resources
    created: datetime
    today: date
    as_draft: bool = False
    unfinished: bool = False
    """Both as `assemble_draft` has them."""

    def draft(self, spec: BriefSpec, step: Step = lambda text: None) -> MadeBrief:
        """As `assemble_draft`."""
        return assemble_draft(
            spec,
            self.base,
            self.templates,
            self.resources,
            created=self.created,
            today=self.today,
            step=step,
            as_draft=self.as_draft,
            unfinished=self.unfinished,
        )

    def cite(self, drafted: MadeBrief, at_hand: WordsAtHand | None = None) -> MadeBrief:
        """As `cite_draft`."""
        return cite_draft(drafted, self.resources, at_hand)


def draft_brief(
    spec: BriefSpec,
    desk: Desk,
    *,
    step: Step = lambda text: None,
    while_citing: Callable[[], None] = lambda: None,
) -> MadeBrief:
    """Draft and cite the brief that `spec` asks for, at `desk`.

    `while_citing` is called in a thread of its own when the wording is expected to take a moment
    in which this process would only wait. Raises `BriefgenError`.
    """
    from briefgen.cite.cache import CacheFile

    with told_at(spec.place("style", spec.style)):
        desk.resources.style(spec.style)  # before Pandoc is started for nothing
    # Who asked the same before finds the wording kept. It is a guess: a wrong one costs time.
    request = repr((spec, desk.base.resolve(), desk.templates))
    asked = CacheFile(cache_folder(), "asked", request)
    is_new = asked.read() is None
    if is_new:
        desk.resources.citeproc.start()
    drafted = desk.draft(spec, step)
    if is_new:
        import threading

        threading.Thread(target=while_citing, daemon=True).start()
    step("citing")
    drafted = desk.cite(drafted)
    if is_new:
        asked.write(True)
    return drafted


def assemble_draft(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    resources: Resources,
    *,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
    as_draft: bool = False,
    unfinished: bool = False,
) -> MadeBrief:
    """Put together the brief that `spec` asks for, from the base in `base`; nothing is cited yet.

    A brief that does not say all that its template requires is refused, unless `unfinished` ones
    are wanted or it is to be marked `as_draft`. Raises `BriefgenError`.
    """
    with told_at(spec.place("style", spec.style)):
        style = resources.style(spec.style)
    step("reading the fact base")
    with told_at(spec.place("template", spec.template)):
        template = resources.template(spec.template, templates)
    index = resources.base(base)
    step("drafting")
    assembled = _assemble(spec, index, template, created, today, as_draft)
    if not (as_draft or unfinished):
        from briefgen.brief.assemble.requirements import refuse_missing

        in_file = Origin(spec.origin.path) if spec.origin.path else None
        with told_at(spec.place("template", spec.template) or in_file):
            refuse_missing(assembled.missing, template.id)
    return MadeBrief(
        spec=spec,
        brief=assembled.brief,
        uncited=assembled.brief,
        style=style,
        sources=index.base.sources,
        template=template,
        fact_ids=assembled.fact_ids,
        placements=assembled.placements,
        missing=assembled.missing,
        section_counts=assembled.section_counts,
        led=assembled.led,
        warned_facts=assembled.warned_facts,
        warnings=(*index.warnings, *assembled.warnings),
        problems=index.errors,
    )


def cite_draft(
    drafted: MadeBrief, resources: Resources, at_hand: WordsAtHand | None = None
) -> MadeBrief:
    """The draft with its brief's citations worded; `at_hand`: as `cite_brief` has it.

    Raises `BriefgenError`.
    """
    from briefgen.cite import cite_brief

    spec = drafted.spec
    cited = cite_brief(
        drafted.uncited,
        drafted.sources,
        drafted.style,
        listing=spec.references,
        live=spec.citations == "zotero",
        citeproc=resources.citeproc,
        cache_folder=cache_folder(),
        at_hand=at_hand,
    )
    return replace(drafted, brief=cited)


def _assemble(
    spec: BriefSpec,
    index: Index,
    template: Template,
    created: datetime,
    today: date,
    as_draft: bool,
) -> Assembled:
    from briefgen.brief.assemble.brief import assemble_brief
    from briefgen.select.pick import select_facts

    try:
        return assemble_brief(
            spec,
            template,
            index.base,
            select_facts(index, spec.select),
            index,
            today=today,
            created=created,
            as_draft=as_draft,
            undated_left_out=_undated_left_out(index, spec.select),
        )
    except UsageError as error:
        if error.origin is None and error.about:
            error.origin = spec.place("select", *error.about)
        raise
    except NothingSelectedError as error:
        if not error.origin and spec.origin.path:
            said = [at for path, at in spec.places.items() if path[0] == "select" and at.line]
            where = min(said, key=lambda at: (at.line, at.column), default=Origin(spec.origin.path))
            raise NothingSelectedError(error.message, hint=error.hint, origin=where) from None
        raise


def _undated_left_out(index: Index, selection: Selection) -> int:
    """How many undated facts only the date range kept out."""
    if selection.undated or (selection.start is None and selection.end is None):
        return 0
    from briefgen.select.pick import count_facts

    with_undated = count_facts(index, replace(selection, undated=True))
    return with_undated - count_facts(index, selection)
