"""Values: dataclasses that never change once they are made.

The type checker holds that: to it `valueclass` is `dataclass`, `frozen`. At run time nobody is kept
from it, since freezing makes a class half as slow again to define and each instance three times as
slow to make (`bench/bench_values.py`), and a long brief is made of hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dataclasses import dataclass as valueclass
else:
    from dataclasses import dataclass

    def valueclass(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type], type]:
        """A dataclass with slots that compares and hashes by its fields."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["valueclass"]
