"""ZIP files from elsewhere: what is refused, and in which words."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from briefgen.errors import InputError, Origin
from briefgen.safe_zip import Expected, SafeZip

SHEET = Expected(
    called="the workbook",
    program="Excel",
    no_package="is damaged",
    save_again="save it again",
    too_large="unpacks to a size that no table has",
    make_smaller="save the one sheet as CSV",
    most_unpacked=3000,
    most_in_a_part=2000,
    most_parts=4,
    most_elements=20,
)


def packed(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def opened(**parts: bytes) -> SafeZip:
    return SafeZip(packed(**parts), SHEET, Origin("facts.xlsx"))


def test_parts_are_found_whatever_their_case() -> None:
    file = opened(Styles=b"<a>b</a>")
    assert "styles" in file
    assert "other" not in file
    assert file.read("STYLES") == b"<a>b</a>"
    assert file.root("styles").text == "b"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda: opened(one=bytes(2001)).read("one"),
            ("facts.xlsx: the workbook unpacks to a size that no table has; "
            "save the one sheet as CSV"),
        ),
        (
            lambda: opened(one=bytes(1900), two=bytes(1900)).check_every_part(),
            ("facts.xlsx: the workbook unpacks to a size that no table has; "
            "save the one sheet as CSV"),
        ),
        (
            lambda: opened(one=b"").read("two"),
            "facts.xlsx: the workbook is damaged: two is missing; save it again",
        ),
        (
            lambda: opened(one=b"<a>").root("one"),
            "facts.xlsx: the workbook is damaged: one is not XML; save it again",
        ),
        (
            lambda: opened(one=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>').root("one"),
            ("facts.xlsx: the workbook is not as Excel writes it: one has a document type; "
            "save it again"),
        ),
        (
            lambda: SafeZip(b"Dear Sir", SHEET),
            "the workbook is damaged; save it again",
        ),
        (
            lambda: opened(a=b"", b=b"", c=b"", d=b"", e=b""),
            "facts.xlsx: the workbook has more than 4 parts; save it again",
        ),
        (
            lambda: opened(a=b"", A=b""),
            ("facts.xlsx: the workbook is damaged: two of its parts have the same name; "
            "save it again"),
        ),
    ],
)  # fmt: skip
def test_refused_in_one_line(act: object, said: str) -> None:
    with pytest.raises(InputError) as caught:
        act()  # type: ignore[operator]
    assert str(caught.value) == said


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_package_is_packed_by_is_refused(method: int) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("one", b"x")
    with pytest.raises(InputError, match="is packed in a way that Excel does not use"):
        SafeZip(out.getvalue(), SHEET)


def test_many_elements_in_little_room_are_refused() -> None:
    assert len(opened(one=b"<a>" + b"<b/>" * 38 + b"</a>").root("one")) == 38
    with pytest.raises(InputError, match="unpacks to a size that no table has"):
        opened(one=b"<a>" + b"<b/>" * 40 + b"</a>").root("one")


def test_a_broken_stream_is_told_by_its_part() -> None:
    data = bytearray(packed(one=b"something to be packed"))
    at = data.index(b"one") + 5
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(InputError, match="the workbook is damaged: one cannot be unpacked"):
        SafeZip(bytes(data), SHEET).read("one")


def test_what_is_in_bounds_stays_in_bounds_when_checked() -> None:
    opened(one=bytes(1900), two=bytes(1000)).check_every_part()
