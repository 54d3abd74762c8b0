"""Many facts and all that an officer wrote, on the two pages that the director reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from briefgen.brief.spec.reader import read_spec
from briefgen.brief.traversal import plain_text, walk_runs
from briefgen.pipeline.export import make_brief
from briefgen.pipeline.pages import most_pages
from briefgen.shipped import shipped_base, shipped_templates

EXAMPLE = (
    Path(__file__).parents[2] / "docs" / "examples" / "country-brief-energy-defence.brief.yaml"
)


def test_a_long_selection_fits_on_two_pages_with_all_that_its_author_wrote() -> None:
    written = read_spec(EXAMPLE)
    select = replace(written.select, topics=(*written.select.topics, "trade"), undated=True)
    spec = replace(written, select=select, max_pages=2)

    made = make_brief(
        spec,
        shipped_base(),
        (shipped_templates(),),
        ("docx", "pdf"),
        created=datetime(2023, 10, 2, tzinfo=UTC),
        today=date(2023, 10, 2),
        fit=True,
    )

    assert len(made.fact_ids) >= 65
    assert made.fitted
    assert made.over_budget == ""
    assert {format_: count.body for format_, count in made.pages.items()} == {"docx": 2, "pdf": 2}
    assert most_pages(made.pages) == 2
    text = " ".join(" ".join(map(plain_text, walk_runs(made.brief))).split())
    own = [*spec.text.values(), *spec.sections.leads.values()]
    own += [judgement.text for judgement in spec.judgements]
    for words in own:
        # Up to the first citation, whose wording depends on the style.
        opening = " ".join(words.split("[@")[0].split()).replace("'", "’")
        assert opening.rstrip(" .") in text, opening
    places = {place.id: place.sections for place in made.placements}
    for starred in spec.edits.key:
        assert set(places[starred]) - {"chronology"}, starred
