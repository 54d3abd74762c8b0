"""Document properties: what file managers, search and handling tools read (ECMA-376 Part 2, 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from briefgen.brief.model import Brief
from briefgen.render.docx.xml import DECLARATION, attribute, escape

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of properties that a user names ([MS-OLEPS] 2.21)."""


def core_properties(brief: Brief) -> str:
    """`docProps/core.xml`: Dublin Core. No author is better than a wrong one."""
    when = _w3c_time(brief.created)
    values = (
        ("dc:title", brief.title),
        ("dc:subject", brief.subtitle),
        ("dc:creator", brief.author),
        ("cp:keywords", "; ".join(brief.keywords)),
        ("cp:lastModifiedBy", brief.author),
        ("cp:category", brief.kind),
        ("dc:identifier", brief.reference),
        ("dc:language", brief.language),
        ("cp:version", brief.version),
    )
    said = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values if value)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{said}'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def extended_properties() -> str:
    """`docProps/app.xml`."""
    return (
        f'{DECLARATION}<Properties xmlns="{_EXTENDED}"><Application>briefgen</Application>'
        "</Properties>"
    )


def custom_properties(brief: Brief, more: Sequence[tuple[str, str]] = ()) -> str:
    """`docProps/custom.xml`: what tools that guard marked documents look for, and `more` names
    with their values; empty if nothing.
    """
    values = (
        ("Marking", brief.marking),
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
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{listed}</Properties>'


def _w3c_time(moment: datetime) -> str:
    at = moment.astimezone(UTC) if moment.tzinfo else moment
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
