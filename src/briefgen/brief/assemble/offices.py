"""Who held which office when, as far as the base knows, and how old that knowledge is.

A base shows a person in an office over a time; it does not say that nobody else has held it since.
So an office is told with the newest date that the base has for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from typing import NamedTuple

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.moments import time_at
from briefgen.brief.spec.model import Post
from briefgen.dates import Edtf, date_in_words
from briefgen.facts.model import Actor, Role
from briefgen.patterns import lazy_pattern

_OLD_YEARS = 2
"""What is known of an office is called old when it is this many years older than the brief."""

_BEFORE_TITLE = r"(?:acting |caretaker |interim )?"
_POST_TITLES = {
    "head-of-state": lazy_pattern(
        rf"(?i){_BEFORE_TITLE}(?:president|king|queen|emperor|empress|sultan|emir|amir|pope"
        r"|grand duke|grand duchess|monarch|head of state)(?: of\b.*)?"
    ),
    "head-of-government": lazy_pattern(
        rf"(?i){_BEFORE_TITLE}(?:prime minister|premier|(?:federal )?chancellor|taoiseach"
        r"|head of government)(?: of\b.*)?"
    ),
    "foreign-minister": lazy_pattern(
        rf"(?i){_BEFORE_TITLE}(?:foreign minister|minister (?:of|for) (?:foreign|external) affairs"
        r"|(?:external|foreign) affairs minister|secretary of state)(?: of\b.*)?"
    ),
}
"""Titles that stand for a post. A foreign secretary is a minister here and an official there."""


class Office(NamedTuple):
    """One office of a person."""

    role: Role
    known: Edtf | None
    """The newest date for which it is known; None where the base tells none."""


def offices_of(actor: Actor, material: Material) -> list[Office]:
    """The offices that had begun by the brief's date, those known latest first."""
    found = [
        Office(role, _known(role, material))
        for role in actor.roles
        if not (
            material.day is not None
            and role.since is not None
            and role.since.first_day is not None
            and role.since.first_day > material.day
        )
    ]
    return sorted(found, key=lambda office: -(_day(office.known) or 0))


def latest(offices: Sequence[Office]) -> list[Office]:
    """The office that is known latest, and those held beside it."""
    if not offices:
        return []
    first = offices[0].known
    return [
        office
        for office in offices
        if office is offices[0]
        or (
            first is not None
            and first.first_day is not None
            and (_day(office.known) or 0) >= first.first_day
        )
    ]


def office_in_words(office: Office, material: Material, *, is_latest: bool) -> str:
    """`Foreign Minister, Russia (as of September 2023)`; `(last recorded 2011)` where that is old.

    An office that is known to be held on the brief's day needs no date, one of before has its time.
    """
    words, role = material.words, office.role
    title = role.title
    if role.of:
        title = words["role_of"].format(title=title, of=material.actor_name(role.of))
    if not is_latest:
        held = _held(role, material)
        return f"{title} ({held})" if held else title
    when = as_of(office, material)
    return f"{title} ({when})" if when else title


def as_of(office: Office, material: Material) -> str:
    """How new the knowledge is that the office is held: `as of September 2023`.

    Empty where it is known for the brief's own day.
    """
    words, known = material.words, office.known
    if known is None:
        return words["undated"]
    if covers_brief(office.role, material):
        return ""
    told = date_in_words(known, material.language)
    form = "last_recorded" if is_old(known, material) else "known_as_of"
    return words[form].format(date=told)


def covers_brief(role: Role, material: Material) -> bool:
    """Whether the base itself says that the office is held on the brief's day."""
    if material.day is None or role.since is None or role.until is None:
        return False
    first, last = role.since.first_day, role.until.last_day
    return first is not None and last is not None and first <= material.day <= last


def is_old(known: Edtf, material: Material) -> bool:
    """Whether a date lies more than two years before the brief's."""
    last = known.last_day
    if material.day is None or last is None:
        return False
    day = Day.fromordinal(material.day)
    try:
        limit = day.replace(year=day.year - _OLD_YEARS)
    except ValueError:  # 29 February
        limit = day.replace(year=day.year - _OLD_YEARS, day=28)
    return last < limit.toordinal()


def holders(post: Post, side: str, material: Material) -> list[tuple[Actor, Office]]:
    """Who is known to have held a post of an actor, the last known first."""
    pattern = _POST_TITLES[post]
    found = [
        (actor, office)
        for actor in material.base.actors.values()
        for office in offices_of(actor, material)
        if office.role.of == side and pattern.fullmatch(office.role.title.strip())
    ]
    return sorted(found, key=lambda held: -(_day(held[1].known) or 0))


def _held(role: Role, material: Material) -> str:
    """The time of an earlier office: `2008 to 2011`, `in 2011`."""
    if role.since is not None and role.until is not None and role.since.text == role.until.text:
        return time_at(role.since, material)
    return material.span(role.since, role.until)


def _known(role: Role, material: Material) -> Edtf | None:
    """The end that the base gives; else the date of the newest source that shows the office."""
    if role.until is not None:
        return role.until
    issued = [
        date
        for cite in role.cites
        if (source := material.base.sources.get(cite.source)) is not None
        and (date := source.issued) is not None
    ]
    return max([*issued, *([role.since] if role.since else [])], key=_newest, default=None)


def _newest(date: Edtf) -> int:
    return _day(date) or 0


def _day(date: Edtf | None) -> int | None:
    if date is None:
        return None
    return date.last_day if date.last_day is not None else date.first_day
