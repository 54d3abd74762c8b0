"""What was discarded stays for some days."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.view_models.brief.recovery import Unsaved, from_bytes, to_bytes
from briefgen.gui.view_models.discarded import DAYS, MOST, Discarded

DAY = 86_400.0


class Clock:
    """Seconds that a test winds on."""

    now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def discarded(tmp_path: Path, clock: Clock) -> Discarded[Unsaved]:
    return Discarded(tmp_path / "discarded", to_bytes, from_bytes, clock)


def titled(title: str) -> Unsaved:
    return Unsaved(BriefSpec(title=title))


def newest(discarded: Discarded[Unsaved]) -> str | None:
    found = discarded.newest()
    return found[0].spec.title if found is not None else None


def test_the_last_comes_first_until_it_is_let_go(
    discarded: Discarded[Unsaved], clock: Clock
) -> None:
    assert newest(discarded) is None
    for title in ("one", "two"):
        discarded.put(titled(title))
        clock.now += 1
    found = discarded.newest()
    assert found is not None
    unsaved, let_go = found
    assert unsaved == titled("two")
    assert newest(discarded) == "two"

    let_go()
    assert newest(discarded) == "one"
    let_go()  # twice does no harm


def test_each_goes_after_some_days(
    discarded: Discarded[Unsaved], clock: Clock, tmp_path: Path
) -> None:
    discarded.put(titled("one"))
    clock.now += (DAYS - 0.1) * DAY
    assert newest(discarded) == "one"
    clock.now += 0.2 * DAY
    assert newest(discarded) is None
    assert list((tmp_path / "discarded").iterdir()) == []


def test_not_too_many_are_kept(discarded: Discarded[Unsaved], clock: Clock, tmp_path: Path) -> None:
    for number in range(MOST + 5):
        discarded.put(titled(str(number)))
        clock.now += 1

    assert len(list((tmp_path / "discarded").iterdir())) == MOST
    assert newest(discarded) == str(MOST + 4)


def test_it_is_private(discarded: Discarded[Unsaved], tmp_path: Path) -> None:
    discarded.put(titled("one"))

    (file,) = (tmp_path / "discarded").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"[" * 100_000])
def test_what_is_damaged_hides_nothing(
    discarded: Discarded[Unsaved], clock: Clock, tmp_path: Path, damage: bytes
) -> None:
    discarded.put(titled("one"))
    clock.now += 1
    discarded.put(titled("two"))
    max((tmp_path / "discarded").iterdir()).write_bytes(damage)

    assert newest(discarded) == "one"
