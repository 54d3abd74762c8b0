"""Checks across the files of a fact base, over light records: no file is opened here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from briefgen.dates import parse_edtf
from briefgen.errors import Origin, Problem
from briefgen.facts.definitions import Definition, DefinitionKind, FileKind, FileRecord
from briefgen.facts.timing import is_after
from briefgen.facts.timing_questions import issued_too_early
from briefgen.many_problems import Problems
from briefgen.reading.shapes import Use
from briefgen.standards.markings import near_marking
from briefgen.suggestions import did_you_mean, shown
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class CrossCheck:
    """What the files of a base say against each other."""

    problems: tuple[Problem, ...]
    """In file order. Problems in base.yaml are fatal: see `fatal`."""
    faulty_facts: frozenset[str]
    """Ids of the facts to leave out. A fact may be faulty in its own file as well."""
    faulty_passages: frozenset[str]
    """Ids of the passages to leave out, in the same way."""
    fatal: tuple[Problem, ...]
    """Those of `problems` that stop export, facts and batch."""


class KnownFacts(Protocol):
    """What somebody who has the facts at hand knows of them, so that not all need be kept here."""

    @property
    def worth_keeping(self) -> Collection[str]:
        """At least the ids that stand twice, and those that facts or passages name."""

    def ids(self) -> Iterable[str]:
        """All ids, faulty facts' among them."""


def check_references(
    files: Iterable[tuple[str, FileRecord]], facts: KnownFacts | None = None
) -> CrossCheck:
    """Check all files of a base together.

    `files` gives each file's path as messages show it, and its record, in the order of
    `list_base_files`; a file may come in parts. With `facts` it is gone through several times and
    not kept, and the entries of records may be plain lists. Of actors and sources with the same id
    the first stands; facts with the same id are all left out, and so are passages, since nothing
    can tell which one a brief means.

    What is faulty takes along what depends on it: a fact that cites a faulty source or names a
    faulty actor is left out too, with a problem of its own. A fact that another one supersedes
    while its own status says otherwise is the one left out, not its successor.
    """
    check = _Check(tuple(files) if facts is None else files, facts)
    check.run()
    return CrossCheck(
        tuple(check.problems),
        frozenset(check.faulty["fact"]),
        frozenset(check.faulty["passage"]),
        tuple(check.fatal),
    )


_DEFINED_IN: dict[str, FileKind] = {
    "topic": "base",
    "measure": "base",
    "marking": "base",
    "actor": "actors",
    "source": "sources",
    "fact": "facts",
    "passage": "passages",
}
_HOME = {
    "topic": "topics of base.yaml",
    "measure": "measures of base.yaml",
    "marking": "markings of base.yaml",
    "actor": "actors.yaml",
    "source": "sources.yaml",
    "fact": "facts/",
    "passage": "passages.yaml",
}
_TARGET_KIND = {
    "supersedes": "fact",
    "disputes": "fact",
    "derived-from": "source",
    "unit": "measure",
    "said-in": "source",
}
_MOST_SUGGESTIONS = 40
"""Looking for a near name among thousands is slow: the first faults get one, the rest do not."""


_ORDER: tuple[FileKind, ...] = ("base", "actors", "sources", "facts", "passages")
"""What others depend on is judged first."""
_CHAINED = ("derived-from", "supersedes")


@dataclass(slots=True)
class _Check:
    files: Iterable[tuple[str, FileRecord]]
    facts: KnownFacts | None
    problems: list[Problem] = field(default_factory=Problems)
    fatal: list[Problem] = field(default_factory=Problems)
    faulty: dict[DefinitionKind, set[str]] = field(
        default_factory=lambda: {"fact": set(), "passage": set()}
    )
    """Ids of the facts and passages that are left out."""
    unusable: dict[tuple[str, str], Origin] = field(default_factory=dict)
    """Sources and actors that are left out, by kind and id."""
    defined: dict[str, dict[str, tuple[str, Definition]]] = field(
        default_factory=lambda: {kind: {} for kind in _DEFINED_IN}
    )
    """Of what uses names, those that can run in circles."""
    sound: dict[str, set[str]] = field(default_factory=dict)
    """By role, the names that may be used so without a further look: nearly all."""
    sound_units: set[tuple[str, str]] = field(default_factory=set)
    issued: dict[str, int | None] = field(default_factory=dict)
    """The last day on which a source can have been issued."""
    unknown_kinds: set[str] = field(default_factory=set)
    """Kinds whose file is broken there, so that no name of theirs can be called unknown."""
    suggestions: dict[tuple[str, str], str] = field(default_factory=dict)

    def run(self) -> None:
        kinds = self._collect()
        self._find_sound()
        in_order = kinds == sorted(kinds, key=_ORDER.index)
        for wanted in (_ORDER,) if in_order else [(kind,) for kind in _ORDER]:
            for path, record in self.files:
                if record.kind in wanted:
                    for definition in record.definitions:
                        self._check_definition(path, record.kind, definition)
        self._check_circles("source", "derived-from")
        self._check_circles("fact", "supersedes")

    def _collect(self) -> list[FileKind]:
        """Note what is defined; the kinds of the files, in their order."""
        kinds: list[FileKind] = []
        broken: set[FileKind] = set()
        worth_keeping = None if self.facts is None else self.facts.worth_keeping
        untold: set[str] = set()
        for path, record in self.files:
            kinds.append(record.kind)
            if record.broken:
                broken.add(record.kind)
            untold.update(record.untold)
            for kind, id_, line, column, detail, faulty, uses in record.definitions:
                if faulty and kind in self.faulty:
                    self.faulty[kind].add(id_)
                if not id_ or (
                    worth_keeping is not None and kind == "fact" and id_ not in worth_keeping
                ):
                    continue
                chained = tuple([Use(*use) for use in uses if use[0] in _CHAINED])
                definition = Definition(kind, id_, line, column, detail, faulty, chained)
                first = self.defined[kind].setdefault(id_, (path, definition))
                if first[1] is not definition:
                    self._duplicate(path, record.kind, definition, first)
                elif faulty:
                    self.unusable[kind, id_] = Origin(path, line, column)
        # Without these two nothing works, which is reported once, not for each name.
        needed: set[FileKind] = {"base", "sources"}
        broken |= needed.difference(kinds)
        self.unknown_kinds = {kind for kind, home in _DEFINED_IN.items() if home in broken}
        self.unknown_kinds |= untold
        for ids in self.faulty.values():
            ids.discard("")
        return kinds

    def _find_sound(self) -> None:
        for role in ("topic", "measure", "marking", "actor", "source"):
            self.sound[role] = {
                id_ for id_ in self.defined[role] if (role, id_) not in self.unusable
            }
        self.sound["derived-from"] = set(self.defined["source"])
        for id_, (_, source) in self.defined["source"].items():
            issued = parse_edtf(source.detail) if source.detail else None
            self.issued[id_] = None if issued is None else issued.last_day

    def _duplicate(
        self, path: str, file: FileKind, definition: Definition, first: tuple[str, Definition]
    ) -> None:
        where = Origin(first[0], first[1].line, first[1].column)
        self._report(
            path,
            file,
            definition,
            f"{definition.kind} id {definition.id!r} stands twice, first at {where}",
            "give one of them another id",
        )
        if definition.kind in self.faulty:
            self.faulty[definition.kind].add(definition.id)

    def _check_definition(self, path: str, file: FileKind, definition: Definition) -> None:
        kind, id_, line, column, _, _, uses = definition
        sound, units = self.sound, self.sound_units
        for each in uses:
            role, target = each[0], each[1]
            if role in sound:
                if target in sound[role]:
                    continue
            elif role == "unit":
                if (target, each[4]) in units:
                    continue
            elif role == "said-in":
                first, last = _first_day(each[4]), self.issued.get(target)
                if first is None or last is None or first <= last:
                    continue
            elif role in ("supersedes", "disputes") and target == id_:
                continue  # reported where the file was read
            if self._check_use(path, file, Use(*each)):
                if role == "unit":
                    units.add((target, each[4]))
            elif kind in self.faulty:
                if id_:
                    self.faulty[kind].add(id_)
            elif kind == "source" and role == "marking":
                self.unusable.setdefault((kind, id_), Origin(path, line, column))
                self.sound[kind].discard(id_)

    def _check_use(self, path: str, file: FileKind, use: Use) -> bool:
        """Whether the name may be used so; reports it if not."""
        role, target = use.role, use.target
        if role == "parent":
            return self._check_parent(path, file, use)
        kind = _TARGET_KIND.get(role, role)
        found = self.defined[kind].get(target)
        if role == "said-in":
            self._check_said(path, use, found)
            return True
        if found is None:
            if role != "unit" and kind not in self.unknown_kinds:
                self._report_unknown(path, file, use, kind)
                return False
            return True
        if role == "unit":
            if use.detail == found[1].detail or not found[1].detail:
                return True
            self._report(
                path,
                file,
                use,
                f"unit {shown(use.detail)} is not that of {target!r}: {found[1].detail!r}",
                "convert the figure, or define another measure",
            )
            return False
        if role == "supersedes":
            self._check_superseded(path, file, use, found)
            return True
        if kind in ("source", "actor") and role != "derived-from":
            unusable = self.unusable.get((kind, target))
            if unusable is not None:
                self._report(
                    path, file, use, f"{kind} {target!r} is faulty", f"correct it at {unusable}"
                )
                return False
        return True

    def _check_said(self, path: str, use: Use, source: tuple[str, Definition] | None) -> None:
        """Ask of a fact whose date comes after its source was issued: how could it know?"""
        if source is None or not source[1].detail:
            return
        date, issued = parse_edtf(use.detail), parse_edtf(source[1].detail)
        if is_after(date, issued):
            place = Origin(path, use.line, use.column)
            told = issued_too_early(date, use.target, issued)
            self.problems.append(Problem(place, "warning", *told))

    def _check_parent(self, path: str, file: FileKind, use: Use) -> bool:
        if use.target in self.defined["topic"]:
            return True
        self._report(
            path,
            file,
            use,
            f"topic {use.detail!r} is part of {use.target!r}, which is not there",
            f"add '{use.target}: …' to topics",
        )
        return False

    def _check_superseded(
        self, path: str, file: FileKind, use: Use, found: tuple[str, Definition]
    ) -> None:
        other_path, other = found
        if other.detail == "superseded" or (other.faulty and not other.detail):
            return
        self.faulty["fact"].add(use.target)
        self._report(
            path,
            file,
            use,
            f"{use.target!r} is superseded here, but its status is {other.detail}",
            f"set status: superseded at {Origin(other_path, other.line, other.column)}",
        )

    def _report_unknown(self, path: str, file: FileKind, use: Use, kind: str) -> None:
        key = (kind, use.target)
        if key not in self.suggestions:
            enough = len(self.suggestions) >= _MOST_SUGGESTIONS
            near = near_marking if kind == "marking" else did_you_mean
            names: Iterable[str] = self.defined[kind]
            if kind == "fact" and self.facts is not None and not enough:
                names = self.facts.ids()
            self.suggestions[key] = "" if enough else near(use.target, names)
        hint = self.suggestions[key] or f"add it to {_HOME[kind]}, or correct the name"
        self._report(path, file, use, f"unknown {kind} {shown(use.target)}", hint)

    def _check_circles(self, kind: DefinitionKind, role: str) -> None:
        """Sources that rewrite each other, facts that replace each other: none can be the first."""
        defined = self.defined[kind]
        settled: set[str] = set()
        for start in defined:
            chain: list[str] = []
            pending = [(start, 0)]
            while pending:
                name, depth = pending.pop()
                del chain[depth:]
                if name in chain:
                    self._report_circle(kind, role, [*chain[chain.index(name) :], name])
                    continue
                if name in settled or name not in defined:
                    continue
                settled.add(name)
                chain.append(name)
                pending += [
                    (use.target, depth + 1)
                    for use in reversed(defined[name][1].uses)
                    if use.role == role
                ]

    def _report_circle(self, kind: DefinitionKind, role: str, circle: list[str]) -> None:
        if kind == "fact" and len(circle) == 2:
            return  # a fact that supersedes itself: reported where the file was read
        path, definition = self.defined[kind][circle[-2]]
        use = next(use for use in definition.uses if use.role == role and use.target == circle[-1])
        if kind == "fact":
            self.faulty["fact"].update(circle)
            what = f"facts supersede each other: {', then '.join(circle)}"
            hint = "say which is the latest and remove its id from supersedes elsewhere"
        else:
            what = (
                "the source is derived from itself"
                if len(circle) == 2
                else f"sources are derived from each other: {' from '.join(circle)}"
            )
            hint = "say which came first and remove its derived_from"
        self._report(path, "facts" if kind == "fact" else "sources", use, what, hint)

    def _report(
        self, path: str, file: FileKind, at: Use | Definition, message: str, hint: str
    ) -> None:
        problem = Problem(Origin(path, at.line, at.column), "error", message, hint)
        self.problems.append(problem)
        if file == "base":
            self.fatal.append(problem)


@lru_cache(maxsize=50_000)
def _first_day(date: str) -> int | None:
    found = parse_edtf(date)
    return None if found is None else found.first_day
