"""Entries as YAML text: every reader gets back what was handed in, in the house's style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.errors import InputError
from briefgen.reading.yaml_tree import Sequence, parse_yaml
from briefgen.writing.emit import entry_lines, scalar
from briefgen.writing.nodes import as_node, same

FACT: dict[str, Any] = {
    "statement": "Trade: up by a third.",
    "key": True,
    "recorded": "2026-11-21",
    "cites": [{"quote": "so\n\nit goes", "locator": {"page": "3-4"}, "source": "s1"}],
    "figures": [{"value": 760.5, "measure": "trade", "unit": "USD million", "basis": "reported"}],
    "topics": ["trade", "trade.oil"],
    "kind": "figure",
    "date": "2022-07/2023-05",
    "credibility": 2,
    "status": None,
    "id": "trade-2022-23",
}


def test_a_fact_stands_as_in_the_shipped_files() -> None:
    assert "\n".join(entry_lines(FACT)) == (
        "- id: trade-2022-23\n"
        "  date: 2022-07/2023-05\n"
        "  topics: [trade, trade.oil]\n"
        "  kind: figure\n"
        '  statement: "Trade: up by a third."\n'
        "  figures:\n"
        "    - measure: trade\n"
        "      value: 760.5\n"
        "      unit: USD million\n"
        "      basis: reported\n"
        "  cites:\n"
        "    - source: s1\n"
        "      locator: {page: 3-4}\n"
        "      quote: |-\n"
        "        so\n"
        "\n"
        "        it goes\n"
        "  credibility: 2\n"
        "  key: true\n"
        "  recorded: 2026-11-21"
    )


def test_a_source_stands_as_in_the_shipped_files() -> None:
    note = (
        "The dateline says 17 September, without a year; the saved copy holds the text twice. " * 2
    )
    source = {
        "custom": {"archive": "001.txt", "reliability": "B"},
        "note": note.strip(),
        "issued": "2011-09-17~",
        "title": "1984",
        "type": "book",
        "author": [{"given": "George", "family": "Orwell"}],
        "accessed": {"date-parts": [[2024, 1, 2]]},
        "id": "o1984",
    }
    assert "\n".join(entry_lines(source, under="references")) == (
        "- id: o1984\n"
        "  type: book\n"
        '  title: "1984"\n'
        "  author:\n"
        "    - family: Orwell\n"
        "      given: George\n"
        "  issued: 2011-09-17~\n"
        "  accessed: {date-parts: [[2024, 1, 2]]}\n"
        "  note: >-\n"
        "    The dateline says 17 September, without a year; the saved copy holds the text twice. The\n"
        "    dateline says 17 September, without a year; the saved copy holds the text twice.\n"
        "  custom:\n"
        "    reliability: B\n"
        "    archive: 001.txt"
    )


@pytest.mark.parametrize(
    "text",
    [
        "NO", "yes", "~", "null", "2013", "1_000", "12:30", "0x1F", "1e3", ".5", "-1", ".inf", ".NaN",
        "2013-08-28", "2013-08-28 12:00:00Z", "- a", "-", "# a", "a # b", "a: b", "a:", "@a", "`a`",
        "%a", "!a", "&a", "*a", "? a", "|", ">", "[a", "{a", "]", "'a'", '"a"', "=", "<<", "...", "---",
        "", " a", "a ", "\ta", "a\tb", "a\nb", "a\r\nb", "a\u2028b", "a\u2029b", "a\x85b", "\ufeffa",
        "\u00a0a",
    ],
)  # fmt: skip
def test_what_another_reader_could_mistake_is_quoted(text: str) -> None:
    assert scalar(text, "statement").startswith('"')
    assert yaml.safe_load(scalar(text, "statement")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ärger",
        "it's",
        'say "x"',
        "a, b",
        "a - b",
        "½",
        "x#y",
        "https://a.example/b?c=d",
        "🙂 ok",
        "𝔘",
        "x\u200dy",
    ],
)
def test_what_nobody_mistakes_stands_plain(text: str) -> None:
    assert scalar(text, "statement") == text
    assert yaml.safe_load(text) == text


@pytest.mark.parametrize("key", ["date", "issued", "recorded"])
@pytest.mark.parametrize(
    "date", ["2013", "2013-08-28", "2012~", "2016?", "201X", "2013/..", "../2014"]
)
def test_dates_stand_plain_where_dates_belong(key: str, date: str) -> None:
    assert scalar(date, key) == date


@pytest.mark.parametrize("bad", ["\x00", "a\x1bb", "\x9f", "\ud800", "\uffff"])
def test_what_documents_cannot_hold_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match=r"control character U\+"):
        entry_lines({"id": "a", "detail": bad})


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), object(), b"x"])
def test_what_no_file_holds_is_refused(bad: Any) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        entry_lines({"id": "a", "value": bad})


TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n\t-:#,[]{}'\"\\|>&*!?%@`=~<./+0123456789XTZeE_ynNoO\r\x85\u2028\u2029\ufeff"),
        st.characters(
            exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
        ),
    ),
    max_size=60,
)  # fmt: skip
KEYS = st.sampled_from(
    ["statement", "note", "detail", "date", "locator", "page", "volume", "quote", "abstract", "x y"]
)
VALUES = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(KEYS, VALUES, max_size=5),
    st.sampled_from(["", "references"]),
)
@example({"note": "word " * 30 + "#x"}, "references")
@example({"abstract": "a  b " * 30 + "c"}, "references")
@example({"quote": "a\n b"}, "")
@example({"quote": "a\n\n"}, "")
@example({"statement": [[], {}, [{}]]}, "")
def test_every_reader_gets_back_what_was_handed_in(values: Mapping[str, Any], under: str) -> None:
    entry = {"id": "a", **values}
    text = "\n".join(entry_lines(entry, under=under)) + "\n"
    ours = parse_yaml(text.encode(), "x")
    assert not ours.problems
    assert isinstance(ours.root, Sequence)
    assert len(ours.root.items) == 1
    assert same(ours.root.items[0], as_node(entry))
    assert yaml.load(text, yaml.BaseLoader) == [as_texts(entry)]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["statement", "title", "name", "alias"]))
def test_a_text_stays_a_text_for_a_reader_that_guesses(text: str, key: str) -> None:
    for entry in ({"id": "a", key: text}, {"id": "a", "topics": [text]}):
        assert yaml.safe_load("\n".join(entry_lines(entry)) + "\n") == [entry]


def as_texts(value: Any) -> Any:
    """What a reader that converts nothing has to find."""
    if isinstance(value, Mapping):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
