"""Shared by all tests: `tests/` is importable, so that `import judges` works anywhere in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

_TESTS = str(Path(__file__).resolve().parent)
if _TESTS not in sys.path:
    sys.path.insert(0, _TESTS)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make golden` passes this."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the held files of tests/golden"
    )
