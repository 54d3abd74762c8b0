"""The Markdown as a person reads it, before any converter."""

from __future__ import annotations

import pytest

from briefgen.brief.model import (
    Block,
    Cite,
    CiteItem,
    Code,
    Column,
    CrossReference,
    Emphasis,
    Entries,
    Entry,
    Flag,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    ReferenceEntry,
    References,
    Row,
    Superscript,
    Table,
    Text,
)
from briefgen.render.markdown import render_markdown
from render.texts import brief_of


def markdown(*blocks: Block, notes: tuple[Note, ...] = ()) -> str:
    """What stands below the metadata block."""
    brief = brief_of(*blocks, notes=notes)
    return render_markdown(brief).decode("utf-8").partition("\n---\n\n")[2]


def said(text: str) -> tuple[Text]:
    return (Text(text),)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Trade reached 760.5 million.", "Trade reached 760.5 million."),
        ("Pakistan’s “first” – 1990–95", "Pakistan’s “first” – 1990–95"),
        ("Well-known A-1 and R & D", "Well-known A-1 and R & D"),
        ("1. Not a list", "1\\. Not a list"),
        ("In 2013. Then", "In 2013. Then"),
        ("- not a bullet", "\\- not a bullet"),
        ("US$5 and a_b", "US\\$5 and a\\_b"),
        ("see p. 8, e.g. that", "see p\\. 8, e.g\\. that"),
        ("end. of it", "end. of it"),
        ("Table: none", "Table\\: none"),
        ("tail ", "tail&#32;"),
    ],
)
def test_no_more_escapes_than_needed(text: str, written: str) -> None:
    assert markdown(Paragraph(said(text))) == f"{written}\n"


def test_entries_are_a_definition_list() -> None:
    entries = Entries(
        (
            Entry(said("June 2023"), (Paragraph(said("A cargo docked.")),)),
            Entry(said("2015"), (Paragraph(said("A pipeline was agreed.")),)),
        ),
        "Date",
        "What happened",
    )
    assert markdown(entries) == (
        "June 2023\n:   A cargo docked.\n\n2015\n:   A pipeline was agreed.\n"
    )


def test_a_table_is_padded_and_a_plan_set_apart() -> None:
    table = Table(
        (Column(said("Measure")), Column(said("Value"), "right")),
        (Row((said("Trade"), said("542"))), Row((said("Potential"), said("4,000")), muted=True)),
        "Trade",
    )
    assert markdown(table) == (
        "| Measure     |   Value |\n"
        "| ----------- | ------: |\n"
        "| Trade       |     542 |\n"
        "| *Potential* | *4,000* |\n"
        "\n"
        ": Trade\n"
    )


def test_citations_and_references_point_at_each_other() -> None:
    cite = Cite((CiteItem("s1"),), "cite-1", (CrossReference("ref-s1", said("[1]")),))
    flag = Flag("draft")
    references = References((ReferenceEntry("s1", "ref-s1", "[1]", said("Dawn."), ("cite-1",)),))
    assert markdown(Paragraph((Text("So it is "), cite, Text("."), flag)), references) == (
        "So it is [\\[1\\]](#ref-s1){#cite-1}. [▲ draft]{.flag}\n\n"
        "[\\[1\\]]{#ref-s1} Dawn. Cited at\u00a0[1](#cite-1).\n"
    )


def test_two_note_marks_do_not_read_as_one_number() -> None:
    marks = (Text("So."), Cite((), "cite-1", note=1), Cite((), "cite-2", note=2))
    notes = (Note(1, "note-1", said("Dawn.")), Note(2, "note-2", said("Own.")))
    assert markdown(Paragraph(marks), notes=notes) == (
        "So.[^1]^,^[^2]\n\n[^1]: Dawn.\n\n[^2]: Own.\n"
    )


def test_a_shared_note_is_one_note() -> None:
    """Pandoc would print a second note for a second `[^1]`."""
    first, again = (Cite((), anchor, note=1) for anchor in ("cite-1", "cite-2"))
    notes = (Note(1, "note-1", (Text("Dawn,"), LineBreak(), Text("8. A")), ("cite-1", "cite-2")),)
    text = Paragraph((Text("So."), first, Text(" And."), again))
    assert markdown(text, notes=notes) == (
        "So.[[^1]]{#cite-1} And.[^1^](#cite-1)\n\n[^1]: Dawn,\\\n    8\\. A\n"
    )


def test_references_say_how_good_they_are_and_which_notes_cite_them() -> None:
    entry = ReferenceEntry("s", "ref-s", "", said("Dawn."), (), said("Saved copy: a_b.txt."))
    notes = tuple(Note(n, f"note-{n}", said("D."), (), (CiteItem("s"),)) for n in (1, 2, 4))
    shown = markdown(References((entry,)), notes=notes).partition("\n\n")[0]
    assert shown == "[]{#ref-s}Dawn. Saved copy: a\\_b.txt. Cited in nn.\u00a01–2, 4."
    shown = markdown(References((entry,), backlinks=False), notes=notes).partition("\n\n")[0]
    assert shown == "[]{#ref-s}Dawn. Saved copy: a\\_b.txt."


def test_lists_do_not_run_together() -> None:
    bullets = ListBlock(((Paragraph(said("one")),), (Paragraph(said("two")),)))
    assert markdown(bullets, bullets) == "-   one\n-   two\n\n<!---->\n\n-   one\n-   two\n"


@pytest.mark.parametrize(
    ("inlines", "written"),
    [
        ((Text("10"), Superscript(said("3"))), "10^3^"),
        ((Emphasis(said("a")), Emphasis(said("b"))), "*a*<!---->*b*"),
        ((Emphasis((Text("a "), Emphasis(said("b")))),), "*a b*"),
        ((Code("a`b"),), "``a`b``"),
        ((Code("`"),), "`` ` ``"),
    ],
)
def test_marks_that_would_meet(inlines: tuple[Text], written: str) -> None:
    assert markdown(Paragraph(inlines)) == f"{written}\n"
