"""Facts that say nearly the same: found however they are typed, and never for related ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.dates import parse_edtf
from briefgen.facts.model import Fact
from briefgen.index import Index, open_index
from briefgen.select.duplicates import possible_duplicates
from briefgen.shipped import shipped_base


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(shipped_base(), cache_folder=tmp_path_factory.mktemp("cache")) as index:
        yield index


@pytest.fixture(scope="module")
def facts(shipped: Index) -> list[Fact]:
    return list(shipped.facts(id_ for (id_,) in shipped.rows("SELECT id FROM facts")).values())


def test_no_two_facts_of_the_shipped_base_are_taken_for_one(
    shipped: Index, facts: list[Fact]
) -> None:
    alarms = [
        (fact.statement, near.fact.statement)
        for fact in facts
        for near in possible_duplicates(shipped, fact.statement, date=fact.date, besides=[fact.id])
    ]

    assert alarms == []


def _slip(statement: str) -> str:
    """The longest word without its fifth letter."""
    longest = max(statement.split(), key=lambda word: len(word) * word.isalpha())
    return statement.replace(longest, longest[:4] + longest[5:], 1)


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text,
        lambda text: text.upper().rstrip("."),
        lambda text: text.replace(" the ", " ").replace(" a ", " "),
        lambda text: " ".join(reversed(text.rstrip(".").split())),
        _slip,
    ],
    ids=["as it stands", "in capitals", "without articles", "in another order", "with a slip"],
)
def test_a_fact_is_found_again_however_it_is_typed(
    shipped: Index, facts: list[Fact], typed: object
) -> None:
    assert callable(typed)
    missed = [
        fact.statement
        for fact in facts
        if fact.id
        not in [near.fact.id for near in possible_duplicates(shipped, typed(fact.statement))]
    ]

    assert len(missed) <= 0.01 * len(facts), missed


BASE = {
    "base.yaml": "format: 1\ntitle: T\nlanguage: en\ntopics: {a: A}\n",
    "actors.yaml": "- {id: india, name: India, kind: state}\n",
    "sources.yaml": "references: [{id: s, type: book, title: S}]\n",
}
STATEMENT = "Russia delivered four Mi-35 helicopters under the defence agreement."


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Index]:
    folder = tmp_path / "base"
    (folder / "facts").mkdir(parents=True)
    for name, text in BASE.items():
        (folder / name).write_text(text, encoding="utf-8")
    others = "".join(
        f"- {{id: other-{n}, topics: [a], kind: event, statement: Something else {n} was said of "
        f"matter {n} in round {n}., cites: [{{source: s}}]}}\n"
        for n in range(20)
    )
    (folder / "facts" / "all.yaml").write_text(
        f"- {{id: mi35, date: 2017, topics: [a], kind: event, statement: {STATEMENT}, "
        "cites: [{source: s}], status: retracted}\n" + others,
        encoding="utf-8",
    )
    with open_index(folder, cache_folder=tmp_path / "cache") as index:
        yield index


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (STATEMENT, True),
        ("Under the defence agreement, Russia delivers four Mi-35 helicopters", True),
        ("Russia delivered four Mi-35 helicoptres under its defence agreement", True),
        # another number, the opposite, other people, too little to tell
        ("Russia delivered four Mi-17 helicopters under the defence agreement.", False),
        ("Russia never delivered four Mi-35 helicopters under the defence agreement.", False),
        ("Russia and India delivered four Mi-35 helicopters under the defence agreement.", False),
        ("Russia delivered four", False),
        ("", False),
    ],
)
def test_what_makes_another_fact(small: Index, typed: str, found: bool) -> None:
    assert [near.fact.id for near in possible_duplicates(small, typed)] == (
        ["mi35"] if found else []
    )


@pytest.mark.parametrize(
    ("statement", "found"),
    [("The envoys met.", False), ("The envoys met again.", True)],
    ids=["two telling words", "three"],
)
def test_three_telling_words_are_the_fewest_that_can_be_compared(
    tmp_path: Path, statement: str, found: bool
) -> None:
    folder = tmp_path / "base"
    (folder / "facts").mkdir(parents=True)
    for name, text in BASE.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "facts" / "all.yaml").write_text(
        f"- {{id: met, topics: [a], kind: event, statement: {statement}, cites: [{{source: s}}]}}",
        encoding="utf-8",
    )
    with open_index(folder, cache_folder=tmp_path / "cache") as index:
        assert bool(possible_duplicates(index, statement)) is found


@pytest.mark.parametrize(("date", "found"), [("2017-05", True), (None, True), ("2019", True)])
def test_the_same_words_are_told_whatever_the_date(
    small: Index, date: str | None, found: bool
) -> None:
    typed = parse_edtf(date) if date else None

    assert bool(possible_duplicates(small, STATEMENT, date=typed)) == found


def test_other_words_at_another_time_are_another_fact(small: Index) -> None:
    typed = "Russia delivered four Mi-35 helicopters under the framework of the defence agreement."

    assert possible_duplicates(small, typed, date=parse_edtf("2017"))
    assert not possible_duplicates(small, typed, date=parse_edtf("2019"))


def test_ids_can_be_passed_over(small: Index) -> None:
    assert not possible_duplicates(small, STATEMENT, besides=["mi35"])
