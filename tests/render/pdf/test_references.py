"""The list of references: on which pages each source is cited."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    Emphasis,
    Inline,
    Link,
    ReferenceEntry,
    References,
    Text,
)
from briefgen.render.pdf import references, render_pdf
from render.pdf.samples import brief, chronology, para, section, text
from render.pdf.test_render_pdf import annotations, opened, page_texts, shown, words


def cited(pages: int, *citations: tuple[int, str], **changes: object) -> Brief:
    """A brief of so many pages, sources cited on some of them, and their references at the end."""
    anchors: dict[str, list[str]] = {}
    sections = []
    for page in range(1, pages + 1):
        said: list[Inline] = [Text(f"Page {page}.")]
        for number, (on, source) in enumerate(citations):
            if on == page:
                anchor = f"cite-{number}"
                anchors.setdefault(source, []).append(anchor)
                said.append(Cite((CiteItem(source),), anchor, text(f" [{source}]")))
        sections.append(section(f"S{page}", para(*said), break_before=page > 1))
    entries = tuple(
        ReferenceEntry(source, f"ref-{source}", "", text(f"Title of {source}."), tuple(found))
        for source, found in sorted(anchors.items())
    )
    return brief(*sections, section("References", References(entries), **changes))


def told(made: Brief, source: str) -> str:
    found = re.search(rf"Title of {source}\. (Cited on [^.]*\.[^.]*\.)", words(render_pdf(made)))
    return found.group(1) if found else ""


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((2,), "Cited on p. 2."),
        ((2, 2), "Cited on p. 2."),
        ((1, 2), "Cited on pp. 1, 2."),
        ((1, 3), "Cited on pp. 1, 3."),
        ((1, 2, 3), "Cited on pp. 1–3."),
        ((1, 3, 4, 4, 5, 7, 8), "Cited on pp. 1, 3–5, 7, 8."),
    ],
)
def test_an_entry_tells_the_pages_of_its_citations(pages: tuple[int, ...], expected: str) -> None:
    made = cited(9, *[(page, "x") for page in pages], (9, "y"))
    assert told(made, "x") == expected
    assert told(made, "y") == "Cited on p. 9."


def test_each_page_number_leads_to_the_first_citation_on_it() -> None:
    result = render_pdf(cited(5, (1, "x"), (3, "x"), (3, "x"), (4, "x"), (5, "x")))
    assert "Cited on pp. 1, 3–5." in words(result)
    pdf = opened(result)
    pages = [page.obj.objgen for page in pdf.pages]
    links = [a for a in pdf.pages[-1].Annots if "/Dest" in a]
    assert [pages.index(a.Dest[0].objgen) for a in links if float(a.Rect[1]) < 740] == [0, 2, 4]


def test_only_where_the_brief_asks_for_it_and_there_is_something_to_tell() -> None:
    made = cited(2, (1, "x"))
    block = made.sections[-1].blocks[0]
    assert isinstance(block, References)
    quiet = replace(made.sections[-1], blocks=(replace(block, backlinks=False),))
    assert "Cited" not in words(render_pdf(replace(made, sections=(*made.sections[:-1], quiet))))
    entry = ReferenceEntry("z", "ref-z", "", text("Title of z."), ())
    gone = ReferenceEntry("g", "ref-g", "", text("Title of g."), ("cite-left-out",))
    assert "Cited" not in words(render_pdf(brief(section("R", References((entry, gone))))))


def test_remarks_stand_between_the_entry_and_its_pages() -> None:
    entry = ReferenceEntry(
        "x", "ref-x", "[1]", (Text("A, "), Emphasis(text("T")), Text(".")), ("c",),
        text("Reliability C, fairly reliable."),
    )  # fmt: skip
    made = brief(
        section("S", para("Said", Cite((CiteItem("x"),), "c", text(" [1]")), ".")),
        section("R", References((entry,))),
    )
    assert "[1]A, T. Reliability C, fairly reliable. Cited on p. 1." in words(render_pdf(made))


def test_pages_are_true_where_citations_stand_after_the_list() -> None:
    # Each entry's own line about pages moves what it speaks of.
    count = 70
    cites = [Cite((CiteItem(f"s{n}"),), f"c{n}", text(f" mark{n}y")) for n in range(count)]
    entries = tuple(
        ReferenceEntry(f"s{n}", f"ref-s{n}", "", text(f"Title of s{n}." + " word" * (n % 17)),
                       (f"c{n}", f"c{n * 7 % count}"))
        for n in range(count)
    )  # fmt: skip
    made = brief(
        section("References", References(entries)),
        *[section(f"S{n}", para("Said", cites[n], " and so on" * (n % 30))) for n in range(count)],
    )
    result = render_pdf(made)
    texts = page_texts(result)
    page = {n: next(p for p, said in enumerate(texts, 1) if f" mark{n}y" in said)
            for n in range(count)}  # fmt: skip
    said = words(result)
    for n in range(count):
        found = re.search(rf"Title of s{n}\.(?: word)*\.? Cited on pp?\. ([^.]*)\.", said)
        assert found
        shown_pages = {int(number) for number in re.findall(r"\d+", found.group(1))}
        assert shown_pages == {page[n], page[n * 7 % count]}


def test_every_page_told_in_a_long_chronology_is_true() -> None:
    result = render_pdf(chronology(150, 4))
    texts = page_texts(result)
    said = words(result)
    for source in range(40):
        found = re.search(rf"A title of source {source}, 2013\. Cited on pp?\. ([^.]*)\.", said)
        assert found
        told_pages: set[int] = set()
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", found.group(1)):
            told_pages |= set(range(int(first), int(last or first) + 1))
        true = {
            page
            for page, text_of_it in enumerate(texts, 1)
            for number in range(source, 150, 40)
            if f"Fact {number}:" in text_of_it
        }
        # A citation stands at the end of its fact, which may be on the next page.
        assert told_pages <= true | {page + 1 for page in true}
        assert len(told_pages) <= len(range(source, 150, 40))


def test_addresses_stay_whole_links_and_break_at_their_joints() -> None:
    url = "https://nation.example/28-Aug-2013/first-ever-pakistan-russia-strategic-dialogue-begins"
    made = brief(section("R", References(tuple(
        ReferenceEntry(f"s{n}", f"ref-s{n}", "", (Text("Word " * n), Link(url, text(url))))
        for n in range(20)
    ))))  # fmt: skip
    pdf = opened(render_pdf(made))
    lines = [s for page in pdf.pages for _, _, s in shown(pdf, page) if "/" in s or "-" in s]
    assert {str(each.A.URI) for each in annotations(pdf) if "/A" in each} == {url}
    assert not any(re.search(r"(://|nation|-)$", line.strip()) for line in lines)
    assert words(render_pdf(made)).replace(" ", "").count(url) == 20


# --- references that come again in other briefs ------------------------------------------------


def listing(*entries: ReferenceEntry, **changes: object) -> Brief:
    return brief(section("References", References(entries)), **changes)


def test_a_reference_is_set_the_same_whichever_brief_it_stood_in_before() -> None:
    linked = Link("https://example.org/a", text("https://example.org/a"))
    first, second = (
        ReferenceEntry(name, f"ref-{name}", "", (Emphasis(text(f"The {name}")), Text(". "), linked))
        for name in ("first", "second")
    )
    alone = render_pdf(listing(second)).data
    for before in (listing(first, second), listing(second, first), listing(second, paper="letter")):
        render_pdf(before)
        assert render_pdf(listing(second)).data == alone


def test_what_a_reference_lacks_is_told_in_every_brief_that_has_it() -> None:
    entry = ReferenceEntry("s1", "ref-s1", "", text("A title with \U000f0000 in it."))
    for _ in range(2):
        assert len(render_pdf(listing(entry)).warnings) == 1


@pytest.mark.parametrize("most", [2, 3])
def test_a_list_that_is_too_long_to_be_remembered_pushes_out_no_other(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cited(2, (1, "a"), (1, "b"), (2, "c"))
    usual = render_pdf(made).data
    references._kept_lines.cache_clear()
    monkeypatch.setattr(references, "_MOST_KEPT", most)
    assert render_pdf(made).data == usual
    assert references._kept_lines.cache_info().currsize == (3 if most == 3 else 0)
