"""Topics and measures of a base changed, carried through its files; each shown as a diff."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.editing.base_names import files_naming, put_renamed
from briefgen.editing.definitions import (
    facts_by_measure,
    facts_by_topic,
    plan_changed_measure,
    plan_changed_topic,
    plan_new_measure,
    plan_new_topic,
    plan_removed_measure,
    plan_removed_topic,
    suggest_measure_id,
    suggest_topic_id,
)
from briefgen.errors import UsageError
from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.index import Index, open_index
from briefgen.pipeline.listings.passages import stale_problems
from briefgen.writing.plan import Plan
from written_files import write_files

BASE = {
    "base.yaml": """\
# What it is about.
format: 1
title: T
language: en
topics:
  energy: Energy
  energy.oil: Oil   # crude and products
  trade: Trade
  law: Law
measures:
  trade: {label: Bilateral trade, unit: USD million}
  unused: {label: Nothing, unit: "1"}
""",
    "actors.yaml": "- {id: russia, name: Russia, kind: state}\n",
    "sources.yaml": "references:\n- {id: s1, type: book, title: One, issued: 2014}\n",
    "facts/a.yaml": """\
# energy.oil first
- id: oil
  topics: [energy.oil]   # as agreed
  kind: event
  statement: Talks on energy.oil were held.
  cites: [{source: s1}]

- id: number
  topics:
    - trade
    - "energy"
  kind: figure
  statement: Trade came to half.
  figures:
    - {measure: trade, value: 5, unit: USD million, basis: reported}
  cites: [{source: s1}]
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def index(base: Path) -> Iterator[Index]:
    with open_index(base) as opened:
        assert not opened.problems
        yield opened


def diff(plan: Plan) -> list[str]:
    lines = []
    for change in plan.changes:
        old, new = (change.before or b"").decode(), change.after.decode()
        for line in unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
            if line[:1] in "+-" and line[:3] not in ("+++", "---"):
                lines.append(line)
    return lines


def test_what_there_is_is_counted(index: Index) -> None:
    assert facts_by_topic(index) == {"energy.oil": 1, "trade": 1, "energy": 1}
    assert facts_by_measure(index) == {"trade": 1}


def test_a_topic_more_is_a_line_more(index: Index) -> None:
    assert suggest_topic_id(index, "Gas & LNG", "energy") == "energy.gas-lng"
    assert suggest_topic_id(index, "Trade") == "trade-2"
    plan = plan_new_topic(index, "energy.gas", " Gas ").plan
    assert diff(plan) == ["+  energy.gas: Gas"]
    with pytest.raises(UsageError, match="no topic 'gas'"):
        plan_new_topic(index, "gas.lng", "LNG")
    with pytest.raises(UsageError, match="is taken"):
        plan_new_topic(index, "trade", "Trade")
    with pytest.raises(UsageError, match="is no id"):
        plan_new_topic(index, "Gas", "Gas")
    with pytest.raises(UsageError, match="no label"):
        plan_new_topic(index, "gas", " ")


def test_another_label_changes_its_line_alone(index: Index) -> None:
    plan = plan_changed_topic(index, "energy.oil", "energy.oil", "Oil: all of it").plan
    assert diff(plan) == [
        "-  energy.oil: Oil   # crude and products",
        '+  energy.oil: "Oil: all of it"   # crude and products',
    ]


def test_another_id_is_carried_through_with_its_parts(index: Index) -> None:
    made = plan_changed_topic(index, "energy", "power", "Energy")
    assert made.names == {"energy": "power", "energy.oil": "power.oil"}
    assert made.facts == 2
    assert diff(made.plan) == [
        "-  energy: Energy",
        "-  energy.oil: Oil   # crude and products",
        "+  power: Energy",
        "+  power.oil: Oil   # crude and products",
        "-  topics: [energy.oil]   # as agreed",
        "+  topics: [power.oil]   # as agreed",
        '-    - "energy"',
        '+    - "power"',
    ]
    written = made.plan.write()
    with open_index(index.folder) as again:
        assert not again.problems
        assert list(again.base.topics) == ["power", "power.oil", "trade", "law"]
    written.take_back()
    assert (index.folder / "base.yaml").read_text("utf-8") == BASE["base.yaml"]


def test_a_topic_becomes_part_of_another(index: Index) -> None:
    made = plan_changed_topic(index, "energy.oil", "trade.oil", "Oil")
    assert diff(made.plan)[:2] == [
        "-  energy.oil: Oil   # crude and products",
        "+  trade.oil: Oil   # crude and products",
    ]
    with pytest.raises(UsageError, match="cannot be part of itself"):
        plan_changed_topic(index, "energy", "energy.more", "Energy")


def test_only_what_is_used_no_more_is_removed(index: Index) -> None:
    with pytest.raises(UsageError, match="1 fact names it"):
        plan_removed_topic(index, "trade")
    assert diff(plan_removed_topic(index, "law").plan) == ["-  law: Law"]
    with pytest.raises(UsageError, match="1 fact counts it"):
        plan_removed_measure(index, "trade")
    assert diff(plan_removed_measure(index, "unused").plan) == [
        '-  unused: {label: Nothing, unit: "1"}'
    ]


def test_a_measure_more(index: Index) -> None:
    assert suggest_measure_id(index, "Gas imports") == "gas-imports"
    added = diff(plan_new_measure(index, "gas", "Gas imports", "bcm").plan)
    assert "".join(added).replace("+", "").split() == [
        "gas:", "label:", "Gas", "imports", "unit:", "bcm",
    ]  # fmt: skip


def test_a_measure_with_another_id_leaves_passages_checked(base: Path) -> None:
    with open_index(base) as index:
        facts = index.facts(["oil", "number"])
        checked = "".join(f"    {id_}: {fact_fingerprint(fact)}\n" for id_, fact in facts.items())
    (base / "passages.yaml").write_text(
        f"- id: both\n  text: Talks [@oil] on half [@number].\n  checked:\n{checked}", "utf-8"
    )
    with open_index(base) as index:
        made = plan_changed_measure(index, "trade", "goods", "Bilateral trade", "USD million")
        assert diff(made.plan)[:2] == [
            "-  trade: {label: Bilateral trade, unit: USD million}",
            "+  goods: {label: Bilateral trade, unit: USD million}",
        ]
        assert "+    - {measure: goods, value: 5, unit: USD million, basis: reported}" in diff(
            made.plan
        )
        with pytest.raises(UsageError, match="1 fact gives figures in USD million"):
            plan_changed_measure(index, "trade", "trade", "Bilateral trade", "EUR")
        made.plan.write()
    with open_index(base) as index:
        assert not index.problems
        assert not stale_problems(index)


def test_briefs_and_templates_follow(tmp_path: Path) -> None:
    brief = tmp_path / "a.brief.yaml"
    brief.write_text(
        "format: 1\ntitle: energy\nselect:\n  topics: [energy, trade]  # both\n"
        "sections:\n  leads:\n    energy.oil: |\n      On energy first.\n",
        "utf-8",
    )
    template = tmp_path / "own.yaml"
    template.write_text(
        "sections:\n- id: energy\n  text: \"{% if topic.id == 'energy' %}energy{% endif %}\"\n",
        "utf-8",
    )
    names = {"energy": "power", "energy.oil": "power.oil"}
    assert files_naming([brief, template], "topic", names) == [(brief, 2, ""), (template, 1, "")]
    plan = Plan()
    put_renamed(plan, brief, "topic", names)
    put_renamed(plan, template, "topic", names)
    assert diff(plan) == [
        "-  topics: [energy, trade]  # both",
        "+  topics: [power, trade]  # both",
        "-    energy.oil: |",
        "+    power.oil: |",
        "-  text: \"{% if topic.id == 'energy' %}energy{% endif %}\"",
        "+  text: \"{% if topic.id == 'power' %}energy{% endif %}\"",
    ]
