"""Pandoc reads back what the brief says, character for character."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pypandoc
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    Code,
    Column,
    CrossReference,
    Emphasis,
    Entries,
    Entry,
    Flag,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    MastheadLine,
    Note,
    Paragraph,
    Quote,
    References,
    Row,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from briefgen.render.markdown import render_markdown
from briefgen.render.markdown.escape import ABBREVIATIONS
from render.noted import noted_briefs
from render.sample_brief import many_facts_brief, plain_text, rich_brief, statements
from render.texts import TEXTS, brief_of


def pandoc(markdown: bytes, *arguments: str) -> str:
    """What the pandoc that briefgen brings along makes of some Markdown."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", *arguments],
        input=markdown,
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def read_back(brief: Brief) -> dict[str, Any]:
    """The brief's Markdown as Pandoc's syntax tree."""
    tree: dict[str, Any] = json.loads(pandoc(render_markdown(brief), "-t", "json"))
    return tree


def words(node: Any) -> str:
    """All characters in a part of Pandoc's tree; notes left out."""
    if isinstance(node, list):
        return "".join(words(inner) for inner in node)
    if not isinstance(node, dict):
        return ""
    match node.get("t"), node.get("c"):
        case "Str", str(text):
            return text
        case (("Space" | "LineBreak"), _):
            return " "
        case "SoftBreak", _:
            return "\n"
        case (("Code" | "CodeBlock"), [_, text]):
            return str(text)
        case (("RawInline" | "RawBlock"), [_, text]):
            assert text == "<!---->", "only our own empty comment is ever raw"
            return ""
        case "Note", _:
            return ""
        case (("Math" | "Cite" | "Image"), _):
            raise AssertionError(f"the text became {node['t']}: {node}")
        case _, content:
            return words(content)


def said(brief: Brief) -> list[str]:
    """What each of the brief's blocks says, in Pandoc's reading."""
    return [text for block in read_back(brief)["blocks"] if (text := words(block))]


# Many texts go through one pandoc: starting it is what takes the time. And no shrinking, which
# would start it a thousand times; the assertion shows the first text that differs.
PANDOC = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
MANY = st.lists(TEXTS, min_size=40, max_size=80)


@PANDOC
@given(MANY)
def test_any_text_in_a_paragraph(texts: list[str]) -> None:
    assert said(brief_of(*(Paragraph((Text(text),)) for text in texts))) == texts


def every_inline(text: str) -> Block:
    one = (Text(text),)
    return Paragraph(
        (
            Text("a"), Emphasis(one), Strong(one), *one, Strong((Emphasis(one), *one)),
            Superscript(one), Subscript(one), SmallCaps(one), Code(text), *one,
            Link("https://x.example/a_(b)?c=d&amp;e", one), CrossReference("section-s", one),
            Text(text, "ru"), Text("x"), LineBreak(), *one, LineBreak(), Text("y"), Flag(text),
        )
    )  # fmt: skip


@PANDOC
@given(MANY)
def test_any_text_in_any_inline(texts: list[str]) -> None:
    brief = brief_of(*(every_inline(text) for text in texts))
    assert said(brief) == [f"a{text * 13}x {text} y ▲ {text}" for text in texts]


def every_block(text: str) -> tuple[Block, ...]:
    one = (Text(text),)
    paragraph = Paragraph(one)
    inner = ListBlock(((paragraph,), (paragraph,)), ordered=True, start=7)
    return (
        Heading(2, one),
        ListBlock(((paragraph,), (paragraph, inner), ())),
        Quote((paragraph, paragraph)),
        Entries((Entry(one, (paragraph,)), Entry(one, ())), "", ""),
        Entries((Entry(one, (paragraph, inner)),), "", ""),
        Table((Column(one), Column(one, "right")), (Row((one, (Code(text),)), True),), text),
        Paragraph(one, "lead"),
        Paragraph(one, "empty"),
        Paragraph(one, "small"),
    )


@PANDOC
@given(st.lists(TEXTS, min_size=8, max_size=16))
def test_any_text_in_any_block(texts: list[str]) -> None:
    brief = brief_of(*(block for text in texts for block in every_block(text)))
    times = (1, 4, 2, 3, 4, 5, 1, 1, 1)
    assert said(brief) == [text * count for text in texts for count in times]


@settings(PANDOC, max_examples=10)
@given(TEXTS)
def test_any_text_in_the_metadata_and_the_notes(text: str) -> None:
    brief = brief_of(
        Paragraph((Text("x"), Cite((), note=1))),
        title=text, subtitle=text, reference=text, marking=text, keywords=(text, "b"),
        masthead=(MastheadLine(text, (Text(text),)),), notes=(Note(1, "note-1", (Text(text),)),),
    )  # fmt: skip
    tree = read_back(brief)
    for key in ("title", "subtitle", "reference", "marking"):
        assert words(tree["meta"][key]) == text
    assert words(tree["meta"]["keywords"]["c"][0]) == text
    assert words(tree["blocks"]) == f"{text}{text}: {text}x{text}{text}"
    note = next(i for block in tree["blocks"] for i in block.get("c", []) if is_note(i))
    assert words(note["c"]) == text


def found(node: Any, kind: str) -> list[Any]:
    """All elements of a kind in Pandoc's tree, in reading order."""
    if isinstance(node, dict):
        here = [node] if node.get("t") == kind else []
        return here + found(node.get("c"), kind)
    if isinstance(node, list):
        return [element for inner in node for element in found(inner, kind)]
    return []


@pytest.mark.slow
@settings(PANDOC, max_examples=25)
@given(noted_briefs())
def test_pandoc_sees_the_notes_of_the_brief_and_no_others(brief: Brief) -> None:
    tree = read_back(brief)["blocks"]
    notes = found(tree, "Note")
    assert [words(note["c"]) for note in notes] == [plain_text(n.content) for n in brief.notes]
    anchors = {span["c"][0][0] for span in found(tree, "Span")}
    links = [link["c"][2][0] for link in found(tree, "Link") if link["c"][2][0].startswith("#")]
    assert len(links) == sum(len(n.cited_at) - 1 for n in brief.notes)
    assert {link[1:] for link in links} == {
        n.cited_at[0] for n in brief.notes if len(n.cited_at) > 1
    } <= anchors  # fmt: skip
    for block in brief.sections[1].blocks:
        assert isinstance(block, References)
        assert plain_text(block.entries[0].remarks) in words(tree)


def is_note(inline: Any) -> bool:
    return isinstance(inline, dict) and inline.get("t") == "Note"


@pytest.mark.parametrize("cited", ["in-text", "notes"])
def test_each_statement_of_a_long_brief(cited: Any) -> None:
    brief = many_facts_brief(300, cited=cited)
    text = words(read_back(brief)["blocks"])
    assert [statement for statement in statements(brief) if statement not in text] == []


def test_the_rich_brief() -> None:
    brief = rich_brief()
    tree = read_back(brief)
    text = words(tree["blocks"])
    assert [statement for statement in statements(brief) if statement not in text] == []
    kinds = [block["t"] for block in tree["blocks"]]
    assert {"Header", "BulletList", "OrderedList", "DefinitionList", "Table", "BlockQuote",
            "CodeBlock", "HorizontalRule", "Para"} <= set(kinds)  # fmt: skip
    assert "Notes" not in [words(b) for b in tree["blocks"] if b["t"] == "Header"]


def test_links_arrive_at_their_targets() -> None:
    html = pandoc(render_markdown(rich_brief()), "-t", "html", "-s")
    for anchor in ("section-disputes", "ref-kamran-2023", "cite-8"):
        assert html.count(f'id="{anchor}"') == 1
    assert 'href="#section-disputes"' in html
    assert 'href="https://example.org/a?b=1&amp;c=d%20e#f"' in html


def test_abbreviations_are_those_of_pandoc() -> None:
    listed = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "abbreviations"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert frozenset(listed.stdout.split()) == ABBREVIATIONS
