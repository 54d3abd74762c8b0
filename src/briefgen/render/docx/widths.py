"""Measures: as Word writes them, and how wide text is, about, for columns that hold it."""

from __future__ import annotations

from functools import lru_cache

from briefgen.render.docx import look

_NARROW = frozenset(" .,:;'|!iljtfrI()[]-/\u00a0\u2019")
_BROAD = frozenset("mwMWQO@%—…")


@lru_cache(maxsize=16_384)
def label_width(text: str) -> int:
    """About how wide `text` is in twips, bold at body size, erring on the broad side."""
    ems = 0.0
    for character in text:
        if character in _NARROW:
            ems += 0.31
        elif character in _BROAD or ord(character) > 0x2E80:
            ems += 0.9
        elif character.isupper():
            ems += 0.64
        else:
            ems += 0.53
    return round(ems * look.BODY * 10) + 100  # half-points to twips, and the gap before the text


_STAND_IN = (
    ("ijlI'|", 0.34),
    (" .,:;-/!()[]tfr\u00a0\u2019", 0.42),
    ("mwMW%@\u2014\u2026", 0.99),
    ("0123456789", 0.64),
)
_BOLDER = 1.1


@lru_cache(maxsize=16_384)
def widest_stand_in(text: str, *, bold: bool = False) -> int:
    """How wide `text` gets in twips at body size where the document's font is not there.

    DejaVu Sans is the broadest of the fonts that programs put in its place.
    """
    ems = 0.0
    for character in text:
        known = (width for characters, width in _STAND_IN if character in characters)
        otherwise = 1.0 if ord(character) > 0x2E80 else 0.79 if character.isupper() else 0.635
        ems += next(known, otherwise)
    return round(ems * look.BODY * 10 * (_BOLDER if bold else 1))


def longest_piece(text: str) -> str:
    """The widest piece of `text` that no line may break: words, joined by no-break spaces."""
    return max(text.split(" "), key=widest_stand_in)


def twips(said: str, otherwise: int) -> int:
    """A measure in twips; Word also takes `12.5mm` and the like (ST_TwipsMeasure)."""
    units = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
    number, factor = said.strip(), 1.0
    if number[-2:] in units:
        number, factor = number[:-2], units[number[-2:]]
    try:
        twips = round(float(number) * factor)
    except (ValueError, OverflowError):
        return otherwise
    return twips if 0 <= twips <= 31_680 else otherwise
