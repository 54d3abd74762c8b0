"""Another citation style changes citations, notes and references, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from briefgen.cli import main
from whole.conftest import GOLDEN_BRIEFS
from whole.reading import Node, model_of, nodes

STYLES = ("ieee", "apa", "chicago-author-date", "oscola", "chicago-notes-bibliography",
          "modern-language-association")  # fmt: skip


@pytest.mark.parametrize("template", ["country-brief", "fact-sheet"])
def test_a_style_changes_only_citations(template: str, settled: Path) -> None:
    brief = GOLDEN_BRIEFS / f"{template}.brief.yaml"
    models = {}
    for style in STYLES:
        out = settled / f"{style}.json"
        assert main(["export", str(brief), "--style", style, "--out", str(out)]) == 0
        models[style] = model_of(out.read_bytes())
    bare = {style: uncited(model) for style, model in models.items()}
    for style in STYLES[1:]:
        assert bare[style] == bare["ieee"], style
    worded = {style: str([*nodes(model, "References")]) for style, model in models.items()}
    assert len({worded[style] for style in ("ieee", "apa", "oscola")}) == 3
    assert not models["apa"]["notes"]
    assert models["oscola"]["notes"]


def uncited(model: Node) -> Any:
    """The brief without citations, the list of references, notes, and the name of the style."""
    kept = {name: value for name, value in model.items() if name not in ("style", "notes")}
    kept["sections"] = [section for section in model["sections"] if not _is_list(section)]
    return _without(kept)


def _is_list(section: Node) -> bool:
    """Whether a section only lists references: not all styles want one."""
    return {block["type"] for block in section["blocks"]} == {"References"}


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "References":
            return "the references"
        return {name: _without(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return _joined([_without(item) for item in value if not _is_cite(item)])
    return value


def _is_cite(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "Cite"


def _joined(items: list[Any]) -> list[Any]:
    """Neighbouring texts made one, without what a citation between them brings."""
    joined: list[Any] = []
    for item in items:
        last = joined[-1] if joined else None
        if _is_text(item) and _is_text(last) and item["language"] == last["language"]:
            joined[-1] = {**last, "text": last["text"] + item["text"]}
        else:
            joined.append(item)
    return [{**item, "text": _closed(item["text"])} if _is_text(item) else item for item in joined]


def _closed(text: str) -> str:
    """Without the blank before a stop; a citation that shares a date's bracket had closed it."""
    return re.sub(r"(\([^()]*);(?=[.,;]|$)", r"\1)", re.sub(r"\s+([.,;]|$)", r"\1", text))


def _is_text(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "Text"
