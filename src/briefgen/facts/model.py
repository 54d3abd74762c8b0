"""The fact base's values: facts, sources, actors, topics, measures. Frozen, no behaviour to learn.

Names follow the fields they come from: CSL for sources, EDTF for dates, NATO Admiralty grades
(A..F for a source's reliability, 1..6 for an information's credibility).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, get_args

from briefgen.dates import Edtf
from briefgen.errors import Origin
from briefgen.facts.csl_dates import date_of_csl
from briefgen.patterns import NO_CASE
from briefgen.standards.markings import MarkingScheme
from briefgen.values import valueclass

FactKind = Literal["event", "agreement", "figure", "position", "plan", "assessment", "background"]
DateIs = Literal["occurrence", "within", "state", "expected", "statement"]
"""What a fact's date means: it happened then (an interval: throughout it); once, at an unknown
moment of it; it held then, as far as reported; it was due then; saying it was the event."""
FactStatus = Literal["current", "draft", "superseded", "retracted"]
ActorKind = Literal["state", "organisation", "person", "place", "asset"]
Basis = Literal["reported", "estimate", "potential", "planned"]
Qualifier = Literal["about", "at-least", "at-most"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]

FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)
DATE_MEANINGS: tuple[DateIs, ...] = get_args(DateIs)
FACT_STATUSES: tuple[FactStatus, ...] = get_args(FactStatus)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
BASES: tuple[Basis, ...] = get_args(Basis)
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
RELIABILITIES: tuple[Reliability, ...] = get_args(Reliability)

CSL_LOCATOR_LABELS = (
    "act", "appendix", "article", "book", "canon", "chapter", "column", "elocation", "equation",
    "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule",
    "scene", "section", "sub-verbo", "supplement", "table", "timestamp", "title", "verse",
    "version", "volume",
)  # fmt: skip
"""Locator terms of CSL 1.0.2 (appendix IV)."""


@valueclass(frozen=True, slots=True)
class Topic:
    """A topic; a dot in its id makes it the child of what stands before the dot."""

    id: str
    label: str

    @property
    def parent(self) -> str | None:
        """The id of the topic that this one is part of."""
        head, dot, _ = self.id.rpartition(".")
        return head if dot else None


@valueclass(frozen=True, slots=True)
class Measure:
    """Something counted over time."""

    id: str
    label: str
    unit: str


@valueclass(frozen=True, slots=True)
class Citation:
    """A place in a source that bears a fact out."""

    source: str
    locators: tuple[tuple[str, str], ...] = ()
    """CSL locator label and value, such as ("paragraph", "9")."""
    quote: str = ""


@valueclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, when, and on what basis. `value_to` makes it a range."""

    measure: str
    value: float
    unit: str
    basis: Basis
    value_to: float | None = None
    period: Edtf | None = None
    qualifier: Qualifier | None = None


@valueclass(frozen=True, slots=True)
class Fact:
    """One dated, cited, checkable statement."""

    id: str
    topics: tuple[str, ...]
    kind: FactKind
    statement: str
    cites: tuple[Citation, ...]
    date: Edtf | None = None
    date_note: str = ""
    date_is: DateIs | None = None
    """As written; what holds where it is not: `timing.effective_date_is`."""
    said: Edtf | None = None
    """When it was said, as written; what holds where it is not: `timing.effective_said`."""
    actors: tuple[str, ...] = ()
    detail: str = ""
    attribution: str = ""
    figures: tuple[Figure, ...] = ()
    credibility: int | None = None
    key: bool = False
    status: FactStatus = "current"
    status_note: str = ""
    """Why it is superseded or retracted."""
    supersedes: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    """As stated on this fact; the index knows both directions."""
    marking: str = ""
    recorded: str = ""
    checked: str = ""
    recorded_by: str = ""
    checked_by: str = ""
    origin: Origin = field(default=Origin(""), compare=False)


@valueclass(frozen=True, slots=True)
class Passage:
    """A sentence, or up to three, that say readably what several facts say, in their place."""

    id: str
    text: str
    """CommonMark. Each clause is followed by the facts it rests on: `… [@fact-id; @other-id]`."""
    facts: tuple[str, ...]
    """The ids that it cites, each once, in its order: two or more."""
    checked: Mapping[str, str] = field(default_factory=dict)
    """By fact, the `facts.fingerprint` of it as it stood when a person last compared the two."""
    key: bool = False
    origin: Origin = field(default=Origin(""), compare=False)


@valueclass(frozen=True, slots=True)
class Source:
    """A document that facts cite. `csl` is the CSL item without `custom`, dates as CSL-JSON."""

    id: str
    csl: Mapping[str, Any]
    reliability: Reliability | None = None
    reliability_note: str = ""
    archive: str = ""
    derived_from: tuple[str, ...] = ()
    marking: str = ""
    archive_sha256: str = ""
    """Of the saved copy, in hexadecimal, small letters."""
    archive_paragraphs: str = ""
    """Which paragraphs of the saved copy are the document's own text (`paragraph_ranges`): places
    in it count these from 1. Empty: all."""
    origin: Origin = field(default=Origin(""), compare=False)

    @property
    def title(self) -> str:
        """The source's title, or its id where it has none; without what keeps a name's letters."""
        title = str(self.csl.get("title") or self.id)
        return NO_CASE.sub(r"\1", title) if "nocase" in title else title

    @property
    def issued(self) -> Edtf | None:
        """When it was issued; None where that is not told, or cannot be read as a date."""
        return date_of_csl(self.csl.get("issued"))


@valueclass(frozen=True, slots=True)
class Role:
    """An office or function held, with its dates and evidence."""

    title: str
    of: str = ""
    """The id of the actor in or for which the role is held."""
    since: Edtf | None = None
    until: Edtf | None = None
    cites: tuple[Citation, ...] = ()


@valueclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, person, place or asset that facts are about."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    origin: Origin = field(default=Origin(""), compare=False)


@valueclass(frozen=True, slots=True)
class Base:
    """A fact base without its facts: what they are filed under, about and cited from.

    All dicts keep the order of the files.
    """

    folder: str
    title: str
    language: str
    topics: Mapping[str, Topic]
    measures: Mapping[str, Measure]
    markings: MarkingScheme
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage] = field(default_factory=dict)
    """Those without any error."""
    scale: str = ""
    """The scale of judgements: a shipped one's name, or a file's path within `folder`."""
