"""The JSON Schemas accept what the reader accepts and refuse what it refuses."""

from typing import Any

import jsonschema
import pytest
import yaml

from briefgen.facts import scaffold
from briefgen.facts.formats import FILE_FORMATS
from briefgen.facts.schema import SCHEMA_NAMES, json_schema
from briefgen.reading.shapes import FAULT, Report
from briefgen.reading.yaml_tree import Mapping, parse_yaml

FILES = {name: (scaffold.FOLDER / name).read_text("utf-8") for name in scaffold.FILES}


class CoreLoader(yaml.SafeLoader):
    """Reads YAML as editors do (YAML 1.2 core): numbers and booleans, no dates."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

GOOD = {
    "base": [FILES["base.yaml"]],
    "actors": [FILES["actors.yaml"], "[]"],
    "sources": [
        FILES["sources.yaml"],
        "references: [{id: a, type: book, volume: 3, issued: {date-parts: [[2013, 8]]}}]",
        "references: [{id: a, type: book, author: World Bank, issued: 2013}]",
    ],
    "facts": [FILES["facts/first.yaml"], "[]"],
}
FACT = "id: x, topics: [t], kind: event, statement: s, cites: [{source: s1}]"
BAD = {
    "base": [
        "{format: 1, title: x, language: en}",
        "{format: 2, title: x, language: en, topics: {}}",
        "{format: 1, title: x, language: en, topics: {Oil: Oil}}",
        "{format: 1, title: x, language: en, topics: {}, more: 1}",
        "[]",
    ],
    "actors": ["{}", "[{id: a, name: A, kind: dragon}]", "[{id: a, kind: state}]"],
    "sources": [
        "[]",
        "references: [{id: a, type: newspaper}]",
        "references: [{id: a, type: book, titel: x}]",
        "references: [{id: a, type: book, custom: {reliability: G}}]",
        "references: [{id: a, type: book, issued: {year: 2013}}]",
    ],
    "facts": [
        "{}",
        f"[{{{FACT}, credibility: 7}}]",
        f"[{{{FACT}, status: done}}]",
        f"[{{{FACT}, key: maybe}}]",
        f"[{{{FACT}, stament: s}}]",
        f"[{{{FACT}, actors: [Bad Id]}}]",
        "[{id: x, topics: [], kind: event, statement: s, cites: [{source: s1}]}]",
        "[{id: x, topics: [t], kind: event, statement: s, cites: []}]",
        "[{id: x, topics: [t], kind: event, cites: [{source: s1}]}]",
    ],
}


def reader_takes(name: str, text: str) -> bool:
    root = parse_yaml(text.encode(), "x.yaml").root
    assert root is not None
    report = Report("x.yaml")
    return FILE_FORMATS[name].read(root, report) is not FAULT and not report.errors


def schema_takes(name: str, text: str) -> bool:
    value: Any = yaml.load(text, Loader=CoreLoader)
    return jsonschema.Draft202012Validator(json_schema(name)).is_valid(value)


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in GOOD for text in GOOD[n]])
def test_good_files(name: str, text: str) -> None:
    assert reader_takes(name, text)
    assert schema_takes(name, text)


@pytest.mark.parametrize(("name", "text"), [(n, text) for n in BAD for text in BAD[n]])
def test_bad_files(name: str, text: str) -> None:
    assert not reader_takes(name, text)
    assert not schema_takes(name, text)


def test_every_key_of_the_own_files_says_what_it_is_for() -> None:
    for name in ("base", "facts", "actors"):
        schema = json_schema(name)
        entry = schema.get("items", schema)
        assert all(value.get("description") for value in entry["properties"].values())


def test_the_teaching_comments_name_no_key_that_is_not_there() -> None:
    root = parse_yaml(FILES["facts/first.yaml"].encode(), "x.yaml").root
    assert root is not None
    assert not isinstance(root, Mapping)
