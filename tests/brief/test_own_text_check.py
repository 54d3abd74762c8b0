"""What is said about own text while it is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.conftest import BASE, PlainLookup, fact
from briefgen.brief.own_text.reader import count_words
from briefgen.gui.view_models.brief.own_text_check import check_own_text, storable
from briefgen.patterns import UNPRINTABLE

LOOKUP = PlainLookup([fact("pipeline-2012")])


def said(text: str) -> list[tuple[str, str]]:
    return [(note.severity, note.text) for note in check_own_text(text, BASE, LOOKUP)]


@pytest.mark.parametrize(
    "text", ["", "  \n ", "It was agreed [@pipeline-2012].", "It was agreed [@s1, p. 3]."]
)
def test_nothing_is_said_of_what_is_in_order(text: str) -> None:
    assert said(text) == []


def test_an_id_that_nobody_has_is_an_error() -> None:
    assert said("It was [@nobody].") == [
        ("error", "[@nobody] names no fact and no source of the base; correct the id")
    ]


def test_the_line_of_an_error_is_told_where_there_are_several() -> None:
    ((severity, text),) = said("It was [@s1].\n\nIt will be [@nobody].")
    assert severity == "error"
    assert text.startswith("Line 3: [@nobody] ")


def test_sentences_without_a_source_are_hinted_at() -> None:
    assert said("It rained. It snowed. It hailed [@s1].") == [
        ("hint", "no source for “It rained.” and 1 more; type [@ to cite one")
    ]


def test_where_no_sources_are_asked_for_nothing_is_said_of_them() -> None:
    assert check_own_text("It rained. It snowed.", BASE, LOOKUP, cites=False) == ()


def test_likelihood_and_confidence_in_one_sentence_are_warned_of() -> None:
    ((severity, text),) = said("With high confidence it is likely [@s1].")
    assert severity == "warning"
    assert text.endswith("say them apart (ICD 203)")


def test_html_and_images_are_warned_of() -> None:
    assert [severity for severity, _ in said("A <b>bold</b> ![x](y.png) word [@s1].")] == [
        "warning", "warning",
    ]  # fmt: skip
    assert said("That 1 < 2 is known [@s1].") == []


def test_errors_come_first() -> None:
    assert [severity for severity, _ in said("<b>One</b>. Two [@nobody].")] == [
        "error", "warning", "hint",
    ]  # fmt: skip


def test_words_are_counted_as_the_brief_counts_them() -> None:
    assert count_words("one  two\nthree [@s1, p. 3] [four] -- five") == 5
    assert (
        count_words("1. one\n2) two [@s1, pp. 3-4; @s2]\n- [three](https://x.org/a-b) **four**")
        == 4
    )
    assert count_words("In 2011. 5 left") == 4
    assert count_words("| one | two |\n|-----|:---:|\n| three | |") == 3


@given(st.text())
@settings(deadline=None, max_examples=50)
def test_what_is_stored_can_be_stored(text: str) -> None:
    kept = storable(text)
    assert UNPRINTABLE.search(kept) is None
    assert storable(kept) == kept
    assert "\r" not in kept
