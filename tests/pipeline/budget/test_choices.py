"""What could be given up for a budget: each choice was tried, and does what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefgen.pipeline.budget.choices import Choices, try_choices
from briefgen.pipeline.draft import Desk
from briefgen.pipeline.pages import counted_each, laid_out_for_budget, length_of, most_pages
from pipeline.budget.conftest import OWN_WORDS, asking


@pytest.fixture(scope="module")
def choices(desk: Desk) -> Choices:
    made = desk.cite(desk.draft(asking(2)))
    layouts = laid_out_for_budget(made.brief, ("pdf",), None)
    made = replace(made, pages=counted_each(made.brief, made.annex, layouts))
    return try_choices(made, desk, ("pdf",), None, 2, lambda text: None)


def test_what_a_choice_says_is_what_it_brings(desk: Desk, choices: Choices) -> None:
    assert choices.length > choices.budget == 2
    assert len(choices.offered) > 3
    for choice in choices.offered:
        made = desk.cite(desk.draft(choice.spec))
        layouts = laid_out_for_budget(made.brief, ("pdf",), None)
        pages = most_pages(counted_each(made.brief, made.annex, layouts))
        assert choice.fits == (pages <= 2), choice.told
        length = length_of(made.brief, made.annex, layouts["pdf"])
        assert abs(length - choice.length) < 0.2, choice.told
        assert choice.length < choices.length
        assert replace(choice.spec, sections=asking(2).sections) == asking(2)


def test_what_is_enough_stands_first_then_what_brings_most(choices: Choices) -> None:
    rest = [choice.length for choice in choices.offered if not choice.fits]
    assert rest == sorted(rest)
    fits = [choice.fits for choice in choices.offered]
    assert fits == sorted(fits, reverse=True)


def test_own_words_are_never_offered(choices: Choices) -> None:
    told = " ".join(choice.told for choice in choices.offered)
    assert "Bottom line" not in told
    assert OWN_WORDS not in told
    assert all("line" not in choice.spec.sections.leave_out for choice in choices.offered)
