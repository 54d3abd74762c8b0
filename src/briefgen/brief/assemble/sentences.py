"""One fact as a sentence that reads well and carries its source.

The statement stands literally; what is added goes before its full stop: the time, where no
column of dates shows it, and who says so. Flags and the citation follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.voices import (
    attributed,
    names_authors,
    names_voice,
    own_work,
    voice_to_add,
)
from briefgen.brief.assemble.when import beside_label, in_brackets, when
from briefgen.brief.model import Cite, CiteItem, Flag, Inline, Sentence, Text
from briefgen.facts.model import Citation, Fact, Source
from briefgen.patterns import lazy_pattern

_ONE_UNNAMED = lazy_pattern(
    r"\b(?:an?|one)\s(?:[\w-]+\s){0,3}?(?:unnamed|anonymous|unidentified|undisclosed)\s"
    r"(?!(?:[\w-]+\s)*(?:sources|officials|diplomats|officers|people|persons|reports)\b)|"
    r"\b(?:an?|one)\s(?:[\w-]+\s){0,3}?source\b",
    re.IGNORECASE,
)
"""`an unnamed official`, `a diplomatic source`; not `unnamed sources`, who are several."""


_HEARSAY = lazy_pattern(
    r"\b(?:(?:unnamed|anonymous|unidentified|undisclosed|unattributed)\s|hearsay\b|rumou?rs?\b|"
    r"(?:(?:diplomatic|official|government|military|security|informed|local|press)\s)?"
    r"sources\b)",
    re.IGNORECASE,
)
"""`diplomatic sources`, `unnamed officials`, `hearsay that Dawn reported`: nobody is named."""


def fact_sentence(
    fact: Fact,
    material: Material,
    *,
    dated: bool = False,
    labelled: bool = False,
    voiced: bool = True,
    detail: bool = False,
    spoken: bool = False,
    closed: bool = True,
    report_told: bool = False,
    told: frozenset[str] = frozenset(),
) -> Sentence:
    """What the fact says, with attribution, flags and citation.

    `dated` puts the time in where the statement does not tell its year, `labelled` no more of it
    than a label beside it (`when.date_label`) leaves open; `voiced` false leaves out who says so,
    where a lead-in has told it; `spoken` leaves out note marks and flags; `closed` false leaves out
    the full stop, where more follows; `report_told` leaves out that it is a report, where the label
    says so; `told` is what the place itself already tells.
    """
    text = fact.statement
    core, stop = (text[:-1], ".") if text.endswith(".") and not text.endswith("..") else (text, "")
    who = voice_to_add(fact, material) if voiced else ""
    added, report = "", ""
    if labelled and not spoken:
        added = beside_label(fact, material, report_told=report_told)
        added = "" if added in told else added
    elif dated:
        found = when(fact, material)
        if (who and not spoken) or not voiced:  # the voice and its time stand together
            found, report = found._replace(report=""), found.report if who else ""
        added = in_brackets(found, material)
    added = "; ".join(filter(None, (added, own_work(fact))))
    # The time is an inline of its own: where a citation in brackets follows, they become one.
    content: list[Inline] = [Text(core)]
    if added:
        content.append(Text(f" ({added})"))
    if who and spoken:
        content.append(Text(material.words["spoken_voice"].format(who=who)))
    elif who:
        content.append(Text(attributed(who, report, material, follows=bool(stop))))
    if stop and closed:
        content.append(Text(stop))
    # Named here, by the statement or by a lead-in; but where a time goes on in the citation's
    # brackets, its name keeps the time apart from the source's year.
    is_named = not added and (names_voice(fact) or not voiced)
    voice = who or (fact.attribution if is_named else "")
    if not spoken:
        content.append(Cite(fact_items(fact, material.base.sources, voice)))
    if detail and fact.detail:
        content.append(Text(" " + fact.detail.strip()))
        if not spoken:
            content.append(Cite(fact_items(fact, material.base.sources)))
    grade = grade_code(fact, material) if material.spec.grades and not spoken else ""
    if grade:
        content.append(Text(f" ({grade})"))
    flags = [flag for flag in fact_flags(fact, material) if flag not in told]
    if flags and not spoken:
        content += (Text(" "), Flag("; ".join(flags)))
    return Sentence(fact.id, tuple(content))


def fact_items(fact: Fact, sources: Mapping[str, Source], voice: str = "") -> tuple[CiteItem, ...]:
    """What a fact cites; without authors' names where `voice`, which the text has, is theirs."""
    items = tuple(map(cite_item, fact.cites))
    cited = [sources.get(citation.source) for citation in fact.cites]
    if voice and all(source and names_authors(voice, source) for source in cited):
        return tuple(replace(item, suppress_author=True) for item in items)
    return items


def cite_item(citation: Citation) -> CiteItem:
    """A fact's citation in CSL's terms. CSL holds one locator; any further follow as text."""
    if not citation.locators:
        return CiteItem(citation.source)
    (label, value), *others = citation.locators
    suffix = "".join(f", {other} {place}" for other, place in others)
    return CiteItem(citation.source, value, label, suffix=suffix)


def fact_flags(fact: Fact, material: Material) -> list[str]:
    """Cautions that follow a fact wherever it stands, gravest first."""
    words = material.words
    flags: list[str] = []
    if fact.status != "current":
        flags.append(words[fact.status])
    if material.disputes.get(fact.id):
        flags.append(words["disputed"])
    if material.spec.grades is False:
        return flags
    sources = {cite.source for cite in fact.cites}
    if rests_on_one_unnamed(fact):
        flags.append(words["one_unnamed_source"])
    best = material.reliability(fact)
    if best in ("D", "E"):
        flags.append(words[f"{'alone' if len(sources) == 1 else 'all'}_{best}"])
    return flags


def rests_on_one_unnamed(fact: Fact) -> bool:
    """Whether one source alone bears it out, which has it from one person without a name."""
    alone = len({cite.source for cite in fact.cites}) == 1
    return alone and _ONE_UNNAMED.search(fact.attribution) is not None


def rests_on_hearsay(fact: Fact) -> bool:
    """Whether it is told on the word of several without a name, or of nobody in particular."""
    return not rests_on_one_unnamed(fact) and _HEARSAY.search(fact.attribution) is not None


def grade_code(fact: Fact, material: Material) -> str:
    """The Admiralty code of the fact (`C3`), or as much of it as is graded."""
    return f"{material.reliability(fact) or ''}{fact.credibility or ''}"
