"""Records behave as the standard dataclasses do; the standard decorator is the judge."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from briefgen import records


def both(decorate: Any, field: Any) -> Any:
    """The same class by either decorator."""

    @decorate(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 2
        tags: list[str] = field(default_factory=list, compare=False)
        note: str = field(default="n", repr=False)

        @property
        def total(self) -> int:
            """Of both."""
            return self.x + self.y

    Point.__qualname__ = "Point"
    return Point


OURS = both(records.dataclass, records.field)
THEIRS = both(dataclasses.dataclass, dataclasses.field)


@records.dataclass(frozen=True, slots=True)
class Picklable:
    """At module level, so that pickle finds it."""

    x: int
    y: tuple[int, ...] = ()


@pytest.mark.parametrize("made", [OURS, THEIRS], ids=["ours", "theirs"])
def test_values(made: Any) -> None:
    point = made(1)
    assert (point.x, point.y, point.tags, point.note, point.total) == (1, 2, [], "n", 3)
    assert point == made(1, tags=["other"])
    assert point != made(1, 3)
    assert point.__eq__(1) is NotImplemented
    assert hash(point) == hash(made(x=1))
    assert point.tags is not made(1).tags
    assert repr(point) == "Point(x=1, y=2, tags=[])"
    assert not hasattr(point, "__dict__")
    with pytest.raises(AttributeError, match="cannot assign to field 'x'"):
        point.x = 3
    with pytest.raises(AttributeError, match="cannot delete field 'x'"):
        del point.x
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        made()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        made(1, z=2)
    match point:
        case made(x, y):
            assert (x, y) == (1, 2)


def test_replace_copy_and_pickle() -> None:
    point = OURS(1)
    assert records.replace(point, y=5).y == 5
    assert copy.deepcopy(point) == point
    kept = Picklable(1, (2, 3))
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert records.is_dataclass(kept)
    assert [each.name for each in records.fields(Picklable)] == ["x", "y"]


def test_mutable_records_and_those_compared_by_identity() -> None:
    @records.dataclass(slots=True)
    class Bag:
        items: list[int]
        count: int = records.field(init=False)

        def __post_init__(self) -> None:
            self.count = len(self.items)

    bag = Bag([1])
    bag.count = 4
    assert (bag.count, bag == Bag([1])) == (4, False)
    with pytest.raises(TypeError, match="unhashable"):
        hash(bag)

    @records.dataclass(slots=True, eq=False)
    class Node:
        name: str

    assert Node("a") != Node("a")


def test_records_inherit_fields() -> None:
    @records.dataclass(frozen=True)
    class Base:
        a: int

    @records.dataclass(frozen=True)
    class Child(Base):
        b: int = 2

    assert (Child(1).a, Child(1).b) == (1, 2)
    assert Child(1) != Base(1)
