"""What a message says: the key points with their sources, cautions, markings; nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Blocks,
    Brief,
    Cite,
    CiteItem,
    Column,
    CrossReference,
    Entries,
    Entry,
    Flag,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    MastheadLine,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Section,
    Sentence,
    Table,
    Text,
)
from briefgen.brief.spec.model import EmailRequest
from briefgen.brief.words import ENGLISH, words_in
from briefgen.errors import UsageError
from briefgen.facts.model import Citation, Fact, Source
from briefgen.mail.compose import compose, size_in_words
from briefgen.mail.digest import digest
from briefgen.mail.message import Attachment, Message
from mail_server import PDF, addresses

SOURCES = {
    "s1": Source("s1", {"author": [{"family": "Kamran"}], "container-title": "Arab News",
                        "issued": {"date-parts": [[2023, 5, 3]]}}),
}  # fmt: skip


def said(fact: str, text: str, *flags: str, cited: bool = True) -> Sentence:
    content: list[Any] = [Text(text)]
    if cited:
        content.append(Cite((CiteItem("s1", "8", "paragraph"),)))
    for flag in flags:
        content += [Text(" "), Flag(flag)]
    return Sentence(fact, tuple(content))


def item(*content: Any) -> Blocks:
    return (Paragraph(content),)


def a_brief(*sections: Section, **changed: Any) -> Brief:
    about: dict[str, Any] = {
        "title": "Energy ties", "kind": "Country brief", "subtitle": "", "language": "en",
        "paper": "a4", "marking": "OFFICIAL", "printed_date": "",
        "created": datetime(2026, 11, 21, tzinfo=UTC), "words": ENGLISH, "sections": sections,
        "masthead": (MastheadLine("Topics", (Text("Energy"),)),
                     MastheadLine("Newest information", (Text("May 2023"),))),
    }  # fmt: skip
    return Brief(**(about | changed))


def section(name: str, *blocks: Any, **settings: Any) -> Section:
    heading = (Text(name.title()),)
    return Section(name, f"section-{name}", heading, blocks, part=name, **settings)


POINTS = section(
    "points",
    ListBlock((
        item(said("oil", "Oil flows.", "disputed")),
        item(said("gas", "Gas does not <b> & =1+1.")),
    )),
    tone="accent",
)  # fmt: skip


def message(
    brief: Brief,
    *,
    facts: Iterable[Fact] = (),
    overleaf: Iterable[str] = (),
    apart: Iterable[str] = (),
    **request: Any,
) -> Message:
    known = {fact.id: fact for fact in facts}
    small = digest(
        brief,
        SOURCES,
        lambda ids: {i: known[i] for i in ids if i in known},
        overleaf=frozenset(overleaf),
        apart=frozenset(apart),
    )
    return compose(EmailRequest(**request), [PDF], brief=small)


def shown(page: str) -> str:
    """What a reader of the page sees, as running text."""

    class Reader(HTMLParser):
        seen = ""
        hidden = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.hidden = tag == "title"
            self.seen += (
                " " if tag not in ("span", "em", "strong", "a", "sub", "sup", "bdi") else ""
            )

        def handle_data(self, data: str) -> None:
            self.seen += "" if self.hidden else data

        def handle_endtag(self, tag: str) -> None:
            self.hidden = False

    reader = Reader()
    reader.feed(page)
    return " ".join(reader.seen.split())


def test_the_plain_body_line_by_line() -> None:
    made = message(a_brief(POINTS), body="Dear Jo,\n\nplease *read*.")

    assert made.text == (
        "OFFICIAL\n\n"
        "Dear Jo,\n\n"
        "please read.\n\n"
        "Country brief\n"
        "Energy ties\n"
        "===========\n\n"
        "Newest information: May 2023\n\n"
        "Points\n"
        "------\n\n"
        "* Oil flows [Kamran, Arab News, 3 May 2023, para. 8]. ▲ disputed\n"
        "* Gas does not <b> & =1+1 [Kamran, Arab News, 3 May 2023, para. 8].\n\n"
        "▲ disputed: another account contradicts it.\n\n"
        "Attached\n"
        "--------\n\n"
        "* Überblick – «Öl».pdf (PDF, 768 bytes)\n\n"
        "OFFICIAL\n"
    )


def test_both_bodies_say_the_same() -> None:
    made = message(a_brief(POINTS), body="Dear Jo,\n\n- one\n- two")
    plain = re.sub(r"[=-]{3,}|\*|:", " ", made.text)
    assert " ".join(plain.split()) == " ".join(re.sub("[·:]", " ", shown(made.html)).split())


def test_the_marking_stands_in_the_subject_and_around_the_body() -> None:
    made = message(a_brief(POINTS))
    assert made.subject == "[OFFICIAL] Energy ties"
    assert made.text.startswith("OFFICIAL\n")
    assert made.text.endswith("\nOFFICIAL\n")
    assert shown(made.html).startswith("OFFICIAL ")
    assert shown(made.html).endswith(" OFFICIAL")
    assert message(a_brief(POINTS), subject="Oil").subject == "[OFFICIAL] Oil"
    assert message(a_brief(POINTS), subject="[OFFICIAL] Oil").subject == "[OFFICIAL] Oil"
    assert message(a_brief(POINTS, marking="")).subject == "Energy ties"
    handled = message(a_brief(POINTS, handling=("COMMERCIAL", "UK EYES ONLY")))
    assert handled.subject == "[OFFICIAL - COMMERCIAL - UK EYES ONLY] Energy ties"
    assert handled.text.startswith("OFFICIAL - COMMERCIAL - UK EYES ONLY\n")
    assert shown(handled.html).endswith(" OFFICIAL - COMMERCIAL - UK EYES ONLY")


def test_without_a_tinted_section_key_facts_are_the_points() -> None:
    disputes = section("disputes", *item(said("gas", "Gas flows.")), tone="warning")
    years = section(
        "years",
        Entries(
            (
                Entry((Text("2011"),), item(said("oil", "Oil flows."))),
                Entry((Text("2012"),), item(said("gas", "Gas flows.", "one unnamed source"))),
            ),
            "Date", "Event",
        ),
    )  # fmt: skip
    key = Fact("gas", ("energy",), "event", "Gas flows.", (), key=True)
    plain = Fact("oil", ("energy",), "event", "Oil flows.", ())

    made = message(a_brief(disputes, years), facts=[key, plain])

    assert "Key points\n----------\n\n* 2012: Gas flows [Kamran" in made.text
    assert "▲ one unnamed source" in " ".join(made.text.split())
    assert "Oil" not in made.text

    made = message(a_brief(disputes, years))  # no key facts: what it says first
    assert "* 2011: Oil flows" in made.text
    assert made.text.count("Gas flows") == 1


def test_evidence_is_no_point() -> None:
    brief = a_brief(
        section("evidence", paragraph(said("gas", "Gas does not."))),
        section("state", paragraph(said("oil", "Oil flows."))),
    )
    made = message(brief, apart=["evidence"]).text
    assert "Oil flows" in made
    assert "Gas does not" not in made


def test_many_points_are_cut_and_counted() -> None:
    many = ListBlock(tuple(item(said(f"f{n}", f"Fact {n}.")) for n in range(9)))
    made = message(a_brief(section("all", many)))
    assert "Fact 5 [" in made.text
    assert "Fact 6" not in made.text
    assert "6 of 9 points shown; the rest in the document." in made.text


def test_what_is_to_be_spoken_gets_its_sources() -> None:
    spoken = section("ours", ListBlock((item(said("oil", "Oil flows.", "draft", cited=False)),)))
    fact = Fact("oil", ("energy",), "event", "Oil flows.",
                (Citation("s1", (("page", "3"),)),))  # fmt: skip
    made = message(a_brief(spoken), facts=[fact])
    assert "* Oil flows [Kamran, Arab News, 3 May 2023, p. 3]. ▲ draft" in made.text


def test_own_words_are_markdown_and_nothing_else() -> None:
    body = (
        "See [the page](https://example.org/?a=1&b=2).\n\n<script>x()</script> [@oil]\n\n    a  b"
    )
    made = message(a_brief(POINTS), body=body)
    assert '<a href="https://example.org/?a=1&amp;b=2"' in made.html
    assert "<script" not in made.html
    assert "<script>x()</script> [@oil]" in made.text
    assert "    a  b" in made.text


def test_every_block_has_a_place_in_both_bodies() -> None:
    table = Table(
        (Column((Text("What"),)), Column((Text("How many"),), "right")),
        (Row(((Text("Oil"),), (Text("45"),))), Row(((Text("Gas"),), (Text("7"),)), muted=True)),
        "Deliveries",
    )
    blocks = (
        Paragraph((Text("Lead"), LineBreak(), Text("goes on")), "lead"), Heading(2, (Text("Sub"),)),
        table, Quote((Paragraph((Text("Quoted"),)),)), Preformatted("a\n  b"),
        ListBlock((item(Text("first")), item(Text("second"))), ordered=True, start=3),
        Entries((Entry((Text("Name"),), item(Text("Jo"))),), "Name", "Who"),
        Paragraph((Link("https://example.org/", (Text("there"),)),), "small"),
    )  # fmt: skip
    made = message(a_brief(section("all", *blocks, tone="accent")))
    seen = shown(made.html)
    for word in ("Lead goes on", "Sub", "What", "How many", "45", "Gas", "Quoted", "a b", "second",
                 "Name", "Jo", "there"):  # fmt: skip
        assert word in seen, word
        assert word in " ".join(made.text.split()), word
    assert '<ol start="3"' in made.html


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1)


@given(TEXT)
@example("\u0627\u0644")
@settings(deadline=None, max_examples=60)
def test_nothing_is_fetched_and_no_text_is_markup(text: str) -> None:
    text += " and on"  # a full stop at the end would go behind the citation
    points = section("points", ListBlock((item(said("f", text)),)), tone="accent")
    made = message(a_brief(points, title="T", marking=text[:9].strip() or "M"), subject="S")

    tags: list[tuple[str, dict[str, str | None]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    Tags().feed(made.html)
    known = {"html", "head", "meta", "title", "body", "table", "tr", "td", "p", "h1", "h2", "ul",
             "li", "span", "div", "bdi"}  # fmt: skip
    assert {tag for tag, _ in tags} <= known
    for _, attributes in tags:
        assert not {"src", "href", "background", "class", "id"} & set(attributes)
        assert "url(" not in (attributes.get("style") or "")
    assert " ".join(text.split()) in shown(made.html)


def test_recipients_once() -> None:
    made = message(a_brief(POINTS), to=addresses("a@x.org", "A <a@x.org>", "b@x.org"),
                   cc=addresses("b@x.org", "c@x.org"))  # fmt: skip
    assert [str(one) for one in made.to] == ["a@x.org", "b@x.org"]
    assert [str(one) for one in made.cc] == ["c@x.org"]


def test_files_alone() -> None:
    files = [Attachment("energy.docx", "a/b", b"x" * 84_200), Attachment("energy.pdf", "a/b", b"")]
    made = compose(EmailRequest(), files)
    assert made.subject == "energy"
    assert made.text == (
        "Attached\n--------\n\n* energy.docx (Word document, 84 kB)\n* energy.pdf (PDF, 0 bytes)\n"
    )


def test_two_files_with_one_name() -> None:
    files = [Attachment("a.pdf", "a/b", b""), Attachment("A.PDF", "a/b", b"")]
    with pytest.raises(UsageError, match=r"two attachments are called 'A\.PDF'; rename one"):
        compose(EmailRequest(), files)


def test_sizes_in_words() -> None:
    assert [size_in_words(n) for n in (999, 1_000, 999_499, 999_500, 12_340_000)] == [
        "999 bytes", "1 kB", "999 kB", "1.0 MB", "12.3 MB",
    ]  # fmt: skip


def paragraph(*content: Any, **settings: Any) -> Paragraph:
    return Paragraph(content, **settings)


def test_a_first_side_goes_whole_and_nothing_of_what_is_overleaf() -> None:
    brief = a_brief(
        section("objective", paragraph(Text("A date.")), tone="accent"),
        section("lines", ListBlock((item(Text("We should plan.")),))),
        section("facts", ListBlock((item(said("oil", "Oil flows.", cited=False)),))),
        section("if-raised", paragraph(Text("Pipeline: we stand by it."))),
        section("avoid", paragraph(Text("That it is built.")), tone="warning"),
        section("evidence", paragraph(said("gas", "Gas does not.")), break_before=True),
        section("weak", paragraph(Text("Ours.")), tone="accent"),
    )
    oil = Fact("oil", ("energy",), "event", "Oil flows.", (Citation("s1"),), attribution="Ann")
    made = message(brief, facts=[oil], overleaf=["evidence", "weak"]).text
    headings = [line for line in made.splitlines() if line and line in
                ("Objective", "Lines", "Facts", "If-Raised", "▲ Avoid", "Evidence", "Weak")]  # fmt: skip
    assert headings == ["Objective", "Lines", "Facts", "If-Raised", "▲ Avoid"]
    assert "Oil flows [Kamran, Arab News, 3 May 2023]." in made


def test_pointers_say_where_what_they_point_to_is() -> None:
    def see(anchor: str, *around: str) -> tuple[Any, ...]:
        before, after = around
        return (Text(before), CrossReference(anchor, (Text("Accounts"),)), Text(after))

    brief = a_brief(
        section(
            "points",
            ListBlock((
                item(said("oil", "Oil flows.")),
                item(*see("section-accounts", "Two differ: see ‘", "’.")),
                item(*see("section-points", "Above: ‘", "’.")),
            )),
            Paragraph(see("section-accounts", "", ""), "small"),
            tone="accent",
        ),
        section("accounts", paragraph(Text("They differ."))),
    )  # fmt: skip
    made = message(brief).text
    assert "* Two differ: see ‘Accounts’ in the document.\n" in made
    assert "* Above: ‘Accounts’.\n" in made
    assert made.count("Accounts") == 2
    inside = section("points", paragraph(*see("section-accounts", "See “", ".”")), tone="accent")
    made = message(a_brief(inside, language="en-US", words=words_in("en-US"))).text
    assert "See “Accounts” in the document.\n" in made


def test_flags_are_explained_once_and_are_quieter_than_words() -> None:
    flagged = section(
        "points",
        ListBlock((
            item(said("oil", "Oil flows.", "disputed; weak source")),
            item(said("gas", "Gas does not.", "weak sources")),
        )),
        tone="accent",
    )  # fmt: skip
    made = message(a_brief(flagged))
    told = " ".join(made.text.split())
    assert told.count("▲ disputed: another account contradicts it; weak source: no source") == 1
    assert "unreliable" not in told
    unflagged = section("points", ListBlock((item(said("oil", "Oil flows.")),)), tone="accent")
    assert "▲" not in message(a_brief(unflagged)).text
    (style, *_) = re.findall(r'<span style="([^"]*)">▲', made.html)
    assert "font-weight:normal" in style
    assert "font-size:12px" in style


def test_an_author_whom_the_sentence_names_is_not_named_again() -> None:
    cite = Cite((CiteItem("s1", "8", "paragraph", suppress_author=True),))
    voiced = Sentence("oil", (Text("Oil flows, according to Kamran."), cite))
    points = section("points", paragraph(voiced), tone="accent")
    assert (
        "Oil flows, according to Kamran [Arab News, 3 May 2023, para. 8]."
        in " ".join(message(a_brief(points)).text.split())
    )  # fmt: skip
