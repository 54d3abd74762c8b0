"""One request laid over another: what a job says over its brief file, over the defaults.

A key that the upper one says takes the place of the lower one's; of keys that hold keys of their
own (`select`, `text`, ...) each inner key does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefgen.brief.spec.model import BriefSpec

_FIELD_OF = {"facts": "edits"}
"""Keys of a brief whose field has another name. The others' names are their keys."""

_INNER_FIELD_OF = {("select", "from"): "start", ("select", "to"): "end"}

_MERGED = ("select", "facts", "passages", "sections", "sides", "references", "text", "email")
"""Keys whose own keys are laid over each other."""


def lay_over(lower: BriefSpec, upper: BriefSpec) -> BriefSpec:
    """The request that says what `upper` says, and for the rest what `lower` says."""
    changes: dict[str, Any] = {}
    for key in {path[0] for path in upper.places}:
        name = _FIELD_OF.get(key, key)
        if not hasattr(upper, name):  # `format`, which is nothing to lay over
            continue
        under, over = getattr(lower, name), getattr(upper, name)
        if key in _MERGED and (key,) in lower.places:
            changes[name] = _merged(key, under, over, upper)
        else:
            changes[name] = over
    return replace(
        lower,
        **changes,
        text_origins={**lower.text_origins, **upper.text_origins},
        origin=upper.origin,
        places={**lower.places, **upper.places},
    )


def _merged(key: str, under: Any, over: Any, upper: BriefSpec) -> Any:
    if isinstance(over, Mapping):
        return {**under, **over}
    assert is_dataclass(over)
    said = {path[1] for path in upper.places if path[0] == key and len(path) > 1}
    names = {_INNER_FIELD_OF.get((key, inner), inner) for inner in said}
    own = [each.name for each in fields(over) if each.name in names]
    return replace(under, **{name: getattr(over, name) for name in own})
