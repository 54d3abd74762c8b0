"""What a brief is written on: a house document's styles, page and frames, ours for the rest.

The house wins: its styles, page size and margins stand as they are. Its text, properties, comments,
custom data, attached template and add-ins stay behind (see `opening`). What it lacks is copied from
the reference document, which is itself the house of a brief that names none: then, and only then,
the paper is the brief's to say. The column of labels is as wide as the brief needs it, unless the
house has another than the reference document has.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from lxml import etree

from briefgen.brief.model import Brief
from briefgen.render.docx import look
from briefgen.render.docx.frames import FrameWriter
from briefgen.render.docx.notes import NoteSetting, note_setting
from briefgen.render.docx.numbering import BULLETED, ORDERED, Numberings, level_of
from briefgen.render.docx.opening import WordFile, reference_document
from briefgen.render.docx.styles import Styles, Tone, palette_of
from briefgen.render.docx.xml import NAMESPACES, R, as_text, attribute, w

_WIDER_TYPE = 1.15
"""Room for a house's typeface: Georgia and Verdana run that much wider than Calibri."""
_NARROWEST_TEXT = 2835
"""50 mm: less than that between the margins is no page to write on."""
_INDENTED = (
    *BULLETED, *ORDERED, "ListContinue", "ListContinue2", "ListContinue3", "Quote",
    "HTMLPreformatted", "Bibliography",
)  # fmt: skip
"""Our styles that stand in from the margin, and move with the box or entry that they are in."""
_ENTRY_STYLES = ("DatedEntry", "EntryContinued")
_TONE_STYLES: dict[Tone, str] = {"accent": "KeyBox", "warning": "Caution"}

_SETTINGS = (
    "zoom", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop",
    "autoHyphenation", "evenAndOddHeaders", "characterSpacingControl", "footnotePr", "endnotePr",
    "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""The settings that a brief may have, in schema order (CT_Settings)."""
_OUR_SETTINGS = ("autoHyphenation", "compat")
"""... that are always ours: today's layout rules, no hyphenation."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """Everything of a document but its body. Lengths are twips."""

    package: Package
    parts: tuple[tuple[str, str, XmlPart], ...]
    """Styles, numbering, headers and the rest: id and type of the document's tie, and the part."""
    ids: Mapping[str, str]
    """Our names of styles -> their ids in this document."""
    text_width: int
    """Between the margins."""
    label_column: int
    """What the labels of dated entries take."""
    section: str
    """The document's `w:sectPr`."""
    numberings: Numberings
    indents: Mapping[str, tuple[int, int]]
    """Left and hanging indents of the styles that have any."""
    tones: Mapping[Tone, str]
    """How boxes and bars are drawn, for what stands in one in a style of another name."""
    scale: float
    """The size of ordinary text by that of ours."""
    notes: NoteSetting | None
    """How notes are set; None for a brief without any."""
    warnings: tuple[str, ...]


_PARTS: dict[str, tuple[str, str, type[XmlPart]]] = {
    RT.STYLES: ("/word/styles.xml", CT.WML_STYLES, StylesPart),
    RT.THEME: ("/word/theme/theme1.xml", CT.OFC_THEME, XmlPart),
    RT.NUMBERING: ("/word/numbering.xml", CT.WML_NUMBERING, NumberingPart),
    RT.FONT_TABLE: ("/word/fontTable.xml", CT.WML_FONT_TABLE, XmlPart),
}
"""Where parts go that are taken whole: name, content type, python-docx's class."""


def stationery(
    house: bytes | None, brief: Brief, words: Mapping[str, str], *, label_column: int, pages: int
) -> Stationery:
    """What `house`, or else the reference document, lends to a brief.

    `label_column` is what the labels need at our own size; `pages` is how many the document
    probably has. Raises `InputError` for a house that cannot be used.
    """
    package = Package()
    reference = WordFile(reference_document(), package)
    file = reference if house is None else WordFile(house, package)
    our_styles = Styles(_ours(reference, RT.STYLES).element)
    styles_part, theme = _taken(file, RT.STYLES), _taken(file, RT.THEME)
    if styles_part is None:  # nothing to keep: ours, theme and all
        styles_part, theme = _no_styles(our_styles, package), theme or _ours(reference, RT.THEME)
        styles, body = Styles(styles_part.element), our_styles.body_size()
    else:
        styles = our_styles if file is reference else Styles(styles_part.element)
        body = styles.body_size()
    palette = palette_of(None if theme is None else theme.element, body)
    column, our_column = _label_column_of(styles), _label_column_of(our_styles)
    scale = body / look.BODY * (1 if column else _WIDER_TYPE)
    label_column = round(label_column * scale)
    if column not in ("", our_column):
        label_column = _twips(column, label_column)

    ids, lacking = styles.ids_for(our_styles)
    numbering_part = _taken(file, RT.NUMBERING) or NumberingPart(
        PackURI("/word/numbering.xml"),
        CT.WML_NUMBERING,
        parse_xml(f"<w:numbering {NAMESPACES}/>"),
        package,
    )
    numberings = Numberings(numbering_part.element, _ours(reference, RT.NUMBERING).element)
    styles.add(lacking, ids, numberings.numbers, palette)
    numberings.settle(styles, our_styles, ids, lacking, palette)
    styles.set_language(brief.language)
    entries = [ids[key] for key in _ENTRY_STYLES if key in lacking or column == our_column]
    styles.set_label_column(entries, label_column)

    page = _page(file, reference, brief, paper_is_ours=house is None)
    notes = note_setting(brief, file, reference)
    settings = _settings(file)
    writer = FrameWriter(brief, words, ids, page.text_width, pages, package)
    frames, first_differs = writer.frames(file, "evenAndOddHeaders" in settings)
    if not frames:
        settings.pop("evenAndOddHeaders", None)
        writer = replace(writer, renamed=ids)
        frames, first_differs = writer.frames(reference, even_pages=False)
    if notes is not None:
        settings |= (notes.settings,)

    parts: list[tuple[str, str, XmlPart]] = [
        ("styles", RT.STYLES, styles_part),
        ("numbering", RT.NUMBERING, numbering_part),
        ("settings", RT.SETTINGS, _settings_part(settings, reference, brief.language, package)),
        (
            "fontTable",
            RT.FONT_TABLE,
            _taken(file, RT.FONT_TABLE) or _ours(reference, RT.FONT_TABLE),
        ),
    ]
    if theme is not None:
        parts.append(("theme", RT.THEME, theme))
    references = []
    for number, frame in enumerate(frames, start=1):
        id_ = f"{frame.kind}{number}"
        parts.append((id_, frame.relationship, frame.part))
        references.append(f'<w:{frame.kind}Reference w:type="{frame.pages}" r:id="{id_}"/>')
    section = (
        f"<w:sectPr>{''.join(references)}{notes.section if notes else ''}{page.xml}"
        f'<w:cols w:space="709"/>{"<w:titlePg/>" if first_differs else ""}</w:sectPr>'
    )
    return Stationery(
        package=package,
        parts=tuple(parts),
        ids=ids,
        text_width=page.text_width,
        label_column=label_column,
        section=section,
        numberings=numberings,
        indents={
            key: _indent(styles, ids[key], numberings.root, numberings.places.get(key))
            or _indent(our_styles, key, numberings.ours, our_styles.number_of(key))
            or (0, 0)
            for key in _INDENTED
        },
        tones={tone: _drawn(styles.by_id(ids[key])) for tone, key in _TONE_STYLES.items()},
        scale=scale,
        notes=notes,
        warnings=_warnings(file, brief, page),
    )


def _taken(file: WordFile, kind: str) -> XmlPart | None:
    source = file.related(kind)
    return file.take(source, *_PARTS[kind]) if source else None


def _no_styles(ours: Styles, package: Package) -> StylesPart:
    """A part for styles that has none yet, only what ours says of the whole document."""
    root = deepcopy(ours.root)
    for style in list(root.iterchildren(w("style"))):
        root.remove(style)
    return StylesPart(PackURI("/word/styles.xml"), CT.WML_STYLES, root, package)  # type: ignore[arg-type]


def _ours(reference: WordFile, kind: str) -> XmlPart:
    part = _taken(reference, kind)
    assert part is not None, f"reference.docx lacks {kind}"
    return part


# --- how paragraphs are drawn ------------------------------------------------------------------


def _label_column_of(styles: Styles) -> str:
    """What the labels of dated entries take, as the styles say it; empty where they do not."""
    return styles.said(styles.find("paragraph", "Dated Entry"), "w:pPr/w:ind", "hanging")


def _drawn(style: etree._Element | None) -> str:
    """Borders and shading of a style, as XML."""
    found = [] if style is None else [style.find(f"{w('pPr')}/{w(e)}") for e in ("pBdr", "shd")]
    return "".join(as_text(element) for element in found if element is not None)


def _indent(
    styles: Styles, style_id: str, numbering: etree._Element, place: tuple[str, str] | None
) -> tuple[int, int] | None:
    """Left and hanging indent of a style, from itself or from the level in `numbering` (`w:numId`
    and level) that numbers it; None for no left.
    """
    style = styles.by_id(style_id)
    level = level_of(numbering, *place) if place else None
    said = []
    for side in ("left", "hanging"):
        of_style = styles.said(style, "w:pPr/w:ind", side)
        of_level = None if level is None else level.find(f"{w('pPr')}/{w('ind')}")
        said.append(of_style or ("" if of_level is None else of_level.get(w(side), "")))
    return (_twips(said[0], 0), _twips(said[1], 0)) if said[0] else None


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
class _Page:
    """Page set-up of a document's last section."""

    xml: str
    """Size, margins and borders."""
    text_width: int
    """Twips between the margins."""
    paper: tuple[int, int]


def _page(file: WordFile, reference: WordFile, brief: Brief, *, paper_is_ours: bool) -> _Page:
    last = _last_section(file)
    our_margins = _last_section(reference).find(w("pgMar"))
    size = None if paper_is_ours else last.find(w("pgSz"))
    margins = last.find(w("pgMar"))
    margins = our_margins if margins is None else margins

    def of(element: etree._Element | None, name: str, otherwise: int) -> int:
        return _twips("" if element is None else element.get(w(name), ""), otherwise)

    width, height = look.PAPERS[brief.paper]
    width, height = of(size, "w", width), of(size, "h", height)
    text_width = width - of(margins, "gutter", 0)
    for side in ("left", "right"):
        text_width -= of(margins, side, of(our_margins, side, 0))
    if text_width < _NARROWEST_TEXT:
        file.refuse("leaves less than 50 mm between its page margins", "widen its page or text")
    xml = as_text(size) if size is not None else f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    xml += "" if margins is None else as_text(margins)
    borders = last.find(w("pgBorders"))
    if borders is not None and not _has_ties(borders):
        xml += as_text(borders)
    return _Page(xml, text_width, (width, height))


def _last_section(file: WordFile) -> etree._Element:
    sections = list(file.document.iter(w("sectPr")))
    return sections[-1] if sections else parse_xml(f"<w:sectPr {NAMESPACES}/>")


def _has_ties(element: etree._Element) -> bool:
    return any(
        str(name).startswith(f"{{{R}}}") for found in element.iter() for name in found.attrib
    )


# --- settings ----------------------------------------------------------------------------------


def _settings(file: WordFile) -> dict[str, str]:
    """The settings of a file that may come along, by name, as XML."""
    source = file.related(RT.SETTINGS)
    found = {}
    for element in file.root(source).iterchildren(etree.Element) if source else ():
        local = etree.QName(element).localname
        if local in _SETTINGS and element.tag == w(local) and not _has_ties(element):
            on = element.get(w("val"), "1") not in ("0", "false", "off")
            if local in ("footnotePr", "endnotePr"):
                continue  # the brief's to say: see `notes`
            if local != "evenAndOddHeaders" or on:
                found[local] = as_text(element)
    return found


def _settings_part(
    settings: Mapping[str, str], reference: WordFile, language: str, package: Package
) -> SettingsPart:
    """`settings` over those of the reference document; what is always ours over these."""
    ours = _settings(reference)
    every = {**ours, **settings, **{name: ours[name] for name in _OUR_SETTINGS}}
    every["themeFontLang"] = f'<w:themeFontLang w:val="{attribute(language)}"/>'
    inside = "".join(every[name] for name in _SETTINGS if name in every)
    root = parse_xml(f"<w:settings {NAMESPACES}>{inside}</w:settings>")
    return SettingsPart(PackURI("/word/settings.xml"), CT.WML_SETTINGS, root, package)  # type: ignore[arg-type]


# --- what to say -------------------------------------------------------------------------------


def _warnings(file: WordFile, brief: Brief, page: _Page) -> tuple[str, ...]:
    said = [f"the house document's {what} was left out" for what in sorted(file.left_out)]
    if brief.paper == "letter" and page.paper != look.PAPERS["letter"]:
        said.append("the page size is the house document's, not letter")
    return tuple(said)
