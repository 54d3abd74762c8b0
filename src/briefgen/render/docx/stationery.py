"""What a brief is written on: styles, page set-up, headers and footers. Ours, or a house's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.brief.model import Brief
from briefgen.render.docx import furniture, look
from briefgen.render.docx.notes import NoteSetting, note_setting
from briefgen.render.docx.numbering import Numbering
from briefgen.render.docx.package import WORD, Part, Relationship, office
from briefgen.render.docx.styles import Palette, briefing_styles, styles_part
from briefgen.render.docx.theme import font_table_part, settings_part, theme_part


@dataclass(frozen=True, slots=True)
class Stationery:
    """Everything of a document but its body."""

    ids: Mapping[str, str]
    """Our names of styles -> their ids in this document."""
    palette: Palette
    text_width: int
    """Twips between the margins."""
    label_column: int
    """Twips that the labels of dated entries take."""
    section: str
    """The document's `w:sectPr`."""
    parts: tuple[Part, ...]
    """Styles, settings, headers and the rest, numbering aside."""
    relationships: tuple[Relationship, ...]
    """The document's ties to those parts."""
    numbering: Callable[[], Numbering]
    """A fresh set of numberings."""
    numbering_part: Callable[[Numbering], Part]
    bullet_numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Numberings for list styles that carry none."""
    indents: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Left and hanging indents of list styles, where a house has its own."""
    scale: float = 1.0
    """The size of ordinary text by that of ours."""
    notes: NoteSetting | None = None
    """How notes are set; None for a brief without any."""
    warnings: tuple[str, ...] = ()


def own_stationery(
    brief: Brief, words: Mapping[str, str], *, label_column: int, pages: int
) -> Stationery:
    """Our own. `pages` is how many the document probably has."""
    palette = Palette()
    styles = briefing_styles(palette, label_column)
    ids = {style.id: style.id for style in styles}
    numbering = Numbering()
    page = look.PAGES[brief.paper]
    notes = note_setting(brief)
    settings = settings_part(brief.language, [notes.settings] if notes else [])
    parts = [
        Part(
            "word/styles.xml",
            f"{WORD}.styles+xml",
            _bytes(styles_part(styles, numbering.ids, brief.language)),
        ),
        Part("word/settings.xml", f"{WORD}.settings+xml", _bytes(settings)),
        Part("word/fontTable.xml", f"{WORD}.fontTable+xml", _bytes(font_table_part())),
        Part(
            "word/theme/theme1.xml",
            "application/vnd.openxmlformats-officedocument.theme+xml",
            _bytes(theme_part()),
        ),
    ]  # fmt: skip
    relationships = [
        Relationship(kind, office(kind), part.name)
        for kind, part in zip(("styles", "settings", "fontTable", "theme"), parts, strict=True)
    ]
    references = []
    framed = own_frames(brief, words, ids, page.text_width, pages)
    for number, (kind, pages_meant, xml) in enumerate(framed, start=1):
        name = f"word/{kind}{number}.xml"
        parts.append(Part(name, f"{WORD}.{kind}+xml", _bytes(xml)))
        relationships.append(Relationship(f"{kind}{number}", office(kind), name))
        references.append(f'<w:{kind}Reference w:type="{pages_meant}" r:id="{kind}{number}"/>')
    section = (
        f"<w:sectPr>{''.join(references)}{notes.section if notes else ''}"
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{look.MARGIN}" w:right="{page.right}" w:bottom="{look.MARGIN}"'
        f' w:left="{page.left}" w:header="{look.EDGE}" w:footer="{look.EDGE - 142}" w:gutter="0"/>'
        '<w:cols w:space="709"/><w:titlePg/></w:sectPr>'
    )
    return Stationery(
        ids=ids,
        palette=palette,
        text_width=page.text_width,
        label_column=label_column,
        section=section,
        parts=tuple(parts),
        relationships=tuple(relationships),
        notes=notes,
        numbering=Numbering,
        numbering_part=lambda used: numbering_part(_bytes(used.part(ids, palette.accent_colour))),
    )


def own_frames(
    brief: Brief, words: Mapping[str, str], ids: Mapping[str, str], text_width: int, pages: int
) -> list[tuple[str, str, str]]:
    """Our headers and footers: `header` or `footer`, which pages it is for, and its part."""
    marking = furniture.marking(brief, ids)
    foot = furniture.running_foot(brief, ids, words, text_width, pages) + marking
    running = marking + furniture.running_title(brief, ids, text_width)
    return [
        ("header", "default", furniture.header_part(running, ids)),
        ("header", "first", furniture.header_part(marking, ids)),
        ("footer", "default", furniture.footer_part(foot, ids)),
        ("footer", "first", furniture.footer_part(foot, ids)),
    ]


def numbering_part(data: bytes, ties: Sequence[Relationship] = ()) -> Part:
    """`word/numbering.xml` with this content."""
    return Part("word/numbering.xml", f"{WORD}.numbering+xml", data, list(ties))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")
