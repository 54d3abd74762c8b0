"""Notes and live citations as read by programs that we did not write, for real briefs."""

from __future__ import annotations

import html
import json
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

import judges
from briefgen.brief.model import Brief
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.traversal import plain_text
from briefgen.render.docx import render_docx
from render.docx.drafting import drafted
from render.docx.test_house import ministry

pytestmark = pytest.mark.slow

STYLES = ("chicago-notes-bibliography", "oscola", "mhra-notes", "ieee")
TEMPLATES = ("country-brief", "chronology", "fact-sheet", "talking-points", "visit-brief")
NEEDED = {"talking-points": {"lines": "- The June cargo came [@crude-first-shipment-2023]."}}
"""What a template cannot do without."""


@cache
def brief_of(style: str, template: str, **changes: Any) -> Brief:
    text = NEEDED.get(template, {})
    return drafted(BriefSpec(title="Judged", style=style, template=template, text=text, **changes))


@cache
def document(style: str, template: str, **changes: Any) -> bytes:
    return render_docx(brief_of(style, template, **changes)).data


REAL = [(style, template) for template in TEMPLATES for style in STYLES]


def nodes(node: Any, kind: str) -> list[Any]:
    """Every node of a kind in Pandoc's tree, outermost first."""
    if isinstance(node, dict):
        found = [node] if node.get("t") == kind else []
        return found + [inner for value in node.values() for inner in nodes(value, kind)]
    if isinstance(node, list):
        return [inner for value in node for inner in nodes(value, kind)]
    return []


def words_of(node: Any) -> str:
    """What a node of Pandoc's tree says, white space aside; quotation marks as they were."""
    marks = {"DoubleQuote": "“”", "SingleQuote": "‘’"}
    if isinstance(node, dict):
        kind = node.get("t")
        if kind in ("Str", "Code"):
            return str(node["c"] if kind == "Str" else node["c"][1]).replace("\u00a0", "")
        if kind == "Quoted":
            first, last = marks[node["c"][0]["t"]]
            return first + words_of(node["c"][1]) + last
        return words_of(node.get("c"))
    return "".join(map(words_of, node)) if isinstance(node, list) else ""


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("style", "template"), [*REAL[: len(STYLES)], *REAL[len(STYLES) :: len(STYLES) - 1]]
)
def test_open_xml_sdk_finds_nothing_wrong(style: str, template: str, tmp_path: Path) -> None:
    assert judges.open_xml_sdk_errors(document(style, template), tmp_path) == []


@pytest.mark.parametrize(("style", "template"), REAL)
def test_pandoc_reads_every_note_as_the_model_has_it(
    style: str, template: str, tmp_path: Path
) -> None:
    brief = brief_of(style, template)
    tree = judges.pandoc_ast(document(style, template), tmp_path, source="docx")
    read = [bare(words_of(note["c"])) for note in nodes(tree["blocks"], "Note")]
    key = bare(brief.key_line)
    assert read.count(key) == bool(key)
    assert [each for each in read if each != key] == [
        bare(plain_text(note.content)) for note in brief.notes
    ]
    docx.Document(BytesIO(document(style, template)))


@pytest.fixture(scope="module")
def as_odt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files = {f"{style}.{template}": document(style, template) for style, template in REAL}
    files["endnotes"] = document("oscola", "country-brief", notes="end")
    folder = tmp_path_factory.mktemp("odt")
    named = {name.replace(".", "-"): data for name, data in files.items()}
    made = judges.libreoffice_convert_all(named, folder, source="docx", target="odt")
    return {name: made[name.replace(".", "-")] for name in files}


def opendocument(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize(("style", "template"), REAL)
def test_libreoffice_counts_the_same_notes(
    style: str, template: str, as_odt: dict[str, bytes]
) -> None:
    content = opendocument(as_odt[f"{style}.{template}"])
    numbers = re.findall(
        r'<text:note [^>]*note-class="footnote"[^>]*><text:note-citation[^>]*>(\d+)', content
    )
    assert numbers == [str(note.number) for note in brief_of(style, template).notes]


def test_endnotes(as_odt: dict[str, bytes], tmp_path: Path) -> None:
    brief = brief_of("oscola", "country-brief", notes="end")
    data = document("oscola", "country-brief", notes="end")
    assert judges.open_xml_sdk_errors(data, tmp_path) == []
    tree = judges.pandoc_ast(data, tmp_path, source="docx")
    assert len(nodes(tree["blocks"], "Note")) == len(brief.notes)
    content = opendocument(as_odt["endnotes"])
    numbers = re.findall(r"<text:note-citation[^>]*>([^<]+)<", content)
    assert numbers == [str(note.number) for note in brief.notes]


def test_notes_on_a_house(tmp_path: Path) -> None:
    brief = brief_of("oscola", "fact-sheet")
    data = render_docx(brief, house=ministry()).data
    assert judges.open_xml_sdk_errors(data, tmp_path) == []
    tree = judges.pandoc_ast(data, tmp_path, source="docx")
    assert len(nodes(tree["blocks"], "Note")) == len(brief.notes) + 1  # the key to flags


# --- live citations --------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["foot", "end"])
@pytest.mark.parametrize("style", STYLES)
def test_pandoc_reads_live_citations_and_their_sources(
    style: str, where: str, tmp_path: Path
) -> None:
    brief = brief_of(style, "fact-sheet", citations="zotero", notes=where)
    data = document(style, "fact-sheet", citations="zotero", notes=where)
    assert judges.open_xml_sdk_errors(data, tmp_path) == []
    tree = judges.pandoc_ast(data, tmp_path, source="docx+citations")
    read = [[c["citationId"] for c in cite["c"][0]] for cite in nodes(tree["blocks"], "Cite")]
    if brief.notes:
        cited = [[item.source for item in note.items] for note in brief.notes]
    else:
        fields = [i for i in _instructions(data) if "ZOTERO_ITEM" in i]
        codes = [json.loads(i[i.index("{") : i.rindex("}") + 1]) for i in fields]
        cited = [[item["id"] for item in code["citationItems"]] for code in codes]
        assert len(cited) >= 10
    assert read == cited
    assert brief.live is not None
    known = {entry["c"]["id"]["c"] for entry in tree["meta"]["references"]["c"]}
    assert known == {item for items in cited for item in items}


def _instructions(data: bytes, part: str = "word/document.xml") -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        opened = archive.read(part).decode()
    found = re.findall(r"<w:instrText[^>]*>([^<]*)</w:instrText>", opened)
    return [html.unescape(text) for text in found]


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files = {style: document(style, "fact-sheet", citations="zotero") for style in LIVE}
    folder = tmp_path_factory.mktemp("again")
    return judges.libreoffice_convert_all(files, folder, source="docx", target="docx")


LIVE = ("oscola", "ieee")


@pytest.mark.parametrize("style", LIVE)
def test_libreoffice_keeps_live_citations(style: str, saved_again: dict[str, bytes]) -> None:
    data = document(style, "fact-sheet", citations="zotero")
    again = saved_again[style]

    def fields(of: bytes) -> list[str]:
        with zipfile.ZipFile(BytesIO(of)) as archive:
            parts = [n for n in archive.namelist() if re.search(r"(document|footnotes)\.xml$", n)]
        return sorted(
            re.sub(r"\s+", " ", instruction).strip()
            for part in parts
            for instruction in _instructions(of, part)
            if "ZOTERO" in instruction
        )

    assert fields(again) == fields(data)
    with zipfile.ZipFile(BytesIO(again)) as archive:
        assert b"ZOTERO_PREF_1" in archive.read("docProps/custom.xml")
