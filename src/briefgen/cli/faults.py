"""How the faults of a base are told when a command goes on without what they spoil."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefgen.cli.edge import say
from briefgen.errors import Problem, one_line
from briefgen.many_problems import first_lines, first_of_each_kind

if TYPE_CHECKING:
    from briefgen.keeping import KeptFile


def name_warnings(warnings: Iterable[str]) -> None:
    """Name them on stderr, a line each; of many of a kind the first, and how many others."""
    for warning in first_lines(warnings):
        say(one_line(f"warning: {warning}"))


def name_kept(kept: Iterable[KeptFile]) -> None:
    """Say on stderr, a line each, where the files are that others wrote."""
    for each in kept:
        say(one_line(f"kept: {each}"))


def name_faults(problems: Iterable[Problem]) -> bool:
    """Name the errors on stderr, a line each; True if there is any.

    Of many of one kind the first are named, and how many others there are. Warnings are for
    'briefgen check': they leave nothing out.
    """
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in first_of_each_kind(errors):
        say(one_line(f"error: {problem.origin}: {problem.sentence}"))
    return bool(errors)
