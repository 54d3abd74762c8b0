"""XML as text: escaping, and the namespaces of WordprocessingML (ECMA-376 Part 1).

The body is built as strings and parsed once, not as a tree: for a brief of 5,000 entries that
takes a fifth of the time. Every string from the model passes through `escape` or `attribute`, here
and nowhere else.
"""

from __future__ import annotations

from functools import lru_cache

from docx.oxml.parser import parse_xml
from lxml import etree

from briefgen.patterns import lazy_pattern

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'

_CANNOT_HOLD = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The few are named, not the many that can be: a class takes its time by what it names."""
USUAL = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0–—‘’“”…▲éöü£€")
"""Characters of nearly all texts: for them no pattern is compiled."""
_HOLDABLE = set(USUAL)
"""Characters seen to be holdable."""


def holdable(text: str) -> str:
    """`text` with every character that XML 1.0 (2.2) cannot hold made U+FFFD.

    The reader of the base refuses such characters; this keeps a stray one from breaking the file.
    """
    if _HOLDABLE.issuperset(text):
        return text
    held = _CANNOT_HOLD.sub("\ufffd", text)
    if held == text:
        _HOLDABLE.update(text)
    return held


def w(name: str) -> str:
    """A name in the main namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


def is_on(said: str) -> bool:
    """Whether a switch with this value is on (ST_OnOff, 17.17.4)."""
    return said not in ("0", "false", "off")


def value_of(element: etree._Element, name: str) -> str:
    """What the child of that name has as its `w:val`; empty where it is lacking."""
    found = element.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def elements(xml: str) -> list[etree._Element]:
    """Our own XML, as many elements as it is, in python-docx's classes."""
    return list(parse_xml(f"<w:any {NAMESPACES}>{xml}</w:any>"))


def as_text(element: etree._Element) -> str:
    """An element as XML, reduced to the main namespace: later Word's extensions stay behind."""
    attributes = "".join(
        f' w:{etree.QName(name).localname}="{attribute(str(value))}"'
        for name, value in element.attrib.items()
        if str(name).startswith(w(""))
    )
    if element.get(SPACE):
        attributes += f' xml:space="{attribute(element.get(SPACE, ""))}"'
    name = etree.QName(element).localname
    inside = escape(element.text or "") if name in ("t", "instrText") else ""
    inside += "".join(
        as_text(child)
        for child in element.iterchildren(etree.Element)
        if str(child.tag).startswith(w(""))
    )
    return f"<w:{name}{attributes}>{inside}</w:{name}>" if inside else f"<w:{name}{attributes}/>"


def escape(text: str) -> str:
    """`text` as element content."""
    return holdable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4096)
def attribute(text: str) -> str:
    """`text` as a double-quoted attribute's value; line breaks and tabs become spaces."""
    flat = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return escape(flat).replace('"', "&quot;")
