"""What several renderers ask of a brief. Reads the model; knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.brief.model import (
    Block,
    Blocks,
    Brief,
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Entries,
    Flag,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    Notes,
    Paragraph,
    Preformatted,
    Quote,
    References,
    Rule,
    Section,
    Sentence,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from briefgen.brief.words import ENGLISH

WARNING_SIGN = "▲"
"""Stands before a caution: colour is never the only signal."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def standing_word(brief: Brief, key: str) -> str:
    """A standing word in the brief's language, else in English."""
    return brief.words.get(key) or ENGLISH[key]


def is_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left, going by its usual script."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def reference_anchors(brief: Brief) -> dict[str, str]:
    """Where each source stands in the list of references: source id to anchor."""
    return {
        entry.source: entry.anchor
        for block in all_blocks(brief)
        if isinstance(block, References)
        for entry in block.entries
    }


def has_notes_block(brief: Brief) -> bool:
    """Whether the brief itself says where its notes are printed."""
    return any(isinstance(block, Notes) for block in all_blocks(brief))


def all_blocks(brief: Brief) -> Iterator[Block]:
    """Every block in reading order, those inside others included."""
    for section in brief.sections:
        yield from _walk(section.blocks)


def foot_parts(brief: Brief) -> tuple[str, ...]:
    """What stands at the foot of a page on the left: reference, version, contact."""
    version = f"{standing_word(brief, 'version')} {brief.version}" if brief.version else ""
    return tuple(part for part in (brief.reference, version, brief.contact) if part)


def is_only(section: Section, kind: type[Block]) -> bool:
    """Whether a section holds exactly one block, of this kind."""
    return len(section.blocks) == 1 and isinstance(section.blocks[0], kind)


def flattened(inlines: Inlines) -> list[Inline]:
    """Inlines with sentences opened and neighbouring texts of one language joined."""
    flat: list[Inline] = []
    _flatten(inlines, flat)
    return flat


def plain_text(inlines: Inlines) -> str:
    """The characters of some inlines without what is drawn around them; notes left out."""
    return "".join(_characters(inlines))


def _flatten(inlines: Inlines, into: list[Inline]) -> None:
    for inline in inlines:
        if isinstance(inline, Sentence):
            _flatten(inline.content, into)
        elif isinstance(inline, Text):
            last = into[-1] if into else None
            if not inline.text:
                continue
            if isinstance(last, Text) and last.language == inline.language:
                into[-1] = Text(last.text + inline.text, inline.language)
            else:
                into.append(inline)
        else:
            into.append(inline)


def _characters(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text() | Code():
                yield inline.text
            case Flag():
                yield f"{WARNING_SIGN} {inline.text}"
            case LineBreak():
                yield " "
            case (
                Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Link()
                | CrossReference() | Sentence() | Cite()
            ):  # fmt: skip
                yield from _characters(inline.content)


def _walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        for inner in _inner(block):
            yield from _walk(inner)


def _inner(block: Block) -> Iterable[Blocks]:
    match block:
        case ListBlock():
            return block.items
        case Entries():
            return (entry.blocks for entry in block.entries)
        case Quote():
            return (block.blocks,)
        case Paragraph() | Heading() | Table() | Preformatted() | Rule() | References() | Notes():
            return ()
