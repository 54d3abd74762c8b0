"""Passages as they are read: what they cite, and what cannot be one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.brief.model import Cite, CiteItem
from briefgen.brief.own_text.reader import read_own_line
from briefgen.errors import Origin
from briefgen.facts.cited_facts import CitedFactsError, cited_facts

GOOD = """\
- id: both
  text: >-
    Something happened in *August* [@first]
    and something else [@second; @first].
  key: true
  checked: {first: %s}
""" % ("0a" * 32)


def told(read) -> list[str]:
    return [str(problem) for problem in read.problems]


def test_a_passage_in_order(read_with) -> None:
    read = read_with(passages=GOOD)
    assert told(read) == []
    passage = read.base.passages["both"]
    assert passage.text == (
        "Something happened in *August* [@first] and something else [@second; @first]."
    )
    assert passage.facts == ("first", "second")
    assert passage.checked == {"first": "0a" * 32}
    assert passage.key
    assert passage.origin == Origin("base/passages.yaml", 1, 3)


def test_a_base_need_not_have_any(read_with) -> None:
    assert told(read_with()) == told(read_with(passages="")) == []
    assert read_with(passages="# none yet\n").base.passages == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("It came [@first] and went [@third].",
         "unknown fact 'third'; add it to facts/, or correct the name"),
        ("It came and went.",
         "a passage says what several facts say, and this one cites no fact; put [@fact-id] behind each clause, for the facts it rests on: two or more"),
        ("It came and went [@first; @first].",
         "a passage says what several facts say, and this one cites 'first' alone; put [@fact-id] behind each clause, for the facts it rests on: two or more"),
        ("It came [@first, p. 3] and went [@second].",
         "'[@first, p. 3]' does not cite facts alone; write the facts that a clause rests on as [@fact-id; @other-id]"),
        ("It came [see @first] and went [@second].",
         "'[see @first]' does not cite facts alone; write the facts that a clause rests on as [@fact-id; @other-id]"),
        ("It came [@first] and went [@second], so we hope.",
         "no fact follows ', so we hope.'; put [@fact-id] behind these words, or take them away"),
        (r"It came [@first].\n\nIt went [@second].",
         "a passage is one paragraph; remove the empty line, or make two passages of it"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_passage_is_told_and_left_out(read_with, text: str, problem: str) -> None:
    read = read_with(passages=f'- id: x\n  text: "{text}"\n')
    assert told(read) == [f"base/passages.yaml:2:9: error: {problem}"]
    assert read.base.passages == {}
    assert [fact.id for fact in read.facts] == ["first", "second"]


def test_keys_are_read_strictly(read_with) -> None:
    read = read_with(
        passages="- {id: x, txt: It came., key: yes}\n"
        "- {id: y, text: 'It came [@first; @second].', checked: {first: 3F2A}}\n"
        "- {id: y, text: 'It went [@first; @second].'}\n"
    )
    assert told(read) == [
        "base/passages.yaml:1:3: error: a passage needs the key 'text'; add text: …",
        "base/passages.yaml:1:11: error: unknown key 'txt' in a passage; did you mean 'text'?",
        "base/passages.yaml:1:31: error: expected true or false, found 'yes'; write true or false",
        "base/passages.yaml:2:64: error: '3F2A' is not a SHA-256; leave that to briefgen, which writes 64 hexadecimal digits",
        "base/passages.yaml:3:3: error: passage id 'y' stands twice, first at base/passages.yaml:2:3; give one of them another id",
    ]
    assert read.base.passages == {}


def test_a_file_that_is_no_list_stops_everything(read_with) -> None:
    read = read_with(passages="passages: []\n")
    assert [str(problem) for problem in read.fatal] == [
        "base/passages.yaml:1:1: error: expected a list, found keys and values; start each entry with '- id: …'"
    ]


# --- citations are those of own text -----------------------------------------------------------

pieces = st.lists(
    st.sampled_from(
        ["Oil came", " *and* ", " [@a]", "[@b; @c]", "[@{b}]", r" \[@d] ", "[x]", " @e", ". ",
         "[1]", "(@a)", "«да» ", "[ @a ; @b ]", r"\\", "[@a;@b]", "a_b_c "]
    ),
    max_size=7,
).map("".join)  # fmt: skip


@example(r"Oil\\[@b; @c][@a]")
@given(pieces)
def test_what_is_cited_is_what_own_text_cites(text: str) -> None:
    try:
        facts = cited_facts(text)
    except CitedFactsError:
        return
    line, own = read_own_line(text, lambda name: (CiteItem(name),))
    cites = [item.source for one in line if isinstance(one, Cite) for item in one.items]
    assert own.faults == []
    assert tuple(dict.fromkeys(cites)) == facts
    assert not re.search(r"\w", text[text.rindex("]") :])
