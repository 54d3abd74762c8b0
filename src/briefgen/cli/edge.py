"""The one place where the command line turns errors into sentences and exit statuses."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from briefgen.cli.interrupts import ctrl_c_heard
from briefgen.collector import leave_the_last_to_the_system
from briefgen.direction import for_people
from briefgen.errors import (
    NO_MEMORY,
    BriefgenError,
    InputError,
    fault_in_words,
    one_line,
    system_fault_in_words,
)

DONE = 0
FOUND = 1
"""Done, but something was found or failed."""
NOT_DONE = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells expect it."""
READER_GONE = 141
"""128 + SIGPIPE: whoever read our output has left."""


def run(argv: Sequence[str]) -> int:
    """Run one command line to its exit status. Never raises."""
    _speak_utf8()
    _unheard.clear()
    try:
        with ctrl_c_heard(), _stdout_named():
            status = _dispatch(argv)
            if sys.stdout is not None:
                sys.stdout.flush()
    except BriefgenError as error:
        _tell(error)
        return NOT_DONE
    except BrokenPipeError:
        _silence(sys.stdout)
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        say_error(system_fault_in_words(error))
        _silence(sys.stdout)
        return NOT_DONE
    except MemoryError as error:
        error.with_traceback(None).__context__ = None  # they hold what took the memory
        say_error(NO_MEMORY)
        _silence(sys.stdout)
        return NOT_DONE
    except Exception as error:  # a fault of ours: one line here, the traceback in the log
        say_error(_log_fault(error))
        return NOT_DONE
    return FOUND if status == DONE and _unheard else status


_unheard: list[str] = []
"""Of what was done, what could not be told."""


def tell_done(text: object, *, as_is: bool = False) -> None:
    """One line on stdout about what is done and stays done, such as a path; or data, `as_is`.

    Where nothing more fits there, that is said once, the work goes on, and the exit status will be
    `FOUND`: "not done" would be wrong.
    """
    try:
        print(text if as_is else as_shown(text), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        if not _unheard:
            say_error(
                f"standard output: {error.strerror or error}; what follows is done all the same, "
                "and cannot be told there"
            )
        _unheard.append(str(text))
        _silence(sys.stdout)


def print_unchanged(text: str) -> None:
    """Print a text that brings its own line ends, which a text stream on Windows would double."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)  # a stand-in may have none
    if reconfigure is not None:
        reconfigure(newline="")
    sys.stdout.write(text)


def say(text: str, start: str = "") -> None:
    """One line on stderr, for people: nothing in `text` can colour, clear or turn it.

    `start` comes first, as it is.
    """
    if sys.stderr is not None:
        with contextlib.suppress(BrokenPipeError):
            print(start + for_people(text), file=sys.stderr, flush=True)


def as_shown(text: object) -> str:
    """A line for stdout: `for_people` where somebody looks on, and for programs as it is."""
    from briefgen.cli.terminal import is_terminal

    return for_people(str(text)) if is_terminal(sys.stdout) else str(text)


def _dispatch(argv: Sequence[str]) -> int:
    from briefgen.cli.parser import parse

    try:
        command, arguments = parse(argv)
    except SystemExit as done:  # how argparse leaves after --help and --version
        return int(done.code or 0)
    status = command.run(arguments)
    leave_the_last_to_the_system()
    return status


def _tell(error: BriefgenError) -> None:
    """The error in one line; other problems that travel with it in a line of their own each."""
    first = str(error)
    say_error(first)
    if isinstance(error, InputError):
        from briefgen.many_problems import first_of_each_kind

        for problem in first_of_each_kind(error.problems):
            line = one_line(f"{problem.origin}: {problem.sentence}")
            if line != first:
                say(f"{problem.severity}: {line}")


def say_error(text: str) -> None:
    """One line on stderr about what went wrong; in colour on a terminal."""
    from briefgen.cli.terminal import paint

    say(one_line(text), f"{paint('error:', 'red', sys.stderr)} ")


def _log_fault(error: Exception) -> str:
    """Keep the traceback in the log; what comes back says where it is."""
    import traceback

    trace = "".join(traceback.format_exception(error))
    sentence = f"briefgen itself failed ({fault_in_words(error)[:200]})"
    if os.environ.get("BRIEFGEN_DEBUG"):
        say(trace)
        return f"{sentence}; please report it with the traceback above"
    try:
        from briefgen.folders import write_to_log

        log = write_to_log(f"{sys.argv!r}\n{trace}\n")
    except (OSError, ImportError):
        return f"{sentence}; set BRIEFGEN_DEBUG=1 to see where, and please report it"
    return f"{sentence}; please report it with the end of {log}"


def _speak_utf8() -> None:
    """UTF-8 whatever the locale says; file names that are not come out as they are on disk.

    Where a stream is closed, what is said there goes nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stand-in may have none
        if reconfigure is not None:
            errors = "surrogateescape" if os.name == "posix" else "backslashreplace"
            reconfigure(encoding="utf-8", errors=errors)


@contextlib.contextmanager
def _stdout_named() -> Iterator[None]:
    """Errors of writing to stdout say so: the system's do not say where they come from."""

    def named(act: Callable[..., Any]) -> Callable[..., Any]:
        def do(*arguments: Any) -> Any:
            try:
                return act(*arguments)
            except OSError as error:
                error.filename = error.filename or "standard output"
                raise

        return do

    stream = sys.stdout
    if stream is None:
        yield
        return
    acts = vars(stream) if hasattr(stream, "__dict__") else {}
    acts.update(write=named(stream.write), flush=named(stream.flush))
    try:
        yield
    finally:
        acts.pop("write", None)
        acts.pop("flush", None)


def _silence(stream: object) -> None:
    """Keep the interpreter from complaining when it flushes a stream that cannot be written."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())  # type: ignore[attr-defined]
        os.close(descriptor)
