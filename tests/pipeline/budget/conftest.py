"""A base of many facts, a template with everything that a budget is about, and who drafts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec, Edits, SectionEdits
from briefgen.pipeline.draft import Desk
from briefgen.pipeline.resources import Resources
from written_files import write_files

TEMPLATE = """\
format: 1
label: Test brief
description: A brief with a body and an annex.
title: "{{ subject }}"
inputs:
- {id: line, label: Bottom line, hint: What matters., max_words: 60}
sections:
- {id: line, heading: Bottom line, show: input, input: line, tone: accent}
- {id: keys, heading: Key points, show: bullets, where: {key: true}, limit: 5, tone: accent}
- {id: topics, heading: "{{ topic.label }}", show: chronology, for_each: topic, limit: 12}
- {id: figures, heading: Figures, show: figures}
- {id: plans, heading: What was planned, show: bullets, where: {kinds: [plan]}}
- {id: annex, heading: Annex, show: annex}
- {id: chronology, heading: Chronology, show: chronology}
- {id: sources, heading: Sources, show: sources}
"""

BASE = {
    "base.yaml": """\
format: 1
title: Arcadia and Borduria
language: en
topics: {energy: Energy, trade: Trade, defence: Defence}
measures: {trade: {label: Bilateral trade, unit: USD million}}
""",
    "actors.yaml": "- {id: arcadia, name: Arcadia, kind: state}\n",
    "sources.yaml": """\
references:
- {id: s1, type: article-newspaper, title: Oil talks open, container-title: Daily Post,
   author: [{family: Khan, given: Aisha}], issued: 2013-05-18}
- {id: s2, type: report, title: Trade yearbook, publisher: Statistics Office, issued: 2014}
- {id: s3, type: webpage, title: Ministers meet again, author: [{family: Doe, given: Jo}],
   issued: 2015-02, URL: "https://example.org/ministers"}
""",
}

SENTENCE = (
    "Delegations of both sides met in the capital and went through the list of what had been "
    "agreed before, point by point, number"
)


def _facts() -> str:
    said = []
    for number in range(60):
        topic = ("energy", "trade", "defence")[number % 3]
        kind = "plan" if number % 4 == 3 else "event"
        said.append(
            f"- id: f{number}\n  date: {2008 + number // 10}-0{number % 9 + 1}\n"
            f"  topics: [{topic}]\n  kind: {kind}\n"
            f"  statement: {SENTENCE} {number}.\n"
            f"  cites: [{{source: s{number % 3 + 1}, locator: {{page: {number + 1}}}}}]\n"
            + ("  key: true\n" if number < 4 else "")
        )
    for number in range(6):
        said.append(
            f"- id: t{number}\n  date: {2010 + number}\n  topics: [trade]\n  kind: figure\n"
            f"  statement: Trade stood at {number + 100} million dollars.\n"
            f"  figures: [{{measure: trade, value: {number + 100}, unit: USD million, "
            f"period: {2010 + number}, basis: reported}}]\n"
            "  cites: [{source: s2, locator: {page: 3}}]\n"
        )
    return "".join(said)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base is in `base`, the template in `templates`."""
    folder = tmp_path_factory.mktemp("budget")
    files = {f"base/{name}": text for name, text in BASE.items()}
    files["base/facts/facts.yaml"] = _facts()
    files["templates/test.yaml"] = TEMPLATE
    return write_files(folder, files)


@pytest.fixture(scope="module")
def desk(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Drafts and cites briefs on the base."""
    with pytest.MonkeyPatch.context() as patch, Resources() as resources:
        patch.setenv("BRIEFGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        resources.citeproc.start()  # now, not in a test: it outlives that
        yield Desk(
            folder / "base",
            (folder / "templates",),
            resources,
            datetime(2026, 11, 21, tzinfo=UTC),
            date(2026, 11, 21),
        )


OWN_WORDS = "Much was said, little came"
"""What the author writes in every brief of these tests."""


def asking(
    max_pages: int | None = None,
    *,
    leave_out: tuple[str, ...] = (),
    key: tuple[str, ...] = (),
    include: tuple[str, ...] = (),
    style: str = "chicago-notes-bibliography",
) -> BriefSpec:
    """The brief of these tests, asked for so."""
    return BriefSpec(
        template="test",
        text={"line": f"{OWN_WORDS} [@f1]."},
        sections=SectionEdits(leave_out=leave_out, leads={"trade": f"{OWN_WORDS} [@t1]."}),
        edits=Edits(key=key, include=include),
        max_pages=max_pages,
        style=style,
        outputs=("pdf",),
    )
