"""Over budget, in words."""

from __future__ import annotations

import pytest

from briefgen.pipeline.budget.advice import excess_in_words, in_a_brief
from briefgen.pipeline.budget.concessions import Concession
from briefgen.pipeline.pages import PageCount


@pytest.mark.parametrize(
    ("docx", "pdf", "annex", "said"),
    [
        (2, 2, True, ""),
        (1, 2, False, ""),
        (3, 3, False, "3 pages are 1 more than the 2 allowed"),
        (5, 5, True, "5 pages before the annex are 3 more than the 2 allowed"),
        (3, 2, True, "3 pages before the annex in Word (PDF 2) are 1 more than the 2 allowed"),
        (2, 4, False, "4 pages in PDF (Word 2) are 2 more than the 2 allowed"),
        (None, 3, False, "3 pages are 1 more than the 2 allowed"),
    ],
)
def test_how_far_over_and_in_which_file(docx: int | None, pdf: int, annex: bool, said: str) -> None:
    pages = {"docx": docx, "pdf": pdf}
    counts = {name: PageCount(count, 9) for name, count in pages.items() if count is not None}

    assert excess_in_words(counts, 2, has_annex=annex) == said  # type: ignore[arg-type]


def test_what_is_conceded_reads_as_a_brief_has_it() -> None:
    gone, short = Concession("gaps", (2, 1), True), Concession("topics", (3, 2))

    assert in_a_brief([gone, short]) == "sections: {leave_out: [gaps], limits: {topics: 2}}"
    assert in_a_brief([short]) == "sections: {limits: {topics: 2}}"
    assert in_a_brief([gone]) == "sections: {leave_out: [gaps]}"
