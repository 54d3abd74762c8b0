"""The key to what stands behind statements as a caution or a grade, in a reader's words.

A brief explains what it prints and nothing else. Flags and codes that its own text never uses are
no part of its key, and where it prints none it has no key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.traversal import blocks_inlines, is_grade_codes

_FLAGS: tuple[tuple[str, ...], ...] = (
    ("retracted",), ("superseded",), ("draft",), ("disputed",), ("one_unnamed_source",),
    ("alone_E", "all_E"), ("alone_D", "all_D"),
)  # fmt: skip
"""Standing words that are flags, gravest first; those of one group mean the same."""


def with_flag_key(brief: model.Brief) -> model.Brief:
    """The brief with the key to the flags and the grades that stand in its sections.

    Its words are the brief's own (`briefgen.brief.words`); a flag that they do not explain gets
    no place in the key.
    """
    printed: set[str] = set()
    codes = False
    for section in brief.sections:
        for inline in blocks_inlines(section.blocks):
            if isinstance(inline, model.Flag):
                printed.update(inline.text.split("; "))
            codes = codes or is_grade_codes(inline)
    flags = tuple(
        told for group in _FLAGS if (told := _explained(group, printed, brief.words)) is not None
    )
    grades = brief.words.get("grades_mean", "") if codes else ""
    return replace(brief, flag_key=flags, grade_key=grades)


def _explained(
    group: tuple[str, ...], printed: set[str], words: Mapping[str, str]
) -> model.FlagMeaning | None:
    """What the first flag of a group that is printed means."""
    for name in group:
        flag, means = words.get(name, ""), words.get(f"{group[0]}_means", "")
        if flag in printed and means:
            return model.FlagMeaning(flag, means)
    return None
