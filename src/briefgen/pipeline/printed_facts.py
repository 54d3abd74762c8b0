"""A few facts as a chronology prints them, before they are in any base or brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefgen.facts.model import Base, Fact
from briefgen.folders import cache_folder


class PrintedFact(NamedTuple):
    """What a reader would see of a fact."""

    id: str
    date: str
    """What stands for it in the column of dates."""
    statement: str
    """With what is added of its time, who says so and its cautions."""
    source: str
    """Its citation, as a note in the style that briefs have if they name none."""


def printed_facts(facts: Sequence[Fact], base: Base) -> tuple[PrintedFact, ...]:
    """The facts as they will be printed; `base` has what they name.

    Raises `CiteprocError` where Pandoc, which words the citations, cannot be had.
    """
    from briefgen.brief.assemble.sentences import cite_item, fact_sentence
    from briefgen.brief.assemble.single_facts import material_for
    from briefgen.brief.assemble.when import date_label
    from briefgen.brief.spec.model import BriefSpec
    from briefgen.brief.traversal import plain_text
    from briefgen.cite import Citeproc, load_style, word_citations

    if not facts:
        return ()
    material = material_for(facts, base, {})
    style = load_style(BriefSpec().style)
    with Citeproc() as citeproc:
        # Each by itself: what is cited a second time would be shortened.
        citations = [
            word_citations(
                [tuple(map(cite_item, fact.cites))],
                base.sources,
                style,
                language=material.language,
                citeproc=citeproc,
                cache_folder=cache_folder(),
            ).citations[0]
            for fact in facts
        ]
    sentences = (fact_sentence(fact, material, labelled=True) for fact in facts)
    return tuple(
        PrintedFact(
            fact.id,
            _line(date_label(fact, material)),
            _line(plain_text(sentence.content, citations=False, warning="▲")),
            _line(plain_text(citation)),
        )
        for fact, sentence, citation in zip(facts, sentences, citations, strict=True)
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())
