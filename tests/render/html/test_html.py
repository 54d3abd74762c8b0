"""The HTML page: what it says, how it hangs together, and that nothing in a text can act."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    Code,
    Column,
    Emphasis,
    Entries,
    Entry,
    Flag,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    MastheadLine,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Section,
    SmallCaps,
    Strong,
    Superscript,
    Table,
    Text,
)
from briefgen.render.html import render_html
from briefgen.render.html.style import DARK, LIGHT
from render.noted import noted_briefs
from render.sample_brief import (
    NASTY_TEXTS,
    many_facts_brief,
    plain_text,
    rich_brief,
    statements,
)
from render.texts import TEXTS, brief_of

VOID = {"meta", "br", "hr", "col", "wbr"}


class Page(HTMLParser):
    """The page as a parser that knows nothing of us sees it."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.style = ""
        self.source = render_html(brief).decode("utf-8")
        self.feed(self.source)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            self.style += data
        elif "body" in self.open:
            self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_anywhere(texts: list[str]) -> None:
    text = "".join(texts)
    one = (Text(text),)
    paragraph = Paragraph(
        (
            Emphasis(one), Strong(one), SmallCaps(one), Superscript(one), Code(text),
            Link("https://a.example", one), Text(text, "ru"), Flag(text),
        )
    )  # fmt: skip
    page = Page(
        brief_of(
            paragraph,
            Heading(2, one),
            ListBlock(((Paragraph(one),),)),
            Quote((Paragraph(one, "small"),)),
            Entries((Entry(one, (Paragraph(one),)),), text, text),
            Table((Column(one),), (Row((one,), True),), text),
            Preformatted(text),
            title=text,
            kind=text,
            subtitle=text,
            marking=text,
            reference=text,
            author=text,
            keywords=(text,),
            masthead=(MastheadLine(text, one),),
        )
    )
    # 8 inlines; heading, item, quote, entry twice, table thrice, preformatted; title, kind,
    # subtitle, marking twice, reference, masthead twice.
    assert page.text.count(text) >= 8 + 9 + 8
    assert page.text.replace(text, "").split() == ["▲"] or text in " ▲\n"
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section",
        "h1", "h3", "p", "em", "strong", "span", "sup", "code", "a", "ul", "li", "blockquote",
        "div", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tr",
        "th", "td", "pre", "wbr", "bdi",
    }  # fmt: skip


@pytest.mark.parametrize("cited", ["in-text", "notes"])
def test_each_statement_of_a_long_brief(cited: Any) -> None:
    brief = many_facts_brief(500, cited=cited)
    text = Page(brief).text
    assert [statement for statement in statements(brief) if statement not in text] == []


def test_the_rich_brief_says_everything() -> None:
    brief = rich_brief()
    page = Page(brief)
    assert [statement for statement in statements(brief) if statement not in page.text] == []
    assert [nasty for nasty in NASTY_TEXTS if nasty not in page.text] == []


@pytest.mark.parametrize("brief", [rich_brief(), many_facts_brief(20, cited="notes")])
def test_each_link_inside_the_page_arrives(brief: Brief) -> None:
    page = Page(brief)
    assert len(page.ids) == len(set(page.ids))
    targets = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert targets <= set(page.ids)
    labelled = [a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a]
    assert set(labelled) <= set(page.ids)


def test_marks_and_notes_point_at_each_other() -> None:
    page = Page(rich_brief())
    marks = [a for a in page.all("a") if a.get("role") == "doc-noteref"]
    assert [(a["id"], a["href"]) for a in marks] == [
        ("cite-1", "#note-1"), ("cite-2", "#note-2"), ("cite-3", "#note-3"), ("cite-4", "#note-4"),
        ("cite-5", "#note-5"), ("cite-6", "#note-6"), ("cite-7", "#note-2"),
    ]  # fmt: skip
    backs = [a["href"] for a in page.all("a") if a.get("role") == "doc-backlink"]
    assert {"#cite-1", "#cite-7"} <= set(backs)


def roles(page: Page) -> dict[str, int]:
    """How often each role stands on the page."""
    return Counter(a["role"] for _, a in page.elements if "role" in a)


@pytest.mark.parametrize(
    ("notes_at", "holder", "expected"),
    [
        ("foot", "div", {"doc-footnote": 6, "doc-endnotes": 0}),
        ("end", "li", {"doc-footnote": 0, "doc-endnotes": 1}),
    ],
)
@pytest.mark.parametrize("own_section", [True, False])
def test_footnotes_and_endnotes(
    notes_at: str, holder: str, expected: dict[str, int], own_section: bool
) -> None:
    """DPUB-ARIA 1.1 has both roles, and forbids footnotes among endnotes."""
    sections = rich_brief().sections
    if not own_section:
        sections = tuple(s for s in sections if s.id != "notes")
    page = Page(rich_brief(notes_at=notes_at, sections=sections))
    found = roles(page)
    assert {role: found.get(role, 0) for role in expected} == expected
    notes = [(tag, a["id"]) for tag, a in page.elements if a.get("id", "").startswith("note-")]
    assert notes == [(holder, f"note-{n}") for n in range(1, 7)]
    assert found["doc-bibliography"] == 1


def shared_note() -> Brief:
    """Two notes; the first is cited thrice, the second once."""
    marks = [Cite((CiteItem("s1"),), f"cite-{n}", note=1) for n in (1, 2, 4)]
    other = Cite((CiteItem("s2"),), "cite-3", note=2)
    return brief_of(
        Paragraph((Text("So."), marks[0])),
        Paragraph((Text("So."), marks[1], other, Text(" And."), marks[2])),
        References(
            (
                ReferenceEntry(
                    "s1", "ref-s1", "", (Text("Dawn."),), ("cite-1", "cite-2", "cite-4"),
                    (Text("Reliability B."),),
                ),
                ReferenceEntry("s2", "ref-s2", "", (Text("Own."),), ("cite-3", "cite-9")),
            )
        ),
        Paragraph((Cite((CiteItem("s2"),), "cite-9", (Text("(Own)"),)),)),
        notes=(
            Note(1, "note-1", (Text("Dawn, 8."),), ("cite-1", "cite-2", "cite-4")),
            Note(2, "note-2", (Text("Own, 9."),), ("cite-3",)),
        ),
    )  # fmt: skip


def test_a_shared_note_leads_back_to_each_of_its_marks() -> None:
    page = Page(shared_note())
    backs = [a for a in page.all("a") if a.get("role") == "doc-backlink"]
    assert [(a["href"], a["aria-label"]) for a in backs] == [
        ("#cite-1", "Note 1"),
        ("#cite-3", "Note 2"),
        ("#cite-9", "Citation 1 of 1"),
        ("#cite-1", "Back to mark a of note 1"),
        ("#cite-2", "Back to mark b of note 1"),
        ("#cite-4", "Back to mark c of note 1"),
        ("#cite-3", "Back to the text from note 2"),
    ]
    lines = [" ".join(line.split()) for line in page.text.splitlines() if line.strip()]
    assert lines[1:] == [
        "So.1",
        "So.1, 2 And.1",
        "Dawn. Reliability B. Cited in n. 1.",
        "Own. Cited in n. 2. Cited at 1.",
        "(Own)",
        "Notes",
        "Dawn, 8. a b c",
        "Own, 9. ↩\ufe0e",
    ]


def test_references_may_keep_quiet_about_where_they_are_cited() -> None:
    entry = ReferenceEntry("s1", "ref-s1", "", (Text("Dawn."),), ("cite-1",))
    cite = Cite((CiteItem("s1"),), "cite-1", (Text("(Dawn)"),))
    page = Page(brief_of(Paragraph((cite,)), References((entry,), backlinks=False)))
    assert page.text.split() == ["T", "(Dawn)", "Dawn."]


def test_references_grouped_below_headings_are_one_bibliography() -> None:
    entry = ReferenceEntry("s1", "ref-s1", "", (Text("Dawn."),))
    group = (Heading(2, (Text("Press"),)), References((entry,)))
    page = Page(rich_brief(sections=(Section("r", "section-r", (Text("Sources"),), group),)))
    assert roles(page).get("doc-bibliography") == 1


@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("https://a.example/b-c/d.html", "https:// a .example /b-c /d .html"),
        ("https://a.example/?b=c&amp;d=%D0", "https:// a .example /?b =c &amp;d = %D0"),
    ],
)
def test_addresses_break_at_their_marks_and_stay_whole(address: str, broken: str) -> None:
    page = Page(brief_of(Paragraph((Link("https://x.example", (Text(address),)),))))
    assert address in page.text
    written = escape(broken.replace(" ", "\0")).replace("\0", "<wbr>")
    assert f">{written}</a>" in page.source
    assert "<wbr>" not in Page(brief_of(Paragraph((Text(address),)))).source


def test_no_mark_and_no_id_is_repeated_in_the_contents() -> None:
    marked = (Text("Part"), Cite((), "cite-1", note=1))
    cited = (Text("Part "), Cite((), "cite-2", (Text("[1]"),)))
    plain = tuple(Section(f"p{n}", f"section-p{n}", (Text("Part"),), ()) for n in range(9))
    sections = (Section("a", "section-a", marked, ()), Section("b", "section-b", cited, ()), *plain)
    notes = (Note(1, "note-1", (Text("Dawn."),), ("cite-1",)),)
    page = Page(rich_brief(sections=sections, notes=notes))
    assert len(page.all("nav")) == 1
    assert roles(page)["doc-noteref"] == 1
    assert len(page.ids) == len(set(page.ids))


@settings(max_examples=60, deadline=None)
@given(noted_briefs())
def test_notes_of_any_brief(brief: Brief) -> None:
    page = Page(brief)
    assert len(page.ids) == len(set(page.ids))
    links = [a for a in page.all("a") if a["href"].startswith("#")]
    assert {a["href"][1:] for a in links} <= set(page.ids)
    marks = {a["id"]: a["href"] for a in links if a["role"] == "doc-noteref"}
    assert marks == {c: f"#{note.anchor}" for note in brief.notes for c in note.cited_at}
    printed = page.text.rpartition("Notes\n")[2]
    for note in brief.notes:
        said, _, printed = printed.partition(plain_text(note.content))
        assert printed, f"note {note.number} follows {said!r}"
    names = [a["aria-label"] for a in links if a["role"] == "doc-backlink"]
    backs = [name for name in names if name.startswith("Back")]
    assert len(backs) == len(set(backs)) == len(marks)


def test_a_citation_in_the_text_points_at_its_reference() -> None:
    cite = Cite((CiteItem("s1"),), "cite-1", (Text("(Kamran 2023)"),))
    references = References((ReferenceEntry("s1", "ref-s1", "", (Text("Kamran."),), ("cite-1",)),))
    page = Page(brief_of(Paragraph((Text("So "), cite)), references))
    assert [(a["id"], a["href"], a["role"]) for a in page.all("a") if "id" in a] == [
        ("cite-1", "#ref-s1", "doc-biblioref")
    ]


def test_notes_are_printed_where_the_brief_names_no_place() -> None:
    cited = Paragraph((Text("So."), Cite((), "cite-1", note=1)))
    page = Page(brief_of(cited, notes=(Note(1, "note-1", (Text("Dawn."),), ("cite-1",)),)))
    assert page.text.split() == ["T", "So.1", "Notes", "Dawn.", "↩\ufe0e"]


def test_headings_go_down_one_level_at_a_time() -> None:
    page = Page(rich_brief())
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("sections", "listed"), [(8, 0), (9, 9)])
def test_a_list_of_contents_for_long_briefs(sections: int, listed: int) -> None:
    parts = tuple(
        Section(f"s{n}", f"section-{n}", (Text(f"Part {n}"),), (), level=1 + n % 2)
        for n in range(sections)
    )
    page = Page(rich_brief(sections=parts, notes=()))
    assert len(page.all("nav")) == (1 if listed else 0)
    assert sum(a["href"].startswith("#section-") for a in page.all("a")) == listed


def test_contents_follow_what_opens_the_brief() -> None:
    opening = Section("top", "section-top", (Text("Top"),), (), tone="accent")
    rest = tuple(Section(f"s{n}", f"section-{n}", (Text(f"Part {n}"),), ()) for n in range(9))
    page = Page(rich_brief(sections=(opening, *rest), notes=()))
    order = [
        attributes.get("id", tag) for tag, attributes in page.elements if tag in ("section", "nav")
    ]
    assert order[:3] == ["section-top", "nav", "section-0"]
    assert "#section-top" not in [a["href"] for a in page.all("a")]


def test_tables_carry_headers_and_a_caption() -> None:
    page = Page(rich_brief())
    assert {a["scope"] for a in page.all("th")} == {"col"}
    assert len(page.all("caption")) == len(page.all("table")) == 1


def test_nothing_is_fetched_and_only_our_style_sheet_applies() -> None:
    page = Page(rich_brief())
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_markings_reach_each_printed_page_and_cannot_end_the_style_sheet() -> None:
    page = Page(rich_brief(marking='X"; } </style><b>', paper="letter"))
    assert page.style.count('"X\\22 \\3b  \\7d  \\3c \\2f style\\3e \\3c b\\3e "') == 2
    assert "size: letter" in page.style
    assert 'content: "Page " counter(page) " of " counter(pages)' in page.style


def test_languages_and_directions() -> None:
    brief = brief_of(
        Paragraph((Text("дружба", "ru"), Text("کا مطلب", "ur"), Text("same", "en-GB"))),
    )
    page = Page(brief)
    assert page.all("html") == [{"lang": "en-GB"}]
    assert page.all("span") == [{"lang": "ru"}, {"lang": "ur", "dir": "rtl"}]
    assert Page(rich_brief(language="ur")).all("html") == [{"lang": "ur", "dir": "rtl"}]


def test_two_note_marks_do_not_read_as_one_number() -> None:
    marks = Paragraph((Text("So."), Cite((), "c1", note=1), Cite((), "c2", note=2), LineBreak()))
    assert Page(brief_of(marks)).text.split() == ["T", "So.1,", "2"]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "warning"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
def test_contrast(colours: dict[str, str], ink: str, ground: str) -> None:
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_bytes_repeat() -> None:
    assert render_html(rich_brief()) == render_html(rich_brief())
