"""A brief with citations becomes the same brief with them worded, numbered and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from briefgen.brief.model import (
    Cite,
    CiteItem,
    Column,
    CrossReference,
    Entries,
    Entry,
    Flag,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    References,
    Row,
    Section,
    Sentence,
    Table,
    Text,
)
from briefgen.brief.spec.model import ReferenceListing
from briefgen.brief.traversal import inlines_in, plain_text, walk_inlines
from briefgen.cite import Citeproc, CslStyle, cite_brief, load_style
from briefgen.errors import InputError
from briefgen.facts.model import Source
from cite.making import as_read, brief_of, cite, paragraphs_of, references_of

Sources = Mapping[str, Source]


def fact(text: str, *items, flag: str = "") -> tuple[Sentence, ...]:
    tail = (Text(" "), Flag(flag)) if flag else ()
    return (Sentence("fact", (Text(text), cite(*items), *tail)),)


def test_in_text_style(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of(
        fact("Trade grew.", "kamran", flag="one source"),
        fact("Ministers met in the U.S.", "awan-a", "kamran"),
        (Text("It will grow "), cite("awan-a"), Text(", they said.")),
    )
    cited = cite_brief(brief, sources, load_style("ieee"), citeproc=citeproc)
    assert paragraphs_of(cited) == [
        "Trade grew~[1]. ▲one source",
        "Ministers met in the U.S.~[1], [2].",
        "It will grow~[2], they said.",
    ]
    assert [(r.label, r.source, r.anchor, r.cited_by) for r in references_of(cited)] == [
        ("[1]", "kamran", "ref-kamran", ("cite-1", "cite-2")),
        ("[2]", "awan-a", "ref-awan-a", ("cite-2", "cite-3")),
    ]
    assert cited.style == "ieee"
    assert cited.notes == ()


def test_note_style(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of(
        fact("Trade grew.", ("kamran", "8", "paragraph")),
        fact("Ministers met.", "awan-a"),
        fact("It grew again.", ("kamran", "8", "paragraph")),
        fact("It fell.", ("kamran", "9", "paragraph")),
    )
    cited = cite_brief(brief, sources, load_style("chicago-notes-bibliography"), citeproc=citeproc)
    assert paragraphs_of(cited) == ["Trade grew.^1", "Ministers met.^2", "It grew again.^1",
                                    "It fell.^3"]  # fmt: skip
    assert [(n.number, n.anchor, n.cited_at) for n in cited.notes] == [
        (1, "note-1", ("cite-1", "cite-3")),
        (2, "note-2", ("cite-2",)),
        (3, "note-3", ("cite-4",)),
    ]
    texts = [plain_text(note.content) for note in cited.notes]
    assert texts[0].startswith("Sehar Kamran, ‘Pakistan and Russia Mark 75 Years of Ties’,")
    assert texts[2] == "Kamran, ‘Pakistan and Russia Mark 75 Years of Ties’, para.\u00a09."
    assert [r.source for r in references_of(cited)] == ["awan-a", "kamran"]


def test_an_ibid_is_never_shared(sources: Sources, citeproc: Citeproc) -> None:
    """OSCOLA: note 2 reads “Ibid”, so what cites the same place later has a note of its own."""
    eighth, ninth = ("kamran", "8", "paragraph"), ("kamran", "9", "paragraph")
    runs = [fact("A.", eighth), fact("B.", ninth), fact("C.", "ministry"), fact("D.", ninth)]
    oscola = cite_brief(brief_of(*runs), sources, load_style("oscola"), citeproc=citeproc)
    assert paragraphs_of(oscola) == ["A.^1", "B.^2", "C.^3", "D.^4"]
    assert plain_text(oscola.notes[1].content).startswith("Ibid")
    assert "(n 1)" in plain_text(oscola.notes[3].content)

    without = load_style("oscola-no-ibid")
    shared = cite_brief(brief_of(*runs), sources, without, citeproc=citeproc)
    assert paragraphs_of(shared) == ["A.^1", "B.^2", "C.^3", "D.^2"]


def test_a_style_without_ibid_for_it_shares(sources: Sources, citeproc: Citeproc) -> None:
    """Chicago's style knows ibid and words newspaper articles without: notes 2 and 3 would read
    alike, so they are one.
    """
    eighth, ninth = ("kamran", "8", "paragraph"), ("kamran", "9", "paragraph")
    runs = [fact("A.", eighth), fact("B.", ninth), fact("C.", ninth), fact("D.", ninth)]
    style = load_style("chicago-notes-bibliography")
    assert style.uses_ibid
    chicago = cite_brief(brief_of(*runs), sources, style, citeproc=citeproc)
    assert paragraphs_of(chicago) == ["A.^1", "B.^2", "C.^2", "D.^2"]
    oscola = cite_brief(brief_of(*runs), sources, load_style("oscola"), citeproc=citeproc)
    assert paragraphs_of(oscola) == ["A.^1", "B.^2", "C.^3", "D.^4"]


def test_only_the_same_locators_and_affixes_share_a_note(
    sources: Sources, citeproc: Citeproc
) -> None:
    brief = brief_of(
        fact("A.", ("kamran", "8", "paragraph")),
        fact("B.", "ministry"),
        fact("C.", ("kamran", "8", "page")),
        fact("D.", "ministry", "kamran"),
        fact("E.", ("kamran", "8", "paragraph", "see")),
        fact("F.", ("kamran", "8", "paragraph")),
    )
    style = load_style("chicago-notes-bibliography")
    cited = cite_brief(brief, sources, style, citeproc=citeproc)
    assert paragraphs_of(cited) == ["A.^1", "B.^2", "C.^3", "D.^4", "E.^5", "F.^1"]


def test_reading_order_through_every_block(sources: Sources, citeproc: Citeproc) -> None:
    blocks = (
        Heading(2, (Text("Heading"), cite("kamran"))),
        ListBlock(((Paragraph((Text("Item"), cite("awan-a"))),),)),
        Entries(
            (
                Entry(
                    (Text("2013"), cite("awan-b")), (Paragraph((Text("Body"), cite("ministry"))),)
                ),
            ),
            "Date",
            "Event",
        ),
        Table(
            (Column((Text("Value"), cite("cruz"))),),
            (Row(((Text("542"), cite("undated")),)),),
            "Figures",
        ),
        Quote((Paragraph((Text("Quoted"), cite("anonymous"))),)),
    )
    brief = replace(brief_of(), sections=(Section("s", "s", (Text("Section"),), blocks),))
    cited = cite_brief(brief, sources, load_style("ieee"), citeproc=citeproc)
    read = [
        (inline.anchor, as_read((inline,)))
        for inline in walk_inlines(cited)
        if isinstance(inline, Cite)
    ]
    assert read == [(f"cite-{n}", f"[{n}]") for n in range(1, 8)]


def test_citations_side_by_side_are_one(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of((Text("It grew."), cite("kamran"), Text(" "), cite("awan-a")))
    cited = cite_brief(brief, sources, load_style("vancouver"), citeproc=citeproc)
    assert paragraphs_of(cited) == ["It grew~(1,2)."]


def test_nothing_links_to_references_that_are_not_printed(
    sources: Sources, citeproc: Citeproc
) -> None:
    brief = brief_of(fact("Trade grew.", "kamran"), references=False)
    cited = cite_brief(brief, sources, load_style("ieee"), citeproc=citeproc)
    assert paragraphs_of(cited) == ["Trade grew~[1]."]
    assert not any(isinstance(inline, CrossReference) for inline in walk_inlines(cited))


@pytest.mark.parametrize("style_id", ["ieee", "nature", "apa", "chicago-author-date"])
def test_every_cross_reference_has_its_anchor(
    style_id: str, sources: Sources, citeproc: Citeproc
) -> None:
    brief = brief_of(*[fact(f"Fact {source}.", source) for source in sources],
                     fact("All.", *sources))  # fmt: skip
    cited = cite_brief(brief, sources, load_style(style_id), citeproc=citeproc)
    anchors = {reference.anchor for reference in references_of(cited)}
    pointed = {i.anchor for i in walk_inlines(cited) if isinstance(i, CrossReference)}
    assert pointed == anchors == {f"ref-{source}" for source in sources}
    places = {i.anchor for i in walk_inlines(cited) if isinstance(i, Cite)}
    assert {anchor for r in references_of(cited) for anchor in r.cited_by} == places


def test_notes_hold_no_link_within_a_link(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of(fact("Trade grew.", "kamran"))
    cited = cite_brief(brief, sources, load_style("oscola"), citeproc=citeproc)
    kinds = [type(inline).__name__ for inline in inlines_in(cited.notes[0].content)]
    assert kinds.count("Link") == 1
    assert "CrossReference" not in kinds


def test_a_style_without_a_list_leaves_its_section_out(
    sources: Sources, citeproc: Citeproc
) -> None:
    style = load_style("bluebook-law-review")
    assert style.is_note_style
    assert not style.has_bibliography
    cited = cite_brief(brief_of(fact("A.", "kamran")), sources, style, citeproc=citeproc)
    assert [section.id for section in cited.sections] == ["body"]
    assert "Kamran" in plain_text(cited.notes[0].content)


def test_the_language_decides_the_terms(sources: Sources, citeproc: Citeproc) -> None:
    brief = replace(brief_of(fact("A.", ("kamran", "8", "page"))), language="ru")
    style: CslStyle = load_style("chicago-author-date")
    assert paragraphs_of(cite_brief(brief, sources, style, citeproc=citeproc)) == [
        "A (Kamran 2023, 8)."
    ]
    words = cite_brief(
        brief_of(fact("A.", ("kamran", "8", "section"))),
        sources,
        style,
        language="ru",
        citeproc=citeproc,
    )
    assert paragraphs_of(words) == ["A (Kamran 2023, разд.~8)."]


def test_an_unknown_source_is_named(sources: Sources) -> None:
    with pytest.raises(InputError, match="'ghost'"):
        cite_brief(brief_of(fact("A.", "ghost")), sources, load_style("ieee"))


def test_a_brief_without_citations_stays_as_it_is(sources: Sources) -> None:
    brief = brief_of((Text("Nothing is cited."),))
    cited = cite_brief(brief, sources, load_style("ieee"))
    assert cited.sections == brief.sections[:1]
    assert cited.sections[0] is brief.sections[0]


def test_a_short_template_lists_no_sources_beside_notes(
    sources: Sources, citeproc: Citeproc
) -> None:
    """The notes name them already; a brief that has wishes for the list gets one."""
    brief = brief_of(fact("A.", "kamran"))
    short = replace(brief.sections[1], blocks=(References(with_notes=False),))
    brief = replace(brief, sections=(brief.sections[0], short))
    chicago = load_style("chicago-notes-bibliography")
    graded = ReferenceListing(grades=True)
    for style, listing, listed in [
        (chicago, None, False), (chicago, graded, True), (load_style("ieee"), None, True)
    ]:  # fmt: skip
        cited = cite_brief(brief, sources, style, listing=listing, citeproc=citeproc)
        assert (len(cited.sections) == 2) is listed
        assert not listed or [entry.source for entry in references_of(cited)] == ["kamran"]


def test_citing_twice_gives_the_same(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of(*[fact(f"Fact {source}.", source) for source in sources])
    style = load_style("apa")
    assert cite_brief(brief, sources, style, citeproc=citeproc) == cite_brief(
        brief, sources, style, citeproc=citeproc
    )


@pytest.mark.parametrize(
    ("style", "language", "cited"),
    [
        ("chicago-notes-bibliography", "en-GB", "‘Pakistan and Russia Mark 75 Years of Ties’, Arab News, 3 May 2023"),
        ("chicago-notes-bibliography", "en-US", "“Pakistan and Russia Mark 75 Years of Ties,” Arab News, May 3, 2023"),
        ("oscola", "en-GB", "‘Pakistan and Russia Mark 75 Years of Ties’ Arab News (3 May 2023)"),
        ("oscola", "en-US", "“Pakistan and Russia Mark 75 Years of Ties” Arab News (May 3, 2023)"),
    ],
)  # fmt: skip
def test_the_language_decides_quotation_marks_and_dates_whatever_the_style(
    style: str, language: str, cited: str, sources: Sources, citeproc: Citeproc
) -> None:
    brief = replace(brief_of((Text("So."), cite("kamran"))), language=language)
    (note,) = cite_brief(brief, sources, load_style(style), citeproc=citeproc).notes
    assert cited in plain_text(note.content)


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("apa", "So, according to Kamran (2023, para.~8). And so (Kamran, 2023)."),
        ("modern-language-association", "So, according to Kamran (par.~8). And so (Kamran)."),
        ("ieee", "So, according to Kamran~[1, Para.~8]. And so~[1]."),
    ],
)
def test_a_name_that_the_text_has_is_not_told_again(
    style: str, printed: str, sources: Sources, citeproc: Citeproc
) -> None:
    """But where nothing would be left, or a number stands for it, it makes no difference."""
    left_out = Cite((CiteItem("kamran", "8", "paragraph", suppress_author=True),))
    bare = Cite((CiteItem("kamran", suppress_author=style == "modern-language-association"),))
    run = (Text("So, according to Kamran."), left_out, Text(" And so."), bare)
    cited = cite_brief(brief_of(run), sources, load_style(style), citeproc=citeproc)
    assert paragraphs_of(cited) == [printed]


def test_a_note_names_its_author_in_any_case(sources: Sources, citeproc: Citeproc) -> None:
    left_out = Cite((CiteItem("kamran", suppress_author=True),))
    run = (Text("So."), left_out, Text(" And so."), cite("kamran"))
    cited = cite_brief(
        brief_of(run), sources, load_style("chicago-notes-bibliography"), citeproc=citeproc
    )
    (note,) = cited.notes
    assert plain_text(note.content).startswith("Sehar Kamran, ")


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        # Styles that cite an unsigned article by its newspaper, and those that do by its title.
        ("harvard-cite-them-right", "So, according to Dawn (2011). And so (Dawn, 2011)."),
        ("chicago-author-date", "So, according to Dawn (2011). And so (Dawn 2011)."),
        ("apa", "So, according to Dawn (‘Talks’, 2011). And so (‘Talks’, 2011)."),
    ],
)
def test_a_newspaper_is_left_out_where_the_style_would_name_it(
    style: str, printed: str, citeproc: Citeproc
) -> None:
    csl = {
        "id": "dawn", "type": "article-newspaper", "title": "Talks", "container-title": "Dawn",
        "issued": {"date-parts": [[2011]]},
    }  # fmt: skip
    run = (
        Text("So, according to Dawn."), Cite((CiteItem("dawn", suppress_author=True),)),
        Text(" And so."), cite("dawn"),
    )  # fmt: skip
    cited = cite_brief(
        brief_of(run), {"dawn": Source("dawn", csl)}, load_style(style), citeproc=citeproc
    )
    assert paragraphs_of(cited) == [printed]
    left_out = [
        i.suppress_author for c in walk_inlines(cited) if isinstance(c, Cite) for i in c.items
    ]
    assert left_out == [style != "apa", False]
