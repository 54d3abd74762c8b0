"""Single facts worded as the pages word them, outside any brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefgen.brief.assemble.material import Material
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template, TextTemplate
from briefgen.brief.words import words_in
from briefgen.facts.model import Base, Fact

_NO_TEMPLATE = Template(
    id="", label="", description="", title=TextTemplate(""), subtitle=None, inputs=(), sections=()
)


def material_for(
    facts: Iterable[Fact], base: Base, disputes: Mapping[str, tuple[str, ...]], language: str = ""
) -> Material:
    """The material to word single facts as the pages do, outside any template.

    `language` is the brief's; else the base's. A language without words of its own falls back
    to English.
    """
    language = language or base.language
    try:
        words = words_in(language)
    except KeyError:
        language = "en"
        words = words_in(language)
    return Material(
        spec=BriefSpec(),
        template=_NO_TEMPLATE,
        base=base,
        words=words,
        facts=tuple(facts),
        related={},
        disputes=disputes,
        context={},
        sections=(),
        language=language,
    )
