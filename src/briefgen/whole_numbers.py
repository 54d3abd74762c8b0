"""Whole numbers as files say them."""

from __future__ import annotations

from typing import TypeVar

_Otherwise = TypeVar("_Otherwise", int, None)

MOST_DIGITS = 18


def whole_number(text: str, otherwise: _Otherwise) -> int | _Otherwise:
    """What up to 18 decimal digits say, without a sign; for any other text `otherwise`.

    A file may say a number of thousands of digits, which `int` refuses, and `²`, which is a digit
    (`str.isdigit`) and no number.
    """
    return int(text) if len(text) <= MOST_DIGITS and text.isdecimal() else otherwise
