"""Sentences for several facts, as a person writes them in the app: each edit a new `BriefSpec`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from briefgen.brief.passages.checks import Reviewer
from briefgen.brief.spec.model import BriefSpec, Passages
from briefgen.facts.cited_facts import CitedFactsError, cited_facts
from briefgen.facts.model import Base, Fact, Passage
from briefgen.facts.staleness import Change, open_disputes, what_changed
from briefgen.gui.view_models.brief.own_text_check import Note
from briefgen.index import Index
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import did_you_mean

_MARKUP = lazy_pattern(r"([\\*_\[\]<@])")
_LIST = lazy_pattern(r"^(\d*)([-+#>]|(?<=\d)[.)])(?=\s)")
"""What begins a list, a heading or a quotation in CommonMark."""
_STOP = lazy_pattern(r"(?<!\.)[.!?]$")


class KnownPassage(NamedTuple):
    """A passage as one brief has it."""

    passage: Passage
    owner: Literal["brief", "base"]
    is_split: bool
    """The brief prints its facts one by one."""


# --- which there are -------------------------------------------------------------------------


def known_passages(passages: Passages, base: Base) -> Iterator[KnownPassage]:
    """The passages that a brief knows: its own, then those of the base that it does not replace."""
    own = {passage.id for passage in passages.add}
    split = set(passages.split)
    for passage in passages.add:
        yield KnownPassage(passage, "brief", passage.id in split)
    for id_ in base.passages:
        if id_ not in own:
            yield KnownPassage(base.passages[id_], "base", id_ in split)


def passages_of(passages: Passages, base: Base, ids: Collection[str]) -> list[KnownPassage]:
    """Those that say one of these facts, the ones that say most of them first."""
    wanted = set(ids)
    found = [
        one for one in known_passages(passages, base) if wanted.intersection(one.passage.facts)
    ]
    return sorted(found, key=lambda one: -len(wanted.intersection(one.passage.facts)))


def passage_to_edit(passages: Passages, base: Base, ids: Collection[str]) -> KnownPassage | None:
    """The passage that a person means by these facts: the first that says all of them.

    Of several facts it must say them alone: with others among them another sentence is wanted.
    """
    wanted = set(ids)
    for one in known_passages(passages, base):
        said = set(one.passage.facts)
        if wanted and (said == wanted or (len(wanted) == 1 and wanted < said)):
            return one
    return None


def stale_passages(passages: Iterable[Passage], index: Index) -> dict[str, tuple[Change, ...]]:
    """By id, why each passage is stale; nothing where it stands."""
    found = list(passages)
    facts = index.facts_and_disputing(id_ for passage in found for id_ in passage.facts)
    disputes = open_disputes(facts)
    return {passage.id: what_changed(passage, facts, disputes) for passage in found}


# --- what a brief does with them -------------------------------------------------------------


def keep_passage(spec: BriefSpec, passage: Passage) -> BriefSpec:
    """The brief with this passage of its own, in the place of one that has its id."""
    add = {one.id: one for one in spec.passages.add} | {passage.id: passage}
    split = tuple(id_ for id_ in spec.passages.split if id_ != passage.id)
    return _with(spec, add=tuple(add.values()), split=split)


def split_passages(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief with the facts of these passages printed one by one."""
    return _with(spec, split=tuple(dict.fromkeys((*spec.passages.split, *ids))))


def join_passages(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief with these passages printed in the place of their facts again."""
    names = set(ids)
    return _with(spec, split=tuple(id_ for id_ in spec.passages.split if id_ not in names))


def remove_passages(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief without these passages of its own."""
    names = set(ids)
    kept = tuple(one for one in spec.passages.add if one.id not in names)
    gone = {one.id for one in spec.passages.add} - {one.id for one in kept}
    split = tuple(id_ for id_ in spec.passages.split if id_ not in gone)
    return _with(spec, add=kept, split=split)


def _with(spec: BriefSpec, **changes: Any) -> BriefSpec:
    return replace(spec, passages=replace(spec.passages, **changes))


# --- writing one -----------------------------------------------------------------------------


def draft_text(facts: Sequence[Fact]) -> str:
    """What a person starts from: each statement with its voice, and its fact cited behind it."""
    return " ".join(map(_draft, facts))


def _draft(fact: Fact) -> str:
    text = _MARKUP.sub(r"\\\1", fact.statement.strip().replace("`", "’"))
    text = _LIST.sub(r"\1\\\2", text)
    stop = _STOP.search(text)
    core, end = (text[: stop.start()], stop.group()) if stop else (text, ".")
    who = fact.attribution.strip()
    if who and who.casefold() not in fact.statement.casefold():
        core += ", according to " + _MARKUP.sub(r"\\\1", who)
    return f"{core} [@{_cited(fact.id)}]{end}"


def _cited(id_: str) -> str:
    return f"{{{id_}}}" if id_[-1] in ".-_" else id_


class PassageCheck:
    """What there is to say about a passage while it is written."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._reviewer = Reviewer(index.base)

    def facts(self, text: str) -> dict[str, Fact]:
        """The facts that a text cites, in its order, as far as the base has them.

        Raises `CitedFactsError` for what cannot be a passage.
        """
        return dict(self.index.facts(cited_facts(text)))

    def notes(self, text: str) -> tuple[Note, ...]:
        """What is wrong with a text, errors first; nothing for a blank one."""
        if not text.strip():
            return ()
        try:
            ids = cited_facts(text)
        except CitedFactsError as error:
            return (Note("error", f"{error.message}; {error.hint}"),)
        facts = self.index.facts_and_disputing(ids)
        unknown = [id_ for id_ in ids if id_ not in facts]
        if unknown:
            known = [id_ for (id_,) in self.index.rows("SELECT id FROM facts WHERE good")]
            near = did_you_mean(unknown[0], known) if len(known) < 20_000 else ""
            hint = near or "type [@ to find one"
            return (Note("error", f"the base has no fact {unknown[0]!r}; {hint}"),)
        passage = Passage("", text, ids)
        disputes = open_disputes(facts)
        changes = what_changed(passage, facts, disputes)
        notes = [
            Note("warning", f"its facts would be printed one by one: {change}")
            for change in changes
        ]
        doubts = self._reviewer.warnings(passage, facts, disputes)
        return (*notes, *(Note("warning", doubt) for doubt in doubts))

    def belongs_in_base(self, text: str) -> str:
        """Why a text had better stay in a brief; empty where the base may have it."""
        facts = list(self.facts(text).values())
        shared = set.intersection(*({cite.source for cite in fact.cites} for fact in facts))
        if shared:
            return ""
        return "In the base a sentence joins facts of one source; these have none in common."
