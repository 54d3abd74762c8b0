"""Every document of these tests is exported once a run, when the first test asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.cli import main
from briefgen.shipped import shipped_base, shipped_templates
from whole.nasty_base import nasty_brief, nasty_lines, write_nasty_base
from whole.reading import facts_shown, model_of, texts_of

FORMATS = ("docx", "pdf", "html", "md", "txt", "json")
TEMPLATES = tuple(sorted(path.stem for path in shipped_templates().glob("*.yaml")))
GOLDEN_BRIEFS = Path(__file__).resolve().parents[1] / "golden" / "briefs"
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
SIDES = {"ours": ["pakistan"], "theirs": ["russia"]}
LINES = "- The June cargo came [@crude-first-shipment-2023].\n- Helicopters too [@mi-35-delivered]."


@dataclass
class Document:
    """One brief in every format."""

    name: str
    files: dict[str, bytes]
    statements: dict[str, str]
    """What each fact of its base says."""

    @cached_property
    def model(self) -> dict[str, Any]:
        """The brief, as its JSON output has it."""
        return model_of(self.files["json"])

    @cached_property
    def shown(self) -> dict[str, str]:
        """The statements that stand in it, without the full stop that a citation may precede."""
        return {fact: self.statements[fact].removesuffix(".") for fact in facts_shown(self.model)}


@dataclass
class Documents:
    """Briefs by name: `usual/T` (as a person asks for one), `everything/T`, `nasty/T` for each
    template, and `example/NAME` for each of the docs' examples."""

    folder: Path
    _made: dict[str, Document] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Document:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Document:
        which, _, template = name.partition("/")
        if which == "usual":
            base, brief = shipped_base(), GOLDEN_BRIEFS / f"{template}.brief.yaml"
        elif which == "example":
            base, brief = shipped_base(), EXAMPLES / f"{template}.brief.yaml"
        elif which == "everything":
            base = shipped_base()
            asked = {"format": 1, "template": template, "sides": SIDES}
            asked["text"] = needed_texts(template, LINES)
            brief = self._brief(name, asked)
        else:
            base = write_nasty_base(self.folder / "nasty-base")
            asked = nasty_brief(base, template)
            asked["text"] = needed_texts(template, nasty_lines())
            brief = self._brief(name, asked)
        out = self.folder / which / template
        status = main(["export", str(brief), "--format", ",".join(FORMATS), "--out", str(out)])
        assert status == 0, f"{name} could not be exported"
        files = {kind: next(out.glob(f"*.{kind}")).read_bytes() for kind in FORMATS}
        return Document(name, files, statements_of(base))

    def _brief(self, name: str, brief: dict[str, Any]) -> Path:
        path = self.folder / f"{name.replace('/', '-')}.brief.yaml"
        path.write_text(json.dumps(brief, ensure_ascii=False), encoding="utf-8")
        return path


def needed_texts(template: str, words: str) -> dict[str, str]:
    """`words` for each input that a brief of a shipped template cannot do without."""
    text = (shipped_templates() / f"{template}.yaml").read_text(encoding="utf-8")
    read = yaml.load(text, Loader=yaml.BaseLoader)
    inputs = {asked["id"] for asked in read.get("inputs", ())}
    return {name: words for name in read.get("requires", ()) if name in inputs}


def wanted_of(document: Document) -> list[str]:
    """What a reader should find in every file of a brief: statements first, then all its text."""
    return [*document.shown.values(), *texts_of(document.model)]


def statements_of(base: Path) -> dict[str, str]:
    """Each fact's statement, read without any code of ours between: YAML, and that is all."""
    return {
        fact["id"]: fact["statement"]
        for path in sorted((base / "facts").rglob("*.yaml"))
        for fact in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    }


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Documents]:
    """All documents, made as they are asked for."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, folder)
        yield Documents(folder)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of the test's own, with settings and caches in it."""
    settle(monkeypatch, tmp_path)
    return tmp_path


def settle(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nothing from the person who runs the tests, and a fixed moment."""
    patch.setenv("BRIEFGEN_CACHE", str(folder / "cache"))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    patch.setenv("XDG_STATE_HOME", str(folder / "state"))
    patch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026
    patch.delenv("BRIEFGEN_BASE", raising=False)
