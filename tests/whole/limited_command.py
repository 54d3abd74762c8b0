"""The real command line within limits that the system holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MEMORY = 1_000_000_000
"""Bytes of data that a process may have."""
SECONDS = 10
"""Of a processor."""


def limited() -> None:
    """From now on this process gets no more than this, nor do those that it starts."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def run(*arguments: object, settings: Path | None = None) -> tuple[int, str]:
    """The real command line under the limits: its exit status and what it says to people."""
    environment = {**os.environ, **({"BRIEFGEN_SETTINGS": str(settings)} if settings else {})}
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, env=environment, preexec_fn=limited,
    )  # fmt: skip
    return done.returncode, done.stderr
