"""The passages of a base, held against their facts: which stand, and what to ask of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from briefgen.brief.passages.checks import Reviewer
from briefgen.errors import Problem, UsageError
from briefgen.facts.staleness import Change, not_checked, open_disputes, what_changed
from briefgen.suggestions import did_you_mean

if TYPE_CHECKING:
    from briefgen.facts.model import Base, Fact, Passage
    from briefgen.index import Index


class ReadPassage(NamedTuple):
    """A passage, and how it stands to its facts."""

    passage: Passage
    changes: tuple[Change, ...]
    """Why it is stale: its facts are printed one by one."""
    unchecked: tuple[str, ...]
    """Of its facts, those with which nobody has compared it yet."""
    doubts: tuple[str, ...]
    """What a careful reader would question: `wrong; do this`."""

    @property
    def state(self) -> Literal["stale", "not checked", "checked"]:
        """In a word or two."""
        return "stale" if self.changes else "not checked" if self.unchecked else "checked"

    def problems(self) -> list[Problem]:
        """The same as problems of the base: warnings all."""
        name, origin = repr(self.passage.id), self.passage.origin
        again = f"read it against its facts, then: briefgen passages --checked {self.passage.id}"
        found = [
            Problem(
                origin,
                "warning",
                f"passage {name} is stale, its facts are printed one by one: {change}",
                again if change.what == "changed" else _REMEDIES[change.what],
            )
            for change in self.changes
        ]
        if self.unchecked and not self.changes:
            against = f" against {', '.join(self.unchecked)}" if self.passage.checked else ""
            found.append(
                Problem(origin, "warning", f"passage {name} is not yet checked{against}", again)
            )
        for doubt in self.doubts:
            what, _, then = doubt.rpartition("; ")
            found.append(Problem(origin, "warning", f"passage {name}: {what}", then))
        return found


_REMEDIES = {
    "missing": "correct the fact, or take it out of the passage",
    "superseded": "cite the fact that replaces it, or take the passage away",
    "retracted": "take the fact out of the passage",
    "disputed": "cite the other side too and name the voice of each, or take the fact out",
}


def read_passages(
    base: Base, facts: Mapping[str, Fact], *, review: bool = True
) -> list[ReadPassage]:
    """Each passage of the base held against `facts`, which are all of the base's, by id.

    Without `review` nobody looks for what to question, which takes milliseconds for each.
    """
    reviewer = Reviewer(base)
    disputes = open_disputes(facts)
    return [
        ReadPassage(
            passage,
            what_changed(passage, facts, disputes),
            not_checked(passage),
            reviewer.warnings(passage, facts, disputes) if review else (),
        )
        for passage in base.passages.values()
    ]


def passages_in(index: Index, *, review: bool = True) -> list[ReadPassage]:
    """The passages of an opened base, each held against its facts; `review` as above."""
    base = index.base
    cited = (id_ for passage in base.passages.values() for id_ in passage.facts)
    return read_passages(base, index.facts_and_disputing(cited), review=review)


def stale_problems(index: Index) -> tuple[Problem, ...]:
    """Which passages of an opened base are stale or not yet checked, as problems of the base."""
    return tuple(problem for one in passages_in(index, review=False) for problem in one.problems())


def passages(
    folder: Path,
) -> tuple[list[dict[str, Any]], list[tuple[str, ...]], tuple[Problem, ...]]:
    """The passages of a base as records, as rows (id, state, text), and the base's problems."""
    from briefgen.facts.tables.export import passage_record
    from briefgen.pipeline.bases import open_base

    with open_base(folder) as index:
        read = passages_in(index)
        records = [
            passage_record(one.passage)
            | {
                "state": one.state,
                "changes": list(map(str, one.changes)),
                "warnings": list(one.doubts),
            }
            for one in read
        ]
        rows: list[tuple[str, ...]] = [
            (one.passage.id, one.state, " ".join(one.passage.text.split())) for one in read
        ]
        return records, rows, index.errors


class Noted(NamedTuple):
    """What was noted of passages, and what was not."""

    ids: tuple[str, ...]
    """Of those whose notes were changed."""
    left_stale: tuple[str, ...]
    """Of those that have to be read again and be named."""
    problems: tuple[Problem, ...]
    """The base's: faulty passages are not among its passages."""


def mark_checked(folder: Path, ids: Sequence[str]) -> Noted:
    """Note that passages have been compared with their facts as these stand now.

    Without `ids`, those that nobody has compared yet: one that is stale must be named, since
    somebody has to read it again. Raises `UsageError` for an id that the base does not have and
    for one that no reading makes good, `InputError` and `OutputError` as writing into a base does.
    """
    from briefgen.editing.passages import plan_checked
    from briefgen.pipeline.bases import open_base

    with open_base(folder) as index:
        read = {one.passage.id: one for one in passages_in(index)}
        for id_ in ids:
            if id_ not in read:
                raise UsageError(
                    f"the base has no passage {id_!r}",
                    hint=did_you_mean(id_, read) or "'briefgen passages' lists them",
                )
            for change in read[id_].changes:
                if change.what != "changed":
                    raise UsageError(
                        f"passage {id_!r} cannot be checked: {change}",
                        hint=_REMEDIES[change.what],
                        origin=read[id_].passage.origin,
                    )
        wanted: Iterable[str] = ids or (
            id_ for id_, one in read.items() if one.state == "not checked"
        )
        plan, changed = plan_checked(index, wanted)
        plan.write()
        left = (id_ for id_, one in read.items() if one.state == "stale" and id_ not in ids)
        return Noted(tuple(changed), tuple(left), index.errors)
