"""The author's own text: CommonMark and pipe tables, without raw HTML and images, with citations.

`[@fact-id]` cites what the fact cites; `[@source-id, p. 3]` cites a source at a place;
`[see @a, pp. 3-5; @b]` cites several. An `@id` without brackets is text, as HTML and images are.
Straight quotation marks, hyphens for dashes and three full stops come out as printers set them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from briefgen.brief import model
from briefgen.brief.own_text.citations import (
    CitationFault,
    Resolver,
    check_link,
    check_unclosed,
    find_bracket,
    read_bracket,
)
from briefgen.brief.own_text.typography import Convention, convention_of, typeset, typeset_tokens
from briefgen.brief.traversal import plain_text
from briefgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MAY_BE_MARKUP = lazy_pattern(
    r"[^\w \u00a0,.:;?()\"'“”‘’–—/%\n-]|(?<!\w)\u00a0|\u00a0(?!\w)|_"
    r"|(?:^|\n)[^\w“‘(\n]|(?:^|\n)\d+[.)]|[ \t](?:$|\n)|\n\n\n"
)
"""Anything but words and everyday punctuation in lines that start with a letter or a digit.

A no-break space is everyday between two words: dates have it.
"""

_SENTENCE_END = lazy_pattern(r"(?<=[.!?])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ0-9])")
_ABBREVIATION = lazy_pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Amb|Hon|St|Sr|Jr|No|vs|cf|ca|al|"
    r"e\.g|i\.e|approx|para|p|pp)|\b[A-Z])\.[\"'”’)\]]*$"
)
_BEFORE_A_NUMBER = lazy_pattern(
    r"(?i:\b(?:arts?|chaps?|chs?|cols?|figs?|fols?|nn?|nos?|paras?|pts?|secs?|vols?))\.$"
)
_LIST_NUMBER = lazy_pattern(r"^[ \t>]*\d{1,9}[.)](?=\s)", re.MULTILINE)
_LINK_TARGET = lazy_pattern(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_BRACKETED = lazy_pattern(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_CITED = "\uffff"
"""Stands for a citation while sentences are told apart. No text holds it."""
_BETWEEN_CELLS = "\ufffe"
"""Stands between the cells of a row. No text holds it either."""
_CITED_AFTER_STOP = lazy_pattern(rf"([.!?][\"'”’)]*)\s*({_CITED}(?:\s*{_CITED})*)\s*")


@dataclass(slots=True)
class OwnText:
    """The author's text as blocks, and what was noticed in it."""

    blocks: model.Blocks
    faults: list[CitationFault] = field(default_factory=list)
    """Citations that cannot be read or that name neither fact nor source, with their lines."""
    uncited: list[str] = field(default_factory=list)
    """Sentences that no citation bears out."""


def split_sentences(text: str) -> list[str]:
    """A text's sentences, in order. Common abbreviations, initials and citations do not end one."""
    sentences: list[str] = []
    start = 0
    flat = " ".join(text.split())
    cited = [m.span() for m in _BRACKETED.finditer(flat) if "@" in m.group()]
    for match in _SENTENCE_END.finditer(flat):
        if any(left < match.start() < right for left, right in cited):
            continue
        piece = flat[start : match.start()] + match.group(1)
        if _ABBREVIATION.search(piece):
            continue
        if flat[match.end()].isdecimal() and _BEFORE_A_NUMBER.search(piece):
            continue
        sentences.append(piece)
        start = match.end()
    if flat[start:].strip():
        sentences.append(flat[start:])
    return sentences


def count_words(text: str) -> int:
    """How many words a text has: without citations, dashes, lines of tables, numbers of lists and
    addresses of links."""
    text = _LINK_TARGET.sub("]", _LIST_NUMBER.sub("", text))
    said = _BRACKETED.sub(lambda found: " " if "@" in found.group() else found.group(), text)
    return sum(1 for word in said.split() if re.search(r"\w", word))


def read_own_text(text: str, resolve: Resolver, language: str = "en") -> OwnText:
    """Parse the author's text. Citations with a fault are kept as the text that was written.

    `language` (BCP 47) is the brief's: its quotation marks and dashes are set. Tables have no
    caption yet: what they show is told by what they stand under (see `captions.py`).
    """
    convention = convention_of(language)
    if not _MAY_BE_MARKUP.search(text):
        return _plain_text(text, convention)
    result = OwnText(())
    found: dict[str, Any] = {}
    tokens = _parser().parse(text, found)
    for name, definition in found.get("references", {}).items():
        # Labels come in capitals. CommonMark prints nothing of a definition.
        if name.startswith("@") and resolve(name[1:].lower()) is not None:
            result.faults.append(
                CitationFault(
                    f"[{name.lower()}]: at the start of a paragraph defines a link",
                    r"write \: for the colon, or start with a word",
                    definition["map"][0] + 1,
                )
            )
    for token in tokens:
        if token.type == "inline":
            token.children = _join_texts(_not_too_deep(token.children or ()))
            typeset_tokens(token.children, convention)
    result.blocks = _Converter(resolve, result).blocks(iter(tokens), "")
    for unit in _units(tokens):
        marked = _BETWEEN_CELLS.join(map(_citations_marked, unit))
        result.uncited.extend(_uncited(marked) if len(unit) == 1 else _uncited_row(marked))
    return result


def _units(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """What wants a source: each paragraph, and of a table each row, but not its header."""
    row: list[Token] | None = None
    in_header = False
    for token in tokens:
        match token.type:
            case "thead_open" | "thead_close":
                in_header = token.type == "thead_open"
            case "tr_open":
                row = []
            case "tr_close":
                if row and not in_header:
                    yield row
                row = None
            case "inline" if row is not None:
                row.append(token)
            case "inline":
                yield [token]


def _uncited_row(marked: str) -> Iterator[str]:
    """A row of a table that cites nothing, as a whole: its cells are no sentences."""
    cells = [cell.strip() for cell in marked.split(_BETWEEN_CELLS)]
    if _CITED not in marked and re.search(r"\w", marked):
        yield ", ".join(filter(None, cells))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # imported here: most briefs have no own text

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Without text_join an escaped \\[ stays a token of its own and so never opens a citation.
    parser.disable(["html_block", "html_inline", "image", "autolink", "text_join"])
    parser.inline.ruler.after("link", "citation", find_bracket)
    return parser


def _citations_marked(token: Token) -> str:
    """The source of a paragraph, each citation in it as one mark."""
    pieces: list[str] = []
    position = 0
    for child in token.children or ():
        if child.type == "citation":
            pieces += token.content[position : child.meta["start"]], _CITED
            position = child.meta["end"]
    return "".join((*pieces, token.content[position:]))


def _plain_text(text: str, convention: Convention | None) -> OwnText:
    """Paragraphs of plain sentences, as CommonMark reads them, without loading its parser."""
    paragraphs = [
        " ".join(re.split("[ \n]+", part.strip())) for part in text.split("\n\n") if part.strip()
    ]
    uncited = [sentence for part in paragraphs for sentence in _uncited(part)]
    blocks = tuple(model.Paragraph((model.Text(typeset(part, convention)),)) for part in paragraphs)
    return OwnText(blocks, uncited=uncited)


def escaped_for_commonmark(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with every ASCII punctuation mark of every text escaped (section 2.4)."""
    return {
        name: escaped_for_commonmark(value)
        if isinstance(value, Mapping)
        else re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", value)
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }


def read_own_line(
    text: str, resolve: Resolver, language: str = "en"
) -> tuple[model.Inlines, OwnText]:
    """`read_own_text` for one paragraph's worth: its inlines, blocks run together."""
    result = read_own_text(text, resolve, language)
    line: list[model.Inline] = []
    for run in _runs(result.blocks):
        line.extend((model.Text(" "), *run) if line else run)
    return tuple(line), result


def _runs(blocks: model.Blocks) -> Iterator[model.Inlines]:
    """All that blocks of own text say, in order; a table cell by cell."""
    for block in blocks:
        match block:
            case model.Paragraph() | model.Heading():
                yield block.content
            case model.Preformatted():
                yield (model.Text(block.text),)
            case model.ListBlock():
                for item in block.items:
                    yield from _runs(item)
            case model.Quote():
                yield from _runs(block.blocks)
            case model.Table():
                yield from (column.heading for column in block.columns if column.heading)
                yield from (cell for row in block.rows for cell in row.cells if cell)
            case _:
                pass


def _uncited(marked: str) -> Iterator[str]:
    # A citation after the full stop belongs to the sentence before it.
    for sentence in split_sentences(_CITED_AFTER_STOP.sub(r" \2\1 ", marked)):
        if _CITED not in sentence and re.search(r"\w", sentence):
            yield sentence


_Align = Literal["left", "right", "centre"]
_ALIGNMENTS: dict[str, _Align] = {"left": "left", "right": "right", "center": "centre"}
_WIDEST = 36
"""Characters: a column of longer cells is not made wider still, its lines break."""


def _share(cells: Sequence[model.Inlines]) -> float:
    """A column's share of its table's width, by what stands in it."""
    said = [plain_text(cell, citations=False) for cell in cells]
    word = max((len(word) for text in said for word in text.split(" ")), default=0)
    return float(max(4, word, min(max(map(len, said), default=0), _WIDEST)))


class _Converter:
    """markdown-it's flat token list to the model's blocks."""

    def __init__(self, resolve: Resolver, result: OwnText) -> None:
        self.resolve = resolve
        self.result = result
        self.in_link = False
        self.in_fault = False
        self.line_breaks = 0
        """How many lie behind in this paragraph, for the line of a fault."""

    def blocks(self, tokens: Iterator[Token], until: str) -> model.Blocks:
        found: list[model.Block] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "paragraph_open":
                    found.append(model.Paragraph(self.one_inline(tokens, "paragraph_close")))
                case "heading_open":
                    level = min(3, 1 + int(token.tag[1:]))
                    found.append(model.Heading(level, self.one_inline(tokens, "heading_close")))
                case "bullet_list_open":
                    found.append(model.ListBlock(self.items(tokens, "bullet_list_close")))
                case "ordered_list_open":
                    start = token.attrGet("start")
                    found.append(
                        model.ListBlock(
                            self.items(tokens, "ordered_list_close"),
                            ordered=True,
                            start=int(start) if start is not None else 1,
                        )
                    )
                case "blockquote_open":
                    found.append(model.Quote(self.blocks(tokens, "blockquote_close")))
                case "fence" | "code_block":
                    found.append(model.Preformatted(token.content.rstrip("\n")))
                case "hr":
                    found.append(model.Rule())
                case "table_open":
                    found.append(self.table(tokens))
                case _:  # pragma: no cover - CommonMark has no other block
                    if token.content:
                        found.append(model.Paragraph((model.Text(token.content),)))
        return tuple(found)

    def items(self, tokens: Iterator[Token], until: str) -> tuple[model.Blocks, ...]:
        items: list[model.Blocks] = []
        for token in tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                items.append(self.blocks(tokens, "list_item_close"))
        return tuple(items)

    def table(self, tokens: Iterator[Token]) -> model.Table:
        """A pipe table: a header row and rows of as many cells."""
        rows: list[list[model.Inlines]] = []
        aligned: list[_Align] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self.one_inline(tokens, token.type.replace("open", "close")))
                if token.type == "th_open":
                    style = str(token.attrGet("style") or "").removeprefix("text-align:")
                    aligned.append(_ALIGNMENTS.get(style, "left"))
        header, body = rows[0], rows[1:]
        columns = tuple(
            model.Column(heading, align, _share([row[place] for row in rows]))
            for place, (heading, align) in enumerate(zip(header, aligned, strict=True))
        )
        return model.Table(columns, tuple(model.Row(tuple(row)) for row in body), caption="")

    def one_inline(self, tokens: Iterator[Token], until: str) -> model.Inlines:
        content: model.Inlines = ()
        for token in tokens:
            if token.type == until:
                break
            line = (token.map[0] + 1) if token.map else 1
            self.line_breaks = 0
            content = self.inlines(iter(token.children or ()), "", line)
        return content

    def inlines(self, tokens: Iterator[Token], until: str, line: int) -> model.Inlines:
        found: list[model.Inline] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "text":
                    found.append(self.text(token.content, line + self.line_breaks))
                case "citation":
                    found.extend(self.citation(token, found, line + token.meta["line"]))
                    self.line_breaks = token.meta["line"] + token.content.count("\n")
                case "text_special":
                    found.append(model.Text(token.content))
                case "softbreak":
                    self.line_breaks += 1
                    if not token.meta.get("closed"):
                        found.append(model.Text(" "))
                case "hardbreak":
                    self.line_breaks += 1
                    found.append(model.LineBreak())
                case "code_inline":
                    found.append(model.Code(token.content))
                case "em_open":
                    found.append(model.Emphasis(self.inlines(tokens, "em_close", line)))
                case "strong_open":
                    found.append(model.Strong(self.inlines(tokens, "strong_close", line)))
                case "link_open":
                    url = str(token.attrGet("href") or "")
                    self.in_link = True
                    content = self.inlines(tokens, "link_close", line)
                    self.in_link = False
                    if re.match(r"(?i)(https?://|mailto:)", url):
                        found.append(model.Link(url, content))
                    else:
                        found.extend(content)
                case _:  # pragma: no cover - CommonMark has no other inline
                    found.append(model.Text(token.content))
        return tuple(found)

    def text(self, text: str, line: int) -> model.Text:
        try:
            (check_link if self.in_link else check_unclosed)(text, self.resolve)
        except CitationFault as fault:
            self.fault(fault, line)
        return model.Text(re.sub(" {2,}", " ", text))  # as every reader of CommonMark shows it

    def citation(
        self, token: Token, before: list[model.Inline], line: int
    ) -> Sequence[model.Inline]:
        try:
            items = read_bracket(token, self.resolve)
        except CitationFault as fault:
            self.fault(fault, line)
            self.in_fault = True  # one is enough
            inside = self.inlines(iter(_join_texts(token.children or ())), "", line)
            self.in_fault = False
            return (model.Text("["), *inside, model.Text("]"))
        # The citation goes straight after its sentence: the space before it is layout.
        while before and isinstance(last := before[-1], model.Text):
            before.pop()
            if kept := last.text.rstrip(" "):
                before.append(model.Text(kept))
                break
        return (model.Cite(items),)

    def fault(self, fault: CitationFault, line: int) -> None:
        if not self.in_fault:
            fault.line = line
            self.result.faults.append(fault)


MOST_NESTED = 20
"""Marks of emphasis that may stand within one another; those within these are printed as typed."""


def _not_too_deep(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, marks of emphasis beyond `MOST_NESTED` as texts."""
    depth = 0
    for token in tokens:
        depth += token.nesting == 1
        if depth > MOST_NESTED and token.type in _EMPHASIS:
            token.type, token.content = "text", token.markup
        depth -= token.nesting == -1
        yield token


_EMPHASIS = frozenset(("em_open", "em_close", "strong_open", "strong_close"))


def _join_texts(tokens: Iterable[Token]) -> list[Token]:
    """Neighbouring texts as one: brackets that are no links come as texts of their own."""
    joined: list[Token] = []
    for token in tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            joined[-1].content += token.content
        elif token.type != "text" or token.content:
            joined.append(token)
    return joined
