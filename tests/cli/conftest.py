"""One way to run a command line and see all that it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefgen.cli import main
from mail_server import authority, certified, start, trusting  # noqa: F401
from written_files import write_files


@dataclass(frozen=True)
class Result:
    """What one command line did."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines on stdout."""
        return self.out.splitlines()


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests: they have bases of their own, and share the list of styles."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    cache: Path,
) -> Run:
    """Runs `briefgen ARGUMENTS` in an empty folder, with settings of its own."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("BRIEFGEN_CACHE", str(cache))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("BRIEFGEN_BASE", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def run_main(*arguments: str | Path) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return run_main


BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics:
  energy: Energy
  energy.oil: Oil
  trade: Trade
measures:
  trade: {label: Bilateral trade, unit: USD million}
markings: [OFFICIAL, OFFICIAL-SENSITIVE]
""",
    "actors.yaml": """\
- {id: russia, name: Russia, kind: state, aliases: [Moscow]}
- {id: pakistan, name: Pakistan, kind: state}
""",
    "sources.yaml": """\
references:
- id: s1
  type: article-newspaper
  title: Oil talks open
  container-title: Daily Post
  author: [{family: Khan, given: Aisha}]
  issued: 2011-05-18
  custom: {reliability: B}
- id: s2
  type: report
  title: Trade yearbook
  issued: 2013
""",
    "facts/energy.yaml": """\
- id: oil-talks
  date: 2011-05-17
  topics: [energy.oil]
  kind: event
  actors: [russia, pakistan]
  statement: Russia and Pakistan opened talks on oil.
  cites: [{source: s1, locator: {page: 3}}]
  credibility: 2
  key: true
- id: pipeline-idea
  topics: [energy]
  kind: background
  statement: A pipeline was an old idea.
  cites: [{source: s1}]
""",
    "facts/trade.yaml": """\
- id: trade-2013
  date: 2013
  topics: [trade]
  kind: figure
  actors: [russia]
  statement: Trade stood at 542 million dollars.
  figures: [{measure: trade, value: 542, unit: USD million, period: 2013, basis: reported}]
  cites: [{source: s2}]
- id: trade-rumour
  date: 2014~
  topics: [trade]
  kind: plan
  statement: Trade is to double, =1+1 "soon", <b>.
  cites: [{source: s2}]
  status: draft
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A small fact base without a problem."""
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def faulty(base: Path) -> Path:
    """The same with one fact that cites nothing."""
    text = (base / "facts" / "trade.yaml").read_text("utf-8")
    (base / "facts" / "trade.yaml").write_text(text.replace("source: s2", "source: s9", 1), "utf-8")
    return base
