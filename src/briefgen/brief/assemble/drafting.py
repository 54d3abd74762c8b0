"""What every part of a brief is drafted from: the request, the base, the chosen facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.dates import date_in_words, date_order, parse_edtf
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact, Reliability
from briefgen.suggestions import did_you_mean

_LONGEST_DEED = 183
"""Days: an event that is dated to a longer interval happened at some time within it."""


class FactLookup(Protocol):
    """What assembly asks of the index, beyond the facts that were selected."""

    def facts(self, ids: Iterable[str]) -> Mapping[str, Fact]:
        """The facts with these ids; unknown ids are left out."""

    def disputes(self, ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """By id, the ids of the facts that cannot hold beside it; symmetric."""


@dataclass(slots=True)
class Drafting:
    """The workshop of one brief: read by every section, written only by `warn`."""

    spec: BriefSpec
    template: Template
    base: Base
    words: Mapping[str, str]
    facts: tuple[Fact, ...]
    """The facts of the brief, in order, hand edits applied."""
    related: Mapping[str, Fact]
    """Facts outside the brief that it may name: other sides of disputes, cited in own text."""
    disputes: Mapping[str, tuple[str, ...]]
    context: Mapping[str, Any]
    """What headings and texts may call by name."""
    sections: tuple[SectionTemplate, ...]
    """The template's sections that were not left out."""
    undated_left_out: int = 0
    warnings: list[str] = field(default_factory=list)
    language: str = "en"

    def fact(self, name: str) -> Fact | None:
        """A fact of the brief or one related to it."""
        return self.by_id.get(name) or self.related.get(name)

    @property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts of the brief by id."""
        if self._by_id is None:
            self._by_id = {fact.id: fact for fact in self.facts}
        return self._by_id

    _by_id: dict[str, Fact] | None = None

    def warn(self, text: str) -> None:
        """Note something that the person should know; each once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def date(self, fact: Fact) -> str:
        """A fact's date in words, or the word for undated."""
        if fact.date is None:
            return self.words["undated"]
        told = date_in_words(fact.date, self.language)
        if fact.kind in ("event", "agreement") and "/" in fact.date.text:
            # A deed does not last: its interval says between when and when it was done.
            first, last = fact.date.first_day, fact.date.last_day
            ends = fact.date.text.split("/")
            if first is None and last is not None:
                end = date_in_words(parse_edtf(ends[1]), self.language)
                return self.words["by"].format(end=end)
            if first is not None and last is not None and last - first > _LONGEST_DEED:
                start, end = (date_in_words(parse_edtf(part), self.language) for part in ends)
                return self.words["between"].format(start=start, end=end)
        return told

    def actor_name(self, name: str) -> str:
        """An actor's name, or its id if the base does not know it."""
        actor = self.base.actors.get(name)
        return actor.name if actor else name

    def source_grades(self, fact: Fact) -> list[Reliability | None]:
        """The reliability grade of each source that the fact cites; None for an ungraded one."""
        sources = [self.base.sources.get(cite.source) for cite in fact.cites]
        return [source.reliability for source in sources if source is not None]

    def reliability(self, fact: Fact) -> Reliability | None:
        """The best reliability grade among the fact's sources, if any is graded."""
        return min([grade for grade in self.source_grades(fact) if grade], default=None)


def choose_facts(spec: BriefSpec, selected: Iterable[Fact], lookup: FactLookup) -> tuple[Fact, ...]:
    """The selection with the hand edits of `spec` laid over it.

    Raises `UsageError` for an id that the base does not have.
    """
    edits = spec.edits
    chosen = {fact.id: fact for fact in selected}
    named = {
        "exclude": edits.exclude, "include": edits.include, "order": edits.order,
        "key": edits.key, "reword": tuple(edits.reword),
    }  # fmt: skip
    missing = [name for names in named.values() for name in names if name not in chosen]
    known = lookup.facts(missing) if missing else {}
    for where, names in named.items():
        for name in names:
            if name not in chosen and name not in known:
                raise UsageError(
                    f"facts.{where}: the base has no fact {name!r}",
                    hint=did_you_mean(name, chosen) or "correct the id or remove it",
                    origin=spec.place("facts", where, name),
                )
    for name in edits.include:
        chosen.setdefault(name, known[name] if name in known else chosen[name])
    for name in edits.exclude:
        chosen.pop(name, None)
    facts = list(chosen.values())
    if edits.include:
        facts.sort(key=contract_order)
    if edits.order:
        place = {name: number for number, name in enumerate(edits.order)}
        facts.sort(key=lambda fact: place.get(fact.id, len(place)))
    if edits.key or edits.reword:
        keys = set(edits.key)
        facts = [
            replace(fact, key=fact.key or fact.id in keys,
                    statement=edits.reword.get(fact.id, fact.statement))
            if fact.id in keys or fact.id in edits.reword
            else fact
            for fact in facts
        ]  # fmt: skip
    return tuple(facts)


def contract_order(fact: Fact) -> tuple[tuple[int, ...], str]:
    """First day (open start first), last day (open end last), id; undated facts at the end."""
    return date_order(fact.date), fact.id
