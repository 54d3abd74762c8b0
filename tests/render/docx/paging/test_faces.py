"""Which font sets a family on this machine, and what it measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.render import font_measures
from briefgen.render.docx.paging import faces
from briefgen.render.font_cache import place_of
from briefgen.render.font_measures import FontMeasures, measures_of, names_of
from briefgen.render.fonts import FontFile, packaged_fonts

REGULAR, BOLD = packaged_fonts("regular")[0], packaged_fonts("semibold")[0]


@pytest.fixture(autouse=True)
def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty cache, and no font found but those of the test."""
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    kept = (faces.face, faces._fontconfig, faces._installed, measures_of, names_of)
    for each in kept:
        each.cache_clear()
    yield
    monkeypatch.undo()
    for each in kept:
        each.cache_clear()


def installed(monkeypatch: pytest.MonkeyPatch, *files: FontFile) -> None:
    monkeypatch.setattr(faces, "_fontconfig", lambda: "")
    monkeypatch.setattr(faces, "system_font_files", lambda: files)


def test_what_a_font_measures_is_what_the_file_says() -> None:
    from fontTools.ttLib import TTFont

    measures = measures_of(REGULAR)
    assert measures is not None
    with TTFont(REGULAR.path) as font:
        units, glyphs = font["head"].unitsPerEm, font.getBestCmap()
        assert measures.ascent == font["hhea"].ascent / units
        assert measures.descent == -font["hhea"].descent / units
        for character in "AVi–é":
            advance = font["hmtx"].metrics[glyphs[ord(character)]][0]
            assert measures.advances[ord(character)] == advance / units


def test_a_font_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read, named = measures_of(REGULAR), names_of(REGULAR)
    measures_of.cache_clear()
    names_of.cache_clear()
    monkeypatch.setattr(font_measures, "_read", None)  # calling it would fail
    assert (measures_of(REGULAR), names_of(REGULAR)) == (read, named)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"advances": 1}', b"\x00"])
def test_a_damaged_cache_is_as_none(data: bytes) -> None:
    read = measures_of(REGULAR)
    place_of(REGULAR, "measures").write_bytes(data)
    measures_of.cache_clear()
    assert measures_of(REGULAR) == read


def test_what_is_no_font_has_no_measures(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(b"\x00\x01\x00\x00 nothing of the kind")
    assert measures_of(FontFile(path)) is None
    assert names_of(FontFile(path)) is None
    assert measures_of(FontFile(tmp_path / "gone.ttf")) is None


def test_a_family_is_found_by_the_name_in_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, REGULAR, BOLD)
    regular = faces.face("source sans pro", False, False)
    assert regular.exact
    assert regular.width("iii") == pytest.approx(3 * regular.measures.advances[ord("i")])
    semibold = faces.face("Source Sans Pro SemiBold", True, False)
    assert semibold.exact
    assert semibold.width("iii") > regular.width("iii")


def test_a_family_that_is_not_there_is_measured_in_another_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed(monkeypatch)
    face = faces.face("Nobody's Own", False, False)
    assert not face.exact
    assert face.width("abc") > 0


def test_what_is_made_to_the_same_measures_counts_as_the_family(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed(monkeypatch, REGULAR)
    monkeypatch.setattr(faces, "_SAME_WIDTHS", {"calibri": ("source sans pro",)})
    assert faces.face("Calibri", False, False).exact


def test_letters_are_joined_where_the_font_joins_them_and_nobody_has_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = measures_of(REGULAR)
    assert read is not None
    joined = FontMeasures(read.advances, read.ascent, read.descent, {"fi": 0.4, "ffi": 0.6})
    apart = faces.Face("Any", joined, exact=True)
    letters = apart.width("o") + apart.width("ce")
    assert faces.Face("Any", joined, exact=True, joins=True).width("office") == pytest.approx(
        letters + 0.6
    )
    assert apart.width("office") == pytest.approx(letters + apart.width("f") * 2 + apart.width("i"))


def test_ligatures_are_those_of_the_font() -> None:
    read = measures_of(REGULAR)
    assert read is not None
    assert read.ligatures == {"fft": 0.879, "ff": 0.577, "ft": 0.594}


def test_signs_that_no_eye_tells_apart_are_as_wide() -> None:
    face = faces.face("Nobody's Own", False, False)
    assert face.width("a\u2011b") == pytest.approx(face.width("a-b"), rel=0.2)
    assert face.width("a\u00adb\u200b") == pytest.approx(face.width("ab"))
