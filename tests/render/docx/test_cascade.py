"""What styles, numbering and direct formatting come to."""

from __future__ import annotations

import pytest
from docx.oxml.parser import parse_xml
from lxml import etree

from briefgen.render.docx.cascade import Cascade, ParagraphLook, RunLook
from briefgen.render.docx.xml import NAMESPACES

STYLES = """
<w:docDefaults>
  <w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"/>
<w:style w:type="paragraph" w:styleId="Body"><w:basedOn w:val="N"/>
  <w:pPr><w:spacing w:before="20" w:after="40"/><w:ind w:left="100" w:firstLine="50"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Body"/>
  <w:pPr><w:keepNext/><w:keepLines/><w:widowControl w:val="0"/></w:pPr>
  <w:rPr><w:rFonts w:ascii="Georgia"/><w:b/><w:sz w:val="30"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="List"><w:basedOn w:val="Body"/>
  <w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:ind w:left="500"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
<w:style w:type="paragraph" w:styleId="Boxed">
  <w:pPr><w:pBdr><w:top w:val="single" w:sz="8" w:space="3"/><w:bottom w:val="nil"/></w:pBdr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Small"><w:rPr><w:sz w:val="18"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:pPr><w:spacing w:after="0"/></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
  <w:pPr><w:ind w:left="300" w:hanging="200"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
"""
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme>'
    '<a:minorFont><a:latin typeface="Aptos"/></a:minorFont></a:fontScheme></a:theme>'
)


def part(inside: str) -> etree._Element:
    return parse_xml(f"<w:any {NAMESPACES}>{inside}</w:any>")


@pytest.fixture
def cascade() -> Cascade:
    return Cascade(part(STYLES), part(NUMBERING), etree.fromstring(THEME))


def paragraph(cascade: Cascade, inside: str, table: str = "") -> ParagraphLook:
    return cascade.paragraph(part(inside), table)


def run(cascade: Cascade, inside: str, style: str) -> RunLook:
    return cascade.run(part(inside), paragraph(cascade, f'<w:pStyle w:val="{style}"/>'))


def test_a_document_s_defaults_come_first(cascade: Cascade) -> None:
    look = cascade.paragraph(None)
    assert look == ParagraphLook("N", RunLook("Aptos", 22), after=160, line=259)
    assert paragraph(cascade, '<w:pStyle w:val="gone"/>') == look
    assert paragraph(cascade, '<w:pStyle w:val="Round"/>')._replace(style="N") == look


def test_a_style_overrides_what_it_is_based_on_and_direct_formatting_both(cascade: Cascade) -> None:
    head = paragraph(cascade, '<w:pStyle w:val="Head"/><w:spacing w:after="0"/>')
    assert head == ParagraphLook(
        "Head",
        RunLook("Georgia", 30, bold=True),
        before=20, after=0, line=259, left=100, first=50,
        keep_next=True, keep_lines=True, widows=False,
    )  # fmt: skip


def test_a_list_s_level_gives_way_to_the_style_that_names_it(cascade: Cascade) -> None:
    look = paragraph(cascade, '<w:pStyle w:val="List"/>')
    assert (look.left, look.first, look.listed) == (500, -200, True)
    direct = paragraph(cascade, '<w:pStyle w:val="Body"/><w:numPr><w:numId w:val="7"/></w:numPr>')
    assert (direct.left, direct.first, direct.listed) == (300, -200, True)
    without = '<w:pStyle w:val="List"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert not paragraph(cascade, without).listed


def test_frames(cascade: Cascade) -> None:
    look = paragraph(cascade, '<w:pStyle w:val="Boxed"/>')
    assert look.top is not None
    assert (look.top.room, look.bottom) == (80, None)


def test_a_table_s_style_comes_before_the_paragraph_s(cascade: Cascade) -> None:
    assert paragraph(cascade, '<w:pStyle w:val="N"/>', "Grid").after == 0
    assert paragraph(cascade, '<w:pStyle w:val="Body"/>', "Grid").after == 40


def test_line_rules(cascade: Cascade) -> None:
    exact = paragraph(cascade, '<w:spacing w:line="13pt" w:lineRule="exact"/>')
    assert (exact.line, exact.rule) == (260, "exact")


def test_runs(cascade: Cascade) -> None:
    assert run(cascade, '<w:rStyle w:val="Small"/>', "Body") == RunLook("Aptos", 18, raised=True)
    assert run(cascade, "<w:caps/><w:spacing w:val='-5'/><w:w w:val='90'/>", "Body") == RunLook(
        "Aptos", 22, caps=True, spacing=-5, stretch=90
    )
    # Bold within bold is not bold, unless the text itself says so (17.7.3).
    assert not run(cascade, '<w:rStyle w:val="Strong"/>', "Head").bold
    assert run(cascade, '<w:rStyle w:val="Strong"/>', "Body").bold
    assert run(cascade, '<w:rStyle w:val="Strong"/><w:b/>', "Head").bold


def test_looks_tells_what_was_met(cascade: Cascade) -> None:
    run(cascade, '<w:rStyle w:val="Small"/>', "Head")
    assert {look.family for look in cascade.looks()} == {"Georgia"}
