"""A new fact base is in order from the start, and never lands on something else."""

from pathlib import Path

import pytest

from briefgen.errors import OutputError
from briefgen.facts.read import read_base
from briefgen.facts.scaffold import init_base


def test_a_new_base_has_no_problems(tmp_path: Path) -> None:
    written = init_base(tmp_path / "deep" / "new")
    assert [path.relative_to(tmp_path / "deep/new").as_posix() for path in written] == [
        "base.yaml", "actors.yaml", "sources.yaml", "facts/first.yaml", "passages.yaml",
    ]  # fmt: skip
    read = read_base(tmp_path / "deep" / "new")
    assert read.problems == ()
    assert [fact.id for fact in read.facts] == [
        "oil-agreement", "trade-2013", "minister-on-pipeline",
    ]  # fmt: skip


def test_what_its_comments_offer_works(tmp_path: Path) -> None:
    *_, passages = init_base(tmp_path / "new")
    lines = passages.read_text(encoding="utf-8").partition("\n\n")[2].splitlines()
    passages.write_text("\n".join(line.removeprefix("# ") for line in lines), encoding="utf-8")
    read = read_base(tmp_path / "new")
    assert read.problems == ()
    assert read.base is not None
    assert read.base.passages["ministers-2013"].facts == ("oil-agreement", "minister-on-pipeline")


def test_an_empty_folder_and_hidden_files_are_fine(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    init_base(tmp_path)
    assert read_base(tmp_path).problems == ()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(OutputError, match="is not empty: it holds letter.txt; name a new or empty"):
        init_base(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file; name a new or empty folder"):
        init_base(tmp_path / "file")
    with pytest.raises(OutputError) as caught:
        init_base(tmp_path / "file" / "base")
    assert str(caught.value).startswith(f"{tmp_path / 'file'} is a file, so that ")
