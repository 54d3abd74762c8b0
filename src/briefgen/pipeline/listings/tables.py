"""Facts as a workbook on disk."""

from __future__ import annotations

from pathlib import Path

from briefgen.errors import UsageError
from briefgen.files import writable_target
from briefgen.folders import at_home
from briefgen.keeping import Replaced, write_kept
from briefgen.pipeline.bases import FoundFacts
from briefgen.pipeline.clock import moment


def write_workbook(out: str, found: FoundFacts, *, force: bool = False) -> tuple[Path, Replaced]:
    """Write the facts as an Excel workbook; its path. What others wrote there is kept beside,
    unless `force` lets it go.

    Raises `UsageError` for a name that Excel would not open, `OutputError` when it cannot be
    written.
    """
    path = at_home(out)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--xlsx: {out!r} is no Excel file's name", hint="end it in .xlsx")
    writable_target(path)
    from briefgen.facts.tables.export import facts_to_xlsx

    data = facts_to_xlsx(found.base, found.facts, moment()[0])
    return path, write_kept({path: data}, force=force)
