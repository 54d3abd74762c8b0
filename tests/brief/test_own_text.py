"""The author's own text: CommonMark, citations, and what is noticed in it."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.conftest import Draft, fact
from brief.printed import inline, lines, section
from briefgen.brief import own_text
from briefgen.brief.model import CiteItem, Link, Paragraph, Text
from briefgen.brief.own_text import read_locator, read_own_text, split_sentences
from briefgen.brief.spec import Judgement
from briefgen.errors import InputError

KNOWN = {"f1": (CiteItem("s1", "9", "paragraph"),), "s1": (CiteItem("s1"),)}


def read(text: str) -> list[str]:
    return lines(read_own_text(text, KNOWN.get).blocks)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Trade grew [@f1].", "Trade grew[s1:9]."),
        ("Trade grew. [@f1] More.", "Trade grew.[s1:9] More."),
        ("See [@s1, p. 3].", "See[s1:3]."),
        ("See [compare @s1, pp. 3-5, my stress; @f1].", "See[compares1:3-5, my stress; s1:9]."),
        ("Mail a@b.org or [a@b.org].", "Mail a@b.org or [a@b.org]."),
        (r"Not a citation: \[@f1].", "Not a citation: [@f1]."),
        # Neither HTML nor images: text like any other.
        ("<b>bold</b> <!-- x -->", "<b>bold</b> <!-- x -->"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("&lt;b&gt; &amp;", "<b> &"),
        ("a  \nb", "a/b"),
    ],
)
def test_inline_text(written: str, printed: str) -> None:
    assert read(written) == [printed]


def test_images_and_scripted_links_never_become_links() -> None:
    (block,) = read_own_text("[x](javascript:alert(1)) [y](https://y.org)", KNOWN.get).blocks
    assert isinstance(block, Paragraph)
    assert [item.url for item in block.content if isinstance(item, Link)] == ["https://y.org"]


def test_blocks() -> None:
    text = "# Top\n\n1. one\n2. two\n   - deep\n\n> said\n\n    code\n\n---"
    kinds = [type(block).__name__ for block in read_own_text(text, KNOWN.get).blocks]
    assert kinds == ["Heading", "ListBlock", "Quote", "Preformatted", "Rule"]


@pytest.mark.parametrize(
    ("after", "read_as"),
    [
        (", p. 3", ("3", "page", "")),
        (", 3-5", ("3-5", "page", "")),
        (" para. 12", ("12", "paragraph", "")),
        (", ch. 4, emphasis mine", ("4", "chapter", ", emphasis mine")),
        (", ¶ 7", ("7", "paragraph", "")),
        (", at 00:12:30", ("00:12:30", "timestamp", "")),
        (", passim", ("", "", ", passim")),
        ("", ("", "", "")),
    ],
)
def test_locators(after: str, read_as: tuple[str, str, str]) -> None:
    assert read_locator(after) == read_as


def test_sentences_are_told_apart() -> None:
    text = "Gen. A. Smith met Dr. Doe. It rose to 3.5 per cent. Was it so? “Yes.” The end"
    assert split_sentences(text) == [
        "Gen. A. Smith met Dr. Doe.",
        "It rose to 3.5 per cent.",
        "Was it so?",
        "“Yes.”",
        "The end",
    ]


def test_sentences_without_a_source_are_named(draft: Draft) -> None:
    text = "Trade grew. [@a] Nobody knows why. It fell [@s1]."
    made = draft([fact("a")], text={"bottom_line": text})
    assert made.warnings == (
        "bottom_line: no source for “Nobody knows why.”; add [@fact-id] or [@source-id, p. 3]",
    )
    assert section(made.brief, "bottom-line") == [
        "Trade grew.[s1:3] Nobody knows why. It fell[s1:]."
    ]


def test_an_unknown_citation_is_refused(draft: Draft) -> None:
    with pytest.raises(InputError, match=r"\[@nope\] names no fact and no source"):
        draft([fact("a")], text={"bottom_line": "It is so [@nope]."})


def test_too_many_words_are_told(draft: Draft) -> None:
    made = draft([fact("a")], text={"bottom_line": "word " * 61 + "[@a]."})
    assert any("has 62 words; the template asks for at most 60" in w for w in made.warnings)


def test_a_judgement_may_cite(draft: Draft) -> None:
    judgement = Judgement("Trade will *grow* [@a].", "likely", "low")
    made = draft([fact("a")], judgements=(judgement,))
    (line,) = section(made.brief, "judgements")
    assert line.startswith("Trade will grow[s1:3]. Likelihood: likely (55 to 80 per cent).")
    assert inline(()) == ""


@given(st.lists(st.sampled_from(
    ["Trade", " ", ".", ", ", "\n", "\n\n", "2011", "1.", "- ", "(x)", "a–b", "*", "_", "#", "=",
     "“q”", "; ", "é", "[@s1]", "\t", "  \n", "&amp;", "<b>", "-", "~", "http://x.y", ":"]),
    max_size=12))  # fmt: skip
def test_plain_text_reads_the_same_without_the_parser(pieces: list[str]) -> None:
    text = "".join(pieces)
    quick = read_own_text(text, KNOWN.get)
    with patch.object(own_text, "_MAY_BE_MARKUP", re.compile("")):
        parsed = read_own_text(text, KNOWN.get)
    assert [flat(b) for b in quick.blocks] == [flat(b) for b in parsed.blocks]
    assert quick.uncited == parsed.uncited
    assert quick.words == parsed.words


def flat(block: object) -> object:
    """Neighbouring texts of a paragraph as one: how it is cut makes no difference."""
    if not isinstance(block, Paragraph) or not all(isinstance(i, Text) for i in block.content):
        return block
    return "".join(item.text for item in block.content if isinstance(item, Text))
