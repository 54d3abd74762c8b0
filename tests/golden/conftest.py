"""`--update-golden` is declared in the top conftest; here it becomes a fixture."""

from __future__ import annotations

import pytest


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the held files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
