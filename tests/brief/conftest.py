"""A small base and a maker of briefs, shared by the tests of this stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from briefgen.brief.assemble.brief import Assembled, assemble_brief
from briefgen.brief.assemble.gather import contract_order
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.finding import find_template
from briefgen.brief.template.reader import read_template
from briefgen.brief.words import ENGLISH
from briefgen.dates import parse_edtf
from briefgen.facts.model import Actor, Base, Citation, Fact, Figure, Measure, Role, Source, Topic
from briefgen.index.overview import FactOverview
from briefgen.shipped import shipped_templates
from briefgen.standards.markings import MarkingScheme

BASE = Base(
    folder="base",
    title="Arcadia and Borduria",
    language="en",
    topics={
        t.id: t
        for t in (
            Topic("energy", "Energy"),
            Topic("energy.oil", "Oil"),
            Topic("defence", "Defence"),
            Topic("trade", "Trade"),
        )
    },
    measures={"trade": Measure("trade", "Bilateral trade", "USD million")},
    markings=MarkingScheme(levels=("OFFICIAL", "OFFICIAL-SENSITIVE")),
    actors={
        a.id: a
        for a in (
            Actor("arcadia", "Arcadia", "state"),
            Actor("borduria", "Borduria", "state"),
            Actor(
                "smith",
                "Ann Smith",
                "person",
                roles=(
                    Role("Envoy", "arcadia", parse_edtf("2012"), parse_edtf("2013")),
                    Role("Minister", "arcadia", parse_edtf("2020"), parse_edtf("2023")),
                ),
            ),
        )
    },
    sources={
        s.id: s
        for s in (
            Source("s1", {"type": "article-newspaper", "title": "One", "author": [
                {"family": "Doe", "given": "Jo"}], "issued": {"date-parts": [[2013]]}},
                reliability="B"),
            Source("s2", {"type": "webpage", "title": "Two", "container-title": "Gazette"},
                   reliability="D"),
            Source("s3", {"type": "treaty", "title": "Three"}, marking="OFFICIAL-SENSITIVE"),
        )
    },
)  # fmt: skip


def fact(name: str, statement: str = "", *, source: str = "s1", **values: Any) -> Fact:
    """A fact with sensible values: `fact("a", "It rained.", date="2012", topics=["trade"])`."""
    when = values.pop("date", "2012")
    return Fact(
        id=name,
        topics=tuple(values.pop("topics", ("energy",))),
        kind=values.pop("kind", "event"),
        statement=statement or f"Statement {name}.",
        cites=values.pop("cites", (Citation(source, (("paragraph", "3"),)),)),
        date=parse_edtf(when) if when else None,
        **values,
    )


def figure(value: float, period: str, basis: str = "reported", **values: Any) -> Figure:
    """A figure of bilateral trade."""
    return Figure("trade", value, "USD million", basis, period=parse_edtf(period), **values)  # type: ignore[arg-type]


class PlainLookup:
    """The lookup that an index offers, over facts in hand."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.known = {item.id: item for item in facts}

    def facts(self, ids: Iterable[str]) -> Mapping[str, Fact]:
        return {name: self.known[name] for name in ids if name in self.known}

    def disputes(self, ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        return {
            name: tuple(
                other.id
                for other in self.known.values()
                if other.id in self.known[name].disputes or name in other.disputes
            )
            for name in ids
        }

    def facts_naming(self, actors: Iterable[str]) -> list[Fact]:
        wanted = set(actors)
        return [
            item
            for item in sorted(self.known.values(), key=contract_order)
            if item.status == "current" and wanted.intersection(item.actors)
        ]

    def overview(self, topics: Iterable[str]) -> list[FactOverview]:
        found = []
        for item in sorted(self.known.values(), key=lambda item: item.id):
            under = {t for t in topics for own in item.topics if f"{own}.".startswith(f"{t}.")}
            if under and item.status == "current":
                date = item.date
                days = (date.first_day, date.last_day) if date is not None else (None, None)
                found.append(FactOverview(item.id, tuple(sorted(under)), *days, date is not None))
        return found


Draft = Callable[..., Assembled]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Assemble a brief: facts, a template's name or the rest of one as YAML, and spec values."""

    def make(
        facts: Iterable[Fact],
        own_template: str = "",
        *,
        others: Iterable[Fact] = (),
        base: Base = BASE,
        undated_left_out: int = 0,
        **spec: Any,
    ) -> Assembled:
        chosen = sorted(facts, key=contract_order)
        if own_template:
            path = tmp_path / "own.yaml"
            path.write_text(
                "format: 1\nlabel: Own\ndescription: A test.\ntitle: '{{ subject }}'\n"
                + own_template
            )
            template, problems = read_template(path, "own.yaml")
            assert template is not None, [str(problem) for problem in problems]
        else:
            template = find_template(spec.get("template", "country-brief"), (shipped_templates(),))
        return assemble_brief(
            BriefSpec(**spec),
            template,
            base,
            chosen,
            PlainLookup([*chosen, *others]),
            today=date(2026, 11, 21),
            created=datetime(2026, 11, 21, tzinfo=UTC),
            undated_left_out=undated_left_out,
        )

    return make


__all__ = ["BASE", "ENGLISH", "Draft", "PlainLookup", "draft", "fact", "figure"]
