"""Where the shipped templates, scales, marking schemes, fonts and the shipped fact base lie.

In a checkout they are the top-level folders `templates/`, `scales/`, `markings/`, `fonts/` and
`data/`; in an installed copy the wheel carries them inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "shipped_files" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def shipped_templates() -> Path:
    """The folder of the shipped templates."""
    return _folder("templates")


def shipped_scales() -> Path:
    """The folder of the shipped scales of likelihood and confidence."""
    return _folder("scales")


def shipped_markings() -> Path:
    """The folder of the shipped schemes of handling markings."""
    return _folder("markings")


def shipped_fonts() -> Path:
    """The folder of the type that documents are set in, a folder with its licence each."""
    return _folder("fonts")


def shipped_base() -> Path:
    """The folder of the shipped fact base."""
    return _folder("data")
