"""Reading our documents back: what a brief says, and what each file of it says.

The JSON output is the brief itself. Everything else is read by programs that we did not write:
pandoc (DOCX, Markdown), lxml (HTML), poppler (PDF).
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

import judges

Node = dict[str, Any]

_POINTS_PER_MILLIMETRE = 72 / 25.4
PAPER_IN_POINTS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
MARGIN = 25 * _POINTS_PER_MILLIMETRE


# --- the brief itself ------------------------------------------------------------------------


def model_of(data: bytes) -> Node:
    """The brief that a JSON output holds."""
    model: Node = json.loads(data)
    return model


def nodes(value: Any, kind: str) -> Iterator[Node]:
    """Every node of one type (`Sentence`, `Cite`, ...) within `value`, in reading order."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for inner in value.values():
            yield from nodes(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner, kind)


def statements_in(model: Node) -> Iterator[Node]:
    """Every `Sentence` that says its fact. In a table of figures one only says how a figure is
    known: the cell belongs to the fact, its statement stands elsewhere. A passage says its facts in
    words of its own: see `passages_in`.
    """
    figures = {
        id(sentence)
        for table in nodes(model["sections"], "Table")
        if said(table["columns"][0]["heading"]) == ["Measure"]
        for sentence in nodes(table, "Sentence")
    }
    for sentence in nodes(model["sections"], "Sentence"):
        if id(sentence) not in figures and not sentence["passage"]:
            yield sentence


def passages_in(model: Node) -> dict[str, str]:
    """What the passages in the brief say, by id, without citations and flags."""
    found: dict[str, str] = {}
    for sentence in nodes(model["sections"], "Sentence"):
        if name := sentence["passage"]:
            found[name] = found.get(name, "") + "".join(said(sentence["content"]))
    return found


def facts_shown(model: Node) -> set[str]:
    """Ids of the facts whose statements stand in the brief."""
    return {sentence["fact"] for sentence in statements_in(model)}


def said(inlines: list[Node]) -> list[str]:
    """What a run of text says, cut where a citation or a caution stands in it."""
    pieces = [""]
    for inline in inlines:
        if inline["type"] in ("Text", "Code"):
            pieces[-1] += inline["text"]
        elif inline["type"] in ("Cite", "Flag"):
            pieces.append("")
        elif inline["type"] == "LineBreak":
            pieces[-1] += " "
        else:
            first, *rest = said(inline["content"])
            pieces[-1] += first
            pieces += rest
    return pieces


def texts_of(model: Node) -> Iterator[str]:
    """Every run of text that a reader should find: title, headings, labels, cells, statements."""
    for name in ("title", "kind", "subtitle"):
        yield model[name]
    for part in ("masthead", "sections", "notes"):
        yield from (text for text in _texts(model[part]) if text)


def furniture_of(model: Node) -> list[str]:
    """What stands around the text of every page: marking, reference, contact."""
    return [model[name] for name in ("marking", "reference", "contact") if model[name]]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        if value and all(isinstance(item, dict) and _is_inline(item) for item in value):
            yield from (piece.strip() for piece in said(value))
        else:
            for inner in value:
                yield from _texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


_INLINES = {"Text", "Emphasis", "Strong", "SmallCaps", "Superscript", "Subscript", "Code", "Link",
            "CrossReference", "LineBreak", "Flag", "Sentence", "Cite"}  # fmt: skip


def _is_inline(node: Node) -> bool:
    return node.get("type") in _INLINES


# --- the files -------------------------------------------------------------------------------


def html_text(data: bytes) -> str:
    """The characters of a page's body, as lxml parses it."""
    body = lxml_html.document_fromstring(data.decode("utf-8")).find("body")
    assert body is not None
    return str(body.text_content())


def pandoc_text(data: bytes, folder: Path, *, source: str) -> str:
    """What pandoc takes for plain characters: a `*` that it took for emphasis is not there."""
    return "".join(_characters(judges.pandoc_ast(data, folder, source=source)))


def _characters(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for inner in node:
            yield from _characters(inner)
    elif isinstance(node, dict):
        match node.get("t"):
            case "Str":
                yield node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Code" | "CodeBlock":
                yield node["c"][1]
            case "Math" | "RawInline" | "RawBlock" | "Quoted" | "Cite" as misread:
                yield f"<<pandoc read {misread}: {node['c']}>>"
            case "Link" | "Span":
                yield from _characters(node["c"][1])
            case "Image":
                yield f"<<pandoc read an image: {node['c']}>>"
            case "Header":
                yield from _characters(node["c"][2])
                yield "\n"
            case "Para" | "Plain":
                yield from _characters(node["c"])
                yield "\n"
            case "MetaMap" | "MetaList":
                yield from _characters(node["c"])
            case "MetaInlines" | "MetaString":
                yield from _characters(node["c"]) if node["t"] == "MetaInlines" else [node["c"]]
                yield "\n"
            case None if "blocks" in node:
                for entry in node["meta"].values():
                    yield from _characters(entry)
                yield from _characters(node["blocks"])
            case None:
                for inner in node.values():
                    yield from _characters(inner)
            case _:
                yield from _characters(node.get("c"))


def docx_furniture(data: bytes) -> str:
    """The text of a Word document's headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name) for name in sorted(package.namelist())
                 if re.fullmatch(r"word/(header|footer)\d+\.xml", name)]  # fmt: skip
    return "\n".join("".join(etree.fromstring(part).itertext()) for part in parts)


def pdf_body_text(data: bytes, folder: Path, *, paper: str) -> str:
    """The text between the margins, by poppler: in the order in which it was set, then in the
    order that poppler takes for the reader's.

    Cropped, since a statement that goes on over a page has foot and head in its middle. Twice,
    since tables may be set line by line, and poppler's order joins words at hyphens.
    """
    width, height = PAPER_IN_POINTS[paper]
    crop = (0.0, MARGIN - 3, width, height - 2 * MARGIN + 6)
    return "".join(judges.pdf_text(data, folder, raw=raw, crop=crop) for raw in (True, False))


# --- comparing -------------------------------------------------------------------------------


def spaced(text: str) -> str:
    """With every run of white space, no-break spaces among it, made one space."""
    return re.sub(r"\s+", " ", text)


def unspaced(text: str) -> str:
    """Without white space: for files whose lines may end within a word (an address, a hyphen)."""
    return re.sub(r"\s+", "", text)


def as_poppler_gives(text: str) -> str:
    """`unspaced`, and as poppler's text layer has it: ligatures in their letters (NFKC)."""
    return unspaced(unicodedata.normalize("NFKC", text))


def is_in(text: str, read: str) -> bool:
    """Whether `text` stands in what was read: in one piece, or on two pages with notes between."""
    if text in read:
        return True
    head = next((n for n in range(len(text), 0, -1) if text[:n] in read), 0)
    return head > 0 and text[head:] in read
