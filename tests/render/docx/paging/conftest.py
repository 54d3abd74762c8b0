"""Every family is set in our own font here, so that lengths are the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from briefgen.render.docx.paging import faces, lines
from briefgen.render.fonts import FontFile, packaged_fonts


@pytest.fixture
def one_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`Source Sans Pro`, whatever is asked for; its line is 0.984 + 0.273 of its size high."""

    def matches(family: str, bold: bool, italic: bool) -> list[tuple[FontFile, Sequence[str]]]:
        return [(packaged_fonts("semibold" if bold else "regular")[0], (family.lower(),))]

    monkeypatch.setattr(faces, "_matches", matches)
    faces.face.cache_clear()
    lines.heights.cache_clear()
    lines._KNOWN.clear()
    yield
    faces.face.cache_clear()
    lines.heights.cache_clear()
    lines._KNOWN.clear()
