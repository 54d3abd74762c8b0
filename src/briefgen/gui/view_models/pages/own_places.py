"""What the author wrote, and where on the pages it stands: a click there opens its field.

A field is named as in the brief's file: `text.bottom_line`, `sections.add.outlook`,
`sections.leads.energy`, `judgements.0` (the first), `changes`, `sides`, `attendees`, `posts`.
Places that are no field have names of that kind, too: `facts.off`, the facts that are not on the
pages, and `facts.new`, the form for another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from briefgen.brief.model import Section
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template
from briefgen.render.fact_places import BlockPlace


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A part of a page that shows one field; in points from the page's lower left corner."""

    field: str
    page: int
    """From 0."""
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, page: int, x: float, y: float) -> bool:
        """Whether a point of a page lies in it."""
        inside = self.left <= x <= self.right and self.bottom <= y <= self.top
        return page == self.page and inside


class Authored:
    """Which sections of a brief the author wrote, or where they begin with the author's words."""

    def __init__(
        self,
        spec: BriefSpec,
        template: Template,
        sections: Iterable[Section],
        led: Mapping[str, int],
    ) -> None:
        self._spec = spec
        self._template = template.sections_by_id
        self._own = {section.id for section in spec.sections.add}
        self._led = led
        self._parts = {
            section.id: section.part
            for section in sections
            if section.id in led or self._field(section.part, 0)
        }

    @property
    def sections(self) -> Collection[str]:
        """Their ids."""
        return self._parts.keys()

    def places(self, blocks: Iterable[BlockPlace]) -> tuple[OwnPlace, ...]:
        """Where the author's words stand among the blocks of `sections`."""
        return tuple(
            OwnPlace(field, block.page, block.left, block.bottom, block.right, block.top)
            for block in blocks
            if (field := self._field_of(block))
        )

    def _field_of(self, block: BlockPlace) -> str:
        part = self._parts[block.section]
        if block.section in self._led:
            leads = block.block < self._led[block.section]
            return f"sections.leads.{block.section.removeprefix(f'{part}-')}" if leads else ""
        return self._field(part, block.item)

    def _field(self, part: str, item: int) -> str:
        if part in self._own:
            return f"sections.add.{part}"
        section = self._template.get(part)
        if section is None:
            return "changes" if part == "changes" else ""
        match section.show:
            case "input":
                return f"text.{section.input}"
            case "judgements":
                return f"judgements.{item}" if self._spec.judgements else "judgements"
            case "attendees" | "posts":
                return section.show
            case _:
                return ""
