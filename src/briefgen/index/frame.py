"""What frames the facts (base.yaml, actors, sources) as JSON and back, for the index alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.dates import Edtf
from briefgen.errors import Origin, Problem
from briefgen.facts.model import Actor, Citation, Measure, Role, Source, Topic

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def placeholder(name: str) -> str:
    """What stands in the index for the path of the file `name` of the base.

    How messages call it depends on how the base's folder was given this time. No text of a base
    holds the character U+0000.
    """
    return f"\0{name}\0"


@dataclass(frozen=True, slots=True)
class ShownPaths:
    """How messages call the files of a base this time, by their names within it."""

    paths: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """`text` with paths where placeholders stand."""
        if "\0" not in text:
            return text
        parts = text.split("\0")
        parts[1::2] = [self.paths.get(name, name) for name in parts[1::2]]
        return "".join(parts)


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Problems as a JSON array."""
    return _encode(
        [
            (p.origin.path, p.origin.line, p.origin.column, p.severity, p.message, p.hint)
            for p in problems
        ]
    )


def problems_from_json(text: str, shown: ShownPaths) -> tuple[Problem, ...]:
    """Back from `problems_to_json`."""
    return tuple(
        Problem(Origin(shown(path), line, column), severity, shown(message), shown(hint))
        for path, line, column, severity, message, hint in json.loads(text)
    )


def head_to_json(
    title: str,
    language: str,
    topics: Mapping[str, Topic],
    measures: Mapping[str, Measure],
    markings: tuple[str, ...],
) -> str:
    """What base.yaml says as a JSON array."""
    return _encode(
        [
            title,
            language,
            [(topic.id, topic.label) for topic in topics.values()],
            [(measure.id, measure.label, measure.unit) for measure in measures.values()],
            markings,
        ]
    )


def head_from_json(
    text: str,
) -> tuple[str, str, dict[str, Topic], dict[str, Measure], tuple[str, ...]]:
    """Back from `head_to_json`."""
    title, language, topics, measures, markings = json.loads(text)
    return (
        title,
        language,
        {id_: Topic(id_, label) for id_, label in topics},
        {id_: Measure(id_, label, unit) for id_, label, unit in measures},
        tuple(markings),
    )


def actor_to_json(actor: Actor) -> str:
    """An actor as a JSON array."""
    return _encode(
        [
            actor.id,
            actor.name,
            actor.kind,
            actor.aliases,
            [
                (
                    role.title,
                    role.of,
                    _date(role.since),
                    _date(role.until),
                    [(cite.source, cite.locators, cite.quote) for cite in role.cites],
                )
                for role in actor.roles
            ],
            _origin(actor.origin),
        ]
    )


def actor_from_json(text: str, shown: ShownPaths) -> Actor:
    """Back from `actor_to_json`."""
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
                tuple(
                    Citation(source, tuple((label, value) for label, value in locators), quote)
                    for source, locators, quote in cites
                ),
            )
            for title, of, since, until, cites in roles
        ),
        Origin(shown(path), line, column),
    )


def source_to_json(source: Source) -> str:
    """A source as a JSON array."""
    return _encode(
        [
            source.id,
            source.csl,
            source.reliability,
            source.reliability_note,
            source.archive,
            source.derived_from,
            source.marking,
            _origin(source.origin),
        ]
    )


def source_from_json(text: str, shown: ShownPaths) -> Source:
    """Back from `source_to_json`."""
    id_, csl, reliability, note, archive, derived_from, marking, origin = json.loads(text)
    path, line, column = origin
    return Source(
        id_,
        csl,
        reliability,
        note,
        archive,
        tuple(derived_from),
        marking,
        Origin(shown(path), line, column),
    )


def _date(date: Edtf | None) -> Any:
    return None if date is None else (date.text, date.first_day, date.last_day)


def _origin(origin: Origin) -> Any:
    return (origin.path, origin.line, origin.column)
