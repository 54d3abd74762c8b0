"""Who is who: people with the offices that the base knows them in, and how new that is."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.brief.assemble.filters import held_at, roles_at
from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.assemble.offices import (
    Office,
    as_of,
    holders,
    is_old,
    latest,
    office_in_words,
    offices_of,
)
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.assemble.when import date_is, standing_day
from briefgen.brief.model import (
    Block,
    Cite,
    CiteItem,
    Entries,
    Entry,
    Inline,
    Inlines,
    Paragraph,
    Sentence,
    Text,
)
from briefgen.brief.words import listed
from briefgen.dates import date_in_words
from briefgen.facts.model import Actor, Fact
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import did_you_mean

_MEETING = lazy_pattern(r"(?i)\b(?:met|meets|meeting|summit|talks|hosted|received|visit\w*)\b")


def people(
    facts: tuple[Fact, ...], material: Material, limit: int | None
) -> tuple[Entries | None, Cut | None]:
    """The people among the facts' actors that hold an office, most often named first if limited.

    Each with the office that is known latest, and those held at the time of the facts. And what
    the limit kept out, if it did.
    """
    named: dict[str, list[Fact]] = {}
    for fact in facts:
        for name in fact.actors:
            actor = material.base.actors.get(name)
            if actor is not None and actor.kind == "person" and actor.roles:
                named.setdefault(name, []).append(fact)
    chosen = [name for name in material.base.actors if name in named]
    cut = None
    if limit is not None and len(chosen) > limit:
        cut = Cut(limit, len(chosen), "person")
        often = sorted(chosen, key=lambda name: -len(named[name]))[:limit]
        chosen = [name for name in chosen if name in often]
    entries = []
    for name in chosen:
        actor, about = material.base.actors[name], named[name]
        offices = offices_of(actor, material)
        now = latest(offices)
        then = [o for o in offices if o not in now and any(held_at(o.role, f) for f in about)]
        if offices:
            entries.append(_entry(actor.name, _offices(now, then, material)))
    return _who_is_who(entries, material), cut


def attendees(material: Material) -> Entries | None:
    """Those whom the brief names as attending: office, earlier offices, and when last met.

    Names that no actor has stand together at the end.
    """
    entries, others = [], []
    for name in material.spec.attendees:
        actor = _attending(name, material)
        if actor is None:
            others.append(name)
            continue
        offices = offices_of(actor, material)
        now = latest(offices)
        content: list[Inline] = [*_offices(now, [o for o in offices if o not in now], material)]
        is_ours = any(office.role.of in material.spec.sides.ours for office in now)
        met = None if is_ours else _last_meeting(actor, material)
        if met is not None:
            content += [*([Text(". ")] if content else []), *_met(met, material)]
        elif content:
            content.append(Text("."))
        blocks: tuple[Block, ...] = (
            Paragraph(tuple(content) or (Text(material.words["nothing_recorded"]),)),
        )
        entries.append(Entry((Text(actor.name),), blocks))
    if others:
        entries.append(
            _entry(
                material.words["also_attending" if entries else "attending"],
                [Text("; ".join(others))],
            )
        )
    return _who_is_who(entries, material)


def posts(material: Material) -> Entries | None:
    """The last known holder of each post that the brief names, for each of its sides.

    A post that the base knows no holder of is left out and warned of, with what to do.
    """
    words, spec = material.words, material.spec
    entries = []
    for side in (*spec.sides.ours, *spec.sides.theirs):
        for post in spec.posts:
            of, called = material.actor_name(side), words[f"post_{post}"]
            known = holders(post, side, material)
            if not known:
                material.warn(
                    f"posts: the base knows no {called} of {of}: left out; "
                    "add the office under roles in actors.yaml"
                )
                continue
            actor, office = known[0]
            if office.known is not None and is_old(office.known, material):
                material.warn(
                    f"posts: the last {called} of {of} that the base knows is {actor.name}, "
                    f"{as_of(office, material)}".replace("\u00a0", " ")
                )
            when = as_of(office, material)
            content: list[Inline] = [Text(f"{actor.name} ({when})" if when else actor.name)]
            if office.role.cites:
                content.append(Cite(tuple(map(cite_item, office.role.cites))))
            label = words["role_of"].format(title=office.role.title, of=of)
            entries.append(_entry(label, content))
    return Entries(tuple(entries), words["post"], words["holder"]) if entries else None


def _who_is_who(entries: list[Entry], material: Material) -> Entries | None:
    words = material.words
    return Entries(tuple(entries), words["name"], words["office"]) if entries else None


def _entry(label: str, content: Iterable[Inline]) -> Entry:
    return Entry((Text(label),), (Paragraph(tuple(content)),))


def _offices(now: list[Office], before: list[Office], material: Material) -> list[Inline]:
    """The offices in a row, each with what bears it out."""
    content: list[Inline] = []
    for office in (*now, *before):
        if content:
            content.append(Text("; "))
        content.append(Text(office_in_words(office, material, is_latest=office in now)))
        if office.role.cites:
            content.append(Cite(tuple(map(cite_item, office.role.cites))))
    return content


def _attending(name: str, material: Material) -> Actor | None:
    """The actor that an attendee's name means: by id, else by name or alias."""
    actors = material.base.actors
    if name in actors:
        return actors[name]
    asked = fold_words(name)
    for actor in actors.values():
        if any(fold_words(known) == asked for known in (actor.name, *actor.aliases)):
            return actor
    near = did_you_mean(name, actors)
    if near:
        material.warn(f"attendees: the base has no actor {name!r}; {near}")
    return None


def _last_meeting(actor: Actor, material: Material) -> Fact | None:
    """The newest fact that tells of a meeting of the actor with our side, in the whole base."""
    if material.lookup is None:
        return None
    left_out = set(material.spec.edits.exclude)
    met = [
        fact
        for fact in material.lookup.facts_naming([actor.id])
        if fact.id not in left_out and _is_meeting_with_us(fact, actor, material)
    ]
    newest = max(met, key=lambda fact: standing_day(fact, material) or 0, default=None)
    # A fact from outside the brief lends it its marking, as all that are printed do.
    return material.fact(newest.id) if newest is not None else None


def _is_meeting_with_us(fact: Fact, actor: Actor, material: Material) -> bool:
    if fact.kind != "event" or date_is(fact, material) not in ("occurrence", "within"):
        return False
    if fact.date is None or not _MEETING.search(fact.statement):
        return False
    day = standing_day(fact, material)
    if day is not None and material.day is not None and day > material.day:
        return False
    ours = material.spec.sides.ours
    if not ours or actor.id in ours:
        return True
    for name in fact.actors:
        other = material.base.actors.get(name)
        if name == actor.id or other is None or other.kind != "person":
            continue
        if any(role.of in ours for role in roles_at(other, (fact,))):
            return True
    # Whoever visits a state meets it; a meeting elsewhere that concerns it is none with it.
    return bool(set(ours) & set(fact.actors)) and "visit" in fact.statement.casefold()


def _met(fact: Fact, material: Material) -> Inlines:
    words, ours = material.words, material.spec.sides.ours
    assert fact.date is not None
    date = date_in_words(fact.date, material.language)
    if ours:
        names = listed([material.actor_name(name) for name in ours], words["and"])
        told = words["last_met"].format(ours=names, date=date)
    else:
        told = words["last_meeting"].format(date=date)
    items: tuple[CiteItem, ...] = tuple(map(cite_item, fact.cites))
    return (Sentence(fact.id, (Text(told), Cite(items))),)
