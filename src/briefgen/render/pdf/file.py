"""Drawn pages to the bytes of a PDF file (ISO 32000-1), by ReportLab's object layer.

Nothing in here reads a clock: dates come from the brief, the file's identifier from its content.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reportlab.pdfbase import pdfdoc as _pdfdoc

from briefgen.brief import model
from briefgen.render.pdf.drawing import DrawnPage, PageLink, Place
from briefgen.render.pdf.embedding import FontBook
from briefgen.render.pdf.looks import Page
from briefgen.render.pdf.slices import HeadingMark

pdfdoc: Any = _pdfdoc

_VERSION = (1, 7)
_PRODUCER = "briefgen"


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose bytes are known, but for the numbers of the objects it points to."""

    def __init__(self, template: str, *references: Any) -> None:
        self._template = template
        self._references = references

    def format(self, document: Any) -> bytes:
        """ReportLab's way to write an object."""
        if not self._references:
            return self._template.encode("latin-1")
        numbers = (each.format(document).decode("ascii") for each in self._references)
        return self._template.format(*numbers).encode("latin-1")


def write_pdf(
    brief: model.Brief,
    page: Page,
    pages: Sequence[DrawnPage],
    places: Mapping[str, Place],
    headings: Sequence[HeadingMark],
    fonts: FontBook,
) -> bytes:
    """The file."""
    document = pdfdoc.PDFDocument(invariant=1, pdfVersion=_VERSION, compression=0)
    references = [document.Reference(_page_object(page), f"page{n}") for n in range(len(pages))]
    document.Pages.pages = list(references)
    resources = _resources(document, fonts)
    parent = document.Reference(document.Pages)
    for reference, drawn in zip(references, pages, strict=True):
        made = document.idToObject[reference.name]
        made.Resources = resources
        made.Parent = parent
        made.Contents = document.Reference(_compressed(drawn.content))
        annotations = [
            document.Reference(annotation)
            for link in drawn.links
            if (annotation := _annotation(link, places, references)) is not None
        ]
        if annotations:
            made.Annots = pdfdoc.PDFArrayCompact(annotations)
            made.Tabs = "/S"
    _catalog(document, brief, places, headings, references)
    digest = hashlib.md5(usedforsecurity=False)
    for drawn in pages:
        digest.update(drawn.content)
    digest.update(repr((brief.title, brief.created)).encode())
    identifier = digest.hexdigest()
    document._ID = f"[<{identifier}><{identifier}>]".encode()
    return bytes(document.format())


def _page_object(page: Page) -> Any:
    made = pdfdoc.PDFPage()
    made.Override_default_compilation = 1
    made.__NoDefault__ = [*made.__NoDefault__, "Tabs"]
    made.MediaBox = pdfdoc.PDFArrayCompact([0, 0, page.width, page.height])
    return made


def _resources(document: Any, fonts: FontBook) -> Any:
    entries = document.idToObject[pdfdoc.BasicFonts].dict
    for number, font in enumerate(fonts.fonts.values()):
        entries[font.name] = font.add_to(document, number)
    basic = document.Reference(document.idToObject[pdfdoc.BasicFonts])
    return document.Reference(pdfdoc.PDFDictionary({"Font": basic}))


def _compressed(content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=zlib.compress(content, 6))
    stream.dictionary["Filter"] = "/FlateDecode"
    return stream


def _annotation(link: PageLink, places: Mapping[str, Place], pages: Sequence[Any]) -> _Raw | None:
    rectangle = " ".join(f"{edge:.2f}" for edge in link.where)
    start = f"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{rectangle}]"
    if link.target.startswith("#"):
        place = places.get(link.target[1:])
        if place is None:
            return None
        return _Raw(f"{start} /Dest {_destination(place)} >>", pages[place.page - 1])
    address = link.target.replace("\\", "%5C").replace("(", "%28").replace(")", "%29")
    return _Raw(f"{start} /A << /S /URI /URI ({address}) >> >>")


def _catalog(
    document: Any,
    brief: model.Brief,
    places: Mapping[str, Place],
    headings: Sequence[HeadingMark],
    pages: Sequence[Any],
) -> None:
    catalog = document.Catalog
    if brief.language:
        catalog.Lang = pdfdoc.PDFString(brief.language)
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.Outlines = _outline(document, headings, places, pages)
    if catalog.Outlines is not None:
        catalog.PageMode = "/UseOutlines"
    catalog.Names = _names(document, headings, places, pages)
    information = pdfdoc.PDFDictionary(_information(brief))
    document.info = information
    metadata = pdfdoc.PDFStream(content=_xmp(brief))
    metadata.dictionary["Type"] = "/Metadata"
    metadata.dictionary["Subtype"] = "/XML"
    catalog.Metadata = metadata


def _subject(brief: model.Brief) -> str:
    return ": ".join(part for part in (brief.kind, brief.subtitle) if part)


def _information(brief: model.Brief) -> dict[str, Any]:
    texts = {
        "Title": brief.title,
        "Author": brief.author,
        "Subject": _subject(brief),
        "Keywords": ", ".join(brief.keywords),
        "Creator": _PRODUCER,
        "Producer": _PRODUCER,
    }
    made: dict[str, Any] = {key: pdfdoc.PDFString(text) for key, text in texts.items() if text}
    moment = pdfdoc.PDFString(_pdf_date(brief.created))
    made["CreationDate"] = made["ModDate"] = moment
    return made


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _destination(place: Place) -> str:
    return f"[{{}} /XYZ {place.left:.2f} {place.top:.2f} null]"


def _names(
    document: Any,
    headings: Sequence[HeadingMark],
    places: Mapping[str, Place],
    pages: Sequence[Any],
) -> Any:
    """Headings by name, so that `brief.pdf#energy` opens at that heading."""
    named = sorted(
        {each.anchor for each in headings if each.named and each.anchor in places}, key=str.encode
    )
    if not named:
        return None
    parts, references = [], []
    for name in named:
        parts.append(f"<{name.encode().hex()}> {_destination(places[name])}")
        references.append(pages[places[name].page - 1])
    tree = document.Reference(_Raw("<< /Names [" + " ".join(parts) + "] >>", *references))
    return pdfdoc.PDFDictionary({"Dests": tree})


def _outline(
    document: Any,
    headings: Sequence[HeadingMark],
    places: Mapping[str, Place],
    pages: Sequence[Any],
) -> Any:
    """Bookmarks, nested as the headings are."""
    root = pdfdoc.PDFDictionary({"Type": "/Outlines"})
    open_items: list[tuple[int, Any]] = [(0, root)]
    last_child: dict[int, Any] = {}
    items: list[Any] = []
    for heading in headings:
        place = places.get(heading.anchor)
        if place is None or not heading.text:
            continue
        while open_items[-1][0] >= heading.level:
            open_items.pop()
        parent = open_items[-1][1]
        item = pdfdoc.PDFDictionary(
            {
                "Title": pdfdoc.PDFString(heading.text),
                "Parent": document.Reference(parent),
                "Dest": _Raw(_destination(place), pages[place.page - 1]),
            }
        )
        reference = document.Reference(item)
        previous = last_child.get(id(parent))
        if previous is None:
            parent["First"] = reference
        else:
            previous["Next"] = reference
            item["Prev"] = document.Reference(previous)
        parent["Last"] = reference
        last_child[id(parent)] = item
        counted = parent.dict
        counted["Count"] = counted.get("Count", 0) + 1
        open_items.append((heading.level, item))
        items.append(item)
    if not items:
        return None
    # Lower levels start folded; the root counts what can be seen at first.
    for item in items:
        if "Count" in item:
            item["Count"] = -item["Count"]
    return document.Reference(root)


def escape(text: str) -> str:
    """Text as it may stand between XML tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _xmp(brief: model.Brief) -> bytes:
    """The same again in XMP (ISO 16684-1), which is what archives and viewers read."""

    def item(tag: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
        lines = "".join(f"<rdf:li{attribute}>{escape(value)}</rdf:li>" for value in values)
        return f"<{tag}><rdf:{kind}>{lines}</rdf:{kind}></{tag}>"

    default = ' xml:lang="x-default"'
    parts = [item("dc:title", "Alt", [brief.title], default)]
    if brief.author:
        parts.append(item("dc:creator", "Seq", [brief.author]))
    if _subject(brief):
        parts.append(item("dc:description", "Alt", [_subject(brief)], default))
    if brief.keywords:
        parts.append(item("dc:subject", "Bag", brief.keywords))
        parts.append(f"<pdf:Keywords>{escape(', '.join(brief.keywords))}</pdf:Keywords>")
    if brief.language:
        parts.append(item("dc:language", "Bag", [brief.language]))
    moment = brief.created.isoformat(timespec="seconds")
    parts.append(
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
        f"<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool><pdf:Producer>{_PRODUCER}</pdf:Producer>"
    )
    body = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f"{body}\n</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()
