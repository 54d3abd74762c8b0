from __future__ import annotations

from contextlib import closing

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import UsageError
from briefgen.index.fold import fold_words
from briefgen.index.text import Phrase, parse_text_query


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("", []),
        ("   ", []),
        ("oil Gas", ["oil", "gas"]),
        ("oil oil OIL", ["oil"]),
        ("Mi-17", ["mi 17"]),
        ('"naval Exercise" 2014', ["naval exercise", "2014"]),
        ("ship*", ["ship…"]),
        ("ship*, crew", ["ship…", "crew"]),
        ("Mi-1*", ["mi 1…"]),
        ('"naval ship"*', ["naval ship…"]),
        ('"naval ship*"', ["naval ship…"]),
        ("*ship", ["ship"]),
        ("sh*ip", ["sh ip"]),
        ('"naval exercise', ["naval exercise"]),
        ('oil "', ["oil"]),
        ('"" oil', ["oil"]),
        ('("gas pipeline")', ["gas pipeline"]),
        ("«газопровод Восток» “oil field”", ["газопровод восток", "oil field"]),
        ('צה"ל', ["צה ל"]),
        ("oil OR gas NOT -coal", ["oil", "or", "gas", "not", "coal"]),
        ("statement:oil NEAR(a b)", ["statement oil", "near a", "b"]),
        ("北京", ["北 京"]),
        ("oil — gas", ["oil", "gas"]),
    ],
)
def test_a_filter_asks_for_these_phrases(text: str, phrases: list[str]) -> None:
    shown = [" ".join(p.words) + "…" * p.beginning for p in parse_text_query(text)]
    assert shown == phrases


@pytest.mark.parametrize("text", ["!!!", "*", '""', "— …"])
def test_a_filter_without_words_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        parse_text_query(text)


@pytest.mark.parametrize("text", [" ".join(map(str, range(101))), "a-" * 101])
def test_a_filter_far_too_long_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="more than 100 words"):
        parse_text_query(text)


WORDS = st.lists(st.sampled_from(["a", "ab", "b", "b1", "é", "北", "ж"]), max_size=6)


@given(WORDS, WORDS.filter(bool), st.booleans())
@settings(max_examples=100, deadline=None)
def test_sqlite_and_plain_python_find_the_same(
    field: list[str], phrase: list[str], beginning: bool
) -> None:
    sought = Phrase(tuple(fold_words(" ".join(phrase))), beginning)
    words = fold_words(" ".join(field))
    assert sought.found_in(words) == _sqlite_finds(sought, " ".join(words))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_text_is_ever_search_syntax(text: str) -> None:
    try:
        phrases = parse_text_query(text)
    except UsageError:
        return
    for phrase in phrases:
        assert _sqlite_finds(phrase, " ".join(phrase.words))


def _sqlite_finds(phrase: Phrase, field: str) -> bool:
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')")
        connection.execute("INSERT INTO t VALUES (?)", (field,))
        found = connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (phrase.match,))
        return found.fetchone() is not None
