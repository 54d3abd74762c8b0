"""Going through a brief in reading order: every run of inlines, every block.

A *run* is the tuple of inlines that one paragraph, heading, table cell or label holds. What is
put together from runs (lists, tables, entries) is met here once, so that a stage which looks at
or rewrites text need not know the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import is_
from typing import Any, TypeVar, assert_never, cast

from briefgen.brief import model
from briefgen.patterns import lazy_pattern

Item = TypeVar("Item")
Whole = TypeVar("Whole")

_GRADE_CODES = lazy_pattern(r" \((?:[A-F][1-6]?|[1-6])(?:, (?:[A-F][1-6]?|[1-6]))*\)")

MapRun = Callable[[model.Inlines], model.Inlines]

CONTAINERS = (
    model.Emphasis, model.Strong, model.SmallCaps, model.Superscript, model.Subscript, model.Link,
    model.CrossReference, model.Sentence,
)  # fmt: skip
"""The inlines whose `content` is a run of its own. `Cite` is not among them: see its docstring."""

_HOLDERS = (*CONTAINERS, model.Cite)
_OF_ITS_DOCUMENT = (model.Cite, model.CrossReference, model.Flag, model.Sentence)


def walk_runs(brief: model.Brief) -> Iterator[model.Inlines]:
    """Every run, in reading order: masthead, then section by section; notes come last."""
    for line in brief.masthead:
        yield line.content
    for section in brief.sections:
        yield section.heading
        yield from block_runs(section.blocks)
    for note in brief.notes:
        yield note.content


def walk_inlines(brief: model.Brief) -> Iterator[model.Inline]:
    """Every inline, depth first in reading order, a container before what it contains."""
    for run in walk_runs(brief):
        yield from inlines_in(run)


def cited_sources(brief: model.Brief) -> set[str]:
    """The ids of all sources that the brief cites anywhere."""
    return sources_cited(walk_inlines(brief))


def sources_cited(inlines: Iterable[model.Inline]) -> set[str]:
    """The ids of the sources that some inlines cite; what those contain is not looked into."""
    return {
        item.source for inline in inlines if isinstance(inline, model.Cite) for item in inline.items
    }


def blocks_inlines(blocks: model.Blocks) -> Iterator[model.Inline]:
    """Every inline of some blocks, depth first in reading order."""
    for run in block_runs(blocks):
        yield from inlines_in(run)


def inlines_in(run: Iterable[model.Inline]) -> Iterator[model.Inline]:
    """Every inline of a run, depth first, a container before what it contains."""
    for inline in run:
        yield inline
        if isinstance(inline, _HOLDERS):
            yield from inlines_in(inline.content)


def plain_text(run: Iterable[model.Inline], *, citations: bool = True, warning: str = "") -> str:
    """What a run says, without any format: line breaks are spaces, marks of notes left out.

    `citations`: with those that stand in the text. `warning`: what stands before each caution;
    without it they are left out.
    """
    said = []
    for inline in run:
        match inline:
            case model.Text(text) | model.Code(text):
                said.append(text)
            case model.LineBreak():
                said.append(" ")
            case model.Flag(text):
                said.append(f"{warning} {text}" if warning else "")
            case model.Cite() if not citations:
                pass
            case _:
                said.append(plain_text(inline.content, citations=citations, warning=warning))
    return "".join(said)


def is_grade_codes(inline: model.Inline) -> bool:
    """Whether it is what stands of Admiralty grades behind a statement: ` (C3)`, ` (B2, D4)`."""
    return isinstance(inline, model.Text) and bool(_GRADE_CODES.fullmatch(inline.text))


def joined(inlines: Iterable[model.Inline]) -> model.Inlines:
    """Neighbouring texts of one language as one, empty ones left out."""
    found: list[model.Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        if not isinstance(inline, model.Text):
            found.append(inline)
        elif isinstance(last, model.Text) and last.language == inline.language:
            found[-1] = model.Text(last.text + inline.text, inline.language)
        elif inline.text:
            found.append(inline)
    return tuple(found)


def worded_alike(run: model.Inlines) -> bool:
    """Whether a run says the same in every document: nothing in it leads into its own."""
    return not any(isinstance(inline, _OF_ITS_DOCUMENT) for inline in inlines_in(run))


def ended(run: model.Inlines) -> model.Inlines:
    """The run with a full stop at its end, where it ends without any and more is to follow."""
    return run if not run or _last_character(run) in _ENDINGS else (*run, model.Text("."))


_ENDINGS = (".", "!", "?", "…", "。", "")


def _last_character(run: model.Inlines) -> str:
    """The last character but closing quotation marks; empty where a run says nothing."""
    for inline in reversed(run):
        content = getattr(inline, "content", None)
        said = _last_character(content) if content else getattr(inline, "text", "")
        said = said.rstrip(" \u00a0”’»\"'")
        if said:
            return str(said[-1])
    return ""


def map_runs(brief: model.Brief, change: MapRun) -> model.Brief:
    """The brief with `change` applied to every run, in the order of `walk_runs`.

    A part in which nothing changed is the same object as before.
    """
    masthead = _mapped(
        brief.masthead, lambda line: _with(line, line.content, change(line.content), "content")
    )
    sections = _mapped(brief.sections, lambda section: _map_section(section, change))
    notes = _mapped(
        brief.notes, lambda note: _with(note, note.content, change(note.content), "content")
    )
    return replace(brief, masthead=masthead, sections=sections, notes=notes)


def walk_blocks(brief: model.Brief) -> Iterator[model.Block]:
    """Every block, in reading order, an outer one before those inside it."""
    for section in brief.sections:
        yield from _blocks_in(section.blocks)


def _blocks_in(blocks: model.Blocks) -> Iterator[model.Block]:
    for block in blocks:
        yield block
        if isinstance(block, model.ListBlock):
            for item in block.items:
                yield from _blocks_in(item)
        elif isinstance(block, model.Entries):
            for entry in block.entries:
                yield from _blocks_in(entry.blocks)
        elif isinstance(block, model.Quote):
            yield from _blocks_in(block.blocks)


def block_runs(blocks: model.Blocks) -> Iterator[model.Inlines]:
    """Every run of some blocks, in reading order."""
    for block in blocks:
        match block:
            case model.Paragraph() | model.Heading():
                yield block.content
            case model.ListBlock():
                for item in block.items:
                    yield from block_runs(item)
            case model.Entries():
                for entry in block.entries:
                    yield entry.label
                    yield from block_runs(entry.blocks)
            case model.Table():
                for column in block.columns:
                    yield column.heading
                for row in block.rows:
                    yield from row.cells
            case model.Quote():
                yield from block_runs(block.blocks)
            case model.References():
                for reference in block.entries:
                    yield reference.content
                    yield reference.remarks
            case model.Preformatted() | model.Rule() | model.Notes():
                pass
            case _:
                assert_never(block)


def _map_section(section: model.Section, change: MapRun) -> model.Section:
    heading = change(section.heading)
    blocks = map_blocks(section.blocks, change)
    if heading is section.heading and blocks is section.blocks:
        return section
    return replace(section, heading=heading, blocks=blocks)


def map_blocks(blocks: model.Blocks, change: MapRun) -> model.Blocks:
    """The blocks with `change` applied to every run."""
    return _mapped(blocks, lambda block: _map_one(block, change))


def _map_one(block: model.Block, change: MapRun) -> model.Block:
    def changed(entry: model.ReferenceEntry) -> model.ReferenceEntry:
        entry = _with(entry, entry.content, change(entry.content), "content")
        return _with(entry, entry.remarks, change(entry.remarks), "remarks")

    match block:
        case model.Paragraph() | model.Heading():
            return _with(block, block.content, change(block.content), "content")
        case model.ListBlock():
            items = _mapped(block.items, lambda item: map_blocks(item, change))
            return _with(block, block.items, items, "items")
        case model.Entries():
            entries = []
            for entry in block.entries:
                label = change(entry.label)
                inner = map_blocks(entry.blocks, change)
                same = label is entry.label and inner is entry.blocks
                entries.append(entry if same else replace(entry, label=label, blocks=inner))
            return _with(block, block.entries, _kept(block.entries, entries), "entries")
        case model.Table():
            columns = _mapped(
                block.columns, lambda c: _with(c, c.heading, change(c.heading), "heading")
            )
            rows = _mapped(
                block.rows, lambda row: _with(row, row.cells, _mapped(row.cells, change), "cells")
            )
            if columns is block.columns and rows is block.rows:
                return block
            return replace(block, columns=columns, rows=rows)
        case model.Quote():
            return _with(block, block.blocks, map_blocks(block.blocks, change), "blocks")
        case model.References():
            references = _mapped(block.entries, changed)
            return _with(block, block.entries, references, "entries")
        case model.Preformatted() | model.Rule() | model.Notes():
            return block
        case _:
            assert_never(block)


def _mapped(old: tuple[Item, ...], change: Callable[[Item], Item]) -> tuple[Item, ...]:
    return _kept(old, [change(item) for item in old])


def _kept(old: tuple[Item, ...], new: list[Item]) -> tuple[Item, ...]:
    return old if all(map(is_, old, new)) else tuple(new)


def _with(whole: Whole, old: object, new: object, name: str) -> Whole:
    if old is new:
        return whole
    changed: Any = whole
    return cast(Whole, replace(changed, **{name: new}))
