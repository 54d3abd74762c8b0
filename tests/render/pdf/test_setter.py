"""Which face sets a character, and what becomes of characters that none has."""

from __future__ import annotations

import pytest

from briefgen.render.fonts import packaged_fonts, system_font_with
from briefgen.render.pdf.setter import Lacks, Setter, clusters


def _faces(setter: Setter, word: str, lacks: Lacks | None = None) -> list[tuple[str, str]]:
    """Face and text, as it will be copied, of each part."""
    found = []
    for part in setter.parts(word, lacks or Lacks()):
        found.append((part.face.file.path.stem, part.face.text(part.text)))
    return found


@pytest.mark.parametrize(
    ("cut", "word", "expected"),
    [
        ("regular", "Дружба", [("SourceSansPro-Regular", "Дружба")]),
        ("semibold", "Ελλάδα", [("SourceSansPro-Semibold", "Ελλάδα")]),
        ("italic", "news", [("SourceSansPro-It", "news")]),
        ("italic", "Дружба", [("Roboto-Italic", "Дружба")]),
        ("semibold-italic", "Ελλάδα", [("Roboto-BoldItalic", "Ελλάδα")]),
        # Character by character: Latin and figures stay in the first face.
        ("italic", "Як-130", [("Roboto-Italic", "Як"), ("SourceSansPro-It", "-130")]),
    ],
)
def test_the_first_face_that_has_a_character_sets_it(
    cut: str, word: str, expected: list[tuple[str, str]]
) -> None:
    assert _faces(Setter(cut), word) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "word",
    ["e\u0301", "x\u0301\u0323", "a\u200db", "non\u2011breaking", "a\u2060b", "\ufeffx", "א"],
)
def test_special_characters_are_copied_as_they_went_in(word: str) -> None:
    assert "".join(text for _, text in _faces(Setter("regular"), word)) == word


def test_no_break_spaces_are_copied_as_spaces_so_that_searching_finds_them() -> None:
    assert _faces(Setter("regular"), "600\u00a0MW") == [("SourceSansPro-Regular", "600 MW")]


def test_a_letter_and_its_mark_are_as_wide_as_the_composed_letter() -> None:
    setter = Setter("regular")
    (decomposed,) = setter.parts("e\u0301", Lacks())
    (composed,) = setter.parts("é", Lacks())
    assert decomposed.width == composed.width


def test_small_letters_drawn_as_capitals_are_still_small_letters() -> None:
    setter = Setter("regular", "caps")
    (part,) = setter.parts("brief", Lacks())
    (capitals,) = Setter("regular").parts("BRIEF", Lacks())
    assert part.width == capitals.width
    assert _faces(setter, "brief") == [("SourceSansPro-Regular", "brief")]


def test_figures_are_tabular() -> None:
    for cut in ("regular", "semibold", "italic", "semibold-italic"):
        widths = Setter(cut).primary.widths
        assert len({widths[figure] for figure in "0123456789"}) == 1


def test_what_no_font_has_is_counted_each_time_and_named_with_its_place() -> None:
    setter, lacks = Setter("regular"), Lacks("“Energy”")
    setter.parts("a\U0010fffdb", lacks)
    lacks.place = "“Trade”"
    setter.parts("a\U0010fffdb", lacks)
    (warning,) = lacks.warnings()
    assert warning == (
        "no font has U+10FFFD (unnamed character) (2 times, first in “Energy”); "
        "a box stands in for it"
    )


def test_scripts_that_need_shaping_are_named_once() -> None:
    setter, lacks = Setter("regular"), Lacks("the title")
    setter.parts("پاکستان", lacks)
    (warning,) = lacks.warnings()
    assert warning == (
        "Arabic script cannot be set in PDF yet (7 characters, first in the title); "
        "boxes stand in for it"
    )


def test_many_characters_of_one_script_make_one_warning() -> None:
    lacks = Lacks("“S”")
    for code in range(0x13000, 0x13010):
        lacks.count(chr(code))
    (warning,) = lacks.warnings()
    assert warning == (
        "no font has U+13000, U+13001, U+13002 and 13 more EGYPTIAN characters "
        "(16 times, first in “S”); boxes stand in for them"
    )


def test_clusters_keep_marks_and_joiners_with_their_letters() -> None:
    assert list(clusters("ae\u0301\u0323b\u200dcd")) == ["a", "e\u0301\u0323", "b\u200dc", "d"]


def test_our_own_fonts_are_there() -> None:
    for cut in ("regular", "semibold", "italic", "semibold-italic"):
        assert [file.path.suffix for file in packaged_fonts(cut)] == [".ttf", ".ttf"]


def test_no_system_font_has_a_noncharacter() -> None:
    assert system_font_with("\U0010ffff") is None
