from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.dates import Edtf, parse_edtf
from briefgen.errors import UsageError
from briefgen.index import open_index
from briefgen.select.marked import markings_of
from briefgen.select.model import Selection
from briefgen.select.pick import select_facts

MakeFact = Callable[..., dict[str, Any]]
Pick = Callable[..., list[str]]


@pytest.fixture
def pick(make_base: Callable[..., Path], cache: Path) -> Pick:
    """`pick(facts, topics=..., start="2011", ...)`: the ids of the facts taken, in order."""

    def ids(facts: list[dict[str, Any]], **asked: Any) -> list[str]:
        for key in ("start", "end"):
            if key in asked:
                asked[key] = parse_edtf(asked[key])
        with open_index(make_base({"f.yaml": facts}), cache_folder=cache) as index:
            assert not index.fatal
            assert all(problem.severity == "warning" for problem in index.problems)
            return [fact.id for fact in select_facts(index, Selection(**asked))]

    return ids


def test_facts_come_by_first_day_last_day_and_id(pick: Pick, fact: MakeFact) -> None:
    facts = [
        fact("no-date"),
        fact("b", date="2011-05"),
        fact("a", date="2011-05"),
        fact("open-end", date="2011-05/.."),
        fact("first-of-may", date="2011-05-01"),
        fact("open-start", date="../2020"),
        fact("earlier-start-of-open", date="../2010"),
        fact("bronze-age", date="-2500"),
        fact("far-future", date="Y17000"),
    ]
    assert pick(facts) == [
        "earlier-start-of-open", "open-start", "bronze-age", "first-of-may", "a", "b", "open-end",
        "far-future", "no-date",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "start", "end", "taken"),
    [
        ("2011-05-31", "2011-06", None, False),
        ("2011-06-01", "2011-06", None, True),
        ("2011-05", "2011-05-31", None, True),
        ("2011-06", None, "2011-05", False),
        ("2011-06", None, "2011-06-01", True),
        ("2010/2013", "2011", "2011", True),
        ("2012/..", "2050", "2060", True),
        ("2012/..", None, "2011-12-31", False),
        ("../2014", "1900", "1910", True),
        ("../2014", "2014-12-31", None, True),
        ("../2014", "2015", None, False),
        ("2012~", "2013", None, False),
        ("2012?", None, "2011", False),
        ("201X", "2019", None, True),
        ("2011-23", "2011-12", None, False),
        ("2011-24", "2011-12", "2011-12", True),
        ("2011", "../2010", "2012/..", True),
        ("2011", "2011/2012", None, True),
    ],
)
def test_inside_a_range_is_to_overlap_it(
    pick: Pick, fact: MakeFact, date: str, start: str | None, end: str | None, taken: bool
) -> None:
    asked = {key: value for key, value in (("start", start), ("end", end)) if value}
    assert pick([fact("x", date=date)], **asked) == (["x"] if taken else [])


def test_undated_facts_need_to_be_asked_for_in_a_range(pick: Pick, fact: MakeFact) -> None:
    facts = [fact("dated", date="2011"), fact("undated")]
    assert pick(facts) == ["dated", "undated"]
    assert pick(facts, undated=True) == ["dated", "undated"]
    assert pick(facts, start="2010") == ["dated"]
    assert pick(facts, start="2010", undated=True) == ["dated", "undated"]
    assert pick(facts, end="2010", undated=True) == ["undated"]


@pytest.mark.parametrize(
    ("cites", "least", "ungraded", "taken"),
    [
        (["b"], "B", False, True),
        (["b"], "A", False, False),
        (["e", "b"], "C", False, True),
        (["f"], "E", False, False),
        (["none"], "E", False, False),
        (["f"], "A", True, True),
        (["none"], "A", True, True),
        (["e"], "A", True, False),
        (["e", "f"], "A", True, True),
    ],
)
def test_one_source_reliable_enough_will_do(
    make_base: Callable[..., Path],
    cache: Path,
    fact: MakeFact,
    cites: list[str],
    least: Any,
    ungraded: bool,
    taken: bool,
) -> None:
    sources: list[dict[str, Any]] = [
        {"id": id_, "type": "report", "title": id_, "custom": {"reliability": id_.upper()}}
        for id_ in "abcdef"
    ]
    sources.append({"id": "none", "type": "report", "title": "none"})
    records = [fact("x", cites=[{"source": source} for source in cites])]
    folder = make_base({"f.yaml": records}, sources=sources)
    with open_index(folder, cache_folder=cache) as index:
        asked = Selection(min_reliability=least, ungraded=ungraded)
        assert len(select_facts(index, asked)) == taken


def test_credibility_counts_from_the_best(pick: Pick, fact: MakeFact) -> None:
    facts = [fact(f"c{grade}", credibility=grade) for grade in range(1, 7)] + [fact("cx")]
    assert pick(facts, min_credibility=3) == ["c1", "c2", "c3"]
    assert pick(facts, min_credibility=1, ungraded=True) == ["c1", "c6", "cx"]
    assert pick(facts, ungraded=True) == ["c1", "c2", "c3", "c4", "c5", "c6", "cx"]


def test_a_topic_takes_its_children_along_and_no_namesake(
    make_base: Callable[..., Path], cache: Path, fact: MakeFact
) -> None:
    topics = {"energy": "E", "energy.oil": "O", "energy-2": "N", "arms.jets": "J"}
    records = [fact(topic, topics=[topic]) for topic in topics]
    with open_index(make_base({"f.yaml": records}, topics=topics), cache_folder=cache) as index:
        assert _ids(index, topics=("energy",)) == ["energy", "energy.oil"]
        assert _ids(index, topics=("energy.oil",)) == ["energy.oil"]
        assert _ids(index, topics=("arms",)) == ["arms.jets"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("helicopter", []),
        ("helicopter*", ["arms"]),
        ("MI-17", ["arms"]),
        ("mi 17", ["arms", "count"]),
        ('"mi 17"', ["arms"]),
        ("17*", ["arms", "count"]),
        ("islamabad arrived", ["visit"]),
        ("москва", ["visit"]),
        ("pakistan russia", ["visit"]),
        ('"pakistan islamabad"', []),
        ('"arrived they"', []),
        ("arrived they", ["visit"]),
        ("orsted lodz", ["abroad"]),
        ("Ørsted", ["abroad"]),
        ("ёлка", ["abroad"]),
        ("ЕЛКА", ["abroad"]),
        ("上海", ["abroad"]),
        ("海上", []),
        ("statement", []),
        ('"', None),
    ],
)
def test_text_finds_whole_words(
    pick: Pick, fact: MakeFact, text: str, taken: list[str] | None
) -> None:
    facts = [
        fact("abroad", statement="Ørsted sold Łódź an Елка in 在上海港."),
        fact("arms", statement="Mi-17 helicopters were delivered."),
        fact("count", statement="He counted 17 and mi."),
        fact(
            "visit",
            statement="The guests arrived.",
            detail="They left.",
            actors=["pakistan", "russia"],
        ),
    ]
    if taken is None:
        with pytest.raises(UsageError, match="nothing to look for"):
            pick(facts, text=text)
    else:
        assert pick(facts, text=text) == taken


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"topics": ("enrgy",)}, "the base has no topic 'enrgy'; did you mean 'energy'?"),
        ({"topics": ("xyz",)}, "the base has no topic 'xyz'; 'briefgen topics' lists them"),
        ({"actors": ("rusia",)}, "the base has no actor 'rusia'; did you mean 'russia'?"),
        ({"topics": ("ener\n'gy",)}, "the base has no topic"),
        ({"sources": ("nothing",)}, "the base has no source 'nothing'; 'briefgen sources' lists"),
        (
            {"markings": ("SECRET",)},
            "the base has no marking 'SECRET'; base.yaml lists none",
        ),
        (
            {"start": parse_edtf("2012"), "end": parse_edtf("2011")},
            "the range ends (2011) before it starts (2012); swap from and to",
        ),
    ],
)
def test_a_selection_that_cannot_be_meant_is_refused(
    make_base: Callable[..., Path], cache: Path, asked: dict[str, Any], message: str
) -> None:
    with (
        open_index(make_base({}), cache_folder=cache) as index,
        pytest.raises(UsageError) as caught,
    ):
        select_facts(index, Selection(**asked))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_only_current_facts_unless_said(pick: Pick, fact: MakeFact) -> None:
    facts = [
        fact("current"),
        fact("draft", status="draft"),
        fact("old", status="superseded"),
        fact("new", supersedes=["old"]),
        fact("withdrawn", status="retracted"),
    ]
    assert pick(facts) == ["current", "new"]
    assert pick(facts, status=("draft", "retracted")) == ["draft", "withdrawn"]
    assert pick(facts, status=()) == ["current", "new"]


def test_a_thousand_values_of_one_filter(pick: Pick, fact: MakeFact) -> None:
    assert pick([fact("x")], kinds=("event", "plan") * 1000) == ["x"]


def _ids(index: Any, **asked: Any) -> list[str]:
    return sorted(fact.id for fact in select_facts(index, Selection(**asked)))


def test_days_at_the_far_ends_fit(pick: Pick, fact: MakeFact) -> None:
    facts = [fact("far", date="Y999999999999999"), fact("back", date="Y-999999999999999")]
    assert pick(facts) == ["back", "far"]
    assert pick(facts, start="Y999999999999999") == ["far"]
    assert isinstance(parse_edtf("Y999999999999999"), Edtf)


def test_a_marking_takes_what_a_page_of_it_may_carry_and_is_not_below(
    make_base: Callable[..., Path], cache: Path, fact: MakeFact
) -> None:
    levels = ["OFFICIAL", "SECRET"]
    sources = [
        {"id": "s1", "type": "report", "title": "Open"},
        {"id": "s2", "type": "report", "title": "Closed", "custom": {"marking": "UK SECRET"}},
    ]
    facts = [
        fact("plain"),
        fact("official", marking="OFFICIAL"),
        fact("secret", marking="SECRET"),
        fact("by-source", marking="OFFICIAL", cites=[{"source": "s1"}, {"source": "s2"}]),
    ]
    folder = make_base({"f.yaml": facts}, sources=sources, markings=levels)
    with open_index(folder, cache_folder=cache) as index:
        assert not index.problems
        assert _ids(index, markings=("OFFICIAL",)) == ["official", "plain"]
        assert _ids(index, markings=("UK SECRET",)) == ["by-source", "secret"]
        assert len(_ids(index, markings=("OFFICIAL", "SECRET"))) == 4
        assert _ids(index, sources=("s2",)) == ["by-source"]
        assert _ids(index, sources=("s2",), markings=("OFFICIAL",)) == []
        assert markings_of(index) == ("OFFICIAL", "SECRET")
        with pytest.raises(UsageError, match="no marking 'SECRE'; did you mean 'SECRET'"):
            _ids(index, markings=("SECRE",))
