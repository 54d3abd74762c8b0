"""What `briefgen export --json` prints of a brief that was written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefgen.pipeline.draft import MadeBrief


def export_json(written: MadeBrief) -> dict[str, Any]:
    """The files, where each fact stands, the pages, what went for a budget, and the warnings.

    Each fact that was selected, pinned or excluded is there once, as `Placement` tells of it.
    """
    from briefgen.pipeline.pages import PAGED

    counts = written.pages
    files = []
    for (format_, data), path in zip(written.data.items(), written.paths, strict=True):
        pages = counts[format_].all if format_ in counts else None
        files.append(
            {
                "path": str(path),
                "format": format_,
                "pages": pages,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        )
    return {
        "files": files,
        "facts": [
            {**placement._asdict(), "sections": list(placement.sections)}
            for placement in written.placements
        ],
        "pages": {
            format_: counts[format_]._asdict() if format_ in written.data else None
            for format_ in PAGED
        },
        "fitted": list(written.fitted),
        "warnings": [
            {"message": message, "facts": list(written.warned_facts.get(message, ()))}
            for message in written.warnings
        ],
    }
