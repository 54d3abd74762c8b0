"""What the facts of a clause say between them: the words, numbers and dates that it may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefgen.brief.passages.numbers import Calendar, calendar_of, months_in, numbers_in
from briefgen.facts.model import Base, Fact, Figure
from briefgen.facts.timing import effective_said
from briefgen.index.fold import fold_words

_UNIT_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


@dataclass
class Evidence:
    """The facts of one clause, asked for what they say."""

    facts: Sequence[Fact]
    base: Base

    @cached_property
    def said(self) -> str:
        """Their sentences, with what is added to them, and who says so."""
        return " ".join(
            text
            for fact in self.facts
            for text in (fact.statement, fact.detail, fact.date_note, fact.attribution)
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, folded, by which they may name somebody or something."""
        texts = [self.said]
        for fact in self.facts:
            texts += (cite.quote for cite in fact.cites)
            for name in fact.actors:
                actor = self.base.actors.get(name)
                if actor is not None:
                    texts += (actor.name, *actor.aliases, *(role.title for role in actor.roles))
            for topic in fact.topics:
                if topic in self.base.topics:
                    texts.append(self.base.topics[topic].label)
            for figure in fact.figures:
                measure = self.base.measures.get(figure.measure)
                texts += (figure.unit, measure.label if measure else "")
            for cite in fact.cites:
                source = self.base.sources.get(cite.source)
                if source is not None:
                    texts += (source.title, str(source.csl.get("container-title") or ""))
                    for person in source.csl.get("author") or ():
                        texts += map(str, person.values())
        return frozenset(word for text in texts for word in fold_words(text))

    @cached_property
    def calendars(self) -> tuple[Calendar, ...]:
        """What their dates tell: of the facts, of their figures, and when they were said."""
        sources = self.base.sources
        dates = [date for fact in self.facts for date in (fact.date, effective_said(fact, sources))]
        dates += (figure.period for figure in self.figures)
        for fact in self.facts:
            for cite in fact.cites:
                source = sources.get(cite.source)
                dates.append(source.issued if source else None)
        return tuple(calendar_of(date) for date in dates if date is not None)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Their figures."""
        return tuple(figure for fact in self.facts for figure in fact.figures)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number that one of them states, with its scale and without."""
        found: set[float] = set()
        quotes = " ".join(cite.quote for fact in self.facts for cite in fact.cites)
        for number in numbers_in(f"{self.said} {quotes}"):
            found |= {number.value, number.plain}
        for figure in self.figures:
            for value in (figure.value, figure.value_to):
                if value is not None:
                    found |= {float(value), *scaled(float(value), figure.unit)}
        for calendar in self.calendars:
            found.update(map(float, calendar.days))
        return frozenset(found)

    @cached_property
    def years(self) -> frozenset[int]:
        """Every year that one of them states."""
        told = {int(number.value) for number in numbers_in(self.said) if number.is_year}
        return frozenset(told.union(*(calendar.years for calendar in self.calendars)))

    @cached_property
    def decades(self) -> frozenset[int]:
        """The first years of the decades in which a year of theirs lies."""
        years = {year - year % 10 for year in self.years}
        return frozenset(years.union(*(calendar.decades for calendar in self.calendars)))

    @cached_property
    def months(self) -> frozenset[int]:
        """Every month that one of them states, from 1."""
        told = months_in(self.said)
        return frozenset(told.union(*(calendar.months for calendar in self.calendars)))


def scaled(value: float, unit: str) -> tuple[float, ...]:
    """A figure's value with the scale in its unit: 5e8 for 500 `USD million`."""
    return tuple(value * factor for word, factor in _UNIT_SCALES.items() if word in unit.lower())
