"""Whose words a fact's statement gives: said once, and never of words that are not theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.when import when
from briefgen.facts.model import Fact, Source
from briefgen.facts.publications import publication_instead
from briefgen.patterns import lazy_pattern

_QUOTED = lazy_pattern(r"“[^“”]*”|‘[^‘’]*’(?!\w)|\"[^\"]*\"")
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


_OWN_WORK = lazy_pattern(r"(?i)(?:our )?own (?:calculation|estimate|inference|count)\b")


class Voice(NamedTuple):
    """Who says something, and when they said it, to follow their name; either may be empty."""

    who: str
    at: str


def voice_of(fact: Fact, material: Material) -> Voice:
    """Whose words a fact's statement gives and when they were said, where that is to be added."""
    return Voice(voice_to_add(fact, material), when(fact, material).report)


def own_work(fact: Fact) -> str:
    """What the keepers of the base call their own: `own calculation from two totals`; or nothing.

    It stands in brackets: it is according to nobody.
    """
    who = fact.attribution.strip()
    return who if _OWN_WORK.match(who) else ""


def lead_in(voice: Voice, material: Material) -> str:
    """What opens a run of sentences of one voice: `According to Jo Doe in May 2011:`."""
    words = material.words
    if not voice.who:
        return words["reported_all"].format(at=voice.at)
    return words["according_to_all"].format(who=who_at(voice, material))


def voice_to_add(fact: Fact, material: Material) -> str:
    """Who is to be named beside the statement: nobody where it names them itself.

    Words in the first person are the author's, and so is a rewording that has its voice in it:
    nobody else is made to say them.
    """
    who = fact.attribution.strip()
    if not who or names_voice(fact) or own_work(fact):
        return ""
    own_words = _QUOTED.sub("", fact.statement)
    if _FIRST_PERSON.search(own_words):
        return ""
    if fact.id in material.spec.edits.reword and _SPEAKS.search(own_words):
        return ""
    return who


def attributed(who: str, at: str, material: Material, *, follows: bool) -> str:
    """`, according to Jo Doe in May 2011`, to go before a full stop; else in brackets."""
    form = "according_to" if follows else "according_to_after"
    return material.words[form].format(who=who_at(Voice(who, at), material))


def names_voice(fact: Fact) -> bool:
    """Whether the statement itself names who says so."""
    who = fact.attribution.strip()
    return bool(who) and who.casefold() in fact.statement.casefold()


def names_authors(voice: str, source: Source) -> bool:
    """Whether a voice is that of all authors of a source: `Ume Farwa`, `Farwa`, `Dr Farwa`.

    Somebody else of the same family is not: a word before the name that belongs neither to the
    author's given names nor to a title makes it another's. Of an unsigned source, the newspaper.
    """
    authors = source.csl.get("author") or ()
    publication = publication_instead(source.csl)
    if publication:
        return re.search(rf"(?<!\w){re.escape(publication)}(?!\w)", voice) is not None
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


def who_at(voice: Voice, material: Material) -> str:
    """`Jo Doe in May 2011`, `Jo Doe, Minister for Trade, in May 2011`."""
    if not voice.at:
        return voice.who
    apart = "," in voice.who  # "Doe, Minister for Trade, in May 2011"
    return material.words["who_at_apart" if apart else "who_at"].format(who=voice.who, at=voice.at)
