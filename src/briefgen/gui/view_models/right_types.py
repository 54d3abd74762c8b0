"""Whether values from elsewhere are of the types that their records say, all the way down."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

LARGEST = 2**31 - 1
"""What Qt's numbers hold; days before and after Christ, too."""


def fits(value: Any, hint: Any, names: Mapping[str, Any]) -> bool:
    """Whether `value` is what the type `hint` says. `names` are the types that hints name."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, types.UnionType):
        return any(fits(value, each, names) for each in inner)
    if origin is Literal:
        return any(value == each and type(value) is type(each) for each in inner)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if inner[1:] == (...,):
            return all(fits(each, inner[0], names) for each in value)
        return len(value) == len(inner) and all(
            fits(each, its, names) for each, its in zip(value, inner, strict=True)
        )
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(
            fits(key, inner[0], names) and fits(each, inner[1], names)
            for key, each in value.items()
        )
    if is_dataclass(hint):
        return isinstance(value, hint) and all(  # type: ignore[arg-type]
            fits(getattr(value, name), its, names) for name, its in _hints(hint, names)
        )
    if hint is int:
        return type(value) is int and -LARGEST <= value <= LARGEST
    if hint is str:
        return isinstance(value, str) and "\0" not in value
    return isinstance(value, hint)


def _hints(record: Any, names: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return _hints_of(record, tuple(sorted(names.items(), key=lambda each: each[0])))


@cache
def _hints_of(record: Any, names: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(record, localns=dict(names))
    return tuple((each.name, hints[each.name]) for each in fields(record) if each.compare)
