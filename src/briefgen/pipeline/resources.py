"""What is worth keeping from one brief to the next: Pandoc's process, opened bases, templates.

A single brief needs none of it; the app and each process of a batch keep them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cite.pandoc import Citeproc

if TYPE_CHECKING:
    from briefgen.brief.template.model import Template
    from briefgen.cite.styles import CslStyle
    from briefgen.index import Index


class Resources:
    """Keeps what it was asked for once, as it was then; `forget` makes it look again.

    Not for several threads at a time. Close it, or use it in a `with`.
    """

    def __init__(self) -> None:
        self.citeproc = Citeproc()
        self._bases: dict[Path, Index] = {}
        self._templates: dict[tuple[str, tuple[Path, ...]], Template] = {}
        self._styles: dict[str, CslStyle] = {}

    def base(self, folder: Path) -> Index:
        """The fact base in `folder`, opened. Raises `InputError` for one that cannot be used."""
        place = folder.resolve()
        if place not in self._bases:
            from briefgen.pipeline.bases import open_base

            self._bases[place] = open_base(folder)
        return self._bases[place]

    def template(self, name: str, folders: tuple[Path, ...]) -> Template:
        """The template called `name`. Raises `BriefgenError` for one that is not there."""
        if (name, folders) not in self._templates:
            from briefgen.brief.template.finding import find_template

            self._templates[name, folders] = find_template(name, folders)
        return self._templates[name, folders]

    def style(self, name: str) -> CslStyle:
        """The citation style called `name`. Raises `BriefgenError` for one that is not there."""
        if name not in self._styles:
            from briefgen.cite.styles import load_style

            self._styles[name] = load_style(name)
        return self._styles[name]

    def forget(self) -> None:
        """Let go of bases, templates and styles: they may have changed. Pandoc stays."""
        for index in self._bases.values():
            index.close()
        self._bases.clear()
        self._templates.clear()
        self._styles.clear()

    def close(self) -> None:
        """Let go of everything."""
        self.forget()
        self.citeproc.close()

    def __enter__(self) -> Resources:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
