"""`{placeholders}` in the job of a matrix: YAML in, YAML with the values filled in out.

They are filled in once, as text: a value that holds braces or colons stays that value, and there
is nothing to be reached through a placeholder but its value.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefgen.patterns import lazy_pattern
from briefgen.reading.shapes import Report
from briefgen.reading.yaml_tree import Mapping as YamlMapping
from briefgen.reading.yaml_tree import Node, Scalar, Sequence, scalars_of
from briefgen.suggestions import did_you_mean, shown

_BRACES = lazy_pattern(r"\{\{|\}\}|\{([^{}]*)\}")
_A_BRACE = r"\{"

Values = Mapping[str, str]


def combinations(values: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Every combination, the last name's values changing fastest."""
    for chosen in itertools.product(*values.values()):
        yield dict(zip(values, chosen, strict=True))


def fill(text: str, values: Values) -> str:
    """`text` with every `{name}` replaced by its value; `{{` and `}}` become single braces.

    Raises `KeyError` for a name that `values` does not have.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        return values[match[1].strip()]

    return _BRACES.sub(value, text) if "{" in text or "}" in text else text


def filled(node: Node, values: Values, report: Report) -> Node:
    """The tree with its placeholders filled in, in keys as in values. Places stay.

    Keys that became the same are reported. Raises `KeyError` for a name that `values` does not
    have: ask `check_placeholders` before.
    """
    if isinstance(node, Scalar):
        return Scalar(fill(node.text, values), node.line, node.column, node.plain)
    if isinstance(node, Sequence):
        items = [filled(item, values, report) for item in node.items]
        return Sequence(items, node.line, node.column, node.size)
    pairs: list[tuple[Scalar, Node]] = []
    seen: set[str] = set()
    for key, value in node.pairs:
        name = fill(key.text, values)
        if name in seen:
            report.error(key, f"key {shown(name)} stands twice", "keep one of the two")
        seen.add(name)
        pairs.append((Scalar(name, key.line, key.column), filled(value, values, report)))
    return YamlMapping(pairs, node.line, node.column, node.size)


def letters_filled(node: Node, values: Mapping[str, tuple[str, ...]]) -> int:
    """How many letters `filled` makes of `node` for all combinations of `values` together.

    Every name in it must be one of `values`.
    """
    times = math.prod(map(len, values.values()))
    each = {
        name: sum(map(len, texts)) * times // len(texts) for name, texts in values.items()
    }  # each of a name's values stands in as many combinations as any other
    letters = 0
    for scalar in scalars_of(node):
        letters += len(scalar.text) * times
        for match in _BRACES.finditer(scalar.text):
            if match[1] is None:
                letters -= times
            else:
                letters += each[match[1].strip()] - len(match[0]) * times
    return letters


def check_placeholders(node: Node, known: Mapping[str, object], report: Report) -> set[str]:
    """Report every placeholder that is not `known`; what comes back are the names that stand."""
    used: set[str] = set()
    for scalar in scalars_of(node):
        for match in _BRACES.finditer(scalar.text):
            if match[1] is None:
                continue
            name = match[1].strip()
            used.add(name)
            if name not in known:
                report.error(
                    scalar,
                    f"no value is called {shown(name)}",
                    did_you_mean(name, known)
                    or f"there are: {', '.join(known)}; a brace as such is written twice",
                )
    return used


def with_placeholders(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema that also takes texts with placeholders, in keys as in values."""
    loose: dict[str, Any] = {}
    for name, value in schema.items():
        if name == "anyOf":
            loose[name] = [with_placeholders(each) for each in value]
        elif name == "properties":
            loose[name] = {key: with_placeholders(inner) for key, inner in value.items()}
        elif name == "propertyNames":
            loose[name] = {"anyOf": [value, {"pattern": _A_BRACE}]}
        elif name in ("items", "additionalProperties") and isinstance(value, dict):
            loose[name] = with_placeholders(value)
        else:
            loose[name] = value
    if loose.get("type") == "object":
        return loose | {"patternProperties": {_A_BRACE: {}}}
    if loose.get("type") == "array" or "anyOf" in loose:
        return loose
    told = {name: loose.pop(name) for name in ("description",) if name in loose}
    return told | {"anyOf": [loose, {"type": "string", "pattern": _A_BRACE}]}
