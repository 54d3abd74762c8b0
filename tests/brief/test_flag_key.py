"""The key to flags and grades: what is printed is explained once, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from brief.conftest import Draft, fact
from briefgen.brief.flag_key import with_flag_key
from briefgen.brief.model import Brief
from briefgen.brief.words import ENGLISH

BULLETS = "sections: [{id: s, heading: S, show: bullets}]"


def flags_of(brief: Brief) -> list[str]:
    return [each.flag for each in brief.flag_key]


def test_each_flag_that_is_printed_is_explained_once_gravest_first(draft: Draft) -> None:
    made = draft(
        [
            fact("a", attribution="an unnamed official"),
            fact("b", source="s2"),
            fact("c", source="s2", status="draft"),
            fact("d", status="retracted"),
            fact("e"),
        ],
        BULLETS,
    ).brief

    assert flags_of(made) == ["retracted", "unchecked", "one unnamed source", "weak source"]
    assert made.key_line.startswith("retracted: withdrawn, and told here for the record; unch")
    assert made.key_line.endswith("judged better than ‘not usually reliable’ bears it out.")


def test_codes_are_explained_where_they_are_printed_alone(draft: Draft) -> None:
    made = [fact("a", credibility=3)]

    assert draft(made, BULLETS).brief.key_line == ""
    assert draft(made, BULLETS, grades=False).brief.key_line == ""
    graded = draft(made, BULLETS, grades=True).brief
    assert graded.flag_key == ()
    assert graded.key_line.startswith("Codes such as C3: reliability of the source, from A")


def test_what_has_no_flag_has_no_key(draft: Draft) -> None:
    assert draft([fact("a")], BULLETS).brief.key_line == ""


def test_one_and_several_weak_sources_are_explained_together(draft: Draft) -> None:
    one = draft([fact("a", source="s2")], BULLETS).brief
    words = {**ENGLISH, "alone_D": "weak", "all_D": "weak source"}

    (told,) = with_flag_key(replace(one, words=words)).flag_key
    assert (told.flag, told.meaning) == ("weak source", ENGLISH["alone_D_means"])


def test_every_flag_that_a_fact_can_have_has_a_meaning() -> None:
    statuses = ("draft", "superseded", "retracted")
    for name in (*statuses, "disputed", "one_unnamed_source", "alone_D", "alone_E"):
        assert ENGLISH[name]
        assert ENGLISH[f"{name}_means"]
