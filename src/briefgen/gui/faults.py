"""The one place where the app turns errors into sentences. Our own bugs go to the log, whole."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from briefgen.errors import NO_MEMORY, BriefgenError, fault_in_words, system_fault_in_words
from briefgen.folders import write_to_log


def sentence(error: BaseException) -> str:
    """What went wrong and the way out, in one sentence, for a person."""
    if isinstance(error, BriefgenError):
        return str(error)
    if isinstance(error, OSError):
        return system_fault_in_words(error)
    if isinstance(error, MemoryError):
        return NO_MEMORY
    said = fault_in_words(error)[:200]
    return f"briefgen itself failed ({said}); please report it with the end of {log_fault(error)}"


def log_fault(error: BaseException) -> str:
    """Keep the traceback; what comes back says where."""
    trace = "".join(traceback.format_exception(error))
    if os.environ.get("BRIEFGEN_DEBUG"):
        print(trace, file=sys.stderr, flush=True)
    return str(_logged(f"briefgen gui\n{trace}\n") or "what BRIEFGEN_DEBUG=1 shows")


def _logged(text: str) -> Path | None:
    """Where `text` has been written down; None where that cannot be."""
    try:
        return write_to_log(text)
    except OSError:
        return None


def log_qt_messages() -> None:
    """Keep what Qt has to say in the log: nobody reads the terminal that an app was started from.

    What a platform says of windows that it does not draw is not kept.
    """

    def keep(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if os.environ.get("BRIEFGEN_DEBUG"):
            print(text, file=sys.stderr, flush=True)
        elif not text.startswith("This plugin does not support"):
            _logged(f"Qt: {text}\n")

    qInstallMessageHandler(keep)


def tell_faults(tell: Callable[[str], None]) -> None:
    """From now on say what nobody caught, and go on: the brief on the screen is not lost."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            tell(sentence(error))

    sys.excepthook = hook
