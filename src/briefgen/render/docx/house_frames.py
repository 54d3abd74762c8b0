"""Headers and footers on a house's stationery: its own, with the brief's marking and page numbers.

What they lack is added: the marking on top and at the bottom of each page, a running foot where
nothing numbers the pages. A house without headers and footers gets ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from briefgen.brief.model import Brief
from briefgen.render.docx import furniture
from briefgen.render.docx.house_carrier import Carrier
from briefgen.render.docx.house_package import to_bytes
from briefgen.render.docx.house_styles import fragment, w
from briefgen.render.docx.package import Relationship
from briefgen.render.docx.stationery import own_frames
from briefgen.render.docx.xml import NAMESPACES, R

_FRAME_TYPES = ("default", "first", "even")

Frame = tuple[str, str, bytes, list[Relationship]]
"""`header` or `footer`, which pages it is for, the part's bytes, and its relationships."""


@dataclass(slots=True)
class Frames:
    """Headers and footers: the house's with the brief's marking and page numbers, or ours."""

    carrier: Carrier
    document: etree._Element
    brief: Brief
    words: Mapping[str, str]
    ids: Mapping[str, str]
    text_width: int
    pages: int
    from_house: bool = False

    def make(self, even_pages: bool) -> tuple[list[Frame], bool]:
        """The frames, and whether the first page has its own."""
        targets = {
            tie.id: tie.target for tie in self.carrier.house.relationships(self.carrier.house.main)
        }
        sources: dict[tuple[str, str], str] = {}
        sections = list(self.document.iter(w("sectPr")))
        for section in sections:  # a section without a header has that of the one before it
            for element in ("header", "footer"):
                for reference in section.iterchildren(w(f"{element}Reference")):
                    target = targets.get(reference.get(f"{{{R}}}id", ""), "")
                    if self.carrier.house.has(target):
                        sources[element, reference.get(w("type"), "default")] = target
        if not sources:
            own = own_frames(self.brief, self.words, self.ids, self.text_width, self.pages)
            return [(element, kind, xml.encode(), []) for element, kind, xml in own], True
        self.from_house = True
        mark = sections[-1].find(w("titlePg"))
        title_page = mark is not None and mark.get(w("val"), "1") not in ("0", "false", "off")
        made: list[Frame] = []
        for kind in _FRAME_TYPES:
            if kind == "default" or (title_page if kind == "first" else even_pages):
                made.extend(self._pair(kind, sources))
        return made, title_page

    def _pair(self, kind: str, sources: Mapping[tuple[str, str], str]) -> list[Frame]:
        frames = []
        for element, tag in (("header", "hdr"), ("footer", "ftr")):
            source = sources.get((element, kind))
            if source:
                root, ties = self.carrier.carry(source)
            else:
                root, ties = etree.fromstring(f"<w:{tag} {NAMESPACES}/>"), []
            frames.append((element, root, ties))
        header, footer = frames[0][1], frames[1][1]
        foot = furniture.running_foot(self.brief, self.ids, self.words, self.text_width, self.pages)
        title = furniture.running_title(self.brief, self.ids, self.text_width)
        had_foot = False
        for root in (header, footer):
            self._rewrite(root, "RunningTitle", title)
            had_foot = self._rewrite(root, "RunningFoot", foot) or had_foot
        if not had_foot and not (_numbers_pages(header) or _numbers_pages(footer)):
            footer.extend(fragment(foot))
        self._mark(header, at_top=True)
        self._mark(footer, at_top=False)
        for root, style in ((header, "Header"), (footer, "Footer")):
            if root.find(w("p")) is None:  # a frame ends with a paragraph
                root.extend(
                    fragment(f'<w:p><w:pPr><w:pStyle w:val="{self.ids[style]}"/></w:pPr></w:p>')
                )
        return [(element, kind, to_bytes(root), ties) for element, root, ties in frames]

    def _rewrite(self, root: etree._Element, style: str, xml: str) -> bool:
        """Replace the paragraphs in one of our styles by `xml` (the first; the rest go)."""
        found = [
            paragraph
            for paragraph in root.iter(w("p"))
            if (named := paragraph.find(f"{w('pPr')}/{w('pStyle')}")) is not None
            and named.get(w("val")) == self.ids[style]
        ]
        for place, paragraph in enumerate(found):
            parent = paragraph.getparent()
            if parent is None:
                continue
            at = parent.index(paragraph)
            parent.remove(paragraph)
            new = fragment(xml) if place == 0 else []
            if (
                not new
                and parent.find(w("p")) is None
                and parent.tag in (w("tc"), w("txbxContent"))
            ):
                new = fragment("<w:p/>")  # a cell or text box holds at least one paragraph
            for offset, element in enumerate(new):
                parent.insert(at + offset, element)
        return bool(found)

    def _mark(self, root: etree._Element, *, at_top: bool) -> None:
        xml = furniture.marking(self.brief, self.ids)
        if self._rewrite(root, "Marking", xml) or not xml:
            return
        if at_top:
            root.insert(0, fragment(xml)[0])
        else:
            root.extend(fragment(xml))


def _numbers_pages(root: etree._Element) -> bool:
    instructions = [element.text or "" for element in root.iter(w("instrText"))]
    instructions += [element.get(w("instr"), "") for element in root.iter(w("fldSimple"))]
    return any("PAGE" in instruction.upper().split() for instruction in instructions) or (
        root.find(f".//{w('pgNum')}") is not None
    )
