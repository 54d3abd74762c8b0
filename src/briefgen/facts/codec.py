"""A fact as one JSON text and back: lossless and fast, for caches. Not a public format.

Dates carry their day numbers, so that decoding never parses EDTF.
"""

from __future__ import annotations

import json
from typing import Any

from briefgen.dates import Edtf
from briefgen.errors import Origin
from briefgen.facts.model import Citation, Fact, Figure

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def fact_to_json(fact: Fact) -> str:
    """A fact as a JSON array."""
    origin = fact.origin
    return _encode(
        [
            fact.id,
            fact.topics,
            fact.kind,
            fact.statement,
            [(cite.source, cite.locators, cite.quote) for cite in fact.cites],
            _date(fact.date),
            fact.date_note,
            fact.actors,
            fact.detail,
            fact.attribution,
            [
                (
                    figure.measure,
                    figure.value,
                    figure.unit,
                    figure.basis,
                    figure.value_to,
                    _date(figure.period),
                    figure.qualifier,
                )
                for figure in fact.figures
            ],
            fact.credibility,
            fact.key,
            fact.status,
            fact.supersedes,
            fact.disputes,
            fact.marking,
            fact.recorded,
            fact.checked,
            fact.recorded_by,
            (origin.path, origin.line, origin.column),
        ]
    )


def fact_from_json(text: str, path: str | None = None) -> Fact:
    """Back from `fact_to_json`; `path` replaces the path in its origin."""
    (
        id_,
        topics,
        kind,
        statement,
        cites,
        date,
        date_note,
        actors,
        detail,
        attribution,
        figures,
        credibility,
        key,
        status,
        supersedes,
        disputes,
        marking,
        recorded,
        checked,
        recorded_by,
        (origin_path, line, column),
    ) = json.loads(text)
    return Fact(
        id_,
        tuple(topics),
        kind,
        statement,
        tuple([_citation(cite) for cite in cites]),
        Edtf(*date) if date is not None else None,
        date_note,
        tuple(actors),
        detail,
        attribution,
        tuple([_figure(figure) for figure in figures]) if figures else (),
        credibility,
        key,
        status,
        tuple(supersedes),
        tuple(disputes),
        marking,
        recorded,
        checked,
        recorded_by,
        Origin(origin_path if path is None else path, line, column),
    )


def _date(date: Edtf | None) -> tuple[str, int | None, int | None] | None:
    return None if date is None else (date.text, date.first_day, date.last_day)


def _citation(cite: list[Any]) -> Citation:
    source, locators, quote = cite
    return Citation(
        source, tuple([(label, value) for label, value in locators]) if locators else (), quote
    )


def _figure(figure: list[Any]) -> Figure:
    measure, value, unit, basis, value_to, period, qualifier = figure
    return Figure(
        measure,
        value,
        unit,
        basis,
        value_to,
        Edtf(*period) if period is not None else None,
        qualifier,
    )
