"""What the renderers ask of a brief's notes and references."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import Cite, CiteItem, Note, ReferenceEntry, References, Sentence, Text
from briefgen.render._reading import (
    cited_in_notes,
    entry_with_notes,
    notes_citing,
    ranges,
    ranges_in_words,
    with_cautions,
    without_marks,
)
from render.texts import brief_of


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [((), ""), ((4,), "4"), ((9, 3, 8, 7), "3, 7–9"), ((1, 2, 4, 4, 5), "1–2, 4–5")],
)
def test_ranges(numbers: tuple[int, ...], printed: str) -> None:
    assert ranges_in_words(numbers) == printed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 60)))
def test_ranges_hold_the_numbers_and_no_others(numbers: list[int]) -> None:
    runs = ranges(numbers)
    assert [n for first, last in runs for n in range(first, last + 1)] == sorted(set(numbers))
    assert all(b[0] - a[1] > 1 for a, b in pairwise(runs))


def test_the_notes_that_cite_a_source() -> None:
    dawn, nation = CiteItem("dawn", "8", "page"), CiteItem("nation")
    notes = (
        Note(1, "note-1", (), ("cite-1", "cite-4"), (dawn,)),
        Note(2, "note-2", (), ("cite-2",), (nation, dawn)),
        Note(3, "note-3", (), ("cite-3",)),
    )
    entry = ReferenceEntry("own", "ref-own", "", (Text("Own."),), ("cite-3", "cite-9"))
    brief = brief_of(References((entry,)), notes=notes)
    assert notes_citing(brief) == {"dawn": (1, 2), "nation": (2,), "own": (3,)}
    assert notes_citing(brief_of(References((entry,)))) == {}


def test_an_entry_with_its_notes() -> None:
    entry = ReferenceEntry("s", "ref-s", "", (Text("Dawn."),), remarks=(Text("Reliability B."),))
    brief = brief_of()
    assert with_cautions(entry_with_notes(brief, entry)) == "Dawn. Reliability B."
    assert with_cautions(entry_with_notes(brief, entry, (3,))) == (
        "Dawn. Reliability B. Cited in n.\u00a03."
    )
    assert cited_in_notes(brief, (3, 7)) == ("Cited in nn.\u00a0", ".")


def test_a_heading_said_again_has_no_marks() -> None:
    mark, in_text = Cite((), "cite-1", note=1), Cite((), "cite-2", (Text("[1]"),))
    content = (Sentence("f", (Text("Oil"), mark)), Text(" "), in_text, mark)
    assert without_marks(content) == (Sentence("f", (Text("Oil"),)), Text(" "), in_text)
