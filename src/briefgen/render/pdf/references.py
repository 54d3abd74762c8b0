"""The list of references, and where each of its sources is cited, by page.

Pages are known only when they are filled, and filling depends on what the list says. So entries
are set without it; what is added behind them when pages are known changes their last line and
adds slices below it, never what stands above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from briefgen.brief import model
from briefgen.brief.traversal import ended, worded_alike
from briefgen.render.pdf import looks
from briefgen.render.pdf.lines import (
    Fragment,
    Line,
    Measurer,
    Span,
    break_lines,
    natural_widths,
)
from briefgen.render.pdf.looks import Look, Style
from briefgen.render.pdf.runs import Run, RunMaker
from briefgen.render.pdf.setter import Lacks
from briefgen.render.pdf.slices import Placed, Slice, keep_ends, shift
from briefgen.render.pdf.typesetter import Typesetter

_LABEL_GAP = 6.0
_HANGING = 14.0
_MOST_KEPT = 4096
"""References whose lines are remembered. A longer list would push out its own."""

Cited = tuple[tuple[int, str], ...]
"""Pages, in order, each with the anchor of the first citation on it."""


@dataclass(slots=True, eq=False)
class _Ending:
    """The end of one entry, where it says on which pages it is cited."""

    cited_by: tuple[str, ...]
    last: Slice
    """The last slice of what the entry says otherwise."""
    placed: Placed
    line: Line
    """The last line without any pages."""
    alone: bool
    """Whether that is the entry's only line."""
    indent: float
    """How much further to the right the next line begins."""
    width: float
    """Room for the last line."""
    glued: bool | None = None
    """Whether the entry stays with what follows it; known when it is first asked for."""
    shown: Cited = ()
    added: list[Slice] = field(default_factory=list)


class ReferenceSetter:
    """Sets one brief's references."""

    def __init__(self, setter: Typesetter) -> None:
        self.setter = setter
        self.cited: set[str] = set()
        """The anchors of all citations that entries point back to."""
        self._endings: list[_Ending] = []
        self._lines_alike: Callable[..., Sequence[Line] | None] = _kept_lines
        self._grey = replace(setter.small, colour=looks.GREY)

    def references(self, block: model.References, width: float) -> list[Slice]:
        """The entries, not saying yet where they are cited."""
        setter = self.setter
        small = setter.small
        labels = [setter.mark(entry.label, small) for entry in block.entries]
        column = 0.0
        if any(entry.label for entry in block.entries):
            column = max(label.width for label in labels) + _LABEL_GAP
        indent = _HANGING if block.hanging and not column else 0.0
        drop = setter.drop(small.size)
        made: list[Slice] = []
        self._lines_alike = _kept_lines if len(labels) <= _MOST_KEPT else _lines_alike
        for entry, label in zip(block.entries, labels, strict=True):
            setter.lacks.place = f"the reference {entry.source}"
            slices = self._entry(entry, block.backlinks, width - column, indent)
            if column:
                shift(slices, column)
                slices[0].lines.insert(0, Placed(0.0, drop, label))
            if made:
                slices[0].space = setter.style.gap * 0.6
            made += slices
        return made

    def _entry(
        self, entry: model.ReferenceEntry, backlinks: bool, width: float, indent: float
    ) -> list[Slice]:
        setter = self.setter
        small = setter.small
        more = entry.remarks or (backlinks and entry.cited_by)
        content = ended(entry.content) if more else entry.content
        lines = None
        if not entry.remarks:
            lines = self._lines_alike(content, setter.style, small, width - indent, width)
        if lines is None:
            runs = setter.runs(content, small)
            if entry.remarks:
                runs.append(Run(" ", self._grey))
                runs += setter.runs(entry.remarks, self._grey)
            lines = break_lines(setter.measured(runs), width - indent, width)
        slices = setter.stack(lines, small.size)
        shift(slices[1:], indent)
        keep_ends(slices)
        if entry.anchor:
            slices[0].anchors = (entry.anchor,)
        if backlinks and entry.cited_by:
            self.cited.update(entry.cited_by)
            alone = len(slices) == 1
            last = slices[-1].lines[0]
            self._endings.append(
                _Ending(
                    entry.cited_by,
                    slices[-1],
                    last,
                    last.line,
                    alone,
                    indent if alone else 0.0,
                    width if alone else width - indent,
                )
            )
        return slices

    def tell_pages(self, pages: Mapping[str, int], *, shrink: bool) -> bool:
        """Have each entry say on which pages it is cited; `pages` is by citations' anchors.

        Returns whether that changed anything. Without `shrink` no entry gets fewer lines than it
        had, so that telling and filling pages come to an end.
        """
        changed = False
        for ending in self._endings:
            cited = _cited(ending.cited_by, pages)
            if cited != ending.shown:
                changed = True
                self._tell(ending, cited, 0 if shrink else len(ending.added))
        return changed

    def with_pages(self, slices: Sequence[Slice]) -> list[Slice]:
        """`slices` with those that were added to tell pages, each in its place."""
        added = {id(ending.last): ending.added for ending in self._endings if ending.added}
        if not added:
            return list(slices)
        made: list[Slice] = []
        for each in slices:
            made.append(each)
            made += added.get(id(each), ())
        return made

    def _tell(self, ending: _Ending, cited: Cited, least: int) -> None:
        setter, last = self.setter, ending.last
        if ending.glued is None:
            ending.glued = last.glued
        ending.shown = cited
        ending.placed.line, lines = self._lines(ending, cited)
        added = setter.stack(lines, setter.small.size, ending.placed.x + ending.indent)
        added += [Slice(setter.style.small_leading) for _ in range(least - len(added))]
        for each in added:
            each.groups, each.section = last.groups, last.section
        whole = [last, *added]
        last.glued = False
        if len(added) == 1 or ending.alone:
            last.glued = bool(added)
        whole[-1].glued = ending.glued
        ending.added = added

    def _lines(self, ending: _Ending, cited: Cited) -> tuple[Line, list[Line]]:
        """The entry's last line with as much as it holds, and the lines below it."""
        line = ending.line
        if not cited:
            return line, []
        key = "cited_on_page" if len(cited) == 1 else "cited_on_pages"
        parts = _cited_in_words(self.setter.word(key), self._grey, cited)
        below = ending.width - ending.indent
        gap = parts[0].advance - parts[0].width
        room = ending.width - line.width - gap
        if not line.spans:
            lines = break_lines(parts, below, ending.width)
            return lines[0], lines[1:]
        final = line.spans[-1]
        final = Span(final.x, final.width, f"{final.text} ", final.setting)
        spans = (*line.spans[:-1], final)
        longest = natural_widths(parts)[1]
        if parts[0].width > room or room < longest <= below:
            # Better whole on a line of its own than begun here: it takes no line more.
            return Line(spans, line.width, line.notes, line.anchored), break_lines(parts, below)
        lines = break_lines(parts, below, room)
        start = line.width + gap
        told = [
            Span(each.x + start, each.width, each.text, each.setting) for each in lines[0].spans
        ]
        width = start + lines[0].width
        return Line((*spans, *told), width, line.notes, line.anchored), lines[1:]


@lru_cache(maxsize=4096)
def _cited_in_words(pattern: str, look: Look, cited: Cited) -> Sequence[Fragment]:
    """On which pages an entry is cited, in words, each page a link."""
    before, _, after = pattern.partition("{pages}")
    if before.endswith(" "):
        before = f"{before[:-1]}\u00a0"
    runs = [Run(f" {before}", look)]
    for first, last in _ranges([page for page, _ in cited]):
        if len(runs) > 1:
            runs.append(Run(", ", look))
        runs.append(Run(str(cited[first][0]), look, f"#{cited[first][1]}"))
        if last > first:
            runs.append(Run("–", look))
            runs.append(Run(str(cited[last][0]), look, f"#{cited[last][1]}"))
    runs.append(Run(after, look))
    # What these words lack is not counted: they stand elsewhere, too.
    return Measurer(Lacks()).fragments(runs)


def _lines_alike(
    content: model.Inlines, style: Style, look: Look, width: float, first: float
) -> Sequence[Line] | None:
    """The lines of a reference that is the same in every document.

    None for one that is not, or that cannot be set as written, which each document tells anew.
    """
    if not worded_alike(content):
        return None
    lacks = Lacks()
    runs = RunMaker(style, (), set()).runs(content, look)
    lines = break_lines(Measurer(lacks).fragments(runs), width, first)
    return None if lacks.characters or lacks.scripts else lines


_kept_lines = lru_cache(maxsize=_MOST_KEPT)(_lines_alike)
"""The same, remembered: the same references stand in many briefs of one batch."""


def _cited(anchors: Sequence[str], pages: Mapping[str, int]) -> Cited:
    first: dict[int, str] = {}
    for anchor in anchors:
        if anchor in pages:
            first.setdefault(pages[anchor], anchor)
    return tuple(sorted(first.items()))


def _ranges(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where runs of three or more consecutive pages begin and end, and each other page twice."""
    start = 0
    while start < len(pages):
        end = start
        while end + 1 < len(pages) and pages[end + 1] == pages[end] + 1:
            end += 1
        if end - start < 2:
            end = start
        yield start, end
        start = end + 1
