"""Which note each citation refers to, settled before the notes are worded.

A citation with the same sources, locators and affixes as an earlier one refers to that one's note
again. An ibid is never shared: it is true only behind the note that it leans on. It is settled
before the wording, so that references to notes by number ("n 3") stay true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from briefgen.brief.model import Cite, CiteItem
from briefgen.brief.traversal import plain_text
from briefgen.cite.model import Cluster
from briefgen.cite.pandoc import Citeproc
from briefgen.cite.styles import CslStyle
from briefgen.cite.wording import word_citations
from briefgen.facts.model import Source
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class SharedNotes:
    """The notes to be worded, and where they are referred to."""

    clusters: tuple[Cluster, ...]
    """What each note cites; the first is note 1."""
    note_of: tuple[int, ...]
    """The number of the note that each citation refers to, in reading order."""
    leaning: frozenset[str]
    """Sources of which a note was kept apart because it may be an ibid, though there is another
    that cites the very same."""


def share_notes(cites: Sequence[Cite], is_leaning: Callable[[str], bool]) -> SharedNotes:
    """Number the notes. `is_leaning` says of a source whether an ibid of it may be worded so."""
    clusters: list[Cluster] = []
    note_of: list[int] = []
    notes: dict[Cluster, int] = {}
    for cite in cites:
        number = notes.get(cite.items)
        if number is None:
            before = clusters[-1] if clusters else ()
            clusters.append(cite.items)
            number = len(clusters)
            source = cite.items[0].source
            may_be_ibid = len(before) == 1 and before[0].source == source
            if not (may_be_ibid and is_leaning(source)):
                notes[cite.items] = number
        note_of.append(number)
    times = Counter(clusters)
    leaning = frozenset(items[0].source for items, count in times.items() if count > 1)
    return SharedNotes(tuple(clusters), tuple(note_of), leaning)


def sources_worded_as_ibid(
    asked: Iterable[str],
    sources: Mapping[str, Source],
    style: CslStyle,
    *,
    language: str,
    citeproc: Citeproc | None,
    cache_folder: Path | None,
) -> frozenset[str]:
    """Those of `asked` that the style words otherwise when the note before cites them, too.

    A style may know ibid and use it for some kinds of documents only, as Chicago's does: so it is
    tried. Raises `CiteprocError`.
    """
    wanted = sorted(asked)
    other = next(f"other{number}" for number in range(len(sources) + 1)
                 if f"other{number}" not in sources)  # fmt: skip
    between = (CiteItem(other),)
    sequence: list[Cluster] = []
    for source in wanted:
        plain = (CiteItem(source),)
        first, second = ((CiteItem(source, place, "page"),) for place in ("1", "2"))
        sequence += (plain, plain, first, first, second, between, plain, between, first, between,
                     second, between)  # fmt: skip
    worded = word_citations(
        sequence,
        {**sources, other: Source(other, {"id": other, "type": "book", "title": "Other"})},
        style,
        language=language,
        citeproc=citeproc,
        cache_folder=cache_folder,
    ).citations
    texts = [plain_text(content) for content in worded]
    found = []
    for place, source in enumerate(wanted):
        start = 12 * place
        again, same, further = texts[start + 1], texts[start + 3], texts[start + 4]
        if (again, same, further) != (texts[start + 6], texts[start + 8], texts[start + 10]):
            found.append(source)
    return frozenset(found)
