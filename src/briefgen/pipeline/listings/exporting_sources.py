"""A base's sources as a bibliography."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from briefgen.errors import Problem
from briefgen.pipeline.bases import open_base
from briefgen.suggestions import few_of


class ExportedSources(NamedTuple):
    """A bibliography, and what it says less than the base."""

    text: str
    problems: tuple[Problem, ...]
    """Every problem of the base. Sources with an error are left out."""
    warnings: tuple[str, ...]


def export_sources(
    folder: Path, format_: str, only: Collection[str] | None = None
) -> ExportedSources:
    """The sources of the base in `folder` as `bib`, `biblatex`, `bibtex`, `ris`, `csl.json` or
    `yaml`, in the order of sources.yaml; `only` those of these ids.

    Raises `UsageError` for another format, `InputError` for a base that cannot be used,
    `CiteprocError` where the format needs Pandoc and there is none.
    """
    from briefgen.bibliography.model import format_named

    known = format_named(format_)
    with open_base(folder) as index:
        from briefgen.bibliography.write import write_bibliography

        sources = tuple(
            source for id_, source in index.base.sources.items() if only is None or id_ in only
        )
        warnings = []
        marked = [source.id for source in sources if source.marking]
        if marked and known not in ("csl.json", "yaml"):
            some = few_of(marked, 5)
            warnings.append(
                f"{format_} has no place for handling markings: {some} stand there unmarked"
            )
        return ExportedSources(write_bibliography(sources, known), index.errors, tuple(warnings))
