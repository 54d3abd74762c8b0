"""One entry's own lines in a file of thousands, found and read without the rest of the file."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefgen.errors import InputError
from briefgen.patterns import lazy_pattern
from briefgen.reading.yaml_tree import Mapping, Node, Scalar
from briefgen.writing.entry_list import EntryList

NAMES_NODES = lazy_pattern(r"(?<![^\s,\[{])[&*]\S")
"""What an anchor or an alias looks like; so may a word of a text. Lines without any stand for
themselves."""


class Piece(NamedTuple):
    """The lines of an entry, to those of the next one."""

    start: int
    """Where they start and end in the bytes of the file."""
    end: int
    column: int
    """Of the entry's dash, from 0."""
    entries: EntryList
    """What they hold, read by themselves: a list of one."""

    @property
    def node(self) -> Node:
        """The entry."""
        return self.entries.items[0]


def piece_at(data: bytes, id_: str, line: int, name: str) -> Piece | None:
    """The entry that starts in a line, read by itself; None if it is not that one, or needs more.

    It goes on to the next line that is not indented further than its dash. Nothing of an entry
    can stand there, and what is cut off within brackets or quotation marks cannot be read.
    """
    lines = data.split(b"\n")
    rest = lines[line - 1 :]
    dash = _DASH.match(rest[0]) if rest else None
    if dash is None:
        return None
    column = len(dash[1])
    count = 1
    while count < len(rest) and not _NO_DEEPER[column].match(rest[count]):
        count += 1
    start = sum(map(len, lines[: line - 1])) + line - 1
    end = min(start + sum(map(len, rest[:count])) + count, len(data))
    try:
        entries = EntryList(data[start:end], "", name)
    except (InputError, UnicodeDecodeError):
        return None
    node = entries.items[0] if len(entries.items) == 1 else None
    said = node.get("id") if isinstance(node, Mapping) else None
    if entries.document.problems or not isinstance(said, Scalar) or said.text != id_:
        return None
    return Piece(start, end, column, entries)


def lone_piece(data: bytes, id_: str, line: int, name: str) -> Piece | None:
    """As `piece_at`, where the entry can be changed without a look at the rest of the file.

    None where it shares something with others through `&` and `*`, or its id may stand twice.
    """
    ids = re.findall(rb"\bid[ \t]*:[ \t]*['\"]?" + re.escape(id_.encode()) + rb"(?![\w.-])", data)
    piece = piece_at(data, id_, line, name) if len(ids) == 1 else None
    return None if piece is None or NAMES_NODES.search(piece.entries.text) else piece


_DASH = lazy_pattern(rb"( *)-[ \t]")


class _Indents(dict[int, re.Pattern[bytes]]):
    """By the column of a dash, lines that end its entry: not deeper, not blank, no comment."""

    def __missing__(self, column: int) -> re.Pattern[bytes]:
        pattern = self[column] = re.compile(rb" {0,%d}[^ \t\r#]" % column)
        return pattern


_NO_DEEPER = _Indents()
