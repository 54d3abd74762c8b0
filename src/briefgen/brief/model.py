"""The document model: a brief as it is to be read, whatever file it becomes.

Reading order, heading levels, table headers, languages and references live here, once; a
renderer prints them and never guesses. Renderers match on `Block` and `Inline` and close with
`assert_never`, so the type checker names every renderer that a new kind must reach.

Texts are data: no string in the model is ever markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from briefgen.values import valueclass

Inlines: TypeAlias = "tuple[Inline, ...]"
Blocks: TypeAlias = "tuple[Block, ...]"

# --- inlines ---------------------------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class Text:
    """Plain characters. `language` (BCP 47) where it differs from the brief's.

    U+00A0 (no-break space) and U+202F mark places where a line must not break.
    """

    text: str
    language: str = ""


@valueclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised, usually italic."""

    content: Inlines


@valueclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised, usually bold."""

    content: Inlines


@valueclass(frozen=True, slots=True)
class SmallCaps:
    """Small capitals, as some citation styles ask."""

    content: Inlines


@valueclass(frozen=True, slots=True)
class Superscript:
    """Raised."""

    content: Inlines


@valueclass(frozen=True, slots=True)
class Subscript:
    """Lowered."""

    content: Inlines


@valueclass(frozen=True, slots=True)
class Code:
    """A fixed-width run from the author's own text."""

    text: str


@valueclass(frozen=True, slots=True)
class Link:
    """A link out of the document: an absolute http, https or mailto URL."""

    url: str
    content: Inlines


@valueclass(frozen=True, slots=True)
class CrossReference:
    """A link to an anchor in this document."""

    anchor: str
    content: Inlines


@valueclass(frozen=True, slots=True)
class LineBreak:
    """A line ends here, the paragraph does not."""


@valueclass(frozen=True, slots=True)
class Flag:
    """A caution that follows what it is about: drawn as a warning sign and these words."""

    text: str


@valueclass(frozen=True, slots=True)
class Sentence:
    """What a fact says here, with its flags and citations: the tie from page to base.

    A clause of a passage is one, too: it may rest on several facts, the first of which is `fact`.
    """

    fact: str
    content: Inlines
    others: tuple[str, ...] = ()
    """Further facts that it rests on."""
    passage: str = ""
    """The id of the passage that it is a clause of."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that it rests on."""
        return (self.fact, *self.others)


@valueclass(frozen=True, slots=True)
class CiteItem:
    """One source within a citation, in CSL's terms."""

    source: str
    locator: str = ""
    label: str = ""
    """CSL locator label (`page`, `paragraph`); empty when there is no locator."""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    """The text names the authors already: a style that names them in the text leaves them out."""


@valueclass(frozen=True, slots=True)
class Cite:
    """A citation. `cite_brief` fills in everything but `items`.

    In-text styles give `content`, what stands in the running text. Note styles give `note`, the
    number of the note in `Brief.notes`; its mark is drawn raised, after any full stop.
    """

    items: tuple[CiteItem, ...]
    anchor: str = ""
    """Unique in the brief (`cite-1`, ...): where references point back to."""
    content: Inlines = ()
    note: int | None = None


Inline: TypeAlias = (
    Text | Emphasis | Strong | SmallCaps | Superscript | Subscript | Code | Link
    | CrossReference | LineBreak | Flag | Sentence | Cite
)  # fmt: skip

# --- blocks ----------------------------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `lead` is the bottom line; `small` an aside; `empty` says there is nothing."""

    content: Inlines
    role: Literal["body", "lead", "small", "empty"] = "body"


@valueclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, below the section's own level."""

    level: int
    content: Inlines
    anchor: str = ""


@valueclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list. An item is a run of blocks."""

    items: tuple[Blocks, ...]
    ordered: bool = False
    start: int = 1


@valueclass(frozen=True, slots=True)
class Entry:
    """A label (a date, a name) and what belongs to it."""

    label: Inlines
    blocks: Blocks


@valueclass(frozen=True, slots=True)
class Entries:
    """Labels in a column that the eye can run down, each with its text beside it."""

    entries: tuple[Entry, ...]
    label_heading: str
    """What the labels are (`Date`, `Name`), for readers who cannot see the column."""
    body_heading: str


@valueclass(frozen=True, slots=True)
class Column:
    """A table column: its heading, alignment, and share of the width (relative)."""

    heading: Inlines
    align: Literal["left", "right", "centre"] = "left"
    width: float = 1.0


@valueclass(frozen=True, slots=True)
class Row:
    """A table row. `muted` sets apart what is no total: potentials and plans."""

    cells: tuple[Inlines, ...]
    muted: bool = False


@valueclass(frozen=True, slots=True)
class Table:
    """A table of data; its header row repeats on each page, rows never split from their end."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    """What the table shows, in words: its text alternative."""

    @property
    def has_header(self) -> bool:
        """Whether any column has a heading; a table of the author's may have none."""
        return any(column.heading for column in self.columns)


@valueclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart, from the author's own text."""

    blocks: Blocks


@valueclass(frozen=True, slots=True)
class Preformatted:
    """Lines kept as they stand, from the author's own text."""

    text: str


@valueclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@valueclass(frozen=True, slots=True)
class ReferenceEntry:
    """One source in the list of references."""

    source: str
    anchor: str
    """`ref-SOURCE`: where citations point to."""
    label: str
    """What stands before it in a numbered style (`[1]`), else empty."""
    content: Inlines
    cited_by: tuple[str, ...] = ()
    """Anchors of the citations, in reading order."""
    remarks: Inlines = ()
    """What the brief says of the source besides: its grade, its saved copy. Whole sentences."""


@valueclass(frozen=True, slots=True)
class References:
    """A list of references. Empty until `cite_brief` fills it."""

    entries: tuple[ReferenceEntry, ...] = ()
    hanging: bool = True
    backlinks: bool = True
    """Whether each entry tells where it is cited."""
    with_notes: bool = True
    """False: it stays empty in a note style, whose notes name every source already."""


@valueclass(frozen=True, slots=True)
class Notes:
    """Where the brief's notes are printed, when `Brief.notes_at` is `end`."""


Block: TypeAlias = (
    Paragraph | Heading | ListBlock | Entries | Table | Quote | Preformatted | Rule
    | References | Notes
)  # fmt: skip

# --- the whole -------------------------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class Section:
    """A section with its heading. `tone` draws it as a tinted box or with a warning bar."""

    id: str
    anchor: str
    heading: Inlines
    """Empty for a section without a heading."""
    blocks: Blocks
    level: int = 1
    """1 to 3; the brief's title stands above level 1."""
    tone: Literal["plain", "accent", "warning"] = "plain"
    part: str = ""
    """The id of the template's section, or of the author's own, that it comes from: `topics` for
    `topics-energy`."""
    break_before: bool = False
    """Starts on a new page (annexes, 'overleaf')."""


@valueclass(frozen=True, slots=True)
class Note:
    """A note of a note style, numbered from 1."""

    number: int
    anchor: str
    content: Inlines
    cited_at: tuple[str, ...] = ()
    """Anchors of the citations that carry this note's mark, in reading order."""
    items: tuple[CiteItem, ...] = ()
    """What it cites."""


@valueclass(frozen=True, slots=True)
class LiveCitations:
    """What a reference manager needs to word a document's citations anew (Zotero's fields)."""

    style: str
    """The CSL style's address (`http://www.zotero.org/styles/ieee`)."""
    in_notes: bool
    """Whether it is a note style."""
    has_bibliography: bool
    sources: Mapping[str, Mapping[str, Any]]
    """Source id to CSL-JSON item, `id` included: every source cited or listed."""
    locale: str = ""
    """The locale that they are worded in (BCP 47); empty: the brief's language."""


@valueclass(frozen=True, slots=True)
class MastheadLine:
    """One line of the masthead: `For`, `Prepared`, `Information to`, ..."""

    label: str
    content: Inlines


@valueclass(frozen=True, slots=True)
class FlagMeaning:
    """What a flag means, in a reader's words."""

    flag: str
    """As it is printed."""
    meaning: str


@valueclass(frozen=True, slots=True)
class Brief:
    """A brief, ready to be rendered."""

    title: str
    kind: str
    """What sort of document it is (`Country brief`): stands above the title."""
    subtitle: str
    language: str
    """BCP 47."""
    paper: Literal["a4", "letter"]
    marking: str
    """Handling marking; empty for none. See `marking_line`."""
    masthead: tuple[MastheadLine, ...]
    sections: tuple[Section, ...]
    printed_date: str
    """The date of issue, in words."""
    created: datetime
    """Timezone-aware moment for document properties: handed in, never read from a clock."""
    handling: tuple[str, ...] = ()
    """Instructions, descriptors and caveats: they stand behind the marking."""
    reference: str = ""
    version: str = ""
    contact: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    lists_contents: bool = True
    """Whether a list of contents helps its reader, once it is long enough for one."""
    notes_at: Literal["foot", "end"] = "foot"
    """Where notes stand: at the foot of the page of their mark, or together at the end."""
    style: str = ""
    """The CSL style's id, once cited."""
    live: LiveCitations | None = None
    """Set where a DOCX is to carry its citations as a reference manager's fields."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The document's own standing words in its language: see `briefgen.brief.words`."""
    flag_key: tuple[FlagMeaning, ...] = ()
    """What each flag in the sections means, gravest first: explained once, where the first one
    stands or at the end. See `briefgen.brief.flag_key`."""
    grade_key: str = ""
    """What grades' codes behind statements mean: a sentence; empty where none is printed."""

    @property
    def marking_line(self) -> str:
        """What stands at the head and foot: `OFFICIAL-SENSITIVE - COMMERCIAL`; empty for none.

        Joined as the UK Government Security Classifications Policy joins them.
        """
        return " - ".join((self.marking, *self.handling)) if self.marking else ""

    @property
    def key_line(self) -> str:
        """The key to flags and grades as one line without a sign; empty where there is none."""
        flags = "; ".join(f"{each.flag}: {each.meaning}" for each in self.flag_key)
        return " ".join(filter(None, (f"{flags}." if flags else "", self.grade_key)))

    @property
    def opening(self) -> int:
        """How many sections open the brief: the tinted ones that stand first.

        A list of contents follows them and lists what comes after: what a busy person reads
        first is not pushed down by it.
        """
        tinted = 0
        for section in self.sections:
            if section.tone != "accent":
                break
            tinted += 1
        return tinted if tinted < len(self.sections) else 0
