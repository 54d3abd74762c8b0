"""The table of formats."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefgen.errors import UsageError
from briefgen.render import FORMATS, format_of_suffix, load
from render.sample_brief import rich_brief


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_twice_alike(name: str) -> None:
    write = load(name)
    first = write(rich_brief())
    assert first == write(rich_brief())
    assert len(first) > 1000


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no format 'odt'; choose from docx, pdf, html"):
        load("odt")


@pytest.mark.parametrize(
    ("suffix", "name"), [(".docx", "docx"), (".HTM", "html"), (".markdown", "md"), (".txt", "txt")]
)
def test_suffixes(suffix: str, name: str) -> None:
    found = format_of_suffix(suffix)
    assert found is not None
    assert found.name == name
    assert format_of_suffix(".odt") is None


def test_the_table_alone_imports_no_writer_and_no_heavy_library() -> None:
    code = (
        "import sys, briefgen.render\n"
        "print([m for m in sys.modules if m.startswith('briefgen.render.')"
        " or m.partition('.')[0] in ('docx', 'reportlab', 'lxml', 'jinja2', 'PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
