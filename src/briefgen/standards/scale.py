"""A scale of likelihood and confidence: the words that analysts may use, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.values import valueclass

USUAL_SCALE = "icd203"
"""The scale of briefs that name none, on bases that name none."""


@valueclass(frozen=True, slots=True)
class Term:
    """One term for a likelihood."""

    term: str
    """As it stands in a brief's file and in the key: `probable`."""
    forms: tuple[str, ...] = ()
    """Other forms that say the same in a sentence: `probably`."""
    unsure: bool = False
    """Whether the term, met alone in a text, may mean something else: remote places."""
    sentence: str = ""
    """What says it where a judgement's own words do not: `This is probable.`"""


@valueclass(frozen=True, slots=True)
class Band:
    """A range of likelihood, and its terms, which mean the same."""

    low: int
    """In per cent, as is `high`; both ends inclusive."""
    high: int
    terms: tuple[Term, ...]

    @property
    def names(self) -> str:
        """`likely or probable`."""
        return " or ".join(term.term for term in self.terms)

    @property
    def range(self) -> str:
        """`55–80%`."""
        return f"{self.low}–{self.high}%"

    def overlaps(self, other: Band) -> bool:
        """Whether the two have more in common than an end."""
        return max(self.low, other.low) < min(self.high, other.high)


@valueclass(frozen=True, slots=True)
class Scale:
    """A scale as its file says it, and the document that it is taken from."""

    name: str
    """`icd203`, or the path of its file."""
    label: str
    document: str
    date: str
    """EDTF, of the document."""
    bands: tuple[Band, ...]
    """Lowest first."""
    confidences: tuple[str, ...]
    """Lowest first; empty: the scale grades no confidence."""
    confidence_name: str = "confidence"
    publisher: str = ""
    url: str = ""
    note: str = ""
    """What its key should say besides."""

    def terms(self) -> Iterator[tuple[Band, Term]]:
        """Every term with its band, lowest first."""
        for band in self.bands:
            for term in band.terms:
                yield band, term

    @property
    def likelihoods(self) -> tuple[str, ...]:
        """Every term, lowest first."""
        return tuple(term.term for _, term in self.terms())

    def find(self, likelihood: str) -> tuple[Band, Term] | None:
        """The term with its band; None for a word that the scale does not have."""
        return next((each for each in self.terms() if each[1].term == likelihood), None)
