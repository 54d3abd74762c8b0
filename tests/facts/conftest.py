"""A small fact base that is in order; tests change one thing in it and look."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.facts.read import FactBase, read_base

BASE = """\
format: 1
title: Pakistan–Russia relations
language: en
topics:
  energy: Energy
  energy.oil: Oil and refined products
  trade: Trade
measures:
  bilateral-trade: {label: Bilateral trade, unit: USD million}
markings: [OFFICIAL, OFFICIAL-SENSITIVE]
"""
ACTORS = """\
- id: pakistan
  name: Pakistan
  kind: state
  aliases: [Islamabad]
  roles: [{title: Foreign Secretary, of: pakistan, from: 2012, to: 2013, cites: [{source: s1}]}]
- {id: russia, name: Russia, kind: state}
"""
SOURCES = """\
references:
- id: s1
  type: article-newspaper
  title: First-ever dialogue
  author: [{family: Kamran, given: Sehar}]
  issued: 2013-08
  custom: {reliability: C, archive: dialogue.txt, marking: OFFICIAL}
- id: s2
  type: webpage
  custom: {derived_from: [s1]}
"""
FACTS = """\
- id: first
  date: 2013-08-28
  topics: [energy.oil]
  kind: event
  statement: Something happened.
  cites: [{source: s1}]
- id: second
  topics: [trade]
  kind: event
  statement: Something else happened.
  cites: [{source: s2, locator: {paragraph: 9}, quote: It did.}]
"""

WriteBase = Callable[..., Path]
ReadBase = Callable[..., FactBase]


@pytest.fixture
def write_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteBase:
    """Writes the base into `base/`; keywords replace a file (None: leave it out)."""
    monkeypatch.chdir(tmp_path)

    def write(
        base: str | bytes | None = BASE,
        actors: str | bytes | None = ACTORS,
        sources: str | bytes | None = SOURCES,
        facts: str | bytes | None = FACTS,
        passages: str | bytes | None = None,
        **more: str,
    ) -> Path:
        files = {
            "base.yaml": base,
            "actors.yaml": actors,
            "sources.yaml": sources,
            "facts/first.yaml": facts,
            "passages.yaml": passages,
        } | {f"facts/{name}.yaml": text for name, text in more.items()}
        for name, text in files.items():
            if text is not None:
                path = Path("base") / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Path("base")

    return write


@pytest.fixture
def read_with(write_base: WriteBase) -> ReadBase:
    """Reads the base with some files replaced."""

    def read(**files: str | bytes | None) -> FactBase:
        return read_base(write_base(**files))

    return read
