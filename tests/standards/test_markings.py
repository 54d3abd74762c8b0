"""Handling markings: schemes that are shipped, which marking is higher, what may be proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.standards.files import read_markings, shipped_names, shipped_scheme
from briefgen.standards.markings import MarkingScheme, near_marking

UK, TLP, NATO = (shipped_scheme(name) for name in ("uk-gscp", "tlp", "nato"))
LISTED = MarkingScheme(levels=("OPEN", "CLOSED"))


def test_the_shipped_ones() -> None:
    assert shipped_names("markings") == ("nato", "tlp", "uk-gscp")
    assert UK.levels == ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
    assert {"RECIPIENTS ONLY", "COMMERCIAL", "UK EYES ONLY"} <= set(UK.handling)
    assert TLP.levels == ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
    assert (NATO.levels[0], NATO.levels[-1]) == ("NATO UNCLASSIFIED", "COSMIC TOP SECRET")


@pytest.mark.parametrize(
    ("scheme", "written", "rank", "printed"),
    [
        (UK, "OFFICIAL", 0, "OFFICIAL"),
        (UK, "UK OFFICIAL", 0, "UK OFFICIAL"),
        (UK, "OFFICIAL SENSITIVE", 1, "OFFICIAL-SENSITIVE"),
        (UK, "UK OFFICIAL SENSITIVE", 1, "UK OFFICIAL-SENSITIVE"),
        (UK, "UK TOP SECRET", 3, "UK TOP SECRET"),
        (UK, "Official", None, "Official"),
        (UK, "UKOFFICIAL", None, "UKOFFICIAL"),
        (TLP, "AMBER", 2, "TLP:AMBER"),
        (TLP, "UK TLP:RED", None, "UK TLP:RED"),
        (LISTED, "UK CLOSED", 1, "UK CLOSED"),
        (MarkingScheme(), "ANYTHING", None, "ANYTHING"),
    ],
)
def test_rank_and_what_is_printed(
    scheme: MarkingScheme, written: str, rank: int | None, printed: str
) -> None:
    assert scheme.rank(written) == rank
    assert scheme.printed(written) == printed


@pytest.mark.parametrize("scheme", [UK, TLP, NATO, LISTED])
def test_everything_that_may_be_written_has_a_rank(scheme: MarkingScheme) -> None:
    assert all(scheme.rank(each) is not None for each in scheme.writings)
    assert set(scheme.levels) <= set(scheme.writings)


def test_the_highest_wins_and_an_unknown_one_only_over_none() -> None:
    assert UK.highest(["OFFICIAL", "UK SECRET", "SECRET", "OFFICIAL-SENSITIVE"]) == "UK SECRET"
    assert UK.highest(["STRANGE", "OFFICIAL"]) == "OFFICIAL"
    assert UK.highest(["STRANGE", ""]) == "STRANGE"
    assert UK.highest(["", ""]) == UK.highest([]) == ""
    assert TLP.highest(["GREEN", "AMBER"]) == "TLP:AMBER"


@given(st.lists(st.sampled_from(UK.writings), min_size=1))
def test_nothing_is_above_the_highest(markings: list[str]) -> None:
    highest = UK.rank(UK.highest(markings))
    assert highest == max(UK.rank(each) or 0 for each in markings)


@pytest.mark.parametrize(
    ("word", "proposed"),
    [
        ("OFFICAL", "OFFICIAL"),
        ("OFFICIAL-S", "OFFICIAL-SENSITIVE"),  # not OFFICIAL, which is nearer
        ("OFFICIAL SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("TOP SECRT", "TOP SECRET"),
        ("INTERNAL USE", ""),
    ],
)
def test_a_near_marking_is_never_a_lower_one_broken_off(word: str, proposed: str) -> None:
    assert near_marking(word, UK.levels) == (f"did you mean {proposed!r}?" if proposed else "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "format: 1\nlabel: X\ndate: 2026\nmarkings: [A]",
            "m.yaml:1:1: error: a marking scheme needs the key 'document'",
        ),
        (
            "format: 1\nlabel: X\ndocument: Y\ndate: 2026\nmarkings: [A, {marking: B, also: [A]}]",
            "m.yaml:1:1: error: marking 'A' stands twice",
        ),
        (
            "format: 1\nlabel: X\ndocument: Y\ndate: 2026\nmarkings: []",
            "m.yaml:5:11: error: the list is empty",
        ),
        ("- A", "m.yaml:1:1: error: expected a marking scheme with keys"),
    ],
)
def test_faults_of_a_scheme_are_one_clear_line(text: str, says: str) -> None:
    scheme, problems = read_markings(text.encode(), "m.yaml")
    assert scheme is None
    assert str(problems[0]).startswith(says)
