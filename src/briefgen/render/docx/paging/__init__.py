"""On which pages of a Word document everything stands, without a word processor.

The trip: the document is composed as for writing it; `cascade`, beside this room, settles what its
styles say (a house document's own, where there is one), `faces` which fonts this machine sets them
in, `reading` reads its text, `pieces` and `lines` measure and break it, `story` puts lines and rows
one below the other, `pages` fills pages. Word and LibreOffice do the same; the tests hold
LibreOffice's pages to these.
"""

from __future__ import annotations

from briefgen.brief.model import Brief
from briefgen.render.docx.composing import compose
from briefgen.render.docx.paging.layout import DocxLayout, laid_out
from briefgen.render.docx.paging.lines import forget_many_lines
from briefgen.render.paged import CONTENTS_FROM

__all__ = ["DocxLayout", "page_layout"]


def page_layout(brief: Brief, house: bytes | None = None) -> DocxLayout:
    """The pages of the Word document that `brief` becomes on `house`, or on our own stationery.

    With a list of contents where it is long enough for one, as an export has it. Fonts are those
    of this machine: `DocxLayout.missing_fonts` names those that it has none for.

    Raises `InputError` for a house that cannot be used.
    """
    composed = compose(brief, house)
    layout = laid_out(composed)
    if layout.pages >= CONTENTS_FROM and brief.lists_contents and layout.heading_pages:
        del composed  # the text of a long brief need not be there twice
        composed = compose(brief, house, tuple(layout.heading_pages.items()))
        layout = laid_out(composed, layout.pages)
    elif layout.pages > 9:  # two digits in a foot may take one line more
        layout = laid_out(composed, layout.pages)
    forget_many_lines()
    return layout
