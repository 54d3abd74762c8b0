"""What a template's section shows, in a line that a person reads."""

from __future__ import annotations

from briefgen.brief.template.model import ForEach, SectionTemplate, Template, Where
from briefgen.facts.model import Base, DateIs, FactKind

_KINDS: dict[FactKind, str] = {
    "event": "events", "agreement": "agreements", "figure": "figures", "position": "positions",
    "plan": "plans", "assessment": "assessments", "background": "background",
}  # fmt: skip
_AS = {
    "bullets": "as bullets", "paragraphs": "as paragraphs", "table": "in a table",
    "chronology": "beside their dates", "positions": "beside those who hold them",
}  # fmt: skip
_LABELLED = {"topic": "beside their topics", "actor": "beside the actors",
             "kind": "beside their kinds"}  # fmt: skip
_SORTS = {
    "newest": "newest first", "oldest": "oldest first", "importance": "most important first",
}  # fmt: skip
_DATES: dict[DateIs, str] = {
    "occurrence": "happened", "within": "happened at some time in an interval",
    "state": "held", "expected": "were due", "statement": "were said",
}  # fmt: skip
_EACH: dict[ForEach, str] = {
    "topic": "topic", "year": "year", "actor": "actor", "kind": "kind of fact",
}  # fmt: skip
_GROUPED = {
    "source": "under who says so in which source",
    "date_is": "what happened, fell due, is yet to, and held or was said kept apart",
}
_SIDES = {
    "ours": " said or done by our side", "theirs": " said or done by their side",
    "both": " that concern both sides",
}  # fmt: skip
_WHOLE = {
    "figures": "Figures with their period and basis, in a table",
    "actors": "People and bodies that the facts name, with their offices",
    "attendees": "Those who attend, with their offices and when they were last met",
    "posts": "The last known holders of the posts that the brief names",
    "usable": "Facts that can be used in the room: sound, dated, one for each measure",
    "evidence": "What bears out the spoken part, by the number of each line",
    "about_sources": "In a few sentences, what kind of sources the brief rests on",
    "disputes": "Facts that cannot both hold, side by side",
    "gaps": "Topics and years on which the base has nothing",
    "sources": "The list of references",
    "judgements": "Your judgements, with likelihood and confidence",
    "text": "The template’s own words",
    "annex": "A heading: what follows is the annex",
    "timeline": "A timeline",
    "chart": "A chart",
}


def section_name(section: SectionTemplate) -> str:
    """What to call a section while choosing: its heading, or what it is made for.

    A heading that only a brief can fill, such as `{{ topic.label }}`, is told in words.
    """
    heading = section.heading.source.strip()
    if heading and "{" not in heading:
        return heading
    if section.for_each is not None:
        return f"A section for each {_EACH[section.for_each]}"
    return section.id.replace("-", " ").replace("_", " ").capitalize()


def section_in_words(section: SectionTemplate, template: Template, base: Base) -> str:
    """What the section shows: `Key facts as bullets, most important first, at most 5`."""
    told = _shown(section, template, base)
    if section.for_each is not None and "{" not in section.heading.source:
        told += f", for each {_EACH[section.for_each]}"
    if section.limit is not None and section.show not in ("annex", "input", "text", "sources"):
        one_each = section.for_each is not None
        told += f", at most {section.limit}" + (" each" if one_each else "")
    if section.empty is not None:
        told += ". Says so when there is nothing"
    return told


def _shown(section: SectionTemplate, template: Template, base: Base) -> str:
    if section.show == "input":
        asked = template.input(section.input or "")
        return f"Your own text: {asked.label if asked else section.input}"
    if section.show in _WHOLE:
        if section.in_a_sentence:
            return "Disputes that touch what the brief tells, each in a sentence"
        filters = _filters(section.where, base) if section.where is not None else ""
        return _WHOLE[section.show] + (f"; only {filters}" if filters else "")
    told = _filters(section.where, base) or "facts"
    how = _LABELLED.get(section.label) if section.show == "chronology" else None
    told = f"{told} {how or _AS[section.show]}"
    if section.one_per is not None:
        told += f", one for each {section.one_per}"
    if section.group:
        told += f", {_GROUPED[section.group]}"
    if section.sort is not None:
        told += f", {_SORTS[section.sort]}"
    return told[0].upper() + told[1:]


def _filters(where: Where | None, base: Base) -> str:
    """`key facts on energy, said or done by our side`; empty for no filter."""
    if where is None:
        return ""
    asked = where.selection
    kinds = _either([_KINDS[kind] for kind in asked.kinds]) or "facts"
    key = "" if where.key is None else "key " if where.key else "other than key "
    told = key + kinds
    if asked.topics:
        names = (base.topics[id_].label if id_ in base.topics else id_ for id_ in asked.topics)
        told += f" on {_either(list(names))}"
    if asked.actors:
        names = (base.actors[id_].name if id_ in base.actors else id_ for id_ in asked.actors)
        told += f" naming {_either(list(names))}"
    if asked.sources:
        count = len(asked.sources)
        told += (
            " that cite a certain source" if count == 1 else f" that cite any of {count} sources"
        )
    if asked.markings:
        told += f" marked {_either(list(asked.markings))}"
    if where.date_is:
        told += f" that {_either([_DATES[means] for means in where.date_is])}"
    if where.side is not None:
        told += _SIDES[where.side]
    words = [*where.any_text, *([asked.text] if asked.text else [])]
    if words:
        told += f" with the words {_either([word.rstrip('*') for word in words])}"
    if asked.start is not None or asked.end is not None:
        told += " in a part of the period"
    if where.dated is not None:
        told += " that have a date" if where.dated else " without a date"
    if where.ahead is not None:
        told += f" whose time is {'yet to come' if where.ahead else 'over'}"
    if asked.min_reliability or asked.min_credibility:
        told += " of good grades"
    return "" if told == "facts" else told


def _either(names: list[str]) -> str:
    return (
        names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else ""
    )
