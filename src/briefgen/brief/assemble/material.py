"""What every part of a brief is drafted from: the request, the base, the chosen facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from briefgen.brief.assemble.requirements import Missing
from briefgen.brief.assemble.section_plan import PlannedSection
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.dates import DateError, Edtf, date_in_words, parse_edtf
from briefgen.errors import Origin
from briefgen.facts.model import Base, Fact, Passage, Reliability
from briefgen.index.overview import FactOverview


class FactLookup(Protocol):
    """What assembly asks of the index, beyond the facts that were selected."""

    def facts(self, ids: Iterable[str]) -> Mapping[str, Fact]:
        """The facts with these ids; unknown ids are left out."""

    def disputes(self, ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """By id, the ids of the facts that cannot hold beside it; symmetric."""

    def facts_naming(self, actors: Iterable[str]) -> Iterable[Fact]:
        """The current facts that name any of these actors, oldest first."""

    def overview(self, topics: Iterable[str]) -> Iterable[FactOverview]:
        """What the base has on these topics, whatever the brief's other filters leave out."""


class Cut(NamedTuple):
    """What a limit shows of what there is."""

    shown: int
    total: int
    what: str
    """What is counted: a kind of fact, `fact`, `person`, `gap` (the words `cut_of_…`)."""
    left: tuple[str, ...] = ()
    """The ids of the facts that it keeps out."""
    is_further: bool = False
    """Whether what the pages have told before is counted in neither number."""


@dataclass
class Material:
    """What one brief is made from: read by every section, written only by `warn`."""

    spec: BriefSpec
    template: Template
    base: Base
    words: Mapping[str, str]
    facts: tuple[Fact, ...]
    """The facts of the brief, in order, hand edits applied."""
    related: Mapping[str, Fact]
    """Facts outside the brief that it may name: other sides of disputes, cited in own text."""
    disputes: Mapping[str, tuple[str, ...]]
    context: Mapping[str, Any]
    """What headings and texts may call by name."""
    sections: tuple[PlannedSection, ...]
    """The brief's sections in reading order: the template's, and the author's own."""
    undated_left_out: int = 0
    lookup: FactLookup | None = None
    """The base's facts beyond those of the brief; None outside a brief."""
    day: int | None = None
    """The number of the day that is printed on the brief; None outside a brief."""
    warnings: list[str] = field(default_factory=list)
    warned_facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By warning: the facts that it is about, where it is about some."""
    language: str = "en"
    missing: tuple[Missing, ...] = ()
    """What the template requires and the brief does not say."""
    told: set[str] = field(default_factory=set)
    """The facts that the body has told so far, in reading order."""
    stated: set[str] = field(default_factory=set)
    """Those among them that were told in sentences of their own, not by the author's text alone."""
    printed: frozenset[str] | None = None
    """The facts that the pages print or cite, once that is known."""
    led: dict[str, int] = field(default_factory=dict)
    """By section: how many blocks at its start are the author's lead into its topic."""
    limited: dict[str, Cut] = field(default_factory=dict)
    """By section: what its limit kept out."""
    disputes_shown: int = 0
    disputes_left: int = 0
    """How many disputes the brief tells, and how many a limit kept out."""
    passages: tuple[Passage, ...] = ()
    """Those that the brief could print in the place of their facts."""
    disputes_in_passages: set[frozenset[str]] = field(default_factory=set)
    """The pairs of facts whose dispute a printed passage tells."""
    cited_in: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By section: the facts that the author's own text cites there."""

    def fact(self, name: str) -> Fact | None:
        """A fact of the brief or one related to it."""
        return self.by_id.get(name) or self.related.get(name)

    @cached_property
    def template_sections(self) -> tuple[SectionTemplate, ...]:
        """Those of the brief's sections that are the template's."""
        return tuple(s for s in self.sections if isinstance(s, SectionTemplate))

    def note_cited(self, section: str, facts: Iterable[str], *, tells: bool) -> None:
        """Note that the author's own text cites facts in a section, and whether that tells them."""
        names = dict.fromkeys((*self.cited_in.get(section, ()), *facts))
        self.cited_in[section] = tuple(names)
        if tells:
            self.told.update(names)

    @property
    def printed_facts(self) -> tuple[Fact, ...]:
        """Those of the brief's facts that its pages print; all, while that is not known."""
        if self.printed is None:
            return self.facts
        return tuple(fact for fact in self.facts if fact.id in self.printed)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The facts that the person starred or pinned: no limit keeps them out."""
        return frozenset((*self.spec.edits.include, *self.spec.edits.key))

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts of the brief by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The ids of what facts of the brief are set to replace."""
        return frozenset(old for fact in self.facts for old in fact.supersedes)

    def replace_facts(self, facts: tuple[Fact, ...]) -> None:
        """Take the same facts read otherwise, such as that some of them are key facts."""
        self.facts = facts
        vars(self).pop("by_id", None)

    def warn(self, text: str, facts: Iterable[str] = (), *, at: Origin | None = None) -> None:
        """Note something that the person should know, and the facts that it is about; each once.

        `at` is the place that it is about; one in no file is not told.
        """
        if at is not None and at.path:
            text = f"{at}: {text}"
        if text not in self.warnings:
            self.warnings.append(text)
        about = tuple(facts)
        if about:
            self.warned_facts[text] = about

    def span(self, start: Edtf | None, end: Edtf | None) -> str:
        """A range of dates in words; empty where neither end is said."""
        if start is None and end is None:
            return ""
        ends = (_edge(start.text, "0") if start else "..", _edge(end.text, "9") if end else "..")
        try:
            return date_in_words(parse_edtf("/".join(ends)), self.language)
        except DateError:  # it ends before it starts, or an end is an interval itself
            told = [date_in_words(date, self.language) for date in (start, end) if date]
            return self.words["from_to"].format(start=told[0], end=told[-1])

    def counted(self, form: str, count: int, **more: str) -> str:
        """The words called `form`, or `form_one` for a single one, with what they count."""
        return self.words[f"{form}_one" if count == 1 else form].format(count=count, **more)

    def actor_name(self, name: str) -> str:
        """An actor's name, or its id if the base does not know it."""
        actor = self.base.actors.get(name)
        return actor.name if actor else name

    def source_grades(self, fact: Fact) -> list[Reliability | None]:
        """The reliability grade of each source that the fact cites; None for an ungraded one."""
        sources = [self.base.sources.get(cite.source) for cite in fact.cites]
        return [source.reliability for source in sources if source is not None]

    def reliability(self, fact: Fact) -> Reliability | None:
        """The best reliability grade among the fact's sources, if any is graded."""
        return min([grade for grade in self.source_grades(fact) if grade], default=None)


def _edge(text: str, digit: str) -> str:
    """A date as the end of an interval, which has no unspecified digits: 1950 or 1959 for `195X`.

    A year before Christ counts down: of `-004X` the first is -0049.
    """
    if text.startswith("-"):
        digit = "9" if digit == "0" else "0"
    return text.replace("-XX", "").replace("X", digit) if "X" in text else text
