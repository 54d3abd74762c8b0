"""A brief's pages while it is being written: the export's own, with what there is to say of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.errors import InputError, NothingSelectedError, UsageError
from briefgen.facts.scaffold import init_base
from briefgen.gui.view_models.pages.preview import (
    Preview,
    make_preview,
    room_left,
    without_place,
)
from briefgen.pipeline.export import make_brief
from briefgen.pipeline.pages import most_pages
from briefgen.pipeline.resources import Resources
from briefgen.render.pdf import Extents, PdfLayout
from briefgen.select.model import Selection
from briefgen.shipped import shipped_templates

CREATED, TODAY = datetime(2026, 11, 21, tzinfo=UTC), date(2026, 11, 21)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "base"
    init_base(folder)
    return folder


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    with pytest.MonkeyPatch.context() as patch, Resources() as shop:
        patch.setenv("BRIEFGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        shop.citeproc.start()  # now, not in a test: it outlives that
        yield shop


def preview(spec: BriefSpec, base: Path, resources: Resources) -> Preview:
    return make_preview(spec, base, (shipped_templates(),), resources, CREATED, TODAY)


def test_the_pages_are_those_of_an_export(base: Path, resources: Resources) -> None:
    spec = BriefSpec(title="Ties", max_pages=9)
    seen = preview(spec, base, resources)
    made = make_brief(spec, base, (shipped_templates(),), ["pdf"], created=CREATED, today=TODAY)

    assert seen.data == made.data["pdf"]
    assert (seen.title, seen.fact_ids) == ("Ties", made.fact_ids)
    assert {place.fact for place in seen.places} <= set(made.fact_ids)
    assert {place.page for place in seen.places} <= set(range(seen.pages))
    assert seen.remarks[0].text == f"{len(made.fact_ids)} facts"


def test_it_travels_to_another_process_as_it_is(base: Path, resources: Resources) -> None:
    seen = preview(BriefSpec(), base, resources)
    assert pickle.loads(pickle.dumps(seen)) == seen


@pytest.mark.parametrize("template", ["country-brief", "chronology"])
def test_pages_are_counted_as_an_export_counts_them(
    base: Path, resources: Resources, template: str
) -> None:
    facts = preview(BriefSpec(), base, resources).fact_ids
    long = Edits(reword=dict.fromkeys(facts, "Word after word, and no end of it. " * 60))
    spec = BriefSpec(max_pages=9, edits=long, template=template)

    made = make_brief(
        spec, base, (shipped_templates(),), spec.outputs, created=CREATED, today=TODAY
    )

    assert set(made.pages) == {"docx", "pdf"}
    assert preview(spec, base, resources).counted == most_pages(made.pages) > 1


def test_over_budget_says_how_far(base: Path, resources: Resources) -> None:
    facts = preview(BriefSpec(), base, resources).fact_ids
    long = Edits(reword=dict.fromkeys(facts, "Word after word, and no end of it. " * 150))
    seen = preview(BriefSpec(max_pages=1, edits=long, outputs=("pdf",)), base, resources)

    assert seen.room == ""
    assert 1 < seen.counted < seen.pages
    assert seen.over_budget == (
        f"{seen.counted} pages before the annex are {seen.counted - 1} more than the 1 allowed"
    )


@pytest.mark.parametrize(
    ("spec", "error", "said"),
    [
        (BriefSpec(select=Selection(text="zebrafish")), NothingSelectedError, "finds no fact"),
        (BriefSpec(style="no-such-style"), UsageError, "no-such-style"),
        (BriefSpec(house="no-such-house.dotx"), InputError, "no-such-house"),
        (BriefSpec(template="no-such-template"), UsageError, "no-such-template"),
    ],
)
def test_what_an_export_would_refuse_is_refused(
    base: Path, resources: Resources, spec: BriefSpec, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        preview(spec, base, resources)


def layout(pages: int, last_page: float) -> PdfLayout:
    """Of pages that hold 50 lines of 13.6 points."""
    return PdfLayout(pages, {}, Extents(680.0, (*[680.0] * (pages - 1), last_page)))


@pytest.mark.parametrize(
    ("pages", "lines_on_last", "budget", "said"),
    [
        (2, 39, 2, "room for 11 more lines in two pages"),
        (2, 49, 2, "room for 1 more line in two pages"),
        (1, 50, 1, "no room for another line in one page"),
        (1, 39, 2, "room for 1 more page and 11 lines in two pages"),
        (1, 50, 3, "room for 2 more pages in three pages"),
        (19, 49, 20, "room for 1 more page and 1 line in 20 pages"),
        (3, 1, 2, ""),
    ],
)
def test_room_is_told_in_lines_of_running_text(
    pages: int, lines_on_last: int, budget: int, said: str
) -> None:
    assert room_left(layout(pages, lines_on_last * 13.6), pages, budget) == said


def test_room_is_that_of_the_last_page_before_the_annex() -> None:
    filled = (680.0, 340.0, 680.0, 13.6)

    said = room_left(PdfLayout(4, {}, Extents(680.0, filled)), 2, 2)

    assert said == "room for 25 more lines in two pages"


def test_a_budget_that_is_kept_tells_what_room_is_left(base: Path, resources: Resources) -> None:
    spec = BriefSpec()
    pages = preview(spec, base, resources).counted

    seen = preview(replace(spec, max_pages=pages), base, resources)

    assert seen.over_budget == ""
    assert seen.room.endswith(f"in {'one page' if pages == 1 else 'two pages'}")


@pytest.mark.parametrize(
    ("warning", "told"),
    [
        ("/a b/c.brief.yaml: unknown: not written", "unknown: not written"),
        ("/a b/c.brief.yaml:4:3: unknown: not written", "unknown: not written"),
        ("/a b/c.brief.yaml.old: is there", "/a b/c.brief.yaml.old: is there"),
        ("46 of 63 facts are printed nowhere: a, b", "46 of 63 facts are printed nowhere: a, b"),
    ],
)
def test_a_warning_is_told_without_the_briefs_file(warning: str, told: str) -> None:
    assert without_place(warning, "/a b/c.brief.yaml") == told
    assert without_place(warning, "") == warning
