"""Values of other types than their records say are found, however deep they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from briefgen.gui.view_models.right_types import fits


@dataclass
class Inner:
    word: Literal["a", "b"] = "a"


@dataclass
class Outer:
    many: tuple[Inner, ...] = ()
    pair: tuple[int, str] = (1, "x")
    by_name: Mapping[str, int] = field(default_factory=dict)
    path: Path | None = None
    on: bool = False
    size: float = 1.0
    anything: Any = None


@pytest.mark.parametrize(
    "good",
    [
        Outer(),
        Outer((Inner("b"),), (2, "y"), {"a": 1}, Path("x"), on=True, anything=object()),
    ],
)
def test_what_fits(good: Outer) -> None:
    assert fits(good, Outer, {})


@pytest.mark.parametrize(
    "bad",
    [
        {"many": None}, {"many": [Inner()]}, {"many": (None,)}, {"many": (Inner("c"),)},
        {"pair": (1,)}, {"pair": ("x", 1)}, {"pair": (True, "x")}, {"pair": (10**400, "x")},
        {"pair": (1, "a\0")}, {"by_name": []}, {"by_name": {1: 1}}, {"by_name": {"a": "1"}},
        {"path": "x"}, {"on": 1}, {"size": "1"},
    ],
)  # fmt: skip
def test_what_does_not_fit(bad: dict[str, Any]) -> None:
    assert not fits(Outer(**bad), Outer, {})
    assert not fits(bad, Outer, {})
