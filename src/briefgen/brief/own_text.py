"""The author's own text: CommonMark without raw HTML and images, with Pandoc-style citations.

`[@fact-id]` cites what the fact cites; `[@source-id, p. 3]` cites a source at a place;
`[see @a, pp. 3-5; @b]` cites several. HTML and images are text like any other, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from briefgen.brief.model import (
    Block,
    Blocks,
    Cite,
    CiteItem,
    Code,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Strong,
    Text,
)
from briefgen.facts.locators import LOCATOR_TERMS
from briefgen.patterns import lazy_pattern
from briefgen.records import dataclass, field

if TYPE_CHECKING:
    from markdown_it.token import Token

Resolver = Callable[[str], tuple[CiteItem, ...] | None]
"""From an id to what it cites: a fact's citations, or one bare item for a source."""

_CITATION = lazy_pattern(r"\[[^\[\]]*?(?<![\w@])@[A-Za-z0-9][^\[\]]*\]")
_ITEM = lazy_pattern(
    r"^(?P<prefix>.*?)(?<![\w@])@(?P<id>[A-Za-z0-9][\w.-]*)(?P<rest>.*)$", re.DOTALL
)

_MAY_BE_MARKUP = lazy_pattern(
    r"[^\w ,.:;?()\"'“”‘’–—/%\n-]|_|(?:^|\n)[^\w“‘(\n]|(?:^|\n)\d+[.)]|[ \t](?:$|\n)|\n\n\n"
)
"""Anything but words and everyday punctuation in lines that start with a letter or a digit."""

_LOCATOR = lazy_pattern(
    r"^\s*,?\s*(?P<term>¶¶?|§§?|[A-Za-z]+)?\.?\s*(?P<value>[\divxlcIVXLC][\w:.–—-]*"
    r"(?:\s*(?:,|–|-|and)\s*\d[\w:.–—-]*)*)(?P<suffix>.*)$",
    re.DOTALL,
)

_SENTENCE_END = lazy_pattern(r"(?<=[.!?])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ0-9])")
_ABBREVIATION = lazy_pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Amb|Hon|St|Sr|Jr|No|vs|cf|ca|al|"
    r"e\.g|i\.e|approx|para|p|pp)|\b[A-Z])\.[\"'”’)\]]*$"
)


@dataclass(slots=True)
class OwnText:
    """The author's text as blocks, and what was noticed in it."""

    blocks: Blocks
    unknown_ids: list[tuple[str, int]] = field(default_factory=list)
    """Ids that name neither fact nor source, with their line in the text, from 1."""
    uncited: list[str] = field(default_factory=list)
    """Sentences that no citation bears out."""
    words: int = 0


def split_sentences(text: str) -> list[str]:
    """A text's sentences, in order. Common abbreviations and initials do not end one."""
    sentences: list[str] = []
    start = 0
    flat = " ".join(text.split())
    for match in _SENTENCE_END.finditer(flat):
        piece = flat[start : match.start()] + match.group(1)
        if _ABBREVIATION.search(piece):
            continue
        sentences.append(piece)
        start = match.end()
    if flat[start:].strip():
        sentences.append(flat[start:])
    return sentences


def read_own_text(text: str, resolve: Resolver) -> OwnText:
    """Parse the author's text. Unknown ids are kept as the text that was written."""
    if not _MAY_BE_MARKUP.search(text):
        return _plain_text(text)
    from markdown_it import MarkdownIt  # imported here: most briefs have no own text

    parser = MarkdownIt("commonmark", {"html": False})
    # Without text_join an escaped \\[ stays a token of its own and so never opens a citation.
    parser.disable(["html_block", "html_inline", "image", "autolink", "text_join"])
    result = OwnText(())
    tokens = parser.parse(text)
    result.blocks = _Converter(resolve, result).blocks(iter(tokens), "")
    for token in tokens:
        if token.type == "inline":
            result.uncited.extend(_uncited(token.content))
            result.words += len(_CITATION.sub(" ", token.content).split())
    return result


def _plain_text(text: str) -> OwnText:
    """Paragraphs of plain sentences, as CommonMark reads them, without loading its parser."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    uncited = [sentence for part in paragraphs for sentence in _uncited(part)]
    blocks = tuple(Paragraph((Text(part),)) for part in paragraphs)
    return OwnText(blocks, uncited=uncited, words=len(text.split()))


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


def read_own_line(text: str, resolve: Resolver) -> tuple[Inlines, OwnText]:
    """`read_own_text` for one paragraph's worth: its inlines, blocks run together."""
    result = read_own_text(text, resolve)
    line: list[Inline] = []
    for block in result.blocks:
        if isinstance(block, Paragraph | Heading):
            line.extend((Text(" "), *block.content) if line else block.content)
        elif isinstance(block, Preformatted):
            line.append(Text(block.text))
        elif isinstance(block, ListBlock):
            for item in block.items:
                for part in item:
                    if isinstance(part, Paragraph):
                        line.extend((Text(" "), *part.content) if line else part.content)
    return tuple(line), result


def _uncited(text: str) -> Iterator[str]:
    # A citation after the full stop belongs to the sentence before it.
    marked = re.sub(
        r"([.!?][\"'”’)]*)\s*((?:\[[^\[\]]*?(?<![\w@])@[A-Za-z0-9][^\[\]]*\]\s*)+)",
        lambda m: f" {m.group(2).strip()}{m.group(1)} ",
        text,
    )
    for sentence in split_sentences(marked):
        if not _CITATION.search(sentence) and re.search(r"\w", sentence):
            yield sentence


class _Converter:
    """markdown-it's flat token list to the model's blocks."""

    def __init__(self, resolve: Resolver, result: OwnText) -> None:
        self.resolve = resolve
        self.result = result

    def blocks(self, tokens: Iterator[Token], until: str) -> Blocks:
        found: list[Block] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "paragraph_open":
                    found.append(Paragraph(self.one_inline(tokens, "paragraph_close")))
                case "heading_open":
                    level = min(3, 1 + int(token.tag[1:]))
                    found.append(Heading(level, self.one_inline(tokens, "heading_close")))
                case "bullet_list_open":
                    found.append(ListBlock(self.items(tokens, "bullet_list_close")))
                case "ordered_list_open":
                    start = token.attrGet("start")
                    found.append(
                        ListBlock(
                            self.items(tokens, "ordered_list_close"),
                            ordered=True,
                            start=int(start) if start is not None else 1,
                        )
                    )
                case "blockquote_open":
                    found.append(Quote(self.blocks(tokens, "blockquote_close")))
                case "fence" | "code_block":
                    found.append(Preformatted(token.content.rstrip("\n")))
                case "hr":
                    found.append(Rule())
                case _:  # pragma: no cover - CommonMark has no other block
                    if token.content:
                        found.append(Paragraph((Text(token.content),)))
        return tuple(found)

    def items(self, tokens: Iterator[Token], until: str) -> tuple[Blocks, ...]:
        items: list[Blocks] = []
        for token in tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                items.append(self.blocks(tokens, "list_item_close"))
        return tuple(items)

    def one_inline(self, tokens: Iterator[Token], until: str) -> Inlines:
        content: Inlines = ()
        for token in tokens:
            if token.type == until:
                break
            line = (token.map[0] + 1) if token.map else 1
            content = self.inlines(iter(_join_texts(token.children or ())), "", line)
        return content

    def inlines(self, tokens: Iterator[Token], until: str, line: int) -> Inlines:
        found: list[Inline] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "text":
                    found.extend(self.text(token.content, line))
                case "text_special":
                    found.append(Text(token.content))
                case "softbreak":
                    found.append(Text(" "))
                case "hardbreak":
                    found.append(LineBreak())
                case "code_inline":
                    found.append(Code(token.content))
                case "em_open":
                    found.append(Emphasis(self.inlines(tokens, "em_close", line)))
                case "strong_open":
                    found.append(Strong(self.inlines(tokens, "strong_close", line)))
                case "link_open":
                    url = str(token.attrGet("href") or "")
                    content = self.inlines(tokens, "link_close", line)
                    if re.match(r"(?i)(https?://|mailto:)", url):
                        found.append(Link(url, content))
                    else:
                        found.extend(content)
                case _:  # pragma: no cover - CommonMark has no other inline
                    found.append(Text(token.content))
        return tuple(found)

    def text(self, text: str, line: int) -> Iterable[Inline]:
        text = re.sub(" {2,}", " ", text)  # as every reader of CommonMark shows it
        position = 0
        for match in _CITATION.finditer(text):
            cite = self.citation(match.group()[1:-1], line)
            if cite is None:
                continue
            # The citation goes straight after its sentence: the space before it is layout.
            before = text[position : match.start()].rstrip(" ")
            if before:
                yield Text(before)
            yield cite
            position = match.end()
        if text[position:]:
            yield Text(text[position:])

    def citation(self, inside: str, line: int) -> Cite | None:
        items: list[CiteItem] = []
        for part in inside.split(";"):
            match = _ITEM.match(part.strip())
            if match is None:
                return None
            name = match["id"].rstrip(".-_")
            cited = self.resolve(name)
            if cited is None:
                self.result.unknown_ids.append((name, line))
                return None
            rest = match["id"][len(name) :] + match["rest"]
            if len(cited) == 1 and not cited[0].locator:
                locator, label, suffix = read_locator(rest)
                cited = (CiteItem(cited[0].source, locator, label, suffix=suffix),)
            elif rest.strip(" ,"):
                last = cited[-1]
                cited = (*cited[:-1], _with_suffix(last, rest))
            prefix = match["prefix"].strip()
            if prefix:
                first = cited[0]
                cited = (
                    CiteItem(first.source, first.locator, first.label, prefix, first.suffix),
                    *cited[1:],
                )
            items.extend(cited)
        return Cite(tuple(items))


def _with_suffix(item: CiteItem, rest: str) -> CiteItem:
    return CiteItem(item.source, item.locator, item.label, item.prefix, rest.rstrip())


def read_locator(rest: str) -> tuple[str, str, str]:
    """What follows an id: locator, CSL label, suffix. `, p. 3, my emphasis` gives all three."""
    match = _LOCATOR.match(rest)
    if match is not None:
        term = (match["term"] or "").lower()
        if not term or term in LOCATOR_TERMS:
            value = match["value"].rstrip(".,")
            suffix = match["value"][len(value) :] + match["suffix"]
            return value, LOCATOR_TERMS.get(term, "page"), suffix.rstrip()
    return "", "", rest.rstrip()


def _join_texts(tokens: Iterable[Token]) -> list[Token]:
    """Neighbouring texts as one: brackets that are no links come as texts of their own."""
    joined: list[Token] = []
    for token in tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            joined[-1].content += token.content
        elif token.type != "text" or token.content:
            joined.append(token)
    return joined
