"""The whole Markdown file: metadata block, masthead, sections, notes."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.brief.model import Brief, Notes, Section, Strong, Text
from briefgen.render._reading import foot_parts, is_only, with_key_last
from briefgen.render.markdown.body import Body
from briefgen.render.markdown.escape import escape, tight


def render_markdown(brief: Brief) -> bytes:
    """The brief as Pandoc's Markdown, UTF-8.

    `pandoc -f markdown` (default extensions) reads back the text of the model, character for
    character.

    Notes are Pandoc's own, as many as the brief has, so a converter numbers and places them;
    `notes_at` makes no difference here, and a `Notes` block prints nothing.
    """
    brief = with_key_last(brief)
    body = Body(brief)
    pieces = [_metadata(brief), *_opening(brief, body)]
    for section in brief.sections:
        if brief.notes and is_only(section, Notes):
            continue  # whoever converts the file prints its notes
        pieces.extend(_section(section, body))
    pieces.extend(_closing(brief))
    pieces.extend(map(body.note, brief.notes))
    return ("\n\n".join(piece for piece in pieces if piece) + "\n").encode("utf-8")


def _metadata(brief: Brief) -> str:
    """A YAML metadata block. Pandoc reads the values as Markdown, so they are escaped twice."""
    fields = (
        ("title", brief.title),
        ("subtitle", brief.subtitle),
        ("author", brief.author),
        ("date", brief.printed_date),
        ("lang", brief.language),
        ("category", brief.kind),
        ("reference", brief.reference),
        ("version", brief.version),
        ("contact", brief.contact),
        ("marking", brief.marking),
        ("handling", "; ".join(brief.handling)),
        ("papersize", brief.paper),
    )
    lines = [f"{key}: {_scalar(value)}" for key, value in fields if value]
    if brief.keywords:
        lines.append("keywords:")
        lines.extend(f"- {_scalar(word)}" for word in brief.keywords)
    return "\n".join(("---", *lines, "---"))


def _scalar(text: str) -> str:
    """A double-quoted YAML scalar (YAML 1.2.2, 7.3.1) holding Markdown that says `text`."""
    markdown = tight(escape(text, at_start=True)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_yaml_character, markdown)) + '"'


def _yaml_character(character: str) -> str:
    readable = character.isprintable() or character in "\u00a0\u202f"
    return character if readable else f"\\U{ord(character):08x}"


def _opening(brief: Brief, body: Body) -> Iterator[str]:
    if brief.marking_line:
        yield body.paragraph((Strong((Text(brief.marking_line),)),))
    lines = [
        body.paragraph((Strong((Text(f"{line.label}:"),)), Text(" "), *line.content))
        for line in brief.masthead
    ]
    yield "\\\n".join(lines)


def _section(section: Section, body: Body) -> Iterator[str]:
    if section.heading:
        tone = "" if section.tone == "plain" else section.tone
        yield body.heading(section.level, section.heading, section.anchor, tone)
    yield body.blocks(section.blocks)


def _closing(brief: Brief) -> Iterator[str]:
    foot = " · ".join(foot_parts(brief))
    if foot or brief.marking_line:
        yield "* * *"
    if foot:
        yield tight(escape(foot, at_start=True))
    if brief.marking_line:
        yield f"**{tight(escape(brief.marking_line))}**"
