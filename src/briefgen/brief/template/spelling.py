"""The shipped templates' own words in the English of a brief. A person's templates are theirs."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from briefgen.brief.template.model import SectionTemplate, Template, TextTemplate
from briefgen.english import american, variety
from briefgen.shipped import shipped_templates


def spelled_for(template: Template, language: str) -> Template:
    """The template as a brief in `language` (BCP 47) prints it: `Program`, not `Programme`.

    Texts are changed before anything is filled in: what a base says in them stays as it is.
    """
    if variety(language) != "en-US" or not _is_shipped(template):
        return template
    return replace(
        template,
        label=american(template.label),
        title=_spelled(template.title),
        subtitle=_spelled(template.subtitle),
        sections=tuple(map(_section, template.sections)),
    )


def _is_shipped(template: Template) -> bool:
    return Path(template.path).resolve().parent == shipped_templates().resolve()


def _section(section: SectionTemplate) -> SectionTemplate:
    texts = {
        field.name: _spelled(value)
        for field in fields(section)
        if isinstance(value := getattr(section, field.name), TextTemplate)
    }
    return replace(section, **texts)


def _spelled(text: Any) -> Any:
    return None if text is None else replace(text, source=american(text.source))
