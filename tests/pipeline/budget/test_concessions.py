"""What the sections of a brief could give up, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefgen.brief.model import (
    Block,
    Brief,
    Column,
    Entries,
    Entry,
    ListBlock,
    Paragraph,
    References,
    Row,
    Section,
    Sentence,
    Table,
    Text,
)
from briefgen.brief.spec.model import BriefSpec, SectionEdits
from briefgen.brief.template.model import SectionTemplate, Template, TextTemplate, Where
from briefgen.pipeline.budget.concessions import (
    Concession,
    conceded,
    concessions_of,
    headings_of,
)
from briefgen.select.model import Selection

HEADING = TextTemplate("A heading")


def shown(id_: str, show: str, **more: object) -> SectionTemplate:
    return SectionTemplate(id_, HEADING, show, **more)  # type: ignore[arg-type]


TEMPLATE = Template(
    "t", "T", "A template", HEADING, None, (),
    (
        shown("bottom-line", "input", input="bottom_line", tone="accent"),
        shown("key-points", "bullets", where=Where(Selection(), key=True), limit=5),
        shown("judgements", "judgements"),
        shown("topics", "chronology", for_each="topic", limit=3),
        shown("topics-more", "paragraphs"),
        shown("figures", "figures", limit=4),
        shown("about", "text", text=HEADING),
        shown("secret", "bullets", where=Where(Selection(), use="not_for_use")),
        shown("evidence", "evidence"),
        shown("who", "attendees"),
        shown("posts", "posts"),
        shown("about-sources", "about_sources"),
        shown("annex", "annex"),
        shown("chronology", "chronology"),
        shown("sources", "sources"),
    ),
)  # fmt: skip


def words(text: str) -> Paragraph:
    return Paragraph((Sentence("f", (Text(text),)),))


def bullets(count: int) -> ListBlock:
    return ListBlock(tuple((words("A point."),) for _ in range(count)))


def dated(count: int) -> Entries:
    return Entries(tuple(Entry((Text("2012"),), (words("It was."),)) for _ in range(count)), "", "")


def section(id_: str, *blocks: Block) -> Section:
    part = "topics" if id_ in ("topics-energy", "topics-trade") else id_
    return Section(id_, f"section-{id_}", (Text(id_.title()),), blocks, part=part)


WHOLE = (
    section("bottom-line", words("So.")),
    section("key-points", bullets(5)),
    section("judgements", words("Likely.")),
    section("topics-energy", dated(3), Paragraph((Text("2 more facts"),))),
    section("topics-trade", dated(1)),
    section("topics-more", words("One."), words("Two.")),
    section("figures", Table((Column(()),), (Row(((),)),) * 2, "")),
    section("about", words("About.")),
    section("secret", bullets(2)),
    section("evidence", bullets(3)),
    section("who", dated(2)),
    section("posts", dated(2)),
    section("about-sources", words("Five sources.")),
    section("annex"),
    section("chronology", dated(30)),
    section("sources", References()),
)


def brief(*sections: Section) -> Brief:
    return Brief(
        title="T", kind="", subtitle="", language="en", paper="a4", marking="", masthead=(),
        sections=sections, printed_date="", created=datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip


def found(
    *sections: Section, spec: BriefSpec | None = None, notes_name_sources: bool = False
) -> list[Concession]:
    return [
        *concessions_of(
            TEMPLATE,
            spec or BriefSpec(),
            brief(*(sections or WHOLE)),
            notes_name_sources=notes_name_sources,
        )
    ]


def test_from_the_bottom_up_then_what_repeats_then_what_opens() -> None:
    assert found() == [
        Concession("about-sources", (), True),
        Concession("figures", (1,), True),
        Concession("topics-more", (1,), True),
        Concession("topics", (2, 1), True),
        Concession("key-points", (4, 3, 2, 1), False),
    ]


def test_without_an_annex_its_sections_count_and_go_first() -> None:
    first, *rest = found(*(one for one in WHOLE if one.id != "annex"))

    assert (first.section, first.limits[0], first.limits[-1], first.may_go) == (
        "chronology", 29, 1, True,
    )  # fmt: skip
    assert rest == found()


def test_a_list_of_sources_goes_only_where_notes_name_them() -> None:
    listed = [one for one in WHOLE if one.id != "annex"]

    assert "sources" not in [one.section for one in found(*listed)]
    assert found(*listed, notes_name_sources=True)[0] == Concession("sources", (), True)


@pytest.mark.parametrize(
    "id_",
    ["bottom-line", "judgements", "about", "secret", "evidence", "who", "posts"],
)
def test_what_the_author_wrote_asked_for_or_is_warned_of_never_goes(id_: str) -> None:
    assert id_ not in [one.section for one in found()]


def test_a_topic_with_a_lead_shows_less_and_stays() -> None:
    spec = BriefSpec(sections=SectionEdits(leads={"energy": "Oil has moved."}))

    assert Concession("topics", (2, 1), False) in found(spec=spec)


def test_limits_are_below_what_is_shown_and_what_is_allowed() -> None:
    spec = BriefSpec(sections=SectionEdits(limits={"topics": 2, "key-points": 9}))

    assert found(spec=spec)[3:] == [
        Concession("topics", (1,), True),
        Concession("key-points", (4, 3, 2, 1), False),
    ]


def test_the_order_is_that_of_the_pages_and_what_is_the_authors_own_is_passed_over() -> None:
    bottom, keys, judgements, *topics, more, figures, about, _, _, _, _, _, annex, _, _ = WHOLE
    own = section("own", words("My own."))
    brief_ = (bottom, figures, keys, judgements, *topics, own, about, more, annex)

    assert [one.section for one in found(*brief_)] == [
        "topics-more", "figures", "topics", "key-points",
    ]  # fmt: skip


def test_what_did_not_come_out_gives_nothing_up() -> None:
    assert found(section("bottom-line", words("So."))) == []


def test_conceding_writes_what_a_brief_could_have_said() -> None:
    spec = BriefSpec(sections=SectionEdits(leave_out=("gaps",), limits={"figures": 3, "topics": 9}))
    concessions = found()

    assert conceded(spec, concessions, (0, 0, 0, 0, 0)) == spec
    less = conceded(spec, concessions, (0, 2, 1, 1, 0)).sections
    assert less.leave_out == ("gaps", "figures")
    assert less.limits == {"topics": 2, "topics-more": 1}


def test_headings_are_those_that_are_read() -> None:
    untitled = replace(WHOLE[0], heading=())
    headings = headings_of(brief(untitled, *WHOLE[1:]))

    assert headings["topics"] == ("Topics-Energy", "Topics-Trade")
    assert "bottom-line" not in headings
