"""Where lines end, and how high they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.render.docx.cascade import ParagraphLook, RunLook, Tab
from briefgen.render.docx.paging import lines as module
from briefgen.render.docx.paging.lines import Line, forget_many_lines, lines_of
from briefgen.render.docx.paging.pieces import width_of
from briefgen.render.docx.paging.reading import (
    Anchor,
    Item,
    LineEnd,
    Mark,
    Paragraph,
    Picture,
    TabCharacter,
    Words,
)

pytestmark = pytest.mark.usefixtures("one_font")

TEN = RunLook("Any", 20)
HIGH = 252
"""A line of ten points: 0.984 and 0.273 of 200 twips."""


def laid(*items: Item | str, width: int = 2000, **look: object) -> list[Line]:
    said = tuple(Words(item, TEN) if isinstance(item, str) else item for item in items)
    paragraph = Paragraph(ParagraphLook("Normal", TEN, **look), TEN, said)  # type: ignore[arg-type]
    return lines_of(paragraph, width, 720)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("one two three four five six", ["onetwothreefour", "fivesix"]),
        ("a government-to-government sale", ["agovernment-to-", "governmentsale"]),
        ("a big one\u2011to\u2011one sale of gas", ["abigone\u2011to\u2011one", "saleofgas"]),
        ("it was between 2014\u00a0and\u00a02017", ["itwasbetween", "2014\u00a0and\u00a02017"]),
        ("at example.org/reports/annual", ["atexample.org/", "reports/annual"]),
        ("one two (three four) five six", ["onetwo(three", "four)fivesix"]),
        ("the first words\u2014and others", ["thefirstwords\u2014", "andothers"]),
        ("or one in up to 10/100 of it", ["oroneinupto", "10/100ofit"]),
    ],
)
def test_where_lines_end(said: str, lines: list[str]) -> None:
    assert texts(laid(said, width=1560)) == lines


def test_a_word_wider_than_the_line_is_torn() -> None:
    word = "incomprehensibilities"
    torn = texts(laid(word, width=800))
    assert len(torn) > 1
    assert "".join(torn) == word


def test_what_two_runs_hold_together_stays_together() -> None:
    strong = TEN._replace(bold=True)
    assert texts(laid("one two three fo", Words("ur", strong), width=1300)) == [
        "onetwothree",
        "four",
    ]


def test_a_line_is_as_high_as_its_highest_letters() -> None:
    large, raised = TEN._replace(size=28), TEN._replace(raised=True)
    assert [line.height for line in laid("words")] == [HIGH]
    assert [line.height for line in laid("words", Words("more", large))] == [352]
    assert [line.height for line in laid("words", Words("1", raised), Mark(1, raised, True))] == [
        HIGH
    ]
    assert [line.height for line in laid("words", Picture(100, 900))] == [955]
    assert [line.height for line in laid()] == [HIGH]


@pytest.mark.parametrize(
    ("look", "heights", "below"),
    [
        ({"line": 360}, [252, 378], 126),
        ({"line": 216}, [226, 226], 0),
        ({"line": 120, "rule": "exact"}, [120, 120], 0),
        ({"line": 300, "rule": "atLeast"}, [300, 300], 0),
        ({"line": 100, "rule": "atLeast"}, [252, 252], 0),
    ],
)
def test_room_between_lines(look: dict[str, object], heights: list[int], below: int) -> None:
    made = laid("one two three four five six", width=1560, **look)
    assert [line.height for line in made] == heights
    assert made[-1].below == below


def test_indents_and_hanging_labels() -> None:
    label, text = Words("2014", TEN), Words("words and words and words", TEN)
    entry = laid(label, TabCharacter(TEN), text, width=2600, left=1000, first=-1000)
    assert texts(entry) == ["2014wordsandwords", "andwords"]
    # A number or bullet takes the room in which the first line hangs.
    assert texts(laid(text, width=2600, left=1000, first=-1000)) == ["wordsandwordsandwords"]
    assert texts(laid(text, width=2600, left=1000, first=-1000, listed=True)) == [
        "wordsandwords",
        "andwords",
    ]


def test_tabs_lead_to_the_next_stop_and_a_right_one_takes_no_room() -> None:
    stops = (Tab(1500, "right"),)
    assert len(laid("left", TabCharacter(TEN), "right", width=1500, tabs=stops)) == 1
    assert len(laid("left and left and", TabCharacter(TEN), "right", width=1500, tabs=stops)) == 2
    assert len(laid("left", TabCharacter(TEN), "right", width=1500)) == 1


def test_lines_tell_their_marks_bookmarks_and_ends() -> None:
    made = laid(
        Anchor("here"), "one", Mark(3, TEN, True), LineEnd(False), "two", LineEnd(True), "three"
    )
    assert [(line.notes, line.anchors, line.ends_page) for line in made] == [
        ((3,), ("here",), False),
        ((), (), True),
        ((), (), False),
    ]


def test_letters_in_other_clothes() -> None:
    plain = width_of("Capital", TEN)
    assert width_of("Capital", TEN._replace(caps=True)) == width_of("CAPITAL", TEN)
    small = TEN._replace(small_caps=True)
    assert width_of("aC", small) == pytest.approx(width_of("A", TEN) * 0.8 + width_of("C", TEN))
    assert width_of("Capital", TEN._replace(spacing=10)) == pytest.approx(plain + 70)
    assert width_of("Capital", TEN._replace(stretch=50)) == pytest.approx(plain / 2)


@given(st.text("ab-/ (.\u00a0\u2014中", max_size=60), st.integers(100, 3000))
def test_words_that_are_measured_by_the_run_stand_as_those_by_themselves(
    said: str, width: int
) -> None:
    apart = [f"{word} " for word in said.split(" ")]
    apart[-1] = apart[-1][:-1]
    assert laid(said, width=width) == laid(*apart, width=width)


def test_a_long_document_is_broken_into_lines_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is laid out twice, with its list of contents and without."""
    broken: list[Paragraph] = []
    real = module._broken

    def counted(paragraph: Paragraph, width: int, default_tab: int) -> tuple[Line, ...]:
        broken.append(paragraph)
        return real(paragraph, width, default_tab)

    monkeypatch.setattr(module, "_broken", counted)
    for _ in range(2):
        for number in range(5_000):
            laid(f"paragraph {number}")
    assert len(broken) == 5_000
    forget_many_lines()
    assert not module._KNOWN
