"""The table of rooms names every room of the code, and none that is not there."""

from __future__ import annotations

import re

from docs.pages import ROOT, section

CODE = ROOT / "src" / "briefgen"


def test_every_room_has_its_row() -> None:
    told = re.findall(r"^\| `([^`]+)` \|", section(ROOT / "ARCHITECTURE.md", "The rooms"), re.M)
    files = {path.name for path in CODE.glob("*.py") if not path.name.startswith("__")}
    folders = {f"{path.parent.relative_to(CODE).as_posix()}/" for path in CODE.rglob("*.py")}
    assert len(told) == len(set(told))
    assert set(told) == files | (folders - {"./"})
