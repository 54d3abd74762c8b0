"""The files of a fact base, each format said once: it reads them and makes their schema.

`BASE_FILE`, `ACTORS_FILE`, `SOURCES_FILE`, `FACTS_FILE` and `PASSAGES_FILE` are whole files;
`ACTOR`, `SOURCE`, `FACT` and `PASSAGE` one entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefgen.dates import Edtf, parse_edtf
from briefgen.dates.edtf import Point, parse_parts
from briefgen.facts.cited_facts import CitedFactsError, cited_facts
from briefgen.facts.csl import CSL_TYPES, csl_keys
from briefgen.facts.model import (
    ACTOR_KINDS,
    BASES,
    CSL_LOCATOR_LABELS,
    DATE_MEANINGS,
    FACT_KINDS,
    FACT_STATUSES,
    QUALIFIERS,
    RELIABILITIES,
    Actor,
    Citation,
    Fact,
    Figure,
    Measure,
    Passage,
    Role,
    Source,
)
from briefgen.facts.paragraph_ranges import paragraph_ranges
from briefgen.facts.timing_questions import must_come_first, timing_questions
from briefgen.reading.shapes import (
    FAULT,
    BooleanShape,
    ChoiceShape,
    FormatShape,
    JsonSchema,
    Key,
    ListShape,
    MapShape,
    NumberShape,
    RecordShape,
    RecordValues,
    Report,
    Shape,
    TextShape,
    Use,
    identifier,
)
from briefgen.reading.yaml_tree import Node, Scalar
from briefgen.reading.yaml_tree import Sequence as SequenceNode
from briefgen.values import valueclass

LINE = TextShape(single_line=True)
DATE = TextShape(single_line=True, expected="an EDTF date", convert=parse_edtf)


def _marking(refers_to: str = "") -> TextShape:
    return TextShape(single_line=True, expected="a marking", refers_to=refers_to)


@valueclass(frozen=True, slots=True)
class NameOrListShape(Shape):
    """One name of something that is defined elsewhere, or the list itself."""

    name: Shape
    listed: Shape

    def read(self, node: Node, report: Report) -> Any:
        return (self.name if isinstance(node, Scalar) else self.listed).read(node, report)

    def json_schema(self) -> JsonSchema:
        return {"anyOf": [self.listed.json_schema(), self.name.json_schema()]}


def _calendar_day(text: str) -> str:
    point = parse_parts(text)
    if not isinstance(point, Point) or not point.day or len(text) != 10:
        raise ValueError(f"{text!r} is not a day; write it as 2026-11-21")
    return text


DAY = TextShape(single_line=True, expected="a day", convert=_calendar_day)


def _ids(refers_to: str, *, may_be_empty: bool = True) -> ListShape:
    return ListShape(identifier(refers_to), may_be_empty=may_be_empty)


# --- citations -------------------------------------------------------------------------------


def _citation(record: RecordValues, report: Report) -> Citation:
    locator: RecordValues | None = record.get("locator")
    return Citation(
        record["source"],
        tuple(locator.values.items()) if locator else (),
        record.get("quote", ""),
    )


CITATION = RecordShape(
    {
        "source": Key(identifier("source"), True, "The id of a source in sources.yaml"),
        "locator": Key(
            RecordShape({label: Key(LINE) for label in CSL_LOCATOR_LABELS}, what="locator"),
            about="Where in the source, in CSL's terms: {paragraph: 9}, {page: 3-4}",
        ),
        "quote": Key(TextShape(), about="The words of the source"),
    },
    what="citation",
    convert=_citation,
)
CITES = ListShape(CITATION, may_be_empty=False)

# --- base.yaml -------------------------------------------------------------------------------

MEASURE = RecordShape(
    {
        "label": Key(LINE, True, "What is counted, as printed"),
        "unit": Key(LINE, True, "The unit of all its figures, as printed"),
    },
    what="measure",
)


def _measures(read: dict[str, RecordValues]) -> dict[str, Measure]:
    return {id_: Measure(id_, values["label"], values["unit"]) for id_, values in read.items()}


def _head(record: RecordValues, report: Report) -> Any:
    record.values["measures"] = _measures(record.get("measures", {}))
    markings = record.get("markings", ())
    if isinstance(markings, str):
        return record
    for index, marking in enumerate(markings):
        if marking in markings[:index]:
            node = record.node.get("markings")
            assert node is not None
            return report.error(node, f"marking {marking!r} stands twice", "keep one")
    return record


BASE_FILE = RecordShape(
    {
        "format": Key(FormatShape(1), True, "The version of this file format: 1"),
        "title": Key(LINE, True, "What the fact base is about"),
        "language": Key(
            TextShape(
                single_line=True,
                pattern="[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*",
                expected="a language tag",
                hint="write a BCP 47 tag such as en or en-GB",
            ),
            True,
            "The language of the statements, as a BCP 47 tag: en, en-GB",
        ),
        "topics": Key(
            MapShape(identifier(), LINE),
            True,
            "Topic ids and labels; a dot makes a child: energy.oil is part of energy",
        ),
        "measures": Key(MapShape(identifier(), MEASURE), about="Things counted over time"),
        "markings": Key(
            NameOrListShape(_marking(), ListShape(_marking())),
            about="Handling markings, lowest first; or a scheme: uk-gscp, tlp, nato, or a file",
        ),
        "scale": Key(LINE, about="The scale of judgements: icd203 (if not said), phia, or a file"),
    },
    what="fact base",
    convert=_head,
)

# --- actors.yaml -----------------------------------------------------------------------------


def _role(record: RecordValues, report: Report) -> Any:
    since: Edtf | None = record.get("from")
    until: Edtf | None = record.get("to")
    if since and until and _before(until, since):
        node = record.node.get("to")
        assert node is not None
        return report.error(node, "the role ends before it starts", "swap from and to")
    return Role(record["title"], record.get("of", ""), since, until, record.get("cites", ()))


def _before(end: Edtf, start: Edtf) -> bool:
    return (
        end.last_day is not None and start.first_day is not None and end.last_day < start.first_day
    )


ROLE = RecordShape(
    {
        "title": Key(LINE, True, "The office or function"),
        "of": Key(identifier("actor"), about="The id of the actor in which it is held"),
        "from": Key(DATE, about="Since when (EDTF)"),
        "to": Key(DATE, about="Until when (EDTF)"),
        "cites": Key(CITES, about="What bears it out"),
    },
    what="role",
    convert=_role,
)


def _actor(record: RecordValues, report: Report) -> Actor:
    return Actor(**record.values, origin=record.origin())


ACTOR = RecordShape(
    {
        "id": Key(identifier(), True, "How facts name this actor"),
        "name": Key(LINE, True, "The name as printed"),
        "kind": Key(ChoiceShape(ACTOR_KINDS), True, "What sort of actor"),
        "aliases": Key(ListShape(LINE), about="Other names that a search should find"),
        "roles": Key(ListShape(ROLE), about="Offices held, with dates and evidence"),
    },
    what="actor",
    convert=_actor,
)
ACTORS_FILE = ListShape(ACTOR)

# --- sources.yaml ----------------------------------------------------------------------------


def is_in_archive(name: str) -> bool:
    """Whether a file's name stays in the folder of saved copies."""
    return not re.match(r"[/\\~]|[A-Za-z]:", name) and ".." not in re.split(r"[/\\]", name)


def _paragraphs_of_copy(text: str) -> str:
    paragraph_ranges(text)
    return text


def _saved_copy(text: str) -> str:
    if not is_in_archive(text):
        raise ValueError(f"{text!r} leaves the archive folder; write a file name within it")
    return text


CUSTOM = RecordShape(
    {
        "reliability": Key(
            ChoiceShape(RELIABILITIES),
            about="NATO Admiralty grade: A (best) to E, or F = cannot be judged",
        ),
        "reliability_note": Key(LINE, about="Why this grade"),
        "archive": Key(
            TextShape(single_line=True, expected="a file name", convert=_saved_copy),
            about="File name of the saved copy",
        ),
        "archive_sha256": Key(
            TextShape(
                single_line=True,
                pattern="[0-9a-fA-F]{64}",
                expected="a SHA-256",
                convert=str.lower,
                hint="let briefgen capture write it",
            ),
            about="SHA-256 of the saved copy, written by briefgen capture",
        ),
        "archive_paragraphs": Key(
            TextShape(
                single_line=True, expected="paragraphs like 4, 7-9", convert=_paragraphs_of_copy
            ),
            about="Which paragraphs of the saved copy are the document's own text: places in it "
            "count these from 1",
        ),
        "derived_from": Key(
            _ids("derived-from"), about="Sources that this one repeats or rewrites"
        ),
        "marking": Key(_marking("marking"), about="Handling marking, one of base.yaml's"),
    },
    what="custom block of a source",
)


def _source(record: RecordValues, report: Report) -> Source:
    custom: RecordValues | None = record.get("custom")
    extra = custom.values if custom else {}
    url = record.get("URL")
    if url is not None and not re.match(r"(?i)(https?|ftp)://\S+$", url):
        node = record.node.get("URL")
        assert node is not None
        report.warning(node, "URL is no web address", "write it in full: https://…")
    archive = extra.get("archive", "")
    if custom and re.search(r"[/\\]", archive):  # once it was taken
        node = custom.node.get("archive")
        assert node is not None
        report.warning(
            node,
            f"{archive!r} is a path, not the name of a file",
            "put the saved copy into the archive folder itself and write its name",
        )
    return Source(
        record["id"],
        {
            key: list(value) if isinstance(value, tuple) else value  # as JSON has it
            for key, value in record.values.items()
            if key != "custom"
        },
        extra.get("reliability"),
        extra.get("reliability_note", ""),
        archive,
        _once(extra.get("derived_from", ())),
        extra.get("marking", ""),
        extra.get("archive_sha256", ""),
        extra.get("archive_paragraphs", ""),
        record.origin(),
    )


SOURCE = RecordShape(
    {
        "id": Key(identifier(), True, "How facts cite this source"),
        "type": Key(ChoiceShape(CSL_TYPES, "a CSL type:"), True, "CSL item type"),
    }
    | csl_keys()
    | {"custom": Key(CUSTOM, about="What this fact base knows beyond CSL")},
    what="source",
    convert=_source,
)
SOURCES_FILE = RecordShape(
    {"references": Key(ListShape(SOURCE), True, "The sources, as CSL-YAML")}, what="bibliography"
)

# --- facts/*.yaml ----------------------------------------------------------------------------


def _figure(record: RecordValues, report: Report) -> Any:
    value, value_to = record["value"], record.get("value_to")
    if value_to is not None and value_to < value:
        node = record.node.get("value_to")
        assert node is not None
        return report.error(node, "value_to is less than value", "swap the two")
    unit = record.node.get("unit")
    assert unit is not None
    report.uses.append(
        Use("unit", record["measure"], unit.line, unit.column, detail=record["unit"])
    )
    return Figure(**record.values)


FIGURE = RecordShape(
    {
        "measure": Key(identifier("measure"), True, "What is counted: a measure of base.yaml"),
        "value": Key(NumberShape(), True, "The number"),
        "value_to": Key(NumberShape(), about="Makes it a range from value to this"),
        "unit": Key(LINE, True, "The measure's unit"),
        "period": Key(DATE, about="What time it covers (EDTF)"),
        "basis": Key(ChoiceShape(BASES), True, "How the number is meant"),
        "qualifier": Key(ChoiceShape(QUALIFIERS), about="How exact it is"),
    },
    what="figure",
    convert=_figure,
)


def _once(values: Sequence[str]) -> tuple[str, ...]:
    """Each value once, in order."""
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)


def _id_list(record: RecordValues, key: str, report: Report) -> tuple[str, ...]:
    values: tuple[str, ...] = record.values.get(key, ())
    if len(values) < 2 or len(set(values)) == len(values):
        return values
    for index, item in enumerate(_items(record.node.get(key))):
        if index < len(values) and values[index] in values[:index]:
            report.warning(item, f"{values[index]!r} stands twice in {key}", "remove one")
    return _once(values)


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, SequenceNode) else []


def _fact(record: RecordValues, report: Report) -> Any:
    values = record.values
    kind = values["kind"]
    if kind in ("position", "assessment") and "attribution" not in values:
        if record.node.get("attribution") is None:
            report.error(record.node, f"{kind} without attribution", "add attribution: who says so")
        return FAULT
    ids = {key: _id_list(record, key, report) for key in _ID_LISTS}
    if values["id"] in ids["supersedes"] or values["id"] in ids["disputes"]:
        _report_itself(record, report)
        return FAULT
    fact = Fact(**(values | ids), origin=record.origin())
    _question_timing(fact, record, report)
    return fact


def _question_timing(fact: Fact, record: RecordValues, report: Report) -> None:
    for key, message, hint in timing_questions(fact):
        report.warning(record.node.get(key) or record.node, message, hint)
    date = record.node.get("date")
    if date is not None and fact.date is not None and fact.said is None and must_come_first(fact):
        report.uses.append(
            Use("said-in", fact.cites[0].source, date.line, date.column, detail=fact.date.text)
        )


_ID_LISTS = ("topics", "actors", "supersedes", "disputes")


def _report_itself(record: RecordValues, report: Report) -> None:
    for key in ("supersedes", "disputes"):
        for item, target in zip(
            _items(record.node.get(key)), record.values.get(key, ()), strict=False
        ):
            if target == record["id"]:
                report.error(item, f"the fact {key} itself", "name the other fact")


FACT = RecordShape(
    {
        "id": Key(identifier(), True, "The fact's own name, unique in the base"),
        "date": Key(
            DATE,
            about="When it happened or held, not when it was reported (EDTF level 1); "
            "left out if unknown",
        ),
        "date_note": Key(LINE, about="How an inferred date is known"),
        "date_is": Key(
            ChoiceShape(DATE_MEANINGS),
            about="What the date means: it happened then (occurrence; an interval: throughout it), "
            "once at an unknown moment of the interval (within), it held then as far as reported "
            "(state), it was due then (expected), or saying it was the event (statement)",
        ),
        "said": Key(DATE, about="When it was said (EDTF); left out: issued of its first source"),
        "topics": Key(_ids("topic", may_be_empty=False), True, "Topics of base.yaml"),
        "kind": Key(ChoiceShape(FACT_KINDS), True, "What sort of fact"),
        "actors": Key(_ids("actor"), about="Actors of actors.yaml that it is about"),
        "statement": Key(LINE, True, "One sentence in our own words, plain text, no markup"),
        "detail": Key(LINE, about="A second sentence or two, if a brief could use them"),
        "attribution": Key(LINE, about="Who says so; required for position and assessment"),
        "figures": Key(ListShape(FIGURE), about="Its numbers"),
        "cites": Key(CITES, True, "What bears it out: one or more sources"),
        "credibility": Key(
            NumberShape(whole=True, least=1, most=6),
            about="NATO Admiralty grade of the information: 1 (best) to 5, or 6 = cannot be judged",
        ),
        "key": Key(BooleanShape(), about="true: it belongs in the key points"),
        "status": Key(ChoiceShape(FACT_STATUSES), about="current unless said"),
        "status_note": Key(LINE, about="Why it is superseded or retracted"),
        "supersedes": Key(
            _ids("supersedes"), about="Facts that this one replaces; their status is superseded"
        ),
        "disputes": Key(_ids("disputes"), about="Facts that cannot hold beside this one"),
        "marking": Key(_marking("marking"), about="Handling marking, one of base.yaml's"),
        "recorded": Key(DAY, about="The day on which it entered the base"),
        "checked": Key(DAY, about="The day on which it was last verified"),
        "recorded_by": Key(LINE, about="Who recorded it"),
        "checked_by": Key(LINE, about="Who last verified it"),
    },
    what="fact",
    convert=_fact,
)
FACTS_FILE = ListShape(FACT)

# --- passages.yaml ---------------------------------------------------------------------------


def _passage(record: RecordValues, report: Report) -> Any:
    node = record.node.get("text")
    assert node is not None
    try:
        facts = cited_facts(record["text"])
    except CitedFactsError as error:
        return report.error(node, error.message, error.hint)
    report.uses += (Use("fact", fact, node.line, node.column) for fact in facts)
    return Passage(
        record["id"],
        record["text"].strip(),
        facts,
        record.get("checked", {}),
        record.get("key", False),
        record.origin(),
    )


PASSAGE = RecordShape(
    {
        "id": Key(identifier(), True, "The passage's own name, unique among the passages"),
        "text": Key(
            TextShape(),
            True,
            "One to three sentences, CommonMark; each clause is followed by the facts it rests "
            "on: … [@fact-id; @other-id]",
        ),
        "key": Key(BooleanShape(), about="true: it belongs in the key points"),
        "checked": Key(
            MapShape(
                identifier(),
                TextShape(
                    single_line=True,
                    pattern="[0-9a-f]{64}",
                    expected="a SHA-256",
                    hint="leave that to briefgen, which writes 64 hexadecimal digits",
                ),
            ),
            about="By fact, the SHA-256 of it as it stood when the passage was last compared with "
            "it; written by briefgen",
        ),
    },
    what="passage",
    convert=_passage,
)
PASSAGES_FILE = ListShape(PASSAGE)

FILE_FORMATS: dict[str, Shape] = {
    "base": BASE_FILE,
    "actors": ACTORS_FILE,
    "sources": SOURCES_FILE,
    "facts": FACTS_FILE,
    "passages": PASSAGES_FILE,
}
