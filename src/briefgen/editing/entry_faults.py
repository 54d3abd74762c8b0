"""What is wrong with an entry while a person is still writing it, each fault with its field.

The entry is read by what reads the base's files, and checked against the base as the base is
checked: what passes here will be read without a fault.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Literal

from briefgen.dates import parse_edtf
from briefgen.errors import InputError, Severity, one_line
from briefgen.facts.formats import ACTOR, FACT, PASSAGE, SOURCE
from briefgen.facts.timing import is_after
from briefgen.facts.timing_questions import issued_too_early
from briefgen.index import Index
from briefgen.patterns import lazy_pattern
from briefgen.reading.shapes import RecordShape, Report, Use
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node, Scalar, Sequence
from briefgen.standards.markings import near_marking
from briefgen.suggestions import did_you_mean, shown
from briefgen.values import valueclass
from briefgen.writing.emit import plain_text

EntryKind = Literal["fact", "source", "actor", "passage"]
Place = tuple[str | int, ...]
"""Keys and numbers of items from 0: `("cites", 0, "source")`. Empty: the entry as a whole."""

SHAPES: dict[EntryKind, RecordShape] = {
    "fact": FACT, "source": SOURCE, "actor": ACTOR, "passage": PASSAGE,
}  # fmt: skip


@valueclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, or questionable, with an entry."""

    place: Place
    severity: Severity
    sentence: str
    """What is wrong and what to do."""

    @property
    def field(self) -> str:
        """The entry's key that it is about; empty for the entry as a whole."""
        return str(self.place[0]) if self.place else ""


_MISSING = {
    ("fact", "id"): "an id is made of the statement: write that, or an id",
    ("source", "id"): "an id is made of authors and title: write those, or an id",
    ("actor", "id"): "an id is made of the name: write that, or an id",
    ("fact", "statement"): "say what happened or held, in one sentence",
    ("fact", "topics"): "choose at least one topic",
    ("fact", "kind"): "choose what sort of fact it is",
    ("fact", "cites"): "name a source: without one it is no fact",
    ("source", "type"): "choose what sort of document it is",
    ("actor", "name"): "write the name as it is to be printed",
    ("actor", "kind"): "choose what sort of actor it is",
    ("passage", "id"): "an id is made of the facts': write one",
    ("passage", "text"): "say in a sentence what the facts say",
    ("cites", "source"): "choose the source",
    ("figures", "measure"): "choose what is counted",
    ("figures", "value"): "write the number",
}
_NEEDS = lazy_pattern(r"needs the key '(\w+)'")


def entry_faults(
    kind: EntryKind,
    entry: Mapping[str, Any],
    index: Index,
    *,
    own_id: str | None = None,
    new_sources: Collection[str] = (),
) -> tuple[Fault, ...]:
    """Everything that is wrong with `entry`, in the order of its fields.

    `entry` holds texts, numbers, truth values, lists and maps; None stands for nothing. `own_id`
    is the id that it has in the base already, None for a new entry; `new_sources` are ids of
    sources that will be written along with it.
    """
    entry = {key: value for key, value in entry.items() if value is not None}
    shape = SHAPES[kind]
    faults = [
        Fault((key,), "error", _MISSING.get((kind, key), f"{key} is missing: fill it in"))
        for key, form in shape.keys.items()
        if form.required and entry.get(key) in (None, "", [], ())
    ]
    missing = {fault.field for fault in faults}
    entry = {key: value for key, value in entry.items() if key not in missing}
    places: list[Place] = []
    report = Report("")
    try:
        node = _placed(entry, (), places)
    except InputError as error:
        return (*faults, Fault((), "error", str(error)))
    shape.read(node, report)
    for problem in report.problems:
        place = places[problem.origin.line or 0]
        lacking = _NEEDS.search(problem.message)
        if lacking is not None:
            key = lacking.group(1)
            if place:  # of the entry itself it has been told above
                told = _MISSING.get((str(place[0]), key), f"{key} is missing: fill it in")
                faults.append(Fault((*place, key), "error", told))
            continue
        if not place and "attribution" in problem.message:
            continue  # told below, whatever else is wrong
        faults.append(Fault(place, problem.severity, _tidy(problem.sentence)))
    faults += _of_id(kind, entry, index, own_id)
    faulty = {fault.place for fault in faults}
    known = _Known(index, frozenset(new_sources))
    for use in report.uses:
        place = places[use.line]
        told = known.fault(use, own_id)
        if told and place not in faulty:
            faults.append(Fault(place, "warning" if use.role == "said-in" else "error", told))
    if kind == "fact":
        faults += _of_fact(entry, index, own_id)
    order = list(shape.keys)
    return tuple(
        sorted(faults, key=lambda fault: order.index(fault.field) if fault.field in order else -1)
    )


def _placed(value: Any, place: Place, places: list[Place]) -> Node:
    """A value as the tree that it is read from; line numbers count in `places`."""
    number = len(places)
    places.append(place)
    if isinstance(value, Mapping):
        pairs: list[tuple[Scalar, Node]] = []
        for key, inner in value.items():
            if inner is not None:
                start = len(places)
                node = _placed(inner, (*place, key), places)
                pairs.append((Scalar(plain_text(key), start, 1), node))
        return MappingNode(pairs, number, 1)
    if isinstance(value, (list, tuple)):
        items = [_placed(item, (*place, at), places) for at, item in enumerate(value)]
        return Sequence(items, number, 1)
    return Scalar(plain_text(value, str(place[-1]) if place else ""), number, 1)


def _tidy(sentence: str) -> str:
    """A sentence about a file as one about a form."""
    return one_line(sentence.replace("fill it in or remove the key", "fill it in"))


# --- ids -------------------------------------------------------------------------------------


def _of_id(
    kind: EntryKind, entry: Mapping[str, Any], index: Index, own_id: str | None
) -> list[Fault]:
    id_ = entry.get("id")
    if isinstance(id_, str) and id_ != own_id and id_ in taken_ids(index, kind):
        return [Fault(("id",), "error", f"the id {id_!r} is taken; choose another")]
    return []


@lru_cache(maxsize=4)
def _taken(key: str, kind: EntryKind, index: Index) -> frozenset[str]:
    table = {"fact": "facts", "source": "sources", "actor": "actors", "passage": "passages"}[kind]
    found = {id_ for (id_,) in index.rows(f"SELECT id FROM {table}")}
    return frozenset(found | _ids_of_faulty(index, kind))


def taken_ids(index: Index, kind: EntryKind) -> frozenset[str]:
    """The ids that entries of one kind have already, those with faults among them."""
    return _taken(index.content_key, kind, index)


def _ids_of_faulty(index: Index, kind: EntryKind) -> set[str]:
    """Ids of entries that are not in the index since they cannot be read."""
    return {
        definition.id
        for (name,) in index.rows(
            "SELECT name FROM files WHERE number IN (SELECT file FROM problems)"
        )
        for definition in index.file_record(name).definitions
        if definition.kind == kind and definition.id
    }


# --- names that must be there ----------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class _Known:
    index: Index
    new_sources: frozenset[str]

    def fault(self, use: Use, own_id: str | None) -> str:
        """What is wrong with a name that an entry uses; empty if nothing is."""
        base, role, name = self.index.base, use.role, use.target
        if role == "unit":
            measure = base.measures.get(name)
            if measure is None or measure.unit == use.detail:
                return ""
            return (
                f"the unit of {measure.label} is {measure.unit}; "
                "convert the figure, or choose another measure"
            )
        if role == "said-in":
            return self._before_its_date(use)
        if role in ("fact", "supersedes", "disputes"):
            if name == own_id or name in taken_ids(self.index, "fact"):
                return ""
            return f"the base has no fact {shown(name)}; choose one of its facts"
        known: Collection[str] = {
            "topic": base.topics,
            "actor": base.actors,
            "source": base.sources,
            "derived-from": base.sources,
            "measure": base.measures,
            "marking": base.markings.writings,
        }.get(role, ())
        if name in known or (role in ("source", "derived-from") and name in self.new_sources):
            return ""
        what = "source" if role == "derived-from" else role
        near = ""
        if len(known) < 2_000:
            near = (near_marking if role == "marking" else did_you_mean)(name, known)
        return f"the base has no {what} {shown(name)}; {near or 'choose one that it has'}"

    def _before_its_date(self, use: Use) -> str:
        source = self.index.base.sources.get(use.target)
        issued = source.issued if source is not None else None
        date = parse_edtf(use.detail)
        if issued is None or not is_after(date, issued):
            return ""
        return "; ".join(issued_too_early(date, use.target, issued))


# --- facts -----------------------------------------------------------------------------------

_NEXT_SENTENCE = lazy_pattern(
    r"(?P<word>(?<![^\W\d_])[^\W\d_]++(?<=[^\W\d_A-Z]{2})|\d|[)\]%])(?P<mark>[.!?…]+[\"”’»)]*)\s+[\"“‘«(]?(?=[^\W\d_])(?=(?P<next>\w))"
)
_SHORTENED = frozenset((
    "approx", "art", "capt", "cf", "col", "comdr", "corp", "ch", "dept", "eg", "est", "et",
    "etc", "fig", "gen", "gov", "hon", "inc", "ie", "lt", "ltd", "maj", "messrs", "mr", "mrs",
    "ms", "mt", "no", "nos", "para", "pp", "prof", "rep", "rev", "rt", "sec", "sen", "sgt",
    "st", "vol", "vs",
))  # fmt: skip


def _of_fact(entry: Mapping[str, Any], index: Index, own_id: str | None) -> list[Fault]:
    faults = []
    statement = entry.get("statement")
    if isinstance(statement, str) and has_two_sentences(statement):
        faults.append(
            Fault(
                ("statement",),
                "warning",
                "that is more than one sentence: keep the first, and put the rest into detail",
            )
        )
    if entry.get("kind") in ("position", "assessment") and not entry.get("attribution"):
        faults.append(Fault(("attribution",), "error", f"say whose {entry['kind']} it is"))
    status = entry.get("status") or "current"
    if own_id is not None and status != "superseded":
        newer = index.superseded_by([own_id]).get(own_id, ())
        if newer:
            faults.append(
                Fault(("status",), "error", f"{newer[0]!r} supersedes it; say so there first")
            )
    if own_id is not None:
        faults += [
            Fault(("supersedes", number), "error", f"{other!r} supersedes this one already")
            for number, other in enumerate(entry.get("supersedes") or ())
            if other != own_id and own_id in _older(index, str(other))
        ]
    return faults


def has_two_sentences(text: str) -> bool:
    """Whether a text goes on after a sentence has ended."""
    return first_sentence(text) != text


def first_sentence(text: str) -> str:
    """The first sentence of a text, or all of it where none ends before the text does."""
    for found in _NEXT_SENTENCE.finditer(text):
        if found["word"].lower() not in _SHORTENED and found["next"].isupper():
            return text[: found.end("mark")]
    return text


def _older(index: Index, id_: str) -> set[str]:
    """The facts that `id_` supersedes, and those that these do."""
    older: dict[str, list[str]] = {}
    for new, old in index.rows(
        "SELECT facts.id, fact_links.target FROM fact_links JOIN facts USING (row)"
        " WHERE fact_links.kind = 'supersedes'"
    ):
        older.setdefault(new, []).append(old)
    found: set[str] = set()
    pending = [id_]
    while pending:
        for old in older.get(pending.pop(), ()):
            if old not in found:
                found.add(old)
                pending.append(old)
    return found
