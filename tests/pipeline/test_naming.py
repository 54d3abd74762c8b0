"""What files are called, and what `--out` means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import UsageError
from briefgen.pipeline.naming import MAX_SLUG_BYTES, plan_files, slug, stem_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Energy ties, 2011–2023", "energy-ties-2011-2023"),
        ("  A/B: C\\D?  ", "a-b-c-d"),
        ("Россия и Пакистан", "россия-и-пакистан"),
        ("پاکستان", "پاکستان"),
        ("हिन्दी", "हिन्दी"),
        ("e\u0301tude", "étude"),
        ("CON", "con-brief"),
        ("Lpt1", "lpt1-brief"),
        ("...", "brief"),
        ("", "brief"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 300, "x" * 80),
        ("ж" * 300, "ж" * 40),
    ],
)
def test_slug(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=150)
def test_any_title_gives_a_short_plain_name(title: str) -> None:
    name = slug(title)

    assert 1 <= len(name.encode("utf-8", "surrogatepass")) <= MAX_SLUG_BYTES + len("-brief")
    assert not set(name) & set('/\\:*?"<>| .\0\n')
    assert not name.startswith("-")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("energy.brief.yaml", "energy"),
        ("folder/Energy.v2.brief.yaml", "Energy.v2"),
        ("energy.yaml", "energy"),
        (".brief.yaml", ".brief"),
    ],
)
def test_stem(file: str, name: str) -> None:
    assert stem_of(Path(file)) == name


@pytest.mark.parametrize(
    ("out", "formats", "files"),
    [
        (None, None, {"docx": "name.docx", "pdf": "name.pdf"}),
        (None, ("md",), {"md": "name.md"}),
        ("new", None, {"docx": "new/name.docx", "pdf": "new/name.pdf"}),
        ("new/", ("pdf",), {"pdf": "new/name.pdf"}),
        ("x.docx/", ("pdf",), {"pdf": "x.docx/name.pdf"}),
        ("reports-2026.11", ("pdf",), {"pdf": "reports-2026.11/name.pdf"}),
        ("here", ("html", "txt"), {"html": "here/name.html", "txt": "here/name.txt"}),
        ("a/b.PDF", None, {"pdf": "a/b.PDF"}),
        ("b.htm", None, {"html": "b.htm"}),
        ("b.json", ("json",), {"json": "b.json"}),
    ],
)
def test_plan(
    out: str | None,
    formats: tuple[str, ...] | None,
    files: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()

    planned = plan_files(out, formats, ("docx", "pdf"), "name")  # type: ignore[arg-type]

    assert {name: path.as_posix() for name, path in planned.items()} == files


def test_an_existing_folder_may_look_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").mkdir()

    planned = plan_files(str(tmp_path / "old.pdf"), None, ("pdf",), "name")

    assert planned == {"pdf": tmp_path / "old.pdf" / "name.pdf"}


@pytest.mark.parametrize(
    ("out", "formats", "message"),
    [
        ("a.pdf", ("docx",), "--out: a.pdf is a pdf file, but --format asks for docx; leave one"),
        ("a.pdf", ("pdf", "md"), "--out: a.pdf is a pdf file, but --format asks for pdf,md; "),
        ("a.doc", None, "--out: a.doc names a file, but its suffix is not a format; end it in"),
        ("", None, "--out: the path is empty; name a file or a folder"),
        (os.devnull, None, f"--out: {os.devnull} names a file, but its suffix is not a format"),
    ],
)
def test_plans_that_make_no_sense(out: str, formats: tuple[str, ...] | None, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan_files(out, formats, ("docx",), "name")  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)
