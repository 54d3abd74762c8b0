"""House documents: what they lend, what is added, what stays behind, what is refused."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from briefgen.errors import InputError
from briefgen.render.docx import render_docx
from briefgen.render.docx.paging import page_layout
from render.docx.word_file import W, WordFile, changed_package, style_of, text_of
from render.sample_brief import RICH_CONTENTS, many_facts_brief, rich_brief, statements

MARKING = "OFFICIAL-SENSITIVE"
FOOT = "SA/2026/114 · version 1 · south.asia@research.example\tPage 1 of 1"


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def ministry() -> bytes:
    """A house as python-docx makes it: American page, own heading, a header, no marking."""
    document = docx.Document()
    document.add_paragraph("The house's own text.", style="Heading 1")
    document.sections[0].header.paragraphs[0].text = "Ministry of Works"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0, 0)
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(12)
    return saved(document)


def plain_house(**parts: bytes) -> bytes:
    """The least that is a Word document, with these parts of `word/` on top."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{name.rstrip("0123456789")}+xml"/>'
        for name in parts
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ties = "".join(
        f'<Relationship Id="{name}" Type="{office}/{name.rstrip("0123456789")}"'
        f' Target="{name}.xml"/>'
        for name in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    references = "".join(
        f'<w:{name.rstrip("0123456789")}Reference w:type="default" r:id="{name}"/>'
        for name in parts
        if name.startswith(("header", "footer"))
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png"'
            ' ContentType="image/png"/><Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
            f"{types}</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}'
            '/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W[1:-1]}" xmlns:r="{office}"><w:body><w:p/>'
            f"<w:sectPr>{references}</w:sectPr></w:body></w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{ties}</Relationships>',
        )
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def frame(element: str, inside: str) -> bytes:
    return (
        f'<w:{element} xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        f'2006/main">{inside}</w:{element}>'
    ).encode()


def on_house(house: bytes, **changes: Any) -> WordFile:
    return WordFile(render_docx(rich_brief(**changes), house=house).data)


def style_names(file: WordFile) -> list[str]:
    return [
        n.get(f"{W}val", "")
        for s in file.root("word/styles.xml").iter(f"{W}style")
        if (n := s.find(f"{W}name")) is not None
    ]


# --- what it lends ---------------------------------------------------------------------------


def test_the_house_keeps_its_styles_and_gets_those_it_lacks() -> None:
    file = on_house(ministry())
    before = WordFile(ministry()).root("word/styles.xml")
    after = file.root("word/styles.xml")
    ours = {s.get(f"{W}styleId"): s for s in after.iter(f"{W}style")}
    for style in before.iter(f"{W}style"):
        kept = ours[style.get(f"{W}styleId")]
        for lost in list(style.iter(f"{W}lang")):  # the one thing that is the brief's to say
            lost.getparent().remove(lost)  # type: ignore[union-attr]
        assert [(e.tag, e.attrib) for e in kept.iter()] == [(e.tag, e.attrib) for e in style.iter()]
    names = style_names(file)
    assert len({name.lower() for name in names}) == len(names)
    assert {"Key Box", "Dated Entry", "Briefing Table", "Marking", "toc 1"} <= set(names)


def test_the_houses_text_stays_behind_and_the_briefs_is_whole() -> None:
    texts = "\n".join(on_house(ministry()).texts())
    assert "own text." not in texts.replace("The author’s own text", "")
    assert [s for s in statements(rich_brief()) if s not in texts] == []


def test_styles_are_found_by_name_whatever_their_id() -> None:
    """A German Word calls the style "heading 1" `berschrift1`."""
    styles = (
        f'<w:styles xmlns:w="{W[1:-1]}"><w:style w:type="paragraph" w:default="1"'
        ' w:styleId="Standard"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph"'
        ' w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>'
        '</w:style><w:style w:type="character" w:styleId="Marking"><w:name w:val="Textmarker"/>'
        "</w:style></w:styles>"
    ).encode()
    file = on_house(plain_house(styles=styles))
    assert ("berschrift1", "Energy") in file.paragraphs()
    added = {s.get(f"{W}styleId", ""): s for s in file.root("word/styles.xml").iter(f"{W}style")}
    based_on = added["KeyBoxHeading"].find(f"{W}basedOn")
    assert based_on is not None
    assert based_on.get(f"{W}val") == "berschrift1"
    assert "MarkingBriefing" in added  # the house uses our id for something else


def test_page_set_up_is_the_houses() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(40)
    result = render_docx(rich_brief(paper="letter"), house=saved(document))
    file = WordFile(result.data)
    (size,), (margins,) = file.body.iter(f"{W}pgSz"), file.body.iter(f"{W}pgMar")
    assert (size.get(f"{W}w"), margins.get(f"{W}left")) == ("11906", "2268")
    assert result.warnings == ("the page size is the house document's, not letter",)
    widths = [int(t.get(f"{W}w", "")) for t in file.body.iter(f"{W}tblW")]
    assert set(widths) == {11906 - 2 * 2268}


def test_language_is_the_briefs() -> None:
    file = on_house(ministry(), language="fr")
    said = [lang.get(f"{W}val") for lang in file.root("word/styles.xml").iter(f"{W}lang")]
    assert said == ["fr"]


def test_properties_are_the_briefs() -> None:
    document = docx.Document()
    document.core_properties.author = "Someone Else"
    file = on_house(saved(document))
    assert docx.Document(BytesIO(file.data)).core_properties.author == "Research desk"
    assert b"Someone Else" not in b"".join(file.read(name) for name in file.names)


@pytest.mark.parametrize(
    ("accent", "printed"),
    [("7A1F1F", "7A1F1F"), ("FFC000", "0B4F6C")],  # yellow cannot be read on white
)
def test_the_houses_accent_colour_is_taken_where_it_can_be_read(accent: str, printed: str) -> None:
    own = render_docx(rich_brief()).data
    theme = WordFile(own).read("word/theme/theme1.xml")
    styles = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()
    house = changed_package(
        own,
        {
            "word/theme/theme1.xml": theme.replace(b"0B4F6C", accent.encode()),
            "word/styles.xml": styles,
        },
    )
    kind = next(
        s
        for s in on_house(house).root("word/styles.xml").iter(f"{W}style")
        if s.get(f"{W}styleId") == "Kind"
    )
    colour = kind.find(f"{W}rPr/{W}color")
    assert colour is not None
    assert colour.get(f"{W}val") == printed


# --- lists -----------------------------------------------------------------------------------


def test_the_houses_lists_are_used_and_ours_added() -> None:
    file = on_house(ministry())
    root = file.root("word/numbering.xml")
    abstracts = {a.get(f"{W}abstractNumId") for a in root.iter(f"{W}abstractNum")}
    numbers = {n.get(f"{W}numId"): n.find(f"{W}abstractNumId") for n in root.iter(f"{W}num")}
    assert len(numbers) == len(list(root.iter(f"{W}num")))
    assert all(a is not None and a.get(f"{W}val") in abstracts for a in numbers.values())
    used = {n.get(f"{W}val") for n in file.body.iter(f"{W}numId")}
    assert used <= set(numbers)
    tags = [child.tag.removeprefix(W) for child in root]
    assert tags == sorted(tags, key=["numPicBullet", "abstractNum", "num"].index)


def test_a_list_style_without_numbering_gets_ours() -> None:
    styles = (
        f'<w:styles xmlns:w="{W[1:-1]}"><w:style w:type="paragraph" w:styleId="LB">'
        '<w:name w:val="List Bullet"/></w:style></w:styles>'
    ).encode()
    file = on_house(plain_house(styles=styles))
    bullets = [p for p in file.body.iter(f"{W}p") if style_of(p) == "LB"]
    assert [text_of(p) for p in bullets] == ["A list in an entry."]
    assert bullets[0].find(f"{W}pPr/{W}numPr/{W}numId") is not None


# --- headers and footers ---------------------------------------------------------------------


def test_a_house_without_headers_gets_ours() -> None:
    file = on_house(plain_house())
    assert file.frames("header")["first"] == [MARKING]
    assert file.frames("footer")["default"] == [FOOT, MARKING]


def test_the_houses_header_stays_and_the_marking_is_added() -> None:
    file = on_house(ministry())
    assert file.frames("header") == {"default": [MARKING, "Ministry of Works"]}
    assert file.frames("footer") == {"default": [FOOT, MARKING]}
    assert on_house(ministry(), marking="").frames("header") == {"default": ["Ministry of Works"]}


def test_a_house_that_numbers_its_pages_gets_no_second_number() -> None:
    numbered = frame("ftr", '<w:p><w:r><w:t>p. </w:t></w:r><w:fldSimple w:instr=" PAGE "/></w:p>')
    file = on_house(plain_house(footer1=numbered))
    assert file.frames("footer") == {"default": ["p. ", MARKING]}


@pytest.mark.parametrize("even_and_odd", [False, True])
@pytest.mark.parametrize("different_first", [False, True])
def test_no_page_is_without_marking(different_first: bool, even_and_odd: bool) -> None:
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = even_and_odd
    document.sections[0].different_first_page_header_footer = different_first
    document.sections[0].header.paragraphs[0].text = "Ministry"
    file = on_house(saved(document))
    pages = {
        "default",
        *(["first"] if different_first else []),
        *(["even"] if even_and_odd else []),
    }
    for element in ("header", "footer"):
        frames = file.frames(element)
        assert set(frames) == pages
        assert all(MARKING in texts for texts in frames.values())
    settings = file.root("word/settings.xml")
    assert (settings.find(f"{W}evenAndOddHeaders") is not None) == even_and_odd


def test_a_header_comes_from_the_section_before_where_the_last_has_none() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "From section one"
    document.add_section()
    assert "From section one" in on_house(saved(document)).frames("header")["default"]


def test_a_picture_in_the_header_comes_along() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(_dot()))
    file = on_house(saved(document))
    ties = file.relationships("header1.xml")
    (picture,) = [target for kind, target in ties.values() if kind == "image"]
    assert file.read(f"word/{picture}") == _dot()


def test_a_restyled_brief_is_a_good_house() -> None:
    """Its marking, title and foot are written anew, not doubled; nothing is added twice."""
    own = render_docx(rich_brief(), contents=RICH_CONTENTS).data
    file = on_house(own, marking="SECRET", title="Another")
    assert file.frames("header") == {
        "default": ["SECRET", "Another\t21 November 2026"],
        "first": ["SECRET"],
    }
    assert file.frames("footer") == {kind: [FOOT, "SECRET"] for kind in ("default", "first")}
    assert style_names(file) == style_names(WordFile(own))
    assert on_house(own, marking="").frames("header")["first"] == [""]


def test_twice_the_same() -> None:
    once, again = (render_docx(rich_brief(), house=ministry()).data for _ in range(2))
    assert once == again


# --- what stays behind -----------------------------------------------------------------------


def _tied(data: bytes, part: str, *ties: str) -> bytes:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    xml = f'<Relationships xmlns="{package}">{"".join(ties)}</Relationships>'
    name = f"word/_rels/{part}.xml.rels"
    return changed_package(data, {name: None}, add={name: xml.encode()})


def _outside(id_: str, kind: str, target: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<Relationship Id="{id_}" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    )


def test_nothing_is_fetched_when_the_document_opens() -> None:
    settings = frame("settings", '<w:attachedTemplate r:id="t"/>')
    header = frame(
        "hdr",
        '<w:p><w:r><w:drawing><a:blip r:link="p"/></w:drawing></w:r><w:r><w:t>Ministry</w:t></w:r>'
        '<w:hyperlink r:id="l"><w:r><w:t> site</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText>'
        '</w:r><w:r><w:instrText>PICTURE "http://x.example/p.png"</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>result</w:t></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
        '<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"><w:r><w:t>kept</w:t></w:r></w:fldSimple>'
        "</w:p>",
    )
    house = plain_house(settings=settings, header1=header)
    house = _tied(house, "settings", _outside("t", "attachedTemplate", "http://x.example/t.dotm"))
    house = _tied(
        house,
        "header1",
        _outside("p", "image", "http://x.example/p.png"),
        _outside("l", "hyperlink", "https://ministry.example/"),
    )
    result = render_docx(rich_brief(), house=house)
    file = WordFile(result.data)
    everything = b"".join(file.read(name) for name in file.names)
    assert b"x.example" not in everything
    assert b"DDEAUTO c:" not in everything
    assert b"ministry.example" in everything  # a reader has to click that one
    assert file.frames("header")["default"] == [MARKING, "Ministry site", "result", "kept"]
    assert result.warnings == (
        "the house document's field that fetches or runs something was left out",
        "the house document's linked picture or object was left out",
    )


# --- what is refused -------------------------------------------------------------------------


def _with_macros() -> bytes:
    macro = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
    types = WordFile(ministry()).read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed_package(ministry(), {"[Content_Types].xml": types.replace(main, macro.encode())})


def _a_bomb() -> bytes:
    """200 MB of blanks in a few hundred kilobytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (40 * 2**20))
    return out.getvalue()


def _broken_stream() -> bytes:
    data = bytearray(plain_house())
    at = data.index(b"<w:body>")
    data[at : at + 8] = b"xxxxxxxx"  # the checksum no longer fits
    return bytes(data)


def _strict() -> bytes:
    rels = WordFile(plain_house()).read("_rels/.rels")
    strict = rels.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    return changed_package(plain_house(), {"_rels/.rels": strict})


def _spreadsheet() -> bytes:
    types = WordFile(plain_house()).read("[Content_Types].xml")
    return changed_package(
        plain_house(),
        {
            "[Content_Types].xml": types.replace(
                b"wordprocessingml.document", b"spreadsheetml.sheet"
            )
        },
    )


def _entities() -> bytes:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return plain_house(styles=f'{lol}<w:styles xmlns:w="{W[1:-1]}">&b;</w:styles>'.encode())


def _narrow() -> bytes:
    document = docx.Document()
    document.sections[0].left_margin = Mm(180)
    return saved(document)


def _zip(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("house", "reason"),
    [
        (lambda: b"", "is not a Word document"),
        (lambda: b"Dear Sir", "is not a Word document"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or in the old .doc"),
        (lambda: _zip(hello=b"world"), "is not a Word document"),
        (lambda: ministry()[:-200], "is not a Word document, or damaged"),
        (_broken_stream, "is damaged: word/document.xml cannot be unpacked"),
        (lambda: changed_package(ministry(), {"word/styles.xml": b"<w"}), "styles.xml is not XML"),
        (_with_macros, "has macros"),
        (_a_bomb, "unpacks to a size that no real one has"),
        (_strict, "Strict Open XML"),
        (_spreadsheet, "is not a Word document or template"),
        (_entities, "has a document type"),
        (_narrow, "less than 50 mm"),
    ],
)
def test_refused_in_one_line(house: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(InputError, match=re.escape(reason)) as caught:
        render_docx(rich_brief(), house=house())
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def _damaged(house: bytes, seed: int) -> bytes:
    """A house with a few attributes and elements of its parts spoilt; the same for a seed."""
    chance = Random(seed)
    file = WordFile(house)
    changes: dict[str, bytes | None] = {}
    for name in chance.sample([n for n in file.names if n.endswith((".xml", ".rels"))], 3):
        root = etree.fromstring(file.read(name))
        for element in chance.choices(list(root.iter(etree.Element)), k=6):
            parent = element.getparent()
            if element.attrib and chance.random() < 0.7:
                spoilt = chance.choice(
                    ["", "x", "-1", "99999999999", "9" * 5_000, "²", "../../x", "http://["]
                )
                element.set(chance.choice(list(element.attrib)), spoilt)
            elif parent is not None:
                parent.remove(element)
        changes[name] = etree.tostring(root)
    return changed_package(house, changes)


_BRIEF = many_facts_brief(1)
_NUMBER = re.compile(rb'(?<=")-?[0-9]+(?=")')


@pytest.mark.parametrize("said", ["9" * 5_000, "-" + "9" * 5_000, "²"])
@pytest.mark.parametrize("part", ["styles", "numbering", "document", "settings"])
def test_what_is_no_number_is_passed_over(part: str, said: str) -> None:
    house, name = ministry(), f"word/{part}.xml"
    spoilt, times = _NUMBER.subn(said.encode(), WordFile(house).read(name))
    assert times
    other = changed_package(house, {name: spoilt})
    render_docx(_BRIEF, house=other)
    page_layout(_BRIEF, other)


@pytest.mark.parametrize("seed", range(16))
def test_a_damaged_house_is_used_or_refused_but_never_a_crash(seed: int) -> None:
    refused = ""
    house = ministry() if seed < 12 else render_docx(rich_brief()).data
    try:
        render_docx(rich_brief(), house=_damaged(house, seed))
    except InputError as error:
        refused = str(error)
    assert "\n" not in refused


def _dot() -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\x0b\x4f\x6c")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body) for kind, body in ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b""))
    )


# --- notes -----------------------------------------------------------------------------------


def _with_notes(
    notes: str, *, settings: str = "", styles: str = "", kind: str = "footnote"
) -> bytes:
    parts = {f"{kind}s": frame(f"{kind}s", notes)}
    if settings:
        parts["settings"] = frame("settings", settings)
    if styles:
        parts["styles"] = frame("styles", styles)
    return plain_house(**parts)


OWN_NOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>* * *</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r>'
    '</w:p></w:footnote><w:footnote w:type="continuationNotice" w:id="7"><w:p><w:r><w:t>more'
    '</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>The house’s own note'
    "</w:t></w:r></w:p></w:footnote>"
)


def test_the_houses_separators_come_along_and_its_notes_stay_behind() -> None:
    settings = (
        '<w:footnotePr><w:pos w:val="beneathText"/><w:numFmt w:val="lowerRoman"/>'
        '<w:numRestart w:val="eachPage"/><w:footnote w:id="0"/><w:footnote w:id="1"/>'
        '<w:footnote w:id="7"/></w:footnotePr>'
    )
    file = on_house(_with_notes(OWN_NOTES, settings=settings))
    root = file.root("word/footnotes.xml")
    separators = {n.get(f"{W}type"): "".join(n.itertext()) for n in root if n.get(f"{W}type")}
    assert separators == {
        "separator": "* * *",
        "continuationSeparator": "",
        "continuationNotice": "more",
    }
    assert "own note" not in "".join(root.itertext())
    assert sorted(file.notes()) == [2, 3, 4, 5, 6, 7]  # 1 is the continuation notice
    assert sorted(file.marks()) == sorted(file.notes())
    (said,) = file.root("word/settings.xml").iter(f"{W}footnotePr")
    assert [(e.tag.removeprefix(W), e.get(f"{W}val") or e.get(f"{W}id")) for e in said] == [
        ("pos", "beneathText"), ("numFmt", "decimal"),
        ("footnote", "-1"), ("footnote", "0"), ("footnote", "1"),
    ]  # fmt: skip


def test_a_separator_that_is_a_picture_is_left_out() -> None:
    picture = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:drawing><a:blip r:embed="p"/>'
        "</w:drawing></w:r></w:p></w:footnote>"
    )
    result = render_docx(rich_brief(), house=_with_notes(picture))
    assert result.warnings == ("the house document's picture above the notes was left out",)
    file = WordFile(result.data)
    assert b"<w:separator/>" in file.read("word/footnotes.xml")
    assert b"blip" not in file.read("word/footnotes.xml")
    assert "word/_rels/footnotes.xml.rels" not in file.names


def test_notes_come_in_the_houses_own_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Funotentext"><w:name w:val="footnote text"/>'
        '</w:style><w:style w:type="character" w:styleId="Funotenzeichen">'
        '<w:name w:val="footnote reference"/></w:style>'
    )
    file = on_house(_with_notes(OWN_NOTES, styles=styles))
    paragraphs = [p for note in file.notes().values() for p in note.iter(f"{W}p")]
    assert {style_of(p) for p in paragraphs} == {"Funotentext"}
    for root in (file.body, file.root("word/footnotes.xml")):
        for mark in root.iter(f"{W}footnoteReference", f"{W}footnoteRef"):
            (style,) = mark.getparent().iter(f"{W}rStyle")  # type: ignore[union-attr]
            assert style.get(f"{W}val") == "Funotenzeichen"


def test_a_house_with_notes_lends_none_to_a_brief_without() -> None:
    settings = '<w:footnotePr><w:footnote w:id="0"/></w:footnotePr>'
    file = on_house(_with_notes(OWN_NOTES, settings=settings), notes=(), sections=())
    assert "word/footnotes.xml" not in file.names
    assert file.root("word/settings.xml").find(f"{W}footnotePr") is None


def test_a_brief_with_footnotes_is_a_good_house_for_one_with_endnotes() -> None:
    own = render_docx(rich_brief()).data
    file = on_house(own, notes_at="end")
    assert "word/footnotes.xml" not in file.names
    assert len(file.notes("endnote")) == 6
    again = on_house(own)
    assert again.read("word/footnotes.xml").count(b"<w:separator/>") == 1
    assert again.note_texts() == WordFile(own).note_texts()
