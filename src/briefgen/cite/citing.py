"""The step from a brief to the same brief with its citations worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    CiteItem,
    Inlines,
    Note,
    ReferenceEntry,
    References,
)
from briefgen.brief.walk import inlines_in, map_blocks, map_runs, walk_blocks, walk_runs
from briefgen.cite.pandoc import Citeproc
from briefgen.cite.placement import merge_citations, place_citations
from briefgen.cite.styles import CslStyle
from briefgen.cite.wording import (
    Wording,
    reference_anchor,
    without_cross_references,
    word_citations,
)
from briefgen.facts.model import Source
from briefgen.records import dataclass, replace


def cite_brief(
    brief: Brief,
    sources: Mapping[str, Source],
    style: CslStyle,
    *,
    language: str = "",
    list_also: Iterable[str] = (),
    citeproc: Citeproc | None = None,
    cache_folder: Path | None = None,
) -> Brief:
    """The brief with every citation worded in `style`, its notes and references written.

    Citations are numbered in reading order (`cite-1`, ...); those that stand side by side become
    one. An in-text style fills `Cite.content`, linked to the references, and moves the citation
    before the full stop; a note style fills `Cite.note` and `Brief.notes`. A citation with the
    same sources, locators and affixes as an earlier one refers to that one's note again, unless
    that note's wording leans on the note before it (ibid).

    Every `References` block lists the sources cited, in the style's order, and those in
    `list_also` besides; it stays empty for a style without a bibliography, and then nothing
    links to it. `language` (BCP 47) is the brief's own unless given. `citeproc` is a process
    started early, or kept; `cache_folder` keeps wordings (None: none are kept).

    Raises `InputError` for a source that is not there, `CiteprocError` when Pandoc fails.
    """
    merged = map_runs(brief, merge_citations)
    cites = [
        inline for run in walk_runs(merged) for inline in inlines_in(run)
        if isinstance(inline, Cite)
    ]  # fmt: skip
    numbered = _Numbered.share_notes(cites, style) if style.is_note_style else None
    wording = word_citations(
        numbered.clusters if numbered else [cite.items for cite in cites],
        sources,
        style,
        language=language or brief.language,
        list_also=list_also if style.has_bibliography else (),
        citeproc=citeproc,
        cache_folder=cache_folder,
    )
    listed = bool(wording.references) and any(
        isinstance(block, References) for block in walk_blocks(merged)
    )
    contents = wording.citations if listed else _unlinked(wording.citations)
    done = iter(range(len(cites)))

    def worded(cite: Cite) -> Cite:
        place = next(done)
        anchor = f"cite-{place + 1}"
        if numbered:
            return Cite(cite.items, anchor, (), numbered.note_of[place])
        return Cite(cite.items, anchor, contents[place])

    def placed(run: Inlines) -> Inlines:
        return place_citations(run, worded, after_stop=style.is_note_style)

    cited = map_runs(merged, placed)
    notes = _notes(numbered, contents) if numbered else ()
    references = _references(wording, cites)

    def filled(block: Block) -> Block:
        if not isinstance(block, References):
            return block
        return References(references, hanging=wording.hanging)

    cited = map_blocks(cited, filled)
    return replace(cited, notes=(*brief.notes, *notes), style=style.id)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Which note each citation refers to, and what each note cites."""

    clusters: list[tuple[CiteItem, ...]]
    note_of: list[int]

    @classmethod
    def share_notes(cls, cites: Sequence[Cite], style: CslStyle) -> _Numbered:
        """Number the notes; a repeated citation shares its note, but never an ibid's.

        It is settled before the wording, so that references to notes by number stay true.
        """
        leans = style.uses_ibid
        clusters: list[tuple[CiteItem, ...]] = []
        note_of: list[int] = []
        notes: dict[tuple[CiteItem, ...], int] = {}
        for cite in cites:
            shared = notes.get(cite.items)
            if shared is None:
                before = clusters[-1] if clusters else ()
                clusters.append(cite.items)
                shared = len(clusters)
                is_ibid = len(before) == 1 and before[0].source == cite.items[0].source
                if not (leans and is_ibid):
                    notes[cite.items] = shared
            note_of.append(shared)
        return cls(clusters, note_of)


def _notes(numbered: _Numbered, contents: Sequence[Inlines]) -> tuple[Note, ...]:
    cited_at: list[list[str]] = [[] for _ in contents]
    for place, number in enumerate(numbered.note_of, start=1):
        cited_at[number - 1].append(f"cite-{place}")
    return tuple(
        Note(number, f"note-{number}", content, tuple(anchors))
        for number, (content, anchors) in enumerate(zip(contents, cited_at, strict=True), start=1)
    )


def _references(wording: Wording, cites: Sequence[Cite]) -> tuple[ReferenceEntry, ...]:
    cited_by: dict[str, list[str]] = {}
    for place, cite in enumerate(cites, start=1):
        for source in dict.fromkeys(item.source for item in cite.items):
            cited_by.setdefault(source, []).append(f"cite-{place}")
    return tuple(
        ReferenceEntry(
            source=reference.source,
            anchor=reference_anchor(reference.source),
            label=reference.label,
            content=reference.content,
            cited_by=tuple(cited_by.get(reference.source, ())),
        )
        for reference in wording.references
    )


def _unlinked(contents: Iterable[Inlines]) -> tuple[Inlines, ...]:
    return tuple(without_cross_references(content) for content in contents)
