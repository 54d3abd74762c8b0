"""One entry's lines made to say something else: what has not changed keeps its lines.

Both ways take the text of the entry, its span in it, what it reads as, what it shall say, the key
above its list, and the file's habits; what comes back is the new text of the same piece, or None
when the way does not lead there. Whoever asks reads the result again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from briefgen.patterns import lazy_pattern
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node
from briefgen.reading.yaml_tree import Sequence as SequenceNode
from briefgen.writing.emit import (
    WIDTH,
    Layout,
    entry_lines,
    flow_value,
    in_order,
    inline_value,
    key_lines,
)
from briefgen.writing.nodes import as_node, same
from briefgen.writing.spans import ListSpan, MapSpan, ScalarSpan, Span


def amended(
    piece: str,
    span: Span,
    node: Node,
    entry: Mapping[str, Any],
    under: str,
    layout: Layout,
    line_end: str,
) -> str | None:
    """The entry with only the lines changed that have to."""
    if not isinstance(span, MapSpan) or not isinstance(node, MappingNode) or span.flow:
        return None
    amend = _Amend(piece, layout, line_end)
    try:
        amend.map(span, node, entry, under)
    except _GiveUp:
        return None
    return amend.result()


def reissued(
    piece: str,
    span: Span,
    node: Node,
    entry: Mapping[str, Any],
    under: str,
    layout: Layout,
    line_end: str,
) -> str | None:
    """The entry written anew, flow style as flow style; its comments stand above it."""
    if isinstance(span, MapSpan) and span.flow:
        within = [comment + line_end + " " * span.column for comment in comments_in(piece, span)]
        new = "".join([*within, flow_value("", entry, under)])
        return piece[: span.start] + new + piece[span.end :]
    lead = " " * layout.dash
    comments = [lead + comment for comment in comments_in(piece, span)]
    end = _line_end_after(piece, span.end)
    behind = piece[span.end : end].strip()
    if behind:
        comments.append(lead + behind)
    lines = [*comments, *entry_lines(entry, under=under, layout=layout)]
    return line_end.join(lines) + piece[end:]


class _GiveUp(Exception):
    """A map that has to be written anew as a whole."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


class _Amend:
    def __init__(self, piece: str, layout: Layout, line_end: str) -> None:
        self.piece, self.layout, self.line_end = piece, layout, line_end
        self.edits: list[_Edit] = []

    def result(self) -> str:
        text, at = [], 0
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            text += [self.piece[at : edit.start], edit.text]
            at = edit.end
        return "".join([*text, self.piece[at:]])

    # --- maps --------------------------------------------------------------------------------

    def map(self, span: MapSpan, node: MappingNode, wanted: Mapping[str, Any], under: str) -> None:
        if span.flow or len(span.pairs) != len(node.pairs):
            raise _GiveUp
        keys = {name.text: i for i, (name, _) in enumerate(node.pairs)}
        values = {key: value for key, value in wanted.items() if value is not None}
        for key, i in keys.items():
            key_span, value_span = span.pairs[i]
            if key not in values:
                self.remove(key_span, value_span)
            elif not same(node.pairs[i][1], as_node(values[key], key)):
                self.value(key, key_span, value_span, node.pairs[i][1], values[key], span.column)
        before: str | None = None
        for key in in_order(values, under):
            if key in keys:
                before = key
            elif before is None:
                raise _GiveUp
            else:
                self.insert(key, values[key], span.pairs[keys[before]][1], span.column)

    def remove(self, key: Span, value: Span) -> None:
        start = self.line_start(key.start)
        if self.piece[start : key.start].strip():  # on the line of the dash
            raise _GiveUp
        end = _line_end_after(self.piece, value.end)
        self.edits.append(_Edit(start, end + len(self.break_at(end)), ""))

    def insert(self, key: str, value: Any, after: Span, indent: int) -> None:
        place = _line_end_after(self.piece, after.end)
        lines = key_lines(key, value, indent, self.layout)
        # Before the line break, not after it: there is one whatever follows.
        self.edits.append(_Edit(place, place, "".join(self.line_end + line for line in lines)))

    # --- values ------------------------------------------------------------------------------

    def value(self, key: str, name: Span, span: Span, node: Node, wanted: Any, indent: int) -> None:
        edits = list(self.edits)
        try:
            if (
                isinstance(span, MapSpan)
                and isinstance(node, MappingNode)
                and isinstance(wanted, Mapping)
                and wanted
            ):
                self.map(span, node, wanted, key)
                return
            if (
                isinstance(span, ListSpan)
                and isinstance(node, SequenceNode)
                and isinstance(wanted, (list, tuple))
            ):
                self.list(key, span, node, wanted)
                return
        except _GiveUp:
            self.edits = edits
            if self.flow_map(key, span, wanted):
                return
        self.anew(key, name, span, wanted, indent)

    def flow_map(self, key: str, span: Span, wanted: Any) -> bool:
        """A short map between braces stays between them. Whether it was one."""
        if not isinstance(span, MapSpan) or not span.flow or not isinstance(wanted, Mapping):
            return False
        text = flow_value(key, wanted)
        start = self.line_start(span.start)
        if span.start - start + len(text) > WIDTH or _BREAK.search(self.piece, start, span.end):
            return False
        self.edits.append(_Edit(span.start, span.end, text))
        return True

    def list(self, key: str, span: ListSpan, node: SequenceNode, wanted: Sequence[Any]) -> None:
        """A list of maps on lines, item by item; more of them may follow at its end."""
        if (
            span.flow
            or len(span.items) != len(node.items)
            or len(wanted) < len(span.items)
            or not all(isinstance(item, Mapping) for item in wanted)
        ):
            raise _GiveUp
        for inner, inner_node, value in zip(span.items, node.items, wanted, strict=False):
            if same(inner_node, as_node(value, key)):
                continue
            if not isinstance(inner, MapSpan) or not isinstance(inner_node, MappingNode):
                raise _GiveUp
            if inner.flow:
                self.edits.append(_Edit(inner.start, inner.end, flow_value(key, value)))
            else:
                self.map(inner, inner_node, value, key)
        place = _line_end_after(self.piece, span.end)
        layout = Layout(span.column, 2, self.layout.nested)
        for value in wanted[len(span.items) :]:
            lines = entry_lines(value, under=key, layout=layout)
            self.edits.append(_Edit(place, place, "".join(self.line_end + line for line in lines)))

    def anew(self, key: str, name: Span, span: Span, wanted: Any, indent: int) -> None:
        """A key's value written anew; comments in the old one move above the key."""
        room = WIDTH - indent - len(key) - 2
        inline = inline_value(key, wanted, room=room)
        old = self.piece[name.start : span.end]
        if inline is not None and not _BREAK.search(old):
            lead = "" if self.piece[span.start - 1] in " \t" else " "
            self.edits.append(_Edit(span.start, span.end, lead + inline))
            return
        comments = comments_in(self.piece, span, name.end)
        end = span.end
        lines = key_lines(key, wanted, indent, self.layout)
        if len(lines) > 1:  # a comment behind the last line could become part of a text
            end = _line_end_after(self.piece, span.end)
            behind = self.piece[span.end : end].strip()
            comments += [behind] if behind else []
        start = self.line_start(name.start)
        if comments and self.piece[start : name.start].strip():
            raise _GiveUp
        if comments:
            above = "".join(" " * indent + comment + self.line_end for comment in comments)
            self.edits.append(_Edit(start, start, above))
        new = self.line_end.join(lines)[indent:]
        self.edits.append(_Edit(name.start, end, new))

    def line_start(self, offset: int) -> int:
        return max(self.piece.rfind(mark, 0, offset) for mark in "\n\r\x85\u2028\u2029") + 1

    def break_at(self, offset: int) -> str:
        found = _BREAK.match(self.piece, offset)
        return found.group() if found else ""


_BREAK = lazy_pattern("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = lazy_pattern("(?<![^ \t\n\r\x85\u2028\u2029])#[^\n\r\x85\u2028\u2029]*")
_HEADER_COMMENT = lazy_pattern(r"[|>][-+0-9]*[ \t]+(#[^\n\r]*)")


def _line_end_after(text: str, offset: int) -> int:
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)


def comments_in(text: str, span: Span, start: int | None = None) -> list[str]:
    """The comments that stand within a node, `start` being where to look from."""
    found: list[str] = []
    at = span.start if start is None else start
    for leaf in _leaves(span):
        found += [comment.rstrip() for comment in _COMMENT.findall(text, at, leaf.start)]
        if leaf.block:
            header = _HEADER_COMMENT.match(text, leaf.start)
            found += [header.group(1).rstrip()] if header else []
        at = leaf.end
    return found + [comment.rstrip() for comment in _COMMENT.findall(text, at, span.end)]


def _leaves(span: Span) -> list[ScalarSpan]:
    if isinstance(span, ScalarSpan):
        return [span]
    if isinstance(span, ListSpan):
        return [leaf for item in span.items for leaf in _leaves(item)]
    return [leaf for pair in span.pairs for part in pair for leaf in _leaves(part)]
