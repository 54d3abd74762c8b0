"""Regular expressions that are compiled when they are first used, not when a module is loaded.

A command uses few of the patterns that its modules hold, and compiling one with a large class of
characters takes milliseconds.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic


class _Lazy(Generic[AnyStr]):
    """Stands in for a compiled pattern; takes on its methods at the first use."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled at the first use of each of its methods."""
    return _Lazy(pattern, flags)  # type: ignore[return-value]


UNPRINTABLE = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""Characters that XML 1.0 cannot hold (section 2.2), and C1 controls, which no text needs."""

LINE_BREAK = lazy_pattern("[\n\r\x85\u2028\u2029]")
"""What Unicode calls a line or paragraph end (of what a text may hold at all)."""

ID = lazy_pattern("[a-z0-9][a-z0-9._-]*")
"""What an id looks like, of whatever kind."""

NO_CASE = lazy_pattern(r"<span class=(?:\"nocase\"|'nocase')>(.*?)</span>")
"""What CSL's items keep a name from title case with: markup that says nothing about looks."""
