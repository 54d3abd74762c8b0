"""One look through a style's XML: what it says of itself, and whether it is sound CSL 1.0.

CSL 1.0.2: https://docs.citationstyles.org.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"

MAX_STYLE_BYTES = 4_000_000
"""Largest style read. The largest of the shipped ones is under a quarter of a megabyte."""

MAX_STEPS = 50_000
"""Most elements that one reference may come by, its macros followed; shipped styles: 5,000."""


class StyleRefused(Exception):
    """Why a file is no usable style: what is wrong and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint


@dataclass(slots=True)
class _Element:
    """An element of a macro, as far as it says how much is to be done."""

    name: str
    macro: str | None
    """The macro that it calls."""
    inside: list[_Element] = field(default_factory=list)


@dataclass(slots=True)
class StyleHead:
    """What a style says of itself."""

    data: bytes
    """All of it, UTF-8 without a byte order mark."""
    title: str = ""
    style_class: str = ""
    citation_format: str = ""
    default_locale: str = ""
    parent: str = ""
    """The address of the style that it depends on; empty for one that stands by itself."""
    has_citation: bool = False
    has_bibliography: bool = False
    macros: dict[str, list[_Element]] = field(default_factory=dict)
    """What each macro holds; under "" citation and bibliography."""


def inspect_style(data: bytes, *, trusted: bool = False) -> StyleHead:
    """Read what a style says of itself, and refuse what is no sound CSL 1.0 style.

    `trusted` leaves out the check that its macros end and stay within bounds.
    """
    from xml.parsers import expat

    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        is_utf_8 = "\0" not in data.decode()  # UTF-16 without its mark has one in each character
    except UnicodeDecodeError:
        is_utf_8 = False
    if not is_utf_8:
        raise StyleRefused("the style is not UTF-8", "save it as UTF-8")
    head = StyleHead(data)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[str] = []
    open_elements: list[_Element] = []
    text: list[str] = []

    def refuse_doctype(*_: object) -> None:
        raise StyleRefused(
            "the style declares a document type or entities, which CSL has no use for",
            "remove the <!DOCTYPE …> declaration",
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        depth = len(stack)
        stack.append(local)
        if depth > 200:
            raise StyleRefused("the style is nested without end", "give a CSL file")
        if depth == 0:
            if local != "style" or namespace != CSL_NAMESPACE:
                raise StyleRefused(
                    f"this is no CSL style: its outermost element is <{local}>",
                    "give a .csl file of CSL 1.0, such as Zotero's",
                )
            head.style_class = attributes.get("class", "")
            head.default_locale = attributes.get("default-locale", "").strip()
        elif depth == 1:
            head.has_citation = head.has_citation or local == "citation"
            head.has_bibliography = head.has_bibliography or local == "bibliography"
        elif stack[1] == "info":
            if local == "link" and attributes.get("rel") == "independent-parent":
                head.parent = attributes.get("href", "").strip() or "(nothing)"
            elif local == "category" and "citation-format" in attributes:
                head.citation_format = attributes["citation-format"]
            elif local == "title" and depth == 2:
                parser.CharacterDataHandler = text.append
        if not trusted and depth and stack[1] in ("macro", "citation", "bibliography"):
            element = _Element(local, attributes.get("macro"))
            if open_elements:
                open_elements[-1].inside.append(element)
            else:
                macro = attributes.get("name", "") if local == "macro" else ""
                head.macros.setdefault(macro, []).append(element)
            open_elements.append(element)

    def end(name: str) -> None:
        stack.pop()
        if open_elements:
            open_elements.pop()
        if parser.CharacterDataHandler is not None:
            parser.CharacterDataHandler = None
            head.title = " ".join("".join(text).split())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise StyleRefused(
            f"not well-formed XML, line {error.lineno}: {expat.errors.messages[error.code]}",
            "get the .csl file anew",
        ) from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or is none
        raise StyleRefused(str(error), "save the .csl file as UTF-8") from None
    if head.parent:
        return head
    if not head.has_citation:
        raise StyleRefused("the style has no <citation> element", "give a complete CSL style")
    if not trusted:
        _check_macros(head)
    return head


def _check_macros(head: StyleHead) -> None:
    """Refuse macros that call themselves, or that have more done than any sensible style.

    Of a `choose`, one branch is taken.
    """
    totals: dict[str, int] = {}
    above: list[str] = []

    def total(macro: str) -> int:
        if macro in above:
            raise StyleRefused(f"the macro {macro!r} calls itself", "mend the style")
        if macro not in totals:
            if macro not in head.macros:
                raise StyleRefused(
                    f"the style calls a macro {macro!r} that it lacks", "mend the style"
                )
            if len(above) > 150:
                raise StyleRefused("the style's macros are nested without end", "mend the style")
            above.append(macro)
            totals[macro] = sum(map(weight, head.macros[macro]))
            above.pop()
        return totals[macro]

    def weight(element: _Element) -> int:
        inside = map(weight, element.inside)
        most = max(inside, default=0) if element.name == "choose" else sum(inside)
        return 1 + most + (0 if element.macro is None else total(element.macro))

    try:
        steps = total("")
    except RecursionError:
        raise StyleRefused("the style is nested without end", "give a CSL file") from None
    if steps > MAX_STEPS:
        raise StyleRefused("the style's macros multiply beyond any sensible size", "mend the style")
