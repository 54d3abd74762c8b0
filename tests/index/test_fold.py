from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.index.fold import _FOLDED, fold_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  — … !? ", []),
        ("Mi-17 and Su‑35", ["mi", "17", "and", "su", "35"]),
        ("snake_case", ["snake", "case"]),
        ("Russia's, O’Brien", ["russia", "s", "o", "brien"]),
        ("760.5 MW", ["760", "5", "mw"]),
        ("ＦＵＬＬ ﬁnal x²", ["full", "final", "x2"]),
        ("co\u00adoperation", ["cooperation"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("が か\u3099", ["が", "が"]),
        ("北京abc市", ["北", "京", "abc", "市"]),
        ("러시아는", ["러시아는"]),
        ("กรุงเทพ", ["ก", "ร", "ุ", "ง", "เ", "ท", "พ"]),
        ("हिन्दी", ["हिन्दी"]),
        ("١٢٣ ۴۵", ["123", "45"]),
        ("می\u200cخواهم", ["ميخواهم"]),
        ("ไทย\u200bรัฐ", ["ไ", "ท", "ย", "ร", "ั", "ฐ"]),
        ("🚢ship", ["ship"]),
    ],
)
def test_a_text_has_these_words(text: str, words: list[str]) -> None:
    assert fold_words(text) == words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("São Tomé", "sao tome"),
        ("ŁÓDŹ", "lodz"),
        ("Ørsted", "orsted"),
        ("Đà Nẵng", "da nang"),
        ("Straße", "STRASSE"),
        ("Ægir Œuvre", "aegir oeuvre"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Əliyev", "aliyev"),
        ("Ёлка", "елка"),
        ("Қазақстан", "казакстан"),
        ("ΤΟΥΡΚΊΑΣ", "τουρκιας"),
        ("Τουρκία", "τουρκια"),
        ("مُحَمَّد", "محمد"),
        ("إسلام آباد", "اسلام اباد"),
        ("مؤتمر شؤون سائل", "موتمر شوون سايل"),
        ("پاکسـتان", "پاكستان"),
        ("شہر", "شهر"),
        ("שָׁלוֹם", "שלום"),
        ("क़लम", "कलम"),
        ("Qaʿida", "qaida"),
        ("Кий", "КИИ\u0306"),
    ],
)
def test_what_is_written_is_found_as_people_type_it(written: str, typed: str) -> None:
    assert fold_words(written) == fold_words(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("мой", "мои"), ("か", "が"), ("कि", "का"), ("ما", "ماء"), ("ขา", "ข่า")],
)
def test_other_letters_stay_other_letters(one: str, other: str) -> None:
    assert fold_words(one) != fold_words(other)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_words_are_safe_for_the_full_text_index(text: str) -> None:
    # Its tokenizer parts words at every character below U+0080 but letters and digits.
    for word in fold_words(text):
        assert word
        assert all(c.isalnum() if c.isascii() else not c.isspace() for c in word)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_composed_or_not_makes_no_difference(text: str) -> None:
    nfd = fold_words(unicodedata.normalize("NFD", text))
    assert nfd == fold_words(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=127)))
@settings(max_examples=100, deadline=None)
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    assert fold_words(text) == text.casefold().translate(_FOLDED).split()


def test_every_character_folds() -> None:
    for code in range(0, 0x30000, 5):
        fold_words(f"a{chr(code)}b")
