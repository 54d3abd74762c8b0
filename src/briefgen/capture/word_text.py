"""Word documents: their paragraphs, as they stand when all changes are taken."""

from __future__ import annotations

from lxml import etree

from briefgen.bibliography.dates import date_of_text
from briefgen.capture.metadata import names_of
from briefgen.capture.model import SavedText, folded, numbered
from briefgen.capture.plain_text import looks_like_title
from briefgen.errors import Origin
from briefgen.safe_zip import Expected, SafeZip

_SAVE_AGAIN = "open it in Word and save it again as .docx"
_WORD_FILE = Expected(
    called="the file",
    program="Word",
    no_package="is not a Word document, or damaged",
    save_again=_SAVE_AGAIN,
    too_large="unpacks to a size that no real document has",
    make_smaller="remove large pictures from it",
    most_unpacked=160 * 2**20,
    most_in_a_part=64 * 2**20,
    most_parts=5_000,
    most_elements=1_000_000,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_NOT_READ = frozenset((
    "del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr",
))  # fmt: skip


def read_docx(data: bytes, origin: Origin) -> SavedText:
    """A Word document. Raises `InputError`."""
    package = SafeZip(data, _WORD_FILE, origin)
    if "word/document.xml" not in package:
        package.refuse("is not a Word document")
    texts = _paragraphs(package.root("word/document.xml"))
    csl: dict[str, object] = {"type": "document"}
    if "docProps/core.xml" in package:
        csl |= _properties(package.root("docProps/core.xml"))
    paragraphs = numbered(texts)
    if "title" not in csl and len(paragraphs) > 1 and looks_like_title(paragraphs[0].text):
        csl["title"] = paragraphs[0].text
    return SavedText("docx", paragraphs, csl)


def _paragraphs(root: etree._Element) -> list[str]:
    """The text of each paragraph, those of text boxes after the one that they hang on."""
    done: list[list[str]] = []
    open_: list[list[str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = _name(element)
        if event == "start":
            if name in _NOT_READ:
                walk.skip_subtree()
            elif name == "p":
                open_.append([])
                done.append(open_[-1])
            elif open_ and name == "t":
                open_[-1].append(element.text or "")
            elif open_ and name in ("tab", "br", "cr"):
                open_[-1].append(" ")
            elif open_ and name == "noBreakHyphen":
                open_[-1].append("-")
        elif name == "p":
            open_.pop()
    return ["".join(pieces) for pieces in done]


def _name(element: etree._Element) -> str:
    """The name of an element of Word's own, of whatever edition; `Fallback` of any."""
    tag: object = element.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith((_W, _STRICT)):
        return tag.rpartition("}")[2]
    return "Fallback" if tag.endswith("}Fallback") else ""


def _properties(root: etree._Element) -> dict[str, object]:
    said = {
        str(child.tag).rpartition("}")[2]: folded(child.text or "")
        for child in root
        if isinstance(child.tag, str)
    }
    found: dict[str, object] = {}
    if said.get("title"):
        found["title"] = said["title"]
    names = names_of([said.get("creator", "")])
    if names:
        found["author"] = names
    issued = date_of_text(said.get("modified", "") or said.get("created", ""))
    if isinstance(issued, str):
        found["issued"] = issued
    return found
