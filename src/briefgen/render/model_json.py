"""JSON: the document model itself, for other programs.

The file is one object: `"format": 1`, then the fields of `Brief` under their own names. Blocks
and inlines are objects whose `type` is the name of their class in `briefgen.brief.model`
(`"Paragraph"`, `"Cite"`, ...), with all fields of that class. Tuples are arrays, `created` is an
ISO 8601 moment. The fact behind a piece of text is the `fact` of the `Sentence` around it, its
sources the `items` of the `Cite` that follows. `json_schema` says all that in JSON Schema.

New fields and types may be added under format 1; nothing is renamed or dropped without format 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin, get_type_hints

from briefgen.brief import model
from briefgen.brief.model import Brief

FORMAT = 1

_FIELDS: dict[type, tuple[str, ...]] = {}
_TYPED = frozenset({*get_args(model.Block), *get_args(model.Inline)})


def render_json(brief: Brief) -> bytes:
    """The brief as JSON (RFC 8259), UTF-8.

    One top-level field a line, and one section, note or masthead line a line, so that two
    versions can be compared by eye while large briefs stay quick to write and read.
    """
    document = {"format": FORMAT, **_object(brief)}
    lines = [f"{_dump(name)}: {_field(value)}" for name, value in document.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8")


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that `render_json`'s output follows."""
    brief = _class_schema(Brief)
    brief["properties"] = {"format": {"const": FORMAT}, **brief["properties"]}
    brief["required"] = ["format", *brief["required"]]
    definitions = {
        "Block": {"oneOf": [_reference(kind) for kind in get_args(model.Block)]},
        "Inline": {"oneOf": [_reference(kind) for kind in get_args(model.Inline)]},
    }
    waiting: list[type] = [Brief, *get_args(model.Block), *get_args(model.Inline)]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ in definitions:
            continue
        definitions[kind.__name__] = _class_schema(kind)
        waiting.extend(_classes_in(kind))
    del definitions["Brief"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A brief as briefgen exports it to JSON",
        **brief,
        "$defs": definitions,
    }


# --- values ----------------------------------------------------------------------------------


def _object(value: Any) -> dict[str, Any]:
    kind = type(value)
    names = _FIELDS.get(kind)
    if names is None:
        names = _FIELDS[kind] = tuple(field.name for field in fields(kind))
    plain = {name: _plain(getattr(value, name)) for name in names}
    return {"type": kind.__name__, **plain} if kind in _TYPED else plain


def _plain(value: Any) -> Any:
    kind = type(value)  # exact types, most frequent first: this runs for every word of a brief
    if kind is str or value is None or kind is int or kind is bool or kind is float:
        return value
    if kind is tuple or kind is list:
        return [_plain(inner) for inner in value]
    if kind in _FIELDS or is_dataclass(value):
        return _object(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    raise TypeError(f"the document model holds a {kind.__name__}, which JSON has no form for")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _field(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(_dump(item) for item in value) + "\n]"
    return _dump(value)


# --- schema ----------------------------------------------------------------------------------


def _reference(kind: type) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _class_schema(kind: type) -> dict[str, Any]:
    hints = _hints(kind)
    properties: dict[str, Any] = {"type": {"const": kind.__name__}} if kind in _TYPED else {}
    properties |= {field.name: _type_schema(hints[field.name]) for field in fields(kind)}
    about = (kind.__doc__ or "").strip().partition("\n")[0]
    return {
        "description": about,
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(model))


def _type_schema(hint: Any) -> dict[str, Any]:
    if hint is None or hint is type(None):
        return {"type": "null"}
    simple = {str: "string", int: "integer", float: "number", bool: "boolean"}.get(hint)
    if simple:
        return {"type": simple}
    if hint is datetime:
        return {"type": "string", "format": "date-time"}
    if hint is Any:
        return {}
    if isinstance(hint, ForwardRef):
        return {"$ref": f"#/$defs/{hint.__forward_arg__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _type_schema(arguments[0])}
    if origin in (Union, UnionType):
        if hint in (model.Block, model.Inline):
            return {"$ref": f"#/$defs/{'Block' if hint == model.Block else 'Inline'}"}
        return {"anyOf": [_type_schema(argument) for argument in arguments]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _type_schema(arguments[1])}
    return _reference(hint)


def _classes_in(kind: type) -> list[type]:
    found: list[type] = []
    waiting: list[Any] = list(_hints(kind).values())
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and is_dataclass(hint):
            found.append(hint)
        elif hint not in (model.Block, model.Inline):
            waiting.extend(get_args(hint))
    return found
