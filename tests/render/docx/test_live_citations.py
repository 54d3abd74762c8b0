"""Citations as Zotero's own fields: what they hold, what they show, what stays outside."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefgen.brief.model import (
    Brief,
    Cite,
    CiteItem,
    CrossReference,
    Emphasis,
    Inlines,
    LineBreak,
    Link,
    LiveCitations,
    Note,
    Paragraph,
    ReferenceEntry,
    References,
    Section,
    Superscript,
    Text,
)
from briefgen.render.docx import render_docx
from briefgen.render.docx.zotero import csl_item
from render.docx.word_file import W, WordFile
from render.sample_brief import rich_brief

SOURCES: dict[str, dict[str, Any]] = {
    "awan": {
        "id": "awan",
        "type": "post-weblog",
        "title": 'A "meeting" \\ of ministers',
        "author": [{"family": "Awan", "given": "Zamir"}],
        "issued": {"date-parts": [[2023, 9]], "circa": True},
        "note": "Our own guess at the date.",
        "custom": {"reliability": "D"},
    },
    "dawn": {"id": "dawn", "type": "article-newspaper", "title": "Россия & <b>"},
}
IN_TEXT = LiveCitations("http://www.zotero.org/styles/ieee", False, True, SOURCES)
IN_NOTES = LiveCitations("http://www.zotero.org/styles/oscola", True, True, SOURCES)


def cite(*sources: str, content: Inlines = (), note: int | None = None, number: int = 1) -> Cite:
    items = tuple(CiteItem(s, "15", "paragraph", prefix="see") for s in sources)
    return Cite(items, f"cite-{number}", content, note)


def brief_of(*cites: Cite, live: LiveCitations = IN_TEXT, **changes: Any) -> Brief:
    said = tuple(Paragraph((Text("Said "), one, Text("."))) for one in cites)
    entries = tuple(
        ReferenceEntry(s, f"ref-{s}", "", (Text(f"{s}, "), Link("https://a.example/", (Text("a"),))),
                       ("cite-1",), (Text("Reliability D."),))
        for s in SOURCES
    )  # fmt: skip
    sections = (
        Section("s", "s", (Text("S"),), said),
        Section("refs", "refs", (Text("References"),), (References(entries),)),
    )
    fields: dict[str, Any] = {"masthead": (), "sections": sections, "notes": (), "live": live}
    return rich_brief(**(fields | changes))


def written(brief: Brief) -> WordFile:
    return WordFile(render_docx(brief).data)


def fields_of(root: etree._Element) -> list[tuple[str, str]]:
    """Instruction and shown text of each field, in order; fields do not nest here."""
    found: list[tuple[str, str]] = []
    where, code, shown = "", "", ""
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}fldChar":
            where = element.get(f"{W}fldCharType", "")
            if where == "begin":
                code, shown = "", ""
            elif where == "end":
                found.append((code.strip(), shown))
        elif element.tag == f"{W}instrText":
            code += element.text or ""
        elif where == "separate":
            shown += element.text or ""
    return found


def citations_in(root: etree._Element) -> list[tuple[dict[str, Any], str]]:
    head = "ADDIN ZOTERO_ITEM CSL_CITATION "
    return [
        (json.loads(code.removeprefix(head)), shown)
        for code, shown in fields_of(root)
        if code.startswith(head)
    ]


# --- citations -------------------------------------------------------------------------------


def test_a_citation_in_the_text() -> None:
    shown_as = (
        CrossReference("ref-awan", (Text("[1, "), Emphasis((Text("para. 15"),)), Text("]"))),
    )
    file = written(brief_of(cite("awan", "dawn", content=shown_as)))
    ((citation, shown),) = citations_in(file.body)
    assert shown == "[1,\u00a0para.\u00a015]"
    assert citation["properties"] == {
        "formattedCitation": shown, "plainCitation": shown, "noteIndex": 0,
    }  # fmt: skip
    assert citation["schema"].endswith("/csl-citation.json")
    first, second = citation["citationItems"]
    assert first["id"] == "awan"
    assert (first["locator"], first["label"], first["prefix"]) == ("15", "paragraph", "see")
    assert "suffix" not in first
    assert first["itemData"] == {
        "id": "awan",
        "type": "post-weblog",
        "title": 'A "meeting" \\ of ministers',
        "author": [{"family": "Awan", "given": "Zamir"}],
        "issued": {"date-parts": [[2023, 9]], "circa": True},
    }
    assert second["itemData"]["title"] == "Россия & <b>"
    (start,) = [b for b in file.body.iter(f"{W}bookmarkStart") if b.get(f"{W}name") == "cite_1"]
    assert start.getnext().find(f"{W}fldChar") is not None  # type: ignore[union-attr]


def test_each_source_has_one_address_that_is_no_librarys() -> None:
    file = written(
        brief_of(
            cite("awan", content=(Text("[1]"),)),
            cite("dawn", "awan", content=(Text("[2]"),), number=2),
        )
    )
    found: dict[str, set[str]] = {}
    for citation, _ in citations_in(file.body):
        for item in citation["citationItems"]:
            found.setdefault(item["id"], set()).update(item["uris"])
    assert {source: len(uris) for source, uris in found.items()} == {"awan": 1, "dawn": 1}
    assert not found["awan"] & found["dawn"]
    assert all(uri.startswith("urn:uuid:") for uris in found.values() for uri in uris)


def test_citation_ids_are_unique_and_repeat() -> None:
    brief = brief_of(*(cite("awan", content=(Text("[1]"),), number=n) for n in range(1, 40)))
    ids = [citation["citationID"] for citation, _ in citations_in(written(brief).body)]
    assert len(set(ids)) == len(ids) == 39
    assert render_docx(brief).data == render_docx(brief).data


def test_in_a_note_style_the_field_stands_in_the_note_and_a_shared_note_stays_shared() -> None:
    content = (Text("Awan, "), Link("https://a.example/x", (Text("a.example/x"),)), Text("."))
    notes = (Note(1, "note-1", content, ("cite-1", "cite-2"), (CiteItem("awan"),)),)
    brief = brief_of(
        cite("awan", note=1), cite("awan", note=1, number=2), live=IN_NOTES, notes=notes
    )
    file = written(brief)
    ((citation, shown),) = citations_in(file.root("word/footnotes.xml"))
    assert shown == "Awan, a.example/x."
    assert citation["properties"]["noteIndex"] == 1
    assert citations_in(file.body) == []
    assert file.marks() == [1]
    assert [c for c, _ in fields_of(file.body) if "NOTEREF" in c] == ["NOTEREF _RefNote1 \\f \\h"]
    assert file.note_texts() == [" Awan, a.example/x."]


def test_a_source_that_nothing_is_known_of_is_no_field() -> None:
    file = written(brief_of(cite("lost", content=(Text("[?]"),))))
    assert citations_in(file.body) == []
    assert "Said [?]." in file.texts()


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
CONTENTS = st.lists(
    st.one_of(
        st.builds(Text, st.one_of(TEXTS, st.sampled_from(["a\u2011b", "a\u00adb", "a\tb", " x "]))),
        st.builds(lambda t: Superscript((Text(t),)), TEXTS),
        st.builds(lambda t: Link("https://a.example/", (Text(t),)), TEXTS),
        st.just(LineBreak()),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(CONTENTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_field_shows_to_the_letter_what_it_says_it_shows(content: Inlines, title: str) -> None:
    """Zotero takes any difference for an edit and asks the reader about it."""
    live = replace(IN_TEXT, sources={"awan": {"type": "book", "title": title}})
    file = written(brief_of(cite("awan", content=content), live=live))
    ((citation, shown),) = citations_in(file.body)
    assert citation["properties"]["plainCitation"] == shown
    assert citation["citationItems"][0]["itemData"].get("title", "") == title


# --- the list of references ------------------------------------------------------------------


def test_the_list_is_one_field_around_its_entries_alone() -> None:
    result = render_docx(brief_of(cite("awan", content=(Text("[1]"),))))
    file = WordFile(result.data)
    listed = [p for s, p in file.paragraphs() if s == "Bibliography"]
    assert listed == ["awan, a", "dawn, a"]
    (code, _) = next(f for f in fields_of(file.body) if "BIBL" in f[0])
    head, _, tail = code.partition("{")
    assert head == "ADDIN ZOTERO_BIBL "
    assert tail.endswith("} CSL_BIBLIOGRAPHY")
    assert result.warnings == (
        "grades and saved copies are left out of the list of references: Zotero would remove them",
    )


def test_lists_in_groups_stay_text() -> None:
    brief = brief_of(cite("awan", content=(Text("[1]"),)))
    (listed,) = brief.sections[1].blocks
    assert isinstance(listed, References)
    halves = tuple(replace(listed, entries=(entry,)) for entry in listed.entries)
    result = render_docx(
        replace(brief, sections=(brief.sections[0], replace(brief.sections[1], blocks=halves)))
    )
    assert not any("BIBL" in code for code in WordFile(result.data).instructions())
    (warning,) = result.warnings
    assert warning.startswith("the list of references is in groups, which Zotero cannot keep")


# --- the document ----------------------------------------------------------------------------


def preferences(brief: Brief) -> etree._Element:
    root = written(brief).root("docProps/custom.xml")
    values = {p.get("name", ""): "".join(p.itertext()) for p in root}
    pieces = [values[f"ZOTERO_PREF_{n}"] for n in range(1, sum("ZOTERO" in v for v in values) + 1)]
    assert all(len(piece) <= 255 for piece in pieces)
    return etree.fromstring("".join(pieces))


def test_style_and_kind_of_notes_are_said() -> None:
    for live, where, kind in (
        (IN_TEXT, "foot", "0"),
        (IN_NOTES, "foot", "1"),
        (IN_NOTES, "end", "2"),
    ):
        data = preferences(brief_of(live=live, notes_at=where))
        (style,) = data.iter("style")
        assert dict(style.attrib) == {
            "id": live.style,
            "locale": "en-GB",
            "hasBibliography": "1",
            "bibliographyStyleHasBeenSet": "1",
        }
        assert {p.get("name"): p.get("value") for p in data.iter("pref")} == {
            "fieldType": "Field",
            "noteType": kind,
        }
        assert data.get("data-version") == "3"


def test_plain_citations_leave_no_trace() -> None:
    file = written(replace(brief_of(cite("awan", content=(Text("[1]"),))), live=None))
    assert not any(b"ZOTERO" in file.read(name) for name in file.names)


def test_items_are_csl_as_zotero_reads_it() -> None:
    item = csl_item(
        "s",
        {
            "title": "T",
            "volume": 3,
            "editor": {"literal": "Desk"},
            "issued": {"date-parts": [["2013", "8"], [2014]], "season": 2},
            "accessed": "2013-08-28",
            "event-date": {"literal": "summer"},
            "submitted": {"date-parts": []},
            "abstract": "long",
            "other-ids": ["x"],
            "made-up": "x",
            "ISBN": ["1", "2"],
        },
    )
    assert item == {
        "id": "s",
        "type": "document",
        "title": "T",
        "volume": 3,
        "editor": [{"literal": "Desk"}],
        "issued": {"date-parts": [[2013, 8], [2014]], "season": 2},
        "accessed": {"raw": "2013-08-28"},
        "event-date": {"literal": "summer"},
        "ISBN": "1; 2",
    }
