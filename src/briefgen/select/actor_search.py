"""Finds actors while their names are typed: names and aliases, in any script, folded."""

from __future__ import annotations

from briefgen.facts.model import Actor
from briefgen.index import Index
from briefgen.values import valueclass

MOST = 12
_MOST_WORDS = 12
"""Most words that are looked at: no name is longer."""


@valueclass(frozen=True, slots=True)
class ActorFound:
    """An actor, and the name that was found if it is not the first one."""

    actor: Actor
    alias: str = ""


def find_actors(
    index: Index, typed: str, *, without: tuple[str, ...] = (), most: int = MOST
) -> tuple[ActorFound, ...]:
    """The actors one of whose names has words that begin as all the typed ones do.

    First those whose name begins with what was typed, then those about whom there are most facts.
    With nothing typed: the actors about whom there are most facts. `without` are left out.
    """
    from briefgen.index.fold import fold_words  # the tables of folding take a moment

    words = fold_words(typed)[:_MOST_WORDS]
    if words:
        # Each name is a row of its own, so that all words have to stand in the same one. A folded
        # word holds no quotation mark: there is nothing to escape.
        match = " AND ".join(f'"{word}" *' for word in words)
        found = index.rows(
            "SELECT actor, (SELECT count(*) FROM fact_actors WHERE fact_actors.actor = names.actor)"
            " FROM (SELECT DISTINCT actor FROM actor_names WHERE row IN"
            " (SELECT rowid FROM actor_words WHERE actor_words MATCH ?)) AS names",
            (match,),
        )
    elif typed.strip():
        return ()
    else:
        found = index.rows(
            "SELECT actor, count(*) FROM fact_actors GROUP BY actor ORDER BY 2 DESC LIMIT ?",
            (most + len(without),),
        )
    actors = index.base.actors
    left = [(id_, count) for id_, count in found if id_ not in without and id_ in actors]
    # Decoding a record takes a moment: of a crowd only those with most facts are looked at.
    left = sorted(left, key=lambda one: (-one[1], one[0]))[: 10 * most]
    ranked = []
    for id_, count in left:
        actor = actors[id_]
        alias = next((name for name in _names(actor) if _begins(fold_words(name), words)), "")
        starts = _leads(fold_words(alias), words)
        shown = "" if alias == actor.name else alias
        ranked.append(((not starts, -count, actor.name), ActorFound(actor, shown)))
    return tuple(found for _, found in sorted(ranked, key=lambda one: one[0])[:most])


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _begins(name: list[str], words: list[str]) -> bool:
    """Whether for every typed word some word of the name begins so."""
    return all(any(each.startswith(word) for each in name) for word in words)


def _leads(name: list[str], words: list[str]) -> bool:
    """Whether the name itself begins with what was typed."""
    *whole, last = words or [""]
    return name[: len(whole)] == whole and "".join(name[len(whole) : len(words)]).startswith(last)
