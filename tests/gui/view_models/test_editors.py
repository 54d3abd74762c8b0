"""The command that opens a file at a line in the person's own editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.gui.view_models.editors import editor_command

FILE = Path("/bases/my {odd} base/facts/a.yaml")

SAID = [
    ({"VISUAL": "code --wait"}, ["/bin/code", "--goto", f"{FILE}:12:3"]),
    ({"EDITOR": "/usr/bin/subl -w"}, ["/usr/bin/subl", f"{FILE}:12:3"]),
    ({"VISUAL": "kate"}, ["/bin/kate", "--line", "12", "--column", "3", str(FILE)]),
    ({"VISUAL": "gvim -f"}, ["/bin/gvim", "-f", "+12", str(FILE)]),
    ({"EDITOR": "nvim"}, ["/bin/xterm", "-e", "/bin/nvim", "+12", str(FILE)]),
    ({"EDITOR": "nano"}, ["/bin/xterm", "-e", "/bin/nano", "+12,3", str(FILE)]),
    ({"EDITOR": "emacs -nw"}, ["/bin/xterm", "-e", "/bin/emacs", "-nw", "+12:3", str(FILE)]),
    ({"EDITOR": "emacs"}, ["/bin/emacs", "+12:3", str(FILE)]),
    ({"VISUAL": "unknown-editor", "EDITOR": "code"}, ["/bin/code", "--goto", f"{FILE}:12:3"]),
    ({"VISUAL": "'unclosed"}, None),
    ({"VISUAL": "gone"}, None),
    ({}, None),
]


def find(*missing: str) -> object:
    """What finds every program but these."""
    return lambda name: None if name in missing else name if name[0] == "/" else f"/bin/{name}"


NO_HABIT = (
    "code", "codium", "subl", "zed", "kate", "gnome-text-editor", "gedit", "xed", "pluma", "geany",
    "mousepad", "notepad++",
)  # fmt: skip
NO_TERMINALS = (
    "xdg-terminal-exec", "x-terminal-emulator", "gnome-terminal", "kgx", "konsole",
    "xfce4-terminal", "kitty", "alacritty", "foot", "wezterm",
)  # fmt: skip


@pytest.mark.parametrize(("environment", "command"), SAID)
def test_what_the_person_says_counts(
    environment: dict[str, str], command: list[str] | None
) -> None:
    installed = {word.split("/")[-1] for text in environment.values() for word in text.split()}
    missing = (set(NO_HABIT) - installed) | set(NO_TERMINALS) | {"gone"}

    found = editor_command(
        FILE, 12, 3, environment=environment, find=find(*missing), platform="linux"  # type: ignore[arg-type]
    )  # fmt: skip

    assert found == command


def test_an_editor_that_is_there_is_found() -> None:
    command = editor_command(FILE, 12, 3, environment={}, find=find("code", "codium"))  # type: ignore[arg-type]

    assert command == ["/bin/subl", f"{FILE}:12:3"]


def test_a_path_is_never_an_option() -> None:
    command = editor_command(
        Path("-rf.yaml"), environment={"VISUAL": "vim"}, find=find(*NO_TERMINALS)
    )  # type: ignore[arg-type]

    assert command is not None
    assert command[-1] == str(Path("-rf.yaml").absolute())


def test_a_windows_path_stays_whole() -> None:
    command = editor_command(
        FILE, 12, 3, environment={"VISUAL": '"C:\\Program Files\\Code\\code.cmd" --wait'},
        find=lambda name: name, platform="win32",
    )  # fmt: skip

    assert command == ["C:\\Program Files\\Code\\code.cmd", "--goto", f"{FILE}:12:3"]
