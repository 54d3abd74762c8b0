"""Where one was, written down and read again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from briefgen.gui.view_models.home.recent_rows import base_row
from briefgen.gui.view_models.home.remembered import (
    MOST,
    Last,
    RecentBase,
    RecentBrief,
    Remembered,
)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "window.recent.json"
    one = Remembered(path)
    one.add_brief(RecentBrief(tmp_path / "ж.yaml", "Énergie", "Chronology", "Own", 3.5))
    one.add_base(RecentBase(tmp_path / "base", "Own", 12, 4.5))
    one.add_brief(RecentBrief(tmp_path / "no\udcffutf8.yaml", "half a \ud800 character"))
    one.set_last(Last(tmp_path / "ж.yaml", str(tmp_path / "base")))

    other = Remembered(path)
    assert (other.briefs, other.bases, other.last) == (one.briefs, one.bases, one.last)


def test_the_latest_comes_first_and_the_oldest_goes(tmp_path: Path) -> None:
    kept = Remembered(tmp_path / "x.json")
    for number in [*range(MOST + 2), 5]:
        kept.add_brief(RecentBrief(tmp_path / str(number)))

    assert [int(one.path.name) for one in kept.briefs] == [5, 11, 10, 9, 8, 7, 6, 4, 3, 2]
    kept.remove_brief(tmp_path / "5")
    assert Remembered(tmp_path / "x.json").briefs[0].path.name == "11"


def test_what_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = Remembered(tmp_path / "file" / "x.json")
    kept.set_last(Last(tmp_path / "a"))

    assert kept.last == Last(tmp_path / "a")


def test_two_windows_forget_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    one, other = Remembered(path), Remembered(path)
    one.add_brief(RecentBrief(tmp_path / "a"))
    other.add_base(RecentBase(tmp_path / "base"))
    other.add_brief(RecentBrief(tmp_path / "b"))
    one.set_last(Last(tmp_path / "a"))
    one.remove_brief(tmp_path / "none")

    kept = Remembered(path)
    assert [brief.path.name for brief in kept.briefs] == ["b", "a"]
    assert [base.folder.name for base in kept.bases] == ["base"]
    assert kept.last == Last(tmp_path / "a")


@pytest.mark.parametrize("at", ["1e400", "1e300", "-1e12", "NaN", "9" * 400])
def test_a_moment_without_a_day_is_long_ago(tmp_path: Path, at: str) -> None:
    path = tmp_path / "x.json"
    (tmp_path / "base.yaml").touch()
    folder = json.dumps(str(tmp_path))
    whole = f'{{"folder": {folder}, "title": "T", "facts": 3, "at": 12.5}}'
    odd = f'{{"folder": {folder}, "title": "T", "facts": 3, "at": {at}}}'
    many = f'{{"folder": {folder}, "title": "T", "facts": 1e400, "at": 1}}'
    path.write_text(f'{{"format": 1, "bases": [{odd}, {many}, {whole}]}}')
    kept = Remembered(path)
    assert [base.at for base in kept.bases] == [0.0, 12.5]
    for base in kept.bases:
        assert base_row(base, datetime(2026, 11, 21)).is_there
