"""The masthead: for whom, from whom, prepared when, how new its information is, what was asked."""

from __future__ import annotations

from collections.abc import Collection

from briefgen.brief.assemble.information_age import full_years, newest_information
from briefgen.brief.assemble.material import Material
from briefgen.brief.model import Inlines, MastheadLine, Strong, Text
from briefgen.brief.words import number_in_words
from briefgen.dates import date_in_words, parse_edtf


def masthead(
    material: Material, printed: str, sources: Collection[str]
) -> tuple[MastheadLine, ...]:
    """The lines in the order in which they are read; those without content are left out.

    `printed` is the day that the brief carries, as an ISO 8601 day, `sources` those that it cites.
    """
    words, spec = material.words, material.spec
    asked, tells = spec.select, material.template.tells_selection
    lines = (
        ("for", spec.prepared_for),
        ("from", spec.prepared_by),
        ("cleared_by", spec.cleared_by),
        ("distribution", "; ".join(spec.distribution)),
        ("topics", _topics(material) if tells else ""),
        ("period", material.span(asked.start, asked.end) if tells else ""),
        ("prepared", _date(printed, material)),
        ("newest_information", _newest_information(material, sources)),
        ("sources", _sources(len(sources), material)),
        ("review_on", _date(spec.review_on, material)),
    )
    return tuple(
        MastheadLine(words[label], (Text(said),) if isinstance(said, str) else said)
        for label, said in lines
        if said
    )


def _date(day: str, material: Material) -> str:
    return date_in_words(parse_edtf(day), material.language) if day else ""


def _topics(material: Material) -> str:
    """Those that were asked for. A brief on everything says what it is about in its title."""
    topics = material.base.topics
    return "; ".join(topics[name].label for name in material.spec.select.topics if name in topics)


def _newest_information(material: Material, sources: Collection[str]) -> Inlines:
    newest = newest_information(material, sources)
    if newest is None:
        return ()
    said = Text(date_in_words(newest, material.language))
    years = full_years(newest, material.day)
    if not years:
        return (said,)
    form = "information_age_one" if years == 1 else "information_age"
    age = material.words[form].format(count=number_in_words(years, material.words))
    return (said, Strong((Text(f" \N{EN DASH} {age}"),)))


def _sources(count: int, material: Material) -> str:
    if not count:
        return ""
    graded = any(
        fact.credibility is not None or material.reliability(fact) is not None
        for fact in material.facts
    )
    if material.spec.grades and graded:
        return material.words["graded"].format(count=count)
    return str(count)


def period_in_words(material: Material) -> str:
    """The period that was asked for."""
    asked = material.spec.select
    return material.span(asked.start, asked.end) or material.words["all_dates"]
