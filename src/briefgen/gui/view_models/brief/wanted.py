"""What a template wants of its author besides facts: what it requires, and whom it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.brief.assemble.requirements import lacks_sides, missing_of
from briefgen.brief.judging.contradictions import contradictions
from briefgen.brief.spec.model import BriefSpec, Sides
from briefgen.brief.template.model import Input, SectionTemplate, Template
from briefgen.facts.model import FACT_STATUSES, Base
from briefgen.gui.view_models.brief.judgement_drafts import scale_for
from briefgen.gui.view_models.brief.own_text_check import check_own_text
from briefgen.index import Index
from briefgen.select.model import Selection
from briefgen.select.pick import count_facts

_NO_FACT = "the selection finds no fact"
_EMPTY = "this base has no facts yet"


class Wanted(NamedTuple):
    """One thing that is still to be said."""

    field: str
    """As in `briefgen.gui.view_models.pages.own_places`."""
    label: str
    """What it is: `Lines to take`, `both sides`."""
    do: str
    """What a button says that leads there: `Write “Lines to take”`."""


_PEOPLE = {
    "sides": ("both sides", "Name the sides"),
    "attendees": ("who attends", "Say who attends"),
    "posts": ("whose holders to name", "Choose the posts"),
}
"""What is wanted besides answers: its name, and what to do about it."""


def still_wanted(template: Template, spec: BriefSpec) -> tuple[Wanted, ...]:
    """What the brief has to say before it can be exported as it should be, in order."""
    names = [one.name for one in missing_of(template, spec)]
    if "sides" not in names and lacks_sides(_taken(template, spec), spec):
        names.insert(0, "sides")
    return tuple(_wanted(name, template) for name in names)


def required_of(template: Template, spec: BriefSpec) -> tuple[str, ...]:
    """What the brief has to say, be it said or not."""
    unsaid = replace(spec, sides=Sides())
    sides = "sides" not in template.requires and lacks_sides(_taken(template, spec), unsaid)
    return (*(("sides",) if sides else ()), *template.requires)


def _taken(template: Template, spec: BriefSpec) -> list[SectionTemplate]:
    """The template's sections that the brief does not leave out."""
    out = set(spec.sections.leave_out)
    return [one for one in template.sections if not out.intersection((one.id, *one.formerly))]


def _wanted(name: str, template: Template) -> Wanted:
    asked = template.input(name)
    if name in _PEOPLE:
        return Wanted(name, *_PEOPLE[name])
    label = asked.label if asked is not None else name
    return Wanted(f"text.{name}", f"“{label}”", f"Write “{label}”")


def wanted_in_words(template: Template, wanted: Sequence[Wanted]) -> str:
    """`Talking points still needs “Lines to take”.`"""
    names = _listed([one.label for one in wanted])
    return f"{template.label} still needs {names}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def inputs_in_order(template: Template) -> tuple[Input, ...]:
    """What the template asks, what it requires first."""
    return tuple(sorted(template.inputs, key=lambda one: one.id not in template.requires))


def people_wanted(template: Template) -> tuple[str, ...]:
    """Of `sides`, `attendees` and `posts`, those that the template requires or prints."""
    shows = {section.show for section in template.sections}
    where = (section.where for section in template.sections)
    uses = {
        "sides": any(one is not None and one.side is not None for one in where),
        "attendees": "attendees" in shows,
        "posts": "posts" in shows,
    }
    return tuple(name for name in _PEOPLE if uses[name] or name in template.requires)


def why_no_pages(why: str, index: Index) -> str:
    """Why there are no pages, for a person: in an empty base nothing helps but facts."""
    if why.startswith(_NO_FACT) and not count_facts(index, Selection(status=FACT_STATUSES)):
        return _EMPTY
    return why


def way_out(why: str, spec: BriefSpec, template: Template | None, index: Index) -> Wanted | None:
    """What to do about pages that cannot be made for the reason `why`; None: nothing in a field."""
    if why == _EMPTY:
        return Wanted("facts.new", "the first fact", "New fact…")
    if why.startswith(_NO_FACT):
        return Wanted("select", "the scope", "Change the scope")
    scale = scale_for(spec, index.base)[0]
    for number, judgement in enumerate(spec.judgements):
        faults = contradictions(judgement.text, judgement.likelihood, scale)
        if any(one.severity == "error" and one.message in why for one in faults):
            return Wanted(f"judgements.{number}", "the judgement", "Go to the judgement")
    for field, name, text in _texts(spec, template, index.base):
        notes = check_own_text(text, index.base, index)
        if any(note.severity == "error" and note.text.split(";")[0] in why for note in notes):
            return Wanted(field, name, f"Go to {name}")
    return None


def _texts(
    spec: BriefSpec, template: Template | None, base: Base
) -> Iterable[tuple[str, str, str]]:
    """Each text of the author's, by its field, and what it is called."""
    for id_, text in spec.text.items():
        asked = template.input(id_) if template is not None else None
        if asked is not None:
            yield f"text.{id_}", f"“{asked.label}”", text
    for number, judgement in enumerate(spec.judgements):
        yield f"judgements.{number}", "the judgement", judgement.text
    for own in spec.sections.add:
        yield f"sections.add.{own.id}", f"“{own.heading}”", own.text
    for topic, text in spec.sections.leads.items():
        label = base.topics[topic].label if topic in base.topics else topic
        yield f"sections.leads.{topic}", f"the first words on {label}", text
    yield "changes", "what changed", spec.changes
