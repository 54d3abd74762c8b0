"""Shared by all tests: `tests/` is importable, so that `import judges` works anywhere in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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


def pytest_configure() -> None:
    """Before anything is imported that starts something."""
    from left_running import record_starts

    record_starts()

    from hypothesis import settings

    # How long an example takes says how busy the machine is, and nothing of briefgen.
    settings.register_profile("without deadline", deadline=None)
    settings.load_profile("without deadline")


@pytest.fixture(autouse=True, scope="session")
def state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What briefgen remembers of files that tests had it write is not the tester's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def _nothing_left_running() -> Iterator[None]:
    """Fails where a thread or a process goes on after what had it started, and says where."""
    from left_running import left_since, running

    before = running()
    yield
    left = left_since(before)
    if left:
        pytest.fail("\n".join(["left running:", *left]), pytrace=False)


# Of each test alone: what a fixture of a module or the session holds was there before it.
nothing_left_running = pytest.fixture(autouse=True, name="nothing_left_running")(
    _nothing_left_running
)
nothing_left_running_at_the_end = pytest.fixture(
    autouse=True, scope="session", name="nothing_left_running_at_the_end"
)(_nothing_left_running)
