"""Lists as Word numbers them (ECMA-376 Part 1, 17.9): those of a document, and ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from briefgen.render.docx.styles import Palette, Styles
from briefgen.render.docx.xml import elements, w
from briefgen.whole_numbers import whole_number

ORDERED = ("ListNumber", "ListNumber2", "ListNumber3")
"""Our styles of ordered lists, by depth."""
BULLETED = ("ListBullet", "ListBullet2", "ListBullet3", "KeyBoxBullet", "CautionBullet")
"""Our styles of lists with bullets."""

_FIRST_IDENTITY = 0x42524600
"""Word takes `w:nsid` as a list's identity when text is pasted: it must be ours and repeat."""


@dataclass(slots=True)
class OrderedLists:
    """The ordered lists of one body; each gets a numbering of its own, so that it starts afresh."""

    definitions: Mapping[int, tuple[str, str]]
    """Depth -> the abstract numbering that counts such lists, and which of its levels."""
    first_number: int
    _starts: list[tuple[str, str, int]] = field(default_factory=list)

    def add(self, start: int, depth: int) -> tuple[int, str]:
        """The `w:numId` and level of a list of its own that begins with `start`."""
        abstract, level = self.definitions[depth]
        self._starts.append((abstract, level, start))
        return self.first_number + len(self._starts) - 1, level

    def xml(self) -> str:
        """The `w:num` elements."""
        return "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            "</w:num>"
            for number, (abstract, level, start) in enumerate(self._starts, self.first_number)
        )


class Numberings:
    """The numbering part of a document (`root`), and where ours will stand in it."""

    def __init__(self, root: etree._Element, ours: etree._Element) -> None:
        """`ours` is the root of the reference document's part; it may be `root` itself."""
        self.root = root
        self.ours = ours
        self._first_abstract = 1 + _highest(root, "abstractNum", "abstractNumId", start=-1)
        first_number = 1 + _highest(root, "num", "numId", start=0)
        our_numbers = (num.get(w("numId"), "") for num in ours.iterchildren(w("num")))
        self.numbers = {number: first_number + n for n, number in enumerate(our_numbers)}
        """Our `w:numId`s -> what they will be here, if they are needed."""
        self.places: dict[str, tuple[str, str]] = {}
        """List style of ours -> the `w:numId` and level that number its paragraphs."""
        self.unnumbered: dict[str, tuple[str, str]] = {}
        """... for those that carry none here: what their paragraphs have to say themselves."""

    def settle(
        self,
        styles: Styles,
        our_styles: Styles,
        ids: Mapping[str, str],
        added: Collection[str],
        palette: Palette,
    ) -> None:
        """Find out what numbers each list style, and add our definitions where that is lacking.

        `added` are the styles that the document lacked: they carry our numberings.
        """
        needed = False
        for key in (*BULLETED, *ORDERED):
            number, level = styles.number_of(ids[key])
            found = level_of(self.root, number, level)
            if key not in added and (
                abstract_of(self.root, number) is not None if key in BULLETED else _counts(found)
            ):
                self.places[key] = number, level
                continue
            needed = True
            number, level = our_styles.number_of(key)
            self.places[key] = str(self.numbers[number]), level
            if key in BULLETED and key not in added:
                self.unnumbered[key] = self.places[key]
        if needed:
            self._add_ours({key: ids[key] for key in added}, palette)

    def lists(self) -> OrderedLists:
        """For a fresh body."""
        definitions = {}
        for depth, key in enumerate(ORDERED):
            number, level = self.places[key]
            abstract = abstract_of(self.root, number)
            assert abstract is not None  # see `settle`
            definitions[depth] = abstract.get(w("abstractNumId"), ""), level
        return OrderedLists(definitions, 1 + _highest(self.root, "num", "numId", start=0))

    def insert(self, xml: str) -> None:
        """Add `w:num` elements where they belong."""
        self._insert(elements(xml), "num", "abstractNum", "numPicBullet")

    def _add_ours(self, linked: Mapping[str, str], palette: Palette) -> None:
        """Copy our definitions; only styles that are `linked` (to the ids they have here) carry
        them.
        """
        abstracts, numbers = [], []
        moved = {}
        for place, ours in enumerate(self.ours.iterchildren(w("abstractNum"))):
            copy = deepcopy(ours)
            palette.dress(copy)
            number = self._first_abstract + place
            moved[copy.get(w("abstractNumId"), "")] = str(number)
            copy.set(w("abstractNumId"), str(number))
            for identity in copy.iterchildren(w("nsid")):
                identity.set(w("val"), f"{_FIRST_IDENTITY + number:08X}")
            for style in list(copy.iter(w("pStyle"))):
                if style.get(w("val")) in linked:
                    style.set(w("val"), linked[style.get(w("val"), "")])
                else:
                    style.getparent().remove(style)  # type: ignore[union-attr]
            abstracts.append(copy)
        for ours in self.ours.iterchildren(w("num")):
            copy = deepcopy(ours)
            copy.set(w("numId"), str(self.numbers[copy.get(w("numId"), "")]))
            for behind in copy.iterchildren(w("abstractNumId")):
                behind.set(w("val"), moved[behind.get(w("val"), "")])
            numbers.append(copy)
        self._insert(abstracts, "abstractNum", "numPicBullet")
        self._insert(numbers, "num", "abstractNum", "numPicBullet")

    def _insert(self, added: list[etree._Element], *after: str) -> None:
        """Insert elements behind the last of those called `after`: the schema has an order."""
        before = [n for n, child in enumerate(self.root, 1) if child.tag in map(w, after)]
        place = max(before, default=0)
        self.root[place:place] = added


def abstract_of(root: etree._Element, number: str) -> etree._Element | None:
    """The abstract numbering behind a `w:numId`; `root` is that of a numbering part."""
    if number in ("", "0"):  # 0 takes a style's numbering away
        return None
    for num in root.iterchildren(w("num")):
        if num.get(w("numId")) == number:
            behind = num.find(w("abstractNumId"))
            wanted = "" if behind is None else behind.get(w("val"), "")
            for abstract in root.iterchildren(w("abstractNum")):
                if abstract.get(w("abstractNumId")) == wanted:
                    return abstract
    return None


def level_of(root: etree._Element, number: str, level: str) -> etree._Element | None:
    """The definition of one level of a `w:numId`."""
    abstract = abstract_of(root, number)
    levels = abstract.iterchildren(w("lvl")) if abstract is not None else ()
    return next((found for found in levels if found.get(w("ilvl")) == level), None)


def _highest(root: etree._Element, element: str, attribute: str, *, start: int) -> int:
    said = (child.get(w(attribute), "") for child in root.iterchildren(w(element)))
    return max((whole_number(number, start) for number in said), default=start)


def _counts(level: etree._Element | None) -> bool:
    """Whether a level of a numbering is there and counts (rather than having bullets)."""
    if level is None:
        return False
    kind = level.find(w("numFmt"))
    return kind is None or kind.get(w("val")) not in ("bullet", "none")
