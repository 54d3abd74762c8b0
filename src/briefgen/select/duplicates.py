"""Facts that say nearly what somebody is about to write down again.

Merely related is not nearly the same: two statements that differ in a number, in whom they are
about, or in one telling word on either side are two facts, however much else they share.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from briefgen.dates import Edtf, reaches
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.select.query import marks
from briefgen.small_words import SMALL_WORDS
from briefgen.values import valueclass

if TYPE_CHECKING:
    from collections.abc import Callable

FEWEST_WORDS = 3
"""Telling words that a statement needs before anything can be said of it."""

_MOST = 3
"""Facts that are told."""
_MOST_WORDS = 60
_RAREST = 8
_MOST_ROWS = 60_000
"""Entries of the word index that are looked at for one statement."""
_CANDIDATES = 60

_ADDED, _CHANGED, _OTHER_DATE = 0.75, 0.8, 0.95
"""Least share of the weight of all words that both statements have: where one only says more,
where both have words of their own, and where the dates cannot be the same."""

_TURNING = frozenset((
    "no", "not", "never", "nor", "neither", "none", "without", "nobody", "nothing", "false",
    "denied",
))  # fmt: skip
"""Words that make a statement its opposite."""


@valueclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A fact of the base that says nearly the same."""

    fact: Fact
    share: float
    """How much of what either says both say: up to 1, the same words."""


def possible_duplicates(
    index: Index,
    statement: str,
    *,
    date: Edtf | None = None,
    besides: Collection[str] = (),
) -> tuple[PossibleDuplicate, ...]:
    """The facts, of any status, that say nearly what `statement` says, nearest first.

    `date` is when that happened, if it is known; `besides` are ids to pass over. Nothing for a
    text of fewer than `FEWEST_WORDS` telling words.
    """
    words = _telling(fold_words(statement))[:_MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return ()
    counts = _counts(index, words)
    rows = _candidates(index, words, counts)
    if not rows:
        return ()
    ((total,),) = index.rows("SELECT count(*) FROM facts")
    asked = _Statement(statement)
    names = _name_words(index)
    found = []
    for fact in index.decode(
        index.rows(
            "SELECT file, body FROM facts JOIN bodies USING (row)"
            f" WHERE good AND row IN ({marks(rows)})",
            rows,
        )
    ):
        if fact.id in besides:
            continue
        other = _Statement(fact.statement)
        missing = [word for word in other.words if word not in counts]
        counts.update(_counts(index, missing))
        share = _share(asked, other, lambda word: _weight(counts.get(word, 0), total), names)
        apart = date is not None and fact.date is not None and not _may_be_one(date, fact.date)
        if share and (not apart or share >= _OTHER_DATE):
            found.append(PossibleDuplicate(fact, share))
    return tuple(sorted(found, key=lambda near: (-near.share, near.fact.id))[:_MOST])


def _may_be_one(one: Edtf, other: Edtf) -> bool:
    return reaches(one, other.first_day, other.last_day)


# --- finding what to compare with ------------------------------------------------------------


def _telling(words: Iterable[str]) -> list[str]:
    """Each word once, without the small ones that every statement has."""
    return [word for word in dict.fromkeys(words) if word not in SMALL_WORDS]


def _counts(index: Index, words: Iterable[str]) -> dict[str, int]:
    """How many facts have each word."""
    wanted = list(words)
    if not wanted:
        return {}
    asked = f"SELECT term, doc FROM temp.words_of_facts WHERE term IN ({marks(wanted)})"
    index.rows(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_facts"
        " USING fts5vocab('main', 'fact_words', 'row')"
    )
    found = index.rows(asked, wanted)
    return dict.fromkeys(wanted, 0) | {str(term): int(count) for term, count in found}


def _candidates(index: Index, words: list[str], counts: Mapping[str, int]) -> list[int]:
    """Rows of the facts that share most with the rarest of `words`."""
    known = sorted((word for word in words if counts[word]), key=lambda word: counts[word])
    taken: list[str] = []
    looked_at = 0
    for word in known[:_RAREST]:
        looked_at += counts[word]
        if len(taken) >= 3 and looked_at > _MOST_ROWS:
            break
        taken.append(word)
    if not taken:
        return []
    # A statement that shares most words shares most of the rarest too; typing errors cost some.
    fewest = max(1, len(taken) // 2)
    each = "SELECT rowid AS row FROM fact_words WHERE fact_words MATCH ?"
    found = index.rows(
        f"SELECT row FROM ({' UNION ALL '.join([each] * len(taken))}) GROUP BY row"
        f" HAVING count(*) >= {fewest} ORDER BY count(*) DESC, row LIMIT {_CANDIDATES}",
        [f'statement : "{word}"' for word in taken],
    )
    return [row for (row,) in found]


def _name_words(index: Index) -> frozenset[str]:
    """The words of the actors' names."""
    held = _names_of.get(index.content_key)
    if held is None:
        _names_of.clear()
        held = _names_of[index.content_key] = frozenset(
            word
            for actor in index.base.actors.values()
            for name in (actor.name, *actor.aliases)
            for word in _telling(fold_words(name))
        )
    return held


_names_of: dict[str, frozenset[str]] = {}
"""Of the base that was asked last: names are looked up with every letter typed."""


# --- comparing -------------------------------------------------------------------------------

_PROPER = lazy_pattern(r"(?<=[^.!?\s] )[‘“'\"(]?([^\W\d_]\w*)")


class _Statement:
    """A statement as what tells it from others."""

    def __init__(self, text: str) -> None:
        self.words = _telling(fold_words(text))
        self.proper = {
            word
            for found in _PROPER.findall(text)
            if found[:1].isupper()
            for word in fold_words(found)
        }
        """Words that are written with a capital where no sentence begins."""


def _share(
    one: _Statement, other: _Statement, weight: Callable[[str], float], names: frozenset[str]
) -> float:
    """How much both say of what either says; 0 where they are two facts."""
    both, mine, theirs = _matched(one.words, other.words)
    alone = set(mine) | set(theirs)
    if alone & (_TURNING | names):
        return 0
    if _numbers(mine) and _numbers(theirs):
        return 0
    if one.proper & set(mine) and other.proper & set(theirs):
        return 0
    shared = sum(map(weight, both))
    extra = sum(map(weight, mine)), sum(map(weight, theirs))
    whole = shared + sum(extra)
    share = shared / whole if whole else 0
    return share if share >= (_CHANGED if min(extra) else _ADDED) else 0


def _matched(one: list[str], other: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Words of both, of the first alone, of the second alone. Endings and slips do not count."""
    both = [word for word in one if word in other]
    mine = [word for word in one if word not in both]
    theirs = [word for word in other if word not in both]
    for word in list(mine):
        like = next((each for each in theirs if _alike(word, each)), None)
        if like is not None:
            both.append(word)
            mine.remove(word)
            theirs.remove(like)
    return both, mine, theirs


def _alike(word: str, other: str) -> bool:
    """The same word with another ending, or with a slip of the hand."""
    if min(len(word), len(other)) < 4 or any(map(str.isdigit, word + other)):
        return False
    if word[:4] != other[:4]:
        return len(word) > 5 and word[0] == other[0] and _ratio(word, other) >= 0.85
    common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    stem = min(len(word), len(other)) if common is None else common
    return max(len(word), len(other)) - stem <= 3 or _ratio(word, other) >= 0.85


def _ratio(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _numbers(words: Iterable[str]) -> bool:
    return any(any(map(str.isdigit, word)) for word in words)


def _weight(count: int, total: int) -> float:
    """A word that few facts have says more than one that many have."""
    return math.log(1 + total / (count + 1))
