"""Entries added to a YAML list, or one of them replaced: every other byte stays as it is.

What comes back has been read again and compared: the other entries are the same, the new ones
are what was handed in. Nothing here touches a disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node
from briefgen.reading.yaml_tree import Sequence as SequenceNode
from briefgen.suggestions import did_you_mean, shown
from briefgen.writing.amend import amended, comments_in, reissued
from briefgen.writing.emit import WIDTH, Layout, entry_lines, flow_value
from briefgen.writing.entry_list import EntryList
from briefgen.writing.nodes import as_node, same
from briefgen.writing.pieces import NAMES_NODES, lone_piece
from briefgen.writing.spans import (
    ListSpan,
    MapSpan,
    ScalarSpan,
    Span,
    keeps_blank_lines,
    read_spans,
)

Entry = Mapping[str, Any]


def append_entries(
    data: bytes, entries: Sequence[Entry], *, under: str = "", name: str = "the file"
) -> bytes:
    """`data` with `entries` at the end of its list.

    `under` is the key above the list (`references` in sources.yaml; added if it is missing), or
    empty when the document is the list. The file's own indentation, line ends and blank lines are
    taken over. `name` is how errors call the file.

    Raises `InputError`: the file cannot be parsed, holds no such list, or has an entry with one
    of the ids already; an entry has no id or a value that no file of a base can hold.
    """
    existing = EntryList(data, under, name)
    _refuse_taken(existing, [_id_of(entry) for entry in entries])
    if not entries:
        return data
    if existing.holder is not None and existing.is_flow(existing.holder):
        text = _added_in_flow(existing, entries)
    elif under and existing.root is not None and existing.is_flow(existing.root):
        raise existing.refuse(
            existing.root, f"there is no '{under}:'", f"write {under}: and its list on lines"
        )
    else:
        text = _added_in_block(existing, entries)
    wanted = [*existing.items, *(as_node(entry) for entry in entries)]
    if not _holds(existing, text, wanted, len(existing.items) - 1):
        raise InputError(
            "nothing can be added to this file without changing what it holds",
            hint="write its list on lines, each entry with '- id: …'",
            origin=Origin(name),
        )
    return existing.data(text)


def replace_entry(
    data: bytes,
    id_: str,
    entry: Entry,
    *,
    under: str = "",
    name: str = "the file",
    line: int | None = None,
) -> bytes:
    """`data` with the entry called `id_` made to say what `entry` says.

    Lines of keys whose values are the same stay as they are, comments with them; new keys come in
    the contract's order. `entry` may have another id. `under` and `name`: see `append_entries`.
    `line` is where the entry starts, counted from 1, if that is known: then a file of thousands
    need not be read whole. A line that is not right does no harm.

    Raises `InputError`: the file cannot be parsed, has no such entry, or another one with the
    new id; the entry has a value that no file of a base can hold.
    """
    new_id = _id_of(entry)
    if line is not None and new_id == id_:
        changed = _replaced_by_itself(data, id_, entry, under, name, line)
        if changed is not None:
            return changed
    existing = EntryList(data, under, name)
    index = _index_of(existing, id_)
    if new_id != id_:
        _refuse_taken(existing, [new_id])
    wanted = list(existing.items)
    wanted[index] = as_node(entry)
    if same(existing.items[index], wanted[index]):
        return data
    for way in (amended, reissued):
        text = _replaced(existing, index, entry, way, under)
        if text is not None and _holds(existing, text, wanted, index):
            return existing.data(text, whole_lines=existing.whole_lines)
    raise existing.refuse(
        existing.items[index],
        f"the entry {id_!r} cannot be replaced without changing others",
        "write out what it shares with them through & and *",
    )


def _replaced_by_itself(
    data: bytes, id_: str, entry: Entry, under: str, name: str, line: int
) -> bytes | None:
    """The file with the entry in a line replaced, its other lines unread; None if it needs more.

    How the file indents lists is seen from its other entries, unless the entry has a list itself.
    """
    piece = lone_piece(data, id_, line, name)
    if piece is None:
        return None
    existing = piece.entries
    wanted = as_node(entry)
    if same(piece.node, wanted):
        return data
    if not existing.shows_how_to_nest() and _new_lists(piece.node, wanted):
        return None
    text = _replaced(existing, 0, entry, amended, under)
    if text is None or not _holds(existing, text, [wanted], 0):
        return None
    new = existing.data(text, whole_lines=existing.whole_lines)
    return data[: piece.start] + new + data[piece.end :]


def _new_lists(before: Node, after: Node) -> bool:
    """Whether a key that says something else has a list now."""
    assert isinstance(before, MappingNode)
    assert isinstance(after, MappingNode)
    return any(
        isinstance(part, SequenceNode)
        for key, value in after.pairs
        if not same(before.get(key.text), value)
        for part in (
            value,
            *([one for _, one in value.pairs] if isinstance(value, MappingNode) else ()),
        )
    )


def replace_entries(
    data: bytes, entries: Mapping[str, Entry], *, under: str = "", name: str = "the file"
) -> bytes:
    """`data` with several entries made to say something else, by id, read once for all of them.

    No entry gets another id. Otherwise as `replace_entry`.
    """
    existing = EntryList(data, under, name)
    if len(entries) > 1 and existing.holder is not None and not existing.is_flow(existing.holder):
        text = _all_replaced(existing, entries)
        if text is not None:
            return existing.data(text, whole_lines=existing.whole_lines)
    for id_, entry in entries.items():
        data = replace_entry(data, id_, entry, under=under, name=name)
    return data


def _all_replaced(existing: EntryList, entries: Mapping[str, Entry]) -> str | None:
    """The text with all entries replaced; None where one of them needs more care."""
    places = dict(existing.ids())
    if len(places) < len(existing.ids()) or not all(id_ in places for id_ in entries):
        return None
    text, wanted = existing.text, list(existing.items)
    pieces: list[str] = []
    at = 0
    for index, entry in sorted((places[id_], entry) for id_, entry in entries.items()):
        wanted[index] = as_node(entry)
        if same(existing.items[index], wanted[index]):
            continue
        start, end = existing.slice_of(index)
        for way in (amended, reissued):
            new = _replaced(existing, index, entry, way, existing.under)
            if (
                new is not None
                and _changed_piece(existing, new, index) is not None
                and _holds(existing, new, wanted, index)
            ):
                pieces += [text[at:start], new[start : len(new) - (len(text) - end)]]
                at = end
                break
        else:
            return None
    return "".join([*pieces, text[at:]])


def remove_entry(
    data: bytes, id_: str, *, under: str = "", name: str = "the file", line: int | None = None
) -> bytes:
    """`data` without the entry called `id_`; comments above it stay. `line`: see `replace_entry`.

    Raises `InputError`: the file cannot be parsed, has no such entry, or cannot do without it.
    """
    shorter = _removed_by_itself(data, id_, name, line) if line is not None else None
    if shorter is not None:
        return shorter
    existing = EntryList(data, under, name)
    index = _index_of(existing, id_)
    wanted = [*existing.items[:index], *existing.items[index + 1 :]]
    text = existing.text
    assert existing.holder is not None
    if existing.is_flow(existing.holder):
        items = _flow_holder(existing).items
        if index + 1 < len(items):
            text = text[: items[index].start] + text[items[index + 1].start :]
        else:
            start = items[index - 1].end if index else items[index].start
            text = text[:start] + text[items[index].end :]
    else:
        start, end = existing.slice_of(index)
        spans = read_spans(text[start:end])
        assert spans is not None
        content_end = existing.after_line(start + max(spans.end - 1, 0))
        gap = _BLANK_LINES.match(text, content_end)
        stop = gap.end() if gap is not None else content_end
        if not wanted:
            empty = "[]" + existing.line_end
            if existing.key is not None:
                key_end = text.index(":", existing.offset(existing.key)) + 1
                text = text[:key_end] + " " + empty + text[existing.after_line(key_end) : start]
                text += existing.text[stop:]
            else:
                text = text[:start] + empty + text[stop:]
        else:
            if stop >= len(text):  # the last one: the blank lines before it go, too
                start = len(text[:start].rstrip(" \t\r\n")) + len(existing.line_end)
            text = text[:start] + text[stop:]
    again = EntryList(existing.data(text), under, name)
    before, after = _beside(existing), _beside(again)
    if not (
        _all_same(again.items, wanted)
        and before.keys() == after.keys()
        and _all_same(list(before.values()), [after[key] for key in before])
    ):
        raise existing.refuse(
            existing.items[index],
            f"the entry {id_!r} cannot be taken out without changing others",
            "take it out in an editor",
        )
    return existing.data(text, whole_lines=existing.whole_lines)


def _removed_by_itself(data: bytes, id_: str, name: str, line: int) -> bytes | None:
    """The file without the entry in a line, its other lines unread; None if it needs more.

    Another entry must follow at once: a dash closed what stood before, and a dash closes it again.
    """
    piece = lone_piece(data, id_, line, name)
    if piece is None or not data.startswith(b" " * piece.column + b"- ", piece.end):
        return None
    existing = piece.entries
    spans = read_spans(existing.text)
    assert spans is not None
    if existing.text[existing.after_line(spans.end - 1) :].strip():  # comments that stay
        return None
    return data[: piece.start] + data[piece.end :]


_BLANK_LINES = lazy_pattern(r"(?:[ \t]*(?:\r\n|\n|\r))+")


# --- ids -------------------------------------------------------------------------------------


def _id_of(entry: Entry) -> str:
    id_ = entry.get("id")
    if not isinstance(id_, str) or not id_:
        raise InputError("an entry has no id", hint="give it one")
    return id_


def _refuse_taken(existing: EntryList, ids: Sequence[str]) -> None:
    taken = dict(reversed(existing.ids()))  # of two with the same id the first
    seen: set[str] = set()
    for id_ in ids:
        if id_ in taken:
            node = existing.items[taken[id_]]
            raise existing.refuse(node, f"the id {id_!r} is there already", "choose another")
        if id_ in seen:
            raise InputError(f"two new entries have the id {id_!r}", hint="rename one of them")
        seen.add(id_)


def _index_of(existing: EntryList, id_: str) -> int:
    places = [place for name, place in existing.ids() if name == id_]
    if len(places) > 1:
        raise existing.refuse(
            existing.items[places[1]],
            f"the id {id_!r} stands twice in this file",
            "give one of the two another id first",
        )
    if not places:
        raise InputError(
            f"there is no entry {shown(id_)}",
            hint=did_you_mean(id_, dict(existing.ids())) or "it may have been renamed or removed",
            origin=Origin(existing.name),
        )
    return places[0]


# --- adding ----------------------------------------------------------------------------------


def _added_in_block(existing: EntryList, entries: Sequence[Entry]) -> str:
    text, end = existing.text, existing.line_end
    layout = existing.layout
    blank = existing.blank_between(entries[0])
    lines: list[str] = []
    if existing.under and existing.key is None:
        lines.append(f"{_root_lead(existing)}{existing.under}:")
        layout = Layout(len(_root_lead(existing)) + 2)
    place, keep = _place(existing)
    if not keep and _wants_blank_line(existing, place, blank or bool(lines)):
        lines.insert(0, "")
    for number, entry in enumerate(entries):
        if number and blank:
            lines.append("")
        lines += entry_lines(entry, under=existing.under, layout=layout)
    added = "".join(line + end for line in lines)
    return text[:place] + added + text[place:]


def _root_lead(existing: EntryList) -> str:
    return " " * (existing.root.column - 1) if existing.root is not None else ""


def _wants_blank_line(existing: EntryList, place: int, blank: bool) -> bool:
    """Whether a blank line goes before the first new line at `place`."""
    above = existing.line(existing.line_of(place - 1)).strip() if place else ""
    if not above:
        return False
    if existing.items:
        return blank
    return above.startswith("#") or (blank and existing.key is None)


def _place(existing: EntryList) -> tuple[int, bool]:
    """Where new lines go, and whether the blank lines before belong to a text (`|+`)."""
    text = existing.text
    after = existing.next_key()
    keep, content_end = False, 0
    if existing.items:
        start, end = existing.slice_of(len(existing.items) - 1)
        spans = read_spans(text[start:end])
        assert spans is not None
        last = _last_scalar(spans)
        content_end = start + spans.end
        keep = last is not None and last.block and keeps_blank_lines(text, start + last.start)
    if after is None:
        stop = existing.body_end()
        written = len(text[:stop].rstrip(" \t\r\n"))
        if keep and written <= content_end:
            return stop, True
        return (min(stop, existing.after_line(written)) if written else 0), False
    if not existing.items:
        assert existing.key is not None
        return existing.after_line(existing.offset(existing.key)), False
    place = existing.after_line(content_end)
    if keep:
        return place, True
    # Comments right below that are indented as the entries are belong to the last of them.
    column = existing.dash(-1)[1]
    parent = existing.key.column - 1 if existing.key else 0
    number = existing.line_of(place)
    while existing.line_starts[number] < existing.offset(after):
        line = existing.line(number)
        indent = len(line) - len(line.lstrip(" "))
        if not line.lstrip().startswith("#") or indent <= parent or indent < column:
            break
        number += 1
        place = existing.line_starts[number]
    return place, False


def _last_scalar(span: Span) -> ScalarSpan | None:
    while not isinstance(span, ScalarSpan):
        inner = span.items if isinstance(span, ListSpan) else [value for _, value in span.pairs]
        if span.flow or not inner:
            return None
        span = inner[-1]
    return span


def _added_in_flow(existing: EntryList, entries: Sequence[Entry]) -> str:
    text = existing.text
    holder = _flow_holder(existing)
    texts = [flow_value("", entry, existing.under) for entry in entries]
    if holder.items:
        last = holder.items[-1]
        on_lines = "\n" in text[holder.start : last.start] or len(texts[0]) > WIDTH
        rest_of_line = _BEHIND_ENTRY.match(text, last.end) if on_lines else None
        if rest_of_line is not None:  # the comma and the comment on its line stay with the last one
            comma, rest, end = rest_of_line.groups()
            added = f",{end}".join(" " * last.column + item for item in texts)
            head = f"{text[: last.end]},{rest}{end}"
            return f"{head}{added}{comma}{end}{text[rest_of_line.end() :]}"
        parted = "," + (existing.line_end + " " * last.column if on_lines else " ")
        return text[: last.end] + "".join(parted + item for item in texts) + text[last.end :]
    # An empty pair of brackets makes room for lines; comments in and behind it stay.
    behind_end = existing.after_line(holder.end)
    behind = text[holder.end : behind_end].strip()
    comments = [part.strip() for part in text[holder.start + 1 : holder.end - 1].splitlines()]
    head = text[: holder.start].rstrip(" \t")
    below_a_key = bool(head) and not head.endswith(existing.line_end)
    lines = [f"  {behind}".rstrip() if below_a_key else behind] if below_a_key or behind else []
    layout = existing.layout
    lines += [" " * layout.dash + comment for comment in comments if comment]
    blank = existing.blank_between(entries[0])
    for number, entry in enumerate(entries):
        if number and blank:
            lines.append("")
        lines += entry_lines(entry, under=existing.under, layout=layout)
    added = existing.line_end.join([*lines, ""])
    return head + added + text[behind_end:]


_BEHIND_ENTRY = lazy_pattern(r"(,?)([ \t]*(?:#[^\r\n]*)?)(\r\n|\n)")
"""What may stand behind an entry between brackets, to the end of the line."""


def _flow_holder(existing: EntryList) -> ListSpan:
    root = read_spans(existing.text)
    found = root.value(existing.under) if isinstance(root, MapSpan) else root
    assert isinstance(found, ListSpan)
    return found


# --- replacing -------------------------------------------------------------------------------


def _replaced(existing: EntryList, index: int, entry: Entry, way: Any, under: str) -> str | None:
    text = existing.text
    node = existing.items[index]
    if existing.holder is not None and existing.is_flow(existing.holder):
        span = _flow_holder(existing).items[index]
        new = flow_value("", entry, under)
        # Comments within it go above it.
        above = "".join(
            comment + existing.line_end + " " * span.column for comment in comments_in(text, span)
        )
        lead = " " if above and text[span.start - 1 : span.start] not in ("", " ", "\n") else ""
        return text[: span.start] + lead + above + new + text[span.end :]
    start, end = existing.slice_of(index)
    piece = text[start:end]
    spans = read_spans(piece)
    if not isinstance(spans, ListSpan):
        return None
    new_piece: str | None = way(
        piece, spans.items[0], node, entry, under, existing.layout, existing.line_end
    )
    return None if new_piece is None else text[:start] + new_piece + text[end:]


# --- looking again ---------------------------------------------------------------------------


def _holds(existing: EntryList, text: str, wanted: Sequence[Node], changed: int) -> bool:
    """Whether `text` reads as the same document with the entries `wanted`.

    Only the entry at index `changed` may differ from the file's, and new ones may follow it.
    """
    piece = _changed_piece(existing, text, changed)
    if piece is not None:
        # An entry of a list on lines starts at a dash that closes all before it, and ends where
        # the next dash or key closes it. So what it reads as depends on its own lines alone, and
        # a file of thousands need not be read again.
        old, new = piece
        try:
            was, now = EntryList(old, "", existing.name), EntryList(new, "", existing.name)
        except InputError:
            return False
        more = len(wanted) - len(existing.items)
        return (
            len(was.items) == 1
            and _all_same(now.items, wanted[changed : changed + 1 + more])
            and len(now.document.problems) <= len(was.document.problems)
        )
    try:
        again = EntryList(existing.data(text), existing.under, existing.name)
    except InputError:
        return False
    before, after = _beside(existing), _beside(again)
    return (
        _all_same(again.items, wanted)
        and len(again.document.problems) <= len(existing.document.problems)
        and before.keys() == after.keys()
        and _all_same(list(before.values()), [after[key] for key in before])
    )


def _changed_piece(existing: EntryList, text: str, changed: int) -> tuple[bytes, bytes] | None:
    """The lines of the entry at index `changed` as they were and as they are in `text`.

    None where they do not stand for themselves: between brackets, or with anchors and aliases.
    """
    if not existing.items or existing.holder is None or existing.is_flow(existing.holder):
        return None
    start, end = existing.slice_of(changed)
    behind = len(existing.text) - end
    old, new = existing.text[start:end], text[start : len(text) - behind]
    same_around = text.startswith(existing.text[:start]) and text.endswith(existing.text[end:])
    if not same_around or NAMES_NODES.search(old) or NAMES_NODES.search(new):
        return None
    return old.encode(), new.encode()


def _all_same(first: Sequence[Node], second: Sequence[Node]) -> bool:
    return len(first) == len(second) and all(
        same(one, other) for one, other in zip(first, second, strict=True)
    )


def _beside(existing: EntryList) -> dict[str, Node]:
    """What stands beside the list in the document."""
    if not existing.under or not isinstance(existing.root, MappingNode):
        return {}
    return {key.text: value for key, value in existing.root.pairs if key is not existing.key}
