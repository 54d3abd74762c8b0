"""Lines of a brief that point to other parts of it, in a message that does not have those."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from briefgen.brief import model
from briefgen.mail.words import words_in
from briefgen.patterns import lazy_pattern

_AFTER_HEADING = lazy_pattern(r"(?:(?P<stop>[.,]?)(?P<mark>[’”]))?")
"""`’` or, in America, `.”`."""


def pointing_out(small: model.Brief) -> model.Brief:
    """Without asides that point to what is not in the message; other pointers say where it is."""
    here = {section.anchor for section in small.sections}
    told = words_in(small.language)["in_the_document"]
    return replace(
        small,
        sections=tuple(
            replace(section, blocks=_blocks_pointing_out(section.blocks, here, told))
            for section in small.sections
        ),
    )


def _blocks_pointing_out(blocks: model.Blocks, here: Collection[str], told: str) -> model.Blocks:
    found: list[model.Block] = []
    for block in blocks:
        if isinstance(block, model.ListBlock):
            items = (_blocks_pointing_out(item, here, told) for item in block.items)
            block = replace(block, items=tuple(filter(None, items)))
        elif isinstance(block, model.Paragraph):
            if block.role == "small" and _points_out(block.content, here):
                continue
            block = replace(block, content=_run_pointing_out(block.content, here, told))
        found.append(block)
    return tuple(found)


def _points_out(run: model.Inlines, here: Collection[str]) -> bool:
    return any(isinstance(one, model.CrossReference) and one.anchor not in here for one in run)


def _run_pointing_out(run: model.Inlines, here: Collection[str], told: str) -> model.Inlines:
    """`see ‘Chronology’.` as `see ‘Chronology’ in the document.`"""
    if not _points_out(run, here):
        return run
    found: list[model.Inline] = []
    before: model.Inline | None = None
    for inline in run:
        if before is not None and _points_out((before,), here):
            text = inline.text if isinstance(inline, model.Text) else ""
            end = _AFTER_HEADING.match(text)
            assert end is not None  # it may be empty
            mark, stop = end["mark"] or "", end["stop"] or ""
            found.append(model.Text(f"{mark} {told}{stop}"))
            if isinstance(inline, model.Text):
                inline = replace(inline, text=text[end.end() :])
        found.append(inline)
        before = inline
    if before is not None and _points_out((before,), here):
        found.append(model.Text(f" {told}"))
    return tuple(found)
