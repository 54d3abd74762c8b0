"""Document properties: what file managers, search and handling tools read (ECMA-376 Part 2, 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package

from briefgen.brief.model import Brief
from briefgen.render.docx.xml import attribute, escape, holdable

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of properties that a user names ([MS-OLEPS] 2.21)."""


def add_properties(package: Package, brief: Brief, more: Sequence[tuple[str, str]]) -> None:
    """Give `package` the properties of `brief`, and `more` names with their values."""
    core = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    _fill(core.element, brief)
    package.relate_to(core, RT.CORE_PROPERTIES)
    application = (
        f'<Properties xmlns="{_EXTENDED}"><Application>briefgen</Application></Properties>'
    )
    for name, kind, relationship, xml in (
        ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, application),
        ("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, custom_properties(brief, more)),
    ):
        if xml:
            blob = serialize_part_xml(parse_xml(xml))
            package.relate_to(
                Part(PackURI(f"/docProps/{name}.xml"), kind, blob, package), relationship
            )


def _fill(core: BaseOxmlElement, brief: Brief) -> None:
    """Dublin Core. No author is better than a wrong one.

    Written into python-docx's elements: its properties take no text beyond 255 characters and no
    year before 1000.
    """
    when = _w3c_time(brief.created)
    for name, value in (
        ("title", brief.title),
        ("subject", brief.subtitle),
        ("creator", brief.author),
        ("keywords", "; ".join(brief.keywords)),
        ("lastModifiedBy", brief.author),
        ("category", brief.kind),
        ("identifier", brief.reference),
        ("language", brief.language),
        ("version", brief.version),
        ("created", when),
        ("modified", when),
    ):
        if value:
            element = getattr(core, f"get_or_add_{name}")()
            element.text = holdable(value)
            if value is when:
                element.set(qn("xsi:type"), "dcterms:W3CDTF")


def custom_properties(brief: Brief, more: Sequence[tuple[str, str]] = ()) -> str:
    """`docProps/custom.xml`: what tools that guard marked documents look for, and `more` names
    with their values; empty if nothing.
    """
    values = (
        ("Marking", brief.marking),
        ("Handling", "; ".join(brief.handling)),
        ("Reference", brief.reference),
        ("Version", brief.version),
        ("Citation style", brief.style),
        *more,
    )
    said = [(name, value) for name, value in values if value]
    if not said:
        return ""
    listed = "".join(
        f'<property fmtid="{_USER_DEFINED}" pid="{number}" name="{attribute(name)}"><vt:lpwstr>'
        f"{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(said, start=2)  # 0 and 1 are taken by the format
    )
    return f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{listed}</Properties>'


def _w3c_time(moment: datetime) -> str:
    at = moment.astimezone(UTC) if moment.tzinfo else moment
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
