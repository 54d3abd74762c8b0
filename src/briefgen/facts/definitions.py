"""What one file of a fact base defines and what it refers to, light enough to keep in a cache.

A `FileRecord` is all that the checks across files need (`facts.check`), so that a changed file
can be read alone and checked against the records of the others.
"""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

from briefgen.reading.shapes import Use
from briefgen.values import valueclass

FileKind = Literal["base", "actors", "sources", "facts", "passages"]
DefinitionKind = Literal["topic", "measure", "marking", "actor", "source", "fact", "passage"]


class Definition(NamedTuple):
    """An id as defined in one place, and what its definition refers to."""

    kind: DefinitionKind
    id: str
    """Empty when the id itself is missing or faulty."""
    line: int
    column: int
    detail: str
    """A fact's status, a measure's unit, when a source was issued (EDTF); else empty."""
    faulty: bool
    """Reading it found an error for which it is left out."""
    uses: tuple[Use, ...]


@valueclass(frozen=True, slots=True)
class FileRecord:
    """The definitions of one file, in its order."""

    kind: FileKind
    definitions: tuple[Definition, ...] = ()
    broken: bool = False
    """The file could not be parsed: what it may define is unknown, not missing."""
    untold: tuple[DefinitionKind, ...] = ()
    """Kinds that the file should define where it has a fault instead: unknown, not missing."""

    def to_json(self) -> str:
        """As compact JSON, for a cache."""
        return json.dumps(
            [self.kind, self.broken, self.untold, self.definitions],
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def in_passing(cls, text: str) -> FileRecord:
        """Back from `to_json`, as far as it takes to go through it once: entries are lists."""
        file_kind, broken, untold, definitions = json.loads(text)
        return cls(file_kind, definitions, broken, untold)

    @classmethod
    def from_json(cls, text: str) -> FileRecord:
        """Back from `to_json`."""
        file_kind, broken, untold, definitions = json.loads(text)
        return cls(
            file_kind,
            tuple(
                [
                    Definition(
                        kind, id_, line, column, detail, faulty, tuple([Use(*use) for use in uses])
                    )
                    for kind, id_, line, column, detail, faulty, uses in definitions
                ]
            ),
            broken,
            tuple(untold),
        )
