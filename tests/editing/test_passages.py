"""Passages written into a base: each plan shown as what changes in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.editing import passages as keeping
from briefgen.editing.entry_faults import entry_faults
from briefgen.errors import InputError
from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.facts.model import Fact
from briefgen.index import Index, open_index
from briefgen.writing.plan import Plan
from written_files import write_files

BASE = {
    "base.yaml": "format: 1\ntitle: T\nlanguage: en\ntopics: {energy: Energy}\n",
    "actors.yaml": "[]\n",
    "sources.yaml": "references:\n- {id: s1, type: book, title: One}\n",
    "facts/energy.yaml": """\
- {id: oil-talks-2011, date: 2011-05, topics: [energy], kind: event, statement: Talks., cites: [{source: s1}]}
- {id: oil-deal-2011, date: 2011-06, topics: [energy], kind: event, statement: Deal., cites: [{source: s1}]}
- {id: gas, topics: [energy], kind: event, statement: Gas., cites: [{source: s1}]}
""",
    "passages.yaml": """\
# By hand.
- id: oil-2011
  text: Talks [@oil-talks-2011] led to a deal [@oil-deal-2011].   # good enough

- id: other
  text: Talks [@oil-talks-2011] were on gas [@gas].
  key: true
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def index(base: Path, tmp_path: Path) -> Iterator[Index]:
    with open_index(base, cache_folder=tmp_path / "cache") as opened:
        yield opened


def changed(plan: Plan, base: Path) -> list[str]:
    """The lines that the plan adds and takes away, once it is written."""
    before = (base / "passages.yaml").read_text(encoding="utf-8").splitlines()
    written = plan.write()
    after = (base / "passages.yaml").read_text(encoding="utf-8").splitlines()
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    written.take_back()
    assert (base / "passages.yaml").read_text(encoding="utf-8").splitlines() == before
    return [line for line in lines if not line.startswith("@@")]


def hashes(index: Index, *ids: str) -> dict[str, str]:
    return {id_: fact_fingerprint(fact) for id_, fact in index.facts(ids).items()}


def test_a_new_passage_is_checked_from_the_start(index: Index, base: Path) -> None:
    facts = index.facts(["oil-deal-2011", "gas"])
    plan = keeping.plan_new_passage(
        index, "both", "A deal in 2011 [@oil-deal-2011]\n and gas [@gas].", facts
    )
    of = hashes(index, "oil-deal-2011", "gas")
    assert changed(plan, base) == [
        "+",
        "+- id: both",
        "+  text: A deal in 2011 [@oil-deal-2011] and gas [@gas].",
        "+  checked:",
        f"+    oil-deal-2011: {of['oil-deal-2011']}",
        f"+    gas: {of['gas']}",
    ]


def test_a_base_without_any_gets_a_file(index: Index, base: Path) -> None:
    (base / "passages.yaml").unlink()
    facts = index.facts(["oil-deal-2011", "gas"])
    text = "A deal was made in the summer of 2011, after long talks between the two sides [@oil-deal-2011], on gas [@gas]."
    written = keeping.plan_new_passage(index, "both", text, facts).write()
    assert (
        (base / "passages.yaml")
        .read_text(encoding="utf-8")
        .startswith("- id: both\n  text: >-\n    A deal was made in the summer of 2011, ")
    )
    with open_index(base) as again:
        assert again.base.passages["both"].text == text
        assert again.problems == ()
    written.take_back()
    assert not (base / "passages.yaml").exists()


def test_another_text_leaves_the_rest_of_the_file(index: Index, base: Path) -> None:
    seen = keeping.passage_entry_of(index, "other")
    plan = keeping.plan_edited_passage(
        index,
        "other",
        seen,
        "Gas [@gas] was talked of [@oil-talks-2011].",
        index.facts(["gas", "oil-talks-2011"]),
        key=True,
    )
    of = hashes(index, "oil-talks-2011", "gas")
    assert changed(plan, base) == [
        "-  text: Talks [@oil-talks-2011] were on gas [@gas].",
        "+  text: Gas [@gas] was talked of [@oil-talks-2011].",
        "+  checked:",
        f"+    gas: {of['gas']}",
        f"+    oil-talks-2011: {of['oil-talks-2011']}",
    ]


def test_that_it_was_checked_is_noted_beside_it(index: Index, base: Path) -> None:
    plan, ids = keeping.plan_checked(index, ["oil-2011"])
    of = hashes(index, "oil-talks-2011", "oil-deal-2011")
    assert ids == ["oil-2011"]
    assert changed(plan, base) == [
        "+  checked:",
        f"+    oil-talks-2011: {of['oil-talks-2011']}",
        f"+    oil-deal-2011: {of['oil-deal-2011']}",
    ]


def test_what_is_noted_already_is_not_written_again(index: Index, base: Path) -> None:
    keeping.plan_checked(index, ["oil-2011"])[0].write()
    with open_index(base) as again:
        plan, ids = keeping.plan_checked(again, ["oil-2011"])
        assert (ids, plan.changes) == ([], ())


def test_what_cannot_be_a_passage_is_refused(index: Index) -> None:
    with pytest.raises(InputError, match="cites 'gas' alone"):
        keeping.plan_new_passage(index, "x", "Gas [@gas].", index.facts(["gas"]))


@pytest.mark.parametrize(
    ("ids", "suggested"),
    [
        (("oil-talks-2011", "oil-deal-2011"), "oil-2011-2"),
        (("oil-deal-2011", "gas"), "oil-deal-2011"),
        (("gas", "oil-deal-2011"), "gas-2011"),
    ],
)
def test_an_id_is_suggested_of_what_the_facts_share(
    index: Index, ids: tuple[str, ...], suggested: str
) -> None:
    assert keeping.suggest_passage_id(index, index.facts(ids).values()) == suggested


def test_a_long_id_is_cut_between_words(index: Index) -> None:
    long = [
        replace(fact, id=f"{'very-' * 12}long-{fact.id}")
        for fact in index.facts(["gas", "oil-deal-2011"]).values()
    ]
    suggested = keeping.suggest_passage_id(index, long)
    assert suggested.startswith("very-very-")
    assert len(suggested) <= 40
    assert set(suggested.split("-")) == {"very"}


def faults(index: Index, text: str, own_id: str | None = None, id_: str = "new") -> list[str]:
    entry = {"id": id_, "text": text}
    return [str(one.sentence) for one in entry_faults("passage", entry, index, own_id=own_id)]


def test_faults_while_it_is_written(index: Index) -> None:
    assert faults(index, "Talks [@oil-talks-2011] on gas [@gas].") == []
    assert faults(index, "") == ["say in a sentence what the facts say"]
    assert faults(index, "Talks [@oil-talks] on gas [@gas].") == [
        "the base has no fact 'oil-talks'; choose one of its facts"
    ]
    assert faults(index, "Talks [@gas; @oil-deal-2011].", id_="other") == [
        "the id 'other' is taken; choose another"
    ]
    assert faults(index, "Talks [@gas; @oil-deal-2011].", own_id="other", id_="other") == []


def test_facts_handed_in_decide_what_is_noted(index: Index, base: Path) -> None:
    facts: dict[str, Fact] = dict(index.facts(["gas", "oil-deal-2011"]))
    facts["gas"] = replace(facts["gas"], statement="Gas flowed.")
    plan = keeping.plan_new_passage(index, "n", "Gas [@gas; @oil-deal-2011].", facts)
    assert f"+    gas: {fact_fingerprint(facts['gas'])}" in changed(plan, base)
