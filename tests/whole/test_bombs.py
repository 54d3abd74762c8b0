"""Small files that would take all the memory, or never end: one line, soon, with little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from briefgen.facts.scaffold import init_base

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's"),
]

MEMORY = 1_000_000_000
LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]),) * 2); "
    "resource.setrlimit(resource.RLIMIT_CPU, (10, 11)); "
    "from briefgen.cli import main; sys.exit(main(sys.argv[2:]))"
)
STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    "<info><title>x</title><id>x</id></info>"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base") / "base"
    init_base(folder)
    return folder


def run(*arguments: object, settings: Path | None = None) -> tuple[int, str]:
    environment = {**os.environ, **({"BRIEFGEN_SETTINGS": str(settings)} if settings else {})}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(MEMORY), *map(str, arguments)],
        capture_output=True, text=True, timeout=60, env=environment,
    )  # fmt: skip
    return done.returncode, done.stderr


def refused(code: int, said: str) -> str:
    (line,) = [line for line in said.splitlines() if line.startswith("error: ")]
    assert code in (1, 2)
    assert "briefgen itself failed" not in line
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
    ],
)
def test_tables(name: str, text: Callable[[], str], base: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text())
    refused(*run("import", "facts", tmp_path / name, "--base", base, "--dry-run"))


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
