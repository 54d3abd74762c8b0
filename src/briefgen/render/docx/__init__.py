"""A brief as a Word document (ECMA-376 transitional, as Word 2013 and later write it).

The trip: `stationery` (ours, or a `house` document's) gives styles, page and headers; `body` and
its helpers write the text on it as strings, `notes` the notes that it refers to; `package` puts the
parts into a ZIP whose bytes repeat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.brief.model import Brief
from briefgen.brief.words import ENGLISH
from briefgen.render.docx.body import BodyWriter, label_column
from briefgen.render.docx.contents import contents_list, last_page
from briefgen.render.docx.inlines import InlineWriter, link_tips
from briefgen.render.docx.links import Bookmarks, OutwardLinks
from briefgen.render.docx.marks import NoteMarks, note_kind
from briefgen.render.docx.notes import STYLES, notes_part, printable_notes, with_notes_placed
from briefgen.render.docx.numbering import Numbering
from briefgen.render.docx.package import CORE_PROPERTIES, WORD, Package, Part, Relationship, office
from briefgen.render.docx.properties import core_properties, custom_properties, extended_properties
from briefgen.render.docx.references import reference_list
from briefgen.render.docx.stationery import Stationery, own_stationery
from briefgen.render.docx.xml import DECLARATION, NAMESPACES

__all__ = ["DocxResult", "render_docx"]


@dataclass(frozen=True, slots=True)
class DocxResult:
    """A Word document, and what whoever asked for it should know about it."""

    data: bytes
    warnings: tuple[str, ...] = ()


def render_docx(
    brief: Brief,
    *,
    house: bytes | None = None,
    contents: Sequence[tuple[str, int]] | None = None,
) -> DocxResult:
    """The brief as DOCX. The same arguments give the same bytes.

    `house` is a .docx or .dotx that lends its styles, theme, numbering, page set-up, headers and
    footers; what it lacks is added and its text is not kept. Its page size stands, whatever
    `brief.paper` says.

    `contents` asks for a contents list: anchors of sections and headings, in order, with the
    pages to show until Word counts its own.

    Notes are Word's own footnotes, or endnotes at the end of the document (`brief.notes_at`).
    With `brief.live`, citations and references are Zotero's fields.

    Raises `InputError` when `house` cannot be used: no Word document, encrypted, damaged, with
    macros, or of a size that no real one has.
    """
    words = {**ENGLISH, **brief.words}
    brief = with_notes_placed(brief, words["notes"])
    pages = last_page(contents or ())
    column = label_column(brief)
    if house is None:
        stationery = own_stationery(brief, words, label_column=column, pages=pages)
    else:
        from briefgen.render.docx.house import house_stationery  # needs lxml: only where used

        stationery = house_stationery(house, brief, words, label_column=column, pages=pages)
    body = _write(brief, stationery, words, contents or (), frozenset())
    if body.dangling:  # links to nowhere: once more, with those printed as text
        body = _write(brief, stationery, words, contents or (), body.dangling)
    properties: Sequence[tuple[str, str]] = ()
    warnings = stationery.warnings
    if brief.live is not None:
        from briefgen.render.docx.zotero import document_properties, live_warnings

        properties = document_properties(brief, brief.live)
        warnings = (*warnings, *live_warnings(brief))
    package = _package(brief, stationery, body, properties)
    return DocxResult(package.to_bytes(brief.created), warnings)


@dataclass(frozen=True, slots=True)
class _Body:
    xml: str
    numbering: Numbering
    outward: OutwardLinks
    notes: Part | None
    dangling: frozenset[str]


def _write(
    brief: Brief,
    stationery: Stationery,
    words: Mapping[str, str],
    contents: Sequence[tuple[str, int]],
    unlinkable: frozenset[str],
) -> _Body:
    numbering, outward = stationery.numbering(), OutwardLinks()
    bookmarks = Bookmarks(unlinkable)
    marks = NoteMarks(
        kind=note_kind(brief),
        style=stationery.ids[STYLES[note_kind(brief)][1]],
        bookmarks=bookmarks,
        notes=printable_notes(brief),
        first_id=stationery.notes.first_id if stationery.notes else 1,
    )
    live = None
    if brief.live is not None:
        from briefgen.render.docx.zotero import LiveFields  # needs JSON: only where used

        live = LiveFields(brief.live)
    inlines = InlineWriter(
        ids=stationery.ids,
        words=words,
        bookmarks=bookmarks,
        outward=outward,
        marks=marks,
        live=live,
        tips=link_tips(brief),
    )
    writer = BodyWriter(
        brief=brief,
        inlines=inlines,
        references=reference_list(brief, inlines),
        numbering=numbering,
        palette=stationery.palette,
        text_width=stationery.text_width,
        label_column=stationery.label_column,
        scale=stationery.scale,
        indents=stationery.indents,
        bullet_numbers=stationery.bullet_numbers,
    )
    listed = contents_list(brief, contents, inlines, stationery.text_width)
    text = marks.counted(writer.write(listed))
    notes = None
    if stationery.notes is not None:
        in_notes = replace(inlines, outward=OutwardLinks(), in_note=True)
        notes = notes_part(stationery.notes, marks, in_notes)
    xml = (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>{text}"
        f"{stationery.section}</w:body></w:document>"
    )
    return _Body(xml, numbering, outward, notes, bookmarks.dangling)


def _package(
    brief: Brief, stationery: Stationery, body: _Body, properties: Sequence[tuple[str, str]]
) -> Package:
    package = Package()
    document = package.add("word/document.xml", f"{WORD}.document.main+xml", body.xml)
    package.relate("officeDocument", document.name)
    for part in stationery.parts:
        package.parts.append(part)
    document.relationships.extend(stationery.relationships)
    numbering = stationery.numbering_part(body.numbering)
    package.parts.append(numbering)
    document.relate("numbering", numbering.name, id_="numbering")
    if body.notes is not None:
        package.parts.append(body.notes)
        kind = f"{note_kind(brief)}s"
        document.relate(kind, body.notes.name, id_=kind)
    for address, id_ in body.outward.targets.items():
        document.relationships.append(
            Relationship(id_, office("hyperlink"), address, external=True)
        )
    core = package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        core_properties(brief),
    )
    package.relate(CORE_PROPERTIES, core.name)
    office_properties = "application/vnd.openxmlformats-officedocument"
    extended = package.add(
        "docProps/app.xml",
        f"{office_properties}.extended-properties+xml",
        extended_properties(),
    )
    package.relate("extended-properties", extended.name)
    custom = custom_properties(brief, properties)
    if custom:
        part = package.add(
            "docProps/custom.xml", f"{office_properties}.custom-properties+xml", custom
        )
        package.relate("custom-properties", part.name)
    return package
