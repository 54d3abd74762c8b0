"""The values of an entry on their way through the fields of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class EntryValues:
    """An entry of the base, shown in fields: keys that no field changed keep what they said."""

    def __init__(self) -> None:
        self._fields: dict[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {}
        self._shown: dict[str, Any] = {}
        self._entry: dict[str, Any] = {}

    def bind(self, key: str, read: Callable[[], Any], write: Callable[[Any], None]) -> None:
        """`key` is what `read` gives and `write` shows."""
        self._fields[key] = (read, write)

    def bind_field(self, key: str, field: Any) -> None:
        """`key` is the value of a field, which has `data` and `set_data`."""
        self.bind(key, field.data, field.set_data)

    def fill(self, entry: Mapping[str, Any]) -> None:
        """Show an entry."""
        self._entry = dict(entry)
        for key, (read, write) in self._fields.items():
            write(entry.get(key))
            self._shown[key] = read()

    def entry(self) -> dict[str, Any]:
        """What it says now, without what says nothing."""
        entry = dict(self._entry)
        for key, (read, _) in self._fields.items():
            now = read()
            if now == self._shown.get(key):
                continue
            if now in (None, "", []):
                entry.pop(key, None)
            else:
                entry[key] = now
        return {key: value for key, value in entry.items() if value is not None}
