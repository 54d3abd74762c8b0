"""What pages look like: each test shows the pages that it expects, a character a cell."""

from __future__ import annotations

import pytest

from briefgen.brief.model import (
    Block,
    Column,
    Entries,
    Entry,
    Heading,
    ListBlock,
    Note,
    Row,
    Section,
    Table,
)
from render.pdf.drawn_pages import expected, lay_out
from render.pdf.samples import note_mark, para, section, text


def unnamed(*blocks: Block) -> Section:
    """A section without a heading."""
    return Section("", "", (), blocks)


def note(number: int, words: str) -> Note:
    return Note(number, f"note-{number}", text(words))


def table(*rows: tuple[str, str]) -> Table:
    heading = (Column(text("Year")), Column(text("What")))
    return Table(heading, tuple(Row((text(year), text(what))) for year, what in rows), "")


def test_no_line_of_a_paragraph_stands_alone_on_a_page() -> None:
    oil = para("Oil is sold by the ton.")
    gas = para("Gas is sold by the foot, or by the metre there.")
    # Of four lines two stay and two go on; of three none stays, or one would stand alone.
    assert str(lay_out(12, 6, unnamed(oil, gas))) == expected("""
        +------------+ +------------+
        |Oil is sold | |or by the   |
        |by the ton. | |metre there.|
        |            | |            |
        |Gas is sold | |            |
        |by the foot,| |            |
        |            | |            |
        +------------+ +------------+
        """)
    assert str(lay_out(12, 5, unnamed(oil, para("Gas is sold by the cubic metre.")))) == expected("""
        +------------+ +------------+
        |Oil is sold | |Gas is sold |
        |by the ton. | |by the cubic|
        |            | |metre.      |
        |            | |            |
        |            | |            |
        +------------+ +------------+
        """)


def test_a_heading_goes_to_the_next_page_with_the_first_lines_of_its_text() -> None:
    oil = section("Oil", para("It is sold by the ton to all."))
    gas = section("Gas", para("It is sold by the foot to those who can pay for it."))
    # There would be room for the heading and one line.
    assert str(lay_out(12, 9, oil, gas)) == expected("""
        +------------+ +------------+
        |Oil         | |Gas         |
        |It is sold  | |It is sold  |
        |by the ton  | |by the foot |
        |to all.     | |to those who|
        |            | |can pay for |
        |            | |it.         |
        |            | |            |
        |            | |            |
        |            | |            |
        +------------+ +------------+
        """)
    assert str(lay_out(12, 10, oil, gas)) == expected("""
        +------------+ +------------+
        |Oil         | |to those who|
        |It is sold  | |can pay for |
        |by the ton  | |it.         |
        |to all.     | |            |
        |            | |            |
        |            | |            |
        |Gas         | |            |
        |It is sold  | |            |
        |by the foot | |            |
        |            | |            |
        +------------+ +------------+
        """)


def test_notes_stand_against_the_lower_edge_of_the_page_of_their_marks() -> None:
    oil = para("Oil was found", note_mark(1), ". Gas was found too", note_mark(2), ".")
    coal = para("Coal was lost", note_mark(3), ".")
    notes = [note(1, "Post, p. 3."), note(2, "Ibid."), note(3, "Times.")]
    assert str(lay_out(20, 8, unnamed(oil, coal), notes=notes)) == expected("""
        +--------------------+ +--------------------+
        |Oil was found1. Gas | |Coal was lost3.     |
        |was found too2.     | |                    |
        |                    | |                    |
        |                    | |                    |
        |---                 | |                    |
        |1. Post, p. 3.      | |                    |
        |                    | |---                 |
        |2. Ibid.            | |3. Times.           |
        +--------------------+ +--------------------+
        """)


def test_a_long_note_goes_on_before_the_notes_of_the_next_page() -> None:
    oil = para("Oil was found", note_mark(1), ".")
    gas = para("Gas was found there, more of it than of oil", note_mark(2), ".")
    notes = [
        note(
            1,
            "Post, p. 3, and in words that nobody had asked for but those who had to use them, Times, 2 and 5 May, p. 4.",
        ),
        note(2, "Ibid."),
    ]
    assert str(lay_out(20, 9, unnamed(oil, gas), notes=notes)) == expected("""
        +--------------------+ +--------------------+
        |Oil was found1.     | |Gas was found there,|
        |                    | |more of it than of  |
        |                    | |oil2.               |
        |---                 | |                    |
        |1. Post, p. 3, and  | |---                 |
        |   in words that    | |   Times, 2 and 5   |
        |   nobody had asked | |   May, p. 4.       |
        |   for but those who| |                    |
        |   had to use them, | |2. Ibid.            |
        +--------------------+ +--------------------+
        """)


def test_where_several_notes_go_on_each_says_which_it_is() -> None:
    oil = para(
        "Oil was found", note_mark(1), note_mark(2), ". It is sold. Gas was found there, ",
        "more of it than of oil and coal", note_mark(3), ". Coal was lost.",
    )  # fmt: skip
    notes = [
        note(
            1,
            "Post, p. 3, and in words that nobody had asked for on page nine but those who had to.",
        ),
        note(
            2,
            "Ibid. and this and that, in the end, by all who were there, and who were not there, and so on and so on.",
        ),
        note(3, "Ibid."),
    ]
    assert str(lay_out(20, 10, unnamed(oil), notes=notes)) == expected("""
        +--------------------+ +--------------------+ +--------------------+
        |Oil was found1,2. It| |found there, more of| |it than of oil and  |
        |is sold. Gas was    | |                    | |coal3. Coal was     |
        |                    | |---                 | |lost.               |
        |---                 | |(1)for on page nine | |                    |
        |1. Post, p. 3, and  | |   but those who had| |                    |
        |   in words that    | |   to.              | |---                 |
        |   nobody had asked | |                    | |   there, and so on |
        |                    | |(2)end, by all who  | |   and so on.       |
        |2. Ibid. and this   | |   were there, and  | |                    |
        |   and that, in the | |   who were not     | |3. Ibid.            |
        +--------------------+ +--------------------+ +--------------------+
        """)


def test_a_section_begins_its_page_even_below_a_heading_and_a_note_that_goes_on() -> None:
    # A heading wants to stay with what follows it, whose notes would not fit on the page of a
    # note that goes on: that section begins a page of its own all the same.
    oil = unnamed(para("Oil was found", note_mark(1), "."), Heading(2, text("Coal"), "coal"))
    wood = section("Wood", para("No", note_mark(2), note_mark(3), "."), break_before=True)
    said = "Post, p. 3, and in words that nobody had asked for, but those who had to use them"
    notes = [
        note(
            1,
            f"{said}, and could not do so, Times, 2 May, page 4, and Post, p. 9, and all that was said there.",
        ),
        note(2, f"{said}."),
        note(3, f"{said}."),
    ]
    assert str(lay_out(20, 12, oil, wood, notes=notes)) == expected("""
        +--------------------+ +--------------------+ +--------------------+ +--------------------+
        |Oil was found1.     | |Coal                | |Wood                | |                    |
        |                    | |                    | |No2,3.              | |                    |
        |---                 | |                    | |                    | |                    |
        |1. Post, p. 3, and  | |                    | |---                 | |                    |
        |   in words that    | |                    | |2. Post, p. 3, and  | |                    |
        |   nobody had asked | |                    | |   in words that    | |---                 |
        |   for, but those   | |                    | |   nobody had asked | |(2)who had to use   |
        |   who had to use   | |                    | |   for, but those   | |   them.            |
        |   them, and could  | |                    | |                    | |                    |
        |   not do so, Times,| |---                 | |3. Post, p. 3, and  | |(3)for, but those   |
        |   2 May, page 4,   | |   and all that was | |   in words that    | |   who had to use   |
        |   and Post, p. 9,  | |   said there.      | |   nobody had asked | |   them.            |
        +--------------------+ +--------------------+ +--------------------+ +--------------------+
        """)


def test_a_row_higher_than_half_a_page_breaks_and_the_header_comes_again() -> None:
    talks = ("2011", "talks on oil, on gas and on the price of both of them in the years to come")
    assert str(
        lay_out(20, 8, unnamed(table(("2010", "none"), talks, ("2012", "none"))))
    ) == expected("""
        +--------------------+ +--------------------+
        | Year What          | | Year What          |
        | 2010 none          | |      both of them  |
        |                    | |      in the years  |
        | 2011 talks on      | |      to come       |
        |      oil, on gas   | |                    |
        |      and on the    | | 2012 none          |
        |      price of      | |                    |
        |                    | |                    |
        +--------------------+ +--------------------+
        """)


def test_a_small_table_goes_to_the_next_page_whole() -> None:
    oil = para("Oil is sold by the ton in most years.")
    small = table(("2011", "oil"), ("2012", "gas"))
    assert str(lay_out(20, 9, unnamed(oil, oil, small))) == expected("""
        +--------------------+ +--------------------+
        |Oil is sold by the  | | Year      What     |
        |ton in most years.  | | 2011      oil      |
        |                    | |                    |
        |Oil is sold by the  | | 2012      gas      |
        |ton in most years.  | |                    |
        |                    | |                    |
        |                    | |                    |
        |                    | |                    |
        |                    | |                    |
        +--------------------+ +--------------------+
        """)


def test_a_box_goes_on_with_its_frame_on_the_next_page() -> None:
    points = section(
        "Key points",
        para("Oil is sold by the ton."),
        para("Gas is sold by the cubic metre in most of the years and by the foot in others."),
        tone="accent",
    )
    assert str(lay_out(20, 10, points, section("Oil", para("It is sold.")))) == expected("""
        +--------------------+ +--------------------+
        |:                   | |:                   |
        |: Key points        | |: years and by the  |
        |: Oil is sold by    | |: foot in others.   |
        |: the ton.          | |:                   |
        |:                   | |                    |
        |: Gas is sold by    | |                    |
        |: the cubic metre   | |Oil                 |
        |: in most of the    | |It is sold.         |
        |:                   | |                    |
        |:                   | |                    |
        +--------------------+ +--------------------+
        """)


def test_labels_and_marks_stand_beside_what_they_belong_to() -> None:
    talks = Entries(
        (
            Entry(text("May 2011"), (para("Talks on oil opened and closed."),)),
            Entry(text("June"), (para("Talks on gas."),)),
        ),
        "Date",
        "What happened",
    )
    inner = ListBlock(((para("Coal is sold by the ton."),), (para("Wood is not."),)), ordered=True)
    points = ListBlock(((para("Oil."),), (para("Gas is sold."), inner)), ordered=False)
    assert str(lay_out(24, 13, unnamed(talks, points))) == expected("""
        +------------------------+
        |May 2011  Talks on oil  |
        |          opened and    |
        |          closed.       |
        |June      Talks on gas. |
        |                        |
        |• Oil.                  |
        |                        |
        |• Gas is sold.          |
        |                        |
        |  1. Coal is sold by the|
        |     ton.               |
        |  2. Wood is not.       |
        |                        |
        +------------------------+
        """)


@pytest.mark.parametrize("close", [False, True])
def test_white_space_is_taken_in_where_that_saves_a_page(close: bool) -> None:
    sold = ("Oil", "Gas", "Coal", "Wind", "Wood", "Sun", "Salt")
    laid = lay_out(14, 12, unnamed(*(para(f"{what} is sold.") for what in sold)), close=close)
    assert laid.closed is close
    assert str(laid) == expected(
        """
        +--------------+
        |Oil is sold.  |
        |Gas is sold.  |
        |              |
        |Coal is sold. |
        |              |
        |Wind is sold. |
        |              |
        |Wood is sold. |
        |              |
        |Sun is sold.  |
        |Salt is sold. |
        |              |
        +--------------+
        """
        if close
        else """
        +--------------+ +--------------+
        |Oil is sold.  | |Salt is sold. |
        |              | |              |
        |Gas is sold.  | |              |
        |              | |              |
        |Coal is sold. | |              |
        |              | |              |
        |Wind is sold. | |              |
        |              | |              |
        |Wood is sold. | |              |
        |              | |              |
        |Sun is sold.  | |              |
        |              | |              |
        +--------------+ +--------------+
        """
    )
