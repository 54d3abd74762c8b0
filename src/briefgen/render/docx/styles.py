"""The styles of a brief: Word's own where Word has one, named ones of ours for the rest.

Nothing in the body is dressed by hand that a style can dress, so a person who changes "Heading 1"
changes them all. Built-in styles carry Word's own names ("heading 1", "List Bullet"), by which
Word knows them in every language (ECMA-376 Part 1, 17.7; names in [MS-OI29500] 2.1.230).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefgen.render.docx import look
from briefgen.render.docx.xml import DECLARATION, NAMESPACES, attribute

Tone = Literal["plain", "accent", "warning"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that follow the document's theme, as attributes ready to stand in an element."""

    accent: str = look.ACCENT
    tint: str = look.TINT
    follows_theme: bool = True
    """Whether they are the theme's first accent, so that changing the theme changes them."""
    fonts_follow_theme: bool = True
    """Whether the document has a theme to take fonts from."""
    body: int = look.BODY
    """The size of ordinary text in half-points, by which the other sizes go."""
    box_by_hand: str = ""
    """How a house draws its Key Box: for what stands in one in a style of another name."""
    bar_by_hand: str = ""
    """How a house draws its Caution."""

    @property
    def accent_colour(self) -> str:
        """`w:color` in the accent."""
        theme = ' w:themeColor="accent1"' if self.follows_theme else ""
        return f'<w:color w:val="{self.accent}"{theme}/>'

    @property
    def heading_font(self) -> str:
        """`w:rFonts` with the theme's heading font."""
        if not self.fonts_follow_theme:
            return ""
        return (
            '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"'
            ' w:eastAsiaTheme="majorEastAsia" w:cstheme="majorBidi"/>'
        )

    def border(self, side: str, size: int, space: int = 0) -> str:
        """One border line in the accent, `size` in eighths of a point, `space` in points."""
        theme = ' w:themeColor="accent1"' if self.follows_theme else ""
        return (
            f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}"'
            f' w:color="{self.accent}"{theme}/>'
        )

    @property
    def _tint_theme(self) -> tuple[str, str]:
        if not self.follows_theme:
            return "", ""
        return (
            ' w:themeColor="accent1" w:themeTint="12"',
            ' w:themeFill="accent1" w:themeFillTint="12"',
        )

    def box(self, above: int, below: int) -> str:
        """`w:pBdr` and `w:shd` of a tinted box, padded `above` and `below` by points.

        The lines have the colour of the ground. They are there for their distance from the text,
        which is filled too: padding, which Word's paragraphs have no other word for. Space before
        or after is filled only between paragraphs that Word takes for one box, so within a box it
        stands between paragraphs of one style alone (see `BodyWriter`).
        """
        line, fill = self._tint_theme
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="{space}" w:color="{self.tint}"{line}/>'
            for side, space in (
                ("top", above),
                ("left", look.INSET // 20),
                ("bottom", below),
                ("right", look.INSET // 20),
            )
        )
        return (
            f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{self.tint}"'
            f"{fill}/>"
        )

    @property
    def bar(self) -> str:
        """`w:pBdr` of the warning bar."""
        return f"<w:pBdr>{_line('left', 24, 9, look.AMBER)}</w:pBdr>"


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `pPr`, `rPr` and `table` are the XML inside those elements, in schema order."""

    id: str
    name: str
    kind: Literal["paragraph", "character", "table", "numbering"]
    based_on: str = ""
    next: str = ""
    before_number: str = ""
    """What stands in `w:pPr` before `w:numPr`."""
    number: tuple[str, int] | None = None
    """Which numbering (`bullets`, `numbers`, `key-bullets`) and which of its levels."""
    after_number: str = ""
    run: str = ""
    table: str = ""
    priority: int = 99
    quick: bool = False
    """Whether Word shows it in its gallery."""
    custom: bool = False
    default: bool = False
    hidden: bool = False


def briefing_styles(palette: Palette, label_column: int) -> tuple[Style, ...]:
    """All styles that a brief may use, parents before children."""

    def scaled(half_points: int) -> str:
        return _size(round(half_points * palette.body / look.BODY))

    body, small = scaled(look.BODY), scaled(look.SMALL)
    text_theme = ' w:themeColor="text2"' if palette.follows_theme else ""
    grey = f'<w:color w:val="{look.GREY}"/>'
    amber = f'<w:color w:val="{look.AMBER}"/>'
    accent = palette.accent_colour
    bold, italic = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
    together = "<w:keepNext/><w:keepLines/>"
    inset = f'w:left="{look.INSET}" w:right="{look.INSET}"'
    hang = f'w:left="{look.INSET + look.STEP}" w:right="{look.INSET}" w:hanging="{look.STEP}"'

    def heading(level: int, size: int, before: int, after: int, colour: str) -> Style:
        return Style(
            f"Heading{level}",
            f"heading {level}",
            "paragraph",
            "Normal",
            "BodyText",
            before_number=together,
            after_number=_spacing(before, after, 252) + f'<w:outlineLvl w:val="{level - 1}"/>',
            run=palette.heading_font + bold + colour + scaled(size),
            priority=9,
            quick=True,
        )

    def listed(id_: str, name: str, number: tuple[str, int], **more: str) -> Style:
        return Style(
            id_,
            name,
            "paragraph",
            "BodyText",
            number=number,
            after_number=more.get("after", _spacing(0, 40)),
            before_number="",
            priority=30,
            quick=True,
            custom="box" in more,
        )

    def continued(level: int) -> Style:
        suffix = "" if level == 1 else f" {level}"
        return Style(
            f"ListContinue{suffix.strip()}",
            f"List Continue{suffix}",
            "paragraph",
            "BodyText",
            after_number=_spacing(0, 40) + f'<w:ind w:left="{look.STEP * level}"/>',
            priority=31,
        )

    def contents(level: int) -> Style:
        return Style(
            f"TOC{level}",
            f"toc {level}",
            "paragraph",
            "Normal",
            "Normal",
            after_number=_spacing(0, 0, 240) + f'<w:ind w:left="{look.STEP * (level - 1)}"/>',
            priority=39,
        )

    def ours(
        id_: str, name: str, based_on: str, after: str = "", run: str = "", **more: str
    ) -> Style:
        return Style(
            id_,
            name,
            "paragraph",
            based_on,
            more.get("next", ""),
            before_number=more.get("before", ""),
            after_number=after,
            run=run,
            priority=20,
            quick=True,
            custom=True,
        )

    def raised(id_: str, name: str) -> Style:
        return Style(id_, name, "character", run='<w:vertAlign w:val="superscript"/>', priority=99)

    note_text = _spacing(0, 20, 240)
    return (
        Style(
            "Normal",
            "Normal",
            "paragraph",
            after_number="<w:widowControl/>" + _spacing(0, 0, 264),
            # Here, not in the document's defaults: LibreOffice prints those over what a character
            # style says within tables.
            run=f'<w:color w:val="{look.INK}"{text_theme}/>{body}',
            default=True,
            quick=True,
            priority=0,
        ),
        Style("DefaultParagraphFont", "Default Paragraph Font", "character", default=True, hidden=True, priority=1),  # noqa: E501
        Style(
            "TableNormal",
            "Normal Table",
            "table",
            table='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>",
            default=True,
            hidden=True,
        ),
        Style("NoList", "No List", "numbering", default=True, hidden=True),
        Style(
            "BodyText", "Body Text", "paragraph", "Normal", after_number=_spacing(0, 120),
            priority=1, quick=True,
        ),
        heading(1, look.HEADING, 280, 60, accent),
        heading(2, look.BODY, 200, 40, accent),
        heading(3, look.BODY, 160, 40, ""),
        ours(
            "Kind", "Kind", "Normal", _spacing(0, 120, 240),
            bold + "<w:caps/>" + accent + '<w:spacing w:val="30"/>' + small, next="Title",
        ),
        Style(
            "Title", "Title", "paragraph", "Normal", "Subtitle",
            before_number=together, after_number=_spacing(0, 140, 240),
            run=palette.heading_font + bold + scaled(look.TITLE), priority=10, quick=True,
        ),
        Style(
            "Subtitle", "Subtitle", "paragraph", "Normal", "BodyText",
            after_number=_spacing(0, 200, 252), run=grey + scaled(look.HEADING - 4),
            priority=11, quick=True,
        ),
        ours("MastheadLabel", "Masthead Label", "Normal", _spacing(0, 0, 252), grey + small),
        ours("MastheadValue", "Masthead Value", "Normal", _spacing(0, 0, 252), small),
        ours("Lead", "Lead", "BodyText", run=bold),
        ours("Aside", "Aside", "BodyText", run=grey + small),
        ours("NothingFound", "Nothing Found", "BodyText", run=italic + grey),
        listed("ListBullet", "List Bullet", ("bullets", 0)),
        listed("ListBullet2", "List Bullet 2", ("bullets", 1)),
        listed("ListBullet3", "List Bullet 3", ("bullets", 2)),
        listed("ListNumber", "List Number", ("numbers", 0)),
        listed("ListNumber2", "List Number 2", ("numbers", 1)),
        listed("ListNumber3", "List Number 3", ("numbers", 2)),
        continued(1),
        continued(2),
        continued(3),
        ours("KeyBox", "Key Box", "BodyText", palette.box(3, 7) + _spacing(0, 40) + f"<w:ind {inset}/>"),  # noqa: E501
        ours(
            "KeyBoxHeading", "Key Box Heading", "Heading1",
            palette.box(8, 2) + _spacing(240, 0) + f"<w:ind {inset}/>", body, next="KeyBox",
        ),
        listed(
            "KeyBoxBullet", "Key Box Bullet", ("key-bullets", 0),
            after=palette.box(3, 7) + _spacing(0, 40) + f"<w:ind {hang}/>", box="yes",
        ),
        ours(
            "Caution", "Caution", "BodyText",
            palette.bar + _spacing(0, 40) + f'<w:ind w:left="{look.INSET}"/>',
        ),
        listed(
            "CautionBullet", "Caution Bullet", ("caution-bullets", 0),
            after=palette.bar + _spacing(0, 40)
            + f'<w:ind w:left="{look.INSET + look.STEP}" w:hanging="{look.STEP}"/>',
            box="yes",
        ),
        ours(
            "CautionHeading", "Caution Heading", "Heading1",
            palette.bar + _spacing(320, 0) + f'<w:ind w:left="{look.INSET}"/>', amber + body,
            next="Caution",
        ),
        ours(
            "DatedEntry", "Dated Entry", "BodyText",
            f'<w:tabs><w:tab w:val="left" w:pos="{label_column}"/></w:tabs>'
            + _spacing(0, 60)
            + f'<w:ind w:left="{label_column}" w:hanging="{label_column}"/>',
            before="<w:keepLines/>",
        ),
        ours(
            "EntryContinued", "Dated Entry Continued", "BodyText",
            _spacing(0, 60) + f'<w:ind w:left="{label_column}"/>',
        ),
        Style(
            "Quote", "Quote", "paragraph", "BodyText",
            after_number=_spacing(0, 100) + '<w:ind w:left="567"/>',
            run=italic, priority=29, quick=True,
        ),
        Style(
            "HTMLPreformatted", "HTML Preformatted", "paragraph", "BodyText",
            after_number='<w:suppressAutoHyphens/>' + _spacing(60, 120, 240)
            + f'<w:ind w:left="{look.STEP}"/>',
            run=_fixed() + "<w:noProof/>" + small,
        ),
        ours(
            "ThematicBreak", "Thematic Break", "Normal",
            f"<w:pBdr>{_line('bottom', 4, 1, look.RULE)}</w:pBdr>"
            + _spacing(0, 160, 240),
        ),
        Style(
            "Bibliography", "Bibliography", "paragraph", "Normal",
            before_number="<w:keepLines/>",
            after_number='<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>'
            + _spacing(0, 20, 252) + '<w:ind w:left="567" w:hanging="567"/>',
            run=small, priority=37,
        ),
        ours("TableText", "Table Text", "Normal", _spacing(20, 20, 252)),
        ours("TableHeading", "Table Heading", "TableText", run=bold),
        ours("TableMuted", "Table Text Muted", "TableText", run=italic + grey),
        ours("TableGap", "Table Gap", "Normal", _spacing(0, 0, 120, "exact"), _size(4)),
        Style(
            "Caption", "caption", "paragraph", "Normal", "BodyText",
            before_number="<w:keepNext/>", after_number=_spacing(120, 60, 240),
            run=bold + small, priority=35, quick=True,
        ),
        Style(
            "FootnoteText", "footnote text", "paragraph", "Normal",
            after_number=note_text, run=small,
        ),
        Style(
            "EndnoteText", "endnote text", "paragraph", "Normal",
            after_number=note_text, run=small,
        ),
        Style(
            "TOCHeading", "TOC Heading", "paragraph", "Heading1", "Normal",
            after_number=_spacing(240, 20) + '<w:outlineLvl w:val="9"/>', run=body,
            priority=39, quick=True,
        ),
        contents(1),
        contents(2),
        contents(3),
        Style(
            "Header", "header", "paragraph", "Normal", after_number=_spacing(0, 0, 240),
            run=grey + small,
        ),
        Style(
            "Footer", "footer", "paragraph", "Normal", after_number=_spacing(0, 0, 240),
            run=grey + small,
        ),
        ours(
            "Marking", "Marking", "Normal", _spacing(0, 80, 240) + '<w:jc w:val="center"/>',
            bold + accent + small,
        ),
        ours("RunningTitle", "Running Title", "Header"),
        ours(
            "RunningFoot", "Running Foot", "Footer",
            f"<w:pBdr>{_line('top', 4, 4, look.RULE)}</w:pBdr>"
            + _spacing(0, 80, 240),
        ),
        Style(
            "Hyperlink", "Hyperlink", "character",
            run=accent + '<w:u w:val="single"/>', priority=99,
        ),
        raised("FootnoteReference", "footnote reference"),
        raised("EndnoteReference", "endnote reference"),
        Style("Citation", "Citation", "character", custom=True, quick=True, priority=21),
        Style(
            "Flag", "Flag", "character", run=amber + small, custom=True, quick=True, priority=21
        ),
        Style(
            "EntryLabel", "Entry Label", "character", run=bold + grey,
            custom=True, quick=True, priority=21,
        ),
        Style(
            "BackLink", "Back Link", "character", run=accent + small, custom=True, priority=21
        ),
        Style("HTMLCode", "HTML Code", "character", run=_fixed() + "<w:noProof/>" + scaled(19)),
        Style(
            "BriefingTable", "Briefing Table", "table", "TableNormal",
            table="<w:tblPr><w:tblBorders>" + palette.border("top", 8)
            + palette.border("bottom", 12) + "</w:tblBorders><w:tblCellMar>"
            '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
            "</w:tblPr>"
            f'<w:tblStylePr w:type="firstRow"><w:rPr>{bold}</w:rPr><w:tblPr/><w:tcPr>'
            f"<w:tcBorders>{_line('bottom', 4, 0, look.GREY)}</w:tcBorders></w:tcPr>"
            "</w:tblStylePr>",
            custom=True, priority=22, quick=True,
        ),
        Style(
            "MastheadTable", "Masthead Table", "table", "TableNormal",
            table="<w:tblPr><w:tblBorders>" + palette.border("top", 6)
            + _line("bottom", 4, 0, look.RULE) + "</w:tblBorders><w:tblCellMar>"
            '<w:top w:w="28" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
            '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="113" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>",
            custom=True, priority=22,
        ),
    )  # fmt: skip


def style_xml(
    style: Style, ids: Mapping[str, str], numbers: Mapping[str, int], *, default: bool = True
) -> str:
    """One `w:style`. `ids` gives each style's id in this document, `numbers` each `w:numId`.

    `default=False` takes the mark of a default style off: a document has one of each kind.
    """
    properties = style.before_number
    if style.number is not None:
        which, level = style.number
        shown = f'<w:ilvl w:val="{level}"/>' if level else ""
        properties += f'<w:numPr>{shown}<w:numId w:val="{numbers[which]}"/></w:numPr>'
    properties += style.after_number
    parts = [
        f'<w:style w:type="{style.kind}"',
        ' w:default="1"' if style.default and default else "",
        ' w:customStyle="1"' if style.custom else "",
        f' w:styleId="{attribute(ids[style.id])}"><w:name w:val="{attribute(style.name)}"/>',
        f'<w:basedOn w:val="{attribute(ids[style.based_on])}"/>' if style.based_on else "",
        f'<w:next w:val="{attribute(ids[style.next])}"/>' if style.next else "",
        f'<w:uiPriority w:val="{style.priority}"/>',
        "<w:semiHidden/><w:unhideWhenUsed/>" if style.hidden else "",
        "<w:qFormat/>" if style.quick else "",
        f"<w:pPr>{properties}</w:pPr>" if properties else "",
        f"<w:rPr>{style.run}</w:rPr>" if style.run else "",
        style.table,
        "</w:style>",
    ]
    return "".join(parts)


def language_xml(language: str) -> str:
    """`w:lang` for a whole document in `language` (BCP 47), whatever the script."""
    code = attribute(language)
    return f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="{code}"/>'


def document_defaults(language: str) -> str:
    """`w:docDefaults`: the theme's font for text, and the language."""
    return (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"'
        ' w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>'
        f"{language_xml(language)}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def styles_part(styles: tuple[Style, ...], numbers: Mapping[str, int], language: str) -> str:
    """`word/styles.xml` of a brief without a house document."""
    ids = {style.id: style.id for style in styles}
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0"'
        ' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376"/>'
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}>{document_defaults(language)}{latent}"
        + "".join(style_xml(style, ids, numbers) for style in styles)
        + "</w:styles>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 0, rule: str = "auto") -> str:
    shown = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{shown}/>'


def _fixed() -> str:
    font = look.FIXED_FONT
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


def _line(side: str, size: int, space: int, colour: str) -> str:
    """A border line: `size` in eighths of a point, `space` from the text in points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
