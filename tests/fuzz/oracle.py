"""What a reader may do with any input: read it, or refuse it in one line that names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from briefgen.errors import BriefgenError, InputError, Problem, one_line
from fuzz.mutators import Grammar
from fuzz.room import Given

MOST_LETTERS = 3_000
"""Of one line."""


class Fault(AssertionError):
    """What a reader did that none may do."""


@dataclass(frozen=True)
class Target:
    """A reader, and what it is given."""

    name: str
    file: str
    """What its input is called, in the folder of inputs."""
    grammar: Grammar
    read: Callable[[Given], object]
    seeds: Callable[[], list[bytes]] = list
    """Sound inputs besides those in its own folder below `seeds`."""
    beside: Callable[[Path], object] | None = None
    """Puts what belongs to an input into the folder of inputs."""
    by_path: bool = True
    """Whether it opens what it reads: pipes and devices are tried then, too."""
    names_file: bool = True
    """Whether its errors name the file; a reader of bytes alone does not know it."""
    weight: float = 1.0
    """Its share of the time."""


@contextmanager
def refused(given: Given, *, names: bool = True) -> Iterator[None]:
    """What is read within may be refused, as everything may."""
    try:
        yield
    except BriefgenError as error:
        held_line(str(error), given, names=names)
        if isinstance(error, InputError):
            held_problems(error.problems, given)


def held_problems(problems: Iterable[Problem], given: Given) -> None:
    """Each is one line that names a file."""
    for problem in list(problems)[:200]:
        # A name that is no text is written out by whoever shows a problem.
        told = one_line(str(problem)) if given.case.lies == "odd name" else str(problem)
        held_line(told, given, names=False)
        if not problem.origin.path:
            raise Fault(f"a problem names no file: {problem}")


def held_line(line: str, given: Given, *, names: bool) -> None:
    """The line is one, of letters that can be shown, not too long, and names the file."""
    if not line.isprintable() or not line.strip():
        raise Fault(f"not one line that can be shown: {line[:300]!r}")
    if len(line) > MOST_LETTERS:
        raise Fault(f"a line of {len(line)} letters: {line[:300]!r}")
    for word in (
        "Traceback",
        "briefgen itself failed",
        " object at 0x",
        "MemoryError",
        "reinstall",
    ):
        if word in line:
            raise Fault(f"an error of ours: {line[:300]!r}")
    if names and given.case.lies != "odd name" and given.path.name not in line:
        raise Fault(f"the line does not name {given.path.name}: {line[:300]!r}")


def held_note(text: str) -> None:
    """Something that is told beside what was read, on one line once it is shown."""
    if len(text) > MOST_LETTERS:
        raise Fault(f"a note of {len(text)} letters: {text[:300]!r}")
    if "Traceback" in text or " object at 0x" in text:
        raise Fault(f"an error of ours: {text[:300]!r}")


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document can hold (XML 1.0, 2.2)."""
_TURNS = (("[\u202a\u202b\u202d\u202e]", "\u202c"), ("[\u2066-\u2068]", "\u2069"))
"""Unseen characters that turn the direction of text, and what ends them (Unicode Annex 9)."""


def held_texts(value: object) -> None:
    """All texts in a value that was read are such as documents can hold, and turn nothing behind them."""
    pending: list[Any] = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            if one.isprintable():
                continue
            if _NO_XML.search(one):
                raise Fault(f"a text that no document can hold was read: {one[:300]!r}")
            for line in one.splitlines():
                if any(len(re.findall(opens, line)) != line.count(ends) for opens, ends in _TURNS):
                    raise Fault(f"a text that turns the direction was read: {one[:300]!r}")
        elif isinstance(one, Mapping):
            pending += [*one, *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            pending += one
        elif is_dataclass(one) and not isinstance(one, type):
            pending += [getattr(one, each.name) for each in fields(one)]


def same(one: object, other: object, what: str) -> None:
    """Raise `Fault` where two differ."""
    if one != other:
        left, right = repr(one), repr(other)
        at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
        raise Fault(
            f"{what}: {left[max(0, at - 60) : at + 100]} is not {right[max(0, at - 60) : at + 100]}"
        )
