"""Judgements while they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.spec.model import Judgement
from briefgen.gui.view_models.brief.judgement_drafts import (
    finished,
    why_unfinished,
    with_unfinished,
)

A, B, C = (Judgement(f"{name} will happen.", "likely") for name in "ABC")
EMPTY = Judgement("", "unlikely")
MIXED = Judgement("We have high confidence that it is likely.")


@pytest.mark.parametrize(
    ("judgement", "why"),
    [(A, ""), (EMPTY, "say what you judge"), (Judgement(" \n"), "say what you judge"),
     (MIXED, "ICD 203"), (Judgement("It is likely. Our confidence is high."), "")],
)  # fmt: skip
def test_why_a_judgement_is_not_in_the_brief_yet(judgement: Judgement, why: str) -> None:
    assert why in why_unfinished(judgement)
    assert bool(why) == bool(why_unfinished(judgement))


def test_unfinished_ones_keep_their_place() -> None:
    assert with_unfinished((A, B), (EMPTY, A, MIXED, B)) == (EMPTY, A, MIXED, B)
    assert with_unfinished((C,), (EMPTY, A, MIXED, B)) == (EMPTY, C, MIXED)
    assert with_unfinished((A, B, C), (A, EMPTY)) == (A, EMPTY, B, C)


@given(st.lists(st.sampled_from([A, B, C])), st.lists(st.sampled_from([A, B, EMPTY, MIXED])))
@settings(deadline=None, max_examples=100)
def test_the_brief_gets_exactly_its_judgements_back(
    judgements: list[Judgement], drafts: list[Judgement]
) -> None:
    merged = with_unfinished(judgements, drafts)

    assert finished(merged) == tuple(judgements)
    assert [one for one in merged if why_unfinished(one)] == [
        one for one in drafts if why_unfinished(one)
    ]
    assert with_unfinished(finished(drafts), drafts) == tuple(drafts)
