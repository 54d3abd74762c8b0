"""The numbers that a house gives to its headings, as Word counts them (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from briefgen.patterns import lazy_pattern
from briefgen.render.docx.numbering import abstract_of
from briefgen.render.docx.styles import Styles
from briefgen.render.docx.xml import is_on, value_of, w
from briefgen.whole_numbers import whole_number

NUMBERED = ("Heading1", "Heading2", "Heading3")
"""Our names of the styles that may have numbers."""
_PLACE = lazy_pattern("%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class _Level(NamedTuple):
    """One level of a numbering."""

    text: str
    kind: str
    start: int
    restarts: int
    """After which level, from 1, it begins anew; 0: never, -1: after any above it."""
    legal: bool
    """Whether the numbers of all levels are shown as 1, 2, 3."""


class _Place(NamedTuple):
    """Where a style counts."""

    counter: str
    level: int
    levels: Mapping[int, _Level]


@dataclass(slots=True)
class ChapterNumbers:
    """Counts headings in the order in which they stand."""

    places: Mapping[str, _Place]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def fresh(self) -> ChapterNumbers:
        """For another text."""
        return ChapterNumbers(self.places)

    def next(self, style: str) -> str:
        """The number of the next heading in a style of ours: `2.1`; empty where it has none."""
        place = self.places.get(style)
        if place is None:
            return ""
        counts = self._counts.setdefault(place.counter, {})
        here = place.levels[place.level]
        counts[place.level] = counts.get(place.level, here.start - 1) + 1
        for deeper in [level for level in counts if level > place.level]:
            restarts = place.levels[deeper].restarts
            if restarts < 0 or (restarts > 0 and place.level < restarts):
                del counts[deeper]
        if here.kind in ("none", "bullet"):
            return ""

        def shown(level: int) -> str:
            said = place.levels.get(level)
            if said is None or said.kind == "none":
                return ""
            kind = "decimal" if here.legal else said.kind
            return _as(kind, counts.get(level, said.start))

        return _PLACE.sub(lambda match: shown(int(match.group(1)) - 1), here.text).strip()


def chapter_numbers(
    styles: Styles, ids: Mapping[str, str], numbering: etree._Element
) -> ChapterNumbers:
    """Those of the document with these styles and this root of its numbering part."""
    places = {}
    for name in NUMBERED:
        number, said = "", ""
        for properties in styles.paragraph_properties(styles.by_id(ids[name])):
            of_style = properties.find(w("numPr"))
            if of_style is not None:
                number = value_of(of_style, "numId") or number
                said = value_of(of_style, "ilvl") or said
        abstract = _linked(styles, numbering, abstract_of(numbering, number))
        if abstract is None:
            continue
        levels = _levels(abstract, numbering, number)
        level = whole_number(said, None)
        if level is None:
            level = _level_of_style(abstract, ids[name])
        if level in levels:
            counter = abstract.get(w("abstractNumId"), "")
            places[name] = _Place(counter, level, levels)
    return ChapterNumbers(places)


def _linked(
    styles: Styles, numbering: etree._Element, abstract: etree._Element | None
) -> etree._Element | None:
    """A numbering may say that it is that of a style of lists (17.9.21)."""
    link = "" if abstract is None else value_of(abstract, "numStyleLink")
    style = styles.by_id(link) if link else None
    if style is None:
        return abstract
    number = style.find(f"{w('pPr')}/{w('numPr')}")
    return abstract if number is None else abstract_of(numbering, value_of(number, "numId"))


def _levels(abstract: etree._Element, numbering: etree._Element, number: str) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in abstract.iterchildren(w("lvl")):
        _tell(found, level)
    for num in numbering.iterchildren(w("num")):
        for override in num.iterchildren(w("lvlOverride")) if num.get(w("numId")) == number else ():
            for level in override.iterchildren(w("lvl")):
                _tell(found, level)
            place = whole_number(override.get(w("ilvl"), ""), -1)
            start = whole_number(value_of(override, "startOverride"), None)
            if place in found and start is not None:
                found[place] = found[place]._replace(start=start)
    return found


def _tell(found: dict[int, _Level], level: etree._Element) -> None:
    place = whole_number(level.get(w("ilvl"), ""), None)
    if place is None:
        return
    start, restarts = value_of(level, "start"), value_of(level, "lvlRestart")
    legal = level.find(w("isLgl"))
    found[place] = _Level(
        value_of(level, "lvlText"),
        value_of(level, "numFmt") or "decimal",
        whole_number(start, 0),
        whole_number(restarts, -1),
        legal is not None and is_on(legal.get(w("val"), "1")),
    )


def _level_of_style(abstract: etree._Element, style_id: str) -> int:
    for level in abstract.iterchildren(w("lvl")):
        place = whole_number(level.get(w("ilvl"), ""), None)
        if value_of(level, "pStyle") == style_id and place is not None:
            return place
    return 0


def _as(kind: str, number: int) -> str:
    """A number as Word writes it; in figures where its kind of letters is not ours."""
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        said = ""
        for value, letters in _ROMAN:
            said, number = said + letters * (number // value), number % value
        return said.upper() if kind == "upperRoman" else said
    if kind in ("upperLetter", "lowerLetter") and 0 < number < 800:
        letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)
