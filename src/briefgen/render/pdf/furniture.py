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

_MARKING_TOP = 19.0
"""Baseline of the upper marking and the running head, above the upper edge of the text."""
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
        room = page.measure
        if self._marking is not None:
            room = max((page.measure - self._marking.width) / 2 - 12, 0.0)
        with setter.repeating():
            # Beside a wide marking there is no room for a title that says anything.
            fits = brief.title and room > 60
            self._running = setter.words_line(brief.title, grey, room) if fits else None
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
        above = page.top + _MARKING_TOP
        if number > 1 and self._running is not None:
            pen.line(page.left, above, self._running)
        if self._marking is not None:
            middle = (page.width - self._marking.width) / 2
            pen.line(middle, above, self._marking)
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
