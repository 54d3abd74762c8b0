"""Theme, fonts and settings of a brief without a house document."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.render.docx import look
from briefgen.render.docx.xml import DECLARATION, NAMESPACES, attribute

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

_COLOURS = (
    ("dk1", '<a:sysClr val="windowText" lastClr="000000"/>'),
    ("lt1", '<a:sysClr val="window" lastClr="FFFFFF"/>'),
    ("dk2", f'<a:srgbClr val="{look.INK}"/>'),
    ("lt2", f'<a:srgbClr val="{look.TINT}"/>'),
    ("accent1", f'<a:srgbClr val="{look.ACCENT}"/>'),
    ("accent2", f'<a:srgbClr val="{look.AMBER}"/>'),
    ("accent3", f'<a:srgbClr val="{look.GREY}"/>'),
    ("accent4", '<a:srgbClr val="3F7D93"/>'),
    ("accent5", '<a:srgbClr val="7A5C8E"/>'),
    ("accent6", '<a:srgbClr val="4C7A4C"/>'),
    ("hlink", f'<a:srgbClr val="{look.ACCENT}"/>'),
    ("folHlink", f'<a:srgbClr val="{look.GREY}"/>'),
)


def theme_part() -> str:
    """`word/theme/theme1.xml`: our colours and fonts, by the names that Word's menus show."""
    colours = "".join(f"<a:{name}>{colour}</a:{name}>" for name, colour in _COLOURS)
    font = f'<a:latin typeface="{look.FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="Briefing"><a:themeElements>'
        f'<a:clrScheme name="Briefing">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Briefing"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Briefing"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def font_table_part() -> str:
    """`word/fontTable.xml`: what to take where a font is missing."""
    return (
        f"{DECLARATION}<w:fonts {NAMESPACES}>"
        f'<w:font w:name="{look.FONT}"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{look.FIXED_FONT}"><w:altName w:val="DejaVu Sans Mono"/>'
        '<w:panose1 w:val="020B0609020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )


SETTINGS_ORDER: tuple[str, ...] = (
    "zoom", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop",
    "autoHyphenation", "evenAndOddHeaders", "characterSpacingControl", "footnotePr", "endnotePr",
    "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""The settings that a brief may have, in schema order (CT_Settings)."""


def settings_part(language: str, more: Sequence[tuple[str, str]] = ()) -> str:
    """`word/settings.xml`: today's layout rules, no hyphenation, no question when opened.

    `more` are settings that a house document brings, and those of notes, by name and as XML; ours
    stand where there are none, and always for layout rules, hyphenation and language.
    """
    code = attribute(language)
    scheme = " ".join(
        f'w:{name}="{value}"'
        for name, value in (
            ("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2"),
            ("accent1", "accent1"), ("accent2", "accent2"), ("accent3", "accent3"),
            ("accent4", "accent4"), ("accent5", "accent5"), ("accent6", "accent6"),
            ("hyperlink", "hyperlink"), ("followedHyperlink", "followedHyperlink"),
        )
    )  # fmt: skip
    word = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
            ("useWord2013TrackBottomHyphenation", 0),
        )
    )
    settings = {
        "defaultTabStop": '<w:defaultTabStop w:val="709"/>',
        "characterSpacingControl": '<w:characterSpacingControl w:val="doNotCompress"/>',
        "clrSchemeMapping": f"<w:clrSchemeMapping {scheme}/>",
        "decimalSymbol": '<w:decimalSymbol w:val="."/>',
        "listSeparator": '<w:listSeparator w:val=","/>',
        **dict(more),
        "autoHyphenation": '<w:autoHyphenation w:val="0"/>',
        "compat": f"<w:compat>{compat}</w:compat>",
        "themeFontLang": f'<w:themeFontLang w:val="{code}"/>',
    }
    inside = "".join(settings[name] for name in SETTINGS_ORDER if name in settings)
    return f"{DECLARATION}<w:settings {NAMESPACES}>{inside}</w:settings>"
