"""A brief that was not saved when the app, or the machine, went down.

It is kept as JSON and not as a brief's file: so it holds a brief as it is being written, even where
a brief's file would be refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from briefgen.addresses import Address
from briefgen.brief.spec.model import (
    BriefSpec,
    Edits,
    EmailRequest,
    Judgement,
    OwnSection,
    Passages,
    ReferenceListing,
    SectionEdits,
    Sides,
)
from briefgen.dates import Edtf
from briefgen.facts.model import Passage
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.gui.view_models.keeper import OtherVersionError
from briefgen.gui.view_models.right_types import fits
from briefgen.gui.view_models.words import kept_moment
from briefgen.select.model import Selection


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A brief that was changed since it was saved, if it ever was."""

    spec: BriefSpec
    path: Path | None = None
    """Its file; None: it has none yet."""
    seen: str | None = None
    """What that file said, as `briefgen.gui.view_models.brief.saving.save_brief` takes it."""
    at: float = 0.0
    """When it was kept, in seconds since 1970."""
    aside: Aside = field(default_factory=Aside)
    """What was typed for templates other than the brief's own."""


# --- a brief as JSON, whatever it holds ----------------------------------------------------------

_RECORDS = {
    each.__name__: each
    for each in (
        BriefSpec, Selection, Edits, Passages, Passage, SectionEdits, OwnSection, Sides, Judgement,
        ReferenceListing, EmailRequest, Edtf, Address, Aside,
    )
}  # fmt: skip
_KIND = "="
"""The key that says which record a map is. No id can be called so."""


def to_bytes(unsaved: Unsaved) -> bytes:
    """An unsaved brief as a file's bytes."""
    return json.dumps(
        {
            "format": 1,
            "path": str(unsaved.path) if unsaved.path is not None else None,
            "seen": unsaved.seen,
            "at": unsaved.at,
            "spec": _plain(unsaved.spec),
            "aside": _plain(unsaved.aside),
        }
    ).encode()


def from_bytes(data: bytes) -> Unsaved:
    """Back from `to_bytes`. Raises `ValueError` and its like for what is something else.

    Whoever can write there could have written anything, so every value is looked at: one of a wrong
    type would end the app at each start.
    """
    said = json.loads(data)
    if said["format"] != 1:
        raise OtherVersionError(said["format"])
    unsaved = Unsaved(
        _record(said["spec"]),
        Path(said["path"]) if said["path"] is not None else None,
        said["seen"],
        kept_moment(said["at"]),
        _record(said["aside"]) if "aside" in said else Aside(),
    )
    if not fits(unsaved, Unsaved, _RECORDS) or not all(map(_may_be_a_path, _paths(unsaved))):
        raise ValueError("no unsaved brief")
    return unsaved


def _paths(unsaved: Unsaved) -> tuple[str, ...]:
    spec = unsaved.spec
    return (
        str(unsaved.path or ""),
        spec.base or "",
        spec.house or "",
        spec.style,
        spec.scale or "",
    )


def _may_be_a_path(name: str) -> bool:
    """Whether the system takes it for a path at all, there or not."""
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        said = {each.name: _plain(getattr(value, each.name)) for each in _kept(type(value))}
        return {_KIND: type(value).__name__, **said}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _record(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_record(inner) for inner in value)
    if not isinstance(value, dict):
        return value
    if _KIND not in value:
        return {key: _record(inner) for key, inner in value.items()}
    cls = _RECORDS[value[_KIND]]
    known = {each.name for each in _kept(cls)}
    if cls is BriefSpec and "leave_out" in value:  # as it was kept before sections had more keys
        value = {**value, "sections": {_KIND: "SectionEdits", "leave_out": value["leave_out"]}}
    return cls(**{key: _record(inner) for key, inner in value.items() if key in known})


def _kept(cls: Any) -> list[Any]:
    """All but where things stood in a file that may say something else by now."""
    return [each for each in fields(cls) if each.compare or cls is Address]
