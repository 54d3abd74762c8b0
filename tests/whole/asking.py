"""Bases on disk, and selections as a person types them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefgen.cli import main
from briefgen.select.model import Selection


def write_base(
    folder: Path,
    facts: Sequence[Mapping[str, Any]],
    *,
    topics: Mapping[str, str],
    actors: Sequence[Mapping[str, Any]],
    sources: Sequence[Mapping[str, Any]],
    markings: Sequence[str] = (),
) -> Path:
    """A fact base in `folder`. JSON is YAML, so values are written as JSON."""
    files = {
        "base.yaml": {
            "format": 1,
            "title": "T",
            "language": "en",
            "topics": topics,
            **({"markings": list(markings)} if markings else {}),
        },
        "actors.yaml": actors,
        "sources.yaml": {"references": sources},
        "facts/all.yaml": facts,
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


def flags(selection: Selection) -> list[str]:
    """`selection` as command-line flags."""
    said = [
        *(f"--topic={topic}" for topic in selection.topics),
        *(f"--kind={kind}" for kind in selection.kinds),
        *(f"--actor={actor}" for actor in selection.actors),
        *(f"--source={source}" for source in selection.sources),
        *(f"--marked={marking}" for marking in selection.markings),
        *(f"--status={status}" for status in selection.status),
    ]
    for flag, value in (
        ("from", selection.start and selection.start.text),
        ("to", selection.end and selection.end.text),
        ("text", selection.text),
        ("min-reliability", selection.min_reliability),
        ("min-credibility", selection.min_credibility),
    ):
        if value:
            said.append(f"--{flag}={value}")
    for flag, asked in (("ungraded", selection.ungraded), ("undated", selection.undated)):
        if asked:
            said.append(f"--{flag}")
    return said


def facts_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """What `briefgen facts --json` lists."""
    capsys.readouterr()
    status = main(["facts", "--json", *arguments])
    captured = capsys.readouterr()
    assert status == 0, captured.err
    listed: list[dict[str, Any]] = json.loads(captured.out)
    return listed
