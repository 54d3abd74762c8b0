"""JSON read strictly (RFC 8259), numbers kept as the text that was written."""

from __future__ import annotations

import json
from typing import Any


class JsonError(ValueError):
    """Text that is no JSON, or JSON with a key twice."""


class Number(str):
    """A number as written: `540`, `760.50`."""

    __slots__ = ()


def read_json(text: str) -> Any:
    """Lists, dicts, texts, `Number`s, True, False and None. Raises `JsonError`."""
    try:
        return json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_pairs,
        )
    except RecursionError:
        raise JsonError("it is nested too deep") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise JsonError(f"{error.msg[:1].lower()}{error.msg[1:]} ({where})") from None


def _refuse_constant(word: str) -> Any:
    raise JsonError(f"{word} is no number of JSON")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(name == key for name, _ in pairs) > 1)
        raise JsonError(f"the key {twice[:60]!r} stands twice in one object")
    return found
