"""Briefs that every renderer is tested with: each block and inline, and text that bites.

`rich_brief()` holds everything the document model can say, a cited note-style brief of about
three pages. `many_facts_brief(n)` is the long one: n dated entries, each cited, in one section.
Every fact says its `Sentence`; `statements` lists what those say, for "nothing got lost" tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from briefgen.brief.model import (
    Block,
    Blocks,
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
    Inlines,
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

CREATED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

NASTY_TEXTS = (
    "Markup: <b>bold</b> & &amp; <!-- gone --> ]]> <w:p/> {\\rtf1}.",
    'Code: {{ 1 + 1 }} {% raw %} ${HOME} [@fact-id] =1+1 =HYPERLINK("http://x") @SUM(A1).',
    "Markdown: *stars*, _bars_, `ticks`, # hash, [text](http://a.example), ![i](x.png), 1. one.",
    'Fields: { PAGE } { TOC \\o "1-3" } DDEAUTO \\* MERGEFORMAT.',
    "Scripts: Россия и Пакистан, Ελλάδα, ДРУЖБА, Đà Nẵng, Ærø, İstanbul.",
    "Spaces: a\u00a0b, 760.5\u202fmillion, double  space, tab\there.",
    "Joiners: co\u00adoperation, non\u2011breaking, zero\u200bwidth, क्\u200dष.",
    "Quotes: ‘single’ “double” \"plain\" 'apostrophe' «guillemets» – — … ′ ″.",
)
"""Text as data: each must come out of every renderer as it went in."""

RIGHT_TO_LEFT_TEXT = "Urdu name: پاکستان (Pakistan), 2023."


def _text(value: str) -> Inlines:
    return (Text(value),)


def _cite(number: int, note: int | None = None) -> Cite:
    item = CiteItem("kamran-2023", locator=str(number), label="paragraph")
    if note is not None:
        return Cite((item,), anchor=f"cite-{number}", note=note)
    shown = CrossReference("ref-kamran-2023", _text("[1]"))
    return Cite((item,), anchor=f"cite-{number}", content=(shown,))


def _bullet(*inlines: Inline) -> Blocks:
    return (Paragraph(inlines),)


def _key_points() -> Section:
    return Section(
        id="key-points",
        anchor="section-key-points",
        heading=_text("Key points"),
        tone="accent",
        blocks=(
            Paragraph(_text("Relations are warm in words and thin in trade."), role="lead"),
            ListBlock(
                (
                    _bullet(
                        Sentence(
                            "crude-2023",
                            (
                                Text(
                                    "Pakistan’s first crude bought from Russia between governments,"
                                    " 45,000 of 100,000\u00a0tonnes, arrived in June\u00a02023"
                                    " and was paid for in yuan."
                                ),
                                _cite(1, note=1),
                            ),
                        )
                    ),
                    _bullet(
                        Sentence(
                            "mi35",
                            (
                                Text(
                                    "Russia delivered four Mi\u201135 helicopters under a defence"
                                    " agreement signed in 2014."
                                ),
                                _cite(2, note=2),
                                Flag("weak source"),
                            ),
                        )
                    ),
                    _bullet(
                        Text("Sources disagree on when the joint exercises began: see "),
                        CrossReference("section-disputes", _text("Where sources disagree")),
                        Text("."),
                    ),
                )
            ),
        ),
    )


def _energy() -> Section:
    def entry(label: str, fact: str, statement: str, number: int, *more: Inline) -> Entry:
        said = (Text(statement), _cite(number, note=number), *more)
        return Entry(_text(label), (Paragraph((Sentence(fact, said),)),))

    long_label = "between 21\u00a0September\u00a02011 and spring\u00a02012, perhaps later"
    return Section(
        id="energy",
        anchor="section-energy",
        heading=_text("Energy"),
        blocks=(
            Entries(
                (
                    entry(
                        "June 2023",
                        "first-cargo",
                        "The first cargo of Russian crude under the two governments’ arrangement"
                        " docked; the price was settled in Chinese currency.",
                        3,
                    ),
                    entry(
                        "about December 2017",
                        "pipeline",
                        "Prime ministers Abbasi and Medvedev agreed on an offshore gas pipeline.",
                        4,
                    ),
                    entry(
                        long_label,
                        "casa",
                        "Russia agreed to put US$500\u00a0million into the CASA\u20111000 power"
                        " line, according to a source close to the talks.",
                        5,
                        Flag("one unnamed source"),
                        Flag("draft"),
                    ),
                    Entry(
                        _text("2015"),
                        (
                            Paragraph((Sentence("gas", _text("A pipeline was agreed.")),)),
                            Paragraph(_text("The second paragraph of an entry."), role="small"),
                            ListBlock((_bullet(Text("A list in an entry.")),)),
                        ),
                    ),
                ),
                label_heading="Date",
                body_heading="What happened",
            ),
            Heading(2, _text("Figures on oil"), anchor="section-energy-oil"),
            Paragraph(_text("Nothing in the base for this range."), role="empty"),
            Heading(3, (Text("A third-level "), Emphasis(_text("heading")))),
            Paragraph(_text("Text below a third-level heading.")),
        ),
    )


def _figures() -> Section:
    def row(measure: str, value: str, period: str, basis: str, *, muted: bool = False) -> Row:
        fact = Sentence(f"figure-{value}", _text(basis))
        return Row((_text(measure), _text(value), _text(period), (fact,)), muted)

    rows = [
        row("Bilateral trade, US$\u00a0million", "542", "2013", "reported, approximate"),
        row("Bilateral trade, US$\u00a0million", "567.5", "July 2021 – May 2022", "reported"),
        row("Bilateral trade, US$\u00a0million", "760.5", "July 2022 – May 2023", "reported"),
        row("Trade potential", "4,000", "undated", "potential, not a total", muted=True),
    ]
    return Section(
        id="figures",
        anchor="section-figures",
        heading=_text("Key figures"),
        blocks=(
            Table(
                columns=(
                    Column(_text("Measure"), width=2.4),
                    Column(_text("Value"), align="right", width=1.0),
                    Column(_text("Period"), width=2.2),
                    Column(_text("Basis"), width=2.0),
                ),
                rows=tuple(rows),
                caption="Figures of trade with their period and basis",
            ),
        ),
    )


def _disputes() -> Section:
    return Section(
        id="disputes",
        anchor="section-disputes",
        heading=_text("Where sources disagree"),
        tone="warning",
        blocks=(
            Paragraph(
                (
                    Strong(_text("When did the “Druzhba” exercises begin?")),
                    Text(" "),
                    Sentence("druzhba-2017", (Text("Kamran says 2017;"), _cite(6, note=6))),
                    Text(" "),
                    Sentence(
                        "druzhba-awan",
                        (
                            Text("Awan names no year and puts them after the 2014 agreement."),
                            _cite(7, note=2),
                        ),
                    ),
                )
            ),
            ListBlock(
                (_bullet(Text("For 2017: one report.")), _bullet(Text("For 2016: one speech.")))
            ),
        ),
    )


def _own_text() -> Section:
    ordered = ListBlock(
        (
            (
                Paragraph(_text("Number three.")),
                ListBlock(
                    (
                        (
                            Paragraph(_text("Nested bullet.")),
                            ListBlock((_bullet(Text("Deeper bullet.")),)),
                        ),
                    )
                ),
                Paragraph(_text("The item’s second paragraph.")),
            ),
            _bullet(Text("Number four.")),
        ),
        ordered=True,
        start=3,
    )
    again = ListBlock((_bullet(Text("Number one again.")),), ordered=True)
    return Section(
        id="own-text",
        anchor="section-own-text",
        heading=(Text("The author’s own text: "), Emphasis(_text("every")), Text(" inline")),
        blocks=(
            Paragraph(
                (
                    Text("Plain, "),
                    Emphasis(_text("emphasis")),
                    Text(", "),
                    Strong((Text("strong "), Emphasis(_text("and both")))),
                    Text(", "),
                    SmallCaps(_text("Small Caps")),
                    Text(", H"),
                    Subscript(_text("2")),
                    Text("O, 10"),
                    Superscript(_text("3")),
                    Text(", "),
                    Code("code <&> {x}"),
                    Text(", "),
                    Link(
                        "https://example.org/a?b=1&c=d%20e#f",
                        (Text("a link with "), Emphasis(_text("emphasis"))),
                    ),
                    Text(", "),
                    Link("mailto:desk@example.org", _text("desk@example.org")),
                    Text(", in text "),
                    _cite(8),
                    Text(", a line that"),
                    LineBreak(),
                    Text("breaks, "),
                    Text("дружба народов", language="ru"),
                    Text("."),
                )
            ),
            ordered,
            again,
            Quote((Paragraph(_text("A quotation set apart.")), Paragraph(_text("Its second.")))),
            Preformatted("def kept():\n    return 'as  it   stands'\n\n# <b>&amp;</b>"),
            Rule(),
            *(
                Paragraph((Sentence(f"nasty-{number}", _text(nasty)),))
                for number, nasty in enumerate(NASTY_TEXTS)
            ),
            Paragraph((Text(RIGHT_TO_LEFT_TEXT),)),
            Paragraph((Text("کا مطلب", language="ur"), Text(" in Urdu."))),
        ),
    )


def _back_matter() -> tuple[Section, ...]:
    references = References(
        (
            ReferenceEntry(
                "kamran-2023",
                "ref-kamran-2023",
                "[1]",
                (
                    Text("Sehar Kamran, “75 years on, Pakistan-Russia relations are stronger than"
                    " ever,” "),
                    Emphasis(_text("Arab News")),
                    Text(", 2023, "),
                    Link("https://www.arabnews.example/node/1?x=<y>", _text("arabnews.example")),
                    Text("."),
                ),
                cited_by=("cite-8", "cite-1", "cite-6"),
            ),
            ReferenceEntry(
                "awan-2023",
                "ref-awan-2023",
                "[2]",
                _text("Zamir Ahmed Awan, “Productive Meeting,” blog, September 2023."),
                cited_by=("cite-2",),
            ),
        )
    )  # fmt: skip
    return (
        Section("notes", "section-notes", _text("Notes"), (Notes(),), break_before=True),
        Section("references", "section-references", _text("References"), (references,)),
    )


def _notes() -> tuple[Note, ...]:
    def note(number: int, where: str, *cited_at: str) -> Note:
        content: Inlines = (
            Text("Kamran, “75 years on,” "),
            Emphasis(_text("Arab News")),
            Text(f", {where}."),
        )
        return Note(number, f"note-{number}", content, cited_at)

    return (
        note(1, "para. 8", "cite-1"),
        note(2, "para. 17", "cite-2", "cite-7"),
        note(3, "para. 9", "cite-3"),
        note(4, "para. 10", "cite-4"),
        note(5, "para. 11", "cite-5"),
        note(6, "para. 7", "cite-6"),
    )


def rich_brief(**changes: Any) -> Brief:
    """A brief with every block and inline; keyword arguments replace its fields."""
    fields: dict[str, Any] = {
        "title": "Pakistan–Russia: energy, defence & trade",
        "kind": "Country brief",
        "subtitle": "What the record shows, February 2003 to December 2023",
        "language": "en-GB",
        "paper": "a4",
        "marking": "OFFICIAL-SENSITIVE",
        "masthead": (
            MastheadLine("For", _text("Director, South Asia")),
            MastheadLine("From", _text("Research desk")),
            MastheadLine("Topics", _text("Energy; Defence; Trade")),
            MastheadLine("Prepared", _text("21 November 2026")),
            MastheadLine("Information to", _text("September 2023")),
            MastheadLine("Sources", _text("5, graded A–F for reliability, 1–6 for credibility")),
        ),
        "sections": (
            _key_points(),
            _energy(),
            _figures(),
            _disputes(),
            _own_text(),
            *_back_matter(),
        ),
        "printed_date": "21 November 2026",
        "created": CREATED,
        "reference": "SA/2026/114",
        "version": "1",
        "contact": "south.asia@research.example",
        "author": "Research desk",
        "keywords": ("Pakistan", "Russia", "energy"),
        "notes": _notes(),
        "style": "chicago-notes-bibliography",
    }
    return Brief(**(fields | changes))


RICH_CONTENTS = (
    ("section-key-points", 1),
    ("section-energy", 1),
    ("section-energy-oil", 2),
    ("section-figures", 2),
    ("section-disputes", 2),
    ("section-own-text", 3),
    ("section-notes", 4),
    ("section-references", 4),
)
"""A contents list for `rich_brief()`: anchors and the pages that a PDF might give."""


def many_facts_brief(
    count: int,
    *,
    cited: Literal["in-text", "notes"] = "in-text",
    as_table: bool = False,
    **changes: Any,
) -> Brief:
    """A long brief: `count` facts, each with a citation, and every seventh with a flag.

    They stand as dated entries in one section, or as the rows of one table.
    """
    facts = []
    for number in range(1, count + 1):
        in_text = CrossReference("ref-s1", _text("[1]"))
        cite = Cite(
            (CiteItem("s1", str(number), "paragraph"),),
            anchor=f"cite-{number}",
            content=(in_text,) if cited == "in-text" else (),
            note=number if cited == "notes" else None,
        )
        content: list[Inline] = [
            Text(
                f"Fact {number} says that the two governments met, agreed on {number * 3} measures"
                " and put the value of their trade at US$760.5\u00a0million for the year."
            ),
            cite,
        ]
        if number % 7 == 0:
            content.append(Flag("one unnamed source"))
        facts.append(Sentence(f"fact-{number}", tuple(content)))
    dates = [f"{1 + n % 28} June {1950 + n % 70}" for n in range(count)]
    block: Block
    if as_table:
        block = Table(
            columns=(Column(_text("Date")), Column(_text("What happened"), width=4.0)),
            rows=tuple(Row((_text(d), (f,))) for d, f in zip(dates, facts, strict=True)),
            caption="What happened, by date",
        )
    else:
        block = Entries(
            tuple(Entry(_text(d), (Paragraph((f,)),)) for d, f in zip(dates, facts, strict=True)),
            label_heading="Date",
            body_heading="What happened",
        )
    sections = [Section("all", "section-all", _text("Chronology"), (block,))]
    notes: tuple[Note, ...] = ()
    if cited == "notes":
        notes = tuple(
            Note(n, f"note-{n}", _text(f"Source one, para. {n}."), (f"cite-{n}",))
            for n in range(1, count + 1)
        )
        sections.append(Section("notes", "section-notes", _text("Notes"), (Notes(),)))
    else:
        entry = ReferenceEntry("s1", "ref-s1", "[1]", _text("Source one, 2023."), ("cite-1",))
        heading = _text("References")
        sections.append(Section("refs", "section-refs", heading, (References((entry,)),)))
    fields: dict[str, Any] = {
        "title": f"A chronology of {count} facts",
        "kind": "Chronology",
        "subtitle": "",
        "language": "en",
        "paper": "a4",
        "marking": "OFFICIAL",
        "masthead": (MastheadLine("Prepared", _text("21 November 2026")),),
        "sections": tuple(sections),
        "printed_date": "21 November 2026",
        "created": CREATED,
        "notes": notes,
    }
    return Brief(**(fields | changes))


def plain_text(inlines: Inlines) -> str:
    """What inlines say, without flags and citations; a line break is a space."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    if isinstance(inline, Text | Code):
        return inline.text
    if isinstance(inline, LineBreak):
        return " "
    if isinstance(inline, Flag | Cite):
        return ""
    return plain_text(inline.content)


def statements(brief: Brief) -> list[str]:
    """What each `Sentence` of the brief says, in reading order, flags and citations left out."""
    return [plain_text(s.content) for section in brief.sections for s in _in_blocks(section.blocks)]


def _in_blocks(blocks: Blocks) -> Iterator[Sentence]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from _in_inlines(block.content)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _in_blocks(item)
        elif isinstance(block, Entries):
            for entry in block.entries:
                yield from _in_inlines(entry.label)
                yield from _in_blocks(entry.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _in_inlines(cell)
        elif isinstance(block, Quote):
            yield from _in_blocks(block.blocks)


def _in_inlines(inlines: Inlines) -> Iterator[Sentence]:
    for inline in inlines:
        if isinstance(inline, Sentence):
            yield inline
        elif not isinstance(inline, Text | Code | LineBreak | Flag | Cite):
            yield from _in_inlines(inline.content)
