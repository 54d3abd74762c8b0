"""What an author types, and what is printed. `_` stands for a no-break space."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.printed import inline, lines
from briefgen.brief.model import CiteItem, Paragraph
from briefgen.brief.own_text.reader import escaped_for_commonmark, read_own_text
from briefgen.brief.own_text.typography import AMERICAN, BRITISH, convention_of, typeset


def in_both(text: str) -> tuple[str, str]:
    british, american = typeset(text, BRITISH), typeset(text, AMERICAN)
    return british.replace("\u00a0", "_"), american.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("typed", "british", "american"),
    [
        # What stands inside what decides, not which key was hit.
        ('He said "no".', "He said ‘no’.", "He said “no”."),
        ("He said 'no'.", "He said ‘no’.", "He said “no”."),
        ("'She said \"no\" to it.'", "‘She said “no” to it.’", "“She said ‘no’ to it.”"),
        ("\"She said 'no' to it.\"", "‘She said “no” to it.’", "“She said ‘no’ to it.”"),
        ('("so")', "(‘so’)", "(“so”)"),
        ('"in 2023"', "‘in 2023’", "“in 2023”"),
        # What was typed as printers have it stays.
        ("“He said 'no'”", "“He said ‘no’”", "“He said ‘no’”"),
        ("‘He said \"no\"’", "‘He said “no”’", "‘He said “no”’"),
        # A quotation over several paragraphs has its partner elsewhere.
        ('"It begins here', "‘It begins here", "“It begins here"),
        ('and ends here."', "and ends here.’", "and ends here.”"),
        # Apostrophes are the same everywhere, and primes are none.
        ("Awan's and the ministers' talks, don't, the '90s", *["Awan’s and the ministers’ talks, don’t, the ’90s"] * 2),
        ("the 'ministers' plan'", "the ‘ministers’ plan’", "the “ministers” plan’"),
        ("6'2\" tall, a 12\" pipe, 5' deep", *["6'2\" tall, a 12\" pipe, 5' deep"] * 2),
    ],
)  # fmt: skip
def test_quotation_marks(typed: str, british: str, american: str) -> None:
    assert in_both(typed) == (british, american)


@pytest.mark.parametrize(
    ("typed", "british", "american"),
    [
        ("Oil -- and gas -- moved.", "Oil_– and gas_– moved.", "Oil—and gas—moved."),
        ("Oil - not gas - moved.", "Oil_– not gas_– moved.", "Oil—not gas—moved."),
        ("Oil --- not gas---moved.", "Oil_– not gas_– moved.", "Oil—not gas—moved."),
        ("Oil-- not gas", "Oil_– not gas", "Oil—not gas"),
        ("2011--2023, Pakistan--Russia", *["2011–2023, Pakistan–Russia"] * 2),
        ("09:00 - 10:30", *["09:00–10:30"] * 2),
        ("a well-known e-mail, from -5 to -3", *["a well-known e-mail, from -5 to -3"] * 2),
        ("run it with --fit, not ----", *["run it with --fit, not ----"] * 2),
        ("Oil – not gas — moved.", *["Oil – not gas — moved."] * 2),
        ("And then... nothing....", *["And then… nothing…."] * 2),
        ("-", "–", "–"),
    ],
)
def test_dashes_and_ellipses(typed: str, british: str, american: str) -> None:
    assert in_both(typed) == (british, american)


@pytest.mark.parametrize(
    "exact",
    [
        "https://example.org/a--b?c='d'",
        "www.example.org/a--b",
        "jo--doe@example.org",
        "<a href=\"x\" title='y'>",
        "<!-- note -->",
    ],
)
def test_addresses_and_html_stay_as_they_stand(exact: str) -> None:
    for convention in (BRITISH, AMERICAN):
        assert typeset(f"See {exact} there", convention) == f"See {exact} there"


def printed(text: str, language: str = "en-GB") -> list[str]:
    return lines(read_own_text(text, lambda name: (CiteItem("s1"),), language).blocks)


def test_quotations_may_hold_markup_citations_and_the_ends_of_lines() -> None:
    assert printed('"It *is* so", he said "yes [@a]\nto it".') == [
        "‘It is so’, he said ‘yes[s1:] to it’."
    ]
    assert printed('*"It is"* **"so"**') == ["‘It is’ ‘so’"]
    assert printed("He said -\nnot today --\nno.", "en-US") == ["He said—not today—no."]
    assert printed("He said -\nnot today --\nno.") == ["He said – not today – no."]


def test_code_and_what_was_escaped_stays() -> None:
    assert printed('`a -- "b" ...` it\'s') == ['a -- "b" ... it’s']
    assert printed(r"\"so\" 2\-\-3 it\'s &quot;x&quot;") == ['"so" 2--3 it\'s "x"']
    assert printed('```\n"a" -- b\n```\n') == ["Preformatted"]


def test_text_without_markup_is_set_like_any_other() -> None:
    """Plain sentences never reach the parser."""
    assert printed("He said 'no'...") == ["He said ‘no’…"]
    assert printed("He said 'no'... *") == ["He said ‘no’… *"]


def test_what_a_base_says_in_a_template_is_not_requoted() -> None:
    filled = escaped_for_commonmark({"title": 'Awan\'s "Blog" -- a view...'})["title"]
    assert printed(f"It's {filled}") == ['It’s Awan\'s "Blog" -- a view...']


def test_a_language_without_conventions_is_left_alone() -> None:
    assert convention_of("ur") is None
    assert printed("'a' -- b", "ur") == ["'a' -- b"]


@settings(max_examples=300, deadline=None)
@given(st.text("ab1 '\"-.“”‘’\n*_`[]@(\\", max_size=40))
def test_nothing_but_marks_changes(text: str) -> None:
    def letters(said: str) -> str:
        return "".join(c for c in said if c in "ab1@")

    for convention in (BRITISH, AMERICAN):
        assert letters(typeset(text, convention)) == letters(text)
    plain = runs(text, "ur")
    for language in ("en-GB", "en-US"):
        assert list(map(letters, runs(text, language))) == list(map(letters, plain))


def runs(text: str, language: str) -> list[str]:
    blocks = read_own_text(text, lambda name: (CiteItem("s1"),), language).blocks
    return [inline(block.content) for block in blocks if isinstance(block, Paragraph)]
