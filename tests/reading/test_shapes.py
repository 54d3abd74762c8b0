"""Shapes: the value read, the problems told, and the JSON Schema that says the same."""

from typing import Any

import jsonschema
import pytest

from briefgen.dates import parse_edtf
from briefgen.reading.shapes import (
    FAULT,
    BooleanShape,
    ChoiceShape,
    EitherShape,
    FormatShape,
    Key,
    ListShape,
    MapShape,
    NumberShape,
    RecordShape,
    Report,
    Shape,
    TextShape,
    identifier,
)
from briefgen.reading.yaml_tree import parse_yaml


def read(shape: Shape, text: str) -> tuple[Any, list[str]]:
    """What `shape` makes of a YAML text, and the problems."""
    root = parse_yaml(text.encode(), "x.yaml").root
    assert root is not None
    report = Report("x.yaml")
    value = shape.read(root, report)
    assert report.errors == sum(problem.severity == "error" for problem in report.problems)
    return value, [str(problem) for problem in report.problems]


LINE = TextShape(single_line=True)


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (TextShape(), "some text", "some text"),
        (TextShape(), "|\n  two\n  lines\n", "two\nlines\n"),
        (LINE, ">\n  folded to\n  one line\n", "folded to one line"),
        (LINE, "|\n  one line\n", "one line"),
        (LINE, "2013", "2013"),
        (TextShape(may_be_empty=True), "''", ""),
        (TextShape(convert=parse_edtf), "2013-08", parse_edtf("2013-08")),
        (identifier(), "a-1.b_c", "a-1.b_c"),
        (ChoiceShape(("ibex", "yak")), "yak", "yak"),
        (NumberShape(), "760.5", 760.5),
        (NumberShape(), "-3e2", -300.0),
        (NumberShape(), "1000000000000000000000", 10**21),
        (NumberShape(whole=True, least=1, most=6), "6", 6),
        (BooleanShape(), "true", True),
        (FormatShape(1), "1", 1),
        (ListShape(LINE), "[a, b]", ("a", "b")),
        (ListShape(LINE), "[]", ()),
        (ListShape(LINE, single_allowed=True), "a", ("a",)),
        (MapShape(identifier(), LINE), "{b: 1, a: 2}", {"b": "1", "a": "2"}),
        (EitherShape(LINE, MapShape(LINE, LINE)), "{a: b}", {"a": "b"}),
        (EitherShape(LINE, MapShape(LINE, LINE)), "a", "a"),
    ],
)
def test_good_values(shape: Shape, text: str, value: Any) -> None:
    assert read(shape, text) == (value, [])


@pytest.mark.parametrize(
    ("shape", "text", "problem"),
    [
        (LINE, "[a]", "expected text, found a list; write it as one value"),
        (LINE, "''", "expected text, found nothing; fill it in or remove the key"),
        (LINE, '"  "', "expected text, found nothing; fill it in or remove the key"),
        (LINE, "|\n  two\n  lines\n", "text must stand on one line; remove the line break"),
        (LINE, '"two\\Llines"', "text must stand on one line; remove the line break"),
        (LINE, '"two\\Nlines"', "text must stand on one line; remove the line break"),
        (
            identifier(),
            "Oil",
            ("'Oil' is not an id; an id has small letters, digits and . _ - "
            "and starts with a letter or digit"),
        ),
        (identifier(), "-x", "'-x' is not an id"),
        (identifier(), "öl", "'öl' is not an id"),
        (identifier(), '"a\\n"', "'a\\n' is not an id"),
        (
            TextShape(convert=parse_edtf),
            "2013-02-31",
            ("'2013-02-31' does not exist: 2013-02 has 28 days; "
            "correct the day, or leave it out"),
        ),
        (ChoiceShape(("event", "plan")), "evnt", "'evnt' is not one of event, plan; did you mean"),
        (ChoiceShape(("event",)), "zzz", "'zzz' is not one of event; choose one of these"),
        (
            ChoiceShape(("plain",), not_built=("zotero",)),
            "zotero",
            "zotero is not built yet; write plain",
        ),
        (NumberShape(), "1,000", "'1,000' is not a number; write digits"),
        (NumberShape(), "nan", "'nan' is not a number"),
        (NumberShape(), "1e999", "'1e999' is too large a number"),
        (NumberShape(), "٣", "'٣' is not a number"),
        (NumberShape(whole=True), "2.0", "'2.0' is not a whole number"),
        (NumberShape(least=1, most=6), "7", "7 is out of range; it must be 1 to 6"),
        (NumberShape(least=1), "0", "0 is out of range; it must be at least 1"),
        (BooleanShape(), "yes", "expected true or false, found 'yes'; write true or false"),
        (FormatShape(1), "2", "file format '2' is not known; write 1, or use a newer version"),
        (ListShape(LINE), "a", "expected a list, found 'a'; start each item with '- '"),
        (ListShape(LINE, may_be_empty=False), "[]", "the list is empty; add at least one item"),
        (MapShape(LINE, LINE), "[a]", "expected keys and values, found a list"),
    ],
)  # fmt: skip
def test_faults(shape: Shape, text: str, problem: str) -> None:
    value, problems = read(shape, text)
    assert value is FAULT
    assert len(problems) == 1
    assert problems[0].startswith(f"x.yaml:1:1: error: {problem}")


CAT = RecordShape(
    {
        "name": Key(LINE, required=True, about="What it is called"),
        "lives": Key(NumberShape(whole=True, least=0)),
        "toys": Key(ListShape(identifier("toy"))),
        "song": Key(LINE, not_built="singing"),
    },
    what="animal",
)


def test_a_record_drops_faulty_values_and_tells_them_all() -> None:
    value, problems = read(CAT, "name: Tom\nlives: many\nlive: 3\nsong: la\n")
    assert value.values == {"name": "Tom"}
    assert problems == [
        (
            "x.yaml:2:8: error: 'many' is not a whole number; "
            "write digits, with a point for decimals and no separators"
        ),
        "x.yaml:3:1: error: unknown key 'live' in an animal; did you mean 'lives'?",
        "x.yaml:4:1: error: song: singing is not built yet; remove the key",
    ]


def test_a_record_without_a_required_key_is_a_fault() -> None:
    assert read(CAT, "lives: 9") == (
        FAULT,
        ["x.yaml:1:1: error: an animal needs the key 'name'; add name: …"],
    )
    assert read(CAT, "name: []")[0] is FAULT
    assert read(CAT, "Tom")[1] == [
        (
            "x.yaml:1:1: error: expected an animal with keys, found 'Tom'; "
            "known keys: name, lives, toys, song"
        )
    ]


def test_names_used_are_noted_with_their_places() -> None:
    root = parse_yaml(b"name: Tom\ntoys: [ball, Bad, mouse]\n", "x.yaml").root
    assert root is not None
    report = Report("x.yaml")
    CAT.read(root, report)
    assert [(use.role, use.target, use.line, use.column) for use in report.uses] == [
        ("toy", "ball", 2, 8),
        ("toy", "mouse", 2, 19),
    ]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"name": "Tom"}, True),
        (
            {"name": 7, "lives": 9, "toys": ["ball"]},
            True,
        ),  # 7 is read as the text that stands there
        ({"lives": 9}, False),
        ({"name": None}, False),
        ({"name": "Tom", "lives": -1}, False),
        ({"name": "Tom", "toys": ["Ball"]}, False),
        ({"name": "Tom", "song": "la"}, False),
    ],
)
def test_the_schema_says_what_the_shape_reads(value: Any, good: bool) -> None:
    schema = CAT.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid(value) is good


@pytest.mark.parametrize(
    ("value", "good"),
    [("ball", True), (["ball", "mouse"], True), ([], False), ("Ball", False), (["Ball"], False)],
)
def test_the_schema_of_a_list_that_takes_one_bare_value(value: Any, good: bool) -> None:
    shape = ListShape(identifier(), may_be_empty=False, single_allowed=True)
    assert jsonschema.Draft202012Validator(shape.json_schema()).is_valid(value) is good
