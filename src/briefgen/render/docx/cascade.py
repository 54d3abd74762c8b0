"""What styles, numbering and direct formatting come to (ECMA-376 Part 1, 17.7.2).

Only what takes room: typefaces and sizes, distances and indents, what stays together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from lxml import etree

from briefgen.render.docx.numbering import level_of
from briefgen.render.docx.styles import chain_of
from briefgen.render.docx.widths import twips
from briefgen.render.docx.xml import attribute, elements, is_on, w
from briefgen.whole_numbers import whole_number

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEFAULT_SIZE = 20
"""Half-points (17.3.2.38)."""
_DEFAULT_FAMILY = "Times New Roman"
_EIGHTHS = 2.5
"""Twips in an eighth of a point, in which borders are measured."""
_AUTO_SPACE = 280
"""What Word makes of automatic space above or below a paragraph: 14 points."""

Rule = Literal["auto", "exact", "atLeast"]
_RULES: Mapping[str, Rule] = {"auto": "auto", "exact": "exact", "atLeast": "atLeast"}


class RunLook(NamedTuple):
    """What decides how wide and high a run is. `size` is half-points, `spacing` twips."""

    family: str
    size: int
    bold: bool = False
    italic: bool = False
    caps: bool = False
    small_caps: bool = False
    spacing: int = 0
    raised: bool = False
    """Above or below the line, and smaller."""
    hidden: bool = False
    stretch: int = 100
    """Per cent of its own width."""


class Border(NamedTuple):
    """One side of a paragraph's frame, in twips."""

    said: tuple[str, ...]
    """Kind, width and colour: frames that say the same are drawn as one."""
    room: int
    """Its own width and its distance from the text."""


class Tab(NamedTuple):
    """A tab stop, in twips from the margin."""

    at: int
    kind: str


class ParagraphLook(NamedTuple):
    """What decides how much room a paragraph takes. Lengths are twips."""

    style: str
    run: RunLook
    before: int = 0
    after: int = 0
    line: int = 240
    rule: Rule = "auto"
    left: int = 0
    right: int = 0
    first: int = 0
    """The first line's indent from `left`; negative where it hangs."""
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    widows: bool = True
    """Whether no line stands alone at the end or beginning of a page."""
    contextual: bool = False
    """No space between it and a neighbour of the same style."""
    top: Border | None = None
    bottom: Border | None = None
    sides: tuple[tuple[str, ...], ...] = ()
    tabs: tuple[Tab, ...] = ()
    listed: bool = False
    """Whether a bullet or number stands in the room in which its first line hangs."""


class Cascade:
    """The styles of one document."""

    def __init__(
        self,
        styles: etree._Element,
        numbering: etree._Element | None,
        theme: etree._Element | None,
    ) -> None:
        self._numbering = numbering
        self._theme = _theme_fonts(theme)
        self._styles = {
            style.get(w("styleId"), ""): style for style in styles.iterchildren(w("style"))
        }
        self._default = {
            style.get(w("type"), "paragraph"): style.get(w("styleId"), "")
            for style in styles.iterchildren(w("style"))
            if is_on(style.get(w("default"), "0"))
        }
        self._of_document = (
            styles.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}"),
            styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"),
        )
        self._paragraphs: dict[object, ParagraphLook] = {}
        self._runs: dict[object, RunLook] = {}

    # --- paragraphs --------------------------------------------------------------------------

    def paragraph(self, properties: etree._Element | None, table_style: str = "") -> ParagraphLook:
        """The look of a paragraph with these `w:pPr`, in a table of this style if it is in one."""
        key = (b"" if properties is None else etree.tostring(properties), table_style)
        known = self._paragraphs.get(key)
        if known is None:
            known = self._paragraphs[key] = self._make(properties, table_style)
        return known

    def style(self, style_id: str) -> ParagraphLook:
        """The look of a paragraph that has this style and says nothing itself."""
        (said,) = elements(f'<w:pPr><w:pStyle w:val="{attribute(style_id)}"/></w:pPr>')
        return self.paragraph(said)

    def _make(self, properties: etree._Element | None, table_style: str) -> ParagraphLook:
        named = None if properties is None else properties.find(w("pStyle"))
        style = self._default.get("paragraph", "") if named is None else named.get(w("val"), "")
        if style not in self._styles:
            style = self._default.get("paragraph", "")
        said: dict[str, Any] = {}
        run: dict[str, Any] = {}
        tabs: dict[int, str] = {}
        apply = [(self._of_document[0], self._of_document[1])]
        chains = [*self._chain(table_style), *self._chain(style)]
        apply += [(each.find(w("pPr")), each.find(w("rPr"))) for each in chains]
        for of_paragraph, of_run in apply:
            self._tell(said, tabs, of_paragraph)
            _tell_run(run, of_run)
        self._tell(said, tabs, properties)
        stops = (Tab(at, kind) for at, kind in sorted(tabs.items()) if kind != "clear")
        return ParagraphLook(style=style, run=self._look(run), tabs=tuple(stops), **said)

    def _chain(self, style_id: str) -> list[etree._Element]:
        return chain_of(self._styles.get(style_id), self._styles)

    def _tell(
        self, said: dict[str, Any], tabs: dict[int, str], properties: etree._Element | None
    ) -> None:
        if properties is None:
            return
        number = properties.find(w("numPr"))
        if number is not None:
            self._tell_level(said, tabs, number)
        for name, key in _SWITCHES.items():
            found = properties.find(w(name))
            if found is not None:
                said[key] = is_on(found.get(w("val"), "1"))
        spacing = properties.find(w("spacing"))
        if spacing is not None:
            _tell_spacing(said, spacing)
        _tell_indent(said, tabs, properties)
        borders = properties.find(w("pBdr"))
        if borders is not None:
            said["top"], said["bottom"] = (
                _border(borders.find(w(side))) for side in ("top", "bottom")
            )
            sides = [_border(borders.find(w(side))) for side in ("left", "right")]
            said["sides"] = tuple(side.said for side in sides if side is not None)

    def _tell_level(
        self, said: dict[str, Any], tabs: dict[int, str], number: etree._Element
    ) -> None:
        """What the level of a numbering says of indents; the paragraph's own word comes after."""
        of = {
            part: found.get(w("val"), "")
            for part in ("numId", "ilvl")
            if (found := number.find(w(part))) is not None
        }
        if self._numbering is None or "numId" not in of:
            return
        said["listed"] = of["numId"] not in ("", "0")
        level = level_of(self._numbering, of["numId"], of.get("ilvl", "0"))
        if level is None:
            return
        properties = level.find(w("pPr"))
        if properties is not None:
            _tell_indent(said, tabs, properties)

    def looks(self) -> Iterator[RunLook]:
        """Of every run and paragraph that was asked for."""
        yield from (look.run for look in self._paragraphs.values())
        yield from self._runs.values()

    # --- runs --------------------------------------------------------------------------------

    def run(self, properties: etree._Element | None, paragraph: ParagraphLook) -> RunLook:
        """The look of a run with these `w:rPr` in a paragraph."""
        if properties is None:
            return paragraph.run
        key = (etree.tostring(properties), paragraph.run)
        known = self._runs.get(key)
        if known is None:
            said: dict[str, Any] = {}
            named = properties.find(w("rStyle"))
            for style in self._chain("" if named is None else named.get(w("val"), "")):
                _tell_run(said, style.find(w("rPr")))
            for toggle in _TOGGLES.values():  # a style within a style turns it round (17.7.3)
                if said.get(toggle) and getattr(paragraph.run, toggle):
                    said[toggle] = False
                elif toggle in said and not said[toggle]:
                    del said[toggle]
            _tell_run(said, properties)
            known = self._runs[key] = self._look(said, paragraph.run)
        return known

    def _look(self, said: Mapping[str, Any], under: RunLook | None = None) -> RunLook:
        told = dict(said)
        themed = told.pop("theme", "")
        if themed and self._theme.get(themed):
            told["family"] = self._theme[themed]
        base = under or RunLook(_DEFAULT_FAMILY, _DEFAULT_SIZE)
        return base._replace(**told)


_SWITCHES = {
    "keepNext": "keep_next",
    "keepLines": "keep_lines",
    "pageBreakBefore": "page_break",
    "widowControl": "widows",
    "contextualSpacing": "contextual",
}
_TOGGLES = {"b": "bold", "i": "italic", "caps": "caps", "smallCaps": "small_caps",
            "vanish": "hidden"}  # fmt: skip


def _tell_spacing(said: dict[str, Any], spacing: etree._Element) -> None:
    for name in ("before", "after"):
        value = spacing.get(w(name))
        if value is not None:
            said[name] = _length(value, 0)
        automatic = spacing.get(w(f"{name}Autospacing"))
        if automatic is not None and is_on(automatic):
            said[name] = _AUTO_SPACE
    line = spacing.get(w("line"))
    if line is not None:
        said["line"] = _length(line, 240)
        said["rule"] = "auto"
    rule = spacing.get(w("lineRule"))
    if rule is not None:
        said["rule"] = _RULES.get(rule, "auto")


def _tell_indent(said: dict[str, Any], tabs: dict[int, str], properties: etree._Element) -> None:
    """Where lines begin and end, and where tabs take them."""
    for tab in properties.iterfind(f"{w('tabs')}/{w('tab')}"):
        tabs[_length(tab.get(w("pos"), ""), 0)] = tab.get(w("val"), "left")
    indent = properties.find(w("ind"))
    if indent is None:
        return
    for names, key in ((("left", "start"), "left"), (("right", "end"), "right")):
        for name in names:
            value = indent.get(w(name))
            if value is not None:
                said[key] = _length(value, 0)
    first, hanging = indent.get(w("firstLine")), indent.get(w("hanging"))
    if hanging is not None:
        said["first"] = -_length(hanging, 0)
    elif first is not None:
        said["first"] = _length(first, 0)


def _length(said: str, otherwise: int) -> int:
    """A measure in twips, which may be negative."""
    return -twips(said[1:], otherwise) if said.startswith("-") else twips(said, otherwise)


def _border(side: etree._Element | None) -> Border | None:
    if side is None or side.get(w("val"), "none") in ("none", "nil"):
        return None
    size, space = side.get(w("sz"), "0"), side.get(w("space"), "0")
    width = round(whole_number(size, 0) * _EIGHTHS)
    if side.get(w("val")) == "double":
        width *= 3
    distance = whole_number(space, 0) * 20
    said = tuple(side.get(w(name), "") for name in ("val", "sz", "color"))
    return Border(said, width + distance)


def _tell_run(said: dict[str, Any], properties: etree._Element | None) -> None:
    if properties is None:
        return
    for name, key in _TOGGLES.items():
        found = properties.find(w(name))
        if found is not None:
            said[key] = is_on(found.get(w("val"), "1"))
    fonts = properties.find(w("rFonts"))
    if fonts is not None:
        themed = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme"))
        family = fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
        if themed:
            said["theme"] = themed
        elif family:
            said["family"] = family
            said.pop("theme", None)
    for name, key in (("sz", "size"), ("spacing", "spacing"), ("w", "stretch")):
        found = properties.find(w(name))
        value = "" if found is None else found.get(w("val"), "").removesuffix("%")
        number = whole_number(value.removeprefix("-"), None)
        if number is not None:
            said[key] = -number if value.startswith("-") else number
    placed = properties.find(w("vertAlign"))
    if placed is not None:
        said["raised"] = placed.get(w("val")) in ("superscript", "subscript")


def _theme_fonts(theme: etree._Element | None) -> Mapping[str, str]:
    """The families behind `minorHAnsi` and its like."""
    found: dict[str, str] = {}
    for kind in () if theme is None else ("major", "minor"):
        latin = theme.find(f".//{_DRAWING}{kind}Font/{_DRAWING}latin")  # type: ignore[union-attr]
        family = "" if latin is None else latin.get("typeface", "")
        if family:
            found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = family
    return found
