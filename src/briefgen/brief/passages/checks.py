"""What a careful reader would question in a passage, clause by clause, against its facts.

Each warning is a question to a person and never the last word: texts are compared by their words.
What is asked of words is asked of English alone; numbers are compared in any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from briefgen.brief.acts import furthest_act
from briefgen.brief.own_text.reader import split_sentences
from briefgen.brief.passages.clauses import clauses_of
from briefgen.brief.passages.evidence import Evidence, scaled
from briefgen.brief.passages.numbers import MONTHS, calendar_of, months_in, numbers_in
from briefgen.brief.passages.voices import OFFICES, Voices
from briefgen.english import variety
from briefgen.facts.model import Base, Fact, Passage
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.small_words import SMALL_WORDS

LONGEST = 3
"""How many sentences a passage may have."""


class Reviewer:
    """Reads passages of one base as a careful reader would."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.voices = Voices(base)
        self._checks = _IN_ENGLISH if variety(base.language) is not None else _ANYWHERE

    def warnings(
        self,
        passage: Passage,
        facts: Mapping[str, Fact],
        disputes: Mapping[str, Iterable[str]],
    ) -> tuple[str, ...]:
        """What such a reader would question: `wrong; do this`, in the passage's order.

        `facts` are those that it cites, by id; one that is missing is passed over. `disputes` says
        by id which facts cannot hold beside it.
        """
        found: list[str] = []
        text = ""
        for clause in clauses_of(passage):
            before, text = text, text + clause.text
            evidence = Evidence([facts[id_] for id_ in clause.facts if id_ in facts], self.base)
            if not evidence.facts:
                continue
            read = _Read(clause.text, evidence, before, self)
            for check in self._checks:
                for doubt in check(read):
                    found.append(f"“{_shortened(clause.text)}” {doubt.what}; {doubt.then}")
        for id_ in self.silent_voices(passage, facts, disputes):
            found.append(
                f"it does not name the voice of {id_!r}, which is in dispute, so its facts are "
                "printed one by one; say who says so"
            )
        if not self._says_when(text, passage, facts):
            found.append("it does not say when: none of its years is that of a fact; put it in")
        sentences = len(split_sentences(text))
        if sentences > LONGEST:
            found.append(f"it has {sentences} sentences; make two passages of it, or shorten it")
        return tuple(dict.fromkeys(found))

    def silent_voices(
        self,
        passage: Passage,
        facts: Mapping[str, Fact],
        disputes: Mapping[str, Iterable[str]],
    ) -> tuple[str, ...]:
        """Which facts dispute another one of the passage without a voice that it names."""
        disputed = [
            fact
            for id_ in passage.facts
            if (fact := facts.get(id_)) is not None
            and any(other in passage.facts for other in disputes.get(id_, ()))
        ]
        if not disputed:
            return ()
        text = "".join(clause.text for clause in clauses_of(passage))
        return tuple(fact.id for fact in disputed if not self.voices.named_in(text, fact))

    def _says_when(self, text: str, passage: Passage, facts: Mapping[str, Fact]) -> bool:
        dates = [fact.date for id_ in passage.facts if (fact := facts.get(id_)) and fact.date]
        calendars = [calendar_of(date) for date in dates]
        told = {int(number.value) for number in numbers_in(text) if number.is_year}
        return not dates or any(told & (one.years | one.decades) for one in calendars)

    def begins_a_name(self, token: str) -> bool:
        """Whether a word at the start of a sentence is how an actor of the base is called."""
        first = fold_words(token)[:1]
        return bool(first) and first[0] in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        names = (
            fold_words(name)
            for actor in self.base.actors.values()
            for name in (actor.name, *actor.aliases)
            if name[:1].isupper()
        )
        return frozenset(n[0] for n in names if n and len(n[0]) > 2 and n[0] not in SMALL_WORDS)


class _Read(NamedTuple):
    """A clause and what it may say."""

    text: str
    evidence: Evidence
    before: str
    """The passage up to the clause."""
    reviewer: Reviewer

    @property
    def starts_sentence(self) -> bool:
        """Whether the sentence before it has ended."""
        return _SENTENCE_ENDED.search(self.before) is not None

    @property
    def sentence(self) -> str:
        """The clause with what its sentence says before it, which its words may carry on."""
        return split_sentences(self.before + self.text)[-1]


class _Doubt(NamedTuple):
    what: str
    then: str


_SENTENCE_ENDED = lazy_pattern(r"(?:^|[.!?…][\"”’»)\]]*)\s*$")
_CITE_ANOTHER = "correct it, or cite the fact that says so"


def _shortened(text: str) -> str:
    words = text.split()
    return " ".join(words if len(words) <= 12 else [*words[:5], "…", *words[-5:]])


# --- numbers and dates -----------------------------------------------------------------------


def _numbers(read: _Read) -> Iterator[_Doubt]:
    evidence = read.evidence
    for number in numbers_in(read.text):
        if number.is_decade:
            known = int(number.value) in evidence.decades
        elif number.is_year:
            known = int(number.value) in evidence.years or number.value in evidence.numbers
        elif number.value != number.plain:
            known = number.value in evidence.numbers
        else:
            known = number.plain in evidence.numbers
        if not known:
            what = "year" if number.is_year and not number.is_decade else "number"
            named = f"the {number.words}" if number.is_decade else f"the {what} {number.words}"
            yield _Doubt(f"has {named}, which no fact of this clause states", _CITE_ANOTHER)


def _months(read: _Read) -> Iterator[_Doubt]:
    for month in sorted(months_in(read.text) - read.evidence.months):
        name = MONTHS[month - 1].capitalize()
        yield _Doubt(f"has {name}, which no fact of this clause states", _CITE_ANOTHER)


# --- names and offices -----------------------------------------------------------------------

_TOKEN = lazy_pattern(r"[^\W\d_][\w’'‘\u2011-]*")
_STARTS = lazy_pattern(r"(?:^|[.!?…][\"”’»)\]]*)[\s\"“‘«(]*$")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NO_NAMES = frozenset(
    (*MONTHS, *_DAYS, "i", "us", "usd", "eur", "rub", "pkr", "mr", "mrs", "ms", "dr")
)
_ROOTS = {
    "chinese": "china", "french": "france", "british": "britain", "turkish": "turkey",
    "dutch": "netherlands", "polish": "poland", "spanish": "spain", "swiss": "switzerland",
    "danish": "denmark", "finnish": "finland", "greek": "greece", "irish": "ireland",
    "swedish": "sweden", "welsh": "wales", "thai": "thailand", "uk": "britain",
}  # fmt: skip
_LEAST_ROOT = 4


def _names(read: _Read) -> Iterator[_Doubt]:
    text = read.text
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not token[0].isupper() and not (token[:1].islower() and token[1:2].isupper()):
            continue
        starts = _STARTS.search(text, 0, match.start())
        at_start = starts is not None and (starts.start() > 0 or read.starts_sentence)
        if at_start and not read.reviewer.begins_a_name(token):
            continue
        for word in fold_words(token):
            if word in _NO_NAMES or word in OFFICES or word == "s" or word.isdecimal():
                continue
            if not _is_known(word, read.evidence.words):
                yield _Doubt(f"names {token}, which no fact of this clause names", _CITE_ANOTHER)
                break


def _is_known(word: str, words: frozenset[str]) -> bool:
    """Whether a word stands there, or one of the same root: `Russian` for `Russia`."""
    root = _ROOTS.get(word, word)
    if word in words or root in words:
        return True
    if len(root) < _LEAST_ROOT:
        return False
    return any(
        other.startswith(root[: max(_LEAST_ROOT, len(root) - 3)])
        for other in words
        if len(other) >= _LEAST_ROOT and abs(len(other) - len(root)) <= _LEAST_ROOT
    )


def _offices(read: _Read) -> Iterator[_Doubt]:
    for word in dict.fromkeys(fold_words(read.text)):
        if word in OFFICES and not _is_known(word, read.evidence.words):
            yield _Doubt(
                f"gives the office “{word}”, which no fact of this clause gives", _CITE_ANOTHER
            )


# --- what was done, and by whom it is said -----------------------------------------------------


def _acts(read: _Read) -> Iterator[_Doubt]:
    rank, word = furthest_act(read.text)
    if rank < 2:
        return
    furthest = max(furthest_act(f"{f.statement} {f.detail}") for f in read.evidence.facts)
    # What is agreed on is often told by its name: a memorandum, a protocol.
    if any(fact.kind == "agreement" for fact in read.evidence.facts):
        furthest = max(furthest, (2, "agreed"))
    if rank > furthest[0]:
        than = (
            f"the strongest act of its facts is “{furthest[1]}”"
            if furthest[0]
            else ("none of its facts tells such an act")
        )
        yield _Doubt(f"says “{word}”, and {than}", "use the word of the fact")


def _voices(read: _Read) -> Iterator[_Doubt]:
    for fact in read.evidence.facts:
        if fact.kind in ("position", "assessment") and not read.reviewer.voices.named_in(
            read.before + read.text, fact
        ):
            article = "an" if fact.kind == "assessment" else "a"
            yield _Doubt(
                f"tells {article} {fact.kind} without its voice",
                f"say whose it is: {fact.attribution}",
            )


# --- small words that change what is said -------------------------------------------------------

_STRONG: tuple[tuple[str, str], ...] = (
    ("a negation", r"not|no|never|none|nor|neither|nobody|nothing|without|cannot|\w+n['’]t"),
    ("“first”", r"first|first-ever"),
    ("“only”", r"only|sole|solely|alone"),
    ("“all”", r"all|every|everybody|everything|entire|entirely"),
)  # fmt: skip


def _strong_words(read: _Read) -> Iterator[_Doubt]:
    for name, pattern in _STRONG:
        mine = _whole_words(pattern, read.text)
        if mine and not _whole_words(pattern, read.evidence.said):
            told = name if name.startswith("a ") else f"“{mine}”"
            yield _Doubt(
                f"has {told}, which no fact of this clause has", "take it away, or say whose it is"
            )


_ABOUT = r"about|around|approximately|approx|roughly|nearly|almost|circa|ca|some|or so"
_AT_LEAST = r"at least|more than|over|no fewer than|no less than|or more|exceed\w*|above|upwards"
_AT_MOST = (
    r"at most|up to|less than|fewer than|no more than|under|below|as much as|as many as|or less"
)
_HEDGES = {"about": _ABOUT, "at-least": _AT_LEAST, "at-most": _AT_MOST}
_OPEN = (
    r"potential\w*|possib\w+|may|might|could|would|will|plan\w*|due|schedul\w+|expect\w*|inten\w+|"
    r"propos\w+|offer\w*|discuss\w*|consider\w*|want\w*|hop\w+|aim\w*|seek\w*|sought|project\w*|"
    r"target\w*|agreed to|interest\w*|option\w*|prospect\w*|capacity|capable|"
    r"(?:is|are|was|were) to|to be|estimat\w+|explor\w+|talks|negotiat\w+|request\w*|ask\w*|if"
)
_CAREFUL = (("potential", r"potential\w*|possib\w+"), ("planned", r"plan|plans|planned"))


def _lost_numbers(read: _Read) -> Iterator[_Doubt]:
    """Numbers that the clause says more exactly, or more surely, than every fact that has them."""
    for number in numbers_in(read.text):
        if number.is_year:
            continue
        lost: set[str] = set()
        for fact in read.evidence.facts:
            wanted = _hedges_of(fact, number.value, number.plain)
            if wanted is None:
                continue
            if not wanted:
                lost = set()
                break
            lost |= wanted
        for hedge in sorted(lost):
            if hedge in _HEDGES:
                kept = _whole_words(_HEDGES[hedge], read.text)
                name = hedge.replace("-", " ")
            else:
                kept, name = _whole_words(_OPEN, read.text), hedge
            if not kept:
                yield _Doubt(f"has lost the “{name}” of {number.words}", f"say “{name}”")


def _hedges_of(fact: Fact, value: float, plain: float) -> set[str] | None:
    """With what cautions a fact states a number; None where it does not state it."""
    found: set[str] | None = None
    for figure in fact.figures:
        values = [one for one in (figure.value, figure.value_to) if one is not None]
        known = {float(one) for one in values} | {
            s for one in values for s in scaled(one, figure.unit)
        }
        if value in known or plain in known:
            found = set() if found is None else found
            found |= {figure.qualifier} if figure.qualifier else set()
            found |= {figure.basis} if figure.basis in ("potential", "planned") else set()
    said = f"{fact.statement} {fact.detail}"
    for number in numbers_in(said):
        if number.value == value:
            found = set() if found is None else found
            ahead = " ".join(said[: number.start].split()[-4:])
            found |= {name for name, form in _HEDGES.items() if _whole_words(form, ahead)}
    return found


def _lost_cautions(read: _Read) -> Iterator[_Doubt]:
    for name, pattern in _CAREFUL:
        cautious = [fact for fact in read.evidence.facts if _whole_words(pattern, fact.statement)]
        if cautious and not _whole_words(_OPEN, read.sentence):
            yield _Doubt(
                f"has lost the “{name}” of {cautious[0].id!r}",
                f"say “{name}”, or discussed, or due",
            )


def _whole_words(pattern: str, text: str) -> str:
    """The first of these words in a text, as it stands there; empty if there is none."""
    match = re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
    return match.group() if match else ""


_Check = Callable[[_Read], Iterator[_Doubt]]
_ANYWHERE: Sequence[_Check] = (_numbers,)
_IN_ENGLISH: Sequence[_Check] = (
    _numbers, _months, _names, _offices, _acts, _voices, _strong_words, _lost_numbers,
    _lost_cautions,
)  # fmt: skip
