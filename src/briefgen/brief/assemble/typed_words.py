"""The words of a request that are no CommonMark, set as own text is."""

from __future__ import annotations

from dataclasses import replace

from briefgen.brief.own_text.typography import convention_of, typeset
from briefgen.brief.spec.model import BriefSpec


def with_typed_words_set(spec: BriefSpec, language: str) -> BriefSpec:
    """The request with its title, headings and rewordings as a printer sets them.

    `language` (BCP 47) is the brief's. What others wrote, facts and names, stays as it is.
    """
    convention = convention_of(language)
    edits = spec.edits
    if edits.reword:
        reworded = {name: typeset(text, convention) for name, text in edits.reword.items()}
        edits = replace(edits, reword=reworded)
    sections = spec.sections
    if sections.add:
        added = tuple(
            replace(one, heading=typeset(one.heading, convention)) for one in sections.add
        )
        sections = replace(sections, add=added)
    title = spec.title and typeset(spec.title, convention)
    return replace(spec, title=title, edits=edits, sections=sections)
