"""Drawn pages to the bytes of a PDF file (ISO 32000-1): pages, links, bookmarks, properties.

Nothing in here reads a clock: dates come from the brief, the file's identifier from its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from briefgen.brief import model
from briefgen.render.pdf.drawing import DrawnPage, PageLink, Place, Places
from briefgen.render.pdf.embedding import FontBook
from briefgen.render.pdf.looks import Page
from briefgen.render.pdf.objects import Objects, escaped, real, text_string
from briefgen.render.pdf.slices import HeadingMark

_PRODUCER = "briefgen"


def write_pdf(
    brief: model.Brief,
    page: Page,
    pages: Sequence[DrawnPage],
    places: Places,
    headings: Sequence[HeadingMark],
    fonts: FontBook,
) -> bytes:
    """The file."""
    objects = Objects()
    numbers = [objects.number() for _ in pages]
    tree = objects.number()
    font_names = " ".join(
        f"/{font.name} {font.add_to(objects, number)}"
        for number, font in enumerate(fonts.fonts.values())
    )
    resources = objects.add(f"<< /Font << {font_names} >> >>")
    digest = hashlib.md5(usedforsecurity=False)
    for count, (number, drawn) in enumerate(zip(numbers, pages, strict=True), start=1):
        digest.update(drawn.content)
        annotations = [
            objects.add(annotation)
            for link in drawn.links
            if (annotation := _annotation(link, places, numbers, count))
        ]
        links = f" /Annots [{' '.join(annotations)}] /Tabs /S" if annotations else ""
        content = objects.stream(drawn.content)
        objects.put(number, f"<< /Type /Page /Parent {tree} 0 R /Contents {content}{links} >>")
    kids = " ".join([f"{number} 0 R" for number in numbers])
    objects.put(
        tree,
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] /Resources {resources} "
        f"/MediaBox [0 0 {real(page.width)} {real(page.height)}] >>",
    )
    catalog = objects.add(_catalog(objects, brief, tree, places, headings, numbers))
    information = objects.add(_information(brief))
    digest.update(repr((brief.title, brief.created)).encode())
    return objects.file(catalog, information, digest.hexdigest())


def _annotation(link: PageLink, places: Places, pages: Sequence[int], page: int) -> str:
    """A link on page number `page`; empty if it leads nowhere."""
    where = link.where
    start = (
        "<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] "
        f"/Rect [{where.left:.2f} {where.bottom:.2f} {where.right:.2f} {where.top:.2f}]"
    )
    if link.target.startswith("#"):
        place = places.find(link.target[1:], page)
        return f"{start} /Dest {_destination(place, pages)} >>" if place is not None else ""
    return f"{start} /A << /S /URI /URI ({escaped(link.target)}) >> >>"


def _catalog(
    objects: Objects,
    brief: model.Brief,
    tree: int,
    places: Places,
    headings: Sequence[HeadingMark],
    pages: Sequence[int],
) -> str:
    metadata = objects.stream(_xmp(brief), "/Type /Metadata /Subtype /XML", packed=False)
    parts = [
        f"<< /Type /Catalog /Pages {tree} 0 R /Metadata {metadata}",
        "/ViewerPreferences << /DisplayDocTitle true >>",
    ]
    if brief.language:
        parts.append(f"/Lang {text_string(brief.language)}")
    if outline := _outline(objects, headings, places, pages):
        parts.append(f"/Outlines {outline} /PageMode /UseOutlines")
    if names := _names(headings, places, pages):
        parts.append(f"/Names << /Dests {objects.add(names)} >>")
    return " ".join([*parts, ">>"])


def _subject(brief: model.Brief) -> str:
    return ": ".join(part for part in (brief.kind, brief.subtitle) if part)


def _information(brief: model.Brief) -> str:
    moment = _pdf_date(brief.created)
    texts = {
        "Title": brief.title,
        "Author": brief.author,
        "Subject": _subject(brief),
        "Keywords": ", ".join(brief.keywords),
        "Creator": _PRODUCER,
        "Producer": _PRODUCER,
        "CreationDate": moment,
        "ModDate": moment,
    }
    said = " ".join(f"/{key} {text_string(text)}" for key, text in texts.items() if text)
    return f"<< {said} >>"


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _destination(place: Place, pages: Sequence[int]) -> str:
    return f"[{pages[place.page - 1]} 0 R /XYZ {place.left:.2f} {place.top:.2f} null]"


def _names(headings: Sequence[HeadingMark], places: Places, pages: Sequence[int]) -> str:
    """Headings by name, so that `brief.pdf#energy` opens at that heading."""
    named = sorted(
        {each.anchor.encode() for each in headings if each.named and each.anchor in places}
    )
    if not named:
        return ""
    pairs = [f"<{name.hex()}> {_destination(places[name.decode()], pages)}" for name in named]
    return f"<< /Names [{' '.join(pairs)}] >>"


class _Bookmark:
    """One item of the outline; the root is one, too."""

    def __init__(self, number: int, heading: HeadingMark | None, place: Place | None) -> None:
        self.number = number
        self.heading = heading
        self.place = place
        self.children: list[_Bookmark] = []


def _outline(
    objects: Objects,
    headings: Sequence[HeadingMark],
    places: Places,
    pages: Sequence[int],
) -> str:
    """Bookmarks, nested as the headings are; empty if there are none."""
    listed = [each for each in headings if each.text and each.anchor in places]
    if not listed:
        return ""
    root = _Bookmark(objects.number(), None, None)
    above = [root]
    for heading in listed:
        while above[-1].heading is not None and above[-1].heading.level >= heading.level:
            above.pop()
        item = _Bookmark(objects.number(), heading, places[heading.anchor])
        above[-1].children.append(item)
        above.append(item)
    children = _put_bookmarks(objects, root, pages)
    objects.put(root.number, f"<< /Type /Outlines{children} /Count {len(root.children)} >>")
    return f"{root.number} 0 R"


def _put_bookmarks(objects: Objects, parent: _Bookmark, pages: Sequence[int]) -> str:
    """Write what is below an item; returns the entries by which the item finds it."""
    siblings = parent.children
    if not siblings:
        return ""
    for position, item in enumerate(siblings):
        assert item.heading is not None
        assert item.place is not None
        parts = [
            f"<< /Title {text_string(item.heading.text)} /Parent {parent.number} 0 R",
            f"/Dest {_destination(item.place, pages)}{_put_bookmarks(objects, item, pages)}",
        ]
        if item.children:
            # Lower levels start folded: a negative count.
            parts.append(f"/Count {-len(item.children)}")
        if position:
            parts.append(f"/Prev {siblings[position - 1].number} 0 R")
        if position + 1 < len(siblings):
            parts.append(f"/Next {siblings[position + 1].number} 0 R")
        objects.put(item.number, " ".join([*parts, ">>"]))
    return f" /First {siblings[0].number} 0 R /Last {siblings[-1].number} 0 R"


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
