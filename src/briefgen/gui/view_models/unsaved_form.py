"""A form that was being written when the app, or the machine, went down: kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.gui.view_models.keeper import OtherVersionError
from briefgen.gui.view_models.words import kept_moment

MAX_BYTES = 4 * 2**20
"""Largest form that is kept: a passage of a whole book would not be read by anybody."""

KINDS = {
    "new": "fact", "edit": "fact", "draft": "quick add", "source": "source", "actor": "actor",
    "passage": "sentence", "retract": "retraction",
}  # fmt: skip
"""The kinds of forms that are kept, and what is written in each."""
_SPOKEN = {
    "new": ("statement",), "edit": ("statement",), "draft": ("statement", "passage", "address"),
    "source": ("title",), "actor": ("name",), "passage": ("text",),
    "retract": ("reason",),
}  # fmt: skip
"""By kind: the fields that say best what was written, the best first."""
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class UnsavedForm:
    """What a form holds."""

    what: str
    """`new` and `edit` of facts, `draft` of quick add, `source`, `actor`, `passage`,
    `retract`."""
    base: str
    """The folder of the base that it is for."""
    state: Mapping[str, Any]
    """What the form's dialog takes up again, as JSON can say it."""
    at: float = 0.0
    """When it was kept, in seconds since 1970."""

    @property
    def name(self) -> str:
        """What is written there: fact, source and so on."""
        return KINDS[self.what]

    @property
    def words(self) -> str:
        """How it begins; empty where nothing of it can be shown."""
        entry = self.state.get("entry", self.state.get("written", self.state))
        for key in _SPOKEN[self.what] if isinstance(entry, Mapping) else ():
            said = entry.get(key)
            if isinstance(said, str) and said.strip():
                text = " ".join(said.split())
                shown = text[:_MOST_SHOWN].rsplit(" ", 1)[0] if len(text) > _MOST_SHOWN else text
                return shown if shown == text else f"{shown} …"
        return ""


def to_bytes(form: UnsavedForm) -> bytes:
    """A form as a file's bytes. Raises `ValueError` for more than is kept."""
    data = json.dumps(
        {
            "format": 1,
            "what": form.what,
            "base": form.base,
            "at": form.at,
            "state": form.state,
        }
    ).encode()
    if len(data) > MAX_BYTES:
        raise ValueError("it is too long to be kept while it is written")
    return data


def from_bytes(data: bytes) -> UnsavedForm:
    """Back from `to_bytes`. Raises `ValueError` and its like for what is something else."""
    if len(data) > MAX_BYTES:
        raise ValueError("too large")
    said = json.loads(data)
    if said["format"] != 1:
        raise OtherVersionError(said["format"])
    what, base, state = said["what"], said["base"], said["state"]
    if what not in KINDS or not isinstance(base, str) or not isinstance(state, dict):
        raise ValueError("no form")
    return UnsavedForm(what, base, state, kept_moment(said["at"]))
