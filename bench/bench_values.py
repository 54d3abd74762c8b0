"""What freezing a dataclass at run time costs, beside `briefgen.values.valueclass`.

    python bench/bench_values.py

Milliseconds to define a class of four fields, and nanoseconds to make an instance: the best of
several rounds, taken in turn.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from briefgen.values import valueclass

CLASSES, INSTANCES, ROUNDS = 200, 100_000, 5
KINDS: dict[str, Callable[[type], Any]] = {
    "dataclass(frozen=True, slots=True)": dataclass(frozen=True, slots=True),
    "valueclass(frozen=True, slots=True)": valueclass(frozen=True, slots=True),
}


def plain() -> type:
    """A class as it is before it is decorated."""

    class Plain:
        """A few fields, as a fact's citation has them."""

        source: str
        page: int = 0
        quoted: tuple[str, ...] = ()
        note: str = ""

    return Plain


def main() -> None:
    """The command line."""
    defining = {name: float("inf") for name in KINDS}
    making = dict(defining)
    for _ in range(ROUNDS):
        for name, decorate in KINDS.items():
            seconds = timeit.timeit(lambda d=decorate: d(plain()), number=CLASSES)
            defining[name] = min(defining[name], seconds / CLASSES * 1e3)
            made = decorate(plain())
            seconds = timeit.timeit(lambda m=made: m("s1", 3, (), "n"), number=INSTANCES)
            making[name] = min(making[name], seconds / INSTANCES * 1e9)
    print(f"{'':38}{'ms a class':>12}{'ns an instance':>16}")
    for name in KINDS:
        print(f"{name:38}{defining[name]:12.2f}{making[name]:16.0f}")


if __name__ == "__main__":
    main()
