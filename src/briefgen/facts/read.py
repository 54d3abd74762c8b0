"""Reads a fact base: folder -> files -> values, with every problem and its place.

The steps, so that a cache can redo only what changed:

1. `files.list_base_files` names the files, in a stable order;
2. `read_base_file` turns the bytes of ONE file into values, problems and a light record;
3. `check.check_references` checks the records of all files together;
4. `assemble_base` makes the `Base` from what the files gave.

`read_base` does all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Mapping as MappingABC
from pathlib import Path

from briefgen.collector import collector_paused
from briefgen.errors import Problem
from briefgen.facts.check import check_references
from briefgen.facts.definitions import Definition, DefinitionKind, FileKind, FileRecord
from briefgen.facts.files import BaseFile, fatal_of_folder, list_base_files, read_bytes
from briefgen.facts.formats import ACTOR, BASE_FILE, FACT, PASSAGE, SOURCE
from briefgen.facts.model import Actor, Base, Fact, Measure, Passage, Source, Topic
from briefgen.facts.named_standards import named_standards
from briefgen.many_problems import MOST
from briefgen.reading.shapes import (
    FAULT,
    RecordShape,
    RecordValues,
    Report,
    Use,
    identifier,
    kind_of,
)
from briefgen.reading.yaml_tree import Document, Mapping, Node, Scalar, Sequence, parse_yaml
from briefgen.standards.markings import MarkingScheme
from briefgen.suggestions import shown
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class BaseHead:
    """What base.yaml says. Dicts keep the file's order."""

    title: str
    language: str
    topics: MappingABC[str, Topic]
    measures: MappingABC[str, Measure]
    markings: MarkingScheme
    scale: str
    """As written; empty if not said."""


@valueclass(frozen=True, slots=True)
class FileContent:
    """What one file gave. Faulty facts are not among `facts`; their problems are."""

    file: BaseFile
    problems: tuple[Problem, ...]
    fatal: bool
    """The file could not be parsed, or it is base.yaml and has an error."""
    record: FileRecord
    head: BaseHead | None = None
    """From base.yaml, when it has no error."""
    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()


@valueclass(frozen=True, slots=True)
class FactBase:
    """A whole fact base as read."""

    base: Base | None
    """None when base.yaml is missing or faulty."""
    facts: tuple[Fact, ...]
    """The facts without any error, in file order; any status."""
    problems: tuple[Problem, ...]
    """All of them, sorted by place."""
    fatal: tuple[Problem, ...]
    """Those of `problems` that stop export, facts and batch."""


def read_base_file(file: BaseFile, data: bytes | None = None, lines: int = 0) -> FileContent:
    """Read one file; `data` are its bytes if the caller has them. Never raises for bad content.

    `lines`: how many of its lines come before `data`, if these are not all of it. A file that
    cannot be opened gives a fatal problem.
    """
    content = read_bytes(file) if data is None else data
    if isinstance(content, Problem):
        return _broken(file, [content])
    with collector_paused():
        document = parse_yaml(content, file.shown_as, lines)
        if document.broken:
            return _broken(file, document.problems)
        if file.kind == "base":
            return _read_head(file, document, content)
        return _read_entries(file, document)


def fatal_of_files(contents: Iterable[FileContent]) -> list[Problem]:
    """Those problems of files that stop export, facts and batch, in the files' order."""
    return [
        problem
        for content in contents
        if content.fatal
        for problem in content.problems
        if problem.severity == "error"
    ]


def _broken(file: BaseFile, problems: Iterable[Problem]) -> FileContent:
    return FileContent(file, tuple(problems), True, FileRecord(file.kind, broken=True))


# --- base.yaml -------------------------------------------------------------------------------


def _read_head(file: BaseFile, document: Document, data: bytes) -> FileContent:
    report = Report(file.shown_as)
    root = document.root
    if root is None:
        root = Mapping([], 1, 1)
    values = BASE_FILE.read(root, report)
    if not isinstance(root, Mapping):
        return _broken(file, (*document.problems, *report.problems))
    scheme = named_standards(root, file, data, report)
    problems = (*document.problems, *report.problems)
    fatal = any(problem.severity == "error" for problem in problems)
    head = None
    if not fatal:
        assert isinstance(values, RecordValues)
        head = BaseHead(
            values["title"],
            values["language"],
            {id_: Topic(id_, label) for id_, label in values["topics"].items()},
            values["measures"],
            scheme,
            values.get("scale", ""),
        )
    return FileContent(
        file,
        problems,
        fatal,
        FileRecord("base", _head_definitions(root, scheme), untold=_untold(root, scheme)),
        head,
    )


def _head_definitions(root: Mapping, scheme: MarkingScheme) -> tuple[Definition, ...]:
    """Topics, measures and markings as they stand, even where base.yaml has faults elsewhere."""
    definitions: list[Definition] = []

    def define(kind: DefinitionKind, node: Scalar, detail: str = "", *uses: Use) -> None:
        definitions.append(Definition(kind, node.text, node.line, node.column, detail, False, uses))

    topics, measures, markings = (root.get(key) for key in ("topics", "measures", "markings"))
    if isinstance(topics, Mapping):
        for key, _ in topics.pairs:
            parent = Topic(key.text, "").parent
            above = () if parent is None else (_use("parent", parent, key, key.text),)
            define("topic", key, "", *above)
    if isinstance(measures, Mapping):
        for key, value in measures.pairs:
            unit = value.get("unit") if isinstance(value, Mapping) else None
            define("measure", key, unit.text if isinstance(unit, Scalar) else "")
    if isinstance(markings, Scalar | Sequence):
        for name in scheme.writings:
            definitions.append(
                Definition("marking", name, markings.line, markings.column, "", False, ())
            )
    return tuple(definitions)


def _untold(root: Mapping, scheme: MarkingScheme) -> tuple[DefinitionKind, ...]:
    """Of which kinds base.yaml says nothing, not even that there are none."""
    topics, measures, markings = (root.get(key) for key in ("topics", "measures", "markings"))
    untold: list[DefinitionKind] = []
    if not isinstance(topics, Mapping):
        untold.append("topic")
    if measures is not None and not isinstance(measures, Mapping):
        untold.append("measure")
    if markings is not None and not isinstance(markings, Sequence) and not scheme.levels:
        untold.append("marking")
    return tuple(untold)


def _use(role: str, target: str, node: Node, detail: str = "") -> Use:
    return Use(role, target, node.line, node.column, detail)


# --- actors.yaml, sources.yaml, facts/*.yaml, passages.yaml ----------------------------------


def _read_entries(file: BaseFile, document: Document) -> FileContent:
    report = Report(file.shown_as)
    entries = _entries(file, document, report)
    if entries is None:
        return _broken(file, (*document.problems, *report.problems))
    shape, kind = _ENTRY[file.kind]
    damaged = _damaged(entries, document.problems)
    definitions: list[Definition] = []
    values: list[Actor | Source | Fact | Passage] = []
    for index, node in enumerate(entries):
        errors, uses = report.errors, len(report.uses)
        if errors >= MOST:  # no more are remembered, and each costs as much as a good entry
            rest = Problem(
                report.origin(node),
                "error",
                "the rest of the file was not read: too much is wrong before it",
                "mend the first problems first",
            )
            return _broken(file, (*document.problems, *report.problems, rest))
        value = shape.read(node, report)
        whole = value is not FAULT and index not in damaged
        # An actor without its faulty role is still that actor. A fact without its faulty date
        # would be another fact, a source without its faulty marking another source.
        good = whole and (kind == "actor" or report.errors == errors)
        if good:
            values.append(value)
        definitions.append(
            Definition(
                kind,
                value.id if good else _raw_id(node),
                node.line,
                node.column,
                _raw_status(node) if kind == "fact" else _issued(value) if good else "",
                not good,
                tuple(report.uses[uses:]),
            )
        )
    return FileContent(
        file,
        (*document.problems, *report.problems),
        False,
        FileRecord(file.kind, tuple(definitions)),
        actors=tuple([value for value in values if isinstance(value, Actor)]),
        sources=tuple([value for value in values if isinstance(value, Source)]),
        facts=tuple([value for value in values if isinstance(value, Fact)]),
        passages=tuple([value for value in values if isinstance(value, Passage)]),
    )


_ENTRY: dict[FileKind, tuple[RecordShape, DefinitionKind]] = {
    "actors": (ACTOR, "actor"),
    "sources": (SOURCE, "source"),
    "facts": (FACT, "fact"),
    "passages": (PASSAGE, "passage"),
}


def _entries(file: BaseFile, document: Document, report: Report) -> list[Node] | None:
    """The list of entries; None when the file is no such list. An empty file is an empty list."""
    root = document.root
    if root is None:
        return []
    if file.kind == "sources":
        if not isinstance(root, Mapping):
            report.error(
                root, f"expected 'references:', found {kind_of(root)}", "put references: above it"
            )
            return None
        for key, _ in root.pairs:
            if key.text != "references":
                report.error(
                    key,
                    f"unknown key {shown(key.text)} beside references",
                    "sources.yaml holds 'references:' alone",
                )
        found = root.get("references")
        if found is None:
            report.error(root, "there is no 'references:'", "put references: above the sources")
            return None
        root = found
    if isinstance(root, Scalar) and not root.text and root.plain:
        return []
    if not isinstance(root, Sequence):
        report.error(
            root, f"expected a list, found {kind_of(root)}", "start each entry with '- id: …'"
        )
        return None
    return root.items


def _damaged(entries: list[Node], problems: list[Problem]) -> set[int]:
    """The entries in which the YAML itself has a fault, such as a key that stands twice."""
    damaged: set[int] = set()
    for problem in problems:
        place = (problem.origin.line or 0, problem.origin.column or 0)
        before = [i for i, entry in enumerate(entries) if (entry.line, entry.column) <= place]
        damaged.update(before[-1:])
    return damaged


_ID = identifier()


def _raw_id(node: Node) -> str:
    """The id of an entry that has other faults, if it has one."""
    found = node.get("id") if isinstance(node, Mapping) else None
    if found is None:
        return ""
    value = _ID.read(found, Report(""))
    return value if isinstance(value, str) else ""


def _issued(value: Actor | Source | Fact) -> str:
    date = value.issued if isinstance(value, Source) else None
    return date.text if date is not None else ""


def _raw_status(node: Node) -> str:
    found = node.get("status") if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else "current"


# --- all together ----------------------------------------------------------------------------


def assemble_base(
    folder: str, contents: Iterable[FileContent], faulty_passages: Collection[str] = ()
) -> Base | None:
    """The base from its files (any order); None without a good base.yaml. Facts are ignored.

    `faulty_passages` are ids of passages in which a check across files found a fault.
    """
    head: BaseHead | None = None
    actors: dict[str, Actor] = {}
    sources: dict[str, Source] = {}
    passages: dict[str, Passage] = {}
    for content in contents:
        head = content.head or head
        for actor in content.actors:
            actors.setdefault(actor.id, actor)
        for source in content.sources:
            sources.setdefault(source.id, source)
        for passage in content.passages:
            if passage.id not in faulty_passages:
                passages[passage.id] = passage
    if head is None:
        return None
    return Base(
        folder,
        head.title,
        head.language,
        head.topics,
        head.measures,
        head.markings,
        actors,
        sources,
        passages,
        head.scale,
    )


def read_frame(folder: Path) -> tuple[Base | None, tuple[Problem, ...]]:
    """base.yaml, actors.yaml and sources.yaml alone, and their problems (not across facts)."""
    read = _read(folder, ("base", "actors", "sources"))
    return read.base, read.problems


def read_base(folder: Path) -> FactBase:
    """Read and check everything. Raises `InputError` only when `folder` is no folder."""
    return _read(folder, ("base", "actors", "sources", "facts", "passages"))


def _read(folder: Path, kinds: tuple[FileKind, ...]) -> FactBase:
    files, problems_of_folder = list_base_files(folder)
    with collector_paused():
        contents = [read_base_file(file) for file in files if file.kind in kinds]
        check = check_references([(content.file.shown_as, content.record) for content in contents])
    problems = [*problems_of_folder, *check.problems]
    fatal = [*fatal_of_folder(problems_of_folder), *check.fatal, *fatal_of_files(contents)]
    for content in contents:
        problems += content.problems
    return FactBase(
        assemble_base(str(folder), contents, check.faulty_passages) if not check.fatal else None,
        tuple(
            [
                fact
                for content in contents
                for fact in content.facts
                if fact.id not in check.faulty_facts
            ]
        ),
        tuple(sorted(problems, key=lambda problem: problem.sort_key)),
        tuple(sorted(fatal, key=lambda problem: problem.sort_key)),
    )
