"""Reading a DOCX back for tests: parts as trees, paragraphs as text, in plain steps."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_AS_TEXT = {"tab": "\t", "br": "\n", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}


@dataclass(frozen=True)
class WordFile:
    """The bytes of a DOCX, opened."""

    data: bytes

    @property
    def names(self) -> list[str]:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return archive.namelist()

    def read(self, name: str) -> bytes:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return archive.read(name)

    def root(self, name: str) -> etree._Element:
        return etree.fromstring(self.read(name))

    @property
    def body(self) -> etree._Element:
        body = self.root("word/document.xml").find(f"{W}body")
        assert body is not None
        return body

    def relationships(self, part: str = "document.xml") -> dict[str, tuple[str, str]]:
        """Id -> last word of the type, and target."""
        name = f"word/_rels/{part}.rels"
        if name not in self.names:
            return {}
        return {
            tie.get("Id", ""): (tie.get("Type", "").rpartition("/")[2], tie.get("Target", ""))
            for tie in self.root(name).iter(RELATIONSHIP)
        }

    def instructions(self, part: str = "word/document.xml") -> list[str]:
        """The instructions of a part's fields."""
        return [(i.text or "").strip() for i in self.root(part).iter(f"{W}instrText")]

    def notes(self, kind: str = "footnote") -> dict[int, etree._Element]:
        """The notes of a kind by their id, separators left out."""
        return {
            int(note.get(f"{W}id", "")): note
            for note in self.root(f"word/{kind}s.xml").iter(f"{W}{kind}")
            if note.get(f"{W}type") is None
        }

    def note_texts(self, kind: str = "footnote") -> list[str]:
        """The text of each note, in the order of the part, its number aside."""
        texts = []
        for note in self.notes(kind).values():
            (paragraph,) = note.iterchildren(f"{W}p")
            texts.append(text_of(paragraph))
        return texts

    def marks(self, kind: str = "footnote") -> list[int]:
        """The ids that the body refers to, in reading order."""
        return [int(r.get(f"{W}id", "")) for r in self.body.iter(f"{W}{kind}Reference")]

    def paragraphs(self) -> list[tuple[str, str]]:
        """Style id and text of each paragraph of the body, tables included."""
        return [(style_of(p), text_of(p)) for p in self.body.iter(f"{W}p")]

    def texts(self) -> list[str]:
        return [text for _, text in self.paragraphs()]

    def frames(self, element: str) -> dict[str, list[str]]:
        """For `header` or `footer`: which pages -> the texts of its paragraphs."""
        section = next(self.body.iterchildren(f"{W}sectPr"))
        ties = self.relationships()
        found = {}
        for reference in section.iterchildren(f"{W}{element}Reference"):
            target = ties[reference.get(f"{R}id", "")][1]
            root = self.root(f"word/{target}")
            found[reference.get(f"{W}type", "")] = [text_of(p) for p in root.iter(f"{W}p")]
        return found


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph shows, field instructions aside."""
    out = []
    for run in paragraph.iter(f"{W}r"):
        for child in run:
            local = etree.QName(child).localname
            if local == "t":
                out.append(child.text or "")
            elif local in _AS_TEXT:
                out.append(_AS_TEXT[local])
    return "".join(out)


def changed_package(
    data: bytes, changes: dict[str, bytes | None], *, add: dict[str, bytes] | None = None
) -> bytes:
    """A package with parts replaced (`None` removes one) and added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = changes.get(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in (add or {}).items():
            target.writestr(name, content)
    return out.getvalue()
