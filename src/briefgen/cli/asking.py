"""The question before anything is sent."""

from __future__ import annotations

import sys

from briefgen.direction import for_people
from briefgen.errors import UsageError


def check_somebody_answers() -> None:
    """Raise `UsageError` where nobody sees a question, or can answer it."""
    from briefgen.cli.terminal import is_terminal

    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise UsageError(
            "--send asks before it sends, and nobody is here to answer",
            hint="add --yes, or run it on a terminal",
        )


def agreed(question: str) -> bool:
    """Whether the answer to a question is yes; anything else is no."""
    print(f"{for_people(question)} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
