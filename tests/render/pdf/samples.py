"""Briefs to print, built by hand: a rich one with every kind of block, and long ones."""

from __future__ import annotations

from datetime import UTC, datetime

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    Code,
    Column,
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
    MastheadLine,
    Note,
    Notes,
    Paragraph,
    Preformatted,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Rule,
    Section,
    Sentence,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from briefgen.brief.words import ENGLISH

CREATED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

NASTY = "<b>x</b> & {{ y }} [@z] =1+1 %s \\N{LF} (a) <!-- ]]> $HOME"
URL = (
    "https://www.example.org/archive/2013/08/28/first-ever-pakistan-russia-strategic-dialogue-"
    "begins?utm_source=feed&utm_medium=rss&id=1234567890#paragraph-9"
)


def text(words: str) -> tuple[Inline, ...]:
    """Plain words as inlines."""
    return (Text(words),)


def para(*content: Inline | str) -> Paragraph:
    """A body paragraph of words and inlines."""
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content))


def note_mark(number: int) -> Cite:
    """The mark of a note."""
    return Cite((CiteItem(f"s{number}"),), anchor=f"cite-{number}", note=number)


def brief(*sections: Section, **changes: object) -> Brief:
    """A brief with a masthead as in the drawing."""
    values: dict[str, object] = {
        "title": "Pakistan–Russia: energy, defence and trade",
        "kind": "Country brief",
        "subtitle": "What the record shows, February 2003 to December 2023",
        "language": "en",
        "paper": "a4",
        "marking": "OFFICIAL",
        "masthead": (
            MastheadLine("For", text("Director, South Asia")),
            MastheadLine("From", text("Research desk")),
            MastheadLine("Topics", text("Energy; Defence; Trade")),
            MastheadLine("Prepared", text("21 November 2026")),
            MastheadLine("Information to", text("September 2023")),
            MastheadLine("Sources", text("5, graded A–F for reliability, 1–6 for credibility")),
        ),
        "sections": sections,
        "printed_date": "21 November 2026",
        "created": CREATED,
        "reference": "SA/2026/114",
        "version": "1",
        "contact": "south.asia@research.example",
        "author": "Research desk",
        "keywords": ("energy", "defence"),
        "words": ENGLISH,
    }
    return Brief(**{**values, **changes})  # type: ignore[arg-type]


def section(name: str, *blocks: object, **changes: object) -> Section:
    """A section named `name`, its anchor and id the name in small letters."""
    anchor = name.lower().replace(" ", "-")
    return Section(anchor, anchor, text(name), tuple(blocks), **changes)  # type: ignore[arg-type]


def fact(words: str, number: int = 0, flag: str = "") -> tuple[Inline, ...]:
    """A fact's sentence, with its note and flag."""
    content: list[Inline] = [Text(words)]
    if number:
        content.append(note_mark(number))
    if flag:
        content.append(Flag(flag))
    return (Sentence(f"fact-{number}", tuple(content)),)


KEY_POINTS = (
    fact(
        "Pakistan’s first crude bought from Russia between governments, 45,000 of 100,000 tonnes, "
        "arrived in June\u00a02023 and was paid for in yuan.",
        1,
    ),
    fact(
        "Russia delivered four Mi-35 helicopters under a defence agreement signed in 2014.",
        2,
        "weak source",
    ),
    fact(
        "Trade for July 2022 to May 2023 was put at US$760.5\u00a0million, 34\u00a0per\u00a0cent "
        "above the same eleven months a year before.",
        3,
    ),
    (
        Text("Sources disagree on when the joint exercises began: see "),
        CrossReference("where-sources-disagree", text("“Where sources disagree”")),
        Text("."),
    ),
)

FIGURES = Table(
    (
        Column(text("Measure")),
        Column(text("Value"), "right"),
        Column(text("Period")),
        Column(text("Basis")),
    ),
    (
        Row((text("Bilateral trade, US$ million"), text("542"), text("2013"),
             (Text("reported, approximate"), note_mark(8)))),
        Row((text("Bilateral trade, US$ million"), text("567.5"),
             text("July 2021 – May 2022, 11 months"), (Text("reported"), note_mark(3)))),
        Row((text("Bilateral trade, US$ million"), text("760.5"),
             text("July 2022 – May 2023, 11 months"), (Text("reported"), note_mark(3)))),
        Row((text("Trade potential, US$ million"), text("4,000"), text("undated"),
             (Text("potential, not a total"), note_mark(8))), muted=True),
    ),
    "Figures with their periods",
)  # fmt: skip

ENERGY = Entries(
    (
        Entry(text("June 2023"), (Paragraph(fact(
            "The first cargo of Russian crude under the two governments’ arrangement docked; the "
            "price was settled in Chinese currency.", 4)),)),
        Entry(text("2023"), (Paragraph(fact(
            "Talks were under way on a 600\u00a0MW combined-cycle plant at Jamshoro, Sindh.", 5,
            "weak source")),)),
        Entry(text("about December 2017"), (Paragraph(fact(
            "Prime ministers Abbasi and Medvedev agreed on an offshore gas pipeline.", 6)),)),
        Entry(text("September 2011"), (Paragraph(fact(
            "Russia agreed to put US$500\u00a0million into the CASA-1000 power line, according to "
            "a source close to the talks.", 7, "one unnamed source")),)),
    ),
    "Date",
    "What happened",
)  # fmt: skip

NOTES = tuple(
    Note(
        number,
        f"note-{number}",
        (
            Text(f"Author {number}, “75 years on, Pakistan-Russia relations,” "),
            Emphasis(text("Arab News")),
            Text(", [2023], para. 8. C2."),
        ),
        (f"cite-{number}",),
    )
    for number in range(1, 10)
)

REFERENCES = References(
    (
        ReferenceEntry("s1", "ref-s1", "[1]", (
            Text("S. Kamran, “75 years on,” "), Emphasis(text("Arab News")), Text(", 2023. "),
            Link(URL, text(URL))), ("cite-a", "cite-b")),
        ReferenceEntry("s2", "ref-s2", "[2]", (
            Text("И. Иванов, «Отношения», "), Emphasis(text("Международная жизнь")),
            Text(", 2014.")), ("cite-c",)),
    )
)  # fmt: skip


def drawn_page() -> Brief:
    """The brief of the drawing that we are after."""
    return brief(
        section("Key points", ListBlock(tuple((Paragraph(point),) for point in KEY_POINTS)),
                tone="accent"),
        section("Energy", ENERGY),
        section("Key figures", FIGURES),
        section("Where sources disagree", para(
            Strong(text("When did the “Druzhba” exercises begin?")),
            "  Kamran says 2017;", note_mark(9),
            " Awan names no year and puts them after the 2014 agreement.",
            " The base holds no primary record."), tone="warning"),
        section("Notes", Notes()),
        notes=NOTES,
    )  # fmt: skip


def everything() -> Brief:
    """Every block and inline there is, with text that other programs stumble over."""
    cite_a = Cite((CiteItem("s1"),), "cite-a", text("[1, p. 3]"))
    cite_b = Cite((CiteItem("s1"),), "cite-b", (CrossReference("ref-s1", text("[1]")),))
    cite_c = Cite((CiteItem("s2"),), "cite-c", text("[2]"))
    return brief(
        section(
            "Bottom line",
            Paragraph(text("The bottom line stands first, in one or two sentences."), "lead"),
            Paragraph(text("An aside in small type."), "small"),
            Paragraph(text("Nothing is known about this."), "empty"),
            tone="accent",
        ),
        section(
            "Inlines",
            para("Nasty: ", NASTY),
            para(
                "Plain, ", Emphasis(text("emphasis")), ", ", Strong(text("strong")), ", ",
                Emphasis((Text("both "), Strong(text("at once")))), ", ",
                SmallCaps(text("Small Caps")), ", H", Subscript(text("2")), "O, 5",
                Superscript(text("th")), ", ", Code("x = 1;  y"), ", ",
                Link("https://example.org/a", text("a link")), ", ",
                CrossReference("energy", text("see Energy")), ".", LineBreak(),
                "After a line break. ", Flag("one unnamed source"), " and on.",
            ),
            para("Cited so", cite_a, " and so ", cite_b, ", and again ", cite_c, "."),
            para("Кириллица, ", Emphasis(text("курсивом")), "; Ελληνικά, ",
                 Emphasis(text("πλάγια")), "; ", Text("Łódź, São Tomé, Ålesund", "pl"),
                 "; e\u0301 composed, x\u0301 not; a\u200db joined; soft\u00adhyphen."),
            para("W" * 140),
            para("Address: ", Link(URL, text(URL))),
        ),
        section("Energy", ENERGY),
        section("Key figures", FIGURES),
        section(
            "Blocks",
            Heading(2, text("A heading of the second level"), "second-level"),
            ListBlock(
                (
                    (para("One."),),
                    (para("Two, with a list inside:"),
                     ListBlock(((para("inner bullet"),), (para("another"),)))),
                    (para("Three. " * 30),),
                ),
                ordered=True,
                start=9,
            ),
            Heading(3, text("A heading of the third level"), ""),
            Quote((para("A quotation set apart. " * 12), para("With a second paragraph."))),
            Preformatted("if x:\n    return  {y}\n\n\tTab | columns\n" + "long " * 40),
            Rule(),
            para("After the rule."),
        ),
        section(
            "Where sources disagree",
            para("Kamran says 2017; ", note_mark(1), "Awan says 2016.", note_mark(2), note_mark(3)),
            tone="warning",
        ),
        section("References", REFERENCES, break_before=True),
        section("Notes", Notes()),
        notes=NOTES[:3],
    )  # fmt: skip


def chronology(entries: int, sections: int = 1) -> Brief:
    """`entries` entries of about 25 words with one citation each."""
    words = (
        "Fact {n}: the two sides met in Islamabad and agreed to study the pipeline, the power line "
        "and the railway, and to report on what it would cost."
    )
    made = [
        Entry(
            text(f"{1 + n % 28} June {1950 + n % 70}"),
            (Paragraph((Sentence(f"f{n}", (
                Text(words.format(n=n)),
                Text(" "),
                Cite((CiteItem(f"s{n % 40}"),), f"cite-{n}",
                     (CrossReference(f"ref-s{n % 40}", text(f"[{n % 40 + 1}]")),)),
            )),)),),
        )
        for n in range(entries)
    ]  # fmt: skip
    size = -(-entries // sections)
    parts = [
        section(f"Part {number + 1}", Entries(tuple(made[start : start + size]), "Date", "Event"))
        for number, start in enumerate(range(0, entries, size))
    ]
    references = References(
        tuple(
            ReferenceEntry(
                f"s{n}",
                f"ref-s{n}",
                f"[{n + 1}]",
                (Text(f"Author {n}, "), Emphasis(text(f"A title of source {n}")), Text(", 2013.")),
                tuple(f"cite-{m}" for m in range(n, min(entries, n + 200), 40)),
            )
            for n in range(min(40, entries))
        )
    )
    return brief(*parts, section("References", references))


def long_table(rows: int) -> Brief:
    """A table of `rows` rows."""
    made = tuple(
        Row((text(f"Row {n} of a measure that has a name"), text(f"{n * 37 % 9000:,}"),
             text("July 2021 – May 2022"), text("reported")), muted=n % 9 == 8)
        for n in range(rows)
    )  # fmt: skip
    return brief(section("Figures", Table(FIGURES.columns, made, "Many figures")))


def noted_chronology(entries: int) -> Brief:
    """`entries` entries whose notes have 1 to 12 lines; every third note has two marks.

    Words tell what they are: `m7x` stands before a mark of note 7, `n7w0` begins that note.
    """
    anchors: dict[int, list[str]] = {}
    made: list[Entry] = []
    number = 0
    for index in range(entries):
        shares = index % 3 == 2
        number += not shares
        note = max(number - 5, 1) if shares else number
        anchor = f"cite-{index}"
        anchors.setdefault(note, []).append(anchor)
        said = f"Talks were held in Islamabad on the pipeline and the price of gas {'again ' * 9}"
        content = (
            Text(said * (1 + index % 3) + f"m{note}x"),
            Cite((CiteItem(f"s{index % 30}"),), anchor, note=note),
            Text(" and went on."),
        )
        made.append(Entry(text(f"{1 + index % 28} June 2011"), (Paragraph(content),)))
    notes = tuple(
        Note(
            note,
            f"note-{note}",
            text(" ".join(f"n{note}w{word}" for word in range(1 + note * 7 % 12 * 14))),
            tuple(anchors.get(note, ())),
        )
        for note in range(1, number + 1)
    )
    references = References(
        tuple(
            ReferenceEntry(
                f"s{n}",
                f"ref-s{n}",
                "",
                text(f"Title of s{n}."),
                tuple(f"cite-{index}" for index in range(n, entries, 30)),
            )
            for n in range(min(30, entries))
        )
    )
    return brief(
        section("Talks", Entries(tuple(made), "Date", "Event")),
        section("Sources", references),
        notes=notes,
    )
