"""The step from a brief to the same brief with its citations worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import is_
from pathlib import Path

from briefgen.brief.model import (
    Brief,
    Cite,
    Inline,
    Inlines,
    LiveCitations,
    Note,
    ReferenceEntry,
    References,
)
from briefgen.brief.spec.model import ReferenceListing
from briefgen.brief.traversal import CONTAINERS, inlines_in, map_runs, walk_runs
from briefgen.cite.model import Cluster, Wording
from briefgen.cite.pandoc import Citeproc
from briefgen.cite.placement import merge_citations, place_citations
from briefgen.cite.reference_list import list_references, reference_entries
from briefgen.cite.shared_notes import SharedNotes, share_notes, sources_worded_as_ibid
from briefgen.cite.stand_ins import word_with_stand_ins
from briefgen.cite.styles import CslStyle, effective_locale
from briefgen.cite.wording import without_cross_references, word_citations
from briefgen.cite.words_at_hand import WordsAtHand
from briefgen.facts.model import Source


def cite_brief(
    brief: Brief,
    sources: Mapping[str, Source],
    style: CslStyle,
    *,
    language: str = "",
    list_also: Iterable[str] = (),
    listing: ReferenceListing | None = None,
    live: bool = False,
    citeproc: Citeproc | None = None,
    cache_folder: Path | None = None,
    at_hand: WordsAtHand | None = None,
) -> Brief:
    """The brief with every citation worded in `style`, its notes and references written.

    Citations are numbered in reading order (`cite-1`, ...); those that stand side by side become
    one. An in-text style fills `Cite.content`, linked to the references, and moves the citation
    before the full stop; a note style fills `Cite.note` and `Brief.notes`. A citation with the
    same sources, locators and affixes as an earlier one refers to that one's note again, unless
    that note's wording leans on the note before it (ibid).

    Every `References` block lists the sources cited, in the style's order or as `listing` says,
    and those in `list_also` besides. It stays empty for a style without a bibliography, and in a
    note style where the block says so and `listing` has no wishes; nothing links to it then.
    `live` adds what a reference manager needs to word the citations anew. `language` (BCP 47) is
    the brief's own unless given. `citeproc` is a process started early, or kept; `cache_folder`
    keeps wordings (None: none are kept). With `at_hand` what comes of it is to be measured, not to
    be read: where these words do, Pandoc is not asked.

    Raises `InputError` for a source that is not there, `CiteprocError` when Pandoc fails.
    """
    merged = map_runs(brief, merge_citations)
    if any(item.suppress_author for cite in _cites(merged) for item in cite.items):
        merged = map_runs(merged, partial(_authors_named, style=style))
    cites = list(_cites(merged))
    language = language or brief.language
    numbered: SharedNotes | None = None
    if style.is_note_style:
        numbered = share_notes(cites, lambda source: style.uses_ibid)
        if numbered.leaning:
            known = at_hand.as_ibid if at_hand is not None else {}
            unknown = numbered.leaning.difference(known)
            if unknown:
                as_ibid = sources_worded_as_ibid(
                    unknown,
                    sources,
                    style,
                    language=language,
                    citeproc=citeproc,
                    cache_folder=cache_folder,
                )
                known.update((source, source in as_ibid) for source in unknown)
            if not all(known[source] for source in numbered.leaning):
                numbered = share_notes(cites, lambda source: known.get(source, False))
    clusters = numbered.clusters if numbered else [cite.items for cite in cites]
    also = tuple(list_also) if style.has_bibliography else ()

    def word(asked: Sequence[Cluster]) -> Wording:
        return (at_hand.word(asked, also) if at_hand is not None else None) or word_citations(
            asked,
            sources,
            style,
            language=language,
            list_also=also,
            citeproc=citeproc,
            cache_folder=cache_folder,
        )

    clusters, wording = word_with_stand_ins(clusters, sources, word)
    listing = listing or ReferenceListing()
    lists = [
        block
        for section in merged.sections
        for block in section.blocks
        if isinstance(block, References)
    ]
    if style.is_note_style and listing == ReferenceListing():
        lists = [block for block in lists if block.with_notes]
    listed = bool(wording.references and lists)
    contents = wording.citations if listed else _unlinked(wording.citations)
    done = iter(range(len(cites)))

    def worded(cite: Cite) -> Cite:
        place = next(done)
        anchor = f"cite-{place + 1}"
        if numbered:
            return Cite(cite.items, anchor, (), numbered.note_of[place])
        return Cite(clusters[place], anchor, contents[place])

    def placed(run: Inlines) -> Inlines:
        return place_citations(run, worded, after_stop=style.is_note_style, whole=live)

    cited = map_runs(merged, placed)
    notes = _notes(numbered, contents) if numbered else ()
    entries = reference_entries(wording, cites, sources, brief.words, listing) if lists else ()
    cited = list_references(cited, entries, sources, listing, hanging=wording.hanging)
    return replace(
        cited,
        notes=(*brief.notes, *notes),
        style=style.id,
        live=_live(style, language, sources, cites, entries) if live else None,
    )


def _cites(brief: Brief) -> Iterator[Cite]:
    for run in walk_runs(brief):
        for inline in inlines_in(run):
            if isinstance(inline, Cite):
                yield inline


def _authors_named(run: Inlines, style: CslStyle) -> Inlines:
    """The run with authors left out of citations only where the style would name them in the text.

    A style that names nothing else has to, unless there is a place to tell.
    """
    changed: list[Inline] = []
    for inline in run:
        if isinstance(inline, CONTAINERS):
            inside = _authors_named(inline.content, style)
            inline = inline if inside is inline.content else replace(inline, content=inside)
        elif isinstance(inline, Cite):
            left_out = style.kind == "author-date" or (
                style.kind == "author" and all(item.locator for item in inline.items)
            )
            if not left_out and any(item.suppress_author for item in inline.items):
                items = (replace(item, suppress_author=False) for item in inline.items)
                inline = replace(inline, items=tuple(dict.fromkeys(items)))
        changed.append(inline)
    return run if all(map(is_, changed, run)) else tuple(changed)


def _notes(numbered: SharedNotes, contents: Sequence[Inlines]) -> tuple[Note, ...]:
    cited_at: list[list[str]] = [[] for _ in contents]
    for place, number in enumerate(numbered.note_of, start=1):
        cited_at[number - 1].append(f"cite-{place}")
    return tuple(
        Note(number, f"note-{number}", content, tuple(anchors), items)
        for number, (content, anchors, items) in enumerate(
            zip(contents, cited_at, numbered.clusters, strict=True), start=1
        )
    )


def _live(
    style: CslStyle,
    language: str,
    sources: Mapping[str, Source],
    cites: Sequence[Cite],
    entries: Iterable[ReferenceEntry],
) -> LiveCitations:
    used = dict.fromkeys(item.source for cite in cites for item in cite.items)
    used |= dict.fromkeys(entry.source for entry in entries)
    return LiveCitations(
        style=style.address,
        in_notes=style.is_note_style,
        has_bibliography=style.has_bibliography,
        sources={source: {**sources[source].csl, "id": source} for source in used},
        locale=effective_locale(style, language),
    )


def _unlinked(contents: Iterable[Inlines]) -> tuple[Inlines, ...]:
    return tuple(without_cross_references(content) for content in contents)
