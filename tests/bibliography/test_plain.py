"""Markup becomes plain characters, and text that only looks like it stays."""

from __future__ import annotations

import pytest

from briefgen.bibliography.pandoc import plain_math
from briefgen.bibliography.plain import one_line_text, paragraphs, without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<i>Dawn</i> over <b>the</b> Indus", "Dawn over the Indus"),
        (
            '<span class="nocase">NATO</span> <span style="font-variant:small-caps;">x</span>',
            "NATO x",
        ),
        ("H<sub>2</sub>O, x<sup>10</sup>, 1<sup>er</sup>", "H₂O, x¹⁰, 1er"),
        ("<b><i>both</i></b>", "both"),
        ("AT&amp;T &#246; &#xF6; &euml;", "AT&T ö ö ë"),
        ("[NATO]{.nocase}", "NATO"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "\n\nOne.\n\nTwo.\n\n"),
        ("a < b > c", "a < b > c"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<i>unclosed", "<i>unclosed"),
        ("a?b=1&copy=2 &c; &nosuchthing;", "a?b=1&copy=2 &c; &nosuchthing;"),
    ],
)
def test_markup(text: str, plain: str) -> None:
    assert without_markup(text) == plain


def test_deep_markup_is_bounded() -> None:
    text = "<i>" * 5000 + "x" + "</i>" * 5000
    assert "x" in without_markup(text)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("x^2", "x²"),
        ("x^{10}_i", "x¹⁰_i"),
        (r"\mathrm{CO_2}", "CO₂"),
        (r"\alpha \times 10^{-3}", "α×10⁻³"),
        (r"50^{\circ}", "50°"),
        (r"\frac{1}{2}", "12"),
    ],
)
def test_formulas(tex: str, plain: str) -> None:
    assert plain_math(tex) == plain


def test_lines_and_paragraphs() -> None:
    assert one_line_text(" a\tb\r\nc\x00 ") == "a b c"
    assert one_line_text("no\u00a0break") == "no\u00a0break"
    assert paragraphs(" one \r\n\r\ntwo\x07\u2029three ") == "one\n\ntwo\n\nthree"
