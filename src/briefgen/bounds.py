"""How much one thing in a file from elsewhere may hold, and what is said where memory ends.

A file of a few megabytes can stand for more than a memory holds: each of its bytes may be a value,
and a value takes a hundred bytes. Bounds are far beyond what real files hold. Those of whole
files are in `ordinary_files`, those of packages in `safe_zip`, those of YAML in `yaml_tree`.
"""

from __future__ import annotations

import re
from types import TracebackType

from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern

MOST_IN_ONE = 20_000
"""Authors of a work, fields of an entry, citations of a fact. Papers in physics
have 3,000 authors, the longest list that is known has 15,000."""

MOST_IN_A_CELL = 5_000
"""Topics, sources, figures in one cell of a table. Excel holds 32,767 characters in a cell."""

MOST_LETTERS = 1_000_000
"""Of one text in YAML: five hundred pages."""

MOST_JSON_OPENED = 1_000_000
"""Objects and lists in a file of JSON: each takes two hundred bytes or more."""

MOST_JSON_VALUES = 4_000_000
"""Values and keys in a file of JSON: each takes sixty bytes or more."""

_STRING = lazy_pattern(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def refuse_large_json(text: str, name: str) -> None:
    """Raise `InputError` for JSON of more values than memory is there for, before it is read."""
    if _is_large(text) and _is_large(_STRING.sub("", text)):  # in texts they open nothing
        raise InputError(
            f"the JSON holds more than {MOST_JSON_OPENED:,} objects and lists, or "
            f"{MOST_JSON_VALUES:,} values",
            hint="split the file",
            origin=Origin(name),
        )


def _is_large(json: str) -> bool:
    opened = json.count("{") + json.count("[")
    return opened > MOST_JSON_OPENED or json.count(",") > MOST_JSON_VALUES


class enough_memory_for:
    """Have a `MemoryError` while the file called `name` is read say so: an `InputError`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, MemoryError):
            return
        error.with_traceback(None).__context__ = None  # they hold what took the memory
        del error, trace  # this frame would hold it for as long as the new error lives
        raise InputError(
            "reading it takes more memory than there is",
            hint="split the file, or close other programs",
            origin=Origin(self._name),
        ) from None
