"""A message's body as a page that looks the same in Outlook, in Thunderbird and on a phone.

Styles stand in the elements, since mail programs drop or rewrite style sheets; the width and the
tint are those of tables, which is all that Outlook knows of them. Ink and paper are both said, so
that a program in the dark changes both or none. Nothing is fetched: there is no picture, no font
and no address but the links that a text itself has.
"""

from __future__ import annotations

from typing import assert_never

from briefgen.brief import model
from briefgen.render._reading import WARNING_SIGN, is_right_to_left
from briefgen.render.html.body import attribute, escaped, told
from briefgen.render.html.style import LIGHT

WIDTH = 640
"""Pixels: about 85 characters of the body's size."""

_INK, _QUIET, _ACCENT = LIGHT["ink"], LIGHT["quiet"], LIGHT["accent"]
_WARNING, _TINT, _HAIRLINE = LIGHT["warning"], LIGHT["tint"], LIGHT["hairline"]
_FONT = "'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_BODY = f"font-family:{_FONT};font-size:15px;line-height:22px;color:{_INK}"
_SMALL = "font-size:13px;line-height:19px"
_FLAG = "font-size:12px;font-weight:normal"
"""Quieter than the sentence that it cautions about, in a lead that is bold, too."""

_ROLES = {
    "body": "",
    "lead": "font-weight:600;",
    "small": f"{_SMALL};color:{_QUIET};",
    "empty": f"color:{_QUIET};",
}


def page(brief: model.Brief, own: model.Blocks, attached: model.Section | None) -> str:
    """The whole body: marking, the sender's own text, the brief, what is attached, marking.

    `brief` without a title is nothing but its marking and language.
    """
    parts = [_marking(brief.marking_line), _blocks(own)]
    if brief.title:
        parts.append(_masthead(brief, below=bool(own)))
    parts += [_section(section) for section in brief.sections]
    if attached is not None:
        parts.append(_section(attached))
    parts.append(_marking(brief.marking_line))
    direction = "rtl" if is_right_to_left(brief.language) else "ltr"
    head = (
        f'<!DOCTYPE html>\n<html lang={attribute(brief.language)} dir="{direction}">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{escaped(brief.title)}</title>\n</head>\n"
    )
    return (
        f'{head}<body bgcolor="#ffffff" style="margin:0;padding:0;background-color:#ffffff">\n'
        f'<table role="presentation" width="{WIDTH}" cellpadding="0" cellspacing="0" border="0" '
        f'bgcolor="#ffffff" style="width:{WIDTH}px;max-width:100%;background-color:#ffffff">\n'
        f'<tr><td style="padding:12px 16px;{_BODY}">\n{"".join(parts)}</td></tr>\n</table>\n'
        "</body>\n</html>\n"
    )


def _marking(marking: str) -> str:
    if not marking:
        return ""
    return (
        f'<p style="margin:0 0 12px;text-align:center;font-weight:600;{_SMALL};color:{_ACCENT}">'
        f"{escaped(marking)}</p>\n"
    )


def _masthead(brief: model.Brief, *, below: bool) -> str:
    parts = []
    if brief.kind:
        parts.append(
            f'<p style="margin:{20 if below else 0}px 0 2px;font-weight:600;{_SMALL};'
            f'color:{_ACCENT}">{escaped(brief.kind)}</p>\n'
        )
    parts.append(
        f'<h1 style="margin:0 0 4px;font-size:22px;line-height:28px;font-weight:600;'
        f'color:{_INK}">{escaped(brief.title)}</h1>\n'
    )
    if brief.subtitle:
        parts.append(f'<p style="margin:0 0 8px;color:{_QUIET}">{escaped(brief.subtitle)}</p>\n')
    if brief.masthead:
        lines = " &nbsp;·&nbsp; ".join([_masthead_line(line) for line in brief.masthead])
        parts.append(
            f'<p style="margin:0 0 16px;padding:6px 0;border-top:2px solid {_ACCENT};'
            f'border-bottom:1px solid {_HAIRLINE};{_SMALL}">{lines}</p>\n'
        )
    return "".join(parts)


def _masthead_line(line: model.MastheadLine) -> str:
    """A label and its value; a value of a few words stays with its label on one line."""
    short = all(isinstance(one, model.Text) and len(one.text) < 30 for one in line.content)
    style = ' style="white-space:nowrap"' if short else ""
    label = f'<span style="color:{_QUIET}">{escaped(line.label)}</span>'
    return f"<span{style}>{label} {_inlines(line.content)}</span>"


def _section(section: model.Section) -> str:
    heading = ""
    if section.heading:
        sign = f"{WARNING_SIGN}\u00a0" if section.tone == "warning" else ""
        colour = _WARNING if section.tone == "warning" else _ACCENT
        heading = _heading(min(section.level + 1, 4), section.heading, colour, sign)
    inside = heading + _blocks(section.blocks)
    if section.tone == "plain":
        return f'<div style="margin:0 0 16px">\n{inside}</div>\n'
    tint, bar = (_TINT, "") if section.tone == "accent" else ("#ffffff", _WARNING)
    border = f"border-left:4px solid {bar};" if bar else ""
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="width:100%;margin:0 0 16px">\n<tr><td bgcolor="{tint}" '
        f'style="padding:12px 16px 4px;background-color:{tint};{border}{_BODY}">\n'
        f"{inside}</td></tr>\n</table>\n"
    )


def _heading(level: int, content: model.Inlines, colour: str, sign: str = "") -> str:
    return (
        f'<h{level} style="margin:0 0 6px;font-size:16px;line-height:22px;font-weight:600;'
        f'color:{colour}">{sign}{_inlines(content)}</h{level}>\n'
    )


# --- blocks ------------------------------------------------------------------------------------


def _blocks(blocks: model.Blocks) -> str:
    return "".join([_block(block) for block in blocks])


def _block(block: model.Block) -> str:
    match block:
        case model.Paragraph():
            style = f"margin:0 0 10px;{_ROLES[block.role]}"
            return f'<p style="{style}">{_inlines(block.content)}</p>\n'
        case model.Heading():
            return _heading(min(block.level + 1, 6), block.content, _INK)
        case model.ListBlock():
            return _list(block)
        case model.Entries():
            rows = "".join(
                [
                    f'<tr><td valign="top" style="padding:0 12px 6px 0;color:{_QUIET};{_SMALL}">'
                    f'{_inlines(entry.label)}</td><td valign="top" style="padding:0 0 6px">'
                    f"{_item(entry.blocks)}</td></tr>\n"
                    for entry in block.entries
                ]
            )
            return _grid(rows)
        case model.Table():
            return _table(block)
        case model.Quote():
            return (
                f'<blockquote style="margin:0 0 10px;padding:0 0 0 12px;border-left:3px solid '
                f'{_HAIRLINE};color:{_QUIET}">\n{_blocks(block.blocks)}</blockquote>\n'
            )
        case model.Preformatted():
            return (
                f'<pre style="margin:0 0 10px;font-family:Consolas,Menlo,monospace;{_SMALL};'
                f'white-space:pre-wrap"><code>{escaped(block.text)}</code></pre>\n'
            )
        case model.Rule():
            return f'<hr style="border:0;border-top:1px solid {_HAIRLINE};margin:12px 0">\n'
        case (
            model.References() | model.Notes()
        ):  # in the document: a message tells each source at its place
            return ""
        case _:
            assert_never(block)


def _list(block: model.ListBlock) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(
        [f'<li style="margin:0 0 7px">{_item(item)}</li>\n' for item in block.items]
    )  # fmt: skip
    return f'<{tag}{start} style="margin:0 0 6px 20px;padding:0">\n{items}</{tag}>\n'


def _item(blocks: model.Blocks) -> str:
    if len(blocks) == 1 and isinstance(blocks[0], model.Paragraph) and blocks[0].role == "body":
        return _inlines(blocks[0].content)
    return _blocks(blocks)


def _grid(rows: str) -> str:
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0" '
        f'style="margin:0 0 8px;{_BODY}">\n{rows}</table>\n'
    )


def _table(block: model.Table) -> str:
    headings = "".join(
        [
            f'<th scope="col" valign="bottom" {_cell_style(column, _QUIET, "600")}>'
            f"{_inlines(column.heading)}</th>"
            for column in block.columns
        ]
    )
    head = f"<tr>{headings}</tr>\n" if block.has_header else ""
    rows = "".join([_row(block.columns, row) for row in block.rows])
    return (
        f'<table cellpadding="0" cellspacing="0" border="0" summary={attribute(block.caption)} '
        f'style="width:100%;border-collapse:collapse;margin:0 0 10px;{_BODY};{_SMALL}">\n'
        f"{head}{rows}</table>\n"
    )


def _row(columns: tuple[model.Column, ...], row: model.Row) -> str:
    colour = _QUIET if row.muted else _INK
    cells = "".join(
        [
            f'<td valign="top" {_cell_style(column, colour, "normal")}>{_inlines(cell)}</td>'
            for column, cell in zip(columns, row.cells, strict=True)
        ]
    )
    return f"<tr>{cells}</tr>\n"


def _cell_style(column: model.Column, colour: str, weight: str) -> str:
    align = "center" if column.align == "centre" else column.align
    return (
        f'align="{align}" style="padding:4px 10px 4px 0;border-bottom:1px solid {_HAIRLINE};'
        f'color:{colour};font-weight:{weight}"'
    )


# --- inlines -----------------------------------------------------------------------------------


def _inlines(content: model.Inlines) -> str:
    return "".join([_inline(inline) for inline in content])


def _inline(inline: model.Inline) -> str:
    match inline:
        case model.Text():
            said = told(inline.text)
            if inline.language:
                return f"<span lang={attribute(inline.language)}>{said}</span>"
            return said
        case model.Code():
            return (
                f'<code style="font-family:Consolas,Menlo,monospace">{escaped(inline.text)}</code>'
            )
        case model.Emphasis():
            return f"<em>{_inlines(inline.content)}</em>"
        case model.Strong():
            return f'<strong style="font-weight:600">{_inlines(inline.content)}</strong>'
        case model.SmallCaps():
            return f'<span style="font-variant:small-caps">{_inlines(inline.content)}</span>'
        case model.Superscript():
            return f"<sup>{_inlines(inline.content)}</sup>"
        case model.Subscript():
            return f"<sub>{_inlines(inline.content)}</sub>"
        case model.Link():
            return (
                f'<a href={attribute(inline.url)} style="color:{_ACCENT}">'
                f"{_inlines(inline.content)}</a>"
            )
        case model.CrossReference() | model.Sentence():  # what it points to stands in the document
            return _inlines(inline.content)
        case model.LineBreak():
            return "<br>\n"
        case model.Flag():
            return (
                f'<span style="color:{_WARNING};{_FLAG}">{WARNING_SIGN}\u00a0'
                f"{escaped(inline.text)}</span>"
            )
        case model.Cite():
            style = f"color:{_QUIET};{_SMALL};font-weight:normal"
            return f'<span style="{style}">{_inlines(inline.content)}</span>'
        case _:
            assert_never(inline)
