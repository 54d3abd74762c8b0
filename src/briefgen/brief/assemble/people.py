"""Who is who: the people that the facts name, with the offices they held at the time."""

from __future__ import annotations

from briefgen.brief.assemble.filters import roles_at
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.model import Cite, Entries, Entry, Inline, Paragraph, Text
from briefgen.facts.model import Actor, Fact, Role


def people(facts: tuple[Fact, ...], material: Material, limit: int | None) -> Entries | None:
    """The people among the facts' actors that hold an office, most often named first if limited."""
    named: dict[str, list[Fact]] = {}
    for fact in facts:
        for name in fact.actors:
            actor = material.base.actors.get(name)
            if actor is not None and actor.kind == "person" and actor.roles:
                named.setdefault(name, []).append(fact)
    order = list(material.base.actors)
    chosen = sorted(named, key=order.index)
    if limit is not None and len(chosen) > limit:
        often = sorted(chosen, key=lambda name: -len(named[name]))[:limit]
        chosen = [name for name in chosen if name in often]
    entries = tuple(_entry(material.base.actors[name], named[name], material) for name in chosen)
    if not entries:
        return None
    return Entries(entries, material.words["name"], material.words["office"])


def _entry(actor: Actor, facts: list[Fact], material: Material) -> Entry:
    content: list[Inline] = []
    for role in roles_at(actor, facts):
        if content:
            content.append(Text("; "))
        content.append(Text(_role_in_words(role, material)))
        if role.cites:
            content.append(Cite(tuple(map(cite_item, role.cites))))
    return Entry((Text(actor.name),), (Paragraph(tuple(content)),))


def _role_in_words(role: Role, material: Material) -> str:
    text = role.title
    if role.of:
        of = material.actor_name(role.of)
        text = material.words["role_of"].format(title=role.title, of=of)
    held = material.span(role.since, role.until)
    return f"{text} ({held})" if held else text
