"""Which fonts have a character, as the cache keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.render import fonts, truetype
from briefgen.render.font_cache import place_of
from briefgen.render.fonts import FontFile, packaged_fonts, system_font_with

FONT = FontFile(packaged_fonts("regular")[0].path)


@pytest.fixture(autouse=True)
def one_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty cache, and a system with one font."""
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fonts, "_system_fonts", lambda: (FONT,))
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    """As a new process."""
    system_font_with.cache_clear()
    fonts._characters.cache_clear()


def test_the_characters_of_a_font_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (system_font_with("A"), system_font_with("\u4e00")) == (FONT, None)
    forget()
    monkeypatch.setattr(truetype, "characters_of", None)  # calling it would fail
    assert (system_font_with("A"), system_font_with("\u4e00")) == (FONT, None)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"characters": 1}', b"\x00"])
def test_a_damaged_cache_is_as_none(data: bytes) -> None:
    assert system_font_with("A") == FONT
    place_of(FONT, "characters").write_bytes(data)
    forget()
    assert system_font_with("A") == FONT


def test_what_is_no_font_is_looked_into_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(b"\x00\x01\x00\x00 nothing of the kind")
    monkeypatch.setattr(fonts, "_system_fonts", lambda: (FontFile(path),))
    assert system_font_with("A") is None
    forget()
    monkeypatch.setattr(truetype, "characters_of", None)
    assert system_font_with("A") is None
