"""`briefgen export`: which files are written, what is said, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen import files

BRIEF = """\
format: 1
title: Oil and more
base: ../base
select: {topics: [energy]}
outputs: [md, json]
"""


@pytest.fixture(autouse=True)
def _one_moment(run: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def brief() -> Path:
    """A brief file in the current folder."""
    path = Path("oil.brief.yaml")
    path.write_text(BRIEF, "utf-8")
    return path


def written() -> list[str]:
    """Every file below the current folder, temporaries included."""
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


def test_flags_alone_are_enough(run, base: Path) -> None:
    result = run("export", "--base", base, "--topic", "energy")

    assert (result.status, result.err) == (0, "")
    assert result.lines == ["test-relations-energy.docx", "test-relations-energy.pdf"]
    assert written() == result.lines
    assert Path("test-relations-energy.pdf").read_bytes().startswith(b"%PDF-")
    assert Path("test-relations-energy.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("format_", "libraries"),
    [("docx", ["docx", "lxml"]), ("pdf", ["reportlab"]), ("md", []), ("docx,pdf",
      ["docx", "lxml", "reportlab"])],
)  # fmt: skip
def test_a_format_imports_its_library_and_no_other(
    base: Path, tmp_path: Path, format_: str, libraries: list[str]
) -> None:
    """A Word document of four pages or more is laid out, too: it has a list of its contents."""
    script = (
        "import sys\n"
        "from briefgen.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "wanted = ('docx', 'lxml', 'reportlab', 'PIL._imaging', 'openpyxl', 'PySide6')\n"
        "print(*[name for name in wanted if name in sys.modules], file=sys.stderr)\n"
        "raise SystemExit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "export", "--base", str(base), "--format", format_,
         "--template", "fact-sheet", "--out", str(tmp_path / "out") + "/"],
        capture_output=True,
        text=True,
        env={**os.environ, "BRIEFGEN_CACHE": str(tmp_path / "cache")},
        check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr.split()) == (0, libraries)


def test_a_brief_file_names_its_outputs(run, base: Path, brief: Path) -> None:
    result = run("export", brief)

    assert result.lines == ["oil.md", "oil.json"]
    text = Path("oil.md").read_text("utf-8")
    assert "Oil and more" in text
    assert "Russia and Pakistan opened talks on oil" in " ".join(text.split())
    assert "Trade stood" not in text
    json.loads(Path("oil.json").read_bytes())


def test_flags_override_the_file(run, base: Path, brief: Path) -> None:
    result = run(
        "export", brief, "--title", "All of it", "--topic", "trade", "--format", "txt",
        "--out", "new/folder", "--marking", "OFFICIAL", "--language", "en-GB",
    )  # fmt: skip

    assert result.lines == [str(Path("new/folder/oil.txt"))]
    text = Path(result.lines[0]).read_text("utf-8")
    assert "all of it" in text.lower()
    assert "Trade stood at 542 million dollars (as reported in 2013).[1]" in " ".join(text.split())
    assert "opened talks" not in text
    assert "OFFICIAL" in text


@pytest.mark.parametrize(
    ("flags", "files"),
    [
        ("--out a.html", ["a.html"]),
        ("--out deep/er/a.TXT --format txt", ["deep/er/a.TXT"]),
        ("--out folder/ --format docx,pdf,html", ["folder/oil.docx", "folder/oil.html",
                                                  "folder/oil.pdf"]),
        ("--format md --format json", ["oil.json", "oil.md"]),
    ],
)  # fmt: skip
def test_where_it_goes(run, base: Path, brief: Path, flags: str, files: list[str]) -> None:
    result = run("export", brief, *flags.split())

    assert result.status == 0, result.err
    assert sorted(Path(line).as_posix() for line in result.lines) == files
    assert written() == sorted([*files, "oil.brief.yaml"])


def test_the_same_run_gives_the_same_bytes(run, base: Path, brief: Path) -> None:
    everything = "docx,pdf,html,md,txt,json"
    first = run("export", brief, "--format", everything, "--out", "one")
    second = run("export", brief, "--format", everything, "--out", "two")

    assert (first.status, second.status) == (0, 0)
    assert len(first.lines) == 6
    for one, two in zip(first.lines, second.lines, strict=True):
        assert Path(one).read_bytes() == Path(two).read_bytes(), one


def test_the_date_printed(run, base: Path, brief: Path) -> None:
    run("export", brief, "--out", "a.txt")
    assert "14 November 2023" in Path("a.txt").read_text("utf-8").replace("\u00a0", " ")

    brief.write_text(BRIEF + "date: 2026-11-21\n", "utf-8")
    run("export", brief, "--out", "a.txt")
    assert "21 November 2026" in Path("a.txt").read_text("utf-8").replace("\u00a0", " ")


def test_an_old_file_is_replaced(run, base: Path, brief: Path) -> None:
    Path("oil.md").write_text("old", "utf-8")

    run("export", brief)

    assert "Oil and more" in Path("oil.md").read_text("utf-8")


def test_leftovers_of_a_killed_run_are_cleared(run, base: Path, brief: Path) -> None:
    files.temporary_beside(Path("oil.md").resolve()).write_bytes(b"half")

    run("export", brief)

    assert written() == ["oil.brief.yaml", "oil.json", "oil.md"]


def test_single_faulty_facts_are_left_out_and_named(run, faulty: Path) -> None:
    result = run("export", "--base", faulty, "--format", "txt", "--title", "X")

    assert (result.status, result.lines) == (1, ["x.txt"])
    assert "'s9'" in result.err
    assert result.err.startswith(f"error: {faulty / 'facts' / 'trade.yaml'}:8:")
    assert "Trade stood" not in Path("x.txt").read_text("utf-8")


REFUSED = [
    ("select: {topics: [enregy]}", "oil.brief.yaml:2:19: the base has no topic 'enregy'; did you mean 'energy'?"),
    ("select: {actors: nobody}", "oil.brief.yaml:2:18: the base has no actor 'nobody'; 'briefgen actors' lists"),
    ("select: {text: '?!'}", "oil.brief.yaml:2:16: text: nothing to look for in '?!'; write words"),
    ("select: {from: 2020}", "oil.brief.yaml:2:1: the selection finds no fact; widen the dates"),
    ("select: {from: 2013, to: 2011}", "oil.brief.yaml:2:26: to (2011) lies before from (2013)"),
    ("templat: x", "oil.brief.yaml:2:1: unknown key 'templat' in a brief; did you mean 'template'?"),
    ("template: nowhere", "oil.brief.yaml:2:11: no template 'nowhere'; "),
    ("style: no-such-style-anywhere", "oil.brief.yaml:2:8: no style"),
    ("style: sub/missing.csl", "oil.brief.yaml:2:8: no style file at sub/missing.csl; give the path of a .csl file, or a style"),
    ("house: missing.docx", "oil.brief.yaml:2:8: cannot read the house document missing.docx (No such file"),
    ("marking: SECRET", "oil.brief.yaml:2:10: marking 'SECRET' is not one of the base's; "),
    ("language: fr", "oil.brief.yaml:2:11: language 'fr' is not built yet; "),
    ("email: {to: [jo]}", "oil.brief.yaml:2:14: 'jo' is no e-mail address; write one like jo@example.org"),
    ("max_pages: none", "oil.brief.yaml:2:12: 'none' is not a whole number; "),
    ("max_pages: [", "oil.brief.yaml:2:13: not valid YAML: "),
    ("title: \"a\\0b\"", "oil.brief.yaml:2:8: control character U+0000 in a text; "),
    ("base: nowhere", "oil.brief.yaml:2:7: the fact base nowhere (base in the brief) does not exist; name the folder"),
    ("facts: {exclude: [no-such-fact]}", "oil.brief.yaml:2:19: facts.exclude: the base has no fact"),
    ("sections: {leave_out: [nowhere]}", "oil.brief.yaml:2:24: sections.leave_out: template"),
    ("text: {bottom_line: \"So [@nobody].\"}", "oil.brief.yaml:2:21: [@nobody] names no fact"),
    ("facts: {reword: {no-such-fact: New words.}}", "oil.brief.yaml:2:18: facts.reword: the base"),
    ("facts: {include: [oil-talks], exclude: [oil-talks]}", "oil.brief.yaml:2:18: fact 'oil-talks' is"),
    ("facts: {order: [oil-talks, oil-talks]}", "oil.brief.yaml:2:16: fact 'oil-talks' stands twice"),
    ("text: {bottom_lin: So.}", "oil.brief.yaml:2:8: template 'country-brief' has no input 'bottom_lin'"),
    ("citations: endnote", "oil.brief.yaml:2:12: 'endnote'"),
    ("notes: side", "oil.brief.yaml:2:8: 'side'"),
    ("references: {grade: true}", "oil.brief.yaml:2:14: unknown key 'grade'"),
    ("judgements: [{text: So., basis: [nobody]}]", "oil.brief.yaml:2:34: the base has no fact 'nobody'"),
    ("sides: {ours: [nobody]}", "oil.brief.yaml:2:16: sides.ours: the base has no actor 'nobody'; "),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), REFUSED, ids=[line for line, _ in REFUSED])
def test_a_brief_that_cannot_be_made(
    run, base: Path, monkeypatch: pytest.MonkeyPatch, line: str, message: str
) -> None:
    monkeypatch.setenv("BRIEFGEN_BASE", str(base))
    Path("oil.brief.yaml").write_text(f"format: 1\n{line}\n", "utf-8")

    result = run("export", "oil.brief.yaml")

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"error: {message}")
    assert result.err.count("\n") == 1
    assert "briefgen itself failed" not in result.err
    assert written() == ["oil.brief.yaml"]


def test_a_flag_that_overrides_a_file_is_not_told_at_the_file(run, base: Path) -> None:
    Path("oil.brief.yaml").write_text("format: 1\nselect: {topics: [energy]}\n", "utf-8")

    result = run("export", "oil.brief.yaml", "--base", base, "--topic", "enregy")

    assert result.err == "error: the base has no topic 'enregy'; did you mean 'energy'?\n"


def test_what_a_template_needs_is_asked_for_unless_a_draft_is_wanted(run, base: Path) -> None:
    asked = ("export", "--base", base, "--template", "talking-points", "--format", "txt")

    refused = run(*asked)

    assert (refused.status, refused.lines, written()) == (2, [], [])
    assert refused.err == (
        "error: template 'talking-points' needs what the brief does not say; "
        "add 'text: {lines: \"…\"}', or print a draft with --draft\n"
    )
    drafted = run(*asked, "--draft")
    assert (drafted.status, drafted.lines) == (0, written())
    assert "DRAFT" in Path(drafted.lines[0]).read_text("utf-8")


def test_a_house_document_that_is_none_is_named(run, base: Path) -> None:
    Path("house.docx").write_bytes(b"no Word document")

    result = run("export", "--base", base, "--house", "house.docx", "--format", "docx")

    assert (result.status, written()) == (2, ["house.docx"])
    assert result.err.startswith("error: house.docx: the house document is not a Word document")


@pytest.mark.parametrize(
    "cites",
    ["text: {bottom_line: 'So [@paper, p. 3].'}", "judgements: [{text: 'So [@paper].'}]", ""],
    ids=["own text", "judgement", "office of a person"],
)
def test_whatever_cites_a_marked_source_lifts_the_marking(run, base: Path, cites: str) -> None:
    sources, actors = base / "sources.yaml", base / "actors.yaml"
    with sources.open("a", encoding="utf-8") as file:
        file.write("- {id: paper, type: report, custom: {marking: OFFICIAL-SENSITIVE}}\n")
    if not cites:
        with actors.open("a", encoding="utf-8") as file:
            file.write(
                "- {id: khan, name: A Khan, kind: person, roles: [{title: Envoy, of: pakistan,"
                " cites: [{source: paper}]}]}\n"
            )
        facts = base / "facts" / "energy.yaml"
        facts.write_text(facts.read_text("utf-8").replace("[russia,", "[khan,"), "utf-8")
    Path("oil.brief.yaml").write_text(f"format: 1\n{cites}\n", "utf-8")
    common = ("export", "oil.brief.yaml", "--base", base, "--topic", "energy", "--format", "txt")

    result = run(*common, "--marking", "OFFICIAL")

    assert (result.status, written()) == (2, ["oil.brief.yaml"])
    assert result.err == (
        "error: marking 'OFFICIAL' is lower than 'OFFICIAL-SENSITIVE', which source 'paper' "
        "carries; write marking: OFFICIAL-SENSITIVE\n"
    )
    assert run(*common).status == 0
    assert Path("oil.txt").read_text("utf-8").strip().startswith("OFFICIAL-SENSITIVE")


def test_every_problem_of_a_brief_is_told(run) -> None:
    Path("a.brief.yaml").write_text("format: 2\npapre: a4\nmax_pages: 0\n", "utf-8")

    lines = run("export", "a.brief.yaml").err.splitlines()

    assert [line.split(": ")[:2] for line in lines] == [
        ["error", "a.brief.yaml:1:9"],
        ["error", "a.brief.yaml:2:1"],
        ["error", "a.brief.yaml:3:12"],
    ]


def test_a_marking_below_the_facts_is_refused(run, base: Path) -> None:
    facts = base / "facts" / "trade.yaml"
    facts.write_text(
        facts.read_text("utf-8").replace(
            "  kind: figure", "  marking: OFFICIAL-SENSITIVE\n  kind: figure"
        ),
        "utf-8",
    )

    result = run("export", "--base", base, "--marking", "OFFICIAL")

    assert (result.status, written()) == (2, [])
    assert result.err.startswith(
        "error: marking 'OFFICIAL' is lower than 'OFFICIAL-SENSITIVE', which fact 'trade-2013'"
    )


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("taken.pdf/x.docx", "cannot write taken.pdf/x.docx: "),
        ("file.txt/a.docx", "cannot write file.txt/a.docx: "),
        ("file.txt/", "cannot write file.txt/oil.md: "),
    ],
)
def test_places_that_cannot_be_written(
    run, base: Path, brief: Path, out: str, message: str
) -> None:
    Path("file.txt").write_text("here first", "utf-8")
    Path("taken.pdf").write_text("here first", "utf-8")
    before = written()

    result = run("export", brief, "--out", out)

    assert (result.status, result.out) == (2, "")
    assert result.err.replace(os.sep, "/").startswith(f"error: {message}")
    assert written() == before


def test_a_folder_in_the_place_of_one_file_leaves_all_unwritten(
    run, base: Path, brief: Path
) -> None:
    Path("oil.json").mkdir()

    result = run("export", brief)

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "error: cannot write oil.json: it is a folder; move it away, or choose another name\n"
    )
    assert written() == ["oil.brief.yaml"]


def test_a_full_disk_leaves_nothing(
    run, base: Path, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("topics", "--base", base)  # the index is kept before the disk is full

    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write_through", full)
    result = run("export", brief, "--out", "new")

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f"error: cannot write {Path('new/oil.md')}: no space left on device; "
        "make room, or choose another place\n"
    )
    assert not Path("new").exists()


def test_own_templates_are_found(run, base: Path, tmp_path: Path) -> None:
    template = (
        "format: 1\nlabel: Mine\ndescription: d\ntitle: My own\n"
        "sections:\n- {id: all, heading: Everything, show: bullets}\n"
    )
    Path("mine").mkdir()
    Path("mine/own.yaml").write_text(template, "utf-8")
    users = tmp_path / "config" / "briefgen" / "templates"
    users.mkdir(parents=True)
    (users / "users.yaml").write_text(template.replace("My own", "The user's"), "utf-8")
    common = ("export", "--base", base, "--format", "txt")

    assert run(*common, "--template", "own", "--templates", "mine").lines == ["my-own.txt"]
    assert run(*common, "--template", "users").lines == ["the-user-s.txt"]


def test_what_a_brief_is_made_from_is_never_overwritten(run, base: Path, brief: Path) -> None:
    run("export", brief, "--out", "house.docx")
    house = Path("house.docx").read_bytes()

    result = run("export", brief, "--house", "house.docx", "--out", "./house.docx")

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "error: house.docx would overwrite what the brief is made from; "
        "name another place with --out\n"
    )
    assert Path("house.docx").read_bytes() == house


def test_a_house_document_is_used(run, base: Path, brief: Path) -> None:
    run("export", brief, "--out", "house.docx")

    result = run("export", brief, "--house", "house.docx", "--format", "docx")

    assert (result.status, result.lines) == (0, ["oil.docx"]), result.err


# --- what others wrote there ----------------------------------------------------------------------


def kept() -> list[Path]:
    return sorted(path for path in Path().iterdir() if " (kept " in path.name)


def test_what_briefgen_wrote_is_replaced_without_a_word(run, base: Path, brief: Path) -> None:
    run("export", brief)
    result = run("export", brief, "--title", "Another title")

    assert (result.status, result.err) == (0, "")
    assert written() == ["oil.brief.yaml", "oil.json", "oil.md"]


def test_a_file_edited_by_hand_survives_a_second_export(run, base: Path) -> None:
    import docx

    flags = ["--base", base, "--topic", "energy", "--format", "docx", "--out", "oil.docx"]
    run("export", *flags)
    document = docx.Document("oil.docx")
    document.add_paragraph("What the minister added.")
    document.save("oil.docx")

    result = run("export", *flags)

    (copy,) = kept()
    assert docx.Document(str(copy)).paragraphs[-1].text == "What the minister added."
    assert result.status == 0
    assert result.lines == ["oil.docx"]
    assert result.err == (
        f"kept: oil.docx was edited since briefgen wrote it, or is not of this brief: what stood there is now {copy}\n"
    )
    assert "What the minister added." not in [
        paragraph.text for paragraph in docx.Document("oil.docx").paragraphs
    ]


def test_another_briefs_file_of_the_same_name_survives(run, base: Path, brief: Path) -> None:
    other = Path("other/oil.brief.yaml")
    other.parent.mkdir()
    other.write_text(
        BRIEF.replace("../base", "../../base").replace("Oil and more", "Other"), "utf-8"
    )
    run("export", brief, "--out", "both/", "--format", "md")
    first = Path("both/oil.md").read_text("utf-8")

    result = run("export", other, "--out", "both/", "--format", "md")

    (copy,) = Path("both").glob("oil (kept *).md")
    assert copy.read_text("utf-8") == first
    assert (result.status, len(result.err.splitlines())) == (0, 1)
    assert run("export", other, "--out", "both/", "--format", "md").err == ""
    # The person names the very file, or the other brief is gone.
    assert run("export", brief, "--out", "both/oil.md").err == ""
    run("export", other, "--out", "both/", "--format", "md", "--title", "New")
    other.unlink()
    assert run("export", brief, "--out", "both/", "--format", "md").err == ""
    assert len(list(Path("both").iterdir())) == 2


def test_a_file_that_is_no_briefs_survives(run, base: Path, brief: Path) -> None:
    Path("oil.md").write_text("Oil for the heating, a memo.", "utf-8")

    result = run("export", brief)

    assert result.status == 0
    assert [path.read_text("utf-8") for path in kept()] == ["Oil for the heating, a memo."]
    assert len(result.err.splitlines()) == 1


def test_with_force_nothing_is_kept(run, base: Path, brief: Path) -> None:
    Path("oil.md").write_text("a memo", "utf-8")

    assert run("export", brief, "--force").err == ""
    assert kept() == []


def test_where_nothing_can_be_remembered_one_line_says_so(
    run, base: Path, brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no-folder"))

    result = run("export", brief)

    assert (result.status, result.lines) == (0, ["oil.md", "oil.json"])
    (line,) = result.err.splitlines()
    assert line.startswith("warning: ")
    assert line.endswith("so the next export keeps a copy of what it replaces")
