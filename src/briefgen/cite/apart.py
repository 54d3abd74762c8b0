"""Styles that word each reference by itself, so that it is worded once for many briefs.

In most numeric styles nothing of a reference's entry but its number depends on what else is
cited, and nothing of a citation on more than the numbers. Sixty desks that cite the same sources
have each worded once then. What makes a style so is told from its elements and attributes: a list
of what is harmless, so that whatever is not on it settles the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from briefgen.patterns import lazy_pattern

Element = ElementTree.Element

_STUB_BIBLIOGRAPHY = b'<bibliography><layout><text value="x"/></layout></bibliography>'

_NUMBER = "citation-number"
_CITED_VARIABLES = frozenset((_NUMBER, "locator"))
_CITED_ELEMENTS = frozenset(
    ("citation", "macro", "layout", "sort", "key", "group", "choose", "if", "else-if", "else",
     "text", "number", "label")
)  # fmt: skip
_CITED_CONDITIONS = frozenset(("match", "type", "locator", "variable", "is-numeric"))
_CITATION_ATTRIBUTES = frozenset(
    ("collapse", "after-collapse-delimiter", "et-al-min", "et-al-use-first", "near-note-distance")
)
_LEANING_VARIABLES = frozenset(
    ("citation-label", "first-reference-note-number", "year-suffix", "locator")
)
_LEANING_ATTRIBUTES = frozenset(("position", "disambiguate", "locator"))
_BIBLIOGRAPHY_ATTRIBUTES = frozenset(
    ("second-field-align", "hanging-indent", "entry-spacing", "line-spacing", "et-al-min",
     "et-al-use-first", "et-al-use-last", "delimiter-precedes-et-al", "delimiter-precedes-last",
     "and", "initialize", "initialize-with", "sort-separator", "name-as-sort-order")
)  # fmt: skip
_PLAIN_NUMBER = frozenset(
    ("variable", "prefix", "suffix", "font-weight", "font-style", "font-variant",
     "vertical-align", "text-decoration", "display")
)  # fmt: skip

_LABEL = lazy_pattern(r"([^\d]*)(\d+)([^\d]*)")


def words_references_apart(data: bytes) -> bool:
    """Whether a style lists its sources as they are cited, each worded by itself but for a number.

    And whether it words a citation by numbers, places and kinds of documents alone.
    """
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return False
    if root.get("class") != "in-text":
        return False
    return _citation_is_numbers(root) and _bibliography_is_plain(root)


def around_number(label: str, number: int) -> tuple[str, str] | None:
    """What stands in a reference's label before and behind its number; None if more digits do."""
    match = _LABEL.fullmatch(label)
    if match is None or match.group(2) != str(number):
        return None
    return match.group(1), match.group(3)


def without_bibliography(data: bytes) -> bytes:
    """The style with a list of references that says nothing: where all are worded already."""
    start = re.search(rb"<bibliography\b", data)
    end = data.find(b"</bibliography>")
    if start is None or end < 0:
        return data
    return data[: start.start()] + _STUB_BIBLIOGRAPHY + data[end + len(b"</bibliography>") :]


def _citation_is_numbers(root: Element) -> bool:
    for element in root:
        if _name(element) == "citation":
            if not _CITATION_ATTRIBUTES.issuperset(element.attrib):
                return False
            if element.get("collapse", _NUMBER) != _NUMBER:
                return False
    for element in _reached(root, "citation"):
        name = _name(element)
        if name not in _CITED_ELEMENTS:
            return False
        if name in ("if", "else-if") and not _CITED_CONDITIONS.issuperset(element.attrib):
            return False
        if name == "key" and element.get("variable") != _NUMBER:
            return False
        if not _CITED_VARIABLES.issuperset(_variables(element)):
            return False
    return True


def _bibliography_is_plain(root: Element) -> bool:
    found = [element for element in root if _name(element) == "bibliography"]
    if len(found) != 1 or not _BIBLIOGRAPHY_ATTRIBUTES.issuperset(found[0].attrib):
        return False
    layout = [element for element in found[0] if _name(element) == "layout"]
    if len(found[0]) != 1 or not layout or not len(layout[0]):
        return False
    first = layout[0][0]
    # The number stands in front and as it is, and nowhere else.
    if _name(first) != "text" or first.get("variable") != _NUMBER:
        return False
    if not _PLAIN_NUMBER.issuperset(first.attrib):
        return False
    for element in _reached(root, "bibliography"):
        used = _variables(element)
        if _NUMBER in used and element is not first:
            return False
        if not _LEANING_VARIABLES.isdisjoint(used):
            return False
        if not _LEANING_ATTRIBUTES.isdisjoint(element.attrib):
            return False
    return True


def _variables(element: Element) -> list[str]:
    return [
        variable.lower()
        for attribute in ("variable", "is-numeric", "is-uncertain-date")
        for variable in element.get(attribute, "").split()
    ]


def _reached(root: Element, part: str) -> Iterator[Element]:
    """Every element in a part of the style, and in the macros that it calls, each once."""
    macros = {each.get("name", ""): each for each in root if _name(each) == "macro"}
    waiting = [each for each in root if _name(each) == part]
    called: set[str] = set()
    while waiting:
        for element in waiting.pop().iter():
            yield element
            name = element.get("macro", "")
            if name in macros and name not in called:
                called.add(name)
                waiting.append(macros[name])


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
