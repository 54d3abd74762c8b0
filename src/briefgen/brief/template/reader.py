"""`templates/NAME.yaml` read strictly: shape, names that must agree, and Jinja2 syntax."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.brief.spec.selection_shape import (
    SELECTION_KEYS,
    list_of_ids,
    text_filter,
    to_selection,
)
from briefgen.brief.template.jinja_text import CONTEXT_NAMES, check_text, cost_of
from briefgen.brief.template.model import (
    NOT_BUILT_SHOWS,
    REQUIRABLE,
    SHOWS,
    ColumnName,
    FigureColumn,
    Input,
    SectionTemplate,
    Template,
    TextTemplate,
    Where,
)
from briefgen.errors import InputError, Origin, Problem
from briefgen.facts.model import DATE_MEANINGS
from briefgen.ordinary_files import MAX_TEMPLATE_BYTES
from briefgen.reading.shapes import (
    FAULT,
    BooleanShape,
    ChoiceShape,
    JsonSchema,
    Key,
    ListShape,
    NumberShape,
    RecordShape,
    RecordValues,
    Report,
    Shape,
    TextShape,
    identifier,
)
from briefgen.reading.yaml_tree import Node, read_yaml_file
from briefgen.suggestions import did_you_mean
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class JinjaShape(Shape):
    """A Jinja2 text: its syntax and the names that it uses are checked where it stands."""

    def read(self, node: Node, report: Report) -> Any:
        text = TextShape(expected="a text").read(node, report)
        return text if text is FAULT else TextTemplate(text, report.origin(node))

    def json_schema(self) -> JsonSchema:
        return {"type": "string"}


_COLUMNS: tuple[ColumnName, ...] = ("date", "act", "statement", "actors", "kind", "source")
_FIGURE_COLUMNS: tuple[FigureColumn, ...] = (
    "measure", "value", "period", "basis", "as_of", "change",
)  # fmt: skip

_WHERE_SHAPE = RecordShape(
    {
        **SELECTION_KEYS,
        "side": Key(ChoiceShape(("ours", "theirs", "both")), about="Whose: see a brief's sides."),
        "key": Key(BooleanShape(), about="Only key facts, or only others."),
        "use": Key(
            ChoiceShape(("free", "not_for_use")), about="What may be disclosed, or must not be."
        ),
        "dated": Key(BooleanShape(), about="Only those with a day to stand by, or only others."),
        "ahead": Key(
            BooleanShape(),
            about="Only those whose time is not over on the brief's date, or only others.",
        ),
        "any_text": Key(
            ListShape(text_filter(), single_allowed=True),
            about="Text filters of which one is enough.",
        ),
        "date_is": Key(
            ListShape(ChoiceShape(DATE_MEANINGS), single_allowed=True),
            about="What a fact's date means, written or implied: any of these.",
        ),
    },
    "where",
    convert=lambda record, report: Where(
        to_selection(record, report),
        record.get("side"),
        record.get("key"),
        any_text=record.get("any_text", ()),
        date_is=record.get("date_is", ()),
        use=record.get("use", ""),
        dated=record.get("dated"),
        ahead=record.get("ahead"),
    ),
)

_SECTION_KEYS: dict[str, Key] = {
    "id": Key(identifier(), required=True),
    "heading": Key(JinjaShape(), about="Jinja2; empty for none in a group."),
    "show": Key(ChoiceShape(SHOWS, "something to show:"), required=True),
    "where": Key(_WHERE_SHAPE),
    "sort": Key(ChoiceShape(("newest", "oldest", "importance"))),
    "limit": Key(NumberShape(whole=True, least=1)),
    "keep": Key(ChoiceShape(("first", "important"))),
    "at_least": Key(NumberShape(whole=True, least=1)),
    "for_each": Key(ChoiceShape(("topic", "year", "actor", "kind"))),
    "one_per": Key(ChoiceShape(("topic", "actor"))),
    "label": Key(ChoiceShape(("date", "topic", "actor", "kind"))),
    "columns": Key(ListShape(ChoiceShape((*_COLUMNS, *_FIGURE_COLUMNS)), may_be_empty=False)),
    "detail": Key(BooleanShape()),
    "spoken": Key(BooleanShape()),
    "in_a_sentence": Key(BooleanShape(), about="Each dispute in one sentence."),
    "tell_disputes": Key(BooleanShape()),
    "with_notes": Key(BooleanShape(), about="Whether note styles list sources, too."),
    "text": Key(JinjaShape()),
    "input": Key(identifier()),
    "empty": Key(JinjaShape()),
    "tone": Key(ChoiceShape(("plain", "accent", "warning"))),
    "page_break": Key(BooleanShape()),
    "numbered": Key(BooleanShape(), about="Own text line by line, each with its number."),
    "acts": Key(BooleanShape(), about="Close each entry with how far the thing has come."),
    "again": Key(BooleanShape(), about="May print what the body told before."),
    "group": Key(ChoiceShape(("date_is", "source")), about="Facts under headings of a kind."),
    "run_in": Key(ChoiceShape(("subtopic",)), about="Paragraphs opened by their subtopic's name."),
    "formerly": Key(list_of_ids(), about="What older briefs may call it."),
}


def _to_section(record: RecordValues, report: Report) -> Any:
    show = record["show"]
    where = record.node
    if show in NOT_BUILT_SHOWS:
        return report.error(
            record.node.get("show") or where, f"show: {show} is not built yet", "choose another"
        )
    for key, needed_by in (("input", "input"), ("text", "text"), ("input", "usable")):
        if show == needed_by and key not in record and where.get(key) is None:
            return report.error(where, f"show: {show} needs the key {key!r}", f"add {key}: …")
    if "heading" not in record and where.get("heading") is None and show not in ("text", "input"):
        return report.error(where, "a section needs the key 'heading'", "add heading: …")
    values = dict(record.values)
    columns = values.pop("columns", None)
    if columns is not None:
        allowed = _FIGURE_COLUMNS if show == "figures" else _COLUMNS
        wrong = [name for name in columns if name not in allowed]
        if wrong:
            return report.error(
                record.node.get("columns") or where,
                f"show: {show} has no column {wrong[0]!r}",
                f"choose from {', '.join(allowed)}",
            )
        values["figure_columns" if show == "figures" else "columns"] = columns
    values.setdefault("heading", TextTemplate("", record.origin()))
    loop = values.get("for_each", "")
    for name in ("heading", "text", "empty"):
        text = values.get(name)
        if text is not None:
            report.problems.extend(_check(text, CONTEXT_NAMES | ({loop} if loop else set())))
    return SectionTemplate(**values, origin=record.origin())


_TEMPLATE_KEYS: dict[str, Key] = {
    "format": Key(ChoiceShape(("1",), "format"), required=True, about="Always 1."),
    "label": Key(TextShape(single_line=True), required=True),
    "description": Key(TextShape(), required=True),
    "title": Key(JinjaShape(), required=True, about="Jinja2."),
    "subtitle": Key(JinjaShape(), about="Jinja2."),
    "inputs": Key(ListShape(RecordShape(
        {
            "id": Key(identifier(), required=True),
            "label": Key(TextShape(single_line=True), required=True),
            "hint": Key(TextShape()),
            "max_words": Key(NumberShape(whole=True, least=1)),
            "formerly": Key(list_of_ids(), about="What older briefs may call it."),
            "cites": Key(BooleanShape(), about="false: no word on sentences without sources."),
            "offers": Key(ChoiceShape(("gaps",)), about="What to tell while it is not answered."),
        },
        "input",
        convert=lambda record, _: Input(**record.values),
    ))),
    "tells_selection": Key(
        BooleanShape(), about="false: topics and period are not told in the masthead."
    ),
    "contents": Key(BooleanShape(), about="false: no list of contents, however long it is."),
    "requires": Key(
        list_of_ids(), about="What a brief must say: sides, attendees, posts, or inputs."
    ),
    "retired": Key(list_of_ids(), about="Sections and inputs that it had once."),
    "sections": Key(
        ListShape(RecordShape(_SECTION_KEYS, "section", _to_section), may_be_empty=False),
        required=True,
    ),
}  # fmt: skip

_TEMPLATE_SHAPE = RecordShape(_TEMPLATE_KEYS, "template")


def template_json_schema() -> JsonSchema:
    """JSON Schema of a template file."""
    return _TEMPLATE_SHAPE.json_schema()


def read_template(path: Path, shown_as: str | None = None) -> tuple[Template | None, list[Problem]]:
    """Read one template. It comes back only if nothing is wrong with it."""
    try:
        document = read_yaml_file(path, shown_as, most=MAX_TEMPLATE_BYTES)
    except InputError as error:
        origin = error.origin or Origin(str(path))
        return None, [Problem(origin, "error", error.message, error.hint)]
    report = Report(document.path, list(document.problems))
    if document.root is None:
        if not report.problems:
            report.problems.append(
                _fault(Origin(document.path, 1, 1), "the template is empty",
                       "start it with 'format: 1'")
            )  # fmt: skip
        return None, report.problems
    record: Any = _TEMPLATE_SHAPE.read(document.root, report)
    if record is FAULT:
        return None, report.problems
    inputs: tuple[Input, ...] = record.get("inputs", ())
    sections: tuple[SectionTemplate, ...] = record["sections"]
    _check_names(inputs, sections, record.get("requires", ()), report)
    for name in ("title", "subtitle"):
        if name in record:
            report.problems.extend(_check(record[name], CONTEXT_NAMES))
    if not report.problems:
        _refuse_long_work(sections, report)
    if report.problems:
        return None, sorted(report.problems, key=lambda p: p.sort_key)
    return Template(
        id=path.stem,
        label=record["label"],
        description=" ".join(record["description"].split()),
        title=record["title"],
        subtitle=record.get("subtitle"),
        inputs=inputs,
        sections=sections,
        tells_selection=record.get("tells_selection", True),
        contents=record.get("contents", True),
        requires=record.get("requires", ()),
        retired=record.get("retired", ()),
        path=document.path,
    ), []


@lru_cache(maxsize=64)
def _check(text: TextTemplate, known: frozenset[str]) -> tuple[Problem, ...]:
    """What is wrong with a text, found out once for as often as aliases repeat it."""
    return tuple(check_text(text, known))


@lru_cache(maxsize=64)
def _cost(text: TextTemplate, known: frozenset[str]) -> int:
    return cost_of(text, known)


MOST_WORK = 2_000_000
"""What all texts of a template together may cost: a second or two for each brief."""


def _refuse_long_work(sections: tuple[SectionTemplate, ...], report: Report) -> None:
    cost = 0
    for section in sections:
        known = CONTEXT_NAMES | ({section.for_each} if section.for_each else set())
        for text in (section.heading, section.text, section.empty):
            cost += _cost(text, known) if text is not None else 0
        if cost > MOST_WORK:
            told = "the texts up to here take too long to fill in"
            hint = "shorten their loops, or leave some out"
            report.problems.append(_fault(section.origin, told, hint))
            return


def _fault(origin: Origin, message: str, hint: str) -> Problem:
    return Problem(origin, "error", message, hint)


def _check_names(
    inputs: tuple[Input, ...],
    sections: tuple[SectionTemplate, ...],
    requires: tuple[str, ...],
    report: Report,
) -> None:
    names = [item.id for item in inputs]
    for name in requires:
        if name not in (*REQUIRABLE, *names):
            told = f"requires: there is no input {name!r}"
            hint = did_you_mean(name, names) or f"name an input, or {', '.join(REQUIRABLE)}"
            report.problems.append(_fault(Origin(report.path, 1, 1), told, hint))
    for name in {name for name in names if names.count(name) > 1}:
        origin = Origin(report.path, 1, 1)
        report.problems.append(_fault(origin, f"input {name!r} stands twice", "rename one"))
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            told = f"section {section.id!r} stands twice"
            report.problems.append(_fault(section.origin, told, "rename one"))
        seen.add(section.id)
        if section.input is not None and section.input not in names:
            told = f"no input {section.input!r} in this template"
            hint = did_you_mean(section.input, names) or "add it under inputs"
            report.problems.append(_fault(section.origin, told, hint))
