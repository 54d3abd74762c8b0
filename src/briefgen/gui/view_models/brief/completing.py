"""What `[@` completes to, and other names of a base that are found by typing a few letters."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal

from briefgen.dates import date_in_words, parse_edtf
from briefgen.facts.csl_dates import csl_year_in_words
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from briefgen.facts.model import Fact
    from briefgen.index import Index

_DATE = lazy_pattern(r"\d{4}(-\d\d(-\d\d)?)?")
_CITABLE = "facts.good AND facts.status IN ('current', 'draft')"
_MOST = 41
"""Of a kind: one more than a list shows, so that it can say that there are others."""
_MOST_PREFERRED = 5_000
"""Facts of a brief that are looked through first; longer briefs are like the whole base."""
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """Something of the base that the typed letters may mean."""

    kind: Literal["fact", "source", "actor"]
    id: str
    text: str
    """The statement, title or name."""
    told: str
    """When a fact happened or a source was issued; an actor's aliases. May be empty."""


class Completer:
    """Finds facts, sources and actors of one opened base. Fast on 100,000 facts."""

    def __init__(self, index: Index, language: str = "en") -> None:
        self._index = index
        self._language = language

    def citable(
        self, typed: str, *, prefer: Collection[str] = (), limit: int = _MOST
    ) -> list[Completion]:
        """Facts and sources for `[@typed`: those of the brief first, whose facts are `prefer`.

        Sources come after the facts, but never without a place: a quarter of `limit` is theirs.
        """
        sources = list(islice(self._matching_sources(typed), limit))
        room = limit - min(len(sources), limit // 4)
        facts = self.facts(typed, prefer=prefer, limit=room)
        return [*facts, *sources[: limit - len(facts)]]

    def facts(
        self, typed: str, *, prefer: Collection[str] = (), limit: int = _MOST
    ) -> list[Completion]:
        """The facts whose id, words or date have every typed word, at least as its beginning.

        First those in `prefer`, then ids that begin with what was typed, then the rest, newest
        first. Retracted and superseded facts are not among them.
        """
        words = typed.lower().split()[:_MOST_WORDS]
        preferred = list(islice(prefer, _MOST_PREFERRED))
        found: dict[str, None] = {}
        for where, parameters, order in self._tiers(words, preferred):
            if len(found) >= limit:
                break
            rows = self._index.rows(
                f"SELECT facts.id FROM facts WHERE {where} AND {_CITABLE} ORDER BY {order} LIMIT ?",
                (*parameters, limit),
            )
            found |= dict.fromkeys(str(id_) for (id_,) in rows)
        ids = list(found)[:limit]
        return [self.fact(fact) for fact in self._index.facts(ids).values()]

    def fact(self, fact: Fact) -> Completion:
        """A fact as one would choose it."""
        when = date_in_words(fact.date, self._language) if fact.date is not None else "undated"
        return Completion("fact", fact.id, fact.statement, when)

    def sources(self, typed: str, *, limit: int = _MOST) -> list[Completion]:
        """The sources whose id, title, author or year have every typed word."""
        return list(islice(self._matching_sources(typed), limit))

    def actors(self, typed: str, *, limit: int = _MOST) -> list[Completion]:
        """The actors with every typed word in their name, an alias or the id."""
        words = fold_words(typed)
        found = (one for one, folded in self._folded_actors if _has(folded, words))
        return list(islice(found, limit))

    # --- facts --------------------------------------------------------------------------------

    def _tiers(
        self, words: Sequence[str], preferred: list[str]
    ) -> Iterator[tuple[str, Sequence[object], str]]:
        """Conditions on facts with their parameters and order, the likeliest first."""
        matching = [self._condition(word) for word in words]
        where = " AND ".join(sql for sql, _ in matching) or "1"
        parameters = [one for _, values in matching for one in values]
        newest = "facts.first IS NULL, facts.first DESC, facts.id"
        start = "-".join(words)
        if preferred:
            own = "facts.id IN (SELECT value FROM json_each(?))"
            yield f"{own} AND {where}", [json.dumps(preferred), *parameters], newest
        if start:
            # A range, so that the index on ids serves it. No id has a character beyond z.
            yield "facts.id >= ? AND facts.id < ?", [start, start + "{"], "facts.id"
        terms = [_term(word) for word in words]
        if all(terms) and terms:
            # Usually enough, and quicker than asking each word by itself.
            said = "facts.row IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)"
            yield said, [" ".join(terms)], newest
        yield where, parameters, newest if len(start) > 1 else "facts.row"

    def _condition(self, word: str) -> tuple[str, list[object]]:
        parts: list[str]
        values: list[object]
        term = _term(word)
        if not term:  # a letter stands in most ids: it begins one of their parts
            parts, values = ["instr('-' || facts.id, ?)"], ["-" + word]
        else:
            parts, values = ["instr(facts.id, ?)"], [word]
            parts.append("facts.row IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)")
            values.append(term)
        if _DATE.fullmatch(word):
            try:
                date = parse_edtf(word)
            except ValueError:
                pass
            else:
                parts.append("facts.first BETWEEN ? AND ? OR facts.last BETWEEN ? AND ?")
                values += [date.first_day, date.last_day] * 2
        return f"({' OR '.join(parts)})", values

    # --- sources and actors, all of them in memory ----------------------------------------------

    def _matching_sources(self, typed: str) -> Iterator[Completion]:
        words = fold_words(typed)
        return (one for one, folded in self._folded_sources if _has(folded, words))

    @cached_property
    def _folded_sources(self) -> list[tuple[Completion, str]]:
        found = []
        for (body,) in self._index.rows("SELECT body FROM sources ORDER BY number"):
            id_, csl = json.loads(body)[:2]
            title, year = str(csl.get("title") or id_), csl_year_in_words(csl.get("issued"))
            names = " ".join(
                str(name.get("family") or name.get("literal") or "")
                for name in csl.get("author") or ()
                if isinstance(name, dict)
            )
            container = str(csl.get("container-title") or "")
            told = ", ".join(filter(None, (names or container, year)))
            folded = " ".join(fold_words(f"{id_} {title} {names} {container} {year}"))
            found.append((Completion("source", id_, title, told), f" {folded}"))
        return found

    @cached_property
    def _folded_actors(self) -> list[tuple[Completion, str]]:
        return [
            (
                Completion("actor", actor.id, actor.name, ", ".join(actor.aliases)),
                " " + " ".join(fold_words(f"{actor.name} {' '.join(actor.aliases)} {actor.id}")),
            )
            for actor in self._index.base.actors.values()
        ]


def _term(word: str) -> str:
    """A typed word as an FTS5 query for words that begin so; empty where that is no help."""
    folded = fold_words(word)
    # A single letter begins too many words.
    return f'"{" ".join(folded)}" *' if len("".join(folded)) > 1 else ""


def _has(folded: str, words: Sequence[str]) -> bool:
    return all(f" {word}" in folded for word in words)


# --- where in a text something is being cited ---------------------------------------------------

_CITING = lazy_pattern(r"\[(?:[^\[\]\n]*?[;\s])?-?@(?P<typed>[^\[\]@;,\n]{0,60})$")

_REST = lazy_pattern(r"(?P<id>[A-Za-z0-9._-]*)\s*[\],;]")


@dataclass(frozen=True, slots=True)
class Citing:
    """A citation that is being typed: what stands after its `@`, and from where to where."""

    start: int
    """Where `typed` starts in the text."""
    end: int
    typed: str


def citing_at(text: str, position: int) -> Citing | None:
    """The citation that is being typed before `position`; None where there is none.

    What is typed may have blanks: it is words to look for until an entry is chosen.
    """
    line = text.rfind("\n", 0, position) + 1
    match = _CITING.search(text, max(line, position - 300), position)
    if match is None:
        return None
    return Citing(match.start("typed"), position, match["typed"])


def with_citation(text: str, citing: Citing, id_: str) -> tuple[str, int]:
    """The text with `id_` in the place of what was typed, its bracket closed, and where to go on.

    What stands of an old id after the caret goes with it.
    """
    rest = _REST.match(text, citing.end)
    end = rest.end("id") if rest is not None else citing.end
    before = text[: citing.start] + id_
    if _closed(text, end):
        return before + text[end:], len(before)
    return before + "]" + text[end:], len(before) + 1


def _closed(text: str, position: int) -> bool:
    """Whether the bracket that is open at `position` is closed on its line."""
    for character in text[position:]:
        if character == "]":
            return True
        if character in "[\n":
            break
    return False
