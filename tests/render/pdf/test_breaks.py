"""Where a line may break inside a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.pdf.breaks import pieces


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pipeline", ["pipeline"]),
        # A hyphen at a line's end is dropped when the text is copied.
        ("combined-cycle", ["combined-cycle"]),
        ("Mi-35", ["Mi-35"]),
        ("2011–2023", ["2011–2023"]),
        ("Pakistan–Russia", ["Pakistan–Russia"]),
        ("10.5%", ["10.5%"]),
        ("US$760.5\u00a0million", ["US$760.5\u00a0million"]),
        ("Transcaucasian–Transcaspian", ["Transcaucasian–", "Transcaspian"]),
        ("co\u00adoperation", ["co\u00ad", "operation"]),
        ("zero\u200bwidth", ["zero\u200b", "width"]),
        ("no\u2060break", ["no\u2060break"]),
        ("中文，字", ["中", "文，", "字"]),
        (
            "https://www.dawn.com/news/659642?page=2",
            ["https://www.dawn.com/", "news/", "659642", "?page", "=2"],
        ),
        ("https://a.example/%D0%9F%D1%80-b", ["https://a.example/", "%D0%9F%D1%80-b"]),
        # A host that is long itself is broken, too.
        (
            "https://archive.ministry-of-foreign-affairs.example/a/1",
            ["https://", "archive", ".ministry-of-foreign-affairs", ".example/", "a/1"],
        ),
        # A hyphen begins a line, where it cannot be taken for a hyphenation.
        (
            "https://a.example/first-ever-strategic-dialogue-begins-in-moscow-today.",
            ["https://a.example/", "first-ever-strategic-dialogue", "-begins-in-moscow-today."],
        ),
        (
            "https://a.example/first-ever-dialogue-begins",
            ["https://a.example/", "first-ever-dialogue-begins"],
        ),
    ],
)
def test_a_word_in_pieces(word: str, expected: list[str]) -> None:
    assert pieces(word) == expected


@settings(deadline=None)
@given(st.text(alphabet="ab-–—/.?&=%:1\u00ad\u200b\u00a0中。", min_size=1, max_size=60))
def test_pieces_are_the_word_again(word: str) -> None:
    assert "".join(pieces(word)) == word
