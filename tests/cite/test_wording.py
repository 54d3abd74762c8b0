"""What a sequence of citations reads as: numbers, years, ibid, locators, affixes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefgen.brief.model import CiteItem, CrossReference, Emphasis, Link, Text
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, load_style, word_citations
from briefgen.cite.wording import without_cross_references
from briefgen.errors import InputError
from briefgen.facts.model import CSL_LOCATOR_LABELS, Source
from cite.making import cite


@pytest.fixture
def word(sources: Mapping[str, Source], citeproc: Citeproc):
    """Citations (items as for `cite`) worded in a style, as plain text."""

    def words(style: str, *clusters: tuple[Any, ...], language: str = "en") -> list[str]:
        wording = word_citations(
            [cite(*items).items for items in clusters],
            sources,
            load_style(style),
            language=language,
            citeproc=citeproc,
        )
        return [plain_text(content).replace("\u00a0", " ") for content in wording.citations]

    return words


def test_numbers_follow_the_sequence(word) -> None:
    assert word("ieee", ("cruz",), ("kamran",), ("cruz", "anonymous")) == [
        "[1]", "[2]", "[1], [3]",
    ]  # fmt: skip


def test_same_author_and_year_are_told_apart(word) -> None:
    assert word("apa", ("awan-b",), ("awan-a",)) == ["(Awan, 2023b)", "(Awan, 2023a)"]


def test_a_label_and_its_number_stay_on_one_line(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    clusters = [cite(("kamran", "75-80", "paragraph")).items, cite(("ministry", "8", "page")).items]
    wording = word_citations(clusters, sources, load_style("oscola"), citeproc=citeproc)
    first, second = map(plain_text, wording.citations)
    assert "para\u00a075–80" in first or "paras\u00a075–80" in first
    assert "Mark 75 Years" in first  # the title's own 75 stays as it went in
    assert "8" in second


def test_a_citation_that_comes_again_reads_the_same(word) -> None:
    again = word("ieee", ("cruz",), ("kamran",), ("cruz",), ("anonymous",), ("kamran",))
    assert again == ["[1]", "[2]", "[1]", "[3]", "[2]"]


def test_ibid_and_back_references_to_notes(word) -> None:
    first, second, third, fourth = word(
        "oscola",
        (("kamran", "8", "paragraph"),),
        (("kamran", "9", "paragraph"),),
        ("ministry",),
        (("kamran", "8", "paragraph"),),
    )
    assert first.startswith("Sehar Kamran, ‘Pakistan and Russia Mark 75 Years of Ties’")
    assert second.startswith("Ibid")
    assert third.startswith("Ministry of Foreign Affairs")
    assert "(n 1)" in fourth


@pytest.mark.parametrize(
    ("label", "value", "printed"),
    [
        ("page", "7", "(Kamran, 2023, p. 7)"),
        ("page", "7-9", "(Kamran, 2023, pp. 7–9)"),
        ("", "7", "(Kamran, 2023, p. 7)"),
        ("paragraph", "8", "(Kamran, 2023, para. 8)"),
        ("chapter", "2", "(Kamran, 2023, Chapter 2)"),
        ("timestamp", "12:30", "(Kamran, 2023, 12:30)"),
        ("appendix", "B", "(Kamran, 2023, Appendix B)"),
        ("table", "3", "(Kamran, 2023, Table 3)"),
        ("rule", "4", "(Kamran, 2023, Rule 4)"),
        ("section", "II", "(Kamran, 2023, Section II)"),
        ("page", "4{b]|c", "(Kamran, 2023, p. 4{b]|c)"),
    ],
)
def test_locators_of_every_kind(word, label: str, value: str, printed: str) -> None:
    assert word("apa", (("kamran", value, label),)) == [printed]


def test_a_locator_is_never_guessed_from_words(word) -> None:
    """French calls a section `sect.`; what a value or suffix looks like decides nothing."""
    assert word("apa", (("kamran", "8", "paragraph"),), language="fr") == [
        "(Kamran, 2023, paragr. 8)"
    ]
    assert word("apa", (("kamran", "", "", "", "p. 5 and more"),)) == [
        "(Kamran, 2023, p. 5 and more)"
    ]
    assert word("ieee", (("kamran", "", "", "", "5 ships"),)) == ["[1], 5 ships"]


def test_affixes_stand_literally(word) -> None:
    items = (
        ("kamran", "3", "page", "see <b>a|b</b> {x} *y*", "and | [@z] $q$"),
        ("ministry", "", "", "but compare"),
    )
    assert word("apa", items) == [
        (
            "(see <b>a|b</b> {x} *y* Kamran, 2023, p. 3, and | [@z] $q$; "
            "but compare Ministry of Foreign Affairs, ca. 2012)"
        )
    ]


def test_an_in_text_citation_links_to_its_references(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    wording = word_citations(
        [cite("kamran", "cruz").items], sources, load_style("ieee"), citeproc=citeproc
    )
    assert wording.citations == (
        (
            CrossReference("ref-kamran", (Text("[1]"),)),
            Text(", "),
            CrossReference("ref-cruz", (Text("[2]"),)),
        ),
    )


def test_a_reference_has_its_number_apart_and_its_address_linked(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    wording = word_citations([cite("kamran").items], sources, load_style("ieee"), citeproc=citeproc)
    (reference,) = wording.references
    url = "https://example.org/a_b?c=1&d=2"
    assert reference.source == "kamran"
    assert reference.label == "[1]"
    assert Emphasis((Text("Arab News"),)) in reference.content
    assert Link(url, (Text(url),)) in reference.content
    assert wording.hanging


def test_titles_in_other_scripts_keep_their_case(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    """English title case is for English titles; Latin ones still get it."""
    record = {"id": "ru", "type": "book", "title": "О торговле и газе", "publisher": "Наука"}
    both = {**sources, "ru": Source("ru", record)}
    wording = word_citations(
        [cite("ru", "cruz").items], both, load_style("chicago-author-date"), citeproc=citeproc
    )
    listed = " ".join(plain_text(reference.content) for reference in wording.references)
    assert "О торговле и газе" in listed
    assert "Pipelines Across Asia" in listed


def test_seasons_particles_and_missing_dates(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    wording = word_citations(
        [cite("cruz", "undated", "ministry").items],
        sources,
        load_style("apa"),
        citeproc=citeproc,
    )
    listed = [plain_text(reference.content) for reference in wording.references]
    assert listed == [
        (
            "Cruz, A. de la, & van Gogh, V. (2013). Pipelines across Asia. Energy Policy, 12(3), "
            "101–118. https://doi.org/10.1000/xyz123"
        ),
        "Doe, J., Jr. (n.d.). A history without a date (2nd ed.). Oak.",
        "Ministry of Foreign Affairs. (ca. 2012). Year book (No. 7). Government of Pakistan.",
    ]


def test_sources_that_nothing_cites_are_listed_on_request(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    wording = word_citations(
        [cite("kamran").items],
        sources,
        load_style("ieee"),
        list_also=["anonymous", "kamran"],
        citeproc=citeproc,
    )
    assert [(r.label, r.source) for r in wording.references] == [
        ("[1]", "kamran"), ("[2]", "anonymous"),
    ]  # fmt: skip
    assert len(wording.citations) == 1


def test_a_source_that_is_not_there_is_named(sources: Mapping[str, Source]) -> None:
    with pytest.raises(InputError, match="'nobody', which the base does not have; add it"):
        word_citations([cite("nobody").items], sources, load_style("ieee"))


def test_nothing_cited_starts_nothing(sources: Mapping[str, Source], tmp_path: Path) -> None:
    process = Citeproc(tmp_path / "no-such-program")
    wording = word_citations([], sources, load_style("ieee"), citeproc=process)
    assert wording.citations == wording.references == ()


def test_one_citation_alone(sources: Mapping[str, Source], citeproc: Citeproc) -> None:
    item = cite(("kamran", "8", "paragraph")).items[0]
    wording = word_citations([(item,)], sources, load_style("apa"), citeproc=citeproc)
    assert without_cross_references(wording.citations[0]) == (Text("(Kamran, 2023, para.\u00a08)"),)


def test_all_of_csls_locators_in_one_brief(citeproc: Citeproc) -> None:
    """Pandoc knows seventeen labels; the others are worded in turns, none as a page."""
    book = Source("a", {"id": "a", "type": "book", "title": "Oil", "author": [{"family": "Li"}]})
    words = {
        "act": "Act", "appendix": "Appendix", "article": "Article", "canon": "Canon",
        "elocation": "Location", "equation": "Equation", "opus": "Opus", "rule": "Rule",
        "scene": "Scene", "supplement": "Supplement", "table": "Table", "title": "Title",
        "version": "Version", "page": "p.", "paragraph": "para.", "line": "Line",
    }  # fmt: skip
    clusters = [(CiteItem("a", "4", label),) for label in CSL_LOCATOR_LABELS]
    wording = word_citations(clusters, {"a": book}, load_style("apa"), citeproc=citeproc)
    printed = {
        label: plain_text(content).replace("\u00a0", " ")
        for label, content in zip(CSL_LOCATOR_LABELS, wording.citations, strict=True)
    }
    for label, word in words.items():
        assert printed[label] == f"(Li, n.d., {word} 4)"
    assert [label for label, said in printed.items() if ", p. 4" in said] == ["page"]


@pytest.mark.parametrize("value", ["see [p. 3], x", "[3]", "{3}", "3 | 4", "3[b]"])
def test_no_bracket_in_a_locator_is_syntax(value: str, citeproc: Citeproc) -> None:
    book = Source("a", {"id": "a", "type": "book", "title": "Oil"})
    wording = word_citations(
        [(CiteItem("a", value, "page"),)], {"a": book}, load_style("oscola"), citeproc=citeproc
    )
    said = plain_text(wording.citations[0])
    assert value in said
    assert "zqlocator" not in said


def test_an_address_is_a_link_from_end_to_end(citeproc: Citeproc) -> None:
    """OSCOLA writes the beginning of a DOI's address itself, outside citeproc's link."""
    csl = {"id": "a", "type": "article-journal", "title": "Oil", "DOI": "10.1000/xyz1"}
    wording = word_citations(
        [cite("a").items], {"a": Source("a", csl)}, load_style("oscola"), citeproc=citeproc
    )
    links = [inline for inline in wording.citations[0] if isinstance(inline, Link)]
    assert [(link.url, plain_text(link.content)) for link in links] == [
        ("https://doi.org/10.1000/xyz1", "https://doi.org/10.1000/xyz1")
    ]


def test_an_address_in_place_of_a_title_keeps_its_letters(citeproc: Citeproc) -> None:
    csl = {"id": "a", "type": "webpage", "URL": "https://example.com/Only-url"}
    wording = word_citations(
        [cite("a").items], {"a": Source("a", csl)}, load_style("chicago-notes-bibliography"),
        citeproc=citeproc,
    )  # fmt: skip
    assert "Https" not in plain_text(wording.citations[0])
