"""Files as other programs write them, each with the sources.yaml that comes of it.

`corpus/NAME` gives `corpus/expected/NAME.yaml`, and says `corpus/expected/NAME.told`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.facts.model import Source
from briefgen.facts.read import read_frame
from briefgen.workspace.exporting_sources import export_sources
from briefgen.workspace.importing_sources import ImportedSources, import_sources

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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_becomes_these_sources(file: Path, tmp_path: Path) -> None:
    base = new_base(tmp_path / "base")
    made = import_sources(file, base, format_=None, dry_run=False)
    expected = CORPUS / "expected" / file.name
    assert (base / "sources.yaml").read_text("utf-8") == Path(f"{expected}.yaml").read_text("utf-8")
    assert told(made, file) == Path(f"{expected}.told").read_text("utf-8").splitlines()
    assert tuple(sources_of(base)) == made.added


@pytest.mark.parametrize("format_", ["bib", "bibtex", "ris", "csl.json", "yaml"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_came_in_goes_out_and_comes_back_whole(
    file: Path, format_: str, tmp_path: Path
) -> None:
    first, second = new_base(tmp_path / "first"), new_base(tmp_path / "second")
    import_sources(file, first, format_=None, dry_run=False)
    out = tmp_path / f"out.{format_}"
    out.write_text(export_sources(first, format_).text, "utf-8", newline="")
    made = import_sources(out, second, format_=None, dry_run=False)
    assert made.refused == made.duplicates == ()
    wanted, found = sources_of(first), sources_of(second)
    assert list(found) == list(wanted)
    for id_, source in wanted.items():
        assert found[id_].csl == source.csl
        if format_ in ("csl.json", "yaml"):
            assert found[id_].reliability == source.reliability


def test_the_file_of_endnote_is_as_endnote_writes_it() -> None:
    """With a byte order mark and CR LF, which an editor or a checkout could take away."""
    data = (CORPUS / "endnote.ris").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfTY  - ")
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    assert b"ER  -\r\n" in data
