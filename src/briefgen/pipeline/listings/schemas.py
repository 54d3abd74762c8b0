"""The JSON Schemas of the files that people write, from the shapes that read them."""

from __future__ import annotations

from typing import Any

from briefgen.errors import UsageError


def schema_of(name: str) -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of `base`, `actors`, `sources`, `facts`, `passages`,
    `scale`, `markings`, `brief`, `template` or `settings` files.

    Raises `UsageError` for any other name.
    """
    if name == "brief":
        from briefgen.brief.spec.reader import spec_json_schema

        schema = spec_json_schema()
    elif name == "template":
        from briefgen.brief.template.reader import template_json_schema

        schema = template_json_schema()
    elif name in ("scale", "markings"):
        from briefgen.standards.files import MARKINGS_FILE, SCALE_FILE

        schema = (SCALE_FILE if name == "scale" else MARKINGS_FILE).json_schema()
    elif name == "settings":
        from briefgen.pipeline.settings import settings_json_schema

        schema = settings_json_schema()
    elif name in ("base", "actors", "sources", "facts", "passages"):
        from briefgen.facts.schema import json_schema

        schema = json_schema(name)
    else:
        raise UsageError(f"no schema {name!r}")
    return schema_document(name, schema)


def schema_document(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that stands by itself, under its title."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | schema
