"""Breaking lines: nothing sticks out, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.pdf.lines import Line, Measurer, break_lines, natural_widths
from briefgen.render.pdf.looks import Look
from briefgen.render.pdf.runs import Run
from briefgen.render.pdf.setter import Lacks

BODY = Look("regular", 10.0)
BOLD = Look("semibold", 10.0)
RAISED = Look("regular", 6.6, rise=3.0)


def _copied(lines: list[Line]) -> str:
    return "".join(span.setting.face.text(span.text) for line in lines for span in line.spans)


def _set(runs: list[Run], width: float) -> list[Line]:
    return break_lines(Measurer(Lacks()).fragments(runs), width)


def test_lines_end_with_a_space_that_keeps_words_apart() -> None:
    lines = _set([Run("one two three four", BODY)], 50)
    assert [_copied([line]) for line in lines] == ["one two ", "three four"]


def test_looks_that_touch_stay_together() -> None:
    lines = _set([Run("paid in yuan.", BODY), Run("12", RAISED, note=12)], 52)
    assert [_copied([line]) for line in lines] == ["paid in ", "yuan.12"]
    assert [line.notes for line in lines] == [(), (12,)]


def test_an_over_long_word_is_cut_after_a_late_hyphen() -> None:
    lines = _set([Run("abcdefghijkl-mnopqrstuvwxyz", BODY)], 80)
    assert [_copied([line]) for line in lines] == ["abcdefghijkl-", "mnopqrstuvwxyz"]


def test_a_soft_hyphen_shows_only_where_the_line_breaks() -> None:
    (whole,) = _set([Run("co\u00adoperation", BODY)], 200)
    first, second = _set([Run("co\u00adoperation", BODY)], 50)
    without = _set([Run("cooperation", BODY)], 200)[0]
    assert whole.width == pytest.approx(without.width)
    assert first.width > _set([Run("co", BODY)], 200)[0].width
    assert _copied([first, second]) == "co\u00adoperation"


def test_a_soft_hyphen_that_has_no_room_does_not_show() -> None:
    lines = _set([Run("11W\u00ad1", BODY)], 20)
    assert [_copied([line]) for line in lines] == ["11W\u00ad", "1"]
    assert lines[0].width == pytest.approx(_set([Run("11W", BODY)], 20)[0].width)


def test_what_is_tied_goes_to_the_next_line_together() -> None:
    runs = [Run("Agreed in 2014. ", BODY), Run("▲\u00a0weak source", BODY, tied=True)]
    assert [_copied([line]) for line in _set(runs, 110)] == [
        "Agreed in 2014. ",
        "▲ weak source",
    ]
    # Unless no line holds it.
    runs = [Run("Agreed in 2014. ", BODY), Run("▲\u00a0one unnamed source", BODY, tied=True)]
    assert [_copied([line]) for line in _set(runs, 80)] == [
        "Agreed in 2014. ",
        "▲ one unnamed ",
        "source",
    ]


def test_a_line_break_ends_the_line() -> None:
    lines = _set([Run("a", BODY), Run("\n", BODY), Run("\n", BODY), Run("b", BODY)], 100)
    assert [_copied([line]).strip() for line in lines] == ["a", "", "b"]


def test_nothing_is_one_empty_line() -> None:
    assert _set([], 100) == [Line((), 0)]


def test_anchors_survive_without_text() -> None:
    (line,) = _set([Run("x", BODY), Run("", BODY, anchors=("cite-1",))], 100)
    assert [span.setting.anchors for span in line.spans] == [(), ("cite-1",)]


_TEXT = st.text(
    st.sampled_from("aiWm.,-–/ \u00a0\u200d\u00ad\u0301éДα1😀中\u202f"), min_size=0, max_size=80
)
_RUNS = st.lists(
    st.builds(Run, _TEXT, st.sampled_from([BODY, BOLD, RAISED]), st.sampled_from(["", "#a"])),
    max_size=6,
)


@settings(deadline=None, max_examples=80)
@given(_RUNS, st.floats(20, 300))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(
    runs: list[Run], width: float
) -> None:
    lines = _set(runs, width)
    assert all(line.width <= width + 0.02 for line in lines)
    for line in lines:
        for span in line.spans:
            assert span.x >= 0
            assert span.x + span.width <= line.width + 0.02

    def squeezed(text: str) -> str:
        return "".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())

    assert squeezed(_copied(lines)) == squeezed("".join(run.text for run in runs))


@settings(deadline=None, max_examples=40)
@given(_RUNS)
def test_natural_widths_are_what_breaking_needs(runs: list[Run]) -> None:
    parts = Measurer(Lacks()).fragments(runs)
    widest, longest = natural_widths(parts)
    assert widest <= longest + 0.01
    assert len(break_lines(parts, longest + 0.1)) == 1


def test_what_a_word_lacks_is_counted_each_time_and_in_each_document() -> None:
    run = Run("known \U0010fffda known \U0010fffda", Look("regular", 10.0))
    for _ in range(2):  # the words are known the second time
        lacks = Lacks()
        Measurer(lacks).fragments([run, run])
        assert {character: lack.count for character, lack in lacks.characters.items()} == {
            "\U0010fffd": 4
        }
