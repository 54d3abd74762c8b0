"""Our wording equals what Pandoc itself prints for the same citations in Markdown.

Pandoc reads the sources as a CSL-JSON bibliography and the citations from Markdown: a way in
that shares nothing with ours but the style.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.brief.model import Cite, Paragraph
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, cite_brief, effective_locale, load_style
from briefgen.cite.pandoc import find_pandoc
from briefgen.facts.model import Source
from cite.conftest import RECORDS
from cite.making import as_read, brief_of, cite, references_of

# The same sequence twice: as Markdown, and as ours. No citation comes twice.
SEQUENCE = [
    ("[@kamran, paragraph 8]", cite(("kamran", "8", "paragraph"))),
    ("[@kamran, paragraphs 9-10]", cite(("kamran", "9-10", "paragraph"))),
    ("[@awan-a]", cite("awan-a")),
    ("[@awan-b; @ministry, pages 3-5]", cite("awan-b", ("ministry", "3-5", "page"))),
    ("[see @cruz, chapter 2; @undated]", cite(("cruz", "2", "chapter", "see"), "undated")),
    ("[@anonymous, section 4, emphasis added]",
     cite(("anonymous", "4", "section", "", "emphasis added"))),
    ("[@kamran, paragraph 11]", cite(("kamran", "11", "paragraph"))),
    ("[@kamran; @awan-a; @awan-b; @cruz]", cite("kamran", "awan-a", "awan-b", "cruz")),
]  # fmt: skip

STYLES = [
    "ieee", "apa", "chicago-author-date", "oscola", "chicago-notes-bibliography",
    "modern-language-association", "vancouver",
]  # fmt: skip
MORE_STYLES = [
    "nature", "harvard-cite-them-right", "american-medical-association", "gost-r-7-0-5-2008",
    "din-1505-2", "american-political-science-association", "bluebook-law-review",
    "mhra-notes", "elsevier-harvard", "council-of-science-editors",
]  # fmt: skip


@pytest.mark.parametrize(
    "style_id", [*STYLES, *(pytest.param(s, marks=pytest.mark.slow) for s in MORE_STYLES)]
)
def test_same_words_as_pandoc_from_markdown(
    style_id: str, tmp_path: Path, sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    style = load_style(style_id)
    locale = effective_locale(style, "en")
    theirs_cited, theirs_listed = words_of_pandoc(style.path, locale, tmp_path)

    brief = brief_of(*[(ours,) for _, ours in SEQUENCE])
    cited = cite_brief(brief, sources, style, citeproc=citeproc)
    if style.is_note_style:
        ours_cited = [plain_text(note.content) for note in cited.notes]
    else:
        ours_cited = [
            as_read(block.content)
            for block in cited.sections[0].blocks
            if isinstance(block, Paragraph)
        ]
    assert [squeezed(text) for text in ours_cited] == theirs_cited
    entries = [f"{entry.label} {plain_text(entry.content)}" for entry in references_of(cited)]
    assert [squeezed(text) for text in entries] == theirs_listed


def words_of_pandoc(style: Path, locale: str, folder: Path) -> tuple[list[str], list[str]]:
    """Pandoc's citations and references as plain text, from its HTML."""
    (folder / "sources.json").write_text(json.dumps(RECORDS))
    markdown = "\n\n".join(f"BEGIN{text}END" for text, _ in SEQUENCE)
    printed = subprocess.run(
        [
            find_pandoc(), "-f", "markdown-smart", "-t", "html", "--wrap=none", "--citeproc",
            f"--csl={style}", f"--bibliography={folder / 'sources.json'}", "-M", f"lang={locale}",
        ],
        input=markdown, capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    notes = re.findall(r'<li id="fn\d+">(.*?)<a href="#fnref', printed, re.DOTALL)
    cited = notes or re.findall(r"BEGIN(.*?)END", printed, re.DOTALL)
    listed = re.findall(r'class="csl-entry"[^>]*>(.*?)</div>\s*(?=<div id="ref-|</div>)',
                        printed, re.DOTALL)  # fmt: skip
    return [squeezed(untagged(text)) for text in cited], [squeezed(untagged(t)) for t in listed]


def untagged(text: str) -> str:
    apart = re.sub(r"</?div[^>]*>", " ", text)  # what is displayed as a block of its own
    return html.unescape(re.sub(r"<[^>]+>", "", apart))


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("~", " ").split())


def test_the_sequence_is_long_enough_to_tell_styles_apart() -> None:
    assert all(isinstance(ours, Cite) for _, ours in SEQUENCE)
    assert {i.source for _, ours in SEQUENCE for i in ours.items} == {r["id"] for r in RECORDS}
