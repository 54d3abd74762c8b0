"""Whose words a fact's statement gives: said once, and never of words that are not theirs."""

from __future__ import annotations

import re

from briefgen.brief.assemble.material import Material
from briefgen.facts.model import Fact
from briefgen.patterns import lazy_pattern

_QUOTED = lazy_pattern(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
_FIRST_PERSON = lazy_pattern(
    r"\b(?:[Ww]e|[Oo]urs?|[Oo]urselves|us|[Mm]y|me|myself)\b|(?<![\w.-])I(?![\w.-])"
)
"""`US`, `I.` of a name and `Multan-I` are none."""
_SPEAKS = lazy_pattern(
    r"\b(?:according to|said|says|told|tells|stated|states|called|calls|claimed|claims|argued"
    r"|argues|wrote|writes|announced|announces|reported|reports|reportedly|believed|believes"
    r"|thought|thinks|in the view of|in [\w ]+[’']s? view)\b",
    re.IGNORECASE,
)


def voice_to_add(fact: Fact, material: Material) -> str:
    """Who is to be named beside the statement: nobody where it names them itself.

    Words in the first person are the author's, and so is a rewording that has its voice in it:
    nobody else is made to say them.
    """
    who = fact.attribution.strip()
    if not who or who.casefold() in fact.statement.casefold():
        return ""
    own_words = _QUOTED.sub("", fact.statement)
    if _FIRST_PERSON.search(own_words):
        return ""
    if fact.id in material.spec.edits.reword and _SPEAKS.search(own_words):
        return ""
    return who


def attributed(who: str, at: str, material: Material, *, follows: bool) -> str:
    """`, according to Jo Doe in May 2011`, to go before a full stop; else in brackets."""
    if at:
        form = "who_at_apart" if "," in who else "who_at"  # "Doe, Minister for Trade, in May 2011"
        who = material.words[form].format(who=who, at=at)
    return material.words["according_to" if follows else "according_to_after"].format(who=who)
