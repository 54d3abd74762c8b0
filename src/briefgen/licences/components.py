"""The list of what briefgen stands on, as `components.toml` has it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from briefgen.values import valueclass

Kind = Literal["package", "font", "library", "program", "styles"]

FOLDER = Path(__file__).resolve().parent


@valueclass(frozen=True, slots=True)
class Component:
    """Something that briefgen stands on, and its licence."""

    name: str
    licence: str
    """An SPDX expression."""
    kind: Kind = "package"
    """A package is a distribution on PyPI; everything else is carried by one, or by us."""
    inside: str = ""
    """The distribution that carries it."""
    when: str = ""
    """Where alone it is installed."""
    version: str = ""
    """Of what tells none by itself."""
    texts: tuple[str, ...] = ()
    """Texts that we carry: below our package, or in the shipped `fonts/`."""
    files: tuple[str, ...] = ()
    """Parts of paths that tell its texts from others of its distribution."""
    home: str = ""
    """Where its source is."""
    note: str = ""
    """What whoever uses it or hands it on should know."""


@cache
def components() -> tuple[Component, ...]:
    """All of them, ourselves first."""
    listed = tomllib.loads((FOLDER / "components.toml").read_text(encoding="utf-8"))["component"]
    return tuple(_component(entry) for entry in listed)


def _component(entry: dict[str, Any]) -> Component:
    texts, files = tuple(entry.pop("texts", ())), tuple(entry.pop("files", ()))
    return Component(**entry, texts=texts, files=files)
