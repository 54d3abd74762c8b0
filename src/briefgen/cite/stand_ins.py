"""What stands in for an author: a newspaper, a ministry's site, where nobody signed.

Some styles cite an unsigned article as `(Dawn, 2011)`, others by its title. Whether a sentence that
names the newspaper has told all that a citation would say depends on the style, so it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from briefgen.brief.model import Inlines
from briefgen.brief.traversal import plain_text
from briefgen.cite.model import Cluster, Wording
from briefgen.facts.model import Source
from briefgen.facts.publications import publication_instead
from briefgen.quotation_marks import apostrophes

Word = Callable[[Sequence[Cluster]], Wording]
"""From a sequence of citations to how they are worded."""


def word_with_stand_ins(
    clusters: Sequence[Cluster], sources: Mapping[str, Source], word: Word
) -> tuple[list[Cluster], Wording]:
    """The sequence worded, and as it was worded: publications left out where they stand first.

    `clusters` may ask for authors to be left out of sources that have none.
    """
    tried = {
        place: cluster
        for place, cluster in enumerate(clusters)
        if any(item.suppress_author and _publication(item.source, sources) for item in cluster)
    }
    if not tried:
        return list(clusters), word(clusters)
    taken = [_with_names(cluster) if place in tried else cluster
             for place, cluster in enumerate(clusters)]  # fmt: skip
    without = list(dict.fromkeys(tried.values()))
    both = word([*taken, *without])
    contents = list(both.citations[: len(clusters)])
    left_out = dict(zip(without, both.citations[len(clusters) :], strict=True))
    for place, cluster in tried.items():
        names = {_publication(item.source, sources) for item in cluster}
        if _begins_with(contents[place], names):
            taken[place], contents[place] = cluster, left_out[cluster]
    return taken, replace(both, citations=tuple(contents))


def _publication(source: str, sources: Mapping[str, Source]) -> str:
    return publication_instead(sources[source].csl) if source in sources else ""


def _with_names(cluster: Cluster) -> Cluster:
    items = (replace(item, suppress_author=False) for item in cluster)
    return tuple(dict.fromkeys(items))


def _begins_with(content: Inlines, names: set[str]) -> bool:
    text = apostrophes(plain_text(content).lstrip("([").replace("\u00a0", " "))
    return len(names) == 1 and all(name and text.startswith(apostrophes(name)) for name in names)
