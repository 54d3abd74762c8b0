"""What a careful reader is told of a brief: the words, and the facts they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefgen.brief.spec.model import BriefSpec, Edits, Sides
from briefgen.brief.template.finding import find_template
from briefgen.dates import parse_edtf
from briefgen.gui.view_models.pages.preview import Preview, told_of
from briefgen.gui.view_models.pages.remarks import Remark, Weight, remarks_on
from briefgen.gui.view_models.pages.warned import warned
from briefgen.index import Index, open_index
from briefgen.select.model import Selection
from briefgen.shipped import shipped_base, shipped_templates
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics: {energy: Energy, trade: Trade and finance, nato: NATO}
""",
    "actors.yaml": "[{id: us, name: We, kind: state}, {id: them, name: They, kind: state}]\n",
    "sources.yaml": """\
references:
- {id: good, type: report, title: Yearbook, issued: 2020, custom: {reliability: B}}
- {id: weak, type: webpage, title: Post, issued: 2020, custom: {reliability: D}}
""",
    "facts/all.yaml": """\
- {id: talks, date: 2011-05, topics: [energy], kind: event, statement: They met., key: true,
   cites: [{source: good}]}
- {id: deal, date: 2018, topics: [energy], kind: agreement, statement: They agreed., key: true,
   cites: [{source: good}], disputes: [no-deal]}
- {id: no-deal, date: 2018, topics: [energy], kind: position, statement: They did not agree.,
   attribution: an unnamed official, cites: [{source: weak}]}
- {id: plan, date: 2019, topics: [trade], kind: plan, statement: A fair was planned.,
   cites: [{source: weak}]}
- {id: old, topics: [trade], kind: background, statement: Trade is old., cites: [{source: good}]}
- {id: rumour, date: 2018, topics: [trade], kind: event, statement: A ship came., status: draft,
   cites: [{source: weak}]}
""",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    base = write_files(tmp_path / "base", BASE)
    with open_index(base, cache_folder=tmp_path / "cache") as opened:
        yield opened


def told(index: Index, spec: BriefSpec, today: date = date(2020, 1, 1)) -> dict[str, Any]:
    template = find_template("chronology", (shipped_templates(),))
    return {r.text: r.facts for r in remarks_on(spec, index, template, today)}


def test_each_remark_leads_to_the_facts_it_speaks_of(index: Index) -> None:
    spec = BriefSpec(select=Selection(start=parse_edtf("2011"), end=parse_edtf("2019")))

    assert told(index, spec) == {
        "4 facts": ("talks", "deal", "no-deal", "plan"),
        "2 sources": ("talks", "deal", "no-deal", "plan"),
        "1 dispute": ("deal", "no-deal"),
        "1 fact rests on one unnamed source": ("no-deal",),
        "2 facts on a weak source alone": ("no-deal", "plan"),
        "all 2 key points rest on one source": ("talks", "deal"),
        "nothing on energy in 2012–2017": ("talks", "deal", "no-deal"),
        "nothing on trade and finance in 2011–2018": ("plan",),
        "nothing on NATO": (),
        "1 undated fact left out": ("old",),
    }


def test_hand_edits_count(index: Index) -> None:
    spec = BriefSpec(
        select=Selection(topics=("trade",)),
        edits=Edits(exclude=("plan", "old"), include=("rumour",)),
    )

    assert told(index, spec) == {
        "1 fact": ("rumour",),
        "1 source": ("rumour",),
        "1 draft not yet checked": ("rumour",),
        "1 fact on a weak source alone": ("rumour",),
    }


def test_what_is_old_is_said_to_be(index: Index) -> None:
    found = told(index, BriefSpec(select=Selection(topics=("trade",))), date(2026, 1, 1))

    assert found["1 plan over a year old"] == ("plan",)
    assert found["nothing newer than 2019"] == ("plan",)


def test_a_brief_is_as_old_as_the_date_it_carries(index: Index) -> None:
    spec = BriefSpec(select=Selection(topics=("trade",)), date="2019-12-31")

    assert "nothing newer than 2019" not in told(index, spec, date(2026, 1, 1))


def test_cautions_are_told_even_where_the_pages_do_not_print_them(index: Index) -> None:
    assert "1 fact on a weak source alone" in told(
        index, BriefSpec(select=Selection(topics=("trade",)), grades=False)
    )


def test_the_shipped_base(tmp_path: Path) -> None:
    with open_index(shipped_base(), cache_folder=tmp_path) as index:
        remarks = remarks_on(
            BriefSpec(select=Selection(topics=("energy", "defence"))),
            index,
            find_template("country-brief", (shipped_templates(),)),
            date(2026, 11, 22),
        )

    (facts,) = (remark for remark in remarks if remark.text.endswith(" facts"))
    assert facts.text == f"{len(facts.facts)} facts"
    assert all(remark.facts for remark in remarks)
    assert [r for r in remarks if "dispute" in r.text]


def weights(index: Index, template: str, spec: BriefSpec) -> list[tuple[str, Weight]]:
    found = find_template(template, (shipped_templates(),))
    return [(r.text, r.weight) for r in remarks_on(spec, index, found, date(2020, 1, 1))]


def test_what_weighs_most_comes_first(index: Index) -> None:
    found = weights(index, "talking-points", BriefSpec())

    assert found[:2] == [
        ("no sides named", Weight.BLOCKS), ("not written: points to make", Weight.BLOCKS),
    ]  # fmt: skip
    assert [weight for _, weight in found] == sorted(weight for _, weight in found)
    assert dict(found)["1 dispute"] == Weight.AGAINST
    assert dict(found)["1 fact rests on one unnamed source"] == Weight.AGAINST
    assert dict(found)["5 facts"] == dict(found)["nothing on NATO"] == Weight.GAP


def test_what_is_said_blocks_no_more(index: Index) -> None:
    sides = Sides(ours=("us",), theirs=("them",))
    spec = BriefSpec(text={"lines": "We met. [@talks]"}, sides=sides)

    assert Weight.BLOCKS not in dict(weights(index, "talking-points", spec)).values()


def test_a_template_for_two_sides_wants_them_named(index: Index) -> None:
    named = BriefSpec(sides=Sides(ours=("us",), theirs=("them",)))

    assert ("no sides named", Weight.BLOCKS) in weights(index, "visit-brief", BriefSpec())
    assert Weight.BLOCKS not in dict(weights(index, "visit-brief", named)).values()


def test_what_an_export_would_say_has_its_weight_too() -> None:
    boxes = "no font has U+0F40; a box stands in for it"
    remarks = (Remark("1 dispute", ("a",), True, Weight.AGAINST), Remark("9 facts", ("a",)))
    preview = Preview(
        b"", "T", 12, 12, 10, (), (), ("text: doubtful", boxes), (), "12 pages are 2 more than "
        "the 10 allowed", "", remarks, unprintable=(boxes,), warned_facts={"text: doubtful": ("b",)},
    )  # fmt: skip

    assert [(one.text, one.facts, one.weight) for one in told_of(preview)] == [
        ("over budget: 12 pages are 2 more than the 10 allowed", (), Weight.BLOCKS),
        (boxes, (), Weight.BLOCKS),
        ("1 dispute", ("a",), Weight.AGAINST),
        ("text: doubtful", ("b",), Weight.AGAINST),
        ("9 facts", ("a",), Weight.GAP),
    ]


def test_warnings_are_said_without_ids_and_keys() -> None:
    rest = "12 of 2041 facts are printed nowhere: oil-talks, gas-agreed; select fewer"
    pinned = "facts.include: 'oil-talks' is printed nowhere: no section takes it"

    said = warned(rest, ("oil-talks", "gas-agreed"))
    assert (said.text, said.facts, said.field) == (
        "12 of 2,041 facts are not on the pages", (), "facts.off",
    )  # fmt: skip
    said = warned(pinned, ("oil-talks",))
    assert said.text == "a fact that you pinned is printed nowhere: no section takes it"
    assert (said.facts, said.field) == (("oil-talks",), "")
    assert warned("text: doubtful", ()).text == "text: doubtful"
