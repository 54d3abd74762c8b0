"""Base.yaml, actors, sources, passages and problems as JSON and back, for the index alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from briefgen.dates import Edtf
from briefgen.errors import Origin, Problem
from briefgen.facts.codec import citation_from_json, to_json
from briefgen.facts.model import Actor, Measure, Passage, Role, Source, Topic
from briefgen.standards.markings import MarkingScheme

if TYPE_CHECKING:
    from briefgen.facts.read import BaseHead


def placeholder(name: str) -> str:
    """What stands in the index for the path of the file `name` of the base.

    How messages call it depends on how the base's folder was given this time. No text of a base
    holds the character U+0000.
    """
    return f"\0{name}\0"


class ShownPaths(NamedTuple):
    """How messages call the files of a base this time, by their names within it."""

    paths: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """`text` with paths where placeholders stand."""
        if "\0" not in text:
            return text
        parts = text.split("\0")
        parts[1::2] = [self.paths.get(name, name) for name in parts[1::2]]
        return "".join(parts)


def problems_from_json(text: str, shown: ShownPaths) -> tuple[Problem, ...]:
    """Problems from a JSON array of them."""
    return tuple(
        Problem(Origin(shown(path), line, column), severity, shown(message), shown(hint))
        for (path, line, column), severity, message, hint in json.loads(text)
    )


def head_to_json(head: BaseHead) -> str:
    """What base.yaml says as a JSON array."""
    topics, measures = list(head.topics.values()), list(head.measures.values())
    return to_json([head.title, head.language, topics, measures, head.markings, head.scale])


def head_from_json(
    text: str,
) -> tuple[str, str, dict[str, Topic], dict[str, Measure], MarkingScheme, str]:
    """Back from `head_to_json`."""
    title, language, topics, measures, markings, scale = json.loads(text)
    levels, spellings, prefixes, handling, label = markings
    return (
        title,
        language,
        {id_: Topic(id_, label) for id_, label in topics},
        {id_: Measure(id_, label, unit) for id_, label, unit in measures},
        MarkingScheme(
            tuple(levels),
            tuple([(other, level) for other, level in spellings]),
            tuple(prefixes),
            tuple(handling),
            label,
        ),
        scale,
    )


def actor_from_json(text: str, shown: ShownPaths) -> Actor:
    """An actor from the array of its fields."""
    id_, name, kind, aliases, roles, (path, line, column) = json.loads(text)
    return Actor(
        id_,
        name,
        kind,
        tuple(aliases),
        tuple(
            Role(
                title,
                of,
                Edtf(*since) if since else None,
                Edtf(*until) if until else None,
                tuple(map(citation_from_json, cites)),
            )
            for title, of, since, until, cites in roles
        ),
        Origin(shown(path), line, column),
    )


def source_from_json(text: str, shown: ShownPaths) -> Source:
    """A source from the array of its fields."""
    id_, csl, reliability, note, archive, derived, marking, hash_, own, place = json.loads(text)
    path, line, column = place
    origin = Origin(shown(path), line, column)
    derived = tuple(derived)
    return Source(id_, csl, reliability, note, archive, derived, marking, hash_, own, origin)


def passage_from_json(text: str, shown: ShownPaths) -> Passage:
    """A passage from the array of its fields."""
    id_, written, facts, checked, key, (path, line, column) = json.loads(text)
    return Passage(id_, written, tuple(facts), checked, key, Origin(shown(path), line, column))
