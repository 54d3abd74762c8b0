"""The whole way: a brief in, a PDF out, read back with pikepdf."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    CiteItem,
    Code,
    CrossReference,
    Emphasis,
    Entries,
    Entry,
    Flag,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Notes,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Rule,
    Sentence,
    SmallCaps,
    Strong,
    Superscript,
    Table,
    Text,
)
from briefgen.render.pdf import PdfResult, render_pdf
from briefgen.render.pdf.drawing import PageDrawer, Pen
from briefgen.render.pdf.pages import PageContent
from render.pdf.samples import (
    NASTY,
    brief,
    chronology,
    everything,
    long_table,
    para,
    section,
    text,
)
from render.sample_brief import rich_brief
from render.texts import TEXTS, brief_of


def opened(result: PdfResult) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(result.data))


def annotations(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.get("/Annots", [])


def shown(
    pdf: pikepdf.Pdf, page: pikepdf.Page, *, furniture: bool = True
) -> list[tuple[float, float, str]]:
    """Left end, baseline and text of each string on a page, by the fonts' own ToUnicode maps.

    Without `furniture` head, foot and headers that go on (artifacts) are left out. What is marked
    with ActualText says that instead.
    """
    maps = {
        str(name): _unicode_map(font.ToUnicode.read_bytes().decode())
        for name, font in page.Resources.Font.items()
    }
    found: list[tuple[float, float, str]] = []
    font, x, y = "", 0.0, 0.0
    marked: list[bool] = []
    told: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            marked.append(str(operands[0]) == "/Artifact")
            told.append("/ActualText" in operands[1])
            if told[-1]:
                found.append((x, y, str(operands[1].ActualText)))
        elif str(operator) == "EMC":
            marked.pop()
            told.pop()
        elif (any(marked) and not furniture) or (any(told) and str(operator) in ("Tj", "TJ")):
            continue
        match str(operator):
            case "Tf":
                font = str(operands[0])
            case "Tm":
                x, y = float(operands[4]), float(operands[5])
            case "Tj":
                found.append((x, y, _decoded(bytes(operands[0]), maps[font])))
            case "TJ":
                parts = [bytes(o) for o in operands[0] if isinstance(o, pikepdf.String)]
                found.append((x, y, _decoded(b"".join(parts), maps[font])))
    return found


def _unicode_map(cmap: str) -> dict[int, str]:
    _, _, entries = cmap.partition("endcodespacerange")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]*)>$", entries, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}


def _decoded(codes: bytes, table: dict[int, str]) -> str:
    return "".join(table[code] for code in codes)


def words(result: PdfResult) -> str:
    """All text in drawing order, white space made plain."""
    pdf = opened(result)
    said = "".join(string for page in pdf.pages for _, _, string in shown(pdf, page))
    return " ".join(said.split())


def page_texts(result: PdfResult) -> list[str]:
    pdf = opened(result)
    return ["".join(string for _, _, string in shown(pdf, page)) for page in pdf.pages]


# --- fonts and text --------------------------------------------------------------------------


def test_every_font_is_embedded_and_none_is_a_standard_one() -> None:
    pdf = opened(render_pdf(everything()))
    for font in pdf.pages[0].Resources.Font.values():
        assert "/FontFile2" in font.FontDescriptor
        assert re.match(r"/[A-Z]{6}\+(SourceSansPro|Roboto)-", str(font.BaseFont))


def test_declared_widths_are_those_of_the_font_programs() -> None:
    pdf = opened(render_pdf(everything()))
    for font in pdf.pages[0].Resources.Font.values():
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        glyphs = program["cmap"].getcmap(1, 0).cmap
        advances, em = program["hmtx"], program["head"].unitsPerEm
        codes = _unicode_map(font.ToUnicode.read_bytes().decode())
        assert codes
        for code in codes:
            advance = advances[glyphs[code]][0] * 1000 / em
            assert float(font.Widths[code]) == pytest.approx(advance, abs=0.01)


def test_text_comes_out_as_it_went_in() -> None:
    said = words(render_pdf(everything()))
    for sentence in (
        NASTY,
        "Plain, emphasis, strong, both at once, Small Caps, H2O, 5th, x = 1; y, a link, see Energy",
        "Кириллица, курсивом; Ελληνικά, πλάγια; Łódź, São Tomé, Ålesund; e\u0301 composed, x\u0301",
        "a\u200db joined",
        "After a line break. ▲ one unnamed source and on.",
        "W" * 50,
        "Talks were under way on a 600 MW combined-cycle plant at Jamshoro, Sindh.5",
        "Awan says 2016.2,3",
        "Country brief",
        "Page 1 of 3",
        "SA/2026/114 · version 1 · south.asia@research.example",
    ):
        assert sentence in said


def test_every_statement_of_the_rich_brief_stands_in_it() -> None:
    def statements(inlines: tuple[Inline, ...]) -> str:
        return "".join(i.text for i in inlines if isinstance(i, Text))

    said = words(render_pdf(rich_brief()))
    found = 0
    for each in rich_brief().sections:
        for block in each.blocks:
            if isinstance(block, Entries):
                for entry in block.entries:
                    for paragraph in entry.blocks:
                        if isinstance(paragraph, Paragraph):
                            for inline in paragraph.content:
                                if isinstance(inline, Sentence):
                                    found += 1
                                    statement = statements(inline.content)
                                    assert " ".join(statement.split()) in said
    assert found


def test_what_fonts_lack_is_warned_of_and_drawn() -> None:
    made = brief(section("Talks", para("\U0010fffd and שלום.")))
    result = render_pdf(made)
    assert result.warnings == (
        "no font has U+10FFFD (unnamed character) (1 time, in “Talks”); a box stands in for it",
        (
            "Hebrew script cannot be set in PDF yet (4 characters, first in “Talks”); "
            "boxes stand in for it"
        ),
    )
    assert "\U0010fffd and שלום." in words(result)


def test_what_heads_and_contents_repeat_is_counted_once() -> None:
    made = chronology(70)
    lacking = replace(
        made,
        title="T \U0010fffd",
        sections=(replace(made.sections[0], heading=text("\U0010fffd")),),
    )
    result = render_pdf(lacking)
    assert result.pages > 3
    assert "(2 times, first in the title)" in result.warnings[0]


# --- pages -----------------------------------------------------------------------------------


def test_paper_and_margins() -> None:
    for paper, size in (("a4", (595.28, 841.89)), ("letter", (612, 792))):
        result = render_pdf(replace(everything(), paper=paper))  # type: ignore[arg-type]
        pdf = opened(result)
        assert len(pdf.pages) == result.pages
        for page in pdf.pages:
            assert [float(edge) for edge in page.MediaBox] == [0, 0, *map(pytest.approx, size)]
            for x, y, string in shown(pdf, page):
                if string.strip():
                    assert 70.8 <= x <= size[0] - 70.8
                    assert 20 <= y <= size[1] - 40


def test_marking_and_page_numbers_on_every_page() -> None:
    result = render_pdf(chronology(60))
    for number, said in enumerate(page_texts(result), start=1):
        assert said.count("OFFICIAL") == 2
        assert f"Page {number} of {result.pages}" in said
        assert said.count("Pakistan–Russia: energy, defence and trade") == 1


def test_a_long_marking_is_never_cut_short() -> None:
    marking = "OFFICIAL-SENSITIVE – " + "COMMERCIAL AND PERSONAL – " * 8 + "END"
    result = render_pdf(brief(section("S", para("x")), marking=marking))
    assert words(result).count(marking) == 2


def test_the_running_head_says_title_and_date_over_the_whole_measure() -> None:
    title = "Pakistan and Russia: energy, defence, trade and the visits of either side"
    made = replace(chronology(60), title=title)
    for marking in ("OFFICIAL", "", "OFFICIAL-SENSITIVE – COMMERCIAL, FOR THE MINISTER'S OFFICE"):
        pdf = opened(render_pdf(replace(made, marking=marking)))
        head = {string: (x, y) for x, y, string in shown(pdf, pdf.pages[1]) if y > 771.02}
        assert head[title][0] == pytest.approx(70.87, abs=0.1)
        assert head[made.printed_date][0] > 450
        assert head[title][1] == head[made.printed_date][1]
        if marking:
            assert head[marking][1] > head[title][1]
        first = [string for _, y, string in shown(pdf, pdf.pages[0]) if y > 771.02]
        assert made.printed_date not in first, "the masthead has it"


def test_a_title_too_long_for_the_running_head_is_cut_before_the_date() -> None:
    made = replace(chronology(60), title="Energy, defence and trade " * 12)
    pdf = opened(render_pdf(made))
    head = [string for _, y, string in shown(pdf, pdf.pages[1]) if y == pytest.approx(790.02)]
    assert head[0].endswith("…")
    assert head[1:] == [made.printed_date]


@pytest.mark.parametrize("tone", ["accent", "warning"])
def test_a_small_box_stands_on_one_page(tone: Any) -> None:
    points = ListBlock(tuple((para(f"Point {number}."),) for number in range(5)), ordered=False)
    for before in range(20, 50):
        made = brief(
            section("Before", *(para(f"Line {number}.") for number in range(before))),
            replace(section("Box", points), tone=tone),
        )
        pages = page_texts(render_pdf(made))
        assert sum("Point" in said for said in pages) == 1
        (page,) = [said for said in pages if "Point 0." in said]
        assert "Box" in page


def test_a_short_brief_has_no_contents_and_a_long_one_does() -> None:
    short = render_pdf(chronology(20))
    assert short.pages <= 3
    assert "Contents" not in words(short)
    long = render_pdf(chronology(150, sections=4))
    first = page_texts(long)[0]
    listed = re.search(r"Contents\s*Part 1(\d+)Part 2(\d+)Part 3(\d+)Part 4(\d+)References(\d+)",
                       first)  # fmt: skip
    assert listed is not None
    assert [int(n) for n in listed.groups()] == list(long.heading_pages.values())
    for name, page in zip(("Part 2", "Part 3", "References"), listed.groups()[1:3], strict=False):
        assert name in page_texts(long)[int(page) - 1]


def test_a_section_may_begin_a_page() -> None:
    made = brief(section("One", para("x")), section("Annex", para("y"), break_before=True))
    assert render_pdf(made).heading_pages == {"one": 1, "annex": 2}


def test_the_header_row_stands_on_every_page_of_a_table() -> None:
    result = render_pdf(long_table(150))
    assert result.pages > 3
    for said in page_texts(result):
        assert said.count("Measure") == 1
    said = words(result)
    assert all(f"Row {number} of" in said for number in range(150))


def test_no_page_begins_or_ends_with_a_lonely_line() -> None:
    lines = "A sentence that is long enough to need a second line of text, or so it is hoped. " * 4
    for count in range(10, 16):
        result = render_pdf(brief(section("S", *[para(f"{n}: {lines}") for n in range(count)])))
        pdf = opened(result)
        for page in list(pdf.pages)[1:]:
            body = [(y, s) for _, y, s in shown(pdf, page) if 80 < y < 770]
            starts = [s for _, s in body[:2]]
            assert re.match(r"\d+: ", starts[0]) or not re.match(r"\d+: ", starts[1])


def test_extents_say_how_full_each_page_is() -> None:
    one = render_pdf(brief(section("A", para("x")), section("B", *[para("y")] * 60)))
    first, last = one.extents.filled
    assert 0 < last < 0.9 * one.extents.page_body < first <= one.extents.page_body


def test_larger_type_is_one_setting() -> None:
    assert render_pdf(chronology(60), body_size=12).pages > render_pdf(chronology(60)).pages


def test_a_brief_with_nothing_in_it_is_one_page() -> None:
    bare = brief(title="", kind="", subtitle="", marking="", masthead=(), contact="", author="",
                 reference="", version="", keywords=(), language="")  # fmt: skip
    result = render_pdf(bare)
    assert result.pages == 1
    assert words(result) == "Page 1 of 1"


# --- links, bookmarks, properties ------------------------------------------------------------


def test_every_inner_link_leads_to_a_page_of_this_document() -> None:
    pdf = opened(render_pdf(everything()))
    pages = {page.obj.objgen for page in pdf.pages}
    inner = [each for each in annotations(pdf) if "/Dest" in each]
    assert len(inner) > 10
    for each in inner:
        page, kind, left, top, _ = each.Dest
        assert page.objgen in pages
        assert kind == pikepdf.Name.XYZ
        assert 0 < float(left) < 600
        assert 0 < float(top) < 850
    for each in annotations(pdf):
        left, bottom, right, top = (float(edge) for edge in each.Rect)
        assert left < right <= 595.28 - 70.8
        assert bottom < top


def test_only_web_and_mail_addresses_become_links() -> None:
    links = [
        Link("https://example.org/ä?q=(1)#x", text("a")),
        Link("mailto:a@example.org", text("b")),
        Link("javascript:alert(1)", text("c")),
        Link("file:///etc/passwd", text("d")),
        Link("http://[bad", text("e")),
    ]
    pdf = opened(render_pdf(brief(section("S", para(*links)))))
    assert [str(each.A.URI) for each in annotations(pdf)] == [
        "https://example.org/%C3%A4?q=(1)#x",
        "mailto:a@example.org",
    ]


def test_a_link_to_nowhere_is_just_text() -> None:
    result = render_pdf(brief(section("S", para(CrossReference("gone", text("see there"))))))
    assert list(annotations(opened(result))) == []
    assert "see there" in words(result)


def test_bookmarks_follow_the_headings() -> None:
    with opened(render_pdf(everything())).open_outline() as outline:
        tree = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert tree == [
        ("Bottom line", []),
        ("Inlines", []),
        ("Energy", []),
        ("Key figures", []),
        ("Blocks", ["A heading of the second level"]),
        ("Where sources disagree", []),
        ("References", []),
    ]


def test_headings_can_be_opened_by_name() -> None:
    """`brief.pdf#energy`: every heading of the model, on the page on which it stands."""
    result = render_pdf(chronology(150, sections=4))
    pdf = opened(result)
    names = list(pdf.Root.Names.Dests.Names)
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    places = {
        str(name): pages[place[0].objgen]
        for name, place in zip(names[::2], names[1::2], strict=True)
    }
    assert places == result.heading_pages
    assert list(map(str, names[::2])) == sorted(places)  # readers look names up by halving


def test_headings_of_one_anchor_keep_their_own_bookmarks() -> None:
    made = brief(section("One", para("x")), section("Two", para("y")))
    both = [replace(each, anchor="same") for each in made.sections]
    with opened(render_pdf(replace(made, sections=tuple(both)))).open_outline() as outline:
        assert [item.title for item in outline.root] == ["One", "Two"]


def test_properties_come_from_the_brief() -> None:
    pdf = opened(render_pdf(everything()))
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Pakistan–Russia: energy, defence and trade",
        "/Author": "Research desk",
        "/Subject": "Country brief: What the record shows, February 2003 to December 2023",
        "/Keywords": "energy, defence",
        "/Creator": "briefgen",
        "/Producer": "briefgen",
        "/CreationDate": "D:20261121093000+00'00'",
        "/ModDate": "D:20261121093000+00'00'",
    }
    assert pdf.Root.Lang == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == "Pakistan–Russia: energy, defence and trade"
    assert metadata["xmp:CreateDate"] == "2026-11-21T09:30:00+00:00"
    assert metadata.pdfa_status == ""


def test_the_same_brief_gives_the_same_bytes() -> None:
    first = render_pdf(everything()).data
    # What another document opened and met in between must not show.
    render_pdf(brief(section("X", para("Як, ", Emphasis(text("Як: ½ ☃ 😀")), " e\u0301"))))
    assert render_pdf(everything()).data == first


# --- any brief at all ------------------------------------------------------------------------

_LEAF = st.one_of(
    TEXTS.map(Text),
    TEXTS.map(Code),
    TEXTS.map(Flag),
    st.just(LineBreak()),
    st.builds(lambda n: Cite((CiteItem("s"),), f"c{n}", note=n), st.integers(1, 3)),
)
_INLINES = st.lists(
    st.one_of(
        _LEAF,
        st.builds(
            lambda kind, leaf: kind((leaf,)),
            st.sampled_from([Emphasis, Strong, SmallCaps, Superscript]),
            _LEAF,
        ),
        st.builds(lambda leaf: Link("https://example.org", (leaf,)), _LEAF),
    ),
    max_size=4,
).map(tuple)
_SIMPLE: st.SearchStrategy[Block] = st.one_of(
    _INLINES.map(Paragraph),
    st.builds(Heading, st.integers(1, 4), _INLINES),
    TEXTS.map(Preformatted),
    st.just(Rule()),
    st.just(Notes()),
    st.builds(
        lambda rows: Table(tuple(_columns(3)), tuple(Row(tuple(r)) for r in rows), ""),
        st.lists(st.lists(_INLINES, min_size=3, max_size=3), max_size=3),
    ),
)
_BLOCKS = st.recursive(
    _SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda b: Quote(tuple(b))),
        st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(
            lambda items: ListBlock(tuple(items), ordered=len(items) == 2)
        ),
        st.lists(st.builds(lambda label, b: Entry(label, (b,)), _INLINES, inner), max_size=2).map(
            lambda entries: Entries(tuple(entries), "L", "B")
        ),
    ),
    max_leaves=5,
)


def _columns(count: int) -> Iterator[Any]:
    from briefgen.brief.model import Column

    for number in range(count):
        yield Column(text(f"C{number}"), "right" if number == 1 else "left")


def _characters(made: Brief) -> dict[str, int]:
    """How often each character that leaves a trace stands in the texts of the brief's blocks."""
    from briefgen.brief.traversal import inlines_in, walk_blocks, walk_runs

    count: dict[str, int] = {}
    said = [b.text for b in walk_blocks(made) if isinstance(b, Preformatted)]
    for run in walk_runs(made):
        said += [i.text for i in inlines_in(run) if isinstance(i, Text | Code | Flag)]
    for character in "".join("".join(said).split()):
        count[character] = count.get(character, 0) + 1
    return count


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_BLOCKS, max_size=4), st.sampled_from(["plain", "accent", "warning"]))
def test_any_brief_can_be_printed_and_no_character_is_lost(blocks: list[Block], tone: Any) -> None:
    made = brief_of(*blocks)
    made = replace(made, sections=(replace(made.sections[0], tone=tone),))
    result = render_pdf(made)
    pdf = opened(result)
    strings = [found for page in pdf.pages for found in shown(pdf, page)]
    said = "".join(string for _, _, string in strings)
    for character, count in _characters(made).items():
        assert said.count(character) >= count
    # Text between the margins of 25 mm, the running head and the foot outside of them.
    text_of_it = {found for page in pdf.pages for found in shown(pdf, page, furniture=False)}
    for x, y, string in strings:
        assert 70 <= x <= 525
        if (x, y, string) in text_of_it:
            assert 70.87 < y < 771.02 - 5
        else:
            assert 70.87 < y < 771.02 - 5 or y in (40.87, 790.02)


def test_pages_are_let_go_of_as_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long brief's lines take more room than the file that is made of them."""
    left: list[int] = []
    draw = PageDrawer.draw

    def counted(drawer: PageDrawer, content: PageContent, pen: Pen) -> None:
        left.append(sum(isinstance(each, PageContent) for each in gc.get_objects()))
        draw(drawer, content, pen)

    gc.collect()
    before = sum(isinstance(each, PageContent) for each in gc.get_objects())
    monkeypatch.setattr(PageDrawer, "draw", counted)
    pages = render_pdf(chronology(40)).pages
    assert pages > 2
    assert [number - before for number in left] == list(range(pages, 0, -1))
