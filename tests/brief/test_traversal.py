"""Every run of a brief is met once, in reading order, and can be replaced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefgen.brief.model import (
    Brief,
    Column,
    Emphasis,
    Entries,
    Entry,
    Heading,
    Inlines,
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
from briefgen.brief.traversal import (
    ended,
    map_runs,
    walk_blocks,
    walk_inlines,
    walk_runs,
)


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
            References((ReferenceEntry("s", "ref-s", "[1]", t("15"), remarks=t("16")),)),
        )),
    ),
    printed_date="", created=datetime(2026, 1, 1, tzinfo=UTC),
    notes=(Note(1, "note-1", t("17")),),
)  # fmt: skip

NUMBERS = [str(number) for number in range(1, 18)]


def test_reading_order() -> None:
    assert [i.text for i in walk_inlines(BRIEF) if isinstance(i, Text)] == NUMBERS
    assert len(list(walk_runs(BRIEF))) == 17  # 4 and 5 share a run, one heading is empty


def test_runs_are_mapped_in_the_same_order() -> None:
    met: list[object] = []

    def note(run):
        met.append(run)
        return run

    assert map_runs(BRIEF, note) == BRIEF
    assert met == list(walk_runs(BRIEF))


def test_what_does_not_change_stays_the_same_object() -> None:
    def change(run: Inlines) -> Inlines:
        return t("changed") if run == t("15") else run

    mapped = map_runs(BRIEF, change)
    assert mapped.sections[0] is BRIEF.sections[0]
    assert [i.text for i in walk_inlines(mapped) if isinstance(i, Text)] == [
        *NUMBERS[:14], "changed", *NUMBERS[15:],
    ]  # fmt: skip


def test_every_run_can_be_changed() -> None:
    mapped = map_runs(BRIEF, lambda run: (*run, Text("x")) if run else run)
    runs = [run for run in walk_runs(BRIEF) if run]
    assert [run for run in walk_runs(mapped) if run] == [(*run, Text("x")) for run in runs]


def test_every_block_is_met() -> None:
    assert [type(block).__name__ for block in walk_blocks(BRIEF)] == [
        "Heading", "Paragraph", "ListBlock", "Paragraph", "ListBlock", "Paragraph", "Entries",
        "Paragraph", "Table", "Quote", "Paragraph", "Rule", "Preformatted", "References",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("run", "stop"),
    [
        ((Text("Oil"),), True),
        ((Text("Oil."),), False),
        ((Text("“Oil.”"),), False),
        ((Text("“Oil”"),), True),
        ((Emphasis((Text("Oil?"),)),), False),
        ((Emphasis((Text("Oil"),)), Text(" ")), True),
        ((Text("(2013)"),), True),
        ((), False),
    ],
)
def test_a_full_stop_only_where_there_is_none(run: Inlines, stop: bool) -> None:
    assert ended(run) == ((*run, Text(".")) if stop else run)
