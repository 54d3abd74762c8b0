"""Quotations found again in a saved copy, and the places of passages."""

from __future__ import annotations

import pytest

from briefgen.capture.model import SavedText, numbered, of_own_text
from briefgen.capture.quoting import Place, Quotations, locator
from briefgen.capture.read import read_saved
from briefgen.facts.paragraph_ranges import paragraph_ranges
from capture.copies import pdf

PARAGRAPHS = numbered(["“We met,” he said – twice.", "They agreed on oil.", "And on gas."])


def test_a_quotation_is_found_whatever_the_shape_of_its_marks() -> None:
    found = Quotations(PARAGRAPHS).find('"We  met," he\nsaid - twice.')
    assert found == (Place(0, 0, 0, 26),)


def test_a_quotation_over_two_paragraphs_and_one_with_a_gap() -> None:
    quotations = Quotations(PARAGRAPHS)
    assert quotations.find("on oil. And on") == (Place(1, 12, 2, 6),)
    assert quotations.find("We met, … agreed on […] coal.") == ()
    assert quotations.find("he said … agreed on […] gas.") == (
        Place(0, 10, 0, 17), Place(1, 5, 1, 14), Place(2, 7, 2, 11),
    )  # fmt: skip
    assert quotations.find("agreed on gas") == ()
    assert quotations.find("…") == ()


def test_places_count_the_documents_own_paragraphs_where_these_are_named() -> None:
    """What was saved along, a headline or a menu, has no number and gives no place."""
    saved = SavedText("txt", numbered(["Headline", "One.", "Read more", "Two.", "Log in"]), {})
    own = of_own_text(saved, paragraph_ranges("2, 4"))
    assert [(one.number, one.text) for one in own.paragraphs if one.number] == [
        (1, "One."), (2, "Two."),
    ]  # fmt: skip
    assert [locator(own, *ends) for ends in ((0, 0), (1, 1), (0, 3), (2, 2))] == [
        {}, {"paragraph": "1"}, {"paragraph": "1-2"}, {},
    ]  # fmt: skip
    assert of_own_text(saved, ()) == saved
    pages = read_saved(pdf(["One."], ["Two."]), "a.pdf")
    assert of_own_text(pages, paragraph_ranges("2")) == pages


@pytest.mark.parametrize("text", ["", "0", "3-2", "2, 2", "4, 1-3", "a", "1,,2", "1-", "-1"])
def test_what_names_no_paragraphs_in_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="paragraphs"):
        paragraph_ranges(text)


def test_the_place_is_a_page_where_there_are_pages() -> None:
    text = SavedText("txt", PARAGRAPHS, {})
    assert locator(text, 1, 1) == {"paragraph": "2"}
    assert locator(text, 0, 1) == {"paragraph": "1-2"}
    saved = read_saved(pdf(["One."], ["Two."]), "a.pdf")
    assert locator(saved, 1, 1) == {"page": "2"}
