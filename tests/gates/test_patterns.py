"""No pattern takes time that grows with the square of what it reads.

A pattern that begins anew at each character of a long run (blanks, digits, open brackets) takes
minutes for the sizes here, where one that does not takes milliseconds: the limit is far from both.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import briefgen
from briefgen import patterns

LETTERS = 60_000
SECONDS = 1
"""Of processor time for one pattern and one run; a linear search takes a hundredth."""

SHORT = {
    "briefgen.capture.metadata": "lines cut at some hundred letters",
    "briefgen.dates.typed": "dates of at most a hundred letters",
}
"""Modules whose patterns never see a long text, and why."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no limit of work here"),
]


def _patterns() -> Iterator[tuple[str, str, re.Pattern[Any], frozenset[str]]]:
    """Every pattern, of text or bytes: its module, its name, itself, and how its module uses it."""
    for found in pkgutil.walk_packages(briefgen.__path__, "briefgen."):
        name = found.name
        if name.endswith("__main__") or name.startswith("briefgen.gui"):
            continue
        module = importlib.import_module(name)
        for key, value in list(vars(module).items()):
            if isinstance(value, (re.Pattern, patterns._Lazy)):
                yield name, key, value, _uses(module, key)  # type: ignore[misc]


def _uses(module: Any, key: str) -> frozenset[str]:
    uses = rf"\b{key}\.(search|match|fullmatch|finditer|findall|sub|split)\b"
    return frozenset(re.findall(uses, Path(module.__file__).read_text(encoding="utf-8")))


def _runs(pattern: str | bytes) -> Iterator[str | bytes]:
    """What such a pattern may stumble over: its own characters, and few of each kind."""
    if isinstance(pattern, bytes):
        yield from (run.encode() for run in _runs(pattern.decode("latin-1")))
        return
    own = {character for character in pattern if not character.isalnum()}
    own |= set(re.findall(r"[^\\\[\](){}|?*+.^$\s]{3,12}", pattern))
    for unit in sorted(own | set(" \n.1aA") | {"a ", "1.", "a-", "a.", " \n", "[a", "«a", "x/"}):
        yield (unit * LETTERS)[:LETTERS] + "\0"


def _stopped(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def test_no_pattern_begins_anew_at_each_character_of_a_run() -> None:
    slow = []
    before = signal.signal(signal.SIGVTALRM, _stopped)
    try:
        for module, name, pattern, uses in _patterns():
            if module in SHORT:
                continue
            for run in _runs(pattern.pattern):
                for use in uses:
                    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                    try:
                        _use(pattern, use, run)
                    except TimeoutError:
                        slow.append(f"{module}.{name}.{use} of {run[:2]!r} and again")
                        break
                    finally:
                        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert not slow, "\n".join(slow)


def _use(pattern: re.Pattern[Any], use: str, text: str | bytes) -> None:
    if use in ("match", "fullmatch"):
        getattr(pattern, use)(text)
    else:  # each of the others goes through the whole text as this does
        for _ in pattern.finditer(text):
            pass
