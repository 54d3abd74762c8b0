"""Which fact is pointed at, and at which of its places on the pages one is."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal

from briefgen.gui.pages.layout import Sentence
from briefgen.gui.pages.scrolling import Scrolling
from briefgen.gui.pages.sight import Sight

_JUST_NOW = 5.0
"""Seconds in which a fact that was pointed at and stood nowhere is shown when it comes."""


class FactPointer(QObject):
    """Points at one fact at a time, whose sentences are marked."""

    pointed = Signal(str)
    """The person pointed at a sentence on the pages: its fact's id."""
    missed = Signal()
    """A fact was pointed at that stands on none of the pages."""
    changed = Signal()
    """Other sentences are marked, or another of them is the one in hand."""

    def __init__(self, sight: Sight, scrolling: Scrolling, parent: QObject) -> None:
        super().__init__(parent)
        self._sight = sight
        self._scrolling = scrolling
        self.fact = ""
        """The fact whose sentences are marked; empty for none."""
        self._place = 0
        self._missed_at = 0.0
        """When the fact was pointed at and stood nowhere; 0 when it stands somewhere."""

    @property
    def sentence(self) -> Sentence | None:
        """The sentence in hand."""
        sentences = self._sight.sentences_of(self.fact)
        return sentences[self._place % len(sentences)] if sentences else None

    def show_fact(self, fact: str) -> None:
        """Mark a fact's sentences, and bring one into sight; the same fact again: the next."""
        again = fact == self.fact
        self.fact, self._missed_at = fact, 0.0
        sentences = self._sight.sentences_of(fact)
        self.changed.emit()
        if not sentences:
            self._missed_at = time.monotonic()
            if self._sight.document is not None:
                self.missed.emit()
        elif again and len(sentences) > 1:
            self._show_place(self._place + 1)
        else:
            seen = [n for n, sentence in enumerate(sentences) if self._sight.shows(sentence)]
            if seen:
                self._place = seen[0]
            else:
                self._show_place(0)

    def show_first(self, fact: str) -> None:
        """Mark a fact's sentences, and bring the first one into sight whatever else is seen."""
        if fact != self.fact or not self._sight.sentences_of(fact):
            self.show_fact(fact)
        if self._sight.sentences_of(fact):
            self._show_place(0)

    def next_place(self) -> None:
        """Bring the next sentence of the marked fact into sight."""
        if self._sight.sentences_of(self.fact):
            self._show_place(self._place + 1)

    def clear(self) -> None:
        """Mark no fact."""
        self.fact, self._missed_at = "", 0.0
        self.changed.emit()

    def click(self, sentence: Sentence | None) -> None:
        """The person clicked a sentence; again on the same: on to where the fact stands besides."""
        if sentence is None:
            self.clear()
            return
        # Of a clause that rests on several facts, the one that is marked already.
        fact = self.fact if self.fact in sentence.facts else sentence.fact
        sentences = self._sight.sentences_of(fact)
        here = sentences.index(sentence)
        if fact == self.fact and len(sentences) > 1 and here == self._place:
            self._show_place(here + 1)
        else:
            self._point_at(sentence)

    def step(self, step: int) -> None:
        """Point at the next or previous sentence in reading order."""
        document = self._sight.document
        if document is None or not document.sentences.all:
            return
        everything = document.sentences.all
        mine = self._sight.sentences_of(self.fact)
        if mine:
            current = everything.index(mine[self._place % len(mine)])
            number = max(0, min(current + step, len(everything) - 1))
        else:
            seen = (n for n, sentence in enumerate(everything) if self._sight.shows(sentence))
            number = next(seen, 0)
        self._point_at(everything[number])
        self._show_place(self._place)

    def pages_came(self) -> None:
        """Other pages are shown: perhaps they have the fact that was missed just now."""
        just_now = self._missed_at and time.monotonic() - self._missed_at < _JUST_NOW
        if just_now and self._sight.sentences_of(self.fact):
            self._missed_at = 0.0
            self._show_place(0)

    def _point_at(self, sentence: Sentence) -> None:
        self.fact, self._missed_at = sentence.fact, 0.0
        self._place = self._sight.sentences_of(sentence.fact).index(sentence)
        self.changed.emit()
        self.pointed.emit(sentence.fact)

    def _show_place(self, place: int) -> None:
        sentences = self._sight.sentences_of(self.fact)
        self._place = place % len(sentences)
        if not self._sight.shows(sentences[self._place]):
            first = self._sight.lines(sentences[self._place])[0]
            self._scrolling.to(first.top - self._sight.height / 3)
        self.changed.emit()
