"""Writes requirements from pyproject.toml, one a line, for `pip install --requirement`.

    python tools/requirements.py project checkout --without PySide6-Essentials

`project` stands for what briefgen itself needs, other names for dependency groups (PEP 735):
pip reads those itself from 25.1 on, and Python 3.11 brings an older one.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def requirements(groups: dict[str, list[Any]], name: str) -> list[str]:
    """The requirements of one group, those of the groups that it includes among them."""
    found: list[str] = []
    for entry in groups[name]:
        if isinstance(entry, str):
            found.append(entry)
        else:
            found += requirements(groups, entry["include-group"])
    return found


def name_of(requirement: str) -> str:
    """The normalised name of the distribution that a requirement asks for (PEP 503)."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", match.group().lower()) if match else ""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", help="project, or dependency groups")
    parser.add_argument(
        "--without", action="append", default=[], help="a distribution to leave out"
    )
    arguments = parser.parse_args()
    content = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    groups = {**content["dependency-groups"], "project": content["project"]["dependencies"]}
    unknown = [name for name in arguments.names if name not in groups]
    if unknown:
        parser.error(f"no group {unknown[0]!r}; choose from {', '.join(groups)}")
    left_out = {name_of(name) for name in arguments.without}
    wanted = [line for name in arguments.names for line in requirements(groups, name)]
    print("\n".join(line for line in dict.fromkeys(wanted) if name_of(line) not in left_out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
