"""Actors found by the beginnings of their names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.index import open_index
from briefgen.select.actor_search import find_actors

ACTORS = [
    {"id": "russia", "name": "Russia", "kind": "state", "aliases": ["Россия", "Moscow"]},
    {"id": "lavrov", "name": "Sergey Lavrov", "kind": "person", "aliases": ["Лавров"]},
    {"id": "rosneft", "name": "Rosneft", "kind": "organisation"},
    {"id": "orsted", "name": "Ørsted A/S", "kind": "organisation"},
    {"id": "new-moscow", "name": "New Moscow", "kind": "place"},
    {"id": "china", "name": "China", "kind": "state", "aliases": ["中华人民共和国"]},
]


@pytest.fixture
def found(
    make_base: Callable[..., Path], cache: Path, fact: Callable[..., dict[str, Any]]
) -> Callable[..., list[str]]:
    facts = [
        fact("a", actors=["russia", "lavrov"]),
        fact("b", actors=["russia", "new-moscow"]),
        fact("c", actors=["new-moscow"]),
        fact("d", actors=["new-moscow"]),
    ]

    def find(typed: str, **options: Any) -> list[str]:
        folder = make_base({"f.yaml": facts}, actors=ACTORS)
        with open_index(folder, cache_folder=cache) as index:
            return [
                f"{one.actor.id} ({one.alias})" if one.alias else one.actor.id
                for one in find_actors(index, typed, **options)
            ]

    return find


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("rus", ["russia"]),
        ("RÚS", ["russia"]),
        ("росс", ["russia (Россия)"]),
        ("orst", ["orsted"]),
        ("lav ser", ["lavrov"]),  # in any order
        ("mosc", ["russia (Moscow)", "new-moscow"]),  # its beginning comes before more facts
        ("人民", ["china (中华人民共和国)"]),
        ("lavrov moscow", []),  # not in one name
        ("nobody", []),
        ('"* OR', ["orsted"]),  # no query language
        ("!!", []),
    ],
)
def test_every_typed_word_begins_a_word_of_one_name(
    found: Callable[..., list[str]], typed: str, ids: list[str]
) -> None:
    assert found(typed) == ids


def test_with_nothing_typed_come_those_with_most_facts(found: Callable[..., list[str]]) -> None:
    assert found("", most=2) == ["new-moscow", "russia"]
    assert found("", most=2, without=("new-moscow",)) == ["russia", "lavrov"]
