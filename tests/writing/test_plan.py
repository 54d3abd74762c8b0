"""Changes to several files: all of them or none, nobody's work overwritten, and back again."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.errors import BriefgenError, InputError, OutputError
from briefgen.writing.entries import entry_in
from briefgen.writing.plan import Plan
from briefgen.writing.splice import append_entries, replace_entry

FACTS = """\
# Oldest first.
- id: oil
  date: 2011-05  # as the paper had it
  topics: [energy]
  kind: event
  statement: Talks on oil were opened.
  cites: [{source: s1, locator: {page: 3}}]
  key: true

- id: gas
  topics: [energy]
  kind: figure
  statement: Gas came to half.
  figures:
  - {measure: gas, value: 0.50, value_to: 1.5, unit: bcm, basis: reported}
  cites: [{source: s1}]
"""
SOURCES = "references:\n- {id: s1, type: book, title: One}\n"
NEW = {
    "id": "new",
    "topics": ["energy"],
    "kind": "event",
    "statement": "More.",
    "cites": [{"source": "s2"}],
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def diff(before: str, path: Path) -> list[str]:
    lines = unified_diff(
        before.splitlines(), path.read_text("utf-8").splitlines(), n=0, lineterm=""
    )
    return [
        line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---") and line[1:]
    ]


def test_several_changes_of_several_files_are_written_together(base: Path) -> None:
    plan = Plan()
    plan.add(base / "sources.yaml", [{"id": "s2", "type": "book", "title": "Two"}])
    plan.add(base / "facts.yaml", [NEW])
    plan.amend(base / "facts.yaml", "oil", {"status": "superseded", "key": None})
    plan.write()

    assert diff(SOURCES, base / "sources.yaml") == ["+- id: s2", "+  type: book", "+  title: Two"]
    assert diff(FACTS, base / "facts.yaml") == [
        "-  key: true",
        "+  status: superseded",
        "+- id: new",
        "+  topics: [energy]",
        "+  kind: event",
        "+  statement: More.",
        "+  cites:",
        "+  - source: s2",
    ]


def test_nothing_is_written_when_one_file_has_changed_in_the_meantime(base: Path) -> None:
    plan = Plan()
    plan.add(base / "sources.yaml", [{"id": "s2", "type": "book", "title": "Two"}])
    plan.add(base / "facts.yaml", [NEW])
    (base / "facts.yaml").write_text(FACTS + "# more\n", encoding="utf-8")

    with pytest.raises(InputError, match="has changed in the meantime, nothing was written"):
        plan.write()
    assert (base / "sources.yaml").read_text("utf-8") == SOURCES


def test_nothing_is_written_when_one_file_cannot_be(base: Path) -> None:
    plan = Plan()
    plan.add(base / "facts.yaml", [NEW])
    plan.add(base / "sources.yaml" / "facts" / "x.yaml", [NEW])

    with pytest.raises(OutputError):
        plan.write()
    assert (base / "facts.yaml").read_text("utf-8") == FACTS


def test_what_another_hand_changed_is_not_overwritten(base: Path) -> None:
    path = base / "facts.yaml"
    seen = entry_in(FACTS.encode(), "oil")
    theirs = FACTS.replace("Talks on oil were opened.", "Oil was talked of.")
    path.write_text(theirs, encoding="utf-8")

    with pytest.raises(InputError, match="statement of 'oil' has been changed"):
        Plan().amend(path, "oil", {"statement": "Mine."}, seen=seen)

    plan = Plan()
    plan.amend(path, "oil", {"date": "2011-06"}, seen=seen)
    plan.write()
    assert diff(theirs, path) == [
        "-  date: 2011-05  # as the paper had it",
        "+  date: 2011-06  # as the paper had it",
    ]


def test_a_step_that_fails_leaves_the_plan_as_it_was(base: Path) -> None:
    plan = Plan()
    plan.amend(base / "facts.yaml", "oil", {"status": "retracted"})
    with pytest.raises(BriefgenError, match="not a date|no month"):
        plan.amend(base / "facts.yaml", "oil", {"date": "2011-13"})
    plan.write()

    assert diff(FACTS, base / "facts.yaml") == ["+  status: retracted"]


def test_changes_can_be_taken_back_byte_for_byte(base: Path) -> None:
    plan = Plan()
    plan.add(base / "facts.yaml", [NEW])
    plan.add(base / "more" / "new.yaml", [NEW])
    written = plan.write()
    written.take_back()

    assert (base / "facts.yaml").read_bytes() == FACTS.encode()
    assert not (base / "more" / "new.yaml").exists()


def test_what_was_changed_after_us_is_not_taken_back(base: Path) -> None:
    plan = Plan()
    plan.amend(base / "facts.yaml", "oil", {"status": "retracted"})
    written = plan.write()
    with (base / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write("# theirs\n")

    with pytest.raises(InputError, match="has changed since, nothing was taken back"):
        written.take_back()
    assert (base / "facts.yaml").read_text("utf-8").endswith("# theirs\n")


def test_an_entry_is_read_as_it_stands() -> None:
    assert entry_in(FACTS.encode(), "gas")["figures"] == [
        {"measure": "gas", "value": "0.50", "value_to": 1.5, "unit": "bcm", "basis": "reported"}
    ]
    assert entry_in(FACTS.encode(), "oil")["key"] is True


def test_an_entry_that_is_gone_is_told_with_what_is_there() -> None:
    with pytest.raises(InputError, match="no entry 'oils' in it any more; did you mean 'oil'"):
        entry_in(FACTS.encode(), "oils", name="facts.yaml")


ODD = """\
# a comment
-   id: one
    statement: "over
      two lines"
    cites: [
      {source: s1},
    {source: s2}]
# between

-   {id: two, statement: short}
-
    id: three
    statement: >-
      - id: four
      not an entry
    # its own comment
    topics:
    - a
-   id: five
    topics: &t [a]
-   id: six
    topics: *t
"""


@pytest.mark.parametrize("id_", ["one", "two", "three", "five", "six"])
@pytest.mark.parametrize("line", range(1, 24))
def test_an_entry_reads_the_same_wherever_it_is_looked_for(id_: str, line: int) -> None:
    assert entry_in(ODD.encode(), id_, line=line) == entry_in(ODD.encode(), id_)


def test_changes_through_a_link_go_on_top_of_the_others(base: Path) -> None:
    (base / "link.yaml").symlink_to(base / "facts.yaml")
    plan = Plan()
    plan.amend(base / "facts.yaml", "oil", {"status": "retracted"})
    plan.amend(base / "link.yaml", "gas", {"status": "retracted"})
    plan.write()

    assert diff(FACTS, base / "facts.yaml") == ["+  status: retracted"] * 2


def test_of_two_entries_with_one_id_neither_is_overwritten() -> None:
    twice = FACTS + FACTS.replace("Talks on oil", "Other talks").partition("\n- id: gas")[0]
    with pytest.raises(InputError, match="the id 'oil' stands twice in this file"):
        replace_entry(twice.encode(), "oil", {"id": "oil", "statement": "New."})


IN_BRACKETS = """\
[
  {id: a, statement: One.}, # A
  {id: b, # B
   statement: Two.}, # behind B
]
"""


CHANGED_IN_BRACKETS = """\
[
  {id: a, statement: One.}, # A
  # B
  {id: b, statement: Changed.}, # behind B
]
"""


def test_comments_within_brackets_stay() -> None:
    before = IN_BRACKETS.encode()
    changed = replace_entry(before, "b", {"id": "b", "statement": "Changed."})
    assert changed.decode() == CHANGED_IN_BRACKETS

    grown = append_entries(before, [{"id": "c", "statement": "Three."}])
    assert grown.decode() == IN_BRACKETS[:-2] + "  {id: c, statement: Three.},\n]\n"

    entry = "- {id: a, # A\n   statement: One.} # behind A\n"
    changed = replace_entry(entry.encode(), "a", {"id": "a", "statement": "Changed."})
    assert changed.decode() == "- # A\n  {id: a, statement: Changed.} # behind A\n"
