"""Sources as JSON, made ready once: a batch, and the app, cite them in many briefs.

What is kept is bounded, and belongs to a source as it is: a base that is read anew has new ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefgen.facts.model import Source

_MOST_SOURCES = 4000
"""Sources whose JSON is kept: about 4 kB each."""


_OF_A_STUB = ("type", "language")


class ReadySource:
    """One source as JSON."""

    __slots__ = ("_fields", "_stub", "record", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.record = json.dumps(source.csl, sort_keys=True, default=plain, separators=(",", ":"))
        """All that its wording depends on."""
        self._fields: str | None = None
        self._stub: str | None = None

    def stub(self, id_: str) -> str:
        """As `reference`, with nothing of it but what kind of document it is."""
        if self._stub is None:
            self._stub = _fields({key: self.source.csl.get(key) for key in _OF_A_STUB})
        return _as_map(id_, self._stub)

    def reference(self, id_: str) -> str:
        """Pandoc's metadata map of the source, under an id of one document's own."""
        if self._fields is None:
            self._fields = _fields(self.source.csl)
        return _as_map(id_, self._fields)


def _fields(csl: Mapping[str, Any]) -> str:
    """A source's fields but its id, as they stand behind that in Pandoc's map."""
    from briefgen.cite.request import reference  # not needed for a wording that is kept

    rest = {key: value for key, value in csl.items() if key != "id" and value is not None}
    fields = json.dumps(reference(rest)["c"], separators=(",", ":"))
    return fields[1:] if fields == "{}" else f",{fields[1:]}"


def _as_map(id_: str, fields: str) -> str:
    return f'{{"t":"MetaMap","c":{{"id":{{"t":"MetaString","c":"{id_}"}}{fields}}}'


_READY: dict[int, ReadySource] = {}


def ready(source: Source) -> ReadySource:
    """The source as JSON, kept from when it was asked for before."""
    found = _READY.get(id(source))
    if found is None:
        if len(_READY) >= _MOST_SOURCES:
            _READY.clear()
        # It holds the source, so that no other comes to have its identity meanwhile.
        found = _READY[id(source)] = ReadySource(source)
    return found


def plain(value: Any) -> Any:
    """CSL data as JSON knows it: read-only mappings and tuples among them."""
    return dict(value) if isinstance(value, Mapping) else list(value)
