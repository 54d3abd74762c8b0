"""A fact as one JSON text and back: lossless and fast, for caches. Not a public format.

Dates carry their day numbers, so that decoding never parses EDTF.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from briefgen.dates import Edtf
from briefgen.errors import Origin
from briefgen.facts.model import Citation, Fact, Figure


def _fields(record: Any) -> list[Any]:
    return [getattr(record, name) for name in record.__match_args__]


to_json: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_fields
).encode
"""A value as compact JSON text, each dataclass in it as the array of its fields."""


def fact_from_json(text: str, path: str | None = None) -> Fact:
    """A fact back from `to_json`; `path` replaces the path in its origin."""
    (
        id_,
        topics,
        kind,
        statement,
        cites,
        date,
        date_note,
        date_is,
        said,
        actors,
        detail,
        attribution,
        figures,
        credibility,
        key,
        status,
        status_note,
        supersedes,
        disputes,
        marking,
        recorded,
        checked,
        recorded_by,
        checked_by,
        (origin_path, line, column),
    ) = json.loads(text)
    return Fact(
        id_,
        tuple(topics),
        kind,
        statement,
        tuple([citation_from_json(cite) for cite in cites]),
        Edtf(*date) if date is not None else None,
        date_note,
        date_is,
        Edtf(*said) if said is not None else None,
        tuple(actors),
        detail,
        attribution,
        tuple([_figure(figure) for figure in figures]) if figures else (),
        credibility,
        key,
        status,
        status_note,
        tuple(supersedes),
        tuple(disputes),
        marking,
        recorded,
        checked,
        recorded_by,
        checked_by,
        Origin(origin_path if path is None else path, line, column),
    )


def citation_from_json(cite: list[Any]) -> Citation:
    """A citation from the array of its fields."""
    source, locators, quote = cite
    return Citation(
        source, tuple([(label, value) for label, value in locators]) if locators else (), quote
    )


def _figure(figure: list[Any]) -> Figure:
    measure, value, unit, basis, value_to, period, qualifier = figure
    date = Edtf(*period) if period is not None else None
    return Figure(measure, value, unit, basis, value_to, date, qualifier)
