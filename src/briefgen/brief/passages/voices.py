"""Whether a text names the voice of a fact: who says so, or the source in which it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from briefgen.facts.model import Base, Fact, Source
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.small_words import SMALL_WORDS

_NAME = lazy_pattern(r"\b[^\W\d_a-z][\w’'-]*")
_SPEAKS = lazy_pattern(
    r"\b(?:accord\w+|accus\w+|admit\w*|aim\w*|announc\w*|argu\w+|ask\w*|assert\w*|assess\w*|"
    r"believ\w+|call\w*|cast\w*|claim\w*|consider\w*|deni\w+|deny|describ\w+|estimat\w+|"
    r"expect\w*|expres\w+|find\w*|fear\w*|hold\w*|hop\w+|insist\w*|judg\w+|maintain\w*|not(?:es|ed|ing)|"
    r"predict\w*|prais\w+|put\w*|reaffirm\w*|regard\w*|reject\w*|report\w*|said|saw|say\w*|see[sn]?|"
    r"speak\w*|spoke\w*|stat(?:e[sd]?|ing)|stress\w*|suggest\w*|support\w*|tell\w*|term\w*|think\w*|"
    r"thought|told|urg\w+|view\w*|voic\w+|want\w*|welcom\w+|wish\w*|writ\w+|wrote)\b",
    re.IGNORECASE,
)
"""Words of saying, thinking and wanting."""

OFFICES = frozenset((
    "adviser", "advisor", "admiral", "ambassador", "chairman", "chairwoman", "chancellor", "chief",
    "colonel", "commander", "commissioner", "consul", "counsellor", "director", "envoy", "general",
    "governor", "head", "king", "leader", "lieutenant", "marshal", "minister", "ministers",
    "premier", "president", "presidents", "secretary", "senator", "speaker", "spokesman",
    "spokesperson", "spokeswoman", "vice",
))  # fmt: skip
"""Words of offices and ranks, folded."""


class Voices:
    """The voices of a base's facts, looked for in texts. For English; names in any language."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def named_in(self, text: str, fact: Fact) -> bool:
        """Whether `text` says who says what the fact says.

        That is its attribution, whole or by a name in it, or a source's author or publication.
        Where the only name is a state's, which texts name for other reasons too, a word of saying
        must stand there as well.
        """
        words = fold_words(text)
        return self._by_attribution(text, words, fact.attribution.strip()) or any(
            _stands_in(name, words)
            for cite in fact.cites
            if (source := self._base.sources.get(cite.source)) is not None
            for name in source_names(source)
        )

    def _by_attribution(self, text: str, words: Sequence[str], who: str) -> bool:
        telling = [
            word
            for word in fold_words(who)
            if len(word) > 2 and word not in OFFICES and word not in SMALL_WORDS
        ]
        names = {word for name in _NAME.findall(who) for word in fold_words(name)}
        own = [word for word in telling if word in names and not self._state_in(word)]
        if any(word in words for word in own):
            return True
        if own or not telling:
            return False
        # Nobody in particular: a state, or "the ministry", which texts name for other reasons too.
        states = {state for word in telling if (state := self._state_in(word))}
        known = telling[-1] in words or any(
            self._state_in(word) in states for word in words if states
        )
        return known and _SPEAKS.search(text) is not None

    def _state_in(self, word: str) -> str:
        """The state or place that a word names or is made of, as `pakistani`; else empty."""
        return next((state for state in self._states if word.startswith(state)), "")

    @cached_property
    def _states(self) -> frozenset[str]:
        """What states and places are called in one word."""
        names = (
            fold_words(name)
            for actor in self._base.actors.values()
            if actor.kind in ("state", "place")
            for name in (actor.name, *actor.aliases)
        )
        return frozenset(name[0] for name in names if len(name) == 1)


def source_names(source: Source) -> list[list[str]]:
    """What a source is called by: family names of its authors, its publication; folded words."""
    csl = source.csl
    people = csl.get("author") or csl.get("editor") or ()
    names = [str(one.get("family") or one.get("literal") or "") for one in people]
    names += [str(csl.get(key) or "") for key in ("container-title", "container-title-short")]
    names += [name.partition("(")[0] for name in names]
    folded = [fold_words(name) for name in names]
    return [name for name in folded if name]


def _stands_in(phrase: Sequence[str], words: Sequence[str]) -> bool:
    count = len(phrase)
    return count > 0 and any(
        list(words[at : at + count]) == list(phrase) for at in range(len(words) - count + 1)
    )
