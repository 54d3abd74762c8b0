"""`--update-golden` is declared in the top conftest; here it becomes a fixture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefgen.render.docx.paging import faces, lines


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the held files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def no_fonts_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is held must be the same wherever it is made: no fonts are there but our own."""
    known = (faces.face, lines.heights)
    monkeypatch.setattr(faces, "_matches", lambda family, bold, italic: ())
    for each in known:
        each.cache_clear()
    yield
    for each in known:
        each.cache_clear()
