"""Where the nodes of a piece of YAML start and end, which `reading.yaml_tree` does not keep.

For texts that `parse_yaml` has read already: their depth is bounded, their syntax is sound.
Positions count characters from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from briefgen.patterns import lazy_pattern

try:  # libyaml where PyYAML was built with it: about eight times faster, same events
    from yaml import CLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import Loader as _Loader  # type: ignore[assignment]


@dataclass(slots=True)
class ScalarSpan:
    """A text, or an alias for another node. What stands before it as anchor is part of it."""

    start: int
    end: int
    column: int
    text: str = ""
    block: bool = False
    """Literal or folded. Its end is before its last line break."""
    alias: bool = False


@dataclass(slots=True)
class ListSpan:
    """A list and its items. `end`: after its last item, or after its closing bracket."""

    start: int
    end: int
    column: int
    flow: bool = False
    items: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class MapSpan:
    """A map, its keys and their values. `end`: after its last value, or its closing brace."""

    start: int
    end: int
    column: int
    flow: bool = False
    pairs: list[tuple[Span, Span]] = field(default_factory=list)

    def value(self, name: str) -> Span | None:
        """The value under `name`, or None."""
        for key, value in self.pairs:
            if isinstance(key, ScalarSpan) and key.text == name:
                return value
        return None


Span: TypeAlias = ScalarSpan | ListSpan | MapSpan


def read_spans(text: str) -> Span | None:
    """The root of the document in `text`, None if it is empty. `text` must be sound YAML."""
    loader = _Loader(text)
    try:
        events = _Events(loader)
        while True:
            event = events.next()
            if type(event) is yaml.DocumentStartEvent:
                return _read(text, events, events.next())
            if type(event) is yaml.StreamEndEvent:
                return None
    finally:
        loader.dispose()


class _Events:
    def __init__(self, loader: Any) -> None:
        self.next: Callable[[], Any] = loader.get_event


def _read(text: str, events: _Events, event: Any) -> Span:
    kind: Any = type(event)
    start, end = event.start_mark.index, event.end_mark.index
    column = event.start_mark.column
    if kind is yaml.ScalarEvent:
        block = event.style in ("|", ">")
        if block:
            end = _block_end(text, start, end)
        return ScalarSpan(start, end, column, event.value, block)
    if kind is yaml.AliasEvent:
        return ScalarSpan(start, end, column, event.anchor, False, True)
    if kind is yaml.SequenceStartEvent:
        found = ListSpan(start, end, column, bool(event.flow_style))
        event = events.next()
        while not _ends(event, yaml.SequenceEndEvent):
            found.items.append(_read(text, events, event))
            event = events.next()
        found.end = event.end_mark.index if found.flow else found.items[-1].end
        return found
    mapping = MapSpan(start, end, column, bool(event.flow_style))
    event = events.next()
    while not _ends(event, yaml.MappingEndEvent):
        key = _read(text, events, event)
        mapping.pairs.append((key, _read(text, events, events.next())))
        event = events.next()
    mapping.end = event.end_mark.index if mapping.flow else mapping.pairs[-1][1].end
    return mapping


def _ends(event: Any, kind: Any) -> bool:
    return type(event) is kind


def _block_end(text: str, start: int, end: int) -> int:
    """Where a literal or folded text ends: blank lines after it belong to it only with `+`."""
    if keeps_blank_lines(text, start):
        end = min(end, len(text))
        if text[end - 2 : end] == "\r\n":
            return end - 2
        return end - 1 if text[end - 1 : end] in _BREAKS else end
    return start + len(text[start:end].rstrip())


_BREAKS = frozenset("\n\r\x85\u2028\u2029")


def keeps_blank_lines(text: str, start: int) -> bool:
    """Whether the literal or folded text that starts there keeps blank lines at its end (`+`)."""
    return _KEEPS.match(text, start) is not None


_KEEPS = lazy_pattern(r"(?:[&!]\S*\s+)*[|>][0-9]?\+")
