"""Comparing what stands in a file with what should stand there."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from typing import Any

from briefgen.errors import InputError
from briefgen.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from briefgen.writing.emit import plain_text


def as_node(value: Any, key: str = "") -> Node:
    """A value as the tree that a file holding it reads as. None leaves a key out.

    Raises `InputError` for what no file of a base can hold.
    """
    if isinstance(value, str):  # most are, and asking for a map takes longer
        return Scalar(plain_text(value, key), 0, 0)
    if isinstance(value, MappingABC):
        pairs: list[tuple[Scalar, Node]] = []
        for name, inner in value.items():
            if not isinstance(name, str):
                raise InputError(f"{name!r} is no key", hint="keys are texts")
            if inner is not None:
                pairs.append((Scalar(plain_text(name), 0, 0), as_node(inner, name)))
        return Mapping(pairs, 0, 0)
    if isinstance(value, (list, tuple)):
        return Sequence([as_node(item, key) for item in value], 0, 0)
    return Scalar(plain_text(value, key), 0, 0)


def same(first: Node | None, second: Node | None) -> bool:
    """Whether two trees hold the same texts under the same keys; the order of keys is free."""
    pending: list[tuple[Node | None, Node | None]] = [(first, second)]
    while pending:
        one, other = pending.pop()
        if one is other:
            continue
        if type(one) is not type(other):
            return False
        if type(one) is Scalar and type(other) is Scalar:
            if one.text != other.text:
                return False
        elif type(one) is Sequence and type(other) is Sequence:
            if len(one.items) != len(other.items):
                return False
            pending += zip(one.items, other.items, strict=True)
        elif type(one) is Mapping and type(other) is Mapping:
            if len(one.pairs) != len(other.pairs):
                return False
            if all(a[0].text == b[0].text for a, b in zip(one.pairs, other.pairs, strict=True)):
                pending += [(a[1], b[1]) for a, b in zip(one.pairs, other.pairs, strict=True)]
                continue
            values = {name.text: value for name, value in other.pairs}
            for name, value in one.pairs:
                if name.text not in values:
                    return False
                pending.append((value, values[name.text]))
    return True
