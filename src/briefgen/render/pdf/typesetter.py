"""Inlines to lines to slices: what every kind of block is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.words import ENGLISH
from briefgen.render.pdf import looks
from briefgen.render.pdf.lines import Fragment, Line, Measurer, break_lines
from briefgen.render.pdf.looks import Look, Style
from briefgen.render.pdf.runs import Run, RunMaker
from briefgen.render.pdf.setter import Lacks
from briefgen.render.pdf.slices import Placed, Slice

_BASELINE = 0.76
"""Where the baseline lies in a line's height: room for ascenders above, descenders below."""


class Typesetter:
    """Sets text for one brief: its style, its notes, and what its fonts lack."""

    def __init__(self, brief: model.Brief, style: Style) -> None:
        self.style = style
        self.lacks = Lacks()
        self._measurer = Measurer(self.lacks)
        self._heights: dict[float, tuple[float, float]] = {}
        self.body = Look("regular", style.body)
        self.small = Look("regular", style.small)
        self.words = brief.words
        references = {
            entry.anchor
            for section in brief.sections
            for block in section.blocks
            if isinstance(block, model.References)
            for entry in block.entries
        }
        self._maker = RunMaker(style, brief.notes, references)

    @contextmanager
    def repeating(self) -> Iterator[None]:
        """Text set in here stands elsewhere too: what it lacks is not counted again."""
        counted = self._measurer
        self._measurer = Measurer(Lacks())
        try:
            yield
        finally:
            self._measurer = counted

    def word(self, key: str) -> str:
        """One of the document's standing words, in its language."""
        return self.words.get(key) or ENGLISH[key]

    def runs(self, inlines: model.Inlines, look: Look) -> list[Run]:
        """Inlines as runs."""
        return self._maker.runs(inlines, look)

    def fragments(self, inlines: model.Inlines, look: Look) -> list[Fragment]:
        """Inlines, measured."""
        return self._measurer.fragments(self._maker.runs(inlines, look))

    def measured(self, runs: Sequence[Run]) -> list[Fragment]:
        """Runs, measured."""
        return self._measurer.fragments(runs)

    def words_line(self, text: str, look: Look, width: float = float("inf")) -> Line:
        """Plain text on one line, cut short with an ellipsis if it is wider than `width`."""
        line = break_lines(self.measured([Run(text, look)]), float("inf"))[0]
        while line.width > width and len(text) > 1:
            # Cut in proportion first: a title may be very long.
            keep = min(len(text) - 1, max(1, int(len(text) * width / line.width)))
            text = text[:keep].rstrip(" .,;:–-…")
            line = break_lines(self.measured([Run(f"{text}…", look)]), float("inf"))[0]
        return line

    def paragraph(self, inlines: model.Inlines, look: Look, width: float) -> list[Slice]:
        """A paragraph as slices: one a line, its first two and last two kept together."""
        return self.stack(break_lines(self.fragments(inlines, look), width), look.size)

    def stack(self, lines: Iterable[Line], size: float, x: float = 0.0) -> list[Slice]:
        """Lines one below the other, each in a slice of its own."""
        known = self._heights.get(size)
        if known is None:
            known = self._heights[size] = self.style.leading_of(size), self.drop(size)
        leading, drop = known
        slices = [Slice(leading, [Placed(x, drop, line)]) for line in lines]
        count = len(slices)
        if count > 1:
            slices[0].glued = slices[count - 2].glued = True
        return slices

    def drop(self, size: float, leading: float | None = None) -> float:
        """From the upper edge of a line to its baseline."""
        if leading is None:
            leading = self.style.leading_of(size)
        return round((leading - size) / 2 + size * _BASELINE, 2)

    def mark(self, text: str, look: Look, link: str = "") -> Line:
        """A bullet, a number, a sign: a line of its own that stands beside others."""
        return break_lines(self.measured([Run(text, look, link)]), float("inf"))[0]

    def heading_look(self, level: int, colour: looks.Colour) -> Look:
        """Level 1 stands out by size, 2 by colour, 3 by weight alone."""
        if level <= 1:
            return Look("semibold", self.style.heading, colour)
        if level == 2:
            return Look("semibold", self.style.body, colour)
        return Look("semibold", self.style.body, looks.INK)

    def strong(self, look: Look) -> Look:
        """The same, semibold."""
        return replace(look, cut="semibold")
