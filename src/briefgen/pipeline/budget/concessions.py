"""What the sections of a brief could give up for a budget of pages, what matters least first.

A person reads from the top, so what stands lower matters less: from the bottom up, each section
first shows less and then goes. After those, parts that repeat for each topic or year show less
and then go; last, what opens a brief (key points, what is spoken) shows less. What the author
wrote, judgements, whom they asked about, what must not be disclosed, what bears out what is said,
and a list of sources that nothing else would stand in for are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefgen.brief.assemble.section_plan import LIMITED_SHOWS
from briefgen.brief.model import (
    Block,
    Brief,
    Entries,
    ListBlock,
    Paragraph,
    Section,
    Sentence,
    Table,
)
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.brief.traversal import inlines_in, plain_text
from briefgen.values import valueclass

_MAY_GO = LIMITED_SHOWS | {"about_sources"}


@valueclass(frozen=True, slots=True)
class Concession:
    """What one section of the template could give up, step by step."""

    section: str
    limits: tuple[int, ...] = ()
    """How many facts it would show at most, fewer with each step."""
    may_go: bool = False
    """Whether it would be left out at last."""

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.limits) + self.may_go

    def leaves_out(self, step: int) -> bool:
        """Whether the section is gone after so many steps."""
        return step > len(self.limits)

    def cut(self, steps: int) -> Concession:
        """The first of its steps alone."""
        return Concession(self.section, self.limits[:steps], steps > len(self.limits))


Steps = tuple[int, ...]
"""How many steps each concession is taken: 0 leaves its section as the brief asks for it."""


def conceded(spec: BriefSpec, concessions: Sequence[Concession], steps: Steps) -> BriefSpec:
    """The brief that asks for less."""
    leave_out = list(spec.sections.leave_out)
    limits = dict(spec.sections.limits)
    for concession, step in zip(concessions, steps, strict=True):
        if not step:
            continue
        if concession.leaves_out(step):
            leave_out.append(concession.section)
            limits.pop(concession.section, None)
        else:
            limits[concession.section] = concession.limits[step - 1]
    sections = replace(spec.sections, leave_out=tuple(leave_out), limits=limits)
    return replace(spec, sections=sections)


def concessions_of(
    template: Template, spec: BriefSpec, brief: Brief, *, notes_name_sources: bool
) -> tuple[Concession, ...]:
    """What the sections before the annex could give up, what matters least first.

    `brief` is what `template` made of `spec`. `notes_name_sources`: whether the sources are named
    where they are cited, so that their list may go.
    """
    lower: list[Concession] = []
    repeated: list[Concession] = []
    opening: list[Concession] = []
    for name, shown in _parts(brief).items():
        section = template.sections_by_id.get(name)
        if section is None:  # one of the author's own
            continue
        if section.show == "annex":
            break
        if section.show == "sources":
            if notes_name_sources and any(one.blocks for one in shown):
                lower.append(Concession(name, (), True))
        elif section.show in _MAY_GO and not _warns(section):
            limits = _lower_limits(section, spec, shown)
            if _opens(section):
                opening.append(Concession(name, limits))
            elif section.for_each is None:
                lower.append(Concession(name, limits, True))
            else:
                has_leads = section.for_each == "topic" and bool(spec.sections.leads)
                repeated.append(Concession(name, limits, not has_leads))
    found = (*reversed(lower), *reversed(repeated), *reversed(opening))
    return tuple(concession for concession in found if concession.steps)


def _parts(brief: Brief) -> Mapping[str, list[Section]]:
    """What came of each part of the template, and of the author's own sections, in order."""
    parts: dict[str, list[Section]] = {}
    for section in brief.sections:
        parts.setdefault(section.part, []).append(section)
    return parts


def _warns(section: SectionTemplate) -> bool:
    """Whether it says what must not be said."""
    return section.where is not None and section.where.use == "not_for_use"


def _opens(section: SectionTemplate) -> bool:
    """Whether it is what the brief is read for, or said aloud from."""
    key = section.where is not None and section.where.key is True
    return key or section.spoken or section.tone == "accent"


def _lower_limits(
    section: SectionTemplate, spec: BriefSpec, shown: Iterable[Section]
) -> tuple[int, ...]:
    """Every limit below what the section shows now, from the highest."""
    if section.show not in LIMITED_SHOWS:
        return ()
    most = max((sum(map(_items, one.blocks)) for one in shown), default=0)
    limit = spec.sections.limits.get(section.id, section.limit)
    return tuple(range(min(most, limit or most) - 1, 0, -1))


def _items(block: Block) -> int:
    """How many facts, people or figures a block seems to show."""
    match block:
        case ListBlock():
            return len(block.items)
        case Entries():
            return sum(max(1, len(entry.blocks)) for entry in block.entries)
        case Table():
            return len(block.rows)
        case Paragraph():
            return int(any(isinstance(inline, Sentence) for inline in inlines_in(block.content)))
        case _:
            return 0


def headings_of(brief: Brief) -> Mapping[str, tuple[str, ...]]:
    """By part of the template, the headings that it came out under, as they are read."""
    headings = {
        part: tuple(filter(None, (plain_text(section.heading) for section in sections)))
        for part, sections in _parts(brief).items()
    }
    return {part: found for part, found in headings.items() if found}
