"""Hand edits on a brief: what a person does to single facts, each as a new `BriefSpec`.

A fact is never both left out and pinned: the reader of brief files refuses that, so doing the one
takes back the other. An edit that changes nothing gives back an equal spec.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefgen.brief.spec.model import BriefSpec, Edits

_LISTS = ("exclude", "include", "order", "key", "unkey", "not_for_use")
"""The keys of `Edits` that list facts."""


def leave_out(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief without these facts. One that was pinned is so no more."""
    return _listed(spec, ids, under=("exclude",), not_under=("include",))


def take_back(spec: BriefSpec, ids: Iterable[str], picked: Collection[str]) -> BriefSpec:
    """The brief with these facts, which may have been left out.

    `picked` are those of them that the selection picks; others must be pinned to be in the brief.
    """
    names = list(ids)
    spec = _listed(spec, names, not_under=("exclude",))
    return _listed(spec, [name for name in names if name not in picked], under=("include",))


def pin(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief with these facts, whatever the selection says."""
    return _listed(spec, ids, under=("include",), not_under=("exclude",))


def unpin(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Let the selection decide about these facts again."""
    return _listed(spec, ids, not_under=("include",))


def star(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Make these facts key points of this brief."""
    return _listed(spec, ids, under=("key",), not_under=("unkey",))


def unstar(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Take back `star`. What the base itself calls a key fact stays one: see `unkey`."""
    return _listed(spec, ids, not_under=("key",))


def unkey(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Make these facts no key points of this brief, whatever the base calls them."""
    return _listed(spec, ids, under=("unkey",), not_under=("key",))


def rekey(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Take back `unkey`: the base's key facts are key points again."""
    return _listed(spec, ids, not_under=("unkey",))


def reword(spec: BriefSpec, id_: str, text: str, original: str) -> BriefSpec:
    """Say a fact in other words here. `original` is the base's statement.

    The wording is one line, so white space of any kind becomes single blanks. No words, or the
    original ones, restore the original.
    """
    wording = " ".join(text.split())
    if not wording or wording == original:
        return restore(spec, [id_])
    return _edited(spec, reword={**spec.edits.reword, id_: wording})


def restore(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Say these facts in the base's words again."""
    names = set(ids)
    kept = {name: text for name, text in spec.edits.reword.items() if name not in names}
    return _edited(spec, reword=kept)


def move(
    spec: BriefSpec,
    ids: Iterable[str],
    shown: Sequence[str],
    natural: Callable[[str], Any],
    *,
    before: str = "",
    after: str = "",
) -> BriefSpec:
    """The brief with these facts moved, together and in the order they had, beside another one.

    They come right `before` one fact or right `after` it (one of the two is given), and all others
    keep their order. `shown` are the facts that can be seen, in the brief's order, those that are
    left out among them; `natural` is a key that sorts ids as the base would have them.

    The brief's `order` names the facts that come first. Here it becomes the shortest beginning of
    the new order after which everything is in the natural order: what was not moved stays where it
    was, in this grouping and in any other, and moving a fact back leaves no trace.
    """
    names = dict.fromkeys(ids)
    target = before or after
    if not names or target in names:
        return spec
    old = spec.edits.order
    # What is ordered and cannot be seen now keeps its place for when it can be seen again.
    sequence = [*old, *_without(shown, dict.fromkeys(old))]
    moving = [name for name in sequence if name in names]
    rest = [name for name in sequence if name not in names]
    place = rest.index(target) + (1 if after else 0)
    new = [*rest[:place], *moving, *rest[place:]]
    return _edited(spec, order=_ordered_first(new, natural))


def unorder(spec: BriefSpec, ids: Iterable[str] | None = None) -> BriefSpec:
    """Put these facts, or all, back into the base's order."""
    return _listed(spec, spec.edits.order if ids is None else ids, not_under=("order",))


def leave_out_sections(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """The brief without these sections of its template, and with all others."""
    return replace(spec, sections=replace(spec.sections, leave_out=tuple(ids)))


def forget(spec: BriefSpec, ids: Iterable[str]) -> BriefSpec:
    """Without any edit of these facts, such as ones that the base no longer has."""
    names = list(ids)
    spec = _listed(spec, names, not_under=_LISTS)
    return restore(spec, names)


def edited_facts(edits: Edits) -> tuple[str, ...]:
    """Every fact that hand edits name, each once."""
    named = (*(getattr(edits, each) for each in _LISTS), edits.reword)
    return tuple(dict.fromkeys(name for names in named for name in names))


def _ordered_first(sequence: Sequence[str], natural: Callable[[str], Any]) -> tuple[str, ...]:
    """The shortest beginning of `sequence` after which the rest is in the natural order."""
    keys = [natural(name) for name in sequence]
    start = len(sequence) - 1
    while start > 0 and keys[start - 1] <= keys[start]:
        start -= 1
    return tuple(sequence[:start])


def _edited(spec: BriefSpec, **changes: Any) -> BriefSpec:
    return replace(spec, edits=replace(spec.edits, **changes))


def _listed(
    spec: BriefSpec,
    ids: Iterable[str],
    *,
    under: Sequence[str] = (),
    not_under: Sequence[str] = (),
) -> BriefSpec:
    """The brief with these facts in some lists of its edits, and out of others."""
    names = dict.fromkeys(ids)
    lists: dict[str, tuple[str, ...]] = {
        each: tuple(dict.fromkeys((*getattr(spec.edits, each), *names))) for each in under
    }
    lists |= {each: _without(getattr(spec.edits, each), names) for each in not_under}
    return _edited(spec, **lists)


def _without(names: Sequence[str], others: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)
