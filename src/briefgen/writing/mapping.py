"""A file of keys and values made to say something else: a brief, the settings.

What has not changed keeps its lines, its spelling and its comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.errors import InputError
from briefgen.patterns import lazy_pattern
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node, Scalar, Sequence
from briefgen.writing.amend import amended, comments_in
from briefgen.writing.emit import HOUSE, key_lines
from briefgen.writing.entry_list import read
from briefgen.writing.nodes import as_node, same
from briefgen.writing.spans import read_spans

_LINE_END = lazy_pattern("\r\n|[\n\r]")
_NUMBER = lazy_pattern(r"0|[1-9][0-9]{0,17}")
_NO_FACT = "a file of keys"
"""What keys are under: not a fact, whose keys have an order of their own."""


def written_map(values: Mapping[str, Any]) -> str:
    """A whole file that says `values`, keys in their order; None leaves a key out.

    Raises `InputError` for a value that no file can hold.
    """
    lines = [
        line
        for key, value in values.items()
        if value is not None
        for line in key_lines(key, value, 0, HOUSE)
    ]
    return "".join(f"{line}\n" for line in lines)


def amended_map(
    data: bytes, before: Mapping[str, Any], after: Mapping[str, Any], name: str = "the file"
) -> bytes:
    """The file `data`, changed where `after` differs from `before`, which is what it says now.

    Keys that stand in neither, such as a default that was written out, are kept. Where lines
    cannot be changed one by one the file is written anew, its comments at the top. Raises
    `InputError` for a file that cannot be parsed and for a value that no file can hold.
    """
    root = read(data, name).root
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    text = data.decode("utf-8-sig")
    found = _LINE_END.search(text)
    line_end = found.group() if found else "\n"
    if text and text[-1] not in "\r\n":
        text += line_end
    if not isinstance(root, MappingNode):  # nothing but comments
        return (mark + text + written_map(after).replace("\n", line_end)).encode()
    wanted = _merged({key.text: _plain(value) for key, value in root.pairs}, before, after)
    wanted_node = as_node(wanted)
    if same(root, wanted_node):
        return data
    span = read_spans(text)
    assert span is not None
    changed = amended(text, span, root, wanted, _NO_FACT, HOUSE, line_end)
    if changed is not None:
        result = (mark + changed).encode()
        if _says(result, wanted_node, name):
            return result
    comments = "".join(f"{comment}\n" for comment in _all_comments(text, span))
    return (mark + (comments + written_map(wanted)).replace("\n", line_end)).encode()


def _all_comments(text: str, span: Any) -> list[str]:
    head = [line.strip() for line in text[: span.start].splitlines()]
    tail = [line.strip() for line in text[span.end :].splitlines()]
    within = comments_in(text, span)
    outside = [line for line in head + tail if line.startswith("#")]
    return [*outside[: len(head)], *within] if not tail else [*outside, *within]


def _says(data: bytes, wanted: Node, name: str) -> bool:
    try:
        document = read(data, name)
    except InputError:
        return False
    return not document.problems and same(document.root, wanted)


def _merged(
    there: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """What the file says, changed where `after` differs from `before`; in the file's order."""
    result: dict[str, Any] = {}
    for key, value in there.items():
        old, new = before.get(key), after.get(key)
        if old == new:
            result[key] = value
        elif isinstance(value, Mapping) and isinstance(new, Mapping):
            result[key] = _merged(value, old if isinstance(old, Mapping) else {}, new)
        elif new is not None:
            result[key] = new
    added = [key for key, value in after.items() if value is not None and key not in there]
    # Each behind the key that comes before it, or behind the first one: there is always one.
    order = [key for key in after if after[key] is not None]
    names = list(result)
    for key in added:
        ahead = [name for name in order[: order.index(key)] if name in names]
        place = names.index(ahead[-1]) + 1 if ahead else min(1, len(names))
        names.insert(place, key)
        result[key] = after[key]
    return {name: result[name] for name in names}


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        if node.plain and _NUMBER.fullmatch(node.text):
            return int(node.text)
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}
