"""The list of references: each source, what the brief says of it, and where it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from briefgen.brief.model import Brief, Inlines, Link, ReferenceEntry, References
from briefgen.brief.traversal import ended, inlines_in, worded_alike
from briefgen.render.docx.inlines import InlineWriter
from briefgen.render.docx.links import Bookmarks, OutwardLinks, link_address
from briefgen.render.docx.marks import NoteMarks
from briefgen.render.docx.runs import field_begin, field_end, run, tab_run
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class ReferenceList:
    """Writes the entries of a brief's lists of references."""

    inlines: InlineWriter
    field: str = ""
    """The instruction of the field that the list is, where a reference manager keeps it."""

    def contents(self, block: References) -> Iterator[tuple[ReferenceEntry, str]]:
        """Each entry with what its paragraph holds.

        A list that is a field holds nothing else: its keeper would remove it.
        """
        last = len(block.entries) - 1
        for place, entry in enumerate(block.entries):
            more = not self.field and bool(entry.remarks or (block.backlinks and entry.cited_by))
            content = self._entry(entry, more=more)
            if not self.field:
                content += self._besides(entry, block.backlinks)
            else:
                content = (field_begin(self.field) if place == 0 else "") + content
                content += field_end() if place == last else ""
            yield entry, content

    def _entry(self, entry: ReferenceEntry, *, more: bool) -> str:
        label = f"{run(entry.label)}{tab_run()}" if entry.label else ""
        content = label + self._worded(ended(entry.content) if more else entry.content)
        return self.inlines.bookmarks.around(entry.anchor, content)

    def _worded(self, content: Inlines) -> str:
        ids = self.inlines.ids
        kept = _kept(content, ids["HTMLCode"], ids["Hyperlink"])
        if kept is None:
            return self.inlines.write(content)
        pieces = list(kept)
        pieces[1::2] = [self.inlines.outward.relationship(url) for url in pieces[1::2]]
        return "".join(pieces)

    def _besides(self, entry: ReferenceEntry, backlinks: bool) -> str:
        remarks = run(" ") + self.inlines.write(entry.remarks) if entry.remarks else ""
        if not backlinks:
            return remarks
        marks, words = self.inlines.marks, self.inlines.words
        notes = marks.cited_in(entry.source, entry.cited_by)
        if not notes:
            return remarks + self.inlines.back_links(entry.cited_by)
        one = notes[0][0] == notes[-1][1]
        pattern = words["cited_in_note" if one else "cited_in_notes"]
        return remarks + run(" ") + marks.in_words(pattern, notes, self.inlines.style("BackLink"))


@lru_cache(maxsize=4096)
def _kept(content: Inlines, code: str, link: str) -> tuple[str, ...] | None:
    """What a reference says as XML, cut where the ids of links stand: in their place the addresses.

    The same references stand in many briefs of one batch. None for one that is not the same in
    every document.
    """
    if not worded_alike(content) or any(
        isinstance(inline, Link) and _CUT in inline.url for inline in inlines_in(content)
    ):
        return None
    ids = {"HTMLCode": code, "Hyperlink": link}
    bookmarks = Bookmarks()
    marks = NoteMarks("footnote", "", bookmarks, {})
    writer = InlineWriter(ids, {}, bookmarks, _Addresses(), marks)
    return tuple(writer.write(content).split(_CUT))


_CUT = "\0"
"""Beside a link's address: no text has it, for XML cannot hold it."""


class _Addresses(OutwardLinks):
    """Links as their addresses, for whoever knows the ids."""

    def relationship(self, url: str) -> str:
        return f"{_CUT}{url}{_CUT}" if link_address(url) else ""


def reference_list(brief: Brief, inlines: InlineWriter) -> ReferenceList:
    """The writer of a brief's lists, as a field where its citations are fields."""
    if brief.live is None:
        return ReferenceList(inlines)
    from briefgen.render.docx.zotero import BIBLIOGRAPHY, lists_of_references

    return ReferenceList(inlines, BIBLIOGRAPHY if len(lists_of_references(brief)) == 1 else "")
