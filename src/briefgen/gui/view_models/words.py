"""Small things of the English that the window speaks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path


def counted(count: int, one: str, many: str = "") -> str:
    """`1 fact`, `1,204 facts`; `many` where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def capital(text: str) -> str:
    """A text with a capital at its start."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """A text that begins small, as errors do, as a sentence of its own."""
    return capital(text) + ("" if text.endswith((".", "!", "?")) else ".")


def kept_moment(said: float) -> float:
    """A moment in seconds since 1970, as a file of ours says it; 0 for one that has no day.

    Raises `TypeError` for what is no number.
    """
    return float(said) if abs(said) < _LATEST else 0.0


_LATEST = 1e11
"""Some 3,000 years from now."""


def moment_in_words(then: datetime, now: datetime) -> str:
    """A moment as people tell it: `10:53` of today, `28 November 10:53` of this year."""
    hour = f"{then:%H:%M}"
    if then.date() == now.date():
        return hour
    year = "" if then.year == now.year else f" {then.year}"
    return f"{then.day} {then:%B}{year} {hour}"


def below_home(path: Path) -> str:
    """A path as people tell it: `~` is their home."""
    try:
        inner = path.relative_to(Path.home())
    except (ValueError, RuntimeError):
        return str(path)
    return str(Path("~") / inner)
