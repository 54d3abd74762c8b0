"""Blocks and inlines as HTML elements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never
from urllib.parse import quote

from briefgen.brief.model import (
    Block,
    Blocks,
    Cite,
    Code,
    Column,
    CrossReference,
    Emphasis,
    Entries,
    Flag,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Preformatted,
    Quote,
    References,
    Row,
    Rule,
    Sentence,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from briefgen.render._reading import WARNING_SIGN, is_right_to_left, plain_text

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
)


def escaped(text: str) -> str:
    """Text as HTML character data. A carriage return is written out, or parsers turn it round."""
    return text.translate(_ESCAPES)


def attribute(text: str) -> str:
    """Text as a quoted attribute value."""
    return f'"{text.translate(_ESCAPES)}"'


def fragment(anchor: str) -> str:
    """A quoted `href` to an anchor on the page."""
    return attribute("#" + quote(anchor, safe="-._~!$&'()*+,;=:@/?"))


class Body:
    """Writes blocks and inlines; remembers which column widths it used."""

    def __init__(
        self,
        *,
        language: str,
        references: Mapping[str, str],
        notes: tuple[Note, ...],
        back_to_text: str,
        warning: str,
    ) -> None:
        self._language = language
        self._references = references
        self._notes = notes
        self._note_anchors = {note.number: note.anchor for note in notes}
        self._back_to_text = back_to_text
        self._warning = warning
        self.column_widths: set[int] = set()

    # --- blocks ------------------------------------------------------------------------------

    def blocks(self, blocks: Blocks) -> str:
        """A run of blocks."""
        return "".join([self._block(block) for block in blocks])

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                role = "" if block.role == "body" else f' class="{block.role}"'
                return f"<p{role}>{self.inlines(block.content)}</p>\n"
            case Heading():
                tag = f"h{min(block.level + 1, 6)}"
                anchor = f" id={attribute(block.anchor)}" if block.anchor else ""
                return f"<{tag}{anchor}>{self.inlines(block.content)}</{tag}>\n"
            case ListBlock():
                return self._list(block)
            case Entries():
                return self._entries(block)
            case Table():
                return self._table(block)
            case Quote():
                return f"<blockquote>\n{self.blocks(block.blocks)}</blockquote>\n"
            case Preformatted():
                # `code` between, since a parser drops a line break right after `pre`.
                return f"<pre><code>{escaped(block.text)}</code></pre>\n"
            case Rule():
                return "<hr>\n"
            case References():
                return self._references_list(block)
            case Notes():
                return self.notes()
            case _:
                assert_never(block)

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join([f"<li>{self._item(item)}</li>\n" for item in block.items])
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def _item(self, blocks: Blocks) -> str:
        """An item's blocks; a single plain paragraph needs no `p` around it."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and blocks[0].role == "body":
            return self.inlines(blocks[0].content)
        return self.blocks(blocks)

    def _entries(self, block: Entries) -> str:
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

    def _table(self, block: Table) -> str:
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
        rows = "".join([self._row(block.columns, row) for row in block.rows])
        name = attribute(block.caption)
        return (
            f'<div class="table" role="region" tabindex="0" aria-label={name}>\n'
            f'<table>\n<caption class="unseen">{escaped(block.caption)}</caption>\n'
            f"<colgroup>{''.join(columns)}</colgroup>\n"
            f"<thead><tr>{headings}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )

    def _row(self, columns: tuple[Column, ...], row: Row) -> str:
        muted = ' class="muted"' if row.muted else ""
        cells = "".join(
            [
                f"<td{_aligned(column)}>{self.inlines(cell)}</td>"
                for column, cell in zip(columns, row.cells, strict=True)
            ]
        )
        return f"<tr{muted}>{cells}</tr>\n"

    def _references_list(self, block: References) -> str:
        labelled = any(entry.label for entry in block.entries)
        look = " labelled" if labelled else " hanging" if block.hanging else ""
        items = []
        for entry in block.entries:
            label = f"<span>{escaped(entry.label)}</span> " if labelled else ""
            text = self.inlines(entry.content) + self._back_links(entry.cited_by)
            inside = f"{label}<div>{text}</div>" if labelled else text
            items.append(f"<li id={attribute(entry.anchor)}>{inside}</li>\n")
        # Safari forgets that a list without markers is a list, unless told.
        return f'<ul class="references{look}" role="list">\n{"".join(items)}</ul>\n'

    def notes(self) -> str:
        """All notes, as a numbered list."""
        items = [
            f'<li id={attribute(note.anchor)} value="{note.number}">'
            f"{self.inlines(note.content)}{self._back_links(note.cited_at)}</li>\n"
            for note in self._notes
        ]
        return f'<ol class="notes">\n{"".join(items)}</ol>\n'

    def _back_links(self, anchors: tuple[str, ...]) -> str:
        if not anchors:
            return ""
        links = []
        for number, anchor in enumerate(anchors, 1):
            alone = len(anchors) == 1
            name = attribute(self._back_to_text if alone else f"{self._back_to_text} {number}")
            shown = "↩\ufe0e" if alone else str(number)
            links.append(
                f'<a role="doc-backlink" href={fragment(anchor)} aria-label={name}>{shown}</a>'
            )
        lead = "" if len(anchors) == 1 else "↩\ufe0e"
        return f' <span class="back">{lead}{" ".join(links)}</span>'

    # --- inlines -----------------------------------------------------------------------------

    def inlines(self, inlines: Inlines, *, linked: bool = True) -> str:
        """A run of inlines. `linked=False` leaves out links and anchors (inside a link)."""
        parts: list[str] = []
        before: Inline | None = None
        for inline in inlines:
            if isinstance(inline, Cite) and inline.note is not None and _is_note_mark(before):
                parts.append("<sup>, </sup>")  # or note 1 and note 2 read as note 12
            if isinstance(inline, Flag) and before is not None:
                parts.append(_space_after(before))
            parts.append(self._inline(inline, linked))
            before = inline
        return "".join(parts)

    def _inline(self, inline: Inline, linked: bool) -> str:
        match inline:
            case Text():
                return self._text(inline)
            case Emphasis():
                return f"<em>{self.inlines(inline.content, linked=linked)}</em>"
            case Strong():
                return f"<strong>{self.inlines(inline.content, linked=linked)}</strong>"
            case SmallCaps():
                inside = self.inlines(inline.content, linked=linked)
                return f'<span class="small-caps">{inside}</span>'
            case Superscript():
                return f"<sup>{self.inlines(inline.content, linked=linked)}</sup>"
            case Subscript():
                return f"<sub>{self.inlines(inline.content, linked=linked)}</sub>"
            case Code():
                return f"<code>{escaped(inline.text)}</code>"
            case Link():
                inside = self.inlines(inline.content, linked=False)
                return f"<a href={attribute(inline.url)}>{inside}</a>" if linked else inside
            case CrossReference():
                inside = self.inlines(inline.content, linked=False)
                return f"<a href={fragment(inline.anchor)}>{inside}</a>" if linked else inside
            case LineBreak():
                return "<br>\n"
            case Flag():
                sign = (
                    f'<span role="img" aria-label={attribute(self._warning)}>{WARNING_SIGN}</span>'
                )
                return f'<span class="flag">{sign} {escaped(inline.text)}</span>'
            case Sentence():
                inside = self.inlines(inline.content, linked=linked)
                return f"<span data-fact={attribute(inline.fact)}>{inside}</span>"
            case Cite():
                return self._cite(inline, linked)
            case _:
                assert_never(inline)

    def _text(self, text: Text) -> str:
        if not text.language or text.language == self._language:
            return escaped(text.text)
        turned = is_right_to_left(text.language)
        direction = ""
        if turned != is_right_to_left(self._language):
            direction = ' dir="rtl"' if turned else ' dir="ltr"'
        return f"<span lang={attribute(text.language)}{direction}>{escaped(text.text)}</span>"

    def _cite(self, cite: Cite, linked: bool) -> str:
        if cite.note is not None:
            anchor = self._note_anchors.get(cite.note, "")
            if not linked or not anchor:
                return f"<sup>{cite.note}</sup>"
            return (
                f'<sup><a{_id(cite.anchor)} role="doc-noteref" href={fragment(anchor)}>'
                f"{cite.note}</a></sup>"
            )
        if not linked:
            return self.inlines(cite.content, linked=False)
        target = next(
            (self._references[i.source] for i in cite.items if i.source in self._references), ""
        )
        if not target or _holds_link(cite.content):
            return f"<span{_id(cite.anchor)}>{self.inlines(cite.content)}</span>"
        inside = self.inlines(cite.content, linked=False)
        return f'<a{_id(cite.anchor)} role="doc-biblioref" href={fragment(target)}>{inside}</a>'


def _id(anchor: str) -> str:
    return f" id={attribute(anchor)}" if anchor else ""


def _aligned(column: Column) -> str:
    return "" if column.align == "left" else f' class="{column.align}"'


def _is_note_mark(inline: Inline | None) -> bool:
    return isinstance(inline, Cite) and inline.note is not None


def _space_after(inline: Inline) -> str:
    return "" if plain_text((inline,))[-1:].isspace() else " "


def _holds_link(inlines: Inlines) -> bool:
    for inline in inlines:
        if isinstance(inline, Link | CrossReference):
            return True
        if not isinstance(inline, Text | Code | LineBreak | Flag) and _holds_link(inline.content):
            return True
    return False
