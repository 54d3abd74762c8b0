"""Where on the pages each fact is printed, in the few words that a row of a list has room for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefgen.brief.traversal import blocks_inlines, plain_text
from briefgen.render.fact_places import FactPlace

if TYPE_CHECKING:
    from briefgen.brief.assemble.placements import Placement
    from briefgen.brief.model import Section
    from briefgen.pipeline.draft import MadeBrief


class Printed(NamedTuple):
    """Where one fact is printed first, or why it is printed nowhere. Many facts share one."""

    label: str
    """`Key points`, `annex only`, or why it is not printed; it may be cut where room is short."""
    page: int = 0
    """From 1; 0 where it is printed nowhere, or where its page is not known."""
    section: str = ""
    """Of the template: the one that prints it first, or the one that keeps it out; may be empty."""
    on_pages: bool = True

    @property
    def words(self) -> str:
        """`Key points · p. 1`, `annex only · p. 4`, `not printed: limit of 5`."""
        return f"{self.label}{self.page_words}"

    @property
    def page_words(self) -> str:
        """What stands behind the label and is never cut: ` · p. 1`; empty without a page."""
        said = f"p. {self.page}" if self.page else ""
        return f" · {said}" if self.label and said else said


LEFT_OUT = Printed("left out", on_pages=False)
"""Of a fact that the person left out, whatever older pages say."""


def printed_facts(made: MadeBrief, places: Sequence[FactPlace]) -> dict[str, Printed]:
    """By id, where each fact stands on pages that were laid out, or why on none.

    `places` are where its sentences stand on those pages, in reading order.
    """
    pages = _first_pages(places)
    firsts = _first_sections(made.brief.sections)
    headings = _headings(made.brief.sections)
    annex = _of_annex(made)
    shared: dict[Printed, Printed] = {}
    found: dict[str, Printed] = {}
    for placement in made.placements:
        id_ = placement.id
        if not placement.printed:
            told = _nowhere(placement, made)
        else:
            # What the author's own text cites has no sentence of its own.
            number = firsts.get(id_)
            parts = placement.sections
            if number is None or made.brief.sections[number].part != parts[0]:
                told = Printed(f"cited in {headings.get(parts[0]) or 'your text'}", 0, parts[0])
            elif number >= annex:
                told = Printed("annex only", pages.get(id_, 0), parts[0])
            else:
                label = headings[made.brief.sections[number].id]
                told = Printed(label, pages.get(id_, 0), parts[0])
        # One value for all that stand together: it goes from process to process but once.
        found[id_] = shared.setdefault(told, told)
    return found


def _first_pages(places: Iterable[FactPlace]) -> dict[str, int]:
    """By fact, the page from 1 on which it stands first."""
    found: dict[str, int] = {}
    for place in places:
        for id_ in (place.fact, *place.others):
            found.setdefault(id_, place.page + 1)
    return found


def _first_sections(sections: Sequence[Section]) -> dict[str, int]:
    """By fact, the number of the first section that has a sentence for it."""
    from briefgen.brief.model import Sentence

    found: dict[str, int] = {}
    for number, section in enumerate(sections):
        for inline in blocks_inlines(section.blocks):
            if isinstance(inline, Sentence):
                for id_ in inline.facts:
                    found.setdefault(id_, number)
    return found


def _headings(sections: Iterable[Section]) -> Mapping[str, str]:
    """By id and by part, the heading under which a section stands."""
    found: dict[str, str] = {}
    above = ""
    for section in sections:
        above = plain_text(section.heading, citations=False).strip() or above
        found.setdefault(section.part, above)
        found[section.id] = above
    return found


def _of_annex(made: MadeBrief) -> int:
    """The number of the section that opens the annex; that behind the last where there is none."""
    sections = made.brief.sections
    return next(
        (n for n, one in enumerate(sections) if made.annex and one.anchor == made.annex),
        len(sections),
    )


def _nowhere(placement: Placement, made: MadeBrief) -> Printed:
    section = placement.kept_out_by or ""
    match placement.reason:
        case "excluded":
            return LEFT_OUT
        case "limit":
            limit = _limit(section, made)
            said = f"limit of {limit}" if limit is not None else "limit"
        case "section-off":
            said = "section off"
        case _:
            said = "no section takes it"
    return Printed(f"not printed: {said}", 0, section, on_pages=False)


def _limit(section: str, made: MadeBrief) -> int | None:
    asked = made.spec.sections.limits
    planned = made.template.sections_by_id.get(section)
    for name in (section, *(planned.formerly if planned is not None else ())):
        if name in asked:
            return asked[name]
    return planned.limit if planned is not None else None
