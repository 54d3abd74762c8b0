"""Shapes: what a value in a YAML file must look like, said once.

A shape reads a positioned node into a plain value, reporting every fault it meets with file,
line, column and what to do, and describes itself as JSON Schema (2020-12) for editors.

A faulty value reads as `FAULT`; a `Record` drops it from its values and is itself `FAULT`
only when a required field is missing or faulty.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, final

from briefgen.bounds import MOST_LETTERS
from briefgen.direction import stray_direction
from briefgen.errors import Origin, Problem, Severity
from briefgen.many_problems import MOST, Problems
from briefgen.patterns import ID, LINE_BREAK, lazy_pattern
from briefgen.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from briefgen.suggestions import did_you_mean, few_of, shown
from briefgen.values import valueclass

JsonSchema = dict[str, Any]


@final
class _Fault:
    """What a faulty value reads as: always false, so that `if value` is safe."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "FAULT"


FAULT: Final = _Fault()


class Use(NamedTuple):
    """A name used where it must be defined elsewhere. Plain and small: a base has 100,000."""

    role: str
    """What the name must be, as `TextShape.refers_to` says: `topic`, `source`..."""
    target: str
    line: int
    column: int
    detail: str = ""
    """What else must fit, such as the unit that a figure gives for its measure."""


_MOST_SUGGESTIONS = 200
"""Of one file: the first unknown words get one."""


@dataclass(slots=True)
class Report:
    """Collects the problems of one file while its nodes are read, and the names it uses."""

    path: str
    problems: list[Problem] = field(default_factory=Problems)
    uses: list[Use] = field(default_factory=list)
    """Names read by shapes with `refers_to`, in file order; whoever knows the rest checks them."""
    errors: int = 0
    """How many of the problems are errors."""
    _suggested: dict[str, str] = field(default_factory=dict)

    def origin(self, node: Node) -> Origin:
        """Where `node` stands."""
        return Origin(self.path, node.line, node.column)

    def error(self, node: Node, message: str, hint: str = "") -> _Fault:
        """Report an error at `node`; returns `FAULT` so that callers can return it."""
        return self._add(node, "error", message, hint)

    def warning(self, node: Node, message: str, hint: str = "") -> None:
        """Report something questionable at `node`."""
        self._add(node, "warning", message, hint)

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """`did you mean`, for the first words that are unknown: it takes its time."""
        if word not in self._suggested and len(self._suggested) < _MOST_SUGGESTIONS:
            self._suggested[word] = did_you_mean(word, known)
        return self._suggested.get(word, "")

    def _add(self, node: Node, severity: Severity, message: str, hint: str) -> _Fault:
        self.problems.append(Problem(self.origin(node), severity, message, hint))
        if severity == "error":
            self.errors += 1
        return FAULT


class Shape(ABC):
    """What a value must look like."""

    @abstractmethod
    def read(self, node: Node, report: Report) -> Any:
        """The value, or `FAULT` after reporting at least one problem."""

    @abstractmethod
    def json_schema(self) -> JsonSchema:
        """This shape as JSON Schema."""


@valueclass(frozen=True, slots=True)
class TextShape(Shape):
    """A text. `single_line` refuses line breaks; `pattern` must match in full.

    The line end that a YAML block (`>` or `|`) leaves behind is not part of a single-line text.
    """

    single_line: bool = False
    pattern: str = ""
    expected: str = "text"
    may_be_empty: bool = False
    convert: Callable[[str], Any] | None = None
    """Makes the value from the text; a `ValueError` (its text is the message) is a fault."""
    refers_to: str = ""
    """The role under which `Report.uses` notes the text: a name defined elsewhere."""
    hint: str = ""
    """What to do when the pattern does not match; else the pattern is shown."""
    _matches: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        matches = lazy_pattern(self.pattern) if self.pattern else None
        object.__setattr__(self, "_matches", matches)

    def read(self, node: Node, report: Report) -> Any:
        if type(node) is not Scalar:
            return report.error(
                node, f"expected {self.expected}, found {kind_of(node)}", "write it as one value"
            )
        text = node.text
        if len(text) > MOST_LETTERS:
            return report.error(
                node, f"{self.expected} of more than {MOST_LETTERS:,} letters", "shorten it"
            )
        if self._matches is not None:
            if self._matches.fullmatch(text) is None:
                if not text.strip():
                    return self._nothing(node, report)
                hint = self.hint or f"it must match {self.pattern}"
                return report.error(node, f"{shown(text)} is not {self.expected}", hint)
        else:
            if not self.may_be_empty and (not text or text.isspace()):
                return self._nothing(node, report)
            if self.single_line and LINE_BREAK.search(text):
                text = text.rstrip("\n")
                if LINE_BREAK.search(text):
                    return report.error(
                        node, f"{self.expected} must stand on one line", "remove the line break"
                    )
        stray = stray_direction(text)
        if stray:
            return report.error(
                node,
                f"the unseen character {stray}, which turns the direction of what follows",
                "delete it, or close it",
            )
        if self.refers_to:
            report.uses.append(Use(self.refers_to, text, node.line, node.column))
        if self.convert is None:
            return text
        try:
            return self.convert(text)
        except ValueError as error:
            return report.error(node, str(error))

    def _nothing(self, node: Scalar, report: Report) -> _Fault:
        return report.error(
            node, f"expected {self.expected}, found nothing", "fill it in or remove the key"
        )

    def json_schema(self) -> JsonSchema:
        # An editor's YAML reader makes numbers and booleans of what stays text here.
        schema: JsonSchema = {"type": ["string", "number", "boolean"]}
        if self.pattern:
            schema["pattern"] = f"^(?:{self.pattern})$"
        elif not self.may_be_empty:
            schema["minLength"] = 1
        return schema


def identifier(refers_to: str = "") -> TextShape:
    """An id: `[a-z0-9][a-z0-9._-]*`. `refers_to`: it names something defined elsewhere."""
    return TextShape(
        single_line=True,
        pattern=ID.pattern,
        expected="an id",
        refers_to=refers_to,
        hint="an id has small letters, digits and . _ - and starts with a letter or digit",
    )


@valueclass(frozen=True, slots=True)
class FormatShape(Shape):
    """The number of a file's format, which only a newer program may raise."""

    known: int = 1

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and node.text == str(self.known):
            return self.known
        found = shown(node.text) if isinstance(node, Scalar) else kind_of(node)
        return report.error(
            node,
            f"file format {found} is not known",
            f"write {self.known}, or use a newer version of this program",
        )

    def json_schema(self) -> JsonSchema:
        return {"const": self.known}


@valueclass(frozen=True, slots=True)
class ChoiceShape(Shape):
    """One of a few words."""

    words: tuple[str, ...]
    expected: str = "one of"
    not_built: tuple[str, ...] = ()
    """Words that will be among them one day: refused by name."""

    def read(self, node: Node, report: Report) -> Any:
        if type(node) is Scalar and node.text in self.words:
            return node.text
        if type(node) is Scalar and node.text in self.not_built:
            return report.error(
                node, f"{node.text} is not built yet", f"write {' or '.join(self.words)}"
            )
        found = shown(node.text) if isinstance(node, Scalar) else kind_of(node)
        near = report.nearest(node.text, self.words) if isinstance(node, Scalar) else ""
        return report.error(
            node,
            f"{found} is not {self.expected} {', '.join(self.words)}",
            near or "choose one of these",
        )

    def json_schema(self) -> JsonSchema:
        # An editor sees YAML's numbers as numbers: `format: 1`.
        return {"enum": [*self.words, *(int(word) for word in self.words if word.isdigit())]}


_WHOLE_NUMBER = lazy_pattern(r"[+-]?[0-9]+")
_NUMBER = lazy_pattern(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@valueclass(frozen=True, slots=True)
class NumberShape(Shape):
    """A number; `whole` for integers, `least` and `most` inclusive."""

    whole: bool = False
    least: float | None = None
    most: float | None = None

    def read(self, node: Node, report: Report) -> Any:
        what = "a whole number" if self.whole else "a number"
        if not isinstance(node, Scalar):
            return report.error(node, f"expected {what}, found {kind_of(node)}", "write one number")
        text = node.text
        form = _WHOLE_NUMBER if self.whole else _NUMBER
        if len(text) > 40 or not form.fullmatch(text):
            return report.error(
                node,
                f"{shown(text)} is not {what}",
                "write digits, with a point for decimals and no separators",
            )
        value: float = int(text) if self.whole or text.lstrip("+-").isdigit() else float(text)
        if not math.isfinite(value):
            return report.error(node, f"{shown(text)} is too large a number", "shorten it")
        if (self.least is not None and value < self.least) or (
            self.most is not None and value > self.most
        ):
            return report.error(node, f"{text} is out of range", self._range())
        return value

    def _range(self) -> str:
        if self.most is None:
            return f"it must be at least {self.least:g}"
        if self.least is None:
            return f"it must be at most {self.most:g}"
        return f"it must be {self.least:g} to {self.most:g}"

    def json_schema(self) -> JsonSchema:
        schema: JsonSchema = {"type": "integer" if self.whole else "number"}
        if self.least is not None:
            schema["minimum"] = self.least
        if self.most is not None:
            schema["maximum"] = self.most
        return schema


@valueclass(frozen=True, slots=True)
class BooleanShape(Shape):
    """`true` or `false`, nothing else."""

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        found = shown(node.text) if isinstance(node, Scalar) else kind_of(node)
        return report.error(node, f"expected true or false, found {found}", "write true or false")

    def json_schema(self) -> JsonSchema:
        return {"type": "boolean"}


@valueclass(frozen=True, slots=True)
class ListShape(Shape):
    """A list; faulty items are dropped after being reported. `may_be_empty` allows `[]`."""

    item: Shape
    may_be_empty: bool = True
    single_allowed: bool = False
    """Take one bare value as a list of one."""

    def read(self, node: Node, report: Report) -> Any:
        if self.single_allowed and not isinstance(node, Sequence):
            value = self.item.read(node, report)
            return FAULT if value is FAULT else (value,)
        if not isinstance(node, Sequence):
            return report.error(
                node,
                f"expected a list, found {kind_of(node)}",
                "start each item with '- ', or write [a, b]",
            )
        if not node.items and not self.may_be_empty:
            return report.error(node, "the list is empty", "add at least one item")
        read = self.item.read
        values = []
        for item in node.items:
            values.append(read(item, report))
            if report.errors >= MOST:  # no more are remembered, and each costs as much
                break
        good = tuple([value for value in values if value is not FAULT])
        return FAULT if values and not good and not self.may_be_empty else good

    def json_schema(self) -> JsonSchema:
        item = self.item.json_schema()
        schema: JsonSchema = {"type": "array", "items": item}
        if not self.may_be_empty:
            schema["minItems"] = 1
        return {"anyOf": [schema, item]} if self.single_allowed else schema


@valueclass(frozen=True, slots=True)
class EitherShape(Shape):
    """One shape for a single value, another for keys and values."""

    single: Shape
    keyed: Shape

    def read(self, node: Node, report: Report) -> Any:
        return (self.keyed if isinstance(node, Mapping) else self.single).read(node, report)

    def json_schema(self) -> JsonSchema:
        return {"anyOf": [self.single.json_schema(), self.keyed.json_schema()]}


@valueclass(frozen=True, slots=True)
class MapShape(Shape):
    """Free keys of one shape to values of another, as an ordered dict."""

    key: TextShape
    value: Shape

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Mapping):
            return report.error(
                node, f"expected keys and values, found {kind_of(node)}", "write 'key: value' lines"
            )
        result = {}
        for key_node, value_node in node.pairs:
            key = self.key.read(key_node, report)
            value = self.value.read(value_node, report)
            if key is not FAULT and value is not FAULT:
                result[key] = value
        return result

    def json_schema(self) -> JsonSchema:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.key.pattern or '.*'})$"},
            "additionalProperties": self.value.json_schema(),
        }


@valueclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, whether it must stand, and what it is for."""

    shape: Shape
    required: bool = False
    about: str = ""
    not_built: str = ""
    """Set for a documented key whose feature does not exist yet: it is refused by this name."""


@dataclass(slots=True)
class RecordValues:
    """A record as read: good values by key, and the nodes they came from."""

    values: dict[str, Any]
    node: Mapping
    report_path: str

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value under `key`, or `default` when it is absent or faulty."""
        return self.values.get(key, default)

    def origin(self, key: str | None = None) -> Origin:
        """Where `key`'s value stands, or the record itself."""
        node = self.node.get(key) if key is not None else None
        where = node if node is not None else self.node
        return Origin(self.report_path, where.line, where.column)


@valueclass(frozen=True, slots=True)
class RecordShape(Shape):
    """Named keys. Unknown keys are problems; the nearest known one is suggested."""

    keys: MappingABC[str, Key]
    what: str = "record"
    convert: Callable[[RecordValues, Report], Any] | None = None
    """Makes the value from the good keys; may report further problems and return `FAULT`."""
    _required: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        required = tuple([name for name, key in self.keys.items() if key.required])
        object.__setattr__(self, "_required", required)

    def read(self, node: Node, report: Report) -> Any:
        if type(node) is not Mapping:
            return report.error(
                node,
                f"expected {self.phrase} with keys, found {kind_of(node)}",
                f"known keys: {_some(self.keys)}",
            )
        values: dict[str, Any] = {}
        whole = True
        for key_node, value_node in node.pairs:
            name = key_node.text
            key = self.keys.get(name)
            if key is None:
                report.error(
                    key_node,
                    f"unknown key {shown(name)} in {self.phrase}",
                    report.nearest(name, self.keys) or f"known keys: {_some(self.keys)}",
                )
                continue
            if key.not_built:
                report.error(
                    key_node, f"{name}: {key.not_built} is not built yet", "remove the key"
                )
                continue
            value = key.shape.read(value_node, report)
            if value is FAULT:
                whole = whole and not key.required
            else:
                values[name] = value
        for name in self._required:
            if name not in values and node.get(name) is None:
                report.error(node, f"{self.phrase} needs the key {name!r}", f"add {name}: …")
                whole = False
        if not whole:
            return FAULT
        record = RecordValues(values, node, report.path)
        return self.convert(record, report) if self.convert else record

    def json_schema(self) -> JsonSchema:
        properties: JsonSchema = {}
        for name, key in self.keys.items():
            if key.not_built:
                continue
            properties[name] = key.shape.json_schema() | (
                {"description": key.about} if key.about else {}
            )
        schema: JsonSchema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return schema | ({"required": list(self._required)} if self._required else {})

    @property
    def phrase(self) -> str:
        """What it is called, with its article: `a fact`, `an actor`."""
        return f"{'an' if self.what[:1].lower() in tuple('aeio') else 'a'} {self.what}"


def kind_of(node: Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, Scalar):
        return shown(node.text) if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys and values"


def _some(words: Iterable[str]) -> str:
    """Words for a message; long lists are cut."""
    return few_of(list(words), 30)
