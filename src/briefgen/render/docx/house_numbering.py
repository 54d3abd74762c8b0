"""A house document's numberings, with ours behind them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from briefgen.render.docx.house_carrier import Carrier
from briefgen.render.docx.house_package import to_bytes
from briefgen.render.docx.house_styles import HouseStyles, fragment, w
from briefgen.render.docx.numbering import STYLED, Numbering
from briefgen.render.docx.package import Part, Relationship
from briefgen.render.docx.stationery import numbering_part
from briefgen.render.docx.styles import Style


@dataclass(frozen=True, slots=True)
class HouseNumbers:
    """The numberings of a document on a house's stationery."""

    root: etree._Element | None
    """The house's part; None where it has none."""
    ties: list[Relationship]
    first_abstract: int
    first_number: int
    ordered: Mapping[int, tuple[int, int]]
    unnumbered: Mapping[str, tuple[int, int]]
    """The house's list styles that carry no numbering, and which of ours goes with each."""
    ids: Mapping[str, str]
    linked: frozenset[str]
    """List styles that were added, and so carry our numberings."""
    accent: str

    def fresh(self) -> Numbering:
        """Our numberings, numbered on from the house's."""
        return Numbering(self.first_abstract, self.first_number, self.ordered)

    def indent(self, styles: HouseStyles, style: etree._Element, side: str) -> str:
        """What the level behind a list style says of its `left` or `hanging` indent."""
        number = styles.said(style, "w:pPr/w:numPr/w:numId", "val")
        level = styles.said(style, "w:pPr/w:numPr/w:ilvl", "val") or "0"
        abstract = _abstract(self.root, number)
        if abstract is None:
            return ""
        for found in abstract.iterchildren(w("lvl")):
            if found.get(w("ilvl")) == level:
                said = found.find(f"{w('pPr')}/{w('ind')}")
                return "" if said is None else str(said.get(w(side), ""))
        return ""

    def part(self, used: Numbering) -> Part:
        """`word/numbering.xml`."""
        if self.root is None:
            return numbering_part(used.part(self.ids, self.accent).encode())
        root = deepcopy(self.root)
        abstracts = fragment(used.abstract_xml(self.ids, self.accent, self.linked))
        numbers = fragment(used.number_xml())
        # Schema order: pictures, abstract numberings, numberings, a mark of Word's own.
        children = list(root)
        last_abstract = max(
            (
                n
                for n, c in enumerate(children, 1)
                if c.tag in (w("abstractNum"), w("numPicBullet"))
            ),
            default=0,
        )
        last_number = max(
            (n for n, c in enumerate(children, 1) if c.tag == w("num")), default=last_abstract
        )
        for place, element in enumerate(numbers):
            root.insert(last_number + place, element)
        for place, element in enumerate(abstracts):
            root.insert(last_abstract + place, element)
        return numbering_part(to_bytes(root), self.ties)


def read_numbers(
    carrier: Carrier,
    name: str,
    styles: HouseStyles,
    ids: Mapping[str, str],
    lacking: tuple[Style, ...],
    accent: str,
) -> HouseNumbers:
    """The numberings of the house's part `name` (empty: it has none) and how ours fit in."""
    root, ties = carrier.carry(name) if name else (None, [])
    added = frozenset(style.id for style in lacking)
    first_abstract = 1 + _highest(root, "abstractNum", "abstractNumId", start=-1)
    first_number = 1 + _highest(root, "num", "numId", start=0)
    ours = Numbering(first_abstract, first_number).ids
    ordered: dict[int, tuple[int, int]] = {}
    unnumbered: dict[str, tuple[int, int]] = {}
    for kind, keys in STYLED.items():
        for depth, key in enumerate(keys):
            if key in added:
                continue
            style = styles.by_id(ids[key])
            number = styles.said(style, "w:pPr/w:numPr/w:numId", "val")
            level = styles.said(style, "w:pPr/w:numPr/w:ilvl", "val")
            abstract = _abstract(root, number)
            if kind == "numbers":
                at = int(level) if level.isdecimal() else 0
                if abstract is not None and _counts(abstract, at):
                    ordered[depth] = (int(abstract.get(w("abstractNumId"), "0")), at)
            elif abstract is None:
                unnumbered[key] = (ours[kind], depth)
    return HouseNumbers(
        root, ties, first_abstract, first_number, ordered, unnumbered, ids,
        frozenset(key for keys in STYLED.values() for key in keys if key in added), accent,
    )  # fmt: skip


def _highest(root: etree._Element | None, element: str, attribute: str, *, start: int) -> int:
    found = [start]
    if root is not None:
        said = (child.get(w(attribute), "") for child in root.iterchildren(w(element)))
        found += [int(number) for number in said if number.isdecimal()]
    return max(found)


def _abstract(root: etree._Element | None, number: str) -> etree._Element | None:
    """The abstract numbering behind a `w:numId`."""
    if root is None or not number.isdecimal() or number == "0":
        return None
    for num in root.iterchildren(w("num")):
        if num.get(w("numId")) == number:
            behind = num.find(w("abstractNumId"))
            wanted = "" if behind is None else behind.get(w("val"), "")
            for abstract in root.iterchildren(w("abstractNum")):
                if abstract.get(w("abstractNumId")) == wanted:
                    return abstract
    return None


def _counts(abstract: etree._Element, level: int) -> bool:
    """Whether this level of an abstract numbering is there and counts (rather than bullets)."""
    for found in abstract.iterchildren(w("lvl")):
        if found.get(w("ilvl")) == str(level):
            kind = found.find(w("numFmt"))
            return kind is None or kind.get(w("val")) not in ("bullet", "none")
    return False
