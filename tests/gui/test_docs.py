"""The page on the app tells its keys as they are."""

from __future__ import annotations

import re
from pathlib import Path

from briefgen.gui.window import MainWindow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "app.md"


def test_the_keys_of_the_menus_are_those_of_the_page(window: MainWindow) -> None:
    told = re.findall(r"^\| `([^`]+)` \| (\w+): (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    there = [
        (action.shortcut().toString(), menu, action.text().replace("&", ""))
        for menu, entries in window.menus.items()
        for action in entries.actions()
        if not action.shortcut().isEmpty()
    ]

    assert told == there


def test_no_two_entries_share_a_key(window: MainWindow) -> None:
    keys = [
        action.shortcut().toString()
        for entries in window.menus.values()
        for action in entries.actions()
        if not action.shortcut().isEmpty()
    ]

    assert len(keys) == len(set(keys))
