"""Every problem in a fact base and in the templates."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from briefgen.errors import Problem
from briefgen.folders import at_home


class Checked(NamedTuple):
    """What a check found, base first, then templates, each as one would walk the files."""

    problems: tuple[Problem, ...]
    summary: str
    """One line: how much was checked, and how many problems there are."""


def check_all(base: Path, templates: tuple[Path, ...], archive: str | None = None) -> Checked:
    """Check the base in `base` and every template in the folders.

    `archive` is the folder of saved copies, to check those, too: empty for the base's own, None
    to leave them alone.
    Raises `InputError` only when a folder cannot be read at all.
    """
    from briefgen.brief.template.finding import check_templates, template_files
    from briefgen.facts.read import read_base

    read = read_base(base)
    of_base = read.problems
    if read.base is not None and read.base.passages:
        from briefgen.pipeline.listings.passages import read_passages

        passages = read_passages(read.base, {fact.id: fact for fact in read.facts})
        of_passages = [problem for one in passages for problem in one.problems()]
        of_base = tuple(sorted((*of_base, *of_passages), key=lambda problem: problem.sort_key))
    if archive is not None and read.base is not None:
        from briefgen.editing.copying_base import ARCHIVE
        from briefgen.pipeline.listings.copies import check_copies

        folder = at_home(archive) if archive else base / ARCHIVE
        of_copies = check_copies(read.base, read.facts, folder)
        of_base = tuple(sorted((*of_base, *of_copies), key=lambda problem: problem.sort_key))
    problems = (*of_base, *check_templates(templates))
    sources = len(read.base.sources) if read.base is not None else 0
    checked = (
        f"{_count(len(read.facts), 'fact')}, {_count(sources, 'source')} and "
        f"{_count(len(template_files(templates)), 'template')} can be used"
    )
    errors = sum(problem.severity == "error" for problem in problems)
    found = (
        f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"
        if problems
        else "no problems"
    )
    return Checked(problems, f"{found}; {checked}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
