"""A small base, a folder to work in, and a batch that runs in this very process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefgen.batch.manifest import Entry
from briefgen.batch.run import BatchRequest, Ran, Watcher, run_batch
from in_this_process import Here, settled_in
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics: {energy: Energy, trade: Trade, empty: Empty}
""",
    "actors.yaml": "- {id: russia, name: Russia, kind: state}\n",
    "sources.yaml": """\
references:
- {id: s1, type: article-newspaper, title: Oil talks open, container-title: Daily Post, issued: 2011-05-18}
- {id: s2, type: report, title: Trade yearbook, issued: 2013}
""",
    "facts/energy.yaml": """\
- id: oil-talks
  date: 2011-05-17
  topics: [energy]
  kind: event
  actors: [russia]
  statement: Talks on oil were opened.
  cites: [{source: s1, locator: {page: 3}}]
""",
    "facts/trade.yaml": """\
- id: trade-2013
  date: 2013
  topics: [trade]
  kind: background
  statement: Trade stood at 542 million dollars.
  cites: [{source: s2}]
""",
}

JOBS = """\
format: 1
defaults: {base: base, template: chronology, style: ieee, outputs: [txt, md]}
jobs:
- {name: energy, select: {topics: [energy]}}
- {name: trade, select: {topics: [trade]}}
"""


class Seen(Watcher):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.written: list[str] = []
        self.traces: list[str] = []

    def done(self, entry: Entry, paths: tuple[Path, ...]) -> None:
        self.entries.append(entry)
        self.written += [path.name for path in paths]

    def fault(self, trace: str) -> None:
        self.traces.append(trace)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person with settings of their own, in an empty folder."""
    settled_in(tmp_path, cache, monkeypatch)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A small fact base without a problem, in `base`."""
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def jobs(tmp_path: Path, base: Path) -> Path:
    """Two jobs on it: `energy` and `trade`."""
    write_files(tmp_path, {"jobs.yaml": JOBS})
    return Path("jobs.yaml")


@pytest.fixture(autouse=True)
def fresh_worker(monkeypatch: pytest.MonkeyPatch) -> Any:
    """This process is a worker anew for each run: it must not remember a base that changed."""
    from briefgen.batch import worker

    yield
    worker.close_process()


def run_here(jobs: Path, **settings: Any) -> tuple[Ran, Seen]:
    """Run a batch in this process, into `out`; what it gave back and what it told."""
    from briefgen.batch import worker

    work = settings.pop("work", worker.make_job)
    out = settings.pop("out", Path("out"))
    seen = Seen()
    mail = {key: settings.pop(key) for key in ("post_watch", "patience") if key in settings}
    try:
        request = BatchRequest(jobs, out, **settings)
        ran = run_batch(request, seen, work=work, executor=Here(), **mail)
    finally:
        worker.close_process()
    return ran, seen
