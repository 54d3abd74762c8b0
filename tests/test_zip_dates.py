"""Dates in ZIP files: one moment, whatever the library that wrote the file took."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest

from briefgen.zip_dates import with_dates

MOMENT = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)


def packed(year: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("b", "a"):
            archive.writestr(zipfile.ZipInfo(name, (year, 2, 3, 4, 5, 6)), name * 400)
    return out.getvalue()


def test_the_same_entries_whenever_they_were_written() -> None:
    made = with_dates(packed(1999), MOMENT)
    assert made == with_dates(packed(2021), MOMENT)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert archive.namelist() == ["b", "a"]
        assert archive.read("a") == b"a" * 400
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 21, 9, 30, 14)}


def test_content_is_changed_on_the_way() -> None:
    made = with_dates(packed(1999), MOMENT, lambda name, data: data[:2] if name == "a" else data)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert (archive.read("a"), archive.read("b")) == (b"aa", b"b" * 400)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 21, 9), (2026, 11, 21, 9, 0, 0)),
        (
            datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=2))),
            (2026, 11, 20, 22, 30, 0),
        ),
        (datetime(1970, 1, 1, tzinfo=UTC), (1980, 1, 1, 0, 0, 0)),
        (datetime(2200, 1, 1, tzinfo=UTC), (2107, 12, 31, 23, 59, 58)),
    ],
)
def test_moments_are_in_utc_and_within_what_zip_can_say(moment: datetime, said: object) -> None:
    with zipfile.ZipFile(BytesIO(with_dates(packed(1999), moment))) as archive:
        assert archive.infolist()[0].date_time == said
