"""Footnotes and endnotes as Word's own: marks, numbers, bookmarks, links, back-references."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefgen.brief.model import (
    Block,
    Brief,
    Cite,
    CiteItem,
    Column,
    Emphasis,
    Entries,
    Entry,
    Flag,
    FlagMeaning,
    Heading,
    Inline,
    Link,
    ListBlock,
    MastheadLine,
    Note,
    Notes,
    Paragraph,
    Quote,
    ReferenceEntry,
    References,
    Row,
    Section,
    SmallCaps,
    Strong,
    Table,
    Text,
)
from briefgen.render.docx import render_docx
from render.docx.word_file import RELATIONSHIP, R, W, WordFile, style_of, text_of
from render.sample_brief import many_facts_brief, rich_brief


def mark(number: int, anchor: str = "") -> Cite:
    return Cite((CiteItem(f"s{number}"),), anchor or f"cite-{number}", note=number)


def note(number: int, *content: Inline, cited_at: tuple[str, ...] = (), source: str = "") -> Note:
    text = content or (Text(f"Note {number}."),)
    items = (CiteItem(source or f"s{number}"),)
    return Note(number, f"note-{number}", text, cited_at or (f"cite-{number}",), items)


def said(*inlines: Inline) -> Paragraph:
    return Paragraph((Text("Said"), *inlines))


def brief_of(*blocks: Block, notes: tuple[Note, ...], **changes: Any) -> Brief:
    section = Section("s", "section-s", (Text("Section"),), blocks)
    fields: dict[str, Any] = {"masthead": (), "sections": (section,), "notes": notes}
    return rich_brief(**(fields | changes))


def written(brief: Brief, **options: Any) -> WordFile:
    return WordFile(render_docx(brief, **options).data)


# --- footnotes -------------------------------------------------------------------------------


def test_a_note_is_words_own_footnote() -> None:
    file = written(brief_of(said(mark(1)), said(mark(2)), notes=(note(1), note(2))))
    assert file.marks() == [1, 2]
    assert file.note_texts() == [" Note 1.", " Note 2."]
    first = file.notes()[1]
    (paragraph,) = first.iterchildren(f"{W}p")
    assert style_of(paragraph) == "FootnoteText"
    (own_mark,) = first.iter(f"{W}footnoteRef")
    run = own_mark.getparent()
    assert run is not None
    (style,) = run.iter(f"{W}rStyle")
    assert style.get(f"{W}val") == "FootnoteReference"
    assert ("footnotes", "footnotes.xml") in file.relationships().values()


def test_footnotes_need_no_place_of_their_own() -> None:
    """A section that would hold nothing but the notes is gone; any other stays."""
    place = Section("notes", "section-notes", (Text("Notes"),), (Notes(),))
    mixed = Section("more", "section-more", (Text("More"),), (said(), Notes()))
    brief = brief_of(said(mark(1)), notes=(note(1),))
    file = written(replace(brief, sections=(*brief.sections, place, mixed)))
    headings = [text for style, text in file.paragraphs() if style == "Heading1"]
    assert headings == ["Section", "More"]
    assert "Note 1." not in "".join(file.texts())


def test_separators_are_there_and_listed_in_the_settings() -> None:
    file = written(brief_of(said(mark(1)), notes=(note(1),)))
    kinds = {
        n.get(f"{W}id"): n.get(f"{W}type")
        for n in file.root("word/footnotes.xml").iter(f"{W}footnote")
    }
    assert kinds == {"-1": "separator", "0": "continuationSeparator", "1": None}
    settings_part = file.root("word/settings.xml")
    listed = [n.get(f"{W}id") for n in settings_part.iter(f"{W}footnote")]
    assert listed == ["-1", "0"]
    names = [etree.QName(child).localname for child in settings_part]
    assert names.index("characterSpacingControl") < names.index("footnotePr")
    assert names.index("footnotePr") < names.index("compat")


def test_no_notes_no_part() -> None:
    file = written(brief_of(said(), notes=()))
    assert not [name for name in file.names if "notes" in name]
    assert file.root("word/settings.xml").find(f"{W}footnotePr") is None


KEY = (FlagMeaning("disputed", "another account contradicts it"),)


def test_the_key_to_flags_is_a_note_of_the_first_flag_and_takes_no_number() -> None:
    flagged = said(mark(1), Flag("disputed"))
    made = brief_of(
        flagged, said(mark(2), Flag("disputed")), notes=(note(1), note(2)), flag_key=KEY
    )
    file = written(made)

    references = file.body.findall(f".//{W}footnoteReference")
    own = [each.get(f"{W}customMarkFollows") for each in references]
    assert own == [None, "1", None]
    sign = references[1].getnext()
    assert sign is not None
    assert sign.text == "▲"
    assert file.texts()[-2:] == [
        "Said ▲\u00a0disputed", "Said ▲\u00a0disputed",
    ]  # fmt: skip
    (told,) = [
        each
        for each in file.root("word/footnotes.xml").findall(f"{W}footnote")
        if each.get(f"{W}id") == references[1].get(f"{W}id")
    ]
    assert "disputed: another account contradicts it." in "".join(told.itertext())
    assert told.find(f".//{W}footnoteRef") is None


def test_a_style_without_notes_has_the_key_as_its_only_footnote() -> None:
    file = written(brief_of(said(Flag("disputed")), notes=(), flag_key=KEY))
    assert len(file.body.findall(f".//{W}footnoteReference")) == 1
    assert "another account" in "".join(file.root("word/footnotes.xml").itertext())


@pytest.mark.parametrize(
    "changes", [{"notes_at": "end", "flag_key": KEY}, {"grade_key": "Codes such as C3."}]
)
def test_else_the_key_closes_the_text(changes: Any) -> None:
    file = written(brief_of(said(mark(1)), notes=(note(1),), **changes))
    told = file.texts()
    key = "▲\u00a0disputed: another account contradicts it." if "notes_at" in changes else (
        "Codes such as C3."
    )  # fmt: skip
    assert key in told
    assert told.index(key) == (len(told) - 2 if "notes_at" in changes else len(told) - 1)


def test_notes_hold_links_of_their_own_and_every_kind_of_type() -> None:
    content = (
        Text("A "),
        Emphasis((Text("Blog"),)),
        SmallCaps((Text("caps"),)),
        Text("دوستی", language="ur"),
        Link("https://a.example/x?y=1&z", (Text("a.example"),)),
    )
    linked = Paragraph((Link("https://b.example/", (Text("b"),)), mark(1)))
    file = written(brief_of(linked, notes=(note(1, *content),)))
    assert file.relationships("footnotes.xml") == {
        "link1": ("hyperlink", "https://a.example/x?y=1&z")
    }
    outside = [tie for tie in file.relationships().values() if tie[0] == "hyperlink"]
    assert outside == [("hyperlink", "https://b.example/")]
    footnote = file.notes()[1]
    for name in ("i", "smallCaps", "rtl", "lang", "hyperlink"):
        assert footnote.find(f".//{W}{name}") is not None, name
    assert file.note_texts() == [" A BlogcapsدوستیA.example".replace("A.e", "a.e")]


def test_a_note_that_cites_and_says_nothing_names_its_sources() -> None:
    empty = Note(1, "note-1", (), ("cite-1",), (CiteItem("kamran-2023", "9", "paragraph"),))
    assert written(brief_of(said(mark(1)), notes=(empty,))).note_texts() == [" [kamran-2023, 9]"]


def test_a_note_with_nothing_at_all_leaves_its_number() -> None:
    empty = Note(1, "note-1", (), ("cite-1",))
    file = written(brief_of(said(mark(1)), notes=(empty,)))
    assert file.marks() == []
    assert "Said1" in file.texts()


def test_adjacent_marks_do_not_run_together() -> None:
    file = written(brief_of(said(mark(1), mark(2)), notes=(note(1), note(2))))
    (paragraph,) = [p for p in file.body.iter(f"{W}p") if style_of(p) == "BodyText"]
    assert text_of(paragraph) == "Said,"
    runs = [
        etree.QName(child).localname
        for run in paragraph.iter(f"{W}r")
        for child in run
        if child.tag != f"{W}rPr"
    ]
    assert runs == ["t", "footnoteReference", "t", "footnoteReference"]


# --- a note cited again ----------------------------------------------------------------------


def test_a_note_cited_again_is_a_field_that_follows_its_number() -> None:
    shared = note(1, cited_at=("cite-1", "cite-2"))
    file = written(brief_of(said(mark(1)), said(mark(1, "cite-2")), notes=(shared,)))
    assert file.marks() == [1]
    assert file.instructions() == ["NOTEREF _RefNote1 \\f \\h"]
    assert file.texts()[-2:] == ["Said", "Said1"]
    (start,) = [b for b in file.body.iter(f"{W}bookmarkStart") if b.get(f"{W}name") == "_RefNote1"]
    inside = start.getnext()
    assert inside is not None
    assert inside.find(f"{W}footnoteReference") is not None
    assert inside.getnext().tag == f"{W}bookmarkEnd"  # type: ignore[union-attr]
    assert list(file.body.iter(f"{W}dirty")) == []
    assert file.root("word/settings.xml").find(f"{W}updateFields") is None


def test_marks_stand_wherever_text_does() -> None:
    table = Table((Column((Text("What"), mark(4))),), (Row(((Text("x"), mark(5)),)),), "Caption")
    file = written(
        brief_of(
            said(mark(1)),
            Heading(2, (Text("Below"), mark(2)), "below"),
            ListBlock(((said(mark(3)),),)),
            table,
            Entries((Entry((Text("2013"), mark(6)), (said(mark(7)),)),), "Date", "What"),
            Quote((said(Strong((Text("so"), mark(8))), Flag("draft")),)),
            notes=tuple(note(n) for n in range(1, 9)),
        ),
        contents=[("section-s", 1), ("below", 1)],
    )
    assert file.marks() == list(range(1, 9))
    assert len(file.notes()) == 8
    listed = [text for style, text in file.paragraphs() if style.startswith("TOC")]
    assert listed == ["Contents", "Section\t1", "Below\t1"]
    headers = [name for name in file.names if "header" in name or "footer" in name]
    assert not any(b"footnoteReference" in file.read(name) for name in headers)


def test_a_number_that_word_would_count_otherwise_is_written_out() -> None:
    """The masthead is numbered line by line and printed in two columns."""
    lines = tuple(
        MastheadLine(label, (Text("x"), mark(number)))
        for number, label in enumerate(("For", "From", "Topics"), start=1)
    )
    file = written(brief_of(said(mark(4)), notes=tuple(map(note, range(1, 5))), masthead=lines))
    shown, counted = [], 0
    for reference in file.body.iter(f"{W}footnoteReference"):
        follows = reference.getnext()
        if reference.get(f"{W}customMarkFollows"):
            assert follows is not None
            shown.append(follows.text)
        else:
            counted += 1
            shown.append(str(counted))
    assert shown == ["1", "3", "2", "4"]
    for id_, footnote in file.notes().items():
        own = footnote.find(f"{W}p/{W}r/{W}footnoteRef")
        custom = shown[file.marks().index(id_)] in ("3", "4")
        assert (own is None) == custom
    assert sorted(file.note_texts()) == [" Note 1.", " Note 2.", "3 Note 3.", "4 Note 4."]


# --- endnotes --------------------------------------------------------------------------------


@pytest.mark.parametrize("has_place", [True, False])
def test_endnotes_follow_their_heading_which_comes_last(has_place: bool) -> None:
    brief = brief_of(said(mark(1)), notes=(note(1),), notes_at="end")
    place = Section("notes", "section-notes", (Text("Notes"),), (Notes(),))
    after = Section("refs", "section-refs", (Text("References"),), (said(mark(1)),))
    file = written(
        replace(brief, sections=(*brief.sections, *([place] if has_place else []), after)),
        contents=[("section-s", 1), ("section-notes", 3), ("section-refs", 2)],
    )
    assert file.marks("endnote") == [1]
    assert file.note_texts("endnote") == [" Note 1."]
    assert file.paragraphs()[-1] == ("Heading1", "Notes")
    listed = [text for style, text in file.paragraphs() if style.startswith("TOC")]
    expected = ["Contents", "Section\t1", "References\t2", "Notes\t3"]
    assert listed == expected[: 4 if has_place else 3]
    assert "word/footnotes.xml" not in file.names
    (paragraph,) = file.notes("endnote")[1].iterchildren(f"{W}p")
    assert style_of(paragraph) == "EndnoteText"


def test_endnotes_are_numbered_in_figures() -> None:
    """Word's own way is i, ii, iii."""
    file = written(brief_of(said(mark(1)), notes=(note(1),), notes_at="end"))
    for part in ("word/document.xml", "word/settings.xml"):
        (said_so,) = file.root(part).iter(f"{W}endnotePr")
        form = said_so.find(f"{W}numFmt")
        assert form is not None
        assert form.get(f"{W}val") == "decimal"


# --- the list of references ------------------------------------------------------------------


def references(*entries: ReferenceEntry, **options: bool) -> Section:
    return Section("refs", "refs", (Text("References"),), (References(entries, **options),))


def entry(source: str, *cited_by: str, remarks: str = "") -> ReferenceEntry:
    said_besides = (Text(remarks),) if remarks else ()
    return ReferenceEntry(
        source, f"ref-{source}", "", (Text(f"{source}."),), cited_by, said_besides
    )


def with_references(*sources_of_notes: str, **options: bool) -> WordFile:
    notes = tuple(
        note(number, source=source) for number, source in enumerate(sources_of_notes, start=1)
    )
    brief = brief_of(*(said(mark(n.number)) for n in notes), notes=notes)
    listed = references(
        entry("a", remarks="Reliability B, usually reliable."), entry("b"), entry("c"), **options
    )
    return written(replace(brief, sections=(*brief.sections, listed)))


def bibliography(file: WordFile) -> list[str]:
    return [text for style, text in file.paragraphs() if style == "Bibliography"]


def test_an_entry_tells_the_notes_that_cite_it() -> None:
    file = with_references("a", "b", "a", "a", "a", "b", "b")
    assert bibliography(file) == [
        "a. Reliability B, usually reliable. Cited in nn.\u00a01, 3–5.",
        "b. Cited in nn.\u00a02, 6, 7.",
        "c.",
    ]
    assert file.instructions() == [f"NOTEREF _RefNote{n} \\h" for n in (1, 3, 5, 2, 6, 7)]


def test_one_note() -> None:
    assert bibliography(with_references("a"))[0].endswith(" Cited in n.\u00a01.")


def test_back_references_only_where_asked() -> None:
    file = with_references("a", "b", backlinks=False)
    assert bibliography(file) == ["a. Reliability B, usually reliable.", "b.", "c."]


def test_a_note_whose_mark_comes_after_the_list() -> None:
    brief = brief_of(said(), notes=(note(1, source="a"), note(2, source="a")))
    after = Section("later", "later", (Text("Later"),), (said(mark(1)),))
    file = written(replace(brief, sections=(*brief.sections, references(entry("a")), after)))
    # The second note's mark stands nowhere: its number is there and leads nowhere.
    assert bibliography(file) == ["a. Cited in nn.\u00a01, 2."]
    assert file.instructions() == ["NOTEREF _RefNote1 \\h"]


# --- whatever the model holds ----------------------------------------------------------------

NUMBERS = st.integers(1, 12)
INLINES = st.recursive(
    st.one_of(
        st.builds(Text, st.text("abc <&", max_size=5)),
        st.builds(lambda n, k: mark(n, f"cite-{n}-{k}"), NUMBERS, st.integers(0, 3)),
    ),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Link, st.just("https://a.example/"), st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=6,
)
RUNS = st.lists(INLINES, max_size=4).map(tuple)
BLOCKS = st.recursive(
    st.one_of(
        st.builds(Paragraph, RUNS),
        st.builds(lambda run: Heading(2, run), RUNS),
        st.builds(Notes),
        st.builds(
            lambda head, cells: Table((Column(head),), tuple(Row((c,)) for c in cells), "t"),
            RUNS,
            st.lists(RUNS, max_size=3),
        ),
    ),
    lambda inner: st.one_of(
        st.builds(
            lambda items: ListBlock(tuple(map(tuple, items))), st.lists(st.lists(inner, max_size=2))
        ),
        st.builds(lambda blocks: Quote(tuple(blocks)), st.lists(inner, max_size=2)),
        st.builds(
            lambda label, blocks: Entries((Entry(label, tuple(blocks)),), "l", "b"),
            RUNS,
            st.lists(inner, max_size=2),
        ),
    ),
    max_leaves=8,
)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    notes = tuple(
        Note(number, f"note-{number}", draw(RUNS), (), (CiteItem("a"),))
        for number in draw(st.lists(NUMBERS, unique=True))
    )
    blocks = tuple(draw(st.lists(BLOCKS, max_size=5)))
    lines = tuple(
        MastheadLine(f"Line {n}", run) for n, run in enumerate(draw(st.lists(RUNS, max_size=4)))
    )
    brief = brief_of(
        *blocks, notes=notes, masthead=lines, notes_at=draw(st.sampled_from(["foot", "end"]))
    )
    return replace(brief, sections=(*brief.sections, references(entry("a"))))


@given(briefs())
@settings(max_examples=40, deadline=None)
def test_marks_notes_bookmarks_and_fields_agree(brief: Brief) -> None:
    file = written(brief)
    kind = "endnote" if brief.notes_at == "end" else "footnote"
    trees = [file.root(name) for name in file.names if re.fullmatch(r"word/\w+\.xml", name)]
    if brief.notes:
        assert sorted(file.marks(kind)) == sorted(file.notes(kind))
        assert all(id_ >= 1 for id_ in file.marks(kind))
        ties = file.relationships(f"{kind}s.xml")
        used = [h.get(f"{R}id") for h in file.root(f"word/{kind}s.xml").iter(f"{W}hyperlink")]
        assert set(used) - {None} == set(ties)
    else:
        assert file.marks(kind) == []
    starts = [b for tree in trees for b in tree.iter(f"{W}bookmarkStart")]
    names = [b.get(f"{W}name", "") for b in starts]
    ids = [b.get(f"{W}id") for b in starts]
    assert len(set(ids)) == len(ids)
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    for tree in trees:
        for instruction in tree.iter(f"{W}instrText"):
            target = re.match(r" NOTEREF (\w+) ", instruction.text or "")
            assert target is None or target.group(1) in names
    # Every mark shows its model's number: Word's count, or the number written out.
    numbers = {
        b.get(f"{W}id"): int(b.get(f"{W}name", "")[8:])
        for b in starts
        if "_RefN" in b.get(f"{W}name", "")
    }
    count = 1
    for start in file.body.iter(f"{W}bookmarkStart"):
        number = numbers.get(start.get(f"{W}id"))
        if number is None:
            continue
        reference = start.getnext().find(f"{W}{kind}Reference")  # type: ignore[union-attr]
        assert reference is not None
        if reference.get(f"{W}customMarkFollows"):
            assert reference.getnext().text == str(number)  # type: ignore[union-attr]
        else:
            assert number == count
            count += 1
    for part in file.names:
        if part.endswith(".rels"):
            for tie in file.root(part).iter(RELATIONSHIP):
                assert tie.get("TargetMode") or tie.get("Target")


def test_every_fact_of_a_long_brief_has_its_note() -> None:
    file = written(many_facts_brief(300, cited="notes"))
    assert file.marks() == list(range(1, 301))
    assert file.note_texts() == [f" Source one, para. {n}." for n in range(1, 301)]
