"""Saved copies taken into a base: the file and its source, or neither."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from briefgen.editing import capturing
from briefgen.editing.capturing import Capture, plan_capture, safe_name
from briefgen.errors import BriefgenError, InputError, UsageError
from briefgen.facts.read import read_base
from briefgen.index import open_index
from capture.copies import PAGE, pdf
from gui.conftest import BASE
from written_files import write_files

TODAY = date(2026, 11, 30)
Capturing = Callable[..., Capture]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "talks.HTML"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def capture(base: Path) -> Iterator[Capturing]:
    def capture(file: Path, source: str | None = None) -> Capture:
        with open_index(base) as index:
            made = plan_capture(index, file, TODAY, source=source)
        made.plan.write()
        return made

    return capture


def files_of(base: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(base)): path.read_bytes() for path in base.rglob("*") if path.is_file()
    }


def test_a_copy_makes_a_source(base: Path, page: Path, capture: Capturing) -> None:
    made = capture(page)
    assert (made.is_new, made.archive) == (True, "pipeline-talks-open.html")
    assert (base / "archive" / made.archive).read_bytes() == page.read_bytes()
    read = read_base(base)
    assert read.base is not None
    assert read.problems == ()
    source = read.base.sources[made.source]
    assert source.archive_sha256 == hashlib.sha256(page.read_bytes()).hexdigest() == made.sha256
    assert source.csl["URL"] == "https://gazette.example.org/2013/08/pipeline-talks-open"
    assert source.csl["accessed"] == {"date-parts": [[2026, 11, 30]]}

    before = files_of(base)
    again = capture(page)
    assert again.is_kept_already
    assert (again.source, again.is_new) == (made.source, False)
    assert files_of(base) == before


def test_what_was_written_can_be_taken_back(base: Path, page: Path) -> None:
    before = files_of(base)
    with open_index(base) as index:
        written = plan_capture(index, page, TODAY).plan.write()
    assert files_of(base) != before
    written.take_back()
    assert files_of(base) == before


def test_a_copy_for_a_source_keeps_the_rest_of_it(
    base: Path, page: Path, capture: Capturing
) -> None:
    before = (base / "sources.yaml").read_text("utf-8").splitlines()
    made = capture(page, "s1")
    assert not made.is_new
    assert made.archive == "oil-talks-open.html"
    after = (base / "sources.yaml").read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == [
        "  custom: {reliability: B, reliability_note: a paper of record}"
    ]
    source = read_base(base).base.sources["s1"]  # type: ignore[union-attr]
    assert (source.reliability, source.reliability_note) == ("B", "a paper of record")
    assert source.archive == "oil-talks-open.html"
    other = page.with_name("other.txt")
    other.write_text("Other words.")
    with pytest.raises(UsageError, match="another saved copy already"):
        capture(other, "s1")


def test_a_source_that_the_base_has_gets_the_copy(
    base: Path, page: Path, capture: Capturing
) -> None:
    sources = base / "sources.yaml"
    url = "http://www.gazette.example.org/2013/08/pipeline-talks-open/"
    sources.write_text(
        sources.read_text("utf-8").replace("type: report", f"URL: {url}\n  type: report")
    )
    made = capture(page)
    assert (made.source, made.is_new, made.why) == ("s2", False, "same URL")


def test_a_copy_that_was_put_there_by_hand_gets_its_hash(
    base: Path, page: Path, capture: Capturing
) -> None:
    sources = base / "sources.yaml"
    text = sources.read_text("utf-8").replace(
        "{reliability: D}", "{reliability: D, archive: by-hand.html}"
    )
    sources.write_text(text, encoding="utf-8")
    (base / "archive").mkdir()
    (base / "archive" / "by-hand.html").write_bytes(page.read_bytes())
    made = capture(page, "s2")
    assert (made.archive, sorted(path.name for path in (base / "archive").iterdir())) == (
        "by-hand.html", ["by-hand.html"],
    )  # fmt: skip
    assert read_base(base).base.sources["s2"].archive_sha256 == made.sha256  # type: ignore[union-attr]


def test_a_copy_that_went_missing_is_put_back(base: Path, page: Path, capture: Capturing) -> None:
    made = capture(page)
    (base / "archive" / made.archive).unlink()
    capture(page)
    assert (base / "archive" / made.archive).read_bytes() == page.read_bytes()


def test_nothing_is_written_where_something_cannot_be(
    base: Path, page: Path, capture: Capturing, tmp_path: Path
) -> None:
    (base / "archive").write_text("a file in the place of the folder")
    before = files_of(base)
    with pytest.raises(BriefgenError):
        capture(page)
    assert files_of(base) == before
    for source, file, error in (("s9", page, UsageError), (None, tmp_path / "no.pdf", InputError)):
        with pytest.raises(error):
            capture(file, source)
    assert files_of(base) == before


def test_a_scan_is_kept_under_the_name_of_its_file(
    base: Path, capture: Capturing, tmp_path: Path
) -> None:
    scan = tmp_path / "Old_minutes 1948.pdf"
    scan.write_bytes(pdf([], []))
    made = capture(scan)
    assert made.entry["title"] == "Old minutes 1948"
    assert (made.archive, made.saved.is_scan) == ("old-minutes-1948.pdf", True)


@pytest.mark.parametrize(
    ("title", "suffix", "taken", "name"),
    [
        ("Oil: the talks", ".PDF", (), "oil-the-talks.pdf"),
        ("Oil: the talks", ".pdf", ("oil-the-talks.pdf",), "oil-the-talks-2.pdf"),
        ("CON", ".txt", (), "con-copy.txt"),
        ("Переговоры", ".html", (), "peregovory.html"),
        ("会谈", ".html", (), "copy.html"),
        ("../../etc/passwd", ".html", (), "etc-passwd.html"),
        ("x" * 300, ".html", (), "x" * 80 + ".html"),
        ("a", ".h/../x", (), "a.bin"),
    ],
)
def test_names_that_every_system_takes(
    title: str, suffix: str, taken: tuple[str, ...], name: str
) -> None:
    assert safe_name(title, suffix, taken) == name


def test_a_link_is_no_copy(base: Path, page: Path) -> None:
    (base / "archive").mkdir()
    (base / "archive" / "link.html").symlink_to(page)
    with pytest.raises(InputError, match="is a link"):
        capturing.copy_path(base, "link.html")
    with pytest.raises(InputError, match="is not there"):
        capturing.copy_path(base, "none.html")


def test_no_way_to_a_copy_goes_over_a_link(base: Path, page: Path, capture: Capturing) -> None:
    made = capture(page)
    elsewhere = base.parent / "elsewhere"
    elsewhere.mkdir()
    (base / "archive" / made.archive).rename(elsewhere / "page.html")
    (base / "archive" / "saved").symlink_to(elsewhere)
    sources = base / "sources.yaml"
    sources.write_text(sources.read_text().replace(made.archive, "saved/page.html"))
    with pytest.raises(InputError, match="the saved copy is a link"):
        capturing.copy_path(base, "saved/page.html")
    (elsewhere / "page.html").unlink()
    with pytest.raises(InputError, match="the saved copy is a link"):
        capture(page)
    assert not list(elsewhere.iterdir())
