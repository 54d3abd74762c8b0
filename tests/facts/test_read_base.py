"""Whole fact bases: what is read, what is left out, and each problem with its place."""

import os
import sys
from pathlib import Path

import pytest

from briefgen.dates import parse_edtf
from briefgen.errors import InputError, Origin
from briefgen.facts.files import BaseFile, list_base_files
from briefgen.facts.model import Actor, Citation, Fact, Figure, Measure, Role, Source, Topic
from briefgen.facts.read import FactBase, read_base, read_base_file, read_frame


def told(read: FactBase) -> list[str]:
    return [str(problem) for problem in read.problems]


def ids(read: FactBase) -> list[str]:
    return [fact.id for fact in read.facts]


def fact(**changes: str) -> str:
    """A fact in order, as YAML; a keyword changes a key, an empty text removes it."""
    keys = {
        "id": "x",
        "topics": "[energy]",
        "kind": "event",
        "statement": "It happened.",
        "cites": "[{source: s1}]",
    } | changes
    return "- " + "  ".join(f"{key}: {value}\n" for key, value in keys.items() if value)


def test_a_base_in_order(read_with) -> None:
    read = read_with()
    assert told(read) == []
    assert read.fatal == ()
    base = read.base
    assert base is not None
    assert (base.folder, base.title, base.language) == ("base", "Pakistan–Russia relations", "en")
    assert base.topics["energy.oil"] == Topic("energy.oil", "Oil and refined products")
    assert list(base.topics) == ["energy", "energy.oil", "trade"]
    assert base.measures == {
        "bilateral-trade": Measure("bilateral-trade", "Bilateral trade", "USD million")
    }
    assert base.markings.levels == ("OFFICIAL", "OFFICIAL-SENSITIVE")
    role = Role(
        "Foreign Secretary", "pakistan", parse_edtf("2012"), parse_edtf("2013"), (Citation("s1"),)
    )
    assert base.actors == {
        "pakistan": Actor("pakistan", "Pakistan", "state", ("Islamabad",), (role,)),
        "russia": Actor("russia", "Russia", "state"),
    }
    assert base.sources["s1"] == Source(
        "s1",
        {
            "id": "s1",
            "type": "article-newspaper",
            "title": "First-ever dialogue",
            "author": [{"family": "Kamran", "given": "Sehar"}],
            "issued": {"date-parts": [[2013, 8]]},
        },
        reliability="C",
        archive="dialogue.txt",
        marking="OFFICIAL",
    )
    assert base.sources["s2"].derived_from == ("s1",)
    assert ids(read) == ["first", "second"]
    assert read.facts[1].origin == Origin("base/facts/first.yaml", 7, 3)


def test_every_key_of_a_fact(read_with) -> None:
    text = """\
- id: old
  topics: [trade]
  kind: figure
  statement: An older figure.
  cites: [{source: s1}]
  status: superseded
- id: trade-2022-23
  date: 2022-07/2023-05
  date_note: from the text
  topics: [trade, energy.oil]
  kind: figure
  actors: [pakistan, russia]
  statement: >
    Trade was <b>up</b> & "high",
    {{ said }} [@x] =1+1.
  detail: 'Another sentence: yes.'
  attribution: the ministry
  date_is: state
  said: 2023-09~
  status_note: to be checked
  checked_by: Sam
  figures:
  - {measure: bilateral-trade, value: 760.5, value_to: 800, unit: USD million,
     period: 2022-07/2023-05, basis: reported, qualifier: about}
  cites:
  - {source: s2, locator: {paragraph: 9, page: 3-4}, quote: "Words, they said."}
  - {source: s1}
  credibility: 2
  key: true
  status: draft
  supersedes: [old]
  disputes: [old]
  marking: OFFICIAL
  recorded: 2026-11-21
  checked: 2026-11-22
  recorded_by: NO
"""
    read = read_with(facts=text)
    assert told(read) == []
    period = parse_edtf("2022-07/2023-05")
    assert read.facts[1] == Fact(
        id="trade-2022-23",
        topics=("trade", "energy.oil"),
        kind="figure",
        statement='Trade was <b>up</b> & "high", {{ said }} [@x] =1+1.',
        cites=(
            Citation("s2", (("paragraph", "9"), ("page", "3-4")), "Words, they said."),
            Citation("s1"),
        ),
        date=period,
        date_note="from the text",
        date_is="state",
        said=parse_edtf("2023-09~"),
        actors=("pakistan", "russia"),
        detail="Another sentence: yes.",
        attribution="the ministry",
        figures=(
            Figure("bilateral-trade", 760.5, "USD million", "reported", 800, period, "about"),
        ),
        credibility=2,
        key=True,
        status="draft",
        status_note="to be checked",
        supersedes=("old",),
        disputes=("old",),
        marking="OFFICIAL",
        recorded="2026-11-21",
        checked="2026-11-22",
        recorded_by="NO",
        checked_by="Sam",
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "Oil Deal"}, "1:7: error: 'Oil Deal' is not an id"),
        ({"id": ""}, "1:3: error: a fact needs the key 'id'; add id: …"),
        ({"kind": "evnt"}, "3:9: error: 'evnt' is not one of event,"),
        ({"kind": "position"}, "1:3: error: position without attribution; add attribution: who"),
        ({"kind": "assessment"}, "1:3: error: assessment without attribution"),
        ({"date": "2013-02-31"}, "6:9: error: '2013-02-31' does not exist"),
        ({"date": "2013-05-~03"}, "6:9: error: '2013-05-~03' is EDTF level 2"),
        ({"date": "2014/2013"}, "6:9: error: '2014/2013' ends before it starts"),
        ({"topics": "energy"}, "2:11: error: expected a list, found 'energy'"),
        ({"topics": "[]"}, "2:11: error: the list is empty"),
        ({"topics": "[energi]"}, "2:12: error: unknown topic 'energi'; did you mean 'energy'?"),
        ({"actors": "[india]"}, "6:12: error: unknown actor 'india'; add it to actors.yaml"),
        ({"cites": ""}, "1:3: error: a fact needs the key 'cites'; add cites: …"),
        ({"cites": "[]"}, "5:10: error: the list is empty"),
        ({"cites": "[s1]"}, "5:11: error: expected a citation with keys, found 's1'"),
        ({"cites": "[{source: s9}]"}, "5:20: error: unknown source 's9'"),
        (
            {"cites": "[{source: s1, locator: {para: 3}}]"},
            "5:34: error: unknown key 'para' in a locator; did you mean 'part'?",
        ),
        ({"statement": "''"}, "4:14: error: expected text, found nothing"),
        ({"statement": '"two\\nlines"'}, "4:14: error: text must stand on one line"),
        ({"statement": '"a\\0"'}, "4:14: error: control character U+0000"),
        ({"credibility": "7"}, "6:16: error: 7 is out of range; it must be 1 to 6"),
        ({"credibility": "B"}, "6:16: error: 'B' is not a whole number"),
        ({"key": "yes"}, "6:8: error: expected true or false, found 'yes'"),
        ({"status": "done"}, "6:11: error: 'done' is not one of current, draft"),
        ({"recorded": "2026-11"}, "6:13: error: '2026-11' is not a day; write it as 2026-11-21"),
        ({"checked": "2026-11-21~"}, "6:12: error: '2026-11-21~' is not a day"),
        ({"marking": "SECRET"}, "6:12: error: unknown marking 'SECRET'"),
        ({"stament": "x"}, "6:3: error: unknown key 'stament' in a fact; did you mean 'statement'?"),
        ({"supersedes": "[gone]"}, "6:16: error: unknown fact 'gone'"),
        ({"disputes": "[gone]"}, "6:14: error: unknown fact 'gone'"),
        ({"disputes": "[x]"}, "6:14: error: the fact disputes itself; name the other fact"),
        ({"supersedes": "[x]"}, "6:16: error: the fact supersedes itself; name the other fact"),
        (
            {"figures": "[{measure: bilateral-trade, value: 1, unit: USD, basis: reported}]"},
            "6:56: error: unit 'USD' is not that of 'bilateral-trade': 'USD million'",
        ),
        (
            {"figures": "[{measure: trad, value: 1, unit: USD million, basis: reported}]"},
            "6:23: error: unknown measure 'trad'",
        ),
        (
            {"figures": "[{measure: bilateral-trade, value: 2, value_to: 1, unit: USD million, "
             "basis: reported}]"},
            "6:60: error: value_to is less than value; swap the two",
        ),
        (
            {"figures": "[{measure: bilateral-trade, value: 1, unit: USD million}]"},
            "6:13: error: a figure needs the key 'basis'",
        ),
        ({"topics": "[energy]\n  topics: [trade]"}, "3:3: error: key 'topics' stands twice"),
    ],
)  # fmt: skip
def test_a_faulty_fact_is_named_and_left_out(read_with, changes, problem: str) -> None:
    read = read_with(facts=fact(**changes), other=fact(id="good"))
    assert told(read)[0].startswith(f"base/facts/first.yaml:{problem}")
    assert len(told(read)) == 1
    if "control character" in problem:  # the file cannot be parsed
        assert len(read.fatal) == 1
    else:
        assert ids(read) == ["good"]
        assert read.fatal == ()


def test_all_problems_at_once(read_with) -> None:
    read = read_with(facts=fact(date="nope", topics="[a, b]", kind="c"))
    assert [line.partition(" error: ")[0] for line in told(read)] == [
        "base/facts/first.yaml:2:12:",
        "base/facts/first.yaml:2:15:",
        "base/facts/first.yaml:3:9:",
        "base/facts/first.yaml:6:9:",
    ]


def test_facts_with_the_same_id_are_all_left_out(read_with) -> None:
    read = read_with(other=fact(id="first"))
    assert told(read) == [
        (
            "base/facts/other.yaml:1:3: error: fact id 'first' stands twice, first at "
            "base/facts/first.yaml:1:3; give one of them another id"
        )
    ]
    assert ids(read) == ["second"]


def test_a_superseded_fact_must_say_so_and_is_the_one_left_out(read_with) -> None:
    read = read_with(other=fact(id="new", supersedes="[first]"))
    assert told(read) == [
        (
            "base/facts/other.yaml:6:16: error: 'first' is superseded here, but its status is "
            "current; set status: superseded at base/facts/first.yaml:1:3"
        )
    ]
    assert ids(read) == ["second", "new"]


def test_what_stands_twice_in_a_list_is_warned_of_and_taken_once(read_with) -> None:
    read = read_with(facts=fact(topics="[energy, trade, energy]"))
    assert told(read) == [
        "base/facts/first.yaml:2:27: warning: 'energy' stands twice in topics; remove one"
    ]
    assert read.facts[0].topics == ("energy", "trade")


def test_no_false_alarm_about_a_faulty_fact_that_others_name(read_with) -> None:
    read = read_with(facts=fact(date="nope"), other=fact(id="y", disputes="[x]"))
    assert [line.split(": ")[0] for line in told(read)] == ["base/facts/first.yaml:6:9"]
    assert ids(read) == ["y"]


# --- sources and actors ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{id: s1, type: newspaper}", "2:18: error: 'newspaper' is not a CSL type:"),
        ("{id: s1}", "2:3: error: a source needs the key 'type'"),
        ("{id: s1, type: book, titel: x}", "2:24: error: unknown key 'titel' in a source; did you"),
        ("{id: s1, type: book, marking: OFFICIAL}", "2:24: error: unknown key 'marking'"),
        ("{id: s1, type: book, issued: 2013-13}", "2:32: error: '2013-13' has no month 13"),
        ("{id: s1, type: book, author: [{}]}", "2:33: error: the name is empty"),
        (
            "{id: s1, type: book, custom: {markign: OFFICIAL}}",
            "2:33: error: unknown key 'markign' in a custom block of a source; did you mean 'mark",
        ),
        (
            "{id: s1, type: book, custom: {marking: SECRET}}",
            "2:42: error: unknown marking 'SECRET'",
        ),
        ("{id: s1, type: book, custom: {reliability: G}}", "2:46: error: 'G' is not one of A, B"),
        (
            "{id: s1, type: book, custom: {archive: ../../etc/passwd}}",
            "2:42: error: '../../etc/passwd' leaves the archive folder",
        ),
        ("{id: s1, type: book, type: report}", "2:24: error: key 'type' stands twice"),
    ],
)
def test_a_faulty_source_takes_along_what_cites_it(read_with, source: str, problem: str) -> None:
    read = read_with(actors="[]", sources=f"references:\n- {source}\n- {{id: s2, type: book}}\n")
    assert told(read)[0].startswith(
        "base/facts/first.yaml:6:20: error: source 's1' is faulty; "
        "correct it at base/sources.yaml:2:3"
    )
    assert told(read)[1].startswith(f"base/sources.yaml:{problem}")
    assert len(told(read)) == 2
    assert ids(read) == ["second"]
    assert read.fatal == ()


def test_sources_derived_in_a_circle(read_with) -> None:
    read = read_with(
        sources="""\
references:
- {id: s1, type: book, custom: {derived_from: [s2]}}
- {id: s2, type: book, custom: {derived_from: [s3]}}
- {id: s3, type: book, custom: {derived_from: [s1]}}
- {id: s4, type: book, custom: {derived_from: [s4, s1, gone]}}
"""
    )
    assert told(read) == [
        (
            "base/sources.yaml:4:48: error: sources are derived from each other: s1 from s2 from s3 "
            "from s1; say which came first and remove its derived_from"
        ),
        (
            "base/sources.yaml:5:48: error: the source is derived from itself; "
            "say which came first and remove its derived_from"
        ),
        (
            "base/sources.yaml:5:56: error: unknown source 'gone'; add it to sources.yaml, "
            "or correct the name"
        ),
    ]
    assert ids(read) == ["first", "second"]


def test_facts_that_supersede_each_other_in_a_circle(read_with) -> None:
    fact = (
        "- {{id: {0}, status: superseded, supersedes: [{1}], topics: [trade], kind: event, "
        "statement: S., cites: [{{source: s1}}]}}\n"
    )
    found = read_with(more=fact.format("a", "b") + fact.format("b", "c") + fact.format("c", "a"))
    assert [str(problem) for problem in found.problems] == [
        (
            "base/facts/more.yaml:3:44: error: facts supersede each other: a, then b, then c, "
            "then a; say which is the latest and remove its id from supersedes elsewhere"
        )
    ]
    assert [fact.id for fact in found.facts] == ["first", "second"]


@pytest.mark.parametrize("topics", ["topics: [energy, trade]", "topic: {energy: Energy}", ""])
def test_topics_that_cannot_be_read_are_one_fault_and_not_one_for_each_fact(
    read_with, topics: str
) -> None:
    head = f"format: 1\ntitle: T\nlanguage: en\n{topics}\nmarkings: [OFFICIAL]\n"
    problems = read_with(base=head).problems
    assert problems
    assert {problem.origin.path for problem in problems} == {"base/base.yaml"}


def test_a_name_that_is_no_utf8_is_still_a_file(write_base) -> None:
    folder = write_base()
    try:
        (folder / "facts" / os.fsdecode(b"\xff.yaml")).write_text(
            "- {id: third, topics: [x], kind: event, statement: S., cites: [{source: s1}]}\n"
        )
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    files, _ = list_base_files(folder)
    assert [file.name for file in files][3:] == ["facts/\\xff.yaml", "facts/first.yaml"]
    assert str(read_base(folder).problems[0]).startswith(
        "base/facts/\ufffd.yaml:1:24: error: unknown topic 'x'"
    )


def test_a_folder_that_may_not_be_searched_is_not_called_empty(write_base, monkeypatch) -> None:
    folder = write_base()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", refuse)
    files, problems = list_base_files(folder)
    assert [file.name for file in files][:3] == ["base.yaml", "actors.yaml", "sources.yaml"]
    assert problems == ()


def test_of_sources_with_the_same_id_the_first_stands(read_with) -> None:
    read = read_with(
        sources="references:\n- {id: s1, type: book, title: One}\n- {id: s2, type: book}\n"
        "- {id: s1, type: book, title: Two}\n"
    )
    assert told(read) == [
        (
            "base/sources.yaml:4:3: error: source id 's1' stands twice, first at "
            "base/sources.yaml:2:3; give one of them another id"
        )
    ]
    assert read.base is not None
    assert read.base.sources["s1"].title == "One"


def test_an_actor_without_its_faulty_role_is_still_that_actor(read_with) -> None:
    read = read_with(
        actors="- {id: russia, name: Russia, kind: state, roles: [{title: x, of: nowhere},"
        " {of: russia}, {title: y, from: 2013, to: 2012}]}\n"
    )
    assert [line.partition("; ")[0] for line in told(read)] == [
        "base/actors.yaml:1:66: error: unknown actor 'nowhere'",
        "base/actors.yaml:1:76: error: a role needs the key 'title'",
        "base/actors.yaml:1:117: error: the role ends before it starts",
    ]
    assert read.base is not None
    assert [role.title for role in read.base.actors["russia"].roles] == ["x"]


# --- base.yaml, and whatever stops the work --------------------------------------------------


@pytest.mark.parametrize(
    ("base", "problem"),
    [
        ("", "1:1: error: a fact base needs the key 'format'"),
        ("[]", "1:1: error: expected a fact base with keys, found a list"),
        ("format: 2\ntitle: x\nlanguage: en\ntopics: {}", "1:9: error: file format '2' is not"),
        ("format: 1\ntitle: x\nlanguage: en_GB\ntopics: {}", "3:11: error: 'en_GB' is not a lang"),
        (
            "format: 1\ntitle: x\nlanguage: en\ntopics: {a.b: B}",
            "4:10: error: topic 'a.b' is part of 'a', which is not there; add 'a: …' to topics",
        ),
        (
            "format: 1\ntitle: x\nlanguage: en\ntopics: {a: A, a: B}",
            "4:16: error: key 'a' stands twice",
        ),
        (
            "format: 1\ntitle: x\nlanguage: en\ntopics: {}\nmarkings: [A, A]",
            "5:11: error: marking 'A' stands twice",
        ),
        (
            "format: 1\ntitle: x\nlanguage: en\ntopics: {}\nmeasures: {a: {label: A}}",
            "5:15: error: a measure needs the key 'unit'",
        ),
        ("format: 1\ntitle: [", "2:9: error: not valid YAML"),
    ],
)
def test_a_fault_in_base_yaml_is_fatal(read_with, base: str, problem: str) -> None:
    read = read_with(base=base, facts="[]", actors="[]", sources="references: []")
    assert read.base is None
    assert str(read.fatal[0]).startswith(f"base/base.yaml:{problem}")


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("facts", "- id: [", "base/facts/first.yaml:1:8: error: not valid YAML"),
        ("facts", "id: x", "base/facts/first.yaml:1:1: error: expected a list, found keys and"),
        ("facts", b"- id: \xff", "base/facts/first.yaml:1:7: error: byte 0xff is not UTF-8"),
        ("sources", "- id: s1", "base/sources.yaml:1:1: error: expected 'references:', found a li"),
        ("sources", "reference: []", "base/sources.yaml:1:1: error: there is no 'references:'"),
        ("sources", None, "base/sources.yaml: error: there is no sources.yaml"),
        ("base", None, "base/base.yaml: error: there is no base.yaml"),
    ],
)
def test_what_cannot_be_read_is_fatal(read_with, file, content, problem: str) -> None:
    read = read_with(**{file: content})
    assert any(str(fault).startswith(problem) for fault in read.fatal)
    # No name is called unknown because the file that may define it cannot be read.
    assert not any("unknown topic" in line or "unknown source" in line for line in told(read))


def test_empty_files_are_empty_lists(read_with) -> None:
    read = read_with(actors="# none yet\n", sources="references:\n", facts="")
    assert told(read) == []
    assert read.facts == ()


def test_no_actors_and_no_facts_are_warnings(read_with) -> None:
    read = read_with(actors=None, facts=None)
    assert told(read) == [
        "base/actors.yaml: warning: there is no actors.yaml; add one to name actors in facts",
        "base/facts: warning: the base has no facts; add a file such as facts/first.yaml",
    ]
    assert read.base is not None


def test_read_frame_knows_no_facts(write_base) -> None:
    base, problems = read_frame(write_base(facts="- broken: ["))
    assert base is not None
    assert list(base.sources) == ["s1", "s2"]
    assert problems == ()


# --- folders ---------------------------------------------------------------------------------


def names(folder: Path) -> list[str]:
    return [file.name for file in list_base_files(folder)[0]]


def test_files_are_listed_in_a_stable_order_at_any_depth(write_base) -> None:
    folder = write_base()
    (folder / "facts/b").mkdir()
    for name in ("b/z.yaml", "b/.hidden.yaml", "a.yaml", "notes.txt", "a.yaml~", "Ж.yaml"):
        (folder / "facts" / name).write_text("[]")
    (folder / "facts/.git").mkdir()
    (folder / "facts/.git/x.yaml").write_text("not: read")
    assert names(folder) == [
        "base.yaml", "actors.yaml", "sources.yaml", "facts/a.yaml", "facts/b/z.yaml",
        "facts/first.yaml", "facts/Ж.yaml",
    ]  # fmt: skip
    assert list_base_files(folder)[1] == ()


def test_a_yml_file_is_warned_of(write_base) -> None:
    folder = write_base()
    (folder / "facts/more.yml").write_text("[]")
    assert [str(problem) for problem in read_base(folder).problems] == [
        "base/facts/more.yml: warning: the file is not read; end its name in .yaml"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_cannot_loop_and_files_are_read_once(write_base) -> None:
    folder = write_base()
    (folder / "facts/loop").symlink_to(folder.resolve() / "facts")
    (folder / "facts/deep.yaml").mkdir()  # a folder named like a file
    (folder / "facts/deep.yaml/more.yaml").write_text("[]")
    assert names(folder)[3:] == ["facts/deep.yaml/more.yaml", "facts/first.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system on Windows")
def test_odd_files_are_fatal_and_never_block(write_base) -> None:
    folder = write_base()
    os.mkfifo(folder / "facts/pipe.yaml")
    (folder / "facts/gone.yaml").symlink_to("nowhere")
    assert [str(problem) for problem in read_base(folder).fatal] == [
        (
            "base/facts/gone.yaml: error: cannot read the file (No such file or directory); "
            "check that it is there and that you may read it"
        ),
        "base/facts/pipe.yaml: error: this is no ordinary file; put a file there",
    ]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; name a folder with base.yaml"):
        read_base(tmp_path / "gone")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is not a folder"):
        read_base(tmp_path / "file")


def test_one_file_can_be_read_from_bytes_alone() -> None:
    file = BaseFile("facts", "facts/x.yaml", Path("nowhere.yaml"), "shown.yaml")
    content = read_base_file(file, fact(topics="[any]").encode())
    assert [found.id for found in content.facts] == ["x"]
    assert content.record.definitions[0].uses[0] == ("topic", "any", 2, 12, "")
