"""Files as other programs write them, each with the sources.yaml that comes of it.

`corpus/NAME` gives `corpus/expected/NAME.yaml`, and says `corpus/expected/NAME.told`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefgen.bibliography.model import Format
from briefgen.bibliography.read import read_text
from briefgen.bibliography.write import as_sources, write_bibliography
from briefgen.editing.importing_sources import ImportedSources, import_sources
from briefgen.facts.model import Source
from briefgen.facts.read import read_frame
from briefgen.pipeline.listings.exporting_sources import export_sources

CORPUS = Path(__file__).with_name("corpus")
FILES = sorted(path for path in CORPUS.iterdir() if path.is_file())


def new_base(folder: Path) -> Path:
    """A base without sources."""
    folder.mkdir(parents=True)
    (folder / "base.yaml").write_text(
        "format: 1\ntitle: Test\nlanguage: en\ntopics: {trade: Trade}\n", "utf-8"
    )
    return folder


def sources_of(base: Path) -> dict[str, Source]:
    found, problems = read_frame(base)
    assert found is not None
    missing = ("there is no actors.yaml", "there is no sources.yaml", "the base has no facts")
    assert [problem for problem in problems if problem.message not in missing] == []
    return dict(found.sources)


def told(made: ImportedSources, file: Path) -> list[str]:
    lines = [
        *(f"refused: {line}" for line in made.refused),
        *(f"duplicate: {' | '.join(line)}" for line in made.duplicates),
        *(f"warning: {line}" for line in made.warnings),
    ]
    return [line.replace(str(file), file.name) for line in lines]


@pytest.fixture(scope="module")
def bring(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], tuple[Path, ImportedSources]]:
    """Imports a file into a base of its own, once: for many of them Pandoc has to start."""

    @cache
    def brought(file: Path) -> tuple[Path, ImportedSources]:
        base = new_base(tmp_path_factory.mktemp("first") / "base")
        return base, import_sources(file, base, format_=None, dry_run=False)

    return brought


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_becomes_these_sources(file: Path, bring: Any) -> None:
    base, made = bring(file)
    expected = CORPUS / "expected" / file.name
    assert (base / "sources.yaml").read_text("utf-8") == Path(f"{expected}.yaml").read_text("utf-8")
    assert told(made, file) == Path(f"{expected}.told").read_text("utf-8").splitlines()
    assert tuple(sources_of(base)) == made.added


@pytest.mark.parametrize(
    "format_",
    [
        pytest.param("bib", marks=pytest.mark.slow),
        pytest.param("bibtex", marks=pytest.mark.slow),
        "ris",
        "csl.json",
        "yaml",
    ],
)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_came_in_goes_out_and_comes_back_whole(
    file: Path, format_: str, bring: Any, tmp_path: Path
) -> None:
    first, _ = bring(file)
    second = new_base(tmp_path / "second")
    out = tmp_path / f"out.{format_}"
    out.write_text(export_sources(first, format_).text, "utf-8", newline="")
    made = import_sources(out, second, format_=None, dry_run=False)
    assert made.refused == ()
    assert made.duplicates == ()
    wanted, found = sources_of(first), sources_of(second)
    assert list(found) == list(wanted)
    for id_, source in wanted.items():
        assert found[id_].csl == source.csl
        if format_ in ("csl.json", "yaml"):
            assert found[id_].reliability == source.reliability


@pytest.mark.parametrize("format_", ["biblatex", "bibtex"])
def test_what_came_in_comes_back_from_one_file_too(format_: Format, bring: Any) -> None:
    sources = [
        Source(f"f{number}-{id_}", source.csl)
        for number, file in enumerate(FILES)
        for id_, source in sources_of(bring(file)[0]).items()
    ]
    found = as_sources(read_text(write_bibliography(sources, format_), "export", format_))
    assert list(found) == [source.id for source in sources]
    for source in sources:
        assert {**found[source.id], "id": source.csl["id"]} == source.csl


def test_the_file_of_endnote_is_as_endnote_writes_it() -> None:
    """With a byte order mark and CR LF, which an editor or a checkout could take away."""
    data = (CORPUS / "endnote.ris").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfTY  - ")
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    assert b"ER  -\r\n" in data
