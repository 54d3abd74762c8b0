"""What can go wrong, as values (`Problem`) and as exceptions (`BriefgenError`).

Faults in *data* are `Problem` values, collected and shown beside whatever still works.
Faults in a *request* are exceptions, turned into one sentence at the edge (CLI, app).
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from briefgen.values import valueclass

Severity = Literal["error", "warning"]


@valueclass(frozen=True, slots=True)
class Origin:
    """Where something stands: a file, and in it a line and a column, both counted from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


@valueclass(frozen=True, slots=True)
class Problem:
    """One fault in data: where, how bad, what is wrong and what to do about it."""

    origin: Origin
    severity: Severity
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.origin}: {self.severity}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, without the place: `wrong; do this`."""
        return _in_one_line(self.message, self.hint)

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Orders problems as a person would walk through the files."""
        return (self.origin.path, self.origin.line or 0, self.origin.column or 0, self.message)


class BriefgenError(Exception):
    """A request that cannot be met. Its text is one line: what is wrong and what to do."""

    def __init__(self, message: str, *, hint: str = "", origin: Origin | None = None) -> None:
        self.message = message
        self.hint = hint
        self.origin = origin
        super().__init__(message)

    def __str__(self) -> str:
        text = _in_one_line(self.message, self.hint)
        return one_line(f"{self.origin}: {text}") if self.origin else text


class UsageError(BriefgenError):
    """The request itself is off: an unknown flag value, a clash of options.

    `about` is the key of the request that is at fault and its value, where one is: whoever knows
    the file that the request was read from can tell the line.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        origin: Origin | None = None,
        about: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint, origin=origin)
        self.about = about


@contextmanager
def told_at(origin: Origin | None) -> Iterator[None]:
    """Errors raised within are told at `origin`, unless they know a place of their own."""
    try:
        yield
    except BriefgenError as error:
        if error.origin is None:
            error.origin = origin
        raise


class InputError(BriefgenError):
    """Files that were handed in cannot be used. Carries every problem found in them."""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        origin: Origin | None = None,
        problems: Iterable[Problem] = (),
    ) -> None:
        super().__init__(message, hint=hint, origin=origin)
        self.problems = tuple(problems)

    @classmethod
    def from_problems(cls, problems: Iterable[Problem]) -> InputError:
        """The first problem becomes the sentence; all of them travel along."""
        found = tuple(problems)
        first = found[0]
        return cls(first.message, hint=first.hint, origin=first.origin, problems=found)


class NothingSelectedError(BriefgenError):
    """A selection that finds no fact where at least one is needed."""


class OutputError(BriefgenError):
    """A file or folder that cannot be written."""


MOST_LETTERS = 800
"""Of what is wrong, and of what to do: what was met may be a word of a million letters."""


def _in_one_line(message: str, hint: str) -> str:
    return "; ".join(line_cut(each) for each in (message, hint) if each)


def line_cut(text: str) -> str:
    """`text` on one line, of a very long one the beginning and the end."""
    line = one_line(text)
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 200]} … {line[-180:]}"


NO_MEMORY = (
    "there is not enough memory for this; split the file that is read, select fewer facts, or "
    "close other programs"
)
"""Said of a `MemoryError` that nobody nearer to it could put into words."""


def fault_in_words(error: BaseException) -> str:
    """What an error that is not ours says, after its type: `ValueError: no number`; in one line."""
    name = type(error).__name__
    return one_line(f"{name}: {error}" if str(error) else name)


SHORTER_NAME = "give a shorter one"
"""What to do about a name that is too long."""


def name_is_too_long(error: OSError | ValueError) -> bool:
    """Whether the system holds names to be shorter than the one that it was asked for."""
    return isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG


def system_fault_in_words(error: OSError) -> str:
    """What the system refused and what to do, in one line."""
    at = str(error.filename or "")
    if name_is_too_long(error):
        return _in_one_line(f"{at or 'a file'}: the name is too long", SHORTER_NAME)
    told = f"{at}: " if at else ""
    return _in_one_line(f"{told}{error.strerror or error}", "check the disk and try again")


def not_read_in_words(
    what: str,
    error: OSError | ValueError,
    hint: str = "check that it is there and that you may read it",
    *,
    act: str = "read",
) -> tuple[str, str]:
    """What is wrong with a `file`, a `style`, a `folder` that the system does not hand out, and
    what to do: `hint`, unless its name is too long. A `ValueError` is of a name with a NUL in it.
    """
    if name_is_too_long(error):
        return f"the name of the {what} is too long", SHORTER_NAME
    reason = getattr(error, "strerror", None) or error
    return f"cannot {act} the {what} ({reason})", hint


def one_line(text: str) -> str:
    """`text` with every run of white space and control characters made one space."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())
