"""The line that says what long work is at: for people who look on, and gone when it is done."""

from __future__ import annotations

import io
import sys

import pytest

from briefgen.cli.terminal import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_each_step_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Progress, "DELAY", 0.0)

    with Progress.line() as step:
        step("reading the fact base")
        step("citing")

    assert "\rreading the fact base … 0 s" in terminal.getvalue()
    assert "\rciting … 0 s" in terminal.getvalue()
    assert terminal.getvalue().split("\r")[-2].strip() == ""
    assert terminal.getvalue().endswith("\r")


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Progress, "DELAY", 1000.0)

    with Progress.line() as step:
        step("citing")

    assert terminal.getvalue() == ""


def test_a_file_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(Progress, "DELAY", 0.0)

    with Progress.line() as step:
        step("citing")

    assert file.getvalue() == ""


def test_it_is_wiped_when_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(Progress, "DELAY", 0.0)

    def work() -> None:
        with Progress.line() as step:
            step("citing")
            raise ValueError("oh")

    with pytest.raises(ValueError, match="oh"):
        work()

    assert terminal.getvalue().split("\r")[-2].strip() == ""
