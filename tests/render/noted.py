"""Random briefs in a note style: notes shared and not, in every block that can hold a mark."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    CiteItem,
    Column,
    Emphasis,
    Entries,
    Entry,
    Flag,
    Heading,
    Inlines,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Section,
    Sentence,
    Table,
    Text,
)
from render.sample_brief import rich_brief
from render.texts import TEXTS


def _in_a_paragraph(said: Inlines) -> Block:
    return Paragraph((Sentence("fact", said), Flag("draft"), Text(" More.")))


def _in_a_heading(said: Inlines) -> Block:
    return Heading(2, said)


def _in_a_list(said: Inlines) -> Block:
    inner = ListBlock(((Paragraph(said),), (Paragraph((Text("next"),)),)), ordered=True)
    return ListBlock(((Paragraph((Text("outer"),)), inner),))


def _in_a_quote(said: Inlines) -> Block:
    return Quote((Paragraph(said),))


def _in_an_entry(said: Inlines) -> Block:
    return Entries((Entry((Text("2013"),), (Paragraph(said),)),), "Date", "What happened")


def _in_a_muted_cell(said: Inlines) -> Block:
    columns = (Column((Text("A"),)), Column((Text("B"),), "right"))
    return Table(columns, (Row(((Text("x"),), said), muted=True),), "Figures")


def _emphasised(said: Inlines) -> Block:
    return Paragraph((Emphasis(said),), "lead")


HOLDERS = (
    _in_a_paragraph, _in_a_heading, _in_a_list, _in_a_quote, _in_an_entry, _in_a_muted_cell,
    _emphasised,
)  # fmt: skip


@st.composite
def noted_briefs(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Brief:
    """A brief of one to fifteen marks of at most eight notes, numbered as `cite_brief` does it.

    Note n cites source `s1`, and `s2` too when n is even. Two lists of references follow, with
    remarks; the notes stand at the foot or at the end.
    """
    holders = draw(st.lists(st.sampled_from(HOLDERS), min_size=1, max_size=9))
    numbers: dict[int, int] = {}
    cited_at: dict[int, list[str]] = {}
    blocks: list[Block] = []
    for holder in holders:
        said: Inlines = (Text("So it was."),)
        for wanted in draw(st.lists(st.integers(1, 8), min_size=1, max_size=2, unique=True)):
            number = numbers.setdefault(wanted, len(numbers) + 1)
            anchor = f"cite-{sum(map(len, cited_at.values())) + 1}"
            cited_at.setdefault(number, []).append(anchor)
            said = (*said, Cite(_items(number), anchor, note=number))
        blocks.append(holder(said))
    notes = tuple(
        Note(n, f"note-{n}", (Text(draw(texts)),), tuple(anchors), _items(n))
        for n, anchors in cited_at.items()
    )
    references = tuple(
        References((_entry(source, notes, draw(texts)),), backlinks=draw(st.booleans()))
        for source in ("s1", "s2")
    )
    changes: dict[str, Any] = {
        "title": "T", "kind": "", "subtitle": "", "marking": "", "masthead": (), "reference": "",
        "version": "", "contact": "",
    }  # fmt: skip
    return rich_brief(
        sections=(
            Section("s", "section-s", (), tuple(blocks)),
            Section("r", "section-r", (Text("Sources"),), references),
        ),
        notes=notes,
        notes_at=draw(st.sampled_from(("foot", "end"))),
        **changes,
    )


def _items(number: int) -> tuple[CiteItem, ...]:
    sources = ("s1", "s2") if number % 2 == 0 else ("s1",)
    return tuple(CiteItem(source, str(number), "page") for source in sources)


def _entry(source: str, notes: tuple[Note, ...], remark: str) -> ReferenceEntry:
    anchors = [a for n in notes for a in n.cited_at if any(i.source == source for i in n.items)]
    address = Link("https://a.example/b/c.d", (Text("https://a.example/b/c.d"),))
    content = (Text(f"Source {source}. "), address)
    cited_by = tuple(sorted(anchors, key=lambda anchor: int(anchor[5:])))
    return ReferenceEntry(source, f"ref-{source}", "", content, cited_by, (Text(remark),))
