"""The sources of a base as a library: who cites which, grades, which are the same, merging them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from briefgen.bibliography.identity import identities, same_doi
from briefgen.editing.base import plan_edited_source, source_entry_of, what_changed
from briefgen.editing.base_names import (
    exchange_fingerprints,
    exchange_in_base,
    other_fingerprints,
)
from briefgen.errors import UsageError
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.suggestions import shown
from briefgen.writing.plan import Plan

# --- who cites them ------------------------------------------------------------------------------


def citing_facts(index: Index, source: str) -> tuple[str, ...]:
    """The ids of the facts that cite a source, of any status, by date."""
    return tuple(
        id_
        for (id_,) in index.rows(
            "SELECT id FROM fact_sources JOIN facts USING (row) WHERE source = ? AND good"
            " ORDER BY first IS NULL, first, last, id",
            (source,),
        )
    )


def counts_of_facts(index: Index) -> dict[str, int]:
    """By source, how many facts cite it."""
    return dict(
        index.rows(
            "SELECT source, count(*) FROM fact_sources JOIN facts USING (row) WHERE good"
            " GROUP BY source"
        )
    )


class Uses(NamedTuple):
    """Whatever in a base names a source, faulty entries among them."""

    facts: tuple[str, ...]
    actors: tuple[str, ...]
    """Whose roles it bears out."""
    sources: tuple[str, ...]
    """Those that repeat or rewrite it."""


def uses_of_source(index: Index, source: str) -> Uses:
    """What names a source."""
    found: dict[str, dict[str, None]] = {"fact": {}, "actor": {}, "source": {}}
    for (name,) in index.rows("SELECT name FROM files WHERE kind IN ('facts','actors','sources')"):
        for definition in index.file_record(name).definitions:
            if definition.kind in found and any(
                use.target == source and use.role in ("source", "derived-from")
                for use in definition.uses
            ):
                found[definition.kind][definition.id] = None
    return Uses(*(tuple(found[kind]) for kind in ("fact", "actor", "source")))


# --- small changes -------------------------------------------------------------------------------


def plan_graded(index: Index, id_: str, grade: str | None) -> Plan:
    """A source's reliability, A to F; None takes it away."""
    seen = source_entry_of(index, id_)
    custom = {**(seen.get("custom") or {}), "reliability": grade}
    kept = {key: value for key, value in custom.items() if value is not None}
    return plan_edited_source(index, id_, seen, {"custom": kept or None})


def plan_removed_source(index: Index, id_: str) -> Plan:
    """A source taken out. Raises `UsageError` where something names it."""
    uses = uses_of_source(index, id_)
    named = [*uses.facts, *uses.actors, *uses.sources]
    if named:
        more = f" and {len(named) - 1} more" if len(named) > 1 else ""
        raise UsageError(
            f"{shown(id_)} is named by {shown(named[0])}{more}",
            hint="merge it with another source, or change what names it first",
        )
    plan = Plan()
    plan.remove(index.folder / "sources.yaml", id_, line=index.base.sources[id_].origin.line)
    return plan


# --- the same source twice -----------------------------------------------------------------------


class LikelySame(NamedTuple):
    """Two sources that may be one."""

    keep: str
    """The one that more facts cite; of two alike the first."""
    other: str
    why: str
    """`same DOI`, `same URL`, `same title and year`."""


def likely_duplicates(index: Index) -> list[LikelySame]:
    """Sources that may stand twice, by what imports know them again by."""
    counts = counts_of_facts(index)
    first: dict[str, str] = {}
    dois: dict[str, str] = {}
    found: dict[tuple[str, str], LikelySame] = {}
    for id_, source in index.base.sources.items():
        if source.csl.get("DOI"):
            dois[id_] = same_doi(str(source.csl["DOI"]))
        for why, key in identities(source.csl):
            other = first.setdefault(key, id_)
            both_dois = id_ in dois and other in dois and dois[id_] != dois[other]
            if other == id_ or (why == "same title and year" and both_dois):
                continue
            keep, gone = (
                (other, id_) if counts.get(other, 0) >= counts.get(id_, 0) else (id_, other)
            )
            pair = (min(keep, gone), max(keep, gone))
            found.setdefault(pair, LikelySame(keep, gone, why))
    return list(found.values())


class Difference(NamedTuple):
    """A field in which two sources differ."""

    key: str
    """CSL's, or `custom.reliability` and so on."""
    kept: Any
    """What the source says that stays; None: nothing."""
    other: Any


def differences(index: Index, keep: str, other: str) -> list[Difference]:
    """The fields in which two sources differ, but their ids."""
    one, two = (_flat(source_entry_of(index, id_)) for id_ in (keep, other))
    changed = what_changed(one, two)
    own = {keep, other}
    found = []
    for key in changed:
        kept, said = one.get(key), two.get(key)
        if key == "custom.derived_from":
            kept, said = _others(kept, own), _others(said, own)
        if kept != said:
            found.append(Difference(key, kept, said))
    return found


def _others(ids: Any, own: set[str]) -> list[str] | None:
    return [id_ for id_ in ids or () if id_ not in own] or None


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    flat = {key: value for key, value in entry.items() if key not in ("id", "custom")}
    custom = entry.get("custom")
    if isinstance(custom, Mapping):
        flat |= {f"custom.{key}": value for key, value in custom.items()}
    return flat


def files_citing(index: Index, source: str) -> tuple[str, ...]:
    """The files that change when a source is merged into another, by their names in the base."""
    found = {
        str(name)
        for (name,) in index.rows(
            "SELECT DISTINCT files.name FROM fact_sources JOIN facts USING (row)"
            " JOIN files ON files.number = facts.file WHERE source = ?",
            (source,),
        )
    }
    roles = (role for actor in index.base.actors.values() for role in actor.roles)
    if any(cite.source == source for role in roles for cite in role.cites):
        found.add("actors.yaml")
    facts = set(citing_facts(index, source))
    if any(facts & passage.checked.keys() for passage in index.base.passages.values()):
        found.add("passages.yaml")
    return tuple(sorted({*found, "sources.yaml"}))


class Merged(NamedTuple):
    """Two sources made one, planned."""

    plan: Plan
    facts: tuple[str, ...]
    """The facts that cite the other source from now on."""
    hashes: Mapping[str, str]
    """From the SHA-256 of each fact as it was to that of it as it is."""


def plan_merged_sources(
    index: Index, keep: str, gone: str, chosen: Mapping[str, Any] | None = None
) -> Merged:
    """Let everything that names `gone` name `keep`, and take `gone` out.

    `chosen` has other values for fields of `keep`, by their keys as in `Difference`; None takes a
    field away. Raises `InputError` for a file that cannot be read or changed.
    """
    if keep == gone:
        raise UsageError("a source cannot be merged with itself", hint="choose two")
    plan = Plan()
    names = {gone: keep}
    facts = index.facts(citing_facts(index, gone))
    merged = {id_: _merged_fact(fact, names) for id_, fact in facts.items()}
    exchange_in_base(plan, index, "source", names)
    _drop_repeats(plan, index, facts, keep)
    _mend_origins(plan, index, keep, gone)
    path = index.folder / "sources.yaml"
    line, line_of_gone = (index.base.sources[id_].origin.line for id_ in (keep, gone))
    entry = plan.entry(path, keep, line=line)
    plan.remove(path, gone, line=line_of_gone)
    if chosen:
        plan.amend(path, keep, _nested(entry, chosen), line=line)
    hashes = other_fingerprints((facts[id_], merged[id_]) for id_ in facts)
    exchange_fingerprints(plan, index, hashes)
    return Merged(plan, tuple(facts), hashes)


def _merged_fact(fact: Fact, names: Mapping[str, str]) -> Fact:
    cites = (replace(cite, source=names.get(cite.source, cite.source)) for cite in fact.cites)
    return replace(fact, cites=tuple(dict.fromkeys(cites)))


def _drop_repeats(plan: Plan, index: Index, facts: Mapping[str, Fact], keep: str) -> None:
    """Citations that are the same now that they name one source stand once."""
    by_file: dict[Any, dict[str, Mapping[str, Any]]] = {}
    for fact in facts.values():
        if any(cite.source == keep for cite in fact.cites):
            ((name,),) = index.rows(
                "SELECT files.name FROM facts JOIN files ON files.number = facts.file"
                " WHERE facts.id = ?",
                (fact.id,),
            )
            path = index.folder / str(name)
            cites = plan.entry(path, fact.id, line=fact.origin.line)["cites"]
            once = _once(cites if isinstance(cites, list) else [cites])
            if once != cites:
                by_file.setdefault(path, {})[fact.id] = {"cites": once}
    for path, changes in by_file.items():
        plan.amend_all(path, changes)


def _mend_origins(plan: Plan, index: Index, keep: str, gone: str) -> None:
    """No source is derived from itself, or twice from another."""
    path = index.folder / "sources.yaml"
    for id_, source in index.base.sources.items():
        named = {keep, gone} & set(source.derived_from)
        if id_ == gone or not named or (id_ != keep and len(named) < 2):
            continue
        entry = plan.entry(path, id_)
        origins = [one for one in _once(entry["custom"]["derived_from"]) if one != id_]
        plan.amend(path, id_, _nested(entry, {"custom.derived_from": origins or None}))


def _nested(entry: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Flat keys as changes of an entry."""
    changes = {key: value for key, value in chosen.items() if not key.startswith("custom.")}
    own = {key[7:]: value for key, value in chosen.items() if key.startswith("custom.")}
    if own:
        custom = {**(entry.get("custom") or {}), **own}
        changes["custom"] = {k: v for k, v in custom.items() if v is not None} or None
    return changes


def _once(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
