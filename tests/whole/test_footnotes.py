"""Notes and references of whole briefs, as programs that we did not write see them.

The shipped base in three note styles and a numbered one: as many notes as the model has, with the
model's words, each at the foot of the page that holds its mark; and references that tell the very
pages on which poppler finds those marks.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

import judges
from briefgen.cli import main
from whole.reading import Node, model_of, nodes

pytestmark = pytest.mark.slow

NOTE_STYLES = ("chicago-notes-bibliography", "oscola", "mhra-notes")
STYLES = (*NOTE_STYLES, "ieee")
FOREIGN = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The country brief of everything in the shipped base, by style and format."""
    made = {}
    for style in STYLES:
        folder = tmp_path_factory.mktemp(style)
        formats = ("docx", "pdf", "json", "md", "html")
        arguments = ["--title", "All", "--style", style, "--format", ",".join(formats)]
        assert main(["export", *arguments, "--out", f"{folder}/"]) == 0
        made[style] = {each: (folder / f"all.{each}").read_bytes() for each in formats}
    return made


def notes_of(files: dict[str, bytes]) -> list[str]:
    """The model's notes, as plain text."""
    return [squeezed("".join(texts(note["content"]))) for note in model_of(files["json"])["notes"]]


@pytest.mark.parametrize("style", STYLES)
def test_the_word_file_is_valid(
    exported: dict[str, dict[str, bytes]], style: str, tmp_path: Path
) -> None:
    assert judges.open_xml_sdk_errors(exported[style]["docx"], tmp_path) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("format_", "reader"), [("docx", "docx"), ("md", "markdown")])
def test_pandoc_reads_the_models_notes(
    exported: dict[str, dict[str, bytes]], style: str, format_: str, reader: str, tmp_path: Path
) -> None:
    tree = judges.pandoc_ast(exported[style][format_], tmp_path, source=reader)
    read = [squeezed("".join(characters(note))) for note in pandoc_nodes(tree, "Note")]
    if format_ == "docx":  # the key to flags is a footnote of Word's, and none of the model's
        keys = [said for said in read if "another account contradicts it" in said]
        assert len(keys) == 1
        read.remove(keys[0])
    assert read == notes_of(exported[style])
    assert bool(read) is (style in NOTE_STYLES)


def test_libreoffice_counts_the_models_notes(
    exported: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    files = {style: exported[style]["docx"] for style in STYLES}
    converted = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="fodt")
    for style, data in converted.items():
        numbers = [
            note.findtext(f"{FOREIGN}note-citation")
            for note in etree.fromstring(data).iter(f"{FOREIGN}note")
        ]
        numbers.remove("▲")  # the key to flags
        count = len(notes_of(exported[style]))
        assert numbers == [str(number) for number in range(1, count + 1)], style


@pytest.mark.parametrize("style", NOTE_STYLES)
def test_every_marks_note_is_at_the_foot_of_its_page(
    exported: dict[str, dict[str, bytes]], style: str, tmp_path: Path
) -> None:
    files = exported[style]
    model = model_of(files["json"])
    wanted = notes_of(files)
    pages = [squeezed(page) for page in judges.pdf_text(files["pdf"], tmp_path).split("\f")]
    marks = marks_by_page(files["pdf"], tmp_path)
    for page, note in marks:
        beginning = wanted[note - 1][:40]
        assert unspaced(beginning) in unspaced(pages[page - 1]), (page, note)
    cited = [cite["note"] for cite in nodes(model["sections"], "Cite") if cite["note"]]
    assert Counter(note for _, note in marks) == Counter(cited)


@pytest.mark.parametrize("style", NOTE_STYLES)
def test_references_tell_the_pages_of_the_marks(
    exported: dict[str, dict[str, bytes]], style: str, tmp_path: Path
) -> None:
    files = exported[style]
    model = model_of(files["json"])
    marks = marks_by_page(files["pdf"], tmp_path)
    sources = {n["number"]: {item["source"] for item in n["items"]} for n in model["notes"]}
    read = squeezed(judges.pdf_text(files["pdf"], tmp_path, raw=True))
    told = [pages_told(said) for said in re.findall(r"Cited on pp?\. ([\d–, ]+)\.", read)]
    entries = [entry for block in nodes(model, "References") for entry in block["entries"]]
    true = [{p for p, note in marks if entry["source"] in sources[note]} for entry in entries]
    assert told == true
    assert len(told) == 5


def marks_by_page(data: bytes, folder: Path) -> list[tuple[int, int]]:
    """Every note's mark: the page that it is on and the note that it leads to, at whose number,
    as poppler sees it, the link ends. The note must be on the page of the mark.
    """
    found = []
    words = judges.pdf_words(data, folder)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for number, page in enumerate(pdf.pages):
            height = float(page.mediabox[3])
            rows: Any = page.obj.get("/Annots", [])
            for link in rows:
                if "/Dest" not in link:
                    continue
                target = page_of[link.Dest[0].objgen]
                top = height - float(link.Dest[3])
                note = note_at(words[target], top)
                if note:
                    assert target == number, "a mark leads to another page"
                    found.append((number + 1, note))
    return found


def note_at(words: list[tuple[float, float, str]], top: float) -> int:
    """The number of the note that begins at this height; 0 where none does."""
    for left, upper, word in words:
        if left < 90 and -2 < upper - top < 10 and re.fullmatch(r"\d+\.", word):
            return int(word[:-1])
    return 0


def pages_told(said: str) -> set[int]:
    """`1, 3–5` as the pages that it names."""
    ranges = re.findall(r"(\d+)(?:–(\d+))?", said)
    return {page for first, last in ranges for page in range(int(first), int(last or first) + 1)}


def texts(inlines: list[Node]) -> list[str]:
    """The characters of a run of the model."""
    return [each["text"] if "text" in each else "".join(texts(each["content"])) for each in inlines]


def pandoc_nodes(tree: Any, kind: str) -> list[Any]:
    """Every node of a kind in Pandoc's tree, in order."""
    if isinstance(tree, list):
        return [node for inner in tree for node in pandoc_nodes(inner, kind)]
    if not isinstance(tree, dict):
        return []
    if tree.get("t") == kind:
        return [tree]
    return [node for inner in tree.values() for node in pandoc_nodes(inner, kind)]


def characters(tree: Any) -> list[str]:
    """The characters of a part of Pandoc's tree."""
    if isinstance(tree, list):
        return [text for inner in tree for text in characters(inner)]
    if not isinstance(tree, dict):
        return []
    match tree.get("t"):
        case "Str":
            return [tree["c"]]
        case "Space" | "SoftBreak" | "LineBreak":
            return [" "]
        case "Link" | "Span":
            return characters(tree["c"][1])
    return characters(tree.get("c"))


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)
