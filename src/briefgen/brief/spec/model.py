"""What a person asks for, as a value: `NAME.brief.yaml` read, flags laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal, get_args

from briefgen.errors import Origin
from briefgen.facts.model import Passage
from briefgen.select.model import Selection
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.addresses import Address

Post = Literal["head-of-state", "head-of-government", "foreign-minister"]
POSTS: tuple[Post, ...] = get_args(Post)
OutputFormat = Literal["docx", "pdf", "html", "md", "txt", "json"]


@valueclass(frozen=True, slots=True)
class Edits:
    """Hand edits on top of the selection."""

    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    """Starred: they lead the key points."""
    unkey: tuple[str, ...] = ()
    """Key facts of the base that are none here."""
    not_for_use: tuple[str, ...] = ()
    """Facts that the author may know and must not disclose: see spoken templates."""
    reword: Mapping[str, str] = field(default_factory=dict)


@valueclass(frozen=True, slots=True)
class OwnSection:
    """A section of the author's own: a heading and own text, CommonMark."""

    id: str
    heading: str
    text: str
    after: str = ""
    """The section that it follows; empty: the last before the annex."""


@valueclass(frozen=True, slots=True)
class SectionEdits:
    """Hand edits on the template's sections, and sections of the author's own."""

    leave_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """The sections named change places among themselves to stand in this order."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """By section: how many facts it shows at most, for each group where there are groups."""
    add: tuple[OwnSection, ...] = ()
    leads: Mapping[str, str] = field(default_factory=dict)
    """By topic: what the author says first of it, CommonMark."""


@valueclass(frozen=True, slots=True)
class Passages:
    """Readable sentences of this brief's own, and what it does with those of the base."""

    add: tuple[Passage, ...] = ()
    """They may join any facts: their author signs them. One that has the id of a passage of the
    base stands in its place."""
    split: tuple[str, ...] = ()
    """Ids of passages whose facts are printed one by one."""


@valueclass(frozen=True, slots=True)
class Sides:
    """Actor ids of our side and theirs."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


@valueclass(frozen=True, slots=True)
class Judgement:
    """An analytic judgement in a scale's terms; likelihood and confidence stay apart."""

    text: str
    likelihood: str = ""
    """A term of the brief's scale, as is `confidence`; empty if not said."""
    confidence: str = ""
    basis: tuple[str, ...] = ()
    because: str = ""
    """Why the confidence is what it is; CommonMark, as are the next two and `text`."""
    assumes: str = ""
    """What it takes for granted."""
    would_change: str = ""
    """What would change it."""
    origin: Origin = field(default=Origin(""), compare=False)


@valueclass(frozen=True, slots=True)
class ReferenceListing:
    """How the list of references is printed."""

    backlinks: bool = True
    """Tell where each source is cited."""
    grades: bool = False
    """Tell each source's reliability grade, why, and its saved copy."""
    group: Literal["", "kind"] = ""
    """`kind`: under headings by what sort of document a source is."""


@valueclass(frozen=True, slots=True)
class EmailRequest:
    """The message that carries a brief: to whom, and what it says besides the key points."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    """Empty: the brief's title. Its marking is put before it in any case."""
    body: str = ""
    """The sender's own words, CommonMark: they come first."""
    send: bool = False
    """Whether a batch that is told to send sends it."""


@valueclass(frozen=True, slots=True)
class BriefSpec:
    """A brief as asked for. Field names are the contract's keys; None means "not said"."""

    title: str | None = None
    template: str = "country-brief"
    base: str | None = None
    """As written; relative paths are relative to the brief file's folder."""
    select: Selection = field(default_factory=Selection)
    edits: Edits = field(default_factory=Edits)
    passages: Passages = field(default_factory=Passages)
    sections: SectionEdits = field(default_factory=SectionEdits)
    sides: Sides = field(default_factory=Sides)
    text: Mapping[str, str] = field(default_factory=dict)
    """Answers to the template's inputs, CommonMark."""
    text_origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    """Where each of the author's texts stands: inputs and `changes` by their name, sections of
    the author's own as `sections.add.ID`, leads as `sections.leads.TOPIC`."""
    attendees: tuple[str, ...] = ()
    """Who will be in the room: ids of actors, or names."""
    posts: tuple[Post, ...] = ()
    """Whose last known holders a fact sheet names, for each of the sides."""
    judgements: tuple[Judgement, ...] = ()
    scale: str | None = None
    """Of judgements: a shipped scale's name or the path of a file; None: the base's."""
    style: str = "chicago-notes-bibliography"
    citations: Literal["plain", "zotero"] = "plain"
    """`zotero`: live fields in DOCX, which Zotero words anew."""
    notes: Literal["foot", "end"] = "foot"
    """Where a note style's notes stand."""
    references: ReferenceListing = field(default_factory=ReferenceListing)
    grades: bool | None = None
    """Print grades beside facts; None: flags alone; False: only what must be told."""
    language: str | None = None
    paper: Literal["a4", "letter"] = "a4"
    max_pages: int | None = None
    marking: str | None = None
    handling: tuple[str, ...] = ()
    """Instructions, descriptors and caveats, printed after the marking."""
    reference: str = ""
    version: str = ""
    contact: str = ""
    prepared_for: str = ""
    prepared_by: str = ""
    cleared_by: str = ""
    distribution: tuple[str, ...] = ()
    """Whom it goes to."""
    review_on: str = ""
    changes: str = ""
    date: str | None = None
    """ISO day printed on it; None: today."""
    house: str | None = None
    outputs: tuple[OutputFormat, ...] = ("docx", "pdf")
    email: EmailRequest | None = None
    origin: Origin = field(default=Origin(""), compare=False)
    places: Mapping[tuple[str, ...], Origin] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Where keys and values stand in the brief's file: `("facts", "exclude", "old-id")`."""

    def place(self, *path: str) -> Origin | None:
        """Where a key, or a value under its key, stands; None for what no file said."""
        return self.places.get(path)
