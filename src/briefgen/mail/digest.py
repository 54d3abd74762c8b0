"""What a message says of a brief: its opening and key points, each with its sources in short.

Taken from the assembled brief, before its citations are worded: numbers of notes mean nothing in a
message. Flags stay with what they are about; what is uncertain never looks certain in a mail.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeGuard

from briefgen.brief import model
from briefgen.brief.assemble.sentences import fact_items
from briefgen.brief.flag_key import with_flag_key
from briefgen.brief.traversal import (
    blocks_inlines,
    inlines_in,
    map_runs,
    plain_text,
    walk_inlines,
)
from briefgen.cite.placement import merge_citations, place_citations
from briefgen.facts.model import Fact, Source
from briefgen.mail.pointers import pointing_out
from briefgen.mail.short_sources import short_sources
from briefgen.mail.words import words_in
from briefgen.render._reading import with_key_last

MOST_POINTS = 6
"""Points of a brief that has no section made for a reader in a hurry."""

_MASTHEAD = ("period", "prepared", "newest_information")
"""What a message tells of the masthead: how far the information reaches, and how new it is."""


FindFacts = Callable[[Iterable[str]], Mapping[str, Fact]]
"""The facts with these ids, as far as the base has them: `Index.facts`."""


def digest(
    brief: model.Brief,
    sources: Mapping[str, Source],
    find_facts: FindFacts = lambda ids: {},
    key: Collection[str] = (),
    overleaf: Collection[str] = (),
    apart: Collection[str] = (),
) -> model.Brief:
    """The small brief that a message carries, worded for it.

    Of a brief that has something `overleaf` (parts of its template) the first side goes whole:
    lines to be spoken are of no use without what not to say. Of any other it has the tinted
    sections, which say what a busy person reads first. Where none of them states a fact, there is a
    section of key points: what the brief says of its key facts (the base's own, and those that
    `key` names), else what it says first. What sections about disputes say is never a point, nor
    what stands `apart` (parts of its template). What is meant to be spoken, and so cites nothing,
    gets its fact's sources. A line that points to what stands elsewhere says where that is, and
    its flags are explained.
    """
    if overleaf:
        sections = _first_side(brief, overleaf)
    else:
        sections = tuple(s for s in brief.sections if s.tone == "accent" and not s.break_before)
        if not any(_states_a_fact(section) for section in sections):
            sections += _key_points(brief, find_facts, frozenset(key), apart)
    small = pointing_out(replace(brief, sections=sections))
    labels = {brief.words[key] for key in _MASTHEAD if key in brief.words}
    masthead = tuple(line for line in brief.masthead if line.label in labels)
    small = replace(small, masthead=masthead, notes=(), reference="", version="", contact="")
    uncited = [one.fact for one in _in_sections(small) if _is_uncited(one)]
    facts = find_facts(uncited) if uncited else {}

    def worded(cite: model.Cite) -> model.Cite:
        told = short_sources(cite.items, sources, brief.language)
        return model.Cite(cite.items, "", (model.Text(f"[{told}]"),))

    def placed(run: model.Inlines) -> model.Inlines:
        cited = tuple([_cited(inline, facts, sources) for inline in run]) if facts else run
        return place_citations(merge_citations(cited), worded, after_stop=False)

    return _with_key_to_flags(map_runs(small, placed))


def _first_side(brief: model.Brief, overleaf: Collection[str]) -> tuple[model.Section, ...]:
    front = takewhile(lambda section: section.part not in overleaf, brief.sections)
    return tuple(section for section in front if not _is_a_list(section))


def _is_a_list(section: model.Section) -> bool:
    """Whether it holds references or notes alone, which a message tells at their places."""
    return all(isinstance(block, model.References | model.Notes) for block in section.blocks)


def _states_a_fact(section: model.Section) -> bool:
    return any(isinstance(one, model.Sentence) for one in blocks_inlines(section.blocks))


def _with_key_to_flags(small: model.Brief) -> model.Brief:
    """The brief with what its own flags and grades mean in its last lines, where it has any."""
    keyed = with_key_last(with_flag_key(small))
    return replace(keyed, flag_key=(), grade_key="")  # told now


def _is_uncited(inline: model.Inline) -> TypeGuard[model.Sentence]:
    """Whether it is spoken. A clause of a passage may leave its sources to the next one."""
    return (
        isinstance(inline, model.Sentence)
        and not inline.passage
        and not any(isinstance(one, model.Cite) for one in inlines_in(inline.content))
    )


def _cited(
    inline: model.Inline, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> model.Inline:
    """A sentence that cites nothing, with what its fact cites behind its words."""
    fact = facts.get(inline.fact) if _is_uncited(inline) else None
    if fact is None or not isinstance(inline, model.Sentence):
        return inline
    voice = fact.attribution.strip()
    told = voice.casefold() in plain_text(inline.content).casefold()
    cite = model.Cite(fact_items(fact, sources, voice if told else ""))
    end = 0
    for one in inline.content:
        # Up to a flag and the blank before it.
        if not isinstance(one, model.Text) or (end and not one.text.strip()):
            break
        end += 1
    return replace(inline, content=(*inline.content[:end], cite, *inline.content[end:]))


def _in_sections(brief: model.Brief) -> Iterator[model.Inline]:
    return walk_inlines(replace(brief, masthead=(), notes=()))


def _key_points(
    brief: model.Brief, find_facts: FindFacts, key: frozenset[str], apart: Collection[str]
) -> tuple[model.Section, ...]:
    told: dict[frozenset[str], model.Blocks] = {}
    for section in brief.sections:
        if section.tone != "warning" and section.part not in apart:
            for unit in _units(section.blocks):
                facts = frozenset(_facts(unit))
                if facts:
                    told.setdefault(facts, unit)
    if not told:
        return ()
    facts_told = find_facts(list(frozenset[str]().union(*told)))
    key |= {fact.id for fact in facts_told.values() if fact.key}
    chosen = [unit for facts, unit in told.items() if facts & key] or [*told.values()]
    words = words_in(brief.language)
    blocks: model.Blocks = (model.ListBlock(tuple(chosen[:MOST_POINTS])),)
    if len(chosen) > MOST_POINTS:
        more = words["more_inside"].format(shown=MOST_POINTS, total=len(chosen))
        blocks += (model.Paragraph((model.Text(more),), "small"),)
    heading = (model.Text(words["key_points"]),)
    return (model.Section("key-points", "section-key-points", heading, blocks, tone="accent"),)


def _units(blocks: model.Blocks) -> Iterator[model.Blocks]:
    """What can stand alone: a paragraph, an item of a list, an entry with its label before it."""
    for block in blocks:
        match block:
            case model.Paragraph():
                yield (block,)
            case model.ListBlock():
                yield from block.items
            case model.Entries():
                for entry in block.entries:
                    yield _labelled(entry.label, entry.blocks)
            case _:
                pass


def _labelled(label: model.Inlines, blocks: model.Blocks) -> model.Blocks:
    first: model.Block | None = blocks[0] if blocks else None
    if isinstance(first, model.Paragraph) and label:
        content = (*label, model.Text(": "), *first.content)
        return (model.Paragraph(content, first.role), *blocks[1:])
    return blocks


def _facts(unit: model.Blocks) -> Iterator[str]:
    for inline in blocks_inlines(unit):
        if isinstance(inline, model.Sentence):
            yield from inline.facts
