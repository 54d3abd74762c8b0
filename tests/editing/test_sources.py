"""A base's sources as a library: counted, graded, taken out, merged; each as a diff of the files."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.editing.base_names import files_naming, put_renamed
from briefgen.editing.sources import (
    citing_facts,
    counts_of_facts,
    differences,
    files_citing,
    likely_duplicates,
    plan_graded,
    plan_merged_sources,
    plan_removed_source,
    uses_of_source,
)
from briefgen.errors import InputError, UsageError
from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.index import Index, open_index
from briefgen.pipeline.listings.passages import stale_problems
from briefgen.writing.plan import Plan
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: T
language: en
topics: {energy: Energy}
""",
    "actors.yaml": """\
- id: lavrov
  name: Sergey Lavrov
  kind: person
  roles:
    - {title: minister, from: 2004, cites: [{source: dawn-2}]}
""",
    "sources.yaml": """\
references:
  # The paper's own page.
  - id: dawn-1
    type: article-newspaper
    title: Oil talks open
    URL: https://www.dawn.com/1?utm_source=x
    issued: 2011-05-18
    custom: {reliability: B}

  # Found again.
  - id: dawn-2
    type: webpage
    title: "Oil talks open  "  # as its page has it
    URL: http://dawn.com/1/
    issued: 2011-05-18
    custom:
      reliability_note: a paper of record
      archive: dawn.html

  - id: copy
    type: webpage
    title: A copy
    custom: {derived_from: [dawn-2, dawn-1]}

  - id: alone
    type: book
    title: Nobody cites this
""",
    "facts/energy.yaml": """\
# Oldest first: dawn-2 is the better page.
- id: talks
  topics: [energy]
  kind: event
  statement: Talks on oil were opened, dawn-2 says.
  cites:
    - source: "dawn-2"   # the web page
      locator: {page: 3}
    - {source: dawn-1, quote: opened}

- id: deal
  topics: [energy]
  kind: event
  statement: A deal was made.
  cites: [{source: dawn-1}, {source: dawn-2}]
""",
    "facts/more.yaml": """\
- {id: other, topics: [energy], kind: event, statement: More., cites: [{source: dawn-1}]}
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def index(base: Path) -> Iterator[Index]:
    with open_index(base) as opened:
        assert not opened.problems
        yield opened


def diff(plan: Plan) -> list[str]:
    lines = []
    for change in plan.changes:
        old, new = (change.before or b"").decode(), change.after.decode()
        for line in unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
            if line[:1] in "+-" and line[:3] not in ("+++", "---"):
                lines.append(line)
    return lines


def test_who_cites_a_source(index: Index) -> None:
    assert counts_of_facts(index) == {"dawn-1": 3, "dawn-2": 2}
    assert citing_facts(index, "dawn-2") == ("deal", "talks")
    uses = uses_of_source(index, "dawn-2")
    assert uses == (("talks", "deal"), ("lavrov",), ("copy",))
    assert uses_of_source(index, "alone") == ((), (), ())


def test_a_grade_changes_its_line_alone(index: Index) -> None:
    assert diff(plan_graded(index, "dawn-1", "C")) == [
        "-    custom: {reliability: B}",
        "+    custom: {reliability: C}",
    ]
    assert diff(plan_graded(index, "dawn-1", None)) == ["-    custom: {reliability: B}"]
    assert diff(plan_graded(index, "alone", "A")) == [
        "+    custom:",
        "+      reliability: A",
    ]


def test_only_what_nothing_names_can_be_taken_out(index: Index) -> None:
    with pytest.raises(UsageError, match="'dawn-2' is named by 'talks' and 3 more"):
        plan_removed_source(index, "dawn-2")
    plan = plan_removed_source(index, "alone")
    assert diff(plan) == ["-", "-  - id: alone", "-    type: book", "-    title: Nobody cites this"]
    plan.write().take_back()
    assert (index.folder / "sources.yaml").read_text("utf-8") == BASE["sources.yaml"]


def test_the_only_source_leaves_an_empty_list(tmp_path: Path) -> None:
    files = {**BASE, "sources.yaml": "references:\n  - id: one\n    type: book\n    title: One\n"}
    folder = write_files(
        tmp_path / "small", {name: files[name] for name in ("base.yaml", "sources.yaml")}
    )
    with open_index(folder) as index:
        plan_removed_source(index, "one").write()
    assert (folder / "sources.yaml").read_text("utf-8") == "references: []\n"


def test_duplicates_are_proposed_and_compared(index: Index) -> None:
    assert likely_duplicates(index) == [("dawn-1", "dawn-2", "same URL")]
    assert differences(index, "dawn-1", "dawn-2") == [
        ("type", "article-newspaper", "webpage"),
        ("title", "Oil talks open", "Oil talks open  "),
        ("URL", "https://www.dawn.com/1?utm_source=x", "http://dawn.com/1/"),
        ("custom.reliability_note", None, "a paper of record"),
        ("custom.archive", None, "dawn.html"),
        ("custom.reliability", "B", None),
    ]


def test_merging_changes_what_names_the_source_and_nothing_else(index: Index) -> None:
    merged = plan_merged_sources(index, "dawn-1", "dawn-2", {"custom.archive": "dawn.html"})
    assert merged.facts == ("deal", "talks")
    files = ("actors.yaml", "facts/energy.yaml", "sources.yaml")
    assert files_citing(index, "dawn-2") == files
    changed = {change.path.relative_to(index.folder).as_posix() for change in merged.plan.changes}
    assert changed == set(files)
    assert diff(merged.plan) == [
        "-    - {title: minister, from: 2004, cites: [{source: dawn-2}]}",
        "+    - {title: minister, from: 2004, cites: [{source: dawn-1}]}",
        '-    - source: "dawn-2"   # the web page',
        '+    - source: "dawn-1"   # the web page',
        "-  cites: [{source: dawn-1}, {source: dawn-2}]",
        "+  cites:",
        "+    - source: dawn-1",
        "-    custom: {reliability: B}",
        "+    custom: {reliability: B, archive: dawn.html}",
        "-  - id: dawn-2",
        "-    type: webpage",
        '-    title: "Oil talks open  "  # as its page has it',
        "-    URL: http://dawn.com/1/",
        "-    issued: 2011-05-18",
        "-    custom:",
        "-      reliability_note: a paper of record",
        "-      archive: dawn.html",
        "-",
        "-    custom: {derived_from: [dawn-2, dawn-1]}",
        "+    custom: {derived_from: [dawn-1]}",
    ]
    written = merged.plan.write()
    with open_index(index.folder) as again:
        assert not again.problems
        assert counts_of_facts(again) == {"dawn-1": 3}
    written.take_back()
    for name, text in BASE.items():
        assert (index.folder / name).read_text("utf-8") == text


def test_a_passage_that_was_checked_still_is(base: Path) -> None:
    with open_index(base) as index:
        facts = index.facts(["talks", "deal"])
        checked = "".join(f"    {id_}: {fact_fingerprint(fact)}\n" for id_, fact in facts.items())
    (base / "passages.yaml").write_text(
        f"- id: both\n  text: Talks [@talks] made a deal [@deal].\n  checked:\n{checked}", "utf-8"
    )
    with open_index(base) as index:
        assert not stale_problems(index)
        plan_merged_sources(index, "dawn-1", "dawn-2").plan.write()
    with open_index(base) as index:
        assert not index.problems
        assert not stale_problems(index)


def test_briefs_that_name_the_old_source_are_found_and_changed(tmp_path: Path) -> None:
    brief = tmp_path / "one.brief.yaml"
    brief.write_text(
        "format: 1\n# dawn-2 stands here, too\nselect: {sources: [dawn-2, copy]}\ntext:\n  bottom_line: |\n"
        "    Talks opened [@dawn-2, p. 3; @dawn-22] and jo@dawn-2 wrote.\n"
        "judgements:\n  - text: It holds [see @{dawn-2}].\n    basis: [dawn-2]\n",
        "utf-8",
    )
    other = tmp_path / "other.brief.yaml"
    other.write_text("format: 1\ntitle: dawn-2\n", "utf-8")
    names = {"dawn-2": "dawn-1"}
    assert files_naming([brief, other], "source", names) == [(brief, 3, "")]
    plan = Plan()
    put_renamed(plan, brief, "source", names)
    assert diff(plan) == [
        "-select: {sources: [dawn-2, copy]}",
        "+select: {sources: [dawn-1, copy]}",
        "-    Talks opened [@dawn-2, p. 3; @dawn-22] and jo@dawn-2 wrote.",
        "+    Talks opened [@dawn-1, p. 3; @dawn-22] and jo@dawn-2 wrote.",
        "-  - text: It holds [see @{dawn-2}].",
        "+  - text: It holds [see @{dawn-1}].",
    ]


def test_a_file_that_cannot_be_read_stops_the_merge(base: Path, index: Index) -> None:
    (base / "facts/more.yaml").write_text("- {id: other, cites: [{source: dawn-2}\n", "utf-8")
    with pytest.raises(InputError, match="more.yaml"):
        plan_merged_sources(index, "dawn-1", "dawn-2")
