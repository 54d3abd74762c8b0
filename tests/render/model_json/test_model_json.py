"""JSON: the whole model, by its own published schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    LiveCitations,
    Paragraph,
    Sentence,
    Text,
)
from briefgen.render.model_json import json_schema, render_json
from render.noted import noted_briefs
from render.sample_brief import NASTY_TEXTS, many_facts_brief, rich_brief, statements
from render.texts import TEXTS, brief_of

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def objects(node: Any, kind: str) -> list[dict[str, Any]]:
    """All objects of a type, in reading order."""
    found = []
    if isinstance(node, dict):
        if node.get("type") == kind:
            found.append(node)
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            found += objects(inner, kind)
    return found


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    document = json.loads(render_json(brief_of(Paragraph((Text(text),)), title=text)))
    assert document["title"] == text
    assert [t["text"] for t in objects(document["sections"], "Text")] == [text]


def test_the_schema_is_one_and_the_output_follows_it() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    for brief in (rich_brief(words={"notes": "Notes"}), many_facts_brief(20, cited="notes")):
        VALIDATOR.validate(json.loads(render_json(brief)))


def test_live_citations_are_whole_and_the_schema_knows_them() -> None:
    csl = {
        "id": "dawn", "type": "article-newspaper", "issued": {"date-parts": ((2011, 9),)},
        "author": [{"family": "Farwa"}], "volume": 3, "custom": {},
    }  # fmt: skip
    live = LiveCitations("http://www.zotero.org/styles/ieee", False, True, {"dawn": csl}, "en-GB")
    document = json.loads(render_json(rich_brief(live=live)))
    assert document["live"] == {
        "style": "http://www.zotero.org/styles/ieee",
        "in_notes": False,
        "has_bibliography": True,
        "sources": {"dawn": {**csl, "issued": {"date-parts": [[2011, 9]]}}},
        "locale": "en-GB",
    }
    VALIDATOR.validate(document)
    del document["live"]["sources"]
    assert not VALIDATOR.is_valid(document)
    assert json.loads(render_json(rich_brief()))["live"] is None


@settings(max_examples=20, deadline=None)
@given(noted_briefs())
def test_notes_and_references(brief: Brief) -> None:
    document = json.loads(render_json(brief))
    VALIDATOR.validate(document)
    assert document["notes_at"] == brief.notes_at
    assert [(n["number"], tuple(n["cited_at"])) for n in document["notes"]] == [
        (n.number, n.cited_at) for n in brief.notes
    ]
    cited = {item["source"] for note in document["notes"] for item in note["items"]}
    assert cited == {item.source for note in brief.notes for item in note.items}
    lists = objects(document["sections"], "References")
    assert {tuple(one) for one in lists} == {
        ("type", "entries", "hanging", "backlinks", "with_notes")
    }
    assert all(one["entries"][0]["remarks"] for one in lists)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda d: d["sections"][0]["blocks"][0].update(type="Nope"),
        lambda d: d["sections"][0]["blocks"][0].pop("role"),
        lambda d: d.pop("format"),
        lambda d: d.update(paper="a3"),
    ],
)
def test_the_schema_refuses(break_it: Any) -> None:
    document = json.loads(render_json(rich_brief()))
    break_it(document)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(document)


def test_where_a_text_comes_from() -> None:
    item = CiteItem("dawn", "8", "page")
    cite = Cite((item,), "cite-1", note=1)
    brief = brief_of(Paragraph((Sentence("first-cargo", (Text("It docked."), cite)),)))
    document = json.loads(render_json(brief))
    assert document["sections"][0]["blocks"] == [
        {
            "type": "Paragraph",
            "role": "body",
            "content": [
                {
                    "type": "Sentence",
                    "fact": "first-cargo",
                    "content": [
                        {"type": "Text", "text": "It docked.", "language": ""},
                        {
                            "type": "Cite",
                            "items": [
                                {"source": "dawn", "locator": "8", "label": "page",
                                 "prefix": "", "suffix": "", "suppress_author": False}
                            ],
                            "anchor": "cite-1",
                            "content": [],
                            "note": 1,
                        },
                    ],
                    "others": [],
                    "passage": "",
                }
            ],
        }
    ]  # fmt: skip


def test_every_statement_and_every_character() -> None:
    brief = rich_brief()
    document = json.loads(render_json(brief))
    texts = [text["text"] for text in objects(document, "Text")]
    assert set(NASTY_TEXTS) <= set(texts)
    assert len(objects(document, "Sentence")) == len(statements(brief))
    assert document["created"] == "2026-11-21T09:30:00+00:00"


def test_one_section_a_line() -> None:
    text = render_json(rich_brief()).decode("utf-8")
    assert sum(line.startswith('{"id":') for line in text.splitlines()) == 7
    assert text.startswith('{\n"format": 1,\n"title": ')
