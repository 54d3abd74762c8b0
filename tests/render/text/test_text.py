"""Plain text: nothing lost, nothing added, lines of mail width."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    Code,
    Column,
    Emphasis,
    Entries,
    Entry,
    Flag,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Preformatted,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Section,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from briefgen.render.text import render_text
from briefgen.render.text.wrap import wrap
from briefgen.text_width import text_width
from render.noted import noted_briefs
from render.sample_brief import many_facts_brief, plain_text, rich_brief, statements
from render.texts import TEXTS, brief_of


def lines(brief: Brief) -> list[str]:
    return render_text(brief).decode("utf-8").split("\n")


def printed(*blocks: Block) -> str:
    """What the blocks print, below the title."""
    return "\n".join(lines(brief_of(*blocks))[3:]).rstrip("\n")


def joined(text: str) -> str:
    """A text with its lines joined and every run of blanks made one."""
    return " ".join(text.split())


def said(text: str) -> tuple[Text]:
    return (Text(text),)


def bare_text(text: str) -> str:
    """Without blanks, and without what sets right-to-left words apart."""
    return "".join(text.replace("\u2068", "").replace("\u2069", "").split())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text_in_any_block(text: str) -> None:
    one = said(text)
    paragraph = Paragraph((Emphasis(one), Text(" "), Strong((Code(text),))))
    out = printed(
        paragraph,
        Heading(3, one),
        ListBlock(((Paragraph(one),), (Paragraph(one),)), ordered=True),
        Quote((Paragraph(one, "small"),)),
        Entries((Entry(said("2013"), (Paragraph(one),)),), "", ""),
        Table((Column(one),), (Row((one,)),), "unprinted"),
        Table((Column(said("A")), Column(said("B"))), (Row((said("x" * 60), one)),), ""),
    )
    # Blanks apart: scripts without blanks may be cut anywhere, and other spaces end a line.
    bare = bare_text(text)
    expected = bare * 2 + bare + f"1.{bare}2.{bare}" + bare + f"2013{bare}" + bare
    assert bare_text(out).startswith(expected)
    assert bare_text(out).endswith(bare)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdeé.,-–", min_size=1, max_size=12), min_size=1, max_size=60))
def test_lines_stay_within_their_width_and_lose_nothing(words: list[str]) -> None:
    text = " ".join(words)
    wrapped = wrap(text, 30)
    assert " ".join(wrapped) == text
    assert max(map(text_width, wrapped)) <= 30


@pytest.mark.parametrize("cited", ["in-text", "notes"])
@pytest.mark.parametrize("as_table", [False, True])
def test_each_statement_of_a_long_brief(cited: Any, as_table: bool) -> None:
    brief = many_facts_brief(300, cited=cited, as_table=as_table)
    text = joined(render_text(brief).decode("utf-8"))
    missing = [s for s in statements(brief) if joined(s) not in text]
    assert missing == []
    assert max(map(text_width, lines(brief))) <= 72


def test_the_rich_brief_says_everything() -> None:
    brief = rich_brief()
    text = joined(render_text(brief).decode("utf-8"))
    assert [s for s in statements(brief) if joined(s) not in text] == []
    assert max(map(text_width, lines(brief))) <= 72


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    text = "x" * 60 + " worth US$760.5\u00a0million\u202fa year."
    assert printed(Paragraph(said(text))) == "x" * 60 + " worth\nUS$760.5 million a year."


def test_long_addresses_stay_whole() -> None:
    address = "https://example.org/" + "a" * 80
    assert printed(Paragraph((Text("see "), Link(address, said("here")), Text(".")))) == (
        f"see here\n<{address}>."
    )


@pytest.mark.parametrize(
    ("url", "text", "shown"),
    [
        ("https://a.example", "Dawn", "Dawn <https://a.example>"),
        ("https://a.example", "https://a.example", "https://a.example"),
        ("mailto:a@b.example", "a@b.example", "a@b.example"),
    ],
)
def test_links(url: str, text: str, shown: str) -> None:
    assert printed(Paragraph((Link(url, said(text)),))) == shown


def test_wide_characters_take_two_columns() -> None:
    assert text_width("中文 a\u0301") == 6
    assert wrap("中" * 8, 10) == ["中" * 5, "中" * 3]


def test_numbers_are_raised_and_lowered_words_are_not() -> None:
    inlines = (
        Text("H"), Subscript(said("2")), Text("O, 10"), Superscript(said("-3")), Text(", so."),
        Superscript(said("1,4")), Text(" 1"), Superscript(said("st")),
    )  # fmt: skip
    assert printed(Paragraph(inlines)) == "H₂O, 10⁻³, so.¹,⁴ 1st"


def test_dates_in_a_column_and_long_ones_on_their_own_line() -> None:
    entries = Entries(
        (
            Entry(said("June 2023"), (Paragraph(said("A cargo docked.")),)),
            Entry(said("between May 2011 and June 2012"), (Paragraph(said("Talks were held.")),)),
        ),
        "Date",
        "What happened",
    )
    assert printed(entries) == (
        "June 2023  A cargo docked.\n"
        "between May 2011 and June 2012\n"
        "           Talks were held."
    )  # fmt: skip


def test_a_table_in_columns() -> None:
    table = Table(
        (Column(said("Measure")), Column(said("Value"), "right"), Column(said("Basis"))),
        (Row((said("Trade"), said("542"), said("reported"))),
         Row((said("Potential"), said("4,000"), said("no total")), muted=True)),
        "Trade by year",
    )  # fmt: skip
    assert printed(table) == (
        "Measure    Value  Basis\n"
        "---------  -----  --------\n"
        "Trade        542  reported\n"
        "Potential  4,000  no total"
    )


def test_a_table_too_wide_for_columns() -> None:
    columns = (Column(said("Who")), Column(said("Says")), Column(said("When")))
    words = said("w " * 40)
    assert printed(Table(columns, (Row((said("A"), words, said("2013"))),), "")) == (
        "Who: A\nSays: " + "w " * 31 + "w\n  " + "w " * 7 + "w\nWhen: 2013"
    )


def test_lists_nest() -> None:
    inner = ListBlock(((Paragraph(said("inner")),),))
    outer = ListBlock(((Paragraph(said("one")), inner), (Paragraph(said("two")),)), True, 9)
    assert printed(outer) == "9.  one\n\n    * inner\n10. two"


def test_notes_flags_and_references() -> None:
    said_so = (Text("So."), Cite((), note=1), Cite((), note=2), Flag("one unnamed source"))
    references = References((ReferenceEntry("s", "ref-s", "[1]", said("Dawn.")),))
    brief = brief_of(
        Paragraph(said_so),
        references,
        notes=(Note(1, "note-1", said("Dawn.")), Note(2, "note-2", said("The Nation."))),
    )
    assert lines(brief)[3:] == [
        "So.[1][2] ▲ one unnamed source", "", "[1] Dawn.", "",
        "Notes", "-----", "", "[1] Dawn.", "[2] The Nation.", "",
    ]  # fmt: skip


def test_notes_hang_below_numbers_of_one_width() -> None:
    notes = tuple(Note(n, f"note-{n}", said(f"{'Dawn ' * 15}{n}.")) for n in range(9, 11))
    assert lines(brief_of(notes=notes))[6:] == [
        "[9]  Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn",
        "     Dawn Dawn 9.",
        "[10] Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn Dawn",
        "     Dawn Dawn 10.",
        "",
    ]


@pytest.mark.parametrize(
    ("backlinks", "printed_entry"),
    [
        (True, "Dawn. Reliability B. Cited in nn. 1–2."),
        (False, "Dawn. Reliability B."),
    ],
)
def test_references_say_which_notes_cite_them(backlinks: bool, printed_entry: str) -> None:
    entry = ReferenceEntry("s", "ref-s", "", said("Dawn."), ("cite-1", "cite-2"))
    entries = (replace(entry, remarks=said("Reliability B.")),)
    notes = tuple(Note(n, f"note-{n}", said("Dawn."), (f"cite-{n}",)) for n in (1, 2))
    brief = brief_of(References(entries, backlinks=backlinks), notes=notes)
    assert lines(brief)[3] == printed_entry


@pytest.mark.parametrize("notes_at", ["foot", "end"])
def test_notes_stand_once_where_the_brief_says(notes_at: str) -> None:
    notes = (Note(1, "note-1", said("Dawn.")),)
    brief = brief_of(Notes(), Paragraph(said("After.")), Notes(), notes=notes, notes_at=notes_at)
    assert lines(brief)[3:] == ["[1] Dawn.", "", "After.", ""]


@settings(max_examples=60, deadline=None)
@given(noted_briefs())
def test_notes_of_any_brief(brief: Brief) -> None:
    text = bare_text(render_text(brief).decode("utf-8"))
    printed = text.rpartition("Notes-----")[2]
    wanted = [f"[{n.number}]" + bare_text(plain_text(n.content)) for n in brief.notes]
    assert printed == "".join(wanted)
    marks = re.findall(r"So it was\.((?:\[\d\])+)", render_text(brief).decode("utf-8"))
    assert sum(mark.count("[") for mark in marks) == sum(len(n.cited_at) for n in brief.notes)


def test_headings_and_the_warning_sign() -> None:
    section = Section("d", "section-d", said("Where sources disagree"), (), tone="warning")
    assert lines(brief_of(sections=(section,)))[3:5] == [
        "▲ Where sources disagree",
        "------------------------",
    ]


def test_line_breaks_and_kept_lines() -> None:
    assert printed(Paragraph((Text("a"), LineBreak(), Text("b")))) == "a\nb"
    assert printed(Preformatted("if x:\n    y  z")) == "    if x:\n        y  z"


def test_no_line_ends_in_a_blank_and_none_is_doubled() -> None:
    text = render_text(rich_brief()).decode("utf-8")
    assert not re.search(r"[ \t]\n", text)
    assert "\n\n\n" not in text
