"""Numbered objects, packed, as another program reads them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.pdf.objects import Objects, real, text_string


def _opened(objects: Objects, catalog: str, information: str = "") -> pikepdf.Pdf:
    return pikepdf.open(
        io.BytesIO(objects.file(catalog, information or objects.add("<< >>"), "ab"))
    )


def _empty_pages(objects: Objects) -> str:
    return f"/Type /Catalog /Pages {objects.add('<< /Type /Pages /Count 0 /Kids [] >>')}"


def test_many_objects_are_all_found_again() -> None:
    objects = Objects()
    later = objects.number()
    listed = " ".join([objects.add(f"<< /Number {number} >>") for number in range(1000)])
    objects.put(later, f"[{listed}]")
    pdf = _opened(objects, objects.add(f"<< {_empty_pages(objects)} /All {later} 0 R >>"))
    assert [int(each.Number) for each in pdf.Root.All] == list(range(1000))


def test_streams_are_packed_unless_others_should_find_them() -> None:
    objects = Objects()
    packed = objects.stream(b"content " * 99)
    plain = objects.stream(b"<x:xmpmeta>", "/Subtype /XML", packed=False)
    catalog = objects.add(f"<< {_empty_pages(objects)} /P {packed} /Q {plain} >>")
    data = objects.file(catalog, objects.add("<< >>"), "ab")
    assert b"<x:xmpmeta>" in data
    assert b"content content" not in data
    pdf = pikepdf.open(io.BytesIO(data))
    assert pdf.Root.P.read_bytes() == b"content " * 99
    assert pdf.Root.Q.Subtype == "/XML"


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_text_comes_back(text: str) -> None:
    objects = Objects()
    information = objects.add(f"<< /Title {text_string(text)} >>")
    pdf = _opened(objects, objects.add(f"<< {_empty_pages(objects)} >>"), information)
    assert str(pdf.docinfo["/Title"]) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (100, "100"), (-12.5, "-12.5"), (595.276, "595.276"), (1 / 3, "0.333")],
)
def test_numbers_are_short(value: float, expected: str) -> None:
    assert real(value) == expected
