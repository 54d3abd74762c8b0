"""A house document's parts, made fit to travel: pictures and fonts along, outside ties cut.

What a part ties to inside the file (pictures, fonts) comes along. Ties to outside are cut, links
that a reader clicks aside: a picture or template fetched from an address when the document opens
would tell that address who reads it. Fields that fetch or run things are reduced to their result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from briefgen.patterns import lazy_pattern
from briefgen.render.docx.house_package import HousePackage
from briefgen.render.docx.links import link_address
from briefgen.render.docx.package import Part, Relationship, office
from briefgen.render.docx.xml import R, W

_CARRIED = frozenset((office("image"), office("font")))
_CORE_PROPERTIES_STORES = frozenset(
    ("{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "{6668398D-A668-4E3E-A5EB-62B293D839F1}")
)
"""Where Word keeps title, author and the like ([MS-OI29500] 2.1.389): what binds to it stays."""

_FETCHING_FIELD = lazy_pattern(
    r"\s*\\?\s*(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|MACROBUTTON"
    r"|DATABASE|RD|GOTOBUTTON|PRINT|CONTROL|HTMLCONTROL|MERGEFIELD|ASK|FILLIN)\b",
    re.IGNORECASE,
)
_DROPPED = frozenset(
    f"{{{W}}}{name}"
    for name in (
        "altChunk", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "commentReference", "control", "object", "subDoc", "permStart", "permEnd",
        "footnoteReference", "endnoteReference",
    )
)  # fmt: skip
_GRAPHICS = frozenset(f"{{{W}}}{name}" for name in ("drawing", "pict", "object"))
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_OFFICE_RELATION = f"{{{_OFFICE}}}relid"


@dataclass(slots=True)
class Carrier:
    """Carries parts over from a house document, with what they need."""

    house: HousePackage
    parts: list[Part] = field(default_factory=list)
    """Pictures and fonts that came along."""
    left_out: set[str] = field(default_factory=set)
    """What could not come, in words."""
    _names: dict[str, str] = field(default_factory=dict)

    def carry(self, source: str) -> tuple[etree._Element, list[Relationship]]:
        """The root of the part `source`, cleaned, and the relationships that it keeps."""
        root = self.house.root(source)
        kept: list[Relationship] = []
        for tie in self.house.relationships(source):
            if tie.external:
                address = link_address(tie.target) if tie.type == office("hyperlink") else ""
                if address:
                    kept.append(Relationship(tie.id, tie.type, address, external=True))
            elif tie.type in _CARRIED and self.house.has(tie.target):
                name = self._carry_binary(tie)
                if name:
                    kept.append(Relationship(tie.id, tie.type, name))
        self.clean(root, {tie.id for tie in kept})
        return root, kept

    def _carry_binary(self, tie: Relationship) -> str:
        known = self._names.get(tie.target.lower())
        if known is not None:
            return known
        kind = self.house.content_type(tie.target)
        folder = "media" if tie.type == office("image") else "fonts"
        wanted = ("image/",) if folder == "media" else ("application/", "font/")
        name = ""
        if kind.startswith(wanted):
            suffix = re.sub("[^a-z0-9]", "", tie.target.rpartition(".")[2].lower()) or "bin"
            name = f"word/{folder}/house{len(self.parts) + 1}.{suffix}"
            self.parts.append(Part(name, kind, self.house.read(tie.target)))
        self._names[tie.target.lower()] = name
        return name

    def clean(self, root: etree._Element, kept: set[str]) -> None:
        """Take out of `root` what may not travel, and every tie but those `kept`."""
        for element in list(root.iter(*_DROPPED)):
            if element.tag in _GRAPHICS:
                self.left_out.add("embedded object")
            _remove(element)
        for element in list(root.iter(f"{{{W}}}dataBinding")):
            if element.get(f"{{{W}}}storeItemID") not in _CORE_PROPERTIES_STORES:
                _remove(element)
        for element in list(root.iter(f"{{{_VML}}}*")):
            for name in ("src", "href", f"{{{_OFFICE}}}href"):
                element.attrib.pop(name, "")
        tied = root.xpath("//*[@r:* or @o:relid]", namespaces={"r": R, "o": _OFFICE})
        for found in tied if isinstance(tied, list) else ():
            if isinstance(found, etree._Element):
                self._cut_ties(found, kept)
        self._reduce_fields(root)

    def _cut_ties(self, element: etree._Element, kept: set[str]) -> None:
        for name, value in list(element.attrib.items()):
            is_tie = str(name).startswith(f"{{{R}}}") or name == _OFFICE_RELATION
            if not is_tie or value in kept or not value:
                continue
            local = etree.QName(element).localname
            if local == "hyperlink":
                del element.attrib[name]
            elif local == "hlinkClick" or local == "hlinkHover":
                _remove(element)
            elif local == "blip" and any(
                element.get(f"{{{R}}}{other}") in kept for other in ("embed", "link")
            ):
                del element.attrib[name]
            else:
                self.left_out.add("linked picture or object")
                _remove(_graphic_around(element))
                return

    def _reduce_fields(self, root: etree._Element) -> None:
        """Take the machinery off fields that fetch or run things; their results stay."""
        for simple in list(root.iter(f"{{{W}}}fldSimple")):
            if _FETCHING_FIELD.match(simple.get(f"{{{W}}}instr", "")):
                self.left_out.add("field that fetches or runs something")
                _unwrap(simple)
        open_fields: list[tuple[list[etree._Element], list[str]]] = []
        for element in list(root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText")):
            if element.tag == f"{{{W}}}instrText":
                if open_fields:
                    open_fields[-1][0].append(element)
                    open_fields[-1][1].append(element.text or "")
                continue
            kind = element.get(f"{{{W}}}fldCharType")
            if kind == "begin":
                open_fields.append(([element], []))
            elif open_fields:
                open_fields[-1][0].append(element)
                if kind == "end":
                    machinery, instruction = open_fields.pop()
                    if _FETCHING_FIELD.match("".join(instruction)):
                        self.left_out.add("field that fetches or runs something")
                        for piece in machinery:
                            _remove(piece)


def _graphic_around(element: etree._Element) -> etree._Element:
    for ancestor in element.iterancestors():
        if ancestor.tag in _GRAPHICS:
            return ancestor
    return element


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(place + 1, child)
        parent.remove(element)
