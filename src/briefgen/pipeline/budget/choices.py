"""What a person could give up for a budget of pages, each tried by itself, with what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.pipeline.budget.advice import named_in_words
from briefgen.pipeline.budget.concessions import Concession, conceded, headings_of
from briefgen.pipeline.budget.fitting import Trials
from briefgen.pipeline.budget.search import smallest
from briefgen.pipeline.draft import Desk, MadeBrief, Step
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class Choice:
    """One thing that could be given up."""

    spec: BriefSpec
    """The brief that does so."""
    told: str
    """`Limit “Energy” to 6`, `Leave out “Timeline”`."""
    length: float
    """How long the brief would be then, in pages: 2.4 is two pages and four tenths."""
    fits: bool
    """Whether it is enough by itself."""


@valueclass(frozen=True, slots=True)
class Choices:
    """How long a brief is, and what could be given up, what helps most first."""

    length: float
    budget: int
    offered: tuple[Choice, ...]


def try_choices(
    made: MadeBrief,
    desk: Desk,
    formats: Sequence[OutputFormat],
    house: bytes | None,
    budget: int,
    step: Step,
) -> Choices:
    """What could be given up of `made`, which is cited and whose pages are counted.

    Of each section the smallest change that is enough, or all that it could give. What is said of
    each was seen: the brief was drafted again and laid out. Raises `BriefgenError`.
    """
    trials = Trials(made, desk, formats, house, budget)
    length = trials.length((0,) * len(trials.concessions))
    headings = headings_of(made.brief)
    found = []
    for number, concession in enumerate(trials.concessions):
        step(f"trying {number + 1} of {len(trials.concessions)}")
        least = length
        for taken in _ways(trials, number):
            steps = tuple(taken if at == number else 0 for at in range(len(trials.concessions)))
            pages = trials.length(steps)
            if least - pages < _TOO_LITTLE:
                continue
            least = pages
            cut = concession.cut(taken)
            name = named_in_words(headings.get(cut.section, ())) or cut.section
            several = len(headings.get(cut.section, ())) > 1
            found.append(
                Choice(
                    conceded(made.spec, trials.concessions, steps),
                    _told(cut, name, several),
                    pages,
                    trials.fits(steps),
                )
            )
    # What is enough and takes least stands first; of the rest what brings most.
    found.sort(key=lambda one: (not one.fits, -one.length if one.fits else one.length))
    return Choices(length, budget, tuple(found))


_TOO_LITTLE = 0.02
"""Pages: less room than that is none."""


def _ways(trials: Trials, number: int) -> Iterator[int]:
    """Of one concession the steps to offer: the fewest that are enough, or half and all of it."""
    concessions = trials.concessions
    own: Concession = concessions[number]

    def fits(steps: tuple[int, ...]) -> bool:
        return trials.fits(tuple(steps[0] if at == number else 0 for at in range(len(concessions))))

    fewest = smallest([own], fits)
    enough = own.steps if fewest is None else fewest[0]
    if own.limits and (fewest is None or enough > len(own.limits)):
        yield max(1, len(own.limits) // 2)
        yield len(own.limits)
    yield enough


def _told(cut: Concession, name: str, several: bool) -> str:
    if cut.may_go:
        return f"Leave out {name}"
    return f"Limit {name} to {cut.limits[-1]}{' each' if several else ''}"
