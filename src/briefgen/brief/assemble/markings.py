"""Handling markings: the highest among a brief's facts and sources wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact
from briefgen.suggestions import did_you_mean


def brief_marking(spec: BriefSpec, base: Base, facts: Iterable[Fact], cited: Iterable[str]) -> str:
    """The marking for each page: what was asked, or the highest found; empty for none.

    `facts` are those that it draws on or names, `cited` the ids of what it cites, by whatever
    way. Raises `UsageError` when the marking asked for is lower than the material's, or unknown
    to a base that lists its markings.
    """
    order = base.markings
    highest, bearer = _highest(_marked(facts, cited, base), base)
    asked = spec.marking
    if asked is None or asked == "":
        return highest
    if order and asked not in order:
        raise UsageError(
            f"marking {asked!r} is not one of the base's",
            hint=did_you_mean(asked, order) or f"they are {', '.join(order)}",
            origin=spec.place("marking", asked),
        )
    if highest and (asked not in order or order.index(asked) < order.index(highest)):
        raise UsageError(
            f"marking {asked!r} is lower than {highest!r}, which {bearer} carries",
            hint=f"use {highest!r} or leave that out",
            origin=spec.place("marking", asked),
        )
    return asked


def _marked(facts: Iterable[Fact], cited: Iterable[str], base: Base) -> Iterator[tuple[str, str]]:
    """Every marking of the material, and who carries it."""
    sources = dict.fromkeys(sorted(cited))
    for fact in facts:
        yield fact.marking, f"fact {fact.id!r}"
        sources |= dict.fromkeys(cite.source for cite in fact.cites)
    for name in sources:
        source = base.sources.get(name)
        if source is not None:
            yield source.marking, f"source {name!r}"


def _highest(marked: Iterable[tuple[str, str]], base: Base) -> tuple[str, str]:
    found, bearer = "", ""
    for marking, who in marked:
        if marking and (not found or _rank(marking, base) > _rank(found, base)):
            found, bearer = marking, who
    return found, bearer


def _rank(marking: str, base: Base) -> int:
    return base.markings.index(marking) if marking in base.markings else -1
