"""Reading a house document: a Word file from somewhere else, trusted with nothing.

What is read is bounded, no entity or outside address is followed, and macros, encryption, strict
Open XML and damage are refused in one line each.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from struct import error as struct_error
from typing import NoReturn
from urllib.parse import unquote

from lxml import etree

from briefgen.errors import InputError
from briefgen.render.docx.package import Relationship, office
from briefgen.render.docx.xml import W

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 64 * 2**20
_MOST_PART_BYTES = 32 * 2**20
_MOST_UNPACKED_BYTES = 160 * 2**20
_MOST_PARTS = 5_000
_STRICT = "http://purl.oclc.org/ooxml/"
_PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_SAVE_AGAIN = "open it in Word and save it as a Word document (.docx) or template (.dotx)"
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct_error, EOFError, NotImplementedError, RuntimeError,
    KeyError, ValueError, OSError, OverflowError, MemoryError,
)  # fmt: skip


def refuse(what: str, hint: str = _SAVE_AGAIN) -> NoReturn:
    """Raise `InputError`: the house document is `what`."""
    raise InputError(f"the house document {what}", hint=hint)


def parse_part(data: bytes, name: str) -> etree._Element:
    """The root of an XML part. No entities, no document type, nothing fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        refuse(f"is damaged: {name} is not XML")
    if getattr(root.getroottree().docinfo, "doctype", ""):
        refuse(f"is not as Word writes it: {name} has a document type")
    return root


def to_bytes(root: etree._Element) -> bytes:
    """A root as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(slots=True)
class HousePackage:
    """The parts of a house document, read when asked for, within bounds."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    """By name in lower case: part names do not differ in case alone (ECMA-376 Part 2, 6.2.2)."""
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    main: str = ""
    """The name of the document part."""
    _unpacked: int = 0
    _ties: dict[str, list[Relationship]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether there is a part called `name`."""
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        info = self.names.get(name.lower())
        if info is None:
            refuse(f"is damaged: {name} is missing")
        try:
            with self.archive.open(info) as stream:
                data = stream.read(_MOST_PART_BYTES + 1)
        except _BROKEN_ZIP:
            refuse(f"is damaged: {name} cannot be unpacked")
        self._unpacked += len(data)
        if len(data) > _MOST_PART_BYTES or self._unpacked > _MOST_UNPACKED_BYTES:
            refuse("unpacks to a size that no real one has", "remove large pictures from it")
        return data

    def root(self, name: str) -> etree._Element:
        """The root of an XML part."""
        return parse_part(self.read(name), name)

    def content_type(self, name: str) -> str:
        """The content type of a part; empty when it has none."""
        override = self.overrides.get(name.lower())
        return override or self.defaults.get(name.rpartition(".")[2].lower(), "")

    def relationships(self, source: str) -> list[Relationship]:
        """The relationships of a part (`""`: of the package), targets as names of parts."""
        known = self._ties.get(source)
        if known is not None:
            return known
        folder, _, file = source.rpartition("/")
        name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        found = self._ties[source] = []
        if not self.has(name):
            return found
        for element in self.root(name).iter(f"{{{_PACKAGE_NS}/relationships}}Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                whole = unquote(target.partition("#")[0])
                target = normpath(join("/" + dirname(source), whole)).lstrip("/")
            found.append(
                Relationship(element.get("Id", ""), element.get("Type", ""), target, external)
            )
        return found

    def related(self, source: str, kind: str) -> str:
        """The part that `source` is tied to by a relationship of `kind`, or an empty name."""
        for relationship in self.relationships(source):
            if relationship.type == office(kind) and not relationship.external:
                return relationship.target if self.has(relationship.target) else ""
        return ""


def open_house(data: bytes) -> HousePackage:
    """Open a .docx or .dotx. Raises `InputError` for whatever cannot be used as one."""
    if data.startswith(_COMPOUND_FILE):
        refuse("is encrypted, or in the old .doc format", f"{_SAVE_AGAIN}, without a password")
    if len(data) > _MOST_BYTES:
        refuse(f"is larger than {_MOST_BYTES // 2**20} MB", "remove large pictures from it")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        infos = archive.infolist()
    except _BROKEN_ZIP:
        refuse("is not a Word document, or damaged")
    if len(infos) > _MOST_PARTS:
        refuse(f"has more than {_MOST_PARTS:,} parts")
    names = {info.filename.lower(): info for info in infos}
    if len(names) != len(infos):
        refuse("is damaged: two of its parts have the same name")
    house = HousePackage(archive, names)
    if not house.has("[Content_Types].xml"):
        refuse("is not a Word document")
    for element in house.root("[Content_Types].xml"):
        kind = element.get("ContentType", "") if isinstance(element.tag, str) else ""
        if element.get("Extension"):
            house.defaults[element.get("Extension", "").lower()] = kind
        elif element.get("PartName"):
            house.overrides[element.get("PartName", "").lstrip("/").lower()] = kind
    _find_main(house)
    return house


def _find_main(house: HousePackage) -> None:
    for relationship in house.relationships(""):
        if relationship.type.startswith(_STRICT):
            refuse("is in the Strict Open XML format")
        if relationship.type == office("officeDocument") and not relationship.external:
            house.main = relationship.target
    if not house.main or not house.has(house.main):
        refuse("is not a Word document")
    kind = house.content_type(house.main)
    every = [*house.defaults.values(), *house.overrides.values()]
    if "macroEnabled" in kind or any("vbaProject" in known for known in every):
        refuse("has macros", "save it as a template or document without macros (.dotx or .docx)")
    if kind not in _MAIN_TYPES:
        refuse("is not a Word document or template")
    if house.root(house.main).tag != f"{{{W}}}document":
        refuse("is in a form of Open XML that Word does not write")
