"""What a brief is written on: a house document's styles, page and frames, ours for the rest.

The house wins: its styles, page size and margins stand as they are. Its text, properties, comments,
custom data, attached template and add-ins stay behind (see `opening`). What it lacks is copied from
the reference document, which is itself the house of a brief that names none: then, and only then,
the paper is the brief's to say. The column of labels is as wide as the brief needs it, unless the
house has another than the reference document has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.settings import SettingsPart
from lxml import etree

from briefgen.brief.model import Brief
from briefgen.render.docx import look
from briefgen.render.docx.frames import FrameWriter
from briefgen.render.docx.notes import NoteSetting, note_setting
from briefgen.render.docx.opening import WordFile, reference_document
from briefgen.render.docx.text_look import TextLook, text_look
from briefgen.render.docx.widths import twips
from briefgen.render.docx.xml import NAMESPACES, R, as_text, attribute, is_on, w

_NARROWEST_TEXT = 2835
"""50 mm: less than that between the margins is no page to write on."""
_SETTINGS = (
    "zoom", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop",
    "autoHyphenation", "evenAndOddHeaders", "characterSpacingControl", "footnotePr", "endnotePr",
    "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""The settings that a brief may have, in schema order (CT_Settings)."""
_OUR_SETTINGS = ("autoHyphenation", "compat")
"""... that are always ours: today's layout rules, no hyphenation."""


class Stationery(NamedTuple):
    """Everything of a document but its body. Lengths are twips."""

    package: Package
    parts: tuple[tuple[str, str, XmlPart], ...]
    """Styles, settings, headers and the rest: id and type of the document's tie, and the part."""
    text: TextLook
    text_width: int
    """Between the margins."""
    section: str
    """The document's `w:sectPr`."""
    notes: NoteSetting | None
    """How notes are set; None for a brief without any."""
    warnings: tuple[str, ...]


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
    page = _page(file, reference, brief, paper_is_ours=house is None)
    text = text_look(file, reference, package, brief.language, label_column, page.text_width)
    notes = note_setting(brief, file, reference)
    settings = _settings(file)
    writer = FrameWriter(brief, words, text.ids, page.text_width, pages, package)
    frames, first_differs = writer.frames(file, "evenAndOddHeaders" in settings)
    if not frames:
        settings.pop("evenAndOddHeaders", None)
        writer = replace(writer, renamed=text.ids)
        frames, first_differs = writer.frames(reference, even_pages=False)
    if notes is not None:
        settings |= (notes.settings,)
    settings_part = _settings_part(settings, reference, brief.language, package)
    parts = [*text.parts, ("settings", RT.SETTINGS, settings_part)]
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
        text=text,
        text_width=page.text_width,
        section=section,
        notes=notes,
        warnings=_warnings(file, brief, page),
    )


# --- the page ----------------------------------------------------------------------------------


class _Page(NamedTuple):
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
        return twips("" if element is None else element.get(w(name), ""), otherwise)

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
            on = is_on(element.get(w("val"), "1"))
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
