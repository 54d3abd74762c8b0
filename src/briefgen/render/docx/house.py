"""A brief on a house document's stationery: its own styles, page and frames, ours for the rest.

The house wins: its styles, page size and margins stand as they are (`brief.paper` is for briefs
without a house). Its text, properties, comments, custom data, attached template and add-ins stay
behind. Two of our styles say where things go in its headers and footers: paragraphs in "Marking",
"Running Title" and "Running Foot" are written anew, so a brief that a person restyled in Word and
saved as a template is a good house document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from briefgen.brief.model import Brief
from briefgen.render.docx import look
from briefgen.render.docx.house_carrier import Carrier
from briefgen.render.docx.house_frames import Frames
from briefgen.render.docx.house_notes import house_note_setting
from briefgen.render.docx.house_numbering import HouseNumbers, read_numbers
from briefgen.render.docx.house_package import open_house, refuse, to_bytes
from briefgen.render.docx.house_styles import HouseStyles, house_palette, w
from briefgen.render.docx.notes import NoteSetting
from briefgen.render.docx.numbering import STYLED
from briefgen.render.docx.package import WORD, Part, Relationship, office
from briefgen.render.docx.stationery import Stationery
from briefgen.render.docx.styles import Palette, briefing_styles, document_defaults
from briefgen.render.docx.theme import SETTINGS_ORDER, font_table_part, settings_part, theme_part
from briefgen.render.docx.xml import NAMESPACES, R, attribute

_WIDER_TYPE = 1.15
"""Room for a house's typeface: Georgia and Verdana run that much wider than Calibri."""
_NARROWEST_TEXT = 2835
"""50 mm: less than that between the margins is no page to write on."""


def house_stationery(
    data: bytes, brief: Brief, words: Mapping[str, str], *, label_column: int, pages: int
) -> Stationery:
    """The stationery that a house document lends. Raises `InputError` when it cannot be used."""
    carrier = Carrier(open_house(data))
    house = carrier.house
    names = {
        kind: house.related(house.main, kind)
        for kind in ("styles", "theme", "numbering", "settings", "fontTable")
    }
    theme = carrier.carry(names["theme"]) if names["theme"] else None
    if names["styles"]:
        styles_root, styles_ties = carrier.carry(names["styles"])
    else:  # nothing to keep: ours, theme and all
        defaults = document_defaults(brief.language)
        styles_root = etree.fromstring(f"<w:styles {NAMESPACES}>{defaults}</w:styles>")
        styles_ties = []
        theme = theme or (etree.fromstring(theme_part().encode()), [])
    styles = HouseStyles(styles_root)
    body = styles.body_size() if names["styles"] else look.BODY
    own_entries = styles.said(styles.find("paragraph", "Dated Entry"), "w:pPr/w:ind", "hanging")
    scale = body / look.BODY * (1 if own_entries else _WIDER_TYPE)
    palette = house_palette(theme[0] if theme else None, body)
    ours = briefing_styles(palette, round(label_column * scale))
    ids, lacking = styles.ids_for(ours)
    numbers = read_numbers(carrier, names["numbering"], styles, ids, lacking, palette.accent_colour)
    styles.add(lacking, ids, numbers.fresh().ids)
    styles.set_language(brief.language)
    document = house.root(house.main)
    page = _page(document, brief)
    settings = _settings(carrier, names["settings"])
    notes = house_note_setting(brief, carrier, names["settings"])
    if notes is not None:
        settings |= (notes.settings,)

    parts = [
        Part("word/styles.xml", f"{WORD}.styles+xml", to_bytes(styles.root), styles_ties),
    ]
    relationships = [_tie("styles", parts[0])]

    def keep(kind: str, part: Part) -> None:
        parts.append(part)
        relationships.append(_tie(kind, part))

    if theme:
        kind = "application/vnd.openxmlformats-officedocument.theme+xml"
        keep("theme", Part("word/theme/theme1.xml", kind, to_bytes(theme[0]), theme[1]))
    if names["fontTable"]:
        root, ties = carrier.carry(names["fontTable"])
        keep("fontTable", Part("word/fontTable.xml", f"{WORD}.fontTable+xml", to_bytes(root), ties))
    else:
        keep(
            "fontTable",
            Part("word/fontTable.xml", f"{WORD}.fontTable+xml", font_table_part().encode()),
        )
    frames = Frames(carrier, document, brief, words, ids, page.width, pages)
    made, title_page = frames.make("evenAndOddHeaders" in settings)
    references = []
    for number, (element, pages_meant, xml, ties) in enumerate(made, start=1):
        part = Part(f"word/{element}{number}.xml", f"{WORD}.{element}+xml", xml, ties)
        parts.append(part)
        relationships.append(Relationship(f"{element}{number}", office(element), part.name))
        references.append(
            f'<w:{element}Reference w:type="{pages_meant}" r:id="{element}{number}"/>'
        )
    if not frames.from_house:
        settings.pop("evenAndOddHeaders", None)
    keep(
        "settings",
        Part(
            "word/settings.xml",
            f"{WORD}.settings+xml",
            settings_part(brief.language, tuple(settings.items())).encode(),
        ),
    )
    parts.extend(carrier.parts)
    return Stationery(
        ids=ids,
        palette=_as_the_house_draws(palette, styles),
        text_width=page.width,
        label_column=_twips(own_entries, round(label_column * scale)),
        section=_section(references, page, title_page, notes),
        notes=notes,
        parts=tuple(parts),
        relationships=tuple(relationships),
        numbering=numbers.fresh,
        numbering_part=numbers.part,
        bullet_numbers=numbers.unnumbered,
        indents=_list_indents(styles, numbers),
        scale=scale,
        warnings=_warnings(carrier, brief, page),
    )


def _as_the_house_draws(palette: Palette, styles: HouseStyles) -> Palette:
    """The palette with boxes and bars as the house's own Key Box and Caution have them."""

    def drawn(name: str) -> str:
        style = styles.find("paragraph", name)
        found = [] if style is None else [style.find(f"{w('pPr')}/{w(e)}") for e in ("pBdr", "shd")]
        return "".join(_as_text(element) for element in found if element is not None)

    return replace(palette, box_by_hand=drawn("Key Box"), bar_by_hand=drawn("Caution"))


def _list_indents(styles: HouseStyles, numbers: HouseNumbers) -> dict[str, tuple[int, int]]:
    """Left and hanging indents of the list styles, from the style or from its numbering."""
    found = {}
    for keys in STYLED.values():
        for key in keys:
            style = styles.by_id(numbers.ids[key])
            if key in numbers.linked or style is None or key in numbers.unnumbered:
                continue
            said = {
                side: styles.said(style, "w:pPr/w:ind", side) or numbers.indent(styles, style, side)
                for side in ("left", "hanging")
            }
            if said["left"]:
                found[key] = (_twips(said["left"], 0), _twips(said["hanging"], 0))
    return found


def _tie(kind: str, part: Part) -> Relationship:
    return Relationship(kind, office(kind), part.name)


def _twips(said: str, otherwise: int) -> int:
    """A measure in twips; Word also takes `12.5mm` and the like (ST_TwipsMeasure)."""
    units = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
    number, factor = said.strip(), 1.0
    if number[-2:] in units:
        number, factor = number[:-2], units[number[-2:]]
    try:
        twips = round(float(number) * factor)
    except (ValueError, OverflowError):
        return otherwise
    return twips if 0 <= twips <= 31_680 else otherwise


# --- the page ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _HousePage:
    """Page set-up elements of the house's last section, and what they come to."""

    size: str
    margins: str
    rest: str
    width: int
    """Twips between the margins."""
    paper: tuple[int, int]


def _page(document: etree._Element, brief: Brief) -> _HousePage:
    sections = list(document.iter(w("sectPr")))
    last = sections[-1] if sections else etree.fromstring(f"<w:sectPr {NAMESPACES}/>")
    default = look.PAGES[brief.paper]
    size, margins = last.find(w("pgSz")), last.find(w("pgMar"))

    def of(element: etree._Element | None, name: str, otherwise: int) -> int:
        return _twips("" if element is None else element.get(w(name), ""), otherwise)

    width, height = of(size, "w", default.width), of(size, "h", default.height)
    left, right = of(margins, "left", look.MARGIN), of(margins, "right", look.MARGIN)
    gutter = of(margins, "gutter", 0)
    text_width = width - left - right - gutter
    if text_width < _NARROWEST_TEXT:
        refuse("leaves less than 50 mm between its page margins", "widen its page or text")
    size_xml = _as_text(size) if size is not None else f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    margins_xml = (
        _as_text(margins)
        if margins is not None
        else f'<w:pgMar w:top="{look.MARGIN}" w:right="{right}" w:bottom="{look.MARGIN}"'
        f' w:left="{left}" w:header="{look.EDGE}" w:footer="{look.EDGE}" w:gutter="0"/>'
    )
    borders = last.find(w("pgBorders"))
    rest = _as_text(borders) if borders is not None and not _has_ties(borders) else ""
    return _HousePage(size_xml, margins_xml, rest, text_width, (width, height))


def _has_ties(element: etree._Element) -> bool:
    return any(
        str(name).startswith(f"{{{R}}}") for found in element.iter() for name in found.attrib
    )


def _as_text(element: etree._Element) -> str:
    """An element as XML, reduced to the main namespace: later Word's extensions stay behind."""
    attributes = "".join(
        f' w:{etree.QName(name).localname}="{attribute(str(value))}"'
        for name, value in element.attrib.items()
        if str(name).startswith(w(""))
    )
    name = etree.QName(element).localname
    inside = "".join(
        _as_text(child)
        for child in element.iterchildren(etree.Element)
        if str(child.tag).startswith(w(""))
    )
    return f"<w:{name}{attributes}>{inside}</w:{name}>" if inside else f"<w:{name}{attributes}/>"


def _section(
    references: list[str], page: _HousePage, title_page: bool, notes: NoteSetting | None
) -> str:
    of_notes = notes.section if notes else ""
    return (
        f"<w:sectPr>{''.join(references)}{of_notes}{page.size}{page.margins}{page.rest}"
        f'<w:cols w:space="709"/>{"<w:titlePg/>" if title_page else ""}</w:sectPr>'
    )


# --- settings ----------------------------------------------------------------------------------


def _settings(carrier: Carrier, name: str) -> dict[str, str]:
    """The settings that may come along, by name, as XML."""
    if not name:
        return {}
    found = {}
    for element in carrier.house.root(name).iterchildren(etree.Element):
        local = etree.QName(element).localname
        if local in SETTINGS_ORDER and element.tag == w(local) and not _has_ties(element):
            on = element.get(w("val"), "1") not in ("0", "false", "off")
            if local in ("footnotePr", "endnotePr"):
                continue  # ours to say: see `house_notes`
            if local != "evenAndOddHeaders" or on:
                found[local] = _as_text(element)
    return found


# --- what to say -------------------------------------------------------------------------------


def _warnings(carrier: Carrier, brief: Brief, page: _HousePage) -> tuple[str, ...]:
    said = [f"the house document's {what} was left out" for what in sorted(carrier.left_out)]
    letter = look.PAGES["letter"]
    if brief.paper == "letter" and page.paper != (letter.width, letter.height):
        said.append("the page size is the house document's, not letter")
    return tuple(said)
