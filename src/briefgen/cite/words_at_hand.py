"""The words of one brief's citations, lent to briefs that say less.

Whoever tries what a brief would be like without some of its facts needs to know how much room its
citations take, not how exactly they read. Most read as they did before; a source that is now cited
first where it was cited again before reads as where it was first. So Pandoc need not be asked for
each trial. What comes of it is measured, never printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.brief.model import Brief, Cite, Inlines, References
from briefgen.brief.traversal import walk_blocks, walk_inlines
from briefgen.cite.model import Cluster, WordedReference, Wording


class WordsAtHand:
    """How a brief's citations and references are worded: `word` gives them to another."""

    def __init__(self, brief: Brief) -> None:
        """`brief` is cited."""
        notes = {note.number: note.content for note in brief.notes}
        if notes:
            sequence = [(note.items, note.content) for note in brief.notes]
        else:
            sequence = [
                (inline.items, inline.content)
                for inline in walk_inlines(brief)
                if isinstance(inline, Cite)
            ]
        self._known: dict[tuple[object, ...], Inlines] = {}
        self._in_notes = bool(notes)
        for items, place, content in _places(sequence):
            for key in self._likenesses(items, place):
                self._known.setdefault(key, content)
        lists = [block for block in walk_blocks(brief) if isinstance(block, References)]
        self._references = {
            entry.source: WordedReference(entry.source, entry.label, entry.content)
            for block in lists
            for entry in block.entries
        }
        self._hanging = any(block.hanging for block in lists)
        self.as_ibid: dict[str, bool] = {}
        """Of sources: whether the style words them otherwise right after themselves; filled by
        who asks."""

    def word(self, clusters: Sequence[Cluster], listed: Sequence[str] = ()) -> Wording | None:
        """`clusters` worded nearly as they would be; None where one cites what is not known."""
        worded: list[Inlines] = []
        for items, place, _ in _places([(cluster, ()) for cluster in clusters]):
            keys = self._likenesses(items, place)
            content = next((self._known[key] for key in keys if key in self._known), None)
            if content is None:
                return None
            worded.append(content)
        cited = dict.fromkeys(item.source for cluster in clusters for item in cluster)
        wanted = {**cited, **dict.fromkeys(listed)}
        references = tuple(
            reference for source, reference in self._references.items() if source in wanted
        )
        return Wording(tuple(worded), references, self._hanging)

    def _likenesses(
        self, items: Cluster, place: tuple[bool, bool]
    ) -> tuple[tuple[object, ...], ...]:
        """What another citation may have in common with this one, most first.

        A note is long where its source is cited first; in the running text what is cited says more.
        """
        source, is_first = items[0].source, place[0]
        by_place, by_items = (source, is_first), (items,)
        nearly = (by_place, by_items) if self._in_notes else (by_items, by_place)
        return ((items, *place), *nearly, (source,))


def _places(
    sequence: Sequence[tuple[Cluster, Inlines]],
) -> list[tuple[Cluster, tuple[bool, bool], Inlines]]:
    """Each citation with what decides how long it is: whether its first source is cited for the
    first time, and whether it is the only one of the citation before.
    """
    seen: set[str] = set()
    before: Cluster = ()
    found = []
    for items, content in sequence:
        source = items[0].source
        again = len(before) == 1 and before[0].source == source
        found.append((items, (source not in seen, again), content))
        seen.update(item.source for item in items)
        before = items
    return found
