"""Notes in the PDF: at the foot of the page of their mark, or at the end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Cite,
    CiteItem,
    Column,
    Entries,
    Entry,
    Flag,
    FlagMeaning,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Notes,
    Paragraph,
    Quote,
    Row,
    Sentence,
    Table,
    Text,
)
from briefgen.render.pdf import PdfResult, render_pdf
from render.pdf.samples import brief, drawn_page, note_mark, para, section, text
from render.pdf.test_render_pdf import annotations, opened, shown, words

TOP, BOTTOM = 841.89 - 70.87, 70.87
SMALL = re.compile(r"\bn(\d+)w(\d+)\b")
MARKED = re.compile(r"\bm(\d+)x\d+\b")


def note(number: int, lines: int, marks: tuple[str, ...] = ()) -> Note:
    """A note of at least so many lines, each of its words telling number and place."""
    said = " ".join(f"n{number}w{place}" for place in range(13 * lines - 8))
    return Note(number, f"note-{number}", text(said), marks)


def marked(*numbers: int, place: int = 0) -> Inlines:
    """Words with the marks of notes; each word tells the note that its mark is of."""
    made: list[Inline] = []
    for index, number in enumerate(numbers):
        made.append(Text(f" m{number}x{place}"))
        made.append(Cite((CiteItem("s"),), anchor=f"cite-{number}-{place}-{index}", note=number))
    return tuple(made)


def noted(result: PdfResult) -> None:
    """Assert that all is in its place on every page, as another reader of the file sees it."""
    pdf = opened(result)
    carried: list[tuple[str, str]] = []
    for page in pdf.pages:
        strings = shown(pdf, page, furniture=False)
        said = " ".join(string for _, _, string in strings)
        foot = SMALL.findall(said)
        starts = [number for number, place in foot if place == "0"]
        marks = dict.fromkeys(MARKED.findall(said))
        # Every mark's, once a page; by number, those last that go on on the next page.
        assert sorted(starts) == sorted(marks)
        cut = next((place for place, each in enumerate(foot) if each[1] == "0"), len(foot))
        whole = [n for n in starts if foot[cut:].count((n, str(_words_of(n) - 1)))]
        assert starts == [*sorted(whole, key=int), *sorted(set(starts) - set(whole), key=int)]
        # Read after the text, and printed below it.
        if foot:
            assert not MARKED.search(said[SMALL.search(said).start() :])  # type: ignore[union-attr]
            highest = max(y for _, y, string in strings if SMALL.search(string))
            above = [y for _, y, string in strings if MARKED.search(string)]
            assert all(y > highest + 11 for y in above)
            lowest = min(y for _, y, string in strings if SMALL.search(string))
            assert BOTTOM < lowest < BOTTOM + 4
        # What goes on comes first and goes on where it was cut.
        assert foot[:cut] == carried[: len(foot[:cut])]
        left = carried[len(foot[:cut]) :]
        for number in starts:
            here = [each for each in foot[cut:] if each[0] == number]
            left += [(number, str(n)) for n in range(len(here), _words_of(number))]
        carried = left
        assert all(BOTTOM < y < TOP - 5 for _, y, _ in strings)
    assert not carried


LENGTHS: dict[int, int] = {}


def _words_of(number: str) -> int:
    return 13 * LENGTHS[int(number)] - 8


# --- where notes stand -----------------------------------------------------------------------


def test_notes_stand_below_the_text_of_their_page_and_nowhere_else() -> None:
    result = render_pdf(drawn_page())
    assert "notes" not in result.heading_pages
    said = words(result)
    for number in range(1, 10):
        assert f"{number}.Author {number}, “75 years on, Pakistan-Russia relations,”" in said


def test_notes_at_the_end_stand_under_their_own_heading() -> None:
    made = replace(drawn_page(), notes_at="end")
    result = render_pdf(made)
    assert "notes" in result.heading_pages
    assert words(result).index("Notes") < words(result).index("1.Author 1")
    # Where nobody made room for them, they still stand there.
    assert "Author 9" in words(render_pdf(replace(made, sections=made.sections[:-1])))


def test_a_section_is_left_out_only_if_notes_are_all_it_holds() -> None:
    made = brief(
        section("Energy", para("Said.", note_mark(1))),
        section("Endnotes", Notes()),
        section("Method", para("How it was done."), Notes()),
        notes=(note(1, 1),),
    )
    said = words(render_pdf(made))
    assert "Endnotes" not in said
    assert "MethodHow it was done." in said


def test_a_shared_note_is_printed_on_every_page_that_has_its_mark() -> None:
    anchors = ("cite-a", "cite-b", "cite-c")
    first, second, third = (Cite((CiteItem("s"),), anchor, note=1) for anchor in anchors)
    made = brief(
        section("One", para("Twice", first, " here.", second)),
        section("Two", para("Once", third), break_before=True),
        section("Three", para("Never."), break_before=True),
        notes=(note(1, 1, anchors),),
    )
    pdf = opened(render_pdf(made))
    pages = ["".join(s for _, _, s in shown(pdf, page)) for page in pdf.pages]
    assert [said.count("n1w0") for said in pages] == [1, 1, 0]
    for page, marks in zip(list(pdf.pages)[:2], (2, 1), strict=True):
        here = [a for a in page.Annots if "/Dest" in a]
        # Marks lead to the note on their own page, its number to the first mark on that page.
        assert [a.Dest[0].objgen for a in here] == [page.obj.objgen] * (marks + 1)
        *down, up = here
        for each in down:
            assert BOTTOM < float(each.Dest[3]) < 120 < float(each.Rect[1])
        assert float(up.Rect[3]) < 120
        first_mark = max(down, key=lambda each: float(each.Rect[1]))
        assert float(first_mark.Rect[3]) - 2 < float(up.Dest[3]) < float(first_mark.Rect[3]) + 12


def test_the_number_of_a_note_at_the_end_and_arrows_lead_back() -> None:
    anchors = tuple(f"cite-{n}" for n in range(5))
    marks = [Cite((CiteItem("s"),), anchor, note=1) for anchor in anchors]
    sections = [section(f"S{n}", para("x", mark), break_before=True)
                for n, mark in enumerate(marks)]  # fmt: skip
    result = render_pdf(brief(*sections, notes=(note(1, 1, anchors),), notes_at="end"))
    assert words(result).count("↑") == 2
    pdf = opened(result)
    pages = [page.obj.objgen for page in pdf.pages]
    back = [pages.index(a.Dest[0].objgen) for a in pdf.pages[-1].Annots if "/Dest" in a]
    assert sorted(back)[-3:] == [0, 1, 2] or back[-3:] == [0, 1, 2]


def test_a_mark_in_a_repeated_header_leads_back_to_the_one_note() -> None:
    header = (Column(text("Measure")), Column((Text("Value"), note_mark(1)), "right"))
    rows = tuple(Row((text(f"Row {n}"), text(str(n)))) for n in range(120))
    made = brief(section("Figures", Table(header, rows, "")), notes=(note(1, 2),))
    result = render_pdf(made)
    assert result.pages > 2
    assert words(result).count("n1w0") == 1
    pdf = opened(result)
    marks = [each for each in annotations(pdf) if float(each.Rect[1]) > 120]
    assert len(marks) == result.pages
    assert all(each.Dest[0].objgen == pdf.pages[0].obj.objgen for each in marks)


def test_a_list_of_contents_moves_notes_along_with_their_marks() -> None:
    LENGTHS.update(dict.fromkeys(range(1, 41), 2))
    parts = [section(f"Part {n}", para(*marked(n), " and more. " * 90)) for n in range(1, 41)]
    result = render_pdf(brief(*parts, notes=tuple(note(n, 2) for n in range(1, 41))))
    assert result.pages >= 4
    assert "Contents" in words(result)
    noted(result)


def test_pages_and_extents_have_the_notes_in_them() -> None:
    parts = [section("A", para("x", note_mark(1))), section("B", para("y"))]
    made = brief(*parts, notes=(note(1, 10),))
    without = replace(made, notes=())
    result, other = render_pdf(made), render_pdf(without)
    pdf = opened(result)
    lines = len({y for _, y, string in shown(pdf, pdf.pages[0]) if SMALL.search(string)})
    assert lines > 6
    taken = result.extents.filled[-1] - other.extents.filled[-1]
    assert lines * 10 < taken < lines * 11 + 15


def test_what_fonts_lack_in_a_note_is_counted_once() -> None:
    made = brief(
        *[section(f"S{n}", para("x", note_mark(1)), break_before=True) for n in range(3)],
        notes=(Note(1, "note-1", text("In שלום.")),),
    )
    result = render_pdf(made)
    assert words(result).count("שלום") == 3
    assert "(4 characters, first in note 1)" in result.warnings[0]


# --- notes of any length, wherever their marks are -------------------------------------------

_MARKS = st.lists(st.integers(1, 15), max_size=3)


@st.composite
def _blocks(draw: st.DrawFn) -> list[Block]:
    places = iter(range(10**6))

    def inlines() -> Inlines:
        numbers = draw(_MARKS)
        filler = text(" and so on" * draw(st.sampled_from([0, 1, 5, 30, 90])))
        return (Text("Text"), *filler, *marked(*numbers, place=next(places)), Text("."))

    def block(kind: str, depth: int = 0) -> Block:
        match kind:
            case "paragraph":
                return Paragraph(inlines())
            case "heading":
                return Heading(2, inlines())
            case "table":
                columns = tuple(Column(inlines()) for _ in range(draw(st.integers(1, 3))))
                rows = draw(st.integers(0, 12))
                return Table(
                    columns, tuple(Row(tuple(inlines() for _ in columns)) for _ in range(rows)), ""
                )
            case "list":
                return ListBlock(
                    tuple((block(draw(_INNER), depth + 1),) for _ in range(draw(st.integers(1, 4))))
                )
            case "entries":
                count = draw(st.integers(1, 6))
                return Entries(
                    tuple(Entry(text("May 2011"), (Paragraph(inlines()),)) for _ in range(count)),
                    "Date",
                    "Event",
                )
            case _:
                return Quote((block(draw(_INNER), depth + 1), Paragraph(inlines())))

    kinds = ["paragraph", "paragraph", "heading", "table", "list", "entries", "quote"]
    return [block(kind) for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=12))]


_INNER = st.sampled_from(["paragraph", "table", "entries"])


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    _blocks(),
    st.lists(st.integers(1, 12), min_size=15, max_size=15),
    st.sampled_from(["plain", "accent", "warning"]),
)
def test_whatever_the_brief_every_note_is_with_its_mark(
    blocks: list[Block], lengths: list[int], tone: Any
) -> None:
    LENGTHS.update(enumerate(lengths, start=1))
    made = brief(
        section("First", *blocks[:6], tone=tone),
        section("Second", *blocks[6:]),
        notes=tuple(note(number, length) for number, length in enumerate(lengths, start=1)),
    )
    noted(render_pdf(made))


KEY = (FlagMeaning("disputed", "another account contradicts it"),)


def test_the_key_to_flags_stands_once_on_the_first_page_that_has_one() -> None:
    flagged = para("Said.", *marked(1)[1:], Flag("disputed"))
    plain, page = para("Plain."), section("next", flagged, flagged, break_before=True)
    made = replace(
        brief(section("first", plain), page, replace(page, anchor="last")),
        notes=(note(1, 1),),
        flag_key=KEY,
    )

    pdf = opened(render_pdf(made))
    told = [" ".join(w for _, _, w in shown(pdf, each, furniture=False)) for each in pdf.pages]
    assert ["another account" in each for each in told] == [False, True, False]
    # Below the text, above the notes, which it does not number.
    assert told[1].index("Said.") < told[1].index("▲ disputed: another") < told[1].index("n1w0")


def test_a_brief_without_notes_or_with_all_at_the_end_has_its_key_at_the_foot_too() -> None:
    for more in ({}, {"notes": (note(1, 1),), "notes_at": "end"}):
        made = replace(brief(section("s", para("Said.", Flag("disputed")))), flag_key=KEY, **more)
        pdf = opened(render_pdf(made))
        (y,) = [y for _, y, said in shown(pdf, pdf.pages[0]) if "another account" in said]
        assert BOTTOM < y < BOTTOM + 8


def test_with_grades_the_first_code_brings_the_key() -> None:
    graded = Sentence("a", (Text("Said."), Text(" (C3)")))
    made = replace(
        brief(section("s", para("Plain.")), section("t", para(graded), break_before=True)),
        grade_key="Codes such as C3: so reliable.",
    )
    pdf = opened(render_pdf(made))
    told = [" ".join(w for _, _, w in shown(pdf, each)) for each in pdf.pages]
    assert ["so reliable" in each for each in told] == [False, True]
