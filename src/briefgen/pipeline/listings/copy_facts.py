"""Facts against the saved copies that they cite: figures, numbers, years and people.

For English. A fact is held against the paragraphs or pages that it names, else against the whole
copy; where one of its sources has no copy nothing is asked, for it may say the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.brief.passages.numbers import calendar_of, numbers_in
from briefgen.capture.model import SavedText
from briefgen.errors import Problem
from briefgen.facts.model import Base, Citation, Fact, Figure
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern

_RANGE = lazy_pattern(r"\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NEAR = 1e-6


class CopyFacts:
    """The texts of copies, by source."""

    def __init__(self, base: Base, copies: dict[str, SavedText]) -> None:
        self._base = base
        self._copies = copies

    def problems(self, fact: Fact) -> Iterator[Problem]:
        """What a fact says that its copies do not."""
        saved = [self._copies.get(cite.source) for cite in fact.cites]
        copies = [one for one in saved if one is not None and not one.is_scan]
        if len(copies) < len(fact.cites):
            return
        whole = " ".join(one.text for copy in copies for one in copy.paragraphs)
        pairs = zip(fact.cites, copies, strict=True)
        places = " ".join(_cited(cite, copy) for cite, copy in pairs)
        where = "in the place that it cites" if places != whole else "in its saved copy"
        for what in _figures(fact, places):
            yield _problem(fact, f"{what} is not {where}")
        for what in _people(self._base, fact, whole):
            yield _problem(fact, f"{what} is not in its saved copy")
        for what in _years(self._base, fact, whole):
            yield _problem(fact, f"{what} is not in its saved copy, and no date_note says how")


def _problem(fact: Fact, what: str) -> Problem:
    return Problem(
        fact.origin, "warning", f"{fact.id}: {what}", "look it up there, and put right which is off"
    )


def _cited(cite: Citation, saved: SavedText) -> str:
    """The text of the place that a citation names; of the whole copy where it names none."""
    said = dict(cite.locators)
    found = _RANGE.fullmatch(said.get("page" if saved.pages else "paragraph", ""))
    if found is None:
        return " ".join(one.text for one in saved.paragraphs)
    first = int(found[1])
    last = int(found[2] or first)
    return " ".join(
        one.text for one in saved.paragraphs if first <= (one.page or one.number) <= last
    )


def _figures(fact: Fact, text: str) -> Iterator[str]:
    said = list(numbers_in(text))
    known = {one.value for one in said} | {one.plain for one in said}
    for figure in fact.figures:
        for value in (figure.value, figure.value_to):
            if value is not None and not _is_among(value, figure, known):
                yield f"the figure {value:,.15g} {figure.unit}"


def _is_among(value: float, figure: Figure, known: Sequence[float] | set[float]) -> bool:
    """Whether a number is told, in the unit or with the unit's scale: `500 million` of `USD`."""
    scale = 1.0
    for word in fold_words(figure.unit):
        scale *= _SCALES.get(word, 1.0)
    wanted = (value, value * scale)
    return any(abs(one - each) <= _NEAR * max(abs(one), 1) for one in wanted for each in known)


def _people(base: Base, fact: Fact, text: str) -> Iterator[str]:
    words = set(fold_words(text))
    for id_ in fact.actors:
        actor = base.actors.get(id_)
        if actor is None or actor.kind != "person":
            continue
        names = [fold_words(name) for name in (actor.name, *actor.aliases)]
        if not any(name and name[-1] in words for name in names):
            yield f"the name {actor.name}"


def _years(base: Base, fact: Fact, text: str) -> Iterator[str]:
    """Years of the fact's date that no text has: of the issue they need not be told."""
    if fact.date is None or fact.date_note:
        return
    told = {int(one.value) for one in numbers_in(text) if one.is_year}
    for cite in fact.cites:
        issued = base.sources[cite.source].issued if cite.source in base.sources else None
        told |= calendar_of(issued).years if issued is not None else set()
    # `2022-23` tells two years.
    told |= {year + 1 for year in told if f"{year}-{(year + 1) % 100:02d}" in text}
    told |= {year + 1 for year in told if f"{year}–{(year + 1) % 100:02d}" in text}
    for year in sorted(calendar_of(fact.date).years - told):
        yield f"the year {year}"
