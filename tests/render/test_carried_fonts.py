"""The fonts that come with us: which files, of which version, under which licence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from fontTools.ttLib import TTFont

from briefgen.errors import OutputError
from briefgen.render import fonts
from briefgen.render.fonts import Cut, packaged_fonts
from briefgen.shipped import shipped_fonts

FOLDER = shipped_fonts()
ROW = re.compile(
    r"\| `(?P<file>[^`]+\.ttf)` \| (?P<name>.+) \| (?P<version>.+) \| (?P<licence>.+) \|"
)
LISTED = {row["file"]: row for row in ROW.finditer((FOLDER / "README.md").read_text("utf-8"))}

FULL_NAME, VERSION, LICENCE = 4, 5, 13
"""Numbers of records in the OpenType name table."""
SAID = {
    "OFL-1.1": "SIL Open Font License, Version 1.1",
    "Apache-2.0": "Apache License, Version 2.0",
}
FIRST_WORDS = {
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
    "Apache-2.0": "Apache License Version 2.0",
}


def test_each_font_that_lies_there_is_listed_and_used() -> None:
    there = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.ttf")}
    used = {font.path for cut in get_args(Cut) for font in packaged_fonts(cut)}
    assert there == set(LISTED) == {path.relative_to(FOLDER).as_posix() for path in used}


@pytest.mark.parametrize("file", LISTED)
def test_a_font_is_what_the_list_says(file: str) -> None:
    row = LISTED[file]
    with TTFont(FOLDER / file) as font:
        says = font["name"].getDebugName
        version = re.match(r"Version ([\d.]+)", says(VERSION))
        assert version is not None
        assert (says(FULL_NAME), version[1]) == (row["name"], row["version"])
        assert SAID[row["licence"]] in says(LICENCE)


@pytest.mark.parametrize("file", LISTED)
def test_its_licence_lies_beside_it(file: str) -> None:
    text = (FOLDER / file).with_name("LICENSE.txt").read_text("utf-8")
    assert FIRST_WORDS[LISTED[file]["licence"]] in " ".join(text.split())


def test_a_missing_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "shipped_fonts", lambda: tmp_path)
    with pytest.raises(OutputError, match=r"the font SourceSansPro-It\.ttf is missing"):
        packaged_fonts.__wrapped__("italic")
