"""What a PDF says of itself and leads to: properties, bookmarks, links (ISO 32000-1, 12 and 14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefgen.brief import model
from briefgen.render.pdf.canvas import BriefCanvas, text_string
from briefgen.render.pdf.drawing import PageLink, Places
from briefgen.render.pdf.slices import HeadingMark

_PRODUCER = "briefgen"


class Leads:
    """What leads where in one document: links, bookmarks, names of headings."""

    def __init__(
        self, canvas: BriefCanvas, places: Places, headings: Sequence[HeadingMark]
    ) -> None:
        """`headings` are all of them, in order."""
        self._canvas, self._places = canvas, places
        self._headings = [each for each in headings if each.anchor in places]

    def put_links(self, page: int, links: Iterable[PageLink]) -> None:
        """The links of the page that is being drawn; those that lead nowhere are left out."""
        for link in links:
            where = link.where
            rectangle = (where.left, where.bottom, where.right, where.top)
            if not link.target.startswith("#"):
                self._canvas.link_to_address(link.target, rectangle)
            elif place := self._places.find(link.target[1:], page):
                self._canvas.link_to_place(place.page, place.left, place.top, rectangle)

    def put_bookmarks(self) -> None:
        """Bookmarks, nested as the headings are, lower levels folded; and headings by name.

        A named heading is what `brief.pdf#energy` opens at.
        """
        above: list[int] = []
        for number, heading in enumerate(self._headings):
            place = self._places[heading.anchor]
            for name in [_bookmark(number), *([heading.anchor] if heading.named else [])]:
                self._canvas.name_place(name, place.page, place.left, place.top)
            if heading.text:
                while above and above[-1] >= heading.level:
                    above.pop()
                title = text_string(heading.text)
                self._canvas.addOutlineEntry(title, _bookmark(number), len(above), closed=True)
                above.append(heading.level)
        if above:
            self._canvas.showOutline()
        self._canvas.name_destinations([each.anchor for each in self._headings if each.named])


def _bookmark(number: int) -> str:
    """Its destination, apart from anchors: these need not be unique."""
    return f"\0bookmark {number}"


def put_properties(canvas: BriefCanvas, brief: model.Brief) -> None:
    """Title, author and the rest, for file managers, archives and readers' title bars."""
    texts = {
        "Title": brief.title,
        "Author": brief.author,
        "Subject": _subject(brief),
        "Keywords": ", ".join(brief.keywords),
        "Creator": _PRODUCER,
        "Producer": _PRODUCER,
    }
    canvas.describe(texts, brief.created, _xmp(brief))
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _subject(brief: model.Brief) -> str:
    return ": ".join(part for part in (brief.kind, brief.subtitle) if part)


def _escape(text: str) -> str:
    return text.translate({38: "&amp;", 60: "&lt;", 62: "&gt;"})


def _xmp(brief: model.Brief) -> bytes:
    """The same again in XMP (ISO 16684-1), which is what archives and viewers read."""

    def item(tag: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
        lines = "".join(f"<rdf:li{attribute}>{_escape(value)}</rdf:li>" for value in values)
        return f"<{tag}><rdf:{kind}>{lines}</rdf:{kind}></{tag}>"

    default = ' xml:lang="x-default"'
    parts = [item("dc:title", "Alt", [brief.title], default)]
    if brief.author:
        parts.append(item("dc:creator", "Seq", [brief.author]))
    if _subject(brief):
        parts.append(item("dc:description", "Alt", [_subject(brief)], default))
    if brief.keywords:
        parts.append(item("dc:subject", "Bag", brief.keywords))
        parts.append(f"<pdf:Keywords>{_escape(', '.join(brief.keywords))}</pdf:Keywords>")
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
