"""The model's inlines as runs, hyperlinks and bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from briefgen.brief import model
from briefgen.brief.traversal import CONTAINERS, plain_text
from briefgen.render._reading import WARNING_SIGN
from briefgen.render.docx.links import Bookmarks, OutwardLinks
from briefgen.render.docx.marks import NoteMarks
from briefgen.render.docx.runs import PLAIN, Format, break_run, run, run_properties
from briefgen.render.docx.xml import attribute

if TYPE_CHECKING:  # loaded only for briefs that ask for it
    from briefgen.render.docx.zotero import LiveFields

_MOST_BACK_LINKS = 12
_GLUED = 24
"""A citation or a caution of at most so many characters stands on one line."""
_NO_ELEMENTS = str.maketrans({"\u2011": "-", "\u00ad": "", "\t": " ", "\r": " ", "\n": " "})
"""Characters for which Word has elements, and what a field shows in their place."""
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
    marks: NoteMarks
    live: LiveFields | None = None
    """A reference manager's fields, where citations are to be such."""
    in_note: bool = False
    """Whether it writes into notes, which hold no notes themselves."""
    tips: Mapping[str, str] = field(default_factory=dict)
    """What a link to an anchor says when the pointer rests on it: the reference."""

    def style(self, key: str) -> Format:
        """The format that a character style of ours gives."""
        return Format(self.ids[key])

    def write(
        self, content: model.Inlines, format_: Format = PLAIN, *, linked: bool = False
    ) -> str:
        """`content` as the XML inside a paragraph. `linked`: it stands inside a link already."""
        out: list[str] = []
        before: model.Inline | None = None
        for inline in content:
            match inline:
                case model.Text(text, language):
                    out.append(
                        run(text, format_._replace(language=language) if language else format_)
                    )
                case model.Sentence():
                    out.append(self.write(inline.content, format_, linked=linked))
                case model.Cite():
                    if inline.note is not None and isinstance(before, model.Cite) and before.note:
                        out.append(run(",", self.marks.format))
                    out.append(self._cite(inline, format_, linked))
                case model.Flag(text):
                    out.append(self._flag(text, before))
                case model.Emphasis(inner):
                    out.append(self.write(inner, format_._replace(italic=True), linked=linked))
                case model.Strong(inner):
                    out.append(self.write(inner, format_._replace(bold=True), linked=linked))
                case model.SmallCaps(inner):
                    out.append(self.write(inner, format_._replace(small_caps=True), linked=linked))
                case model.Superscript(inner):
                    raised = format_._replace(position="superscript")
                    out.append(self.write(inner, raised, linked=linked))
                case model.Subscript(inner):
                    lowered = format_._replace(position="subscript")
                    out.append(self.write(inner, lowered, linked=linked))
                case model.Code(text):
                    out.append(run(text, format_._replace(style=self.ids["HTMLCode"])))
                case model.Link(url, inner):
                    out.append(self._link(url, inner, format_, linked))
                case model.CrossReference(anchor, inner):
                    out.append(self._cross_reference(anchor, inner, format_, linked))
                case model.LineBreak():
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
            return _short(" ", small) + self.to_anchor(places[0], _short("↑", small), tip)
        parts = [_short(" ↑", small)]
        for number, anchor in enumerate(places[:_MOST_BACK_LINKS], start=1):
            parts.append(_short("\u00a0" if number == 1 else " ", small))
            parts.append(self.to_anchor(anchor, _short(str(number), small), tip))
        if len(places) > _MOST_BACK_LINKS:
            parts.append(run(" …", small))
        return "".join(parts)

    def _cite(self, cite: model.Cite, format_: Format, linked: bool) -> str:
        if cite.note is not None:
            return self.marks.mark(cite.note, may_refer=not self.in_note)
        cited = format_._replace(style=format_.style or self.ids["Citation"])
        if not cite.content:
            content = not_cited_yet(cite.items)
            shown = self.write((model.Text(" "), *content), format_) if content else ""
        elif self.live is None or self.in_note:
            shown = self.write(_glued(cite), cited, linked=linked)
        else:
            shown = self.live.citation(
                cite.anchor, cite.items, 0, *self.for_field(_glued(cite), cited)
            )
        return self.bookmarks.around(cite.anchor, shown)

    def for_field(self, content: model.Inlines, format_: Format = PLAIN) -> tuple[str, str]:
        """`content` as a reference manager's field shows it, as XML and as characters: no links
        inside, and no character for which Word has an element of its own.
        """
        bare = tuple(_bare(content))
        return self.write(bare, format_, linked=True), plain_text(bare)

    def _flag(self, text: str, before: model.Inline | None) -> str:
        spaced = isinstance(before, model.Text) and before.text[-1:].isspace()
        if len(text) <= _GLUED:
            text = text.replace(" ", "\u00a0").replace("-", "\u2011")
        format_, space = self.style("Flag"), "" if spaced or before is None else " "
        reference = "" if self.in_note else self.marks.key_reference()
        if not reference:
            return run(f"{space}{WARNING_SIGN}\u00a0{text}", format_)
        sign = f"<w:r>{run_properties(format_)}{reference}<w:t>{WARNING_SIGN}</w:t></w:r>"
        return run(space, format_) + sign + run(f"\u00a0{text}", format_)

    def _link(self, url: str, inner: model.Inlines, format_: Format, linked: bool) -> str:
        relationship = "" if linked else self.outward.relationship(url)
        if not relationship:
            return self.write(inner, format_, linked=linked)
        shown = self.write(inner, format_._replace(style=self.ids["Hyperlink"]), linked=True)
        tip = attribute(url[:_LONGEST_TIP])
        return (
            f'<w:hyperlink r:id="{relationship}" w:tooltip="{tip}" w:history="1">{shown}'
            "</w:hyperlink>"
        )

    def _cross_reference(
        self, anchor: str, inner: model.Inlines, format_: Format, linked: bool
    ) -> str:
        content = self.write(inner, format_, linked=True)
        return content if linked else self.to_anchor(anchor, content)


_short = lru_cache(maxsize=256)(run)
"""Runs that come again in every document: arrows, and numbers of places."""


def not_cited_yet(items: Iterable[model.CiteItem]) -> model.Inlines:
    """The sources' ids: better than a statement without a source."""
    shown = "; ".join(", ".join(p for p in (i.source, i.locator) if p) for i in items)
    return (model.Text(f"[{shown}]"),) if shown else ()


def _bare(content: model.Inlines) -> Iterable[model.Inline]:
    for inline in content:
        match inline:
            case model.Text(text) | model.Code(text):
                plain = text.translate(_NO_ELEMENTS)
                yield inline if plain == text else replace(inline, text=plain)
            case model.LineBreak():
                yield model.Text(" ")
            case model.Link() | model.CrossReference():
                yield from _bare(inline.content)
            case model.Flag() | model.Cite():
                pass
            case _:
                yield replace(inline, content=tuple(_bare(inline.content)))


def held_together(content: model.Inlines) -> model.Inlines:
    """`content` as it is printed: each short citation on one line."""
    kept: list[model.Inline] = []
    for inline in content:
        if isinstance(inline, model.Cite):
            kept.extend(_glued(inline))
        elif isinstance(inline, CONTAINERS):
            kept.append(replace(inline, content=held_together(inline.content)))
        else:
            kept.append(inline)
    return tuple(kept)


def _glued(cite: model.Cite) -> model.Inlines:
    """What a citation says, its words held together if they are few: `[2, p. 15]`."""
    few = len(plain_text(cite.content, citations=False)) <= _GLUED
    return _unbroken(cite.content) if few else cite.content


def _unbroken(content: model.Inlines) -> model.Inlines:
    kept: list[model.Inline] = []
    for inline in content:
        if isinstance(inline, model.Text):
            kept.append(replace(inline, text=inline.text.replace(" ", "\u00a0")))
        elif isinstance(inline, model.Code | model.LineBreak | model.Flag):
            kept.append(inline)
        else:
            kept.append(replace(inline, content=_unbroken(inline.content)))
    return tuple(kept)


def link_tips(brief: model.Brief) -> dict[str, str]:
    """What links to references say when pointed at: the reference itself."""
    tips = {
        entry.anchor: plain_text(entry.content, citations=False)
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, model.References)
        for entry in block.entries
    }
    return {
        anchor: text if len(text) <= _LONGEST_TIP else text[: _LONGEST_TIP - 1] + "…"
        for anchor, text in tips.items()
    }
