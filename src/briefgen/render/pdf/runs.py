"""The model's inlines, flattened to runs of text with one look each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from briefgen.brief import model
from briefgen.brief.traversal import is_grade_codes, plain_text
from briefgen.render.fonts import Cut
from briefgen.render.pdf import looks
from briefgen.render.pdf.looks import Look, Style

_ITALIC: dict[Cut, Cut] = {
    # Emphasis within emphasis stands upright again.
    "regular": "italic",
    "italic": "regular",
    "semibold": "semibold-italic",
    "semibold-italic": "semibold",
}
_STRONG: dict[Cut, Cut] = {
    "regular": "semibold",
    "italic": "semibold-italic",
    "semibold": "semibold",
    "semibold-italic": "semibold-italic",
}
KEY = -1
"""The number that stands for the key to flags and grades among the notes: before all others."""
_SHORT_CITATION = 20
"""Characters up to which a citation in the text, such as `[1, p. 15]`, or each of several in
brackets of their own, stays on one line."""


@dataclass(slots=True, eq=False)
class SentenceMark:
    """One sentence of a fact: another one of the same fact has another mark."""

    fact: str
    others: tuple[str, ...] = ()
    """Further facts that it rests on."""
    passage: str = ""
    """The passage that it is a clause of."""


@dataclass(slots=True)
class Run:
    """Text in one look.

    `link` is a URL, or `#` and an anchor. `anchors` are places that others point to: they stand
    just before the text. A run whose text is a line feed ends the line. `note` is the number of
    the note whose mark this run is, 0 for none, `KEY` for a flag or a grade. What is `tied` keeps
    its words on one line where a line holds them. `sentence` is that of a fact which it belongs
    to, if it does.
    """

    text: str
    look: Look
    link: str = ""
    anchors: tuple[str, ...] = ()
    note: int = 0
    tied: bool = False
    sentence: SentenceMark | None = None


class RunMaker:
    """Flattens inlines for one brief."""

    def __init__(self, style: Style, notes: Iterable[model.Note], references: set[str]) -> None:
        self.style = style
        self._note_anchors = {note.number: note.anchor for note in notes}
        self._references = references

    def runs(self, inlines: model.Inlines, look: Look) -> list[Run]:
        """The runs of `inlines`, set in `look` unless they say otherwise."""
        made: list[Run] = []
        self._flatten(inlines, look, "", made, quiet=False)
        return made

    def _flatten(
        self, inlines: model.Inlines, look: Look, link: str, made: list[Run], *, quiet: bool
    ) -> None:
        for inline in inlines:
            match inline:
                case model.Text(text, language):
                    own = replace(look, language=language) if language else look
                    note = KEY if is_grade_codes(inline) else 0
                    made.append(Run(text, own, link, note=note))
                case model.Sentence(fact, content, others, passage):
                    begun, mark = len(made), SentenceMark(fact, others, passage)
                    self._flatten(content, look, link, made, quiet=quiet)
                    for run in made[begun:]:
                        run.sentence = run.sentence or mark
                case model.Cite():
                    self._cite(inline, look, link, made)
                case model.Flag(text):
                    self._flag(text, look, made)
                case model.Emphasis(content):
                    self._flatten(content, _italic(look), link, made, quiet=quiet)
                case model.Strong(content):
                    self._flatten(content, _strong(look), link, made, quiet=quiet)
                case model.SmallCaps(content):
                    inner: list[Run] = []
                    self._flatten(content, look, link, inner, quiet=quiet)
                    made.extend(run for each in inner for run in _small_caps(each))
                case model.Superscript(content):
                    self._flatten(content, _shift(look, 0.34), link, made, quiet=quiet)
                case model.Subscript(content):
                    self._flatten(content, _shift(look, -0.16), link, made, quiet=quiet)
                case model.Code(text):
                    made.append(Run(text, _fixed(look), link))
                case model.Link(url, content):
                    seen = look if quiet else _linked(look)
                    self._flatten(content, seen, url, made, quiet=True)
                case model.CrossReference(anchor, content):
                    seen = look if quiet else _linked(look)
                    self._flatten(content, seen, f"#{anchor}", made, quiet=True)
                case model.LineBreak():
                    made.append(Run("\n", look))
                case _:
                    assert_never(inline)

    def _cite(self, cite: model.Cite, look: Look, link: str, made: list[Run]) -> None:
        anchors = (cite.anchor,) if cite.anchor else ()
        if cite.note is not None:
            mark = _shift(look, 0.34)
            if made and made[-1].note > 0:
                made.append(Run(",", mark))
            target = self._note_anchors.get(cite.note)
            number = str(cite.note)
            made.append(Run(number, mark, f"#{target}" if target else "", anchors, cite.note))
            return
        if anchors:
            made.append(Run("", look, "", anchors))
        target = next((r for r in (f"ref-{item.source}" for item in cite.items)
                       if r in self._references), "")  # fmt: skip
        # A page of coloured numbers would read as a page of warnings: citations keep the ink.
        inner: list[Run] = []
        self._flatten(cite.content, look, link or (f"#{target}" if target else ""), inner,
                      quiet=True)  # fmt: skip
        short = sum([len(run.text) for run in inner]) <= _SHORT_CITATION
        for run in inner:
            run.text = run.text.replace(" ", "\u00a0") if short else _bound(run.text)
        made += inner

    def _flag(self, text: str, look: Look, made: list[Run]) -> None:
        size = min(self.style.small, look.size)
        amber = Look("regular", size, looks.WARNING)
        if made and made[-1].text and not made[-1].text[-1].isspace():
            made.append(Run(" ", look))
        made.append(Run(f"▲\u00a0{text}", amber, note=KEY, tied=True))


@cache
def _italic(look: Look) -> Look:
    return replace(look, cut=_ITALIC[look.cut])


@cache
def _strong(look: Look) -> Look:
    return replace(look, cut=_STRONG[look.cut])


@cache
def _linked(look: Look) -> Look:
    return replace(look, colour=looks.ACCENT)


@cache
def _fixed(look: Look) -> Look:
    return replace(look, pitch=look.size * 0.56)


@cache
def _shift(look: Look, share: float) -> Look:
    return replace(look, size=round(look.size * 0.66, 2), rise=look.rise + look.size * share)


def _bound(text: str) -> str:
    """What stands in square brackets, if it is short, without places to break."""
    if "[" not in text:
        return text
    pieces = []
    for piece in text.split("]"):
        before, bracket, inside = piece.partition("[")
        if len(inside) < _SHORT_CITATION:
            inside = inside.replace(" ", "\u00a0")
        pieces.append(f"{before}{bracket}{inside}")
    return "]".join(pieces)


def _small_caps(run: Run) -> Iterator[Run]:
    if run.text == "\n" or not run.text:
        yield run
        return
    small = replace(run.look, size=round(run.look.size * 0.82, 2), caps="caps")
    start = 0
    anchors = run.anchors
    for index in range(1, len(run.text) + 1):
        if index == len(run.text) or run.text[index].islower() != run.text[start].islower():
            look = small if run.text[start].islower() else run.look
            yield Run(run.text[start:index], look, run.link, anchors, run.note)
            start, anchors = index, ()


def plain(inlines: model.Inlines) -> str:
    """The words alone, without notes, flags and citations: for bookmarks and running heads."""
    return " ".join(plain_text(inlines, citations=False).split())
