"""Facts under headings: by what their dates mean, or by who says so in which source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from briefgen.brief import model
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.moments import time_at
from briefgen.brief.assemble.passages import Unit
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.assemble.source_names import author_names, publication, several
from briefgen.brief.assemble.voices import Voice, voice_to_add, who_at
from briefgen.brief.assemble.when import date_is, lies_ahead, overlap, said_on, standing_day
from briefgen.brief.template.model import SectionTemplate, Where
from briefgen.dates import date_in_words
from briefgen.facts.model import DateIs, Fact, Source
from briefgen.select.model import Selection
from briefgen.values import valueclass

Units = tuple[Unit, ...]


class _Part(NamedTuple):
    """What stands under one heading: what its dates mean and, if asked, whether they are over."""

    date_is: tuple[DateIs, ...]
    ahead: bool | None = None


_PARTS: dict[str, _Part] = {
    "happened": _Part(("occurrence", "within")),
    "fell_due": _Part(("expected",), ahead=False),
    "yet_to_fall_due": _Part(("expected",), ahead=True),
    "held_or_said": _Part(("state", "statement")),
}


def by_meaning(
    units: Units,
    section: SectionTemplate,
    material: Material,
    show: Callable[[Units, SectionTemplate], model.Blocks],
) -> model.Blocks:
    """What happened, fell due, is yet to, and how things stood and what was said, under headings.

    Where everything happened there is nothing to keep it apart from, and no heading. What was said
    on one day stands by source and voice, so that each need be named once.
    """
    parts = {
        word: tuple(
            unit
            for unit in units
            if date_is(unit.facts[0], material) in part.date_is
            and part.ahead in (None, lies_ahead(unit.facts[0], material))
        )
        for word, part in _PARTS.items()
    }
    told = {word: part for word, part in parts.items() if part}
    if list(told) == ["happened"]:
        return show(units, section)
    if "held_or_said" in told and section.sort != "importance":
        told["held_or_said"] = _by_voice(told["held_or_said"], material)
    blocks: list[model.Block] = []
    for word, part in told.items():
        where = section.where or Where(Selection())
        where = replace(where, date_is=_PARTS[word].date_is, ahead=_PARTS[word].ahead)
        shown = show(part, replace(section, where=where))
        blocks += [model.Heading(2, (model.Text(material.words[word]),)), *shown]
    return tuple(blocks)


def _by_voice(units: Units, material: Material) -> Units:
    """The units, those of one day by source and voice."""
    order = _order(material)
    days: list[tuple[int | None, list[Unit]]] = []
    for unit in units:
        day = standing_day(unit.facts[0], material)
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append(unit)

    def place(unit: Unit) -> tuple[int, str]:
        fact = unit.facts[0]
        source = fact.cites[0].source if fact.cites else ""
        who = "" if unit.passage is not None else voice_to_add(fact, material)
        return order.get(source, len(order)), who

    return tuple(unit for _, same in days for unit in sorted(same, key=place))


def _order(material: Material) -> dict[str, int]:
    """The sources of the base, each with its place among them."""
    return {name: number for number, name in enumerate(material.base.sources)}


@valueclass(frozen=True, slots=True)
class _Saying:
    """What one heading tells: in which sources, whose words, said when if not in the first."""

    sources: tuple[str, ...]
    who: str
    at: str


def by_source(units: Units, section: SectionTemplate, material: Material) -> model.Blocks:
    """Sentences under who says so, in which source, of when: each named once, oldest first.

    What several sources say stands under all of them, and never under the first alone.
    """
    groups: dict[_Saying, list[Fact]] = {}
    for fact in (fact for unit in units for fact in unit.facts):
        groups.setdefault(_saying(fact, material), []).append(fact)
    order = _order(material)

    def place(item: tuple[_Saying, list[Fact]]) -> tuple[int, tuple[int, ...], bool]:
        saying, facts = item
        days = [d.last_day for f in facts if (d := said_on(f, material)) is not None]
        day = min((day for day in days if day is not None), default=0)
        places = tuple([order[name] for name in saying.sources if name in order])
        return (day, places or (0,), bool(saying.who))

    ordered = sorted(groups.items(), key=place, reverse=section.sort == "newest")
    blocks: list[model.Block] = []
    # Two pieces of one paper and day read alike: what both say stands under one heading.
    for heading, told in groupby(ordered, lambda item: _heading(item[0], material)):
        blocks.append(model.Heading(2, (model.Text(heading),)))
        items: tuple[model.Blocks, ...] = tuple(
            (
                model.Paragraph(
                    (
                        fact_sentence(
                            fact, material, dated=True, voiced=False, detail=section.detail
                        ),
                    )
                ),
            )
            for _, facts in told
            for fact in facts
        )
        blocks.append(model.ListBlock(items))
    return tuple(blocks)


def _saying(fact: Fact, material: Material) -> _Saying:
    names = tuple(dict.fromkeys(cite.source for cite in fact.cites))
    said, source = said_on(fact, material), material.base.sources.get(next(iter(names), ""))
    issued = source.issued if source is not None else None
    apart = said is not None and (issued is None or not overlap(said, issued))
    return _Saying(
        names,
        voice_to_add(fact, material),
        time_at(said, material) if said is not None and apart else "",
    )


def _heading(saying: _Saying, material: Material) -> str:
    """`The Nation, 28 August 2013, according to unnamed diplomats`."""
    words, names, places = material.words, [], []
    for id_ in saying.sources:
        source = material.base.sources.get(id_)
        issued = source.issued if source is not None else None
        date = date_in_words(issued, material.language) if issued is not None else ""
        names.append(_full_name(source, saying.who) if source is not None else id_)
        places.append(", ".join(filter(None, (names[-1], date))))
    told = "; ".join(places)
    who = saying.who.casefold()
    if who and {name.partition(" (")[0].casefold() for name in names} == {who}:
        told += words["in_its_own_view"]
    elif saying.who:
        told += words["according_to"].format(who=who_at(Voice(saying.who, saying.at), material))
    elif saying.at:
        told += f", {saying.at}"
    return told


def _full_name(source: Source, who: str) -> str:
    """The authors and the publication; the publication alone where the voice names the author."""
    names = [name for name in author_names(source) if name.casefold() not in who.casefold()]
    names = [several(names)] if names else []
    return ", ".join(filter(None, (*names, publication(source)))) or source.title
