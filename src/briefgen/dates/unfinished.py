"""Dates while they are typed: what is no date yet and may become one."""

from __future__ import annotations

from briefgen.patterns import lazy_pattern

_POINT = (
    r"(?:-?(?:[0-9]{0,4}|[0-9]{2,3}X{0,2}"
    r"|[0-9]{4}-(?:[012]?|(?:0[1-9]|1[0-2])(?:-[0-3]?)?)?)"
    r"|Y-?[0-9]*)"
)
_DATE = r"(?:-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[~?%]?|Y-?[0-9]+[~?%]?|\.\.|)"
_UNFINISHED = lazy_pattern(rf"{_POINT}|{_DATE}/(?:{_POINT}|\.)|\.{{1,2}}")
_WORDS = lazy_pattern(
    r"(?:(?:[0-9]{1,2}|[^\W\d_]{1,12}\.?)[ ]){0,3}(?:[0-9]{1,4}|[^\W\d_]{1,12})?[ ]?"
)
"""`11 June 20`, `since Ma`: a few words, as a date has them."""


def may_go_on(text: str) -> bool:
    """Whether more characters could make `text` an EDTF date or one in words.

    A field need not call it wrong while it is being typed. Generous: what passes may still turn
    out to be none.
    """
    return bool(_UNFINISHED.fullmatch(text) or _WORDS.fullmatch(text))
