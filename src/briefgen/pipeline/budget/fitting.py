"""Trying what brings a brief back into its budget of pages: drafted again, cited, laid out.

Each trial is the brief that a person would get by writing the same `sections: {leave_out, limits}`
into it, in every kind of file that is asked for, the Word file with the fonts and page set-up of
its house. Citations are worded as they were at first sight; what is proposed was worded anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from briefgen.brief.model import Brief, Sentence
from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.brief.traversal import walk_inlines
from briefgen.cite.words_at_hand import WordsAtHand
from briefgen.pipeline.budget.concessions import (
    Concession,
    Steps,
    conceded,
    concessions_of,
)
from briefgen.pipeline.budget.search import smallest
from briefgen.pipeline.draft import Desk, MadeBrief
from briefgen.pipeline.pages import (
    PageCount,
    body_alone,
    counted,
    counted_each,
    laid_out_for_budget,
    lay_out,
    length_of,
    most_pages,
)
from briefgen.render.paged import CONTENTS_FROM


class Fit(NamedTuple):
    """What a brief would be with the least that brings it back, or with as little as may be."""

    drafted: MadeBrief
    """Cited; its spec asks for less than the brief does."""
    pages: Mapping[OutputFormat, PageCount]
    taken: tuple[Concession, ...]
    """What was conceded: the steps that were taken, of the sections that are concerned."""

    @property
    def spec(self) -> BriefSpec:
        """The brief with what was conceded written into it."""
        return self.drafted.spec

    @property
    def most(self) -> int:
        """The pages before the annex, in the file that has most."""
        return most_pages(self.pages)


def find_fit(
    made: MadeBrief,
    desk: Desk,
    formats: Sequence[OutputFormat],
    house: bytes | None,
    budget: int,
) -> Fit:
    """The smallest change to `made` after which none of `formats` has more than `budget` pages.

    `made` is cited, its pages are counted. Where no change is enough, it is that with the fewest
    pages. Raises `BriefgenError`.
    """
    trials = Trials(made, desk, formats, house, budget)
    if not trials.concessions:
        return Fit(made, made.pages, ())
    chosen = smallest(trials.concessions, trials.fits)
    if chosen is not None and not trials.fits_worded(chosen):
        # The words at hand were not near enough: the search is made with the real ones.
        chosen = smallest(trials.concessions, trials.fits_worded)
    if chosen is None:
        chosen = tuple(concession.steps for concession in trials.concessions)
    drafted, pages = trials.worded(chosen)
    taken = tuple(
        concession.cut(step)
        for concession, step in zip(trials.concessions, chosen, strict=True)
        if step
    )
    return Fit(drafted, pages, taken)


class Trials:
    """The same brief again and again, each time asking for less."""

    def __init__(
        self,
        made: MadeBrief,
        desk: Desk,
        formats: Sequence[OutputFormat],
        house: bytes | None,
        budget: int,
    ) -> None:
        self.made, self.desk, self.budget = made, desk, budget
        self.formats, self.house = formats, house
        self.at_hand = WordsAtHand(made.brief)
        self._worded: dict[Steps, tuple[MadeBrief, Mapping[OutputFormat, PageCount]]] = {}
        self.concessions: tuple[Concession, ...] = ()
        self.annex_is_long = all(
            count.all - count.body >= CONTENTS_FROM for count in made.pages.values()
        )
        """Whether it calls for a list of contents however short the rest becomes."""
        printed = _printed(made)
        self.prints = bool(printed)
        self.chosen = printed & _chosen(made.spec)
        for concession in concessions_of(
            made.template, made.spec, made.uncited, notes_name_sources=made.style.is_note_style
        ):
            # In order, so that what one section shows of the chosen facts may stand in another.
            may_be = (concession, Concession(concession.section, concession.limits))
            found = next((one for one in may_be if one.steps and self._keeps(one)), None)
            if found is not None:
                self.concessions = (*self.concessions, found)

    def _keeps(self, concession: Concession) -> bool:
        """Whether, with all that was conceded before, it leaves what a person chose in its place,
        and at least one fact where there were some."""
        concessions = (*self.concessions, concession)
        spec = conceded(self.made.spec, concessions, tuple(one.steps for one in concessions))
        printed = _printed(self.desk.draft(spec))
        return bool(printed) == self.prints and self.chosen <= printed

    def _drafted(self, steps: Steps) -> MadeBrief:
        return self.desk.draft(conceded(self.made.spec, self.concessions, steps))

    def fits(self, steps: Steps) -> bool:
        """Whether the brief after these steps seems to fit: the PDF is asked first, which is laid
        out soonest."""
        drafted = self._drafted(steps)
        short = body_alone(drafted.uncited, drafted.annex, is_long=self.annex_is_long)
        drafted = replace(drafted, brief=short, uncited=short)
        brief, annex = self.desk.cite(drafted, self.at_hand).brief, drafted.annex
        return all(
            counted(brief, annex, lay_out(brief, format_, self.house)).body <= self.budget
            for format_ in sorted(self.formats, key=lambda format_: format_ != "pdf")
        )

    def length(self, steps: Steps) -> float:
        """How long the brief after these steps is before its annex, in pages and parts of one:
        that of the file which is longest."""
        drafted = self._drafted(steps)
        short = body_alone(drafted.uncited, drafted.annex, is_long=self.annex_is_long)
        drafted = replace(drafted, brief=short, uncited=short)
        brief, annex = self.desk.cite(drafted, self.at_hand).brief, drafted.annex
        return max(
            length_of(brief, annex, lay_out(brief, format_, self.house)) for format_ in self.formats
        )

    def worded(self, steps: Steps) -> tuple[MadeBrief, Mapping[OutputFormat, PageCount]]:
        """The brief after these steps, its citations worded anew, and its pages."""
        if steps not in self._worded:
            cited = self.desk.cite(self._drafted(steps))
            layouts = laid_out_for_budget(cited.brief, self.formats, self.house)
            self._worded[steps] = cited, counted_each(cited.brief, cited.annex, layouts)
        return self._worded[steps]

    def fits_worded(self, steps: Steps) -> bool:
        """Whether the brief after these steps fits."""
        return most_pages(self.worded(steps)[1]) <= self.budget


_Name = tuple[str, str]
"""`fact` or `passage`, and its id."""


def _printed(made: MadeBrief) -> set[_Name]:
    """The facts and passages that stand before the annex."""
    found: set[_Name] = set()
    for inline in walk_inlines(_before(made.uncited, made.annex)):
        if isinstance(inline, Sentence):
            found.update(("fact", name) for name in inline.facts)
            if inline.passage:
                found.add(("passage", inline.passage))
    return found


def _chosen(spec: BriefSpec) -> set[_Name]:
    """What the person pinned, starred or wrote, among what facts say."""
    facts = {("fact", name) for name in (*spec.edits.key, *spec.edits.include)}
    return facts | {("passage", passage.id) for passage in spec.passages.add}


def _before(brief: Brief, annex: str) -> Brief:
    sections = takewhile(lambda section: not annex or section.anchor != annex, brief.sections)
    return replace(brief, sections=tuple(sections))
