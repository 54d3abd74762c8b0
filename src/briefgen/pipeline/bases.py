"""Opening a fact base, listing facts from it, starting a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen.errors import InputError, Problem
from briefgen.folders import at_home
from briefgen.index import Index, open_index

if TYPE_CHECKING:
    from briefgen.facts.model import Base, Fact
    from briefgen.index.build import ReadFiles
    from briefgen.select.model import Selection


class FoundFacts(NamedTuple):
    """The facts that a selection picked, and what kept others from being there."""

    base: Base
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    """The errors of the base: what has one is left out."""
    warnings: tuple[str, ...]


def open_base(folder: Path, read: ReadFiles | None = None) -> Index:
    """The fact base in `folder`, opened; close it, or use it in a `with`.

    `read` reads files that are not indexed as they are, if others are to do it.
    Raises `InputError` with every problem that leaves no base to work with: a file that cannot
    be parsed, a fault in base.yaml. Faults of single facts are among its `problems`.
    """
    index = open_index(folder, read=read)
    if index.fatal:
        fatal = index.fatal
        index.close()
        raise InputError.from_problems(fatal)
    return index


def list_facts(folder: Path, selection: Selection) -> FoundFacts:
    """The facts of the base in `folder` that `selection` picks, in the contract's order.

    Raises `InputError` for a base that cannot be used, `UsageError` for a selection that asks
    for what the base does not know.
    """
    from briefgen.select.pick import select_facts

    with open_base(folder) as index:
        facts = select_facts(index, selection)
        index.fetch_sources(facts)
        return FoundFacts(index.base, facts, index.errors, index.warnings)


def start_base(folder: str) -> tuple[Path, ...]:
    """Make a new fact base in `folder`, with comments that teach; its files, in order.

    Raises `OutputError` when the folder has something in it or cannot be written.
    """
    from briefgen.facts.scaffold import init_base

    return init_base(at_home(folder))
