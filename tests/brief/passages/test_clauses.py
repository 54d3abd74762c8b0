"""A passage taken apart: each clause with its facts, and all of its text in them."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefgen.brief.model import Cite, CiteItem, Emphasis, Text
from briefgen.brief.passages.clauses import clauses_of, plain_line, read_line
from briefgen.facts.model import Passage
from briefgen.facts.read import read_base
from briefgen.shipped import shipped_base


def clauses(text: str) -> list[tuple[str, str]]:
    """Text and facts of each clause."""
    return [(one.text, " ".join(one.facts)) for one in clauses_of(Passage("p", text, ()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It came [@a] and went [@b].", [("It came", "a"), (" and went.", "b")]),
        ("It came [@a], and *went* [@b; @c].", [("It came,", "a"), (" and went.", "b c")]),
        ("It came. [@a] It went. [@b]", [("It came.", "a"), (" It went.", "b")]),
        ("It came [@a].\nIt went [@b]!", [("It came.", "a"), (" It went!", "b")]),
        ("“It came [@a].” He “left [@b]”.", [("“It came.”", "a"), (" He “left”.", "b")]),
        ("It came [@a][@b; @a] [@c].", [("It came.", "a b c")]),
        ("It *went [@a]* away [@b].", [("It went", "a"), (" away.", "b")]),
        (r"It \[came\] @x [@{a.b}] or [@c-d].", [("It [came] @x", "a.b"), (" or.", "c-d")]),
        ("It came [@a] and went [@b], alas.", [("It came", "a"), (" and went, alas.", "b")]),
    ],
)
def test_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert clauses(text) == expected


def test_a_clause_keeps_its_format_and_the_place_of_its_citation() -> None:
    (first, second) = clauses_of(Passage("p", "The *ship* came [@a], then left [@b].", ()))
    assert first.content == (
        Text("The "), Emphasis((Text("ship"),)), Text(" came"), Cite((CiteItem("a"),)), Text(","),
    )  # fmt: skip
    assert second.content == (Text(" then left"), Cite((CiteItem("b"),)), Text("."))


words = st.lists(
    st.sampled_from(["oil", "Moscow", "2011", "and", "(so)", "«да»", "4.5"]), min_size=1
)
pieces = st.lists(
    st.tuples(
        words.map(" ".join),
        st.sampled_from(["", ",", ".", ";", "!”"]),
        st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@given(pieces)
def test_nothing_is_lost_between_clauses(
    parts: list[tuple[str, str, list[str], bool]],
) -> None:
    # "2011. [@a]" at the beginning is a list that starts with 2011.
    assume(parts[0][0] != "2011" or parts[0][1] != ".")
    text, plain = [], []
    for said, stop, facts, before in parts:
        cited = f"[{'; '.join('@' + fact for fact in facts)}]"
        text.append(f"{said}{stop} {cited}" if before else f"{said} {cited}{stop}")
        plain.append(said + stop)
    found = clauses_of(Passage("p", " ".join(text), ()))
    assert "".join(clause.text for clause in found) == " ".join(plain)
    assert [clause.facts for clause in found] == [
        tuple(dict.fromkeys(facts)) for _, _, facts, _ in parts
    ]


scraps = st.lists(
    st.sampled_from(
        ["Oil", " came", " ", "  ", "[@a]", " [@b; @c-d]", "[@x.]", "[x]", "(", "2011.", "-", "–", "...",
         "'", "’", "“", '"', "*", "_", "&amp;", "\\", "\n", "\t", "@", "!", "#", "#1 ", "`", "~", "|", "<b>",
         "http://a.b", ", ", ". ", ": ", "=", "+ ", "1) ", "é\u0301", "\u00a0", "да", "--", " - "]
    ),
    max_size=9,
).map("".join)  # fmt: skip


@given(scraps)
@example("[@a]: Oil")
@example("Oil [@a](b)")
@settings(max_examples=300)
def test_words_and_citations_alone_are_read_as_commonmark_reads_them(text: str) -> None:
    assert plain_line(text) in (None, read_line(text))


def test_the_shipped_passages_need_no_parser() -> None:
    read = read_base(shipped_base())
    assert read.base is not None
    assert read.base.passages
    quick = [plain_line(passage.text) for passage in read.base.passages.values()]
    assert quick.count(None) <= len(quick) // 4


@pytest.mark.parametrize(
    ("language", "text"),
    [("en-GB", "He said ‘yes’\u00a0– twice."), ("en-US", "He said “yes”—twice.")],
)
def test_marks_are_set_as_the_language_has_them(language: str, text: str) -> None:
    (clause,) = clauses_of(Passage("p", 'He said "yes" - twice [@a; @b].', ()), language)
    assert clause.text == text
