"""Text is data: whatever a base says comes out of Word's XML as it went in."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from briefgen.brief.model import (
    Column,
    Entries,
    Entry,
    ListBlock,
    MastheadLine,
    Paragraph,
    Preformatted,
    Row,
    Section,
    Table,
    Text,
)
from briefgen.render.docx import render_docx
from briefgen.render.docx.runs import Format, run
from briefgen.render.docx.xml import NAMESPACES, attribute, escape
from render.docx.word_file import W, WordFile, text_of
from render.sample_brief import NASTY_TEXTS, rich_brief

HOLDABLE = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(HOLDABLE, min_size=1, max_size=60)


def _read_back(xml: str) -> str:
    return text_of(etree.fromstring(f"<w:p {NAMESPACES}>{xml}</w:p>"))


@given(TEXTS)
@example("<b>&amp;</b> ]]>")
@example(" edges ")
@example("a\u00a0b\u202fc\u00add\u2011e\u200df")
@example("شمال and جنوب, 12")
@settings(max_examples=200, deadline=None)
def test_a_run_gives_back_its_text(text: str) -> None:
    assert _read_back(run(text)) == text
    assert _read_back(run(text, Format(bold=True, language="en"))) == text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_an_attribute_gives_back_its_text(text: str) -> None:
    element = etree.fromstring(f'<a b="{attribute(text)}"/>')
    assert element.get("b") == text


@given(st.text(st.characters(), max_size=30))
@example("\x00\x0b\ud800\uffff")
@settings(max_examples=200, deadline=None)
def test_no_character_breaks_the_file(text: str) -> None:
    etree.fromstring(f"<a>{escape(text)}</a>".encode())


@pytest.mark.parametrize("text", NASTY_TEXTS)
def test_nasty_text_stands_everywhere_as_it_is(text: str) -> None:
    words = (Text(text),)
    said = Paragraph(words)
    brief = rich_brief(
        title=text,
        kind=text,
        subtitle=text,
        marking=text,
        reference=text,
        author=text,
        notes=(),
        keywords=(text,),
        masthead=(MastheadLine(text, words),),
        sections=(
            Section(
                "s",
                "s",
                words,
                (
                    said,
                    ListBlock(((said,),)),
                    Entries((Entry(words, (said,)),), text, text),
                    Table((Column(words),), (Row((words,)),), text),
                    Preformatted(text),
                ),
            ),
        ),
    )
    file = WordFile(render_docx(brief).data)
    texts = file.texts()
    shown = text.replace("\n", " ")
    assert [t for t in texts if t == shown] == [shown] * 11  # all but the dated entry
    assert [t for t in texts if t.startswith(shown) and t.endswith(shown) and t != shown]
    (description,) = [d.get(f"{W}val") for d in file.body.iter(f"{W}tblCaption")]
    assert description == text.replace("\t", " ")


def test_right_to_left_stretches_are_marked() -> None:
    root = etree.fromstring(f"<w:p {NAMESPACES}>{run('Urdu: پاکستان, ‎12 کا x')}</w:p>")
    marked = {
        "".join(r.itertext()): r.find(f"{W}rPr/{W}rtl") is not None for r in root.iter(f"{W}r")
    }
    assert marked == {"Urdu: ": False, "پاکستان, ‎12 کا": True, " x": False}


def test_a_long_run_of_marks_is_split_in_no_time() -> None:
    """Combining marks match more than one way: the pattern must not try them all."""
    text = "ا" + "\u064b" * 20_000 + "x"
    assert _read_back(run(text)) == text
