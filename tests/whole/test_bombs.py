"""Small files that would take all the memory, or never end: one line, soon, with little memory."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from briefgen.facts.scaffold import init_base
from whole.limited_command import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's"),
]

STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    "<info><title>x</title><id>x</id></info>"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base") / "base"
    init_base(folder)
    return folder


def refused(code: int, said: str) -> str:
    (line,) = [line for line in said.splitlines() if line.startswith("error: ")]
    assert code in (1, 2)
    assert "briefgen itself failed" not in line
    assert "memory" not in line, "a bound should have been met before memory ends"
    return line


def repacked(whole: Path, place: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
    return place


@pytest.mark.parametrize(
    ("part", "old", "more", "times"),
    [
        ("xl/workbook.xml", b"</sheets>", b"<x/>", 8_000_000),
        ("xl/worksheets/sheet1.xml", b"</row>", b"<c/>", 9_000_000),
    ],
)
def test_workbooks(
    part: str, old: bytes, more: bytes, times: int, base: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["statement", "topics", "kind", "cites"])
    book.save(tmp_path / "sound.xlsx")
    bomb = repacked(
        tmp_path / "sound.xlsx", tmp_path / "bomb.xlsx", part,
        lambda data: data.replace(old, more * times + old, 1),
    )  # fmt: skip
    assert bomb.stat().st_size < 200_000
    line = refused(*run("import", "facts", bomb, "--base", base, "--dry-run"))
    assert "that no table has" in line


def test_empty_rows_without_end_are_no_rows(base: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["statement", "topics", "kind", "cites"])
    book.active.append(["A thing", "energy", "event", "gazette"])
    book.save(tmp_path / "sound.xlsx")
    bomb = repacked(
        tmp_path / "sound.xlsx", tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", b"<row/>" * 3_000_000 + b"</sheetData>"),
    )  # fmt: skip
    code, said = run("import", "facts", bomb, "--base", base, "--dry-run")
    assert (code, "1 fact would be added" in said) == (0, True)


def test_a_house_document(tmp_path: Path) -> None:
    docx.Document().save(tmp_path / "sound.docx")
    bomb = repacked(
        tmp_path / "sound.docx", tmp_path / "bomb.docx", "word/document.xml",
        lambda data: data.replace(b"</w:body>", b"<w:object/>" * 2_700_000 + b"</w:body>"),
    )  # fmt: skip
    asked = ("export", "--topic", "defence", "--format", "docx", "--out", tmp_path / "o.docx")
    assert "unpacks to a size" in refused(*run(*asked, "--house", bomb))
    for never_ends in ("/dev/zero", pipe(tmp_path)):
        assert "no ordinary file" in refused(*run(*asked, "--house", never_ends))


def pipe(folder: Path) -> Path:
    path = folder / "pipe"
    if not path.exists():
        os.mkfifo(path)
    return path


def test_pipes_and_devices_wherever_a_file_is_named(base: Path, tmp_path: Path) -> None:
    for path in (pipe(tmp_path), Path("/dev/zero")):
        for asked in (
            ("export", path), ("batch", path), ("import", "facts", path, "--base", base),
            ("import", "sources", path, "--format", "bib", "--base", base),
            ("capture", path, "--base", base), ("export", "--topic", "defence", "--style", path),
        ):  # fmt: skip
            refused(*run(*asked))
        code, _ = run("templates", settings=path)
        assert code in (0, 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blank.csv", lambda: "statement,topics,kind,cites\n" + "\n" * 50_000_000),
        ("commas.csv", lambda: "statement,topics,kind,cites\n" + ",,,\n" * 10_000_000),
        ("columns.csv", lambda: "a," * 1_000_000 + "\n"),
        ("field.csv", lambda: "statement\n" + "x" * 50_000_000),
        ("objects.json", lambda: "[" + "{}," * 8_000_000 + "{}]"),
        ("deep.json", lambda: "[" * 1_000_000),
        ("numbers.json", lambda: "[" + "1," * 15_000_000 + "1]"),
    ],
)
def test_tables(name: str, text: Callable[[], str], base: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text())
    refused(*run("import", "facts", tmp_path / name, "--base", base, "--dry-run"))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("topics.csv", lambda: '"' + "a;" * 2_000_000 + '",gazette,'),
        ("cites.csv", lambda: 'energy,"' + "a;" * 2_000_000 + '",'),
        ("places.csv", lambda: 'energy,"gazette, ' + "p. 3," * 2_000_000 + '",'),
        ("objects.csv", lambda: 'energy,"[' + "{}," * 2_000_000 + '{}]",'),
        ("quotes.csv", lambda: 'energy,"a; b","' + "x|" * 2_000_000 + '"'),
    ],
)
def test_one_cell(name: str, row: Callable[[], str], base: Path, tmp_path: Path) -> None:
    table = f"statement,kind,topics,cites,quote\nA thing,event,{row()}\n"
    (tmp_path / name).write_text(table)
    line = refused(*run("import", "facts", tmp_path / name, "--base", base, "--dry-run"))
    assert "row 2, column" in line
    assert "lists more than 5,000 things" in line


def test_one_cell_of_json(base: Path, tmp_path: Path) -> None:
    fact = '"statement": "A", "kind": "event", "cites": "gazette", "topics"'
    (tmp_path / "bomb.json").write_text(f"[{{{fact}: [" + '"a",' * 3_000_000 + '"a"]}]')
    line = refused(*run("import", "facts", tmp_path / "bomb.json", "--base", base, "--dry-run"))
    assert "entry 1, key 'topics': it lists more than 5,000 things" in line


RIS = "TY  - JOUR\nTI  - A\n"
CSL = '"type": "book", "title": "A"'
BIB = "@book{x, title={A},\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("authors.ris", lambda: RIS + "AU  - A, B\n" * 1_000_000 + "ER  - \n", "20,000 fields"),
        ("line.ris", lambda: RIS + "AU  - " + "a;" * 5_000_000, "20,000 values"),
        ("words.ris", lambda: RIS + "KW  - a\n" * 3_000_000, "2,000,000 lines"),
        ("note.ris", lambda: RIS + "N1  - a\n" + "\n" * 15_000_000, "2,000,000 lines"),
        ("entries.ris", lambda: (RIS + "ER  - \n") * 500_000, "30,000 entries"),
        ("empty.ris", lambda: "TY  - \n" * 4_000_000, "2,000,000 lines"),
        ("objects.csl.json", lambda: "[" + "{}," * 8_000_000 + "{}]", "1,000,000 objects"),
        ("entries.csl.json", lambda: f"[{f'{{{CSL}}},' * 500_000}{{}}]", "30,000 entries"),
        ("numbers.csl.json", lambda: "[" + "1," * 15_000_000 + "1]", "4,000,000 values"),
        ("fields.csl.json",
         lambda: "[{" + CSL + "".join(f',"k{n}":1' for n in range(1_000_000)) + "}]", "20,000 fields"),
        ("authors.csl.json",
         lambda: "[{" + CSL + ', "author": [' + '{"family":"a"},' * 900_000 + "{}]}]", "20,000 values"),
        ("deep.csl.json", lambda: "[" * 1_000_000, "nested too deep"),
        ("text.csl.json",
         lambda: '[{"type": "book", "title": ' + "[" * 900 + '"A"' + "]" * 900 + "}]", "nested too deep"),
        ("entries.csl.yaml", lambda: "references:\n" + "- {}\n" * 1_000_000, "more than"),
        ("fields.bib",
         lambda: BIB + ",\n".join(f"f{n}={{a}}" for n in range(1_000_000)) + "}\n", "2,000,000 braces"),
        ("some.bib",
         lambda: BIB + ",\n".join(f"f{n}={{a}}" for n in range(100_000)) + "}\n", "20,000 fields"),
        ("chain.bib", lambda: "@book{x, title=" + "a#" * 2_000_000 + "a}\n", "1,000,000 characters"),
        ("nothing.bib", lambda: "@book{x, title=" + '""#' * 300_000 + '""}\n', "no title"),
        ("open.bib", lambda: "@book{" * 4_000_000, "2,000,000 braces"),
        ("lines.bib", lambda: "@book{\n" * 4_000_000, "2,000,000 braces"),
        ("entries.bib", lambda: "@book{x,title={A}}\n" * 500_000, "2,000,000 braces"),
        ("remarks.bib", lambda: "@comment a" * 2_000_000, "200,000 signs @"),
        ("authors.bib", lambda: BIB + "author={" + "a and " * 160_000 + "b}}\n", "20,000 names"),
        ("macro.bib",
         lambda: "@string{a={" + "x" * 990_000 + "}}\n" + "@book{x,title=a}\n" * 5_000, "its macros"),
    ],
)  # fmt: skip
def test_bibliographies(
    name: str, text: Callable[[], str], said: str, base: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text())
    line = refused(*run("import", "sources", tmp_path / name, "--base", base, "--dry-run"))
    assert str(tmp_path / name) in line
    assert said in line


@pytest.mark.parametrize(
    "text",
    [
        lambda: "Subject: x\n" + "X: y\n" * 4_000_000 + "\nx",
        lambda: "Subject: x\n" + " x\n" * 8_000_000 + "\nx",
        lambda: "From: " + "a <a@b.c>, " * 1_000_000 + "\n\nx",
        lambda: "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 2_000_000,
    ],
)
def test_messages(text: Callable[[], str], base: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.eml").write_text(text())
    said = refused(*run("capture", tmp_path / "bomb.eml", "--base", base))
    assert "a longer head or more lines" in said


def test_macros_of_a_bibliography(base: Path, tmp_path: Path) -> None:
    lines = ["@string{a0={xxxxxxxxxx}}"]
    for number in range(1, 12):
        lines.append(f"@string{{a{number}={'#'.join([f'a{number - 1}'] * 10)}}}")
    file = tmp_path / "bomb.bib"
    file.write_text("\n".join([*lines, "@book{x, title=a11}", "@book{y, title={Sound}}"]))
    code, said = run("import", "sources", file, "--base", base, "--dry-run")
    assert code == 1
    assert "stands for more than 1,000,000 characters" in said


FACT = (
    "- id: x\n  date: 2013\n  topics: [energy]\n  kind: event\n  statement: A thing.\n"
    "  cites: [{source: gazette}]\n"
)
REPEATED = f"a: &a [{'x,' * 1_000}]\nb: &b [{'*a,' * 1_000}]\nc: [{'*b,' * 1_000}]\n"
DEEP = "[" * 1_000_000


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("facts/x.yaml", lambda: FACT.replace("[{", "[" + "a," * 300_000 + "{"), "more of this kind"),
        ("facts/x.yaml", lambda: "- &a {}\n" + "- *a\n" * 1_000_000, "repeat more than 400,000"),
        *((file, lambda: REPEATED, "repeat more than 400,000")
          for file in ("base.yaml", "sources.yaml", "passages.yaml", "facts/x.yaml")),
        *((file, lambda: DEEP, "nest")
          for file in ("base.yaml", "sources.yaml", "actors.yaml", "passages.yaml", "facts/x.yaml")),
        ("sources.yaml",
         lambda: "references:\n- {id: a, type: book, author: [" + "{family: a}," * 700_000 + "]}\n",
         "stands for more than"),
    ],
)  # fmt: skip
def test_files_of_a_base(
    file: str, text: Callable[[], str], said: str, base: Path, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb"
    shutil.copytree(base, bomb)
    (bomb / file).write_text(text())
    done = run("facts", "--base", bomb)
    told = [line for line in done[1].splitlines() if f"{bomb / file}:" in line]
    assert done[0] in (1, 2)
    assert any(said in line for line in told), done[1][:2_000]
    assert len(told) <= 25
    assert "itself failed" not in done[1]


@pytest.mark.parametrize("command", ["export", "batch"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (lambda: DEEP, "nest"),
        (lambda: REPEATED, "repeat more than 400,000"),
        (lambda: "format: 1\njobs:\n" + "- {}\n" * 2_000_000, "stands for more than"),
        (lambda: "format: 1\n" + "".join(f"k{n}: 1\n" for n in range(5_000)), "unknown key"),
    ],
)
def test_briefs_and_jobs(command: str, text: Callable[[], str], said: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.yaml").write_text(text())
    code, told = run(command, tmp_path / "bomb.yaml")
    assert code == 2
    assert said in told
    assert len(told.splitlines()) <= 22
    assert "itself failed" not in told


def test_a_brief_of_one_long_word(base: Path, tmp_path: Path) -> None:
    (tmp_path / "bomb.yaml").write_text('format: 1\ntitle: "' + "a " * 7_000_000 + '"\n')
    line = refused(*run("export", tmp_path / "bomb.yaml", "--base", base))
    assert "more than 1,000,000 letters" in line


def test_macros_of_a_style(tmp_path: Path) -> None:
    macros = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
        for n in range(19)
    )
    end = '<citation><layout><text macro="m0"/></layout></citation></style>'
    file = tmp_path / "bomb.csl"
    file.write_text(f'{STYLE}{macros}<macro name="m19"><text value="x"/></macro>{end}')
    asked = ("export", "--topic", "defence", "--format", "txt", "--out", tmp_path / "o.txt")
    assert "multiply beyond any sensible size" in refused(*run(*asked, "--style", file))
