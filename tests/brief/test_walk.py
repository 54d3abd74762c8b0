"""Every run of a brief is met once, in reading order, and can be replaced."""

from __future__ import annotations

from datetime import UTC, datetime

from briefgen.brief.model import (
    Brief,
    Column,
    Emphasis,
    Entries,
    Entry,
    Heading,
    Inline,
    ListBlock,
    MastheadLine,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Rule,
    Section,
    Sentence,
    Table,
    Text,
)
from briefgen.brief.walk import (
    map_blocks,
    map_inlines,
    map_runs,
    walk_blocks,
    walk_inlines,
    walk_runs,
)
from briefgen.records import replace


def t(text: str) -> tuple[Text]:
    return (Text(text),)


BRIEF = Brief(
    title="Title", kind="", subtitle="", language="en", paper="a4", marking="",
    masthead=(MastheadLine("For", t("1")),),
    sections=(
        Section("a", "a", t("2"), (
            Heading(2, t("3")),
            Paragraph((Sentence("f", (Emphasis(t("4")), Text("5"))),)),
            ListBlock(((Paragraph(t("6")), ListBlock(((Paragraph(t("7")),),))),)),
            Entries((Entry(t("8"), (Paragraph(t("9")),)),), "Date", "Event"),
            Table((Column(t("10")), Column(t("11"))), (Row((t("12"), t("13"))),), "Caption"),
            Quote((Paragraph(t("14")), Rule(), Preformatted("code"))),
        )),
        Section("b", "b", (), (
            References((ReferenceEntry("s", "ref-s", "[1]", t("15")),)),
        )),
    ),
    printed_date="", created=datetime(2026, 1, 1, tzinfo=UTC),
    notes=(Note(1, "note-1", t("16")),),
)  # fmt: skip

NUMBERS = [str(number) for number in range(1, 17)]


def test_reading_order() -> None:
    assert [i.text for i in walk_inlines(BRIEF) if isinstance(i, Text)] == NUMBERS
    assert len(list(walk_runs(BRIEF))) == 16  # 4 and 5 share a run, one heading is empty


def test_runs_are_mapped_in_the_same_order() -> None:
    met: list[object] = []

    def note(run):
        met.append(run)
        return run

    assert map_runs(BRIEF, note) == BRIEF
    assert met == list(walk_runs(BRIEF))


def test_what_does_not_change_stays_the_same_object() -> None:
    def change(inline: Inline) -> Inline:
        return Text("changed") if inline == Text("15") else inline

    mapped = map_inlines(BRIEF, change)
    assert mapped.sections[0] is BRIEF.sections[0]
    assert [i.text for i in walk_inlines(mapped) if isinstance(i, Text)] == [
        *NUMBERS[:14], "changed", "16",
    ]  # fmt: skip


def test_every_inline_can_be_changed() -> None:
    def double(inline: Inline) -> Inline:
        return replace(inline, text=inline.text * 2) if isinstance(inline, Text) else inline

    mapped = map_inlines(BRIEF, double)
    assert [i.text for i in walk_inlines(mapped) if isinstance(i, Text)] == [
        number * 2 for number in NUMBERS
    ]


def test_every_block_can_be_changed() -> None:
    kinds = [type(block).__name__ for block in walk_blocks(BRIEF)]
    assert kinds == [
        "Heading", "Paragraph", "ListBlock", "Paragraph", "ListBlock", "Paragraph", "Entries",
        "Paragraph", "Table", "Quote", "Paragraph", "Rule", "Preformatted", "References",
    ]  # fmt: skip
    without = map_blocks(BRIEF, lambda b: Rule() if isinstance(b, Paragraph) else b)
    assert [type(block).__name__ for block in walk_blocks(without)] == [
        "Rule" if kind == "Paragraph" else kind for kind in kinds
    ]
    assert without.sections[1] is BRIEF.sections[1]
