"""Opening a Word file with python-docx: one from somewhere else, trusted with nothing.

What is read is bounded; encryption, macros, strict Open XML and damage are refused in one line
each. A part comes into python-docx's package when it is asked for, cleaned (see `cleaning`), with
the pictures and fonts that it shows. So what must not travel is never even unpacked: the
document's comments, its properties, custom data, attached template and add-ins.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple, NoReturn, TypeVar
from urllib.parse import unquote

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import oxml_parser
from docx.package import Package
from docx.parts.numbering import NumberingPart
from docx.parts.styles import StylesPart
from lxml import etree

from briefgen.errors import InputError
from briefgen.render.docx.cleaning import cleaned
from briefgen.render.docx.links import link_address
from briefgen.render.docx.xml import w
from briefgen.safe_zip import Expected, SafeZip

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 64 * 2**20
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_SAVE_AGAIN = "open it in Word and save it as a Word document (.docx) or template (.dotx)"
_HOUSE = Expected(
    called="the house document",
    program="Word",
    no_package="is not a Word document, or damaged",
    save_again=_SAVE_AGAIN,
    too_large="unpacks to a size that no real one has",
    make_smaller="remove large pictures from it",
    most_unpacked=160 * 2**20,
    most_in_a_part=32 * 2**20,
    most_parts=5_000,
    most_elements=1_000_000,
)
_WHOLE: dict[str, tuple[str, str, type[XmlPart]]] = {
    RT.STYLES: ("/word/styles.xml", CT.WML_STYLES, StylesPart),
    RT.THEME: ("/word/theme/theme1.xml", CT.OFC_THEME, XmlPart),
    RT.NUMBERING: ("/word/numbering.xml", CT.WML_NUMBERING, NumberingPart),
    RT.FONT_TABLE: ("/word/fontTable.xml", CT.WML_FONT_TABLE, XmlPart),
}
"""Parts that are taken whole: the name that they get, their type, and python-docx's class."""

AnyPart = TypeVar("AnyPart", bound=XmlPart)

_SHOWN = {RT.IMAGE: ("media", ("image/",)), RT.FONT: ("fonts", ("application/", "font/"))}
"""What parts show and may bring along: the folder it goes to, and what its type begins with."""


class _Tie(NamedTuple):
    """A relationship as a file says it."""

    id: str
    type: str
    target: str
    """The name of a part, or an address."""
    external: bool


class WordFile:
    """A .docx or .dotx within bounds, and what of it goes into another document's package.

    Every method raises `InputError` for what cannot be used.
    """

    def __init__(self, data: bytes, package: Package) -> None:
        """Open `data`; parts that are taken from it belong to `package`."""
        _refuse_at_sight(data)
        self.left_out: set[str] = set()
        """What could not come along, in words."""
        self._package = package
        self._zip = SafeZip(data, _HOUSE)
        self._types: dict[str, str] = {}
        self._ties: dict[str, list[_Tie]] = {}
        self._roots: dict[str, etree._Element] = {}
        self._taken: dict[str, XmlPart] = {}
        self._shown: dict[str, Part | None] = {}
        self._read_types()
        self.main = self._find_main()
        self.document = self.root(self.main)
        if self.document.tag != w("document"):
            self._zip.refuse("is in a form of Open XML that Word does not write")

    def root(self, name: str) -> etree._Element:
        """The root of an XML part, as it is: for reading only."""
        if name not in self._roots:
            self._roots[name] = self._zip.parsed(name, oxml_parser)
        return self._roots[name]

    def related(self, kind: str) -> str:
        """The name of the part that is the document's styles, theme, ... (`kind` is the type of
        relationship), or an empty name.
        """
        for tie in self._ties_of(self.main):
            if tie.type == kind and not tie.external:
                return tie.target if tie.target in self._zip else ""
        return ""

    def by_id(self, id_: str) -> str:
        """The name of the part that the document knows as `id_`, or an empty name."""
        for tie in self._ties_of(self.main):
            if tie.id == id_ and not tie.external and tie.target in self._zip:
                return tie.target
        return ""

    def take(self, source: str, name: str, content_type: str, made: type[AnyPart]) -> AnyPart:
        """The part `source` as a part called `name`: cleaned, with the ties that it keeps. The
        same part when asked again.
        """
        known = self._taken.get(source)
        if isinstance(known, made):
            return known
        element = self._zip.parsed(source, oxml_parser)
        part = made(PackURI(name), content_type, element, self._package)  # type: ignore[arg-type]
        for tie in self._ties_of(source):
            if tie.external:
                address = link_address(tie.target) if tie.type == RT.HYPERLINK else ""
                if address:
                    part.load_rel(tie.type, address, tie.id, is_external=True)
            elif tie.type in _SHOWN and tie.target in self._zip:
                shown = self._picture_or_font(tie)
                if shown is not None:
                    part.load_rel(tie.type, shown, tie.id)
        self.left_out |= cleaned(element, set(part.rels))
        self._taken[source] = part
        return part

    def part(self, kind: str) -> XmlPart | None:
        """The document's styles, theme, numbering or table of fonts, if it has them: taken."""
        source = self.related(kind)
        return self.take(source, *_WHOLE[kind]) if source else None

    def refuse(self, what: str, hint: str) -> NoReturn:
        """Raise `InputError`: the document is `what`."""
        self._zip.refuse(what, hint)

    def _picture_or_font(self, tie: _Tie) -> Part | None:
        key = tie.target.lower()
        if key not in self._shown:
            folder, beginnings = _SHOWN[tie.type]
            kind = self._type_of(tie.target)
            self._shown[key] = None
            if kind.startswith(beginnings):
                suffix = re.sub("[^a-z0-9]", "", key.rpartition(".")[2]) or "bin"
                name = PackURI(f"/word/{folder}/house{len(self._shown)}.{suffix}")
                self._shown[key] = Part(name, kind, self._zip.read(tie.target), self._package)
        return self._shown[key]

    def _read_types(self) -> None:
        """Content types: by `.suffix`, and by the name of a part."""
        if "[Content_Types].xml" not in self._zip:
            self._zip.refuse("is not a Word document")
        for element in self._zip.root("[Content_Types].xml").iterchildren(etree.Element):
            key = element.get("PartName", "").lstrip("/") or f".{element.get('Extension', '')}"
            self._types[key.lower()] = element.get("ContentType", "")

    def _type_of(self, name: str) -> str:
        return self._types.get(name.lower()) or self._types.get(
            f".{name.rpartition('.')[2].lower()}", ""
        )

    def _ties_of(self, source: str) -> list[_Tie]:
        """The relationships of a part (`""`: of the package), targets as names of parts."""
        known = self._ties.get(source)
        if known is not None:
            return known
        found = self._ties[source] = []
        name = PackURI(f"/{source}").rels_uri.membername
        for element in self._zip.root(name).iter(_RELATIONSHIP) if name in self._zip else ():
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                whole = unquote(target.partition("#")[0])
                target = normpath(join("/" + dirname(source), whole)).lstrip("/")
            found.append(_Tie(element.get("Id", ""), element.get("Type", ""), target, external))
        return found

    def _find_main(self) -> str:
        main = ""
        for tie in self._ties_of(""):
            if tie.type.startswith(_STRICT):
                self._zip.refuse("is in the Strict Open XML format")
            if tie.type == RT.OFFICE_DOCUMENT and not tie.external:
                main = tie.target
        if not main or main not in self._zip:
            self._zip.refuse("is not a Word document")
        kind = self._type_of(main)
        if "macroEnabled" in kind or any("vbaProject" in t for t in self._types.values()):
            self._zip.refuse(
                "has macros", "save it as a template or document without macros (.dotx or .docx)"
            )
        if kind not in (CT.WML_DOCUMENT_MAIN, _TEMPLATE):
            self._zip.refuse("is not a Word document or template")
        return main


def _refuse_at_sight(data: bytes) -> None:
    said, hint = "", "remove large pictures from it"
    if data.startswith(_COMPOUND_FILE):
        said, hint = "is encrypted, or in the old .doc format", f"{_SAVE_AGAIN}, without a password"
    elif len(data) > _MOST_BYTES:
        said = f"is larger than {_MOST_BYTES // 2**20} MB"
    if said:
        raise InputError(f"{_HOUSE.called} {said}", hint=hint)


def first_part(kind: str, *files: WordFile) -> XmlPart:
    """The `part` of the first of `files` that has it; the reference document has every one."""
    found = next((part for file in files if (part := file.part(kind)) is not None), None)
    assert found is not None, f"reference.docx has no {kind}"
    return found


@cache
def reference_document() -> bytes:
    """The document whose look is ours: the house document of a brief that names none.

    tools/reference_document.py builds it.
    """
    return Path(__file__).with_name("reference.docx").read_bytes()
