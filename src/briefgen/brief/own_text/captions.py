"""What a table of the author's shows, told by what it stands under.

Pipe tables have no captions of their own, and who cannot see a table is told its name before it is
read out (WCAG 2.2, technique H39).
"""

from __future__ import annotations

from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.traversal import plain_text

_MAY_HOLD_TABLES = (model.Table, model.ListBlock, model.Quote)


def with_captions(brief: model.Brief) -> model.Brief:
    """The brief, each table without a caption called as the heading that it stands under."""
    sections = []
    above = [brief.title]
    for section in brief.sections:
        del above[section.level :]
        if section.heading:
            above.append(plain_text(section.heading, citations=False))
        sections.append(replace(section, blocks=captioned(section.blocks, above[-1])))
    return replace(brief, sections=tuple(sections))


def captioned(blocks: model.Blocks, caption: str) -> model.Blocks:
    """The blocks, each table without a caption called as the heading before it, or `caption`."""
    if not any(isinstance(block, _MAY_HOLD_TABLES) for block in blocks):
        return blocks
    found: list[model.Block] = []
    for block in blocks:
        match block:
            case model.Heading():
                caption = plain_text(block.content, citations=False)
                found.append(block)
            case model.Table(caption=""):
                found.append(replace(block, caption=caption))
            case model.ListBlock():
                items = tuple(captioned(item, caption) for item in block.items)
                found.append(replace(block, items=items))
            case model.Quote():
                found.append(replace(block, blocks=captioned(block.blocks, caption)))
            case _:
                found.append(block)
    return tuple(found)
