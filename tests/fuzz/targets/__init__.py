"""Every reader of briefgen, one module for each family of files."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from fuzz.oracle import Target

FAMILIES = (
    "base",
    "briefs",
    "styles",
    "bibliographies",
    "tables",
    "kept",
    "copies",
    "houses",
    "mail",
    "texts",
)
SEEDS = Path(__file__).parents[1] / "seeds"


@cache
def all_targets(families: str = "") -> dict[str, Target]:
    """By name; `families` is a module that has them instead."""
    modules = [families] if families else [f"fuzz.targets.{name}" for name in FAMILIES]
    found = [each for name in modules for each in import_module(name).TARGETS]
    targets = {each.name: each for each in found}
    assert len(targets) == len(found)
    return targets


@cache
def seeds_of(name: str, families: str = "") -> tuple[bytes, ...]:
    """The inputs that a target starts from: its own, then those that it makes."""
    folder = SEEDS / name.replace(" ", "-")
    kept = [file.read_bytes() for file in sorted(folder.glob("*"))] if folder.is_dir() else []
    return (*kept, *all_targets(families)[name].seeds())
