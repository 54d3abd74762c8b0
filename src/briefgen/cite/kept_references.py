"""References worded once for many briefs, in styles that word each by itself.

In most numeric styles nothing of a reference but its number depends on what else is cited, and
nothing of a citation on more than the numbers. Sixty desks that cite the same sources have each
worded once then: that is most of what Pandoc would have to do for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.brief.model import Inlines
from briefgen.brief.traversal import worded_alike
from briefgen.cite.model import WordedReference
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_REFERENCES = 4000
"""References kept for one style: about 2 kB each."""

_LABEL = lazy_pattern(r"([^\d]*)(\d+)([^\d]*)")


@valueclass(frozen=True, slots=True)
class KeptReference:
    """A reference but for its number, which stands in the label between two affixes."""

    before: str
    after: str
    content: Inlines

    def label(self, number: int) -> str:
        """The label under another number."""
        return f"{self.before}{number}{self.after}"


@lru_cache(maxsize=4)
def kept_references(style: bytes, locale: str, pandoc: str) -> dict[str, KeptReference] | None:
    """The references that a style has worded in this process, by their sources' records.

    They are to be added to by `keep`, and are a build of Pandoc's (`pandoc_stamp`). None for a
    style that does not word each reference by itself.
    """
    return {} if words_references_alone(style) else None


def keep(
    kept: dict[str, KeptReference],
    worded: Iterable[tuple[str, WordedReference]],
    most: int | None = None,
) -> None:
    """Keep references as they were worded, each with its source's record, in their order.

    Beyond `most` of them (None: `MOST_REFERENCES`) those from before are let go.
    """
    for number, (record, reference) in enumerate(worded, start=1):
        label = None if record in kept else _LABEL.fullmatch(reference.label)
        if label and label[2] == str(number) and worded_alike(reference.content):
            if len(kept) >= (MOST_REFERENCES if most is None else most):
                kept.clear()
            kept[record] = KeptReference(label[1], label[3], reference.content)


# --- which styles -------------------------------------------------------------------------------

_NUMBER = "citation-number"
_OF_A_CITATION = frozenset((_NUMBER, "locator"))
_LEANING_VARIABLES = frozenset(("citation-label", "first-reference-note-number", "year-suffix"))
_LEANING_ATTRIBUTES = lazy_pattern("position|disambiguate|givenname|cite-group|subsequent-author")


def words_references_alone(data: bytes) -> bool:
    """Whether a style lists its sources as they are cited, each worded by itself but for a number.

    And whether it words a citation by numbers, places and kinds of documents alone.
    """
    from xml.etree import ElementTree  # a brief by itself needs none of this

    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError):
        return False
    first = root.find("{*}bibliography/{*}layout/*")
    if root.get("class") != "in-text" or root.find("{*}bibliography/{*}sort") is not None:
        return False
    # The number stands in front and as it is, and nowhere else.
    if first is None or _name(first) != "text" or "text-case" in first.attrib:
        return False
    cited, listed = list(_reached(root, "citation")), list(_reached(root, "bibliography"))
    return not any(map(_leans_on_others, (*cited, *listed))) and (
        _variables(first) == {_NUMBER}
        and all(
            _name(e) not in ("names", "date") and _variables(e) <= _OF_A_CITATION for e in cited
        )
        and all(e is first or _OF_A_CITATION.isdisjoint(_variables(e)) for e in listed)
    )


def _leans_on_others(element: Element) -> bool:
    return (
        element.get("collapse", _NUMBER) != _NUMBER
        or any(_LEANING_ATTRIBUTES.match(attribute) for attribute in element.attrib)
        or not _LEANING_VARIABLES.isdisjoint(_variables(element))
    )


def _variables(element: Element) -> set[str]:
    asked = ("variable", "is-numeric", "is-uncertain-date")
    return {name for each in asked for name in element.get(each, "").lower().split()}


def _reached(root: Element, part: str) -> Iterator[Element]:
    """Every element in a part of the style, and in the macros that it calls, each once."""
    macros = {each.get("name", ""): each for each in root.iterfind("{*}macro")}
    waiting = root.findall(f"{{*}}{part}")
    while waiting:
        for element in waiting.pop().iter():
            yield element
            called = macros.pop(element.get("macro", ""), None)
            if called is not None:
                waiting.append(called)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
