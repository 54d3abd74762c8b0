"""The contents list: a real table-of-contents field with its entries in place.

It follows the sections that open the brief and lists what comes after them.

The field is not marked as out of date, so Word opens the document without a question; a reader
who asks for an update gets Word's own (ECMA-376 Part 1, 17.16.5.68).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefgen.brief.model import Brief
from briefgen.render.contents import contents_lines
from briefgen.render.docx.amends import Amend
from briefgen.render.docx.inlines import InlineWriter
from briefgen.render.docx.runs import field_runs, run, tab_run
from briefgen.render.docx.text_look import TextLook
from briefgen.render.docx.widths import widest_stand_in
from briefgen.render.docx.xml import attribute

_LEVELS = 3
_AFTER_NUMBER = 160
"""Twips between the number of a chapter and its name, at least."""


def contents_list(
    brief: Brief,
    pages: Sequence[tuple[str, int]],
    inlines: InlineWriter,
    text_width: int,
    look: TextLook,
    chapter_of: Mapping[str, str],
) -> str:
    """The contents list as blocks, or nothing when `pages` names no heading that it lists.

    `pages` are anchors with the pages on which they stand; 0 where that is not known, which shows
    no number. `chapter_of` has the numbers of headings that the house counts, by their anchors.
    """
    paged = dict(pages)
    entries = contents_lines(brief, paged.__contains__)
    if not entries:
        return ""
    ids, words = inlines.ids, inlines.words
    numbers = (widest_stand_in(chapter_of.get(line.anchor, "")) for line in entries)
    room = min(round(max(numbers) * look.scale), text_width // 4) + _AFTER_NUMBER
    out = [
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        ),
        (f"<w:p><w:pPr>{_styled('TOCHeading', ids, look)}</w:pPr>{run(words['contents'])}</w:p>"),
    ]
    for place, line in enumerate(entries):
        page, chapter = paged[line.anchor], chapter_of.get(line.anchor, "")
        level = min(line.level, _LEVELS)
        begin = _FIELD_BEGIN if place == 0 else ""
        end = _FIELD_END if place == len(entries) - 1 else ""
        name = inlines.bookmarks.target(line.anchor)
        shown = run(line.text)
        if chapter:
            shown = f"{run(chapter)}{tab_run()}{shown}"
        if page:
            shown += tab_run()
            shown += field_runs(f"PAGEREF {name} \\h", str(page)) if name else run(str(page))
        if name:
            shown = f'<w:hyperlink w:anchor="{name}" w:history="1">{shown}</w:hyperlink>'
        tabs = _tabs(look, level, text_width, room)
        styled = _styled(f"TOC{level}", ids, look, tabs)
        out.append(f"<w:p><w:pPr>{styled}</w:pPr>{begin}{shown}{end}</w:p>")
    out.append("</w:sdtContent></w:sdt>")
    return "".join(out)


def _styled(style: str, ids: Mapping[str, str], look: TextLook, tabs: str = "") -> str:
    amend = look.amends.get(style, Amend())
    before = f"{amend.keep_next}{amend.page_break}{amend.number}"
    return f'<w:pStyle w:val="{attribute(ids[style])}"/>{before}{tabs}{amend.indent}'


def _tabs(look: TextLook, level: int, text_width: int, number: int) -> str:
    """The stops of an entry: after its number, which takes `number` twips (few for none), and at
    the text's right edge. Those of the house's style are for another page.
    """
    of_style = look.contents[level - 1]
    begin = min(max(of_style.left + of_style.first, 0), text_width // 2)
    own = {text_width: '<w:tab w:val="right" w:leader="dot" w:pos="{}"/>'}
    if number > _AFTER_NUMBER:
        own[begin + number] = '<w:tab w:val="left" w:pos="{}"/>'
    cleared = {tab.at: '<w:tab w:val="clear" w:pos="{}"/>' for tab in of_style.tabs}
    stops = (each.format(at) for at, each in sorted((cleared | own).items()))
    return f"<w:tabs>{''.join(stops)}</w:tabs>"


_FIELD_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def last_page(pages: Sequence[tuple[str, int]]) -> int:
    """The last page that `pages` names; 1 when it names none."""
    return max((page for _, page in pages), default=1)
