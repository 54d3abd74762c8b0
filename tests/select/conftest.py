"""Small fact bases on disk. JSON is YAML, so values are written as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

TOPICS = {"energy": "Energy", "energy.oil": "Oil", "trade": "Trade"}
ACTORS = [
    {"id": "pakistan", "name": "Pakistan", "kind": "state", "aliases": ["Islamabad"]},
    {"id": "russia", "name": "Russia", "kind": "state", "aliases": ["Москва"]},
]
SOURCES = [
    {"id": "s1", "type": "report", "title": "One", "custom": {"reliability": "B"}},
    {"id": "s2", "type": "report", "title": "Two"},
]

MakeBase = Callable[..., Path]


@pytest.fixture
def make_base(tmp_path: Path) -> MakeBase:
    """Writes a base: `make_base({"energy.yaml": [fact, ...]}, topics=..., actors=...)`."""

    def make(
        files: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        folder: str = "base",
        topics: Mapping[str, str] = TOPICS,
        actors: Sequence[Mapping[str, Any]] = ACTORS,
        sources: Sequence[Mapping[str, Any]] = SOURCES,
        markings: Sequence[str] = (),
    ) -> Path:
        base = tmp_path / folder
        write = {
            "base.yaml": {
                "format": 1,
                "title": "T",
                "language": "en",
                "topics": topics,
                **({"markings": list(markings)} if markings else {}),
            },
            "actors.yaml": actors,
            "sources.yaml": {"references": sources},
            **{f"facts/{name}": facts for name, facts in files.items()},
        }
        for name, value in write.items():
            path = base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        return base

    return make


@pytest.fixture
def fact() -> Callable[..., dict[str, Any]]:
    """A fact with what is required, and whatever else is said."""

    def make(id_: str, **more: Any) -> dict[str, Any]:
        return {
            "id": id_,
            "topics": ["energy"],
            "kind": "event",
            "statement": f"Statement {id_}.",
            "cites": [{"source": "s1"}],
            **more,
        }

    return make


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """An empty cache folder."""
    return tmp_path / "cache"
