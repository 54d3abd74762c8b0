"""Every note of whole briefs reads as Pandoc itself words it for the same citations.

The notes of the shipped base, in their order, are written as Pandoc's Markdown with one citation
a note, and read from Pandoc's own output. Nothing of our way to Pandoc is used.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

from briefgen.cite import effective_locale, load_style
from briefgen.cite.pandoc import find_pandoc
from briefgen.cli import main
from briefgen.pipeline.listings.choices import sources
from briefgen.shipped import shipped_base
from whole.reading import Node, model_of

pytestmark = pytest.mark.slow

NOTE_STYLES = ("chicago-notes-bibliography", "oscola", "mhra-notes")


@pytest.mark.parametrize("style", NOTE_STYLES)
@pytest.mark.parametrize("template", ["country-brief", "chronology"])
def test_notes_are_pandocs(style: str, template: str, settled: Path) -> None:
    out = settled / f"{template}-{style}.json"
    assert main(["export", "--template", template, "--style", style, "--out", str(out)]) == 0
    model = model_of(out.read_bytes())
    assert len(model["notes"]) > 20

    ours = [squeezed(text_of(note["content"])) for note in model["notes"]]
    assert ours == words_of_pandoc(model["notes"], style, settled)


def words_of_pandoc(notes: list[Node], style_id: str, folder: Path) -> list[str]:
    """What Pandoc prints as the notes, given the same citations in Markdown."""
    style = load_style(style_id)
    records, _, _ = sources(shipped_base())
    bibliography = folder / "sources.json"
    bibliography.write_text(json.dumps(records), "utf-8")
    markdown = "\n\n".join(f"So.[{'; '.join(map(item, note['items']))}]" for note in notes)
    printed = subprocess.run(
        [
            find_pandoc(), "-f", "markdown-smart", "-t", "html", "--wrap=none", "--citeproc",
            f"--csl={style.path}", f"--bibliography={bibliography}",
            "-M", f"lang={effective_locale(style, 'en')}",
        ],
        input=markdown, capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    found = re.findall(r'<li id="fn\d+">(.*?)<a href="#fnref', printed, re.DOTALL)
    return [squeezed(html.unescape(re.sub(r"<[^>]+>", "", text))) for text in found]


def item(cited: Node) -> str:
    """One source of a citation in Pandoc's Markdown."""
    prefix = f"{cited['prefix']} " if cited["prefix"] else ""
    place = f", {cited['label']} {cited['locator']}" if cited["locator"] else ""
    return f"{prefix}@{cited['source']}{place}{cited['suffix']}"


def text_of(inlines: list[Node]) -> str:
    """The characters of a run."""
    return "".join(
        inline["text"] if "text" in inline else text_of(inline["content"]) for inline in inlines
    )


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
