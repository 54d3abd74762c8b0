"""The jobs file: what it asks for, and every fault with its place."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from briefgen.batch.jobs import Job, jobs_json_schema, read_jobs
from briefgen.batch.placeholders import combinations, filled, letters_filled
from briefgen.errors import InputError
from briefgen.reading.shapes import Report
from briefgen.reading.yaml_tree import parse_yaml, scalars_of


def read(text: str, **briefs: str) -> tuple[Job, ...]:
    for name, brief in briefs.items():
        Path(f"{name}.brief.yaml").write_text(brief, "utf-8")
    Path("jobs.yaml").write_text(text, "utf-8")
    return read_jobs(Path("jobs.yaml"))


def faults(text: str, **briefs: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(text, **briefs)
    assert all(problem.severity == "error" for problem in caught.value.problems)
    return [f"{problem.origin}: {problem.sentence}" for problem in caught.value.problems]


def test_jobs_and_matrix_in_their_order() -> None:
    jobs = read("""\
format: 1
defaults: {outputs: [docx, pdf]}
jobs:
- {name: b, title: Bee}
- {name: a}
matrix:
  values: {topic: [energy, trade], year: [2011, 2012]}
  job: {name: "{topic}-{year}", title: "On {topic}", select: {topics: ["{topic}"], from: "{year}"}}
""")
    assert [job.name for job in jobs] == [
        "b", "a", "energy-2011", "energy-2012", "trade-2011", "trade-2012",
    ]  # fmt: skip
    assert jobs[0].spec.title == "Bee"
    assert jobs[-1].spec.title == "On trade"
    assert jobs[-1].spec.select.topics == ("trade",)
    assert jobs[-1].spec.select.start is not None
    assert jobs[-1].spec.select.start.text == "2012"
    assert jobs[0].files == {"docx": "b.docx", "pdf": "b.pdf"}


def test_a_job_goes_before_its_brief_file_and_that_before_the_defaults() -> None:
    (job,) = read(
        """\
format: 1
defaults:
  style: apa
  paper: letter
  select: {from: 2001, to: 2020, kinds: [event]}
  text: {objective: default, bottom_line: default}
jobs:
- brief: energy.brief.yaml
  select: {to: 2005}
  text: {bottom_line: job}
""",
        energy="""\
format: 1
paper: a4
title: From the file
select: {topics: [energy], to: 2010}
text: {bottom_line: file}
""",
    )
    spec = job.spec
    assert job.name == "energy"
    assert (spec.style, spec.paper, spec.title) == ("apa", "a4", "From the file")
    assert spec.select.start is not None
    assert spec.select.end is not None
    assert (spec.select.start.text, spec.select.end.text) == ("2001", "2005")
    assert (spec.select.topics, spec.select.kinds) == (("energy",), ("event",))
    assert spec.text == {"objective": "default", "bottom_line": "job"}
    assert str(spec.place("title")) == "energy.brief.yaml:3:1"
    assert str(spec.place("text", "bottom_line")) == "jobs.yaml:10:10"


def test_lists_are_replaced_not_joined() -> None:
    (job,) = read("""\
format: 1
defaults: {outputs: [docx, pdf], facts: {exclude: [a], key: [k]}}
jobs: [{name: x, outputs: md, facts: {exclude: [b]}}]
""")
    assert job.spec.outputs == ("md",)
    assert job.spec.edits.exclude == ("b",)
    assert job.spec.edits.key == ("k",)


def test_paths_are_relative_to_the_file_that_says_them(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/one.brief.yaml").write_text("format: 1\nbase: mine\n", "utf-8")
    (tmp_path / "deep/jobs.yaml").write_text(
        "format: 1\ndefaults: {house: h.docx}\njobs: [{brief: one.brief.yaml}]\n", "utf-8"
    )
    (job,) = read_jobs(Path("deep/jobs.yaml"))
    assert job.spec.base == str(Path("deep/mine"))
    assert job.spec.house == str(Path("deep/h.docx"))


def test_a_value_of_a_matrix_is_the_text_that_stands_there() -> None:
    jobs = read("""\
format: 1
matrix:
  values: {year: [2011, 1e3], answer: [NO]}
  job: {name: "{answer}{year}", title: "{year}: {answer}, {{year}}"}
""")
    assert [job.spec.title for job in jobs] == ["2011: NO, {year}", "1e3: NO, {year}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["jobs.yaml: the jobs file is empty; start it with 'format: 1' and 'jobs:'"]),
        ("format: 1", ["jobs.yaml:1:1: there are no jobs; add some under jobs or matrix"]),
        ("jobs: [{name: a}]", ["jobs.yaml:1:1: a jobs file needs the key 'format'; add format: …"]),
        ("format: 1\njobs: [{title: A}]",
         ["jobs.yaml:2:8: a job needs the key 'name'; add name: …; it names the files"]),
        ("format: 1\njobs: [{name: ../a}]",
         [("jobs.yaml:2:15: the name '../a' has a '/'; a name is one file's, in the output folder: "
          "use letters, digits and . _ -")]),
        ("format: 1\njobs: [{name: a, titel: A}]",
         ["jobs.yaml:2:18: unknown key 'titel' in a job; did you mean 'title'?"]),
        ("format: 1\njobs: [{name: a, format: 1}]",
         ["jobs.yaml:2:18: unknown key 'format' in a job; it stands once, at the top of the file"]),
        ("format: 1\ndefaults: {name: a}\njobs: [{name: a}]",
         ["jobs.yaml:2:12: unknown key 'name' in the defaults; it belongs to a single job"]),
        ("format: 1\njobs: [{name: a, paper: a5}]",
         ["jobs.yaml:2:25: 'a5' is not one of a4, letter; choose one of these"]),
        ("format: 1\njobs: [{name: a}, {name: A}]",
         [("jobs.yaml:2:26: two jobs are called 'A': the one at line 2 has the name 'a', the same on "
          "some systems; give each a name of its own")]),
        ("format: 1\njobs: [{name: a}, {name: a}]",
         [("jobs.yaml:2:26: two jobs are called 'a': the one at line 2 has the same name; give each "
          "a name of its own")]),
        ("format: 1\njobs: [{name: Manifest, outputs: [json]}]",
         [("jobs.yaml:2:15: the file Manifest.json of the job 'Manifest' would overwrite that of the "
          "manifest; choose another name")]),
        ("format: 1\njobs: [{brief: gone.brief.yaml}]",
         [("jobs.yaml:2:16: gone.brief.yaml: cannot read the file (No such file or directory); check "
          "that it is there and that you may read it")]),
        ("format: 1\ndefaults: {select: {from: 2010}}\njobs: [{name: a, select: {to: 2001}}]",
         [("jobs.yaml:3:26: with the defaults, the end of the selection lies before its start; say "
          "both from and to here")]),
        ("format: 1\nmatrix: {values: {a: [x, y]}, job: {name: fixed}}",
         [("jobs.yaml:2:19: the value 'a' is used nowhere in the matrix's job; write {a} where it "
          "belongs, or remove it")]),
        ("format: 1\nmatrix: {values: {a: [x, ../y, con]}, job: {name: '{a}'}}",
         [("jobs.yaml:2:51: the name '../y' has a '/'; a name is one file's, in the output folder: "
          "use letters, digits and . _ -"),
          "jobs.yaml:2:51: the name 'con' is reserved on Windows; choose another"]),
        ("format: 1\nmatrix: {values: {a: [x, X]}, job: {name: '{a}'}}",
         [("jobs.yaml:2:43: two jobs are called 'X': the one at line 2 has the name 'x', the same on "
          "some systems; give each a name of its own")]),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_place(text: str, said: list[str]) -> None:
    assert faults(text) == said


def test_all_faults_are_told_at_once_those_of_brief_files_too() -> None:
    said = faults(
        """\
format: 1
defaults: {styl: ieee}
jobs:
- {name: a, max_pages: none}
- {brief: one.brief.yaml}
- {brief: one.brief.yaml, name: again}
matrix: {values: {t: [x]}, job: {name: "{other}-{t}"}}
""",
        one="format: 1\ntitle: [a]\n",
    )
    assert said == [
        "jobs.yaml:2:12: unknown key 'styl' in the defaults; did you mean 'style'?",
        "jobs.yaml:4:24: 'none' is not a whole number; write digits, with a point for decimals and no separators",
        "jobs.yaml:7:40: no value is called 'other'; there are: t; a brace as such is written twice",
        "one.brief.yaml:2:8: expected text, found a list; write it as one value",
    ]


def test_a_matrix_beyond_any_use_is_refused_before_it_is_made() -> None:
    values = ", ".join(f"v{n}: [{', '.join(map(str, range(10)))}]" for n in range(6))
    name = "-".join(f"{{v{n}}}" for n in range(6))
    assert faults(f"format: 1\nmatrix: {{values: {{{values}}}, job: {{name: '{name}'}}}}") == [
        "jobs.yaml:2:9: the matrix makes more than 100,000 jobs; shorten its lists, or split the file"
    ]


_HUNDREDS = ", ".join(map(str, range(200)))
_TWO_LISTS = f"format: 1\nmatrix:\n  values: {{a: [{_HUNDREDS}], b: [{_HUNDREDS}]}}\n"


@pytest.mark.parametrize(
    ("job", "what"),
    [
        (f"topics: [{', '.join(['energy'] * 30)}]", "1,000,000 values in its 40,000 jobs"),
        (f"words: {'a' * 1_300}", "50,000,000 letters in its 40,000 jobs"),
        (f"words: '{'{a}' * 600}'", "50,000,000 letters in its 40,000 jobs"),
    ],
)
def test_a_matrix_does_not_make_more_than_memory_is_there_for(job: str, what: str) -> None:
    assert faults(f"{_TWO_LISTS}  job: {{name: '{{a}}-{{b}}', select: {{{job}}}}}") == [
        f"jobs.yaml:3:3: the matrix makes more than {what}; shorten its lists, or split the file"
    ]


def test_letters_of_a_matrix_are_counted_as_they_will_be() -> None:
    values = {"a": ("1", "22", "333"), "b": ("x", "yyyyy")}
    root = parse_yaml(b"'k-{a}': ['{a}{{{ b }', 'x{b}', none]", "x").root
    assert root is not None
    made = sum(
        len(scalar.text)
        for chosen in combinations(values)
        for scalar in scalars_of(filled(root, chosen, Report("x", [])))
    )
    assert letters_filled(root, values) == made


def test_what_is_said_does_not_depend_on_where_it_stands() -> None:
    (one,) = read("format: 1\ndefaults: {style: apa}\njobs: [{name: a, title: A}]")
    (same,) = read("format: 1\n\n# moved\ndefaults:\n  style: apa\njobs:\n- name: a\n  title: A\n")
    (other,) = read("format: 1\ndefaults: {style: mla}\njobs: [{name: a, title: A}]")
    assert one.said == same.said
    assert one.said != other.said


@pytest.mark.parametrize(
    ("job", "good"),
    [
        ("{name: a, max_pages: two}", False),
        ("{name: a, titel: A}", False),
        ("{name: a, outputs: [doc]}", False),
        ("{name: a, outputs: [docx]}", True),
    ],
)
def test_the_schema_takes_what_the_reader_takes(job: str, good: bool) -> None:
    text = f"format: 1\njobs: [{job}]\n"
    try:
        read(text)
        taken = True
    except InputError:
        taken = False
    validator = jsonschema.Draft202012Validator(jobs_json_schema())
    assert (taken, validator.is_valid(yaml.safe_load(text))) == (good, good)


def test_the_schema_knows_the_keys() -> None:
    schema = jobs_json_schema()
    job = schema["properties"]["jobs"]["items"]["properties"]
    assert {"name", "brief", "title", "outputs", "select"} <= set(job)
    assert "name" not in schema["properties"]["defaults"]["properties"]
    assert (
        job["outputs"]
        != schema["properties"]["matrix"]["properties"]["job"]["properties"]["outputs"]
    )


def test_a_job_that_is_sent_to_nobody_is_a_problem() -> None:
    (fault,) = faults("format: 1\njobs: [{name: a, email: {send: true}}]")
    assert fault == (
        "jobs.yaml:2:25: it is to be sent (send: true), and there is nobody to send it to; "
        "add to: under email"
    )


def test_who_gets_it_and_whether_may_stand_in_two_places() -> None:
    text = "format: 1\ndefaults: {email: {to: a@b.org}}\njobs: [{name: a%s}, {name: b}]"
    sent, drafted = read(text % ", email: {send: true}")
    assert (sent.is_mailed, drafted.is_mailed) == (True, False)


def test_recipients_are_laid_over_those_of_the_defaults() -> None:
    text = "format: 1\ndefaults: {email: {to: a@b.org, cc: c@b.org, send: true}}\njobs: [{name: a, email: {to: d@b.org}}]"
    (job,) = read(text)
    assert job.spec.email is not None
    assert [one.spec for one in (*job.spec.email.to, *job.spec.email.cc)] == ["d@b.org", "c@b.org"]
    assert job.is_mailed
