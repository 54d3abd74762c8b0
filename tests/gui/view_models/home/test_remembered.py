"""Where one was, written down and read again."""

from __future__ import annotations

from pathlib import Path

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
