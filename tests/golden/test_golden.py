"""The five shipped templates on the shipped base, held as whole files.

`make golden` rewrites what is held; look at the difference before committing it. DOCX is held as
its XML parts, PDF as the pages on which its headings stand: what else it says is read in
tests/whole, and no two versions of a reader put its lines into quite the same text.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from briefgen.cli import main

HERE = Path(__file__).parent
BRIEFS = sorted((HERE / "briefs").glob("*.brief.yaml"))
EXPECTED = HERE / "expected"
TEXT_FORMATS = ("md", "txt", "html", "json")
DOCX_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml",
              "word/footer1.xml", "docProps/core.xml")  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch, cache: Path, tmp_path: Path) -> None:
    """A fixed moment, and nothing from the person who runs the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026
    monkeypatch.setenv("BRIEFGEN_CACHE", str(cache))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("BRIEFGEN_BASE", raising=False)


def name_of(brief: Path) -> str:
    return brief.name.removesuffix(".brief.yaml")


def hold(name: str, found: dict[str, bytes], update: bool) -> None:
    """Compare with, or rewrite, the files held under `name`."""
    folder = EXPECTED / name
    if update:
        for file, data in found.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
        return
    for file, data in found.items():
        held = folder / file
        assert held.is_file(), f"nothing is held for {name}/{file}; run make golden"
        assert data.decode() == held.read_text(encoding="utf-8"), f"{name}/{file} has changed"


@pytest.mark.parametrize("brief", BRIEFS, ids=name_of)
def test_text_formats(brief: Path, tmp_path: Path, update_golden: bool) -> None:
    assert (
        main(["export", str(brief), "--format", ",".join(TEXT_FORMATS), "--out", str(tmp_path)])
        == 0
    )
    name = name_of(brief)
    found = {f"{name}.{kind}": (tmp_path / f"{name}.{kind}").read_bytes() for kind in TEXT_FORMATS}
    hold(name, found, update_golden)


@pytest.mark.parametrize("brief", BRIEFS, ids=name_of)
def test_docx_parts(brief: Path, tmp_path: Path, update_golden: bool) -> None:
    out = tmp_path / "brief.docx"
    assert main(["export", str(brief), "--out", str(out)]) == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as package:
        names = set(package.namelist())
        found = {
            f"docx/{part.replace('/', '-')}": package.read(part).replace(b"><", b">\n<")
            for part in DOCX_PARTS
            if part in names
        }
    assert "docx/word-document.xml" in found
    hold(name_of(brief), found, update_golden)


@pytest.mark.parametrize("brief", BRIEFS, ids=name_of)
def test_pdf_pages(brief: Path, tmp_path: Path, update_golden: bool) -> None:
    out = tmp_path / "brief.pdf"
    assert main(["export", str(brief), "--out", str(out)]) == 0
    hold(name_of(brief), {"pdf-pages.txt": pages_of(out.read_bytes()).encode()}, update_golden)


def pages_of(data: bytes) -> str:
    """How many pages a PDF has, and on which of them each of its headings stands."""
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        lines = [f"pages: {len(pdf.pages)}"]

        def walk(items: list[pikepdf.OutlineItem], indent: str) -> None:
            for item in items:
                page = item.destination[0]
                lines.append(f"{numbers[page.objgen]:3}  {indent}{item.title}")
                walk(item.children, indent + "  ")

        walk(outline.root, "")
    return "\n".join(lines) + "\n"


def test_nothing_held_is_an_orphan() -> None:
    known = {name_of(brief) for brief in BRIEFS}
    files = {f"{n}.{kind}" for n in known for kind in TEXT_FORMATS} | {"pdf-pages.txt"}
    parts = {part.replace("/", "-") for part in DOCX_PARTS}
    for path in EXPECTED.rglob("*"):
        if path.is_file():
            assert path.relative_to(EXPECTED).parts[0] in known, path
            assert path.name in files | parts, path
