"""Words that no dictionary knows: marked while one types, other words offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QTextCharFormat

from briefgen.gui.view_models import spelling as core
from briefgen.gui.view_models.spelling import dictionary_for, unknown_words
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.spelling import Spelling, spelling


class Few:
    """A dictionary of few words."""

    words = frozenset({"gas", "flows", "price", "isn't", "known"})

    def check(self, word: str) -> bool:
        return word.casefold() in self.words

    def suggest(self, word: str) -> list[str]:
        return ["flows", "gas & price"]


@pytest.fixture
def shared() -> Iterator[Spelling]:
    found = spelling()
    found.take(Few())
    yield found
    found.ignored = frozenset()
    found.take(None)


def field_with(qtbot: Any, text: str) -> CitingText:
    field = CitingText(lambda typed: (), "Text")
    qtbot.addWidget(field)
    field.show()
    field.show_text(text)
    return field


def marked(field: CitingText) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    block = field.document().firstBlock()
    return [
        block.text()[one.start : one.start + one.length]
        for one in block.layout().formats()
        if one.format.underlineStyle() == wave
    ]


def test_citations_code_addresses_and_abbreviations_are_no_words() -> None:
    text = (
        "Gas flwos [@gas-agreed, p. 3], see [ofn](http://x.org/abc) `kode` jo@x.org OPEC 5bn "
        "isn’t @gas-x known"
    )
    found = list(unknown_words(text, Few(), frozenset({"see"})))
    assert [one.word for one in found] == ["flwos", "ofn"]
    assert [text[one.start : one.end] for one in found] == ["flwos", "ofn"]


def test_unknown_words_are_underlined(qtbot: Any, shared: Spelling) -> None:
    field = field_with(qtbot, "Gas flwos.")
    assert marked(field) == ["flwos"]
    field.show_text("Gas flows.")
    assert marked(field) == []


def test_another_word_is_taken_as_if_it_was_typed(qtbot: Any, shared: Spelling) -> None:
    field = field_with(qtbot, "Gas flwos.")
    cursor = field.textCursor()
    cursor.setPosition(6)
    menu = field.spelling_menu(cursor)
    qtbot.addWidget(menu)
    assert [one.text() for one in menu.actions()[:3]] == ["flows", "gas && price", "Ignore"]
    with qtbot.waitSignal(field.typed) as typed:
        menu.actions()[0].trigger()
    assert typed.args == ["Gas flows."]


def test_a_word_can_be_ignored(qtbot: Any, shared: Spelling) -> None:
    field = field_with(qtbot, "Gas flwos.")
    cursor = field.textCursor()
    cursor.setPosition(6)
    menu = field.spelling_menu(cursor)
    qtbot.addWidget(menu)
    menu.actions()[2].trigger()
    assert marked(field) == []


def test_without_a_library_nothing_is_marked_and_it_is_said(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(core, "import_module", missing)
    found, why = dictionary_for("en")
    assert found is None
    assert "briefgen[spelling] is not installed" in why
    assert marked(field_with(qtbot, "Gas flwos.")) == []


def test_the_systems_own_dictionary(qtbot: Any) -> None:
    found, why = dictionary_for("en-GB")
    if found is None:
        pytest.skip(why)
    assert found.check("colour")
    assert not found.check("colouur")
