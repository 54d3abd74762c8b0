"""`NAME.brief.yaml` read strictly into a `BriefSpec`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from briefgen.addresses import parse_address
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.own_text.reader import split_sentences
from briefgen.brief.spec.model import (
    POSTS,
    BriefSpec,
    Edits,
    EmailRequest,
    Judgement,
    OutputFormat,
    OwnSection,
    Passages,
    ReferenceListing,
    SectionEdits,
    Sides,
)
from briefgen.brief.spec.selection_shape import SELECTION_SHAPE, list_of_ids
from briefgen.errors import InputError, Origin
from briefgen.facts.formats import PASSAGE
from briefgen.folders import at_home
from briefgen.many_problems import Problems
from briefgen.reading.shapes import (
    FAULT,
    BooleanShape,
    ChoiceShape,
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
    identifier,
)
from briefgen.reading.yaml_tree import (
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse_yaml,
    read_yaml_file,
)
from briefgen.standards.files import is_file, load_scale, shipped_names, unknown_name
from briefgen.values import valueclass

OUTPUT_FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)


def iso_date(text: str) -> str:
    """An ISO 8601 day, unchanged. Raises `ValueError` saying what to write."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write it as 2026-11-21") from None
    return text


def language_tag(text: str) -> str:
    """A BCP 47 tag in a language that briefgen can write. Raises `ValueError` otherwise."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f"{text!r} is not a BCP 47 language tag; write one like en or en-GB")
    if text.split("-")[0].lower() != "en":
        raise ValueError(
            f"language {text!r} is not built yet; briefgen writes en (en-GB, en-US, ...) so far"
        )
    return text


def scale_name(text: str) -> str:
    """The name of a shipped scale, or the path of a file. Raises `ValueError` otherwise."""
    message, hint = unknown_name("scale", text)
    if message:
        raise ValueError(f"{message}; {hint}")
    return text


@valueclass(frozen=True, slots=True)
class TermShape(Shape):
    """A word of a scale. Which scale is known only with the base: any line is read.

    Editors are told the words of the shipped scales.
    """

    of: Literal["likelihood", "confidence"]

    def read(self, node: Node, report: Report) -> Any:
        return _LINE.read(node, report)

    def json_schema(self) -> JsonSchema:
        scales = [load_scale(name) for name in shipped_names("scale")]
        words = dict.fromkeys(
            word
            for scale in scales
            for word in (scale.likelihoods if self.of == "likelihood" else scale.confidences)
        )
        return {"anyOf": [{"enum": list(words)}, _LINE.json_schema()]}


_LINE = TextShape(single_line=True)
_ADDRESSES = ListShape(
    TextShape(single_line=True, expected="an e-mail address", convert=parse_address),
    single_allowed=True,
)

SPEC_KEYS: dict[str, Key] = {
    "format": Key(ChoiceShape(("1",), "format"), required=True, about="Always 1."),
    "title": Key(_LINE, about="Else the template's."),
    "template": Key(identifier(), about="Default: country-brief."),
    "base": Key(_LINE, about="A fact base's folder, relative to this file."),
    "select": Key(SELECTION_SHAPE, about="Which facts."),
    "facts": Key(
        RecordShape(
            {
                "exclude": Key(list_of_ids()),
                "include": Key(list_of_ids()),
                "order": Key(list_of_ids()),
                "key": Key(list_of_ids()),
                "unkey": Key(list_of_ids()),
                "not_for_use": Key(list_of_ids()),
                "reword": Key(MapShape(identifier(), TextShape(single_line=True))),
            },
            "facts entry",
            convert=lambda record, report: _to_edits(record, report),
        ),
        about="Hand edits on top of the selection.",
    ),
    "passages": Key(
        RecordShape(
            {
                "add": Key(ListShape(PASSAGE), about="Readable sentences of this brief's own."),
                "split": Key(list_of_ids(), about="Passages to print fact by fact."),
            },
            "passages entry",
            convert=lambda record, report: _to_passages(record, report),
        ),
        about="Sentences that say what several facts say.",
    ),
    "sections": Key(
        RecordShape(
            {
                "leave_out": Key(list_of_ids(), about="Sections that are not printed."),
                "order": Key(list_of_ids(), about="These change places to stand in this order."),
                "limits": Key(
                    MapShape(identifier(), NumberShape(whole=True, least=1, most=10_000)),
                    about="By section: show at most so many, in each group.",
                ),
                "add": Key(
                    ListShape(
                        RecordShape(
                            {
                                "id": Key(identifier(), required=True),
                                "heading": Key(_LINE, required=True),
                                "text": Key(TextShape(), required=True, about="CommonMark."),
                                "after": Key(identifier(), about="The section that it follows."),
                            },
                            "section of your own",
                        )
                    ),
                    about="Sections of your own.",
                ),
                "leads": Key(
                    MapShape(identifier(), TextShape()),
                    about="By topic: what you say first of it, CommonMark.",
                ),
            },
            "sections entry",
            convert=lambda record, report: _to_section_edits(record, report),
        ),
        about="Hand edits on the template's sections, and sections of your own.",
    ),
    "sides": Key(
        RecordShape(
            {"ours": Key(list_of_ids()), "theirs": Key(list_of_ids())},
            "sides entry",
            convert=lambda record, report: Sides(**record.values),
        ),
        about="Actor ids, for talking points and visits.",
    ),
    "attendees": Key(
        ListShape(_LINE, single_allowed=True), about="Who is in the room: actor ids or names."
    ),
    "posts": Key(
        ListShape(ChoiceShape(POSTS), single_allowed=True),
        about="Whose last known holders a fact sheet names, of each of the sides.",
    ),
    "text": Key(MapShape(identifier(), TextShape()), about="Answers to the template's inputs."),
    "judgements": Key(ListShape(RecordShape(
        {
            "text": Key(TextShape(), required=True),
            "likelihood": Key(TermShape("likelihood"), about="A term of the brief's scale."),
            "confidence": Key(TermShape("confidence"), about="A grade of the brief's scale."),
            "basis": Key(list_of_ids(), about="Facts that it rests on."),
            "because": Key(TextShape(), about="Why the confidence is what it is, CommonMark."),
            "assumes": Key(TextShape(), about="What it takes for granted, CommonMark."),
            "would_change": Key(TextShape(), about="What would change it, CommonMark."),
        },
        "judgement",
        convert=lambda record, report: _to_judgement(record, report),
    ))),
    "scale": Key(
        TextShape(single_line=True, expected="a scale", convert=scale_name),
        about="Of judgements: icd203, phia, or a .yaml file relative to this one.",
    ),
    "style": Key(_LINE, about="A CSL style's id, or a path to a .csl file."),
    "citations": Key(ChoiceShape(("plain", "zotero")), about="zotero: live fields in DOCX."),
    "notes": Key(ChoiceShape(("foot", "end")), about="Where a note style's notes stand."),
    "references": Key(
        RecordShape(
            {
                "backlinks": Key(BooleanShape(), about="Tell where each is cited (default: true)."),
                "grades": Key(BooleanShape(), about="Tell reliability, and the saved copy."),
                "group": Key(ChoiceShape(("kind",)), about="Under headings by kind of document."),
            },
            "references entry",
            convert=lambda record, report: ReferenceListing(**record.values),
        ),
        about="How the list of references is printed.",
    ),
    "grades": Key(BooleanShape(), about="Print grades and flags beside facts."),
    "language": Key(
        TextShape(single_line=True, convert=language_tag),
        about="en-GB or en-US: our words, dates and citations, own text's quotation marks.",
    ),
    "paper": Key(ChoiceShape(("a4", "letter"))),
    "max_pages": Key(NumberShape(whole=True, least=1, most=10_000)),
    "marking": Key(_LINE),
    "handling": Key(
        ListShape(_LINE, single_allowed=True),
        about="Instructions, descriptors and caveats, printed after the marking.",
    ),
    "reference": Key(_LINE),
    "version": Key(_LINE),
    "contact": Key(_LINE),
    "prepared_for": Key(_LINE),
    "prepared_by": Key(_LINE),
    "cleared_by": Key(_LINE),
    "distribution": Key(ListShape(_LINE, single_allowed=True), about="Whom it goes to."),
    "review_on": Key(TextShape(single_line=True, convert=iso_date)),
    "changes": Key(TextShape(), about="What changed since the last issue, CommonMark."),
    "date": Key(TextShape(single_line=True, convert=iso_date), about="The day printed on it."),
    "house": Key(_LINE, about="A .docx or .dotx that lends styles, relative to this file."),
    "outputs": Key(ListShape(ChoiceShape(OUTPUT_FORMATS), may_be_empty=False, single_allowed=True)),
    "email": Key(
        RecordShape(
            {
                "to": Key(_ADDRESSES, about="jo@example.org or Jo Doe <jo@example.org>."),
                "cc": Key(_ADDRESSES),
                "subject": Key(_LINE, about="Else the title. The marking is put before it."),
                "body": Key(TextShape(), about="Your own words before the key points, CommonMark."),
                "send": Key(BooleanShape(), about="Whether 'briefgen batch --send' sends it."),
            },
            "email entry",
            convert=lambda record, report: EmailRequest(**record.values),
        ),
        about="The message that 'briefgen email' makes of it.",
    ),
}  # fmt: skip

_SPEC_SHAPE = RecordShape(SPEC_KEYS, "brief")


def spec_json_schema() -> JsonSchema:
    """JSON Schema of a brief file."""
    return _SPEC_SHAPE.json_schema()


def read_spec(path: Path) -> BriefSpec:
    """Read a brief file. Raises `InputError` carrying every problem found in it.

    `base`, `house` and a `style` that is a path come back relative to the file's folder.
    """
    return spec_of_document(read_yaml_file(path), path.parent)


def parse_spec(data: bytes, name: str, folder: Path) -> BriefSpec:
    """`read_spec` for bytes in hand; `folder` is what relative paths start from."""
    return spec_of_document(parse_yaml(data, name), folder)


def spec_of_document(document: Document, folder: Path) -> BriefSpec:
    """`read_spec` for YAML in hand, such as a part of a larger file: nodes keep their places."""
    report = Report(document.path, Problems(document.problems))
    record: Any = FAULT
    if document.root is not None:
        record = _SPEC_SHAPE.read(document.root, report)
    elif not report.problems:
        raise InputError(
            "the brief is empty", hint="start it with 'format: 1'", origin=Origin(document.path)
        )
    if report.problems:
        raise InputError.from_problems(sorted(report.problems, key=lambda p: p.sort_key))
    assert isinstance(record, RecordValues)
    values = record.values
    fields = {"facts": "edits"}
    said: dict[str, Any] = {
        fields.get(key, key): value for key, value in values.items() if key != "format"
    }
    origins = _text_origins(record.node, report)
    if "changes" in values:
        origins["changes"] = record.origin("changes")
    places = _places(record.node, report)
    beside: dict[str, str] = {
        key: _beside(values[key], folder)
        for key in ("base", "house", "style", "scale")
        if key in values and is_path(key, values[key])
    }
    for key, path in beside.items():
        places[key, path] = places[key, values[key]]
    said |= beside
    return BriefSpec(**said, text_origins=origins, origin=record.origin(), places=places)


def _places(root: Node, report: Report) -> dict[tuple[str, ...], Origin]:
    """Where every key stands, and every value under its key; the first of several."""
    places: dict[tuple[str, ...], Origin] = {}

    def note(node: Node, path: tuple[str, ...]) -> None:
        if isinstance(node, Scalar):
            places.setdefault((*path, node.text), report.origin(node))
        elif isinstance(node, Sequence):
            for item in node.items:
                note(item, path)
        elif isinstance(node, Mapping):
            for key, value in node.pairs:
                places.setdefault((*path, key.text), report.origin(key))
                note(value, (*path, key.text))

    note(root, ())
    return places


def _text_origins(root: Node, report: Report) -> dict[str, Origin]:
    """Where each of the author's texts stands, by the names that `BriefSpec` has for them."""
    if not isinstance(root, Mapping):
        return {}
    origins = {
        key.text: report.origin(node) for key, node in getattr(root.get("text"), "pairs", ())
    }
    sections = root.get("sections")
    if isinstance(sections, Mapping):
        for key, node in getattr(sections.get("leads"), "pairs", ()):
            origins[f"sections.leads.{key.text}"] = report.origin(node)
        for item in getattr(sections.get("add"), "items", ()):
            if isinstance(item, Mapping) and isinstance(id_ := item.get("id"), Scalar):
                origins[f"sections.add.{id_.text}"] = report.origin(item.get("text") or item)
    return origins


def is_path(key: str, value: str) -> bool:
    """Whether what stands under `base`, `house`, `style` or `scale` is the path of a file."""
    if key == "style":
        return value.lower().endswith(".csl")
    return key != "scale" or is_file(value)


def _beside(path: str, folder: Path) -> str:
    return str(folder / at_home(path))


def _twice(names: Iterable[str]) -> str | None:
    """The first name that stands more than once; None where each stands once."""
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _to_edits(record: RecordValues, report: Report) -> Any:
    excluded = record.get("exclude", ())
    both = next((name for name in record.get("include", ()) if name in excluded), None)
    if both is not None:
        return report.error(
            record.node.get("include") or record.node,
            f"fact {both!r} is included and excluded",
            "keep it under one of the two",
        )
    starred = record.get("key", ())
    torn = next((name for name in record.get("unkey", ()) if name in starred), None)
    if torn is not None:
        return report.error(
            record.node.get("unkey") or record.node,
            f"fact {torn!r} stands under key and unkey",
            "keep it under one of the two",
        )
    order = record.get("order", ())
    twice = _twice(order)
    if twice is not None:
        return report.error(
            record.node.get("order") or record.node,
            f"fact {twice!r} stands twice in order",
            "keep one",
        )
    return Edits(**record.values)


def _to_section_edits(record: RecordValues, report: Report) -> Any:
    for key in ("order", "add"):
        names = [each if key == "order" else each["id"] for each in record.get(key, ())]
        twice = _twice(names)
        if twice is not None:
            return report.error(
                record.node.get(key) or record.node,
                f"section {twice!r} stands twice under {key}",
                "keep one" if key == "order" else "give one another id",
            )
    own = tuple(OwnSection(**each.values) for each in record.get("add", ()))
    return SectionEdits(**{**record.values, "add": own})


def _to_passages(record: RecordValues, report: Report) -> Any:
    twice = _twice(passage.id for passage in record.get("add", ()))
    if twice is not None:
        return report.error(
            record.node.get("add") or record.node,
            f"passage {twice!r} stands twice in add",
            "give one of them another id",
        )
    return Passages(**record.values)


def _to_judgement(record: RecordValues, report: Report) -> Any:
    for sentence in split_sentences(record["text"]):
        if mixes_likelihood_and_confidence(sentence):
            return report.error(
                record.node.get("text") or record.node,
                "a judgement speaks of likelihood and of confidence in one sentence",
                "say them apart (ICD 203): use the keys likelihood and confidence",
            )
    return Judgement(**record.values, origin=record.origin("text"))
