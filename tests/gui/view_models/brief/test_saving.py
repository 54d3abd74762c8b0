"""A brief's file: opened, saved, changed by others in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import InputError
from briefgen.gui.view_models.brief.saving import (
    ChangedOnDiskError,
    brief_path,
    open_brief,
    save_brief,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.brief.yaml"
    path.write_text("# mine\nformat: 1\ntitle: A   # as agreed\n")
    return path


def test_saving_changes_only_what_was_changed(file: Path) -> None:
    opened = open_brief(file)

    seen = save_brief(replace(opened.spec, title="B", marking="C"), file, opened.seen)

    assert file.read_text() == "# mine\nformat: 1\ntitle: B   # as agreed\nmarking: C\n"
    assert open_brief(file).seen == seen


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(file: Path) -> None:
    opened = open_brief(file)
    theirs = "# mine and theirs\nformat: 1\ntitle: Theirs   # as agreed\npaper: letter\n"
    file.write_text(theirs)

    with pytest.raises(ChangedOnDiskError, match=r"x\.brief\.yaml was changed by another program"):
        save_brief(opened.spec, file, opened.seen)
    assert file.read_text() == theirs

    save_brief(opened.spec, file, opened.seen, anyway=True)
    assert file.read_text() == "# mine and theirs\nformat: 1\ntitle: A   # as agreed\n"


def test_a_file_that_has_become_something_else_can_be_saved_over(file: Path) -> None:
    opened = open_brief(file)
    file.write_text("title: [\n")

    with pytest.raises(ChangedOnDiskError):
        save_brief(opened.spec, file, opened.seen)
    save_brief(opened.spec, file, opened.seen, anyway=True)
    assert file.read_text() == "format: 1\ntitle: A\n"


def test_a_file_that_is_gone_is_written_anew(file: Path) -> None:
    opened = open_brief(file)
    file.unlink()

    save_brief(opened.spec, file, opened.seen)
    assert file.read_text() == "format: 1\ntitle: A\n"


def test_saving_elsewhere_writes_paths_from_there(tmp_path: Path, file: Path) -> None:
    (tmp_path / "bases/mine").mkdir(parents=True)
    file.write_text("format: 1\nbase: bases/mine\n")
    other = tmp_path / "briefs/y.brief.yaml"

    save_brief(open_brief(file).spec, other)

    assert other.read_text() == "format: 1\nbase: ../bases/mine\n"


def test_comments_go_along_to_another_name(tmp_path: Path, file: Path) -> None:
    file.write_text("# mine\nformat: 1\ntitle: A   # as agreed\nbase: bases/mine  # ours\n")
    spec = replace(open_brief(file).spec, title="B")
    other = tmp_path / "briefs/y.brief.yaml"

    save_brief(spec, other, like=file)

    assert other.read_text() == (
        "# mine\nformat: 1\ntitle: B   # as agreed\nbase: ../bases/mine  # ours\n"
    )
    assert open_brief(other).spec.title == "B"
    save_brief(spec, other, like=tmp_path / "gone.brief.yaml")
    assert other.read_text() == "format: 1\ntitle: B\nbase: ../bases/mine\n"


def test_nothing_is_written_where_nothing_was_changed(file: Path) -> None:
    opened = open_brief(file)
    file.chmod(0o444)
    before = file.stat()

    assert save_brief(opened.spec, file, opened.seen) == opened.seen
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_what_is_no_brief_is_not_opened(tmp_path: Path, file: Path) -> None:
    with pytest.raises(InputError, match=r"none\.brief\.yaml: no such file; check the path"):
        open_brief(tmp_path / "none.brief.yaml")
    with pytest.raises(InputError, match="cannot read the file"):
        open_brief(tmp_path)
    file.write_text("format: 1\ntilte: A\n")
    with pytest.raises(InputError, match=r"x\.brief\.yaml:2:1: unknown key 'tilte'"):
        open_brief(file)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("energy", "energy.brief.yaml"),
        ("energy.brief.yaml", "energy.brief.yaml"),
        ("Energy.Brief.YAML", "Energy.Brief.YAML"),
        ("energy.yaml", "energy.brief.yaml"),
        ("energy.brief", "energy.brief.yaml"),
        ("v1.2", "v1.2.brief.yaml"),
        (".yaml", ".yaml.brief.yaml"),
    ],
)
def test_the_suffix_of_a_brief_is_added(given: str, name: str) -> None:
    assert brief_path(Path("a") / given) == Path("a") / name


def test_a_new_brief_has_the_least_file(tmp_path: Path) -> None:
    save_brief(BriefSpec(), tmp_path / "new.brief.yaml")
    assert (tmp_path / "new.brief.yaml").read_text() == "format: 1\n"


def test_numbers_stay_numbers_where_a_file_is_written_anew(file: Path) -> None:
    file.write_text("{format: 1, title: A, max_pages: 2, grades: true} # mine\n")
    opened = open_brief(file)

    save_brief(replace(opened.spec, title="B"), file, opened.seen)

    assert file.read_text() == "# mine\nformat: 1\ntitle: B\nmax_pages: 2\ngrades: true\n"
