"""How the faults of a base are told when a command goes on without what they spoil."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefgen.cli.edge import say
from briefgen.errors import Problem, one_line

if TYPE_CHECKING:
    from briefgen.keeping import KeptFile


def name_warnings(warnings: Iterable[str]) -> None:
    """Name them on stderr, a line each."""
    for warning in warnings:
        say(one_line(f"warning: {warning}"))


def name_kept(kept: Iterable[KeptFile]) -> None:
    """Say on stderr, a line each, where the files are that others wrote."""
    for each in kept:
        say(one_line(f"kept: {each}"))


def name_faults(problems: Iterable[Problem]) -> bool:
    """Name every error on stderr, a line each; True if there is any.

    Warnings are for 'briefgen check': they leave nothing out.
    """
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        say(one_line(f"error: {problem.origin}: {problem.sentence}"))
    return bool(errors)
