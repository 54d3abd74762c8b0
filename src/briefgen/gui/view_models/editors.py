"""How a person's own editor is told to open a file at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_Finder = Callable[[str], str | None]

_GOTO = ("--goto", "{path}:{line}:{column}")
_OPTIONS = ("--line", "{line}", "--column", "{column}", "{path}")
_PLUS_BOTH = ("+{line}:{column}", "{path}")
_PLUS_LINE = ("+{line}", "{path}")
_COLONS = ("{path}:{line}:{column}",)

_WINDOWED: dict[str, tuple[str, ...]] = {
    "code": _GOTO, "code-insiders": _GOTO, "codium": _GOTO, "vscodium": _GOTO, "cursor": _GOTO,
    "windsurf": _GOTO, "subl": _COLONS, "sublime_text": _COLONS, "zed": _COLONS, "zeditor": _COLONS,
    "kate": _OPTIONS, "kwrite": _OPTIONS, "geany": _OPTIONS,
    "gnome-text-editor": _PLUS_BOTH, "gedit": _PLUS_BOTH, "xed": _PLUS_BOTH, "pluma": _PLUS_BOTH,
    "mousepad": ("--line={line}", "--column={column}", "{path}"),
    "gvim": _PLUS_LINE, "mvim": _PLUS_LINE, "nvim-qt": ("{path}", "--", "+{line}"),
    "emacs": _PLUS_BOTH, "emacsclient": ("-n", "+{line}:{column}", "{path}"),
    "notepad++": ("-n{line}", "-c{column}", "{path}"), "mate": ("--line", "{line}", "{path}"),
    "bbedit": _PLUS_LINE, "idea": _OPTIONS, "pycharm": _OPTIONS, "webstorm": _OPTIONS,
}  # fmt: skip
"""Editors with windows of their own, and the arguments that open a file at a place."""

_IN_A_TERMINAL: dict[str, tuple[str, ...]] = {
    "vim": _PLUS_LINE, "vi": _PLUS_LINE, "nvim": _PLUS_LINE, "view": _PLUS_LINE,
    "nano": ("+{line},{column}", "{path}"), "pico": _PLUS_LINE, "joe": _PLUS_LINE,
    "jed": ("{path}", "-g", "{line}"), "mg": _PLUS_LINE, "ne": _PLUS_LINE,
    "micro": ("{path}", "+{line}:{column}"), "hx": _COLONS, "helix": _COLONS,
    "kak": _PLUS_BOTH, "ed": ("{path}",),
}  # fmt: skip

_TERMINALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("xdg-terminal-exec", ()), ("x-terminal-emulator", ("-e",)), ("gnome-terminal", ("--",)),
    ("kgx", ("--",)), ("konsole", ("-e",)), ("xfce4-terminal", ("-x",)), ("kitty", ()),
    ("alacritty", ("-e",)), ("foot", ()), ("wezterm", ("start", "--")), ("xterm", ("-e",)),
)  # fmt: skip

_LOOKED_FOR = (
    "code", "codium", "subl", "zed", "kate", "gnome-text-editor", "gedit", "xed", "pluma",
    "geany", "mousepad", "notepad++",
)  # fmt: skip
"""Where nothing is said: editors that people have, and that open a file at a line."""


def editor_command(
    path: Path,
    line: int = 1,
    column: int = 1,
    *,
    environment: Mapping[str, str] = os.environ,
    find: _Finder = shutil.which,
    platform: str = sys.platform,
) -> list[str] | None:
    """The command that opens `path` at a line and column, both from 1.

    `VISUAL` and `EDITOR` say the editor; one that needs a terminal gets one. Where nothing is
    said, or the editor is not known, an editor that is installed; None where none is, or none
    that could be told a line: then the system's own way of opening a file is left.
    """
    place = {"path": str(path.absolute()), "line": str(max(1, line)), "column": str(max(1, column))}
    for variable in ("VISUAL", "EDITOR"):
        command = _said(environment.get(variable, ""), place, find, platform)
        if command is not None:
            return command
    for name in _LOOKED_FOR:
        program = find(name)
        if program:
            return [program, *_filled(_WINDOWED[name], place)]
    return None


def _said(text: str, place: Mapping[str, str], find: _Finder, platform: str) -> list[str] | None:
    try:
        words = shlex.split(text, posix=platform != "win32")
    except ValueError:
        return None
    words = [word.strip('"') for word in words] if platform == "win32" else words
    if not words:
        return None
    program = find(words[0])
    if program is None:
        return None
    name = Path(words[0].replace("\\", "/")).name.lower().removesuffix(".exe")
    name = name.removesuffix(".cmd")
    options = [word for word in words[1:] if word not in ("--wait", "-w")]
    windowed = _WINDOWED.get(name)
    if windowed is not None and not (name == "emacs" and "-nw" in options):
        return [program, *options, *_filled(windowed, place)]
    within = _IN_A_TERMINAL.get(name) or _WINDOWED.get(name)
    if within is None:
        return None
    for terminal, lead in _TERMINALS:
        found = find(terminal)
        if found:
            return [found, *lead, program, *options, *_filled(within, place)]
    return None


def _filled(arguments: tuple[str, ...], place: Mapping[str, str]) -> list[str]:
    # Not `format`: a path may have braces.
    filled = []
    for argument in arguments:
        for key in ("line", "column", "path"):
            argument = argument.replace("{" + key + "}", place[key])
        filled.append(argument)
    return filled
