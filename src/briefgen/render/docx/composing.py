"""A brief as the parts of a Word document: its stationery, and its body as XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.brief.model import Brief
from briefgen.brief.words import ENGLISH
from briefgen.render._reading import with_key_last
from briefgen.render.docx.body import BodyWriter, labels_need, widest_column
from briefgen.render.docx.contents import contents_list, last_page
from briefgen.render.docx.house import Stationery, stationery
from briefgen.render.docx.inlines import InlineWriter, link_tips
from briefgen.render.docx.links import Bookmarks, OutwardLinks
from briefgen.render.docx.marks import NoteMarks, key_is_note, note_kind
from briefgen.render.docx.notes import (
    STYLES,
    NotesPart,
    notes_part,
    printable_notes,
    with_notes_placed,
)
from briefgen.render.docx.numbering import OrderedLists
from briefgen.render.docx.references import reference_list
from briefgen.render.docx.xml import NAMESPACES
from briefgen.render.label_columns import label_columns


class Body(NamedTuple):
    """A document's text, and what it refers to."""

    xml: str
    """The whole `w:document`."""
    lists: OrderedLists
    outward: OutwardLinks
    notes: NotesPart | None
    bookmarks: Bookmarks


class Composed(NamedTuple):
    """A brief on its stationery."""

    brief: Brief
    """With its sections as Word prints them."""
    lent: Stationery
    body: Body


def compose(
    brief: Brief,
    house: bytes | None = None,
    contents: Sequence[tuple[str, int]] = (),
    pages: int = 0,
) -> Composed:
    """The brief as it is written on `house`, or on our own stationery.

    `contents` and `pages` are as for `render_docx`. Raises `InputError` for a house that cannot be
    used.
    """
    words = {**ENGLISH, **brief.words}
    if not key_is_note(brief):
        brief = with_key_last(brief)
    brief = with_notes_placed(brief, words["notes"])
    pages = pages or last_page(contents)
    widest = widest_column(label_columns(brief, labels_need))
    lent = stationery(house, brief, words, label_column=widest, pages=pages)
    body = _write(brief, lent, words, contents, frozenset())
    if body.bookmarks.dangling:  # links to nowhere: once more, with those printed as text
        body = _write(brief, lent, words, contents, body.bookmarks.dangling)
    return Composed(brief, lent, body)


def _write(
    brief: Brief,
    lent: Stationery,
    words: Mapping[str, str],
    contents: Sequence[tuple[str, int]],
    unlinkable: frozenset[str],
) -> Body:
    lists, outward = lent.text.numberings.lists(), OutwardLinks()
    bookmarks = Bookmarks(unlinkable)
    marks = NoteMarks(
        kind=note_kind(brief),
        style=lent.text.ids[STYLES[note_kind(brief)][1]],
        bookmarks=bookmarks,
        notes=printable_notes(brief),
        first_id=lent.notes.first_id if lent.notes else 1,
    )
    live = None
    if brief.live is not None:
        from briefgen.render.docx.zotero import LiveFields  # needs JSON: only where used

        live = LiveFields(brief.live)
    inlines = InlineWriter(
        ids=lent.text.ids,
        words=words,
        bookmarks=bookmarks,
        outward=outward,
        marks=marks,
        live=live,
        tips=link_tips(brief),
    )
    writer = BodyWriter(
        brief=brief,
        inlines=inlines,
        references=reference_list(brief, inlines),
        lists=lists,
        look=lent.text,
        text_width=lent.text_width,
        columns=label_columns(brief, labels_need),
    )

    def listed() -> str:
        return contents_list(
            brief, contents, inlines, lent.text_width, lent.text, writer.chapter_of
        )

    text = marks.counted(writer.write(listed if contents else None))
    notes = None
    if lent.notes is not None:
        in_notes = replace(inlines, outward=OutwardLinks(), in_note=True)
        notes = notes_part(lent.notes, marks, in_notes, lent.package)
    xml = f"<w:document {NAMESPACES}><w:body>{text}{lent.section}</w:body></w:document>"
    return Body(xml, lists, outward, notes, bookmarks)
