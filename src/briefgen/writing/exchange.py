"""Names in a file exchanged where they stand: every other byte stays as it is.

What comes back has been read again and compared: it says what the file said, the names exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from briefgen.errors import InputError, Origin
from briefgen.patterns import ID, lazy_pattern
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node, Scalar
from briefgen.reading.yaml_tree import Sequence as SequenceNode
from briefgen.writing.emit import scalar
from briefgen.writing.entry_list import read
from briefgen.writing.nodes import same
from briefgen.writing.pieces import NAMES_NODES
from briefgen.writing.spans import ListSpan, MapSpan, ScalarSpan, Span, read_spans

Place = tuple[str, ...]
"""The keys that lead to a text, from the top; a list adds nothing. A key stands at the place of
its map, and `KEY`."""
KEY = "\0key"
Way = Literal["", "name", "cited", "quoted"]
"""How a text at a place may name something: it is the name; it cites it as `[@name]`; it has it
between quotation marks, as expressions of templates do; or not at all."""


def exchanged(
    data: bytes, names: Mapping[str, str], way_at: Callable[[Place], Way], file: str
) -> tuple[bytes, int]:
    """`data` with each name of `names` exchanged for the other, and how often that was.

    Raises `InputError` for a file that cannot be parsed, or in which a name cannot be exchanged
    without changing something else.
    """
    if not names or not any(old.encode() in data for old in names):
        return data, 0
    document = read(data, file)
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    text = data.decode("utf-8-sig")
    span = read_spans(text)
    if span is None or document.root is None:
        return data, 0
    pieces: list[str] = []
    at = count = 0
    for place, leaf in _leaves(span, ()):
        way = way_at(place)
        if not way or leaf.alias:
            continue
        raw = text[leaf.start : leaf.end]
        if way == "name":
            new_raw, found = _renamed(raw, leaf.text, names)
        else:
            new_raw, found = _within(raw, names, way)
        if found:
            pieces += [text[at : leaf.start], new_raw]
            at, count = leaf.end, count + found
    if not count:
        return data, 0
    result = (mark + "".join([*pieces, text[at:]])).encode()
    again = read(result, file)
    wanted = _as_wanted(document.root, names, way_at, ())
    if len(again.problems) > len(document.problems) or not same(again.root, wanted):
        raise InputError(
            "a name cannot be changed in it without changing something else",
            hint="change it in an editor",
            origin=Origin(file),
        )
    return result, count


def exchanged_in_lines(
    data: bytes,
    lines: Sequence[int],
    names: Mapping[str, str],
    way_at: Callable[[Place], Way],
    file: str,
) -> tuple[bytes, int]:
    """As `exchanged` of a list on lines whose entries start in `lines`, counted from 1.

    Only entries with one of the names in them are read, where each stands for itself. Whoever
    calls knows these lines from reading these very bytes.
    """
    rows = data.splitlines(keepends=True)
    starts = [line - 1 for line in lines]
    on_lines = all(row < len(rows) and rows[row].startswith(b"- ") for row in starts)
    if not starts or not on_lines or _NOT_ALONE.search(data.decode("utf-8", "replace")):
        return exchanged(data, names, way_at, file)
    pieces = [b"".join(rows[: starts[0]])]
    count = 0
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        piece, found = exchanged(b"".join(rows[start:end]), names, way_at, file)
        pieces.append(piece)
        count += found
    return b"".join(pieces), count


_NOT_ALONE = lazy_pattern(rf"{NAMES_NODES.pattern}|[\x85\u2028\u2029]")
"""What lets entries share something, or ends a line of YAML and of nothing else."""


def _renamed(raw: str, text: str, names: Mapping[str, str]) -> tuple[str, int]:
    new = names.get(text)
    if new is None:
        return raw, 0
    if raw == text:
        return scalar(new, flow=True), 1
    start = raw.rfind(text)
    return (raw[:start] + new + raw[start + len(text) :], 1) if start >= 0 else (raw, 0)


def _within(text: str, names: Mapping[str, str], way: Way) -> tuple[str, int]:
    """A text with its citations of the names, or the names that it has quoted, exchanged."""
    count = 0

    def cited(found: re.Match[str]) -> str:
        nonlocal count
        name = found["braced"] or found["bare"].rstrip(".-_")
        before = found.string[: found.start()]
        within = before.rfind("[") > before.rfind("]")
        if name not in names or not within or _IN_ADDRESS.search(before):
            return found.group()
        count += 1
        if found["braced"]:
            return f"@{{{names[name]}}}"
        return f"@{names[name]}{found['bare'][len(name) :]}"

    def quoted(found: re.Match[str]) -> str:
        nonlocal count
        mark, name = found.groups()
        if name not in names:
            return found.group()
        count += 1
        return f"{mark}{names[name]}{mark}"

    if way == "cited":
        return _CITED.sub(cited, text), count
    return _QUOTED.sub(quoted, text), count


_CITED = lazy_pattern(r"(?<![\w@\\])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>[A-Za-z0-9][\w.-]*))")
"""As in own text; escaped it is none."""
_IN_ADDRESS = lazy_pattern(r"://[^\s;]*$")
_QUOTED = lazy_pattern(rf"(['\"])({ID.pattern})\1")


def _leaves(span: Span, place: Place) -> Iterator[tuple[Place, ScalarSpan]]:
    """Every text and key, in their order."""
    if isinstance(span, ScalarSpan):
        yield place, span
    elif isinstance(span, ListSpan):
        for item in span.items:
            yield from _leaves(item, place)
    else:
        assert isinstance(span, MapSpan)
        for key, value in span.pairs:
            if isinstance(key, ScalarSpan):
                yield (*place, KEY), key
                yield from _leaves(value, (*place, key.text))


def _as_wanted(
    node: Node, names: Mapping[str, str], way_at: Callable[[Place], Way], place: Place
) -> Node:
    """The tree as it is to be read again."""
    if isinstance(node, Scalar):
        return Scalar(_text(node.text, names, way_at(place)), 0, 0)
    if isinstance(node, SequenceNode):
        return SequenceNode([_as_wanted(one, names, way_at, place) for one in node.items], 0, 0)
    key_way = way_at((*place, KEY))
    return MappingNode(
        [
            (
                Scalar(_text(key.text, names, key_way), 0, 0),
                _as_wanted(value, names, way_at, (*place, key.text)),
            )
            for key, value in node.pairs
        ],
        0,
        0,
    )


def _text(text: str, names: Mapping[str, str], way: Way) -> str:
    if not way:
        return text
    return names.get(text, text) if way == "name" else _within(text, names, way)[0]
