"""Taking another template and coming back: nothing that was typed is lost, and nothing returns
that was deleted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.spec.model import BriefSpec, SectionEdits
from briefgen.brief.template.model import Input, SectionTemplate, Template, TextTemplate
from briefgen.gui.view_models.brief.switching import Aside, homeless, switch_template


def template(name: str, inputs: str, sections: str) -> Template:
    return Template(
        name, name, "", TextTemplate(name), None,
        tuple(Input(id_, id_) for id_ in inputs.split()),
        tuple(SectionTemplate(id_, TextTemplate(id_), "bullets") for id_ in sections.split()),
    )  # fmt: skip


BRIEF = template("brief", "bottom_line", "points figures gaps")
TALK = template("talk", "objective avoid", "figures points")
SHEET = template("sheet", "", "figures")


def test_answers_go_aside_and_come_back() -> None:
    spec = BriefSpec(
        template="brief",
        text={"bottom_line": "So."},
        sections=SectionEdits(leave_out=("gaps", "points")),
    )

    sheet, aside = switch_template(spec, BRIEF, SHEET, Aside())
    assert (sheet.template, sheet.text, sheet.sections.leave_out) == ("sheet", {}, ())
    assert aside == Aside({"bottom_line": "So."}, ("gaps", "points"))

    talk, aside = switch_template(sheet, SHEET, TALK, aside)
    assert (talk.text, talk.sections.leave_out) == ({}, ("points",))

    back, aside = switch_template(talk, TALK, BRIEF, aside)
    assert back.text == spec.text
    assert back.sections.leave_out == ("points", "gaps"), "in the template's order"
    assert aside == Aside()


def test_what_was_deleted_after_undoing_a_switch_stays_deleted() -> None:
    spec = BriefSpec(template="brief", text={"bottom_line": "So."})
    _, aside = switch_template(spec, BRIEF, SHEET, Aside())
    # The switch is undone, and the answer deleted; what was set aside is still known.
    emptied = BriefSpec(template="brief")
    sheet, aside = switch_template(emptied, BRIEF, SHEET, aside)
    back, _ = switch_template(sheet, SHEET, BRIEF, aside)

    assert back.text == {}


def test_the_newer_answer_wins_where_the_old_template_cannot_be_read() -> None:
    spec = BriefSpec(template="gone", text={"bottom_line": "New."})
    aside = Aside({"bottom_line": "Old.", "avoid": "Haste."})

    brief, aside = switch_template(spec, None, BRIEF, aside)

    assert brief.text == {"bottom_line": "New."}
    assert aside.text == {"avoid": "Haste."}


def test_a_brief_that_names_what_its_template_lacks_is_tidied_by_its_own_template() -> None:
    spec = BriefSpec(
        template="talk", text={"bottom_line": "So."}, sections=SectionEdits(leave_out=("gaps",))
    )
    assert homeless(spec, TALK) == (("bottom_line",), ("gaps",))

    tidy, aside = switch_template(spec, TALK, TALK, Aside())
    assert homeless(tidy, TALK) == ((), ())
    assert aside == Aside({"bottom_line": "So."}, ("gaps",))


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["bottom_line", "objective", "avoid", "other"]), st.text(min_size=1)
    ),
    st.sets(st.sampled_from(["points", "figures", "gaps", "other"])),
    st.lists(st.sampled_from([BRIEF, TALK, SHEET]), max_size=6),
)
def test_through_any_templates_and_back_nothing_is_lost(
    text: dict[str, str], left_out: set[str], way: list[Template]
) -> None:
    spec, aside, before = (
        BriefSpec(text=text, sections=SectionEdits(leave_out=tuple(left_out))),
        Aside(),
        None,
    )
    for after in way:
        spec, aside = switch_template(spec, before, after, aside)
        assert homeless(spec, after) == ((), ())
        assert {**aside.text, **spec.text} == text
        assert {*aside.leave_out, *spec.sections.leave_out} == left_out
        before = after
