"""Closing up: no page for the sake of its last few lines.

Where a brief, or the part before an annex, would run over by three lines or fewer, the white space
on the pages before is taken in by up to a fifth. Type is never made smaller.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.render.pdf.page_notes import PageNotes
from briefgen.render.pdf.pages import PageContent, fill_pages
from briefgen.render.pdf.slices import Slice

_FEW_LINES = 3.3
"""Lines of text that are too few for a page of their own, with the room between them."""
_SHARE = 0.8
"""Of the white space that is kept."""
_REACH = 2
"""Pages before the one with too little on it whose white space is taken in."""


def close_up(
    slices: Sequence[Slice],
    pages: Sequence[PageContent],
    leading: float,
    limit: float,
    notes: PageNotes | None,
) -> bool:
    """Take in white space where that saves a page; whether it did. `slices` are changed then."""
    for number in range(len(pages) - 1, 0, -1):
        if not _is_short(pages, number, leading * _FEW_LINES):
            continue
        kept = [
            (standing.slice, standing.slice.space)
            for page in pages[max(number - _REACH, 0) : number + 1]
            for standing in page.standing
            if not standing.repeated
        ]
        for each, space in kept:
            each.space = space * _SHARE
        if len(fill_pages(slices, limit, notes)) < len(pages):
            return True
        for each, space in kept:
            each.space = space
    return False


def _is_short(pages: Sequence[PageContent], number: int, few: float) -> bool:
    """Whether so little of the text goes on on this page, and the text ends there."""
    standing = pages[number].standing
    if not standing or standing[0].slice.new_page:
        return False
    if standing[-1].top + standing[-1].slice.height > few:
        return False
    if number + 1 == len(pages):
        return True
    after = pages[number + 1].standing
    return bool(after) and after[0].slice.new_page
