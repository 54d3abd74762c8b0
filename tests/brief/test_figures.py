"""The table of figures: newest first, changes beside their totals, plans and potentials apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from brief.conftest import BASE, Draft, fact
from brief.printed import section
from briefgen.brief.model import Table
from briefgen.brief.spec.model import Edits
from briefgen.dates import parse_edtf
from briefgen.facts.model import Fact, Figure, Measure, Source

MEASURED = replace(
    BASE,
    measures={
        "growth": Measure("growth", "Growth of bilateral trade", "per cent"),
        "trade": Measure("trade", "Bilateral trade", "USD million"),
        "plan": Measure("plan", "Capacity of the plant, planned", "MW"),
        "oil": Measure("oil", "Oil delivered", "tonnes"),
    },
    sources={
        **BASE.sources,
        "late": Source("late", {"type": "article", "issued": {"date-parts": [[2023, 7]]}}),
    },
)
ALL = "[measure, value, period, basis, as_of, change]"


def counted(name: str, measure: str, value: float, period: str, **values: Any) -> Fact:
    unit = MEASURED.measures[measure].unit
    basis = values.pop("basis", "reported")
    one = Figure(measure, value, unit, basis, period=parse_edtf(period))
    return fact(name, kind="figure", figures=(one,), **{"date": period, "source": "late"} | values)


def table(draft: Draft, facts: list[Fact], keys: str = "", **spec: Any) -> list[str]:
    template = f"sections: [{{id: s, heading: S, show: figures{keys}}}]"
    return section(draft(facts, template, base=MEASURED, **spec).brief, "s")


def test_periods_of_a_measure_stand_newest_first_with_their_own_change(draft: Draft) -> None:
    facts = [
        counted("old", "trade", 542, "2012", source="s1"),
        counted("new", "trade", 760.5, "2022-07/2023-05"),
        counted("before", "trade", 567.5, "2021-07/2022-05"),
        counted("more", "growth", 34, "2022-07/2023-05", basis="estimate", source="s3"),
        counted("apart", "growth", 30, "2022"),
    ]
    assert table(draft, facts, f", columns: {ALL}") == [
        "Measure | Value | Period | Basis | Change",  # as of when stands in the basis
        "Growth of bilateral trade, per cent | 30 | 2022 | reported, July 2023[late:3] | ",
        (
            "Bilateral trade, USD million | 760.5 | July 2022–May 2023 | "
            "reported, July 2023[late:3] | growth 34 per cent, estimate[s3:3]"
        ),
        (
            "Bilateral trade, USD million | 567.5 | July 2021–May 2022 | "
            "reported, July 2023[late:3] | "
        ),
        "Bilateral trade, USD million | 542 | 2012 | reported, 2013[s1:3] | ",
    ]  # fmt: skip


def test_without_the_column_or_a_change_there_is_none(draft: Draft) -> None:
    facts = [counted("a", "trade", 1, "2012"), counted("b", "growth", 2, "2012")]
    assert len(table(draft, facts)) == 3
    assert table(draft, facts[:1], f", columns: {ALL}")[0] == (
        "Measure | Value | Period | Basis | As of"
    )


def test_plans_come_after_all_that_was_counted(draft: Draft) -> None:
    facts = [
        counted("p", "plan", 600, "2023-07", basis="planned", date_is="state"),
        counted("o", "oil", 45000, "2023-06", date_is="occurrence"),
        counted("t", "trade", 4000, "2023", basis="potential"),
    ]
    assert table(draft, facts) == [
        "Measure | Value | Period | Basis",
        "Oil delivered, tonnes | 45,000 | June 2023 | reported[late:3]",
        "~Bilateral trade, USD million | 4,000 | as of 2023 | potential, not a total[late:3]",
        "~Capacity of the plant, planned, MW | 600 | as of July 2023 | planned, not a total[late:3]",
    ]


def test_a_limit_counts_measures_and_keeps_what_was_chosen(draft: Draft) -> None:
    facts = [
        *(counted(f"t{year}", "trade", year, str(year), key=True) for year in range(2010, 2015)),
        counted("oil", "oil", 1, "2012", credibility=1),
        counted("plan", "plan", 2, "2012", basis="planned", credibility=1),
    ]
    rows = table(draft, facts, ", limit: 2")
    assert rows.pop() == "4 of 7 figures shown; the others are not printed here."
    assert [row.split(" | ")[:2] for row in rows[1:]] == [
        ["Bilateral trade, USD million", "2,014"],
        ["Bilateral trade, USD million", "2,013"],
        ["Bilateral trade, USD million", "2,012"],
        ["Oil delivered, tonnes", "1"],
    ]
    starred = table(draft, facts, ", limit: 1", edits=Edits(key=("plan",), include=("t2010",)))
    assert starred.pop() == "5 of 7 figures shown; the others are not printed here."
    assert [row.split(" | ")[1] for row in starred[1:]] == [
        "2,014", "2,013", "2,012", "2,010", "2",
    ]  # fmt: skip


def test_every_row_is_tied_to_its_facts(draft: Draft) -> None:
    facts = [counted("a", "trade", 1, "2012"), counted("b", "growth", 2, "2012")]
    template = f"sections: [{{id: s, heading: S, show: figures, columns: {ALL}}}]"
    (part,) = draft(facts, template, base=MEASURED).brief.sections
    (made,) = part.blocks
    assert isinstance(made, Table)
    (row,) = made.rows
    ties = [getattr(item, "fact", "") for cell in row.cells for item in cell]
    assert ties == ["a", "", "", "a", "b"]
