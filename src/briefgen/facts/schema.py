"""JSON Schemas of a fact base's files, for editors that check YAML while it is typed.

They come from the shapes that read the files, so that they can never say something else. What
holds across files (an unknown topic, a missing source) only `briefgen check` can tell.
"""

from __future__ import annotations

from typing import Any

from briefgen.facts.formats import FILE_FORMATS

_TITLES = {
    "base": "A fact base's base.yaml",
    "actors": "A fact base's actors.yaml",
    "sources": "A fact base's sources.yaml (CSL-YAML)",
    "facts": "A file of facts",
    "passages": "A fact base's passages.yaml",
}

SCHEMA_NAMES = tuple(_TITLES)
"""The names that `json_schema` knows."""


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of `base`, `actors`, `sources`, `facts` or `passages` files.

    Raises `KeyError` for any other name.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _TITLES[name],
        **FILE_FORMATS[name].json_schema(),
    }
