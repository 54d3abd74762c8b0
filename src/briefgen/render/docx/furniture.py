"""What stands around the text of each page: marking, running title, foot."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.brief.model import Brief
from briefgen.render.docx.runs import field_runs, run, tab_run
from briefgen.render.docx.xml import DECLARATION, NAMESPACES, attribute

_LONGEST_RUNNING_TITLE = 72


def marking(brief: Brief, ids: Mapping[str, str]) -> str:
    """The handling marking as a paragraph; nothing where the brief has none."""
    return _paragraph(ids["Marking"], run(brief.marking)) if brief.marking else ""


def running_title(brief: Brief, ids: Mapping[str, str], text_width: int) -> str:
    """The title and the date, for all pages but the first."""
    title = " ".join(brief.title.split())
    if len(title) > _LONGEST_RUNNING_TITLE:
        title = title[: _LONGEST_RUNNING_TITLE - 1].rstrip() + "…"
    content = run(title) + (tab_run() + run(brief.printed_date) if brief.printed_date else "")
    return _paragraph(ids["RunningTitle"], content, _right_tab(text_width))


def running_foot(
    brief: Brief, ids: Mapping[str, str], words: Mapping[str, str], text_width: int, pages: int
) -> str:
    """Reference, version and contact, and `Page x of y` with live numbers.

    `pages` is what the field shows until Word has laid the document out.
    """
    version = f"{words['version']} {brief.version}" if brief.version else ""
    said = " · ".join(part for part in (brief.reference, version, brief.contact) if part)
    content = run(said) + tab_run() + page_of(words["page_of"], pages)
    return _paragraph(ids["RunningFoot"], content, _right_tab(text_width))


def page_of(pattern: str, pages: int) -> str:
    """`pattern` with `{page}` and `{pages}` as fields."""
    out = []
    rest = pattern
    while rest:
        at, name = min(
            ((place, word) for word in ("{page}", "{pages}") if (place := rest.find(word)) >= 0),
            default=(len(rest), ""),
        )
        out.append(run(rest[:at]))
        if name == "{page}":
            out.append(field_runs("PAGE", "1"))
        elif name:
            out.append(field_runs("NUMPAGES", str(pages)))
        rest = rest[at + len(name) :]
    return "".join(out)


def header_part(paragraphs: str, ids: Mapping[str, str]) -> str:
    """A `w:hdr` part; a header holds at least one paragraph."""
    return _part("hdr", paragraphs or _paragraph(ids["Header"], ""))


def footer_part(paragraphs: str, ids: Mapping[str, str]) -> str:
    """A `w:ftr` part."""
    return _part("ftr", paragraphs or _paragraph(ids["Footer"], ""))


def _part(element: str, paragraphs: str) -> str:
    return f"{DECLARATION}<w:{element} {NAMESPACES}>{paragraphs}</w:{element}>"


def _right_tab(text_width: int) -> str:
    # "header" and "footer" as Word ships them have tabs for another page: cleared here.
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{at}"/>' for at in (4513, 4680, 9026, 9360))
    return f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{text_width}"/></w:tabs>'


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{attribute(style)}"/>{properties}</w:pPr>{content}</w:p>'
