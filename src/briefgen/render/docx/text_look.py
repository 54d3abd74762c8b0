"""How text looks in a document: its own styles and lists, with ours where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.numbering import NumberingPart
from docx.parts.styles import StylesPart
from lxml import etree

from briefgen.render._reading import is_right_to_left
from briefgen.render.docx import look
from briefgen.render.docx.amends import Amend, amends_for
from briefgen.render.docx.cascade import Cascade, ParagraphLook, RunLook
from briefgen.render.docx.chapters import ChapterNumbers, chapter_numbers
from briefgen.render.docx.legible import darken_boxes
from briefgen.render.docx.numbering import BULLETED, ORDERED, Numberings, level_of
from briefgen.render.docx.opening import WordFile, first_part
from briefgen.render.docx.sealing import reading_from_left, seal, without_frames
from briefgen.render.docx.styles import Palette, Styles, Tone, palette_of
from briefgen.render.docx.widths import twips
from briefgen.render.docx.xml import NAMESPACES, as_text, w

_WIDER_TYPE = 1.15
"""Room for a house's typeface: Georgia and Verdana run that much wider than Calibri."""
_INDENTED = (
    *BULLETED, *ORDERED, "ListContinue", "ListContinue2", "ListContinue3", "Quote",
    "HTMLPreformatted", "Bibliography",
)  # fmt: skip
"""Our styles that stand in from the margin, and move with the box or entry that they are in."""
_ENTRY_STYLES = ("DatedEntry", "EntryContinued")
_MEASURED = ("MastheadLabel", "MastheadValue", "TOC1", "TOC2", "TOC3")
_TONE_STYLES: dict[Tone, str] = {"accent": "KeyBox", "warning": "Caution"}


class TextLook(NamedTuple):
    """What the writer of a body has to know of a document's styles. Lengths are twips."""

    ids: Mapping[str, str]
    """Our names of styles -> their ids in this document."""
    label_column: int
    """What the labels of dated entries take."""
    numberings: Numberings
    indents: Mapping[str, tuple[int, int]]
    """Left and hanging indents of the styles that have any."""
    tones: Mapping[Tone, str]
    """How boxes and bars are drawn, for what stands in one in a style of another name."""
    scale: float
    """The size of ordinary text by that of ours."""
    amends: Mapping[str, Amend]
    """What paragraphs in some of the house's styles say themselves, by our names."""
    box_ink: str
    """The colour (`RRGGBB`) of text in a box in a style that is not made for boxes; empty where
    its own can be read."""
    chapters: ChapterNumbers
    """How headings are numbered."""
    masthead: tuple[RunLook, RunLook]
    """How labels and values in the masthead are set."""
    contents: tuple[ParagraphLook, ParagraphLook, ParagraphLook]
    """How the entries of a list of contents are set, by level."""
    parts: tuple[tuple[str, str, XmlPart], ...]
    """Styles, theme, numbering and table of fonts: id and type of the document's tie, and the
    part."""


def text_look(
    file: WordFile,
    reference: WordFile,
    package: Package,
    language: str,
    label_column: int,
    text_width: int,
) -> TextLook:
    """How text looks in `file`, a part of `package`; what it lacks is copied from `reference`,
    which may be the same. `label_column` is what the labels need at our own size, `text_width`
    what is between the margins.
    """
    our_styles = Styles(first_part(RT.STYLES, reference).element)
    styles_part, theme = file.part(RT.STYLES), file.part(RT.THEME)
    if styles_part is None:  # nothing to keep: ours, theme and all
        styles_part, theme = _no_styles(our_styles, package), first_part(RT.THEME, file, reference)
        styles, body = Styles(styles_part.element), our_styles.body_size()
    else:
        styles = our_styles if file is reference else Styles(styles_part.element)
        body = styles.body_size()
    palette = palette_of(None if theme is None else theme.element, body)
    column, our_column = _label_column_of(styles), _label_column_of(our_styles)
    scale = body / look.BODY * (1 if column else _WIDER_TYPE)
    label_column = round(label_column * scale)
    if column not in ("", our_column):
        label_column = twips(column, label_column)

    ids, lacking = styles.ids_for(our_styles)
    numbering_part = file.part(RT.NUMBERING) or _no_numberings(package)
    numberings = Numberings(numbering_part.element, first_part(RT.NUMBERING, reference).element)
    styles.add(lacking, ids, numberings.numbers, palette)
    numberings.settle(styles, our_styles, ids, lacking, palette)
    styles.set_language(language)
    entries = [ids[key] for key in _ENTRY_STYLES if key in lacking or column == our_column]
    styles.set_label_column(entries, label_column)
    theme_root = None if theme is None else theme.element
    amends: Mapping[str, Amend] = {}
    box_ink = ""
    cascade = Cascade(styles.root, numbering_part.element, theme_root)
    if file is not reference:
        without_frames(styles)
        if not is_right_to_left(language):
            reading_from_left(styles)
        added = {key: ids[key] for key in lacking}
        seal(styles, added)
        box_ink = darken_boxes(styles, added, palette.accent, theme_root)
        amends = amends_for(styles, ids, lacking, cascade, text_width)
    looks = {key: cascade.style(ids[key]) for key in _MEASURED}
    parts = [
        ("styles", RT.STYLES, styles_part),
        ("numbering", RT.NUMBERING, numbering_part),
        ("fontTable", RT.FONT_TABLE, first_part(RT.FONT_TABLE, file, reference)),
    ]
    if theme is not None:
        parts.append(("theme", RT.THEME, theme))
    return TextLook(
        ids=ids,
        label_column=label_column,
        numberings=numberings,
        indents={
            key: _indent(styles, ids[key], numberings.root, numberings.places.get(key))
            or _indent(our_styles, key, numberings.ours, our_styles.number_of(key))
            or (0, 0)
            for key in _INDENTED
        },
        tones={
            tone: _drawn(styles.by_id(ids[key])) or _drawn(our_styles.by_id(key), palette)
            for tone, key in _TONE_STYLES.items()
        },
        scale=scale,
        amends=amends,
        box_ink=box_ink,
        chapters=chapter_numbers(styles, ids, numberings.root),
        masthead=(looks["MastheadLabel"].run, looks["MastheadValue"].run),
        contents=(looks["TOC1"], looks["TOC2"], looks["TOC3"]),
        parts=tuple(parts),
    )


def _no_numberings(package: Package) -> NumberingPart:
    root = parse_xml(f"<w:numbering {NAMESPACES}/>")
    return NumberingPart(PackURI("/word/numbering.xml"), CT.WML_NUMBERING, root, package)


def _no_styles(ours: Styles, package: Package) -> StylesPart:
    """A part for styles that has none yet, only what ours says of the whole document."""
    root = deepcopy(ours.root)
    for style in list(root.iterchildren(w("style"))):
        root.remove(style)
    return StylesPart(PackURI("/word/styles.xml"), CT.WML_STYLES, root, package)  # type: ignore[arg-type]


def _label_column_of(styles: Styles) -> str:
    """What the labels of dated entries take, as the styles say it; empty where they do not."""
    return styles.said(styles.find("paragraph", "Dated Entry"), "w:pPr/w:ind", "hanging")


def _drawn(style: etree._Element | None, palette: Palette | None = None) -> str:
    """Borders and shading of a style, as XML; in the colours of `palette` if there is one."""
    if style is not None and palette is not None:
        style = deepcopy(style)
        palette.dress(style)
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
    return (twips(said[0], 0), twips(said[1], 0)) if said[0] else None
