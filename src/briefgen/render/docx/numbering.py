"""Lists as Word numbers them: definitions in `word/numbering.xml` (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.render.docx import look
from briefgen.render.docx.xml import DECLARATION, NAMESPACES, attribute

LEVELS = 9
_BULLETS = ("•", "–", "▪")
_INSET = ("key-bullets", "caution-bullets")
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")

STYLED: dict[str, tuple[str, ...]] = {
    "bullets": ("ListBullet", "ListBullet2", "ListBullet3"),
    "numbers": ("ListNumber", "ListNumber2", "ListNumber3"),
    "key-bullets": ("KeyBoxBullet",),
    "caution-bullets": ("CautionBullet",),
}
"""Each numbering, and the styles that carry its levels."""


@dataclass(slots=True)
class Numbering:
    """The numberings of one document; each ordered list gets its own, so that it starts afresh."""

    first_abstract: int = 0
    first_number: int = 1
    ordered: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """A house's own ordered lists: depth -> its abstract numbering and the level of that."""
    _lists: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def ids(self) -> dict[str, int]:
        """`w:numId` of each numbering that styles carry."""
        return {name: self.first_number + place for place, name in enumerate(STYLED)}

    def ordered_list(self, start: int, depth: int) -> tuple[int, int]:
        """The `w:numId` and level of an ordered list of its own that begins with `start`."""
        ours = self.first_abstract + list(STYLED).index("numbers")
        abstract, level = self.ordered.get(depth, (ours, depth))
        self._lists.append((abstract, level, start))
        return self.first_number + len(STYLED) + len(self._lists) - 1, level

    def abstract_xml(
        self, ids: Mapping[str, str], accent: str, linked: Collection[str] | None = None
    ) -> str:
        """The `w:abstractNum` elements. `ids` gives each style's id in this document; `linked`
        are the styles that carry these numberings, where not all do.
        """
        return "".join(
            _abstract(
                self.first_abstract + place,
                name,
                [ids[s] if linked is None or s in linked else "" for s in STYLED[name]],
                accent,
            )
            for place, name in enumerate(STYLED)
        )

    def number_xml(self) -> str:
        """The `w:num` elements: one a numbering, and one each ordered list."""
        fixed = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self.first_abstract + place}"/>'
            "</w:num>"
            for place, number in enumerate(self.ids.values())
        )
        begin = self.first_number + len(STYLED)
        return fixed + "".join(
            f'<w:num w:numId="{begin + place}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            "</w:num>"
            for place, (abstract, level, start) in enumerate(self._lists)
        )

    def part(self, ids: Mapping[str, str], accent: str) -> str:
        """`word/numbering.xml` of a brief without a house document."""
        return (
            f"{DECLARATION}<w:numbering {NAMESPACES}>{self.abstract_xml(ids, accent)}"
            f"{self.number_xml()}</w:numbering>"
        )


def _abstract(number: int, name: str, styles: Sequence[str], accent: str) -> str:
    levels = "".join(
        _level(name, level, styles[level] if level < len(styles) else "", accent)
        for level in range(LEVELS)
    )
    # Word takes `nsid` as a list's identity when text is pasted: it must be ours and repeat.
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x42524600 + number:08X}"/>'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _level(name: str, level: int, style: str, accent: str) -> str:
    if name == "numbers":
        kind, text, run = _NUMBERS[level % len(_NUMBERS)], f"%{level + 1}.", ""
    else:
        kind, text, run = "bullet", _BULLETS[level % len(_BULLETS)], f"<w:rPr>{accent}</w:rPr>"
    left = look.STEP * (level + 1) + (look.INSET if name in _INSET else 0)
    styled = f'<w:pStyle w:val="{attribute(style)}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{styled}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:hanging="{look.STEP}"/></w:pPr>{run}</w:lvl>'
    )
