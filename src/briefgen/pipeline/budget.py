"""A page budget: how far over it a brief is, and what would bring it back.

Type is never shrunk and nothing is dropped: the person decides, and is told what it takes. What
is proposed has been tried: the brief was set again without those sections.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefgen.brief.model import Brief, References, Section
from briefgen.values import valueclass

MAX_TRIALS = 3
"""Most times a brief is set again to try a proposal: each takes as long as the first."""

LONGEST_TRIED = 60
"""Most pages of a brief for which proposals are tried, so that advice never takes minutes."""


@valueclass(frozen=True, slots=True)
class Part:
    """What one entry under `sections` of a template became, and how much room it takes."""

    id: str
    pages: float
    annex: bool


def over_budget(
    brief: Brief,
    template_sections: Sequence[str],
    pages: int,
    budget: int,
    shares: Mapping[str, float],
    last_page: float,
    facts: int,
    count_pages: Callable[[Brief], int],
) -> str:
    """One line that says how far `brief` is over its budget; empty when it is not.

    `template_sections` are the ids that `leave_out` knows; `shares` gives the room of sections
    in pages, by id, and `last_page` how full the last page is; `count_pages` sets a brief and
    says its pages.
    """
    if pages <= budget:
        return ""
    excess = pages - budget - 1 + last_page
    said = f"{_pages(pages)} are {pages - budget} more than the {budget} allowed"
    ways = []
    leave_out = _sections_to_leave_out(
        brief, template_sections, pages, budget, shares, excess, count_pages
    )
    if leave_out:
        listed = ", ".join(leave_out)
        ways.append(f"leave out {listed} (in the brief: sections: {{leave_out: [{listed}]}})")
    fewer = min(facts - 1, math.ceil(facts * excess / (pages - 1 + last_page)))
    if fewer > 0:
        ways.append(f"select about {fewer} of the {facts} facts fewer")
    ways.append(f"allow {_pages(pages)}")
    return f"{said}; {', or '.join(ways)}"


def parts_of(
    brief: Brief, template_sections: Sequence[str], shares: Mapping[str, float]
) -> tuple[Part, ...]:
    """The sections that could be left out, in reading order.

    Not among them: the first, for which a brief is read, and the list of references, without
    which its citations point nowhere.
    """
    room: dict[str, float] = {}
    kept: set[str] = set()
    annex: set[str] = set()
    in_annex = False
    for number, section in enumerate(brief.sections):
        id_ = template_id(section, template_sections)
        in_annex = in_annex or (section.break_before and number > 0)
        if number == 0 or any(isinstance(block, References) for block in section.blocks):
            kept.add(id_)
        if in_annex:
            annex.add(id_)
        if section.blocks:
            room[id_] = room.get(id_, 0.0) + shares.get(section.id, 0.0)
    return tuple(
        Part(id_, pages, id_ in annex)
        for id_, pages in room.items()
        if id_ not in kept and id_ in template_sections
    )


def template_id(section: Section, template_sections: Sequence[str]) -> str:
    """The id in the template of what became `section`: `topics` for `topics-energy`."""
    fitting = [
        id_ for id_ in template_sections if section.id == id_ or section.id.startswith(f"{id_}-")
    ]
    return max(fitting, key=len, default=section.id)


def without(brief: Brief, left_out: Sequence[str], template_sections: Sequence[str]) -> Brief:
    """The brief without some of its template's sections. Its references stay as they are."""
    kept = tuple(
        section
        for section in brief.sections
        if template_id(section, template_sections) not in left_out
    )
    if kept and kept[-1].break_before and not kept[-1].blocks:  # an annex of nothing
        kept = kept[:-1]
    return replace(brief, sections=kept)


def _sections_to_leave_out(
    brief: Brief,
    template_sections: Sequence[str],
    pages: int,
    budget: int,
    shares: Mapping[str, float],
    excess: float,
    count_pages: Callable[[Brief], int],
) -> tuple[str, ...]:
    """The fewest sections, annexes first, whose absence was seen to bring the brief back."""
    if pages > LONGEST_TRIED:
        return ()
    parts = parts_of(brief, template_sections, shares)
    for trial, ids in enumerate(_proposals(parts, excess)):
        if trial == MAX_TRIALS:
            break
        if count_pages(without(brief, ids, template_sections)) <= budget:
            return ids
    return ()


def _proposals(parts: Sequence[Part], excess: float) -> Iterator[tuple[str, ...]]:
    """What to try leaving out, best first: one annex, one other section, all annexes, and those
    with the longest others. A little too little room is tried, too: notes go with their section,
    and the gaps at the ends of pages close.
    """
    needed = excess * 0.9
    annexes = [part for part in parts if part.annex]
    others = sorted((part for part in parts if not part.annex), key=lambda part: -part.pages)
    single = sorted(
        (part for part in parts if part.pages >= needed),
        key=lambda part: (not part.annex, part.pages),
    )
    seen = set()
    for chosen in (
        single[:1],
        *([*annexes, *others[:count]] for count in range(len(others) + 1)),
    ):
        ids = tuple(part.id for part in parts if part in chosen)
        if ids and ids not in seen and sum(part.pages for part in chosen) >= needed:
            seen.add(ids)
            yield ids


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"
