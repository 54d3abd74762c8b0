"""`briefgen import`: ids on stdout, the rest on stderr, and a status that says which it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HEAD = "topics,kind,statement,cites\n"
GOOD = "trade,event,Trade grew.,s2\n"
BAD = "trad,event,Trade fell.,s2\n"


@pytest.fixture
def table(tmp_path: Path):
    def write(text: str) -> Path:
        (tmp_path / "here" / "t.csv").write_text(text, encoding="utf-8")
        return Path("t.csv")

    return write


@pytest.mark.parametrize(
    ("rows", "status", "out", "err"),
    [
        (GOOD, 0, ["trade-grew"], ["1 fact added to {target}"]),
        (
            GOOD + BAD,
            1,
            ["trade-grew"],
            [
                "error: t.csv: row 3, column 'topics': unknown topic 'trad'; did you mean 'trade'?",
                "1 fact added to {target}",
            ],
        ),
        (
            GOOD + GOOD,
            1,
            ["trade-grew"],
            [
                "t.csv: row 3: not added: row 2 has the same statement, date and source",
                "1 fact added to {target}",
            ],
        ),
        (
            BAD,
            2,
            [],
            [
                "error: t.csv: row 2, column 'topics': unknown topic 'trad'; did you mean 'trade'?",
                "no facts added",
            ],
        ),
    ],
)
def test_what_came_of_a_table(
    run, base, table, rows: str, status: int, out: list[str], err: list[str]
) -> None:
    file = table(HEAD + rows)
    result = run("import", "facts", file, "--base", base)
    target = base / "facts" / "imported.yaml"
    assert (result.status, result.lines) == (status, out)
    assert result.err.splitlines() == [line.format(target=target) for line in err]
    assert target.exists() == (status < 2)


def test_what_is_there_already_is_found_not_failed(run, base, table) -> None:
    file = table(HEAD + GOOD)
    run("import", "facts", file, "--base", base)
    again = run("import", "facts", file, "--base", base)
    assert (again.status, again.out) == (1, "")


def test_a_dry_run_counts_what_is_taken_for_granted_of_dates(run, base, table) -> None:
    file = table(
        HEAD.replace("topics", "date,date_is,topics")
        + f"2013,,{GOOD}2014/..,,{GOOD.replace('grew', 'fell')}"
        + f"2015,state,{GOOD.replace('grew', 'stood still')},,{GOOD.replace('grew', 'did nothing')}"
    )
    told = "2 facts do not say what the date means; the kind does: occurrence (1), within (1)"
    tried = run("import", "facts", file, "--base", base, "--dry-run")
    assert told in tried.err.splitlines()
    tried = run("import", "facts", file, "--base", base, "--dry-run", "--json")
    assert json.loads(tried.out)["date_is_assumed"] == {"occurrence": 1, "within": 1}
    done = run("import", "facts", file, "--base", base)
    assert told not in done.err


def test_json_says_all_of_it(run, base, table) -> None:
    file = table(HEAD.replace("cites", "cites,mine") + GOOD + BAD + GOOD)
    result = run("import", "facts", file, "--base", base, "--json", "--dry-run")
    assert result.status == 1
    assert json.loads(result.out) == {
        "added": ["trade-grew"],
        "duplicates": [
            {
                "row": 4,
                "id": "trade-grew",
                "existing": "trade-grew",
                "why": "row 2 has the same statement, date and source",
            }
        ],
        "refused": [
            {"row": 3, "column": "topics", "message": "unknown topic 'trad'; did you mean 'trade'?"}
        ],
        "warnings": [
            "column 'mine' is not imported; --map 'mine=FIELD' says what it is",
        ],
        "target": str(base / "facts" / "imported.yaml"),
        "sources": [],
        "date_is_assumed": {},
        "first": [
            {
                "id": "trade-grew",
                "date": "undated",
                "statement": "Trade grew (as reported in 2013).",
                "source": "Trade Yearbook (2013).",
            }
        ],
    }
    assert "nothing was written" in result.err
    assert not (base / "facts" / "imported.yaml").exists()


def test_columns_are_mapped_and_left_out(run, base, table) -> None:
    file = table("Thema;Art;A=B;Quelle;Rest\ntrade;event;Trade grew.;s2;x\n")
    flags = [
        f"--map={each}"
        for each in ("Thema=topics", "Art=kind", "A=B=statement", "Quelle=cites", "Rest=")
    ]
    result = run("import", "facts", file, "--base", base, "--to", "trade.yaml", *flags)
    assert (result.status, result.lines) == (0, ["trade-grew"])
    assert "statement: Trade grew.\n" in (base / "facts" / "trade.yaml").read_text()


def test_what_holds_for_all_rows_is_set(run, base, table) -> None:
    file = table("What;When;Link\nA pact;11/06/1951;https://t.example/1\nA deal;NA;\n")
    flags = (
        "--set=kind=agreement", "--set", "topics=trade", "--set", "Topics=energy",
        "--set=statement={What} was signed.", "--set=source.title={What}", "--set=cites=s2",
        "--map=When=date", "--map=Link=source.URL", "--dates=day-first", "--empty=NA",
    )  # fmt: skip
    result = run("import", "facts", file, "--base", base, *flags)
    assert (result.status, result.lines) == (0, ["pact-signed-1951", "deal-signed"])
    assert result.err.splitlines() == [
        f"2 facts added to {base}/facts/imported.yaml",
        f"2 sources added to {base}/sources.yaml",
    ]
    said = json.loads(run("import", "facts", file, "--base", base, *flags, "--json").out)
    assert (said["added"], said["sources"]) == ([], [])
    text = (base / "facts" / "imported.yaml").read_text()
    assert text.startswith(
        "- id: pact-signed-1951\n  date: 1951-06-11\n  topics: [trade, energy]\n"
    )


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ("--set=kind", "--set: 'kind' is no FIELD=TEXT; write it as --set kind=agreement"),
        ("--set=sort=a", "--set: facts have no field 'sort'; choose from id, "),
        ("--set=kind=a", "--set: kind is set twice; leave one out"),
        ("--set=source.URL={X}", "--set source.URL: t.csv has no column 'X'; it has What"),
    ],
)
def test_what_cannot_be_set_is_one_line(run, base, table, flag: str, message: str) -> None:
    file = table("What\nx\n")
    result = run("import", "facts", file, "--base", base, "--set=kind=event", flag)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"error: {message}")
    assert result.err.count("\n") == 1


def test_a_column_has_one_field(run, base, table) -> None:
    flags = ("--map=What=statement", "--map=What=detail")
    result = run("import", "facts", table("What\nx\n"), "--base", base, *flags)
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: --map: What is named twice; leave one out\n"


SET = ("--set=kind=agreement", "--set=topics=trade", "--set=statement={What} was signed.",
       "--set=cites=s2", "--map=When=date")  # fmt: skip
PACTS = "What;When\nA pact;11/06/1951\n=1+1;1951-13\nA deal;1953\n"


def test_rejects_need_a_name(run, base, table) -> None:
    result = run("import", "facts", table(PACTS), "--base", base, *SET, "--rejects=")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: --rejects: ")


def test_a_dry_run_shows_the_first_facts_as_they_are_printed(run, base, table) -> None:
    file = table(PACTS)
    result = run(
        "import", "facts", file, "--base", base, *SET, "--dry-run", "--rejects=r.csv",
        "--set=source.title={What}", "--set=source.date={When}", "--dates=month-first",
    )  # fmt: skip
    assert (result.status, result.lines) == (1, ["pact-signed-1951", "deal-signed-1953"])
    assert result.err.splitlines()[1:] == [
        "the facts as they will be printed:",
        "  6 November 1951: A pact was signed.",
        "      ‘A Pact’, 6 November 1951.",
        "  1953: A deal was signed.",
        "      ‘A Deal’, 1953.",
        "2 facts do not say what the date means; the kind does: occurrence (2)",
        f"2 facts would be added to {base}/facts/imported.yaml; nothing was written",
        f"2 sources would be added to {base}/sources.yaml; nothing was written",
        "1 row would be written to r.csv",
    ]
    assert not Path("r.csv").exists()


def test_rows_that_are_refused_can_be_mended_and_imported(run, base, table) -> None:
    flags = ("--base", base, *SET, "--rejects", "r.csv")
    result = run("import", "facts", table(PACTS), *flags)
    assert (result.status, result.lines) == (1, ["deal-signed-1953"])
    assert result.err.splitlines()[-1] == (
        "2 rows written to r.csv: mend them there, and import that with the same flags"
    )
    rejects = Path("r.csv")
    lines = rejects.read_text("utf-8-sig").splitlines()
    assert lines[0] == "What,When,why"
    assert lines[2].startswith("'=1+1,1951-13,\"'When': '1951-13' has no month 13; ")
    mended = rejects.read_text("utf-8").replace("11/06/1951", "11 June 1951")
    Path("mended.csv").write_text(mended, "utf-8")
    result = run("import", "facts", "mended.csv", *flags)
    assert (result.status, result.lines) == (1, ["pact-signed-1951"])
    assert "kept" not in result.err  # what is replaced is our own
    rejects.write_text(mended, "utf-8")
    result = run("import", "facts", "mended.csv", *flags)
    assert "kept: r.csv was edited since" in result.err
    assert mended in [file.read_text("utf-8") for file in Path().glob("r*.csv")]


def test_nothing_refused_writes_no_rejects(run, base, table) -> None:
    file = table("What;When\nA deal;1953\n")
    result = run("import", "facts", file, "--base", base, *SET, "--rejects", "r.xlsx")
    assert (result.status, result.err.splitlines()[-1]) == (
        0,
        "no row is refused; r.xlsx is not written",
    )
    assert not Path("r.xlsx").exists()


def test_rejects_alone_are_something_done(run, base, table) -> None:
    file = table("What;When\nA deal;1953-13\n")
    assert run("import", "facts", file, "--base", base, *SET).status == 2
    assert run("import", "facts", file, "--base", base, *SET, "--rejects=r.json").status == 1
    assert json.loads(Path("r.json").read_text("utf-8"))[0]["When"] == "1953-13"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("r.txt", "--rejects: 'r.txt' is no table's name; end it in .csv, .xlsx, .json"),
        ("./t.csv", "--rejects: 't.csv' is the table itself; give the rows another name"),
        ("{base}/facts/r.csv", "is in the base; name another folder"),
        ("nowhere/r/r.csv", ""),
    ],
)
def test_rejects_that_cannot_be_written_stop_the_import(
    run, base, table, name: str, message: str
) -> None:
    file = table(PACTS)
    result = run("import", "facts", file, "--base", base, *SET, "--rejects", name.format(base=base))
    if message:
        assert result.status == 2
        assert message in result.err
        assert not (base / "facts/imported.yaml").exists()
    else:
        assert Path(name).exists()
    assert file.read_text("utf-8") == PACTS


def test_of_many_refused_rows_the_rest_is_counted(run, base, table) -> None:
    file = table("What;When\n" + "A pact;NA\n" * 50 + "A deal;1953\n" * 50)
    result = run("import", "facts", file, "--base", base, *SET)
    lines = result.err.splitlines()
    assert lines[20] == "error: 30 more faults ('When': 30); --rejects FILE.csv writes out all rows"
    assert lines[-2] == "not added: 29 more rows that are there already"
    assert len(lines) == 43


def test_a_table_that_cannot_be_read_is_one_line(run, base, table) -> None:
    result = run("import", "facts", table("topics\n"), "--base", base)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "error: t.csv: there is no column for kind, statement, cites; "
        "say what it is for all with --set 'kind=…'\n"
    )


def test_the_base_may_come_from_the_environment_but_must_be_named(
    run, base, table, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table(HEAD + GOOD)
    assert "no fact base is named" in run("import", "facts", file).err
    monkeypatch.setenv("BRIEFGEN_BASE", str(base))
    assert run("import", "facts", file).status == 0
