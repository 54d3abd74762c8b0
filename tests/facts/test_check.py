"""Checks across files work from records alone, fresh or from a cache."""

import pytest

from briefgen.facts.check import check_references
from briefgen.facts.definitions import FileRecord
from briefgen.facts.files import BaseFile
from briefgen.facts.read import list_base_files, read_base, read_base_file

FAULTY = """\
- id: x
  topics: [energi]
  kind: event
  statement: It happened.
  cites: [{source: s9}]
  supersedes: [first]
- id: y
  topics: [trade]
  kind: event
  statement: нет
  cites: [{source: s1}]
  marking: SECRET
- id: Bad
"""


def test_records_kept_as_json_give_the_same_problems(write_base) -> None:
    folder = write_base(other=FAULTY)
    files, _ = list_base_files(folder)
    contents = [read_base_file(file) for file in files]
    kept = [FileRecord.from_json(content.record.to_json()) for content in contents]
    assert kept == [content.record for content in contents]

    def check(records: list[FileRecord]):
        return check_references(
            (file.shown_as, record) for file, record in zip(files, records, strict=True)
        )

    fresh, cached = check([content.record for content in contents]), check(kept)
    assert fresh == cached
    assert fresh.faulty_facts == {"x", "y", "first"}
    own = [problem for content in contents for problem in content.problems]
    assert set(read_base(folder).problems) == {*fresh.problems, *own}


def test_a_changed_file_needs_only_its_own_bytes(write_base) -> None:
    folder = write_base()
    files, _ = list_base_files(folder)
    records = {file.shown_as: read_base_file(file).record for file in files}
    assert check_references(records.items()).problems == ()
    changed: BaseFile = files[0]
    assert changed.kind == "base"
    text = changed.path.read_text().replace("trade: Trade", "commerce: Trade")
    records[changed.shown_as] = read_base_file(changed, text.encode()).record
    found = check_references(records.items())
    assert [str(problem) for problem in found.problems] == [
        (
            "base/facts/first.yaml:8:12: error: unknown topic 'trade'; "
            "add it to topics of base.yaml, or correct the name"
        )
    ]
    assert found.faulty_facts == {"second"}


def test_thousands_of_unknown_names_are_all_told(write_base) -> None:
    facts = "".join(
        f"- {{id: f{n}, topics: [t{n}], kind: event, statement: s, cites: [{{source: s1}}]}}\n"
        for n in range(3_000)
    )
    folder = write_base(other=facts)
    problems = read_base(folder).problems
    assert len(problems) == 3_000


EARLY = """\
- id: due
  date: 2013-11
  topics: [trade]
  kind: {kind}
  statement: They meet.
  {more}
  cites: [{{source: s1}}, {{source: s2}}]
"""


@pytest.mark.parametrize(
    ("kind", "more", "asked"),
    [
        ("event", "", True),
        ("background", "date_is: occurrence", True),
        ("event", "said: 2013-11", False),
        ("event", "date_is: expected", False),
        ("plan", "", False),
        ("event", "status: retracted", False),
    ],
)
def test_a_fact_that_its_source_could_not_know_is_asked_about(
    kind: str, more: str, asked: bool, write_base
) -> None:
    read = read_base(write_base(other=EARLY.format(kind=kind, more=more)))
    told = (
        "base/facts/other.yaml:2:9: warning: its date is November 2013, yet its first source 's1' "
        "is of August 2013; write date_is: expected if it was due then, else name the source first "
        "that tells it"
    )
    assert [str(problem) for problem in read.problems] == [told] * asked
    assert "due" in [fact.id for fact in read.facts]
