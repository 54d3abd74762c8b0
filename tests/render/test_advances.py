"""Widths of fonts in the cache: what laying out needs, without reading fonts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.render.advances import keep_advances, kept_advances
from briefgen.render.fonts import packaged_fonts
from briefgen.render.pdf.typeface import Typeface

FILE = packaged_fonts("italic")[0]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "fonts"


def test_what_is_kept_is_what_the_font_says(cache: Path) -> None:
    read = Typeface(FILE)
    again = Typeface(FILE)
    assert len(list(cache.iterdir())) == 1
    assert "font" in read.__dict__
    assert "font" not in again.__dict__
    for character in map(chr, range(0x20, 0x500)):
        assert (character in again) == (character in read)
        if read.sets(character):
            assert again.width(character) == read.width(character)
    assert kept_advances(FILE.path) == {
        code: again.font.face.charWidths[code]
        for code, glyph in again.font.face.charToGlyph.items()
        if glyph and code < 0xF0000
    }


@pytest.mark.parametrize("damage", [b"", b"{", b"[1, 2]", b'{"a": 1}', b'{"65": null}', b"{}"])
def test_a_damaged_cache_is_as_none(cache: Path, damage: bytes) -> None:
    keep_advances(FILE.path, {65: 500.0})
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    assert kept_advances(FILE.path) is None
    assert Typeface(FILE).width("A") > 0
    assert kept_advances(FILE.path) is not None


def test_a_cache_that_cannot_be_written_is_no_fault(cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file, where the folder should be")
    assert Typeface(FILE).width("A") > 0


def test_laying_out_pages_needs_no_reportlab_once_widths_are_kept() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from render.pdf.samples import chronology\n"
        "from briefgen.render.pdf import lay_out_pdf\n"
        "print(lay_out_pdf(chronology(60)).pages, 'reportlab' in sys.modules)\n"
    )
    tests = str(Path(__file__).parents[1])
    said = [
        subprocess.run([sys.executable, "-c", code, tests], env=dict(os.environ), text=True,
                       capture_output=True, check=True).stdout.split()
        for _ in range(2)
    ]  # fmt: skip
    (pages, first), (same, again) = said
    assert (int(pages) > 1, first, same, again) == (True, "True", pages, "False")
