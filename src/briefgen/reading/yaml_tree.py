"""YAML text as a tree of positioned nodes, read strictly.

Differs from a usual YAML loader on purpose: scalars stay the text that stands in the file
(`NO`, `2013`, `12:30` are never converted), duplicate keys, tags and second documents are
problems, and depth and alias expansion are bounded, so that no input can exhaust the stack
or the memory. Nodes carry their line and column, counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from briefgen.collector import collector_paused
from briefgen.errors import InputError, Origin, Problem, not_read_in_words
from briefgen.many_problems import Problems
from briefgen.ordinary_files import MAX_YAML_BYTES, read_ordinary
from briefgen.patterns import UNPRINTABLE

try:  # libyaml where PyYAML was built with it: about eight times faster, same events
    from yaml import CLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import Loader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 64
"""Deepest nesting read. Real files need fewer than ten levels."""

MAX_BYTES = MAX_YAML_BYTES
"""Largest brief or template read: far more than anyone writes. Devices give bytes for ever."""

MAX_EXPANDED_NODES = 500_000
"""Most nodes one file may stand for once its aliases are followed, unless it is very large."""

MAX_ANCHORS = 200_000
"""Anchors of a file; programs that write YAML give one to each value that stands twice."""

MAX_REPEATED_NODES = 400_000
"""Most of them that its aliases may repeat: what they repeat is wrong as often as they do."""

MAX_REPEATED_LETTERS = 20_000_000
"""Most letters that its aliases may repeat: an index holds them as often as they do."""


class Scalar:
    """A leaf: the text as written, unquoted and unescaped."""

    # Written by hand: a large base has a million of these, and a dataclass cannot leave out
    # the constant `size`.
    __slots__ = ("column", "line", "plain", "text")
    size = 1

    def __init__(self, text: str, line: int, column: int, plain: bool = True) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.plain = plain

    def __repr__(self) -> str:
        return f"Scalar({self.text!r}, {self.line}, {self.column})"


@dataclass(slots=True)
class Sequence:
    """A list of nodes, in order."""

    items: list[Node]
    line: int
    column: int
    size: int = 1
    """How many nodes it stands for, itself and all below, aliases followed."""


@dataclass(slots=True)
class Mapping:
    """Key and value pairs, in order; keys are unique scalars."""

    pairs: list[tuple[Scalar, Node]]
    line: int
    column: int
    size: int = 1
    """How many nodes it stands for, itself and all below, aliases followed."""

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def scalars_of(node: Node) -> Iterator[Scalar]:
    """All texts of a tree, keys among them, in order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars_of(item)
    else:
        for key, value in node.pairs:
            yield key
            yield from scalars_of(value)


@dataclass(slots=True)
class Document:
    """One file as read: its root node (None when empty) and what is wrong with it."""

    path: str
    root: Node | None
    problems: list[Problem] = field(default_factory=Problems)
    broken: bool = False
    """True when the text could not be parsed to its end, so `root` must not be used."""

    def origin(self, node: Node) -> Origin:
        """Where `node` stands."""
        return Origin(self.path, node.line, node.column)


def read_yaml_file(path: Path, shown_as: str | None = None, *, most: int = MAX_BYTES) -> Document:
    """Read one YAML file; `shown_as` is how messages call it (default: the path as given).

    `most` is how many bytes it may have.

    Raises `InputError` when the file cannot be read from disk at all.
    """
    name = shown_as if shown_as is not None else str(path)
    try:
        data = read_ordinary(path, most)
    except OSError as error:
        said, hint = not_read_in_words("file", error)
        raise InputError(said, hint=hint, origin=Origin(name)) from None
    return parse_yaml(data, name)


def parse_yaml(data: bytes, name: str, lines: int = 0) -> Document:
    """Parse the bytes of one YAML file. Never raises for what the bytes say.

    `lines`: how many lines of the file come before them; places are those in the file, but for
    those of faults that leave the document broken.
    """
    text, problem = _decode(data, name)
    if problem is not None:
        return Document(name, None, [problem], broken=True)
    document = Document(name, None)
    try:
        with collector_paused():
            _Builder(document, lines).build(text)
    except _Stop as stop:
        document.problems.append(stop.problem)
        document.root, document.broken = None, True
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(error, name, text))
        document.root, document.broken = None, True
    return document


def _decode(data: bytes, name: str) -> tuple[str, Problem | None]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4].count(0) >= 2:
        return "", Problem(
            Origin(name, 1, 1),
            "error",
            "the file is not UTF-8 (it looks like UTF-16 or UTF-32)",
            "save it as UTF-8",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        start = before.rfind(b"\n") + 1
        column = len(before[start:].decode("utf-8", "replace")) + 1
        return "", Problem(
            Origin(name, line, column),
            "error",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        )
    bad = UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        return "", Problem(
            Origin(name, line, column),
            "error",
            f"control character U+{ord(bad.group()):04X}",
            "delete it: documents cannot hold it",
        )
    return text, None


def _syntax_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    begun = getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None)
    if mark is not None and _character_at(text, mark.line, mark.column) == "\t":
        said, context = "a tab stands where only spaces may", None
    message = f"not valid YAML: {context + ', ' if context else ''}{said}"
    if mark is not None and begun is not None and begun.line < mark.line:
        message += f" (begun at line {begun.line + 1})"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    # An end that never comes is found after the last line: point at what is there.
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    return Problem(
        Origin(name, line, column),
        "error",
        message,
        "check indentation, colons and quotes at and above this line",
    )


def _character_at(text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    return lines[line][column : column + 1] if line < len(lines) else ""


class _Stop(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Sequence | Mapping
    anchor: str | None
    key: Scalar | None = None
    """A mapping's key that waits for its value."""
    seen: set[str] = field(default_factory=set)
    """A mapping's keys so far."""


class _Builder:
    """Builds the tree from the event stream with a stack of its own: no recursion."""

    def __init__(self, document: Document, lines: int) -> None:
        self.document = document
        self.lines = lines
        self.most_nodes = MAX_EXPANDED_NODES
        self.anchors: dict[str, Node] = {}
        self.open: list[_Open] = []
        self.repeated = 0
        self.letters_repeated = 0

    def build(self, text: str) -> None:
        # Without aliases a file stands for fewer values than it has characters.
        self.most_nodes = max(MAX_EXPANDED_NODES, len(text) // 8)
        loader = _Loader(text)
        try:
            self._build(loader.get_event)
        finally:
            loader.dispose()

    def _build(self, next_event: Any) -> None:
        documents = 0
        scalar_event, stream_end = yaml.ScalarEvent, yaml.StreamEndEvent
        place = self._place
        first_line = self.lines + 1
        while True:
            event = next_event()
            kind = type(event)
            mark = event.start_mark
            line, column = mark.line + first_line, mark.column + 1
            if kind is scalar_event:
                if event.tag is not None:
                    self._refuse_tag(event, line, column)
                style = event.style
                node = Scalar(event.value, line, column, not style)
                # The text as a whole holds none of these; only escapes can bring them in.
                if style == '"':
                    self._refuse_unprintable(node)
                if event.anchor:
                    self._anchor(event.anchor, node)
                place(node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._refuse_tag(event, line, column)
                if len(self.open) >= MAX_DEPTH:
                    self._stop(
                        line, column, f"nested more than {MAX_DEPTH} levels deep", "flatten it"
                    )
                opened: Sequence | Mapping = (
                    Mapping([], line, column)
                    if kind is yaml.MappingStartEvent
                    else Sequence([], line, column)
                )
                self.open.append(_Open(opened, event.anchor))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                closed = self.open.pop()
                if closed.anchor:
                    self._anchor(closed.anchor, closed.node)
                place(closed.node)
            elif kind is yaml.AliasEvent:
                self._alias(event, line, column)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop(
                        line,
                        column,
                        "a second YAML document in one file",
                        "keep one document a file",
                    )
            elif kind is stream_end:
                return

    def _refuse_unprintable(self, node: Scalar) -> None:
        bad = UNPRINTABLE.search(node.text)
        if bad:
            self._stop(
                node.line,
                node.column,
                f"control character U+{ord(bad.group()):04X} in a text",
                "delete the escape: documents cannot hold it",
            )

    def _anchor(self, name: str, node: Node) -> None:
        if len(self.anchors) >= MAX_ANCHORS:
            self._stop(
                node.line,
                node.column,
                f"more than {MAX_ANCHORS:,} anchors in one file",
                "take out those that no alias names",
            )
        self.anchors[name] = node

    def _alias(self, event: Any, line: int, column: int) -> None:
        target = self.anchors.get(event.anchor)
        if target is None:
            self._stop(
                line,
                column,
                f"alias *{event.anchor} has no anchor before it",
                f"define &{event.anchor} above, or write the value out",
            )
        self.repeated += target.size
        if self.repeated > MAX_REPEATED_NODES:
            self._stop(
                line,
                column,
                f"the aliases of the file repeat more than {MAX_REPEATED_NODES:,} values",
                "split it, or write out what they repeat",
            )
        self.letters_repeated += sum(len(scalar.text) for scalar in scalars_of(target))
        if self.letters_repeated > MAX_REPEATED_LETTERS:
            self._stop(
                line,
                column,
                f"the aliases of the file repeat more than {MAX_REPEATED_LETTERS:,} letters",
                "split it, or shorten what they repeat",
            )
        self._place(target)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.document.root = node
            return
        top = self.open[-1]
        parent = top.node
        parent.size += node.size
        if parent.size > self.most_nodes:
            self._stop(
                node.line,
                node.column,
                f"the file stands for more than {self.most_nodes:,} values",
                "split it, and write out what its aliases repeat",
            )
        if type(parent) is Sequence:
            parent.items.append(node)
            return
        key = top.key
        if key is None:
            if type(node) is not Scalar:
                self._stop(
                    node.line,
                    node.column,
                    "a key must be plain text",
                    "quote it if it starts with [ or {",
                )
            top.key = node
            return
        top.key = None
        if key.text in top.seen:
            self._report(
                key.line, key.column, f"key {key.text[:60]!r} stands twice", "keep one of the two"
            )
            return
        top.seen.add(key.text)
        assert type(parent) is Mapping
        parent.pairs.append((key, node))

    def _refuse_tag(self, event: Any, line: int, column: int) -> None:
        tag = event.tag
        if tag is not None and tag != "!":
            self._report(line, column, f"YAML tag {tag!r} is not allowed", "remove it")

    def _report(self, line: int, column: int, message: str, hint: str) -> None:
        self.document.problems.append(
            Problem(Origin(self.document.path, line, column), "error", message, hint)
        )

    def _stop(self, line: int, column: int, message: str, hint: str) -> NoReturn:
        raise _Stop(Problem(Origin(self.document.path, line, column), "error", message, hint))
