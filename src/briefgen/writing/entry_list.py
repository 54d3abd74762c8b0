"""A file as a list of entries with its own habits: line ends, indentation, blank lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping as MappingABC
from functools import cached_property
from typing import Any

from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern
from briefgen.reading.yaml_tree import Document, Mapping, Node, Scalar, Sequence, parse_yaml
from briefgen.writing.emit import HOUSE, HOUSE_UNDER_KEY, Layout

_LINE_END = lazy_pattern("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line, and so do the marks of nodes."""
_DASH = lazy_pattern(r" *-(?=\s|\Z)")


class EntryList:
    """The list of entries in a file: below the key `under`, or the whole document if empty.

    `text` is the file without a byte order mark, its last line ended. `holder` is the node that
    stands where the list belongs, None when nothing does. Raises `InputError` for a file that
    cannot be parsed or that has something else there.
    """

    def __init__(self, data: bytes, under: str, name: str) -> None:
        self.under, self.name = under, name
        self.document = read(data, name)
        self.mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        text = data.decode("utf-8-sig")
        first = _LINE_END.search(text)
        self.line_end = first.group() if first and first.group() in "\r\n" else "\n"
        self.whole_lines = not text or text[-1] in "\n\r"
        if not self.whole_lines:
            text += self.line_end
            # A block's text at the very end of a file gains its line end with it.
            self.document = read(text.encode(), name)
        self.text = text
        self.line_starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.root = _something(self.document.root)
        self.key: Scalar | None = None
        self.holder = self._find_holder()
        self.items: list[Node] = self.holder.items if isinstance(self.holder, Sequence) else []

    def _find_holder(self) -> Node | None:
        root = self.root
        if self.under:
            if root is None:
                return None
            if not isinstance(root, Mapping):
                raise self.refuse(
                    root, f"expected '{self.under}:'", f"put {self.under}: above the list"
                )
            for key, value in root.pairs:
                if key.text == self.under:
                    self.key = key
                    root = _something(value)
                    break
            else:
                return None
        if root is not None and not isinstance(root, Sequence):
            raise self.refuse(root, "expected a list", "start each entry with '- id: …'")
        return root

    def refuse(self, node: Node, message: str, hint: str) -> InputError:
        """An error about what stands at `node`."""
        return InputError(message, hint=hint, origin=Origin(self.name, node.line, node.column))

    def data(self, text: str, *, whole_lines: bool = True) -> bytes:
        """The bytes of a file that holds `text`, with this one's byte order mark."""
        if not whole_lines:
            text = text.removesuffix(self.line_end)
        return (self.mark + text).encode()

    def ids(self) -> list[tuple[str, int]]:
        """The id of each entry that has one, and the entry's place among `items`."""
        return [
            (id_.text, place)
            for place, item in enumerate(self.items)
            if isinstance(item, Mapping) and isinstance(id_ := item.get("id"), Scalar)
        ]

    # --- places ------------------------------------------------------------------------------

    def offset(self, node: Node) -> int:
        """Where a node starts in `text`."""
        return self.line_starts[node.line - 1] + node.column - 1

    def line_of(self, offset: int) -> int:
        """The number of the line, from 0, on which a position lies."""
        return bisect_right(self.line_starts, offset) - 1

    def line(self, number: int) -> str:
        """A line by its number from 0, with its line end."""
        end = number + 1
        return self.text[
            self.line_starts[number] : (
                self.line_starts[end] if end < len(self.line_starts) else len(self.text)
            )
        ]

    def after_line(self, offset: int) -> int:
        """Where the line after the one at `offset` starts."""
        number = self.line_of(offset) + 1
        return self.line_starts[number] if number < len(self.line_starts) else len(self.text)

    def is_flow(self, node: Node) -> bool:
        """Whether a list or map stands between brackets."""
        start = _ANCHOR.sub("", self.text[self.offset(node) : self.offset(node) + 400])
        return start[:1] in "[{"

    def dash(self, index: int) -> tuple[int, int]:
        """The line, from 0, and the column of the `-` before an entry of a block list."""
        node = self.items[index]
        number = node.line - 1
        found = _DASH.match(self.line(number)[: node.column - 1])
        while found is None and number > 0:
            number -= 1
            found = _DASH.match(self.line(number))
        if found is None:  # pragma: no cover - no sound block list is without
            raise self.refuse(node, "this entry has no dash", "start it with '- id: …'")
        return number, found.end() - 1

    def next_key(self) -> Scalar | None:
        """The key that follows the list in the document, if one does."""
        if self.key is None or not isinstance(self.root, Mapping):
            return None
        after = False
        for key, _ in self.root.pairs:
            if after:
                return key
            after = key is self.key
        return None

    def body_end(self) -> int:
        """Where the document ends: at `...` or at the end of the text."""
        last: Node | None = self.items[-1] if self.items else self.holder or self.key or self.root
        if isinstance(last, Mapping) and last.pairs and last is not self.root:
            last = last.pairs[-1][0]
        for number in range(last.line if last else 0, len(self.line_starts)):
            if re.match(r"\.\.\.(\s|\Z)", self.line(number)):
                return self.line_starts[number]
        return len(self.text)

    def slice_of(self, index: int) -> tuple[int, int]:
        """From the line of a block list's entry to that of the next, or to what ends the list."""
        start = self.line_starts[self.dash(index)[0]]
        if index + 1 < len(self.items):
            return start, self.line_starts[self.dash(index + 1)[0]]
        after = self.next_key()
        return start, self.line_starts[after.line - 1] if after else self.body_end()

    # --- habits ------------------------------------------------------------------------------

    @cached_property
    def layout(self) -> Layout:
        """How entries of this file are indented; the house's way where it has none."""
        if not self.items or (self.holder is not None and self.is_flow(self.holder)):
            if self.key is not None:
                return Layout(self.key.column + 1, 2, 2)
            return HOUSE_UNDER_KEY if self.under else HOUSE
        number, dash = self.dash(-1)
        content = 2
        for index in range(len(self.items) - 1, max(-1, len(self.items) - 20), -1):
            node = self.items[index]
            number, dash = self.dash(index)
            if isinstance(node, Mapping) and node.line - 1 == number and not self.is_flow(node):
                content = max(2, node.column - 1 - dash)
                break
        nested = self._nested()
        if nested is None:
            nested = 0 if self.key is not None and dash == self.key.column - 1 else 2
        return Layout(dash, content, nested)

    def shows_how_to_nest(self) -> bool:
        """Whether an entry has a list on lines of its own below a key."""
        return self._nested() is not None

    def _nested(self) -> int | None:
        """From a key within an entry to the dashes of the list below it."""
        for item in self.items[:50]:
            for _, value in item.pairs if isinstance(item, Mapping) else ():
                if isinstance(value, Sequence) and self.text.startswith("-", self.offset(value)):
                    return max(0, value.column - item.column)
        return None

    def blank_between(self, entry: MappingABC[str, Any]) -> bool:
        """Whether a blank line stands between entries; `entry` tells where there are too few."""
        indexes = range(len(self.items) - 1, max(0, len(self.items) - 20), -1)
        if not indexes:
            return bool(self.under) or "statement" in entry
        blank = 0
        for index in indexes:
            above = self.dash(index)[0] - 1
            while above >= 0 and self.line(above).lstrip().startswith("#"):
                above -= 1
            blank += above >= 0 and not self.line(above).strip()
        return 2 * blank > len(indexes)


_ANCHOR = lazy_pattern(r"\A(?:[&!]\S*\s+)+")


def read(data: bytes, name: str) -> Document:
    """A file as a tree. Raises `InputError` when it cannot be parsed."""
    document = parse_yaml(data, name)
    if document.broken:
        raise InputError.from_problems(document.problems)
    return document


def _something(node: Node | None) -> Node | None:
    """`node`, or None where nothing stands."""
    if isinstance(node, Scalar) and not node.text and node.plain:
        return None
    return node
