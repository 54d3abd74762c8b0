"""Handling markings: the highest among a brief's facts and sources wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact
from briefgen.standards.markings import MarkingScheme, near_marking


def brief_marking(spec: BriefSpec, base: Base, facts: Iterable[Fact], cited: Iterable[str]) -> str:
    """The marking for each page: what was asked, or the highest found; empty for none.

    `facts` are those that it draws on or names, `cited` the ids of what it cites, by whatever
    way. Raises `UsageError` when the marking asked for is lower than the material's, or unknown
    to a base that lists its markings, and when there is handling without a marking. No error
    proposes a marking below what the material bears.
    """
    scheme = base.markings
    found: dict[str, str] = {}
    for marking, bearer in _marked(facts, cited, base):
        if marking:
            found.setdefault(scheme.printed(marking), bearer)
    highest = scheme.highest(found)
    asked = spec.marking
    if not asked:
        if spec.handling and not highest:
            raise UsageError(
                f"handling ({', '.join(spec.handling)}) without a marking",
                hint=_add(scheme.levels),
                origin=spec.place("handling"),
            )
        return highest
    rank, least = scheme.rank(asked), scheme.rank(highest)
    if scheme.levels and rank is None:
        raise UsageError(
            f"marking {asked!r} is not one of the base's",
            hint=near_marking(asked, scheme.from_level(highest))
            or "add it to markings in base.yaml, in its place among them",
            origin=spec.place("marking", asked),
        )
    if highest and (rank is None or (least is not None and rank < least)):
        raise UsageError(
            f"marking {asked!r} is lower than {highest!r}, which {found[highest]} carries",
            hint=f"write marking: {_or_higher(scheme, highest)}",
            origin=spec.place("marking", asked),
        )
    return scheme.printed(asked)


def _add(levels: tuple[str, ...]) -> str:
    return f"add marking: {' or '.join(levels)}" if levels else "add marking: and what it is"


def _or_higher(scheme: MarkingScheme, marking: str) -> str:
    """`SECRET or TOP SECRET`: the marking, and what is above it."""
    above = scheme.from_level(marking)[1:] if scheme.rank(marking) is not None else ()
    return " or ".join((marking, *above))


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
