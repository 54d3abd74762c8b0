"""Which commands a few typed letters may mean."""

from __future__ import annotations

import pytest

from briefgen.gui.view_models.commands import Command, fitting

COMMANDS = (
    Command("New", "File", "Ctrl+N"),
    Command("Save as…", "File", "Ctrl+Shift+S"),
    Command("Export PDF", "File", "", "Write the pages as a file"),
    Command("Talks", "File › Open recent"),
    Command("New fact…", "Base", "Ctrl+Shift+N"),
    Command("Copy facts with citations", "Edit", "Ctrl+C"),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["New", "Save as…", "Export PDF", "Talks", "New fact…", "Copy facts with citations"]),
        ("new", ["New", "New fact…"]),
        ("fact", ["New fact…", "Copy facts with citations"]),
        ("FACT new", ["New fact…"]),
        ("ctrl+shift+s", ["Save as…"]),
        ("pages", ["Export PDF"]),
        ("recent", ["Talks"]),
        ("xport", ["Export PDF"]),
        ("cfc", ["Copy facts with citations"]),
        ("nothing of the kind", []),
    ],
)
def test_what_is_typed_is_looked_for_in_names_menus_keys_and_tips(
    typed: str, names: list[str]
) -> None:
    assert [COMMANDS[number].text for number in fitting(COMMANDS, typed)] == names


def test_letters_count_in_their_order_and_from_the_start_of_a_word() -> None:
    assert fitting(COMMANDS, "xpdf") == []
    assert fitting(COMMANDS, "epdf") == [2]
