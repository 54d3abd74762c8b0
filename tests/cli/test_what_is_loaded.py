"""A cold start counts: each command loads the libraries that it uses, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = ("docx", "openpyxl", "PySide6")


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        ("facts --topic energy", []),
        ("export --topic energy --out brief.md", []),
        ("export --topic energy --out brief.pdf", []),
        ("export --topic energy --out brief.docx", ["docx"]),
    ],
)
def test_libraries_are_loaded_where_they_are_used(
    line: str, loaded: list[str], cache: Path, tmp_path: Path
) -> None:
    script = (
        "import sys; from briefgen.cli import main; status = main(sys.argv[1:]);"
        f"print([name for name in {WATCHED!r} if name in sys.modules], file=sys.stderr);"
        "raise SystemExit(status)"
    )
    base = Path(__file__).parents[2] / "data"
    environment = {**os.environ, "BRIEFGEN_CACHE": str(cache), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, *line.split(), "--base", str(base)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == str(loaded)
