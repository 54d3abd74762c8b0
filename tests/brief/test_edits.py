"""Hand edits on a brief as values: what each one leaves in the brief, and what it takes back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.assemble.gather import choose_facts
from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.dates import parse_edtf
from briefgen.facts.model import Citation, Fact
from briefgen.gui.view_models.brief import edits

NAMES = "abcdef"


def brief(**named: object) -> BriefSpec:
    return BriefSpec(edits=Edits(**named))  # type: ignore[arg-type]


def test_a_pinned_fact_that_is_left_out_is_pinned_no_more() -> None:
    spec = edits.leave_out(brief(include=("a", "b")), ["a", "c"])

    assert spec.edits == Edits(exclude=("a", "c"), include=("b",))


def test_a_fact_that_was_left_out_and_is_pinned_is_left_out_no_more() -> None:
    assert edits.pin(brief(exclude=("a", "b")), ["a"]).edits == Edits(
        exclude=("b",), include=("a",)
    )


def test_taking_back_pins_only_what_the_selection_does_not_pick() -> None:
    spec = edits.take_back(brief(exclude=("a", "b")), ["a", "b"], picked={"a"})

    assert spec.edits == Edits(include=("b",))


def test_starring_and_its_opposite() -> None:
    starred = edits.star(brief(), ["a", "b", "a"])

    assert starred.edits.key == ("a", "b")
    assert edits.unstar(starred, ["a"]).edits.key == ("b",)


def test_a_wording_is_one_line() -> None:
    spec = edits.reword(brief(), "a", "  In other\n words.\t", "As it was.")

    assert spec.edits.reword == {"a": "In other words."}


def test_no_words_or_the_same_restore_the_original() -> None:
    spec = brief(reword={"a": "Other words.", "b": "Others."})

    assert edits.reword(spec, "a", " ", "As it was.").edits.reword == {"b": "Others."}
    assert edits.reword(spec, "a", "As it was.", "As it was.").edits.reword == {"b": "Others."}
    assert edits.restore(spec, ["a", "b"]).edits.reword == {}


def test_what_the_base_no_longer_has_is_forgotten_everywhere() -> None:
    spec = brief(
        exclude=("x",), include=("y", "a"), order=("x", "a"), key=("y",), reword={"x": "-"}
    )

    assert edits.edited_facts(spec.edits) == ("x", "y", "a")
    assert edits.forget(spec, ["x", "y"]).edits == Edits(include=("a",), order=("a",))


def test_moving_names_no_more_facts_than_it_must() -> None:
    moved = edits.move(brief(), ["e"], "abcdef", ord, before="c")

    assert moved.edits.order == ("a", "b", "e")


def test_moving_a_fact_back_leaves_no_trace() -> None:
    there = edits.move(brief(), ["a"], "abcdef", ord, after="d")
    assert there.edits.order == ("b", "c", "d")

    back = edits.move(there, ["a"], "bcdaef", ord, before="b")
    assert back.edits.order == ()


def test_several_facts_move_together_and_keep_their_order() -> None:
    moved = edits.move(brief(), ["e", "a"], "abcdef", ord, before="d")

    assert moved.edits.order == ("b", "c", "a", "e")


def test_an_ordered_fact_that_cannot_be_seen_keeps_its_place() -> None:
    spec = brief(order=("f", "x", "a"))

    moved = edits.move(spec, ["d"], "fabcde", ord, before="b")

    assert moved.edits.order == ("f", "x", "a", "d")


def test_moving_beside_itself_is_no_move() -> None:
    spec = brief(order=("b",))

    assert edits.move(spec, ["a", "c"], "bacdef", ord, after="c") == spec


def test_facts_go_back_to_the_bases_order_one_by_one_or_all() -> None:
    spec = brief(order=("c", "b", "a"))

    assert edits.unorder(spec, ["b"]).edits.order == ("c", "a")
    assert edits.unorder(spec).edits.order == ()


class _NoOthers:
    def facts(self, ids: object) -> dict[str, Fact]:
        return {}

    def disputes(self, ids: object) -> dict[str, tuple[str, ...]]:
        return {}


def _in_the_brief(spec: BriefSpec, names: str) -> str:
    """The brief's facts in its order, as a draft chooses them."""
    facts = [
        Fact(name, ("t",), "event", name, (Citation("s"),), date=parse_edtf(f"20{number:02}"))
        for number, name in enumerate(sorted(names))
    ]
    return "".join(fact.id for fact in choose_facts(spec, facts, _NoOthers()))


@settings(deadline=None, max_examples=150)
@given(
    moves=st.lists(
        st.tuples(
            st.sets(st.sampled_from(NAMES), min_size=1, max_size=3),
            st.sampled_from(NAMES),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_the_brief_has_the_order_that_the_list_shows(
    moves: list[tuple[set[str], str, bool]],
) -> None:
    spec, shown = brief(), NAMES
    for names, beside, after in moves:
        where = {"after" if after else "before": beside}
        spec = edits.move(spec, names, shown, ord, **where)
        if beside not in names:
            rest = [name for name in shown if name not in names]
            place = rest.index(beside) + after
            shown = "".join([*rest[:place], *(n for n in shown if n in names), *rest[place:]])

        assert _in_the_brief(spec, NAMES) == shown


@settings(deadline=None, max_examples=100)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([edits.leave_out, edits.pin, edits.unpin, edits.star, edits.unstar]),
            st.sets(st.sampled_from(NAMES), max_size=3),
        ),
        max_size=8,
    )
)
def test_no_fact_is_ever_both_left_out_and_pinned(steps: list[tuple[object, set[str]]]) -> None:
    spec = brief()
    for change, names in steps:
        spec = change(spec, sorted(names))  # type: ignore[operator]

        assert not set(spec.edits.exclude) & set(spec.edits.include)
        assert replace(spec, edits=Edits()) == BriefSpec()  # and nothing else changes
