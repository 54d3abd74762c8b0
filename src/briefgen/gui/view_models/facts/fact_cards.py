"""A fact in a few words, as a list shows it: date, statement, sources in short, cautions."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import cite_item, fact_flags, grade_code
from briefgen.brief.assemble.when import full_date
from briefgen.facts.model import Fact
from briefgen.mail.short_sources import short_sources


@dataclass(frozen=True, slots=True)
class FactCard:
    """What a list says of a fact, whatever a brief makes of it."""

    id: str
    date: str
    """In words; a word for undated ones."""
    statement: str
    source: str
    """`Kamran, Arab News, July 2023, para. 8`; several with semicolons between."""
    grade: str
    """The Admiralty code (`C3`), or as much of it as is graded."""
    cautions: tuple[str, ...]
    """What a page flags: `one unnamed source`, `disputed`, `unchecked`."""
    key: bool
    """Whether the base itself calls it a key fact."""

    @property
    def sourced(self) -> str:
        """Sources in short and the grade."""
        return " · ".join(filter(None, (self.source, self.grade)))


@dataclass(frozen=True, slots=True)
class ListedFact:
    """A fact as a brief's list shows it: the base's fact, and what this brief makes of it."""

    place: int
    card: FactCard
    wording: str
    """The statement as the brief says it."""
    left_out: bool
    pinned: bool
    starred: bool
    """A key point of this brief, or a key fact of the base."""
    in_sentence: bool = False
    """A passage says it, where a section shows all of that one's facts."""

    @property
    def reworded(self) -> bool:
        """Whether the brief says it in other words than the base."""
        return self.wording != self.card.statement

    @property
    def flags(self) -> list[tuple[str, str]]:
        """(role, words): `key`, `warning` or `mark`, in the order in which they are shown."""
        found = [("key", "★ key point")] if self.starred else []
        found += [("warning", f"▲ {caution}") for caution in self.card.cautions]
        if self.pinned:
            found.append(("mark", "pinned"))
        if self.reworded:
            found.append(("mark", "reworded"))
        if self.in_sentence:
            found.append(("mark", "in one sentence"))
        return found


def fact_card(fact: Fact, material: Material) -> FactCard:
    """What a list says of `fact`."""
    items = [cite_item(cite) for cite in fact.cites]
    return FactCard(
        id=fact.id,
        date=full_date(fact, material),
        statement=fact.statement,
        source=short_sources(items, material.base.sources, material.language),
        grade=grade_code(fact, material),
        cautions=tuple(fact_flags(fact, material)),
        key=fact.key,
    )
