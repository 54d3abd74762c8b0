"""Briefs made of runs, and what a run reads as, for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    Flag,
    Inline,
    Inlines,
    Paragraph,
    ReferenceEntry,
    References,
    Section,
    Text,
)
from briefgen.brief.traversal import CONTAINERS, plain_text, walk_blocks


def cite(*items: str | tuple[str, ...]) -> Cite:
    """A citation: each item a source id, or (id, locator, label, prefix, suffix)."""
    return Cite(tuple(CiteItem(*([i] if isinstance(i, str) else i)) for i in items))


def brief_of(*runs: Inlines, references: bool = True) -> Brief:
    """A brief of one paragraph for each run, and a list of references."""
    sections = [Section("body", "body", (), tuple(map(Paragraph, runs)))]
    if references:
        sections.append(Section("list", "list", (Text("References"),), (References(),)))
    return Brief(
        title="A brief", kind="Brief", subtitle="", language="en", paper="a4", marking="",
        masthead=(), sections=tuple(sections), printed_date="1 May 2026",
        created=datetime(2026, 5, 1, tzinfo=UTC),
    )  # fmt: skip


def as_read(run: tuple[Inline, ...]) -> str:
    """A run as a reader sees it: notes as ^1, a flag as a triangle, no-break space as ~."""
    parts: list[str] = []
    for inline in run:
        if isinstance(inline, Cite):
            parts.append(f"^{inline.note}" if inline.note else plain_text(inline.content))
        elif isinstance(inline, Flag):
            parts.append(f"▲{inline.text}")
        elif isinstance(inline, CONTAINERS):
            parts.append(as_read(inline.content))
        else:
            parts.append(plain_text((inline,)))
    return "".join(parts).replace("\u00a0", "~")


def paragraphs_of(brief: Brief) -> list[str]:
    """The paragraphs of `brief_of`, as read."""
    return [as_read(b.content) for b in brief.sections[0].blocks if isinstance(b, Paragraph)]


def references_of(brief: Brief) -> tuple[ReferenceEntry, ...]:
    """The entries of the first list of references; none where there is no list."""
    lists = (block.entries for block in walk_blocks(brief) if isinstance(block, References))
    return next(lists, ())
