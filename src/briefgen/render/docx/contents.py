"""The contents list: a real table-of-contents field with its entries in place.

It follows the sections that open the brief and lists what comes after them.

The field is not marked as out of date, so Word opens the document without a question; a reader
who asks for an update gets Word's own (ECMA-376 Part 1, 17.16.5.68).
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.brief.model import Brief
from briefgen.render.contents import contents_lines
from briefgen.render.docx.inlines import InlineWriter
from briefgen.render.docx.runs import field_runs, run, tab_run
from briefgen.render.docx.xml import attribute

_LEVELS = 3


def contents_list(
    brief: Brief,
    pages: Sequence[tuple[str, int]],
    inlines: InlineWriter,
    text_width: int,
) -> str:
    """The contents list as blocks, or nothing when `pages` names no heading that it lists.

    `pages` are anchors with the pages on which they stand; 0 where that is not known, which shows
    no number.
    """
    paged = dict(pages)
    entries = contents_lines(brief, paged.__contains__)
    if not entries:
        return ""
    ids, words = inlines.ids, inlines.words
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{text_width}"/></w:tabs>'
    out = [
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        ),
        (
            f'<w:p><w:pPr><w:pStyle w:val="{attribute(ids["TOCHeading"])}"/></w:pPr>'
            f"{run(words['contents'])}</w:p>"
        ),
    ]
    for place, line in enumerate(entries):
        page = paged[line.anchor]
        style = attribute(ids[f"TOC{min(line.level, _LEVELS)}"])
        begin = _FIELD_BEGIN if place == 0 else ""
        end = _FIELD_END if place == len(entries) - 1 else ""
        name = inlines.bookmarks.target(line.anchor)
        shown = run(line.text)
        if page:
            shown += tab_run()
            shown += field_runs(f"PAGEREF {name} \\h", str(page)) if name else run(str(page))
        if name:
            shown = f'<w:hyperlink w:anchor="{name}" w:history="1">{shown}</w:hyperlink>'
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>{begin}{shown}{end}</w:p>'
        )
    out.append("</w:sdtContent></w:sdt>")
    return "".join(out)


_FIELD_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def last_page(pages: Sequence[tuple[str, int]]) -> int:
    """The last page that `pages` names; 1 when it names none."""
    return max((page for _, page in pages), default=1)
