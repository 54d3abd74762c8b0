"""Blocks and inlines as Pandoc's Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import assert_never

from briefgen.brief import model
from briefgen.brief.traversal import ended
from briefgen.direction import SOME_RIGHT_TO_LEFT, apart
from briefgen.patterns import lazy_pattern
from briefgen.render._reading import (
    WARNING_SIGN,
    cited_at_places,
    entry_with_notes,
    flattened,
    notes_by_mark,
    notes_citing,
    reference_anchors,
)
from briefgen.render.markdown.escape import escape, raised, tight, url
from briefgen.values import valueclass

NOTHING = "<!---->"
"""A comment: keeps apart what Markdown would run together, and says nothing itself."""

PADDED_UP_TO = 100
"""Tables no wider than this are padded, to be read as they stand. In wider ones the rule below
the header carries the model's column widths: Pandoc takes them from there."""

_SAFE_ID = lazy_pattern(r"[A-Za-z][\w.:-]*", re.ASCII)
_AUTOLINK = lazy_pattern(r"https?://[A-Za-z0-9/?=._~%#+:-]+")


@valueclass(frozen=True, slots=True)
class _Place:
    """What surrounds an inline: Markdown cannot nest everything in everything."""

    emphasis: bool = False
    strong: bool = False
    link: bool = False
    one_line: bool = False


_IN_TEXT = _Place()


class Body:
    """Writes blocks and inlines, in reading order: a note's first mark is the one that counts."""

    def __init__(self, brief: model.Brief) -> None:
        self._brief = brief
        self._references = reference_anchors(brief)
        self._language = brief.language
        self._notes = {note.number: note for note in brief.notes}
        self._note_of_mark = notes_by_mark(brief.notes)
        self._notes_citing = notes_citing(brief)
        self._first_marks: dict[int, str] = {}
        """Notes marked already, each with the anchor at its first mark, if that bears one."""

    # --- blocks ------------------------------------------------------------------------------

    def blocks(self, blocks: model.Blocks) -> str:
        """A run of blocks, a blank line between each and the next."""
        pieces: list[str] = []
        before: model.Block | None = None
        for block in blocks:
            piece = self._block(block)
            if not piece:
                continue
            if before is not None and type(before) is type(block) and _runs_together(block):
                pieces.append(NOTHING)
            pieces.append(piece)
            before = block
        return "\n\n".join(pieces)

    def paragraph(self, content: model.Inlines, place: _Place = _IN_TEXT) -> str:
        """Inlines as a paragraph of their own."""
        return tight(self.inlines(content, place, at_start=True))

    def heading(self, level: int, content: model.Inlines, anchor: str = "", tone: str = "") -> str:
        """A heading line with its anchor."""
        words = tight(self.inlines(content, _Place(one_line=True)))
        marks = [_identifier(anchor)] if anchor else []
        marks += [f".{tone}"] if tone else []
        attributes = f" {{{' '.join(marks)}}}" if marks else ""
        return f"{'#' * min(level, 6)} {words}{attributes}"

    def note(self, note: model.Note) -> str:
        """What a note says, below its number."""
        text = self.paragraph(note.content) or NOTHING
        return _prefixed(text, f"[^{note.number}]: ", "    ")

    def _block(self, block: model.Block) -> str:
        match block:
            case model.Paragraph():
                return self._paragraph(block)
            case model.Heading():
                return self.heading(block.level, block.content, block.anchor)
            case model.ListBlock():
                return self._list(block)
            case model.Entries():
                return self._entries(block)
            case model.Table():
                return self._table(block)
            case model.Quote():
                return _prefixed(self.blocks(block.blocks), "> ", "> ")
            case model.Preformatted():
                fence = "`" * (max(2, _longest_run(block.text)) + 1)
                return f"{fence}\n{block.text}\n{fence}"
            case model.Rule():
                return "* * *"
            case model.References():
                entries = [self._reference(e, backlinks=block.backlinks) for e in block.entries]
                return "\n\n".join(entries)
            case model.Notes():
                return ""
            case _:
                assert_never(block)

    def _paragraph(self, block: model.Paragraph) -> str:
        match block.role:
            case "lead":
                return self.paragraph((model.Strong(block.content),))
            case "empty":
                return self.paragraph((model.Emphasis(block.content),))
            case "body" | "small":
                return self.paragraph(block.content)
            case _:
                assert_never(block.role)

    def _list(self, block: model.ListBlock) -> str:
        close = all(len(i) == 1 and isinstance(i[0], model.Paragraph) for i in block.items)
        items = []
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}." if block.ordered else "-"
            indent = " " * max(4, len(mark) + 1)
            items.append(_prefixed(self._opened(item), mark.ljust(len(indent)), indent))
        return ("\n" if close else "\n\n").join(items)

    def _opened(self, blocks: model.Blocks) -> str:
        """Blocks that follow a mark on its own line, which not every block may do."""
        inside = self.blocks(blocks)
        if blocks and isinstance(blocks[0], model.Paragraph | model.ListBlock) and inside:
            return inside
        return f"{NOTHING}\n\n{inside}" if inside else NOTHING

    def _entries(self, block: model.Entries) -> str:
        """A definition list: reads well as it stands, and keeps its meaning when converted."""
        close = all(
            len(e.blocks) == 1 and isinstance(e.blocks[0], model.Paragraph) for e in block.entries
        )
        entries = []
        for entry in block.entries:
            term = self.paragraph(entry.label, _Place(one_line=True)) or NOTHING
            body = _prefixed(self._opened(entry.blocks), ":   ", "    ")
            entries.append(f"{term}\n{body}" if close else f"{term}\n\n{body}")
        return "\n\n".join(entries)

    def _table(self, block: model.Table) -> str:
        header = [self._cell(column.heading, muted=False) for column in block.columns]
        rows = [[self._cell(cell, muted=row.muted) for cell in row.cells] for row in block.rows]
        widths = [max(3, *(len(line[i]) for line in (header, *rows))) for i in range(len(header))]
        aligned: list[str] = [column.align for column in block.columns]
        if sum(widths) + 3 * len(widths) + 1 > PADDED_UP_TO:
            total = sum(column.width for column in block.columns) or 1.0
            rules = [max(3, round(60 * column.width / total)) for column in block.columns]
            widths = [0] * len(widths)
        else:
            rules = widths
        rule = "|".join(
            f" {_rule(width, align)} " for width, align in zip(rules, aligned, strict=True)
        )
        lines = [_row(header, widths, aligned), f"|{rule}|"]
        lines += [_row(row, widths, aligned) for row in rows]
        if block.caption:
            lines += ["", f": {tight(escape(block.caption))}"]
        return "\n".join(lines)

    def _cell(self, content: model.Inlines, *, muted: bool) -> str:
        shown: model.Inlines = (model.Emphasis(content),) if muted and content else content
        return tight(self.inlines(shown, _Place(one_line=True)))

    def _reference(self, entry: model.ReferenceEntry, *, backlinks: bool) -> str:
        label = escape(entry.label)
        anchor = f"[{label}]{{{_identifier(entry.anchor)}}}" if entry.anchor else label
        space = " " if entry.label else ""
        # Note numbers are text: a mark has no address that every converter keeps.
        numbers = self._notes_citing.get(entry.source, ()) if backlinks else ()
        said = entry_with_notes(self._brief, entry, numbers)
        places = self._cited_at(entry) if backlinks else ()
        if places:
            said = (*ended(said), *places)
        return tight(f"{anchor}{space}{self.inlines(said)}")

    def _cited_at(self, entry: model.ReferenceEntry) -> model.Inlines:
        """Numbered links to the places in the text that cite an entry."""
        links: list[model.Inline] = []
        for anchor in entry.cited_by:
            if anchor not in self._note_of_mark:
                number = model.Text(str(len(links) // 2 + 1))
                links += (model.Text(", "), model.CrossReference(anchor, (number,)))
        if not links:
            return ()
        before, after = cited_at_places(self._brief)
        return (model.Text(f" {before}"), *links[1:], model.Text(after))

    # --- inlines -----------------------------------------------------------------------------

    def inlines(
        self,
        content: model.Inlines,
        place: _Place = _IN_TEXT,
        *,
        at_start: bool = False,
    ) -> str:
        """A run of inlines. `at_start`: they open a paragraph."""
        written = ""
        before: model.Inline | None = None
        for inline in flattened(content):
            if isinstance(inline, model.Flag) and written and not written[-1].isspace():
                written += " "
            if _is_note_mark(inline) and _is_note_mark(before):
                written += "^,^"  # or note 1 and note 2 read as note 12
            opens = (at_start and not written) or isinstance(before, model.LineBreak)
            piece = self._inline(inline, place, opens)
            if not piece:
                continue
            if written.endswith(" ") and piece.startswith((" ", "\\\n")):
                written = f"{written[:-1]}&#32;"  # or the two blanks, or blank and break, are one
            written += _kept_apart(written, piece) + piece
            before = inline
        return written[:-2] if written.endswith("\\\n") else written

    def _inline(self, inline: model.Inline, place: _Place, opens: bool) -> str:
        match inline:
            case model.Text():
                words = _words(inline.text, opens)
                if not re.fullmatch(r"[A-Za-z0-9-]+", inline.language):
                    return words
                if inline.language == self._language:
                    return words
                return f"[{tight(words)}]{{lang={inline.language}}}"
            case model.Emphasis():
                return self._marked("*", inline.content, replace(place, emphasis=True), place)
            case model.Strong():
                return self._marked("**", inline.content, replace(place, strong=True), place)
            case model.SmallCaps():
                inside = self.inlines(inline.content, place)
                return f"[{tight(inside)}]{{.smallcaps}}" if inside else ""
            case model.Superscript():
                return self._raised("^", "superscript", inline.content, place)
            case model.Subscript():
                return self._raised("~", "subscript", inline.content, place)
            case model.Code():
                return _code(inline.text)
            case model.Link():
                inside = self.inlines(inline.content, replace(place, link=True))
                if place.link:
                    return inside
                if inline.content == (model.Text(inline.url),) and _AUTOLINK.fullmatch(inline.url):
                    return f"<{inline.url}>"
                return f"[{tight(inside)}]({url(inline.url)})"
            case model.CrossReference():
                return self._internal_link(inline.content, inline.anchor, "", place)
            case model.LineBreak():
                return " " if place.one_line else "\\\n"
            case model.Flag():
                return f"[{tight(escape(f'{WARNING_SIGN} {inline.text}'))}]{{.flag}}"
            case model.Sentence():
                return self.inlines(inline.content, place, at_start=opens)
            case model.Cite():
                return self._cite(inline, place)
            case _:
                assert_never(inline)

    def _marked(self, mark: str, content: model.Inlines, inside: _Place, outside: _Place) -> str:
        """Content between two marks; none where the same mark is open already."""
        words = self.inlines(content, inside)
        if inside == outside or not words.strip():
            return words
        return f"{mark}{tight(words)}{mark}"

    def _raised(self, mark: str, name: str, content: model.Inlines, place: _Place) -> str:
        flat = flattened(content)
        if len(flat) == 1 and isinstance(flat[0], model.Text):
            words = raised(flat[0].text)
            if words:
                return f"{mark}{words}{mark}"
        inside = self.inlines(content, place)
        return f"[{tight(inside)}]{{.{name}}}" if inside else ""

    def _internal_link(self, content: model.Inlines, anchor: str, own: str, place: _Place) -> str:
        inside = self.inlines(content, replace(place, link=True))
        if place.link:
            return inside
        identifier = f"{{{_identifier(own)}}}" if own else ""
        target = f"#{anchor}" if _SAFE_ID.fullmatch(anchor) else url(f"#{anchor}")
        return f"[{tight(inside)}]({target}){identifier}"

    def _cite(self, cite: model.Cite, place: _Place) -> str:
        if cite.note is not None:
            return self._mark(cite.note, cite.anchor, place)
        if place.link:
            return self.inlines(cite.content, place)
        if len(cite.content) == 1 and isinstance(cite.content[0], model.CrossReference):
            only = cite.content[0]
            return self._internal_link(only.content, only.anchor, cite.anchor, place)
        target = next(
            (self._references[i.source] for i in cite.items if i.source in self._references), ""
        )
        if target and not _holds_link(cite.content):
            return self._internal_link(cite.content, target, cite.anchor, place)
        inside = self.inlines(cite.content, place)
        return f"[{tight(inside)}]{{{_identifier(cite.anchor)}}}" if cite.anchor else inside

    def _mark(self, number: int, anchor: str, place: _Place) -> str:
        """A note's mark. Pandoc makes a new note of each `[^3]`, so a note that several citations
        share has one such mark; the later ones are raised numbers that link to the first.
        """
        if number not in self._notes:
            return f"^{number}^"
        if number in self._first_marks:
            first = self._first_marks[number]
            if place.link or not first:
                return f"^{number}^"
            return self._internal_link(
                (model.Superscript((model.Text(str(number)),)),), first, "", place
            )
        shared = len(self._notes[number].cited_at) > 1
        self._first_marks[number] = anchor if shared else ""
        mark = f"[^{number}]"
        return f"[{mark}]{{{_identifier(anchor)}}}" if shared and anchor else mark


def _identifier(anchor: str) -> str:
    if _SAFE_ID.fullmatch(anchor):
        return f"#{anchor}"
    return 'id="{}"'.format(anchor.replace("\\", "\\\\").replace('"', '\\"'))


def _code(text: str) -> str:
    if not text or text != text.strip() or re.search(r"[^\S ]|  ", text):
        return escape(text)  # Pandoc would trim or fold its spaces
    fence = "`" * (_longest_run(text) + 1)
    gap = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _words(text: str, opens: bool) -> str:
    """Text, what runs against the line set apart from it."""
    pieces = apart(text)
    if len(pieces) == 1:
        return escape(text, at_start=opens)
    way = "rtl" if SOME_RIGHT_TO_LEFT.match(pieces[1]) else "auto"
    return "".join(
        f'[{tight(escape(piece))}]{{dir="{way}"}}'
        if place % 2 and piece
        else escape(piece, at_start=opens and not place)
        for place, piece in enumerate(pieces)
    )


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _kept_apart(written: str, piece: str) -> str:
    """What must stand between two pieces so that their marks do not meet."""
    last, first = written[-1:], piece[0]
    if last == "]" and first in ":(":
        return "\\"
    escaped = len(written) - len(written[:-1].rstrip("\\")) - 1
    if first in "*`^~" and first == last and escaped % 2 == 0:
        return NOTHING
    return ""


def _holds_link(inlines: model.Inlines) -> bool:
    for inline in inlines:
        if isinstance(inline, model.Link | model.CrossReference):
            return True
        if not isinstance(
            inline, model.Text | model.Code | model.LineBreak | model.Flag
        ) and _holds_link(inline.content):
            return True
    return False


def _is_note_mark(inline: model.Inline | None) -> bool:
    return isinstance(inline, model.Cite) and inline.note is not None


def _runs_together(block: model.Block) -> bool:
    return isinstance(block, model.ListBlock | model.Entries | model.Quote)


def _prefixed(text: str, first: str, rest: str) -> str:
    """`text` with `first` before its first line and `rest` before the others; no blanks at ends."""
    lines = text.split("\n")
    return "\n".join(
        f"{first if number == 0 else rest}{line}".rstrip(" ")
        if not line
        else f"{first if number == 0 else rest}{line}"
        for number, line in enumerate(lines)
    )


def _rule(width: int, align: str) -> str:
    match align:
        case "right":
            return "-" * (width - 1) + ":"
        case "centre":
            return ":" + "-" * (width - 2) + ":"
        case _:
            return "-" * width


def _row(cells: list[str], widths: list[int], aligned: list[str]) -> str:
    padded = [
        cell.rjust(width) if align == "right" else cell.ljust(width)
        for cell, width, align in zip(cells, widths, aligned, strict=True)
    ]
    return f"| {' | '.join(padded)} |"
