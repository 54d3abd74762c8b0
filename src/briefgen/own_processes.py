"""Programs of our own: interpreters that run one function of ours, asked over pipes.

Each ends when its standard input does, whatever becomes of us, and Ctrl-C is not for it. (Python's
own pool of processes shares the terminal, and outlives who was killed.)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

_RUN = "import sys; sys.path[:] = {path!r}; from {module} import {function}; {function}(*{given!r})"
_OURS = str(Path(__file__).resolve().parent.parent)


def start_own(
    module: str, function: str, *given: int, quick: bool = False
) -> subprocess.Popen[bytes]:
    """Start an interpreter that calls `function` of `module`; its input and output are pipes.

    `quick`: without what the installation has interpreters do at their start (`site`). Raises
    `OSError`.
    """
    own: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        own = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    path = [*sys.path, _OURS]
    run = _RUN.format(path=path, module=module, function=function, given=given)
    return subprocess.Popen(
        [sys.executable, "-I", *(["-S"] if quick else []), "-c", run],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **own,
    )
