"""The document as Word will read it: styles, structure, links, fields, properties."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import docx
import pytest

from briefgen.brief.model import (
    Brief,
    Column,
    CrossReference,
    Entries,
    Entry,
    ListBlock,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from briefgen.render.docx import render_docx
from render.docx.word_file import W, WordFile, style_of, text_of
from render.sample_brief import (
    CREATED,
    RICH_CONTENTS,
    many_facts_brief,
    rich_brief,
    statements,
)


def word_file(brief: Brief, **options: Any) -> WordFile:
    return WordFile(render_docx(brief, **options).data)


@pytest.fixture(scope="module")
def rich() -> WordFile:
    return word_file(rich_brief(), contents=RICH_CONTENTS)


# --- styles and structure --------------------------------------------------------------------


def test_headings_and_title_carry_words_own_styles(rich: WordFile) -> None:
    styled = [
        (style, text)
        for style, text in rich.paragraphs()
        if style.startswith(("Kind", "Title", "Subtitle", "Heading")) or style.endswith("Heading")
        if not style.startswith(("Table", "TOC"))
    ]
    assert styled == [
        ("Kind", "Country brief"),
        ("Title", "Pakistan–Russia: energy, defence & trade"),
        ("Subtitle", "What the record shows, February 2003 to December 2023"),
        ("KeyBoxHeading", "Key points"),
        ("Heading1", "Energy"),
        ("Heading2", "Figures on oil"),
        ("Heading3", "A third-level heading"),
        ("Heading1", "Key figures"),
        ("CautionHeading", "Where sources disagree"),
        ("Heading1", "The author’s own text: every inline"),
        ("Heading1", "References"),
    ]


def test_headings_in_boxes_follow_heading_1(rich: WordFile) -> None:
    styles = {s.get(f"{W}styleId"): s for s in rich.root("word/styles.xml").iter(f"{W}style")}
    for boxed in ("KeyBoxHeading", "CautionHeading"):
        based_on = styles[boxed].find(f"{W}basedOn")
        assert based_on is not None
        assert based_on.get(f"{W}val") == "Heading1"


def test_every_style_that_is_used_is_defined(rich: WordFile) -> None:
    defined = {s.get(f"{W}styleId") for s in rich.root("word/styles.xml").iter(f"{W}style")}
    used = set()
    for name in rich.names:
        if name.startswith("word/") and name.endswith(".xml"):
            for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
                used |= {e.get(f"{W}val") for e in rich.root(name).iter(f"{W}{kind}")}
    assert used - defined == set()


def test_lists_are_numbered_by_word_and_each_ordered_list_starts_by_itself(rich: WordFile) -> None:
    numbered = {
        text: (number.find(f"{W}numId").get(f"{W}val"), number.find(f"{W}ilvl").get(f"{W}val"))  # type: ignore[union-attr]
        for p in rich.body.iter(f"{W}p")
        if (number := p.find(f"{W}pPr/{W}numPr")) is not None and (text := text_of(p))
    }
    assert set(numbered) == {"Number three.", "Number four.", "Number one again."}
    assert numbered["Number three."] == numbered["Number four."]
    starts = {
        num.get(f"{W}numId"): [s.get(f"{W}val") for s in num.iter(f"{W}startOverride")]
        for num in rich.root("word/numbering.xml").iter(f"{W}num")
    }
    assert starts[numbered["Number three."][0]] == ["3"]
    assert starts[numbered["Number one again."][0]] == ["1"]
    bullets = [style for style, text in rich.paragraphs() if text.endswith("bullet.")]
    assert bullets == ["ListBullet2", "ListBullet3"]


def test_a_box_has_no_white_stripes(rich: WordFile) -> None:
    """Space after a paragraph is filled only up to one with the same properties."""
    boxed = [p for p in rich.body.iter(f"{W}p") if style_of(p) in ("Lead", "KeyBoxBullet")]
    after = []
    for p in boxed:
        spacing = p.find(f"{W}pPr/{W}spacing")
        after.append(None if spacing is None else spacing.get(f"{W}after"))
    assert after == ["0", None, None, "0"]


def test_a_label_too_long_for_its_column_takes_its_own_line(rich: WordFile) -> None:
    entries = [text for style, text in rich.paragraphs() if style == "DatedEntry"]
    assert entries[0].startswith("June 2023\tThe first cargo")
    assert entries[1].startswith("about December 2017\tPrime ministers")
    assert entries[2].startswith("between 21\u00a0September\u00a02011 and spring\u00a02012, perhaps"
                                 " later\nRussia agreed")  # fmt: skip


def test_every_statement_stands_in_the_body(rich: WordFile) -> None:
    whole = "\n".join(rich.texts())
    assert [s for s in statements(rich_brief()) if s not in whole] == []


# --- tables ----------------------------------------------------------------------------------


def _table(rows: int) -> Brief:
    cells = tuple(Row(((Text(f"row {n}"),), (Text(f"{n}"),))) for n in range(rows))
    table = Table(
        (Column((Text("Name"),), width=3), Column((Text("Count"),), align="right")),
        cells,
        "Names & counts",
    )
    return rich_brief(masthead=(), sections=(Section("t", "t", (Text("Table"),), (table,)),))


def test_a_table_says_what_it_is_and_repeats_its_header_row() -> None:
    (table,) = word_file(_table(3)).body.iter(f"{W}tbl")
    properties = table.find(f"{W}tblPr")
    assert properties is not None
    for name in ("tblCaption", "tblDescription"):
        said = properties.find(f"{W}{name}")
        assert said is not None
        assert said.get(f"{W}val") == "Names & counts"
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True, False, False, False,
    ]  # fmt: skip
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    widths = [int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == 9072
    assert widths[0] > 2 * widths[1]


def test_columns_are_as_wide_as_their_text_asks() -> None:
    """Shares are a wish: a short column gives what it does not need to one that does."""
    columns = tuple(Column((Text(name),)) for name in ("A", "Statement"))
    rows = (Row(((Text("1"),), (Text("many words " * 20),))),)
    section = Section("t", "t", (), (Table(columns, rows, "Wide"),))
    file = word_file(rich_brief(masthead=(), sections=(section,)))
    narrow, wide = (int(c.get(f"{W}w", "")) for c in file.body.iter(f"{W}gridCol"))
    assert wide > 2 * narrow
    assert narrow + wide == 9072


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (1, [True, False]),
        (4, [True, True, True, True, False]),  # a short table stays whole
        (12, [True, True, *[False] * 9, True, False]),  # no lonely row at either end
    ],
)
def test_no_row_is_left_alone(rows: int, kept: list[bool]) -> None:
    (table,) = word_file(_table(rows)).body.iter(f"{W}tbl")
    assert [
        all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))
        for row in table.iter(f"{W}tr")
    ] == kept


def test_a_table_of_few_but_high_rows_may_go_on_on_the_next_page() -> None:
    rows = tuple(Row(((Text("many words " * 40),),)) for _ in range(5))
    section = Section("t", "t", (), (Table((Column((Text("A"),)),), rows, "High"),))
    (table,) = word_file(rich_brief(masthead=(), sections=(section,))).body.iter(f"{W}tbl")
    kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
    assert kept == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (3, [True, True, True, False]),  # its heading first
        (20, [True, True, *[False] * 17, True, False]),
    ],
)
def test_no_paragraph_of_a_box_is_left_alone(lines: int, kept: list[bool]) -> None:
    blocks = tuple(Paragraph((Text(f"Point {number}."),)) for number in range(lines))
    section = Section("b", "b", (Text("Key points"),), blocks, tone="accent")
    file = word_file(rich_brief(masthead=(), notes=(), sections=(section,)))
    paragraphs = [p for p in file.body.iter(f"{W}p") if style_of(p).startswith("KeyBox")]
    held = [p.find(f"{W}pPr/{W}keepNext") is not None for p in paragraphs[1:]]
    assert [True, *held] == kept


def test_two_tables_do_not_run_together_and_none_ends_the_document() -> None:
    table = Table((Column((Text("A"),)),), (Row(((Text("b"),),)),), "t")
    brief = rich_brief(
        masthead=(), notes=(), sections=(Section("t", "t", (Text("T"),), (table, table)),)
    )
    kinds = [child.tag.removeprefix(W) for child in word_file(brief).body]
    assert kinds[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


# --- links -----------------------------------------------------------------------------------


def test_links_lead_somewhere_and_both_ways(rich: WordFile) -> None:
    starts = list(rich.body.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name", "") for start in starts]
    ids = [start.get(f"{W}id") for start in starts]
    assert len({name.lower() for name in names}) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids, key=str) == sorted(
        (end.get(f"{W}id") for end in rich.body.iter(f"{W}bookmarkEnd")), key=str
    )
    anchors = {link.get(f"{W}anchor") for link in rich.body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= set(names)
    assert {"ref_kamran_2023", "section_disputes"} <= anchors


def test_a_reference_leads_back_to_each_of_its_citations() -> None:
    file = word_file(many_facts_brief(2))
    (link,) = [a for a in file.body.iter(f"{W}hyperlink") if a.get(f"{W}anchor") == "cite_1"]
    assert "".join(link.itertext()) == "↑"


def test_links_out_are_relationships_to_their_addresses(rich: WordFile) -> None:
    outside = [target for kind, target in rich.relationships().values() if kind == "hyperlink"]
    assert outside == [
        "https://example.org/a?b=1&c=d%20e#f",
        "mailto:desk@example.org",
        "https://www.arabnews.example/node/1?x=%3Cy%3E",
    ]


def test_a_link_to_nowhere_is_printed_as_text() -> None:
    lost = Paragraph((Text("see "), CrossReference("nowhere", (Text("there"),))))
    file = word_file(rich_brief(notes=(), sections=(Section("s", "s", (Text("S"),), (lost,)),)))
    assert "see there" in file.texts()
    assert list(file.body.iter(f"{W}hyperlink")) == []


# --- contents list ---------------------------------------------------------------------------


def test_contents_list_is_a_field_with_its_entries_in_place(rich: WordFile) -> None:
    listed = [(style, text) for style, text in rich.paragraphs() if style.startswith("TOC")]
    assert listed[:3] == [
        ("TOCHeading", "Contents"),
        ("TOC1", "Energy\t1"),
        ("TOC2", "Figures on oil\t2"),
    ]
    instructions = [i.text or "" for i in rich.body.iter(f"{W}instrText")]
    assert instructions[0].strip() == 'TOC \\o "1-3" \\h \\z \\u'
    assert instructions[1].strip() == "PAGEREF section_energy \\h"
    kinds = Counter(f.get(f"{W}fldCharType") for f in rich.body.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"] == len(instructions)
    # One for the list; the opening is not listed, and footnotes have no heading.
    listing = [i for i in instructions if i.strip().startswith(("TOC", "PAGEREF"))]
    assert len(listing) == 1 + len(RICH_CONTENTS) - 2


def test_the_contents_list_follows_the_opening_and_lists_what_comes_after(rich: WordFile) -> None:
    order = [text for _, text in rich.paragraphs()]
    assert order.index("Key points") < order.index("Contents") < order.index("Energy")
    listed = [text for style, text in rich.paragraphs() if style.startswith("TOC")]
    assert not any("Key points" in text for text in listed)


def test_two_boxes_are_kept_apart() -> None:
    opening = rich_brief().sections[0]
    second = replace(opening, id="second", anchor="section-second")
    styles = [
        s for s, _ in word_file(rich_brief(sections=(opening, second), notes=())).paragraphs()
    ]
    heads = [place for place, style in enumerate(styles) if style == "KeyBoxHeading"]
    assert len(heads) == 2
    assert styles[heads[1] - 1] == "TableGap"


def test_word_is_not_asked_to_update_anything(rich: WordFile) -> None:
    settings = rich.root("word/settings.xml")
    assert settings.find(f"{W}updateFields") is None
    assert not list(rich.body.iter(f"{W}dirty"))
    modes = {s.get(f"{W}name"): s.get(f"{W}val") for s in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"


def test_no_contents_list_unless_asked() -> None:
    assert "TOCHeading" not in dict(word_file(rich_brief()).paragraphs())


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [("a4", ("11906", "16838")), ("letter", ("12240", "15840"))])  # fmt: skip
def test_paper(paper: str, size: tuple[str, str]) -> None:
    (page,) = word_file(rich_brief(paper=paper)).body.iter(f"{W}pgSz")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == size


def test_marking_stands_at_the_top_and_bottom_of_every_page(rich: WordFile) -> None:
    headers, footers = rich.frames("header"), rich.frames("footer")
    assert headers == {
        "default": [
            "OFFICIAL-SENSITIVE",
            "Pakistan–Russia: energy, defence & trade\t21 November 2026",
        ],
        "first": ["OFFICIAL-SENSITIVE"],
    }
    foot = "SA/2026/114 · version 1 · south.asia@research.example\tPage 1 of 4"
    assert footers == {key: [foot, "OFFICIAL-SENSITIVE"] for key in ("default", "first")}


def test_standing_words_come_from_the_brief() -> None:
    words = {"page_of": "стр. {page} из {pages}", "contents": "Содержание", "version": "версия"}
    file = word_file(rich_brief(words=words), contents=[("section-energy", 7)])
    assert ("TOCHeading", "Содержание") in file.paragraphs()
    assert file.frames("footer")["default"][0].endswith("версия 1 · south.asia@research.example\t"
                                                        "стр. 1 из 7")  # fmt: skip


def test_a_section_can_start_on_a_new_page() -> None:
    sections = tuple(replace(s, break_before=s.id == "figures") for s in rich_brief().sections)
    rich = word_file(rich_brief(sections=sections))
    broken = [text_of(p) for p in rich.body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]  # fmt: skip
    assert broken == ["Key figures"]


# --- package and properties ------------------------------------------------------------------


def test_the_same_brief_gives_the_same_bytes() -> None:
    once = render_docx(rich_brief(), contents=RICH_CONTENTS).data
    elsewhere = CREATED.astimezone(timezone(timedelta(hours=5)))
    again = render_docx(rich_brief(created=elsewhere), contents=list(RICH_CONTENTS)).data
    assert once == again


@pytest.mark.parametrize("year", [1, 1970, 1980, 2107, 9999])
def test_any_moment_can_be_said(year: int) -> None:
    file = word_file(rich_brief(created=datetime(year, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert f"{year:04d}-01-02T03:04:05Z".encode() in file.read("docProps/core.xml")


def test_properties_are_the_briefs_and_nobody_elses(rich: WordFile) -> None:
    opened = docx.Document(BytesIO(rich.data))
    properties = opened.core_properties
    assert properties.title == "Pakistan–Russia: energy, defence & trade"
    assert properties.author == "Research desk"
    assert properties.language == "en-GB"
    assert properties.keywords == "Pakistan; Russia; energy"
    assert properties.category == "Country brief"
    assert properties.created == CREATED
    assert properties.modified == CREATED
    assert not [name for name in rich.names if "thumbnail" in name]
    assert b"OFFICIAL-SENSITIVE" in rich.read("docProps/custom.xml")
    assert b"python-docx" not in b"".join(rich.read(name) for name in rich.names)


def test_language_is_said_for_the_document_and_where_it_differs(rich: WordFile) -> None:
    defaults = rich.root("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert defaults is not None
    assert defaults.get(f"{W}val") == "en-GB"
    russian = [
        run
        for run in rich.body.iter(f"{W}r")
        if (said := run.find(f"{W}rPr/{W}lang")) is not None and said.get(f"{W}val") == "ru"
    ]
    assert ["".join(run.itertext()) for run in russian] == ["дружба народов"]


def test_empty_brief() -> None:
    brief = Brief("T", "", "", "en", "a4", "", (), (), "", CREATED)
    file = word_file(brief)
    assert file.paragraphs() == [("Title", "T")]
    assert file.frames("header") == {"default": ["T"], "first": [""]}


def test_an_entry_of_no_paragraph_and_an_item_of_no_block() -> None:
    blocks = (
        Entries(
            (Entry((Text("2012"),), (ListBlock(((), (Paragraph((Text("b"),)),))),)),), "D", "E"
        ),
        Entries((Entry((Text("2013"),), ()),), "D", "E"),
    )
    file = word_file(rich_brief(notes=(), sections=(Section("s", "", (), blocks),)))
    assert file.texts()[-4:] == ["2012", "", "b", "2013"]


# --- speed, by counting ----------------------------------------------------------------------


def _calls(count: int, **kind: Any) -> int:
    """Python and C calls that rendering takes: counted, so that a busy machine does not matter."""
    brief = many_facts_brief(count, **kind)
    calls = 0

    def count_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count_call)
    try:
        render_docx(brief)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("kind", [{}, {"as_table": True}, {"cited": "notes"}])
def test_work_grows_with_the_facts_and_no_faster(kind: dict[str, Any]) -> None:
    _calls(10, **kind)  # fills caches
    base, one, ten = _calls(0, **kind), _calls(100, **kind), _calls(1000, **kind)
    assert (ten - base) / (one - base) < 12  # 10 is linear, 100 would be quadratic
    assert (ten - base) / 1000 < 250  # calls a fact


def test_a_column_is_wide_enough_for_its_longest_number() -> None:
    """No-break spaces hold `about 1,234,567` together; the column must hold it, too."""
    columns = (Column((Text("What"),), width=8), Column((Text("Value"),), width=1))
    rows = (Row(((Text("Oil"),), (Text("about\u00a01,234,567"),))),)
    brief = rich_brief(
        masthead=(),
        sections=(Section("t", "t", (Text("T"),), (Table(columns, rows, "Oil"),)),),
    )
    (table,) = word_file(brief).body.iter(f"{W}tbl")
    what, value = (int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol"))
    assert what + value == 9072
    assert value >= 15 * 100  # fifteen characters of some five points
