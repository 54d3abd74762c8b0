"""Facts, sources and actors written into a base: what the app's forms call.

Each `plan_...` gives a `Plan` that was tried and not written yet; `plan.write()` writes all its
files or none, and what comes back can be taken back. Nothing is ever deleted: a fact that no
longer holds is superseded or retracted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.bibliography.identity import free_id, id_of_source, latin
from briefgen.dates import date_in_plain_words, parse_edtf
from briefgen.editing.entry_faults import taken_ids
from briefgen.errors import InputError, UsageError
from briefgen.facts.codec import fact_from_json
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.patterns import lazy_pattern
from briefgen.shipped import shipped_base
from briefgen.small_words import SMALL_WORDS
from briefgen.suggestions import shown
from briefgen.values import valueclass
from briefgen.writing.entries import entry_of_file
from briefgen.writing.plan import Plan

if TYPE_CHECKING:
    from briefgen.bibliography.identity import Csl


@valueclass(frozen=True, slots=True)
class Keeper:
    """Who writes into the base, and when."""

    today: Day
    name: str = ""
    """Goes into `recorded_by` of new facts; empty: nothing does."""


# --- may one write here? ---------------------------------------------------------------------


def why_read_only(folder: Path) -> str:
    """Why nothing should be written into the base in `folder`, in a sentence; empty if it may."""
    if folder.resolve() == shipped_base().resolve():
        return "This is the fact base that comes with briefgen: an update would replace it."
    try:
        sound = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        sound = False
    return "" if sound else f"You may not write in {folder}."


# --- ids -------------------------------------------------------------------------------------

_LONGEST_ID = 48


def suggest_fact_id(index: Index, statement: str, date: str = "") -> str:
    """A free id made of the statement's first telling words and the year; empty without words.

    `date` is EDTF; what is none is passed over.
    """
    stem = ""
    for word in latin(statement).split("-"):
        if word and word not in SMALL_WORDS:
            longer = f"{stem}-{word}" if stem else word[:_LONGEST_ID]
            if len(longer) > _LONGEST_ID - 5 or longer.count("-") > 4:
                break
            stem = longer
    year = date[:4]
    if stem and year.isdigit() and year not in stem.split("-"):
        stem = f"{stem}-{year}"
    return free_id(stem, taken_ids(index, "fact")) if stem else ""


def suggest_source_id(index: Index, csl: Csl, besides: Iterable[str] = ()) -> str:
    """A free id made of author, year and title, as imports make them."""
    return free_id(id_of_source(csl), taken_ids(index, "source") | set(besides))


def suggest_actor_id(index: Index, name: str) -> str:
    """A free id made of a name; empty without letters that can stand in one."""
    stem = latin(name)[:_LONGEST_ID].strip("-")
    return free_id(stem, taken_ids(index, "actor")) if stem else ""


# --- files -----------------------------------------------------------------------------------


def fact_files(index: Index) -> tuple[str, ...]:
    """The names of the base's files of facts, such as `facts/energy.yaml`."""
    return tuple(
        str(name)
        for (name,) in index.rows("SELECT name FROM files WHERE kind = 'facts' ORDER BY name")
    )


def likely_file(index: Index, topics: Sequence[str]) -> str:
    """The file in which most facts of the same topic stand; topics count in their order.

    For a topic without facts a file named after it, or after what it is part of.
    """
    for topic in topics:
        found = index.rows(
            "SELECT files.name FROM fact_topics JOIN facts USING (row)"
            " JOIN files ON files.number = facts.file WHERE fact_topics.topic = ?"
            " GROUP BY files.number ORDER BY count(*) DESC, files.name LIMIT 1",
            (topic,),
        )
        if found:
            return str(found[0][0])
    if topics:
        return f"facts/{topics[0].partition('.')[0]}.yaml"
    files = fact_files(index)
    return files[0] if files else "facts/facts.yaml"


_FILE_NAME = lazy_pattern(r"[^\W_][\w.-]*")


def facts_file(folder: Path, name: str) -> Path:
    """Where the file of facts called `name` is, or would be: `facts/energy.yaml` or `energy`.

    Raises `UsageError` for a name that leads out of the facts folder or would not be read.
    """
    parts = name.strip().replace("\\", "/").removeprefix("facts/").split("/")
    if not parts[-1].endswith(".yaml"):
        parts[-1] += ".yaml"
    if not all(_FILE_NAME.fullmatch(part) for part in parts) or parts[-1] == ".yaml":
        raise UsageError(
            f"{shown(name)} cannot be a file of facts",
            hint="write a name such as energy, or energy/oil, with letters, digits and hyphens",
        )
    path = folder.joinpath("facts", *parts)
    if not path.resolve().is_relative_to((folder / "facts").resolve()):
        raise UsageError(
            f"{shown(name)} leads out of the base", hint="choose a file in its facts folder"
        )
    return path


def _place_of(index: Index, fact: str) -> tuple[Path, int | None]:
    """The file of a fact, and the line in which it started when the base was read."""
    found = index.rows(
        "SELECT files.name, bodies.body FROM facts JOIN bodies USING (row)"
        " JOIN files ON files.number = facts.file WHERE facts.id = ?",
        (fact,),
    )
    if len(found) != 1:
        what = "stands twice" if found else "is not there"
        raise InputError(
            f"the fact {shown(fact)} {what}",
            hint="look into the problems of the base" if found else "read the base again",
        )
    name, body = found[0]
    return index.folder / str(name), fact_from_json(body).origin.line


# --- what stands there -----------------------------------------------------------------------


def fact_entry_of(index: Index, id_: str) -> dict[str, Any]:
    """A fact as its file has it, every key. Raises `InputError` if it is not there any more."""
    path, line = _place_of(index, id_)
    return entry_of_file(path, id_, line=line)


def source_entry_of(index: Index, id_: str) -> dict[str, Any]:
    """A source as sources.yaml has it, every key."""
    return entry_of_file(index.folder / "sources.yaml", id_, line=_line_of_source(index, id_))


def _line_of_source(index: Index, id_: str) -> int | None:
    """Where a source started when the base was read, so that its file need not be read whole."""
    source = index.base.sources.get(id_)
    return source.origin.line if source is not None else None


def actor_entry_of(index: Index, id_: str) -> dict[str, Any]:
    """An actor as actors.yaml has it, every key."""
    return entry_of_file(index.folder / "actors.yaml", id_, line=_line_of_actor(index, id_))


def _line_of_actor(index: Index, id_: str) -> int | None:
    actor = index.base.actors.get(id_)
    return actor.origin.line if actor is not None else None


def what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that say something else, with what they say now; None for those that are gone."""
    return {
        key: after.get(key)
        for key in (*after, *(key for key in before if key not in after))
        if not _same(before.get(key), after.get(key))
    }


def _same(one: Any, other: Any) -> bool:
    """Whether two values read as the same in a file."""
    from briefgen.writing.nodes import as_node, same

    if one is None or other is None:
        return one is other
    return same(as_node(one), as_node(other))


# --- plans -----------------------------------------------------------------------------------


def plan_new_fact(
    index: Index,
    entry: Mapping[str, Any],
    file: str,
    by: Keeper,
    *,
    new_sources: Sequence[Mapping[str, Any]] = (),
) -> Plan:
    """A fact more, in the file of facts called `file`, with sources that it needs.

    The facts that it supersedes get that status. `recorded` and `recorded_by` are filled in where
    they are not said. Raises `InputError` or `UsageError`.
    """
    plan = _plan_with(index, new_sources)
    whole = {**entry}
    whole.setdefault("recorded", by.today.isoformat())
    if by.name.strip():
        whole.setdefault("recorded_by", by.name.strip())
    plan.add(facts_file(index.folder, file), [whole])
    _supersede(plan, index, entry.get("supersedes") or ())
    return plan


def plan_edited_fact(
    index: Index,
    id_: str,
    seen: Mapping[str, Any],
    changes: Mapping[str, Any],
    *,
    new_sources: Sequence[Mapping[str, Any]] = (),
) -> Plan:
    """Some keys of a fact made to say something else; all others stay.

    `seen` is the entry as it was when the person began. The facts that it now supersedes get that
    status.
    """
    plan = _plan_with(index, new_sources)
    path, line = _place_of(index, id_)
    plan.amend(path, id_, changes, seen=seen, line=line)
    before = seen.get("supersedes") or ()
    _supersede(plan, index, [one for one in changes.get("supersedes") or () if one not in before])
    return plan


def plan_retraction(index: Index, facts: Iterable[Fact], reason: str, by: Keeper) -> Plan:
    """Facts retracted: they stay, with that status, and `status_note` says why and when."""
    said = " ".join(reason.split()).rstrip(".")
    if not said:
        raise UsageError("there is no reason", hint="say in a few words why it no longer holds")
    when = date_in_plain_words(parse_edtf(by.today.isoformat()))
    changes = {"status": "retracted", "status_note": f"{said} ({when})"}
    return _plan_facts(index, {fact.id: changes for fact in facts})


def plan_check(index: Index, facts: Iterable[Fact], by: Keeper) -> Plan:
    """Facts marked as checked today; drafts become current."""
    changes: dict[str, dict[str, Any]] = {}
    for fact in facts:
        changes[fact.id] = {"checked": by.today.isoformat()}
        if by.name.strip() or fact.checked_by:  # never another's name beside today
            changes[fact.id]["checked_by"] = by.name.strip() or None
        if fact.status == "draft":
            changes[fact.id]["status"] = None  # current is what a fact is that says nothing
            if fact.status_note:
                changes[fact.id]["status_note"] = None
    return _plan_facts(index, changes)


def _plan_facts(index: Index, changes: Mapping[str, Mapping[str, Any]]) -> Plan:
    """Keys of facts changed, by id. Each file is read once."""
    by_file: dict[Path, dict[str, Mapping[str, Any]]] = {}
    for id_, of_fact in changes.items():
        by_file.setdefault(_place_of(index, id_)[0], {})[id_] = of_fact
    plan = Plan()
    for path, of_file in by_file.items():
        plan.amend_all(path, of_file)
    return plan


def plan_new_source(index: Index, entry: Mapping[str, Any]) -> Plan:
    """A source more."""
    return _plan_with(index, [entry])


def plan_edited_source(
    index: Index, id_: str, seen: Mapping[str, Any], changes: Mapping[str, Any]
) -> Plan:
    """Some keys of a source made to say something else; all others stay."""
    plan = Plan()
    line = _line_of_source(index, id_)
    plan.amend(index.folder / "sources.yaml", id_, changes, seen=seen, line=line)
    return plan


def plan_new_actor(index: Index, entry: Mapping[str, Any]) -> Plan:
    """An actor more."""
    plan = Plan()
    plan.add(index.folder / "actors.yaml", [entry])
    return plan


def plan_edited_actor(
    index: Index, id_: str, seen: Mapping[str, Any], changes: Mapping[str, Any]
) -> Plan:
    """Some keys of an actor made to say something else; all others stay."""
    plan = Plan()
    line = _line_of_actor(index, id_)
    plan.amend(index.folder / "actors.yaml", id_, changes, seen=seen, line=line)
    return plan


def _plan_with(index: Index, sources: Sequence[Mapping[str, Any]]) -> Plan:
    """A plan that starts with new sources, if there are any."""
    plan = Plan()
    if sources:
        plan.add(index.folder / "sources.yaml", sources)
    return plan


def _supersede(plan: Plan, index: Index, ids: Iterable[Any]) -> None:
    for id_ in ids:
        path, line = _place_of(index, str(id_))
        if plan.entry(path, str(id_), line=line).get("status") != "superseded":
            plan.amend(path, str(id_), {"status": "superseded"}, line=line)


_OWN = (
    "id", "status", "status_note", "recorded", "recorded_by", "checked", "checked_by", "supersedes",
)  # fmt: skip
"""The keys of a fact that no other fact has from it."""


def duplicate_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact that is much like `entry` starts as: the same, save for what is its own."""
    return {key: value for key, value in entry.items() if key not in _OWN}


def successor_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact that supersedes `entry` starts as."""
    return duplicate_of(entry) | {"supersedes": [entry["id"]]}
