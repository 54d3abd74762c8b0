"""What a brief rests on, as a reader would say it: what kind of sources, from when, how good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefgen.brief.assemble.information_age import full_years, newest_information
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import rests_on_hearsay, rests_on_one_unnamed
from briefgen.brief.assemble.source_names import speaker
from briefgen.brief.model import Blocks, Cite, CiteItem, Inline, Paragraph, Text
from briefgen.brief.words import listed, number_in_words
from briefgen.dates import Edtf, date_in_words, parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.dates.edtf import edtf_year
from briefgen.facts.model import Fact, Source

_KIND_OF_TYPE = {
    "article-newspaper": "press", "article-magazine": "press", "article": "article",
    "article-journal": "scholarly", "paper-conference": "scholarly", "thesis": "scholarly",
    "book": "book", "chapter": "book", "entry-encyclopedia": "book",
    "post-weblog": "blog", "post": "post", "webpage": "web", "report": "report",
    "treaty": "treaty", "legislation": "law", "bill": "law", "regulation": "law",
    "legal_case": "law", "hearing": "record", "dataset": "data", "standard": "record",
    "speech": "speech", "interview": "interview", "broadcast": "broadcast",
    "personal_communication": "letter",
}  # fmt: skip
"""CSL types to the words `source_KIND` of a document."""

_KIND_OF_GENRE = (
    ("opinion", ("opinion", "comment", "editorial", "column", "op-ed", "essay", "analysis")),
    ("release", ("press release", "communiqué", "communique", "joint statement")),
    ("blog", ("blog",)),
    ("report", ("research report", "white paper", "policy paper")),
)
"""Words of a CSL genre that say more than the type does."""

_NEVER_OFFICIAL = frozenset(
    {"press", "article", "opinion", "scholarly", "book", "blog", "post", "broadcast"}
)
"""Kinds of which none comes from an authority. A report, a page or figures may: of those nothing
is said."""


def about_sources(facts: Sequence[Fact], material: Material) -> Blocks:
    """A paragraph on the sources that the facts cite: number, kinds, span, age, reliability."""
    cited = {cite.source for fact in facts for cite in fact.cites}
    sources = [source for name, source in material.base.sources.items() if name in cited]
    if not sources:
        return ()
    told: list[Inline] = [Text(" ".join(_told(sources, facts, material)))]
    for source in sources:
        repeated = [s for s in sources if s.id in source.derived_from]
        if repeated:
            words = material.words
            again = words["sources_repeat"].format(
                source=speaker(source),
                others=listed([speaker(other) for other in repeated], words["and"]),
            )
            told += [Text(f" {again}"), Cite((CiteItem(source.id),))]
    return (Paragraph(tuple(told)),)


def _told(sources: Sequence[Source], facts: Sequence[Fact], material: Material) -> list[str]:
    words = material.words
    kinds = Counter(_kind(source) for source in sources)
    span = issued_span(sources, material)
    form = "sources_rest_on" if span else "sources_rest_on_undated"
    if len(kinds) == 1:
        (kind,) = kinds
        told = _counted(f"source_{kind}", len(sources), material)
    else:
        listing = [
            _counted(f"source_{kind}", count, material) for kind, count in kinds.most_common()
        ]
        told = words["sources_of_kinds"].format(
            count=number_in_words(len(sources), words), kinds=listed(listing, words["and"])
        )
    found = [words[form].format(sources=told, span=span)]
    if _NEVER_OFFICIAL.issuperset(kinds):
        found.append(material.counted("sources_none_official", len(sources)))
    newest = newest_information(material)
    if newest is not None:
        found.append(_newest(newest, material))
    found += _reliability(sources, material)
    unnamed = sum(1 for fact in facts if rests_on_one_unnamed(fact))
    if unnamed:
        found.append(
            material.counted(
                "sources_unnamed", unnamed, number=number_in_words(unnamed, words).capitalize()
            )
        )
    others = sum(1 for fact in facts if rests_on_hearsay(fact))
    if others:
        said = "sources_hearsay_more" if unnamed else "sources_hearsay"
        found.append(
            material.counted(said, others, number=number_in_words(others, words).capitalize())
        )
    return found


def issued_span(sources: Sequence[Source], material: Material) -> str:
    """The years in which the sources were issued: `2011 to 2023`; empty where none is dated."""
    days = [
        day
        for source in sources
        if (date := source.issued) is not None
        for day in (date.first_day, date.last_day)
        if day is not None
    ]
    if not days:
        return ""
    first, last = (calendar_day(day)[0] for day in (min(days), max(days)))
    return date_in_words(parse_edtf(f"{edtf_year(first)}/{edtf_year(last)}"), material.language)


def _newest(newest: Edtf, material: Material) -> str:
    """Of when the newest is, and how long before the brief where that is a year or more."""
    words, date = material.words, date_in_words(newest, material.language)
    years = full_years(newest, material.day)
    if not years:
        return words["sources_newest"].format(date=date)
    return material.counted(
        "sources_newest_old", years, date=date, number=number_in_words(years, words)
    )


def _reliability(sources: Sequence[Source], material: Material) -> list[str]:
    """How far the sources are to be relied on, in words; with the grades where they are asked."""
    words = material.words
    grades = Counter(source.reliability or "" for source in sources)
    if set(grades) == {""} or material.spec.grades is False:
        return []
    told = []
    for grade in sorted(grades, key=lambda grade: grade or "Z"):
        meaning = words[f"reliability_{grade}"] if grade else words["reliability_ungraded"]
        if grade and material.spec.grades:
            meaning = f"{meaning} ({grade})"
        told.append(
            words["sources_graded"].format(
                count=number_in_words(grades[grade], words), meaning=meaning
            )
        )
    return [words["sources_reliability"].format(grades=listed(told, words["and"]))]


def _kind(source: Source) -> str:
    genre = str(source.csl.get("genre") or "").casefold()
    for kind, named in _KIND_OF_GENRE:
        if any(word in genre for word in named):
            return kind
    return _KIND_OF_TYPE.get(str(source.csl.get("type") or ""), "other")


def _counted(form: str, count: int, material: Material) -> str:
    return material.counted(form, count, number=number_in_words(count, material.words))
