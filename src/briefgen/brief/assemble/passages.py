"""Readable sentences that stand in the place of the facts that they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefgen.brief import model
from briefgen.brief.assemble.material import Material
from briefgen.facts.model import Fact


class Unit(NamedTuple):
    """What a section prints as one: a fact, or a passage that says several."""

    facts: tuple[Fact, ...]
    passage: object | None


def form_units(facts: Sequence[Fact], material: Material, *, by_date: bool) -> tuple[Unit, ...]:
    """The facts in order, those that a passage says put together."""
    return tuple(Unit((fact,), None) for fact in facts)


def passage_inlines(unit: Unit, material: Material) -> model.Inlines:
    """A passage as a run of sentences, one for each clause."""
    raise NotImplementedError
