"""Headers and footers: the document's own, with the brief's marking, title and page numbers.

Three styles say where things go: paragraphs in "Marking", "Running Title" and "Running Foot" are
written anew. What a document lacks is added: the marking on top and at the bottom of each page, a
running foot where nothing numbers the pages. A document without headers and footers gets ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.story import StoryPart
from lxml import etree

from briefgen.brief.model import Brief
from briefgen.patterns import lazy_pattern
from briefgen.render.docx.opening import WordFile
from briefgen.render.docx.placeholders import Filler
from briefgen.render.docx.runs import field_runs, run, tab_run
from briefgen.render.docx.xml import NAMESPACES, R, attribute, elements, is_on, w
from briefgen.values import valueclass

_LONGEST_RUNNING_TITLE = 72
_PLACEHOLDER = lazy_pattern(r"(\{pages?\})")

FrameKind = Literal["header", "footer"]
_ROOTS: dict[FrameKind, str] = {"header": "hdr", "footer": "ftr"}


class Frame(NamedTuple):
    """One header or footer."""

    kind: FrameKind
    pages: str
    """Which pages it is for: `default`, `first` or `even`."""
    part: StoryPart

    @property
    def relationship(self) -> str:
        """The type of the document's tie to it."""
        return RT.HEADER if self.kind == "header" else RT.FOOTER


@valueclass(frozen=True, slots=True)
class FrameWriter:
    """Puts one brief's running texts into headers and footers."""

    brief: Brief
    words: Mapping[str, str]
    ids: Mapping[str, str]
    """Each style's id in the document."""
    text_width: int
    pages: int
    """What "of y" shows until Word has laid the document out."""
    package: Package

    renamed: Mapping[str, str] = field(default_factory=dict)
    """Ids of styles in the file that headers and footers come from, where they differ from those
    in the document."""

    def frames(self, file: WordFile, even_pages: bool) -> tuple[list[Frame], bool]:
        """The headers and footers of `file`, written for the brief, and whether the first page has
        its own; nothing if the file has none. `even_pages`: whether those have theirs.
        """
        sources: dict[tuple[FrameKind, str], str] = {}
        sections = list(file.document.iter(w("sectPr")))
        for section in sections:  # a section without a header has that of the one before it
            for kind in _ROOTS:
                for reference in section.iterchildren(w(f"{kind}Reference")):
                    source = file.by_id(reference.get(f"{{{R}}}id", ""))
                    if source:
                        sources[kind, reference.get(w("type"), "default")] = source
        if not sources:
            return [], False
        mark = sections[-1].find(w("titlePg"))
        first = mark is not None and is_on(mark.get(w("val"), "1"))
        asked = [("default", True), ("first", first), ("even", even_pages)]
        made = [
            self._pair(file, pages, sources, 2 * place)
            for place, (pages, wanted) in enumerate(asked)
            if wanted
        ]
        return [pair[n] for n in (0, 1) for pair in made], first

    def _pair(
        self, file: WordFile, pages: str, sources: Mapping[tuple[FrameKind, str], str], before: int
    ) -> tuple[Frame, Frame]:
        """Header and footer of some pages; `before`: how many parts are there already."""
        header = Frame("header", pages, self._part(file, "header", pages, sources, before + 1))
        footer = Frame("footer", pages, self._part(file, "footer", pages, sources, before + 2))
        top, bottom = header.part.element, footer.part.element
        filler = Filler(self.brief)
        for root in (top, bottom):
            filler.fill(root)
        had_foot = False
        foot = self._running_foot()
        for root in (top, bottom):
            self._rewrite(root, "RunningTitle", self._running_title())
            had_foot = self._rewrite(root, "RunningFoot", foot) or had_foot
        if not had_foot and not (_numbers_pages(top) or _numbers_pages(bottom)):
            bottom.extend(elements(foot))
        marking = (
            self._paragraph("Marking", run(self.brief.marking_line))
            if self.brief.marking_line
            else ""
        )
        if not self._rewrite(top, "Marking", marking) and marking:
            top.insert(0, elements(marking)[0])
        if not self._rewrite(bottom, "Marking", marking) and marking:
            bottom.extend(elements(marking))
        for root, style in ((top, "Header"), (bottom, "Footer")):
            if root.find(w("p")) is None:  # a frame ends with a paragraph
                root.extend(elements(self._paragraph(style, "")))
        return header, footer

    def _part(
        self,
        file: WordFile,
        kind: FrameKind,
        pages: str,
        sources: Mapping[tuple[FrameKind, str], str],
        number: int,
    ) -> StoryPart:
        name, source = f"/word/{kind}{number}.xml", sources.get((kind, pages))
        made: type[StoryPart] = HeaderPart if kind == "header" else FooterPart
        content_type = CT.WML_HEADER if kind == "header" else CT.WML_FOOTER
        if source:
            part = file.take(source, name, content_type, made)
            for named in part.element.iter(w("pStyle")):
                style = named.get(w("val"), "")
                named.set(w("val"), self.renamed.get(style, style))
            return part
        empty = parse_xml(f"<w:{_ROOTS[kind]} {NAMESPACES}/>")
        return made(PackURI(name), content_type, empty, self.package)

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
            new = elements(xml) if place == 0 else []
            if (
                not new
                and parent.find(w("p")) is None
                and parent.tag in (w("tc"), w("txbxContent"))
            ):
                new = elements("<w:p/>")  # a cell or text box holds at least one paragraph
            parent[at:at] = new
        return bool(found)

    def _running_title(self) -> str:
        """The title and the date, for all pages but the first."""
        title = " ".join(self.brief.title.split())
        if len(title) > _LONGEST_RUNNING_TITLE:
            title = title[: _LONGEST_RUNNING_TITLE - 1].rstrip() + "…"
        date = tab_run() + run(self.brief.printed_date) if self.brief.printed_date else ""
        return self._paragraph("RunningTitle", run(title) + date, self._right_tab())

    def _running_foot(self) -> str:
        """Reference, version and contact, and `Page x of y` with live numbers."""
        brief, words = self.brief, self.words
        version = f"{words['version']} {brief.version}" if brief.version else ""
        said = " · ".join(part for part in (brief.reference, version, brief.contact) if part)
        content = run(said) + tab_run() + _page_of(words["page_of"], self.pages)
        return self._paragraph("RunningFoot", content, self._right_tab())

    def _right_tab(self) -> str:
        # "header" and "footer" as Word ships them have tabs for another page: cleared here.
        cleared = "".join(f'<w:tab w:val="clear" w:pos="{at}"/>' for at in (4513, 4680, 9026, 9360))
        return f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{self.text_width}"/></w:tabs>'

    def _paragraph(self, style: str, content: str, properties: str = "") -> str:
        named = attribute(self.ids[style])
        return f'<w:p><w:pPr><w:pStyle w:val="{named}"/>{properties}</w:pPr>{content}</w:p>'


def _page_of(pattern: str, pages: int) -> str:
    """`pattern` with `{page}` and `{pages}` as fields."""
    fields = {"{page}": field_runs("PAGE", "1"), "{pages}": field_runs("NUMPAGES", str(pages))}
    pieces = _PLACEHOLDER.split(pattern)
    return "".join(fields[piece] if piece in fields else run(piece) for piece in pieces)


def _numbers_pages(root: etree._Element) -> bool:
    instructions = [element.text or "" for element in root.iter(w("instrText"))]
    instructions += [element.get(w("instr"), "") for element in root.iter(w("fldSimple"))]
    return any("PAGE" in instruction.upper().split() for instruction in instructions) or (
        root.find(f".//{w('pgNum')}") is not None
    )
