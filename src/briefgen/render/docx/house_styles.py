"""A house document's styles, with ours added where it has none. What it defines stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from briefgen.render.docx import look
from briefgen.render.docx.styles import Palette, Style, language_xml, style_xml
from briefgen.render.docx.xml import NAMESPACES, W

_LEAST_CONTRAST = 4.5
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEFAULT_BODY = 20
"""Word's size where nothing says one (ECMA-376 Part 1, 17.3.2.38), half-points."""


def w(name: str) -> str:
    """A name in the main namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


@dataclass(frozen=True, slots=True)
class HouseStyles:
    """The styles part of a house document, as it came: styles added later are not looked up."""

    root: etree._Element
    _by_name: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _by_id: dict[str, etree._Element] = field(default_factory=dict)
    _defaults: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.root.iterchildren(w("style")):
            kind = style.get(w("type"), "paragraph")
            called = style.find(w("name"))
            if called is not None:
                self._by_name.setdefault((kind, called.get(w("val"), "").lower()), style)
            self._by_id.setdefault(style.get(w("styleId"), ""), style)
            if style.get(w("default")) in ("1", "true", "on"):
                self._defaults[kind] = style  # the last one counts (17.7.4.17)

    def find(self, kind: str, name: str) -> etree._Element | None:
        """The style of this kind and name; names are compared without case, as Word does."""
        return self._by_name.get((kind, name.lower()))

    def default(self, kind: str) -> etree._Element | None:
        """The default style of a kind."""
        return self._defaults.get(kind)

    def by_id(self, style_id: str) -> etree._Element | None:
        """The style with this id."""
        return self._by_id.get(style_id)

    def said(self, style: etree._Element | None, path: str, attribute: str) -> str:
        """What a style, or the nearest one that it is based on, says; empty when none does."""
        seen = 0
        while style is not None and seen < 50:  # a chain may be damaged and run in a circle
            for found in style.iterfind(path, {"w": W}):
                value = found.get(w(attribute))
                if value is not None:
                    return str(value)
            based_on = style.find(w("basedOn"))
            style = None if based_on is None else self.by_id(based_on.get(w("val"), ""))
            seen += 1
        return ""

    def body_size(self) -> int:
        """The size of ordinary text in half-points."""
        said = self.said(self.default("paragraph"), "w:rPr/w:sz", "val")
        if not said:
            of_document = self.root.find(
                f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}"
            )
            said = "" if of_document is None else of_document.get(w("val"), "")
        return int(said) if said.isdecimal() and 8 <= int(said) <= 100 else _DEFAULT_BODY

    def set_language(self, language: str) -> None:
        """The whole document is in the brief's language, whatever the house was written in."""
        for said in list(self.root.iter(w("lang"))):
            parent = said.getparent()
            if parent is not None:
                parent.remove(said)
        defaults = self.root.find(w("docDefaults"))
        if defaults is None:
            defaults = etree.Element(w("docDefaults"))
            self.root.insert(0, defaults)
        of_runs = defaults.find(w("rPrDefault"))
        if of_runs is None:
            of_runs = etree.Element(w("rPrDefault"))
            defaults.insert(0, of_runs)
        properties = of_runs.find(w("rPr"))
        if properties is None:
            properties = etree.SubElement(of_runs, w("rPr"))
        later = [
            child
            for child in properties
            if child.tag in (w("eastAsianLayout"), w("specVanish"), w("oMath"))
        ]
        place = properties.index(later[0]) if later else len(properties)
        properties.insert(place, fragment(language_xml(language))[0])

    def ids_for(self, styles: Iterable[Style]) -> tuple[dict[str, str], tuple[Style, ...]]:
        """The id of each of our styles in this document, and those that it lacks."""
        taken = set(self._by_id)
        ids: dict[str, str] = {}
        lacking: list[Style] = []
        for style in styles:
            found = self.default(style.kind) if style.default else None
            if found is None:
                found = self.find(style.kind, style.name)
            if found is not None and found.get(w("styleId")):
                ids[style.id] = str(found.get(w("styleId")))
                continue
            id_ = style.id
            while id_ in taken:
                id_ += "Briefing"
            taken.add(id_)
            ids[style.id] = id_
            lacking.append(style)
        return ids, tuple(lacking)

    def add(
        self, lacking: Iterable[Style], ids: Mapping[str, str], numbers: Mapping[str, int]
    ) -> None:
        """Add the styles that the house lacks."""
        xml = "".join(style_xml(style, ids, numbers) for style in lacking)
        self.root.extend(fragment(xml))


def fragment(xml: str) -> list[etree._Element]:
    """Our own XML as elements."""
    return list(etree.fromstring(f"<w:any {NAMESPACES}>{xml}</w:any>"))


def house_palette(theme: etree._Element | None, body: int) -> Palette:
    """Our palette in the house's first accent colour, if that can be read on white paper."""
    if theme is None:
        return Palette(follows_theme=False, fonts_follow_theme=False, body=body)
    accent = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}accent1/{_DRAWING}srgbClr")
    colour = "" if accent is None else accent.get("val", "").upper()
    if len(colour) != 6 or any(c not in "0123456789ABCDEF" for c in colour):
        colour = ""
    if not colour or contrast_with_white(colour) < _LEAST_CONTRAST:
        return Palette(follows_theme=False, body=body)
    return Palette(accent=colour, tint=_tint(colour), body=body)


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour (`RRGGBB`) with white, from 1 to 21 (WCAG 2.2)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in bytes.fromhex(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _tint(colour: str) -> str:
    """A colour thinned to seven per cent, as Word's tint 12 (hexadecimal) does."""
    return "".join(
        f"{round(255 - (255 - channel) * look.TINT_SHARE):02X}" for channel in bytes.fromhex(colour)
    )
