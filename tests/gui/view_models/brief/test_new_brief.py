"""What a new brief starts with."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec
from briefgen.dates import parse_edtf
from briefgen.gui.view_models.brief.new_brief import MANY, fitted, new_brief
from briefgen.index import open_index
from briefgen.pipeline.settings import Settings
from briefgen.select.model import Selection
from briefgen.select.pick import count_facts
from briefgen.shipped import shipped_base


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))


def base_with(folder: Path, dates: list[str]) -> Path:
    """A base with a fact for each date; an empty one is left out."""
    (folder / "facts").mkdir(parents=True)
    (folder / "base.yaml").write_text("format: 1\ntitle: T\nlanguage: en\ntopics: {a: A}\n")
    (folder / "actors.yaml").write_text("[]\n")
    (folder / "sources.yaml").write_text("references:\n- {id: s, type: book, title: S}\n")
    (folder / "facts/a.yaml").write_text(
        "".join(
            f"- {{id: f{number}, {f'date: {date}, ' if date else ''}topics: [a], "
            "kind: event, statement: It was so., cites: [{source: s}]}\n"
            for number, date in enumerate(dates)
        )
    )
    return folder


def test_the_persons_defaults(tmp_path: Path) -> None:
    assert new_brief(Settings(tmp_path)) == BriefSpec()
    assert new_brief(Settings(tmp_path, defaults=BriefSpec(paper="letter"))).paper == "letter"


def test_a_base_that_can_be_looked_over_is_shown_whole() -> None:
    with open_index(shipped_base()) as index:
        assert fitted(BriefSpec(), index) == BriefSpec()


@pytest.mark.parametrize(
    ("dates", "start"),
    [
        # 30 facts a month: the newest ten months.
        ([f"20{year:02}-{month:02}" for year in range(10, 20) for month in range(1, 13)] * 30,
         "2019-03"),
        # All in one month: from the day on.
        ([f"2019-05-{day:02}" for day in range(1, 31)] * 20, "2019-05-16"),
        # All on one day, and more than can be looked over: that day.
        (["2019-05-01"] * 400, "2019-05-01"),
        # The rest is undated, or goes on for ever.
        (["2019-05-01"] * 10 + [""] * 200 + ["2012/.."] * 200, "2019-05-01"),
        ([""] * 400, None),
    ],
)  # fmt: skip
def test_of_very_many_facts_the_newest_are_shown(
    tmp_path: Path, dates: list[str], start: str | None
) -> None:
    with open_index(base_with(tmp_path / "base", dates)) as index:
        spec = fitted(BriefSpec(), index)
        assert (spec.select.start.text if spec.select.start else None) == start
        if len(set(dates)) > 20:
            assert 0 < count_facts(index, spec.select) <= MANY


def test_a_selection_that_somebody_made_is_left_alone(tmp_path: Path) -> None:
    asked = BriefSpec(select=Selection(topics=("a",), start=parse_edtf("2000")))
    with open_index(base_with(tmp_path / "base", ["2019-05-01"] * 400)) as index:
        assert fitted(asked, index) == asked
