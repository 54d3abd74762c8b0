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


def test_what_other_systems_write_is_as_on_unix() -> None:
    elsewhere = BytesIO()
    with zipfile.ZipFile(elsewhere, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("b", "b" * 400), ("a", "a" * 400)):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 0, 32
            entry.comment, entry.extra = b"a comment", b"\xfe\xca\x00\x00"
            archive.writestr(entry, data)
    with zipfile.ZipFile(BytesIO(with_dates(elsewhere.getvalue(), MOMENT))) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert (entry.create_system, entry.external_attr) == (3, 0o600 << 16)
            assert entry.date_time == (2026, 11, 21, 9, 30, 14)
            assert entry.comment == b"a comment"


def test_both_headers_of_an_entry_say_the_same() -> None:
    made = with_dates(packed(1999), MOMENT)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            place = made.index(b"PK\x01\x02", archive.start_dir)
            assert made[at + 10 : at + 14] == made[place + 12 : place + 16]


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
