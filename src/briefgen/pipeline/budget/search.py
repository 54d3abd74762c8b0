"""The smallest change that fits, among concessions that are ordered by what matters least.

First as few steps as fit, taken one concession after the other; then each concession, what matters
most first, gives back what need not go. Whoever asks says whether a choice fits: that is what
takes time, so halving decides where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.pipeline.budget.concessions import Concession, Steps


def smallest(concessions: Sequence[Concession], fits: Callable[[Steps], bool]) -> Steps | None:
    """The smallest choice that `fits`; None where not even all concessions together do.

    Whoever takes more steps is expected to need no more room. What comes back was tried.
    """
    counts = [concession.steps for concession in concessions]
    tried: dict[Steps, bool] = {}

    def seen_to_fit(steps: Steps) -> bool:
        if steps not in tried:
            tried[steps] = fits(steps)
        return tried[steps]

    if not seen_to_fit(tuple(counts)):
        return None
    needed = _fewest(sum(counts), lambda count: seen_to_fit(_first(counts, count)))
    chosen = list(_first(counts, needed))
    for place in reversed(range(len(chosen))):
        if chosen[place]:

            def with_fewer(step: int, place: int = place) -> bool:
                return seen_to_fit((*chosen[:place], step, *chosen[place + 1 :]))

            # Often all of it comes back: that is asked first.
            if with_fewer(0):
                chosen[place] = 0
            else:
                chosen[place] = _fewest(chosen[place], with_fewer)
    return tuple(chosen)


def _first(counts: Sequence[int], total: int) -> Steps:
    """The first `total` steps, taken in order."""
    taken = []
    for count in counts:
        step = min(count, total)
        total -= step
        taken.append(step)
    return tuple(taken)


def _fewest(most: int, fits: Callable[[int], bool]) -> int:
    """The smallest number from 0 to `most` that fits, where `most` does."""
    least = 0
    while least < most:
        middle = (least + most) // 2
        if fits(middle):
            most = middle
        else:
            least = middle + 1
    return most
