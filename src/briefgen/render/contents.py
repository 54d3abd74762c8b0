"""What a list of contents names: at most a page of it, whatever the brief.

Lower levels go first; then what follows one another of one kind is joined: years to decades or,
where those are still too many, to centuries; names to "Aachen – Bremen".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from briefgen.brief.model import Brief, Heading, Inlines, Text
from briefgen.brief.traversal import plain_text
from briefgen.patterns import lazy_pattern

MOST_LINES = 40
"""What stands on one page beside a masthead."""
_LEVELS = 2
"""From the highest that there is."""
_RUN = 5
"""So many of one kind, one after the other, may be joined."""
_YEAR = lazy_pattern(r"(?:AD\s)?(?P<year>[\d,]+)|(?P<before>[\d,]+)\sBC")


class Listed(NamedTuple):
    """A line of the contents."""

    anchor: str
    level: int
    content: Inlines
    part: str = ""
    """What it is one of: the template's section."""

    @property
    def text(self) -> str:
        """Its words on one line, without citations."""
        return " ".join(plain_text(self.content, citations=False).split())


def contents_lines(brief: Brief, known: Callable[[str], bool] = bool) -> tuple[Listed, ...]:
    """The lines for what follows the brief's opening, of the anchors that are `known`."""
    lines = [line for line in _headings(brief) if known(line.anchor)]
    if not lines:
        return ()
    top = min(line.level for line in lines)
    lines = [line for line in lines if line.level < top + _LEVELS]
    if len(lines) > MOST_LINES:
        lines = [line for line in lines if line.level == top]
    return tuple(_joined(lines))


def _headings(brief: Brief) -> Iterator[Listed]:
    for section in brief.sections[brief.opening :]:
        if section.heading and section.anchor:
            yield Listed(section.anchor, section.level, section.heading, section.part)
        for block in section.blocks:
            if isinstance(block, Heading) and block.anchor:
                yield Listed(block.anchor, block.level, block.content, section.part)


def _joined(lines: Sequence[Listed]) -> Sequence[Listed]:
    """As many lines as a page has, runs of one kind joined where there are more."""
    if len(lines) <= MOST_LINES:
        return lines
    runs = [list(run) for _, run in groupby(lines, lambda line: (line.part, line.level))]
    long = [run for run in runs if len(run) >= _RUN and run[0].part]
    room = MOST_LINES - sum(len(run) for run in runs if run not in long)
    total = sum(map(len, long))
    found: list[Listed] = []
    for run in runs:
        found += _shortened(run, max(2, room * len(run) // total)) if run in long else run
    return found


def _shortened(run: Sequence[Listed], most: int) -> list[Listed]:
    """The run in at most so many lines, each of a decade or a century, or of equal numbers."""
    if sum(_year_of(line) is not None for line in run) > len(run) / 2:
        for years in (10, 100, 1000):
            spans = [list(span) for _, span in groupby(run, _period_of(years))]
            if len(spans) <= most:
                return [_span(span, "–") for span in spans]
    each = -(-len(run) // most)
    return [_span(run[at : at + each], " – ") for at in range(0, len(run), each)]


def _period_of(years: int) -> Callable[[Listed], int | str]:
    """What lines of one period of so many years have in common; others keep to themselves."""

    def period(line: Listed) -> int | str:
        year = _year_of(line)
        return line.text if year is None else year // years

    return period


def _year_of(line: Listed) -> int | None:
    """The year that is its whole text, 44 BC being -44; None for any other text."""
    found = _YEAR.fullmatch(line.text)
    if found is None:
        return None
    number = int((found["year"] or found["before"]).replace(",", "") or 0)
    return number if found["year"] else -number


def _span(lines: Sequence[Listed], dash: str) -> Listed:
    first, last = lines[0], lines[-1]
    if first is last:
        return first
    return first._replace(content=(Text(f"{first.text}{dash}{last.text}"),))
