"""Houses whose styles were made for something else: what a brief on them must not take over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import judges
from briefgen.brief.model import Heading, Paragraph, Quote, Section, Text
from briefgen.render.docx import render_docx
from briefgen.render.docx.cascade import Cascade, ParagraphLook
from briefgen.render.docx.colours import contrast, text_colour
from briefgen.render.docx.paging.lines import width_of
from briefgen.render.docx.styles import Styles
from render.docx.test_house import frame, on_house, plain_house, style_names
from render.docx.word_file import W, WordFile, style_of, text_of
from render.sample_brief import RICH_CONTENTS, rich_brief

BOXES = ("KeyBox", "KeyBoxBullet", "KeyBoxHeading", "Caution", "CautionBullet", "CautionHeading")
NUMBERING = f"""<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="4">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="H1"/>
<w:lvlText w:val="%1."/><w:pPr><w:ind w:left="432" w:hanging="432"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:isLgl/>
<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>""".encode()


def styled(normal: str = "", *, defaults: str = "", heading: str = "", more: str = "") -> bytes:
    """Styles with Normal and two headings: `w:pPr` and `w:rPr` of each."""
    return (
        f'<w:styles xmlns:w="{W[1:-1]}"><w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{defaults}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
        f'{normal}</w:style><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        f'<w:basedOn w:val="N"/>{heading}</w:style><w:style w:type="paragraph" w:styleId="H2">'
        f'<w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>{more}</w:styles>'
    ).encode()


def looks(file: WordFile) -> list[tuple[str, ParagraphLook, etree._Element]]:
    """Style id, look and element of each paragraph of the body."""
    cascade = Cascade(file.root("word/styles.xml"), file.root("word/numbering.xml"), None)
    return [(style_of(p), cascade.paragraph(p.find(f"{W}pPr")), p) for p in file.body.iter(f"{W}p")]


def in_cell(paragraph: etree._Element) -> bool:
    return any(True for _ in paragraph.iterancestors(f"{W}tc"))


INDENTS = {
    "left": '<w:ind w:left="4200"/>',
    "both sides": '<w:ind w:left="3000" w:right="3000"/>',
    "first line": '<w:ind w:firstLine="5000"/>',
    "hanging": '<w:ind w:left="4000" w:hanging="4000"/>',
    "into the margin": '<w:ind w:left="-900" w:right="-900"/>',
    "start and end": '<w:ind w:start="3000" w:end="3000"/>',
}


@pytest.mark.parametrize("where", ["defaults", "normal"])
@pytest.mark.parametrize("indent", INDENTS)
def test_indents_of_ordinary_text_stay_out_of_tables_boxes_and_text(
    indent: str, where: str
) -> None:
    said = INDENTS[indent]
    styles = styled(f"<w:pPr>{said}</w:pPr>") if where == "normal" else styled(defaults=said)
    file = on_house(plain_house(styles=styles))
    seen = 0
    for style, look, paragraph in looks(file):
        if in_cell(paragraph):
            assert style
            assert (look.left, look.right, look.first) == (0, 0, 0), style
            seen += 1
        elif style in BOXES:
            assert 0 <= look.left <= 600, style
            assert 0 <= look.right <= 240, style
            assert look.first <= 0
        elif style in ("BodyText", "H1", "H2"):
            assert (look.left, look.right) == (0, 0), style
    assert seen > 10


def test_a_first_line_indent_of_text_is_the_houses_look_in_text_alone() -> None:
    file = on_house(plain_house(styles=styled('<w:pPr><w:ind w:firstLine="720"/></w:pPr>')))
    firsts = {style: look.first for style, look, _ in looks(file)}
    assert firsts["BodyText"] == 720
    assert {firsts[name] for name in ("TableText", "TableHeading", "MastheadValue")} == {0}


def test_indents_counted_in_characters_are_taken_back_too() -> None:
    styles = styled('<w:pPr><w:ind w:leftChars="300" w:firstLineChars="200"/></w:pPr>')
    file = on_house(plain_house(styles=styles))
    cells = next(
        style
        for style in file.root("word/styles.xml").iter(f"{W}style")
        if style.get(f"{W}styleId") == "TableText"
    )
    indent = cells.find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert (indent.get(f"{W}leftChars"), indent.get(f"{W}firstLineChars")) == ("0", "0")


UNFIT = (
    "<w:keepNext/><w:keepLines/><w:pageBreakBefore/>"
    '<w:framePr w:w="2000" w:hSpace="180" w:wrap="around"/>'
    '<w:numPr><w:numId w:val="9"/></w:numPr>'
    '<w:pBdr><w:top w:val="double" w:sz="24" w:space="1" w:color="AA0000"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
    '<w:tabs><w:tab w:val="center" w:pos="700"/></w:tabs><w:bidi/>'
    '<w:spacing w:before="4000" w:beforeAutospacing="1"/><w:contextualSpacing/><w:jc w:val="right"/>'
)


@pytest.mark.parametrize("where", ["defaults", "normal", "heading"])
def test_boxes_and_tables_take_over_no_numbers_breaks_bands_and_tabs(where: str) -> None:
    said = {
        "defaults": {"defaults": UNFIT},
        "normal": {"normal": f"<w:pPr>{UNFIT}</w:pPr>"},
        "heading": {"heading": f"<w:pPr>{UNFIT}</w:pPr>"},
    }[where]
    file = on_house(plain_house(styles=styled(**said), numbering=NUMBERING))
    styles = Styles(file.root("word/styles.xml"))
    assert not list(styles.root.iter(f"{W}framePr", f"{W}bidi"))
    for style, look, paragraph in looks(file):
        if not (style in BOXES or in_cell(paragraph)):
            continue
        assert not look.page_break, style
        assert look.listed == ("Bullet" in style), style
        assert look.before <= 400, style
        if in_cell(paragraph) or style.startswith("Caution"):
            assert look.top is None, style
            shades = [e for p in styles.paragraph_properties(styles.by_id(style)) for e in p
                      if e.tag == f"{W}shd"]  # fmt: skip
            assert not shades or shades[-1].get(f"{W}fill") == "auto"
        if style == "TableText":
            own = paragraph.find(f"{W}pPr/{W}keepNext")
            assert look.keep_next == (own is not None), "all rows would go on one page"
        assert not [tab for tab in look.tabs if tab.at == 700 and tab.kind != "clear"]


def test_only_headings_begin_pages_and_have_numbers() -> None:
    more = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="N"/></w:style>'
        for id_, name in (("T", "Title"), ("B", "Body Text"), ("Q", "Quote"))
    )
    normal = (
        '<w:pPr><w:keepNext/><w:pageBreakBefore/><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'
    )
    file = on_house(plain_house(styles=styled(normal, more=more), numbering=NUMBERING))
    for style, look, paragraph in looks(file):
        if style in ("T", "B", "Q"):
            assert (look.page_break, look.listed) == (False, False), style
        if style == "B":
            own = paragraph.find(f"{W}pPr/{W}keepNext")
            assert look.keep_next == (own is not None and own.get(f"{W}val") != "0")


def test_a_heading_within_a_box_begins_no_page_and_has_no_number() -> None:
    heading = '<w:pPr><w:pageBreakBefore/><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'
    boxed = Section(
        "s", "s", (Text("Boxed"),),
        (Heading(2, (Text("Within"),)), Paragraph((Text("Text."),))), tone="accent",
    )  # fmt: skip
    plain = Section("p", "p", (Text("Plain"),), (Paragraph((Text("Text."),)),))
    house = plain_house(styles=styled(heading=heading), numbering=NUMBERING)
    file = on_house(house, sections=(boxed, plain), notes=())
    found = {text_of(p): look for _, look, p in looks(file)}
    assert (found["Within"].page_break, found["Within"].listed) == (False, False)
    assert (found["Plain"].page_break, found["Plain"].listed) == (True, True)


def test_headings_stay_with_what_they_are_about() -> None:
    file = on_house(plain_house(styles=styled(heading="<w:pPr/>")))
    headings = [
        look for style, look, _ in looks(file) if style in ("H1", "H2", *BOXES) and "B" not in style
    ]
    assert headings
    assert all(look.keep_next for look in headings)


@pytest.mark.parametrize(
    ("ordinary", "heading"),
    [("767676", "FFFFFF"), ("A0A0A0", "C0C0C0"), ("000000", "FFFF00"), ("FFFFFF", "EEEEEE")],
)
def test_text_in_boxes_can_be_read_on_them(ordinary: str, heading: str) -> None:
    styles = styled(
        f'<w:rPr><w:color w:val="{ordinary}"/></w:rPr>',
        heading='<w:pPr><w:shd w:val="clear" w:color="auto" w:fill="1F3864"/></w:pPr>'
        f'<w:rPr><w:b/><w:color w:val="{heading}"/></w:rPr>',
    )
    quote = Quote((Paragraph((Text("Said in a box."),)),))
    section = Section("s", "s", (Text("Box"),), (quote,), tone="accent")
    file = on_house(plain_house(styles=styles), sections=(section, *rich_brief().sections))
    made = Styles(file.root("word/styles.xml"))
    for name in ("KeyBox", "KeyBoxBullet", "KeyBoxHeading"):
        style = made.by_id(name)
        assert style is not None
        shade = style.find(f"{W}pPr/{W}shd")
        assert shade is not None
        colour = text_colour(made.run_properties(style), None)
        assert contrast(colour, shade.get(f"{W}fill", "")) >= 4.5, name
    (said,) = (p for p in file.body.iter(f"{W}p") if text_of(p) == "Said in a box.")
    properties = [*made.run_properties(made.by_id(style_of(said))), said.find(f"{W}r/{W}rPr")]
    assert contrast(text_colour(properties, None), "EEF3F6") >= 4.5


@pytest.mark.parametrize("size", [16, 24, 40])
@pytest.mark.parametrize("margin", [800, 2200])
def test_masthead_columns_hold_their_longest_words(size: int, margin: int) -> None:
    normal = f'<w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana"/><w:sz w:val="{size}"/></w:rPr>'
    house = plain_house(styles=styled(normal))
    data = render_docx(rich_brief(), house=house).data
    file = WordFile(data)
    cascade = Cascade(file.root("word/styles.xml"), None, None)
    table = next(file.body.iter(f"{W}tbl"))
    for cell in table.iter(f"{W}tc"):
        width = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w", ""))  # type: ignore[union-attr]
        (paragraph,) = cell.iterchildren(f"{W}p")
        look = cascade.paragraph(paragraph.find(f"{W}pPr")).run
        for word in text_of(paragraph).split():
            pieces = re.split("(?<=[-/])", word)
            assert max(width_of(piece, look) for piece in pieces) <= width - 113, word


def contents(file: WordFile) -> list[str]:
    return [text for style, text in file.paragraphs() if style.startswith(("TOC1", "TOC2"))]


def test_contents_show_pages_and_the_numbers_that_a_house_gives_to_headings() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'
    second = '<w:style w:type="paragraph" w:styleId="H2x"><w:name w:val="any"/></w:style>'
    house = plain_house(styles=styled(heading=numbered, more=second), numbering=NUMBERING)
    data = render_docx(rich_brief(), house=house, contents=RICH_CONTENTS).data
    listed = contents(WordFile(data))
    assert listed
    assert listed[:4] == [
        "I.\tEnergy\t1",
        "1.1\tFigures on oil\t2",
        "II.\tKey figures\t2",
        "Where sources disagree\t2",  # beside its bar: no chapter
    ]


def test_contents_have_one_stop_at_the_edge_of_the_text() -> None:
    more = (
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="N"/>'
        '<w:pPr><w:tabs><w:tab w:val="left" w:pos="440"/><w:tab w:val="right" w:pos="6000"/></w:tabs>'
        "</w:pPr></w:style>"
    )
    house = plain_house(styles=styled(more=more))
    file = WordFile(render_docx(rich_brief(), house=house, contents=RICH_CONTENTS).data)
    (width,) = {t.get(f"{W}w") for t in list(file.body.iter(f"{W}tblW"))[:1]}
    entries = [look for style, look, _ in looks(file) if style == "TOC1"]
    assert entries
    assert {tuple((t.at, t.kind) for t in look.tabs) for look in entries} == {
        ((int(width or 0), "right"),)
    }


# --- what a house asks for in its headers -----------------------------------------------------------


def control(content: str, properties: str) -> str:
    return (
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle"
        f' w:val="PlaceholderText"/></w:rPr><w:t>{content}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def bound(name: str, content: str, more: str = "<w:showingPlcHdr/>") -> str:
    return control(
        content,
        f'<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:{name}[1]"'
        f' w:storeItemID="{{6C3C8BC8-F283-45AE-878A-BAB7291924A1}}"/>{more}',
    )


TITLE, AUTHOR = rich_brief().title, rich_brief().author
DATE = rich_brief().printed_date


def run_of(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field_of(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (bound("title", "[Type the document title]"), TITLE),
        (bound("title", "Annual report 2012", ""), TITLE),
        (bound("creator", "[Your name]"), AUTHOR),
        (bound("PublishDate", "[Pick the date]"), DATE),
        (control("[Pick the date]", '<w:date/><w:showingPlcHdr/>'), DATE),
        (control("August 20, 2008", '<w:date/>'), DATE),
        (bound("Company", "[Type the company name]"), ""),
        (bound("Company", "Ministry of Works", ""), "Ministry of Works"),
        (control("Klik her for at skrive tekst.", "<w:showingPlcHdr/>"), ""),
        (control("Standing text", ""), "Standing text"),
        (run_of("[Pick the ") + run_of("date]"), DATE),
        (run_of("Ministry | [Type the document title] | v2"), f"Ministry | {TITLE} | v2"),
        (run_of("Phone [Phone number]"), "Phone "),
        (run_of("«Titel»"), TITLE),
        (run_of("{{ date }}"), DATE),
        (run_of("&lt;Project title&gt;"), TITLE),
        (run_of("Cm 9021 [with annexes]"), "Cm 9021 [with annexes]"),
        (run_of("a@b.example &lt;c@d.example&gt;"), "a@b.example <c@d.example>"),
        (field_of("TITLE \\* MERGEFORMAT", "Annual report 2012"), TITLE),
        (field_of('DOCPROPERTY "Author"', "Someone Else"), AUTHOR),
        (field_of("FILENAME", "draft-7 final.docx"), ""),
        (field_of("STYLEREF Dok_Titel", "Old title"), TITLE),
        (field_of('STYLEREF "heading 1"', "Old chapter"), "Old chapter"),
        (field_of("SAVEDATE", "1.2.2012"), DATE),
        (f'<w:fldSimple w:instr=" SUBJECT ">{run_of("Old")}</w:fldSimple>', rich_brief().subtitle),
    ],
)  # fmt: skip
def test_what_a_header_asks_for_is_filled_or_goes(inside: str, printed: str) -> None:
    house = plain_house(header1=frame("hdr", f"<w:p>{inside}</w:p>"))
    header = on_house(house, marking="").frames("header")["default"]
    assert header == [printed] if printed else header in ([""], [])


def test_page_numbers_stay_live() -> None:
    inside = field_of("PAGE", "1") + run_of(" of ") + field_of("NUMPAGES", "9")
    file = on_house(plain_house(footer1=frame("ftr", f"<w:p>{inside}</w:p>")))
    assert file.instructions("word/footer2.xml") == ["PAGE", "NUMPAGES"]


# --- what judges say -----------------------------------------------------------------------------


def worst() -> bytes:
    """Everything at once."""
    asks = bound("title", "[Title]") + run_of("[Type text]") + field_of("AUTHOR", "X")
    grey = '<w:rPr><w:color w:val="808080"/><w:sz w:val="28"/></w:rPr>'
    pages = UNFIT.replace("<w:jc", '<w:ind w:left="4200" w:right="1400" w:firstLine="700"/><w:jc')
    order = pages.replace("<w:contextualSpacing/>", "").replace(
        "<w:jc", "<w:contextualSpacing/><w:jc"
    )
    return plain_house(
        styles=styled(f"<w:pPr>{order}</w:pPr>{grey}", heading=grey),
        numbering=NUMBERING,
        header1=frame("hdr", f"<w:p>{asks}</w:p>"),
    )


@pytest.mark.slow
def test_the_worst_house_is_valid_and_libreoffice_prints_it(tmp_path: Path) -> None:
    data = render_docx(rich_brief(), house=worst(), contents=RICH_CONTENTS).data
    assert judges.open_xml_sdk_errors(data, tmp_path / "sdk") == []
    wide = plain_house(styles=styled(defaults=INDENTS["left"]))
    files = {"worst": data, "indented": render_docx(rich_brief(), house=wide).data}
    made = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="pdf")
    for name, pdf in made.items():
        assert int(judges.pdf_info(pdf, tmp_path / name)["Pages"]) < 16
    assert "Key Box" in style_names(WordFile(data))
