"""A brief as a Word document (ECMA-376 transitional, as Word 2013 and later write it).

The trip: `house` opens a document with python-docx (a person's, or reference.docx) and adapts what
it lends: styles, page, headers; `body` and its helpers write the text as strings, which are parsed
once; `notes` the notes that it refers to; python-docx packs the parts, and `zip_dates` sees to it
that equal briefs have equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from briefgen.brief.model import Brief
from briefgen.render.docx.composing import Body, compose
from briefgen.render.docx.house import Stationery
from briefgen.render.docx.notes import notes_relationship
from briefgen.render.docx.properties import add_properties
from briefgen.zip_dates import with_dates

__all__ = ["DocxResult", "render_docx"]


class DocxResult(NamedTuple):
    """A Word document, and what whoever asked for it should know about it."""

    data: bytes
    warnings: tuple[str, ...] = ()


def render_docx(
    brief: Brief,
    *,
    house: bytes | None = None,
    contents: Sequence[tuple[str, int]] | None = None,
    pages: int = 0,
) -> DocxResult:
    """The brief as DOCX. The same arguments give the same bytes.

    `house` is a .docx or .dotx that lends its styles, theme, numbering, page set-up, headers and
    footers; what it lacks is added and its text is not kept. Its page size stands, whatever
    `brief.paper` says.

    `contents` asks for a contents list: anchors of sections and headings, in order, with the
    pages to show until Word counts its own: 0 shows none. `pages` is how many there are, if that is
    known.

    Notes are Word's own footnotes, or endnotes at the end of the document (`brief.notes_at`).
    With `brief.live`, citations and references are Zotero's fields.

    Raises `InputError` when `house` cannot be used: no Word document, encrypted, damaged, with
    macros, or of a size that no real one has.
    """
    brief, lent, body = compose(brief, house, contents or (), pages)
    properties: Sequence[tuple[str, str]] = ()
    warnings = lent.warnings
    if brief.live is not None:
        from briefgen.render.docx.zotero import document_properties, live_warnings

        properties = document_properties(brief, brief.live)
        warnings = (*warnings, *live_warnings(brief))
    package = _assembled(lent, body)
    del body  # its text, which is parsed now
    add_properties(package, brief, properties)
    out = BytesIO()
    package.save(out)
    return DocxResult(with_dates(out.getvalue(), brief.created), warnings)


def _assembled(lent: Stationery, body: Body) -> Package:
    """The package of a document with this body, properties aside."""
    document = DocumentPart(
        PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, parse_xml(body.xml), lent.package
    )
    lent.package.relate_to(document, RT.OFFICE_DOCUMENT)
    lent.text.numberings.insert(body.lists.xml())
    for id_, kind, part in lent.parts:
        document.load_rel(kind, part, id_)
    if body.notes is not None and lent.notes is not None:
        kind = lent.notes.kind
        document.load_rel(notes_relationship(kind), body.notes, f"{kind}s")
    for address, id_ in body.outward.targets.items():
        document.load_rel(RT.HYPERLINK, address, id_, is_external=True)
    return lent.package
