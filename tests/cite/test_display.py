"""What styles set on lines of its own, beside a margin, or as words for kinds of places."""

from __future__ import annotations

import pytest

from briefgen.brief.model import CiteItem, Inlines, LineBreak
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, load_style, word_citations
from briefgen.cite.question import LONGEST_LABEL
from briefgen.facts.model import Source

SOURCES = {
    "doe": Source(
        "doe",
        {
            "type": "book", "title": "The First Book", "author": [{"family": "Doe", "given": "Jane"}],
            "issued": "1999", "publisher": "Press", "publisher-place": "London",
            "number-of-volumes": "3",
        },
    ),
    "roe": Source(
        "roe",
        {
            "type": "article-journal", "title": "Second Paper", "container-title": "Things",
            "volume": "12", "author": [{"family": "Roe", "given": "Richard"}], "issued": "2001",
        },
    ),
}  # fmt: skip


def lines(content: Inlines) -> str:
    return "".join("|" if isinstance(i, LineBreak) else plain_text((i,)) for i in content)


def references(style: str, citeproc: Citeproc) -> list[tuple[str, str]]:
    clusters = [(CiteItem("doe", "3", "volume"),), (CiteItem("roe"),)]
    wording = word_citations(clusters, SOURCES, load_style(style), citeproc=citeproc)
    return [(reference.label, lines(reference.content)) for reference in wording.references]


def test_a_reference_that_a_style_sets_in_the_margin_is_no_label(citeproc: Citeproc) -> None:
    assert references("journal-of-lipid-research", citeproc) == [
        ("1.", "Doe, J. 1999. The First Book. Press, London."),
        ("2.", "Roe, R. 2001. Second Paper. Things. 12."),
    ]


def test_what_stands_on_a_line_of_its_own_ends_there(citeproc: Citeproc) -> None:
    assert references("american-anthropological-association", citeproc) == [
        ("", "Doe, Jane|1999 The First Book. London: Press."),
        ("", "Roe, Richard|2001 Second Paper. Things 12."),
    ]


@pytest.mark.parametrize("style", ["isnad-dipnotlu", "isnad-metinici"])
def test_a_style_never_prints_our_own_marks(style: str, citeproc: Citeproc) -> None:
    (_, book), _ = references(style, citeproc)
    assert "3 Volume." in book


@pytest.mark.parametrize("style", ["ieee", "din-1505-2-alphanumeric", "nature"])
def test_labels_stay_labels(style: str, citeproc: Citeproc) -> None:
    for label, content in references(style, citeproc):
        assert 0 < len(label) <= LONGEST_LABEL
        assert content


def test_a_name_in_a_title_keeps_its_letters_and_shows_no_markup(citeproc: Citeproc) -> None:
    csl = {
        "type": "article-journal", "title": 'A story of <span class="nocase">de facto</span> rule',
        "container-title": "Journal of Things", "journalAbbreviation": "J. Things", "issued": "2001",
    }  # fmt: skip
    wording = word_citations(
        [(CiteItem("one"),)],
        {"one": Source("one", csl)},
        load_style("chicago-author-date"),
        citeproc=citeproc,
    )
    assert "A Story of de facto Rule" in lines(wording.references[0].content)


def test_the_older_name_of_a_short_title_counts(citeproc: Citeproc) -> None:
    short = {"type": "article-journal", "title": "T", "container-title": "Journal of Things"}
    for name in ("journalAbbreviation", "container-title-short"):
        source = Source("one", {**short, name: "J. Things"})
        wording = word_citations(
            [(CiteItem("one"),)], {"one": source}, load_style("nature"), citeproc=citeproc
        )
        assert "J. Things" in lines(wording.references[0].content)


@pytest.mark.parametrize(
    ("title", "worded"),
    [
        ("on <em>oil</em> and <sup>gas</sup>", "On <em>Oil</em> and <sup>Gas</sup>"),
        ("<b>oil</b> and gas", "<b>Oil</b> and Gas"),
        ("trade &amp; aid, &#x2014; again", "Trade &amp; Aid, &#x2014; Again"),
        ("a story of <br/> and a<b", "A Story of <br/> and a<b"),
    ],
)
def test_tags_and_entities_in_a_title_are_no_words(
    title: str, worded: str, citeproc: Citeproc
) -> None:
    csl = {"type": "book", "title": title, "issued": "2001"}
    wording = word_citations(
        [(CiteItem("one"),)],
        {"one": Source("one", csl)},
        load_style("chicago-author-date"),
        citeproc=citeproc,
    )
    assert worded in lines(wording.references[0].content)


@pytest.mark.parametrize("style", ["vancouver", "nature", "acs-nano"])
@pytest.mark.parametrize(
    ("title", "begins"),
    [('a "quoted" word', "a “quoted” word"),
     ('a <span class="nocase">de facto</span> state', "a de facto state")],
)  # fmt: skip
def test_a_space_after_a_first_word_of_one_letter_stays(
    style: str, title: str, begins: str, citeproc: Citeproc
) -> None:
    csl = {"type": "article-journal", "container-title": "Things", "issued": "2001"}
    wording = word_citations(
        [(CiteItem("one"),)],
        {"one": Source("one", {**csl, "title": title})},
        load_style(style),
        citeproc=citeproc,
    )
    worded = lines(wording.references[0].content).translate(str.maketrans("‘’", "“”"))
    assert begins in worded.casefold()
