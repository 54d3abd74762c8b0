"""Parts of somebody's document made fit to travel: ties to outside cut.

Links that a reader clicks stay. A picture or template fetched from an address when the document
opens would tell that address who reads it. Fields that fetch or run things are reduced to their
result.
"""

from __future__ import annotations

import re
from collections.abc import Container

from lxml import etree

from briefgen.patterns import lazy_pattern
from briefgen.render.docx.xml import R, w

_CORE_PROPERTIES_STORES = frozenset(
    ("{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "{6668398D-A668-4E3E-A5EB-62B293D839F1}")
)
"""Where Word keeps title, author and the like ([MS-OI29500] 2.1.389): what binds to it stays."""

_FETCHING_FIELD = lazy_pattern(
    r"\s*+\\?\s*+(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|MACROBUTTON"
    r"|DATABASE|RD|GOTOBUTTON|PRINT|CONTROL|HTMLCONTROL|MERGEFIELD|ASK|FILLIN)\b",
    re.IGNORECASE,
)
_DROPPED = frozenset(
    w(name)
    for name in (
        "altChunk", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "commentReference", "control", "object", "subDoc", "permStart", "permEnd",
        "footnoteReference", "endnoteReference",
    )
)  # fmt: skip
_GRAPHICS = frozenset(map(w, ("drawing", "pict", "object")))
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_OFFICE_RELATION = f"{{{_OFFICE}}}relid"
_TIED = etree.XPath("//*[@r:* or @o:relid]", namespaces={"r": R, "o": _OFFICE})


def cleaned(root: etree._Element, kept: Container[str]) -> set[str]:
    """Take out of `root` what may not travel, and every tie but those whose ids are `kept`.

    Gives back what was left out, in words.
    """
    left_out = set()
    for element in list(root.iter(*_DROPPED)):
        if element.tag in _GRAPHICS:
            left_out.add("embedded object")
        remove(element)
    for element in list(root.iter(w("dataBinding"))):
        if element.get(w("storeItemID")) not in _CORE_PROPERTIES_STORES:
            remove(element)
    for element in list(root.iter(f"{{{_VML}}}*")):
        for name in ("src", "href", f"{{{_OFFICE}}}href"):
            element.attrib.pop(name, "")
    tied = _TIED(root)
    for found in tied if isinstance(tied, list) else ():
        if isinstance(found, etree._Element) and _cut_ties(found, kept):
            left_out.add("linked picture or object")
    if _reduce_fields(root):
        left_out.add("field that fetches or runs something")
    return left_out


def _cut_ties(element: etree._Element, kept: Container[str]) -> bool:
    """Cut the ties of an element that are not `kept`; whether its picture or object went too."""
    for name, value in list(element.attrib.items()):
        is_tie = str(name).startswith(f"{{{R}}}") or name == _OFFICE_RELATION
        if not is_tie or value in kept or not value:
            continue
        local = etree.QName(element).localname
        if local == "hyperlink":
            del element.attrib[name]
        elif local in ("hlinkClick", "hlinkHover"):
            remove(element)
        elif local == "blip" and any(
            element.get(f"{{{R}}}{other}") in kept for other in ("embed", "link")
        ):
            del element.attrib[name]
        else:
            remove(next(element.iterancestors(*_GRAPHICS), element))
            return True
    return False


def _reduce_fields(root: etree._Element) -> bool:
    """Take the machinery off fields that fetch or run things; their results stay. Whether any
    did.
    """
    found = False
    for simple in list(root.iter(w("fldSimple"))):
        if _FETCHING_FIELD.match(simple.get(w("instr"), "")):
            found = True
            unwrap(simple)
    open_fields: list[tuple[list[etree._Element], list[str]]] = []
    for element in list(root.iter(w("fldChar"), w("instrText"))):
        kind = element.get(w("fldCharType"))
        if element.tag == w("fldChar") and kind == "begin":
            open_fields.append(([element], []))
        elif open_fields:
            machinery, instruction = open_fields[-1]
            machinery.append(element)
            if element.tag == w("instrText"):
                instruction.append(element.text or "")
            elif kind == "end":
                open_fields.pop()
                if _FETCHING_FIELD.match("".join(instruction)):
                    found = True
                    for piece in machinery:
                        remove(piece)
    return found


def remove(element: etree._Element) -> None:
    """Take an element out, if it has not gone with others."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(wrapper: etree._Element, content: etree._Element | None = None) -> None:
    """What is in `content`, which is in a wrapper or the wrapper itself, in place of it."""
    parent = wrapper.getparent()
    if parent is not None:
        place = parent.index(wrapper)
        for child in reversed(list(wrapper if content is None else content)):
            parent.insert(place + 1, child)
        parent.remove(wrapper)
