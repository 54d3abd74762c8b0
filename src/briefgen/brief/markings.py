"""Handling markings: the highest among a brief's facts and sources wins."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.brief.spec import BriefSpec
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact
from briefgen.reading.shapes import did_you_mean


def brief_marking(
    spec: BriefSpec, base: Base, facts: Iterable[Fact], related: Iterable[Fact], where: str
) -> str:
    """The marking for each page: what was asked, or the highest found; empty for none.

    Raises `UsageError` when the marking asked for is lower than the material's, or unknown to
    a base that lists its markings.
    """
    order = base.markings
    highest, bearer = _highest((*facts, *related), base)
    asked = spec.marking
    if asked is None or asked == "":
        return highest
    if order and asked not in order:
        raise UsageError(
            f"{where}marking {asked!r} is not one of the base's",
            hint=did_you_mean(asked, order) or f"they are {', '.join(order)}",
        )
    if highest and (asked not in order or order.index(asked) < order.index(highest)):
        raise UsageError(
            f"{where}marking {asked!r} is lower than {highest!r}, which {bearer} carries",
            hint=f"use {highest!r} or leave that fact out",
        )
    return asked


def _highest(facts: Iterable[Fact], base: Base) -> tuple[str, str]:
    found, bearer = "", ""
    for fact in facts:
        marked = [(fact.marking, f"fact {fact.id!r}")]
        for cite in fact.cites:
            source = base.sources.get(cite.source)
            if source is not None:
                marked.append((source.marking, f"source {source.id!r}"))
        for marking, who in marked:
            if marking and (not found or _rank(marking, base) > _rank(found, base)):
                found, bearer = marking, who
    return found, bearer


def _rank(marking: str, base: Base) -> int:
    return base.markings.index(marking) if marking in base.markings else -1
