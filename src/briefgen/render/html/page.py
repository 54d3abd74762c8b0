"""The page around the text: head, masthead, contents, sections, foot."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence

from briefgen.brief.model import Brief, Notes, Section
from briefgen.render._reading import (
    foot_parts,
    has_notes_block,
    is_bibliography,
    is_only,
    is_right_to_left,
    standing_word,
    with_key_last,
)
from briefgen.render.contents import contents_lines
from briefgen.render.html.body import Body, attribute, escaped
from briefgen.render.html.style import DARK, LIGHT, style_sheet

CONTENTS_FROM = 9
"""A list of contents helps from this many lines on."""


def render_html(brief: Brief) -> bytes:
    """The brief as one self-contained HTML page, UTF-8.

    No script, no outside content: a content security policy inside the page admits its own
    style sheet by hash and nothing else. Roles follow DPUB-ARIA 1.1.

    A page on screen has no foot: notes stand together once, where a `Notes` block is, else under
    a heading at the end. `notes_at` says what they are: each a `doc-footnote`, or the items of a
    section of `doc-endnotes`.
    """
    brief = with_key_last(brief)
    body = Body(brief)
    inside = "".join(_inside(brief, body))
    # Built after the text: the sheet holds a class for each column width that the text uses.
    sheet = style_sheet(
        paper=brief.paper,
        marking=brief.marking_line,
        foot_left=" · ".join(foot_parts(brief)),
        page_of=standing_word(brief, "page_of"),
        column_widths=body.column_widths,
    )
    direction = ' dir="rtl"' if is_right_to_left(brief.language) else ""
    page = (
        f"<!DOCTYPE html>\n<html lang={attribute(brief.language)}{direction}>\n"
        f"<head>\n{_head(brief, sheet)}</head>\n<body>\n{inside}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _head(brief: Brief, sheet: str) -> str:
    digest = b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        '<meta charset="utf-8">',
        f"<title>{escaped(brief.title)}</title>",
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        _theme_colour(LIGHT["paper"], "light"),
        _theme_colour(DARK["paper"], "dark"),
    ]
    for name, value in (
        ("author", brief.author),
        ("description", brief.subtitle),
        ("keywords", ", ".join(brief.keywords)),
        ("dcterms.created", brief.created.isoformat()),
    ):
        if value:
            lines.append(f'<meta name="{name}" content={attribute(value)}>')
    lines.append(f"<style>{sheet}</style>")
    return "".join(f"{line}\n" for line in lines)


def _theme_colour(colour: str, scheme: str) -> str:
    return f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {scheme})">'


def _inside(brief: Brief, body: Body) -> Iterator[str]:
    if brief.marking_line:
        yield f'<p class="marking">{escaped(brief.marking_line)}</p>\n'
    yield from _header(brief, body)
    yield "<main>\n"
    yield from _sections(brief, brief.sections[: brief.opening], body)
    yield from _contents(brief, body)
    yield from _sections(brief, brief.sections[brief.opening :], body)
    if brief.notes and not has_notes_block(brief):
        heading = escaped(standing_word(brief, "notes"))
        yield (
            f'<section id="notes--all"{_endnotes(brief)} aria-labelledby="notes--heading">\n'
            f'<h2 id="notes--heading">{heading}</h2>\n{body.notes()}</section>\n'
        )
    yield "</main>\n"
    foot = " · ".join(foot_parts(brief))
    if foot or brief.marking_line:
        yield "<footer>\n"
        if foot:
            yield f"<p>{escaped(foot)}</p>\n"
        if brief.marking_line:
            yield f'<p class="marking">{escaped(brief.marking_line)}</p>\n'
        yield "</footer>\n"


def _header(brief: Brief, body: Body) -> Iterator[str]:
    yield "<header>\n"
    if brief.kind:
        yield f'<p class="kind">{escaped(brief.kind)}</p>\n'
    yield f"<h1>{escaped(brief.title)}</h1>\n"
    if brief.subtitle:
        yield f'<p class="subtitle" role="doc-subtitle">{escaped(brief.subtitle)}</p>\n'
    if brief.masthead:
        yield '<dl class="masthead">\n'
        for line in brief.masthead:
            yield (
                f"<div><dt>{escaped(line.label)}</dt><dd>{body.inlines(line.content)}</dd></div>\n"
            )
        yield "</dl>\n"
    yield "</header>\n"


def _contents(brief: Brief, body: Body) -> Iterator[str]:
    lines = contents_lines(brief) if brief.lists_contents else ()
    if len(lines) < CONTENTS_FROM:
        return
    word = escaped(standing_word(brief, "contents"))
    yield f'<nav aria-labelledby="contents--heading">\n<h2 id="contents--heading">{word}</h2>\n'
    open_levels: list[int] = []
    for line in lines:
        while open_levels and line.level < open_levels[-1]:
            open_levels.pop()
            yield "</li></ol>"
        if not open_levels or line.level > open_levels[-1]:
            open_levels.append(line.level)
            yield "<ol>\n<li>"
        else:
            yield "</li>\n<li>"
        yield f"<a href={attribute('#' + line.anchor)}>{body.said_again(line.content)}</a>"
    yield "</li></ol>" * len(open_levels)
    yield "\n</nav>\n"


def _sections(brief: Brief, sections: Sequence[Section], body: Body) -> Iterator[str]:
    for section in sections:
        classes: list[str] = []
        if section.tone != "plain":
            classes.append(section.tone)
        if section.break_before:
            classes.append("break")
        attributes = f" id={attribute(section.anchor)}"
        if classes:
            attributes += f' class="{" ".join(classes)}"'
        heading_id = attribute(f"{section.anchor}--heading")
        if section.heading:
            attributes += f" aria-labelledby={heading_id}"
        attributes += _role(brief, section)
        yield f"<section{attributes}>\n"
        if section.heading:
            tag = f"h{min(section.level + 1, 6)}"
            yield f"<{tag} id={heading_id}>{body.inlines(section.heading)}</{tag}>\n"
        yield body.blocks(section.blocks)
        yield "</section>\n"


def _role(brief: Brief, section: Section) -> str:
    if is_bibliography(section):
        return ' role="doc-bibliography"'
    return _endnotes(brief) if brief.notes and is_only(section, Notes) else ""


def _endnotes(brief: Brief) -> str:
    return ' role="doc-endnotes"' if brief.notes_at == "end" else ""
