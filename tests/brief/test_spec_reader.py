"""`NAME.brief.yaml`: what is read, and one clear line for each thing that is wrong."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from briefgen.brief.spec.model import Edits, Judgement, ReferenceListing, Sides
from briefgen.brief.spec.reader import parse_spec, read_spec, spec_json_schema
from briefgen.errors import InputError

FULL = """format: 1
title: Energy ties, 2011–2023
template: chronology
base: ../bases/mine
select: {topics: [energy], from: 2011, to: 2023-12, kinds: [event], text: '"oil" ship*',
         min_reliability: C, min_credibility: 3, ungraded: true, undated: true, status: [draft]}
facts: {exclude: [a], include: [b], order: [c], key: [d], reword: {e: "New words."}}
sections: {leave_out: [gaps]}
sides: {ours: [pakistan], theirs: [russia]}
text: {bottom_line: "Done [@a]."}
judgements: [{text: "It will.", likelihood: likely, confidence: moderate, basis: [a], because: "we see it",
              assumes: "nothing changes", would_change: "A denial"}]
scale: ours.yaml
style: my.csl
citations: zotero
notes: end
references: {backlinks: false, grades: true, group: kind}
grades: true
language: en-GB
paper: letter
max_pages: 2
marking: OFFICIAL
handling: COMMERCIAL
distribution: [Director, Moscow post]
cleared_by: Head of desk
reference: SA/2026/114
version: "1"
date: 2026-11-21
house: ministry.dotx
outputs: [docx]
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.brief.yaml"
    path.write_text(FULL)
    spec = read_spec(path)
    assert spec.title == "Energy ties, 2011–2023"
    assert spec.base == str(tmp_path / "../bases/mine")
    assert spec.house == str(tmp_path / "ministry.dotx")
    assert spec.style == str(tmp_path / "my.csl")
    assert spec.select.start is not None
    assert spec.select.start.text == "2011"
    assert spec.select.status == ("draft",)
    assert spec.edits == Edits(("a",), ("b",), ("c",), ("d",), reword={"e": "New words."})
    assert spec.sides == Sides(("pakistan",), ("russia",))
    assert spec.judgements == (
        Judgement(
            "It will.", "likely", "moderate", ("a",), "we see it", "nothing changes", "A denial"
        ),
    )
    assert spec.scale == str(tmp_path / "ours.yaml")
    assert (spec.handling, spec.distribution) == (("COMMERCIAL",), ("Director", "Moscow post"))
    assert spec.cleared_by == "Head of desk"
    assert (spec.citations, spec.notes) == ("zotero", "end")
    assert spec.references == ReferenceListing(backlinks=False, grades=True, group="kind")
    assert (spec.max_pages, spec.paper, spec.outputs) == (2, "letter", ("docx",))


def test_the_schema_takes_what_the_reader_takes() -> None:
    import yaml

    data = yaml.safe_load(FULL.replace("2026-11-21", "'2026-11-21'"))
    data["select"].update({"from": "2011"})
    data["format"] = "1"
    jsonschema.Draft202012Validator(spec_json_schema()).validate(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.yaml: the brief is empty; start it with 'format: 1'"),
        ("title: A", "x.yaml:1:1: a brief needs the key 'format'; add format: …"),
        ("format: 1\ntitel: A", "x.yaml:2:1: unknown key 'titel' in a brief; did you mean 'title'?"),
        ("format: 2", "x.yaml:1:9: '2' is not format 1; choose one of these"),
        ("format: 1\nselect: {from: 2013-02-31}", "x.yaml:2:16: "),
        ("format: 1\nselect: {from: 2014, to: 2013}",
         "x.yaml:2:26: to (2013) lies before from (2014); swap the two"),
        ("format: 1\nmax_pages: two",
         ("x.yaml:2:12: 'two' is not a whole number; write digits, with a point for decimals and no "
         "separators")),
        ("format: 1\nlanguage: de", "x.yaml:2:11: language 'de' is not built yet"),
        ("format: 1\nemail: {to: [a@b.org, jo]}", "x.yaml:2:23: 'jo' is no e-mail address; write one"),
        ("format: 1\nemail: {to: 'a@b.org, c@d.org'}", "x.yaml:2:13: 'a@b.org, c@d.org' is more than one"),
        ("format: 1\nemail: {to: \"a@b.org\\r\\nBcc: c@d.org\"}", "x.yaml:2:13: an e-mail address must stand on one"),
        ("format: 1\nemail: {subject: \"a\\nb\"}", "x.yaml:2:18: text must stand on one line"),
        ("format: 1\nemail: a@b.org", "x.yaml:2:8: expected an email entry with keys"),
        ("format: 1\ncitations: endnote", "x.yaml:2:12: 'endnote' is not one of plain, zotero"),
        ("format: 1\nnotes: side", "x.yaml:2:8: 'side'"),
        ("format: 1\nreferences: {grade: true}",
         "x.yaml:2:14: unknown key 'grade' in a references entry; did you mean 'grades'?"),
        ("format: 1\nreferences: {group: topic}", "x.yaml:2:21: 'topic'"),
        ("format: 1\ndate: soon", "x.yaml:2:7: 'soon' is not a day; write it as 2026-11-21"),
        ("format: 1\njudgements: [{text: We have high confidence that it is likely.}]",
         "x.yaml:2:21: a judgement speaks of likelihood and of confidence in one sentence"),
        ("format: 1\nscale: icd230", "x.yaml:2:8: there is no scale 'icd230'; did you mean 'icd203'?"),
        ("format: 1\nscale: ours",
         "x.yaml:2:8: there is no scale 'ours'; there are icd203, phia; a file of your own ends in .yaml"),
        ("format: 1\ntitle: [a", "x.yaml:2:10: not valid YAML"),
    ],
)  # fmt: skip
def test_faults_are_one_clear_line(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_spec(text.encode(), "x.yaml", Path())
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_all_faults_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_spec(b"format: 1\npaper: a5\nmax_pages: 0\nfoo: 1\n", "x.yaml", Path())
    assert [problem.origin.line for problem in caught.value.problems] == [2, 3, 4]


def test_a_message_is_read() -> None:
    spec = parse_spec(
        "format: 1\nemail: {to: [Jo <jo@example.org>, d@пример.рф], cc: a@b.org, subject: S,"
        " body: Dear Jo}\n".encode(),
        "x.yaml",
        Path(),
    )
    assert spec.email is not None
    assert [one.spec for one in spec.email.to] == ["jo@example.org", "d@xn--e1afmkfd.xn--p1ai"]
    assert [str(one) for one in spec.email.cc] == ["a@b.org"]
    assert (spec.email.subject, spec.email.body) == ("S", "Dear Jo")
