"""Which scale a brief's judgements are in."""

from __future__ import annotations

from pathlib import Path

from briefgen.facts.model import Base
from briefgen.standards.files import load_scale
from briefgen.standards.scale import USUAL_SCALE, Scale


def scale_in_use(own: str | None, base: Base) -> Scale:
    """The brief's own scale (a name, or a path), else the base's, else ICD 203.

    Raises `InputError` for one that is not there or cannot be used.
    """
    if own:
        return load_scale(own)
    if base.scale:
        return load_scale(base.scale, Path(base.folder))
    return load_scale(USUAL_SCALE)
