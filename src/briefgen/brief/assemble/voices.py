"""Whose words a fact's statement gives: said once, and never of words that are not theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefgen.brief.assemble.material import Material
from briefgen.facts.model import Fact, Source
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
    if not who or names_voice(fact):
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


def names_voice(fact: Fact) -> bool:
    """Whether the statement itself names who says so."""
    who = fact.attribution.strip()
    return bool(who) and who.casefold() in fact.statement.casefold()


def names_authors(voice: str, source: Source) -> bool:
    """Whether a voice is that of all authors of a source: `Ume Farwa`, `Farwa`, `Dr Farwa`.

    Somebody else of the same family is not: a word before the name that belongs neither to the
    author's given names nor to a title makes it another's.
    """
    authors = source.csl.get("author") or ()
    return bool(authors) and all(_names(voice, author) for author in authors)


_TITLES = frozenset((
    "dr", "mr", "mrs", "ms", "prof", "professor", "sir", "dame", "ambassador", "senator",
))  # fmt: skip


def _names(voice: str, author: Mapping[str, Any]) -> bool:
    name = str(author.get("family") or author.get("literal") or "")
    given = str(author.get("given") or "").casefold().replace(".", " ").split()
    found = name and re.search(
        rf"(?:(?P<before>[\w.’'-]+)\s+)?(?<!\w){re.escape(name)}(?!\w)", voice, re.IGNORECASE
    )
    if not found:
        return False
    before = (found["before"] or "").casefold().rstrip(".")
    whole = found["before"] or ""
    return (
        whole == whole.lower()  # nothing, or no name: "as Farwa", "by Farwa"
        or before in _TITLES
        or any(before in (part, part[0]) for part in given)
    )
