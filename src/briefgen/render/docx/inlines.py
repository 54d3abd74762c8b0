"""The model's inlines as runs, hyperlinks and bookmarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from briefgen.brief.model import (
    Brief,
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Flag,
    Inline,
    Inlines,
    LineBreak,
    Link,
    References,
    Sentence,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from briefgen.records import dataclass, field, replace
from briefgen.render.docx.links import Bookmarks, OutwardLinks
from briefgen.render.docx.runs import PLAIN, Format, break_run, run
from briefgen.render.docx.xml import attribute

_MOST_BACK_LINKS = 12
_GLUED = 24
"""A citation or a caution of at most so many characters stands on one line."""
_LONGEST_TIP = 250
"""Word shows at most 255 characters of a link's tip."""


@dataclass(slots=True)
class InlineWriter:
    """Writes inlines; keeps the links and bookmarks that they need."""

    ids: Mapping[str, str]
    """Each style's id in this document."""
    words: Mapping[str, str]
    bookmarks: Bookmarks
    outward: OutwardLinks
    tips: Mapping[str, str] = field(default_factory=dict)
    """What a link to an anchor says when the pointer rests on it: the note, the reference."""
    note_anchors: Mapping[int, str] = field(default_factory=dict)

    def style(self, key: str) -> Format:
        """The format that a character style of ours gives."""
        return Format(self.ids[key])

    def write(self, content: Inlines, format_: Format = PLAIN, *, linked: bool = False) -> str:
        """`content` as the XML inside a paragraph. `linked`: it stands inside a link already."""
        out: list[str] = []
        before: Inline | None = None
        for inline in content:
            match inline:
                case Text(text, language):
                    out.append(
                        run(text, format_._replace(language=language) if language else format_)
                    )
                case Sentence():
                    out.append(self.write(inline.content, format_, linked=linked))
                case Cite():
                    if inline.note is not None and isinstance(before, Cite) and before.note:
                        out.append(run(",", self.style("EndnoteReference")))
                    out.append(self._cite(inline, format_, linked))
                case Flag(text):
                    out.append(self._flag(text, before))
                case Emphasis(inner):
                    out.append(self.write(inner, format_._replace(italic=True), linked=linked))
                case Strong(inner):
                    out.append(self.write(inner, format_._replace(bold=True), linked=linked))
                case SmallCaps(inner):
                    out.append(self.write(inner, format_._replace(small_caps=True), linked=linked))
                case Superscript(inner):
                    raised = format_._replace(position="superscript")
                    out.append(self.write(inner, raised, linked=linked))
                case Subscript(inner):
                    lowered = format_._replace(position="subscript")
                    out.append(self.write(inner, lowered, linked=linked))
                case Code(text):
                    out.append(run(text, format_._replace(style=self.ids["HTMLCode"])))
                case Link(url, inner):
                    out.append(self._link(url, inner, format_, linked))
                case CrossReference(anchor, inner):
                    out.append(self._cross_reference(anchor, inner, format_, linked))
                case LineBreak():
                    out.append(break_run())
                case _:
                    assert_never(inline)
            before = inline
        return "".join(out)

    def to_anchor(self, anchor: str, content: str, tip: str = "") -> str:
        """`content` (runs) as a link to `anchor`, or as it is where that stands nowhere."""
        name = self.bookmarks.target(anchor)
        if not name:
            return content
        tip = tip or self.tips.get(anchor, "")
        shown = f' w:tooltip="{attribute(tip)}"' if tip else ""
        return f'<w:hyperlink w:anchor="{name}"{shown} w:history="1">{content}</w:hyperlink>'

    def back_links(self, anchors: tuple[str, ...]) -> str:
        """Links from a note or reference to where it is cited: an arrow, or one a place.

        At most twelve: a source that bears out hundreds of facts would print a page of numbers.
        """
        places = [a for a in dict.fromkeys(anchors) if a not in self.bookmarks.unlinkable]
        if not places:
            return ""
        small, tip = self.style("BackLink"), self.words["back_to_text"]
        if len(places) == 1:
            return run(" ", small) + self.to_anchor(places[0], run("↑", small), tip)
        parts = [run(" ↑", small)]
        for number, anchor in enumerate(places[:_MOST_BACK_LINKS], start=1):
            parts.append(run("\u00a0" if number == 1 else " ", small))
            parts.append(self.to_anchor(anchor, run(str(number), small), tip))
        if len(places) > _MOST_BACK_LINKS:
            parts.append(run(" …", small))
        return "".join(parts)

    def _cite(self, cite: Cite, format_: Format, linked: bool) -> str:
        if cite.note is not None:
            mark = run(str(cite.note), self.style("EndnoteReference"))
            anchor = self.note_anchors.get(cite.note, "")
            shown = mark if linked else self.to_anchor(anchor, mark)
        elif cite.content:
            cited = format_._replace(style=format_.style or self.ids["Citation"])
            shown = self.write(_glued(cite), cited, linked=linked)
        else:  # not cited yet: the sources' ids are better than a statement without a source
            items = "; ".join(
                ", ".join(p for p in (item.source, item.locator) if p) for item in cite.items
            )
            shown = run(f" [{items}]", format_) if items else ""
        return self.bookmarks.around(cite.anchor, shown)

    def _flag(self, text: str, before: Inline | None) -> str:
        spaced = isinstance(before, Text) and before.text[-1:].isspace()
        if len(text) <= _GLUED:
            text = text.replace(" ", "\u00a0").replace("-", "\u2011")
        shown = f"▲\u00a0{text}" if spaced or before is None else f" ▲\u00a0{text}"
        return run(shown, self.style("Flag"))

    def _link(self, url: str, inner: Inlines, format_: Format, linked: bool) -> str:
        relationship = "" if linked else self.outward.relationship(url)
        if not relationship:
            return self.write(inner, format_, linked=linked)
        shown = self.write(inner, format_._replace(style=self.ids["Hyperlink"]), linked=True)
        tip = attribute(url[:_LONGEST_TIP])
        return (
            f'<w:hyperlink r:id="{relationship}" w:tooltip="{tip}" w:history="1">{shown}'
            "</w:hyperlink>"
        )

    def _cross_reference(self, anchor: str, inner: Inlines, format_: Format, linked: bool) -> str:
        content = self.write(inner, format_, linked=True)
        return content if linked else self.to_anchor(anchor, content)


def plain_text(content: Inlines, *, cited: bool = False) -> str:
    """What inlines say, without any format; citations only if `cited`, flags left out."""
    parts = []
    for inline in content:
        if isinstance(inline, Text | Code):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append(" ")
        elif isinstance(inline, Cite):
            parts.append(plain_text(_glued(inline)) if cited else "")
        elif not isinstance(inline, Flag):
            parts.append(plain_text(inline.content, cited=cited))
    return "".join(parts)


def _glued(cite: Cite) -> Inlines:
    """What a citation says, its words held together if they are few: `[2, p. 15]`."""
    few = len(plain_text(cite.content)) <= _GLUED
    return _unbroken(cite.content) if few else cite.content


def _unbroken(content: Inlines) -> Inlines:
    kept: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text):
            kept.append(replace(inline, text=inline.text.replace(" ", "\u00a0")))
        elif isinstance(inline, Code | LineBreak | Flag):
            kept.append(inline)
        else:
            kept.append(replace(inline, content=_unbroken(inline.content)))
    return tuple(kept)


def link_tips(brief: Brief) -> dict[str, str]:
    """What links to notes and references say when pointed at: the note or reference itself."""
    tips = {note.anchor: plain_text(note.content) for note in brief.notes}
    for section in brief.sections:
        for block in section.blocks:
            if isinstance(block, References):
                tips.update({e.anchor: plain_text(e.content) for e in block.entries})
    return {
        anchor: text if len(text) <= _LONGEST_TIP else text[: _LONGEST_TIP - 1] + "…"
        for anchor, text in tips.items()
    }
