"""A document's styles, with ours added where it has none. What it defines stands.

Nothing in the body is dressed by hand that a style can dress, so a person who changes "Heading 1"
changes them all. Built-in styles carry Word's own names ("heading 1", "List Bullet"), by which
Word knows them in every language (ECMA-376 Part 1, 17.7; names in [MS-OI29500] 2.1.230).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import field
from typing import Literal, NamedTuple

from lxml import etree

from briefgen.render.docx import look
from briefgen.render.docx.colours import LEAST_CONTRAST, contrast, theme_colour, tint
from briefgen.render.docx.xml import W, attribute, elements, w
from briefgen.values import valueclass
from briefgen.whole_numbers import whole_number

Tone = Literal["plain", "accent", "warning"]

_DEFAULT_BODY = 20
"""Word's size where nothing says one (ECMA-376 Part 1, 17.3.2.38), half-points."""


class Palette(NamedTuple):
    """What a style of ours takes from the document that it is added to."""

    body: int = look.BODY
    """The size of ordinary text in half-points."""
    has_theme: bool = True
    """Whether there is a theme to take fonts from."""
    accent: str = ""
    """The theme's first accent colour, `RRGGBB`; empty where there is none to be read on white and
    in a box of its own tint."""

    def dress(self, element: etree._Element) -> None:
        """Give `element`, a copy of one of ours, the document's colours, fonts and sizes.

        What is in our accent follows the theme's where it can, and keeps our colour elsewhere.
        """
        thinned = tint(self.accent) if self.accent else ""
        for found in list(element.iter(etree.Element)):
            for theme, tinted in (("themeColor", "themeTint"), ("themeFill", "themeFillTint")):
                follows = found.get(w(theme))
                if follows is None:
                    continue
                if not self.accent or follows != "accent1":  # ours, whatever theirs means
                    found.attrib.pop(w(theme))
                    found.attrib.pop(w(tinted), "")
                else:
                    shown = "fill" if theme == "themeFill" else "color"
                    name = "val" if found.tag == w("color") else shown
                    found.set(w(name), thinned if found.get(w(tinted)) else self.accent)
            if found.tag in (w("sz"), w("szCs")) and self.body != look.BODY:
                size = int(found.get(w("val"), "0"))
                found.set(w("val"), str(round(size * self.body / look.BODY)))
            if found.tag == w("rFonts") and found.get(w("asciiTheme")) and not self.has_theme:
                found.getparent().remove(found)  # type: ignore[union-attr]


def palette_of(theme: etree._Element | None, body: int) -> Palette:
    """What `theme` and the size of ordinary text come to."""
    if theme is None:
        return Palette(body, has_theme=False)
    colour = theme_colour(theme, "accent1")
    read = colour and contrast(colour, tint(colour)) >= LEAST_CONTRAST
    return Palette(body, accent=colour if read else "")


@valueclass(frozen=True, slots=True)
class Styles:
    """The styles of a document."""

    root: etree._Element
    _by_name: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _by_id: dict[str, etree._Element] = field(default_factory=dict)
    _defaults: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._list(self.root.iterchildren(w("style")))

    def _list(self, styles: Iterable[etree._Element]) -> None:
        for style in styles:
            kind, name = style.get(w("type"), "paragraph"), _name_of(style)
            if name:
                self._by_name.setdefault((kind, name), style)
            self._by_id.setdefault(style.get(w("styleId"), ""), style)
            if style.get(w("default")) in ("1", "true", "on"):
                self._defaults[kind] = style  # the last one counts (17.7.4.17)

    def find(self, kind: str, name: str) -> etree._Element | None:
        """The style of this kind and name; names are compared without case, as Word does."""
        return self._by_name.get((kind, name.lower()))

    def by_id(self, style_id: str) -> etree._Element | None:
        """The style with this id."""
        return self._by_id.get(style_id)

    def chain(self, style: etree._Element | None) -> list[etree._Element]:
        """A style and what it is based on, the basis first."""
        return chain_of(style, self._by_id)

    def paragraph_properties(self, style: etree._Element | None) -> list[etree._Element]:
        """The `w:pPr` that a style comes to: the document's, then those of its chain, its own last
        (an empty one where it has none).
        """
        of_document = self.root.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}")
        every = [of_document, *(each.find(w("pPr")) for each in self.chain(style))]
        own = every.pop() if len(every) > 1 else None
        kept = [each for each in every if each is not None]
        return [*kept, etree.Element(w("pPr")) if own is None else own]

    def run_properties(self, style: etree._Element | None) -> list[etree._Element | None]:
        """The `w:rPr` that a style comes to, the last word last."""
        of_document = self.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        return [of_document, *(each.find(w("rPr")) for each in self.chain(style))]

    def said(self, style: etree._Element | None, path: str, attribute: str) -> str:
        """What a style, or the nearest one that it is based on, says; empty when none does."""
        for each in reversed(self.chain(style)):
            for found in each.iterfind(path, {"w": W}):
                value = found.get(w(attribute))
                if value is not None:
                    return str(value)
        return ""

    def number_of(self, style_id: str) -> tuple[str, str]:
        """The `w:numId` and level that a list style carries; the first is empty for none."""
        style = self.by_id(style_id)
        number = self.said(style, "w:pPr/w:numPr/w:numId", "val")
        return number, self.said(style, "w:pPr/w:numPr/w:ilvl", "val") or "0"

    def body_size(self) -> int:
        """The size of ordinary text in half-points."""
        said = self.said(self._defaults.get("paragraph"), "w:rPr/w:sz", "val")
        if not said:
            of_document = self.root.find(
                f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}"
            )
            said = "" if of_document is None else of_document.get(w("val"), "")
        size = whole_number(said, _DEFAULT_BODY)
        return size if 8 <= size <= 100 else _DEFAULT_BODY

    def set_language(self, language: str) -> None:
        """The whole document is in the brief's language, whatever it was written in."""
        for said in list(self.root.iter(w("lang"))):
            said.getparent().remove(said)  # type: ignore[union-attr]
        properties = self.root
        for name in ("docDefaults", "rPrDefault", "rPr"):
            inner = properties.find(w(name))
            if inner is None:
                inner = etree.Element(w(name))
                properties.insert(0, inner)
            properties = inner
        later = properties.iterchildren(w("eastAsianLayout"), w("specVanish"), w("oMath"))
        before = next(later, None)
        code = attribute(language)
        (said,) = elements(f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="{code}"/>')
        if before is None:
            properties.append(said)
        else:
            before.addprevious(said)

    def ids_for(self, ours: Styles) -> tuple[dict[str, str], dict[str, etree._Element]]:
        """The id that each of our styles has in this document, by the id that it has in ours; and
        those that the document lacks.
        """
        taken = set(self._by_id)
        ids: dict[str, str] = {}
        lacking: dict[str, etree._Element] = {}
        for style in ours.root.iterchildren(w("style")):
            key, kind = style.get(w("styleId"), ""), style.get(w("type"), "")
            found = self._defaults.get(kind) if style.get(w("default")) else None
            if found is None:
                found = self.find(kind, _name_of(style))
            if found is not None and found.get(w("styleId")):
                ids[key] = str(found.get(w("styleId")))
                continue
            id_ = key
            while id_ in taken:
                id_ += "Briefing"
            taken.add(id_)
            ids[key] = id_
            lacking[key] = style
        return ids, lacking

    def add(
        self,
        lacking: Mapping[str, etree._Element],
        ids: Mapping[str, str],
        numbers: Mapping[str, int],
        palette: Palette,
    ) -> None:
        """Add copies of our styles that the document lacks. `ids` gives each style's id in it,
        `numbers` the `w:numId` there for each of ours.
        """
        for key, style in lacking.items():
            copy = deepcopy(style)
            palette.dress(copy)
            copy.set(w("styleId"), ids[key])
            for named in copy.iterchildren(w("basedOn"), w("next"), w("link")):
                named.set(w("val"), ids[named.get(w("val"), "")])
            for number in copy.iter(w("numId")):
                number.set(w("val"), str(numbers[number.get(w("val"), "")]))
            self.root.append(copy)
            self._list([copy])

    def set_label_column(self, style_ids: Iterable[str], width: int) -> None:
        """The dated entries of these styles have labels in a column of `width` twips."""
        for style_id in style_ids:
            style = self._by_id[style_id]
            for found in style.iter(w("tab"), w("ind")):
                for name in ("pos", "left", "hanging"):
                    if found.get(w(name)) is not None:
                        found.set(w(name), str(width))


def chain_of(
    style: etree._Element | None, by_id: Mapping[str, etree._Element]
) -> list[etree._Element]:
    """A style and what it is based on among those `by_id`, the basis first."""
    found: list[etree._Element] = []
    while style is not None and style not in found:  # a chain may run in a circle
        found.append(style)
        based_on = style.find(w("basedOn"))
        style = None if based_on is None else by_id.get(based_on.get(w("val"), ""))
    return found[::-1]


def _name_of(style: etree._Element) -> str:
    named = style.find(w("name"))
    return "" if named is None else named.get(w("val"), "").lower()
