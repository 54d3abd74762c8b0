"""The likelihoods that a text speaks of, and whether it speaks of them itself.

What stands between quotation marks is somebody else's, and a clause that hangs on another ("if oil
falls, which is unlikely, …") says what the judgement depends on, not what it is. English grammar is
not parsed here: where signs do not settle it, the answer is "unsure", which stops nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from briefgen.brief.own_text.reader import split_sentences
from briefgen.patterns import lazy_pattern
from briefgen.standards.scale import Band, Scale, Term
from briefgen.values import valueclass

Voice = Literal["own", "unsure", "aside"]
"""Whether a word is the text's own judgement: surely, perhaps, or surely not."""


@valueclass(frozen=True, slots=True)
class Likelihood:
    """A term of a scale as it stands in a text."""

    said: str
    """The words of the text: `very likely` where the scale has `likely` alone."""
    band: Band
    voice: Voice
    exact: bool
    """Whether it is the term, and not changed by a word before it: `not likely`, `more likely`."""
    describes: bool
    """Whether it tells of a thing, as in `the likely buyer`, and may be no judgement at all."""


def likelihoods_in(text: str, scale: Scale) -> list[Likelihood]:
    """What a text (CommonMark, one paragraph) says of likelihood in a scale's terms, in order."""
    masked = _without_quotations(text)
    forms = _forms(scale)
    found: list[Likelihood] = []
    for sentence in split_sentences(masked):
        hits = list(forms.pattern.finditer(sentence))
        clauses = _clauses(sentence)
        taken = [0] * len(clauses)
        for hit in hits:
            band, term = forms.by_form[_folded(hit.group())]
            before = sentence[: hit.start()]
            changed = _CHANGED.search(before)
            if changed is not None and _COMPARED.search(before) and _THAN.match(
                sentence[hit.end() :]
            ):  # fmt: skip
                continue  # "more likely than" compares two things and judges neither
            voice = _voice(hit.start(), clauses, taken)
            if term.unsure and _folded(hit.group()) == _folded(term.term):
                voice = _less_sure(voice)
            word = changed.group("word") if changed is not None else ""
            found.append(
                Likelihood(
                    said=" ".join(f"{word} {hit.group()}".split()),
                    band=band,
                    voice=_less_sure(voice) if word else voice,
                    exact=not word,
                    describes=_describes(before, sentence[hit.end() :], hit.group()),
                )
            )
    return found


def says(likelihood: Band, text: str, scale: Scale) -> bool:
    """Whether a text's own words say a likelihood, so that no sentence has to be added."""
    return any(
        each.band == likelihood and each.voice != "aside" and each.exact and not each.describes
        for each in likelihoods_in(text, scale)
    )


# --- words ----------------------------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class _Forms:
    pattern: re.Pattern[str]
    by_form: dict[str, tuple[Band, Term]]


@lru_cache(maxsize=8)
def _forms(scale: Scale) -> _Forms:
    by_form = {
        _folded(form): (band, term)
        for band, term in scale.terms()
        for form in (term.term, *term.forms)
    }
    # The longest first: "highly unlikely" is not "unlikely".
    words = sorted(by_form, key=len, reverse=True)
    listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return _Forms(re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.IGNORECASE), by_form)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


_CHANGED = lazy_pattern(
    r"(?<![\w-])(?P<word>very|highly|extremely|quite|fairly|rather|almost|nearly|so|too|more|most|"
    r"less|least|as|equally|increasingly|not|hardly|scarcely|never|no longer|\w+n[’']t)\s+$",
    re.IGNORECASE,
)
"""Words before a term that make another term of it, or the contrary."""
_COMPARED = lazy_pattern(r"\b(?:more|less|as|equally)\s+$", re.IGNORECASE)
_THAN = lazy_pattern(r"\s*(?:to\s+[^,.;]{1,60}\s)?(?:than\b(?!\s+not\b)|as\b)", re.IGNORECASE)
_BEFORE_A_THING = lazy_pattern(
    r"(?<![\w-])(?:an?|the|its|their|his|her|our|your|any|this|that|these|those|of|other)\s+$",
    re.IGNORECASE,
)
_A_WORD = lazy_pattern(r"\s+(?!to\b|that\b|and\b|or\b|but\b|in\b|by\b|for\b)[\w]", re.IGNORECASE)


def _describes(before: str, after: str, said: str) -> bool:
    """Whether the term stands before what it describes: `the likely buyer`.

    "A remote chance of" and "a realistic possibility" are things themselves.
    """
    one_word = len(said.split()) == 1
    return bool(one_word and _BEFORE_A_THING.search(before) and _A_WORD.match(after))


def _less_sure(voice: Voice) -> Voice:
    return "unsure" if voice == "own" else voice


# --- quotations ------------------------------------------------------------------------------

_QUOTED = lazy_pattern(
    r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"\n]*\"|(?<!\w)‘(?:[^‘’]|’(?=\w))*’(?!\w)|"
    r"(?<![\w’])'[^'\n]+'(?!\w)|`[^`]*`|^[^\S\n]*>.*$|\[[^\[\]@]*@[^\[\]]*\]|\]\([^()\s]*\)",
    re.MULTILINE,
)
"""Quotations, code, block quotes, citations and addresses: none of it is the author's sentence."""


def _without_quotations(text: str) -> str:
    """The text with all that blotted out, every character in its place."""
    return _QUOTED.sub(lambda match: "\x01" * len(match.group()), text)


# --- clauses that hang on another -------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class _Clause:
    """A stretch of a sentence that is not its main clause, or may not be."""

    start: int
    end: int
    sure: bool
    """Whether it is surely no main clause."""
    first_only: bool = False
    """Whether the main clause may go on in it, once it has said one likelihood."""


_SURE = (
    r"if|unless|although|though|because|whereas|whether|lest|in case|provided that|providing|"
    r"so long as|as long as|given that|assuming(?: that)?|on condition that|even if|even though|"
    r"which|who|whom|whose"
)
_PERHAPS = (
    r"while|when|whenever|since|as|after|before|until|once|where|despite|"
    r"that"
)
_HANGS = lazy_pattern(rf"(?<![\w-])(?:(?P<sure>{_SURE})|(?P<perhaps>{_PERHAPS}))(?![\w-])", re.I)
_TIME = lazy_pattern(
    r"\s+(?:\d|(?:mid|early|late|the|then|last|next|this|\w+day|jan\w*|feb\w*|mar\w*|apr\w*|may|"
    r"jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b)",
    re.IGNORECASE,
)
"""What makes a preposition of "since", "before" and the like, most of the time."""
_MAIN_THAT = lazy_pattern(
    r"(?:\b(?:we\s+(?:\w+\s+)?(?:judge|assess|believe|think|expect|conclude|consider|estimate)|"
    r"(?:is|be|was|seems|remains)\s+(?:\w+\s+){0,2}\w+|chances?|odds|possibility|likelihood|"
    r"probability|prospect|risk|view|judgement|assessment|now|so|such))\s*$",
    re.IGNORECASE,
)
"""What makes the clause after "that" the judgement itself: "we judge that", "it is likely that"."""
_SAYS = lazy_pattern(
    r"(?<![\w-])(?!we\b)(?P<who>\w+)\s+(?:say|says|said|claims?|claimed|believes?|believed|argues?|"
    r"argued|expects?|expected|insists?|insisted|hopes?|hoped|fears?|feared|thinks?|thought|warns?|"
    r"warned|promises?|promised)\s+(?!to\b)",
    re.IGNORECASE,
)
"""Somebody else's voice: what follows may be their likelihood."""
_BREAK = lazy_pattern(r"[,;:()]|\s[–—-]\s|—")
_OPENING = lazy_pattern(r"^[\s\"'“‘(\x01]*(?:(?:and|but|so|yet|then|however,|even)\s+)*$", re.I)


def _clauses(sentence: str) -> list[_Clause]:
    found: list[_Clause] = []
    breaks = [match.start() for match in _BREAK.finditer(sentence)]
    commas = [place for place in breaks if sentence[place] == ","]
    for hit in _HANGS.finditer(sentence):
        word = hit.group().casefold()
        sure = hit.group("sure") is not None
        before, after = sentence[: hit.start()], sentence[hit.end() :]
        if word == "that" and (_MAIN_THAT.search(before) or not before.strip()):
            continue
        if word == "as" and re.match(r"\s+(?:likely|probable|soon|well)\b", after):
            continue
        if not sure and word != "that" and _TIME.match(after):
            continue
        found += _extent(hit.start(), sentence, breaks, commas, sure)
    for hit in _SAYS.finditer(sentence):
        end = next((each for each in breaks if each > hit.end() and sentence[each] in ";:"), None)
        found.append(_Clause(hit.end(), len(sentence) if end is None else end, False))
    return found


def _extent(
    start: int, sentence: str, breaks: list[int], commas: list[int], sure: bool
) -> Iterator[_Clause]:
    """From where a clause begins, how far it goes, as well as signs tell."""
    after = [each for each in breaks if each > start]
    end = after[0] if after else len(sentence)
    if _OPENING.match(sentence[:start]):
        if not after:
            yield _Clause(start, end, False)
            return
        yield _Clause(start, end, sure)
        last = max((each for each in commas if each > start), default=end)
        if last > end:  # "If oil, gas and coal fall, …"
            yield _Clause(end, last, False)
        return
    leads = sentence[:start].rstrip()
    set_off = not leads or leads[-1] in ",;:(–—-"
    if set_off:
        yield _Clause(start, end, sure)
        return
    yield _Clause(start, end, sure, first_only=True)
    if after:
        yield _Clause(end, len(sentence), False)


def _voice(place: int, clauses: list[_Clause], taken: list[int]) -> Voice:
    voice: Voice = "own"
    for number, clause in enumerate(clauses):
        if not clause.start <= place < clause.end:
            continue
        taken[number] += 1
        if clause.sure and not (clause.first_only and taken[number] > 1):
            voice = "aside"
        elif voice == "own":
            voice = "unsure"
    return voice
