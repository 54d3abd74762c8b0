"""A brief that is too long is drafted, cited and laid out again until it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.traversal import plain_text, walk_runs
from briefgen.pipeline.draft import Desk, MadeBrief
from briefgen.pipeline.pages import most_pages
from briefgen.pipeline.render import render_brief
from pipeline.budget.conftest import OWN_WORDS, asking

STYLES = ["chicago-notes-bibliography", "ieee", "apa"]


@pytest.fixture
def made(desk: Desk) -> Callable[..., MadeBrief]:
    """Makes a brief, its pages counted."""

    def make(spec: BriefSpec, *, fit: bool = False) -> MadeBrief:
        drafted = desk.cite(desk.draft(spec))
        return render_brief(drafted, ("pdf",), None, desk=desk, fit=fit, count=True)

    return make


def words(brief: MadeBrief) -> str:
    return "\n".join(plain_text(run) for run in walk_runs(brief.brief))


@pytest.mark.parametrize("style", STYLES)
def test_what_is_found_fits_and_is_what_a_brief_could_say(
    made: Callable[..., MadeBrief], style: str
) -> None:
    long = made(asking(2, style=style))
    fitted = made(asking(2, style=style), fit=True)

    assert most_pages(long.pages) > 2 >= most_pages(fitted.pages)
    assert fitted.over_budget == ""
    assert long.fitted == ()
    by_hand = made(replace(long.spec, sections=fitted.spec.sections))
    assert by_hand.data == fitted.data
    assert replace(fitted.spec, sections=long.spec.sections) == long.spec


@pytest.mark.parametrize("style", STYLES)
def test_nothing_that_went_could_have_stayed(made: Callable[..., MadeBrief], style: str) -> None:
    asked = asking(2, style=style)
    fitted = made(asked, fit=True).spec.sections
    assert fitted != asked.sections

    for gone in set(fitted.leave_out) - set(asked.sections.leave_out):
        more = replace(fitted, leave_out=tuple(id_ for id_ in fitted.leave_out if id_ != gone))
        more = replace(more, limits={**more.limits, gone: 1})
        assert most_pages(made(replace(asked, sections=more)).pages) > 2, gone
    for short, limit in fitted.limits.items():
        more = replace(fitted, limits={**fitted.limits, short: limit + 1})
        assert most_pages(made(replace(asked, sections=more)).pages) > 2, short


def test_the_advice_is_what_fit_would_do(made: Callable[..., MadeBrief]) -> None:
    told = made(asking(2)).over_budget
    sections = made(asking(2), fit=True).spec.sections

    for id_ in sections.leave_out:
        assert id_ in told[told.index("leave_out: [") : told.index("]")]
    for id_, limit in sections.limits.items():
        assert f"{id_}: {limit}" in told
    assert " before the annex are " in told
    assert told.endswith(f", or allow {most_pages(made(asking()).pages)} pages")


def test_what_a_person_chose_and_wrote_stays(made: Callable[..., MadeBrief]) -> None:
    """The last facts of their topics, which a limit would be the first to keep out; a plan that
    stands in the section that goes first."""
    asked = replace(asking(2, key=("f40",), include=("f59", "f58")), style="ieee")

    fitted = made(asked, fit=True)

    assert most_pages(fitted.pages) == 2
    body = {place.id: place.sections for place in fitted.placements}
    for name in ("f40", "f58", "f59"):
        assert set(body[name]) - {"chronology"}, name
    assert words(fitted).count(OWN_WORDS) == 2
    assert "topics" not in fitted.spec.sections.leave_out  # the lead stands there
    assert 0 < fitted.spec.sections.limits["topics"] < 12


def test_the_fewest_pages_are_named_where_nothing_is_enough(
    made: Callable[..., MadeBrief],
) -> None:
    long = "Much was said, and at length. " * 150
    asked = replace(asking(1), text={"line": f"{long} [@f1]."})

    fitted = made(asked, fit=True)

    assert fitted.fitted == ()
    assert fitted.spec == asked
    assert fitted.data == made(replace(asked, max_pages=None)).data
    assert (
        ", and 2 pages are the fewest it can have with all that you wrote and chose; "
        "write less or choose fewer facts, or allow "
    ) in fitted.over_budget


def test_where_nothing_may_go_its_own_pages_are_the_fewest(made: Callable[..., MadeBrief]) -> None:
    lines = ("keys", "topics", "figures", "plans")
    asked = asking(1, leave_out=lines)
    asked = replace(asked, text={"line": f"{'Much was said, and at length. ' * 250} [@f1]."})

    told = made(asked, fit=True).over_budget

    pages = most_pages(made(asked).pages)
    assert told == (
        f"{pages} pages before the annex are {pages - 1} more than the 1 allowed, and {pages} "
        "pages are the fewest it can have with all that you wrote and chose; "
        f"write less or choose fewer facts, or allow {pages} pages"
    )


def test_trials_borrow_the_words_of_the_long_brief(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted = desk.cite(desk.draft(asking(2)))
    asked: list[str] = []
    ask = desk.resources.citeproc.ask
    monkeypatch.setattr(
        desk.resources.citeproc, "ask", lambda question: asked.append(question) or ask(question)
    )

    fitted = render_brief(drafted, ("pdf",), None, desk=desk, fit=True)

    assert fitted.fitted
    assert len(asked) <= 2  # what is proposed, and which sources are worded as ibid there
