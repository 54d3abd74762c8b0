"""Text as the words a search compares: case, accents and spelling variants folded, any script.

What folds together follows what people type: `Sao` finds `São`, `Lodz` finds `Łódź`, `еж` finds
`ёж`, `Τουρκια` finds `Τουρκία`, unvowelled Arabic finds vowelled. Marks that make another
letter (Indic vowel signs, Thai tones, the breve of й) stay.
"""

from __future__ import annotations

import unicodedata

_SAME_LETTER = {
    # Latin letters that Unicode does not decompose
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ȷ": "j", "ƚ": "l",
    "ƀ": "b", "ɨ": "i", "ʉ": "u", "ɇ": "e", "ɍ": "r", "ɏ": "y", "ⱥ": "a", "ȼ": "c", "ⱦ": "t",
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ŋ": "ng", "ĸ": "k", "ə": "a", "ɖ": "d",
    # Cyrillic and Greek
    "ґ": "г", "ҝ": "к", "қ": "к", "ғ": "г", "ҳ": "х", "һ": "х", "ұ": "у", "ү": "у", "ң": "н",
    "ө": "о", "ә": "а",
    # Arabic script: Arabic, Persian and Urdu keyboards write the same word with different letters
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك",
    "ة": "ه", "ہ": "ه", "ە": "ه", "ۃ": "ه", "ھ": "ه", "ـ": "",
    # signs of transliteration (ayn, hamza), which most people leave out
    "ʾ": "", "ʿ": "", "ˁ": "", "ˀ": "",
}  # fmt: skip

_APOSTROPHES = frozenset("ʹʺʻʼʽˈꞋꞌ")
"""Letters by category, but written and searched as the apostrophe that they look like."""

_KEPT_CLASSES = frozenset({0, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132})
"""Canonical combining classes of marks that are part of the letter: kana voicing, viramas,
vowel signs and tones of Indic, Thai, Lao and Tibetan. All others are accents and points."""

_WRITTEN_SOLID = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3041, 0x312F),  # Hiragana, Katakana, Bopomofo
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
"""Scripts that set no spaces between words: each character is a word, so that a run of them is
found wherever it stands in a longer run."""


def fold_words(text: str) -> list[str]:
    """The words of `text`, folded, in order: runs of letters, digits and their marks.

    `Mi-17` gives `mi`, `17`. Characters of scripts without word spaces are words by themselves.
    No word holds white space, punctuation or a character below U+0080 other than a-z and 0-9.
    """
    if text.isascii():
        return text.lower().translate(_ASCII).split()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    spread = spread.replace("и\u0306", "й")
    folded = unicodedata.normalize("NFC", spread.translate(_FOLDED))
    if max(folded, default="") >= "\u0e00":
        folded = folded.translate(_SPACED)
    return folded.split()


class _Folded(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


class _Spaced(dict[int, str]):
    """Spaces around the characters of scripts that are written solid."""

    def __missing__(self, code: int) -> str:
        solid = any(first <= code <= last for first, last in _WRITTEN_SOLID)
        spaced = self[code] = f" {chr(code)} " if solid else chr(code)
        return spaced


def _fold_character(character: str) -> str:
    same = _SAME_LETTER.get(character)
    if same is not None:
        return same
    category = unicodedata.category(character)
    if character in _APOSTROPHES or character == "\u200b":  # the zero-width space parts words
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":  # joiners, soft hyphens, directions: not seen, so not typed
        return ""
    if category[0] == "M":
        return character if _is_part_of_the_letter(character, category) else ""
    return character if category[0] in "LN" else " "


def _is_part_of_the_letter(mark: str, category: str) -> bool:
    if category == "Me" or mark == "\u034f":  # enclosing; the grapheme joiner
        return False
    if "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef":
        return False  # variation selectors
    return unicodedata.combining(mark) in _KEPT_CLASSES


_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_FOLDED = _Folded()
_SPACED = _Spaced()
