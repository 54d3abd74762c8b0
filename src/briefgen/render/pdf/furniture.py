"""What every page carries: markings, running head, foot."""

from __future__ import annotations

from dataclasses import replace

from briefgen.brief import model
from briefgen.render.pdf import looks
from briefgen.render.pdf.drawing import Pen
from briefgen.render.pdf.lines import Line
from briefgen.render.pdf.looks import Look, Page
from briefgen.render.pdf.slices import Stroke
from briefgen.render.pdf.typesetter import Typesetter

_RUNNING_HEAD = 19.0
"""Its baseline, above the upper edge of the text. The marking stands a line above it, so that
title and date have the whole measure."""
_BESIDE_DATE = 18.0
"""Least distance from the title to the date."""
_FOOT_RULE = 19.0
_FOOT_BASELINE = 30.0
_MARKING_BOTTOM = 43.5
"""Below the lower edge of the text."""


class Furniture:
    """Head and foot of one brief's pages, set once."""

    def __init__(self, brief: model.Brief, page: Page, setter: Typesetter) -> None:
        self.page = page
        self._setter = setter
        size = setter.style.small
        grey = Look("regular", size, looks.GREY)
        self._grey = grey
        setter.lacks.place = "the marking"
        marking = Look("semibold", size, looks.ACCENT, tracking=0.3)
        self._marking: Line | None = None
        if brief.marking_line:
            # A marking is never cut short: one that is too long is set smaller.
            self._marking = setter.words_line(brief.marking_line, marking)
            if self._marking.width > page.measure:
                fitting = size * page.measure / self._marking.width * 0.98
                smaller = replace(marking, size=round(fitting, 2), tracking=0.0)
                with setter.repeating():
                    self._marking = setter.words_line(brief.marking_line, smaller)
        with setter.repeating():
            self._date = setter.words_line(brief.printed_date, grey) if brief.printed_date else None
            room = page.measure - (self._date.width + _BESIDE_DATE if self._date else 0.0)
            self._running = setter.words_line(brief.title, grey, room) if brief.title else None
        setter.lacks.place = "the foot of the page"
        self._foot = setter.words_line(self._foot_text(brief), grey, page.measure - 90)

    def _foot_text(self, brief: model.Brief) -> str:
        version = ""
        if brief.version:
            word = self._setter.word("version")
            # "version 2" and a bare "2" are both at home in a brief.
            said = brief.version.lower().startswith(word.lower())
            version = brief.version if said else f"{word} {brief.version}"
        return " · ".join(part for part in (brief.reference, version, brief.contact) if part)

    def draw(self, pen: Pen, number: int, count: int) -> None:
        """The furniture of page `number` of `count`."""
        page = self.page
        pen.artifact()
        pen.rule(page.left, page.bottom - _FOOT_RULE, Stroke(0, page.measure, 0, 0.6,
                                                             looks.HAIRLINE))  # fmt: skip
        head = page.top + _RUNNING_HEAD
        if number > 1 and self._running is not None:
            pen.line(page.left, head, self._running)
        if number > 1 and self._date is not None:
            pen.line(page.right - self._date.width, head, self._date)
        if self._marking is not None:
            middle = (page.width - self._marking.width) / 2
            pen.line(middle, head + self._setter.style.small_leading, self._marking)
            pen.line(middle, page.bottom - _MARKING_BOTTOM, self._marking)
        pen.line(page.left, page.bottom - _FOOT_BASELINE, self._foot)
        folio = self._folio(number, count)
        pen.line(page.right - folio.width, page.bottom - _FOOT_BASELINE, folio)
        pen.end_artifact()

    def _folio(self, number: int, count: int) -> Line:
        words = self._setter.word("page_of")
        text = words.replace("{page}", str(number)).replace("{pages}", str(count))
        with self._setter.repeating():
            return self._setter.words_line(text, self._grey, 90)
