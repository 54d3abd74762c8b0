"""References that stood in another brief before: the same words, this document's own links."""

from __future__ import annotations

from datetime import UTC, datetime

from briefgen.brief.model import (
    Brief,
    Code,
    CrossReference,
    Emphasis,
    Inlines,
    Link,
    ReferenceEntry,
    References,
    Section,
    Text,
)
from briefgen.render.docx import render_docx
from render.docx.word_file import R, W, WordFile


def listing(*contents: Inlines) -> Brief:
    entries = tuple(
        ReferenceEntry(f"s{number}", f"ref-s{number}", f"[{number}]", content)
        for number, content in enumerate(contents, start=1)
    )
    return Brief(
        title="A brief", kind="Brief", subtitle="", language="en", paper="a4", marking="",
        masthead=(), sections=(Section("list", "list", (Text("Sources"),), (References(entries),)),),
        printed_date="", created=datetime(2026, 5, 1, tzinfo=UTC),
    )  # fmt: skip


def linked(data: bytes) -> list[tuple[str, str]]:
    """Each link out of the document: what it shows, and where it leads."""
    word = WordFile(data)
    ties = word.relationships()
    return [
        ("".join(link.itertext()), ties[link.get(f"{R}id", "")][1])
        for link in word.body.iter(f"{W}hyperlink")
        if link.get(f"{R}id")
    ]


ONE, TWO = (
    (Emphasis((Text(f"Title & {name} "),)), Code("<x>"), Text(" "), Link(url, (Text(url),)), Text("."))
    for name, url in (("one", "https://example.org/1?a=b&c"), ("two", "https://example.org/2"))
)  # fmt: skip
UNSAFE: Inlines = (Text("Three "), Link("javascript:x", (Text("here"),)))


def test_links_lead_where_they_did_whatever_stood_before() -> None:
    alone = render_docx(listing(TWO)).data
    both = render_docx(listing(ONE, TWO, UNSAFE)).data
    assert linked(both) == [
        ("https://example.org/1?a=b&c", "https://example.org/1?a=b&c"),
        ("https://example.org/2", "https://example.org/2"),
    ]
    turned = render_docx(listing(UNSAFE, TWO, ONE)).data
    assert sorted(linked(turned)) == linked(both)
    assert render_docx(listing(TWO)).data == alone
    assert render_docx(listing(ONE, TWO, UNSAFE)).data == both


def test_what_leads_into_its_own_document_is_written_anew() -> None:
    pointing: Inlines = (Text("See "), CrossReference("ref-s2", (Text("the next"),)))
    there = WordFile(render_docx(listing(pointing, TWO)).data).body
    assert [link.get(f"{W}anchor") for link in there.iter(f"{W}hyperlink")][:1] == ["ref_s2"]
    nowhere = WordFile(render_docx(listing(pointing)).data).body
    assert not [link for link in nowhere.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]
    assert "See the next" in "".join(nowhere.itertext())


def test_a_character_that_no_file_can_hold_does_not_cut_a_reference() -> None:
    content: Inlines = (Text("Before\0after "), Link("https://example.org", (Text("a\0b"),)))
    odd: Inlines = (Text("odd "), Link("https://example.org/\0x", (Text("c"),)))
    assert linked(render_docx(listing(odd)).data) == [("c", "https://example.org/%00x")]
    for _ in range(2):
        data = render_docx(listing(content)).data
        assert "Before\ufffdafter a\ufffdb" in "".join(WordFile(data).body.itertext())
        assert [target for _, target in linked(data)] == ["https://example.org"]
