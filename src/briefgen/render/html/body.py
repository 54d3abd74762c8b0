"""Blocks and inlines as HTML elements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from typing import assert_never
from urllib.parse import quote

from briefgen.brief import model
from briefgen.brief.traversal import ended
from briefgen.direction import apart
from briefgen.patterns import lazy_pattern
from briefgen.render._reading import (
    WARNING_SIGN,
    cited_at_places,
    cited_in_notes,
    is_right_to_left,
    notes_by_mark,
    notes_citing,
    ranges,
    reference_anchors,
    standing_word,
    with_cautions,
    without_marks,
)
from briefgen.values import valueclass

_ADDRESS = lazy_pattern(r"(?:https?://|www\.|doi:|10\.)[^\s]+")
_BREAK_HERE = lazy_pattern(r"(?<=//)(?=[^/])|(?<=[^/:])(?=/[^/])|(?<=[^/])(?=[.,~_?#%&=][^/])")
"""Where an address may be broken, as the Chicago Manual of Style has it: after `//`, else before a
mark, so that no mark at a line's end is taken for the sentence's."""

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
)


def escaped(text: str) -> str:
    """Text as HTML character data. A carriage return is written out, or parsers turn it round."""
    return text.translate(_ESCAPES)


def told(text: str) -> str:
    """Text as `escaped` has it, what runs against the line set apart from it."""
    pieces = apart(text)
    if len(pieces) == 1:
        return escaped(text)
    return "".join(
        f"<bdi>{escaped(piece)}</bdi>" if place % 2 and piece else escaped(piece)
        for place, piece in enumerate(pieces)
    )


def attribute(text: str) -> str:
    """Text as a quoted attribute value."""
    return f'"{text.translate(_ESCAPES)}"'


def fragment(anchor: str) -> str:
    """A quoted `href` to an anchor on the page."""
    return attribute("#" + quote(anchor, safe="-._~!$&'()*+,;=:@/?"))


@valueclass(frozen=True, slots=True)
class _Place:
    """What an inline may bring along where it stands."""

    linked: bool
    """Links: there are none inside a link."""
    anchored: bool
    """Ids: there are none in a text that stands elsewhere too."""


_IN_TEXT = _Place(linked=True, anchored=True)
_IN_LINK = _Place(linked=False, anchored=True)
_SAID_AGAIN = _Place(linked=False, anchored=False)


class Body:
    """Writes blocks and inlines; remembers which column widths it used."""

    def __init__(self, brief: model.Brief) -> None:
        self._brief = brief
        self._language = brief.language
        self._references = reference_anchors(brief)
        self._notes = {note.number: note for note in brief.notes}
        self._note_anchors = {note.number: note.anchor for note in brief.notes}
        self._note_of_mark = notes_by_mark(brief.notes)
        self._notes_citing = notes_citing(brief)
        self._note_mark = standing_word(brief, "note_mark")
        self._warning = standing_word(brief, "warning")
        self._notes_printed = False
        self.column_widths: set[int] = set()

    # --- blocks ------------------------------------------------------------------------------

    def blocks(self, blocks: model.Blocks) -> str:
        """A run of blocks."""
        return "".join([self._block(block) for block in blocks])

    def _block(self, block: model.Block) -> str:
        match block:
            case model.Paragraph():
                role = "" if block.role == "body" else f' class="{block.role}"'
                return f"<p{role}>{self.inlines(block.content)}</p>\n"
            case model.Heading():
                tag = f"h{min(block.level + 1, 6)}"
                anchor = f" id={attribute(block.anchor)}" if block.anchor else ""
                return f"<{tag}{anchor}>{self.inlines(block.content)}</{tag}>\n"
            case model.ListBlock():
                return self._list(block)
            case model.Entries():
                return self._entries(block)
            case model.Table():
                return self._table(block)
            case model.Quote():
                return f"<blockquote>\n{self.blocks(block.blocks)}</blockquote>\n"
            case model.Preformatted():
                # `code` between, since a parser drops a line break right after `pre`.
                return f"<pre><code>{escaped(block.text)}</code></pre>\n"
            case model.Rule():
                return "<hr>\n"
            case model.References():
                return self._references_list(block)
            case model.Notes():
                return self.notes()
            case _:
                assert_never(block)

    def _list(self, block: model.ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        if block.ordered:
            digits = _digits(block.start + len(block.items) - 1)
            start += f' class="{digits}"' if digits else ""
        items = "".join([f"<li>{self._item(item)}</li>\n" for item in block.items])
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def _item(self, blocks: model.Blocks) -> str:
        """An item's blocks; a single plain paragraph needs no `p` around it."""
        if len(blocks) == 1 and isinstance(blocks[0], model.Paragraph) and blocks[0].role == "body":
            return self.inlines(blocks[0].content)
        return self.blocks(blocks)

    def _entries(self, block: model.Entries) -> str:
        rows = "".join(
            [
                f"<div><dt>{self.inlines(entry.label)}</dt>"
                f"<dd>{self._item(entry.blocks)}</dd></div>\n"
                for entry in block.entries
            ]
        )
        headings = attribute("; ".join(h for h in (block.label_heading, block.body_heading) if h))
        return (
            f'<div role="group" aria-label={headings}>\n<dl class="entries">\n{rows}</dl>\n</div>\n'
        )

    def _table(self, block: model.Table) -> str:
        total = sum(column.width for column in block.columns) or 1.0
        columns = []
        for column in block.columns:
            share = round(100 * column.width / total)
            self.column_widths.add(share)
            columns.append(f'<col class="w{share}">')
        headings = "".join(
            [
                f'<th scope="col"{_aligned(column)}>{self.inlines(column.heading)}</th>'
                for column in block.columns
            ]
        )
        head = f"<thead><tr>{headings}</tr></thead>\n" if block.has_header else ""
        rows = "".join([self._row(block.columns, row) for row in block.rows])
        name = attribute(block.caption)
        return (
            f'<div class="table" role="region" tabindex="0" aria-label={name}>\n'
            f'<table>\n<caption class="unseen">{escaped(block.caption)}</caption>\n'
            f"<colgroup>{''.join(columns)}</colgroup>\n"
            f"{head}<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )

    def _row(self, columns: tuple[model.Column, ...], row: model.Row) -> str:
        muted = ' class="muted"' if row.muted else ""
        cells = "".join(
            [
                f"<td{_aligned(column)}>{self.inlines(cell)}</td>"
                for column, cell in zip(columns, row.cells, strict=True)
            ]
        )
        return f"<tr{muted}>{cells}</tr>\n"

    def _references_list(self, block: model.References) -> str:
        labelled = any(entry.label for entry in block.entries)
        look = " labelled" if labelled else " hanging" if block.hanging else ""
        items = []
        for entry in block.entries:
            label = f"<span>{escaped(entry.label)}</span> " if labelled else ""
            more = entry.remarks or (block.backlinks and entry.cited_by)
            text = self.inlines(ended(entry.content) if more else entry.content)
            if entry.remarks:
                text += f' <span class="remarks">{self.inlines(entry.remarks)}</span>'
            if block.backlinks:
                text += self._cited_in_notes(entry) + self._cited_at(entry)
            inside = f"{label}<div>{text}</div>" if labelled else text
            items.append(f"<li{_id(entry.anchor)}>{inside}</li>\n")
        # Safari forgets that a list without markers is a list, unless told.
        return f'<ul class="references{look}" role="list">\n{"".join(items)}</ul>\n'

    def _cited_in_notes(self, entry: model.ReferenceEntry) -> str:
        """The numbers of the notes that cite an entry, each a link to its note's first mark."""
        numbers = self._notes_citing.get(entry.source, ())
        if not numbers:
            return ""
        before, after = cited_in_notes(self._brief, numbers)
        shown = ", ".join(
            [
                self._to_mark(first) if first == last
                else f'<span class="run">{self._to_mark(first)}–{self._to_mark(last)}</span>'
                for first, last in ranges(numbers)
            ]
        )  # fmt: skip
        return f' <span class="cited">{escaped(before)}{shown}{escaped(after)}</span>'

    def _to_mark(self, number: int) -> str:
        note = self._notes[number]
        if not note.cited_at:
            return str(number)
        name = self._note_mark.format(number=number)
        return _back_link(note.cited_at[0], name, str(number))

    def _cited_at(self, entry: model.ReferenceEntry) -> str:
        """Numbered links to the places in the text that cite an entry."""
        places = [anchor for anchor in entry.cited_by if anchor not in self._note_of_mark]
        if not places:
            return ""
        before, after = cited_at_places(self._brief)
        name = standing_word(self._brief, "citation_place")
        shown = ", ".join(
            [
                _back_link(anchor, name.format(place=place, places=len(places)), str(place))
                for place, anchor in enumerate(places, 1)
            ]
        )
        return f' <span class="cited back">{escaped(before)}{shown}{escaped(after)}</span>'

    def notes(self) -> str:
        """All notes as a numbered list, the first time; later nothing, for ids are unique.

        Each note at the foot has the role `doc-footnote`. Endnotes have none: DPUB-ARIA 1.1
        forbids it within `doc-endnotes`, where a list's items are notes already.
        """
        if self._notes_printed or not self._brief.notes:
            return ""
        self._notes_printed = True
        items = []
        for note in self._brief.notes:
            text = self.inlines(note.content) + self._back_links(note)
            if self._brief.notes_at == "foot":
                # The item keeps its own role, or the list would not be one.
                inside = f'<div{_id(note.anchor)} role="doc-footnote">{text}</div>'
                items.append(f'<li value="{note.number}">{inside}</li>\n')
            else:
                items.append(f'<li{_id(note.anchor)} value="{note.number}">{text}</li>\n')
        look = f"notes {_digits(max(self._notes))}".rstrip()
        return f'<ol class="{look}">\n{"".join(items)}</ol>\n'

    def _back_links(self, note: model.Note) -> str:
        """An arrow back to a note's mark; for several marks a letter each."""
        if not note.cited_at:
            return ""
        if len(note.cited_at) == 1:
            name = standing_word(self._brief, "back_from_note").format(number=note.number)
            link = _back_link(note.cited_at[0], name, "↩\ufe0e")  # the selector: no emoji
            return f' <span class="back">{link}</span>'
        word = standing_word(self._brief, "back_to_mark")
        links = [
            _back_link(anchor, word.format(mark=mark, number=note.number), mark)
            for mark, anchor in zip(_letters(), note.cited_at, strict=False)
        ]
        return f' <span class="back marks">{" ".join(links)}</span>'

    # --- inlines -----------------------------------------------------------------------------

    def said_again(self, inlines: model.Inlines) -> str:
        """Inlines for a second place, inside a link: no links, no ids, no marks of notes."""
        return self.inlines(without_marks(inlines), _SAID_AGAIN)

    def inlines(self, inlines: model.Inlines, place: _Place = _IN_TEXT) -> str:
        """A run of inlines."""
        parts: list[str] = []
        before: model.Inline | None = None
        for inline in inlines:
            if isinstance(inline, model.Cite) and inline.note is not None and _is_note_mark(before):
                parts.append("<sup>, </sup>")  # or note 1 and note 2 read as note 12
            if isinstance(inline, model.Flag) and before is not None:
                parts.append(_space_after(before))
            parts.append(self._inline(inline, place))
            before = inline
        return "".join(parts)

    def _inline(self, inline: model.Inline, place: _Place) -> str:
        match inline:
            case model.Text():
                return self._text(inline)
            case model.Emphasis():
                return f"<em>{self.inlines(inline.content, place)}</em>"
            case model.Strong():
                return f"<strong>{self.inlines(inline.content, place)}</strong>"
            case model.SmallCaps():
                inside = self.inlines(inline.content, place)
                return f'<span class="small-caps">{inside}</span>'
            case model.Superscript():
                return f"<sup>{self.inlines(inline.content, place)}</sup>"
            case model.Subscript():
                return f"<sub>{self.inlines(inline.content, place)}</sub>"
            case model.Code():
                return f"<code>{escaped(inline.text)}</code>"
            case model.Link():
                if not place.linked:
                    return self.inlines(inline.content, place)
                inside = self._link_text(inline.content)
                return f"<a href={attribute(inline.url)}>{inside}</a>"
            case model.CrossReference():
                if not place.linked:
                    return self.inlines(inline.content, place)
                inside = self.inlines(inline.content, _IN_LINK)
                return f"<a href={fragment(inline.anchor)}>{inside}</a>"
            case model.LineBreak():
                return "<br>\n"
            case model.Flag():
                sign = (
                    f'<span role="img" aria-label={attribute(self._warning)}>{WARNING_SIGN}</span>'
                )
                return f'<span class="flag">{sign} {escaped(inline.text)}</span>'
            case model.Sentence():
                inside = self.inlines(inline.content, place)
                return f"<span data-fact={attribute(' '.join(inline.facts))}>{inside}</span>"
            case model.Cite():
                return self._cite(inline, place)
            case _:
                assert_never(inline)

    def _text(self, text: model.Text) -> str:
        if not text.language or text.language == self._language:
            return told(text.text)
        turned = is_right_to_left(text.language)
        direction = ""
        if turned != is_right_to_left(self._language):
            direction = ' dir="rtl"' if turned else ' dir="ltr"'
        return f"<span lang={attribute(text.language)}{direction}>{told(text.text)}</span>"

    def _link_text(self, content: model.Inlines) -> str:
        """What a link says; an address may be broken at its marks, and copies without a trace."""
        only = content[0] if len(content) == 1 else None
        if isinstance(only, model.Text) and _ADDRESS.fullmatch(only.text):
            return "<wbr>".join([escaped(part) for part in _BREAK_HERE.split(only.text)])
        return self.inlines(content, _IN_LINK)

    def _cite(self, cite: model.Cite, place: _Place) -> str:
        own = _id(cite.anchor) if place.anchored else ""
        if cite.note is not None:
            target = self._note_anchors.get(cite.note, "")
            if not place.linked or not target:
                return f"<sup{own}>{cite.note}</sup>"
            name = attribute(self._note_mark.format(number=cite.note))
            return (
                f'<sup><a{own} role="doc-noteref" href={fragment(target)} aria-label={name}>'
                f"{cite.note}</a></sup>"
            )
        target = next(
            (self._references[i.source] for i in cite.items if i.source in self._references), ""
        )
        if not target or not place.linked or _holds_link(cite.content):
            inside = self.inlines(cite.content, place)
            return f"<span{own}>{inside}</span>" if own else inside
        inside = self.inlines(cite.content, _IN_LINK)
        return f'<a{own} role="doc-biblioref" href={fragment(target)}>{inside}</a>'


def _back_link(anchor: str, name: str, shown: str) -> str:
    return (
        f'<a role="doc-backlink" href={fragment(anchor)} aria-label={attribute(name)}>{shown}</a>'
    )


def _digits(last: int) -> str:
    """The class of a list whose numbers are wide: they hang left of the text and need room."""
    return f"d{min(len(str(last)), 4)}" if last > 9 else ""


def _letters() -> Iterator[str]:
    """a to z, then aa, ab and so on."""
    for size in count(1):
        for letters in product("abcdefghijklmnopqrstuvwxyz", repeat=size):
            yield "".join(letters)


def _id(anchor: str) -> str:
    return f" id={attribute(anchor)}" if anchor else ""


def _aligned(column: model.Column) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _is_note_mark(inline: model.Inline | None) -> bool:
    return isinstance(inline, model.Cite) and inline.note is not None


def _space_after(inline: model.Inline) -> str:
    return "" if with_cautions((inline,))[-1:].isspace() else " "


def _holds_link(inlines: model.Inlines) -> bool:
    for inline in inlines:
        if isinstance(inline, model.Link | model.CrossReference):
            return True
        if not isinstance(
            inline, model.Text | model.Code | model.LineBreak | model.Flag
        ) and _holds_link(inline.content):
            return True
    return False
