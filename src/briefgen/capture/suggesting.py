"""What a passage makes likely of a fact: its actors, topics and kind. Proposals, in order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field

from briefgen.capture.passage_dates import PassageDate, passage_dates
from briefgen.dates import Edtf
from briefgen.facts.model import Base, FactKind
from briefgen.index import Index
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.select.query import marks
from briefgen.small_words import SMALL_WORDS
from briefgen.values import valueclass

_MOST_TOPICS = 4
_RAREST = 10
_MOST_ROWS = 20_000
_LEAST = 0.5
"""Of the weight of the likeliest topic, what another one needs to be proposed."""


@valueclass(frozen=True, slots=True)
class Suggested:
    """What is proposed for a fact from a passage; each list has the likeliest first."""

    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[FactKind, ...] = ("event",)
    dates: tuple[PassageDate, ...] = field(default=())


def suggested(
    index: Index, passage: str, issued: Edtf | None = None, called: str = "article"
) -> Suggested:
    """All that a passage makes likely; `issued` and `called` as in `passage_dates`."""
    actors = likely_actors(index.base, passage)
    return Suggested(
        actors,
        likely_topics(index, passage, actors),
        likely_kinds(passage),
        tuple(passage_dates(passage, issued, called)),
    )


# --- actors ----------------------------------------------------------------------------------


def likely_actors(base: Base, passage: str) -> tuple[str, ...]:
    """The actors whose name or alias stands in the passage as whole words, in its order.

    A longer name hides a shorter one within it. A person's family name alone counts where no
    other actor has it.
    """
    words = fold_words(passage)
    names: list[tuple[tuple[str, ...], str]] = []
    families: dict[str, set[str]] = {}
    for id_, actor in base.actors.items():
        for called in (actor.name, *actor.aliases):
            folded = tuple(fold_words(called))
            if folded:
                names.append((folded, id_))
                if actor.kind == "person" and len(folded) > 1:
                    families.setdefault(folded[-1], set()).add(id_)
    single = {name[0] for name, _ in names if len(name) == 1}
    names += [
        ((family,), next(iter(ids)))
        for family, ids in families.items()
        if len(ids) == 1 and len(family) > 3 and family not in single
    ]
    taken: set[int] = set()
    found: dict[str, int] = {}
    for name, id_ in sorted(names, key=lambda one: -len(one[0])):
        for at in range(len(words) - len(name) + 1):
            places = range(at, at + len(name))
            if tuple(words[at : at + len(name)]) == name and not taken.intersection(places):
                taken.update(places)
                found[id_] = min(at, found.get(id_, at))
    return tuple(sorted(found, key=lambda id_: found[id_]))


# --- topics ----------------------------------------------------------------------------------


def likely_topics(index: Index, passage: str, actors: Sequence[str]) -> tuple[str, ...]:
    """The topics whose labels, or whose facts, share words and actors with the passage."""
    topics = index.base.topics
    words = [word for word in dict.fromkeys(fold_words(passage)) if _says_much(word)]
    weights = dict.fromkeys(topics, 0.0)
    for id_, topic in topics.items():
        label = [word for word in fold_words(topic.label) if _says_much(word)]
        hits = sum(1 for word in label if any(_alike(word, other) for other in words))
        if hits:
            weights[id_] += 8.0 * hits / len(label)
    for id_, weight in _by_facts(index, words).items():
        if id_ in weights:
            weights[id_] += weight
    if actors and any(weights.values()):  # actors alone say little: all facts are about some
        for id_, weight in _by_actors(index, actors).items():
            if weights.get(id_):
                weights[id_] += weight
    best = max(weights.values(), default=0.0)
    if not best:
        return ()
    order = sorted(weights, key=lambda id_: -weights[id_])
    likely = [id_ for id_ in order if weights[id_] >= max(_LEAST * best, 0.5)]
    # A part of a topic says more than the whole of it.
    whole = {id_.rpartition(".")[0] for id_ in likely}
    return tuple(id_ for id_ in likely if id_ not in whole)[:_MOST_TOPICS]


def _says_much(word: str) -> bool:
    return len(word) > 2 and word not in SMALL_WORDS and not word.isdigit()


def _alike(word: str, other: str) -> bool:
    """The same word, or the same with another ending."""
    if word == other:
        return True
    least = min(len(word), len(other))
    return least > 3 and word[: max(least - 2, 4)] == other[: max(least - 2, 4)]


def _by_facts(index: Index, words: Sequence[str]) -> dict[str, float]:
    """By topic, how much its facts share of the passage's rarer words."""
    ((total,),) = index.rows("SELECT count(*) FROM facts")
    counts = {}
    for word in words:
        ((count,),) = index.rows(
            "SELECT count(*) FROM (SELECT rowid FROM fact_words WHERE fact_words MATCH ?"
            f" LIMIT {_MOST_ROWS})",
            [f'statement : "{word}"'],
        )
        if 0 < count < _MOST_ROWS and count <= max(3, total * 0.4):
            counts[word] = count
    found: dict[str, float] = {}
    for word in sorted(counts, key=lambda one: counts[one])[:_RAREST]:
        rows = index.rows(
            "SELECT topic, count(*) FROM fact_words JOIN fact_topics"
            " ON fact_topics.row = fact_words.rowid WHERE fact_words MATCH ? GROUP BY topic",
            [f'statement : "{word}"'],
        )
        weight = math.log(1 + total / (counts[word] + 1))
        for topic, count in rows:
            found[topic] = found.get(topic, 0.0) + weight * count / counts[word]
    return found


def _by_actors(index: Index, actors: Sequence[str]) -> dict[str, float]:
    """By topic, the share of the facts about these actors that stand there."""
    rows = index.rows(
        "SELECT topic, count(*) FROM fact_actors JOIN fact_topics USING (row)"
        f" WHERE actor IN ({marks(actors)}) GROUP BY topic",
        actors,
    )
    whole = sum(count for _, count in rows)
    return {topic: count / whole for topic, count in rows}


# --- kinds -----------------------------------------------------------------------------------

_FIGURE = lazy_pattern(
    r"(?i)(?:[$€£₽]|\b(?:USD|US\$|Rs\.?|EUR|RUB)\s?)\d|\d[\d,.]{0,30}\s?(?:%|per ?cent|percent|"
    r"million|billion|trillion|crore|lakh|tonnes?|tons|barrels?|MW|GW|km|kilomet|dollars|roubles|rubles|"
    r"rupees|people|troops|bcm|cubic)"
)
_AGREED = lazy_pattern(
    r"(?i)\b(?:sign(?:ed|s|ing)?|agree(?:d|s|ment|ments)|memorand\w+|mou|treaty|accord|protocol|"
    r"contract|pact|deal)\b"
)
_PLANNED = lazy_pattern(
    r"(?i)\b(?:will|shall|plan(?:s|ned)?|intend\w*|is to|are to|due to|expected to|scheduled|"
    r"propos\w+|would|aims? to)\b"
)
_SAID = lazy_pattern(
    r"(?i)\b(?:said|says|stated|stressed|urged|called (?:for|on)|expressed|reiterated|noted|"
    r"emphasi[sz]ed|insisted|claimed|rejected|denied|condemned|welcomed|according to|told|"
    r"believes?)\b|[“\"]"
)
_JUDGED = lazy_pattern(
    r"(?i)\b(?:likely|unlikely|probabl[ye]|analysts?|experts?|observers|seems?|appears?|may|might|"
    r"could|potential(?:ly)?|suggests?)\b"
)


def likely_kinds(passage: str) -> tuple[FactKind, ...]:
    """The kinds that a passage's words speak for, the most telling first; last what happened."""
    signs: tuple[tuple[FactKind, bool], ...] = (
        ("agreement", bool(_AGREED.search(passage))),
        ("plan", bool(_PLANNED.search(passage))),
        ("figure", bool(_FIGURE.search(passage))),
        ("position", bool(_SAID.search(passage))),
        ("assessment", bool(_JUDGED.search(passage))),
    )
    return (*(kind for kind, there in signs if there), "event")
