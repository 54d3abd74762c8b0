"""A template, as a value: which sections a brief has and what each of them shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, get_args

from briefgen.errors import Origin
from briefgen.facts.model import DateIs
from briefgen.select.model import Selection
from briefgen.values import valueclass

Show = Literal[
    "bullets", "paragraphs", "table", "chronology", "figures", "timeline", "actors", "positions",
    "attendees", "posts", "disputes", "gaps", "sources", "about_sources", "judgements", "input",
    "text", "annex", "chart", "usable", "evidence",
]  # fmt: skip
ForEach = Literal["topic", "year", "actor", "kind"]
Sort = Literal["newest", "oldest", "importance"]
LabelBy = Literal["date", "topic", "actor", "kind"]
ColumnName = Literal["date", "act", "statement", "actors", "kind", "source"]
FigureColumn = Literal["measure", "value", "period", "basis", "as_of", "change"]
Side = Literal["ours", "theirs", "both"]
Tone = Literal["plain", "accent", "warning"]

SHOWS: tuple[Show, ...] = get_args(Show)
REQUIRABLE = ("sides", "attendees", "posts")
"""What a template may require besides answers to its inputs."""
FACT_SHOWS: frozenset[Show] = frozenset(
    ("bullets", "paragraphs", "table", "chronology", "figures", "positions")
)
"""Those that print facts, one by one."""
NOT_BUILT_SHOWS: tuple[Show, ...] = ("chart", "timeline")


@valueclass(frozen=True, slots=True)
class Where:
    """Further filters on the facts that the selection picked."""

    selection: Selection
    side: Side | None = None
    key: bool | None = None
    use: Literal["", "free", "not_for_use"] = ""
    """What may be used freely, or what must not be disclosed."""
    any_text: tuple[str, ...] = ()
    """Text filters of which one is enough."""
    date_is: tuple[DateIs, ...] = ()
    """What a fact's date may mean, written in the fact or implied by its kind."""
    dated: bool | None = None
    """Whether there is a day that they stand by in a chronology."""
    ahead: bool | None = None
    """Whether their time is not over on the day that the brief is dated."""


@valueclass(frozen=True, slots=True)
class TextTemplate:
    """A Jinja2 text and where it stands, so that its faults can be pointed at."""

    source: str
    origin: Origin = field(default=Origin(""), compare=False)


@valueclass(frozen=True, slots=True)
class Input:
    """A question that the template asks of the author."""

    id: str
    label: str
    hint: str = ""
    max_words: int | None = None
    cites: bool = True
    """Whether its sentences ought to name sources: not in a programme or a list of names."""
    offers: Literal["", "gaps"] = ""
    """What the person is told of, to write about, while it is not answered."""
    formerly: tuple[str, ...] = ()
    """What older briefs may call it."""


@valueclass(frozen=True, slots=True)
class SectionTemplate:
    """One section: which facts, how they are shown, and what to say when there are none."""

    id: str
    heading: TextTemplate
    show: Show
    where: Where | None = None
    sort: Sort | None = None
    limit: int | None = None
    keep: Literal["first", "important"] = "first"
    """Which facts a limit keeps: the first as sorted, or the most important ones."""
    at_least: int | None = None
    """Fill up with the next most important facts to this many."""
    for_each: ForEach | None = None
    one_per: Literal["topic", "actor"] | None = None
    label: LabelBy = "date"
    columns: tuple[ColumnName, ...] = ("date", "statement")
    figure_columns: tuple[FigureColumn, ...] = ("measure", "value", "period", "basis")
    detail: bool = False
    spoken: bool = False
    """Lines to be said aloud: no note marks, no dates in brackets."""
    in_a_sentence: bool = False
    """Each dispute in a sentence that names its voices, and only those that touch the body."""
    tell_disputes: bool = False
    """Close with a line that points to the disputes, if the brief shows any."""
    with_notes: bool = True
    """Whether sources are listed in a note style, too, whose notes name them already."""
    text: TextTemplate | None = None
    input: str | None = None
    empty: TextTemplate | None = None
    tone: Tone = "plain"
    page_break: bool = False
    numbered: bool = False
    """Own text line by line, each with its number: for `show: input`."""
    acts: bool = False
    """Close each entry of a chronology with how far the thing has come."""
    again: bool = False
    """May print facts that the body told before: evidence, background."""
    group: Literal["", "date_is", "source"] = ""
    """Under headings: what happened, fell due, is yet to, held or was said; or source and voice."""
    run_in: Literal["", "subtopic"] = ""
    """Paragraphs by subtopic, each opened by its name: for `show: paragraphs`."""
    formerly: tuple[str, ...] = ()
    """What older briefs may call it."""
    origin: Origin = field(default=Origin(""), compare=False)

    @property
    def shows_facts(self) -> bool:
        """Whether it prints facts that its filters let through."""
        return self.show in FACT_SHOWS


@valueclass(frozen=True, slots=True)
class Template:
    """A template file, read."""

    id: str
    label: str
    description: str
    title: TextTemplate
    subtitle: TextTemplate | None
    inputs: tuple[Input, ...]
    sections: tuple[SectionTemplate, ...]
    tells_selection: bool = True
    """Whether the masthead tells the topics and the period that were asked for."""
    contents: bool = True
    """Whether a long brief lists its contents."""
    requires: tuple[str, ...] = ()
    """What a brief must say: `sides`, `attendees`, `posts`, or the id of an input."""
    retired: tuple[str, ...] = ()
    """Ids of sections and inputs that it had once: older briefs that name them go on working."""
    path: str = ""

    def input(self, name: str) -> Input | None:
        """The input with this id."""
        return next((item for item in self.inputs if item.id == name), None)

    def input_formerly(self, name: str) -> Input | None:
        """The input that older briefs call by this id."""
        return next((item for item in self.inputs if name in item.formerly), None)

    @property
    def sections_by_id(self) -> Mapping[str, SectionTemplate]:
        """Sections by id, in order."""
        return {section.id: section for section in self.sections}

    @property
    def overleaf(self) -> frozenset[str]:
        """The ids of the sections from where the page is turned on; none where it never is.

        An annex and a list of sources may begin a page: they are no other side.
        """
        for place, section in enumerate(self.sections):
            if section.show in ("annex", "sources"):
                break
            if section.page_break:
                return frozenset(one.id for one in self.sections[place:])
        return frozenset()

    @property
    def apart(self) -> frozenset[str]:
        """The ids of the sections whose facts are not told by themselves.

        Evidence of what somebody says, and what is not for use.
        """
        return frozenset(
            section.id
            for section in self.sections
            if section.show == "evidence"
            or (section.where is not None and section.where.use == "not_for_use")
        )
