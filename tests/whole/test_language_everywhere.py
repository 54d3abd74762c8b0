"""The language of a brief decides all that briefgen says in it, and nothing that others said.

Looked for in what readers see: dates of the other side of the Atlantic, its quotation marks, its
spelling. What the base says is taken out first: it stands in both, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from briefgen.cli import main
from briefgen.english import american
from briefgen.shipped import shipped_base
from whole.conftest import GOLDEN_BRIEFS, TEMPLATES, statements_of
from whole.reading import Node, facts_shown, model_of

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
BRITISH_DATE = re.compile(rf"\b\d{{1,2}}\s(?:{MONTHS})\s\d{{4}}\b|\bautumn \d{{4}}")
AMERICAN_DATE = re.compile(rf"\b(?:{MONTHS})\s\d{{1,2}},\s\d{{4}}\b|\bfall \d{{4}}")


def made(template: str, language: str, style: str, folder: Path) -> tuple[Node, str]:
    """A golden brief in a language: its model, and the same as plain text."""
    out = folder / f"{template}-{language}"
    brief = GOLDEN_BRIEFS / f"{template}.brief.yaml"
    flags = ["--language", language, "--style", style, "--format", "json,txt", "--out", str(out)]
    assert main(["export", str(brief), *flags]) == 0
    text = next(out.glob("*.txt")).read_text(encoding="utf-8")
    return model_of(next(out.glob("*.json")).read_bytes()), " ".join(text.split())


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_one_kind_of_english_throughout(template: str, style: str, settled: Path) -> None:
    in_britain, british = made(template, "en-GB", style, settled)
    in_america, us = made(template, "en-US", style, settled)

    assert facts_shown(in_britain) == facts_shown(in_america)
    assert in_america["language"] == "en-US"
    said = {fact: text.removesuffix(".") for fact, text in statements_of(shipped_base()).items()}
    for fact in facts_shown(in_britain):
        if said[fact] in british:
            assert said[fact] in us, fact
    # What a base or an author says may hold any date, any mark and any spelling.
    written = [*written_in(GOLDEN_BRIEFS / f"{template}.brief.yaml"), *WRITTEN]
    british, us = without(british, *written), without(us, *written)
    assert BRITISH_DATE.search(british)
    assert not AMERICAN_DATE.search(british)
    assert AMERICAN_DATE.search(us)
    assert not BRITISH_DATE.search(us)
    assert "“" not in re.sub(r"‘[^’]*’", "", british)  # but inside a quotation
    # Short labels of the base are still in it: "Defence" of a topic.
    british_words = {word for word in re.findall(r"\w+", us) if american(word) != word}
    assert british_words <= set(re.findall(r"\w+", " ".join(written)))


def without(text: str, *written: str) -> str:
    """The text without anything that others wrote, short words aside."""
    for words in written:
        text = text.replace(words, " ")
    return text


def scalars(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split()).removesuffix(".")
    elif isinstance(value, dict):
        for part in value.values():
            yield from scalars(part)
    elif isinstance(value, list):
        for part in value:
            yield from scalars(part)


def written_in(path: Path) -> list[str]:
    found = scalars(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))
    return sorted({text for text in found if len(text) > 12}, key=len, reverse=True)


WRITTEN = [text for path in shipped_base().rglob("*.yaml") for text in written_in(path)]
