"""Styles beside plain Pandoc: the same words for the same sources, whatever the style.

A drawn few on each run, and those that were wrong once; `make styles` goes through all of them.
Differences are listed with their reasons in `explained_styles.txt`.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from briefgen.brief.model import Paragraph
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, cite_brief, effective_locale, load_style
from briefgen.cite.catalogue import style_ids
from briefgen.cite.question import LONGEST_LABEL
from briefgen.facts.model import Source
from cite.making import as_read, brief_of, references_of
from cite.test_against_pandoc import SEQUENCE, squeezed, words_of_pandoc

pytestmark = pytest.mark.slow

ONCE_WRONG = (
    "journal-of-lipid-research", "american-anthropological-association", "isnad-dipnotlu",
    "isnad-metinici", "journal-de-la-societe-des-americanistes", "arctic", "biological-reviews",
)  # fmt: skip
DRAWN = 60


@cache
def explained() -> Mapping[str, str]:
    """By id, why a style's wording is not Pandoc's."""
    lines = Path(__file__).with_name("explained_styles.txt").read_text("utf-8").splitlines()
    pairs = (line.split(" | ") for line in lines if " | " in line and line[0] != "#")
    return dict(pairs)


def tried() -> list[str]:
    """The styles to try: all with STYLES=all, else some that a seed draws, and those once wrong."""
    independent = {}
    for id_ in style_ids():
        style = load_style(id_)
        if not style.parent:
            independent.setdefault(style.path, id_)
    every = sorted(independent.values())
    asked = os.environ.get("STYLES", "")
    if asked == "all":
        return every
    seed = int(asked) if asked else 20261130
    return sorted({*ONCE_WRONG, *random.Random(seed).sample(every, DRAWN)})


def as_one_reads(text: str) -> str:
    """Without a capital that a sentence's beginning gave to an address."""
    return re.sub(r"\bHttp(s?)://", r"http\1://", text)


def test_styles_word_sources_as_pandoc_does(
    tmp_path: Path, sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    wrong: dict[str, object] = {}
    for id_ in tried():
        style = load_style(id_)
        theirs = [
            list(map(as_one_reads, texts))
            for texts in words_of_pandoc(style.path, effective_locale(style, "en"), tmp_path)
        ]
        brief = brief_of(*[(cited,) for _, cited in SEQUENCE])
        made = cite_brief(brief, sources, style, citeproc=citeproc)
        run = (
            [plain_text(note.content) for note in made.notes]
            if style.is_note_style
            else [as_read(b.content) for b in made.sections[0].blocks if isinstance(b, Paragraph)]
        )
        entries = references_of(made)
        ours = [
            list(map(squeezed, run)),
            [squeezed(f"{entry.label} {plain_text(entry.content)}") for entry in entries],
        ]
        assert all("zqlocator" not in text.casefold() for text in (*ours[0], *ours[1])), id_
        assert all(len(entry.label) <= LONGEST_LABEL for entry in entries), id_
        if ours != theirs and id_ not in explained():
            pairs = zip(chain(*ours), chain(*theirs), strict=False)
            wrong[id_] = next((pair for pair in pairs if pair[0] != pair[1]), "other numbers")
    assert not wrong


def test_only_styles_that_there_are_are_explained() -> None:
    assert set(explained()) <= set(style_ids())
    assert all(reason for reason in explained().values())
