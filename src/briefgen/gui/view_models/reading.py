"""A saved copy as it stands in the reader: one text, its passages, and those that facts quote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from briefgen.capture.model import SavedText
from briefgen.capture.passage_dates import PassageDate
from briefgen.capture.quoting import Place, Quotations, locator
from briefgen.capture.suggesting import Suggested, suggested
from briefgen.dates import date_in_plain_words, parse_edtf
from briefgen.facts.model import Fact, Source
from briefgen.index import Index


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """What a person marked: its words on one line, and where they stand."""

    text: str
    locator: Mapping[str, str]

    @property
    def where(self) -> str:
        """The place in words: `Paragraph 3`."""
        return "; ".join(f"{label} {number}".capitalize() for label, number in self.locator.items())


@dataclass(frozen=True, slots=True)
class LitPassage:
    """A stretch of the text that a fact quotes."""

    start: int
    end: int
    fact: str


_BETWEEN = "\n\n"
"""Between paragraphs: an empty line, for the eye."""


class CopyOnView:
    """The paragraphs of a copy as one text, each on a line, with an empty one between them."""

    def __init__(self, saved: SavedText) -> None:
        self.saved = saved
        self.text = _BETWEEN.join(paragraph.text for paragraph in saved.paragraphs)
        self._quotations = Quotations(saved.paragraphs)
        self._starts: list[int] = []
        at = 0
        for paragraph in saved.paragraphs:
            self._starts.append(at)
            at += len(paragraph.text) + len(_BETWEEN)

    def margin(self, line: int) -> str:
        """What stands beside a line, from 0: a paragraph's number, or a page where one begins."""
        paragraphs = self.saved.paragraphs
        at = line // len(_BETWEEN)
        if line % len(_BETWEEN) or not 0 <= at < len(paragraphs):
            return ""
        this = paragraphs[at]
        if not this.page:
            return str(this.number or "")
        begins = at == 0 or paragraphs[at - 1].page != this.page
        return f"p. {this.page}" if begins else ""

    def widest_margin(self) -> str:
        """As many letters as the longest of them."""
        paragraphs = self.saved.paragraphs
        if not paragraphs:
            return ""
        return f"p. {self.saved.pages}" if self.saved.pages else str(len(paragraphs))

    def passage(self, start: int, end: int) -> MarkedPassage | None:
        """What was marked between two letters of the text; None for blanks."""
        marked = self.text[start:end]
        start += len(marked) - len(marked.lstrip())
        text = " ".join(marked.split())
        if not text:
            return None
        end = start + len(marked.strip())
        return MarkedPassage(text, locator(self.saved, self._line(start), self._line(end - 1)))

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def page_at(self, letter: int) -> int:
        """The page, from 1, of a letter of the text; 1 where there are none."""
        paragraphs = self.saved.paragraphs
        return paragraphs[max(self._line(letter), 0)].page or 1 if paragraphs else 1

    def with_passage(self, cite: Mapping[str, Any], start: int, end: int) -> dict[str, Any]:
        """A citation that quotes a further passage, in the order of the text, with both places."""
        passage = self.passage(start, end)
        if passage is None:
            return dict(cite)
        quote = str(cite.get("quote") or "")
        there = self._quotations.find(quote)
        comes_first = bool(there) and start < self._stretch(there[0])[0]
        quotes = [passage.text, quote] if comes_first else [quote, passage.text]
        locator = {str(key): str(value) for key, value in (cite.get("locator") or {}).items()}
        for label, number in passage.locator.items():
            known = locator.get(label, "").split(", ") if locator.get(label) else []
            places = [number, *known] if comes_first else [*known, number]
            locator[label] = ", ".join(dict.fromkeys(places))
        said = " … ".join(one for one in quotes if one)
        return {**cite, "locator": locator, "quote": said}

    def lit(self, facts: Iterable[Fact], source: str) -> tuple[LitPassage, ...]:
        """The passages that facts quote from this source."""
        found = [
            LitPassage(*self._stretch(place), fact.id)
            for fact in facts
            for cite in fact.cites
            if cite.source == source and cite.quote
            for place in self._quotations.find(cite.quote)
        ]
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))

    def _stretch(self, place: Place) -> tuple[int, int]:
        return self._starts[place.first] + place.start, self._starts[place.last] + place.end


def facts_of_source(index: Index, source: str) -> tuple[Fact, ...]:
    """The facts that cite a source."""
    rows = index.rows(
        "SELECT DISTINCT facts.id FROM fact_sources JOIN facts USING (row) WHERE source = ?"
        " AND good ORDER BY facts.id",
        (source,),
    )
    return tuple(index.facts([str(id_) for (id_,) in rows]).values())


# --- what a passage proposes -----------------------------------------------------------------

Field = Literal["kind", "topics", "actors", "date"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value that a person may take into a field."""

    field: Field
    value: str
    shown: str
    told: str = ""
    """How it is known."""


_CALLED = {
    "article-newspaper": "article", "article-magazine": "article", "article-journal": "article",
    "article": "article", "report": "report", "post-weblog": "post", "post": "post",
    "webpage": "page", "personal_communication": "message", "speech": "speech",
    "interview": "interview", "book": "book",
}  # fmt: skip


def called(type_: object) -> str:
    """How a document of a CSL type is called in the note on a date."""
    return _CALLED.get(str(type_), "document")


def new_fact(
    index: Index, source: Source, passage: MarkedPassage
) -> tuple[dict[str, Any], tuple[Proposal, ...]]:
    """What a fact from a passage starts as, and what is proposed for it.

    Filled in is what is known: quotation, place and source. The date is the likeliest one, to be
    put right; all else is for the person to take.
    """
    kind = called(source.csl.get("type"))
    found = suggested(index, passage.text, source.issued, kind)
    cite: dict[str, Any] = {"source": source.id}
    if passage.locator:
        cite["locator"] = dict(passage.locator)
    if passage.text:
        cite["quote"] = passage.text
    entry: dict[str, Any] = {"cites": [cite]}
    if found.dates:
        entry |= dated(found.dates[0])
    return entry, _proposals(index, found)


def dated(date: PassageDate) -> dict[str, str]:
    """A date as keys of a fact."""
    return {"date": date.edtf} | ({"date_note": date.note} if date.note else {})


def _proposals(index: Index, found: Suggested) -> tuple[Proposal, ...]:
    base = index.base
    return (
        Proposal("kind", found.kinds[0], found.kinds[0]),
        *(Proposal("topics", id_, base.topics[id_].label) for id_ in found.topics[:3]),
        *(Proposal("actors", id_, base.actors[id_].name) for id_ in found.actors[:6]),
        *(
            Proposal("date", one.edtf, date_in_plain_words(parse_edtf(one.edtf)), one.note)
            for one in found.dates[1:3]
        ),
    )
