"""The command line: parse, call one function of the pipeline, print.

Start-up is part of the interface: each command's module is imported when that command runs, and
nothing here imports a stage before it is known to be needed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what comes back is the exit status (0, 1 or 2; 130 after Ctrl-C)."""
    try:
        from briefgen.collector import collector_paused

        with collector_paused():  # a command lives too short for cycles to matter
            from briefgen.cli.edge import run

            return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # before `run` could see to it, or after
        return 130


def main_gui() -> int:
    """Start the desktop app."""
    return main(["gui", *sys.argv[1:]])
