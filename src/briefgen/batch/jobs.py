"""The jobs file: YAML read strictly into one request for each brief.

Everything that can be known before a base is opened is a problem here, with its place, and all
problems are told at once: then nothing is run. What only a base can tell (a topic that does not
exist) is that job's failure, later.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefgen.batch.layers import lay_over
from briefgen.batch.manifest import MANIFEST_NAME
from briefgen.batch.names import as_name, fault_of_name, same_file
from briefgen.batch.placeholders import (
    check_placeholders,
    combinations,
    filled,
    letters_filled,
    with_placeholders,
)
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.reader import SPEC_KEYS, read_spec, spec_of_document
from briefgen.errors import InputError, Origin, Problem
from briefgen.folders import at_home
from briefgen.pipeline.naming import stem_of
from briefgen.reading.shapes import (
    FAULT,
    FormatShape,
    JsonSchema,
    Key,
    ListShape,
    MapShape,
    RecordShape,
    RecordValues,
    Report,
    Shape,
    TextShape,
    kind_of,
)
from briefgen.reading.yaml_tree import Document, Mapping, Node, Scalar, Sequence, read_yaml_file
from briefgen.suggestions import did_you_mean, shown
from briefgen.values import valueclass

MAX_JOBS = 100_000
"""Most jobs of one file: a matrix of a few short lists multiplies beyond any use."""

MAX_VALUES_OF_MATRIX = 1_000_000
MAX_LETTERS_OF_MATRIX = 50_000_000
"""Most values and letters of all jobs of a matrix: sixty thousand full ones have fewer."""


DRAFT = "eml"
"""The kind of file that a job with `email:` has besides its outputs."""


@valueclass(frozen=True, slots=True)
class Job:
    """One brief to be made: what it is called, and all that was asked for."""

    name: str
    spec: BriefSpec
    origin: Origin
    """Where it stands in the jobs file; for one of a matrix, where the matrix's job does."""
    said: str
    """Digests of all that files say of it, which do not depend on where it stands."""

    @property
    def is_mailed(self) -> bool:
        """Whether a run that may send sends it."""
        return self.spec.email is not None and self.spec.email.send

    @property
    def files(self) -> dict[str, str]:
        """The names of its files by kind: its formats, and `eml` for a draft of its message."""
        kinds: list[str] = list(dict.fromkeys(self.spec.outputs))
        if self.spec.email is not None:
            kinds.append(DRAFT)
        return {kind: f"{self.name}.{kind}" for kind in kinds}


@valueclass(frozen=True, slots=True)
class _AsItStands(Shape):
    """Keys and values that are read later, once placeholders and defaults are dealt with."""

    what: str

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Mapping):
            return node
        return report.error(
            node, f"expected a {self.what}, found {kind_of(node)}", "write 'key: value' lines"
        )

    def json_schema(self) -> JsonSchema:
        own = {} if self.what == "record of defaults" else _OWN_SCHEMAS
        known = RecordShape(_BRIEF_KEYS, self.what).json_schema()
        schema: JsonSchema = known | {"properties": own | known["properties"]}
        return with_placeholders(schema) if self.what == "job of the matrix" else schema


_BRIEF_KEYS = {
    name: key for name, key in SPEC_KEYS.items() if name != "format" and not key.not_built
}
_OWN_SCHEMAS: JsonSchema = {
    "name": {
        "type": ["string", "number", "boolean"],
        "description": "What its files are called; else as the brief's file.",
    },
    "brief": {"type": "string", "description": "A brief file. What the job says goes before it."},
}
_OWN_KEYS = tuple(_OWN_SCHEMAS)

_VALUE = TextShape(single_line=True, expected="a value")
_VALUE_NAME = TextShape(
    single_line=True,
    pattern=r"[A-Za-z_][A-Za-z0-9_-]*",
    expected="a value's name",
    hint="a name has letters, digits, _ and -",
)

_JOBS_SHAPE = RecordShape(
    {
        "format": Key(FormatShape(), required=True, about="Always 1."),
        "defaults": Key(_AsItStands("record of defaults"), about="What jobs have if not said."),
        "jobs": Key(ListShape(_AsItStands("job")), about="One brief each."),
        "matrix": Key(
            RecordShape(
                {
                    "values": Key(
                        MapShape(_VALUE_NAME, ListShape(_VALUE, may_be_empty=False)),
                        required=True,
                        about="Lists of values; there is a job for every combination.",
                    ),
                    "job": Key(
                        _AsItStands("job of the matrix"),
                        required=True,
                        about="A job with {placeholders}.",
                    ),
                },
                "matrix",
            ),
            about="One job for every combination of values.",
        ),
    },
    "jobs file",
)  # fmt: skip


def jobs_json_schema() -> JsonSchema:
    """JSON Schema of a jobs file."""
    return _JOBS_SHAPE.json_schema()


def read_jobs(path: Path) -> tuple[Job, ...]:
    """The jobs of a jobs file, in its order, those of the matrix last.

    Raises `InputError` carrying every problem found in it and in the brief files that it names.
    """
    document = read_yaml_file(path)
    report = Report(document.path, list(document.problems))
    if document.root is None:
        if not report.problems:
            report.problems.append(
                Problem(
                    Origin(document.path), "error", "the jobs file is empty",
                    "start it with 'format: 1' and 'jobs:'",
                )
            )  # fmt: skip
        raise InputError.from_problems(report.problems)
    read = _JOBS_SHAPE.read(document.root, report)
    jobs = _Reader(path, report).jobs(read) if isinstance(read, RecordValues) else ()
    if report.problems:
        found = dict.fromkeys(sorted(report.problems, key=lambda problem: problem.sort_key))
        raise InputError.from_problems(found)
    return jobs


class _Reader:
    """Reads the jobs of one file."""

    def __init__(self, path: Path, report: Report) -> None:
        self.folder = path.parent
        self.report = report
        self.defaults = BriefSpec()
        self.said = ""
        self.briefs: dict[Path, tuple[BriefSpec, str] | None] = {}
        self.named: list[tuple[str, Origin, tuple[str, ...]]] = []
        """Each job's name, its place and its files, those of faulty jobs among them."""

    def jobs(self, record: RecordValues) -> tuple[Job, ...]:
        defaults = record.get("defaults")
        if defaults is not None:
            self._known_keys(defaults, "the defaults", _BRIEF_KEYS)
            self.said = _said(defaults)
            read = self._spec(defaults)
            self.defaults = read if read is not None else self.defaults
        nodes = [*record.get("jobs", ()), *self._of_matrix(record.get("matrix"))]
        if not nodes and not self.report.problems:
            self.report.error(record.node, "there are no jobs", "add some under jobs or matrix")
        jobs = [job for job in map(self._job, nodes) if job is not None]
        self._no_clashes()
        return tuple(jobs)

    def _of_matrix(self, matrix: RecordValues | None) -> Iterator[Mapping]:
        if matrix is None:
            return
        values, job = matrix["values"], matrix["job"]
        before = len(self.report.problems)
        used = check_placeholders(job, values, self.report)
        for key, _ in getattr(matrix.node.get("values"), "pairs", ()):
            if key.text in values and key.text not in used:
                self.report.error(
                    key,
                    f"the value {key.text!r} is used nowhere in the matrix's job",
                    f"write {{{key.text}}} where it belongs, or remove it",
                )
        times = math.prod(map(len, values.values()))
        too_many = ""
        if times > MAX_JOBS:
            too_many = f"{MAX_JOBS:,} jobs"
        elif times * job.size > MAX_VALUES_OF_MATRIX:
            too_many = f"{MAX_VALUES_OF_MATRIX:,} values in its {times:,} jobs"
        elif (
            len(self.report.problems) == before  # all names are known
            and letters_filled(job, values) > MAX_LETTERS_OF_MATRIX
        ):
            too_many = f"{MAX_LETTERS_OF_MATRIX:,} letters in its {times:,} jobs"
        if too_many:
            self.report.error(
                matrix.node,
                f"the matrix makes more than {too_many}",
                "shorten its lists, or split the file",
            )
        if len(self.report.problems) > before:
            return
        for chosen in combinations(values):
            made = filled(job, chosen, self.report)
            assert isinstance(made, Mapping)
            yield made

    def _job(self, node: Mapping) -> Job | None:
        """One job; None after reporting what is wrong with it."""
        before = len(self.report.problems)
        self._known_keys(node, "a job", {**dict.fromkeys(_OWN_KEYS), **_BRIEF_KEYS})
        spec = self.defaults
        said = [self.said, _said(node)]
        file = self._text(node, "brief")
        stem = ""
        if file:
            path = self.folder / at_home(file)
            stem = stem_of(path)
            under = self._brief(path, node.get("brief") or node)
            if under is not None:
                spec = lay_over(spec, under[0])
                said.append(under[1])
        own = self._spec(node)
        name = as_name(self._text(node, "name") or stem)
        where = node.get("name") or node.get("brief") or node
        if not name and node.get("name") is None and not file:
            self.report.error(node, "a job needs the key 'name'", "add name: …; it names the files")
        elif name:
            fault = fault_of_name(name)
            if fault is not None:
                self.report.error(where, *fault)
        if own is not None:
            spec = lay_over(spec, own)
        job = Job(name, spec, self.report.origin(where), " ".join(said))
        if name:
            self.named.append((name, job.origin, tuple(job.files.values())))
        if len(self.report.problems) > before:
            return None
        if not _in_order(spec):
            self.report.error(
                node.get("select") or node,
                "with the defaults, the end of the selection lies before its start",
                "say both from and to here",
            )
            return None
        if spec.email is not None and spec.email.send and not (spec.email.to or spec.email.cc):
            self.report.error(
                node.get("email") or node,
                "it is to be sent (send: true), and there is nobody to send it to",
                "add to: under email",
            )
            return None
        return job

    def _spec(self, node: Mapping) -> BriefSpec | None:
        """The keys of a brief among those of `node`; None after reporting what is wrong."""
        pairs = [(key, value) for key, value in node.pairs if key.text in SPEC_KEYS]
        pairs = [(key, value) for key, value in pairs if key.text != "format"]
        form = (Scalar("format", node.line, node.column), Scalar("1", node.line, node.column))
        whole = Mapping([form, *pairs], node.line, node.column)
        try:
            return spec_of_document(Document(self.report.path, whole), self.folder)
        except InputError as error:
            self.report.problems += error.problems or [_as_problem(error)]
            return None

    def _brief(self, path: Path, at: Node) -> tuple[BriefSpec, str] | None:
        """What a brief file asks for, and says; None after reporting what is wrong with it."""
        if path not in self.briefs:
            self.briefs[path] = None
            try:
                spec = read_spec(path)
                root = read_yaml_file(path).root
                assert root is not None
                self.briefs[path] = (spec, _said(root))
            except InputError as error:
                problems = error.problems
                if problems:
                    self.report.problems += problems
                else:
                    self.report.error(at, f"{path}: {error.message}", error.hint)
        return self.briefs[path]

    def _known_keys(self, node: Mapping, what: str, known: dict[str, Any]) -> None:
        for key, _ in node.pairs:
            if key.text in known or (key.text in SPEC_KEYS and SPEC_KEYS[key.text].not_built):
                continue
            near = did_you_mean(key.text, known)
            if key.text == "format":
                near = "it stands once, at the top of the file"
            elif key.text in _OWN_KEYS:
                near = "it belongs to a single job"
            self.report.error(
                key,
                f"unknown key {shown(key.text)} in {what}",
                near or "a job has the keys of a brief, name and brief",
            )

    def _text(self, node: Mapping, key: str) -> str:
        value = node.get(key)
        if value is None:
            return ""
        text = TextShape(single_line=True, expected=f"a {key}").read(value, self.report)
        return "" if text is FAULT else str(text)

    def _no_clashes(self) -> None:
        """Report names that some system takes for one, and files that would be another's."""
        names: dict[str, tuple[str, Origin]] = {}
        owners: dict[str, str] = {same_file(MANIFEST_NAME): "the manifest"}
        for name, origin, files in self.named:
            other = names.get(same_file(name))
            if other is not None:
                same = "the same name" if other[0] == name else f"the name {other[0]!r}"
                self._error(
                    origin,
                    f"two jobs are called {name!r}: the one at line {other[1].line} has {same}"
                    + ("" if other[0] == name else ", the same on some systems"),
                    "give each a name of its own",
                )
                continue
            names[same_file(name)] = (name, origin)
            for file in files:
                owner = owners.setdefault(same_file(file), name)
                if owner != name:
                    self._error(
                        origin,
                        f"the file {file} of the job {name!r} would overwrite that of {owner}",
                        "choose another name",
                    )

    def _error(self, origin: Origin, message: str, hint: str) -> None:
        self.report.problems.append(Problem(origin, "error", message, hint))


def _in_order(spec: BriefSpec) -> bool:
    first, last = spec.select.first_day, spec.select.last_day
    return first is None or last is None or first <= last


def _said(node: Node) -> str:
    """A digest, in hex, of what the tree says: a text of a megabyte may stand in every job."""
    said = json.dumps(_as_data(node), ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _as_data(node: Node) -> Any:
    """The tree as lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_as_data(item) for item in node.items]
    return {key.text: _as_data(value) for key, value in node.pairs}


def _as_problem(error: InputError) -> Problem:
    return Problem(error.origin or Origin(""), "error", error.message, error.hint)
