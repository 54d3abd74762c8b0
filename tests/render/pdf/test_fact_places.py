"""Where facts stand on the pages: right to the word, in whatever block, over lines and pages."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Brief,
    Entries,
    Entry,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Row,
    Sentence,
    Table,
    Text,
)
from briefgen.render.fact_places import FactPlace
from briefgen.render.pdf import PdfResult, render_pdf
from briefgen.render.pdf.lines import Measurer, break_lines
from briefgen.render.pdf.looks import Look
from briefgen.render.pdf.runs import Run, SentenceMark
from briefgen.render.pdf.setter import Lacks
from judges import _program, as_running_text
from render.pdf.samples import (
    FIGURES,
    KEY_POINTS,
    NOTES,
    brief,
    chronology,
    long_table,
    note_mark,
    section,
    text,
)

BODY = Look("regular", 10.0)


def located(made: Brief) -> PdfResult:
    return render_pdf(made, locate_facts=True)


def says(fact: str, words: str) -> Inlines:
    return (Sentence(fact, text(words)),)


def everywhere() -> tuple[Brief, dict[str, str]]:
    """A brief with facts in every kind of block, and what each of them says."""
    said = {
        "bullet": "A fact that stands in a bullet, long enough to go on in a second line of it, "
        "with some words to spare.",
        "entry": "A fact beside its date, which is told at some length so that it needs more than "
        "a single line of the column.",
        "first": "The first of two facts in one paragraph.",
        "second": "The second one begins where the first ends, in the middle of a line, and ends "
        "in another one.",
        "broken": "A fact with a line’s end in the middle of it.",
        "cell": "approximate, as reported",
        "wide": "W" * 150,
    }
    bullet, first, second = (says(name, said[name]) for name in ("bullet", "first", "second"))
    row = Row((text("Trade"), text("542"), text("2013"), says("cell", said["cell"])))
    sections = (
        section("Key points", ListBlock(((Paragraph(bullet),),)), tone="accent"),
        section(
            "Energy",
            Entries((Entry(text("June 2023"), (Paragraph(says("entry", said["entry"])),)),), "", ""),
        ),
        section(
            "Prose",
            Paragraph((Text("Before them. "), *first, Text(" "), *second, Text(" After them."))),
            Paragraph(
                (
                    Text("So: "),
                    Sentence("broken", (Text("A fact with a line’s end"), LineBreak(),
                                        Text("in the middle of it."))),
                )
            ),
            Paragraph((Text("An over-long word: "), *says("wide", said["wide"]))),
        ),
        section("Figures", Table(FIGURES.columns, (row,), "Figures")),
    )  # fmt: skip
    return brief(*sections), said


def words_in(data: bytes, folder: Path, places: tuple[FactPlace, ...]) -> dict[str, str]:
    """What poppler reads in the rectangles of each fact, page by page and line by line."""
    path = folder / "facts.pdf"
    path.write_bytes(data)
    shown = subprocess.run(
        [_program("pdftotext"), "-bbox", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    word = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
    read: dict[str, list[str]] = defaultdict(list)
    for number, page in enumerate(shown.split("<page ")[1:]):
        height = float(re.search(r'height="(.+?)"', page)[1])  # type: ignore[index]
        words = [(*map(float, found[:4]), found[4]) for found in word.findall(page)]
        for place in places:
            if place.page == number:
                read[place.fact] += [
                    said
                    for left, top, right, bottom, said in words
                    if place.left <= (left + right) / 2 <= place.right
                    and place.bottom <= height - (top + bottom) / 2 <= place.top
                ]
    return {fact: " ".join(found) for fact, found in read.items()}


@pytest.mark.slow
def test_what_stands_in_the_places_is_what_the_fact_says(tmp_path: Path) -> None:
    made, said = everywhere()
    result = located(made)
    read = words_in(result.data, tmp_path, result.fact_places)

    assert read.pop("wide").replace(" ", "") == said.pop("wide")
    assert {fact: as_running_text(words) for fact, words in read.items()} == said


@pytest.mark.slow
def test_over_pages_each_line_has_its_place(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(1500))
    result = located(brief(section("Prose", Paragraph(says("long", long)))))

    assert {place.page for place in result.fact_places} == set(range(result.pages))
    assert words_in(result.data, tmp_path, result.fact_places) == {"long": long}


@pytest.mark.slow
def test_a_long_chronology_has_every_fact_where_it_stands(tmp_path: Path) -> None:
    result = located(chronology(300, 5))
    read = words_in(result.data, tmp_path, result.fact_places)

    assert len(read) == 300
    for number in range(300):
        assert read[f"f{number}"].startswith(f"Fact {number}: the two sides met in Islamabad")
        assert read[f"f{number}"].endswith(f"what it would cost. [{number % 40 + 1}]")


def test_places_come_in_reading_order_with_what_belongs_to_the_sentence() -> None:
    points = ListBlock(tuple((Paragraph(point),) for point in KEY_POINTS))
    result = located(brief(section("Key points", points), notes=NOTES))

    facts = [place.fact for place in result.fact_places]
    assert list(dict.fromkeys(facts)) == ["fact-1", "fact-2", "fact-3"]
    tops = [-place.top for place in result.fact_places]
    assert tops == sorted(tops)
    # Its flag and its note's mark count as the fact's.
    assert facts.count("fact-2") == 1
    alone = located(brief(section("Key points", ListBlock(((Paragraph(text("A bullet.")),),)))))
    assert alone.fact_places == ()


def test_a_repeated_table_header_counts_once() -> None:
    table = long_table(120).sections[0].blocks[0]
    assert isinstance(table, Table)
    measure, *others = table.columns
    named = type(measure)(says("head", "Measure"))
    result = located(brief(section("T", Table((named, *others), table.rows, "Many"))))

    assert result.pages > 1
    assert [place.fact for place in result.fact_places] == ["head"]


# --- lines --------------------------------------------------------------------------------------

PIECES = st.lists(
    st.tuples(
        st.text(alphabet="ab Wü-\u00ad", min_size=1, max_size=30), st.sampled_from(["", "f", "g"])
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.floats(12, 200))
def test_parts_of_lines_are_where_links_of_the_same_words_would_be(
    pieces: list[tuple[str, str]], width: float
) -> None:
    marks = {"": None, "f": SentenceMark("f"), "g": SentenceMark("g")}
    with_facts = [Run(words, BODY, sentence=marks[fact]) for words, fact in pieces]
    with_links = [Run(words, BODY, f"#{fact}" if fact else "") for words, fact in pieces]
    facts = break_lines(Measurer(Lacks()).fragments(with_facts), width)
    links = break_lines(Measurer(Lacks()).fragments(with_links), width)

    assert len(facts) == len(links)
    for line, linked in zip(facts, links, strict=True):
        wanted: list[tuple[str, float, float]] = []
        before = ""
        for span in linked.spans:
            target = span.setting.link[1:]
            if target and target == before:
                wanted[-1] = (target, wanted[-1][1], span.x + span.width)
            elif target:
                wanted.append((target, span.x, span.x + span.width))
            before = target
        found = [(part.sentence.fact, part.left, part.right) for part in line.facts]
        assert [fact for fact, _, _ in found] == [fact for fact, _, _ in wanted]
        for (_, left, right), (_, left_wanted, right_wanted) in zip(found, wanted, strict=True):
            assert left == pytest.approx(left_wanted, abs=1e-6)
            assert right == pytest.approx(right_wanted, abs=1e-6)


def test_a_note_mark_belongs_to_its_sentence() -> None:
    sentence = Sentence("f", (Text("Paid."), note_mark(1)))
    with_mark = located(brief(section("A", Paragraph((sentence,))), notes=NOTES[:1]))
    without = located(brief(section("A", Paragraph(says("f", "Paid.")))))

    assert with_mark.fact_places[0].right > without.fact_places[0].right


def test_a_fact_s_sentences_are_told_apart() -> None:
    twice = (*says("f", "Once."), Text(" "), *says("f", "Twice, and at some length. " * 5))
    places = located(brief(section("A", Paragraph(twice)))).fact_places

    numbers = [place.sentence for place in places]
    assert len(numbers) > 2
    assert numbers == [0] + [1] * (len(numbers) - 1)


def test_a_clause_that_rests_on_several_facts_names_them_all() -> None:
    clauses: Inlines = (
        Sentence("a", text("It came,"), ("b",), "p"),
        Sentence("c", text(" and went."), passage="p"),
    )
    places = located(brief(section("S", Paragraph(clauses)))).fact_places
    assert [(place.fact, place.others) for place in places] == [("a", ("b",)), ("c", ())]
    assert places[0].sentence != places[1].sentence
