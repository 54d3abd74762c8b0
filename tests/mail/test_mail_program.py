"""Which program is asked to open a draft on which system, and where the draft lies."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefgen.errors import OutputError
from briefgen.mail.mail_program import HandedOver, hand_over, keep_draft

DRAFT = Path("/home/jo/drafts/energy.eml")
SCREEN = {"DISPLAY": ":0"}
QUERY = "xdg-mime query default message/rfc822"


@pytest.mark.parametrize(
    ("system", "answers", "reached"),
    [
        ("linux", {QUERY: (0, "thunderbird.desktop\n"), f"xdg-open {DRAFT}": (0, "")}, "program"),
        ("linux", {QUERY: (0, "mutt.desktop\n"), f"xdg-open {DRAFT}": (None, "")}, "program"),
        ("linux", {QUERY: (0, "t.desktop"), f"xdg-open {DRAFT}": (4, ""),
                   f"xdg-open {DRAFT.parent}": (0, "")}, "folder"),
        ("linux", {QUERY: (0, "\n"), f"xdg-open {DRAFT.parent}": (0, "")}, "folder"),
        ("linux", {QUERY: (0, ""), f"xdg-open {DRAFT.parent}": (3, "")}, "nowhere"),
        ("linux", {}, "nowhere"),  # none of these programs is there
        ("darwin", {f"open {DRAFT}": (0, "")}, "program"),
        ("darwin", {f"open {DRAFT}": (1, ""), f"open -R {DRAFT}": (0, "")}, "folder"),
        ("win32", {f"explorer /select,{DRAFT}": (1, "")}, "folder"),  # it always says 1
    ],
)  # fmt: skip
def test_how_far_it_gets(
    system: str, answers: dict[str, tuple[int | None, str]], reached: HandedOver
) -> None:
    asked = []

    def launch(command: Sequence[str]) -> tuple[int | None, str]:
        asked.append(" ".join(command))
        if asked[-1] not in answers:
            raise FileNotFoundError(command[0])
        return answers[asked[-1]]

    def startfile(path: str) -> None:
        raise OSError("no program is associated")

    found = hand_over(DRAFT, system=system, environment=SCREEN, launch=launch, startfile=startfile)

    assert found == reached
    assert set(answers) <= set(asked)


def test_windows_opens_it_itself() -> None:
    opened: list[str] = []

    def launch(command: Sequence[str]) -> tuple[int | None, str]:
        raise AssertionError(command)

    assert hand_over(DRAFT, system="win32", launch=launch, startfile=opened.append) == "program"
    assert opened == [str(DRAFT)]


def test_without_a_screen_nothing_is_started() -> None:
    def launch(command: Sequence[str]) -> tuple[int | None, str]:
        raise AssertionError(command)

    assert hand_over(DRAFT, system="linux", environment={}, launch=launch) == "nowhere"


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for programs")
def test_real_programs_are_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, script in (
        ("xdg-mime", "echo mail.desktop"),
        ("xdg-open", f'echo "$1" > {tmp_path}/opened; echo said by the program'),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert hand_over(DRAFT, system="linux", environment=SCREEN) == "program"
    assert (tmp_path / "opened").read_text() == f"{DRAFT}\n"


def test_drafts_are_private_and_do_not_stay(tmp_path: Path) -> None:
    drafts = tmp_path / "cache" / "drafts"
    first = keep_draft(b"one", "energy.eml", drafts, now=1_000_000.0)
    second = keep_draft(b"two", "energy.eml", drafts, now=1_000_000.0)
    again = keep_draft(b"one", "energy.eml", drafts, now=1_000_000.0)

    assert first == again != second
    assert (first.name, first.read_bytes(), second.read_bytes()) == ("energy.eml", b"one", b"two")
    if os.name == "posix":
        assert stat.S_IMODE(drafts.stat().st_mode) == 0o700
        assert stat.S_IMODE(first.stat().st_mode) == 0o600

    week = 7 * 24 * 3600
    moment = second.parent.stat().st_mtime
    os.utime(first.parent, (moment - 10, moment - 10))
    keep_draft(b"three", "energy.eml", drafts, now=moment + week - 5)
    assert not first.exists()
    assert second.exists()


def test_a_draft_that_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file")
    with pytest.raises(OutputError, match="cannot keep the draft in .*; write it .* with --draft"):
        keep_draft(b"", "a.eml", tmp_path / "drafts", now=0.0)
