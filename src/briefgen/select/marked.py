"""Facts by their handling marking: which level of the base's scheme each is at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefgen.errors import UsageError
from briefgen.standards.markings import MarkingScheme, near_marking

if TYPE_CHECKING:
    from briefgen.facts.model import Fact, Source
    from briefgen.index import Index


def is_marked(
    fact: Fact, asked: Sequence[str], sources: Mapping[str, Source], scheme: MarkingScheme
) -> bool:
    """Whether a fact is at the level of any of the markings asked for.

    A fact is as high as the highest among its own marking and those of the sources that it cites;
    one without any is at the lowest level.
    """
    cited = (sources[cite.source].marking for cite in fact.cites if cite.source in sources)
    ranks = [scheme.rank(marking) or 0 for marking in (fact.marking, *cited) if marking]
    return max(ranks, default=0) in {scheme.rank(marking) for marking in asked}


def marked_condition(
    index: Index, asked: Sequence[str], scheme: MarkingScheme
) -> tuple[str, list[str]]:
    """`is_marked` as an expression over the table `facts`, and its parameters."""
    ranks = {
        marking: scheme.rank(marking) or 0
        for (marking,) in index.rows(
            "SELECT marking FROM facts WHERE marking <> ''"
            " UNION SELECT marking FROM sources WHERE marking <> ''"
        )
    }
    parts, parameters = [], []
    for rank in sorted({rank for each in asked if (rank := scheme.rank(each)) is not None}):
        above = [marking for marking, own in ranks.items() if own > rank]
        here = [marking for marking, own in ranks.items() if own == rank]
        bears = f"NOT ({_bears(above)})" + (f" AND ({_bears(here)})" if rank else "")
        parts.append(f"({bears})")
        parameters += [*above, *above, *(here * 2 if rank else ())]
    return " OR ".join(parts) or "0", parameters


def markings_of(index: Index) -> tuple[str, ...]:
    """The levels of the base's markings, lowest first; none where nothing in it is marked."""
    ((marked,),) = index.rows(
        "SELECT EXISTS (SELECT 1 FROM facts WHERE marking <> '')"
        " OR EXISTS (SELECT 1 FROM sources WHERE marking <> '')"
    )
    return index.base.markings.levels if marked else ()


def check_markings(index: Index, asked: Sequence[str]) -> None:
    """Raise `UsageError` for a marking that is none of the base's."""
    scheme = index.base.markings
    for marking in asked:
        if scheme.rank(marking) is None:
            listed = ", ".join(scheme.levels)
            raise UsageError(
                f"the base has no marking {marking[:60]!r}",
                hint=near_marking(marking, scheme.levels)
                or (f"it has {listed}" if listed else "base.yaml lists none"),
                about=("markings", marking),
            )


def _bears(markings: Sequence[str]) -> str:
    """The fact bears one of these, or a source of it does: each is a parameter twice."""
    places = _places(markings)
    return (
        f"facts.marking IN ({places}) OR facts.row IN (SELECT row FROM fact_sources"
        f" WHERE source IN (SELECT id FROM sources WHERE marking IN ({places})))"
    )


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
