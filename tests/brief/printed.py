"""A brief as plain lines, for tests to compare: citations as [source:locator], flags as ▲."""

from __future__ import annotations

from typing import Any

from briefgen.brief.model import (
    Brief,
    Cite,
    Code,
    Entries,
    Flag,
    Heading,
    LineBreak,
    ListBlock,
    Paragraph,
    References,
    Table,
    Text,
)


def inline(content: Any) -> str:
    """One run of inlines as text."""
    parts = []
    for item in content:
        match item:
            case Text(text) | Code(text):
                parts.append(text)
            case Cite(items):
                parts.append(
                    "["
                    + "; ".join(f"{i.prefix}{i.source}:{i.locator}{i.suffix}" for i in items)
                    + "]"
                )
            case Flag(text):
                parts.append(f"▲{text}")
            case LineBreak():
                parts.append("/")
            case _:
                parts.append(inline(item.content))
    return "".join(parts).replace("\u00a0", " ")


def lines(blocks: Any) -> list[str]:
    """Blocks as lines."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                found.append(inline(content))
            case ListBlock(items):
                found += [f"- {' / '.join(lines(item))}" for item in items]
            case Entries(entries):
                found += [f"{inline(e.label)} | {' / '.join(lines(e.blocks))}" for e in entries]
            case Table(columns, rows):
                found.append(" | ".join(inline(column.heading) for column in columns))
                found += [
                    ("~" if row.muted else "") + " | ".join(inline(cell) for cell in row.cells)
                    for row in rows
                ]
            case References():
                found.append("(references)")
            case _:
                found.append(type(block).__name__)
    return found


def section(brief: Brief, name: str) -> list[str]:
    """The lines of the section with this id; fails if there is none."""
    return lines(next(s for s in brief.sections if s.id == name).blocks)


def headings(brief: Brief) -> list[str]:
    """All section headings, `#` for each level."""
    return [f"{'#' * s.level} {inline(s.heading)}".strip() for s in brief.sections]
