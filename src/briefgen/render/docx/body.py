"""The brief's body as WordprocessingML: masthead, sections and their blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, assert_never

from briefgen.brief import model
from briefgen.brief.traversal import blocks_inlines, plain_text
from briefgen.render._reading import announces
from briefgen.render.docx.amends import IN_BOX, Amend
from briefgen.render.docx.chapters import ChapterNumbers
from briefgen.render.docx.inlines import InlineWriter
from briefgen.render.docx.look import INSET, LABEL_COLUMN, LABEL_COLUMN_MOST
from briefgen.render.docx.numbering import OrderedLists
from briefgen.render.docx.references import ReferenceList
from briefgen.render.docx.runs import PLAIN, Format, break_run, run, tab_run
from briefgen.render.docx.styles import Tone
from briefgen.render.docx.tables import data_table, masthead_table
from briefgen.render.docx.text_look import TextLook
from briefgen.render.docx.widths import label_width
from briefgen.render.docx.xml import attribute

_PARAGRAPH_STYLES: dict[str, str] = {
    "body": "BodyText",
    "lead": "Lead",
    "small": "Aside",
    "empty": "NothingFound",
}
_TONE_STYLES: dict[tuple[Tone, str], str] = {
    ("accent", "BodyText"): "KeyBox",
    ("accent", "ListBullet"): "KeyBoxBullet",
    ("warning", "BodyText"): "Caution",
    ("warning", "ListBullet"): "CautionBullet",
}
"""Styles that bring a tone of their own; other styles get its box or bar on top."""


_NONE = -1
_WHOLE_LINES = 11
"""A box of at most about so many lines, a fifth of a page, stays on one."""

_OPEN_SPACING = "\0{}\0"
"""Where the spacing of a paragraph in a box or beside a bar goes, once its neighbour is known."""


def _with_next(paragraph: str) -> str:
    """A paragraph, as XML, that stays on the page of the next."""
    head, end, rest = paragraph.partition("/>")
    rest = rest.removeprefix('<w:keepNext w:val="0"/>')
    if not head.startswith("<w:p><w:pPr><w:pStyle") or rest.startswith("<w:keepNext/>"):
        return paragraph
    return f"{head}{end}<w:keepNext/>{rest}"


def _closed_spacing(paragraphs: list[str]) -> Iterable[str]:
    """Paragraphs of a box or bar, with no space after one whose neighbour looks different.

    Word fills space between paragraphs only where it takes them for one box: surely when their
    properties are the same. Elsewhere it would leave a white stripe.
    """
    kept = [text.partition("</w:pPr>")[0] for text in paragraphs]
    for place, text in enumerate(paragraphs):
        same = place + 1 < len(kept) and kept[place] == kept[place + 1]
        head, mark, rest = text.partition("\0")
        if not mark:
            yield text
            continue
        before, _, rest = rest.partition("\0")
        said = f' w:before="{before}"' if before else ""
        said += "" if same else ' w:after="0"'
        yield f"{head}<w:spacing{said}/>{rest}" if said else head + rest


class Place(NamedTuple):
    """Where a block stands: in which tone, how far in, how deep in lists."""

    tone: Tone = "plain"
    offset: int = 0
    """Twips from the left margin to where its text begins."""
    level: int = 0
    """Lists around it."""
    quoted: bool = False
    entry: bool = False
    """Directly in a dated entry."""
    column: int = 0
    """What the labels of the entries around it take, in twips."""


@dataclass(slots=True)
class BodyWriter:
    """Writes the body of one brief. `text_width` is twips."""

    brief: model.Brief
    inlines: InlineWriter
    references: ReferenceList
    lists: OrderedLists
    look: TextLook
    text_width: int
    columns: Mapping[int, float] = field(default_factory=dict)
    """What the labels of lists of entries need (`label_columns`)."""
    _cache: dict[object, str] = field(default_factory=dict)
    _page_break: bool = False
    _gap: int = 0
    """Space that the next paragraph owes to a table or a box above it; `_NONE` takes away what
    its style would bring."""
    _after_table: bool = False
    _chapters: ChapterNumbers = field(init=False)
    chapter_of: dict[str, str] = field(default_factory=dict)
    """Anchor -> the number that the house gives to that heading, of headings that have one."""

    def __post_init__(self) -> None:
        self._chapters = self.look.chapters.fresh()

    # --- the whole -------------------------------------------------------------------------

    def write(self, contents: Callable[[], str] | None = None) -> str:
        """The content of `w:body` but its last `w:sectPr`.

        `contents` makes the contents list's XML once all headings are written and numbered.
        """
        brief = self.brief
        out: list[str] = []
        listed = 0
        if brief.kind:
            out.append(self._paragraph("Kind", run(brief.kind)))
        out.append(self._paragraph("Title", run(brief.title)))
        if brief.subtitle:
            out.append(self._paragraph("Subtitle", run(brief.subtitle)))
        if brief.masthead:
            out.append(self._masthead(brief.masthead))
        for place, section in enumerate(brief.sections):
            if place == brief.opening and contents is not None:
                self._gap = 0  # its heading brings its own space
                listed = len(out)
                out.append("")
            elif place and section.tone == brief.sections[place - 1].tone == "accent":
                out.append(self._table_gap())  # or Word draws two boxes as one
            out.append(self._section(section))
        if contents is not None:
            out[listed:listed] = [contents()]
        if self._after_table:  # Word wants a paragraph after the last table of a document
            out.append(self._table_gap())
        return "".join(out)

    def _masthead(self, lines: tuple[model.MastheadLine, ...]) -> str:
        cells = [
            (
                line.label,
                self._paragraph("MastheadLabel", run(line.label)),
                self._paragraph("MastheadValue", self.inlines.write(line.content)),
                plain_text(line.content, citations=False),
            )
            for line in lines
        ]
        empty = self._paragraph("MastheadValue", "")
        self._gap, self._after_table = 240, True
        style = self.inlines.ids["MastheadTable"]
        return masthead_table(cells, self.text_width, style, self.look.masthead, empty)

    def _section(self, section: model.Section) -> str:
        place = Place(section.tone, INSET if section.tone != "plain" else 0)
        self._page_break = self._page_break or section.break_before
        out = []
        if section.heading:
            style = {"accent": "KeyBoxHeading", "warning": "CautionHeading"}.get(
                section.tone, f"Heading{section.level}"
            )
            content = self.inlines.write(section.heading)
            content = self.inlines.bookmarks.around(section.anchor, content)
            if section.tone == "plain":
                self._number(style, section.anchor)
            outline = section.level - 1 if section.tone != "plain" and section.level > 1 else None
            self._gap = 0  # headings bring their own space
            out.append(self._paragraph(style, content, outline=outline))
            if section.tone != "plain" and _opens_with_heading(section):
                self._gap = _NONE
        elif section.anchor:
            out.append(self.inlines.bookmarks.around(section.anchor, ""))
        blocks = list(self._blocks(section.blocks, place))
        if section.tone != "plain":
            blocks = self._kept_box(section, list(_closed_spacing(blocks)))
        out.extend(blocks)
        if section.tone != "plain" and not self._gap:
            self._gap = 200
        self._after_table = bool(section.blocks) and isinstance(section.blocks[-1], model.Table)
        return "".join(out)

    def _kept_box(self, section: model.Section, paragraphs: list[str]) -> list[str]:
        """A small box stays on one page; another has more than a paragraph of it on either."""
        words = (one for one in blocks_inlines(section.blocks) if isinstance(one, model.Text))
        said = sum(label_width(one.text) for one in words)
        lines = round(said * self.look.scale / self.text_width) + len(paragraphs)
        last = len(paragraphs) - 1
        return [
            _with_next(text)
            if place < last and (lines <= _WHOLE_LINES or place in (0, last - 1))
            else text
            for place, text in enumerate(paragraphs)
        ]

    def _number(self, style: str, anchor: str) -> None:
        number = self._chapters.next(style)
        if number and anchor:
            self.chapter_of[anchor] = number

    def _ink(self, place: Place) -> Format:
        """How text is set in a style that is not made for the box that it stands in."""
        return PLAIN._replace(colour=self.look.box_ink) if place.tone == "accent" else PLAIN

    # --- blocks ----------------------------------------------------------------------------

    def _blocks(self, blocks: model.Blocks, place: Place) -> Iterable[str]:
        for number, block in enumerate(blocks, start=1):
            match block:
                case model.Paragraph():
                    style = self._paragraph_style(block, place)
                    content = self.inlines.write(block.content, self._ink(place))
                    keep = announces(block) and number < len(blocks)
                    yield self._paragraph(style, content, place, keep_next=keep)
                case model.Entries():
                    yield from self._entries(block, place)
                case model.ListBlock():
                    yield from self._list(block, place)
                case model.Table():
                    yield self._table(block, place)
                case model.Heading():
                    content = self.inlines.write(block.content, self._ink(place))
                    content = self.inlines.bookmarks.around(block.anchor, content)
                    level = min(max(block.level, 1), 3)
                    if place.tone == "plain":
                        self._number(f"Heading{level}", block.anchor)
                    if place.tone == "plain":
                        self._gap = 0
                    yield self._paragraph(f"Heading{level}", content, place)
                case model.Quote():
                    yield from self._blocks(block.blocks, place._replace(quoted=True))
                case model.Preformatted(text):
                    lines = (run(line) for line in text.split("\n"))
                    yield self._paragraph("HTMLPreformatted", break_run().join(lines), place)
                case model.Rule():
                    yield self._paragraph("ThematicBreak", "", place)
                case model.References():
                    for entry, content in self.references.contents(block):
                        flush = not block.hanging and not entry.label
                        yield self._paragraph("Bibliography", content, place, flush=flush)
                case model.Notes():
                    pass  # Word prints them
                case _:
                    assert_never(block)

    def _paragraph_style(self, paragraph: model.Paragraph, place: Place) -> str:
        if paragraph.role != "body":
            return _PARAGRAPH_STYLES[paragraph.role]
        if place.quoted:
            return "Quote"
        if place.level:
            return "ListContinue" + ("" if place.level == 1 else str(min(place.level, 3)))
        if place.entry:
            return "EntryContinued"
        return "BodyText"

    def _list(self, block: model.ListBlock, place: Place) -> Iterable[str]:
        level = min(place.level, 2)
        kind = "ListNumber" if block.ordered else "ListBullet"
        style = kind if level == 0 else f"{kind}{level + 1}"
        number = None
        if block.ordered:
            number = self.lists.add(block.start, level)
        inside = place._replace(level=place.level + 1, entry=False)
        for item in block.items:
            rest = item
            content = ""
            if item and isinstance(item[0], model.Paragraph):
                content, rest = self.inlines.write(item[0].content, self._ink(place)), item[1:]
            yield self._paragraph(style, content, place._replace(quoted=False), number=number)
            yield from self._blocks(rest, inside)

    def _entries(self, block: model.Entries, place: Place) -> Iterable[str]:
        column = self._label_column(block)
        label_format = self.inlines.style("EntryLabel")
        place = place._replace(column=column)
        inside = place._replace(offset=place.offset + column, entry=True, level=0)
        for entry in block.entries:
            # The last never stands alone at the head of a page.
            stays = entry in block.entries[-2:-1]
            label = self.inlines.write(entry.label, label_format)
            rest = entry.blocks
            if rest and isinstance(rest[0], model.Paragraph):
                fits = _label_width(entry) * self.look.scale <= column + 1
                content = label + (tab_run() if fits else break_run())
                content += self.inlines.write(rest[0].content, self._role_format(rest[0], place))
                keep = (announces(rest[0]) and len(rest) > 1) or (stays and len(rest) == 1)
                rest = rest[1:]
                yield self._paragraph("DatedEntry", content, place, keep_next=keep)
            else:
                yield self._paragraph("DatedEntry", label, place, keep_next=bool(rest))
            yield from self._blocks(rest, inside)

    def _label_column(self, block: model.Entries) -> int:
        """What its labels take: a house's own column, if its styles say one."""
        whole = self.look.label_column
        needed = self.columns.get(id(block))
        ours = whole == round(widest_column(self.columns) * self.look.scale)
        if needed is None or not ours:
            return whole
        return min(round(max(needed, LABEL_COLUMN) * self.look.scale), whole)

    def _role_format(self, paragraph: model.Paragraph, place: Place) -> Format:
        role = paragraph.role
        return self._ink(place)._replace(bold=role == "lead", italic=role == "empty")

    def _table(self, block: model.Table, place: Place) -> str:
        before = self._table_gap() if self._gap else ""
        if self._page_break:
            before = self._paragraph("TableGap", "")
        table = data_table(
            block,
            self.inlines,
            width=self.text_width - place.offset,
            indent=place.offset,
            scale=self.look.scale,
            amends=self.look.amends,
        )
        self._gap = 200
        return before + table

    def _table_gap(self) -> str:
        self._gap = 0
        return self._paragraph("TableGap", "")

    # --- paragraphs ------------------------------------------------------------------------

    def _paragraph(
        self,
        style: str,
        content: str,
        place: Place | None = None,
        *,
        number: tuple[int | str, str] | None = None,
        keep_next: bool = False,
        outline: int | None = None,
        flush: bool = False,
    ) -> str:
        key = (style, place, number, keep_next, outline, flush, self._page_break, self._gap)
        properties = self._cache.get(key)
        if properties is None:
            properties = self._cache[key] = self._properties(
                style, place or Place(), number, keep_next, outline, flush
            )
        self._page_break, self._gap = False, 0
        return f"<w:p>{properties}{content}</w:p>"

    def _indent(self, style: str, place: Place) -> tuple[int, int]:
        if style == "DatedEntry":
            column = place.column or self.look.label_column
            return column, column
        return self.look.indents.get(style, (0, 0))

    def _properties(
        self,
        style: str,
        place: Place,
        number: tuple[int | str, str] | None,
        keep_next: bool,
        outline: int | None,
        flush: bool,
    ) -> str:
        """`w:pPr`: the style, and by hand only what no style can know."""
        column, tone = self.look.label_column, place.tone
        toned = _TONE_STYLES.get((place.tone, style), "")
        if toned and place.offset == INSET:
            left, hanging = self._indent(style, place)
            style, dressed, at = toned, True, INSET + left
        else:
            dressed = place.tone == "plain" or style == "ThematicBreak"
            left, hanging = self._indent(style, place)
            at = column if style in ("EntryContinued", "DatedEntry") else left
        if flush:
            left = hanging = 0
        wanted = place.offset + left
        number = number or self.look.numberings.unnumbered.get(style)
        amend = self.look.amends.get(style if tone == "plain" else style + IN_BOX, _AS_IT_IS)
        parts = [f'<w:pStyle w:val="{attribute(self.inlines.ids[style])}"/>']
        parts.append("<w:keepNext/>" if keep_next else amend.keep_next)
        parts.append("<w:pageBreakBefore/>" if self._page_break else amend.page_break)
        if number is not None:
            parts.append(
                f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
            )
        else:
            parts.append(amend.number)
        if not dressed:
            parts.append(self.look.tones[place.tone])
        if hanging and wanted != at:  # the style's own tab would stop the text too early
            cleared = f'<w:tab w:val="clear" w:pos="{at}"/>' if 0 < at < wanted else ""
            parts.append(f'<w:tabs>{cleared}<w:tab w:val="left" w:pos="{wanted}"/></w:tabs>')
        if tone != "plain":
            before = max(self._gap, 0) if self._gap else ""
            parts.append(_OPEN_SPACING.format(before))
        elif self._gap:
            parts.append(f'<w:spacing w:before="{self._gap}"/>')
        if wanted != at or not dressed:
            right = f' w:right="{INSET}"' if place.tone == "accent" else ""
            first = f' w:hanging="{hanging}"' if hanging else ' w:firstLine="0"'
            parts.append(f'<w:ind w:left="{wanted}"{right}{first}/>')
        else:
            parts.append(amend.indent)
        if outline is not None:
            parts.append(f'<w:outlineLvl w:val="{outline}"/>')
        return f"<w:pPr>{''.join(parts)}</w:pPr>"


_AS_IT_IS = Amend()


def _opens_with_heading(section: model.Section) -> bool:
    return bool(section.blocks) and isinstance(section.blocks[0], model.Heading)


def _label_width(entry: model.Entry) -> int:
    return label_width(plain_text(entry.label, citations=False))


def labels_need(block: model.Entries) -> int:
    """What the labels of a list of entries need, within bounds, in twips at our own size."""
    return max(filter(_in_column, map(_label_width, block.entries)), default=0)


def widest_column(columns: Mapping[int, float]) -> int:
    """The widest column of labels, in twips: what the styles of entries say."""
    return round(max([LABEL_COLUMN, *columns.values()]))


def _in_column(width: int) -> bool:
    return width <= LABEL_COLUMN_MOST
