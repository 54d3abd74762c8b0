"""What a template requires of its author, and what a brief does not say yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefgen.brief import model
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.errors import UsageError

_LINES = {
    "sides": "sides: {ours: [actor-id], theirs: [actor-id]}",
    "attendees": 'attendees: [actor-id, "A name"]',
    "posts": "posts: [head-of-state, head-of-government, foreign-minister]",
}


class Missing(NamedTuple):
    """One thing that the brief has to say before it can be signed."""

    name: str
    """`sides`, `attendees`, `posts`, or the id of an input."""
    label: str
    line: str
    """What to add to the brief's file, as YAML."""


def missing_of(template: Template, spec: BriefSpec) -> tuple[Missing, ...]:
    """What the template requires and the brief does not say, in the template's order."""
    return tuple(
        Missing(name, *_told(name, template)) for name in template.requires if not _said(name, spec)
    )


def lacks_sides(sections: Iterable[SectionTemplate], spec: BriefSpec) -> bool:
    """Whether a section is for one side, and the brief names neither."""
    speaks = any(one.where is not None and one.where.side is not None for one in sections)
    return speaks and not (spec.sides.ours or spec.sides.theirs)


def sides_warning(template: Template) -> str:
    """What is said of a brief that `lacks_sides`."""
    return (
        f"template {template.id!r} speaks for two sides and the brief names none; "
        f"add {_LINES['sides']}"
    )


def _said(name: str, spec: BriefSpec) -> bool:
    if name == "sides":
        return bool(spec.sides.ours and spec.sides.theirs)
    if name == "attendees" and spec.attendees:
        return True
    if name == "posts" and spec.posts:
        return True
    return bool(spec.text.get(name, "").strip())


def _told(name: str, template: Template) -> tuple[str, str]:
    asked = template.input(name)
    if name in _LINES:
        return name, _LINES[name]
    return (asked.label if asked is not None else name), f'text: {{{name}: "…"}}'


def refuse_missing(missing: Iterable[Missing], template: str) -> None:
    """Raise `UsageError` with the lines to add, if anything is missing."""
    lines = [f"'{one.line}'" for one in missing]
    if lines:
        raise UsageError(
            f"template {template!r} needs what the brief does not say",
            hint=f"add {' and '.join(lines)}, or print a draft with --draft",
        )


def to_be_written(label: str, hint: str, words: str) -> model.Paragraph:
    """What stands in the place of something that is missing: `words` with `label` and `hint`."""
    text = words.format(label=label, hint=hint).strip()
    return model.Paragraph((model.Text(text),), "empty")
